//! What a clause rests on, as a reader can look it up.

use ::policy::Source;

use crate::App;

/// A document, and the place in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClauseSource {
    /// What it is called.
    pub title: String,
    /// Where in it.
    pub paragraph: Option<String>,
    /// Where it can be read.
    pub url: Option<String>,
}

impl App {
    /// A source of the wording with its title and address, from the rulebook. One that the rulebook does not know is called by its id.
    pub(crate) fn clause_source(&self, source: &Source) -> ClauseSource {
        let known = self.rulebook().document(&source.document);
        ClauseSource {
            title: known.map_or(source.document.as_str(), |(title, _)| title).to_owned(),
            url: known.and_then(|(_, url)| url).map(str::to_owned),
            paragraph: source.paragraph.clone(),
        }
    }
}
