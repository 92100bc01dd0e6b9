//! Both papers with their versions; and a draft, section by section.

use ::policy::{Check, CheckStanding, ChoiceKind, Composed, ComposedClause, Paper, Vocabulary, diff::Line};
use domain::{Date, InstitutionId, PolicyId};
use jiff::ToSpan;
use serde_json::json;
use store::{
    policy::{Policy, PolicyChange, PolicyState},
    policy_passage::{self, PassageState},
};

use super::{
    change::{self, PolicyChangeRow},
    clause::{ClauseMode, ask_for_draft, modes, seen},
    edition::changed,
    evidence::PolicyEvidence,
    sign::ask_to_sign,
    source::ClauseSource,
    written::paper_of,
};
use crate::{Action, Actor, App, Error, Frame, Problems, Result, View, frame::Scene};

/// Both papers and where each stands.
#[derive(Debug, Clone)]
pub struct Policies {
    /// Where it is.
    pub frame: Frame,
    /// The careers policy, then the provider access statement.
    pub papers: Vec<PaperStanding>,
    /// Whether the reader may write.
    pub may_write: bool,
}

/// Where one paper stands.
#[derive(Debug, Clone)]
pub struct PaperStanding {
    /// Which.
    pub paper: Paper,
    /// The version that applies.
    pub published: Option<Policy>,
    /// The version that is on its way to being published.
    pub in_work: Option<Policy>,
    /// What stands against signing the draft in work, in the order of the paper.
    pub stops: Vec<OpenCheck>,
    /// How many sections of the draft in work have nothing against signing in them, and how many there are.
    pub ready: (usize, usize),
    /// Every version, the latest first.
    pub versions: Vec<PolicyRow>,
}

/// Something that stands against signing, with where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenCheck {
    /// What the check says.
    pub check: Check,
    /// Where its clause stands, if it is about one.
    pub place: Option<ClausePlace>,
}

/// Where a clause stands in its paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClausePlace {
    /// Key of its section.
    pub section: String,
    /// Heading of its section.
    pub heading: String,
    /// The how many-th of the section it is, from 1.
    pub number: usize,
}

impl PolicyPage {
    /// Where the clause with this key stands.
    pub fn place_of(&self, key: &str) -> Option<ClausePlace> {
        let mut sections = self.sections.iter();
        sections.find_map(|section| {
            let at = section.clauses.iter().position(|row| row.clause.key == key)?;
            Some(ClausePlace { section: section.key.clone(), heading: section.heading.clone(), number: at + 1 })
        })
    }
}

/// A version in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyRow {
    /// The version.
    pub policy: Policy,
    /// Title of its edition.
    pub edition: String,
}

/// A version, section by section.
#[derive(Debug, Clone)]
pub struct PolicyPage {
    /// Where it is.
    pub frame: Frame,
    /// The version.
    pub policy: Policy,
    /// Which paper.
    pub paper: Paper,
    /// Its title.
    pub title: String,
    /// Title of its edition.
    pub edition: String,
    /// A newer edition to which the draft can be moved: id and title.
    pub newer_edition: Option<(String, String)>,
    /// Its sections.
    pub sections: Vec<PolicySection>,
    /// What the check says, the gravest first.
    pub checks: Vec<Check>,
    /// Own words of clauses that this edition does not have: key and text. They are kept, and are not in the paper.
    pub without_place: Vec<(String, String)>,
    /// Who changed what, the latest first.
    pub changes: Vec<PolicyChangeRow>,
    /// The version of the same paper before it.
    pub before: Option<Policy>,
    /// The longest possible review date, if it were signed today.
    pub latest_review: Date,
    /// Stands for the text as it is shown.
    pub seen: String,
    /// How many parts of an earlier policy are placed or set aside, and how many were read in; none for those who may not place them.
    pub earlier: Option<(usize, usize)>,
    /// Whether the reader may write.
    pub may_write: bool,
    /// Whether the reader may sign, or record signatures and approvals.
    pub may_sign: bool,
    /// Whether the reader may publish, and confirm what the paper covers.
    pub may_confirm: bool,
    /// Who recorded the signature, if it was not who signed.
    pub recorded_by: Option<String>,
    /// What the check warned of when it was signed.
    pub signed_warnings: Vec<Check>,
    /// Ids of what is asked of the institution as a whole, and not for each learner.
    pub asked_of_all: Vec<String>,
    /// What is asked of the institution and this version shows, while it applies.
    pub covers: Vec<PolicyEvidence>,
}

