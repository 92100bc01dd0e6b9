use app::{FieldProblem, PolicyApprovalForm, PolicyState, SignatureForm, SigningPage};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::PolicyId;

use super::{CheckLine, id, lines};
use crate::{
    answer::{Answer, Failure, go_saying, show, show_again},
    fields::Fields,
    parts::Flash,
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Posted, Visitor},
    words,
};

/// The text with a form beneath: to be signed, or approved.
#[derive(Template)]
#[template(path = "pages/policy/sign.html")]
pub(crate) struct SignPage {
    pub(crate) shell: Shell,
    pub(crate) action: String,
    pub(crate) checks: String,
    pub(crate) html: String,
    pub(crate) seen: String,
    /// Whether the governors' approval is recorded, and not a signature.
    pub(crate) is_approval: bool,
    /// Whether whoever looks signs, and does not record what was signed on paper.
    pub(crate) is_senior: bool,
    /// Whether the version can be signed or approved as it is.
    pub(crate) is_open: bool,
    pub(crate) warnings: Vec<CheckLine>,
    /// How many things should be looked at first, in words.
    pub(crate) warnings_label: String,
    /// Why it cannot be signed or approved as it is.
    pub(crate) closed: String,
    pub(crate) by: String,
    pub(crate) post: String,
    pub(crate) on: String,
    pub(crate) minute: String,
}

/// What is recorded of a version.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Signature,
    Approval,
}

/// What was typed, in whichever of the two forms.
#[derive(Clone, Default)]
struct Typed {
    by: String,
    post: String,
    on: String,
    minute: String,
    seen: String,
    problems: Vec<FieldProblem>,
}

impl Typed {
    fn of(fields: &Fields) -> Self {
        let text = |name: &str| fields.text(name);
        let (by, post, on, minute, seen) = (text("by"), text("post"), text("on"), text("minute"), text("seen"));
        Self { by, post, on, minute, seen, problems: Vec::new() }
    }

    fn signature(self) -> SignatureForm {
        SignatureForm { by: self.by, post: self.post, on: self.on, seen: self.seen }
    }

    fn approval(self) -> PolicyApprovalForm {
        PolicyApprovalForm { by: self.by, on: self.on, minute: self.minute, seen: self.seen }
    }
}

/// GET the text, to be signed.
pub(crate) async fn get_signature(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, policy)): Path<(String, String)>,
) -> Answer {
    Ok(show(&page(&site, &visitor, &here, &policy, Step::Signature, None).await?))
}

/// GET the text, to be approved.
pub(crate) async fn get_approval(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, policy)): Path<(String, String)>,
) -> Answer {
    Ok(show(&page(&site, &visitor, &here, &policy, Step::Approval, None).await?))
}

