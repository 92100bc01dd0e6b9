use app::Progression;
use askama::Template;
use axum::extract::State;

use super::year::{OutcomeLine, line};
use crate::{
    answer::{Answer, show},
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Visitor},
    words,
};

/// Threads by year groups: where each is introduced, practised and secured.
#[derive(Template)]
#[template(path = "pages/programme/progression.html")]
pub(crate) struct ProgressionPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) years: Vec<String>,
    pub(crate) threads: Vec<ThreadLine>,
    pub(crate) loose: Vec<(String, OutcomeLine)>,
    pub(crate) unserved: Vec<(String, OutcomeLine)>,
}

/// One thread.
pub(crate) struct ThreadLine {
    pub(crate) name: String,
    /// For each year group: the stages with the outcomes.
    pub(crate) cells: Vec<Vec<(&'static str, &'static str, String)>>,
    pub(crate) remarks: Vec<String>,
}

/// GET the threads.
pub(crate) async fn get(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let found = site.run(move |app| app.progression(&actor, view)).await?;
    Ok(show(&page(&visitor, &found)))
}

fn page(visitor: &Visitor, found: &Progression) -> ProgressionPage {
    let place = Place::new(&found.frame, "programme/progression");
    let open = found.threads.iter().filter(|thread| !thread.remarks.is_empty()).count();
    let lines = |rows: &[app::OutcomeRow]| {
        rows.iter().map(|row| (format!("Year {}", row.year_group), line(row, &place, false))).collect()
    };
    ProgressionPage {
        lead: match found.threads.len() {
            0 => "No outcome belongs to a thread yet. A thread is a short name that outcomes of several year groups share, so that their progression can be seen.".to_owned(),
            some => format!(
                "{} through the years; {} something to look at.",
                words::count_capital(some, "thread", "threads"),
                words::count(open, "has", "have")
            ),
        },
        years: found.year_groups.iter().map(|year| format!("Year {year}")).collect(),
        threads: found
            .threads
            .iter()
            .map(|thread| ThreadLine {
                name: thread.name.clone(),
                cells: thread
                    .cells
                    .iter()
                    .map(|cell| {
                        cell.iter().map(|row| (row.stage.word(), row.stage.label(), row.statement.clone())).collect()
                    })
                    .collect(),
                remarks: thread.remarks.clone(),
            })
            .collect(),
        loose: lines(&found.loose),
        unserved: lines(&found.unserved),
        shell: visitor
            .shell_at(&found.frame, "programme/progression")
            .at("programme")
            .titled("Progression from year to year")
            .under(place.to("programme"), "Programme"),
    }
}
