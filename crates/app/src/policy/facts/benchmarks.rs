//! How each benchmark stands: shares of learners, what the institution confirmed, what was done. Nothing smaller than a group of
//! five is counted, and nobody is named.

use std::collections::{BTreeMap, BTreeSet};

use ::policy::{
    Fact, Facts,
    markdown::{bullets, escape},
};
use domain::{Kind, ParticipationStatus, YearGroup};
use rules::{Area, Evaluation, InstitutionStatus, Tally};

use crate::{InstitutionStanding, frame::Scene, held::Held, withheld::is_small};

/// How many days of a kind of activity are named.
const NAMED: usize = 6;

const BENCHMARKS: [Fact; 8] = [
    Fact::Benchmark1,
    Fact::Benchmark2,
    Fact::Benchmark3,
    Fact::Benchmark4,
    Fact::Benchmark5,
    Fact::Benchmark6,
    Fact::Benchmark7,
    Fact::Benchmark8,
];

/// What the record says about each benchmark.
pub(super) fn facts(scene: &Scene<'_>, evaluation: &Evaluation, standings: &[InstitutionStanding]) -> Facts {
    let done = done(scene, evaluation);
    let mut facts = Facts::new();
    for (number, fact) in (1..).zip(BENCHMARKS) {
        let area = Area::Benchmark(number);
        let mut lines = Vec::new();
        for (at, requirement) in scene.pack.requirements.iter().enumerate().filter(|(_, asked)| asked.area == area) {
            if let Some(share) = share(evaluation.tallies[at]) {
                lines.push(format!("{}: {share}", escape(&requirement.wording.title)));
            }
        }
        let held = standings.iter().filter(|one| one.finding.area == area);
        for one in held.filter(|one| one.finding.status == InstitutionStatus::Met) {
            lines.push(format!("{}: confirmed", escape(&one.title)));
        }
        lines.extend(done.get(&number).cloned());
        if !lines.is_empty() {
            let on = domain::date::long(scene.frame.as_of);
            facts.insert(fact, format!("What the record shows on {on}:\n\n{}", bullets(lines)));
        }
    }
    facts
}

/// How many of those of whom it is asked have it, in words that tell nothing about a few; none where too few are asked.
pub(super) fn share(tally: Tally) -> Option<String> {
    let counted = tally.met + tally.due + tally.missed;
    let lacking = counted - tally.met;
    if counted == 0 || is_small(counted) {
        return None;
    }
    Some(match tally.met {
        0 => "not yet".to_owned(),
        _ if lacking == 0 => "every learner".to_owned(),
        _ if is_small(lacking) => "almost every learner".to_owned(),
        met if is_small(met) => "only a few learners so far".to_owned(),
        met => format!("{}% of learners", (u64::from(met) * 200 + u64::from(counted)) / (u64::from(counted) * 2)),
    })
}

/// Which benchmark an activity is evidence for, and what several are called.
const fn evidence(kind: Kind) -> (u8, &'static str) {
    match kind {
        Kind::Programme => (1, "Parts of the programme"),
        Kind::LabourMarket => (2, "Work with career and labour market information"),
        Kind::Curriculum => (4, "Careers in lessons"),
        Kind::EmployerEncounter => (5, "Encounters with employers"),
        Kind::WorkplaceExperience => (6, "Experiences of workplaces"),
        Kind::ProviderEncounter => (7, "Encounters with providers"),
        Kind::GuidanceMeeting => (8, "Guidance meetings"),
    }
}

/// What was done in the academic year so far, by benchmark: the days of what at least five learners attended.
fn done(scene: &Scene<'_>, evaluation: &Evaluation) -> BTreeMap<u8, String> {
    let records = &scene.held.records;
    let (first, _) = scene.frame.year_span;
    let mut came: Vec<BTreeMap<YearGroup, u32>> = vec![BTreeMap::new(); records.activities.len()];
    for one in records.participations.iter().filter(|one| one.status == ParticipationStatus::Attended) {
        let activity = records.activity(one.activity);
        if (first..=scene.frame.as_of).contains(&activity.date)
            && activity.state.counts()
            && activity.source.is_none()
            && let Some(year) = Held::year_group(evaluation, one.learner)
        {
            *came[one.activity.0 as usize].entry(year).or_default() += 1;
        }
    }
    let mut days: BTreeMap<Kind, BTreeMap<domain::Date, BTreeSet<YearGroup>>> = BTreeMap::new();
    for (activity, came) in records.activities.iter().zip(came) {
        if is_small(came.values().sum()) || came.is_empty() || activity.kind == Kind::GuidanceMeeting {
            continue;
        }
        let years = came.into_iter().filter(|(_, learners)| !is_small(*learners)).map(|(year, _)| year);
        days.entry(activity.kind).or_default().entry(activity.date).or_default().extend(years);
    }
    let lines = days.into_iter().map(|(kind, days)| {
        let (benchmark, name) = evidence(kind);
        let more = days.len().saturating_sub(NAMED);
        let mut said: Vec<_> = days
            .into_iter()
            .rev()
            .take(NAMED)
            .map(|(day, years)| {
                let years: Vec<_> = years.iter().map(ToString::to_string).collect();
                let day = domain::date::long(day);
                if years.is_empty() { day } else { format!("{day} (Year {})", years.join(", ")) }
            })
            .collect();
        if more > 0 {
            said.push("and earlier days".to_owned());
        }
        (benchmark, format!("{name} this academic year: {}", said.join("; ")))
    });
    lines.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_tells_nothing_about_a_few() {
        let of = |met, due| share(Tally { in_scope: met + due, met, due, ..Tally::default() });
        assert_eq!((of(0, 0), of(2, 2), of(4, 0)), (None, None, None));
        assert_eq!(of(5, 0).as_deref(), Some("every learner"));
        assert_eq!(of(0, 5).as_deref(), Some("not yet"));
        assert_eq!(of(29, 1).as_deref(), Some("almost every learner"));
        assert_eq!(of(4, 26).as_deref(), Some("only a few learners so far"));
        assert_eq!(of(25, 5).as_deref(), Some("83% of learners"));
    }
}
