use app::{ActivityForm, PlanForm};
use askama::Template;
use domain::{Check, Kind, Mode, ProviderType, split_list};

use super::plan_fields::PlanFields;
use crate::{fields::Fields, labels, parts::Choice, shell::Shell};

/// Adds or changes an activity.
#[derive(Template)]
#[template(path = "pages/activities/form.html")]
pub(crate) struct ActivityFormPage {
    pub(crate) shell: Shell,
    pub(crate) action: String,
    pub(crate) lead: Option<String>,
    /// Where templates are, for a new one.
    pub(crate) templates: Option<String>,
    pub(crate) form: ActivityForm,
    pub(crate) plan: PlanForm,
    pub(crate) choices: FormChoices,
    pub(crate) fields: PlanFields,
    pub(crate) button: &'static str,
    pub(crate) back: String,
}

/// The lists to choose from, with what is chosen.
pub(crate) struct FormChoices {
    pub(crate) kinds: Vec<Choice>,
    pub(crate) provider_types: Vec<Choice>,
    pub(crate) modes: Vec<Choice>,
    pub(crate) year_groups: Vec<Choice>,
    pub(crate) checklists: Vec<Checklist>,
    /// Whether a college's curriculum areas are asked about.
    pub(crate) through: bool,
}

/// The boxes of one kind.
pub(crate) struct Checklist {
    pub(crate) kind: &'static str,
    /// Of its fields: `checks-guidance-meeting`, so that boxes of other kinds stay apart.
    pub(crate) name: String,
    pub(crate) id: String,
    pub(crate) title: &'static str,
    pub(crate) question: &'static str,
    pub(crate) hint: &'static str,
    pub(crate) boxes: Vec<Choice>,
}

const PROVIDER_ACCESS: &str = "Provider access";

impl FormChoices {
    /// The lists for this form at an institution that teaches these year groups.
    pub(crate) fn of(form: &ActivityForm, year_groups: std::ops::RangeInclusive<i8>, through: bool) -> Self {
        let boxes = |checks: &[Check]| -> Vec<Choice> {
            let ticked = |check: &Check| form.checks.iter().any(|word| word == check.word());
            checks.iter().map(|check| Choice::new(check, labels::check(*check), ticked(check))).collect()
        };
        let checklist = |kind: Kind, title, boxes: Vec<Choice>, hint| {
            let question = if kind == Kind::GuidanceMeeting { "The adviser" } else { "Tick what is true" };
            let name = format!("checks-{kind}");
            let id = if title == PROVIDER_ACCESS { format!("{name}-access") } else { name.clone() };
            Checklist { kind: kind.word(), name, id, title, question, hint, boxes }
        };
        let counts = "It counts as meaningful when every box is ticked. What is left blank can be ticked later.";
        let all = Kind::ProviderEncounter.checklist();
        let (meaningful, access) = all.split_at(all.len().min(6));
        let of_kind = |kind: Kind, title| checklist(kind, title, boxes(kind.checklist()), counts);
        Self {
            kinds: Kind::ALL
                .iter()
                .map(|kind| {
                    let label = format!("{} ({})", labels::kind(*kind), labels::kind_hint(*kind));
                    Choice::new(kind, label, form.kind == kind.word())
                })
                .collect(),
            provider_types: std::iter::once(Choice::new("", "–", form.provider_type.is_empty()))
                .chain(
                    ProviderType::ALL
                        .iter()
                        .map(|kind| Choice::new(kind, labels::provider_type(*kind), form.provider_type == kind.word())),
                )
                .collect(),
            modes: Mode::ALL
                .iter()
                .map(|mode| Choice::new(mode, labels::mode(*mode), form.mode == mode.word()))
                .collect(),
            year_groups: year_groups
                .map(|year| {
                    Choice::new(
                        year,
                        format!("Year {year}"),
                        split_list(&form.year_groups).any(|named| named == year.to_string()),
                    )
                })
                .collect(),
            checklists: vec![
                of_kind(Kind::EmployerEncounter, "Checklist for an employer encounter"),
                of_kind(Kind::WorkplaceExperience, "Checklist for an experience of a workplace"),
                checklist(Kind::ProviderEncounter, "Checklist for a provider encounter", boxes(meaningful), counts),
                checklist(
                    Kind::ProviderEncounter,
                    PROVIDER_ACCESS,
                    boxes(access),
                    "It is a provider access occasion when every box is ticked and the organisation is named.",
                ),
                of_kind(Kind::GuidanceMeeting, "Checklist for a personal guidance meeting"),
            ],
            through,
        }
    }
}

/// What was typed, as typed, so that nothing is lost when something is wrong. Only the boxes of the chosen kind count.
pub(super) fn typed(fields: &Fields) -> ActivityForm {
    let kind = fields.text("kind");
    ActivityForm {
        reference: fields.text("reference"),
        title: fields.text("title"),
        date: fields.text("date"),
        provider_type: fields.text("provider_type"),
        organisation: fields.text("organisation"),
        mode: fields.text("mode"),
        subject: fields.text("subject"),
        hours: fields.text("hours"),
        year_groups: fields.all("year_groups").join(";"),
        checks: fields.all(&format!("checks-{kind}")),
        through: fields.text("through"),
        source: fields.text("source"),
        state: String::new(),
        kind,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_of_another_kind_are_left_behind() {
        let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let fields = Fields(vec![
            field("kind", "employer-encounter"),
            field("checks-employer-encounter", "two-way"),
            field("checks-guidance-meeting", "qualified-adviser"),
            field("year_groups", "9"),
            field("year_groups", "10"),
        ]);
        let form = typed(&fields);
        assert_eq!((form.checks, form.year_groups), (vec!["two-way".to_owned()], "9;10".to_owned()));
    }

    #[test]
    fn every_kind_with_a_checklist_shows_each_of_its_boxes_once() {
        let choices = FormChoices::of(&ActivityForm::default(), 7..=13, false);
        for kind in Kind::ALL {
            let shown: Vec<_> = choices
                .checklists
                .iter()
                .filter(|list| list.kind == kind.word())
                .flat_map(|list| list.boxes.iter().map(|choice| choice.value.clone()))
                .collect();
            let wanted: Vec<_> = kind.checklist().iter().map(ToString::to_string).collect();
            assert_eq!(shown, wanted, "{kind}");
        }
    }
}
