//! What the form of an activity asks about its plan.

use app::{ActivityForm, AttendingForm, CohortChoices, PlanForm, SessionForm};
use domain::{date, split_list};

use crate::{fields::Fields, parts::Choice, shell::Shell};

/// Empty rows after those that are filled in.
const SPARE: usize = 2;

/// The lists of a plan to choose from, and which of its sections are open.
pub(crate) struct PlanFields {
    /// Organisations that are known, to be offered while one types.
    pub(crate) organisations: Vec<String>,
    pub(crate) forms: Vec<Choice>,
    pub(crate) subjects: Vec<Choice>,
    pub(crate) needs: Vec<Choice>,
    pub(crate) need_years: Vec<Choice>,
    pub(crate) outcomes: Vec<Choice>,
    pub(crate) shows: Vec<Choice>,
    pub(crate) repeats: Vec<Choice>,
    pub(crate) in_charge: Vec<Choice>,
    pub(crate) sessions: Vec<SessionRow>,
    pub(crate) attending: Vec<AttendingRow>,
    /// Whether it may be repeated: only a new one.
    pub(crate) may_repeat: bool,
    pub(crate) open: Open,
}

/// Which sections say something already or have something wrong in them.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Open {
    pub(crate) days: bool,
    pub(crate) groups: bool,
    pub(crate) purpose: bool,
    pub(crate) staff: bool,
    pub(crate) safety: bool,
    pub(crate) others: bool,
}

/// One session with its number, which its fields carry.
pub(crate) struct SessionRow {
    pub(crate) number: usize,
    pub(crate) session: SessionForm,
}

/// One more organisation with its number.
pub(crate) struct AttendingRow {
    pub(crate) number: usize,
    pub(crate) one: AttendingForm,
}

impl PlanFields {
    pub(crate) fn of(
        form: &ActivityForm,
        plan: &PlanForm,
        choices: &CohortChoices,
        is_new: bool,
        shell: &Shell,
    ) -> Self {
        let has = |list: &[String], value: &str| list.iter().any(|one| one == value);
        let years: Vec<_> = choices
            .frame
            .institution
            .years
            .map(|(first, last)| (first.number()..=last.number()).collect())
            .unwrap_or_default();
        let need = |word: &str| {
            let label = match word {
                "K" => "SEN support",
                "E" => "An education, health and care plan",
                "fsm" => "Free school meals (pupil premium)",
                _ => "Looked after",
            };
            Choice::new(word, label, has(&plan.needs, word))
        };
        let wrong = |fields: &[&str]| fields.iter().any(|field| shell.problems.of(field).is_some());
        let said = |texts: &[&String]| texts.iter().any(|text| !text.trim().is_empty());
        let year_of_plan: Vec<_> = split_list(&form.year_groups).map(str::to_owned).collect();
        let of_year = |year: &str| year_of_plan.is_empty() || year_of_plan.iter().any(|one| one == year);
        let outcomes =
            choices.outcomes.iter().filter(|(id, year, _)| of_year(&year.to_string()) || has(&plan.outcomes, id));
        let in_charge = [("", "Nobody with an account"), ("me", "I am"), ("other", "Who it was before")];
        Self {
            organisations: choices.organisations.clone(),
            forms: choices.forms.iter().map(|form| Choice::new(form, form, has(&plan.forms, form))).collect(),
            subjects: choices
                .subjects
                .iter()
                .map(|(year, subject)| {
                    let word = format!("{year} {subject}");
                    let is_chosen = has(&plan.subjects, &word);
                    Choice::new(word, format!("Year {year} {subject}"), is_chosen)
                })
                .collect(),
            needs: choices.needs.iter().map(|word| need(word)).collect(),
            need_years: years
                .iter()
                .map(|year: &i8| Choice::new(year, format!("Year {year}"), has(&plan.need_years, &year.to_string())))
                .collect(),
            outcomes: outcomes
                .map(|(id, year, text)| Choice::new(id, format!("Year {year}: {text}"), has(&plan.outcomes, id)))
                .collect(),
            shows: choices
                .asked
                .iter()
                .filter(|(id, _)| id.starts_with("bm1."))
                .map(|(id, title)| Choice::new(id, title, has(&plan.shows, id)))
                .collect(),
            repeats: [
                ("", "No, once"),
                ("week", "Every week"),
                ("fortnight", "Every fortnight"),
                ("month", "Every month"),
            ]
            .map(|(word, label)| Choice::new(word, label, plan.repeat == word))
            .to_vec(),
            in_charge: in_charge
                .iter()
                .filter(|(word, _)| *word != "other" || plan.in_charge == "other")
                .map(|(word, label)| Choice::new(word, label, plan.in_charge == *word))
                .collect(),
            sessions: spared(&plan.sessions).map(|(number, session)| SessionRow { number, session }).collect(),
            attending: spared(&plan.attending).map(|(number, one)| AttendingRow { number, one }).collect(),
            may_repeat: is_new,
            open: Open {
                days: said(&[&plan.ends_on, &plan.repeat])
                    || !plan.sessions.is_empty()
                    || wrong(&["ends_on", "repeat", "repeat_until", "repeat_times", "sessions"]),
                groups: !(plan.forms.is_empty() && plan.subjects.is_empty() && plan.needs.is_empty())
                    || said(&[&plan.learners, &plan.expects])
                    || wrong(&["learners", "expects", "forms", "subjects", "needs"]),
                purpose: said(&[&plan.purpose]) || !plan.outcomes.is_empty() || wrong(&["outcomes"]),
                staff: said(&[&plan.staff, &plan.cost, &plan.in_charge]) || wrong(&["cost"]),
                safety: said(&[&plan.adjustments, &plan.risk_notes, &plan.visitor_notes]),
                others: said(&[&plan.notes]) || !plan.attending.is_empty(),
            },
        }
    }
}

