//! Everything of the programme that can be taken away in a file.

use app::{Action, Frame, ListFormat};
use askama::Template;
use axum::extract::State;
use domain::AcademicYear;

use crate::{
    answer::{Answer, Failure, show},
    pages::requirement::save,
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Visitor},
};

/// What there is to take away.
#[derive(Template)]
#[template(path = "pages/exports/exports.html")]
pub(crate) struct ExportsPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) files: Vec<ExportLine>,
    /// Where a file of activities or participation comes back.
    pub(crate) imports: Option<String>,
}

/// One list, in the shapes that it has.
pub(crate) struct ExportLine {
    pub(crate) title: &'static str,
    pub(crate) about: &'static str,
    /// Label and address of each file.
    pub(crate) files: Vec<(String, String)>,
}

/// GET what there is.
pub(crate) async fn get(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let frame = site
        .run(move |app| {
            let frame = app.frame(&actor, view)?;
            frame.ask(Action::Export)?;
            Ok(frame)
        })
        .await?;
    let place = Place::new(&frame, "exports");
    Ok(show(&ExportsPage {
        lead: "Lists as files for spreadsheets. Whoever may see the institution’s audit trail sees what you took away."
            .to_owned(),
        files: lines(&frame, &place),
        imports: frame.may.has(Action::Import).then(|| place.to("imports")),
        shell: visitor
            .shell_at(&frame, "exports")
            .at("activities")
            .titled("Export")
            .under(place.to("activities"), "Activities"),
    }))
}

fn lines(frame: &Frame, place: &Place) -> Vec<ExportLine> {
    let year = frame.year;
    let by_year = |page: &str| {
        let file = |years: &str, format: &str| place.to(&format!("exports/{page}?years={years}&format={format}"));
        let this = year.start().to_string();
        vec![
            (format!("{year} as XLSX"), file(&this, "xlsx")),
            (format!("{year} as CSV"), file(&this, "csv")),
            ("All years as XLSX".to_owned(), file("all", "xlsx")),
            ("All years as CSV".to_owned(), file("all", "csv")),
        ]
    };
    let both = |page: &str| {
        vec![
            ("XLSX".to_owned(), place.to(&format!("{page}?format=xlsx"))),
            ("CSV".to_owned(), place.to(&format!("{page}?format=csv"))),
        ]
    };
    let mut lines = vec![
        ExportLine {
            title: "Activities",
            about: "Each with its plan: state, days and times, place, staff, cost, adjustments, sessions. Can be imported again",
            files: by_year("activities"),
        },
        ExportLine {
            title: "Participation",
            about: "Who took part in what. Can be imported again",
            files: by_year("participation"),
        },
        ExportLine {
            title: "Catch-up",
            about: "Who missed what, and what makes up for it",
            files: both("catch-up/export"),
        },
        ExportLine {
            title: "Learning outcomes",
            about: "The programme’s outcomes with their frameworks and stages",
            files: both("programme/outcomes/export"),
        },
    ];
    if frame.may.has(Action::Record) {
        lines.push(ExportLine {
            title: "Organisations",
            about: "Employers, providers and others, with their contacts",
            files: both("organisations/export"),
        });
    }
    lines.push(ExportLine {
        title: "A requirement",
        about: "Who meets a requirement and who does not: each requirement’s page has the file of its list",
        files: vec![("Benchmarks".to_owned(), place.to("benchmarks"))],
    });
    lines.push(ExportLine {
        title: "Calendar",
        about: "A printed sheet, or an address that calendar programs follow",
        files: vec![
            ("The year on a sheet".to_owned(), place.to("calendar")),
            ("Addresses".to_owned(), place.to("calendar/feeds")),
        ],
    });
    lines
}

/// Which years an address asks for, and as what.
fn asked(here: &Here) -> Result<(Option<AcademicYear>, ListFormat), Failure> {
    let year = match here.query.one("years") {
        "all" | "" => None,
        text => Some(AcademicYear::starting(text.parse().map_err(|_| Failure::NOT_FOUND)?)),
    };
    let format = if here.query.one("format") == "xlsx" { ListFormat::Xlsx } else { ListFormat::Csv };
    Ok((year, format))
}

/// GET activities as a file.
pub(crate) async fn activities(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let (actor, view, (year, format)) = (visitor.actor.clone(), here.view(), asked(&here)?);
    Ok(save(site.run(move |app| app.export_planned_activities(&actor, view, year, format)).await?))
}

/// GET participation as a file.
pub(crate) async fn participation(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let (actor, view, (year, format)) = (visitor.actor.clone(), here.view(), asked(&here)?);
    Ok(save(site.run(move |app| app.export_participation(&actor, view, year, format)).await?))
}
