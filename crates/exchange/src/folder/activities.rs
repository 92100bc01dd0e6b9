use std::collections::HashMap;

use domain::{Activity, ActivityState, Check, Checks, Kind, Mode, ProviderType, Source, Through};

use super::{
    cell,
    references::{Reference, References},
    table::{Heading, RowReader, Table, decode},
};
use crate::problem::{Code, Problem, Thing};

pub(super) const FILE: &str = "activities.csv";
pub(super) const COLUMNS: &[Heading] = &[
    ("activity", true),
    ("title", true),
    ("date", true),
    ("kind", true),
    ("provider-type", false),
    ("organisation", false),
    ("mode", false),
    ("subject", false),
    ("hours", false),
    ("year-groups", false),
    ("checks", false),
    ("through", false),
    ("source", false),
];
const ACTIVITY: usize = 0;

/// Reads activities.csv. `None` if it cannot be read at all.
pub(super) fn read(bytes: &[u8], problems: &mut Vec<Problem>) -> Option<(Vec<Activity>, References)> {
    let text = decode(FILE, bytes, problems)?;
    let mut table = Table::open(FILE, &text, COLUMNS, problems)?;
    let (mut activities, mut references) = (Vec::new(), References::default());
    let mut lines: HashMap<String, u64> = HashMap::new();
    while table.advance(problems) {
        let line = table.line();
        let reference = table.cell(ACTIVITY).to_owned();
        let mut reader = table.reader(problems);
        let first_line = lines.get(&reference).copied();
        match first_line {
            Some(first_line) => reader.problem(ACTIVITY, Code::Repeated { thing: Thing::Activity, first_line }),
            None if reference.is_empty() => {}
            None => drop(lines.insert(reference.clone(), line)),
        }
        match read_row(&mut reader) {
            Some(activity) => {
                references.insert(reference, Reference::Known(activities.len() as u32));
                activities.push(activity);
            }
            None if first_line.is_none() => references.insert(reference, Reference::Bad),
            None => {}
        }
    }
    if table.is_cut_short() {
        references.cut_short();
    }
    Some((activities, references))
}

fn read_row(row: &mut RowReader<'_, '_>) -> Option<Activity> {
    let reference = row.text(ACTIVITY);
    let title = row.text(1);
    let date = row.value(2, cell::date);
    let kind = row.value(3, cell::word::<Kind>);
    let provider_type = row.value(4, cell::word::<ProviderType>);
    let organisation = row.text(5);
    let mode = row.value(6, cell::word::<Mode>).unwrap_or(Mode::InPerson);
    let subject = row.text(7);
    let hours = row.value(8, cell::hours);
    let year_groups = row.value(9, |text| cell::list(text, cell::year_group)).unwrap_or_default();
    let checks = row.value(10, |text| cell::list(text, cell::word::<Check>)).unwrap_or_default();
    let through = row.value(11, cell::word::<Through>);
    let source = row.value(12, cell::word::<Source>);
    if !row.is_sound() {
        return None;
    }
    Some(Activity {
        reference: reference?,
        title: title?,
        date: date?,
        kind: kind?,
        provider_type,
        organisation,
        mode,
        subject,
        hours,
        year_groups: year_groups.into_iter().collect(),
        checks: checks.into_iter().collect::<Checks>(),
        through,
        source,
        state: ActivityState::Planned,
    })
}
