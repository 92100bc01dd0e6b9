//! Letting go of one learner: everything, or everything but what took place, with no name to it. The data register says
//! what goes and what stays; there is no way back.

use std::collections::{BTreeMap, BTreeSet};

use domain::{AccountId, Date, InstitutionId, Learner, LearnerId};
use serde_json::json;
use store::Tx;

use crate::{
    Action, Actor, App, Error, Frame, OnErasure, Problems, Refusal, Result, Role, View, data_register,
    data_register::OfLearner, frame::Scene,
};

/// What an erasure leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErasureKind {
    /// Nothing.
    Everything,
    /// What a learner whom nobody can name any more took part in, so that past numbers stay as they were.
    Anonymise,
}

impl ErasureKind {
    /// The word that forms and the audit trail use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Everything => "everything",
            Self::Anonymise => "anonymise",
        }
    }

    /// The kind with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Everything, Self::Anonymise].into_iter().find(|kind| kind.word() == word)
    }
}

/// What an erasure would do, before anything is done.
#[derive(Debug, Clone)]
pub struct ErasurePage {
    /// Where it is.
    pub frame: Frame,
    /// Whom it is about.
    pub id: LearnerId,
    /// "Forename Surname".
    pub name: String,
    /// The state of the records that this was worked out from: an erasure of another state is refused.
    pub revision: i64,
    /// What there is about the learner: about what, and how many records.
    pub held: Vec<(String, u64)>,
    /// What stays, and why.
    pub kept: Vec<(String, String)>,
    /// Files that wait to be applied. They are given up, for they may hold the learner.
    pub waiting_files: u64,
    /// Imports whose name or list of problems mentions the learner.
    pub mentioning_imports: u64,
    /// Whether the learner has an account to sign in with, which goes too.
    pub has_account: bool,
    /// Where the learner's name stands in a text that somebody typed: it has to be mended by hand.
    pub mentions: Vec<String>,
}

impl App {
    /// What erasing a learner would do.
    ///
    /// # Errors
    /// If the actor does not answer for data protection here, or the learner is not within reach.
    pub fn erasure(&self, actor: &Actor, view: View, id: LearnerId) -> Result<ErasurePage> {
        let (scene, learner) = self.to_protect(actor, view, id)?;
        let institution = view.institution;
        self.store().read(institution, |tx| {
            let mentions = mentions(tx, &scene, &learner)?;
            let identity = Identity::of(tx, institution, id, &learner)?;
            let mut held = Vec::new();
            for table in &data_register().tables {
                let count = match table.learner {
                    OfLearner::ByKey => store::rows::count(
                        tx,
                        table.catalogued(),
                        &[("institution_id", institution.0), ("learner_id", id.0)],
                    )?,
                    OfLearner::ByChange => {
                        store::erasure::changes(tx, institution, id)?.iter().map(|(_, count)| count).sum()
                    }
                    OfLearner::ByMention if table.name == "audit_detail" => {
                        store::erasure::count_details(tx, institution, id)?
                    }
                    OfLearner::ByMention | OfLearner::No => 0,
                };
                if count > 0 {
                    held.push((table.about.clone(), count));
                }
            }
            Ok(ErasurePage {
                id,
                name: format!("{} {}", learner.forename, learner.surname),
                revision: store::institution::revision(tx, institution)?.0,
                held,
                kept: kept(),
                waiting_files: store::erasure::waiting_imports(tx, institution)?,
                mentioning_imports: identity.imports(tx, institution)?.len() as u64,
                has_account: !own_accounts(tx, institution, id)?.is_empty(),
                mentions,
                frame: scene.frame,
            })
        })
    }

    /// Erases a learner for good. `seen` is the revision that the page said: what happened since must be looked at first.
    ///
    /// # Errors
    /// If the actor does not answer for data protection here, the learner is not within reach, the reason is missing or
    /// names the learner, or the records moved on meanwhile.
    pub fn erase_learner(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        id: LearnerId,
        kind: ErasureKind,
        reason: &str,
        seen: i64,
    ) -> Result<()> {
        let (_, learner) = self.to_protect(actor, View { institution, as_of: None }, id)?;
        self.ask_fresh_or_operator(actor)?;
        self.check_erasure_reason(institution, id, &learner, reason)?;
        self.store().write(institution, |tx| {
            if store::institution::revision(tx, institution)?.0 != seen {
                return Err(Error::conflict(
                    "The records changed since you looked, so nothing was erased. Look again at what would go.",
                ));
            }
            let identity = Identity::of(tx, institution, id, &learner)?;
            let own_accounts = own_accounts(tx, institution, id)?;
            let mut gone = self.let_go(tx, institution, id, &learner, kind)?;
            let waiting = store::erasure::give_up_waiting(tx, institution, self.context().now())?;
            gone.insert("waiting files", waiting as u64);
            gone.insert("imports", identity.forget(tx, institution)?);
            for account in own_accounts {
                self.empty_account(tx, account, &[institution])?;
            }
            let payload = json!({"kind": kind.word(), "reason": reason.trim(), "gone": gone});
            let event = self.event(actor, "learner.erased", ("learner", Some(id.0)), payload);
            Ok(store::audit::record(tx, institution, &event)?)
        })
    }

