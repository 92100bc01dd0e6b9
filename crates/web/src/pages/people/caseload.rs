use app::{LearnerFilter, LearnerRow};
use askama::Template;
use axum::extract::{Path, State};
use domain::{AccountId, LearnerId};

use super::id_of;
use crate::{
    answer::{Answer, Failure, go_saying, show},
    pages::requirement::filter,
    parts::{Choice, Flash},
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Posted, Visitor},
    words,
};

/// Whom somebody has in their own care: found by name or form, and ticked.
#[derive(Template)]
#[template(path = "pages/people/caseload.html")]
pub(crate) struct CaseloadPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    /// Where a name is looked for, and what was.
    pub(crate) find: String,
    pub(crate) name: String,
    pub(crate) forms: Vec<Choice>,
    /// Where a form is chosen.
    pub(crate) narrow: String,
    pub(crate) action: String,
    pub(crate) theirs: Vec<TickRow>,
    pub(crate) found: Vec<TickRow>,
    /// How many there would be, if not all are shown.
    pub(crate) more: String,
    /// What the second list is.
    pub(crate) found_title: String,
}

/// One learner to tick.
pub(crate) struct TickRow {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) form: String,
}

/// GET whom somebody has in their care, and the learners of a form.
pub(crate) async fn caseload(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, account)): Path<(String, String)>,
) -> Answer {
    let filter = LearnerFilter { cohort: filter::cohort(&here.query), after: None };
    let title = match here.query.one("form") {
        "" => "Everybody else".to_owned(),
        form => format!("Others in {form}"),
    };
    Ok(show(&page(&site, &visitor, &here, id_of(&account)?, filter, title, "").await?))
}

/// POST a name to find. A name is never part of an address.
pub(crate) async fn find_caseload(
    State(site): State<Site>,
    here: Here,
    Path((_, account)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let name = posted.fields.text("name");
    let mut filter = LearnerFilter::default();
    filter.cohort.text = Some(name.clone()).filter(|name| !name.trim().is_empty());
    let title = "Others found by this name".to_owned();
    Ok(show(&page(&site, &posted.visitor, &here, id_of(&account)?, filter, title, &name).await?))
}

/// POST the ticks. Only learners who were shown are touched.
pub(crate) async fn change_caseload(
    State(site): State<Site>,
    here: Here,
    Path((_, account)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let account = id_of(&account)?;
    let ids = |name: &str| -> Result<Vec<LearnerId>, Failure> {
        posted.fields.all(name).iter().map(|id| id.parse().map_err(|_| Failure::NOT_FOUND)).collect()
    };
    let (shown, ticked) = (ids("shown")?, ids("learner")?);
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    let event = site.run(move |app| app.tick_caseload(&actor, institution, account, &shown, &ticked)).await?;
    let page = format!("/institutions/{institution}/settings/people/{account}/caseload");
    let flash = match event {
        Some(event) => Flash::says("The caseload is saved.").undone_by(format!("{page}/undo/{event}")),
        None => Flash::says("Nothing was changed."),
    };
    Ok(go_saying(&site, &flash, &page))
}

/// POST that a change is taken back.
pub(crate) async fn undo_caseload(
    State(site): State<Site>,
    here: Here,
    Path((_, account, event)): Path<(String, String, String)>,
    posted: Posted,
) -> Answer {
    let (account, event) = (id_of(&account)?, event.parse().map_err(|_| Failure::NOT_FOUND)?);
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    site.run(move |app| app.undo_caseload(&actor, institution, account, event)).await?;
    let flash = Flash::says("The caseload is as it was before.");
    Ok(go_saying(&site, &flash, &format!("/institutions/{institution}/settings/people/{account}/caseload")))
}

async fn page(
    site: &Site,
    visitor: &Visitor,
    here: &Here,
    account: AccountId,
    filter: LearnerFilter,
    found_title: String,
    name: &str,
) -> Result<CaseloadPage, Failure> {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let all = site.run(move |app| app.caseload(&actor, view, account, &filter)).await?;
    let under = format!("settings/people/{account}");
    let place = Place::new(&all.frame, &format!("{under}/caseload"));
    let row = |row: &LearnerRow| TickRow {
        id: row.id.to_string(),
        name: row.name.clone(),
        form: row.form.clone().unwrap_or_default(),
    };
    let chosen = here.query.one("form");
    let unseen = (all.matching as usize).saturating_sub(all.found.len() + all.learners.len());
    Ok(CaseloadPage {
        shell: visitor
            .shell_at(&all.frame, &format!("{under}/caseload"))
            .at("settings")
            .titled(format!("Learners in the care of {}", all.person.name))
            .under(place.to("settings"), "Institution")
            .under(place.to("settings/people"), "People")
            .under(place.to(&under), all.person.name.clone()),
        lead: match all.learners.len() {
            0 => "Nobody yet. Find learners by form or by name, tick them and save.".to_owned(),
            some => format!(
                "{} so far. Untick those who no longer are, or find others below.",
                words::count_capital(some, "learner", "learners")
            ),
        },
        find: place.to(&format!("{under}/caseload/find")),
        name: name.to_owned(),
        forms: std::iter::once(Choice::new("", "All", chosen.is_empty()))
            .chain(all.forms.iter().map(|form| Choice::new(form, form, form == chosen)))
            .collect(),
        narrow: place.to(&format!("{under}/caseload")),
        action: place.to(&format!("{under}/caseload")),
        theirs: all.learners.iter().map(row).collect(),
        found: all.found.iter().map(row).collect(),
        more: if unseen > 0 && all.found.len() >= 40 {
            "There are more. Choose a form, or find somebody by name.".to_owned()
        } else {
            String::new()
        },
        found_title,
    })
}
