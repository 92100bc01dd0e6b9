//! A senior leader signs, those who govern approve; and a version goes back to being a draft.

use ::policy::{Check, CheckStanding, Paper};
use domain::{Date, InstitutionId, PolicyId};
use serde_json::json;
use store::policy::{Policy, PolicyApproval, PolicyContent, PolicyState, Signature};

use super::{
    clause::ask_for_draft,
    draft::{asked_of_all, latest_review, of},
    written::{Ground, paper_of},
};
use crate::{
    Action, Actor, App, CareersPost, Error, Frame, Problems, Reach, Refusal, Result, Role, View, audit::Change,
    token::digest,
};

/// What is signed or approved, with the text as it stands.
#[derive(Debug, Clone)]
pub struct SigningPage {
    /// Where it is.
    pub frame: Frame,
    /// The version.
    pub policy: Policy,
    /// Which paper.
    pub paper: Paper,
    /// Its title.
    pub title: String,
    /// What the check says, the gravest first.
    pub checks: Vec<Check>,
    /// Ids of what is asked of the institution as a whole, and not for each learner.
    pub asked_of_all: Vec<String>,
    /// The text, as HTML of the document.
    pub html: String,
    /// Stands for the text as it is shown.
    pub seen: String,
    /// Whether whoever looks signs as a senior leader, and does not record what somebody else signed on paper.
    pub is_senior: bool,
    /// Who is likely to have signed, and as what: whoever looks, or the senior leader of the careers team; blank if nobody is known.
    pub likely: (String, String),
}

impl SigningPage {
    /// Whether something stands against signing.
    pub fn is_stopped(&self) -> bool {
        of(&self.checks, CheckStanding::Stop) > 0
    }
}

/// A signature as a form has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SignatureForm {
    /// The senior leader's name.
    pub by: String,
    /// Their post.
    pub post: String,
    /// The day; blank is today.
    pub on: String,
    /// Which text was looked at: [`SigningPage::seen`]; blank takes it as it is.
    pub seen: String,
}

/// An approval as a form has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PolicyApprovalForm {
    /// Who approved: the governing body, or a committee of it.
    pub by: String,
    /// The day; blank is today.
    pub on: String,
    /// Where the minutes say so.
    pub minute: String,
    /// Which text was looked at: [`SigningPage::seen`]; blank takes it as it is.
    pub seen: String,
}

const CHANGED: &str =
    "The text was changed while you looked at it, so nothing was recorded. Read it again, then record it.";

impl App {
    /// A version with its text, to be signed or approved.
    ///
    /// # Errors
    /// If the actor may not sign or record here, or there is no such version.
    pub fn policy_to_sign(&self, actor: &Actor, view: View, id: PolicyId) -> Result<SigningPage> {
        ask_to_sign(actor, view.institution)?;
        let scene = self.scene(actor, View { as_of: None, ..view })?;
        let facts = self.facts(&scene)?;
        let written = self.written_now(&scene, &facts, id)?;
        let checks = self.checks_of(&scene, &written)?;
        let contacts = self.store().read(view.institution, |tx| store::institution::contacts(tx, view.institution))?.1;
        let leader = crate::careers_team::holder(&contacts, CareersPost::SeniorLeader, scene.frame.today);
        let is_senior = is_senior(actor, view.institution);
        Ok(SigningPage {
            html: documents::html::fragment(&written.document(scene.frame.today)),
            seen: written.seen()?,
            paper: written.paper,
            title: written.kept.composed.title.clone(),
            likely: match leader {
                // Whoever signs says as what.
                _ if is_senior => (actor.name().to_owned(), String::new()),
                Some(leader) => (leader.name.clone(), leader.title.clone().unwrap_or_default()),
                None => Default::default(),
            },
            is_senior,
            asked_of_all: asked_of_all(&scene),
            policy: written.policy,
            checks,
            frame: scene.frame,
        })
    }

