use domain::{LearnerIndex, Records, YearGroup};
use rules::{Evaluation, Grouping, UNKNOWN};

use crate::held::Held;

/// Which learners a list shows. Every part that is given must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CohortFilter {
    /// In this year group on the as-of date.
    pub year_group: Option<YearGroup>,
    /// In these groups, by their names in breakdowns (`9A`, `E`, `yes`, `unknown`).
    pub groups: Vec<GroupFilter>,
    /// Whose name or local id contains this.
    pub text: Option<String>,
}

/// One group by which a list is narrowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupFilter {
    /// Grouped by what.
    pub grouping: Grouping,
    /// The group's name.
    pub name: String,
}

impl CohortFilter {
    /// Whether a learner on roll is one of those.
    pub(crate) fn admits(&self, held: &Held, evaluation: &Evaluation, learner: LearnerIndex) -> bool {
        let records = &held.records;
        let year_group = Held::year_group(evaluation, learner);
        self.year_group.is_none_or(|wanted| year_group == Some(wanted))
            && self.groups.iter().all(|group| name_of_group(records, group.grouping, learner, year_group) == group.name)
            && self.text.as_deref().is_none_or(|text| mentions(records, learner, text))
    }
}

/// The name of a learner's group, as breakdowns print it.
pub(crate) fn name_of_group(
    records: &Records,
    grouping: Grouping,
    learner: LearnerIndex,
    year_group: Option<YearGroup>,
) -> String {
    let learner = records.learner(learner);
    let yes_no = |value: Option<bool>| value.map(|yes| if yes { "yes" } else { "no" }.to_owned());
    let name = match grouping {
        Grouping::YearGroup => year_group.map(|year_group| year_group.to_string()),
        Grouping::Form => learner.form.clone(),
        Grouping::Sex => learner.sex.clone(),
        Grouping::Sen => learner.sen.map(|sen| sen.word().to_owned()),
        Grouping::FreeSchoolMeals => yes_no(learner.fsm),
        Grouping::LookedAfter => yes_no(learner.looked_after),
    };
    name.unwrap_or_else(|| UNKNOWN.to_owned())
}

pub(crate) fn mentions(records: &Records, learner: LearnerIndex, text: &str) -> bool {
    let learner = records.learner(learner);
    let name = domain::same_name(&format!("{} {} {}", learner.forename, learner.surname, learner.forename));
    let text = domain::same_name(text);
    name.contains(&text) || learner.reference.to_lowercase().contains(&text)
}

/// Learners in the order in which people look for them: surname, forename, local id.
pub(crate) fn by_name(records: &Records, learners: &mut [LearnerIndex]) {
    learners.sort_by_cached_key(|index| {
        let learner = records.learner(*index);
        (domain::same_name(&learner.surname), domain::same_name(&learner.forename), learner.reference.clone())
    });
}
