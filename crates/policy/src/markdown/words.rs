use documents::{Address, Prose};

/// Words that are being gathered, each part with how it is said.
#[derive(Default)]
pub(super) struct Words {
    parts: Vec<(Mark, String)>,
    pub(super) emphasis: usize,
    pub(super) strong: usize,
    open: Vec<Open>,
}

#[derive(Clone, PartialEq)]
enum Mark {
    Plain,
    Emphasis,
    Strong,
    Link(Address),
}

/// A link or a picture that has not ended.
struct Open {
    /// Where it leads, if a document may lead there.
    address: Option<Address>,
    /// What is said when it ends: an address that leads nowhere, a title.
    after: Vec<String>,
    /// Whether anything was said in it.
    has_words: bool,
}

impl Words {
    pub(super) fn say(&mut self, words: &str) {
        if !words.trim().is_empty() {
            self.open.iter_mut().for_each(|open| open.has_words = true);
        }
        let link = self.open.iter().find_map(|open| open.address.clone());
        let mark = match (link, self.strong, self.emphasis) {
            (Some(address), ..) => Mark::Link(address),
            (None, 1.., _) => Mark::Strong,
            (None, 0, 1..) => Mark::Emphasis,
            (None, 0, 0) => Mark::Plain,
        };
        match self.parts.last_mut().filter(|(last, _)| *last == mark) {
            Some((_, text)) => text.push_str(words),
            None => self.parts.push((mark, words.to_owned())),
        }
    }

    /// Begins a new line, unless one has just begun.
    pub(super) fn break_line(&mut self) {
        if self.parts.last().is_some_and(|(_, text)| !text.ends_with('\n')) {
            self.say("\n");
        }
    }

    /// Begins a link. `is_said` if its words are its address.
    pub(super) fn start_link(&mut self, address: &str, title: &str, is_said: bool) {
        let parsed = Address::parse(address);
        let after = if parsed.is_none() && !is_said {
            vec![address.to_owned(), title.to_owned()]
        } else {
            vec![title.to_owned()]
        };
        self.open.push(Open { address: parsed, after, has_words: false });
    }

    /// Begins a picture. None comes in by a text, but what is said of it does.
    pub(super) fn start_picture(&mut self, address: &str, title: &str) {
        self.open.push(Open { address: None, after: vec![address.to_owned(), title.to_owned()], has_words: false });
    }

    /// Ends a link or picture.
    pub(super) fn end_link(&mut self) {
        let Some(open) = self.open.last() else { return };
        if let (Some(address), false) = (open.address.clone(), open.has_words) {
            self.say(address.as_str());
        }
        for words in self.open.pop().into_iter().flat_map(|open| open.after).filter(|words| !words.is_empty()) {
            self.say(&format!(" ({words})"));
        }
    }

    /// What was gathered, without white space around it.
    pub(super) fn take(&mut self) -> Prose {
        let mut parts = std::mem::take(&mut self.parts);
        let is_blank = |part: Option<&(Mark, String)>| part.is_some_and(|(_, text)| text.trim().is_empty());
        while is_blank(parts.last()) {
            parts.pop();
        }
        let blank = parts.iter().take_while(|part| is_blank(Some(part))).count();
        parts.drain(..blank);
        if let Some((_, text)) = parts.first_mut() {
            *text = text.trim_start().to_owned();
        }
        if let Some((_, text)) = parts.last_mut() {
            text.truncate(text.trim_end().len());
        }
        parts.into_iter().fold(Prose::new(), |prose, (mark, text)| match mark {
            Mark::Plain => prose.text(text),
            Mark::Emphasis => prose.emphasis(text),
            Mark::Strong => prose.strong(text),
            Mark::Link(address) => prose.link(text, address),
        })
    }
}