/// A section with what is open in it.
#[derive(Debug, Clone)]
pub struct PolicySection {
    /// Its key.
    pub key: String,
    /// Its heading.
    pub heading: String,
    /// 1, or 2 for one within the one before it.
    pub level: u8,
    /// What the writer is told; never printed.
    pub advice: Option<String>,
    /// Its clauses.
    pub clauses: Vec<PolicyClauseRow>,
    /// What stands against signing in it.
    pub stops: usize,
    /// What should be looked at in it.
    pub warnings: usize,
}

/// A clause with what may be done with it.
#[derive(Debug, Clone)]
pub struct PolicyClauseRow {
    /// The clause.
    pub clause: ComposedClause,
    /// What the paper says, as HTML; empty if the clause is left out.
    pub html: String,
    /// Our wording, as HTML, where the school's own words take its place.
    pub ours: Option<String>,
    /// What it rests on.
    pub sources: Vec<ClauseSource>,
    /// What changed in our wording since the school chose, in words; none if it is as it was.
    pub changed: Option<Vec<Line>>,
    /// What the reader may do with it.
    pub modes: Vec<ClauseMode>,
    /// Stands for what is chosen.
    pub seen: String,
    /// How many parts of an earlier policy wait for a place and are suggested for it; none for those who may not place them.
    pub earlier: usize,
}

impl App {
    /// Both papers and where each stands.
    ///
    /// # Errors
    /// If the institution is not within the actor's reach.
    pub fn policies(&self, actor: &Actor, view: View) -> Result<Policies> {
        actor.ask(Action::SeeTotals, view.institution)?;
        let view = View { as_of: None, ..view };
        let scene = self.scene(actor, view)?;
        let all = self.store().read(view.institution, |tx| store::policy::list(tx, view.institution))?;
        let mut papers = Vec::new();
        for paper in Paper::ALL {
            let of_paper: Vec<_> = all.iter().filter(|policy| policy.paper == paper.word()).cloned().collect();
            let in_work = of_paper.iter().find(|policy| policy.state.is_in_work()).cloned();
            let (stops, ready) = match in_work.as_ref().filter(|policy| policy.state == PolicyState::Draft) {
                Some(policy) => {
                    let facts = self.facts(&scene)?;
                    let written = self.written_now(&scene, &facts, policy.id)?;
                    open(&written.kept.composed, self.checks_of(&scene, &written)?)
                }
                None => (Vec::new(), (0, 0)),
            };
            papers.push(PaperStanding {
                paper,
                published: of_paper.iter().find(|policy| policy.state == PolicyState::Published).cloned(),
                stops,
                ready,
                in_work,
                versions: of_paper
                    .into_iter()
                    .map(|policy| PolicyRow { edition: self.edition_of(&policy).title.clone(), policy })
                    .collect(),
            });
        }
        Ok(Policies {
            papers,
            may_write: actor.ask_for_all(Action::Record, view.institution).is_ok(),
            frame: scene.frame,
        })
    }

