//! What would close the gap, for a school of 1,200 learners and 60 days with free places.

use domain::{Activity, ActivityState, Check, Kind, Mode, ProviderType, YearGroup};
use jiff::ToSpan;
use rules::{Facts, Opening, Wanted, before_the_day, close_gaps, evaluate};

use crate::{
    generator::{AS_OF, records},
    meter::{measure, median, say},
    rules_bench::rulebook,
};

const OPENINGS: usize = 60;
const TIMES: usize = 5;

pub(crate) fn run() -> Result<(), String> {
    let records = records(0);
    let facts = Facts::new(&records);
    let rulebook = rulebook()?;
    let pack = rulebook.framework(records.institution.kind, AS_OF);
    let evaluation = evaluate(pack, &facts, AS_OF);
    for (name, openings) in [("mixed", mixed()), ("advisers", advisers())] {
        for (way, forward) in [("what they close", false), ("also forward", true)] {
            let mut runs = Vec::new();
            let mut last = None;
            for _ in 0..TIMES {
                let wanted = Wanted { forward };
                let (found, taken) = measure(|| close_gaps(pack, &facts, &evaluation, &openings, wanted, |_, _| true));
                runs.push(taken);
                last = Some(found);
            }
            let Some(found) = last else { continue };
            say(&format!("60 days, {name}, {way}"), median(runs));
            let places: usize = found.sessions.iter().map(|session| session.places.len()).sum();
            println!(
                "    {} of {} gaps closed by {} sessions with {places} places; {}",
                found.closed.len(),
                found.made.gaps,
                found.sessions.len(),
                if found.made.is_proven { "proven" } else { "not proven" }
            );
        }
    }
    Ok(())
}

fn opening(index: usize, kind: Kind, capacity: u32) -> Opening {
    let offered = |check: &Check| !matches!(check, Check::Reflection | Check::Feedback);
    let checks = kind.checklist().iter().copied().filter(offered).collect();
    let provider = (kind == Kind::ProviderEncounter).then(|| ProviderType::ALL[index % 4]);
    Opening {
        activity: Activity {
            reference: String::new(),
            title: format!("Day {index}"),
            date: AS_OF.saturating_add(((1 + index as i64 * 7) % 160).days()),
            kind,
            provider_type: provider,
            organisation: Some(format!("Organisation {}", index % 11)),
            mode: Mode::InPerson,
            subject: None,
            hours: (kind == Kind::WorkplaceExperience).then(|| domain::Hours::whole(5)),
            year_groups: match index % 3 {
                0 => Default::default(),
                at => [7 + at as i8, 8 + at as i8, 10 + at as i8].map(YearGroup::new).into_iter().collect(),
            },
            checks: before_the_day(checks),
            through: None,
            source: None,
            state: ActivityState::Planned,
        },
        capacity,
        starts_at: index.is_multiple_of(2).then_some(540),
    }
}

/// Days of every kind.
fn mixed() -> Vec<Opening> {
    let kinds = [
        (Kind::GuidanceMeeting, 6),
        (Kind::WorkplaceExperience, 15),
        (Kind::ProviderEncounter, 30),
        (Kind::EmployerEncounter, 25),
        (Kind::LabourMarket, 60),
    ];
    (0..OPENINGS).map(|index| opening(index, kinds[index % kinds.len()].0, kinds[index % kinds.len()].1)).collect()
}

/// Days of an adviser, more than there are learners for in some year groups and too few in others.
fn advisers() -> Vec<Opening> {
    (0..OPENINGS).map(|index| opening(index, Kind::GuidanceMeeting, 4 + (index % 5) as u32)).collect()
}
