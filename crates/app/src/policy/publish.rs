//! The version that applies, and a version as a web page and as files.

use ::policy::{Composed, Paper};
use documents::{Block, Document};
use domain::{Date, InstitutionId, PolicyId};
use jiff::Timestamp;
use serde_json::json;
use store::policy::{Policy, PolicyApproval, PolicyState, Signature};

use super::written::{Kept, Written, paper_of};
use crate::{Action, Actor, App, Error, Frame, ListFile, Result, View, programme_document::pdf};

/// A version that was published, whole, for everybody to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedPolicy {
    /// The version.
    pub id: PolicyId,
    /// Which paper.
    pub paper: Paper,
    /// 1 for the first version of the paper.
    pub number: u32,
    /// The text.
    pub composed: Composed,
    /// When it is looked over next.
    pub review_on: Option<Date>,
    /// The senior leader's signature.
    pub signature: Option<Signature>,
    /// The governors' approval.
    pub approval: Option<PolicyApproval>,
    /// When it was published.
    pub published_at: Timestamp,
    /// The day of that, in England.
    pub published_on: Date,
}

impl PublishedPolicy {
    /// As a document, with its dates.
    pub fn document(&self) -> Document {
        let dates =
            Dates { review_on: self.review_on, signature: self.signature.as_ref(), approval: self.approval.as_ref() };
        dates.on(self.composed.document(self.published_on), self.number)
    }
}

/// Formats in which a version can be saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PolicyFormat {
    /// To be edited in Word or LibreOffice.
    Docx,
    /// To be read and printed.
    Pdf,
}

impl PolicyFormat {
    /// The format with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "docx" => Some(Self::Docx),
            "pdf" => Some(Self::Pdf),
            _ => None,
        }
    }
}

/// A version as a page to be read.
#[derive(Debug, Clone)]
pub struct PolicyText {
    /// Where it is.
    pub frame: Frame,
    /// The version.
    pub policy: Policy,
    /// Its title.
    pub title: String,
    /// The text, as HTML of the document.
    pub html: String,
}

impl App {
    /// The version of a paper that applies, for everybody to read: no actor asks. None if nothing is published.
    ///
    /// # Errors
    /// If the database fails.
    pub fn published(&self, institution: InstitutionId, paper: Paper) -> Result<Option<PublishedPolicy>> {
        self.store().read(institution, |tx| -> Result<_> {
            let all = store::policy::list(tx, institution)?;
            let found = all.into_iter().find(|one| one.paper == paper.word() && one.state == PolicyState::Published);
            let Some(policy) = found else { return Ok(None) };
            let Some(content) = store::policy::content(tx, institution, policy.id)? else { return Ok(None) };
            let published_at = policy.published_at.unwrap_or(policy.changed_at);
            Ok(Some(PublishedPolicy {
                id: policy.id,
                paper,
                number: policy.number,
                composed: Kept::read(&content.content)?.composed,
                review_on: policy.review_on,
                signature: policy.signature,
                approval: policy.approval,
                published_at,
                published_on: self.context().day_of(published_at),
            }))
        })
    }

    /// Publishes a version that is approved; the one that applied before is superseded.
    ///
    /// # Errors
    /// If the actor may not confirm for the whole institution, or there is no such version; a conflict if it is not approved.
    pub fn publish_policy(&self, actor: &Actor, institution: InstitutionId, id: PolicyId) -> Result<()> {
        actor.ask_for_all(Action::Confirm, institution)?;
        let at = self.context().now();
        self.store().write(institution, |tx| -> Result<()> {
            tx.wait_turn(institution)?;
            let policy = store::policy::get(tx, institution, id)?;
            if policy.state != PolicyState::Approved {
                return Err(Error::conflict("Only a version that is signed and approved can be published."));
            }
            let before = store::policy::list(tx, institution)?;
            let before =
                before.into_iter().filter(|one| one.paper == policy.paper && one.state == PolicyState::Published);
            for earlier in before {
                let superseded =
                    Policy { state: PolicyState::Superseded, superseded_at: Some(at), ..self.moved(earlier) };
                store::policy::put(tx, institution, &superseded)?;
            }
            let after = Policy { state: PolicyState::Published, published_at: Some(at), ..self.moved(policy) };
            store::policy::put(tx, institution, &after)?;
            let payload = json!({"paper": after.paper, "number": after.number});
            let event = self.event(actor, "policy.published", ("policy", Some(id.0)), payload);
            Ok(store::audit::record(tx, institution, &event)?)
        })
    }

