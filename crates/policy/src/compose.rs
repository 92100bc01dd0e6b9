use domain::Institution;

use crate::{
    Choice, Composed, ComposedClause, ComposedSection, Edition, Facts, Paper, Provenance, Section, Vocabulary,
    choice::ChoiceKind,
    fill::{Filled, fill},
    wording::Clause,
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
/// where it has chosen them. Sections and appendices are numbered as they then stand.
pub fn compose(edition: &Edition, paper: Paper, setting: Setting<'_>) -> Composed {
    let vocabulary = Vocabulary::of(setting.institution);
    let mut sections: Vec<ComposedSection> = Vec::new();
    let mut numbers = Numbers::default();
    let mut each = edition.sections(paper).peekable();
    while let Some(section) = each.next() {
        let made = composed_section(section, &setting, &vocabulary);
        // A section within is looked at with the one that holds it: a heading over nothing is left out.
        let within: Vec<_> = std::iter::from_fn(|| each.next_if(|next| next.level > section.level))
            .map(|next| (next, composed_section(next, &setting, &vocabulary)))
            .filter(|(_, made)| !made.clauses.is_empty())
            .collect();
        if made.clauses.is_empty() && within.is_empty() {
            continue;
        }
        let says = |made: &ComposedSection| made.clauses.iter().any(|clause| clause.text.is_some());
        let any_says = says(&made) || within.iter().any(|(_, made)| says(made));
        for (section, mut made) in std::iter::once((section, made)).chain(within) {
            // What is left out takes no number away.
            if says(&made) || (section.level == 1 && any_says) {
                made.heading = numbers.next(section, &made.heading);
            }
            sections.push(made);
        }
    }
    Composed {
        paper,
        edition: edition.id.clone(),
        title: paper.label().to_owned(),
        institution: setting.institution.name.clone(),
        sections,
    }
}

/// Counts sections: “3.”, “3.2”, “Appendix 1:”. Sections within an appendix have headings that tell them apart already.
#[derive(Default)]
struct Numbers {
    section: u32,
    within: u32,
    appendix: u32,
    is_in_appendix: bool,
}

impl Numbers {
    fn next(&mut self, section: &Section, heading: &str) -> String {
        if section.level == 1 {
            self.is_in_appendix = section.is_appendix;
        }
        match (section.level, self.is_in_appendix) {
            (1, true) => {
                self.appendix += 1;
                format!("Appendix {}: {heading}", self.appendix)
            }
            (1, false) => {
                self.section += 1;
                self.within = 0;
                format!("{}. {heading}", self.section)
            }
            (_, true) => heading.to_owned(),
            (_, false) => {
                self.within += 1;
                format!("{}.{} {heading}", self.section, self.within)
            }
        }
    }
}

fn composed_section(section: &Section, setting: &Setting<'_>, vocabulary: &Vocabulary) -> ComposedSection {
    let clauses = section
        .clauses
        .iter()
        .filter(|clause| clause.is_for(setting.institution))
        .map(|clause| composed_clause(clause, setting, vocabulary))
        .collect();
    ComposedSection {
        key: section.key.clone(),
        heading: fill(&section.heading, vocabulary, setting.facts).text,
        level: section.level,
        advice: section.advice.clone(),
        clauses,
    }
}

fn composed_clause(clause: &Clause, setting: &Setting<'_>, vocabulary: &Vocabulary) -> ComposedClause {
    let provenance = clause.provenance_for(setting.institution.kind);
    let fill = |text: &str| fill(text, vocabulary, setting.facts);
    let choice = setting.choices.iter().rfind(|choice| choice.clause == clause.key);
    // A statutory clause is never altered, whatever was chosen when it was not one.
    let kind = choice.map(|choice| match (&choice.kind, provenance) {
        (ChoiceKind::Replaced(text), Provenance::Statutory) => ChoiceKind::Added(text.clone()),
        (ChoiceKind::Removed, Provenance::Statutory) => ChoiceKind::Confirmed,
        (kind, _) => kind.clone(),
    });
    let mut filled = fill(&clause.text);
    let wording = std::mem::take(&mut filled.text);
    let (text, filled) = match &kind {
        Some(ChoiceKind::Removed) => (None, Filled::default()),
        Some(ChoiceKind::Replaced(own)) => {
            let own = fill(own);
            (Some(own.text.clone()), own)
        }
        Some(ChoiceKind::Added(own)) => {
            let own = fill(own);
            let text = format!("{wording}\n\n{}", own.text);
            filled.lacks_too(own);
            (Some(text), filled)
        }
        Some(ChoiceKind::Confirmed) | None => (Some(wording.clone()), filled),
    };
    ComposedClause {
        key: clause.key.clone(),
        provenance,
        wording,
        template: clause.text.clone(),
        outdated: choice.map(|choice| choice.beneath.clone()).filter(|beneath| *beneath != clause.text),
        choice: kind,
        advice: clause.advice.clone(),
        sources: clause.sources.clone(),
        missing: filled.missing,
        unknown: filled.unknown,
        // What is left out promises nothing.
        promises: clause
            .promises
            .iter()
            .filter(|promise| text.is_some() && promise.is_for(setting.institution))
            .map(|promise| promise.requirement.clone())
            .collect(),
        covers: clause.covers.clone(),
        text,
    }
}
