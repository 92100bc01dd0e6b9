use std::collections::BTreeMap;

use domain::{AccountId, Date, LearnerId};
use jiff::{Timestamp, ToSpan};
use serde_json::json;
use store::audit::Entry;

use super::{EXPORTED, READ, change::Change, sentence};
use crate::{
    Action, Actor, App, Frame, ListFile, ListFormat, Result, View,
    cohort::{by_name, mentions},
    export::Table,
    frame::Scene,
};

/// Events on a page.
const PAGE: u32 = 50;
/// Reads that a learner's page shows.
const LATEST: u32 = 5;
/// Events of one file at most: the newest. A workbook could hold more, a reader could not.
const EXPORTED_AT_MOST: usize = 100_000;

/// What sort of event is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuditKind {
    /// Learners' records were looked at or taken away.
    Reads,
    /// Activities, registers and learners were changed.
    Records,
    /// Files were brought in.
    Imports,
    /// People, roles and keys.
    People,
    /// The institution's details, and what was confirmed for it.
    Settings,
    /// Personal data was handed over, kept or erased; the trail itself was taken away.
    Protection,
}

impl AuditKind {
    /// Every sort, as lists show them.
    pub const ALL: [Self; 6] =
        [Self::Reads, Self::Records, Self::Imports, Self::People, Self::Settings, Self::Protection];

    /// The word that addresses and the API use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Reads => "reads",
            Self::Records => "records",
            Self::Imports => "imports",
            Self::People => "people",
            Self::Settings => "settings",
            Self::Protection => "protection",
        }
    }

    /// The sort with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// As people say it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Reads => "Learners’ records looked at",
            Self::Records => "Activities, registers and notes",
            Self::Imports => "Imports",
            Self::People => "People, roles and keys",
            Self::Settings => "The institution’s details",
            Self::Protection => "Data protection",
        }
    }

    /// How the actions of this sort begin.
    fn actions(self) -> Vec<&'static str> {
        match self {
            Self::Reads => vec![READ, "learners.", "learner.disclosed", "guidance-notes.read"],
            Self::Records => vec![
                "activity.",
                "register.",
                "guidance-note.",
                "learner.changed",
                "placement.",
                "catch-up.",
                "reflection.",
                "feedback.",
                "provider-request",
                "slot.",
                "slots.",
                "link.",
            ],
            Self::Imports => vec!["import.", "organisations.imported"],
            Self::People => vec![
                "account.",
                "role.",
                "caseload.",
                "person.",
                "permission",
                "invitation.",
                "hand-over",
                "api-key.",
                "roles.",
                "work.",
                "viewing.",
                "access.",
                "contact.",
            ],
            Self::Settings => {
                vec![
                    "institution.",
                    "careers-leader.",
                    "careers-post.",
                    "own-words.",
                    "duty.",
                    "attested",
                    "attestation.",
                    "sign-in",
                    "second-step.",
                    "organisation",
                    "outcome",
                    "programme.",
                    "roadmap.",
                    "curriculum-",
                    "calendar-",
                    "template.",
                ]
            }
            Self::Protection => {
                vec!["learner.erased", "learner.pseudonymised", "erasure", "subject-access", "retention", "audit."]
            }
        }
    }
}

/// Which events are looked for. Every part that is given must hold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// By this person.
    pub person: Option<AccountId>,
    /// About this learner.
    pub learner: Option<LearnerId>,
    /// Of this sort.
    pub kind: Option<AuditKind>,
    /// On this day or later.
    pub from: Option<Date>,
    /// On this day or earlier.
    pub until: Option<Date>,
    /// Older than this event, for the next page.
    pub before: Option<i64>,
}

/// A page of the trail.
#[derive(Debug, Clone)]
pub struct AuditPage {
    /// Where it is.
    pub frame: Frame,
    /// The people whom the list can be narrowed to.
    pub people: Vec<(AccountId, String)>,
    /// The learner whom it is narrowed to, by name.
    pub learner: Option<(LearnerId, String)>,
    /// The events, latest first.
    pub entries: Vec<AuditEntry>,
    /// Where the next page begins, if there is one.
    pub next: Option<i64>,
}

/// One event, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// Its key.
    pub id: i64,
    /// Its number in the institution's chain.
    pub sequence: Option<i64>,
    /// When.
    pub at: Timestamp,
    /// When, as a day in England and a time of its clocks.
    pub day: Date,
    /// "14:05".
    pub time: String,
    /// Who, by name.
    pub who: String,
    /// Who, unless it was the program or its operator.
    pub account: Option<AccountId>,
    /// What was done, as a word of ours: `activity.changed`.
    pub action: String,
    /// What they did: "read Ann Other’s record".
    pub did: String,
    /// Why their reach allowed it: "as careers leader, for the whole institution".
    pub why: Option<String>,
    /// The learner whom it is about.
    pub learner: Option<LearnerId>,
    /// What changed, before and after.
    pub changes: Vec<FieldChange>,
    /// How many more parts there are than are shown.
    pub more: u64,
    /// How many parts were erased since.
    pub erased: u64,
}

