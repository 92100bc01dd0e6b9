use crate::{Figure, Prose, Table};

/// What stands under a heading, one below the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// Running text.
    Paragraph(Prose),
    /// Items in a row.
    List(List),
    /// Rows under headings. Without rows, it is written as a sentence that says so.
    Table(Table),
    /// Terms, each with what it stands for: an entry of a form and its answer.
    Terms(Vec<Term>),
    /// Something set apart.
    Note(Note),
    /// A picture with words for whoever does not see it.
    Figure(Figure),
}

/// Items in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// Whether their order matters.
    pub kind: ListKind,
    /// The items.
    pub items: Vec<Prose>,
}

/// Whether the order of a list matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListKind {
    /// It does not.
    Bullets,
    /// It does: steps, ranks.
    Numbers,
}

/// A term and what it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The term, in a few words.
    pub term: String,
    /// What it stands for.
    pub value: Prose,
}

/// Something set apart from the text around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// How much it matters.
    pub kind: NoteKind,
    /// Its paragraphs.
    pub paragraphs: Vec<Prose>,
}

/// How much a note matters. Writers say it in a word, never by colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoteKind {
    /// Good to know.
    Note,
    /// Not to be overlooked.
    Important,
}

impl NoteKind {
    /// The word that stands at its head.
    pub fn word(self) -> &'static str {
        match self {
            Self::Note => "Note",
            Self::Important => "Important",
        }
    }
}

impl Block {
    /// Running text.
    pub fn paragraph(text: impl Into<Prose>) -> Self {
        Self::Paragraph(text.into())
    }

    /// A list whose order does not matter.
    pub fn bullets<T: Into<Prose>>(items: impl IntoIterator<Item = T>) -> Self {
        Self::List(List { kind: ListKind::Bullets, items: items.into_iter().map(Into::into).collect() })
    }

    /// A list whose order matters.
    pub fn numbers<T: Into<Prose>>(items: impl IntoIterator<Item = T>) -> Self {
        Self::List(List { kind: ListKind::Numbers, items: items.into_iter().map(Into::into).collect() })
    }

    /// Terms, each with what it stands for.
    pub fn terms<T: Into<String>, V: Into<Prose>>(pairs: impl IntoIterator<Item = (T, V)>) -> Self {
        Self::Terms(pairs.into_iter().map(|(term, value)| Term { term: term.into(), value: value.into() }).collect())
    }

    /// One paragraph set apart, good to know.
    pub fn note(text: impl Into<Prose>) -> Self {
        Self::Note(Note { kind: NoteKind::Note, paragraphs: vec![text.into()] })
    }

    /// One paragraph set apart, not to be overlooked.
    pub fn important(text: impl Into<Prose>) -> Self {
        Self::Note(Note { kind: NoteKind::Important, paragraphs: vec![text.into()] })
    }
}
