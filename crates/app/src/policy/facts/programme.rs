//! The programme of the year, its schedule and the roadmap, as policies say them.

use std::collections::{BTreeMap, BTreeSet};

use ::policy::{
    Fact, Facts,
    markdown::{escape, table},
};
use domain::{Kind, YearGroup};
use rules::Evaluation;
use store::{roadmap_point::RoadmapPoint, slot::Slot};

use crate::{
    frame::Scene,
    journey::{short, term_of},
    programme::Written,
    programme_cohort::cohorts_in,
    roadmap,
    withheld::SMALLEST,
};

const TERMS: [&str; 4] = ["Year group", "Autumn term", "Spring term", "Summer term"];

/// Text that a person typed in a field of several lines, as Markdown that says just that: paragraphs, and lists where lines begin
/// as those of a list do.
pub(super) fn paragraphs(text: &str) -> String {
    let mut out = String::new();
    let mut was_item = false;
    for line in text.lines().map(str::trim) {
        let item = line.strip_prefix("- ").or_else(|| line.strip_prefix("• ")).or_else(|| line.strip_prefix("* "));
        if was_item != item.is_some() && !out.is_empty() {
            out.push('\n');
        }
        match item {
            Some(item) => out.push_str(&format!("- {}\n", escape(item))),
            None => out.push_str(&format!("{}\n", escape(line))),
        }
        was_item = item.is_some();
    }
    out.trim().to_owned()
}

/// What the programme says.
pub(super) fn written(scene: &Scene<'_>, written: &Written) -> Facts {
    let mut facts = Facts::new();
    if let Some(programme) = &written.programme {
        for (fact, text) in [
            (Fact::ProgrammeAims, &programme.aims),
            (Fact::Leavers, &programme.leavers),
            (Fact::Delivery, &programme.delivery),
            (Fact::SendArrangements, &programme.send),
            (Fact::ParentsArrangements, &programme.parents),
        ] {
            facts.insert(fact, paragraphs(text));
        }
    }
    let one_line = |text: &str| escape(&text.split_whitespace().collect::<Vec<_>>().join(" "));
    let rows = taught(scene).filter_map(|year| {
        let aims = written.groups.iter().find(|group| group.year_group == year).map_or("", |group| &group.aims);
        let outcomes: Vec<_> = written
            .outcomes
            .iter()
            .filter(|outcome| outcome.year_group == year)
            .map(|outcome| one_line(outcome.statement.trim_end_matches('.')))
            .collect();
        let is_blank = aims.trim().is_empty() && outcomes.is_empty();
        (!is_blank).then(|| vec![format!("Year {year}"), one_line(aims), outcomes.join("; ")])
    });
    let rows: Vec<_> = rows.collect();
    if !rows.is_empty() {
        facts.insert(Fact::ProgrammeByYear, table(&["Year group", "Aims", "Learners will"], &rows));
    }
    facts.retain(|_, said| !said.is_empty());
    facts
}

fn taught(scene: &Scene<'_>) -> impl Iterator<Item = YearGroup> + use<> {
    let institution = &scene.held.records.institution;
    (institution.lowest_year.number()..=institution.highest_year.number()).map(YearGroup::new)
}

type Terms = [BTreeSet<(domain::Date, String)>; 3];

