use std::collections::BTreeMap;

use domain::Sen;

use crate::{Evaluation, Facts, Tally};

/// By what learners are grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grouping {
    /// Year group on the as-of date.
    YearGroup,
    /// Registration group.
    Form,
    /// Sex as recorded.
    Sex,
    /// SEN provision.
    Sen,
    /// Free school meals.
    FreeSchoolMeals,
    /// Looked after by a local authority.
    LookedAfter,
}

/// One group of learners.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// What it is called in reports: `9`, `9A`, `E`, `yes`; `unknown` where nothing is recorded.
    pub name: String,
    /// For each requirement, how many of the group stand where.
    pub tallies: Vec<Tally>,
}

/// The name of the group of those of whom nothing is recorded.
pub const UNKNOWN: &str = "unknown";

impl Evaluation {
    /// The learners on roll by group, in the group's own order with `unknown` last. A learner is in exactly one group, so
    /// the groups add up to the tallies. Every learner on roll is in a group, in scope of a requirement or not.
    pub fn by(&self, facts: &Facts, grouping: Grouping) -> Vec<Group> {
        let mut groups: BTreeMap<Key<'_>, Vec<Tally>> = BTreeMap::new();
        for position in 0..self.learners.len() {
            let tallies = groups
                .entry(self.key(facts, grouping, position))
                .or_insert_with(|| vec![Tally::default(); self.requirement_count]);
            for (tally, standing) in tallies.iter_mut().zip(self.of_position(position)) {
                tally.add(*standing, 1);
            }
        }
        groups.into_iter().map(|(key, tallies)| Group { name: key.name(), tallies }).collect()
    }

    fn key<'a>(&self, facts: &'a Facts, grouping: Grouping, position: usize) -> Key<'a> {
        let learner = &facts.learners[self.learners[position].0 as usize];
        let key = match grouping {
            Grouping::YearGroup => self.year_groups[position].map(|group| Key::Number(group.number())),
            Grouping::Form => learner.form.map(|form| Key::Name(facts.forms.written(form))),
            Grouping::Sex => learner.sex.map(|sex| Key::Name(facts.sexes.written(sex))),
            Grouping::Sen => learner.sen.map(Key::Sen),
            Grouping::FreeSchoolMeals => learner.fsm.map(Key::yes_or_no),
            Grouping::LookedAfter => learner.looked_after.map(Key::yes_or_no),
        };
        key.unwrap_or(Key::Unknown)
    }
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key<'a> {
    Number(i8),
    Name(&'a str),
    Sen(Sen),
    Yes,
    No,
    Unknown,
}

impl Key<'_> {
    fn yes_or_no(yes: bool) -> Self {
        if yes { Self::Yes } else { Self::No }
    }

    fn name(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Name(name) => (*name).to_owned(),
            Self::Sen(sen) => sen.word().to_owned(),
            Self::Yes => "yes".to_owned(),
            Self::No => "no".to_owned(),
            Self::Unknown => UNKNOWN.to_owned(),
        }
    }
}
