//! Everything that is held about one learner, for them and their family: what, where it came from, who has looked at it,
//! how long it is kept. As a document that a parent can read, and as JSON.

use std::collections::BTreeMap;

use domain::{
    AcademicYear, AccountId, Activity, ActivityIndex, Date, InstitutionId, Learner, LearnerId, ParticipationStatus,
    Sen, YearGroup,
};
use jiff::Timestamp;
use serde_json::json;
use store::{Tx, audit::Filter, rows::Datum};

use crate::{
    Action, Actor, App, Error, Frame, ListFile, Problems, Result, Role, View, erasure,
    institution::CAREERS_LEADER,
    retention_period::{Fate, Periods},
};

/// What becomes of private notes of advisers in what is handed over. Somebody decides it each time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PrivateNotes {
    /// They are in it.
    Include,
    /// They are not, for this reason, which stands in the document.
    Withhold(String),
}

/// As what it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SubjectAccessFormat {
    /// A document for people.
    Pdf,
    /// For programs, `docs/formats/subject-access.md`.
    Json,
}

/// What the page before it shows.
#[derive(Debug, Clone)]
pub struct SubjectAccessPage {
    /// Where it is.
    pub frame: Frame,
    /// Whom it is about.
    pub id: LearnerId,
    /// "Forename Surname".
    pub name: String,
    /// How many notes of guidance meetings have a private part.
    pub private_notes: u64,
    /// Whether the actor may read them, and so hand them over.
    pub may_include: bool,
    /// How often it was handed over before, and when last.
    pub before: Vec<(Timestamp, String)>,
}

/// Everything about one learner.
pub(crate) struct Subject {
    pub(crate) made_on: Date,
    pub(crate) institution: InstitutionId,
    pub(crate) institution_name: String,
    pub(crate) contact: Option<store::institution::Contact>,
    pub(crate) id: LearnerId,
    pub(crate) learner: Learner,
    pub(crate) aliases: Vec<(String, String)>,
    pub(crate) year_groups: Vec<(AcademicYear, YearGroup)>,
    pub(crate) took_part: Vec<(Activity, ParticipationStatus)>,
    pub(crate) reviews: Vec<(Date, bool)>,
    pub(crate) adaptations: Vec<store::adaptation::Adaptation>,
    pub(crate) notes: Vec<GuidanceNote>,
    pub(crate) private: PrivateNotes,
    pub(crate) sources: Vec<(Date, String)>,
    pub(crate) carers: Vec<String>,
    pub(crate) readers: Vec<Reader>,
    pub(crate) fate: (&'static str, Fate),
    /// How long by that rule, in months.
    pub(crate) months: Option<i32>,
    pub(crate) records: BTreeMap<String, Vec<Row>>,
    /// What the institution's activities are called, by key.
    pub(crate) titles: BTreeMap<i64, String>,
}

/// A row of any table, by column.
pub(crate) type Row = BTreeMap<&'static str, Datum>;

/// A note of a guidance meeting.
pub(crate) struct GuidanceNote {
    pub(crate) held_on: Date,
    pub(crate) by: String,
    pub(crate) agreed_actions: String,
    pub(crate) private_note: Option<String>,
}

/// Somebody who looked at the record or changed it.
pub(crate) struct Reader {
    pub(crate) name: String,
    /// As what, at the time.
    pub(crate) role: String,
    pub(crate) did: &'static str,
    pub(crate) times: u32,
    pub(crate) first_on: Date,
    pub(crate) last_on: Date,
}

impl Subject {
    pub(crate) fn private_count(&self) -> usize {
        self.notes.iter().filter(|note| note.private_note.is_some()).count()
    }
}

impl App {
    /// What handing over a learner's record would come to.
    ///
    /// # Errors
    /// If the actor does not answer for data protection here, or the learner is not within reach.
    pub fn subject_access_page(&self, actor: &Actor, view: View, id: LearnerId) -> Result<SubjectAccessPage> {
        let (scene, learner) = self.to_protect(actor, view, id)?;
        let (private_notes, before) = self.store().read(view.institution, |tx| -> Result<_> {
            let notes = guidance_notes(tx, view.institution, id)?;
            let filter = Filter { learner: Some(id), actions: vec!["learner.disclosed"], ..Filter::default() };
            let mut before = Vec::new();
            for event in store::audit::search(tx, view.institution, &filter, None, EVENTS)? {
                before.push((event.at, name_of(tx, event.account)?));
            }
            Ok((notes.iter().filter(|note| note.private_note.is_some()).count() as u64, before))
        })?;
        Ok(SubjectAccessPage {
            id,
            name: format!("{} {}", learner.forename, learner.surname),
            private_notes,
            may_include: actor.can(Action::ReadNotes, view.institution),
            before,
            frame: scene.frame,
        })
    }

