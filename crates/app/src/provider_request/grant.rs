//! Granting a request: it becomes an activity of the plan, whose register then counts.

use domain::{
    ActivityId, InstitutionId, Kind, Mode, OrganisationId, ProviderRequestId, ProviderRequestState, ProviderType,
    same_name,
};
use serde_json::json;
use store::{Tx, organisation::Organisation, provider_request::ProviderRequest};

use super::{
    By, CONTENTS, Noted, ask_state,
    decide::OPEN,
    decision::clear_decision,
    form::{LINE, TEXT, too_long},
    kept,
    letters::Said,
};
use crate::{Action, ActivityForm, Actor, App, Error, PlanForm, Problems, Result, audit::changes};

/// What is agreed with a provider, as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GrantForm {
    /// What the activity is called.
    pub title: String,
    /// Which type of provider it is, by its word.
    pub provider_type: String,
    /// Its day.
    pub date: String,
    /// When it begins.
    pub starts_at: String,
    /// When it ends.
    pub ends_at: String,
    /// Where.
    pub room: String,
    /// How, by its word; blank is in person.
    pub mode: String,
    /// The year groups that are invited, as numbers.
    pub year_groups: Vec<String>,
    /// The registration groups that are invited.
    pub forms: Vec<String>,
    /// Who receives them.
    pub host: String,
    /// Whether they offer approved technical qualifications or apprenticeships, or come for somebody who does.
    pub is_approved: bool,
    /// Whether it is within the standard school day.
    pub is_school_day: bool,
    /// What else the letter says.
    pub note: String,
}

impl GrantForm {
    /// What a provider asked for, to begin with.
    pub fn of(one: &ProviderRequest) -> Self {
        Self {
            title: format!("{}: what they offer", one.organisation),
            provider_type: one.provider_type.map_or(String::new(), |kind| kind.word().to_owned()),
            mode: one.format.clone().unwrap_or_default(),
            year_groups: one.year_groups.split_whitespace().map(str::to_owned).collect(),
            is_school_day: true,
            ..Self::default()
        }
    }

    fn activity(&self, one: &ProviderRequest) -> ActivityForm {
        let asked = CONTENTS.iter().map(|check| check.word());
        let approved = self.is_approved.then_some(domain::Check::ApprovedProvider.word());
        let school_day = self.is_school_day.then_some(domain::Check::SchoolDay.word());
        ActivityForm {
            title: self.title.clone(),
            date: self.date.clone(),
            kind: Kind::ProviderEncounter.word().to_owned(),
            provider_type: self.provider_type.clone(),
            organisation: one.organisation.clone(),
            mode: self.mode.clone(),
            year_groups: self.year_groups.join(";"),
            // The letter asks for the four contents; whether they were given is confirmed afterwards.
            checks: asked.chain(approved).chain(school_day).map(str::to_owned).collect(),
            state: "planned".to_owned(),
            ..ActivityForm::default()
        }
    }

    fn plan(&self, one: &ProviderRequest) -> PlanForm {
        PlanForm {
            starts_at: self.starts_at.clone(),
            ends_at: self.ends_at.clone(),
            place: self.room.clone(),
            staff: self.host.clone(),
            purpose: format!("Provider access, request {}", one.reference),
            visitor_notes: one.needs.clone(),
            forms: self.forms.clone(),
            invites: true,
            ..PlanForm::default()
        }
    }

    /// Whom they meet, in words for a letter.
    fn cohort(&self) -> String {
        let years = self.year_groups.iter().map(|year| format!("Year {year}"));
        let forms = self.forms.iter().map(|form| form.trim().to_owned()).filter(|form| !form.is_empty());
        years.chain(forms).collect::<Vec<_>>().join(", ")
    }
}

impl App {
    /// Grants a request: what is agreed becomes an activity with its cohort invited, and the provider has a letter.
    ///
    /// # Errors
    /// If the actor may not record for the whole institution, there is no such request, it was decided, or the form has
    /// problems.
    pub fn grant_provider_request(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        id: ProviderRequestId,
        seen: i64,
        form: &GrantForm,
    ) -> Result<ActivityId> {
        actor.ask_for_all(Action::Record, institution)?;
        let one = self.store().read(institution, |tx| store::provider_request::get(tx, institution, id))?;
        let mut problems = Problems::default();
        self.check_grant(form, &mut problems);
        let forms = (form.activity(&one), form.plan(&one));
        let prepared = match (self.prepare_plan(actor, institution, &forms.0, &forms.1), problems.check()) {
            (Ok(prepared), Ok(())) => prepared,
            (Err(Error::Problems(more)), Err(Error::Problems(mut all))) => {
                let new: Vec<_> = more
                    .into_iter()
                    .map(field_here)
                    .filter(|one| all.iter().all(|two| two.field != one.field))
                    .collect();
                all.extend(new);
                return Err(Error::Problems(all));
            }
            (Err(Error::Problems(more)), Ok(())) => {
                return Err(Error::Problems(more.into_iter().map(field_here).collect()));
            }
            (Err(error), _) | (_, Err(error)) => return Err(error),
        };
        let activity = self.store().write(institution, |tx| -> Result<_> {
            let mut one = self.request_as_seen(tx, institution, id, seen, "date")?;
            ask_state(&one, &OPEN, "it cannot be granted")?;
            clear_decision(&mut one);
            let planned = self.write_prepared(tx, actor, institution, &prepared)?;
            let activity = planned.activities.first().copied().ok_or_else(|| Error::fault("nothing was planned"))?;
            let made = store::activity::get(tx, institution, activity)?;
            one.organisation_id = Some(self.provider_here(tx, actor, institution, &one, made.provider_type)?);
            let plan = store::plan::find(tx, institution, activity)?;
            one.state = ProviderRequestState::Granted;
            one.decided_on = Some(self.context().today());
            one.provider_type = made.provider_type;
            one.held_on = Some(made.date);
            one.starts_at = plan.as_ref().and_then(|plan| plan.starts_at.clone());
            one.ends_at = plan.as_ref().and_then(|plan| plan.ends_at.clone());
            one.room = kept(&form.room);
            one.cohort = kept(&form.cohort());
            one.host = kept(&form.host);
            one.activity = Some(activity);
            let change = changes(
                [],
                [
                    ("date", made.date.to_string()),
                    ("starts_at", form.starts_at.clone()),
                    ("ends_at", form.ends_at.clone()),
                    ("room", form.room.clone()),
                    ("cohort", form.cohort()),
                ],
            );
            let payload = json!({"activity": activity.0, "invited": planned.invited});
            let noted = Noted { payload, ..Noted::new("provider-request.granted") };
            self.save_request(tx, institution, By::Staff(actor), &mut one, noted.saying(&form.note).with(change))?;
            self.write_to_provider(tx, institution, &one, &Said::Granted { note: form.note.trim() })?;
            Ok(activity)
        })?;
        self.send_waiting_letters();
        Ok(activity)
    }

