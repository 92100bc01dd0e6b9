//! One worked case on a learner.

use std::collections::BTreeMap;

use domain::{
    AcademicYear, Adaptation, Adapted, Calendar, Date, Institution, InstitutionType, Learner, LearnerIndex,
    Participation, Records, Review, Sen, YearGroup, YearRecord,
};

use super::{Fields, Shift, WorkedCase, expected, happened};
use crate::rulebook::{Value, shape::words};

const LEARNER: LearnerIndex = LearnerIndex(0);

/// A date of the case, moved by the shift.
pub(super) fn date(fields: &Fields<'_>, key: &'static str, shift: Shift) -> Option<Date> {
    let written = fields.optional_date(key)?;
    let moved = shift.date(written);
    if moved.is_none() {
        fields.fault(
            key,
            "this day does not exist in the year that it is moved to",
            "Leave the case out of the borrowed ones",
        );
    }
    moved
}

pub(super) fn read(entry: Fields<'_>, requirement: &str, post_16: bool, shift: Shift) -> Option<WorkedCase> {
    let that = entry.text("that");
    entry.node("as-of");
    let as_of = date(&entry, "as-of", shift)?;
    let institution = institution(&entry, post_16, shift);
    let mut given = Records::new(institution);
    if let Some(fields) = entry.table("learner") {
        learner(fields, &mut given, as_of, post_16, shift);
    }
    for (position, item) in entry.list("happened").iter().enumerate() {
        let Some(fields) = Fields::of(item, entry.path("happened"), entry.faults()) else { continue };
        let Some((activity, register)) = happened::read(fields, position + 1, as_of, shift) else { continue };
        let index = domain::ActivityIndex(u32::try_from(given.activities.len()).unwrap_or(u32::MAX));
        given.activities.push(activity);
        given.participations.extend(register.map(|status| Participation { learner: LEARNER, activity: index, status }));
    }
    for item in entry.list("reviews") {
        let Some(fields) = Fields::of(item, entry.path("reviews"), entry.faults()) else { continue };
        fields.node("on");
        let on = date(&fields, "on", shift);
        let preparing_for_adulthood = fields.yes_no("preparing-for-adulthood");
        fields.finish();
        given.reviews.extend(on.map(|date| Review { learner: LEARNER, date, preparing_for_adulthood }));
    }
    for item in entry.list("adapted") {
        given.adaptations.extend(
            Fields::of(item, entry.path("adapted"), entry.faults()).and_then(|fields| adaptation(fields, requirement)),
        );
    }
    let expected = entry.table("expect").and_then(|fields| expected::read(fields, shift));
    entry.finish();
    Some(WorkedCase { that: that?, as_of, given, expected: expected? })
}

fn institution(entry: &Fields<'_>, post_16: bool, shift: Shift) -> Institution {
    let (kind, lowest, highest) =
        if post_16 { (InstitutionType::FeCollege, 12, 14) } else { (InstitutionType::Academy, 7, 13) };
    let mut institution = plain_institution(kind, YearGroup::new(lowest), YearGroup::new(highest));
    let Some(fields) = entry.optional_table("institution") else { return institution };
    if let Some(kind) = fields.optional_word("type", &words(InstitutionType::ALL, InstitutionType::word)) {
        institution.kind = kind;
    }
    let year = |key| fields.optional_number(key).map(|number| YearGroup::new(i8::try_from(number).unwrap_or(i8::MAX)));
    institution.lowest_year = year("lowest-year").unwrap_or(institution.lowest_year);
    institution.highest_year = year("highest-year").unwrap_or(institution.highest_year);
    let subjects = fields.texts("subjects");
    if !subjects.is_empty() {
        institution.subjects = (7..=14).map(|number| (YearGroup::new(number), subjects.clone())).collect();
    }
    let mut first_days = BTreeMap::new();
    for node in fields.list("first-days") {
        match node.value {
            Value::Date(day) => {
                first_days.extend(shift.date(day).map(|day| (AcademicYear::starting(day.year()), day)));
            }
            _ => fields.fault("first-days", "this is no date", "Write dates such as 2026-08-27"),
        }
    }
    institution.calendar = Calendar::new(first_days);
    if let Some(node) = fields.optional("parameters")
        && let Value::Table(table) = &node.value
    {
        for (name, node) in table {
            let text = match &node.value {
                Value::Number(number) => number.to_string(),
                Value::YesNo(yes) => yes.to_string(),
                _ => {
                    fields.fault("parameters", "a parameter is a number, or true or false", "Write one of them");
                    continue;
                }
            };
            institution.parameters.insert(name.clone(), text);
        }
    }
    fields.finish();
    institution
}