    /// Everything that is held about a learner, as a file to hand over. That it was made is noted.
    ///
    /// # Errors
    /// If the actor does not answer for data protection here, the learner is not within reach, private notes are withheld
    /// without a reason, or included by somebody who may not read them.
    pub fn subject_access(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        id: LearnerId,
        private: PrivateNotes,
        format: SubjectAccessFormat,
    ) -> Result<ListFile> {
        let mut problems = Problems::default();
        let private = match private {
            PrivateNotes::Include => {
                if !actor.can(Action::ReadNotes, institution) {
                    problems.add(
                        "private_notes",
                        "You may not read private notes, so you cannot hand them over. Withhold them with a reason, or ask \
                         somebody who may read them to make this file.",
                    );
                }
                PrivateNotes::Include
            }
            PrivateNotes::Withhold(reason) => {
                PrivateNotes::Withhold(problems.required("reason", &reason, "why private notes are withheld"))
            }
        };
        let subject = self.subject(actor, institution, id, private)?;
        if subject.private_count() > 0 || matches!(subject.private, PrivateNotes::Include) {
            problems.check()?;
        }
        let day = subject.made_on;
        let (ending, media_type, bytes) = match format {
            SubjectAccessFormat::Pdf => (
                "pdf",
                "application/pdf",
                documents::pdf::write(&crate::subject_access_document::document(&subject)).map_err(Error::fault)?,
            ),
            SubjectAccessFormat::Json => {
                let json = crate::subject_access_json::json(&subject);
                ("json", "application/json", serde_json::to_vec_pretty(&json).map_err(Error::fault)?)
            }
        };
        let private = match &subject.private {
            PrivateNotes::Include => json!("included"),
            PrivateNotes::Withhold(_) if subject.private_count() == 0 => json!("none"),
            PrivateNotes::Withhold(reason) => json!({"withheld": reason}),
        };
        let payload = json!({"format": ending, "private-notes": private});
        let event = self.event(actor, "learner.disclosed", ("learner", Some(id.0)), payload);
        self.store().write(institution, |tx| store::audit::record(tx, institution, &event))?;
        // Names travel with files into download folders and logs: this one names nobody.
        Ok(ListFile { name: format!("record-of-one-learner-{day}.{ending}"), media_type, bytes })
    }

    /// The same as a document, for tests of what it says.
    ///
    /// # Errors
    /// As [`App::subject_access`].
    pub fn subject_access_document(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        id: LearnerId,
        private: PrivateNotes,
    ) -> Result<documents::Document> {
        Ok(crate::subject_access_document::document(&self.subject(actor, institution, id, private)?))
    }

