use app::{SlotRow, Slots};
use askama::Template;
use axum::extract::{Path, State};

use crate::{
    answer::{Answer, Failure, go_saying, show},
    labels,
    pages::gaps::Ways,
    parts::{Flash, Sign, Tag},
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Posted, Visitor},
    words,
};

/// The free places of an institution.
#[derive(Template)]
#[template(path = "pages/slots/list.html")]
pub(crate) struct SlotsPage {
    pub(crate) shell: Shell,
    pub(crate) ways: Ways,
    pub(crate) lead: String,
    pub(crate) new: String,
    /// Where the proposal is, if there is a place to propose.
    pub(crate) proposal: Option<String>,
    pub(crate) ahead: Vec<SlotLine>,
    /// Those that were used or whose day has passed, the latest first.
    pub(crate) over: Vec<SlotLine>,
}

/// One slot.
pub(crate) struct SlotLine {
    pub(crate) title: String,
    /// Where it is changed.
    pub(crate) href: String,
    pub(crate) date: String,
    pub(crate) kind: &'static str,
    pub(crate) organisation: String,
    pub(crate) years: String,
    pub(crate) places: String,
    /// What keeps it from counting, if anything does.
    pub(crate) open: String,
    pub(crate) tag: Tag,
    /// What it became.
    pub(crate) became: Option<String>,
    pub(crate) remove: String,
}

/// GET the free places.
pub(crate) async fn list(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let slots = site.run(move |app| app.slots(&actor, view)).await?;
    Ok(show(&page(&visitor, &slots)))
}

fn page(visitor: &Visitor, slots: &Slots) -> SlotsPage {
    let frame = &slots.frame;
    let place = Place::new(frame, "slots");
    let (ahead, mut over): (Vec<_>, Vec<_>) =
        slots.slots.iter().partition(|slot| slot.became.is_none() && !slot.is_past);
    over.reverse();
    let places: u32 = ahead.iter().map(|slot| slot.capacity).sum();
    SlotsPage {
        shell: visitor.shell_at(frame, "slots").at("programme").titled("Free places"),
        ways: Ways::of(frame, "slots"),
        lead: match ahead.len() {
            0 => "No free places are entered. Enter the days that an adviser has, the places that an employer gives, what a provider offers: then see whom they would help.".to_owned(),
            some => format!(
                "{} for {} still to be filled.",
                words::count_capital(some, "day with free places", "days with free places"),
                words::count(places as usize, "learner", "learners")
            ),
        },
        new: place.to("slots/new"),
        proposal: (!ahead.is_empty()).then(|| place.to("proposal")),
        ahead: ahead.iter().map(|slot| line(slot, &place)).collect(),
        over: over.iter().map(|slot| line(slot, &place)).collect(),
    }
}

fn line(slot: &SlotRow, place: &Place) -> SlotLine {
    let activity = &slot.activity;
    let years: Vec<_> = activity.year_groups.iter().map(|year| year.to_string()).collect();
    let at = slot.starts_at.as_deref().map_or(String::new(), |time| format!(", {time}"));
    let where_ = slot.place.as_deref().map_or(String::new(), |place| format!(", {place}"));
    SlotLine {
        title: activity.title.clone(),
        href: place.to(&format!("slots/{}", slot.id)),
        date: format!("{}{at}{where_}", app::weekday(activity.date)),
        kind: labels::kind(activity.kind),
        organisation: activity.organisation.clone().unwrap_or_default(),
        years: match years.len() {
            0 => "Anybody".to_owned(),
            1 => format!("Year {}", years[0]),
            _ => format!("Years {}", words::list(&years)),
        },
        places: words::figure(slot.capacity as usize),
        open: match slot.missing_boxes.is_empty() {
            true => String::new(),
            false => format!("Will not count yet without: {}.", slot.missing_boxes.join(", ")),
        },
        tag: match (slot.became, slot.is_past) {
            (Some(_), _) => Tag::new(Sign::Planned, "Planned"),
            (None, true) => Tag::new(Sign::NotApplicable, "Day has passed"),
            (None, false) if slot.missing_boxes.is_empty() => Tag::new(Sign::Met, "Free"),
            (None, false) => Tag::new(Sign::Due, "Boxes open"),
        },
        became: slot.became.map(|id| place.to(&format!("activities/{id}"))),
        remove: place.to(&format!("slots/{}/remove", slot.id)),
    }
}

/// POST: the slot goes, and the next page offers to put it back.
pub(crate) async fn remove(
    State(site): State<Site>,
    here: Here,
    Path((_, slot)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let slot = slot.parse().map_err(|_| Failure::NOT_FOUND)?;
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    let event = site.run(move |app| app.remove_slot(&actor, institution, slot)).await?;
    let list = format!("/institutions/{institution}/slots");
    let flash = Flash::says("The free places are taken off the list.").undone_by(format!("{list}/undo/{event}"));
    Ok(go_saying(&site, &flash, &list))
}

/// POST: what was entered goes again, or what was taken away is back.
pub(crate) async fn undo(
    State(site): State<Site>,
    here: Here,
    Path((_, event)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let event = event.parse().map_err(|_| Failure::NOT_FOUND)?;
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    let back = site.run(move |app| app.undo_slots(&actor, institution, event)).await?;
    let flash = Flash::says(format!(
        "{} as before.",
        words::count_capital(back as usize, "day with free places is", "days with free places are")
    ));
    Ok(go_saying(&site, &flash, &format!("/institutions/{institution}/slots")))
}
