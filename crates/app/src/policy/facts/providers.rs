//! Provider access as the statement says it: how the encounters are met, and who came before.

use std::collections::BTreeSet;

use ::policy::{
    Fact, Facts,
    markdown::{bullets, escape, table},
};
use domain::{Date, Kind, YearGroup};
use rules::{Area, Bound, Evaluation, Grouping, Window};

use super::benchmarks::share;
use crate::{frame::Scene, withheld};

/// For how many years who came is told.
const YEARS: i16 = 2;

/// How the encounters are met, and who came before.
pub(super) fn facts(scene: &Scene<'_>, evaluation: &Evaluation) -> Facts {
    let mut facts = Facts::new();
    if let Some(encounters) = encounters(scene, evaluation) {
        facts.insert(Fact::Encounters, encounters);
    }
    let as_of = scene.frame.as_of;
    let since = Date::new(as_of.year() - YEARS, as_of.month(), as_of.day().min(28)).unwrap_or(as_of);
    let came = scene.held.records.activities.iter().filter(|activity| {
        activity.kind == Kind::ProviderEncounter
            && activity.state.counts()
            && activity.source.is_none()
            && (since..=as_of).contains(&activity.date)
    });
    let names: BTreeSet<String> =
        came.filter_map(|activity| activity.organisation.as_deref()).map(|name| escape(name.trim())).collect();
    if !names.is_empty() {
        facts.insert(Fact::PreviousProviders, bullets(names));
    }
    facts
}

/// Each phase that the institution has, with its cohorts.
fn encounters(scene: &Scene<'_>, evaluation: &Evaluation) -> Option<String> {
    let institution = &scene.held.records.institution;
    let calendar = &institution.calendar;
    let by_year = evaluation.by(&scene.held.facts, Grouping::YearGroup);
    let mut rows = Vec::new();
    for (at, requirement) in scene.pack.requirements.iter().enumerate() {
        let (Area::ProviderAccess, Window::Years { first, last, closes, .. }) = (requirement.area, requirement.window)
        else {
            continue;
        };
        let years = (first.number()..=last.number()).map(YearGroup::new).filter(|year| institution.teaches(*year));
        let sizes: Vec<u32> = by_year.iter().map(|group| group.tallies[at].in_scope).collect();
        let hidden = withheld::hidden(&sizes);
        for year in years {
            let group = by_year.iter().zip(&hidden).find(|(group, _)| group.name.parse() == Ok(year));
            let starts = scene.frame.year.start() + i16::from(last.number()) - i16::from(year.number());
            let closing = domain::AcademicYear::starting(starts);
            let until = match closes {
                Bound::EndOfYear => calendar.last_day(closing),
                Bound::EndOfFebruary => Date::new(starts + 1, 2, 28).unwrap_or(calendar.last_day(closing)),
            };
            let offered = evaluation.offered[at].iter().find(|offered| offered.year_group == year);
            let offered = offered.map_or(0, |offered| offered.occasions);
            let met = match group {
                Some((group, false)) => share(group.tallies[at]).unwrap_or_else(|| "–".to_owned()),
                Some((_, true)) => "not shown: a small group".to_owned(),
                None => "–".to_owned(),
            };
            rows.push(vec![
                escape(&requirement.wording.title),
                format!("Year {year}"),
                domain::date::long(until),
                match offered {
                    0 => "none yet".to_owned(),
                    1 => "1 date".to_owned(),
                    dates => format!("{dates} dates"),
                },
                met,
            ]);
        }
    }
    let headings =
        ["Phase", "Year group", "Two encounters by", "Held for the whole year group so far", "Have met two already"];
    let on = domain::date::long(scene.frame.as_of);
    (!rows.is_empty()).then(|| format!("On {on}:\n\n{}", table(&headings, &rows)))
}
