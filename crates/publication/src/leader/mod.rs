//! The careers leader's name, e-mail address and telephone number: together, and of one person.

mod block;
mod role;
mod table;

use crate::{
    Known, Leader, Note, State,
    contact::{self, Found},
    finding::{Answer, Quote, quote},
    outline::Outline,
    person,
};

/// What one place says of a careers leader.
#[derive(Debug, Default)]
pub(super) struct Claim {
    pub(super) name: Option<String>,
    pub(super) email: Option<String>,
    pub(super) telephone: Option<String>,
    /// The words.
    pub(super) said: Vec<String>,
}

impl Claim {
    /// Takes the first address and number of a text that are not the office's or somebody else's.
    pub(super) fn take(&mut self, text: &str) {
        self.take_from(contact::emails(text), contact::telephones(text));
    }

    pub(super) fn take_from(&mut self, emails: Vec<Found>, telephones: Vec<Found>) {
        let name = self.name.clone().unwrap_or_default();
        if self.email.is_none() {
            self.email = emails.into_iter().map(|one| one.text).find(|one| !contact::is_somebody_elses(one, &name));
        }
        if self.telephone.is_none() {
            self.telephone = telephones.into_iter().map(|one| one.text).next();
        }
    }

    /// How much of it is there.
    fn parts(&self) -> usize {
        [&self.name, &self.email, &self.telephone].into_iter().flatten().count()
    }
}

/// Claims about one person, from all pages.
#[derive(Debug)]
struct Person {
    claim: Claim,
    quotes: Vec<Quote>,
}

/// Whether a page has somebody in that role now.
pub(crate) fn names_one(outline: &Outline<'_>) -> bool {
    outline.lines.iter().any(|line| !role::mentions(&line.text).is_empty())
}

pub(crate) fn answer(outlines: &[Outline<'_>], known: &Known) -> Answer {
    let mut people: Vec<Person> = Vec::new();
    let mut nameless: Option<Quote> = None;
    let mut alike: Option<Quote> = None;
    for outline in outlines {
        if let Some(line) = outline.lines.iter().find(|line| role::is_alike(&line.words)) {
            alike.get_or_insert_with(|| quote(outline.page, &line.text));
        }
        let claims = block::claims(outline).into_iter().chain(table::claims(outline));
        for claim in claims {
            let said = quote(outline.page, &claim.said.join(" · "));
            let Some(name) = claim.name.clone() else {
                nameless.get_or_insert(said);
                continue;
            };
            match people
                .iter_mut()
                .find(|one| one.claim.name.as_deref().is_some_and(|other| person::is_same(other, &name)))
            {
                Some(known) => known.merge(claim, said),
                None => people.push(Person { claim, quotes: vec![said] }),
            }
        }
    }
    let recorded = known.leader.as_ref().filter(|leader| !leader.name.trim().is_empty());
    let matching = recorded.and_then(|leader| {
        people.iter().position(|one| one.claim.name.as_deref().is_some_and(|name| person::is_same(name, &leader.name)))
    });
    let several: Vec<String> = people.iter().filter_map(|one| one.claim.name.clone()).collect();
    let chosen = match (matching, people.len()) {
        (Some(at), _) => at,
        (None, 0) => return without_name(nameless, alike),
        (None, 1) => 0,
        (None, _) => {
            let quotes = people.into_iter().flat_map(|one| one.quotes).collect();
            return Answer { state: State::Unclear, quotes, notes: vec![Note::Several { names: several }] };
        }
    };
    let mut notes = Vec::new();
    if several.len() > 1 {
        notes.push(Note::Several { names: several });
    }
    let one = people.swap_remove(chosen);
    if let Some(leader) = known.leader.as_ref() {
        notes.extend(differences(&one.claim, leader));
    }
    let missing: Vec<&str> = [("email address", &one.claim.email), ("telephone number", &one.claim.telephone)]
        .into_iter()
        .filter(|(_, part)| part.is_none())
        .map(|(what, _)| what)
        .collect();
    let state = if missing.is_empty() { State::Found } else { State::Unclear };
    if !missing.is_empty() {
        notes.push(Note::Missing { what: format!("the careers leader’s own {}", missing.join(" and ")) });
    }
    Answer { state, quotes: one.quotes, notes }
}

fn without_name(nameless: Option<Quote>, alike: Option<Quote>) -> Answer {
    let (said, what) = match (nameless, alike) {
        (Some(said), _) => (said, "the name of the careers leader beside the role"),
        (None, Some(said)) => (said, "the words “careers leader”: this may be another role"),
        (None, None) => return Answer::nothing(),
    };
    Answer { state: State::Unclear, quotes: vec![said], notes: vec![Note::Missing { what: what.to_owned() }] }
}

impl Person {
    fn merge(&mut self, claim: Claim, said: Quote) {
        // The fullest place is quoted first.
        if claim.parts() > self.claim.parts() {
            self.quotes.insert(0, said);
        } else {
            self.quotes.push(said);
        }
        self.claim.email = self.claim.email.take().or(claim.email);
        self.claim.telephone = self.claim.telephone.take().or(claim.telephone);
    }
}

fn differences(claim: &Claim, leader: &Leader) -> Vec<Note> {
    let mut notes = Vec::new();
    let recorded = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    if let (Some(found), Some(recorded)) = (claim.name.clone(), recorded(&leader.name))
        && !person::is_same(&found, &recorded)
    {
        notes.push(Note::NameDiffers { found, recorded });
    }
    if let (Some(found), Some(recorded)) = (claim.email.clone(), recorded(&leader.email))
        && !found.eq_ignore_ascii_case(&recorded)
    {
        notes.push(Note::EmailDiffers { found, recorded });
    }
    if let (Some(found), Some(recorded)) = (claim.telephone.clone(), recorded(&leader.telephone))
        && !contact::telephones(&recorded).iter().any(|number| number.text == found)
    {
        notes.push(Note::TelephoneDiffers { found, recorded });
    }
    notes
}