    /// Passes if the reason of an erasure can be kept. It stays in the trail, so it must not name whom it is about.
    ///
    /// # Errors
    /// A problem at the field `reason`.
    pub fn check_reason(&self, actor: &Actor, view: View, id: LearnerId, reason: &str) -> Result<()> {
        let (_, learner) = self.to_protect(actor, view, id)?;
        self.check_erasure_reason(view.institution, id, &learner, reason)
    }

    fn check_erasure_reason(
        &self,
        institution: InstitutionId,
        id: LearnerId,
        learner: &Learner,
        reason: &str,
    ) -> Result<()> {
        let mut problems = Problems::default();
        let reason = problems.required("reason", reason, "why it is erased");
        let identity = self.store().read(institution, |tx| Identity::of(tx, institution, id, learner))?;
        if identity.is_in(&reason) {
            problems.add(
                "reason",
                "Say why without naming the learner: the reason stays in the audit trail when the learner is gone.",
            );
        }
        if reason.chars().count() > 500 {
            problems.add("reason", "Say it in at most 500 characters.");
        }
        problems.check()
    }

    /// The scene and the learner, if the actor answers for the protection of this learner's data.
    pub(crate) fn to_protect(&self, actor: &Actor, view: View, id: LearnerId) -> Result<(Scene<'_>, Learner)> {
        let scope = actor.scope(Action::ProtectData, view.institution)?;
        let scene = self.scene(actor, view)?;
        let index = scene.learner_index(id)?;
        if !scope.admits(&scene.candidate(index)) {
            return Err(Refusal::NotAllowed.into());
        }
        let learner = scene.held.records.learner(index).clone();
        Ok((scene, learner))
    }

    /// Removes everything that belongs to a learner by key, as the register says, children before parents. How many rows went,
    /// by table.
    pub(crate) fn let_go(
        &self,
        tx: &mut Tx<'_>,
        institution: InstitutionId,
        id: LearnerId,
        learner: &Learner,
        kind: ErasureKind,
    ) -> Result<BTreeMap<&'static str, u64>> {
        tx.advance(institution)?;
        if kind == ErasureKind::Anonymise {
            let stand_in = LearnerId(self.context().next_id());
            let nobody = nobody(stand_in, learner, self.context().today());
            store::learner::insert(tx, institution, stand_in, &nobody)?;
            store::erasure::move_participation(tx, institution, id, stand_in)?;
        }
        let mut gone = BTreeMap::new();
        for table in data_register().tables.iter().rev() {
            let count = match table.learner {
                OfLearner::ByKey => {
                    let keys = [("institution_id", institution.0), ("learner_id", id.0)];
                    store::rows::delete(tx, table.catalogued(), &keys)?
                }
                OfLearner::ByChange => store::erasure::delete_changes(tx, institution, id)?,
                OfLearner::ByMention if table.name == "audit_detail" => {
                    store::erasure::erase_details(tx, institution, id)?
                }
                OfLearner::ByMention | OfLearner::No => 0,
            };
            if count > 0 {
                gone.insert(table.name.as_str(), count as u64);
            }
        }
        Ok(gone)
    }
}

/// The tables whose rows belong to a learner by a key of theirs.
pub(crate) fn tables_of_learners() -> impl Iterator<Item = &'static str> {
    let tables = data_register().tables.iter();
    tables.filter(|table| matches!(table.learner, OfLearner::ByKey | OfLearner::ByChange)).map(|table| &*table.name)
}

/// What stays of a learner, and why.
pub(crate) fn kept() -> Vec<(String, String)> {
    let tables = data_register().tables.iter().filter(|table| matches!(table.name.as_str(), "audit"));
    tables
        .flat_map(|table| {
            table
                .groups
                .iter()
                .filter(|group| group.erasure == OnErasure::Keep)
                .filter_map(|group| Some((table.about.clone(), group.because.clone()?)))
        })
        .collect()
}

/// Accounts of this learner: those whose only role here is the learner's own, over this learner and nobody else.
fn own_accounts(tx: &mut Tx<'_>, institution: InstitutionId, id: LearnerId) -> Result<Vec<AccountId>> {
    let members = store::membership::list(tx, institution)?;
    let mut own = Vec::new();
    for member in members.iter().filter(|member| member.role == Role::Learner.word()) {
        let only = members.iter().filter(|other| other.account == member.account).count() == 1;
        // An account that is good for anything else, here or elsewhere, is somebody else's.
        tx.enter(member.account)?;
        let elsewhere = store::erasure::institutions_of(tx, member.account)?.iter().any(|other| *other != institution);
        tx.enter(institution)?;
        let looks_after = store::account::find(tx, member.account)?.is_some_and(|account| account.administrator);
        if only && !elsewhere && !looks_after && store::membership::caseload(tx, institution, member.account)? == [id] {
            own.push(member.account);
        }
    }
    Ok(own)
}

