use std::{collections::BTreeMap, fmt::Write};

use domain::{AcademicYear, Adapted, Learner, Participation, Records, YearGroup};

use super::{activities, adaptations, learners, participation, reviews, table::Heading, year_groups};
use crate::sheet::neutralise;

/// The academic year for which most learners have a recorded year group (the latest of several): the one to write a folder
/// for, because then least has to be said in year-groups.csv. `None` without learners.
pub fn year_groups_of(records: &Records) -> Option<AcademicYear> {
    let mut counts: BTreeMap<AcademicYear, usize> = BTreeMap::new();
    for record in &records.year_records {
        *counts.entry(record.academic_year).or_default() += 1;
    }
    counts.into_iter().max_by_key(|&(year, count)| (count, year)).map(|(year, _)| year)
}

/// Writes records as a folder that [`super::read`] reads back, with learners' year groups as of `year_groups_of`.
///
/// Cells that a spreadsheet would run as a formula are neutralised by an apostrophe, which reading takes away again.
/// A learner without a recorded year group for that year (a leaver: for the year of the last day) gets the one counted
/// linearly. Where that new record would change how other years are counted, or is outside the range that learners.csv may
/// hold, year-groups.csv says so: a folder that was read back counts every year as before.
pub fn write(records: &Records, year_groups_of: AcademicYear) -> Vec<(String, Vec<u8>)> {
    let mut recorded: Vec<BTreeMap<AcademicYear, YearGroup>> = vec![BTreeMap::new(); records.learners.len()];
    for record in &records.year_records {
        recorded[record.learner.0 as usize].insert(record.academic_year, record.year_group);
    }
    let mut files = vec![
        ("institution.toml".to_owned(), institution(records, year_groups_of).into_bytes()),
        written(learners::FILE, learner_rows(records, &recorded, year_groups_of)),
    ];
    let years = year_group_rows(records, &recorded, year_groups_of);
    if !years.is_empty() {
        files.push(written(year_groups::FILE, years));
    }
    files.push(written(activities::FILE, activity_rows(records)));
    files.push(written(participation::FILE, participation_rows(records)));
    if !records.reviews.is_empty() {
        files.push(written(reviews::FILE, review_rows(records)));
    }
    if !records.adaptations.is_empty() {
        files.push(written(adaptations::FILE, adaptation_rows(records)));
    }
    files
}

fn written(file: &str, sheet: Sheet) -> (String, Vec<u8>) {
    (file.to_owned(), sheet.text.into_bytes())
}

/// Rows of comma-separated cells, as they grow.
struct Sheet {
    text: String,
    rows: usize,
}

impl Sheet {
    fn new(columns: &[Heading]) -> Self {
        let mut sheet = Self { text: String::new(), rows: 0 };
        sheet.row(columns.iter().map(|(name, _)| *name));
        sheet.rows = 0;
        sheet
    }

    fn row<T: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = T>) {
        for (index, cell) in cells.into_iter().enumerate() {
            if index > 0 {
                self.text.push(',');
            }
            let cell = neutralise(cell.as_ref());
            if cell.contains([',', '"', '\n', '\r']) {
                self.text.push('"');
                self.text.push_str(&cell.replace('"', "\"\""));
                self.text.push('"');
            } else {
                self.text.push_str(&cell);
            }
        }
        self.text.push_str("\r\n");
        self.rows += 1;
    }

    fn is_empty(&self) -> bool {
        self.rows == 0
    }
}

fn text(value: Option<&str>) -> String {
    value.unwrap_or_default().to_owned()
}

fn shown<T: ToString>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

fn yes_no(value: Option<bool>) -> String {
    text(value.map(|yes| if yes { "yes" } else { "no" }))
}

fn joined(values: impl IntoIterator<Item = String>) -> String {
    values.into_iter().collect::<Vec<_>>().join(";")
}

fn terms(records: &Records, year_groups_of: AcademicYear) -> learners::Terms<'_> {
    learners::Terms { calendar: &records.institution.calendar, years: None, year_groups_of }
}