/// What happens when, and what providers can come to, by year group and term. Only what is for a whole year group is named.
pub(super) fn schedule(scene: &Scene<'_>, evaluation: &Evaluation, slots: &[Slot]) -> Facts {
    let records = &scene.held.records;
    let (first, last) = scene.frame.year_span;
    let cohorts = cohorts_in(scene, evaluation);
    let mut on_roll: BTreeMap<YearGroup, u32> = BTreeMap::new();
    for year in evaluation.year_groups.iter().flatten() {
        *on_roll.entry(*year).or_default() += 1;
    }
    // Of a year group of three, what two came to may be about one of them: only what is said to be for all is named.
    let is_for = |activity: &domain::Activity, year: YearGroup| {
        activity.year_groups.contains(year) || on_roll.get(&year).is_some_and(|learners| *learners >= SMALLEST)
    };
    let (mut all, mut open): (BTreeMap<YearGroup, Terms>, BTreeMap<YearGroup, Terms>) = Default::default();
    let mut seen: BTreeSet<(&str, usize)> = BTreeSet::new();
    let mut by_day: Vec<_> = (records.activities.iter())
        .filter(|activity| (first..=last).contains(&activity.date) && activity.state.counts())
        .filter(|activity| activity.kind != Kind::GuidanceMeeting && activity.source.is_none())
        .collect();
    by_day.sort_by_key(|activity| activity.date);
    for activity in by_day {
        let term = term_of(first, activity.date);
        // A talk that was held form by form is named once a term.
        if !seen.insert((&activity.title, term)) {
            continue;
        }
        let title = match activity.kind {
            Kind::Curriculum => "Careers in lessons".to_owned(),
            _ => format!("{} ({})", escape(&activity.title), short(activity.date)),
        };
        let none = BTreeSet::new();
        for year in cohorts.get(&activity.title).unwrap_or(&none).iter().filter(|year| is_for(activity, **year)) {
            let day = if activity.kind == Kind::Curriculum { first } else { activity.date };
            all.entry(*year).or_default()[term].insert((day, title.clone()));
            if activity.kind == Kind::ProviderEncounter {
                open.entry(*year).or_default()[term].insert((day, title.clone()));
            }
        }
    }
    let free = slots.iter().filter(|slot| {
        slot.kind == Kind::ProviderEncounter
            && slot.activity.is_none()
            && (first..=last).contains(&slot.held_on)
            && slot.held_on >= scene.frame.as_of
    });
    for slot in free {
        let title = format!("Free: {} ({})", escape(&slot.title), short(slot.held_on));
        for year in taught(scene).filter(|year| slot.year_groups.is_empty() || slot.year_groups.contains(*year)) {
            open.entry(year).or_default()[term_of(first, slot.held_on)].insert((slot.held_on, title.clone()));
        }
    }
    let mut facts = Facts::new();
    for (fact, years) in [(Fact::ProgrammeSchedule, all), (Fact::Opportunities, open)] {
        if years.is_empty() {
            continue;
        }
        let rows: Vec<_> = taught(scene)
            .filter_map(|year| years.get(&year).map(|terms| (year, terms)))
            .map(|(year, terms)| {
                let cell = |term: &BTreeSet<(domain::Date, String)>| match term.is_empty() {
                    true => "–".to_owned(),
                    false => term.iter().map(|(_, title)| title.as_str()).collect::<Vec<_>>().join("; "),
                };
                std::iter::once(format!("Year {year}")).chain(terms.iter().map(cell)).collect()
            })
            .collect();
        facts.insert(fact, table(&TERMS, &rows));
    }
    facts
}

/// The key decisions for families.
pub(super) fn roadmap(scene: &Scene<'_>, own: &[RoadmapPoint]) -> Facts {
    let rows: Vec<_> = roadmap::rows(&scene.frame, own)
        .iter()
        .filter(|point| !point.is_hidden)
        .map(|point| {
            vec![
                format!("Year {}", point.year_group),
                roadmap::when(point),
                escape(&point.title),
                escape(&point.about),
                escape(&point.does),
            ]
        })
        .collect();
    if rows.is_empty() {
        return Facts::new();
    }
    let headings = ["Year group", "When", "Decision", "What families can do", "What we do"];
    Facts::from([(Fact::Roadmap, table(&headings, &rows))])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_on_several_lines_keeps_its_paragraphs_and_lists() {
        assert_eq!(paragraphs("One *two*\n\nThree\n- a\n• b\nFour"), "One \\*two\\*\n\nThree\n\n- a\n- b\n\nFour");
        assert_eq!(paragraphs(" \n"), "");
    }
}
