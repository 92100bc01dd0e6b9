//! The national register of schools and colleges ("Get information about schools"), as last read from its files.

use domain::{Date, same_name};

use crate::{
    Error, Row, Tx, catalogue,
    learner::like,
    value::{Bind, values},
};

/// A school or college of the register.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Establishment {
    /// Unique reference number.
    pub urn: String,
    /// UK provider reference number.
    pub ukprn: Option<String>,
    /// Name.
    pub name: String,
    /// Local authority's code.
    pub authority_code: Option<String>,
    /// Local authority's name.
    pub authority_name: Option<String>,
    /// Number within the local authority.
    pub establishment_number: Option<String>,
    /// Type of establishment, its code.
    pub type_code: Option<String>,
    /// Type of establishment, in words.
    pub type_name: Option<String>,
    /// Open, closed, proposed …
    pub status: Option<String>,
    /// Phase of education.
    pub phase: Option<String>,
    /// When it opened.
    pub opened_on: Option<Date>,
    /// When it closed.
    pub closed_on: Option<Date>,
    /// Lowest age taught.
    pub lowest_age: Option<i16>,
    /// Highest age taught.
    pub highest_age: Option<i16>,
    /// Whether it has a sixth form, in words.
    pub sixth_form: Option<String>,
    /// Street.
    pub street: Option<String>,
    /// Town.
    pub town: Option<String>,
    /// Postcode.
    pub postcode: Option<String>,
    /// Website.
    pub website: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
    /// Its trust's number in the register of groups.
    pub trust_uid: Option<String>,
    /// Its trust's name.
    pub trust_name: Option<String>,
    /// Region.
    pub region: Option<String>,
}

/// That one establishment follows, or is followed by, another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Which.
    pub urn: String,
    /// The other.
    pub linked_urn: String,
    /// How they are linked, in the register's words ("Predecessor", "Successor - amalgamated" …).
    pub link_type: String,
    /// Since when.
    pub established_on: Option<Date>,
}

/// A trust or other group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Its number.
    pub group_uid: String,
    /// Its name.
    pub name: String,
    /// What sort of group, in words.
    pub group_type: Option<String>,
    /// Open or closed.
    pub status: Option<String>,
    /// When it opened.
    pub opened_on: Option<Date>,
    /// When it closed.
    pub closed_on: Option<Date>,
}

/// That an establishment belongs to a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The group.
    pub group_uid: String,
    /// The establishment.
    pub urn: String,
    /// Since when.
    pub joined_on: Option<Date>,
}

/// Puts these establishments in place of all that were there.
///
/// # Errors
/// [`Error::Duplicate`] if a reference number comes twice.
pub fn replace_establishments(tx: &mut Tx<'_>, list: &[Establishment]) -> Result<(), Error> {
    tx.execute("DELETE FROM gias_establishment", values![])?;
    let names: Vec<String> = list.iter().map(|e| same_name(&e.name)).collect();
    let rows = list.iter().zip(&names).map(|(e, sort_name)| {
        [
            e.urn.bind(),
            e.ukprn.bind(),
            e.name.bind(),
            sort_name.bind(),
            e.authority_code.bind(),
            e.authority_name.bind(),
            e.establishment_number.bind(),
            e.type_code.bind(),
            e.type_name.bind(),
            e.status.bind(),
            e.phase.bind(),
            e.opened_on.bind(),
            e.closed_on.bind(),
            e.lowest_age.bind(),
            e.highest_age.bind(),
            e.sixth_form.bind(),
            e.street.bind(),
            e.town.bind(),
            e.postcode.bind(),
            e.website.bind(),
            e.phone.bind(),
            e.trust_uid.bind(),
            e.trust_name.bind(),
            e.region.bind(),
        ]
    });
    tx.insert_many(&catalogue::GIAS_ESTABLISHMENT, rows)?;
    Ok(())
}

/// Puts these links in place of all that were there.
///
/// # Errors
/// [`Error::Duplicate`] if a link comes twice.
pub fn replace_links(tx: &mut Tx<'_>, list: &[Link]) -> Result<(), Error> {
    tx.execute("DELETE FROM gias_link", values![])?;
    let rows = list.iter().map(|l| [l.urn.bind(), l.linked_urn.bind(), l.link_type.bind(), l.established_on.bind()]);
    tx.insert_many(&catalogue::GIAS_LINK, rows)?;
    Ok(())
}

