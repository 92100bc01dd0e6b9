//! Requests as a list, in numbers for the home page, and as a file.

use domain::{AcademicYear, Date, InstitutionId, ProviderRequestId, ProviderRequestState};
use serde_json::json;
use store::provider_request::ProviderRequest;

use super::clock;
use crate::{Action, Actor, App, Frame, HomeTask, ListFile, ListFormat, Result, View, export::Table};

/// Which requests a list shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProviderRequestFilter {
    /// That have come so far.
    pub state: Option<ProviderRequestState>,
    /// That wait for a decision and are late.
    pub late: bool,
    /// That came in this academic year.
    pub year: Option<AcademicYear>,
    /// Whose organisation or reference contains this.
    pub text: String,
}

/// Requests, latest first.
#[derive(Debug, Clone)]
pub struct ProviderRequestList {
    /// Where it is.
    pub frame: Frame,
    /// How many there are at all.
    pub all: u32,
    /// How many wait for a decision, and how many of those are late.
    pub waiting: WaitingRequests,
    /// The academic years in which requests came, latest first.
    pub years: Vec<AcademicYear>,
    /// Those that the filter admits.
    pub requests: Vec<ProviderRequestRow>,
    /// How many school days an answer takes at most.
    pub days: u32,
    /// Whether the actor may decide.
    pub may_decide: bool,
    /// How the public form's address begins.
    pub public_word: String,
}

/// One request in a list. Who asked for the provider is not in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderRequestRow {
    /// Its key.
    pub id: ProviderRequestId,
    /// The word by which both sides call it.
    pub reference: String,
    /// Who asks.
    pub organisation: String,
    /// How far it has come.
    pub state: ProviderRequestState,
    /// When it came.
    pub received_on: Date,
    /// By when it is to be answered, if it waits.
    pub due_on: Option<Date>,
    /// Whether that day has passed.
    pub is_late: bool,
    /// When it was decided.
    pub decided_on: Option<Date>,
    /// The day of the visit.
    pub held_on: Option<Date>,
    /// The ground of a refusal.
    pub ground: Option<String>,
}

/// What waits with requests.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WaitingRequests {
    /// For a decision.
    pub undecided: u32,
    /// Of those, past their day.
    pub late: u32,
    /// The first day by which one of them is to be answered.
    pub first_due: Option<Date>,
    /// Visits that have passed and were not confirmed.
    pub unconfirmed: u32,
}

/// What waits with requests on a day.
fn waiting(going: &[(ProviderRequestState, Date, Option<Date>)], today: Date) -> WaitingRequests {
    let mut found = WaitingRequests::default();
    for (state, due_on, held_on) in going {
        if state.waits() {
            found.undecided += 1;
            found.late += u32::from(*due_on < today);
            found.first_due = found.first_due.map_or(Some(*due_on), |first| Some(first.min(*due_on)));
        }
        let has_passed = held_on.is_some_and(|day| day < today);
        found.unconfirmed += u32::from(*state == ProviderRequestState::Granted && has_passed);
    }
    found
}

impl App {
    /// Requests for access, latest first.
    ///
    /// # Errors
    /// If the actor may not see the institution's totals.
    pub fn provider_requests(
        &self,
        actor: &Actor,
        view: View,
        filter: &ProviderRequestFilter,
    ) -> Result<ProviderRequestList> {
        let (frame, institution) = self.frame_of_totals(actor, view)?;
        let today = self.context().today();
        let (found, days, going) = self.store().read(view.institution, |tx| -> Result<_> {
            let found = store::provider_request::list(tx, view.institution)?;
            let going = store::provider_request::going(tx, view.institution)?;
            Ok((found, clock::days(tx, view.institution)?, going))
        })?;
        let year = |one: &ProviderRequest| institution.year_of(self.context().day_of(one.received_at));
        let mut years: Vec<_> = found.iter().map(year).collect();
        years.sort_unstable_by(|a, b| b.cmp(a));
        years.dedup();
        let text = domain::same_name(&filter.text);
        let admits = |one: &&ProviderRequest| {
            filter.state.is_none_or(|state| one.state == state)
                && (!filter.late || (one.state.waits() && one.due_on < today))
                && filter.year.is_none_or(|wanted| year(one) == wanted)
                && [&one.organisation, &one.reference].iter().any(|field| domain::same_name(field).contains(&text))
        };
        Ok(ProviderRequestList {
            all: found.len() as u32,
            waiting: waiting(&going, today),
            years,
            requests: found.iter().filter(admits).map(|one| self.request_row(one)).collect(),
            days,
            may_decide: actor.ask_for_all(Action::Record, view.institution).is_ok(),
            public_word: self.public_word(view.institution)?,
            frame,
        })
    }

