//! The careers learning journey: as a page, a picture and a poster.

use askama::Template;
use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};

use crate::{
    answer::{Answer, show},
    pages::requirement,
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Visitor},
};

/// The journey by year group and term.
#[derive(Template)]
#[template(path = "pages/journey/journey.html")]
pub(crate) struct JourneyPage {
    pub(crate) shell: Shell,
    pub(crate) svg_href: String,
    pub(crate) pdf_href: String,
    /// Drawn by `app`, which escapes what people wrote.
    pub(crate) svg: String,
    pub(crate) years: Vec<YearLine>,
    /// Where activities are planned.
    pub(crate) activities: String,
    pub(crate) is_blank: bool,
}

/// One year group.
pub(crate) struct YearLine {
    pub(crate) name: String,
    pub(crate) id: String,
    pub(crate) href: String,
    /// Term, day, what, and how far it has come.
    pub(crate) stops: Vec<(&'static str, String, String, &'static str)>,
    pub(crate) outcomes: Vec<String>,
}

/// GET the page.
pub(crate) async fn get(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let journey = site.run(move |app| app.journey(&actor, view)).await?;
    let place = Place::new(&journey.frame, "programme/journey");
    let years: Vec<_> = journey
        .years
        .iter()
        .map(|year| YearLine {
            name: format!("Year {}", year.year_group),
            id: format!("year-{}", year.year_group),
            href: place.to(&format!("programme/years/{}", year.year_group)),
            stops: ["Autumn", "Spring", "Summer"]
                .into_iter()
                .zip(&year.terms)
                .flat_map(|(term, stops)| stops.iter().map(move |stop| (term, stop)))
                .map(|(term, stop)| {
                    let state = match (stop.is_date, stop.is_over) {
                        (true, _) => "Date",
                        (false, true) => "Done",
                        (false, false) => "To come",
                    };
                    (term, stop.when.clone(), stop.title.clone(), state)
                })
                .collect(),
            outcomes: year.outcomes.clone(),
        })
        .collect();
    Ok(show(&JourneyPage {
        svg_href: place.to("programme/journey.svg"),
        pdf_href: place.to("programme/journey.pdf"),
        svg: journey.svg.clone(),
        is_blank: years.iter().all(|year| year.stops.is_empty()),
        years,
        activities: place.to("activities/new"),
        shell: visitor
            .shell_at(&journey.frame, "programme/journey")
            .at("programme")
            .titled(format!("Careers learning journey {}", journey.frame.year))
            .under(place.to("programme"), "Programme"),
    }))
}

/// GET the picture.
pub(crate) async fn svg(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let (actor, view) = (visitor.actor.clone(), here.view());
    Ok(picture(site.run(move |app| app.journey_picture(&actor, view)).await?))
}

/// GET the poster.
pub(crate) async fn pdf(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let (actor, view) = (visitor.actor.clone(), here.view());
    Ok(requirement::save(site.run(move |app| app.journey_poster(&actor, view)).await?))
}

/// A picture that the browser shows.
pub(super) fn picture(file: app::ListFile) -> Response {
    let headers = [(header::CONTENT_TYPE, file.media_type), (header::CACHE_CONTROL, "no-store")];
    (headers, file.bytes).into_response()
}
