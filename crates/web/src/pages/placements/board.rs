use app::{Action, FieldProblem, ListFormat, PlacementBoard, PlacementFile, PlacementFilter, SeasonForm};
use askama::Template;
use axum::extract::{Path, State};
use domain::{PlacementId, PlacementStage};

use super::days;
use crate::{
    answer::{Answer, Failure, go_saying, show, show_again},
    fields::Fields,
    pages::requirement::save,
    parts::{Choice, Filter, Filters, Flash},
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Posted, Visitor},
    words,
};

/// A year group's season.
#[derive(Template)]
#[template(path = "pages/placements/board.html")]
pub(crate) struct BoardPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    /// Where a placement is added, for those who may.
    pub(crate) new: Option<String>,
    pub(crate) hours: String,
    /// Files: label and address.
    pub(crate) files: Vec<(&'static str, String)>,
    pub(crate) filters: Filters,
    /// The other view: its label and address.
    pub(crate) other_view: (&'static str, String),
    pub(crate) is_table: bool,
    pub(crate) next: Vec<CardLine>,
    pub(crate) columns: Vec<ColumnLine>,
    pub(crate) move_action: Option<String>,
    pub(crate) stages: Vec<Choice>,
    pub(crate) without: Vec<WithoutLine>,
    pub(crate) season_action: Option<String>,
    pub(crate) season: SeasonForm,
    pub(crate) season_whom: String,
}

/// Placements at one stage.
pub(crate) struct ColumnLine {
    pub(crate) id: &'static str,
    pub(crate) title: &'static str,
    pub(crate) count: usize,
    pub(crate) cards: Vec<CardLine>,
}

/// A placement.
#[derive(Clone)]
pub(crate) struct CardLine {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) href: String,
    pub(crate) form: String,
    pub(crate) employer: String,
    pub(crate) days: String,
    pub(crate) stage: &'static str,
    pub(crate) open: String,
    pub(crate) next: String,
    pub(crate) by: String,
    pub(crate) is_urgent: bool,
    pub(crate) may_change: bool,
}

/// A learner without one.
pub(crate) struct WithoutLine {
    pub(crate) name: String,
    pub(crate) form: String,
    pub(crate) add: Option<String>,
}

/// So many of the most urgent are named at the top.
const MOST_NEXT: usize = 8;

fn filter(query: &Fields) -> PlacementFilter {
    PlacementFilter { year_group: query.read("year"), form: Some(query.text("form")).filter(|form| !form.is_empty()) }
}

/// GET the board.
pub(crate) async fn board(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let board = read(&site, &visitor, &here).await?;
    Ok(show(&view_of(&visitor, &here, &board, SeasonForm::default(), Vec::new())))
}

async fn read(site: &Site, visitor: &Visitor, here: &Here) -> Result<PlacementBoard, Failure> {
    let (actor, view, filter) = (visitor.actor.clone(), here.view(), filter(&here.query));
    site.run(move |app| app.placements(&actor, view, &filter)).await
}

fn address(here: &Here) -> String {
    format!("/institutions/{}/placements", here.institution)
}

/// POST that the ticked placements move.
pub(crate) async fn move_many(State(site): State<Site>, here: Here, posted: Posted) -> Answer {
    let fields = &posted.fields;
    let ids: Vec<PlacementId> = fields.all("placement").iter().filter_map(|id| id.parse().ok()).collect();
    let to: PlacementStage =
        fields.one("stage").parse().map_err(|_| Failure::problem("Choose the stage to move them to."))?;
    if ids.is_empty() {
        return Err(Failure::problem("Tick the placements to move first. Nothing was changed."));
    }
    let (actor, institution, reason) = (posted.visitor.actor.clone(), here.institution, fields.text("reason"));
    let moved = site.run(move |app| app.move_placements(&actor, institution, &ids, to, &reason)).await?;
    let mut message = format!(
        "{} now at “{}”.",
        words::count_capital(moved.moved.len(), "placement is", "placements are"),
        to.label()
    );
    if moved.left > 0 {
        let left = words::count_capital(moved.left as usize, "was left", "were left");
        message += &format!(" {left} where they stood. {}", moved.refused.join(" "));
    }
    // A message travels in a cookie, which holds so much.
    let message = if message.chars().count() > 900 {
        format!("{}…", message.chars().take(900).collect::<String>())
    } else {
        message
    };
    let mut flash = Flash { warning: moved.left > 0, ..Flash::says(message) };
    if (1..=30).contains(&moved.moved.len()) {
        let ids: Vec<_> = moved.moved.iter().map(|(id, position)| format!("{id}.{position}")).collect();
        flash = flash.undone_by(format!("{}/moved/{}/undo", address(&here), ids.join("-")));
    }
    Ok(go_saying(&site, &flash, &here.query.with(&address(&here), &[])))
}

