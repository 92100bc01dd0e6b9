use app::{FieldProblem, OutcomeForm, Refusal, Saved};
use askama::Template;
use axum::extract::{Path, State};
use domain::{Framework, OutcomeId, OutcomeSort, OutcomeStage, YearGroup};

use super::{edit::meanwhile, year_of};
use crate::{
    answer::{Answer, Failure, go_saying, show, show_again},
    fields::Fields,
    parts::{Choice, Flash},
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Posted, Visitor},
    words,
};

/// Adds outcomes to a year group, or changes one.
#[derive(Template)]
#[template(path = "pages/programme/outcome.html")]
pub(crate) struct OutcomeFormPage {
    pub(crate) shell: Shell,
    pub(crate) action: String,
    pub(crate) back: String,
    /// Where it is taken away, if it is one that is there.
    pub(crate) remove: Option<String>,
    pub(crate) form: OutcomeForm,
    /// What somebody else wrote meanwhile.
    pub(crate) theirs: Option<String>,
    pub(crate) sorts: Vec<Choice>,
    pub(crate) stages: Vec<Choice>,
    /// The members of each framework.
    pub(crate) frameworks: Vec<(&'static str, &'static str, Vec<Choice>)>,
    /// Threads in use.
    pub(crate) threads: String,
}

/// What the form is about.
enum Asked {
    New(YearGroup, OutcomeForm),
    Change(OutcomeId, Option<OutcomeForm>),
}

/// GET the form for new outcomes.
pub(crate) async fn new(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, year)): Path<(String, String)>,
) -> Answer {
    let asked = Asked::New(year_of(&year)?, OutcomeForm::default());
    Ok(show(&page(&site, &visitor, &here, asked, Vec::new(), None).await?))
}

/// POST new outcomes.
pub(crate) async fn add(
    State(site): State<Site>,
    here: Here,
    Path((_, year)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let (year, form) = (year_of(&year)?, typed(&posted.fields));
    let (actor, view, asked) = (posted.visitor.actor.clone(), here.view(), form.clone());
    match site.run(move |app| app.add_outcomes(&actor, view, year, &asked)).await {
        Ok(ids) => {
            let flash =
                Flash::says(format!("{} added.", words::count_capital(ids.len(), "outcome is", "outcomes are")));
            Ok(go_saying(&site, &flash, &of_year(&here, year)))
        }
        Err(Failure::Problems(problems)) => {
            Ok(show_again(&page(&site, &posted.visitor, &here, Asked::New(year, form), problems, None).await?))
        }
        Err(failure) => Err(failure),
    }
}

/// GET one outcome to change it.
pub(crate) async fn get(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, outcome)): Path<(String, String)>,
) -> Answer {
    Ok(show(&page(&site, &visitor, &here, Asked::Change(id(&outcome)?, None), Vec::new(), None).await?))
}

