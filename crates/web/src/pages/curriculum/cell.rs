use app::{CurriculumCellPage, CurriculumLink, CurriculumLinkForm, FieldProblem};
use askama::Template;
use axum::extract::State;
use domain::{YearGroup, date};

use crate::{
    answer::{Answer, Failure, show},
    parts::Choice,
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Visitor},
    words,
};

/// One subject in one year group: its links, its lessons, and a form for another link.
#[derive(Template)]
#[template(path = "pages/curriculum/cell.html")]
pub(crate) struct CellPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) may_write: bool,
    pub(crate) links: Vec<LinkLine>,
    pub(crate) lessons: Vec<(String, String, String)>,
    /// Where a new link goes.
    pub(crate) add: String,
    pub(crate) form: CurriculumLinkForm,
    pub(crate) terms: Vec<Choice>,
}

/// One link.
pub(crate) struct LinkLine {
    pub(crate) topic: String,
    pub(crate) about: String,
    pub(crate) facts: String,
    pub(crate) change: String,
    pub(crate) record: String,
    pub(crate) field: String,
    /// Where its lesson is, if it is recorded.
    pub(crate) lesson: Option<String>,
}

/// GET one cell of the map.
pub(crate) async fn get(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let subject = here.query.text("subject");
    let Some(year) = here.query.read("year").filter(|_| !subject.is_empty()) else {
        // An address that names no cell is about all of them.
        return super::map(State(site), visitor, here).await;
    };
    let form = CurriculumLinkForm::default();
    Ok(show(&page(&site, &visitor, &here, subject, year, form, Vec::new()).await?))
}

pub(super) async fn page(
    site: &Site,
    visitor: &Visitor,
    here: &Here,
    subject: String,
    year: YearGroup,
    form: CurriculumLinkForm,
    problems: Vec<FieldProblem>,
) -> Result<CellPage, Failure> {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let cell = site.run(move |app| app.curriculum_cell(&actor, view, &subject, year)).await?;
    let place = Place::new(&cell.frame, "programme/curriculum/cell");
    let form = CurriculumLinkForm { subject: cell.subject.clone(), year_group: year.to_string(), ..form };
    Ok(CellPage {
        lead: lead(&cell),
        may_write: cell.may_write,
        links: cell.links.iter().map(|link| line(link, &cell, &place)).collect(),
        lessons: cell
            .lessons
            .iter()
            .map(|(id, title, day)| (place.to(&format!("activities/{id}")), title.clone(), date::long(*day)))
            .collect(),
        add: place.to("programme/curriculum/links"),
        terms: terms(&form.term),
        form,
        shell: visitor
            .shell_at(&cell.frame, "programme/curriculum/cell")
            .at("programme")
            .titled(format!("{} in Year {year}", cell.subject))
            .under(place.to("programme"), "Programme")
            .under(place.to("programme/curriculum"), "Curriculum map")
            .with_problems(problems),
    })
}

fn lead(cell: &CurriculumCellPage) -> String {
    let links = words::count_capital(cell.links.len(), "link to careers is", "links to careers are");
    let led = cell.lead.as_ref().map_or(String::new(), |name| format!(" {name} leads the subject."));
    let lessons = match cell.cell.is_recorded {
        true => "A lesson is recorded this year.",
        false => "No lesson that learners attended is recorded this year yet.",
    };
    format!("{links} written down. {lessons}{led}")
}

fn line(link: &CurriculumLink, cell: &CurriculumCellPage, place: &Place) -> LinkLine {
    let term = link.term.map(|term| words::capital(&format!("{} term", term_name(term))));
    let teacher = link.teacher.as_ref().map(|name| format!("taught by {name}"));
    let lesson = link.activity.filter(|activity| cell.lessons.iter().any(|(id, _, _)| id == activity));
    LinkLine {
        topic: link.topic.clone(),
        about: link.about.clone(),
        facts: [term, teacher].into_iter().flatten().collect::<Vec<_>>().join(", "),
        change: place.to(&format!("programme/curriculum/links/{}", link.id)),
        record: place.to(&format!("programme/curriculum/links/{}/record", link.id)),
        field: format!("held_on-{}", link.id),
        lesson: lesson.map(|id| place.to(&format!("activities/{id}"))),
    }
}

pub(super) fn term_name(term: i16) -> &'static str {
    match term {
        1 => "autumn",
        2 => "spring",
        _ => "summer",
    }
}

pub(super) fn terms(chosen: &str) -> Vec<Choice> {
    std::iter::once(Choice::new("", "Any term", chosen.is_empty()))
        .chain((1..=3).map(|term| Choice::new(term, words::capital(term_name(term)), chosen == term.to_string())))
        .collect()
}