/// What is there, numbered, and some empty rows.
fn spared<T: Clone + Default>(filled: &[T]) -> impl Iterator<Item = (usize, T)> {
    filled.iter().cloned().chain(std::iter::repeat_with(T::default).take(SPARE)).enumerate()
}

/// What was typed of the plan, as typed.
pub(super) fn typed(fields: &Fields) -> PlanForm {
    PlanForm {
        ends_on: fields.text("ends_on"),
        starts_at: fields.text("starts_at"),
        ends_at: fields.text("ends_at"),
        place: fields.text("place"),
        purpose: fields.text("purpose"),
        staff: fields.text("staff"),
        in_charge: fields.text("in_charge"),
        adjustments: fields.text("adjustments"),
        risk_notes: fields.text("risk_notes"),
        visitor_notes: fields.text("visitor_notes"),
        notes: fields.text("notes"),
        cost: fields.text("cost"),
        expects: fields.text("expects"),
        forms: fields.all("forms"),
        subjects: fields.all("subjects"),
        needs: fields.all("needs"),
        need_years: fields.all("need_years"),
        learners: fields.text("learners"),
        invites: !fields.one("invites").is_empty(),
        repeat: fields.text("repeat"),
        repeat_until: fields.text("repeat_until"),
        repeat_times: fields.text("repeat_times"),
        sessions: sessions(fields),
        outcomes: fields.all("outcomes"),
        shows: if fields.one("kind") == "programme" { fields.all("shows") } else { Vec::new() },
        attending: attending(fields),
        again: fields.text("again"),
        seen: fields.text("seen"),
    }
}

fn sessions(fields: &Fields) -> Vec<SessionForm> {
    let numbers = fields.beginning("session-date-").map(|(number, _)| number.to_owned());
    let session = |number: String| {
        let field = |name: &str| fields.text(&format!("session-{name}-{number}"));
        SessionForm {
            date: field("date"),
            starts_at: field("starts"),
            ends_at: field("ends"),
            place: field("place"),
            capacity: field("capacity"),
        }
    };
    numbers.map(session).filter(|session| *session != SessionForm::default()).collect()
}

fn attending(fields: &Fields) -> Vec<AttendingForm> {
    let numbers = fields.beginning("attending-name-");
    let one = |(number, name): (&str, &str)| AttendingForm {
        name: name.to_owned(),
        role: fields.text(&format!("attending-role-{number}")),
    };
    numbers.map(one).filter(|one| *one != AttendingForm::default()).collect()
}

/// "10 November 2026, 09:30 to 11:00, Hall".
pub(super) fn session_in_words(session: &app::PlanSession) -> String {
    let times = times(session.starts_at.as_deref(), session.ends_at.as_deref());
    let capacity = session.capacity.map(|number| format!("{number} places"));
    let parts = [Some(date::long(session.held_on)), times, session.place.clone(), capacity];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// "09:30 to 11:00".
pub(super) fn times(starts: Option<&str>, ends: Option<&str>) -> Option<String> {
    match (starts, ends) {
        (Some(starts), Some(ends)) => Some(format!("{starts} to {ends}")),
        (Some(starts), None) => Some(format!("from {starts}")),
        (None, Some(ends)) => Some(format!("until {ends}")),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_were_left_empty_are_nothing() {
        let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let fields = Fields(vec![
            field("session-date-0", "2026-11-10"),
            field("session-starts-0", "09:30"),
            field("session-date-1", ""),
            field("attending-name-0", ""),
            field("attending-name-1", "Fernhill Surveyors"),
            field("attending-role-1", "stand"),
        ]);
        let plan = typed(&fields);
        assert_eq!((plan.sessions.len(), plan.sessions[0].starts_at.as_str()), (1, "09:30"));
        assert_eq!(plan.attending, [AttendingForm { name: "Fernhill Surveyors".into(), role: "stand".into() }]);
    }
}