/// POST a signature.
pub(crate) async fn sign(
    State(site): State<Site>,
    here: Here,
    Path((_, policy)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    record(&site, &here, &policy, &posted, Step::Signature).await
}

/// POST the governors' approval.
pub(crate) async fn approve(
    State(site): State<Site>,
    here: Here,
    Path((_, policy)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    record(&site, &here, &policy, &posted, Step::Approval).await
}

/// POST: an approved version is published.
pub(crate) async fn publish(
    State(site): State<Site>,
    here: Here,
    Path((_, policy)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let (actor, institution, version) = (posted.visitor.actor, here.institution, id(&policy)?);
    site.run(move |app| app.publish_policy(&actor, institution, version)).await?;
    Ok(back(&site, &here, version, Flash::says("It is published and applies from now on.")))
}

/// POST: a version that is signed or approved goes back to a draft.
pub(crate) async fn return_to_draft(
    State(site): State<Site>,
    here: Here,
    Path((_, policy)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let (actor, institution, version) = (posted.visitor.actor, here.institution, id(&policy)?);
    site.run(move |app| app.return_policy(&actor, institution, version)).await?;
    Ok(back(&site, &here, version, Flash::says("It is a draft again. It has to be signed and approved anew.")))
}

/// POST: what is asked of the institution and the version shows is confirmed by it.
pub(crate) async fn confirm(
    State(site): State<Site>,
    here: Here,
    Path((_, policy)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let (actor, institution, version) = (posted.visitor.actor, here.institution, id(&policy)?);
    let (count, event) = site.run(move |app| app.confirm_from_policy(&actor, institution, version)).await?;
    let flash = match event {
        Some(event) => Flash::says(format!(
            "{}, with this version as evidence.",
            words::count_capital(count, "point is confirmed", "points are confirmed")
        ))
        .undone_by(format!("/institutions/{institution}/policy/{version}/confirm/undo/{event}")),
        None => Flash::says("Nothing was changed: all of it is confirmed already."),
    };
    Ok(back(&site, &here, version, flash))
}

/// POST: that confirmation is taken back.
pub(crate) async fn undo_confirm(
    State(site): State<Site>,
    here: Here,
    Path((_, policy, event)): Path<(String, String, i64)>,
    posted: Posted,
) -> Answer {
    let (actor, institution, version) = (posted.visitor.actor, here.institution, id(&policy)?);
    site.run(move |app| app.undo_policy_confirmation(&actor, institution, version, event)).await?;
    Ok(back(&site, &here, version, Flash::says("It is as it was before.")))
}

fn back(site: &Site, here: &Here, version: PolicyId, flash: Flash) -> Response {
    go_saying(site, &flash, &format!("/institutions/{}/policy/{version}", here.institution))
}

async fn record(site: &Site, here: &Here, policy: &str, posted: &Posted, step: Step) -> Answer {
    let typed = Typed::of(&posted.fields);
    let (actor, institution, version, asked) =
        (posted.visitor.actor.clone(), here.institution, id(policy)?, typed.clone());
    let recorded = site
        .run(move |app| match step {
            Step::Signature => app.sign_policy(&actor, institution, version, &asked.signature()),
            Step::Approval => app.approve_policy(&actor, institution, version, &asked.approval()),
        })
        .await;
    match recorded {
        Ok(()) => {
            let says = match step {
                Step::Signature => "The signature is recorded, and the text is kept whole.",
                Step::Approval => "The approval is recorded. It can be published now.",
            };
            Ok(back(site, here, version, Flash::says(says)))
        }
        Err(Failure::Problems(problems)) => {
            let typed = Typed { problems, ..typed };
            Ok(show_again(&page(site, &posted.visitor, here, policy, step, Some(typed)).await?))
        }
        Err(failure) => Err(failure),
    }
}

async fn page(
    site: &Site,
    visitor: &Visitor,
    here: &Here,
    policy: &str,
    step: Step,
    typed: Option<Typed>,
) -> Result<SignPage, Failure> {
    let (actor, view, version) = (visitor.actor.clone(), here.view(), id(policy)?);
    let page = site.run(move |app| app.policy_to_sign(&actor, view, version)).await?;
    let is_approval = step == Step::Approval;
    let base = format!("policy/{version}");
    let under = format!("{base}/{}", if is_approval { "approval" } else { "signature" });
    let place = Place::new(&page.frame, &under);
    let typed = typed.unwrap_or_else(|| match (step, page.likely.clone()) {
        (Step::Signature, (by, post)) => Typed { by, post, ..Typed::default() },
        (Step::Approval, _) => Typed::default(),
    });
    let warn = |check: &&policy::Check| check.standing == policy::CheckStanding::Warn;
    let warnings: Vec<_> = page.checks.iter().filter(warn).cloned().collect();
    Ok(SignPage {
        action: place.to(&under),
        checks: place.to(&format!("{base}/checks")),
        is_open: match is_approval {
            true => page.policy.state == PolicyState::Signed,
            false => page.policy.state == PolicyState::Draft && !page.is_stopped(),
        },
        warnings_label: words::count_capital(warnings.len(), "thing to look at first", "things to look at first"),
        warnings: lines(&warnings, &page.policy, &page.asked_of_all, &place, |_| None),
        closed: closed(&page, is_approval),
        html: page.html,
        seen: page.seen,
        is_approval,
        is_senior: page.is_senior,
        by: typed.by,
        post: typed.post,
        on: typed.on,
        minute: typed.minute,
        shell: visitor
            .shell_at(&page.frame, &under)
            .at("policy")
            .titled(match step {
                Step::Approval => "The governors’ approval",
                Step::Signature if page.is_senior => "Read it and sign",
                Step::Signature => "Record the signature",
            })
            .under(place.to("policy"), "Policy")
            .under(place.to(&base), format!("{}, version {}", page.title, page.policy.number))
            .with_problems(typed.problems),
    })
}

fn closed(page: &SigningPage, is_approval: bool) -> String {
    let stops = page.checks.iter().filter(|check| check.standing == policy::CheckStanding::Stop).count();
    match (page.policy.state, is_approval) {
        (PolicyState::Draft, false) => {
            format!("{} against signing it.", words::count_capital(stops, "thing still stands", "things still stand"))
        }
        (PolicyState::Draft, true) => "It is not signed yet. A senior leader signs it first.".to_owned(),
        (PolicyState::Signed, _) => "It is signed already, and waits for the governors’ approval.".to_owned(),
        _ => "It is signed and approved already.".to_owned(),
    }
}
