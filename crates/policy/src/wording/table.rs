//! A TOML table that is read key by key, so that every fault of a file is told at once and at its line.

use std::{cell::RefCell, collections::BTreeMap};

use domain::{Date, YearGroup};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{Fault, Known, Promise, Source};

/// What is noted while the files of a wording are read.
pub(super) struct Reading<'a> {
    /// What may be cited and promised, if it is to be compared.
    known: Option<Known<'a>>,
    /// What is wrong so far.
    pub(super) faults: RefCell<Vec<Fault>>,
    /// Where each key that may stand only once stands first.
    seen: RefCell<BTreeMap<String, String>>,
}

impl<'a> Reading<'a> {
    pub(super) fn against(known: Option<Known<'a>>) -> Self {
        Self { known, faults: RefCell::default(), seen: RefCell::default() }
    }
}

/// A file that is being read.
pub(super) struct File<'a> {
    name: &'a str,
    line_ends: Vec<usize>,
    reading: &'a Reading<'a>,
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
    pub(super) fn new(name: &'a str, text: &str, reading: &'a Reading<'a>) -> Self {
        let line_ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at).collect();
        Self { name, line_ends, reading }
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
        let line = start.map(|start| self.line(start));
        let fault = Fault { file: self.name.to_owned(), line, at: at.to_owned(), what: what.into() };
        self.reading.faults.borrow_mut().push(fault);
    }

    fn line(&self, start: usize) -> usize {
        self.line_ends.partition_point(|end| *end < start) + 1
    }
}

impl<'a> Table<'a> {
    /// Names the table in faults from now on; without a name it goes by that of the table that holds it.
    pub(super) fn named(&mut self, at: &str) {
        if !at.is_empty() {
            at.clone_into(&mut self.at);
        }
    }

    /// Notes a fault at one of its keys, or at the table itself.
    pub(super) fn fault(&self, key: &str, what: impl Into<String>) {
        let start = self.table.get(key).map_or(self.start, |value| value.span().start);
        self.file.fault(Some(start), &self.at, what);
    }

    /// Notes that `name`, which is called by `key`, is taken; a fault if it was already within this edition.
    pub(super) fn takes(&self, what: &str, name: &str) {
        if name.is_empty() {
            return;
        }
        let edition = self.file.name.split('/').next().unwrap_or_default();
        let start = self.table.get("key").map_or(self.start, |value| value.span().start);
        let here = format!("{}:{}", self.file.name, self.file.line(start));
        let first = self.file.reading.seen.borrow_mut().insert(format!("{edition} {what} {name}"), here.clone());
        if let Some(first) = first {
            self.fault("key", format!("the {what} is there already: {first}"));
        }
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
            match self.table(value) {
                Some(table) => tables.push(table),
                None => self.wrong(key, "a list of tables"),
            }
        }
        tables
    }

    fn table(&self, value: &'a Spanned<DeValue<'a>>) -> Option<Table<'a>> {
        let DeValue::Table(table) = value.get_ref() else { return None };
        let (start, at) = (value.span().start, self.at.clone());
        Some(Table { file: self.file, table, start, at, known: RefCell::default() })
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
            if let Some(known) = self.file.reading.known
                && !source.document.is_empty()
                && !known.documents.contains(&&*source.document)
            {
                table.fault("document", format!("the rulebook names no document {:?}", source.document));
            }
            if !source.evidence.is_empty() && !["V", "V*", "S"].contains(&source.evidence.as_str()) {
                table.fault("evidence", format!("evidence {:?} is none of V, V* and S", source.evidence));
            }
            table.finish();
            sources.push(source);
        }
        sources
    }

    /// The requirements under `key`: each an id, or a table with the id and the year groups for which it is meant.
    pub(super) fn promises(&self, key: &'static str) -> Vec<Promise> {
        let mut promises: Vec<Promise> = Vec::new();
        for value in self.list(key) {
            let fault = |what: String| self.file.fault(Some(value.span().start), &self.at, what);
            let promise = match (value.get_ref(), self.table(value)) {
                (DeValue::String(id), _) => Promise { requirement: id.to_string(), teaches: Vec::new() },
                (_, Some(table)) => {
                    let requirement = table.text("requirement").unwrap_or_default().to_owned();
                    let promise = Promise { requirement, teaches: table.years("teaches") };
                    table.finish();
                    promise
                }
                _ => {
                    self.wrong(key, "a list of requirements");
                    continue;
                }
            };
            let id = &promise.requirement;
            if id.trim().is_empty() {
                fault(format!("an entry of {key} names no requirement"));
            } else if promises.iter().any(|other| other.requirement == *id) {
                fault(format!("{id} is named twice in {key}"));
            } else if self.file.reading.known.is_some_and(|known| !known.requirements.contains(&id.as_str())) {
                fault(format!("the rulebook has no requirement {id:?}"));
            } else {
                promises.push(promise);
            }
        }
        promises
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