/// The year group of learners.csv: as counted, within the years that the institution teaches.
fn stated(records: &Records, counted: YearGroup) -> YearGroup {
    // What is below year 7 would be left out on reading, with everything that belongs to the learner.
    let lowest = records.institution.lowest_year.max(YearGroup::LOWEST).min(records.institution.highest_year);
    counted.clamp(lowest, records.institution.highest_year)
}

/// Counted linearly from the nearest recorded year; of two equally near, from the earlier.
fn counted(recorded: &BTreeMap<AcademicYear, YearGroup>, year: AcademicYear) -> Option<YearGroup> {
    let distance = |other: AcademicYear| i32::from(other.start()) - i32::from(year.start());
    let (&nearest, &group) = recorded.iter().min_by_key(|&(&other, _)| (distance(other).abs(), other))?;
    // A year group is written as a number from 0 to 99.
    let group = group.plus(-distance(nearest) as i16);
    Some(group.clamp(YearGroup::new(0), YearGroup::new(99)))
}

fn learner_rows(
    records: &Records,
    recorded: &[BTreeMap<AcademicYear, YearGroup>],
    year_groups_of: AcademicYear,
) -> Sheet {
    let mut sheet = Sheet::new(learners::COLUMNS);
    let terms = terms(records, year_groups_of);
    for (learner, recorded) in records.learners.iter().zip(recorded) {
        let year = terms.recorded_year(learner.left);
        let group = stated(records, counted(recorded, year).unwrap_or(records.institution.lowest_year));
        sheet.row(learner_row(learner, group));
    }
    sheet
}

fn learner_row(learner: &Learner, year_group: YearGroup) -> [String; 18] {
    [
        learner.reference.clone(),
        text(learner.upn.as_deref()),
        text(learner.uln.as_deref()),
        learner.forename.clone(),
        learner.surname.clone(),
        learner.date_of_birth.to_string(),
        text(learner.sex.as_deref()),
        year_group.to_string(),
        text(learner.form.as_deref()),
        shown(learner.sen),
        yes_no(learner.fsm),
        yes_no(learner.looked_after),
        yes_no(learner.considering_he),
        learner.subjects.join(";"),
        learner.joined.to_string(),
        shown(learner.left),
        shown(learner.programme_starts),
        shown(learner.programme_ends),
    ]
}

fn year_group_rows(
    records: &Records,
    recorded: &[BTreeMap<AcademicYear, YearGroup>],
    year_groups_of: AcademicYear,
) -> Sheet {
    let mut sheet = Sheet::new(year_groups::COLUMNS);
    let terms = terms(records, year_groups_of);
    for (learner, recorded) in records.learners.iter().zip(recorded) {
        let year = terms.recorded_year(learner.left);
        for (academic_year, group) in beyond_one(records, recorded, year) {
            sheet.row([learner.reference.clone(), academic_year.to_string(), group.to_string()]);
        }
    }
    sheet
}

/// What year-groups.csv must say beside the one year group of learners.csv, so that every year counts as before.
fn beyond_one(
    records: &Records,
    recorded: &BTreeMap<AcademicYear, YearGroup>,
    year: AcademicYear,
) -> BTreeMap<AcademicYear, YearGroup> {
    let Some(group) = counted(recorded, year) else { return BTreeMap::new() };
    let mut rows = recorded.clone();
    if stated(records, group) == group {
        rows.remove(&year);
    } else {
        rows.insert(year, group);
    }
    if recorded.contains_key(&year) {
        return rows;
    }
    // learners.csv adds a record. Between recorded years it may now be the nearest where another was: say those years.
    let mut with = recorded.clone();
    with.insert(year, group);
    let (first, last) = (with.keys().next().copied().unwrap_or(year), with.keys().next_back().copied().unwrap_or(year));
    let mut at = first;
    while at <= last {
        // Every year between is said once one of them differs: each said year is itself a record.
        if counted(&with, at) != counted(recorded, at) {
            let mut every = first;
            while every <= last {
                if let Some(group) = counted(recorded, every) {
                    rows.insert(every, group);
                }
                every = every.next();
            }
            break;
        }
        at = at.next();
    }
    rows
}

