use app::{ErasureKind, FieldProblem};
use askama::Template;
use axum::extract::{Path, State};
use domain::LearnerId;

use crate::{
    answer::{Answer, Failure, go_saying, show, show_again},
    parts::{Choice, Flash},
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Posted, Visitor},
    words,
};

/// First step: how, and why.
#[derive(Template)]
#[template(path = "pages/data_protection/erase_learner.html")]
pub(crate) struct EraseLearnerPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) action: String,
    pub(crate) kinds: Vec<Choice>,
    pub(crate) reason: String,
    pub(crate) copy: String,
    pub(crate) back: String,
}

/// Second step: exactly what goes, and what stays.
#[derive(Template)]
#[template(path = "pages/data_protection/confirm_erasure.html")]
pub(crate) struct ConfirmErasurePage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) action: String,
    pub(crate) kind: &'static str,
    pub(crate) reason: String,
    pub(crate) seen: i64,
    pub(crate) held: Vec<Held>,
    /// What else happens, each a sentence.
    pub(crate) besides: Vec<String>,
    pub(crate) kept: Vec<(String, String)>,
    pub(crate) mentions: Vec<String>,
    pub(crate) back: String,
}

/// Something that there is about the learner.
pub(crate) struct Held {
    pub(crate) about: String,
    pub(crate) count: String,
    pub(crate) becomes: &'static str,
}

/// GET the first step.
pub(crate) async fn get(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, learner)): Path<(String, String)>,
) -> Answer {
    let id = learner.parse().map_err(|_| Failure::NOT_FOUND)?;
    Ok(show(&first(&site, &visitor, &here, id, None, String::new(), Vec::new()).await?))
}

/// POST the first step: shows the second.
pub(crate) async fn check(
    State(site): State<Site>,
    here: Here,
    Path((_, learner)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let id: LearnerId = learner.parse().map_err(|_| Failure::NOT_FOUND)?;
    let kind = ErasureKind::from_word(posted.fields.one("kind"));
    let reason = posted.fields.text("reason");
    let (actor, view, why) = (posted.visitor.actor.clone(), here.view(), reason.clone());
    let checked = site.run(move |app| app.check_reason(&actor, view, id, &why)).await;
    let mut problems = match checked {
        Ok(()) => Vec::new(),
        Err(Failure::Problems(problems)) => problems,
        Err(failure) => return Err(failure),
    };
    if kind.is_none() {
        problems.insert(0, FieldProblem { field: "kind", message: "Choose what shall be left.".to_owned() });
    }
    match kind.filter(|_| problems.is_empty()) {
        Some(kind) => Ok(show(&second(&site, &posted.visitor, &here, id, kind, reason).await?)),
        None => Ok(show_again(&first(&site, &posted.visitor, &here, id, kind, reason, problems).await?)),
    }
}

/// POST the second step: it is done.
pub(crate) async fn confirm(
    State(site): State<Site>,
    here: Here,
    Path((_, learner)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let id: LearnerId = learner.parse().map_err(|_| Failure::NOT_FOUND)?;
    // What does not come from the second step names no state that was looked at, and is refused as a conflict.
    let kind = ErasureKind::from_word(posted.fields.one("kind"));
    let seen = posted.fields.read("seen").filter(|_| kind.is_some()).unwrap_or(-1);
    let (kind, reason) = (kind.unwrap_or(ErasureKind::Everything), posted.fields.text("reason"));
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    site.run(move |app| app.erase_learner(&actor, institution, id, kind, &reason, seen)).await?;
    let flash = Flash::says("The learner is erased. Backups hold the record until they are replaced: see to that.");
    Ok(go_saying(&site, &flash, &format!("/institutions/{institution}/learners")))
}

async fn first(
    site: &Site,
    visitor: &Visitor,
    here: &Here,
    id: LearnerId,
    kind: Option<ErasureKind>,
    reason: String,
    problems: Vec<FieldProblem>,
) -> Result<EraseLearnerPage, Failure> {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let page = site.run(move |app| app.erasure(&actor, view, id)).await?;
    let under = format!("learners/{id}/erase");
    let place = Place::new(&page.frame, &under);
    let choice = |one: ErasureKind, label| Choice::new(one.word(), label, kind == Some(one));
    Ok(EraseLearnerPage {
        lead: format!(
            "{} is erased for good: nobody can bring the record back. You see what goes before it goes.",
            page.name
        ),
        action: place.to(&under),
        kinds: vec![
            choice(ErasureKind::Everything, "Nothing is left"),
            choice(
                ErasureKind::Anonymise,
                "What took place is left, with no name, date of birth or number to it, so that past totals stay as they were",
            ),
        ],
        reason,
        copy: place.to(&format!("learners/{id}/copy")),
        back: place.to(&format!("learners/{id}")),
        shell: shell(visitor, &page, &under, &place, "Erase this learner").with_problems(problems),
    })
}

async fn second(
    site: &Site,
    visitor: &Visitor,
    here: &Here,
    id: LearnerId,
    kind: ErasureKind,
    reason: String,
) -> Result<ConfirmErasurePage, Failure> {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let page = site.run(move |app| app.erasure(&actor, view, id)).await?;
    let under = format!("learners/{id}/erase");
    let place = Place::new(&page.frame, &under);
    let stays = |about: &str| {
        kind == ErasureKind::Anonymise && ["year groups", "what the learner took part in"].contains(&about)
    };
    let mut besides = Vec::new();
    if page.waiting_files > 0 {
        besides.push(format!(
            "{} to be applied and may name the learner, so what is waiting is given up. Bring it in again afterwards, without the learner.",
            words::count_capital(page.waiting_files as usize, "file waits", "files wait")
        ));
    }
    if page.mentioning_imports > 0 {
        besides.push(format!(
            "The list of problems of {} the learner; it goes.",
            words::count(page.mentioning_imports as usize, "earlier import names", "earlier imports names")
        ));
    }
    if page.has_account {
        besides.push("The learner’s own account goes too.".to_owned());
    }
    Ok(ConfirmErasurePage {
        lead: format!("This is everything that Waymark holds about {}.", page.name),
        action: place.to(&format!("{under}/confirm")),
        kind: kind.word(),
        reason,
        seen: page.revision,
        held: page
            .held
            .iter()
            .map(|(about, count)| Held {
                about: words::capital(about),
                count: words::figure(*count as usize),
                becomes: if stays(about) { "Stays, without a name" } else { "Goes" },
            })
            .collect(),
        besides,
        kept: page.kept.iter().map(|(about, why)| (words::capital(about), why.clone())).collect(),
        mentions: page.mentions.clone(),
        back: place.to(&format!("learners/{id}")),
        shell: shell(visitor, &page, &under, &place, "Check what goes"),
    })
}

fn shell(visitor: &Visitor, page: &app::ErasurePage, under: &str, place: &Place, title: &str) -> Shell {
    visitor
        .shell_at(&page.frame, under)
        .at("learners")
        .titled(title)
        .under(place.to("learners"), "Learners")
        .under(place.to(&format!("learners/{}", page.id)), page.name.clone())
}
