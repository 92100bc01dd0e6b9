use app::{Action, CalendarDateForm, DateSort, FieldProblem};
use askama::Template;
use axum::extract::{Path, State};
use domain::YearGroup;

use super::{
    dates::{days, done, id_of},
    line::date_sort,
};
use crate::{
    answer::{Answer, Failure, show, show_again},
    fields::Fields,
    parts::Choice,
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Posted, Visitor},
};

/// Adds or changes a date.
#[derive(Template)]
#[template(path = "pages/calendar/date.html")]
pub(crate) struct DatePage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) action: String,
    pub(crate) form: CalendarDateForm,
    /// What it can be; none for a national one.
    pub(crate) sorts: Vec<Choice>,
    pub(crate) year_groups: Vec<Choice>,
    pub(crate) button: &'static str,
    pub(crate) back: String,
}

/// Which date a form is about.
#[derive(Debug, Clone)]
enum About {
    New,
    Own(String),
    National(String),
}

impl About {
    fn under(&self) -> String {
        match self {
            Self::New => "calendar/dates/new".to_owned(),
            Self::Own(id) => format!("calendar/dates/{id}"),
            Self::National(key) => format!("calendar/national/{key}"),
        }
    }
}

/// GET the form for a new date.
pub(crate) async fn new(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let frame = site
        .run(move |app| {
            let frame = app.frame(&actor, view)?;
            frame.ask(Action::Record)?;
            Ok(frame)
        })
        .await?;
    let form = CalendarDateForm { sort: DateSort::Own.word().to_owned(), ..CalendarDateForm::default() };
    Ok(show(&page(&visitor, &frame, &About::New, form, None, Vec::new())))
}

/// GET the form of one of the institution's own.
pub(crate) async fn edit(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, id)): Path<(String, String)>,
) -> Answer {
    let date = id_of(&id)?;
    let (actor, view) = (visitor.actor.clone(), here.view());
    let found = site.run(move |app| app.calendar_date(&actor, view, date)).await?;
    Ok(show(&page(&visitor, &found.frame, &About::Own(id), found.form, None, Vec::new())))
}

/// GET the form of a national one.
pub(crate) async fn national(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, key)): Path<(String, String)>,
) -> Answer {
    let (actor, view, wanted) = (visitor.actor.clone(), here.view(), key.clone());
    let found = site.run(move |app| app.national_date(&actor, view, &wanted)).await?;
    let says = found.national.map(|(first, last)| days(first, last));
    Ok(show(&page(&visitor, &found.frame, &About::National(key), found.form, says, Vec::new())))
}

/// POST a new date.
pub(crate) async fn add(State(site): State<Site>, here: Here, posted: Posted) -> Answer {
    let form = typed(&posted.fields);
    let (actor, institution, sent) = (posted.visitor.actor.clone(), here.institution, form.clone());
    match site.run(move |app| app.add_calendar_date(&actor, institution, &sent)).await {
        Ok(event) => done(&site, &here, "The date is in the calendar.", event),
        Err(failure) => again(&site, &posted.visitor, &here, About::New, form, failure).await,
    }
}

/// POST the changes to one of the institution's own.
pub(crate) async fn change(
    State(site): State<Site>,
    here: Here,
    Path((_, id)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let date = id_of(&id)?;
    let form = typed(&posted.fields);
    let (actor, institution, sent) = (posted.visitor.actor.clone(), here.institution, form.clone());
    match site.run(move |app| app.change_calendar_date(&actor, institution, date, &sent)).await {
        Ok(event) => done(&site, &here, "The date is changed.", event),
        Err(failure) => again(&site, &posted.visitor, &here, About::Own(id), form, failure).await,
    }
}

/// POST what is to stand in place of a national one.
pub(crate) async fn amend(
    State(site): State<Site>,
    here: Here,
    Path((_, key)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let form = typed(&posted.fields);
    let (actor, institution, sent, wanted) =
        (posted.visitor.actor.clone(), here.institution, form.clone(), key.clone());
    match site.run(move |app| app.amend_national_date(&actor, institution, &wanted, &sent)).await {
        Ok(event) => done(&site, &here, "The date is changed in your calendar.", event),
        Err(failure) => again(&site, &posted.visitor, &here, About::National(key), form, failure).await,
    }
}

fn typed(fields: &Fields) -> CalendarDateForm {
    CalendarDateForm {
        title: fields.text("title"),
        starts_on: fields.text("starts_on"),
        ends_on: fields.text("ends_on"),
        time: fields.text("time"),
        sort: fields.text("sort"),
        year_groups: fields.all("year_groups"),
        about: fields.text("about"),
    }
}

/// The form once more, with what is wrong at each field and everything that was typed.
async fn again(
    site: &Site,
    visitor: &Visitor,
    here: &Here,
    about: About,
    form: CalendarDateForm,
    failure: Failure,
) -> Answer {
    let Failure::Problems(problems) = failure else { return Err(failure) };
    let (actor, view) = (visitor.actor.clone(), here.view());
    let frame = site.run(move |app| app.frame(&actor, view)).await?;
    Ok(show_again(&page(visitor, &frame, &about, form, None, problems)))
}

fn page(
    visitor: &Visitor,
    frame: &app::Frame,
    about: &About,
    form: CalendarDateForm,
    says: Option<String>,
    problems: Vec<FieldProblem>,
) -> DatePage {
    let under = about.under();
    let place = Place::new(frame, &under);
    let (first, last) = frame.institution.years.unwrap_or((YearGroup::LOWEST, YearGroup::HIGHEST));
    let years = (first.number()..=last.number()).map(|year| {
        let ticked = form.year_groups.iter().any(|text| *text == year.to_string());
        Choice::new(year, format!("Year {year}"), ticked)
    });
    let sorts = DateSort::ALL.iter().map(|sort| Choice::new(sort.word(), date_sort(*sort), form.sort == sort.word()));
    let (title, lead, button, sorts) = match about {
        About::New => ("Add a date", String::new(), "Add the date", sorts.collect()),
        About::Own(_) => ("Change a date", String::new(), "Save the date", sorts.collect()),
        About::National(_) => {
            let lead = says.map_or(String::new(), |says| {
                format!("The national calendar says {says}. What you enter here is shown in its place, at your institution only.")
            });
            ("Change a national date", lead, "Save the date", Vec::new())
        }
    };
    DatePage {
        shell: visitor
            .shell_at(frame, &under)
            .at("calendar")
            .titled(title)
            .under(place.to("calendar"), "Calendar")
            .under(place.to("calendar/dates"), "Dates")
            .with_problems(problems),
        lead,
        action: match about {
            About::New => place.to("calendar/dates"),
            _ => place.to(&under),
        },
        sorts,
        year_groups: years.collect(),
        form,
        button,
        back: place.to("calendar/dates"),
    }
}
