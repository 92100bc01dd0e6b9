use app::{FieldProblem, OutcomeRow, Saved, YearForm};
use askama::Template;
use axum::extract::{Path, State};
use domain::YearGroup;

use super::{edit::meanwhile, year_of};
use crate::{
    answer::{Answer, Failure, go_saying, show, show_again},
    parts::Flash,
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Posted, Visitor},
    words,
};

/// One year group: what the programme does there, and what learners are to know, do and be.
#[derive(Template)]
#[template(path = "pages/programme/year.html")]
pub(crate) struct YearPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) may_write: bool,
    pub(crate) action: String,
    pub(crate) form: YearForm,
    /// What somebody else wrote meanwhile: aims, delivery.
    pub(crate) theirs: Option<(String, String)>,
    pub(crate) outcomes: Vec<OutcomeLine>,
    /// Where outcomes are added.
    pub(crate) add: String,
    /// The year groups before and after.
    pub(crate) beside: Vec<(String, String)>,
}

/// One outcome.
pub(crate) struct OutcomeLine {
    pub(crate) statement: String,
    pub(crate) sort: &'static str,
    pub(crate) stage: &'static str,
    pub(crate) thread: String,
    pub(crate) tags: Vec<String>,
    /// The activities that serve it.
    pub(crate) activities: Vec<(String, String)>,
    /// Where it is changed, for those who may.
    pub(crate) change: Option<String>,
}

/// GET one year group.
pub(crate) async fn get(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, year)): Path<(String, String)>,
) -> Answer {
    Ok(show(&page(&site, &visitor, &here, year_of(&year)?, None, Vec::new(), None).await?))
}

/// POST its text.
pub(crate) async fn save(
    State(site): State<Site>,
    here: Here,
    Path((_, year)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let year = year_of(&year)?;
    let text = |name: &str| posted.fields.text(name).replace("\r\n", "\n");
    let form = YearForm { aims: text("aims"), delivery: text("delivery"), seen: text("seen") };
    let (actor, view, asked) = (posted.visitor.actor.clone(), here.view(), form.clone());
    match site.run(move |app| app.change_programme_year(&actor, view, year, &asked)).await {
        Ok(Saved::Done) => {
            let address = format!("/institutions/{}/programme/years/{year}", here.institution);
            Ok(go_saying(&site, &Flash::says("The text is saved."), &here.query.with(&address, &[])))
        }
        Ok(Saved::Meanwhile(theirs)) => {
            let again = page(&site, &posted.visitor, &here, year, Some(form), Vec::new(), Some(theirs));
            Ok(show_again(&again.await?))
        }
        Err(Failure::Problems(problems)) => {
            Ok(show_again(&page(&site, &posted.visitor, &here, year, Some(form), problems, None).await?))
        }
        Err(failure) => Err(failure),
    }
}

async fn page(
    site: &Site,
    visitor: &Visitor,
    here: &Here,
    year: YearGroup,
    typed: Option<YearForm>,
    mut problems: Vec<FieldProblem>,
    theirs: Option<YearForm>,
) -> Result<YearPage, Failure> {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let found = site.run(move |app| app.programme_year(&actor, view, year)).await?;
    let under = format!("programme/years/{year}");
    let place = Place::new(&found.frame, &under);
    let mut form = typed.unwrap_or_else(|| found.plan.form.clone());
    if let Some(theirs) = &theirs {
        problems.push(meanwhile(if theirs.aims == form.aims { "delivery" } else { "aims" }));
        form.seen.clone_from(&theirs.seen);
    }
    let (first, last) = found.frame.institution.years.unwrap_or((year, year));
    let beside = [year.plus(-1), year.plus(1)].into_iter().filter(|other| (first..=last).contains(other));
    Ok(YearPage {
        lead: match found.plan.outcomes.len() {
            0 => "No learning outcome yet. Add what learners are to know, do and be by the end of the year.".to_owned(),
            some => {
                let unserved = found.plan.outcomes.iter().filter(|outcome| outcome.activities.is_empty()).count();
                format!(
                    "{}; {} no activity this year.",
                    words::count_capital(some, "learning outcome", "learning outcomes"),
                    words::count(unserved, "has", "have")
                )
            }
        },
        may_write: found.may_write,
        action: place.to(&under),
        form,
        theirs: theirs.map(|theirs| (theirs.aims, theirs.delivery)),
        outcomes: found.plan.outcomes.iter().map(|outcome| line(outcome, &place, found.may_write)).collect(),
        add: place.to(&format!("{under}/outcomes")),
        beside: beside.map(|other| (place.to(&format!("programme/years/{other}")), format!("Year {other}"))).collect(),
        shell: visitor
            .shell_at(&found.frame, &under)
            .at("programme")
            .titled(format!("Year {year} in {}", found.frame.year))
            .under(place.to("programme"), "Programme")
            .with_problems(problems),
    })
}

/// An outcome as a line of a list.
pub(super) fn line(outcome: &OutcomeRow, place: &Place, may_write: bool) -> OutcomeLine {
    OutcomeLine {
        statement: outcome.statement.clone(),
        sort: outcome.sort.label(),
        stage: outcome.stage.label(),
        thread: outcome.thread.clone(),
        tags: outcome.tags.iter().map(|(_, name)| name.clone()).collect(),
        activities: outcome
            .activities
            .iter()
            .map(|(id, title)| (place.to(&format!("activities/{id}")), title.clone()))
            .collect(),
        change: may_write.then(|| place.to(&format!("programme/outcomes/{}", outcome.id))),
    }
}
