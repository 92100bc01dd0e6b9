//! Key decisions on the roadmap for parents and carers, where an institution changed, hid or added them.

use domain::{AcademicYear, Date, InstitutionId, RoadmapPointId, YearGroup};

use crate::{Error, Row, Tx, value::values};

/// A key decision of one year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoadmapPoint {
    /// Its id.
    pub id: RoadmapPointId,
    /// In which year.
    pub academic_year: AcademicYear,
    /// For whom.
    pub year_group: YearGroup,
    /// The term, 1 to 3.
    pub term: i16,
    /// The day, if there is one.
    pub held_on: Option<Date>,
    /// What is decided.
    pub title: String,
    /// What it means for the family.
    pub about: String,
    /// What the institution does.
    pub does: String,
    /// Its place among those of its term.
    pub position: i32,
    /// Whether it is left out.
    pub is_hidden: bool,
    /// The standard point in whose place it stands.
    pub pack_key: Option<String>,
}

const COLUMNS: &str = "roadmap_point_id, academic_year, year_group, term, held_on, title, about, does, position, \
     is_hidden, pack_key";

fn read(row: &Row<'_>) -> Result<RoadmapPoint, Error> {
    Ok(RoadmapPoint {
        id: row.get(0)?,
        academic_year: row.get(1)?,
        year_group: row.get(2)?,
        term: row.get(3)?,
        held_on: row.get(4)?,
        title: row.get(5)?,
        about: row.get(6)?,
        does: row.get(7)?,
        position: row.get(8)?,
        is_hidden: row.get(9)?,
        pack_key: row.get(10)?,
    })
}

/// Keeps a point, in place of what was there under its id. Needs an audit event.
///
/// # Errors
/// If the database fails.
pub fn set(tx: &mut Tx<'_>, institution: InstitutionId, point: &RoadmapPoint) -> Result<(), Error> {
    tx.must_audit();
    tx.execute(
        &format!(
            "INSERT INTO roadmap_point (institution_id, {COLUMNS})
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
             ON CONFLICT (institution_id, roadmap_point_id) DO UPDATE SET year_group = excluded.year_group,
                 term = excluded.term, held_on = excluded.held_on, title = excluded.title, about = excluded.about,
                 does = excluded.does, is_hidden = excluded.is_hidden"
        ),
        values![
            institution,
            point.id,
            point.academic_year,
            point.year_group,
            point.term,
            point.held_on,
            point.title,
            point.about,
            point.does,
            point.position,
            point.is_hidden,
            point.pack_key
        ],
    )?;
    Ok(())
}

/// The points that the institution has of its own for a year, by year group and term.
///
/// # Errors
/// If the database fails.
pub fn list(tx: &mut Tx<'_>, institution: InstitutionId, year: AcademicYear) -> Result<Vec<RoadmapPoint>, Error> {
    tx.query(
        &format!(
            "SELECT {COLUMNS} FROM roadmap_point WHERE institution_id = $1 AND academic_year = $2
             ORDER BY year_group, term, position, roadmap_point_id"
        ),
        values![institution, year],
        read,
    )
}