/// POST a changed outcome.
pub(crate) async fn change(
    State(site): State<Site>,
    here: Here,
    Path((_, outcome)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let (outcome, form) = (id(&outcome)?, typed(&posted.fields));
    let (actor, view, asked) = (posted.visitor.actor.clone(), here.view(), form.clone());
    let saved = site.run(move |app| -> app::Result<_> {
        let year = app.outcome(&actor, view, outcome)?.year_group;
        Ok((year, app.change_outcome(&actor, view, outcome, &asked)?))
    });
    let again = |problems, theirs| {
        page(&site, &posted.visitor, &here, Asked::Change(outcome, Some(form.clone())), problems, theirs)
    };
    match saved.await {
        Ok((year, Saved::Done)) => Ok(go_saying(&site, &Flash::says("The outcome is saved."), &of_year(&here, year))),
        Ok((_, Saved::Meanwhile(theirs))) => Ok(show_again(&again(vec![meanwhile("statement")], Some(theirs)).await?)),
        Err(Failure::Problems(problems)) => Ok(show_again(&again(problems, None).await?)),
        Err(failure) => Err(failure),
    }
}

/// POST: the outcome goes, and the next page offers to put it back.
pub(crate) async fn remove(
    State(site): State<Site>,
    here: Here,
    Path((_, outcome)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let outcome = id(&outcome)?;
    let (actor, view) = (posted.visitor.actor.clone(), here.view());
    let (year, event) = site.run(move |app| app.remove_outcome(&actor, view, outcome)).await?;
    let undo = format!("/institutions/{}/programme/outcomes/{outcome}/restore/{event}", here.institution);
    let flash = Flash::says("The outcome is taken away.").undone_by(here.query.with(&undo, &[]));
    Ok(go_saying(&site, &flash, &of_year(&here, year)))
}

/// POST: the outcome is back as it was.
pub(crate) async fn restore(
    State(site): State<Site>,
    here: Here,
    Path((_, outcome, event)): Path<(String, String, String)>,
    posted: Posted,
) -> Answer {
    let (outcome, event) = (id(&outcome)?, event.parse().map_err(|_| Failure::NOT_FOUND)?);
    let (actor, view) = (posted.visitor.actor.clone(), here.view());
    let year = site.run(move |app| app.restore_outcome(&actor, view, outcome, event)).await?;
    Ok(go_saying(&site, &Flash::says("The outcome is back as it was."), &of_year(&here, year)))
}

fn id(text: &str) -> Result<OutcomeId, Failure> {
    text.parse().map_err(|_| Failure::NOT_FOUND)
}

fn of_year(here: &Here, year: YearGroup) -> String {
    here.query.with(&format!("/institutions/{}/programme/years/{year}", here.institution), &[])
}

fn typed(fields: &Fields) -> OutcomeForm {
    let tags = Framework::ALL.iter().flat_map(|framework| fields.all(&format!("tags-{framework}")));
    OutcomeForm {
        statement: fields.text("statement"),
        sort: fields.text("sort"),
        stage: fields.text("stage"),
        thread: fields.text("thread"),
        tags: tags.collect(),
        own: fields.text("own"),
        seen: fields.text("seen"),
    }
}

async fn page(
    site: &Site,
    visitor: &Visitor,
    here: &Here,
    asked: Asked,
    problems: Vec<FieldProblem>,
    theirs: Option<OutcomeForm>,
) -> Result<OutcomeFormPage, Failure> {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let (outcome, year, stored, typed) = match asked {
        Asked::New(year, form) => (None, year, OutcomeForm::default(), Some(form)),
        Asked::Change(id, typed) => {
            let actor = actor.clone();
            let page = site.run(move |app| app.outcome(&actor, view, id)).await?;
            (Some(id), page.year_group, page.form, typed)
        }
    };
    let found = site.run(move |app| app.programme_year(&actor, view, year)).await?;
    if !found.may_write {
        return Err(Failure::Refusal(Refusal::NotAllowed));
    }
    let mut form = typed.unwrap_or(stored);
    if let Some(theirs) = &theirs {
        form.seen.clone_from(&theirs.seen);
    }
    let of = format!("programme/years/{year}");
    let under = outcome.map_or_else(|| format!("{of}/outcomes"), |id| format!("programme/outcomes/{id}"));
    let place = Place::new(&found.frame, &under);
    let title = match outcome {
        Some(_) => format!("Change an outcome of Year {year}"),
        None => format!("Add outcomes to Year {year}"),
    };
    Ok(OutcomeFormPage {
        action: place.to(&under),
        back: place.to(&of),
        remove: outcome.map(|id| place.to(&format!("programme/outcomes/{id}/remove"))),
        theirs: theirs
            .map(|theirs| format!("{} ({}, {}; {})", theirs.statement, theirs.sort, theirs.stage, theirs.thread)),
        sorts: OutcomeSort::ALL
            .iter()
            .map(|sort| {
                let hint = match sort {
                    OutcomeSort::Knowledge => "Knowledge: they know it",
                    OutcomeSort::Skill => "Skill: they can do it",
                    OutcomeSort::Behaviour => "Behaviour: they do it without being asked",
                };
                Choice::new(sort, hint, form.sort == sort.word())
            })
            .collect(),
        stages: OutcomeStage::ALL
            .iter()
            .map(|stage| Choice::new(stage, stage.label(), form.stage == stage.word()))
            .collect(),
        frameworks: frameworks(&form),
        threads: found.threads.join(", "),
        form,
        shell: visitor
            .shell_at(&found.frame, &under)
            .at("programme")
            .titled(title)
            .under(place.to("programme"), "Programme")
            .under(place.to(&of), format!("Year {year}"))
            .with_problems(problems),
    })
}

/// The members of each framework with those that are ticked; a skill shows the name that it had before too.
pub(super) fn frameworks(form: &OutcomeForm) -> Vec<(&'static str, &'static str, Vec<Choice>)> {
    let name = |framework: Framework| match framework {
        Framework::Cdi => "tags-cdi",
        Framework::Skills => "tags-skills",
        Framework::Adulthood => "tags-adulthood",
        Framework::Benchmark => "tags-benchmark",
        Framework::Own => "tags-own",
    };
    Framework::ALL
        .iter()
        .filter(|framework| !framework.tags().is_empty())
        .map(|framework| {
            let choices = framework.tags().iter().map(|tag| {
                let ticked =
                    form.tags.iter().any(|word| framework.find(word).map(|found| found.word) == Some(tag.word));
                Choice::new(tag.word, tag.both_names(), ticked)
            });
            (name(*framework), framework.label(), choices.collect())
        })
        .collect()
}