/// An institution of which nothing is known but its type and year groups.
pub(super) fn plain_institution(kind: InstitutionType, lowest_year: YearGroup, highest_year: YearGroup) -> Institution {
    Institution {
        name: "An institution".to_owned(),
        kind,
        urn: None,
        ukprn: None,
        lowest_year,
        highest_year,
        subjects: BTreeMap::new(),
        calendar: Calendar::default(),
        parameters: BTreeMap::new(),
    }
}

fn learner(fields: Fields<'_>, given: &mut Records, as_of: Date, post_16: bool, shift: Shift) {
    let this_year = given.institution.year_of(as_of);
    fields.node("year-group");
    let year_group = fields.optional_number("year-group").and_then(|number| i8::try_from(number).ok()).unwrap_or(7);
    let first = if post_16 { 12 } else { 7 };
    let began = AcademicYear::starting(this_year.start() - (i16::from(year_group) - first).max(0));
    let joined = date(&fields, "joined", shift).unwrap_or_else(|| given.institution.calendar.first_day(began));
    given.year_records.push(YearRecord {
        learner: LEARNER,
        academic_year: this_year,
        year_group: YearGroup::new(year_group),
    });
    for item in fields.list("other-years") {
        let Some(year) = Fields::of(item, fields.path("other-years"), fields.faults()) else { continue };
        year.node("year-group");
        let academic_year = year.text("in").and_then(|text| text.parse::<AcademicYear>().ok());
        let number = year.optional_number("year-group").and_then(|number| i8::try_from(number).ok());
        if academic_year.is_none() {
            year.fault("in", "this is no academic year", "Write it as \"2025/26\"");
        }
        year.finish();
        if let Some((academic_year, number)) = academic_year.zip(number) {
            let record = YearRecord {
                learner: LEARNER,
                academic_year: shift.year(academic_year),
                year_group: YearGroup::new(number),
            };
            given.year_records.push(record);
        }
    }
    let learner = Learner {
        reference: "learner".to_owned(),
        upn: None,
        uln: None,
        forename: "Sam".to_owned(),
        surname: "Example".to_owned(),
        date_of_birth: Date::constant(this_year.start() - 5 - i16::from(year_group), 3, 1),
        sex: None,
        form: None,
        sen: fields.optional_word("sen", &words(Sen::ALL, Sen::word)),
        fsm: None,
        looked_after: None,
        considering_he: fields.optional("considering-he").is_some().then(|| fields.yes_no("considering-he")),
        subjects: fields.texts("subjects"),
        joined,
        left: date(&fields, "left", shift),
        programme_starts: date(&fields, "programme-starts", shift),
        programme_ends: date(&fields, "programme-ends", shift),
    };
    fields.finish();
    given.learners.push(learner);
}

/// Of the requirement that the case is about, unless it names another.
fn adaptation(fields: Fields<'_>, about: &str) -> Option<Adaptation> {
    let requirement = fields.optional_text("requirement").unwrap_or_else(|| about.to_owned());
    let count = fields.optional_number("count");
    let out = fields.yes_no("out");
    let reason = fields.text("reason");
    if out == count.is_some() {
        fields.fault("out", "an adaptation is either out or another count", "Write out = true, or count = 1");
    }
    fields.finish();
    let adapted = if out { Adapted::Out } else { Adapted::Count(count?) };
    Some(Adaptation { learner: LEARNER, requirement, adapted, reason: reason?, person: "SENCO".to_owned() })
}