/// Somebody of whom nothing is known but when they were here. Days of joining and leaving are those of the academic year.
fn nobody(id: LearnerId, learner: &Learner, today: Date) -> Learner {
    let calendar = domain::Calendar::default();
    let joined = calendar.first_day(calendar.year_of(learner.joined));
    let left = learner.left.filter(|left| *left < today).map(|left| calendar.last_day(calendar.year_of(left)));
    Learner {
        reference: format!("anonymous {id}"),
        upn: None,
        uln: None,
        forename: "Former".to_owned(),
        surname: "learner".to_owned(),
        date_of_birth: jiff::civil::date(learner.date_of_birth.year(), 1, 1),
        sex: None,
        form: None,
        sen: None,
        fsm: None,
        looked_after: None,
        considering_he: None,
        subjects: Vec::new(),
        joined: joined.min(learner.joined),
        // Nobody whom one cannot name is on roll.
        left: Some(left.unwrap_or(today).min(today.yesterday().unwrap_or(today)).max(joined)),
        programme_starts: None,
        programme_ends: None,
    }
}

/// Where the learner's full name stands in what somebody typed about something else.
fn mentions(tx: &mut Tx<'_>, scene: &Scene<'_>, learner: &Learner) -> Result<Vec<String>> {
    let name = domain::same_name(&format!("{} {}", learner.forename, learner.surname));
    let holds = |text: &str| domain::same_name(text).contains(&name);
    let activities = scene.held.records.activities.iter();
    let mut found: Vec<_> = activities
        .filter(|activity| holds(&activity.title) || activity.organisation.as_deref().is_some_and(holds))
        .map(|activity| format!("activity {}", activity.reference))
        .collect();
    store::erasure::typed_texts(tx, scene.frame.institution.id, |what, activity, text| {
        if holds(text) {
            let of = activity
                .and_then(|id| scene.held.activity_index(id))
                .map_or(String::new(), |index| format!(" (activity {})", scene.held.records.activity(index).reference));
            found.push(format!("{what}{of}"));
        }
    })?;
    let mut seen = BTreeSet::new();
    found.retain(|one| seen.insert(one.clone()));
    Ok(found)
}

/// The words by which a learner can be recognised in a text.
pub(crate) struct Identity {
    words: BTreeSet<String>,
}

impl Identity {
    pub(crate) fn of(tx: &mut Tx<'_>, institution: InstitutionId, id: LearnerId, learner: &Learner) -> Result<Self> {
        let mut words = BTreeSet::new();
        let table = store::catalogue::table("learner_alias").ok_or_else(|| Error::fault("no table learner_alias"))?;
        let keys = [("institution_id", institution.0), ("learner_id", id.0)];
        for alias in store::rows::list(tx, table, &keys)? {
            if let Some(store::rows::Datum::Text(identifier)) = alias.get(3) {
                words.insert(domain::same_name(identifier));
            }
        }
        let names = [&learner.forename, &learner.surname, &learner.reference].into_iter();
        for word in names.chain(&learner.upn).chain(&learner.uln) {
            words.insert(domain::same_name(word));
        }
        words.remove("");
        Ok(Self { words })
    }

    /// Whether the text has one of the words in it, as a word of its own.
    pub(crate) fn is_in(&self, text: &str) -> bool {
        let text = domain::same_name(text);
        let part = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        self.words.iter().any(|word| {
            text.match_indices(word.as_str())
                .any(|(at, _)| !part(text[..at].chars().next_back()) && !part(text[at + word.len()..].chars().next()))
        })
    }

    /// The imports whose texts have one of the words in them, with the names of their files as they may stay.
    pub(crate) fn imports(
        &self,
        tx: &mut Tx<'_>,
        institution: InstitutionId,
    ) -> Result<Vec<(domain::ImportId, String)>> {
        let mut found = Vec::new();
        store::erasure::import_texts(tx, institution, |import| {
            let named = self.is_in(&import.file_name);
            if named || import.problems.as_deref().is_some_and(|problems| self.is_in(problems)) {
                let ending = import.file_name.rsplit_once('.').map_or("", |(_, ending)| ending);
                let ending = if ending.len() <= 4 && !self.is_in(ending) { ending } else { "" };
                let name = if named { format!("file.{ending}") } else { import.file_name };
                found.push((import.id, name.trim_end_matches('.').to_owned()));
            }
        })?;
        Ok(found)
    }

    /// Lets go of what names the learner in imports that are over; how many there were.
    pub(crate) fn forget(&self, tx: &mut Tx<'_>, institution: InstitutionId) -> Result<u64> {
        let imports = self.imports(tx, institution)?;
        for (import, file_name) in &imports {
            store::erasure::blank_import(tx, institution, *import, file_name)?;
        }
        Ok(imports.len() as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_as_a_word_of_its_own() {
        let identity = Identity { words: ["ann", "example-łącka", "z123"].map(str::to_owned).into() };
        assert!(identity.is_in("Ann.csv") && identity.is_in("[\"ANN\",3]") && identity.is_in("of Example-Łącka, J"));
        assert!(!identity.is_in("Annual review") && !identity.is_in("z1234") && !identity.is_in(""));
    }
}
