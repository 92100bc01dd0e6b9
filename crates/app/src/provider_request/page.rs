//! A request with everything about it, for the institution.

use domain::{Activity, ActivityId, ActivityState, Date, LetterId, ProviderRequestId, ProviderRequestState, YearGroup};
use jiff::Timestamp;
use store::{letter::Letter, provider_request::ProviderRequest};

use super::{
    DecisionLetter, Grounds, RequestCounts, VisitorForm, counts, decision, grounds, letters::agreed, visitors,
    worth_telling,
};
use crate::{Action, Actor, App, Frame, Result, View, outbox::HERE};

/// What the page of a request shows.
#[derive(Debug, Clone)]
pub struct ProviderRequestPage {
    /// Where it is.
    pub frame: Frame,
    /// The request; without who asked for the provider, what they wrote and who visits, for those who may not record.
    pub request: ProviderRequest,
    /// Whether the day for the answer has passed.
    pub is_late: bool,
    /// Whether the actor sees people.
    pub sees_people: bool,
    /// Whether the actor may decide.
    pub may_decide: bool,
    /// Whether the law has the institution ask providers for the four contents.
    pub has_duty: bool,
    /// The year groups that can be met.
    pub years: Vec<YearGroup>,
    /// The registration groups that can be met.
    pub forms: Vec<String>,
    /// On which grounds it can be refused.
    pub grounds: Grounds,
    /// How it came along, first to last.
    pub steps: Vec<StepLine>,
    /// Who visits.
    pub visitors: Vec<VisitorForm>,
    /// What is open of their checks, in words.
    pub checks_open: Vec<String>,
    /// Letters about it, latest first.
    pub letters: Vec<LetterRow>,
    /// Whether this server sends e-mail.
    pub has_post: bool,
    /// Whether how it stands can be taken back here, and what became of the letter that tells of it.
    pub taken_back: Option<DecisionLetter>,
    /// Day, times, place and who is met, as the provider was told.
    pub agreed: Vec<(&'static str, String)>,
    /// The activity that it became.
    pub activity: Option<RequestActivity>,
    /// What it counts for, once somebody was there.
    pub counts: Option<RequestCounts>,
}

/// The activity that a request became.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestActivity {
    /// Its key.
    pub id: ActivityId,
    /// The activity.
    pub activity: Activity,
    /// What is different from what the provider was told, in words.
    pub moved: Vec<String>,
    /// Whether its day has come.
    pub has_come: bool,
    /// Whether somebody is marked as present.
    pub is_marked: bool,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepLine {
    /// The state that it reached, or stayed in.
    pub state: ProviderRequestState,
    /// What was written with it.
    pub note: Option<String>,
    /// Who took it.
    pub who: String,
    /// When.
    pub at: Timestamp,
}

/// A letter about a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterRow {
    /// Its key.
    pub id: LetterId,
    /// To whom; empty for those who may not see people.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// What it says, until it has gone; empty for those who may not decide, because it holds the provider's own link.
    pub text: String,
    /// When it was written.
    pub made_at: Timestamp,
    /// When it went.
    pub sent_at: Option<Timestamp>,
    /// When it is tried next.
    pub try_at: Option<Timestamp>,
    /// Why it did not go the last time.
    pub failed: Option<String>,
    /// Whether it was taken back after it was tried, or emptied, and so is not tried again.
    pub is_stopped: bool,
}

