use app::{Roadmap, RoadmapRow};
use askama::Template;
use axum::extract::State;
use domain::date;

use crate::{
    answer::{Answer, show},
    pages::{journey, requirement},
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Visitor},
};

/// The key decisions by year group and term.
#[derive(Template)]
#[template(path = "pages/roadmap/roadmap.html")]
pub(crate) struct RoadmapPage {
    pub(crate) shell: Shell,
    pub(crate) svg_href: String,
    pub(crate) pdf_href: String,
    /// Drawn by `app`, which escapes what people wrote.
    pub(crate) svg: String,
    pub(crate) points: Vec<PointLine>,
    /// Those that are left out.
    pub(crate) hidden: Vec<PointLine>,
    /// Where a decision is added, for those who may.
    pub(crate) add: Option<String>,
}

/// One decision.
pub(crate) struct PointLine {
    pub(crate) title: String,
    pub(crate) year: String,
    pub(crate) when: String,
    pub(crate) about: String,
    pub(crate) does: String,
    /// Where it is changed, for those who may.
    pub(crate) change: Option<String>,
    /// Where it is shown again, if it is left out.
    pub(crate) show: String,
}

/// GET the page.
pub(crate) async fn get(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let roadmap = site.run(move |app| app.roadmap(&actor, view)).await?;
    Ok(show(&page(&visitor, &roadmap)))
}

fn page(visitor: &Visitor, roadmap: &Roadmap) -> RoadmapPage {
    let place = Place::new(&roadmap.frame, "programme/roadmap");
    let line = |point: &RoadmapRow| line(point, &place, roadmap.may_write);
    RoadmapPage {
        svg_href: place.to("programme/roadmap.svg"),
        pdf_href: place.to("programme/roadmap.pdf"),
        svg: roadmap.svg.clone(),
        points: roadmap.shown().map(line).collect(),
        hidden: roadmap.points.iter().filter(|point| point.is_hidden).map(line).collect(),
        add: roadmap.may_write.then(|| place.to("programme/roadmap/points/new")),
        shell: visitor
            .shell_at(&roadmap.frame, "programme/roadmap")
            .at("programme")
            .titled(format!("Roadmap for parents and carers {}", roadmap.frame.year))
            .under(place.to("programme"), "Programme"),
    }
}

fn line(point: &RoadmapRow, place: &Place, may_write: bool) -> PointLine {
    let under = format!("programme/roadmap/points/{}", point.key);
    let term = match point.term {
        1 => "Autumn term",
        2 => "Spring term",
        _ => "Summer term",
    };
    PointLine {
        title: point.title.clone(),
        year: format!("Year {}", point.year_group),
        when: point.held_on.map_or_else(|| term.to_owned(), date::long),
        about: point.about.clone(),
        does: point.does.clone(),
        change: may_write.then(|| place.to(&under)),
        show: place.to(&format!("{under}/show")),
    }
}

/// GET the picture.
pub(crate) async fn svg(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let (actor, view) = (visitor.actor.clone(), here.view());
    Ok(journey::picture(site.run(move |app| app.roadmap_picture(&actor, view)).await?))
}

/// GET the poster.
pub(crate) async fn pdf(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let (actor, view) = (visitor.actor.clone(), here.view());
    Ok(requirement::save(site.run(move |app| app.roadmap_poster(&actor, view)).await?))
}
