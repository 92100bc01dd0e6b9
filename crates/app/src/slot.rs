//! Free places: days of an adviser, visits, offers of providers. A proposal places learners on them.

use domain::{Activity, ActivityId, Date, InstitutionId, Kind, SlotId};
use jiff::ToSpan;
use rules::sentence;
use serde_json::json;
use store::slot::Slot;

use crate::{
    Action, ActivityForm, Actor, App, Error, Frame, Problems, Result, View,
    activity_form::far_off,
    audit::{Change, changes},
    frame::Scene,
};

/// How many slots can be entered at once.
pub(crate) const MOST_AT_ONCE: u32 = 40;
/// The most places that one slot can have.
const MOST_PLACES: u32 = 2000;

/// The slots of an institution.
#[derive(Debug, Clone)]
pub struct Slots {
    /// Where it is.
    pub frame: Frame,
    /// By day.
    pub slots: Vec<SlotRow>,
}

/// One slot.
#[derive(Debug, Clone)]
pub struct SlotRow {
    /// Its id.
    pub id: SlotId,
    /// What the activity would be. Its reference is blank.
    pub activity: Activity,
    /// At what time, as `09:30`.
    pub starts_at: Option<String>,
    /// Where.
    pub place: Option<String>,
    /// For how many learners.
    pub capacity: u32,
    /// What it became, if learners were placed on it and it was not taken away since.
    pub became: Option<ActivityId>,
    /// Whether its day has passed on the as-of date.
    pub is_past: bool,
    /// The boxes, not to be ticked on the day itself, without which it will not count, in words.
    pub missing_boxes: Vec<&'static str>,
}

/// A slot as a form has it: everything as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SlotForm {
    /// What is offered. Reference, `through` and `source` are not asked for.
    pub activity: ActivityForm,
    /// At what time.
    pub starts_at: String,
    /// Where.
    pub place: String,
    /// For how many learners.
    pub capacity: String,
    /// How many such slots; blank is one.
    pub times: String,
    /// How many weeks lie between them; blank is one.
    pub every: String,
}

impl From<&Slot> for SlotForm {
    fn from(slot: &Slot) -> Self {
        Self {
            activity: ActivityForm::from(&slot_activity(slot)),
            starts_at: slot.starts_at.clone().unwrap_or_default(),
            place: slot.place.clone().unwrap_or_default(),
            capacity: slot.capacity.to_string(),
            times: String::new(),
            every: String::new(),
        }
    }
}

impl SlotForm {
    fn fields(&self) -> Vec<(&'static str, String)> {
        let own =
            [("starts_at", self.starts_at.clone()), ("place", self.place.clone()), ("capacity", self.capacity.clone())];
        self.activity.fields().into_iter().filter(|(name, _)| *name != "reference").chain(own).collect()
    }

    /// The slots that it stands for, the first on the day typed. Their ids are drawn from `next_id`.
    fn check(&self, app: &App) -> Result<Vec<Slot>> {
        let mut problems = Problems::default();
        let activity = self.activity.read(String::new(), &mut problems);
        if self.activity.kind == Kind::ProviderEncounter.word() && self.activity.provider_type.trim().is_empty() {
            problems.add("provider_type", "Choose what type of provider it is.");
        }
        if self.activity.kind == Kind::Curriculum.word() && self.activity.subject.trim().is_empty() {
            problems.add("subject", "Enter the subject that the lesson belongs to.");
        }
        let number = |text: &str, least: u32, most: u32| {
            text.trim().parse::<u32>().ok().filter(|number| (least..=most).contains(number))
        };
        let capacity = problems.take(
            "capacity",
            number(&self.capacity, 1, MOST_PLACES)
                .ok_or_else(|| "Enter how many learners there is a place for, such as 6.".to_owned()),
        );
        let or_one = |text: &str| if text.trim().is_empty() { "1".to_owned() } else { text.to_owned() };
        let times = problems.take(
            "times",
            number(&or_one(&self.times), 1, MOST_AT_ONCE)
                .ok_or_else(|| format!("Enter how many there are, from 1 to {MOST_AT_ONCE}.")),
        );
        let every = problems.take(
            "every",
            number(&or_one(&self.every), 1, 52).ok_or_else(|| "Enter a number of weeks, such as 1 or 2.".to_owned()),
        );
        let starts_at = match self.starts_at.trim() {
            "" => None,
            text => {
                problems.take("starts_at", time(text).ok_or_else(|| "Enter a time such as 9:30 or 13:15.".to_owned()))
            }
        };
        problems.check()?;
        let (Some(activity), Some(capacity), Some(times), Some(every)) = (activity, capacity, times, every) else {
            return Err(Error::problem("date", "Enter a day."));
        };
        let text = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let slots = (0..times).map(|at| Slot {
            id: SlotId(app.context().next_id()),
            title: activity.title.clone(),
            kind: activity.kind,
            provider_type: activity.provider_type,
            organisation: activity.organisation.clone(),
            mode: activity.mode,
            subject: activity.subject.clone(),
            held_on: activity.date.saturating_add((i64::from(at * every) * 7).days()),
            starts_at: starts_at.clone(),
            place: text(&self.place),
            hours: activity.hours,
            capacity,
            year_groups: activity.year_groups,
            checks: activity.checks,
            activity: None,
            is_removed: false,
            changed_at: app.context().now(),
        });
        Ok(slots.collect())
    }
}

