//! One part of an earlier policy: put into a clause, set aside, or taken back.

use app::{FieldProblem, PassageForm, PassageState, PassageTakenBack};
use askama::Template;
use axum::extract::{Path, State};
use domain::{InstitutionId, PolicyId};

use super::{
    earlier::{heading, name},
    id,
};
use crate::{
    answer::{Answer, Failure, go_saying, show, show_again},
    parts::{Choice, Flash},
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Posted, Visitor},
};

/// A part with every clause that it might go to.
#[derive(Template)]
#[template(path = "pages/policy/part.html")]
pub(crate) struct PartPage {
    pub(crate) shell: Shell,
    pub(crate) heading: String,
    pub(crate) html: String,
    /// Where it is placed already: name of the clause.
    pub(crate) placed: Option<String>,
    pub(crate) is_aside: bool,
    /// The clauses, the likeliest first.
    pub(crate) clauses: Vec<Choice>,
    pub(crate) options: Vec<Choice>,
    pub(crate) address: String,
    pub(crate) back: String,
}

/// GET a part.
pub(crate) async fn get(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, policy, part)): Path<(String, String, i32)>,
) -> Answer {
    Ok(show(&page(&site, &visitor, &here, (&policy, part), None).await?))
}

/// POST: it goes into a clause.
pub(crate) async fn put(
    State(site): State<Site>,
    here: Here,
    Path((_, policy, part)): Path<(String, String, i32)>,
    posted: Posted,
) -> Answer {
    let version = id(&policy)?;
    let with = |word: &str| posted.fields.all("with").iter().any(|one| one == word);
    let form =
        PassageForm { clause: posted.fields.text("clause"), keeps_ours: with("ours"), with_heading: with("heading") };
    let (actor, institution, asked) = (posted.visitor.actor.clone(), here.institution, form.clone());
    match site.run(move |app| app.place_passage(&actor, institution, version, part, &asked)).await {
        Ok(_) => {
            let flash = Flash::says("It stands in the clause now.").undone_by(back(institution, version, part));
            Ok(go_saying(&site, &flash, &list(institution, version)))
        }
        Err(Failure::Problems(problems)) => {
            let typed = Some((form, problems));
            Ok(show_again(&page(&site, &posted.visitor, &here, (&policy, part), typed).await?))
        }
        Err(failure) => Err(failure),
    }
}

/// POST: it is not needed.
pub(crate) async fn aside(
    State(site): State<Site>,
    here: Here,
    Path((_, policy, part)): Path<(String, String, i32)>,
    posted: Posted,
) -> Answer {
    let (actor, institution, version) = (posted.visitor.actor.clone(), here.institution, id(&policy)?);
    site.run(move |app| app.set_passage_aside(&actor, institution, version, part)).await?;
    let flash = Flash::says("It is set aside.").undone_by(back(institution, version, part));
    Ok(go_saying(&site, &flash, &list(institution, version)))
}

/// POST: it waits for a place again.
pub(crate) async fn take_back(
    State(site): State<Site>,
    here: Here,
    Path((_, policy, part)): Path<(String, String, i32)>,
    posted: Posted,
) -> Answer {
    let (actor, institution, version) = (posted.visitor.actor.clone(), here.institution, id(&policy)?);
    let taken = site.run(move |app| app.take_passage_back(&actor, institution, version, part)).await?;
    let flash = match taken {
        PassageTakenBack::Open => Flash::says("It waits for a place again."),
        PassageTakenBack::Out(change) => {
            Flash::says("Its words are out of the clause, and it waits for a place again.")
                .undone_by(format!("/institutions/{institution}/policy/{version}/changes/{change}/undo"))
        }
        PassageTakenBack::WordsStay => Flash::says(
            "It waits for a place again. Its words were changed in the clause since they were put there, so what stands there stays.",
        ),
    };
    Ok(go_saying(&site, &flash, &list(institution, version)))
}

fn list(institution: InstitutionId, version: PolicyId) -> String {
    format!("/institutions/{institution}/policy/{version}/earlier")
}

fn back(institution: InstitutionId, version: PolicyId, part: i32) -> String {
    format!("{}/{part}/back", list(institution, version))
}

async fn page(
    site: &Site,
    visitor: &Visitor,
    here: &Here,
    (policy, part): (&str, i32),
    typed: Option<(PassageForm, Vec<FieldProblem>)>,
) -> Result<PartPage, Failure> {
    let (actor, view, version) = (visitor.actor.clone(), here.view(), id(policy)?);
    let found = site.run(move |app| app.policy_read_in(&actor, view, version)).await?;
    let row = found.passages.iter().find(|row| row.passage.position == part).ok_or(Failure::NOT_FOUND)?;
    let base = format!("policy/{version}");
    let under = format!("{base}/earlier/{part}");
    let place = Place::new(&found.frame, &under);
    let (form, problems) = typed.unwrap_or_else(|| {
        let clause = row.passage.clause.clone().unwrap_or_default();
        (PassageForm { clause, ..PassageForm::default() }, Vec::new())
    });
    let likely = row.likely.iter().filter_map(|key| found.clauses.iter().find(|clause| clause.key == *key));
    let others = found.clauses.iter().filter(|clause| !row.likely.contains(&clause.key));
    let mut clauses = vec![Choice::new("", "Choose a clause", form.clause.is_empty())];
    clauses.extend(likely.chain(others).map(|clause| {
        let label = format!("{}: {} ({})", name(clause), clause.begins, clause.provenance.label().to_lowercase());
        Choice::new(&clause.key, label, clause.key == form.clause)
    }));
    let mut options = Vec::new();
    if row.passage.heading.is_some() {
        options.push(Choice::new("heading", "Bring its heading with it", form.with_heading));
    }
    options.push(Choice::new(
        "ours",
        "Keep our wording before it, where the clause is a recommended one",
        form.keeps_ours,
    ));
    let state = row.passage.state;
    let stands_in = found.clauses.iter().find(|clause| Some(&clause.key) == row.passage.clause.as_ref());
    Ok(PartPage {
        heading: heading(row),
        html: row.html.clone(),
        placed: stands_in.filter(|_| state == PassageState::Placed).map(name),
        is_aside: state == PassageState::Aside,
        clauses,
        options,
        address: place.to(&under),
        back: place.to(&format!("{base}/earlier")),
        shell: visitor
            .shell_at(&found.frame, &under)
            .at("policy")
            .titled("A part of your earlier policy")
            .under(place.to("policy"), "Policy")
            .under(place.to(&base), format!("{}, version {}", found.title, found.policy.number))
            .under(place.to(&format!("{base}/earlier")), "Your earlier policy")
            .with_problems(problems),
    })
}
