use domain::Institution;

use crate::{
    Choice, Composed, ComposedClause, ComposedSection, Edition, Fact, Facts, Paper, Provenance, Vocabulary,
    choice::ChoiceKind, wording::Clause,
};

/// What a paper is composed for.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'a> {
    /// The institution.
    pub institution: &'a Institution,
    /// What is known.
    pub facts: &'a Facts,
    /// What the institution did with clauses.
    pub choices: &'a [Choice],
}

/// Puts a paper together: the clauses of the edition that are meant for the institution, with the facts filled in and its own words
/// where it has chosen them.
pub fn compose(edition: &Edition, paper: Paper, setting: Setting<'_>) -> Composed {
    let vocabulary = Vocabulary::of(setting.institution);
    let fill = |text: &str, missing: &mut Vec<Fact>| fill(text, &vocabulary, setting.facts, missing);
    let mut sections: Vec<ComposedSection> = Vec::new();
    for section in edition.sections(paper) {
        let clauses: Vec<_> = section
            .clauses
            .iter()
            .filter(|clause| clause.is_for(setting.institution))
            .map(|clause| composed(clause, &setting, &fill))
            .collect();
        if clauses.is_empty() && !section.holds_sections {
            continue;
        }
        sections.push(ComposedSection {
            key: section.key.clone(),
            heading: fill(&section.heading, &mut Vec::new()),
            level: section.level,
            advice: section.advice.clone(),
            clauses,
        });
    }
    Composed {
        paper,
        edition: edition.id.clone(),
        title: paper.label().to_owned(),
        institution: setting.institution.name.clone(),
        sections,
    }
}

fn composed(clause: &Clause, setting: &Setting<'_>, fill: &impl Fn(&str, &mut Vec<Fact>) -> String) -> ComposedClause {
    let choice = setting.choices.iter().rfind(|choice| choice.clause == clause.key);
    // A statutory clause is never altered, whatever was chosen when it was not one.
    let kind = choice.map(|choice| match (&choice.kind, clause.provenance) {
        (ChoiceKind::Replaced(text), Provenance::Statutory) => ChoiceKind::Added(text.clone()),
        (ChoiceKind::Removed, Provenance::Statutory) => ChoiceKind::Confirmed,
        (kind, _) => kind.clone(),
    });
    let (mut in_wording, mut in_text) = (Vec::new(), Vec::new());
    let wording = fill(&clause.text, &mut in_wording);
    let text = match &kind {
        Some(ChoiceKind::Removed) => None,
        Some(ChoiceKind::Replaced(own)) => Some(fill(own, &mut in_text)),
        Some(ChoiceKind::Added(own)) => {
            let own = fill(own, &mut in_text);
            in_text.extend(in_wording);
            Some(format!("{}\n\n{}", wording.trim_end(), own))
        }
        Some(ChoiceKind::Confirmed) | None => {
            in_text = in_wording;
            Some(wording.clone())
        }
    };
    in_text.sort_unstable();
    in_text.dedup();
    ComposedClause {
        key: clause.key.clone(),
        provenance: clause.provenance,
        wording,
        template: clause.text.clone(),
        outdated: choice.map(|choice| choice.beneath.clone()).filter(|beneath| *beneath != clause.text),
        choice: kind,
        text,
        advice: clause.advice.clone(),
        sources: clause.sources.clone(),
        missing: in_text,
        promises: clause.promises.clone(),
    }
}

/// Fills in words of the vocabulary and facts; what is not known is noted and left out.
fn fill(text: &str, vocabulary: &Vocabulary, facts: &Facts, missing: &mut Vec<Fact>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        let escaped = rest[..open].ends_with('\\');
        let Some(close) = rest[open..].find('}').filter(|_| !escaped) else {
            let past = open + 1;
            out.push_str(&rest[..past]);
            rest = &rest[past..];
            continue;
        };
        let word = &rest[open + 1..open + close];
        out.push_str(&rest[..open]);
        if let Some(said) = vocabulary.get(word) {
            out.push_str(said);
        } else if let Ok(fact) = word.parse::<Fact>() {
            match facts.get(&fact).filter(|text| !text.trim().is_empty()) {
                Some(said) => out.push_str(said.trim()),
                None => missing.push(fact),
            }
        } else {
            // Braces that name nothing are words of a person's own.
            out.push_str(&rest[open..open + close + 1]);
        }
        rest = &rest[open + close + 1..];
    }
    out.push_str(rest);
    out
}
