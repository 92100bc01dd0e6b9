use domain::{
    Date, InstitutionId,
    duty::{DutyPost, FIELDS},
};

use super::{DutyForm, Held};
use crate::{Action, Actor, App, Error, Frame, Result, Role, View, programme::fingerprint};

/// Which responsibilities a list shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DutyFilter {
    /// Of this post, by its word.
    pub post: Option<String>,
    /// Of this owner, by the mark that stands for the name: names stay out of addresses.
    pub owner: Option<String>,
    /// Only what is overdue or was never done.
    pub due: bool,
}

/// The register of responsibilities.
#[derive(Debug, Clone)]
pub struct Duties {
    /// Where it is.
    pub frame: Frame,
    /// What is overdue first; then by post.
    pub rows: Vec<DutyRow>,
    /// Those that are left out, for those who may show them again.
    pub hidden: Vec<DutyRow>,
    /// Every owner, to choose from: the mark that stands for the name, and the name.
    pub owners: Vec<(String, String)>,
    /// How many there are in all, and how many of these are overdue.
    pub counts: (usize, usize),
    /// Whether the reader may change it.
    pub may_write: bool,
}

/// One responsibility.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyRow {
    /// How an address names it.
    pub key: String,
    /// Whose it is.
    pub post: String,
    /// What that is called.
    pub post_label: String,
    /// Of a careers leader's: the field, as it is called.
    pub field_label: String,
    /// What it says, as a form has it.
    pub form: DutyForm,
    /// What the record shows by itself.
    pub from_record: Option<String>,
    /// When it was last done.
    pub last_done: Option<Date>,
    /// When it is due again.
    pub next_due: Option<Date>,
    /// Whether that day has passed.
    pub is_overdue: bool,
    /// Whether it comes again and again.
    pub is_regular: bool,
    /// Whether it is left out.
    pub is_hidden: bool,
}

/// One responsibility with its form.
#[derive(Debug, Clone)]
pub struct DutyPage {
    /// Where it is.
    pub frame: Frame,
    /// It; none for a new one.
    pub row: Option<DutyRow>,
    /// Whom a form offers as owner: people of the careers programme, people who work with the record, posts. Anything else can be typed.
    pub owners: Vec<String>,
}

impl App {
    /// The register of responsibilities, what is overdue first.
    ///
    /// # Errors
    /// If the institution is not within the actor's reach.
    pub fn duties(&self, actor: &Actor, view: View, filter: &DutyFilter) -> Result<Duties> {
        actor.ask(Action::SeeTotals, view.institution)?;
        let scene = self.scene(actor, view)?;
        let kept = self.store().read(view.institution, |tx| store::duty::list(tx, view.institution))?;
        let shown = self.duty_evidence(&scene)?;
        let as_of = scene.frame.as_of;
        let held = self.held_duties(scene.held.records.institution.kind, kept);
        let all: Vec<DutyRow> = held
            .iter()
            .map(|one| {
                let post = DutyPost::from_word(&one.duty.post);
                let from_record = one.standard.and_then(|standard| shown.of(standard.evidence?, standard.post));
                row(one, post, from_record, as_of)
            })
            .collect();
        let (hidden, mut rows): (Vec<_>, Vec<_>) = all.into_iter().partition(|row| row.is_hidden);
        let counts = (rows.len(), rows.iter().filter(|row| row.is_overdue).count());
        let mut owners: Vec<String> =
            rows.iter().map(|row| row.form.owner.clone()).filter(|owner| !owner.is_empty()).collect();
        owners.sort();
        owners.dedup();
        rows.retain(|row| {
            filter.post.as_ref().is_none_or(|post| row.post == *post)
                && filter.owner.as_ref().is_none_or(|owner| fingerprint(&[&row.form.owner]) == *owner)
                && (!filter.due || row.is_overdue || (row.is_regular && row.last_done.is_none()))
        });
        // The register's own order holds among those that are overdue, and among the others.
        rows.sort_by_key(|row| (!row.is_overdue, row.next_due.filter(|_| row.is_overdue)));
        let may_write = actor.ask_for_all(Action::Record, view.institution).is_ok();
        Ok(Duties {
            rows,
            hidden: if may_write { hidden } else { Vec::new() },
            owners: owners.into_iter().map(|owner| (fingerprint(&[&owner]), owner)).collect(),
            counts,
            may_write,
            frame: scene.frame,
        })
    }

    /// One responsibility with its form; without a key, a new one.
    ///
    /// # Errors
    /// If the actor may not record for the whole institution, or there is no such responsibility.
    pub fn duty(&self, actor: &Actor, view: View, key: Option<&str>) -> Result<DutyPage> {
        actor.ask_for_all(Action::Record, view.institution)?;
        let all = self.duties(actor, view, &DutyFilter::default())?;
        let row = match key {
            None => None,
            Some(key) => {
                let mut rows = all.rows.into_iter().chain(all.hidden);
                Some(rows.find(|row| row.key == key).ok_or(Error::NOT_FOUND)?)
            }
        };
        let owners = self.likely_owners(view.institution, all.frame.as_of)?;
        Ok(DutyPage { frame: all.frame, row, owners })
    }

    /// People first, by name, then posts.
    fn likely_owners(&self, institution: InstitutionId, on: Date) -> Result<Vec<String>> {
        let (contacts, members) = self.store().read(institution, |tx| -> Result<_> {
            let contacts = store::institution::contacts(tx, institution)?.1;
            let mut members = Vec::new();
            for member in store::membership::list(tx, institution)? {
                // A learner answers for nothing here, and one who governs is asked for by their post.
                let works =
                    Role::from_word(&member.role).is_some_and(|role| !matches!(role, Role::Learner | Role::Viewer));
                if works && let Some(account) = store::account::find(tx, member.account)? {
                    members.extend(account.closed_at.is_none().then_some(account.name));
                }
            }
            Ok((contacts, members))
        })?;
        let held = contacts.into_iter().filter(|contact| contact.ends_on.is_none_or(|day| day >= on));
        let mut owners: Vec<String> = held.map(|contact| contact.name).chain(members).collect();
        owners.retain(|name| !name.trim().is_empty());
        owners.sort();
        owners.extend(DutyPost::ALL.iter().map(|post| post.label().to_owned()));
        let mut known = std::collections::BTreeSet::new();
        owners.retain(|name| known.insert(domain::same_name(name)));
        Ok(owners)
    }
}

fn row(held: &Held, post: Option<DutyPost>, from_record: Option<String>, as_of: Date) -> DutyRow {
    let duty = &held.duty;
    let field = FIELDS.iter().find(|(word, _)| duty.field.as_deref() == Some(word));
    DutyRow {
        key: held.key(),
        post: duty.post.clone(),
        post_label: post.map_or_else(|| duty.post.clone(), |post| post.label().to_owned()),
        field_label: field.map_or(String::new(), |(_, label)| (*label).to_owned()),
        from_record,
        last_done: duty.last_done,
        next_due: duty.next_due,
        is_overdue: duty.next_due.is_some_and(|due| due < as_of),
        is_regular: duty.every_months.is_some(),
        is_hidden: duty.is_hidden,
        form: DutyForm::of(duty),
    }
}