impl App {
    /// A request with everything about it.
    ///
    /// # Errors
    /// If the actor may not see the institution's totals, or there is no such request.
    pub fn provider_request(&self, actor: &Actor, view: View, id: ProviderRequestId) -> Result<ProviderRequestPage> {
        actor.ask(Action::SeeTotals, view.institution)?;
        let institution = view.institution;
        let scene = self.scene(actor, view)?;
        let sees_people = actor.can(Action::Record, institution);
        let (mut request, steps, visitors, letters, grounds, plan, names) =
            self.store().read(institution, |tx| -> Result<_> {
                let request = store::provider_request::get(tx, institution, id)?;
                let steps = store::provider_request::steps(tx, institution, id)?;
                let visitors = store::provider_request::visitors(tx, institution, id)?;
                let letters = store::letter::about(tx, institution, store::provider_request::LETTERS, id.0)?;
                let grounds = grounds::grounds(tx, institution)?;
                let plan = match request.activity {
                    Some(activity) => store::plan::find(tx, institution, activity)?,
                    None => None,
                };
                let mut accounts: Vec<_> = steps.iter().filter_map(|step| step.account).collect();
                accounts.sort_unstable();
                accounts.dedup();
                let names: std::collections::HashMap<_, _> =
                    store::account::names(tx, &accounts)?.into_iter().collect();
                Ok((request, steps, visitors, letters, grounds, plan, names))
            })?;
        let activity = request.activity.and_then(|activity| {
            let index = scene.held.activity_index(activity)?;
            let found = scene.held.records.activity(index).clone();
            let mut moved = Vec::new();
            if request.state == ProviderRequestState::Granted {
                if found.state == ActivityState::Cancelled {
                    moved.push("The activity is cancelled.".to_owned());
                } else {
                    let day = |day: Date| domain::date::long(day);
                    if request.held_on != Some(found.date) {
                        moved.push(format!("It is on {} now.", day(found.date)));
                    }
                    if let Some(plan) = &plan {
                        let differs = |now: &Option<String>, told: &Option<String>| now != told;
                        if differs(&plan.starts_at, &request.starts_at) || differs(&plan.ends_at, &request.ends_at) {
                            moved.push("The times have changed.".to_owned());
                        }
                        if differs(&plan.place, &request.room) {
                            moved.push("The place has changed.".to_owned());
                        }
                    }
                }
            }
            let is_marked = scene
                .held
                .records
                .participations
                .iter()
                .any(|one| one.activity == index && one.status == domain::ParticipationStatus::Attended);
            let has_come = found.date <= self.context().today();
            Some(RequestActivity { id: activity, activity: found, moved, has_come, is_marked })
        });
        let counts =
            activity.as_ref().filter(|found| found.is_marked).and_then(|found| counts::counts(&scene, found.id));
        if let Some(counts) = counts.as_ref().filter(|counts| !counts.learners.is_empty()) {
            let why = actor.why_list(Action::SeeLearners, institution);
            self.note_list(actor, institution, "provider-request", counts.learners.len(), why.as_deref())?;
        }
        let may_decide = actor.ask_for_all(Action::Record, institution).is_ok();
        let taken_back = (may_decide && decision::can_be_taken_back(&request, &steps))
            .then(|| decision::stands(&request, &steps, &letters));
        let agreed = agreed(&request);
        if !sees_people {
            (request.contact, request.email, request.phone) = (String::new(), String::new(), None);
            (request.needs, request.message) = (String::new(), String::new());
        }
        let taught = &scene.held.records.institution;
        let steps = worth_telling(steps)
            .map(|step| StepLine {
                state: step.state,
                note: step.note.filter(|_| sees_people),
                who: match (step.by_provider, step.account) {
                    (true, _) => "the provider".to_owned(),
                    (false, Some(account)) => {
                        names.get(&account).cloned().unwrap_or_else(|| "somebody whose account is gone".to_owned())
                    }
                    (false, None) => Actor::operator().name().to_owned(),
                },
                at: step.at,
            })
            .collect();
        let on_roll = scene.day.evaluation.learners.iter().copied().filter(|index| scene.sees(*index));
        let forms: std::collections::BTreeSet<_> = on_roll
            .filter_map(|index| scene.held.records.learner(index).form.clone())
            .map(|form| (leading_number(&form), form))
            .collect();
        Ok(ProviderRequestPage {
            is_late: request.state.waits() && request.due_on < self.context().today(),
            sees_people,
            may_decide,
            has_duty: taught.kind.has_access_duty(),
            years: (taught.lowest_year.number()..=taught.highest_year.number()).map(YearGroup::new).collect(),
            forms: forms.into_iter().map(|(_, form)| form).collect(),
            grounds,
            steps,
            checks_open: match request.state {
                ProviderRequestState::Granted => visitors::missing(&visitors),
                _ => Vec::new(),
            },
            visitors: visitors.iter().filter(|_| sees_people).map(VisitorForm::from).collect(),
            letters: letters.into_iter().map(|letter| self.letter_row(letter, sees_people, may_decide)).collect(),
            has_post: self.has_post(),
            taken_back,
            agreed,
            activity,
            counts,
            request,
            frame: scene.frame,
        })
    }

    /// A letter with what became of it. What it says is for those alone who may decide: whoever has the link in it acts as the
    /// provider.
    pub(crate) fn letter_row(&self, letter: Letter, sees_people: bool, may_decide: bool) -> LetterRow {
        LetterRow {
            is_stopped: letter.sent_at.is_none() && letter.text.is_empty(),
            id: letter.id,
            to: if sees_people { letter.recipient } else { String::new() },
            subject: letter.subject,
            text: if may_decide { letter.text.replace(HERE, &self.address_of("")) } else { String::new() },
            made_at: letter.made_at,
            sent_at: letter.sent_at,
            try_at: letter.try_at,
            failed: letter.failed,
        }
    }
}

/// The number that a registration group's name begins with, so that 7A stands before 10A.
fn leading_number(form: &str) -> u32 {
    let digits = form.trim_start().split(|letter: char| !letter.is_ascii_digit()).next();
    digits.and_then(|digits| digits.parse().ok()).unwrap_or(u32::MAX)
}