    /// A version, section by section.
    ///
    /// # Errors
    /// If the institution is not within the actor's reach, or has no such version.
    pub fn policy(&self, actor: &Actor, view: View, id: PolicyId) -> Result<PolicyPage> {
        actor.ask(Action::SeeTotals, view.institution)?;
        let view = View { as_of: None, ..view };
        let scene = self.scene(actor, view)?;
        let facts = self.facts(&scene)?;
        let written = self.written_now(&scene, &facts, id)?;
        let may_write = actor.ask_for_all(Action::Record, view.institution).is_ok();
        let is_draft = written.policy.state == PolicyState::Draft;
        let (changes, all, earlier, attestations) = self.store().read(view.institution, |tx| -> Result<_> {
            let changes = change::rows(tx, view.institution, &written.policy, &written.clauses)?;
            let all = store::policy::list(tx, view.institution)?;
            let earlier = match is_draft && may_write {
                true => policy_passage::list(tx, view.institution, id)?,
                false => Vec::new(),
            };
            Ok((changes, all, earlier, store::attestation::list(tx, view.institution)?))
        })?;
        let (recorded_by, signed_warnings) = self.signing_of(&written.policy, view.institution)?;
        let checks = self.checks_of(&scene, &written)?;
        let edition = self.edition_of(&written.policy);
        let newest = self.wording().current(scene.frame.today);
        let composed = &written.kept.composed;
        let open: Vec<_> = earlier.iter().filter(|passage| passage.state == PassageState::Open).collect();
        let vocabulary = Vocabulary::of(&scene.held.records.institution);
        let row = |clause: &ComposedClause| PolicyClauseRow {
            html: clause.text.as_ref().map_or_else(String::new, |text| super::html(text, scene.frame.today)),
            ours: match clause.choice {
                Some(ChoiceKind::Replaced(_) | ChoiceKind::Removed) => {
                    Some(super::html(&clause.wording, scene.frame.today))
                }
                _ => None,
            },
            sources: clause.sources.iter().map(|source| self.clause_source(source)).collect(),
            changed: changed(clause, &vocabulary),
            modes: if is_draft && may_write { modes(clause) } else { Vec::new() },
            seen: seen(written.clauses.iter().find(|stored| stored.clause == clause.key)),
            earlier: open.iter().filter(|passage| passage.clause.as_ref() == Some(&clause.key)).count(),
            clause: clause.clone(),
        };
        let sections = composed.sections.iter().map(|section| {
            let within = |check: &&Check| {
                check.clause.as_ref().is_some_and(|key| section.clauses.iter().any(|clause| clause.key == *key))
            };
            let count = |standing| checks.iter().filter(within).filter(|check| check.standing == standing).count();
            PolicySection {
                key: section.key.clone(),
                heading: section.heading.clone(),
                level: section.level,
                advice: section.advice.clone(),
                clauses: section.clauses.iter().map(row).collect(),
                stops: count(CheckStanding::Stop),
                warnings: count(CheckStanding::Warn),
            }
        });
        let without_place = written.clauses.iter().filter(|clause| composed.clause(&clause.clause).is_none());
        Ok(PolicyPage {
            sections: sections.collect(),
            without_place: without_place
                .filter_map(|clause| Some((clause.clause.clone(), clause.text.clone()?)))
                .collect(),
            newer_edition: (is_draft && newest.id != written.policy.edition)
                .then(|| (newest.id.clone(), newest.title.clone())),
            edition: edition.title.clone(),
            before: all
                .into_iter()
                .filter(|other| other.paper == written.policy.paper)
                .find(|other| other.number < written.policy.number),
            latest_review: latest_review(written.paper, scene.frame.today),
            title: composed.title.clone(),
            paper: written.paper,
            seen: written.seen()?,
            earlier: (is_draft && may_write).then(|| (earlier.len() - open.len(), earlier.len())),
            may_write,
            may_sign: ask_to_sign(actor, view.institution).is_ok(),
            may_confirm: actor.ask_for_all(Action::Confirm, view.institution).is_ok(),
            asked_of_all: asked_of_all(&scene),
            recorded_by,
            signed_warnings,
            covers: self.covers(&scene, &written, &attestations),
            checks,
            changes,
            policy: written.policy,
            frame: scene.frame,
        })
    }

    /// Begins the next version of a paper, with the newest edition of the wording and what was chosen for the version that applies.
    ///
    /// # Errors
    /// If the actor may not record for the whole institution; a conflict if a version is in work already.
    pub fn begin_policy(&self, actor: &Actor, institution: InstitutionId, paper: Paper) -> Result<PolicyId> {
        actor.ask_for_all(Action::Record, institution)?;
        let edition = self.wording().current(self.context().today()).id.clone();
        self.store().write(institution, |tx| -> Result<_> {
            tx.wait_turn(institution)?;
            let mut versions = store::policy::list(tx, institution)?;
            versions.retain(|policy| policy.paper == paper.word());
            if versions.iter().any(|policy| policy.state.is_in_work()) {
                return Err(Error::conflict(format!(
                    "There is a version of the {} in work already. Go on with that one.",
                    paper.label().to_lowercase()
                )));
            }
            let at = self.context().now();
            let policy = Policy {
                id: PolicyId(self.context().next_id()),
                paper: paper.word().to_owned(),
                edition: edition.clone(),
                number: versions.first().map_or(1, |latest| latest.number + 1),
                state: PolicyState::Draft,
                review_on: None,
                made_at: at,
                account: actor.account(),
                signature: None,
                approval: None,
                published_at: None,
                superseded_at: None,
                revision: 0,
                changed_at: at,
            };
            store::policy::put(tx, institution, &policy)?;
            if let Some(latest) = versions.first() {
                for clause in store::policy::clauses(tx, institution, latest.id)? {
                    store::policy::set_clause(tx, institution, policy.id, &clause)?;
                }
            }
            let payload = json!({"paper": policy.paper, "number": policy.number, "edition": policy.edition});
            let event = self.event(actor, "policy.begun", ("policy", Some(policy.id.0)), payload);
            store::audit::record(tx, institution, &event)?;
            Ok(policy.id)
        })
    }