/// A field before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// The learner whom it concerns, by name.
    pub learner: Option<String>,
    /// The field, as people say it.
    pub field: String,
    /// What was there.
    pub before: Option<String>,
    /// What is there since.
    pub after: Option<String>,
}

impl App {
    /// The institution's trail, latest first, a page at a time.
    ///
    /// # Errors
    /// If the actor may not see it.
    pub fn audit_trail(&self, actor: &Actor, view: View, filter: &AuditFilter) -> Result<AuditPage> {
        actor.ask_for_all(Action::SeeAudit, view.institution)?;
        let scene = self.scene(actor, view)?;
        let institution = view.institution;
        let found = self.found(filter);
        let (mut events, people) = self.store().read(institution, |tx| -> Result<_> {
            let events = store::audit::search(tx, institution, &found, filter.before, PAGE + 1)?;
            Ok((events, store::audit::people(tx, institution)?))
        })?;
        let next = (events.len() > PAGE as usize).then(|| {
            events.truncate(PAGE as usize);
            events.last().map(|event| event.id)
        });
        let entries = self.in_words(&scene, events)?;
        Ok(AuditPage {
            people,
            learner: filter.learner.map(|learner| (learner, sentence::learner(&scene, learner))),
            entries,
            next: next.flatten(),
            frame: scene.frame,
        })
    }

    /// The latest reads of a learner's record, latest first; none for an actor who may not see the trail.
    ///
    /// # Errors
    /// If the learner is not within reach.
    pub fn reads_of(&self, actor: &Actor, view: View, learner: LearnerId) -> Result<Vec<AuditEntry>> {
        if !actor.can(Action::SeeAudit, view.institution) {
            return Ok(Vec::new());
        }
        let scene = self.scene(actor, view)?;
        scene.learner_index(learner)?;
        let events = self.store().read(view.institution, |tx| {
            store::audit::latest_reads(tx, view.institution, learner, &AuditKind::Reads.actions(), LATEST)
        })?;
        self.in_words(&scene, events)
    }

    /// The learners whose name or local id contains the text, those who left included: to look up who looked at them.
    ///
    /// # Errors
    /// If the actor may not see the trail, or no learner.
    pub fn audited_learners(&self, actor: &Actor, view: View, text: &str) -> Result<Vec<(LearnerId, String)>> {
        actor.ask_for_all(Action::SeeAudit, view.institution)?;
        let scene = self.scene(actor, view)?;
        // Whoever sees totals only finds nobody.
        let all = (0..scene.held.records.learners.len() as u32).map(domain::LearnerIndex);
        let mut found: Vec<_> =
            all.filter(|one| scene.sees(*one) && mentions(&scene.held.records, *one, text)).collect();
        by_name(&scene.held.records, &mut found);
        let one = |index| {
            let learner = scene.held.records.learner(index);
            let form = learner.form.as_deref().map_or(String::new(), |form| format!(", {form}"));
            (scene.held.learner_id(index), format!("{}, {}{form}", learner.surname, learner.forename))
        };
        Ok(found.into_iter().take(PAGE as usize).map(one).collect())
    }

    /// What the filter admits, as a file. That it was taken away is itself noted.
    ///
    /// # Errors
    /// If the actor may not see the trail.
    pub fn export_audit(
        &self,
        actor: &Actor,
        view: View,
        filter: &AuditFilter,
        format: ListFormat,
    ) -> Result<ListFile> {
        let institution = view.institution;
        actor.ask_for_all(Action::SeeAudit, institution)?;
        let scene = self.scene(actor, view)?;
        let found = self.found(filter);
        let (mut rows, mut before) = (Vec::new(), filter.before);
        while rows.len() < EXPORTED_AT_MOST {
            let events =
                self.store().read(institution, |tx| store::audit::search(tx, institution, &found, before, 1_000))?;
            let Some(last) = events.last() else { break };
            before = Some(last.id);
            rows.extend(self.in_words(&scene, events)?.into_iter().map(AuditEntry::into_row));
        }
        let headings = ["Number", "Day", "Time", "Who", "Did", "Why they could", "What changed", "Action"];
        let payload = json!({"rows": rows.len(), "kind": filter.kind.map(AuditKind::word)});
        let event = self.event(actor, "audit.exported", ("audit", None), payload);
        self.store().write(institution, |tx| store::audit::record(tx, institution, &event))?;
        let table = Table { headings: headings.map(str::to_owned).to_vec(), rows };
        table.write(&format!("Audit trail on {}", scene.frame.today), format)
    }

