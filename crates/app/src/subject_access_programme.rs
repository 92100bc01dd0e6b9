//! What is held about one learner besides marks and meetings: what they wrote, what was written about them, what they missed and
//! where they were on placement.

use documents::{Column, Prose, Section, Table};
use domain::date::long;
use store::rows::Datum;

use crate::subject_access::{Row, Subject, in_words};

/// Everything of the programme that is about the learner.
pub(crate) fn section(subject: &Subject) -> Section {
    Section::new("Placements, reflections and feedback")
        .section(placements(subject))
        .section(checks(subject))
        .section(journal(subject))
        .section(reflections(subject))
        .section(feedback(subject))
        .section(missed(subject))
}

fn text(row: &Row, name: &str) -> String {
    match row.get(name) {
        Some(Datum::Text(text)) => text.clone(),
        Some(Datum::Int(number)) => number.to_string(),
        Some(Datum::Date(day)) => long(*day),
        Some(Datum::Timestamp(at)) => long(jiff::tz::TimeZone::UTC.to_datetime(*at).date()),
        Some(Datum::Bool(yes)) => if *yes { "yes" } else { "no" }.to_owned(),
        _ => String::new(),
    }
}

/// The entries that are not blank, each after what it is.
fn said(row: &Row, entries: &[(&str, &str)]) -> String {
    let said = entries.iter().filter_map(|(name, label)| {
        let text = text(row, name);
        let text = text.trim();
        (!text.is_empty()).then(|| if label.is_empty() { text.to_owned() } else { format!("{label}: {text}") })
    });
    said.collect::<Vec<_>>().join(". ")
}

fn rows<'s>(subject: &'s Subject, table: &str) -> &'s [Row] {
    subject.records.get(table).map_or(&[], Vec::as_slice)
}

fn activity(subject: &Subject, row: &Row) -> String {
    match row.get("activity_id") {
        Some(Datum::Int(id)) => subject.titles.get(id).cloned().unwrap_or_else(|| "a deleted activity".to_owned()),
        _ => String::new(),
    }
}

fn table(subject: &Subject, name: &str, columns: [Column; 3], cells: impl Fn(&Row) -> [String; 3]) -> Table {
    let rows = rows(subject, name).iter().map(|row| cells(row).into_iter().map(Prose::from).collect::<Vec<_>>());
    Table::new(columns).rows_of(rows)
}

fn placements(subject: &Subject) -> Section {
    let columns = [Column::short("From"), Column::words("With"), Column::words("What is recorded")];
    let table = table(subject, "placement", columns, |row| {
        let what = [
            ("stage", "Stage"),
            ("ends_on", "Until"),
            ("supervisor", "Supervisor"),
            ("supervisor_email", "Their e-mail"),
            ("supervisor_phone", "Their telephone"),
            ("address", "Where"),
            ("tasks", "Tasks"),
            ("not_allowed", "Not allowed"),
            ("travel", "Travel"),
            ("needs", "Needs that the employer was told of"),
            ("reason", "Why it fell through"),
        ];
        [text(row, "starts_on"), text(row, "employer"), said(row, &what)]
    });
    Section::new("Work placements").table(table)
}

fn checks(subject: &Subject) -> Section {
    let columns = [Column::words("Check"), Column::short("Seen on"), Column::words("What is recorded")];
    let table = table(subject, "placement_check", columns, |row| {
        let what = [("status", ""), ("expires_on", "Valid until"), ("note", "Note")];
        [in_words(&text(row, "item")), text(row, "seen_on"), said(row, &what)]
    });
    Section::new("Checks before placements").table(table)
}

fn journal(subject: &Subject) -> Section {
    let columns = [Column::short("On"), Column::words("What it is"), Column::words("What was written")];
    let table = table(subject, "placement_entry", columns, |row| {
        let what = [("by_whom", "By"), ("how", "How"), ("text", "")];
        [text(row, "held_on"), in_words(&text(row, "sort")), said(row, &what)]
    });
    Section::new("Placement journal and visits").table(table)
}

fn reflections(subject: &Subject) -> Section {
    let columns = [Column::short("On"), Column::words("Activity"), Column::words("What the learner wrote")];
    let table = table(subject, "reflection", columns, |row| {
        let what = [("learnt", ""), ("rating", "Out of five"), ("next_step", "Next"), ("answers", "")];
        [text(row, "written_at"), activity(subject, row), said(row, &what)]
    });
    Section::new("What the learner thought of activities").table(table)
}

fn feedback(subject: &Subject) -> Section {
    let columns = [Column::short("On"), Column::words("From"), Column::words("What they wrote")];
    let table = table(subject, "feedback", columns, |row| {
        let what =
            [("went_well", "Went well"), ("better", "Could be better"), ("rating", "Out of five"), ("answers", "")];
        [text(row, "written_at"), text(row, "name"), said(row, &what)]
    });
    Section::new("What employers wrote").table(table)
}

fn missed(subject: &Subject) -> Section {
    let columns = [Column::short("On"), Column::words("Missed"), Column::words("What became of it")];
    let table = table(subject, "catch_up", columns, |row| {
        [text(row, "closed_at"), activity(subject, row), text(row, "reason")]
    });
    Section::new("Activities missed and made up for").table(table)
}