    fn check_grant(&self, form: &GrantForm, problems: &mut Problems) {
        self.day_to_come(&form.date, "date", problems);
        for (field, text, what) in [
            ("starts_at", &form.starts_at, "when it begins, such as 09:30"),
            ("ends_at", &form.ends_at, "when it ends, such as 10:30"),
            ("room", &form.room, "where it takes place"),
            ("host", &form.host, "who receives the visitors"),
        ] {
            problems.required(field, text, what);
        }
        if form.year_groups.is_empty() && form.forms.iter().all(|form| form.trim().is_empty()) {
            problems.add("year_groups", "Choose whom the provider meets.");
        }
        if Mode::ALL.iter().all(|mode| mode.word() != form.mode) && !form.mode.is_empty() {
            problems.add("mode", "Choose how it is held.");
        }
        too_long(problems, &[("note", &form.note, TEXT), ("room", &form.room, LINE), ("host", &form.host, LINE)]);
    }

    /// The organisation that a provider is here; added if there is none of that name.
    fn provider_here(
        &self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        institution: InstitutionId,
        one: &ProviderRequest,
        provider_type: Option<ProviderType>,
    ) -> Result<OrganisationId> {
        let key = same_name(&one.organisation);
        if let Some(known) = store::organisation::find_by_name(tx, institution, &key)? {
            return Ok(known.id);
        }
        let new = Organisation {
            id: OrganisationId(self.context().next_id()),
            name: one.organisation.trim().to_owned(),
            name_key: key,
            sorts: domain::OrganisationSort::Provider.word().to_owned(),
            provider_type: provider_type.map(|kind| kind.word().to_owned()),
            sector: None,
            size: None,
            address: None,
            postcode: None,
            website: None,
            offers: domain::Offer::Talk.word().to_owned(),
            owner: actor.account(),
            last_contacted_on: Some(self.context().today()),
            safeguarding: String::new(),
            notes: String::new(),
            merged_into: None,
            changed_at: self.context().now(),
        };
        store::organisation::put(tx, institution, &new)?;
        let event = self
            .event(actor, "organisation.added", ("organisation", Some(new.id.0)), json!({"request": one.id.0}))
            .with([self.detail(None, &changes([], [("name", new.name.clone())]))]);
        store::audit::record(tx, institution, &event)?;
        Ok(new.id)
    }

    /// Tells the provider that the activity is now at another time or place than the last letter said.
    ///
    /// # Errors
    /// If the actor may not record for the whole institution, there is no such request that is granted, or nothing differs.
    pub fn tell_provider_of_change(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        id: ProviderRequestId,
        seen: i64,
    ) -> Result<()> {
        actor.ask_for_all(Action::Record, institution)?;
        self.store().write(institution, |tx| -> Result<()> {
            let mut one = self.request_as_seen(tx, institution, id, seen, "")?;
            ask_state(&one, &[ProviderRequestState::Granted], "there is no visit to tell of")?;
            let activity = one.activity.ok_or(Error::NOT_FOUND)?;
            let made = store::activity::get(tx, institution, activity)?;
            let plan = store::plan::find(tx, institution, activity)?;
            let before = one.clone();
            one.held_on = Some(made.date);
            if let Some(plan) = plan {
                (one.starts_at, one.ends_at, one.room) = (plan.starts_at, plan.ends_at, plan.place);
                one.host = plan.staff.or(one.host);
            }
            if one == before {
                return Err(Error::conflict("Nothing is different from what the provider was told."));
            }
            let noted = Noted::new("provider-request.moved").saying("The provider was told what is different now.");
            self.save_request(tx, institution, By::Staff(actor), &mut one, noted)?;
            self.write_to_provider(tx, institution, &one, &Said::Moved)?;
            Ok(())
        })?;
        self.send_waiting_letters();
        Ok(())
    }
}

/// A problem of the activity's form at the field of this one.
fn field_here(problem: crate::FieldProblem) -> crate::FieldProblem {
    let field = match problem.field {
        "place" => "room",
        "staff" => "host",
        other => other,
    };
    crate::FieldProblem { field, ..problem }
}