    fn request_row(&self, one: &ProviderRequest) -> ProviderRequestRow {
        ProviderRequestRow {
            id: one.id,
            reference: one.reference.clone(),
            organisation: one.organisation.clone(),
            state: one.state,
            received_on: self.context().day_of(one.received_at),
            due_on: one.state.waits().then_some(one.due_on),
            is_late: one.state.waits() && one.due_on < self.context().today(),
            decided_on: one.decided_on,
            held_on: one.held_on,
            ground: one.ground.clone(),
        }
    }

    /// Requests as a file: what was asked and decided, refusals with their grounds, and nobody's name. That it was taken away is
    /// noted.
    ///
    /// # Errors
    /// If the actor may not export here.
    pub fn export_provider_requests(
        &self,
        actor: &Actor,
        view: View,
        filter: &ProviderRequestFilter,
        format: ListFormat,
    ) -> Result<ListFile> {
        actor.ask(Action::Export, view.institution)?;
        let list = self.provider_requests(actor, view, filter)?;
        let all = self.store().read(view.institution, |tx| store::provider_request::list(tx, view.institution))?;
        let day = |day: Option<Date>| day.map_or(String::new(), |day| day.to_string());
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let rows: Vec<Vec<String>> = list
            .requests
            .iter()
            .filter_map(|row| all.iter().find(|one| one.id == row.id).map(|one| (row, one)))
            .map(|(row, one)| {
                vec![
                    one.reference.clone(),
                    row.received_on.to_string(),
                    one.organisation.clone(),
                    one.provider_type.map_or(String::new(), |kind| kind.word().to_owned()),
                    one.offers.clone(),
                    one.year_groups.clone(),
                    one.wanted.clone(),
                    one.state.label().to_owned(),
                    one.due_on.to_string(),
                    day(one.decided_on),
                    text(&one.ground),
                    text(&one.reason),
                    day(one.deferred_until),
                    day(one.held_on),
                    text(&one.cohort),
                    one.rating.map_or(String::new(), |rating| rating.to_string()),
                ]
            })
            .collect();
        let headings = HEADINGS.iter().map(|heading| (*heading).to_owned()).collect();
        let count = rows.len();
        let file = Table { headings, rows }.write("provider-requests", format)?;
        let payload = json!({"rows": count});
        let event = self.event(actor, "provider-requests.exported", ("list", None), payload);
        self.store().write(view.institution, |tx| store::audit::record(tx, view.institution, &event))?;
        Ok(file)
    }

    /// What is to be done with requests, for the home page.
    pub(crate) fn request_tasks(&self, institution: InstitutionId) -> Result<Vec<HomeTask>> {
        let going = self.store().read(institution, |tx| store::provider_request::going(tx, institution))?;
        let found = waiting(&going, self.context().today());
        let task = |what: String, about: &str, due, is_late| HomeTask {
            what,
            about: about.to_owned(),
            page: "provider-access/requests".to_owned(),
            due,
            is_late,
        };
        let number = |number: u32, one: &str, many: &str| format!("{number} {}", if number == 1 { one } else { many });
        let mut tasks = Vec::new();
        if found.undecided > 0 {
            let what = number(found.undecided, "provider waits for an answer", "providers wait for an answer");
            tasks.push(task(what, "Requests for access to learners", found.first_due, found.late > 0));
        }
        if found.unconfirmed > 0 {
            let what = number(
                found.unconfirmed,
                "visit of a provider is to be confirmed",
                "visits of providers are to be confirmed",
            );
            tasks.push(task(
                what,
                "It counts once the register is marked and it is confirmed what was covered",
                None,
                false,
            ));
        }
        Ok(tasks)
    }
}

const HEADINGS: [&str; 16] = [
    "Reference",
    "Received",
    "Organisation",
    "Type of provider",
    "Offers",
    "Year groups asked for",
    "Wanted",
    "State",
    "Answer due",
    "Decided",
    "Ground of refusal",
    "Reason",
    "Deferred until",
    "Visit",
    "Cohort",
    "Rating",
];

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn what_waits_is_counted_by_its_day() {
        let today = date(2026, 11, 23);
        let going = [
            (ProviderRequestState::Received, date(2026, 11, 22), None),
            (ProviderRequestState::Reviewing, date(2026, 11, 23), None),
            // The provider has to answer first.
            (ProviderRequestState::MoreInformation, date(2026, 11, 1), None),
            (ProviderRequestState::Granted, date(2026, 11, 1), Some(date(2026, 11, 20))),
            (ProviderRequestState::Granted, date(2026, 11, 1), Some(date(2026, 11, 23))),
        ];
        let expected = WaitingRequests { undecided: 2, late: 1, first_due: Some(date(2026, 11, 22)), unconfirmed: 1 };
        assert_eq!(waiting(&going, today), expected);
    }
}
