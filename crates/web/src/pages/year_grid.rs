use app::HeatMap;
use askama::Template;
use axum::extract::State;

use crate::{
    answer::{Answer, show},
    parts::{Heat, HeatCell, HeatRow},
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Visitor},
    words,
};

/// Year group × requirement.
#[derive(Template)]
#[template(path = "pages/year_grid/year_grid.html")]
pub(crate) struct YearGridPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) heat: Heat,
    pub(crate) origin: String,
}

/// GET the heat map.
pub(crate) async fn get(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let map = site.run(move |app| app.heat_map(&actor, view)).await?;
    Ok(show(&page(&visitor, &map)))
}

fn page(visitor: &Visitor, map: &HeatMap) -> YearGridPage {
    let frame = &map.frame;
    let place = Place::new(frame, "year-groups");
    let rows = map.rows.iter().map(|row| HeatRow {
        title: row.title.clone(),
        href: place.to(&format!("requirements/{}", row.requirement)),
        cells: row
            .cells
            .iter()
            .zip(&map.year_groups)
            .map(|(cell, year)| {
                let cell = cell.as_ref()?;
                let counted = cell.tally.met + cell.tally.due + cell.tally.missed;
                Some(HeatCell {
                    href: place.to(&format!("requirements/{}?year={year}", row.requirement)),
                    percent: if cell.is_withheld { None } else { Some(cell.percent?) },
                    met: cell.tally.met as usize,
                    counted: counted as usize,
                })
            })
            .collect(),
    });
    YearGridPage {
        shell: visitor
            .shell_at(frame, "year-groups")
            .at("benchmarks")
            .titled("Year groups side by side")
            .under(place.to("benchmarks"), "Benchmarks"),
        lead: lead(map),
        heat: Heat { columns: map.year_groups.iter().map(|year| format!("Y{year}")).collect(), rows: rows.collect() },
        origin: format!(
            "Met out of met, due and missed, for learners on roll {}, by “{}”.",
            place.when(),
            frame.framework.title
        ),
    }
}

fn lead(map: &HeatMap) -> String {
    let cells = || map.rows.iter().flat_map(|row| row.cells.iter().flatten());
    let whole = cells().filter(|cell| cell.percent == Some(100.0)).count();
    let none = cells().filter(|cell| cell.percent == Some(0.0)).count();
    let counted = cells().filter(|cell| cell.percent.is_some()).count();
    match counted {
        0 => "There is nobody to count yet.".to_owned(),
        _ => format!(
            "Of {} of a requirement and a year group, {} in place for everybody and {} begun.",
            words::count(counted, "pair", "pairs"),
            words::count(whole, "is", "are"),
            words::count(none, "is not", "are not")
        ),
    }
}
