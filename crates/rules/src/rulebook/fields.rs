//! Reading a table key by key, noting what is missing, unknown or of the wrong kind.

use std::cell::RefCell;

use domain::Date;

use super::{
    fault::Faults,
    node::{Node, Value},
};

/// A table that is being read. Every key that is asked for counts as known; [`Fields::finish`] reports the others.
pub(crate) struct Fields<'a> {
    node: &'a Node,
    path: String,
    faults: &'a Faults,
    known: RefCell<Vec<&'static str>>,
}

impl<'a> Fields<'a> {
    /// Starts reading `node`, which `path` names in messages; `None`, with a fault, if it is no table.
    pub(crate) fn of(node: &'a Node, path: impl Into<String>, faults: &'a Faults) -> Option<Self> {
        let path = path.into();
        if !matches!(node.value, Value::Table(_)) {
            faults.add(
                &node.place,
                &path,
                format!("{} stands where a table belongs", node.value.kind()),
                "Write key = value pairs",
            );
            return None;
        }
        Some(Self { node, path, faults, known: RefCell::default() })
    }

    pub(crate) fn faults(&self) -> &'a Faults {
        self.faults
    }

    /// The path of one of its keys.
    pub(crate) fn path(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{} > {key}", self.path) }
    }

    /// Notes a fault at one of its keys, or at the table itself if the key is absent.
    pub(crate) fn fault(&self, key: &str, what: impl Into<String>, mend: impl Into<String>) {
        let place = self.node.get(key).map_or(&self.node.place, |node| &node.place);
        self.faults.add(place, &self.path(key), what, mend);
    }

    /// The node under a key, if present.
    pub(crate) fn optional(&self, key: &'static str) -> Option<&'a Node> {
        self.known.borrow_mut().push(key);
        self.node.get(key)
    }

    /// The node under a key that must be there.
    pub(crate) fn node(&self, key: &'static str) -> Option<&'a Node> {
        let node = self.optional(key);
        if node.is_none() {
            self.fault(key, "this key is missing", format!("Add {key} = …"));
        }
        node
    }

    fn wrong(&self, key: &str, node: &Node, wanted: &str) {
        self.fault(key, format!("{} stands where {wanted} belongs", node.value.kind()), format!("Write {wanted}"));
    }

    /// A text that must be there and not be empty.
    pub(crate) fn text(&self, key: &'static str) -> Option<String> {
        self.node(key)?;
        self.optional_text(key)
    }

    /// A text that may be absent, but not empty.
    pub(crate) fn optional_text(&self, key: &'static str) -> Option<String> {
        let node = self.optional(key)?;
        match &node.value {
            Value::Text(text) if text.trim().is_empty() => {
                self.fault(key, "the text is empty", "Write it, or leave the key out if it is optional");
                None
            }
            Value::Text(text) => Some(text.split_whitespace().collect::<Vec<_>>().join(" ")),
            _ => {
                self.wrong(key, node, "a text");
                None
            }
        }
    }

    /// A whole number from 1 that may be absent.
    pub(crate) fn optional_number(&self, key: &'static str) -> Option<u32> {
        let node = self.optional(key)?;
        match node.value {
            Value::Number(number) => {
                let small = u32::try_from(number).ok().filter(|number| (1..1_000_000).contains(number));
                if small.is_none() {
                    self.fault(key, format!("{number} is out of range"), "Write a whole number from 1 to 999999");
                }
                small
            }
            _ => {
                self.wrong(key, node, "a whole number");
                None
            }
        }
    }

    /// Yes or no; no when absent.
    pub(crate) fn yes_no(&self, key: &'static str) -> bool {
        match self.optional(key) {
            None => false,
            Some(Node { value: Value::YesNo(yes), .. }) => *yes,
            Some(node) => {
                self.wrong(key, node, "true or false");
                false
            }
        }
    }

    /// A date that may be absent.
    pub(crate) fn optional_date(&self, key: &'static str) -> Option<Date> {
        match self.optional(key)? {
            Node { value: Value::Date(date), .. } => Some(*date),
            node => {
                self.wrong(key, node, "a date");
                None
            }
        }
    }

    /// A list; empty when absent.
    pub(crate) fn list(&self, key: &'static str) -> &'a [Node] {
        match self.optional(key) {
            None => &[],
            Some(Node { value: Value::List(items), .. }) => items,
            Some(node) => {
                self.wrong(key, node, "a list");
                &[]
            }
        }
    }

    /// A list of texts; empty when absent.
    pub(crate) fn texts(&self, key: &'static str) -> Vec<String> {
        let mut texts = Vec::new();
        for item in self.list(key) {
            match &item.value {
                Value::Text(text) if !text.trim().is_empty() => texts.push(text.trim().to_owned()),
                other => self.faults.add(
                    &item.place,
                    &self.path(key),
                    format!("{} stands where a text belongs", other.kind()),
                    "Write texts in quotation marks, none of them empty",
                ),
            }
        }
        texts
    }

    /// One of a closed list of words, which must be there.
    pub(crate) fn word<T: Copy>(&self, key: &'static str, words: &[(&str, T)]) -> Option<T> {
        self.node(key)?;
        self.optional_word(key, words)
    }

    /// One of a closed list of words, which may be absent.
    pub(crate) fn optional_word<T: Copy>(&self, key: &'static str, words: &[(&str, T)]) -> Option<T> {
        let text = self.optional_text(key)?;
        let found = words.iter().find(|(word, _)| *word == text).map(|(_, member)| *member);
        if found.is_none() {
            let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            self.fault(
                key,
                format!("“{text}” is not a word of this list"),
                format!("Write one of: {}", known.join(", ")),
            );
        }
        found
    }

    /// A table that must be there.
    pub(crate) fn table(&self, key: &'static str) -> Option<Fields<'a>> {
        self.node(key)?;
        self.optional_table(key)
    }

    /// A table that may be absent.
    pub(crate) fn optional_table(&self, key: &'static str) -> Option<Fields<'a>> {
        let node = self.optional(key)?;
        Fields::of(node, self.path(key), self.faults)
    }

    /// Reports every key that nobody asked for.
    pub(crate) fn finish(self) {
        let Value::Table(table) = &self.node.value else { return };
        let known = self.known.borrow();
        for (key, node) in table {
            if !known.contains(&key.as_str()) {
                let mut names: Vec<&str> = known.to_vec();
                names.sort_unstable();
                names.dedup();
                self.faults.add(
                    &node.place,
                    &self.path(key),
                    "this key is not known here",
                    format!("Known here: {}", names.join(", ")),
                );
            }
        }
    }
}