    /// Sets the day by which a draft is looked over again; blank takes it away. Returns the position of the change, if there was one.
    ///
    /// # Errors
    /// If the actor may not record for the whole institution, there is no such version, or the form has problems; a conflict if it is no draft.
    pub fn set_policy_review(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        id: PolicyId,
        review_on: &str,
    ) -> Result<Option<i32>> {
        actor.ask_for_all(Action::Record, institution)?;
        let (today, at) = (self.context().today(), self.context().now());
        self.store().write(institution, |tx| -> Result<_> {
            tx.wait_turn(institution)?;
            let policy = store::policy::get(tx, institution, id)?;
            ask_for_draft(&policy)?;
            let latest = latest_review(paper_of(&policy)?, today);
            let mut problems = Problems::default();
            let day = match review_on.trim() {
                "" => None,
                text => problems.take("review_on", read_review(text, today, latest)),
            };
            problems.check()?;
            if day == policy.review_on {
                return Ok(None);
            }
            let noted = PolicyChange {
                position: 0,
                clause: change::REVIEW.to_owned(),
                before: policy.review_on.map(|day| day.to_string()),
                after: day.map(|day| day.to_string()),
                account: actor.account(),
                at,
            };
            let position = store::policy::note_change(tx, institution, id, &noted)?;
            let after = Policy { review_on: day, revision: policy.revision + 1, changed_at: at, ..policy };
            store::policy::put(tx, institution, &after)?;
            let payload = json!({"paper": after.paper, "number": after.number, "review_on": noted.after});
            let event = self.event(actor, "policy.review-set", ("policy", Some(id.0)), payload);
            store::audit::record(tx, institution, &event)?;
            Ok(Some(position))
        })
    }
}

/// What stands against signing, each with its section; and how many sections have nothing of it.
fn open(composed: &Composed, checks: Vec<Check>) -> (Vec<OpenCheck>, (usize, usize)) {
    let stops = checks.into_iter().filter(|check| check.standing == CheckStanding::Stop);
    let stops: Vec<_> = stops
        .map(|check| {
            let place = check.clause.as_ref().and_then(|key| {
                composed.sections.iter().find_map(|section| {
                    let at = section.clauses.iter().position(|clause| clause.key == *key)?;
                    Some(ClausePlace { section: section.key.clone(), heading: section.heading.clone(), number: at + 1 })
                })
            });
            OpenCheck { place, check }
        })
        .collect();
    let is_ready = |key: &str| stops.iter().all(|stop| stop.place.as_ref().is_none_or(|place| place.section != key));
    let ready = composed.sections.iter().filter(|section| is_ready(&section.key)).count();
    (stops, (ready, composed.sections.len()))
}

fn read_review(text: &str, today: Date, latest: Date) -> std::result::Result<Date, String> {
    let day = domain::date::parse(text).ok_or_else(|| "Enter a day such as 1/9/2027.".to_owned())?;
    if day <= today {
        Err("Enter a day to come.".to_owned())
    } else if day > latest {
        Err(format!(
            "Enter a day not after {}: this paper is looked over by then at the latest.",
            domain::date::long(latest)
        ))
    } else {
        Ok(day)
    }
}

/// The latest day by which a paper that is signed on this day has to be looked over.
pub(super) fn latest_review(paper: Paper, day: Date) -> Date {
    day.saturating_add(paper.longest_review().months())
}

/// Ids of what is asked of the institution as a whole: they have no list of learners to lead to.
pub(super) fn asked_of_all(scene: &Scene<'_>) -> Vec<String> {
    scene.pack.institution_requirements.iter().map(|asked| asked.id.clone()).collect()
}

pub(super) fn of(checks: &[Check], standing: CheckStanding) -> usize {
    checks.iter().filter(|check| check.standing == standing).count()
}