    fn subject(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        id: LearnerId,
        private: PrivateNotes,
    ) -> Result<Subject> {
        let (scene, learner) = self.to_protect(actor, View { institution, as_of: None }, id)?;
        let index = scene.learner_index(id)?;
        let records = &scene.held.records;
        let own = records.participations.iter().filter(|participation| participation.learner == index);
        let mut took_part: Vec<_> =
            own.map(|participation| (records.activity(participation.activity).clone(), participation.status)).collect();
        took_part.sort_by(|a, b| (a.0.date, &a.0.reference).cmp(&(b.0.date, &b.0.reference)));
        let titles = (0..records.activities.len() as u32).map(ActivityIndex);
        let titles = titles
            .map(|at| (scene.held.activity_id(at).0, records.activity(at).title.clone()))
            .collect::<BTreeMap<_, _>>();
        let today = scene.frame.today;
        let day = |at: Timestamp| self.context().zone().to_datetime(at).date();
        self.store().read(institution, |tx| {
            let periods = Periods::read(tx, institution)?;
            let reviews = store::review::list(tx, institution, id)?;
            let fate = periods.fate(&learner, !reviews.is_empty(), today);
            let (_, contacts) = store::institution::contacts(tx, institution)?;
            let mut sources = Vec::new();
            for (import, _) in store::erasure::changes(tx, institution, id)? {
                if let Some(import) = store::import::find(tx, institution, import)? {
                    sources.push((day(import.created_at), import.kind));
                }
            }
            let members = store::membership::list(tx, institution)?;
            let mut carers = Vec::new();
            for member in members.iter().filter(|member| member.reach == "caseload") {
                if member.role != Role::Learner.word()
                    && store::membership::caseload(tx, institution, member.account)?.contains(&id)
                {
                    carers.push(format!("{}, {}", name_of(tx, Some(member.account))?, in_words(&member.role)));
                }
            }
            let aliases = rows_about(tx, institution, id, "learner_alias")?;
            let text = |row: &Row, name: &str| match row.get(name) {
                Some(Datum::Text(text)) => text.clone(),
                _ => String::new(),
            };
            Ok(Subject {
                made_on: today,
                institution,
                institution_name: records.institution.name.clone(),
                contact: contacts.into_iter().find(|contact| contact.role == CAREERS_LEADER),
                id,
                aliases: aliases.iter().map(|row| (text(row, "scheme"), text(row, "identifier"))).collect(),
                year_groups: store::year_record::list(tx, institution, id)?,
                took_part,
                adaptations: store::adaptation::list(tx, institution, id)?,
                notes: guidance_notes(tx, institution, id)?,
                sources,
                carers,
                readers: readers(tx, institution, id, day)?,
                months: periods.months(fate.0),
                fate,
                records: everything(tx, institution, id)?,
                titles,
                reviews,
                learner,
                private,
            })
        })
    }
}

/// Events of one learner that are looked through: more than anybody's record has in twenty years.
const EVENTS: u32 = 20_000;

/// The rows of a table that belong to the learner by key, by column.
fn rows_about(tx: &mut Tx<'_>, institution: InstitutionId, id: LearnerId, name: &str) -> Result<Vec<Row>> {
    let table = store::catalogue::table(name).ok_or_else(|| Error::fault("no such table"))?;
    let key = if name == "import_change" { "record_id" } else { "learner_id" };
    let rows = store::rows::list(tx, table, &[("institution_id", institution.0), (key, id.0)])?;
    let named = rows.into_iter().map(|row| table.columns.iter().map(|column| column.name).zip(row).collect());
    Ok(named.collect())
}

/// Every row that the data register says belongs to the learner.
fn everything(tx: &mut Tx<'_>, institution: InstitutionId, id: LearnerId) -> Result<BTreeMap<String, Vec<Row>>> {
    let mut all = BTreeMap::new();
    for name in erasure::tables_of_learners() {
        let mut rows = rows_about(tx, institution, id, name)?;
        if name == "import_change" {
            rows.retain(|row| row.get("noun") != Some(&Datum::Text("activity".to_owned())));
        }
        all.insert(name.to_owned(), rows);
    }
    Ok(all)
}

fn guidance_notes(tx: &mut Tx<'_>, institution: InstitutionId, id: LearnerId) -> Result<Vec<GuidanceNote>> {
    let mut notes = Vec::new();
    for row in rows_about(tx, institution, id, "guidance_note")? {
        let text = |name: &str| match row.get(name) {
            Some(Datum::Text(text)) => Some(text.clone()),
            _ => None,
        };
        let held_on = match row.get("held_on") {
            Some(Datum::Date(day)) => *day,
            _ => return Err(Error::fault("a guidance note has no day")),
        };
        let by = match row.get("account_id") {
            Some(Datum::Int(account)) => name_of(tx, Some(AccountId(*account)))?,
            _ => String::new(),
        };
        notes.push(GuidanceNote {
            held_on,
            by,
            agreed_actions: text("agreed_actions").unwrap_or_default(),
            private_note: text("private_note").filter(|note| !note.trim().is_empty()),
        });
    }
    notes.sort_by_key(|note| note.held_on);
    Ok(notes)
}

fn name_of(tx: &mut Tx<'_>, account: Option<AccountId>) -> Result<String> {
    Ok(match account {
        None => Actor::operator().name().to_owned(),
        Some(account) => store::account::find(tx, account)?
            .map_or_else(|| crate::erasure_of_account::ERASED.to_owned(), |account| account.name),
    })
}

/// Who looked at the record and who changed it, each once for what they did, latest first.
fn readers(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    id: LearnerId,
    day: impl Fn(Timestamp) -> Date,
) -> Result<Vec<Reader>> {
    let mut found: BTreeMap<(Option<AccountId>, String, &'static str), Reader> = BTreeMap::new();
    let filter = Filter { learner: Some(id), ..Filter::default() };
    for event in store::audit::search(tx, institution, &filter, None, EVENTS)? {
        let did = match event.action.as_str() {
            crate::audit::READ => "opened the record",
            crate::audit::EXPORTED => "took a list with the learner in it away",
            "learner.disclosed" => "made a file like this one",
            action if action.starts_with("guidance") && action.ends_with("read") => "read a note",
            _ => "changed something in it",
        };
        // "careers-adviser: caseload" says as what, and over whom.
        let role = event.reach.as_deref().and_then(|reach| reach.split(':').next()).map_or(String::new(), in_words);
        let on = day(event.at);
        if let Some(reader) = found.get_mut(&(event.account, role.clone(), did)) {
            reader.times += 1;
            reader.first_on = reader.first_on.min(on);
            reader.last_on = reader.last_on.max(on);
            continue;
        }
        let name = name_of(tx, event.account)?;
        let reader = Reader { name, role: role.clone(), did, times: 1, first_on: on, last_on: on };
        found.insert((event.account, role, did), reader);
    }
    let mut readers: Vec<Reader> = found.into_values().collect();
    readers.sort_by(|a, b| (b.last_on, &a.name).cmp(&(a.last_on, &b.name)));
    Ok(readers)
}

/// A word of ours as people read it: "careers adviser".
pub(crate) fn in_words(word: &str) -> String {
    match word.trim() {
        "senco" => "SENCO".to_owned(),
        word => word.replace('-', " "),
    }
}

/// Special educational needs as people say them.
pub(crate) fn sen_in_words(sen: Option<Sen>) -> &'static str {
    match sen {
        None => "not known",
        Some(Sen::None) => "none recorded",
        Some(Sen::Support) => "support",
        Some(Sen::Ehcp) => "an education, health and care plan",
    }
}