/// Puts these groups and memberships in place of all that were there.
///
/// # Errors
/// [`Error::Duplicate`] if a group or membership comes twice.
pub fn replace_groups(tx: &mut Tx<'_>, groups: &[Group], members: &[Member]) -> Result<(), Error> {
    tx.execute("DELETE FROM gias_group", values![])?;
    tx.execute("DELETE FROM gias_group_member", values![])?;
    let rows = groups.iter().map(|g| {
        [
            g.group_uid.bind(),
            g.name.bind(),
            g.group_type.bind(),
            g.status.bind(),
            g.opened_on.bind(),
            g.closed_on.bind(),
        ]
    });
    tx.insert_many(&catalogue::GIAS_GROUP, rows)?;
    let rows = members.iter().map(|m| [m.group_uid.bind(), m.urn.bind(), m.joined_on.bind()]);
    tx.insert_many(&catalogue::GIAS_GROUP_MEMBER, rows)?;
    Ok(())
}

fn read(row: &Row<'_>) -> Result<Establishment, Error> {
    Ok(Establishment {
        urn: row.get(0)?,
        ukprn: row.get(1)?,
        name: row.get(2)?,
        authority_code: row.get(4)?,
        authority_name: row.get(5)?,
        establishment_number: row.get(6)?,
        type_code: row.get(7)?,
        type_name: row.get(8)?,
        status: row.get(9)?,
        phase: row.get(10)?,
        opened_on: row.get(11)?,
        closed_on: row.get(12)?,
        lowest_age: row.get(13)?,
        highest_age: row.get(14)?,
        sixth_form: row.get(15)?,
        street: row.get(16)?,
        town: row.get(17)?,
        postcode: row.get(18)?,
        website: row.get(19)?,
        phone: row.get(20)?,
        trust_uid: row.get(21)?,
        trust_name: row.get(22)?,
        region: row.get(23)?,
    })
}

/// The establishment with this reference number.
///
/// # Errors
/// If the database fails.
pub fn find(tx: &mut Tx<'_>, urn: &str) -> Result<Option<Establishment>, Error> {
    let columns = catalogue::GIAS_ESTABLISHMENT.column_list();
    tx.query_opt(&format!("SELECT {columns} FROM gias_establishment WHERE urn = $1"), values![urn], read)
}

/// How many establishments are known.
///
/// # Errors
/// If the database fails.
pub fn count(tx: &mut Tx<'_>) -> Result<u64, Error> {
    tx.scalar("SELECT count(*) FROM gias_establishment", values![])
}

/// Establishments whose name contains this text, in any case, or whose reference number it is; by name.
///
/// # Errors
/// If the database fails.
pub fn search(tx: &mut Tx<'_>, text: &str, limit: u32) -> Result<Vec<Establishment>, Error> {
    let columns = catalogue::GIAS_ESTABLISHMENT.column_list();
    tx.query(
        &format!(
            "SELECT {columns} FROM gias_establishment WHERE sort_name LIKE $1 ESCAPE '!' OR urn = $2
             ORDER BY sort_name, urn LIMIT $3"
        ),
        values![like(&same_name(text)), text.trim(), i64::from(limit)],
        read,
    )
}

/// The links of an establishment.
///
/// # Errors
/// If the database fails.
pub fn links(tx: &mut Tx<'_>, urn: &str) -> Result<Vec<Link>, Error> {
    tx.query(
        "SELECT urn, linked_urn, link_type, established_on FROM gias_link WHERE urn = $1 ORDER BY linked_urn, link_type",
        values![urn],
        |row| Ok(Link { urn: row.get(0)?, linked_urn: row.get(1)?, link_type: row.get(2)?, established_on: row.get(3)? }),
    )
}

/// The groups that an establishment belongs to.
///
/// # Errors
/// If the database fails.
pub fn groups_of(tx: &mut Tx<'_>, urn: &str) -> Result<Vec<Group>, Error> {
    tx.query(
        "SELECT g.group_uid, g.name, g.group_type, g.status, g.opened_on, g.closed_on
         FROM gias_group_member m JOIN gias_group g ON g.group_uid = m.group_uid WHERE m.urn = $1 ORDER BY g.group_uid",
        values![urn],
        |row| {
            Ok(Group {
                group_uid: row.get(0)?,
                name: row.get(1)?,
                group_type: row.get(2)?,
                status: row.get(3)?,
                opened_on: row.get(4)?,
                closed_on: row.get(5)?,
            })
        },
    )
}

/// The establishments that belong to a group.
///
/// # Errors
/// If the database fails.
pub fn members_of(tx: &mut Tx<'_>, group_uid: &str) -> Result<Vec<String>, Error> {
    tx.query("SELECT urn FROM gias_group_member WHERE group_uid = $1 ORDER BY urn", values![group_uid], |row| {
        row.get(0)
    })
}
