use std::collections::HashMap;

use domain::{Date, InstitutionId};
use exchange::{
    ctf,
    mapping::{ActivityField, Mapping, Preview, Target, detect, preview},
    mis, oneroster, plan,
    problem::{Code, Place, Problem, Severity},
    roster::Roster,
    sheet,
    text::FileKind,
};

use super::{ImportKind, Summary, Work};
use crate::{App, Result, held::Held};

/// Activities may be recorded so many years late: a learner's whole time at school and college.
const YEARS_BACK: i16 = 8;
/// How many rows of a spreadsheet are shown before it is read.
const PREVIEW: usize = 5;

/// What a file comes to.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    pub(crate) mapping: Option<Mapping>,
    pub(crate) preview: Option<Preview>,
    pub(crate) ambiguous_dates: Option<Vec<String>>,
    pub(crate) problems: Vec<Problem>,
    pub(crate) work: Option<Work>,
    pub(crate) summary: Summary,
}

impl App {
    /// Reads a file and plans what taking it would do to the records as they are.
    pub(crate) fn read_file(
        &self,
        held: &Held,
        institution: InstitutionId,
        kind: ImportKind,
        file_name: &str,
        bytes: &[u8],
        mapping: Option<Mapping>,
    ) -> Result<Reading> {
        let mut reading = Reading::default();
        let is_document = matches!(FileKind::of(bytes), FileKind::Xml | FileKind::Zip);
        if kind == ImportKind::Learners && is_document {
            let roster = match FileKind::of(bytes) {
                FileKind::Xml => ctf::read(bytes, file_name),
                _ => {
                    let about = &held.records.institution;
                    let known_as: Vec<&str> = [about.urn.as_deref(), Some(&about.name)].into_iter().flatten().collect();
                    oneroster::read_zip_of(bytes, file_name, &known_as)
                }
            };
            self.plan_roster(held, institution, roster, &mut reading)?;
        } else {
            self.read_sheet(held, institution, kind, file_name, bytes, mapping, &mut reading)?;
        }
        reading.summary.findings = reading.problems.iter().filter(|p| p.severity == Severity::Finding).count();
        // Several problems in one row are one bad row; a problem without a line is one of the file.
        let mut bad: Vec<_> = reading
            .problems
            .iter()
            .filter(|problem| problem.severity == Severity::Problem)
            .map(|problem| (&problem.place.file, problem.place.line))
            .collect();
        bad.sort_unstable();
        bad.dedup();
        reading.summary.bad = bad.len();
        if let Some(work) = &reading.work {
            work.count(&mut reading.summary);
            let summary = &mut reading.summary;
            summary.good = summary.new + summary.changed + summary.same + summary.decide + summary.skip;
        }
        Ok(reading)
    }

    #[expect(clippy::too_many_arguments, reason = "what a spreadsheet needs beyond a document is only the mapping")]
    fn read_sheet(
        &self,
        held: &Held,
        institution: InstitutionId,
        kind: ImportKind,
        file_name: &str,
        bytes: &[u8],
        mapping: Option<Mapping>,
        reading: &mut Reading,
    ) -> Result<()> {
        let sheet = match sheet::read(file_name, bytes) {
            Ok(sheet) => sheet,
            Err(problems) => {
                reading.problems = problems;
                return Ok(());
            }
        };
        let subject = kind.subject();
        reading.preview = preview(&sheet, subject, PREVIEW);
        let mapping = match mapping {
            Some(mapping) => mapping,
            None => match detect(&sheet, subject) {
                Ok(detected) => self.saved_mapping(institution, kind, &detected)?.unwrap_or(detected),
                Err(problem) => {
                    reading.problems.push(problem);
                    return Ok(());
                }
            },
        };
        match kind {
            ImportKind::Learners | ImportKind::Folder => {
                let read = mis::roster(&sheet, &mapping);
                reading.ambiguous_dates = read.ambiguous_dates;
                self.plan_roster(held, institution, read.roster, reading)?;
            }
            ImportKind::Activities => {
                let read = mis::activities(&sheet, &mapping);
                reading.ambiguous_dates = read.ambiguous_dates;
                reading.problems = read.problems;
                reading.problems.extend(self.outside_the_years(held, &mapping, file_name, &read.rows));
                reading.problems.sort_by_key(|problem| problem.place.line);
                let plans = self.plans_by_reference(held, institution)?;
                reading.work = Some(Work::Activities(plan::activities_with(&held.records, &plans, &read.rows)));
            }
            ImportKind::Participation => {
                let read = mis::participation(&sheet, &mapping);
                reading.ambiguous_dates = read.ambiguous_dates;
                let (plan, problems) = plan::participation(&held.records, &read.rows, file_name);
                reading.problems = read.problems;
                reading.problems.extend(problems);
                reading.problems.sort_by_key(|problem| problem.place.line);
                reading.work = Some(Work::Participation(plan));
            }
        }
        if matches!(kind, ImportKind::Activities | ImportKind::Participation) {
            reading.problems.extend(sheet::strange_cells(file_name, bytes));
        }
        if reading.ambiguous_dates.is_some() {
            // Nothing may be planned from days that could be read in two ways.
            reading.work = None;
        }
        reading.mapping = Some(mapping);
        Ok(())
    }