    /// Records that a senior leader signed a draft as it stands: whoever is one signs so, and a careers leader records what was signed on paper,
    /// by whom and when. The text and what the check says are kept whole.
    ///
    /// # Errors
    /// If the actor may not sign or record here, the form has problems, or something stands against signing; a
    /// conflict if it is no draft, or its text is no longer the one that was looked at.
    pub fn sign_policy(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        id: PolicyId,
        form: &SignatureForm,
    ) -> Result<()> {
        ask_to_sign(actor, institution)?;
        let scene = self.scene(actor, View { institution, as_of: None })?;
        let facts = self.facts(&scene)?;
        let today = self.context().today();
        let mut problems = Problems::default();
        let is_own = domain::same_name(&form.by) == domain::same_name(actor.name());
        if is_own && !is_senior(actor, institution) {
            problems.add(
                "by",
                "A senior leader signs, and your role here is another one. Name the senior leader who signed.",
            );
        } else if !is_own && !form.by.trim().is_empty() && form.on.trim().is_empty() {
            problems.add("on", "Enter the day on which it was signed on paper, such as 12/11/2026.");
        }
        let by = problems.required("by", &form.by, "the senior leader’s name");
        let post = problems.required("post", &form.post, "their post, such as “Deputy headteacher”");
        let on =
            day(&mut problems, &form.on, "Enter the day of the signature, such as 12/11/2026; not one to come.", today);
        if is_own && on != today {
            problems.add(
                "on",
                "Whoever signs here signs today. What you signed on paper before, the careers leader can record.",
            );
        }
        problems.check()?;
        let ground = Ground { institution: &scene.held.records.institution, facts: &facts };
        // What the record says of the promises is worked out before the transaction, which would otherwise hold others up.
        let looked_at = self.written_now(&scene, &facts, id)?;
        ask_for_draft(&looked_at.policy)?;
        let seen = looked_at.seen()?;
        if !form.seen.is_empty() && form.seen != seen {
            return Err(Error::conflict(CHANGED));
        }
        let checks = self.checks_of(&scene, &looked_at)?;
        match of(&checks, CheckStanding::Stop) {
            0 => {}
            1 => {
                return Err(Error::problem(
                    "",
                    "One thing still stands against signing. It is listed under “Before you sign”.",
                ));
            }
            stops => {
                return Err(Error::problem(
                    "",
                    format!("{stops} things still stand against signing. They are listed under “Before you sign”."),
                ));
            }
        }
        self.store().write(institution, |tx| -> Result<()> {
            tx.wait_turn(institution)?;
            let written = self.written(tx, institution, id, &ground)?;
            ask_for_draft(&written.policy)?;
            if written.seen()? != seen {
                return Err(Error::conflict(CHANGED));
            }
            let content = written.kept.json()?;
            let content = PolicyContent {
                digest: digest(content.as_bytes()),
                checks: serde_json::to_string(&checks).map_err(Error::fault)?,
                content,
            };
            let after = Policy {
                state: PolicyState::Signed,
                signature: Some(Signature { on, by: by.clone(), post: post.clone(), account: actor.account() }),
                ..self.moved(written.policy)
            };
            store::policy::put(tx, institution, &after)?;
            store::policy::set_content(tx, institution, id, Some(&content))?;
            let change = Change::default().with("by", None, Some(&by)).with("post", None, Some(&post)).with(
                "on",
                None,
                Some(&on.to_string()),
            );
            let payload = json!({
                "paper": after.paper, "number": after.number, "digest": crate::token::hex(&content.digest),
                "warnings": of(&checks, CheckStanding::Warn), "on_paper": !is_own,
            });
            let event =
                self.event(actor, "policy.signed", ("policy", Some(id.0)), payload).with([self.detail(None, &change)]);
            Ok(store::audit::record(tx, institution, &event)?)
        })
    }

