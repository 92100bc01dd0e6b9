use std::collections::BTreeMap;

use domain::{ActivityId, ContactNoteId, FeedbackId, InstitutionId, OrganisationId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::organisation::Organisation;

use super::{
    fill::{empty, fill},
    rename_in_activities,
};
use crate::{Action, Actor, App, Error, Result};

/// Two organisations that look like one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duplicate {
    /// The one that would stay: the older.
    pub keep: OrganisationId,
    /// Its name.
    pub keep_name: String,
    /// The one that would become part of it.
    pub other: OrganisationId,
    /// Its name.
    pub other_name: String,
    /// Why they look alike, in words.
    pub why: Vec<&'static str>,
}

/// What was merged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// The event that [`App::unmerge_organisations`] takes back.
    pub event: i64,
    /// How many activities were renamed.
    pub activities: u32,
    /// Where it went.
    pub into: String,
}

/// What a merge moved, as its event keeps it.
#[derive(Debug, Serialize, Deserialize)]
struct Moved {
    into: i64,
    activities: Vec<i64>,
    parts: Vec<i64>,
    contacts: Vec<i64>,
    notes: Vec<i64>,
    feedback: Vec<i64>,
    #[serde(default)]
    placements: Vec<i64>,
    /// Placements whose employer was named as the one that is gone.
    #[serde(default)]
    employers: Vec<i64>,
    /// What the one that stayed took over, by field.
    #[serde(default)]
    filled: Vec<String>,
}

/// Legal forms and small words say nothing about who somebody is.
const SMALL_WORDS: [&str; 12] =
    ["ltd", "limited", "plc", "llp", "the", "and", "of", "uk", "co", "company", "group", "inc"];

/// A name without what differs between two ways of writing it.
fn bare(name_key: &str) -> String {
    let plain: String = name_key.chars().map(|letter| if letter.is_alphanumeric() { letter } else { ' ' }).collect();
    let words = plain.split_whitespace().filter(|word| !SMALL_WORDS.contains(word));
    words.collect()
}

/// A website without what differs between two ways of writing it.
fn host(website: &str) -> String {
    let text = website.trim().to_lowercase();
    let text = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).unwrap_or(&text);
    let text = text.strip_prefix("www.").unwrap_or(text);
    text.split(['/', '?', '#']).next().unwrap_or_default().to_owned()
}

fn postcode(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).collect::<String>().to_uppercase()
}

/// Pairs that look like one: by name, by website, or by postcode with a name that begins alike.
pub(super) fn duplicates(all: &[Organisation]) -> Vec<Duplicate> {
    let mut pairs = BTreeMap::<(OrganisationId, OrganisationId), Vec<&'static str>>::new();
    let mut note = |a: &Organisation, b: &Organisation, why| {
        pairs.entry((a.id.min(b.id), a.id.max(b.id))).or_default().push(why);
    };
    let mut by = |key: fn(&Organisation) -> String, why| {
        let mut groups = BTreeMap::<String, Vec<&Organisation>>::new();
        for one in all {
            groups.entry(key(one)).or_default().push(one);
        }
        for group in groups.iter().filter(|(key, _)| !key.is_empty()).map(|(_, group)| group) {
            for (at, one) in group.iter().enumerate() {
                // With a crowd under one key, the first is enough to begin with.
                group[at + 1..].iter().take(5).for_each(|other| note(one, other, why));
            }
        }
    };
    by(|one| bare(&one.name_key), "the same name but for small words");
    by(|one| one.website.as_deref().map_or(String::new(), host), "the same website");
    by(
        |one| {
            let start: String = bare(&one.name_key).chars().take(4).collect();
            let code = one.postcode.as_deref().map_or(String::new(), postcode);
            if code.is_empty() { code } else { format!("{code} {start}") }
        },
        "the same postcode and the beginning of the name",
    );
    let name = |id: OrganisationId| all.iter().find(|one| one.id == id).map_or(String::new(), |one| one.name.clone());
    pairs
        .into_iter()
        .map(|((keep, other), why)| Duplicate { keep, keep_name: name(keep), other, other_name: name(other), why })
        .collect()
}