    /// Days that lie so far from now that they are likely to be slips.
    fn outside_the_years(
        &self,
        held: &Held,
        mapping: &Mapping,
        file_name: &str,
        rows: &[mis::ActivityRow],
    ) -> Vec<Problem> {
        let institution = &held.records.institution;
        let this = institution.year_of(self.context().today());
        let (first, last) = (this.start() - YEARS_BACK, this.start() + 1);
        let target = Target::Activity(ActivityField::Date);
        let outside = rows.iter().filter_map(|row| {
            let date = row.date?;
            let year = institution.year_of(date);
            if (first..=last).contains(&year.start()) {
                return None;
            }
            let place = Place::line(file_name, row.line);
            let place = match mapping.mapped(&target) {
                Some(column) => place.at(&column.heading, Some(column.number)),
                None => place,
            };
            let message = format!("This day lies in {year}, far from this academic year.");
            let remedy = "Check the year; if it is right, nothing needs to be done.".to_owned();
            Some(Problem::finding(place, Code::Other { message, remedy }).value(&date.to_string()))
        });
        outside.collect()
    }

    fn plans_by_reference(&self, held: &Held, institution: InstitutionId) -> Result<HashMap<String, mis::PlanDraft>> {
        let plans = self.store().read(institution, |tx| super::plans(tx, institution))?;
        let named = plans.into_iter().filter_map(|(activity, plan)| {
            let index = held.activity_index(activity)?;
            Some((held.records.activity(index).reference.clone(), plan))
        });
        Ok(named.collect())
    }

    fn saved_mapping(
        &self,
        institution: InstitutionId,
        kind: ImportKind,
        detected: &Mapping,
    ) -> Result<Option<Mapping>> {
        let fingerprint = detected.fingerprint();
        let saved =
            self.store().read(institution, |tx| store::mapping::find(tx, institution, kind.word(), &fingerprint))?;
        // A mapping that an older release saved in another shape is found out anew.
        Ok(saved.and_then(|saved| serde_json::from_str(&saved).ok()))
    }

    fn plan_roster(
        &self,
        held: &Held,
        institution: InstitutionId,
        roster: Roster,
        reading: &mut Reading,
    ) -> Result<()> {
        reading.problems.clone_from(&roster.problems);
        let existing = self.existing(held, institution)?;
        let about = &held.records.institution;
        let as_of: Date = self.context().today();
        let options = plan::Options {
            as_of,
            academic_year: roster.academic_year.unwrap_or_else(|| about.year_of(as_of)),
            calendar: about.calendar.clone(),
            years: (about.lowest_year, about.highest_year),
            leavers_threshold: None,
        };
        reading.work = Some(Work::Learners(plan::plan(&existing, &roster, &options)));
        Ok(())
    }

    fn existing(&self, held: &Held, institution: InstitutionId) -> Result<Vec<plan::Existing>> {
        let records = &held.records;
        let mut existing: Vec<_> = (0..records.learners.len() as u32)
            .map(|index| plan::Existing {
                id: held.learner_id(domain::LearnerIndex(index)),
                learner: records.learners[index as usize].clone(),
                former_upns: Vec::new(),
                year_groups: std::collections::BTreeMap::new(),
            })
            .collect();
        for record in &records.year_records {
            existing[record.learner.0 as usize].year_groups.insert(record.academic_year, record.year_group);
        }
        for alias in self.store().read(institution, |tx| store::learner_alias::all(tx, institution))? {
            if alias.scheme == super::apply::UPN
                && let Some(index) = held.learner_index(alias.learner)
            {
                existing[index.0 as usize].former_upns.push(alias.identifier);
            }
        }
        Ok(existing)
    }
}