    /// Records that those who govern approved a version that is signed, with the minute that says so. A senior leader or a careers leader does.
    ///
    /// # Errors
    /// If the actor may not sign or record here, or the form has problems; a conflict if it is not signed, or is
    /// approved already.
    pub fn approve_policy(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        id: PolicyId,
        form: &PolicyApprovalForm,
    ) -> Result<()> {
        ask_to_sign(actor, institution)?;
        let today = self.context().today();
        self.store().write(institution, |tx| -> Result<()> {
            tx.wait_turn(institution)?;
            let policy = store::policy::get(tx, institution, id)?;
            let content = store::policy::content(tx, institution, id)?;
            let Some(signature) = policy.signature.clone().filter(|_| policy.state == PolicyState::Signed) else {
                return Err(Error::conflict("Only a version that is signed and not yet approved can be approved."));
            };
            if !form.seen.is_empty() && content.is_none_or(|content| form.seen != crate::token::hex(&content.digest[..8])) {
                return Err(Error::conflict(CHANGED));
            }
            let mut problems = Problems::default();
            let by = problems.required("by", &form.by, "who approved it, such as “Full governing board”");
            let minute = problems.required("minute", &form.minute, "where the minutes say so, such as “14 October 2026, item 6”");
            let on = day(&mut problems, &form.on, "Enter the day of the approval, such as 12/11/2026; not one to come.", today);
            if on < signature.on {
                let signed = domain::date::long(signature.on);
                problems.add("on", format!("It was signed on {signed}, so it cannot have been approved before."));
            }
            let latest = latest_review(paper_of(&policy)?, on);
            if policy.review_on.is_none_or(|review| review > latest) {
                let latest = domain::date::long(latest);
                problems.add("on", format!("Approved on that day, it has to be looked over by {latest}, and its review date is later. Take it back to a draft and change the date."));
            }
            problems.check()?;
            let change = Change::default()
                .with("by", None, Some(&by))
                .with("minute", None, Some(&minute))
                .with("on", None, Some(&on.to_string()));
            let after = Policy {
                state: PolicyState::Approved,
                approval: Some(PolicyApproval { on, by, minute }),
                ..self.moved(policy)
            };
            store::policy::put(tx, institution, &after)?;
            let payload = json!({"paper": after.paper, "number": after.number});
            let event = self
                .event(actor, "policy.approved", ("policy", Some(id.0)), payload)
                .with([self.detail(None, &change)]);
            Ok(store::audit::record(tx, institution, &event)?)
        })
    }

    /// Takes a version that is signed or approved, and not published, back to a draft: signature, approval and what was kept go.
    ///
    /// # Errors
    /// If the actor may not sign or record here, or there is no such version; a conflict if it is a draft or was published.
    pub fn return_policy(&self, actor: &Actor, institution: InstitutionId, id: PolicyId) -> Result<()> {
        ask_to_sign(actor, institution)?;
        self.store().write(institution, |tx| -> Result<()> {
            tx.wait_turn(institution)?;
            let policy = store::policy::get(tx, institution, id)?;
            if !matches!(policy.state, PolicyState::Signed | PolicyState::Approved) {
                return Err(Error::conflict(
                    "Only a version that is signed or approved, and not published, can go back to a draft.",
                ));
            }
            let from = policy.state.word();
            let after = Policy { state: PolicyState::Draft, signature: None, approval: None, ..self.moved(policy) };
            store::policy::put(tx, institution, &after)?;
            store::policy::set_content(tx, institution, id, None)?;
            let payload = json!({"paper": after.paper, "number": after.number, "from": from});
            let event = self.event(actor, "policy.returned", ("policy", Some(id.0)), payload);
            Ok(store::audit::record(tx, institution, &event)?)
        })
    }

    /// The version after one more change.
    pub(super) fn moved(&self, policy: Policy) -> Policy {
        Policy { revision: policy.revision + 1, changed_at: self.context().now(), ..policy }
    }
}

fn day(problems: &mut Problems, text: &str, wrong: &str, today: Date) -> Date {
    let day = match text.trim() {
        "" => Some(today),
        text => {
            problems.take("on", domain::date::parse(text).filter(|day| *day <= today).ok_or_else(|| wrong.to_owned()))
        }
    };
    day.unwrap_or(today)
}

/// Passes for whoever may sign, or record what others signed and approved: those who may confirm for the whole institution, and are senior leaders
/// or careers leaders of it; and the server's operator.
pub(super) fn ask_to_sign(actor: &Actor, institution: InstitutionId) -> Result<()> {
    actor.ask_for_all(Action::Confirm, institution)?;
    let answers = is_senior(actor, institution) || holds(actor, institution, Role::CareersLeader);
    if answers || actor.is_operator() { Ok(()) } else { Err(Refusal::NotAllowed.into()) }
}

/// Whether the actor signs as a senior leader of the institution.
fn is_senior(actor: &Actor, institution: InstitutionId) -> bool {
    holds(actor, institution, Role::SeniorLeader)
}

/// Whether the actor has this role over the whole institution, and may confirm by it.
fn holds(actor: &Actor, institution: InstitutionId, role: Role) -> bool {
    actor.grants().iter().any(|grant| {
        grant.institution == institution
            && grant.role == role
            && grant.reach == Reach::Institution
            && grant.allowed.has(Action::Confirm)
    })
}
