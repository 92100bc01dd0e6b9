use app::{FieldProblem, PolicyApprovalForm, PolicyState, SignatureForm};
use askama::Template;
use axum::extract::{Path, State};

use super::{CheckLine, id, lines};
use crate::{
    answer::{Answer, Failure, go_saying, show, show_again},
    parts::Flash,
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Posted, Visitor},
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
    /// Whether the version can be signed or approved as it is.
    pub(crate) is_open: bool,
    pub(crate) warnings: Vec<CheckLine>,
    pub(crate) by: String,
    pub(crate) post: String,
    pub(crate) on: String,
    pub(crate) minute: String,
}

#[derive(Default)]
struct Typed {
    by: String,
    post: String,
    on: String,
    minute: String,
    problems: Vec<FieldProblem>,
}

/// GET the text, to be signed.
pub(crate) async fn get_signature(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, policy)): Path<(String, String)>,
) -> Answer {
    Ok(show(&page(&site, &visitor, &here, &policy, false, None).await?))
}

/// GET the text, to be approved.
pub(crate) async fn get_approval(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, policy)): Path<(String, String)>,
) -> Answer {
    Ok(show(&page(&site, &visitor, &here, &policy, true, None).await?))
}

/// POST a signature.
pub(crate) async fn sign(
    State(site): State<Site>,
    here: Here,
    Path((_, policy)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let text = |name: &str| posted.fields.text(name);
    let form = SignatureForm { by: text("by"), post: text("post"), on: text("on"), seen: text("seen") };
    let (actor, institution, version, asked) =
        (posted.visitor.actor.clone(), here.institution, id(&policy)?, form.clone());
    match site.run(move |app| app.sign_policy(&actor, institution, version, &asked)).await {
        Ok(()) => {
            let flash = Flash::says("The signature is recorded, and the text is kept whole.");
            Ok(go_saying(&site, &flash, &format!("/institutions/{institution}/policy/{version}")))
        }
        Err(Failure::Problems(problems)) => {
            let typed = Typed { by: form.by, post: form.post, on: form.on, problems, ..Typed::default() };
            Ok(show_again(&page(&site, &posted.visitor, &here, &policy, false, Some(typed)).await?))
        }
        Err(failure) => Err(failure),
    }
}

/// POST the governors' approval.
pub(crate) async fn approve(
    State(site): State<Site>,
    here: Here,
    Path((_, policy)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let text = |name: &str| posted.fields.text(name);
    let form = PolicyApprovalForm { by: text("by"), on: text("on"), minute: text("minute"), seen: text("seen") };
    let (actor, institution, version, asked) =
        (posted.visitor.actor.clone(), here.institution, id(&policy)?, form.clone());
    match site.run(move |app| app.approve_policy(&actor, institution, version, &asked)).await {
        Ok(()) => {
            let flash = Flash::says("The approval is recorded. It can be published now.");
            Ok(go_saying(&site, &flash, &format!("/institutions/{institution}/policy/{version}")))
        }
        Err(Failure::Problems(problems)) => {
            let typed = Typed { by: form.by, on: form.on, minute: form.minute, problems, ..Typed::default() };
            Ok(show_again(&page(&site, &posted.visitor, &here, &policy, true, Some(typed)).await?))
        }
        Err(failure) => Err(failure),
    }
}

/// POST: an approved version is published.
pub(crate) async fn publish(
    State(site): State<Site>,
    here: Here,
    Path((_, policy)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let (actor, institution, version) = (posted.visitor.actor.clone(), here.institution, id(&policy)?);
    site.run(move |app| app.publish_policy(&actor, institution, version)).await?;
    let flash = Flash::says("It is published and applies from now on.");
    Ok(go_saying(&site, &flash, &format!("/institutions/{institution}/policy/{version}")))
}

/// POST: a version that is signed or approved goes back to a draft.
pub(crate) async fn return_to_draft(
    State(site): State<Site>,
    here: Here,
    Path((_, policy)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let (actor, institution, version) = (posted.visitor.actor.clone(), here.institution, id(&policy)?);
    site.run(move |app| app.return_policy(&actor, institution, version)).await?;
    let flash = Flash::says("It is a draft again. It has to be signed and approved anew.");
    Ok(go_saying(&site, &flash, &format!("/institutions/{institution}/policy/{version}")))
}

async fn page(
    site: &Site,
    visitor: &Visitor,
    here: &Here,
    policy: &str,
    is_approval: bool,
    typed: Option<Typed>,
) -> Result<SignPage, Failure> {
    let (actor, view, version) = (visitor.actor.clone(), here.view(), id(policy)?);
    let page = site.run(move |app| app.policy_to_sign(&actor, view, version)).await?;
    let base = format!("policy/{version}");
    let under = format!("{base}/{}", if is_approval { "approval" } else { "signature" });
    let place = Place::new(&page.frame, &under);
    let typed = typed.unwrap_or_else(|| Typed {
        by: if is_approval { String::new() } else { page.name.clone() },
        ..Typed::default()
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
        warnings: lines(&warnings, &page.policy, &place, |_| None),
        html: page.html,
        seen: page.seen,
        is_approval,
        by: typed.by,
        post: typed.post,
        on: typed.on,
        minute: typed.minute,
        shell: visitor
            .shell_at(&page.frame, &under)
            .at("policy")
            .titled(if is_approval { "The governors’ approval" } else { "Read it and sign" })
            .under(place.to("policy"), "Policy")
            .under(place.to(&base), format!("{}, version {}", page.title, page.policy.number))
            .with_problems(typed.problems),
    })
}