/// A slot as pages show it.
pub(crate) fn row(scene: &Scene<'_>, slot: Slot) -> SlotRow {
    let activity = slot_activity(&slot);
    let open = rules::before_the_day(activity.missing_checks());
    SlotRow {
        id: slot.id,
        starts_at: slot.starts_at,
        place: slot.place,
        capacity: slot.capacity,
        became: slot.activity.filter(|id| scene.held.activity_index(*id).is_some()),
        is_past: activity.date <= scene.frame.as_of,
        missing_boxes: open.iter().map(sentence::check_label).collect(),
        activity,
    }
}

/// A time of day as `09:30`; `None` if it is none.
fn time(text: &str) -> Option<String> {
    let (hour, minute) = text.split_once([':', '.']).unwrap_or((text, "0"));
    let (hour, minute): (u8, u8) = (hour.trim().parse().ok()?, minute.trim().parse().ok()?);
    (hour < 24 && minute < 60).then(|| format!("{hour:02}:{minute:02}"))
}

/// What a slot would be as an activity.
pub(crate) fn slot_activity(slot: &Slot) -> Activity {
    Activity {
        reference: String::new(),
        title: slot.title.clone(),
        date: slot.held_on,
        kind: slot.kind,
        provider_type: slot.provider_type,
        organisation: slot.organisation.clone(),
        mode: slot.mode,
        subject: slot.subject.clone(),
        hours: slot.hours,
        year_groups: slot.year_groups,
        checks: slot.checks,
        through: None,
        source: None,
        state: domain::ActivityState::Planned,
    }
}

impl App {
    /// The free places of the institution.
    ///
    /// # Errors
    /// If the institution is not within the actor's reach, or the actor may not record there.
    pub fn slots(&self, actor: &Actor, view: View) -> Result<Slots> {
        actor.ask(Action::Record, view.institution)?;
        let scene = self.scene(actor, view)?;
        let slots = self.store().read(view.institution, |tx| store::slot::list(tx, view.institution))?;
        let slots = slots.into_iter().map(|slot| row(&scene, slot)).collect();
        Ok(Slots { slots, frame: scene.frame })
    }

    /// That a slot is not far off: a mistyped year.
    fn ask_day(&self, institution: InstitutionId, slot: Option<&Slot>) -> Result<()> {
        let (record, _) = self.store().read(institution, |tx| store::institution::get(tx, institution))?;
        let mut problems = Problems::default();
        far_off(&record, slot.map(|slot| slot.held_on), self.context().today(), &mut problems);
        problems.check()
    }

    /// One slot as a form.
    ///
    /// # Errors
    /// As [`App::slots`]; if there is no such slot.
    pub fn slot(&self, actor: &Actor, view: View, id: SlotId) -> Result<(Frame, SlotForm)> {
        actor.ask(Action::Record, view.institution)?;
        let frame = self.frame(actor, view)?;
        let slot = self.store().read(view.institution, |tx| store::slot::get(tx, view.institution, id))?;
        if slot.is_removed { Err(Error::NOT_FOUND) } else { Ok((frame, SlotForm::from(&slot))) }
    }

    /// Enters free places: one slot, or the same on several days. Returns how many, and the event that
    /// [`App::undo_slots`] takes back.
    ///
    /// # Errors
    /// If the actor may not record here, or the form has problems.
    pub fn add_slots(&self, actor: &Actor, institution: InstitutionId, form: &SlotForm) -> Result<(u32, i64)> {
        actor.ask(Action::Record, institution)?;
        let slots = form.check(self)?;
        self.ask_day(institution, slots.first())?;
        self.ask_day(institution, slots.last())?;
        let ids: Vec<i64> = slots.iter().map(|slot| slot.id.0).collect();
        let first = SlotForm::from(&slots[0]);
        let event = self
            .event(actor, "slots.added", ("slot", ids.first().copied()), json!({"slots": ids, "rows": ids.len()}))
            .with([self.detail(None, &changes([], first.fields()))]);
        self.store().write(institution, |tx| -> Result<()> {
            for slot in &slots {
                store::slot::insert(tx, institution, slot)?;
            }
            Ok(store::audit::record(tx, institution, &event)?)
        })?;
        Ok((slots.len() as u32, event.id))
    }