/// Those that look like this one.
pub(super) fn of_one(all: &[Organisation], id: OrganisationId) -> Vec<Duplicate> {
    duplicates(all).into_iter().filter(|pair| pair.keep == id || pair.other == id).collect()
}

impl App {
    /// Pairs of organisations that look like one.
    ///
    /// # Errors
    /// If the actor may not record here.
    pub fn organisation_duplicates(&self, actor: &Actor, view: crate::View) -> Result<(crate::Frame, Vec<Duplicate>)> {
        actor.ask(Action::Record, view.institution)?;
        let frame = self.frame(actor, view)?;
        let all = self.store().read(view.institution, |tx| store::organisation::all(tx, view.institution))?;
        Ok((frame, duplicates(&all)))
    }

    /// Makes one organisation of two: what belonged to the first belongs to `into`, and activities that named the first name
    /// that.
    ///
    /// # Errors
    /// If the actor may not record for the whole institution, or one of them is not there or is the other.
    pub fn merge_organisations(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        from: OrganisationId,
        into: OrganisationId,
    ) -> Result<Merged> {
        actor.ask_for_all(Action::Record, institution)?;
        if from == into {
            return Err(Error::problem("into", "Choose another organisation."));
        }
        self.store().write(institution, |tx| -> Result<_> {
            let mut gone = self.organisation_record(tx, institution, from)?;
            let mut kept = self.organisation_record(tx, institution, into)?;
            tx.advance(institution)?;
            let activities = rename_in_activities(tx, institution, &gone.name_key, &kept.name)?;
            let mut moved = Moved {
                into: into.0,
                activities: activities.iter().map(|id| id.0).collect(),
                parts: Vec::new(),
                contacts: Vec::new(),
                notes: Vec::new(),
                feedback: Vec::new(),
                placements: Vec::new(),
                employers: Vec::new(),
                filled: Vec::new(),
            };
            for part in store::organisation::parts(tx, institution)?.into_iter().filter(|p| p.organisation == from) {
                if store::organisation::pass_on_part(tx, institution, part.activity, from, into)? {
                    moved.parts.push(part.activity.0);
                }
            }
            for mut contact in
                store::contact::all(tx, institution)?.into_iter().filter(|c| c.organisation == Some(from))
            {
                contact.organisation = Some(into);
                store::contact::put(tx, institution, &contact)?;
                moved.contacts.push(contact.id.0);
            }
            for note in store::contact::notes(tx, institution, Some(from))? {
                store::contact::move_note(tx, institution, note.id, from, into)?;
                moved.notes.push(note.id.0);
            }
            for one in store::voice::feedback(tx, institution)?.into_iter().filter(|f| f.organisation == Some(from)) {
                store::voice::pass_on_feedback(tx, institution, one.id, into)?;
                moved.feedback.push(one.id.0);
            }
            for mut one in store::placement::list(tx, institution, None)? {
                let is_there = one.organisation == Some(from);
                let is_named = one.employer.as_deref().is_some_and(|name| domain::same_name(name) == gone.name_key);
                if is_there {
                    one.organisation = Some(into);
                    moved.placements.push(one.id.0);
                }
                if is_named {
                    one.employer = Some(kept.name.clone());
                    moved.employers.push(one.id.0);
                }
                if is_there || is_named {
                    store::placement::put(tx, institution, &one)?;
                }
            }
            gone.merged_into = Some(into);
            gone.changed_at = self.context().now();
            store::organisation::put(tx, institution, &gone)?;
            moved.filled = fill(&mut kept, gone.clone()).into_iter().map(str::to_owned).collect();
            kept.changed_at = self.context().now();
            kept.last_contacted_on = kept.last_contacted_on.max(gone.last_contacted_on);
            store::organisation::put(tx, institution, &kept)?;
            let payload = serde_json::to_value(&moved).map_err(Error::fault)?;
            let event = self.event(actor, "organisation.merged", ("organisation", Some(from.0)), payload);
            store::audit::record(tx, institution, &event)?;
            Ok(Merged { event: event.id, activities: activities.len() as u32, into: kept.name })
        })
    }