    fn found(&self, filter: &AuditFilter) -> store::audit::Filter {
        let start = |day: Date| self.context().zone().to_timestamp(day.at(0, 0, 0, 0)).ok();
        store::audit::Filter {
            account: filter.person,
            learner: filter.learner,
            actions: filter.kind.map(AuditKind::actions).unwrap_or_default(),
            from: filter.from.and_then(start),
            until: filter.until.and_then(|day| day.checked_add(1.day()).ok()).and_then(start),
        }
    }

    /// Events as people read them, with one look-up for all the names that they mention.
    fn in_words(&self, scene: &Scene<'_>, events: Vec<Entry>) -> Result<Vec<AuditEntry>> {
        let mentioned: Vec<AccountId> = events
            .iter()
            .filter(|event| event.subject_kind == "account")
            .filter_map(|event| event.subject_id.map(AccountId))
            .collect();
        let names: BTreeMap<AccountId, String> = match &mentioned[..] {
            [] => BTreeMap::new(),
            some => self
                .store()
                .read(scene.frame.institution.id, |tx| store::account::names(tx, some))?
                .into_iter()
                .collect(),
        };
        let zone = self.context().zone();
        let words = |event: Entry| {
            let at = zone.to_datetime(event.at);
            let shown = event.details.len() as u64;
            let changes = event.details.iter().flat_map(|detail| {
                let learner = detail.learner.map(|learner| sentence::learner(scene, learner));
                let sees_needs = detail
                    .learner
                    .and_then(|learner| scene.held.learner_index(learner))
                    .is_some_and(|index| scene.sees_send_of(index));
                let is_check_of_needs = event.action == "placement.checked" && is_about_needs(&event.payload);
                Change::parse(&detail.text).into_fields().map(move |(field, before, after)| {
                    // Needs are special-category data wherever they stand.
                    let is_needs = field == "needs" || (is_check_of_needs && field == "note");
                    let shown = |text: Option<String>| {
                        text.map(|text| if is_needs && !sees_needs { WITHHELD.into() } else { text })
                    };
                    FieldChange {
                        learner: learner.clone(),
                        before: shown(before),
                        after: shown(after),
                        field: sentence::field(&field),
                    }
                })
            });
            let is_export = event.action == EXPORTED;
            AuditEntry {
                changes: changes.collect(),
                did: sentence::did(scene, &names, &event),
                why: event.reach.as_deref().map(sentence::why),
                learner: (event.subject_kind == "learner").then_some(event.subject_id).flatten().map(LearnerId),
                who: match (event.name, event.account) {
                    (Some(name), _) => name,
                    (None, Some(_)) => "Somebody whose account is gone".to_owned(),
                    // Nobody's doing: the time had passed when the link was opened.
                    (None, None) if event.action == "invitation.expired" => "Waymark".to_owned(),
                    (None, None) if event.payload.contains("\"link\":") => "Somebody with a link or code".to_owned(),
                    (None, None) => "The server’s operator".to_owned(),
                },
                // Who was in a file is found by looking for the learner; the list would only be long.
                more: if is_export { 0 } else { (event.detail_count - event.erased).saturating_sub(shown) },
                erased: event.erased,
                id: event.id,
                sequence: event.sequence,
                at: event.at,
                day: at.date(),
                time: at.strftime("%H:%M").to_string(),
                account: event.account,
                action: event.action,
            }
        };
        Ok(events.into_iter().map(words).collect())
    }
}

/// What stands for needs where whoever looks may not see them.
const WITHHELD: &str = "(withheld)";

/// Whether the check that an event is about is the one of needs.
fn is_about_needs(payload: &str) -> bool {
    let payload: Option<serde_json::Value> = serde_json::from_str(payload).ok();
    payload.is_some_and(|payload| payload["check"] == domain::PlacementCheck::Needs.word())
}

impl AuditEntry {
    fn into_row(self) -> Vec<String> {
        let mut changes: Vec<_> = self
            .changes
            .iter()
            .map(|change| {
                let of = change.learner.as_ref().map_or(String::new(), |learner| format!("{learner}: "));
                let text = |text: &Option<String>| text.clone().unwrap_or_else(|| "nothing".to_owned());
                format!("{of}{} from {} to {}", change.field, text(&change.before), text(&change.after))
            })
            .collect();
        if self.more > 0 {
            changes.push(format!("and {} more", self.more));
        }
        if self.erased > 0 {
            changes.push(format!("{} erased", self.erased));
        }
        vec![
            self.sequence.map_or(String::new(), |sequence| sequence.to_string()),
            self.day.to_string(),
            self.time,
            self.who,
            self.did,
            self.why.unwrap_or_default(),
            changes.join("; "),
            self.action,
        ]
    }
}
