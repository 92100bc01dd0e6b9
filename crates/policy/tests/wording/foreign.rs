//! What must not stand in the papers of institutions that it is not meant for: words that belong to types, and every sentence of the
//! clauses that are for others.

use std::collections::BTreeSet;

use domain::{Institution, InstitutionType as T, Sector};
use policy::{Clause, Paper, Setting, compose};
use proptest::{prelude::TestCaseError, prop_assert};

use crate::{edition, sample};

/// Words that belong to some types only, and those types.
const TAGGED: &[(&str, &[T])] = &[
    ("registered pupil", &[T::MaintainedSchool, T::Academy, T::SpecialSchool, T::AlternativeProvision]),
    ("section 42B", &[T::MaintainedSchool, T::Academy, T::SpecialSchool, T::AlternativeProvision]),
    ("sections 42A", &[T::MaintainedSchool, T::Academy, T::SpecialSchool, T::AlternativeProvision]),
    ("key phase", &[T::MaintainedSchool, T::Academy, T::SpecialSchool, T::AlternativeProvision]),
    ("every annual review from Year 9", &[T::MaintainedSchool, T::Academy, T::SpecialSchool, T::AlternativeProvision]),
    ("What we must publish", &[T::MaintainedSchool]),
    ("School Information (England)", &[T::MaintainedSchool, T::SpecialSchool, T::AlternativeProvision]),
    ("academy trust", &[T::Academy]),
    ("funding agreement", &[T::Academy, T::SpecialSchool, T::AlternativeProvision, T::Academy16To19]),
    ("pupil referral unit", &[T::AlternativeProvision]),
    ("Independent School Standards", &[T::IndependentSchool]),
    ("section 45)", &[T::SixthFormCollege, T::FeCollege]),
    ("current reference materials", &[T::SixthFormCollege, T::FeCollege]),
    ("Our funding asks", &[T::SixthFormCollege, T::FeCollege]),
    ("no careers duty", &[T::TrainingProvider]),
    ("does not bind us", &[T::IndependentSchool, T::SixthFormCollege, T::FeCollege, T::TrainingProvider]),
    ("16 to 19 academy", &[T::Academy16To19]),
    ("students", &[T::SixthFormCollege, T::FeCollege, T::Academy16To19]),
    ("principal", &[T::SixthFormCollege, T::FeCollege, T::Academy16To19]),
    ("governing body", &[T::MaintainedSchool, T::SixthFormCollege, T::FeCollege]),
    ("board of trustees", &[T::Academy, T::Academy16To19]),
    ("managing director", &[T::TrainingProvider]),
];

/// Words that belong to a sector.
const OF_SECTOR: &[(&str, Sector)] = &[
    ("pupil", Sector::School),
    ("headteacher", Sector::School),
    ("school development plan", Sector::School),
    ("key stage", Sector::School),
    ("programme of study", Sector::Post16),
    // Benchmark 5 names part-time jobs to everybody as a way to learn; over and above one is for colleges.
    ("over and above any part-time job", Sector::Post16),
];

/// Fails on the first thing in `text` that is not meant for the institution. The text's lines are joined.
pub(crate) fn nothing_of_others(institution: &Institution, text: &str) -> Result<(), TestCaseError> {
    for (words, kinds) in TAGGED {
        prop_assert!(kinds.contains(&institution.kind) || !text.contains(words), "{words} for {}", institution.kind);
    }
    for (words, sector) in OF_SECTOR {
        prop_assert!(*sector == institution.kind.sector() || !text.contains(words), "{words} for {}", institution.kind);
    }
    let own: BTreeSet<String> = edition()
        .clauses()
        .filter(|clause| clause.is_for(institution))
        .flat_map(|clause| sentences(&filled(clause, institution)))
        .collect();
    for clause in edition().clauses().filter(|clause| !clause.is_for(institution)) {
        for sentence in sentences(&filled(clause, institution)).into_iter().filter(|said| !own.contains(said)) {
            prop_assert!(!text.contains(&sentence), "{} for {}: {sentence}", clause.key, institution.kind);
        }
    }
    Ok(())
}

/// A clause of others as it would read with the words of this institution.
fn filled(clause: &Clause, institution: &Institution) -> String {
    let vocabulary = policy::Vocabulary::of(institution);
    clause
        .text
        .split('{')
        .enumerate()
        .map(|(at, part)| match part.split_once('}').filter(|_| at > 0) {
            Some((word, rest)) => format!("{}{rest}", vocabulary.get(word).unwrap_or_default()),
            None => part.to_owned(),
        })
        .collect()
}

/// Its sentences and points that say enough to be told from others.
fn sentences(text: &str) -> Vec<String> {
    text.lines()
        .flat_map(|line| line.split_inclusive(['.', ':', ';']))
        .map(|said| said.trim().trim_start_matches("- ").replace('*', ""))
        .filter(|said| said.split_whitespace().count() >= 5)
        .collect()
}

#[test]
fn each_tagged_word_is_said_to_somebody_and_so_worth_looking_for() {
    let facts = sample::facts();
    let said = |kind: T| {
        let institution = sample::institution(kind);
        let setting = Setting { institution: &institution, facts: &facts, choices: &[] };
        let papers = Paper::ALL.map(|paper| {
            documents::text::write(&compose(edition(), paper, setting).document(jiff::civil::date(2026, 11, 23)))
        });
        papers.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let said: Vec<(T, String)> = T::ALL.iter().map(|kind| (*kind, said(*kind))).collect();
    for (words, kinds) in TAGGED {
        for (kind, text) in &said {
            assert_eq!(text.contains(words), kinds.contains(kind), "{words}: {kind}");
        }
    }
}
