//! A TOML table that is read key by key, so that every fault of a file is told at once and at its line.

use std::cell::RefCell;

use domain::{Date, YearGroup};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{Fault, Source};

/// A file that is being read, and what is wrong with it so far.
pub(super) struct File<'a> {
    name: &'a str,
    line_ends: Vec<usize>,
    faults: &'a RefCell<Vec<Fault>>,
}

/// A table of a file. Each key that is asked for counts as known; [`Table::finish`] tells of the others.
pub(super) struct Table<'a> {
    file: &'a File<'a>,
    table: &'a DeTable<'a>,
    start: usize,
    at: String,
    known: RefCell<Vec<&'static str>>,
}

impl<'a> File<'a> {
    pub(super) fn new(name: &'a str, text: &str, faults: &'a RefCell<Vec<Fault>>) -> Self {
        let line_ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at).collect();
        Self { name, line_ends, faults }
    }

    /// Reads the file's notation. What is no TOML is a fault at its line, and then nothing else of the file is looked at, because
    /// what else seems wrong may only follow from it.
    pub(super) fn parse<'t>(&self, text: &'t str) -> Option<Spanned<DeTable<'t>>> {
        let (root, errors) = DeTable::parse_recoverable(text);
        for error in &errors {
            let message = error.message().lines().next().unwrap_or_default().trim();
            self.fault(error.span().map(|span| span.start), "", format!("this is not TOML: {message}"));
        }
        errors.is_empty().then_some(root)
    }

    pub(super) fn root(&'a self, table: &'a DeTable<'a>) -> Table<'a> {
        Table { file: self, table, start: 0, at: String::new(), known: RefCell::default() }
    }

    fn fault(&self, start: Option<usize>, at: &str, what: impl Into<String>) {
        let line = start.map(|start| self.line_ends.partition_point(|end| *end < start) + 1);
        self.faults.borrow_mut().push(Fault { file: self.name.to_owned(), line, at: at.to_owned(), what: what.into() });
    }
}

impl<'a> Table<'a> {
    /// Names the table in faults from now on.
    pub(super) fn named(&mut self, at: &str) {
        at.clone_into(&mut self.at);
    }

    /// Notes a fault at one of its keys, or at the table itself.
    pub(super) fn fault(&self, key: &str, what: impl Into<String>) {
        let start = self.table.get(key).map_or(self.start, |value| value.span().start);
        self.file.fault(Some(start), &self.at, what);
    }

    fn get(&self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.known.borrow_mut().push(key);
        self.table.get(key)
    }

    fn wrong(&self, key: &str, wanted: &str) {
        self.fault(key, format!("{key} has to be {wanted}"));
    }

    /// The text under a key, if it is there.
    pub(super) fn text(&self, key: &'static str) -> Option<&'a str> {
        match self.get(key)?.get_ref() {
            DeValue::String(text) => Some(text),
            _ => {
                self.wrong(key, "a text");
                None
            }
        }
    }

    /// The text under a key that must be there and say something.
    pub(super) fn needed(&self, key: &'static str) -> &'a str {
        match self.text(key) {
            Some(text) if !text.trim().is_empty() => text,
            Some(_) => {
                self.fault(key, format!("{key} is empty"));
                ""
            }
            None => {
                if self.table.get(key).is_none() {
                    self.fault(key, format!("{key} is missing"));
                }
                ""
            }
        }
    }

    /// The day under a key that must be there.
    pub(super) fn day(&self, key: &'static str) -> Date {
        let day = match self.get(key).map(Spanned::get_ref) {
            Some(DeValue::Datetime(moment)) if moment.time.is_none() => moment
                .date
                .and_then(|date| Date::new(i16::try_from(date.year).ok()?, date.month as i8, date.day as i8).ok()),
            _ => None,
        };
        day.unwrap_or_else(|| {
            self.wrong(key, "a day, such as 2025-09-01");
            Date::ZERO
        })
    }

    /// The yes or no under a key; no where it is not there.
    pub(super) fn is(&self, key: &'static str) -> bool {
        match self.get(key).map(Spanned::get_ref) {
            None => false,
            Some(DeValue::Boolean(yes)) => *yes,
            Some(_) => {
                self.wrong(key, "true or false");
                false
            }
        }
    }

    /// The whole number under a key.
    pub(super) fn number(&self, key: &'static str) -> Option<i64> {
        let number = self.get(key).map(|value| whole(value.get_ref()))?;
        if number.is_none() {
            self.wrong(key, "a whole number");
        }
        number
    }

    /// The year groups under a key.
    pub(super) fn years(&self, key: &'static str) -> Vec<YearGroup> {
        let mut years = Vec::new();
        for value in self.list(key) {
            match whole(value.get_ref()).and_then(|number| i8::try_from(number).ok()) {
                Some(number) if (7..=14).contains(&number) => years.push(YearGroup::new(number)),
                _ => self.wrong(key, "a list of year groups from 7 to 14"),
            }
        }
        years
    }

    /// The words under a key.
    pub(super) fn words(&self, key: &'static str) -> Vec<&'a str> {
        let mut words = Vec::new();
        for value in self.list(key) {
            match value.get_ref() {
                DeValue::String(word) => words.push(&**word),
                _ => self.wrong(key, "a list of texts"),
            }
        }
        words
    }

    /// The tables under a key.
    pub(super) fn tables(&self, key: &'static str) -> Vec<Table<'a>> {
        let mut tables = Vec::new();
        for value in self.list(key) {
            match value.get_ref() {
                DeValue::Table(table) => tables.push(Table {
                    file: self.file,
                    table,
                    start: value.span().start,
                    at: self.at.clone(),
                    known: RefCell::default(),
                }),
                _ => self.wrong(key, "a list of tables"),
            }
        }
        tables
    }

    /// The sources under `sources`.
    pub(super) fn sources(&self) -> Vec<Source> {
        let mut sources = Vec::new();
        for table in self.tables("sources") {
            let source = Source {
                document: table.needed("document").to_owned(),
                paragraph: table.text("paragraph").map(str::to_owned),
                evidence: table.needed("evidence").to_owned(),
            };
            // What is only general knowledge, inferred or weakly known is no ground for a clause.
            if !source.evidence.is_empty() && !["V", "V*", "S"].contains(&source.evidence.as_str()) {
                table.fault("evidence", format!("evidence {:?} is none of V, V* and S", source.evidence));
            }
            table.finish();
            sources.push(source);
        }
        sources
    }

    fn list(&self, key: &'static str) -> &'a [Spanned<DeValue<'a>>] {
        match self.get(key).map(Spanned::get_ref) {
            None => &[],
            Some(DeValue::Array(items)) => items,
            Some(_) => {
                self.wrong(key, "a list");
                &[]
            }
        }
    }

    /// Tells of keys that nobody asked for.
    pub(super) fn finish(&self) {
        for (key, _) in self.table {
            let name = key.get_ref();
            if !self.known.borrow().contains(&&**name) {
                self.file.fault(Some(key.span().start), &self.at, format!("{name} is no key here"));
            }
        }
    }
}

fn whole(value: &DeValue<'_>) -> Option<i64> {
    match value {
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix()).ok(),
        _ => None,
    }
}
