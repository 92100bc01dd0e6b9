use app::{ClauseForm, ClauseMode, ClauseSaved, FieldProblem};
use askama::Template;
use axum::extract::{Path, State};

use super::id;
use crate::{
    answer::{Answer, Failure, go_saying, show, show_again},
    parts::{Difference, Flash},
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Posted, Visitor},
};

/// A clause to be written.
#[derive(Template)]
#[template(path = "pages/policy/clause.html")]
pub(crate) struct ClausePage {
    pub(crate) shell: Shell,
    pub(crate) action: String,
    pub(crate) back: String,
    pub(crate) provenance: &'static str,
    pub(crate) label: &'static str,
    pub(crate) ours: String,
    /// What changed in it since the institution chose.
    pub(crate) changed: Option<Difference>,
    /// What stands there now, where it differs from our wording.
    pub(crate) now: Option<String>,
    pub(crate) advice: Option<String>,
    /// Facts that can be filled in: word and label.
    pub(crate) facts: Vec<(String, &'static str)>,
    /// Whether words may take the place of ours, and whether they may follow it.
    pub(crate) may_replace: bool,
    pub(crate) may_add: bool,
    pub(crate) mode: String,
    pub(crate) form: ClauseForm,
    pub(crate) preview: Option<String>,
    pub(crate) preview_missing: Vec<&'static str>,
    /// Whether somebody else saved meanwhile.
    pub(crate) is_meanwhile: bool,
}

/// What a form came back with.
#[derive(Default)]
struct Back {
    typed: Option<ClauseForm>,
    problems: Vec<FieldProblem>,
    is_meanwhile: bool,
    wants_preview: bool,
}

/// GET the form.
pub(crate) async fn get(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, policy, clause)): Path<(String, String, String)>,
) -> Answer {
    Ok(show(&page(&site, &visitor, &here, (&policy, &clause), Back::default()).await?))
}

/// POST what is done with the clause, or ask how it would read.
pub(crate) async fn save(
    State(site): State<Site>,
    here: Here,
    Path((_, policy, clause)): Path<(String, String, String)>,
    posted: Posted,
) -> Answer {
    let form = ClauseForm {
        mode: posted.fields.text("mode"),
        text: posted.fields.text("text").replace("\r\n", "\n"),
        seen: posted.fields.text("seen"),
    };
    let visitor = &posted.visitor;
    if posted.fields.one("do") == "preview" {
        let back = Back { typed: Some(form), wants_preview: true, ..Back::default() };
        return Ok(show(&page(&site, visitor, &here, (&policy, &clause), back).await?));
    }
    let (actor, institution, version) = (visitor.actor.clone(), here.institution, id(&policy)?);
    let (key, asked) = (clause.clone(), form.clone());
    let saved = site
        .run(move |app| {
            let saved = app.change_clause(&actor, institution, version, &key, &asked)?;
            let view = app::View { institution, as_of: None };
            let section = app.policy_clause(&actor, view, version, &key, None)?.section.0;
            Ok((saved, section))
        })
        .await;
    let back = match saved {
        Ok((ClauseSaved::Meanwhile, _)) => Back { typed: Some(form), is_meanwhile: true, ..Back::default() },
        Ok((saved, section)) => {
            let base = format!("/institutions/{institution}/policy/{version}");
            let flash = match saved {
                ClauseSaved::Done(position) => {
                    Flash::says("It is saved.").undone_by(format!("{base}/changes/{position}/undo"))
                }
                _ => Flash::says("It stands there already."),
            };
            return Ok(go_saying(&site, &flash, &format!("{base}/sections/{section}#{clause}")));
        }
        Err(Failure::Problems(problems)) => Back { typed: Some(form), problems, ..Back::default() },
        Err(failure) => return Err(failure),
    };
    Ok(show_again(&page(&site, visitor, &here, (&policy, &clause), back).await?))
}

/// POST: a change is taken back.
pub(crate) async fn undo(
    State(site): State<Site>,
    here: Here,
    Path((_, policy, change)): Path<(String, String, i32)>,
    posted: Posted,
) -> Answer {
    let (actor, institution, version) = (posted.visitor.actor.clone(), here.institution, id(&policy)?);
    let position = site.run(move |app| app.undo_policy_change(&actor, institution, version, change)).await?;
    let address = format!("/institutions/{institution}/policy/{version}");
    let flash = Flash::says("The change is taken back.").undone_by(format!("{address}/changes/{position}/undo"));
    Ok(go_saying(&site, &flash, &format!("{address}#changes")))
}

async fn page(
    site: &Site,
    visitor: &Visitor,
    here: &Here,
    (policy, key): (&str, &str),
    mut back: Back,
) -> Result<ClausePage, Failure> {
    let (actor, view, version) = (visitor.actor.clone(), here.view(), id(policy)?);
    let (asked, typed) = (key.to_owned(), back.typed.clone().filter(|_| back.wants_preview || back.is_meanwhile));
    let found = site.run(move |app| app.policy_clause(&actor, view, version, &asked, typed.as_ref())).await?;
    let clause = &found.clause;
    let base = format!("policy/{version}");
    let place = Place::new(&found.frame, &format!("{base}/clauses/{key}"));
    let own = clause.choice.as_ref().and_then(|choice| choice.text().map(|text| (choice.word(), text.to_owned())));
    let may_replace = found.modes.contains(&ClauseMode::Replace);
    let mut form = back.typed.unwrap_or_else(|| match own {
        Some((word, text)) => ClauseForm { mode: word.to_owned(), text, seen: found.seen.clone() },
        None if may_replace => {
            ClauseForm { mode: "replaced".to_owned(), text: found.beginning.clone(), seen: found.seen.clone() }
        }
        None => ClauseForm { mode: "added".to_owned(), text: String::new(), seen: found.seen.clone() },
    });
    if back.is_meanwhile {
        back.problems.push(crate::pages::programme::meanwhile("text"));
        // Saving again is then a decision, not an accident.
        form.seen = found.seen.clone();
    }
    Ok(ClausePage {
        action: place.to(&format!("{base}/clauses/{key}")),
        back: place.to(&format!("{base}/sections/{}#{key}", found.section.0)),
        provenance: clause.provenance.word(),
        label: clause.provenance.label(),
        now: clause.choice.is_some().then(|| found.html.clone()),
        ours: found.ours_html,
        changed: found.changed.map(Difference::of),
        advice: clause.advice.clone(),
        facts: found.facts.iter().map(|fact| (format!("{{{}}}", fact.word()), fact.label())).collect(),
        may_replace,
        may_add: found.modes.contains(&ClauseMode::Add),
        mode: form.mode.clone(),
        form,
        preview: found.preview_html.filter(|_| back.wants_preview),
        preview_missing: found.preview_missing.iter().map(|fact| fact.label()).collect(),
        is_meanwhile: back.is_meanwhile,
        shell: visitor
            .shell_at(&found.frame, &format!("{base}/clauses/{key}"))
            .at("policy")
            .titled(if may_replace { "Write your own words" } else { "Add to a clause" })
            .under(place.to("policy"), "Policy")
            .under(place.to(&base), format!("{}, version {}", found.title, found.policy.number))
            .under(place.to(&format!("{base}/sections/{}#{key}", found.section.0)), found.section.1)
            .with_problems(back.problems),
    })
}
