use std::collections::HashMap;

use domain::{Date, same_name};

use super::{Existing, MatchedBy};
use crate::roster::RosterRow;

/// Finds stored learners by what a row says of them.
pub(super) struct Index<'a> {
    existing: &'a [Existing],
    references: HashMap<&'a str, usize>,
    upns: HashMap<&'a str, Vec<usize>>,
    former_upns: HashMap<&'a str, Vec<usize>>,
    ulns: HashMap<&'a str, Vec<usize>>,
    names: HashMap<(String, String, Date), Vec<usize>>,
}

/// Most learners that a row is compared with. A number that more of them share is a placeholder, and identifies nobody.
const MOST: usize = 10;

/// Who a row may be about.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// One learner, by an identifier.
    One(usize, MatchedBy),
    /// Several, by identifiers.
    Several(Vec<usize>),
    /// None by an identifier, these by name and date of birth.
    Suggested(Vec<usize>),
    /// Nobody.
    Nobody,
}

impl<'a> Index<'a> {
    pub(super) fn new(existing: &'a [Existing]) -> Self {
        let mut index = Self {
            existing,
            references: HashMap::with_capacity(existing.len()),
            upns: HashMap::with_capacity(existing.len()),
            former_upns: HashMap::new(),
            ulns: HashMap::with_capacity(existing.len()),
            names: HashMap::with_capacity(existing.len()),
        };
        for (at, Existing { learner, former_upns, .. }) in existing.iter().enumerate() {
            index.references.insert(&learner.reference, at);
            if let Some(upn) = &learner.upn {
                index.upns.entry(upn).or_default().push(at);
            }
            if let Some(uln) = &learner.uln {
                index.ulns.entry(uln).or_default().push(at);
            }
            for upn in former_upns {
                index.former_upns.entry(upn).or_default().push(at);
            }
            let name = (same_name(&learner.forename), same_name(&learner.surname), learner.date_of_birth);
            index.names.entry(name).or_default().push(at);
        }
        index
    }

    /// Who a row is about: by reference, UPN, former UPN, ULN; and only as a suggestion by name and date of birth.
    pub(super) fn find(&self, row: &RosterRow) -> Found {
        let mut found: Vec<(usize, MatchedBy)> = Vec::new();
        let mut note = |at: usize, by: MatchedBy| {
            if found.len() < MOST && found.iter().all(|(other, _)| *other != at) {
                found.push((at, by));
            }
        };
        if let Some(&at) = row.reference.as_deref().and_then(|reference| self.references.get(reference)) {
            note(at, MatchedBy::Reference);
        }
        if let Some(upn) = row.upn.as_deref() {
            self.upns.get(upn).into_iter().flatten().take(MOST).for_each(|&at| note(at, MatchedBy::Upn));
            self.former_upns.get(upn).into_iter().flatten().take(MOST).for_each(|&at| note(at, MatchedBy::FormerUpn));
        }
        for former in &row.former_upns {
            for upns in [&self.upns, &self.former_upns] {
                upns.get(former.as_str())
                    .into_iter()
                    .flatten()
                    .take(MOST)
                    .for_each(|&at| note(at, MatchedBy::FormerUpn));
            }
        }
        if let Some(uln) = row.uln.as_deref() {
            self.ulns.get(uln).into_iter().flatten().take(MOST).for_each(|&at| note(at, MatchedBy::Uln));
        }
        match found[..] {
            [(at, by)] => Found::One(at, by),
            [] => match self.by_name(row) {
                [] => Found::Nobody,
                suggested => Found::Suggested(suggested[..suggested.len().min(MOST)].to_vec()),
            },
            _ => Found::Several(found.into_iter().map(|(at, _)| at).collect()),
        }
    }

    fn by_name(&self, row: &RosterRow) -> &[usize] {
        let (Some(forename), Some(surname), Some(born)) = (&row.forename, &row.surname, row.date_of_birth) else {
            return &[];
        };
        self.names.get(&(same_name(forename), same_name(surname), born)).map_or(&[], Vec::as_slice)
    }

    /// Whether a row that shares an identifier with a learner agrees with neither name nor date of birth.
    pub(super) fn looks_different(&self, at: usize, row: &RosterRow) -> bool {
        let learner = &self.existing[at].learner;
        let (Some(forename), Some(surname), Some(born)) = (&row.forename, &row.surname, row.date_of_birth) else {
            return false;
        };
        born != learner.date_of_birth
            && same_name(forename) != same_name(&learner.forename)
            && same_name(surname) != same_name(&learner.surname)
    }
}