    /// Makes two organisations again of what was merged. What was added to the other since stays there.
    ///
    /// # Errors
    /// If the actor may not record for the whole institution, there is no such event, or they are two already.
    pub fn unmerge_organisations(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        from: OrganisationId,
        event: i64,
    ) -> Result<()> {
        actor.ask_for_all(Action::Record, institution)?;
        self.store().write(institution, |tx| -> Result<()> {
            let event = store::audit::find(tx, institution, event)?
                .filter(|event| event.action == "organisation.merged" && event.subject_id == Some(from.0))
                .ok_or(Error::NOT_FOUND)?;
            let moved: Moved = serde_json::from_str(&event.payload).map_err(Error::fault)?;
            let into = OrganisationId(moved.into);
            let mut back = store::organisation::get(tx, institution, from)?;
            if back.merged_into != Some(into) {
                return Err(Error::conflict("These are two organisations already. Nothing was changed."));
            }
            let mut whole = self.organisation_record(tx, institution, into)?;
            tx.advance(institution)?;
            for id in moved.activities.into_iter().map(ActivityId) {
                let Some(mut activity) = store::activity::find(tx, institution, id)? else { continue };
                // What was renamed since is what somebody meant.
                if activity.organisation.as_deref().is_some_and(|name| domain::same_name(name) == whole.name_key) {
                    activity.organisation = Some(back.name.clone());
                    store::activity::update(tx, institution, id, &activity)?;
                }
            }
            for id in moved.parts.into_iter().map(ActivityId) {
                store::organisation::pass_on_part(tx, institution, id, into, from)?;
            }
            let contacts = store::contact::all(tx, institution)?;
            for mut contact in contacts.into_iter().filter(|contact| moved.contacts.contains(&contact.id.0)) {
                contact.organisation = Some(from);
                store::contact::put(tx, institution, &contact)?;
            }
            for id in moved.notes.into_iter().map(ContactNoteId) {
                store::contact::move_note(tx, institution, id, into, from)?;
            }
            for id in moved.feedback.into_iter().map(FeedbackId) {
                store::voice::pass_on_feedback(tx, institution, id, from)?;
            }
            for mut one in store::placement::list(tx, institution, None)? {
                let is_there = moved.placements.contains(&one.id.0) && one.organisation == Some(into);
                let name = one.employer.as_deref().map(domain::same_name);
                let is_named = moved.employers.contains(&one.id.0) && name.as_ref() == Some(&whole.name_key);
                if is_there {
                    one.organisation = Some(from);
                }
                if is_named {
                    one.employer = Some(back.name.clone());
                }
                if is_there || is_named {
                    store::placement::put(tx, institution, &one)?;
                }
            }
            let filled: Vec<&str> = moved.filled.iter().map(String::as_str).collect();
            if empty(&mut whole, &back, &filled) {
                whole.changed_at = self.context().now();
                store::organisation::put(tx, institution, &whole)?;
            }
            back.merged_into = None;
            back.changed_at = self.context().now();
            store::organisation::put(tx, institution, &back)?;
            let event = self.event(
                actor,
                "organisation.unmerged",
                ("organisation", Some(from.0)),
                json!({"into": into.to_string()}),
            );
            Ok(store::audit::record(tx, institution, &event)?)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_alike_without_their_legal_form() {
        assert_eq!(bare("fernhill surveyors ltd"), bare("the fernhill-surveyors"));
        assert_ne!(bare("fernhill surveyors"), bare("fernhill solicitors"));
        assert_eq!(host("https://www.Fernhill.example/about"), "fernhill.example");
        assert_eq!(postcode("ne1 4xx"), "NE14XX");
    }
}
