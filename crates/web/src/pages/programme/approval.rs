use app::{ApprovalForm, Approver, FieldProblem, TextChange};
use askama::Template;
use axum::extract::{Path, State};

use super::overview::{ApprovalLine, approvals};
use crate::{
    answer::{Answer, Failure, go_saying, show, show_again},
    parts::Flash,
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Posted, Visitor},
};

/// Who approved the programme, what was changed since, and forms to record it.
#[derive(Template)]
#[template(path = "pages/programme/approval.html")]
pub(crate) struct ApprovalPage {
    pub(crate) shell: Shell,
    pub(crate) approvals: Vec<ApprovalLine>,
    /// What was changed since the latest approval.
    pub(crate) changes: Vec<TextChange>,
    /// Where approvals are recorded: by a senior leader, by the governors; for those who may.
    pub(crate) forms: Option<(String, String)>,
    /// Where approvals are taken back, each with its button.
    pub(crate) withdraw: Vec<(String, &'static str)>,
    /// Which form is filled in.
    pub(crate) asked: Option<Approver>,
    pub(crate) form: ApprovalForm,
    /// Stands for the text that is approved.
    pub(crate) seen: String,
    /// Whoever looks, as a senior leader would be named.
    pub(crate) name: String,
}

impl ApprovalPage {
    /// Whether the form of the governors was sent and has problems.
    pub(crate) fn is_governors(&self) -> bool {
        self.asked == Some(Approver::Governors)
    }
}

/// GET the approvals.
pub(crate) async fn get(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    Ok(show(&page(&site, &visitor, &here, None, ApprovalForm::default(), Vec::new()).await?))
}

/// POST an approval.
pub(crate) async fn approve(
    State(site): State<Site>,
    here: Here,
    Path((_, approver)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let approver = Approver::from_word(&approver).ok_or(Failure::NOT_FOUND)?;
    let form =
        ApprovalForm { by: posted.fields.text("by"), on: posted.fields.text("on"), seen: posted.fields.text("seen") };
    let (actor, view, asked) = (posted.visitor.actor.clone(), here.view(), form.clone());
    match site.run(move |app| app.approve_programme(&actor, view, approver, &asked)).await {
        Ok(()) => {
            let flash = Flash::says("The approval is recorded. If the text changes from now on, this page says what.");
            Ok(go_saying(&site, &flash, &address(&here)))
        }
        Err(Failure::Problems(problems)) => {
            Ok(show_again(&page(&site, &posted.visitor, &here, Some(approver), form, problems).await?))
        }
        Err(failure) => Err(failure),
    }
}

/// POST: an approval was recorded by mistake.
pub(crate) async fn withdraw(
    State(site): State<Site>,
    here: Here,
    Path((_, approver)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let approver = Approver::from_word(&approver).ok_or(Failure::NOT_FOUND)?;
    let (actor, view) = (posted.visitor.actor.clone(), here.view());
    site.run(move |app| app.withdraw_approval(&actor, view, approver)).await?;
    Ok(go_saying(&site, &Flash::says("The approval is taken back."), &address(&here)))
}

fn address(here: &Here) -> String {
    here.query.with(&format!("/institutions/{}/programme/approval", here.institution), &[])
}

async fn page(
    site: &Site,
    visitor: &Visitor,
    here: &Here,
    asked: Option<Approver>,
    form: ApprovalForm,
    problems: Vec<FieldProblem>,
) -> Result<ApprovalPage, Failure> {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let programme = site.run(move |app| app.programme(&actor, view)).await?;
    let place = Place::new(&programme.frame, "programme/approval");
    let given = &programme.approvals;
    let latest = [given.governors.as_ref(), given.senior.as_ref()].into_iter().flatten().max_by_key(|one| one.on);
    let to = |approver: Approver| place.to(&format!("programme/approval/{}", approver.word()));
    let back = |approver: Approver| place.to(&format!("programme/approval/{}/withdraw", approver.word()));
    let taken_back = [
        (given.senior.is_some(), Approver::Senior, "Take the senior leader’s approval back"),
        (given.governors.is_some(), Approver::Governors, "Take the governors’ approval back"),
    ];
    Ok(ApprovalPage {
        approvals: approvals(given),
        seen: given.text.clone(),
        changes: latest.map_or(Vec::new(), |approval| approval.changes.clone()),
        forms: (programme.may_approve && programme.is_written).then(|| (to(Approver::Senior), to(Approver::Governors))),
        withdraw: taken_back
            .into_iter()
            .filter(|(given, _, _)| *given && programme.may_approve)
            .map(|(_, approver, label)| (back(approver), label))
            .collect(),
        asked,
        form,
        name: visitor.actor.name().to_owned(),
        shell: visitor
            .shell_at(&programme.frame, "programme/approval")
            .at("programme")
            .titled(format!("Approval of the programme of {}", programme.frame.year))
            .under(place.to("programme"), "Programme")
            .with_problems(problems),
    })
}
