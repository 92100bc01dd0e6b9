use app::{EditionClause, EditionClauseKind, OwnAfterwards};
use askama::Template;
use axum::extract::{Path, State};

use super::id;
use crate::{
    answer::{Answer, go_saying, show},
    parts::{Difference, Flash, Sign, Tag},
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Posted, Visitor},
    words,
};

/// What a newer edition of the wording changes in a draft, before it is taken.
#[derive(Template)]
#[template(path = "pages/policy/edition.html")]
pub(crate) struct EditionPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    /// Where the newer wording is taken; none if the draft has it already.
    pub(crate) action: Option<String>,
    pub(crate) back: String,
    pub(crate) clauses: Vec<EditionLine>,
}

/// A clause that would change.
pub(crate) struct EditionLine {
    pub(crate) section: String,
    pub(crate) tag: Tag,
    /// How far it binds afterwards, if that changes.
    pub(crate) binds: Option<String>,
    /// What becomes of what the institution chose.
    pub(crate) own: Option<&'static str>,
    pub(crate) difference: Difference,
}

/// GET what would change.
pub(crate) async fn get(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, policy)): Path<(String, String)>,
) -> Answer {
    let (actor, view, version) = (visitor.actor.clone(), here.view(), id(&policy)?);
    let page = site.run(move |app| app.policy_edition(&actor, view, version)).await?;
    let base = format!("policy/{version}");
    let under = format!("{base}/edition");
    let place = Place::new(&page.frame, &under);
    let own = page.clauses.iter().filter(|clause| clause.own.is_some()).count();
    let lead = match page.is_newest {
        true => "The draft has the newest wording already.".to_owned(),
        false => format!(
            "From the edition of {} to that of {}: {}, {} the same. {}",
            page.editions.0,
            page.editions.1,
            words::count(page.clauses.len(), "clause changes", "clauses change"),
            words::count(page.same, "stays", "stay"),
            match own {
                0 => "None of them is one that you have chosen something for.".to_owned(),
                own => format!("You have chosen something for {own} of them."),
            }
        ),
    };
    Ok(show(&EditionPage {
        lead,
        action: (!page.is_newest).then(|| place.to(&under)),
        back: place.to(&base),
        clauses: page.clauses.into_iter().map(line).collect(),
        shell: visitor
            .shell_at(&page.frame, &under)
            .at("policy")
            .titled("What the newer wording changes")
            .under(place.to("policy"), "Policy")
            .under(place.to(&base), format!("{}, version {}", page.title, page.policy.number)),
    }))
}

/// POST: the draft moves to the newest edition.
pub(crate) async fn save(
    State(site): State<Site>,
    here: Here,
    Path((_, policy)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let (actor, institution, version) = (posted.visitor.actor.clone(), here.institution, id(&policy)?);
    let position = site.run(move |app| app.move_policy_edition(&actor, institution, version)).await?;
    let address = format!("/institutions/{institution}/policy/{version}");
    let flash = match position {
        Some(position) => Flash::says(
            "The draft has the newest wording. Where it changed beneath your choices, the clause shows how.",
        )
        .undone_by(format!("{address}/changes/{position}/undo")),
        None => Flash::says("It is the newest wording already."),
    };
    Ok(go_saying(&site, &flash, &address))
}

fn line(clause: EditionClause) -> EditionLine {
    let (sign, label) = match clause.kind {
        EditionClauseKind::Added => (Sign::Planned, "New"),
        EditionClauseKind::Gone => (Sign::Missed, "Not there any more"),
        EditionClauseKind::Changed => (Sign::Due, "Changed"),
    };
    EditionLine {
        tag: Tag::new(sign, label),
        binds: clause.binds.map(|(was, is)| format!("{} before, {} now.", was.label(), is.label().to_lowercase())),
        own: clause.own.map(|own| match own {
            OwnAfterwards::Stays => "Your own words stay in its place.",
            OwnAfterwards::Follows => "Your own words go on following it.",
            OwnAfterwards::FollowsNow => {
                "The law asks for it now: your own words follow it instead of taking its place."
            }
            OwnAfterwards::StaysOut => "You left it out, and it stays left out.",
            OwnAfterwards::ComesBack => "You left it out. The law asks for it now, so it comes back.",
            OwnAfterwards::LookAgain => "You confirmed it: look at it again.",
            OwnAfterwards::WithoutPlace => "Your own words for it are kept, but are not in the paper any more.",
            OwnAfterwards::ComesToNothing => "What you chose for it comes to nothing.",
        }),
        difference: Difference::of(clause.lines),
        section: clause.section,
    }
}