fn activity_rows(records: &Records) -> Sheet {
    let mut sheet = Sheet::new(activities::COLUMNS);
    for activity in records.activities.iter().filter(|activity| activity.state.counts()) {
        sheet.row([
            activity.reference.clone(),
            activity.title.clone(),
            activity.date.to_string(),
            activity.kind.to_string(),
            shown(activity.provider_type),
            text(activity.organisation.as_deref()),
            activity.mode.to_string(),
            text(activity.subject.as_deref()),
            shown(activity.hours),
            joined(activity.year_groups.iter().map(|year| year.to_string())),
            joined(activity.checks.iter().map(|check| check.to_string())),
            shown(activity.through),
            shown(activity.source),
        ]);
    }
    sheet
}

fn participation_rows(records: &Records) -> Sheet {
    let mut sheet = Sheet::new(participation::COLUMNS);
    let counts = |one: &&Participation| records.activity(one.activity).state.counts();
    for participation in records.participations.iter().filter(counts) {
        sheet.row([
            records.activity(participation.activity).reference.as_str(),
            records.learner(participation.learner).reference.as_str(),
            participation.status.word(),
        ]);
    }
    sheet
}

fn review_rows(records: &Records) -> Sheet {
    let mut sheet = Sheet::new(reviews::COLUMNS);
    for review in &records.reviews {
        sheet.row([
            records.learner(review.learner).reference.clone(),
            review.date.to_string(),
            yes_no(Some(review.preparing_for_adulthood)),
        ]);
    }
    sheet
}

fn adaptation_rows(records: &Records) -> Sheet {
    let mut sheet = Sheet::new(adaptations::COLUMNS);
    for adaptation in &records.adaptations {
        let (word, count) = match adaptation.adapted {
            Adapted::Out => ("out", String::new()),
            Adapted::Count(count) => ("count", count.to_string()),
        };
        sheet.row([
            records.learner(adaptation.learner).reference.as_str(),
            &adaptation.requirement,
            word,
            &count,
            &adaptation.reason,
            &adaptation.person,
        ]);
    }
    sheet
}

fn institution(records: &Records, year_groups_of: AcademicYear) -> String {
    let institution = &records.institution;
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let mut out = String::new();
    let mut line = |key: &str, value: String| {
        // Writing to a String cannot fail.
        let _ = writeln!(out, "{key} = {value}");
    };
    line("name", quoted(&institution.name));
    line("type", quoted(institution.kind.word()));
    if let Some(urn) = &institution.urn {
        line("urn", quoted(urn));
    }
    if let Some(ukprn) = &institution.ukprn {
        line("ukprn", quoted(ukprn));
    }
    line("lowest-year", institution.lowest_year.to_string());
    line("highest-year", institution.highest_year.to_string());
    line("year-groups-of", quoted(&year_groups_of.to_string()));
    if !institution.subjects.is_empty() {
        out.push_str("\n[subjects]\n");
        for (year, subjects) in &institution.subjects {
            let list: Vec<String> = subjects.iter().map(|subject| quoted(subject)).collect();
            let _ = writeln!(out, "\"{year}\" = [{}]", list.join(", "));
        }
    }
    if !institution.calendar.first_days().is_empty() {
        out.push_str("\n[first-days]\n");
        for (year, date) in institution.calendar.first_days() {
            let _ = writeln!(out, "{} = \"{date}\"", year.start());
        }
    }
    if !institution.parameters.is_empty() {
        out.push_str("\n[parameters]\n");
        for (name, value) in &institution.parameters {
            let plain = value == "true" || value == "false" || value.bytes().all(|b| b.is_ascii_digit());
            let _ = writeln!(out, "{name} = {}", if plain { value.clone() } else { quoted(value) });
        }
    }
    out
}