/// POST that placements stand where they stood before.
pub(crate) async fn undo_many(
    State(site): State<Site>,
    here: Here,
    Path((_, moved)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let step = |text: &str| -> Option<(PlacementId, i64)> {
        let (id, position) = text.split_once('.')?;
        Some((id.parse().ok()?, position.parse().ok()?))
    };
    let steps: Option<Vec<_>> = moved.split('-').map(step).collect();
    let steps = steps.ok_or(Failure::NOT_FOUND)?;
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    site.run(move |app| app.undo_placement_steps(&actor, institution, &steps)).await?;
    Ok(go_saying(&site, &Flash::says("They stand where they stood before."), &here.query.with(&address(&here), &[])))
}

/// POST that everybody without a placement gets one to begin with.
pub(crate) async fn season(State(site): State<Site>, here: Here, posted: Posted) -> Answer {
    let fields = &posted.fields;
    let form = SeasonForm {
        year_group: fields.text("year_group"),
        form: fields.text("form_group"),
        starts_on: fields.text("starts_on"),
        ends_on: fields.text("ends_on"),
        hours_a_day: fields.text("hours_a_day"),
    };
    let (actor, view, sent) = (posted.visitor.actor.clone(), here.view(), form.clone());
    match site.run(move |app| app.add_placements(&actor, view, &sent)).await {
        Ok(added) => {
            let flash = Flash::says(format!(
                "{} begun. Each is at “Searching”.",
                words::count_capital(added as usize, "placement is", "placements are")
            ));
            let back = here.query.with(&address(&here), &[("year", form.year_group.as_str()), ("form", &form.form)]);
            Ok(go_saying(&site, &flash, &back))
        }
        Err(Failure::Problems(problems)) => {
            let board = read(&site, &posted.visitor, &here).await?;
            Ok(show_again(&view_of(&posted.visitor, &here, &board, form, problems)))
        }
        Err(failure) => Err(failure),
    }
}

/// GET a list as a file: `?what=contacts`, `hours` or the register; `&format=xlsx`, or `csv`.
pub(crate) async fn export(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let format = if here.query.one("format") == "xlsx" { ListFormat::Xlsx } else { ListFormat::Csv };
    let what = match here.query.one("what") {
        "contacts" => PlacementFile::Contacts,
        "hours" => PlacementFile::Hours,
        _ => PlacementFile::Register,
    };
    let (actor, view, filter) = (visitor.actor.clone(), here.view(), filter(&here.query));
    Ok(save(site.run(move |app| app.export_placements(&actor, view, &filter, (what, format))).await?))
}

fn view_of(
    visitor: &Visitor,
    here: &Here,
    board: &PlacementBoard,
    season: SeasonForm,
    problems: Vec<FieldProblem>,
) -> BoardPage {
    let frame = &board.frame;
    let place = Place::new(frame, "placements");
    let query = &here.query;
    let path = address(here);
    let may_record = frame.may.has(Action::Record);
    let year = board.year_group.to_string();
    let all: usize = board.columns.iter().map(|column| column.cards.len()).sum();
    let urgent = board.next.iter().filter(|card| card.next.as_ref().is_some_and(|next| next.is_urgent)).count();
    let is_table = query.one("view") == "table";
    let to_file = |what: &str, format: &str| {
        let form = board_form(query);
        place.to(&format!("placements/export?what={what}&format={format}&year={year}{form}"))
    };
    let other = if is_table { ("As a board", "") } else { ("As a table", "table") };
    BoardPage {
        shell: visitor
            .shell_at(frame, "placements")
            .at("placements")
            .titled(format!("Work experience in {}, Year {year}", board.year))
            .with_problems(problems),
        lead: match (all, urgent) {
            (0, _) => format!(
                "No placements yet. {} without one.",
                words::count_capital(board.without.len(), "learner is", "learners are")
            ),
            (_, 0) => format!(
                "{}. {} without one.",
                words::count_capital(all, "placement", "placements"),
                words::count_capital(board.without.len(), "learner is", "learners are")
            ),
            (_, urgent) => format!(
                "{}, {} within two weeks. {} without one.",
                words::count_capital(all, "placement", "placements"),
                words::count(urgent, "needs something", "need something"),
                words::count_capital(board.without.len(), "learner is", "learners are")
            ),
        },
        new: may_record.then(|| place.to("placements/new")),
        hours: query.with(&format!("{path}/hours"), &[("view", ""), ("year", &year)]),
        files: if frame.may.has(Action::Export) {
            vec![
                ("Register of placements as CSV", to_file("register", "csv")),
                ("for Excel", to_file("register", "xlsx")),
                ("Contacts as CSV", to_file("contacts", "csv")),
                ("for Excel", to_file("contacts", "xlsx")),
            ]
        } else {
            Vec::new()
        },
        filters: filters(here, board, &path),
        other_view: (other.0, query.with(&path, &[("view", other.1)])),
        is_table,
        next: board.next.iter().take(MOST_NEXT).map(|card| line(card, &place)).collect(),
        columns: board
            .columns
            .iter()
            .map(|column| ColumnLine {
                id: column.stage.word(),
                title: column.stage.label(),
                count: column.cards.len(),
                cards: column.cards.iter().map(|card| line(card, &place)).collect(),
            })
            .collect(),
        move_action: (may_record && all > 0).then(|| query.with(&format!("{path}/move"), &[])),
        stages: PlacementStage::ALL.iter().map(|stage| Choice::new(stage, stage.label(), false)).collect(),
        without: board
            .without
            .iter()
            .map(|one| WithoutLine {
                name: one.name.clone(),
                form: one.form.clone().unwrap_or_default(),
                add: may_record.then(|| place.to(&format!("placements/new?learner={}", one.id))),
            })
            .collect(),
        season_action: (may_record && !board.without.is_empty()).then(|| query.with(&format!("{path}/season"), &[])),
        season_whom: match query.one("form") {
            "" => format!("everybody of Year {year} who has none"),
            form => format!("everybody of {form} who has none"),
        },
        season: SeasonForm { year_group: year, form: query.text("form"), ..season },
    }
}

fn board_form(query: &Fields) -> String {
    match query.one("form") {
        "" => String::new(),
        form => format!("&form={}", crate::fields::escape(form)),
    }
}

fn line(card: &app::BoardCard, place: &Place) -> CardLine {
    let next = card.next.as_ref();
    CardLine {
        id: card.id.to_string(),
        name: card.name.clone(),
        href: place.to(&format!("placements/{}", card.id)),
        form: card.form.clone().unwrap_or_default(),
        employer: card.employer.clone().unwrap_or_default(),
        days: days(card.days),
        stage: card.stage.label(),
        open: match (card.stage, card.open_checks) {
            (PlacementStage::Agreed | PlacementStage::Checks, open) if open > 0 => {
                words::count_capital(open as usize, "check open", "checks open")
            }
            _ => String::new(),
        },
        next: next.map_or(String::new(), |next| next.what.clone()),
        by: next.and_then(|next| next.by).map_or(String::new(), |by| words::with_distance(by, place.today)),
        is_urgent: next.is_some_and(|next| next.is_urgent),
        may_change: card.may_change,
    }
}

fn filters(here: &Here, board: &PlacementBoard, path: &str) -> Filters {
    let query = &here.query;
    let years =
        board.year_groups.iter().map(|year| Choice::new(year, format!("Year {year}"), *year == board.year_group));
    let now = query.one("form");
    let forms = std::iter::once(Choice::new("", "All", now.is_empty()))
        .chain(board.forms.iter().map(|form| Choice::new(form, form, form == now)))
        .collect();
    let kept = [("as-of", query.text("as-of")), ("view", query.text("view"))];
    Filters {
        filters: vec![
            Filter { name: "year", label: "Year group", choices: years.collect() },
            Filter { name: "form", label: "Form", choices: forms },
        ],
        clear: Fields::default().with(path, &[("as-of", query.one("as-of"))]),
        kept: kept.into_iter().filter(|(_, value)| !value.is_empty()).collect(),
    }
}