    /// A version as a page to be read: as it was signed, or as it would be if it were signed today.
    ///
    /// # Errors
    /// If the institution is not within the actor's reach, or has no such version.
    pub fn policy_text(&self, actor: &Actor, view: View, id: PolicyId) -> Result<PolicyText> {
        actor.ask(Action::SeeTotals, view.institution)?;
        let scene = self.scene(actor, View { as_of: None, ..view })?;
        let facts = self.facts(&scene)?;
        let written = self.written_now(&scene, &facts, id)?;
        Ok(PolicyText {
            html: documents::html::fragment(&written.document(self.dated_on(&written.policy))),
            title: written.kept.composed.title.clone(),
            policy: written.policy,
            frame: scene.frame,
        })
    }

    /// A version as a file to be saved.
    ///
    /// # Errors
    /// As [`App::policy_text`].
    pub fn policy_file(&self, actor: &Actor, view: View, id: PolicyId, format: PolicyFormat) -> Result<ListFile> {
        actor.ask(Action::SeeTotals, view.institution)?;
        let scene = self.scene(actor, View { as_of: None, ..view })?;
        let facts = self.facts(&scene)?;
        let written = self.written_now(&scene, &facts, id)?;
        policy_file(&written.document(self.dated_on(&written.policy)), &written.policy, format)
    }

    fn dated_on(&self, policy: &Policy) -> Date {
        match (policy.published_at, &policy.signature) {
            (Some(at), _) => self.context().day_of(at),
            (None, Some(signature)) => signature.on,
            (None, None) => self.context().today(),
        }
    }
}

/// The document as a file that is named after its paper and version.
fn policy_file(document: &Document, policy: &Policy, format: PolicyFormat) -> Result<ListFile> {
    let name = match paper_of(policy)? {
        Paper::CareersPolicy => format!("careers-policy-{}", policy.number),
        Paper::ProviderAccess => format!("provider-access-statement-{}", policy.number),
    };
    match format {
        PolicyFormat::Pdf => pdf(&name, document),
        PolicyFormat::Docx => Ok(ListFile {
            name: format!("{name}.docx"),
            media_type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            bytes: documents::docx::write(document),
        }),
    }
}

impl Written {
    /// As a document, with its dates; a draft says that it is one.
    pub(super) fn document(&self, dated_on: Date) -> Document {
        let document = self.kept.composed.document(dated_on);
        let dates = Dates {
            review_on: self.policy.review_on,
            signature: self.policy.signature.as_ref(),
            approval: self.policy.approval.as_ref(),
        };
        let document = match self.policy.state {
            PolicyState::Draft => document.block(Block::note("This is a draft. Nobody has signed it yet.")),
            PolicyState::Superseded => document.block(Block::note("A later version of this paper applies now.")),
            _ => document,
        };
        dates.on(document, self.policy.number)
    }
}

/// The days that a paper tells of itself.
struct Dates<'a> {
    review_on: Option<Date>,
    signature: Option<&'a Signature>,
    approval: Option<&'a PolicyApproval>,
}

impl Dates<'_> {
    fn on(&self, document: Document, number: u32) -> Document {
        let long = domain::date::long;
        let mut terms = vec![("Version", number.to_string())];
        if let Some(signature) = self.signature {
            terms.push(("Signed", format!("{}, {}, on {}", signature.by, signature.post, long(signature.on))));
        }
        if let Some(approval) = self.approval {
            terms.push(("Approved", format!("{} on {} ({})", approval.by, long(approval.on), approval.minute)));
        }
        if let Some(review) = self.review_on {
            terms.push(("Next review", format!("by {}", long(review))));
        }
        document.block(Block::terms(terms))
    }
}
