use documents::{Block, Document, ListKind, Section as DocumentSection};
use domain::Date;
use serde::{Deserialize, Serialize};

use crate::{
    Fact, Paper, Provenance, Source,
    choice::ChoiceKind,
    markdown::{self, Piece},
};

/// A paper put together for one institution: what is shown in the editor, checked, signed, kept whole and published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Composed {
    /// Which paper.
    pub paper: Paper,
    /// Id of the edition of the wording.
    pub edition: String,
    /// Its title.
    pub title: String,
    /// Name of the institution.
    pub institution: String,
    /// Its sections in order; a section within another follows it with a deeper level.
    pub sections: Vec<ComposedSection>,
}

/// A section of a paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComposedSection {
    /// Its key.
    pub key: String,
    /// Its heading, with its number.
    pub heading: String,
    /// 1 for sections and appendices, 2 for those within.
    pub level: u8,
    /// What the writer is told; never in the output.
    pub advice: Option<String>,
    /// Its clauses in order.
    pub clauses: Vec<ComposedClause>,
}

/// A clause of a paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComposedClause {
    /// Its key.
    pub key: String,
    /// How far it binds.
    pub provenance: Provenance,
    /// Our wording, filled in.
    pub wording: String,
    /// Our wording before it was filled in.
    pub template: String,
    /// What the school did with it.
    pub choice: Option<ChoiceKind>,
    /// Our wording as it was when the school chose, if it has changed since.
    pub outdated: Option<String>,
    /// What the paper says; none if the clause is left out.
    pub text: Option<String>,
    /// What the writer is told; never in the output.
    pub advice: Option<String>,
    /// What it rests on.
    pub sources: Vec<Source>,
    /// Facts it asks for that are not known.
    pub missing: Vec<Fact>,
    /// Words in braces that name nothing: slips in the school's own words.
    #[serde(default)]
    pub unknown: Vec<String>,
    /// Requirements of the rulebook that it promises to keep.
    pub promises: Vec<String>,
    /// Requirements of the rulebook that it fulfils by being there.
    #[serde(default)]
    pub covers: Vec<String>,
}

impl Composed {
    /// Every clause with its section.
    pub fn clauses(&self) -> impl Iterator<Item = (&ComposedSection, &ComposedClause)> {
        self.sections.iter().flat_map(|section| section.clauses.iter().map(move |clause| (section, clause)))
    }

    /// The clause of this key.
    pub fn clause(&self, key: &str) -> Option<&ComposedClause> {
        self.clauses().map(|(_, clause)| clause).find(|clause| clause.key == key)
    }

    /// As a document, without anything that is for the writer.
    pub fn document(&self, dated_on: Date) -> Document {
        let mut document = Document::new(&self.title, dated_on).issued_by(&self.institution);
        // The statement is read at one go.
        document.has_contents = self.paper == Paper::CareersPolicy;
        for section in &self.sections {
            let made = document_section(section);
            match document.sections.last_mut().filter(|_| section.level > 1) {
                Some(outer) => outer.sections.push(made),
                None => document.sections.push(made),
            }
        }
        // Where everything was left out, no heading stands over nothing.
        let says = |section: &DocumentSection| !section.blocks.is_empty() || !section.sections.is_empty();
        document.sections.iter_mut().for_each(|section| section.sections.retain(says));
        document.sections.retain(says);
        document
    }
}

fn document_section(section: &ComposedSection) -> DocumentSection {
    let mut made = DocumentSection::new(&section.heading);
    made.is_on_new_page = section.level == 1 && section.heading.starts_with("Appendix");
    for text in section.clauses.iter().filter_map(|clause| clause.text.as_deref()) {
        for piece in markdown::read(text) {
            match piece {
                Piece::Heading(heading) => made.sections.push(DocumentSection::new(heading)),
                Piece::Block(block) => {
                    let blocks = made.sections.last_mut().map_or(&mut made.blocks, |within| &mut within.blocks);
                    follow(blocks, block);
                }
            }
        }
    }
    made
}

/// Adds a block to those before it. Bullets of one clause after those of another make one list: it is read out as one.
fn follow(blocks: &mut Vec<Block>, block: Block) {
    match (blocks.last_mut(), block) {
        (Some(Block::List(list)), Block::List(more))
            if list.kind == ListKind::Bullets && more.kind == ListKind::Bullets =>
        {
            list.items.extend(more.items);
        }
        (_, block) => blocks.push(block),
    }
}
