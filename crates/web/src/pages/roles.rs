//! The grid: what each role may do at an institution.

use app::{Action, Actions, Frame, Grid, Role, is_open};
use askama::Template;
use axum::extract::{Path, State};

use super::view_as::ViewAs;
use crate::{
    answer::{Answer, Failure, go_saying, show},
    labels,
    parts::Flash,
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Posted, Visitor},
    words,
};

/// Role × action as a table of ticks; on a narrow screen one role at a time.
#[derive(Template)]
#[template(path = "pages/roles/roles.html")]
pub(crate) struct RolesPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) action: String,
    /// Where everything becomes usual again; none if it is.
    pub(crate) reset: Option<String>,
    /// The columns, each with where only that role is shown.
    pub(crate) roles: Vec<RoleHead>,
    /// The column that is shown alone.
    pub(crate) alone: Option<usize>,
    /// Where the whole grid is.
    pub(crate) whole: String,
    pub(crate) rows: Vec<ActionRow>,
    pub(crate) view_as: ViewAs,
}

/// One role at the head of a column.
pub(crate) struct RoleHead {
    pub(crate) word: &'static str,
    pub(crate) label: &'static str,
    pub(crate) means: &'static str,
    /// Where this role is shown alone.
    pub(crate) href: String,
}

/// One action across the roles.
pub(crate) struct ActionRow {
    pub(crate) word: &'static str,
    pub(crate) label: &'static str,
    pub(crate) cells: Vec<Cell>,
}

/// One tick.
pub(crate) struct Cell {
    pub(crate) ticked: bool,
    /// Why it cannot be changed, if it cannot.
    pub(crate) locked: Option<&'static str>,
    /// Whether the institution differs from the usual.
    pub(crate) changed: bool,
}

impl ActionRow {
    /// The tick of the role in this column.
    fn of(&self, column: &usize) -> &[Cell] {
        self.cells.get(*column..=*column).unwrap_or_default()
    }
}

/// GET the grid; `role` shows one role alone.
pub(crate) async fn get(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let (frame, grid, choices) = site
        .run(move |app| {
            let grid = app.grid(&actor, view.institution)?;
            Ok((app.frame(&actor, view)?, grid, app.group_choices(&actor, view.institution)?))
        })
        .await?;
    let alone = Role::from_word(here.query.one("role"));
    Ok(show(&page(&visitor, &frame, &grid, &choices.forms, alone)))
}

/// POST the ticks of the roles that were shown.
pub(crate) async fn change(State(site): State<Site>, here: Here, posted: Posted) -> Answer {
    let shown = posted.fields.all("shown").into_iter().filter_map(|word| Role::from_word(&word));
    let ticked = posted.fields.all("tick");
    let wanted: Vec<(Role, Actions)> = shown
        .map(|role| {
            let has = |action: &Action| ticked.iter().any(|tick| *tick == format!("{}.{}", role.word(), action.word()));
            let actions: Vec<Action> = Action::ALL.into_iter().filter(has).collect();
            (role, Actions::of(&actions))
        })
        .collect();
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    let event = site.run(move |app| app.set_grid(&actor, institution, &wanted)).await?;
    Ok(done(&site, &here, event, "The roles are saved."))
}

/// POST that every role may do what is usual again.
pub(crate) async fn reset(State(site): State<Site>, here: Here, posted: Posted) -> Answer {
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    let event = site.run(move |app| app.reset_grid(&actor, institution)).await?;
    Ok(done(&site, &here, event, "Every role may do what is usual again."))
}

/// POST that a change is taken back.
pub(crate) async fn undo(
    State(site): State<Site>,
    here: Here,
    Path((_, event)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let event: i64 = event.parse().map_err(|_| Failure::NOT_FOUND)?;
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    site.run(move |app| app.undo_grid(&actor, institution, event)).await?;
    Ok(done(&site, &here, None, "The roles are as they were before."))
}

fn done(site: &Site, here: &Here, event: Option<i64>, said: &str) -> axum::response::Response {
    let page = format!("/institutions/{}/settings/roles", here.institution);
    let flash = Flash::says(said);
    let flash = match event {
        Some(event) => flash.undone_by(format!("{page}/undo/{event}")),
        None => flash,
    };
    go_saying(site, &flash, &page)
}

fn page(visitor: &Visitor, frame: &Frame, grid: &Grid, forms: &[String], alone: Option<Role>) -> RolesPage {
    let place = Place::new(frame, "settings/roles");
    let differs = |role: Role, actions: &Actions, action: Action| actions.has(action) != role.usual().has(action);
    let changed: usize = grid
        .iter()
        .map(|(role, actions)| Action::ALL.into_iter().filter(|action| differs(*role, actions, *action)).count())
        .sum();
    RolesPage {
        shell: visitor
            .shell_at(frame, "settings/roles")
            .at("settings")
            .titled("What each role may do")
            .under(place.to("settings"), "Institution")
            .under(place.to("settings/people"), "People"),
        lead: match changed {
            0 => {
                "Every role may do what is usual. Tick what else somebody may do here, or take a tick away.".to_owned()
            }
            some => format!(
                "{} from what is usual; {} marked.",
                words::count_capital(some, "tick differs", "ticks differ"),
                if some == 1 { "it is" } else { "they are" }
            ),
        },
        action: place.to("settings/roles"),
        reset: (changed > 0).then(|| place.to("settings/roles/reset")),
        roles: grid
            .iter()
            .map(|(role, _)| RoleHead {
                word: role.word(),
                label: labels::role(*role),
                means: labels::role_means(*role),
                href: place.to(&format!("settings/roles?role={}", role.word())),
            })
            .collect(),
        alone: grid.iter().position(|(role, _)| Some(*role) == alone),
        whole: place.to("settings/roles"),
        rows: Action::ALL.into_iter().map(|action| row(grid, action)).collect(),
        view_as: ViewAs::new(&place, &visitor.csrf, forms),
    }
}

fn row(grid: &Grid, action: Action) -> ActionRow {
    let cell = |(role, actions): &(Role, Actions)| Cell {
        ticked: actions.has(action),
        locked: (!is_open(*role, action)).then(|| labels::locked(*role, action)),
        changed: actions.has(action) != role.usual().has(action),
    };
    ActionRow { word: action.word(), label: labels::action(action), cells: grid.iter().map(cell).collect() }
}