    /// Changes a slot. What it has become stays as it is.
    ///
    /// # Errors
    /// If the actor may not record here, there is no such slot, or the form has problems.
    pub fn change_slot(&self, actor: &Actor, institution: InstitutionId, id: SlotId, form: &SlotForm) -> Result<()> {
        actor.ask(Action::Record, institution)?;
        self.store().write(institution, |tx| -> Result<()> {
            let before = store::slot::get(tx, institution, id)?;
            if before.is_removed {
                return Err(Error::NOT_FOUND);
            }
            let once = SlotForm { times: String::new(), every: String::new(), ..form.clone() };
            let after = once.check(self)?.swap_remove(0);
            if after.held_on != before.held_on {
                let (record, _) = store::institution::get(tx, institution)?;
                let mut problems = Problems::default();
                far_off(&record, Some(after.held_on), self.context().today(), &mut problems);
                problems.check()?;
            }
            let after = Slot { id, activity: before.activity, ..after };
            let changed = changes(SlotForm::from(&before).fields(), SlotForm::from(&after).fields());
            let event = self
                .event(actor, "slot.changed", ("slot", Some(id.0)), json!({"fields": changed.names()}))
                .with([self.detail(None, &changed)]);
            store::slot::update(tx, institution, &after)?;
            Ok(store::audit::record(tx, institution, &event)?)
        })
    }

    /// Takes a slot away. What it has become stays. Returns the event that [`App::undo_slots`] takes back.
    ///
    /// # Errors
    /// If the actor may not record here, or there is no such slot.
    pub fn remove_slot(&self, actor: &Actor, institution: InstitutionId, id: SlotId) -> Result<i64> {
        actor.ask(Action::Record, institution)?;
        self.store().write(institution, |tx| -> Result<_> {
            let mut slot = store::slot::get(tx, institution, id)?;
            if slot.is_removed {
                return Err(Error::NOT_FOUND);
            }
            slot.is_removed = true;
            let event = self.event(actor, "slots.removed", ("slot", Some(id.0)), json!({"slots": [id.0], "rows": 1}));
            store::slot::update(tx, institution, &slot)?;
            store::audit::record(tx, institution, &event)?;
            Ok(event.id)
        })
    }

    /// Takes back that slots were entered, or taken away: those that became an activity meanwhile stay.
    ///
    /// # Errors
    /// If the actor may not record here, or there is no such event.
    pub fn undo_slots(&self, actor: &Actor, institution: InstitutionId, event: i64) -> Result<u32> {
        actor.ask(Action::Record, institution)?;
        self.store().write(institution, |tx| -> Result<_> {
            let found = store::audit::find(tx, institution, event)?.ok_or(Error::NOT_FOUND)?;
            let remove = match found.action.as_str() {
                "slots.added" => true,
                "slots.removed" => false,
                _ => return Err(Error::NOT_FOUND),
            };
            tx.wait_turn(institution)?;
            let mut back = Vec::new();
            for id in numbers(&found.payload, "slots") {
                let mut slot = store::slot::get(tx, institution, SlotId(id))?;
                if slot.changed_at > found.at {
                    return Err(Error::conflict(format!(
                        "“{}” on {} was changed meanwhile, so nothing was taken back. Take away on its own what is not wanted.",
                        slot.title,
                        domain::date::long(slot.held_on)
                    )));
                }
                if slot.is_removed == remove || remove && slot.activity.is_some() {
                    continue;
                }
                slot.is_removed = remove;
                store::slot::update(tx, institution, &slot)?;
                back.push(id);
            }
            let event = self
                .event(actor, "slots.undone", ("slot", found.subject_id), json!({"slots": back, "rows": back.len()}))
                .with([self.detail(None, &Change::default())]);
            store::audit::record(tx, institution, &event)?;
            Ok(back.len() as u32)
        })
    }
}

/// The numbers that an event names under this word.
pub(crate) fn numbers(payload: &str, name: &str) -> Vec<i64> {
    let payload: serde_json::Value = serde_json::from_str(payload).unwrap_or_default();
    payload[name].as_array().map_or_else(Vec::new, |list| list.iter().filter_map(serde_json::Value::as_i64).collect())
}

/// The day of the week and the date, as people write them: "Tuesday 12 January 2027".
pub fn weekday(date: Date) -> String {
    let name = match date.weekday() {
        jiff::civil::Weekday::Monday => "Monday",
        jiff::civil::Weekday::Tuesday => "Tuesday",
        jiff::civil::Weekday::Wednesday => "Wednesday",
        jiff::civil::Weekday::Thursday => "Thursday",
        jiff::civil::Weekday::Friday => "Friday",
        jiff::civil::Weekday::Saturday => "Saturday",
        jiff::civil::Weekday::Sunday => "Sunday",
    };
    format!("{name} {}", domain::date::long(date))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_people_write_them() {
        for (text, read) in [("9:30", "09:30"), ("13.15", "13:15"), ("9", "09:00")] {
            assert_eq!(time(text).as_deref(), Some(read));
        }
        for text in ["25:00", "9:75", "noon"] {
            assert_eq!(time(text), None, "{text}");
        }
    }
}
