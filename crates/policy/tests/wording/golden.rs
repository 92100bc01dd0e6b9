//! The whole text of both papers for each type of institution, as somebody would read it. `wording/README.md` says how these texts
//! are written anew; whoever does so reads what changed.

use domain::InstitutionType;
use policy::{Paper, Setting, compose};

use crate::{edition, sample};

/// Both papers as plain text, below one another; the day is left out of nothing, so it is the same always.
fn papers(institution: &domain::Institution) -> String {
    let facts = sample::facts();
    let setting = Setting { institution, facts: &facts, choices: &[] };
    let text = |paper| {
        let composed = compose(edition(), paper, setting);
        documents::text::write(&composed.document(jiff::civil::date(2026, 11, 23)))
    };
    Paper::ALL.map(text).join("\n\n")
}

#[test]
fn both_papers_read_as_they_should_for_each_type() {
    for kind in InstitutionType::ALL {
        let text = papers(&sample::institution(*kind));
        insta::assert_snapshot!(kind.to_string(), text);
    }
}

#[test]
fn both_papers_read_as_they_should_for_schools_of_unusual_years() {
    for (kind, lowest, highest) in [
        (InstitutionType::Academy, 7, 11),
        (InstitutionType::Academy, 10, 13),
        (InstitutionType::MaintainedSchool, 9, 13),
        (InstitutionType::MaintainedSchool, 5, 8),
        (InstitutionType::SpecialSchool, 7, 14),
        (InstitutionType::AlternativeProvision, 7, 11),
    ] {
        let text = papers(&sample::teaching(kind, lowest, highest));
        insta::assert_snapshot!(format!("{kind}-years-{lowest}-to-{highest}"), text);
    }
}
