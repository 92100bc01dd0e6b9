//! A TOML file as a tree whose every value knows its file and line.

use std::sync::Arc;

use domain::Date;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::fault::{Faults, Place};

/// A value and where it was written.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) place: Place,
    pub(crate) value: Value,
}

/// The values that rulebook files use.
#[derive(Debug, Clone)]
pub(crate) enum Value {
    Text(String),
    Number(i64),
    YesNo(bool),
    Date(Date),
    List(Vec<Node>),
    Table(Table),
}

/// Keys and values in the order of the file.
pub(crate) type Table = Vec<(String, Node)>;

impl Value {
    /// What kind of value it is, for messages.
    pub(crate) const fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "a text",
            Self::Number(_) => "a number",
            Self::YesNo(_) => "true or false",
            Self::Date(_) => "a date",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
        }
    }
}

impl Node {
    /// The value under `key`, if this is a table that has it.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        match &self.value {
            Value::Table(table) => table.iter().find(|(name, _)| name == key).map(|(_, node)| node),
            _ => None,
        }
    }

    /// The text under `key`, if it is one.
    pub(crate) fn text(&self, key: &str) -> Option<&str> {
        match self.get(key)?.value {
            Value::Text(ref text) => Some(text),
            _ => None,
        }
    }
}

/// Reads a file. What is not TOML is a fault at its line; what could be read is returned all the same.
pub(crate) fn parse(file: &str, text: &str, faults: &Faults) -> Node {
    let file: Arc<str> = Arc::from(file);
    let line_ends: Vec<usize> = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at).collect();
    let place = |offset: usize| {
        let line = line_ends.partition_point(|end| *end < offset) + 1;
        Place { file: file.clone(), line: u32::try_from(line).unwrap_or(u32::MAX) }
    };
    let (root, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let at = place(error.span().map_or(0, |span| span.start));
        let message = error.message().lines().next().unwrap_or_default().trim().to_owned();
        faults.add_unreadable(&at, format!("this is not TOML: {message}"), "Correct the line as TOML asks");
    }
    Node { place: place(0), value: Value::Table(table(root.get_ref(), &place, faults)) }
}

fn table(source: &DeTable<'_>, place: &impl Fn(usize) -> Place, faults: &Faults) -> Table {
    let mut rows: Vec<(usize, String, Node)> = source
        .iter()
        .filter_map(|(key, value)| {
            let node = node(value, key.get_ref(), place, faults)?;
            Some((key.span().start, key.get_ref().to_string(), node))
        })
        .collect();
    rows.sort_by_key(|(start, ..)| *start);
    rows.into_iter().map(|(_, key, node)| (key, node)).collect()
}

fn node(source: &Spanned<DeValue<'_>>, key: &str, place: &impl Fn(usize) -> Place, faults: &Faults) -> Option<Node> {
    let at = place(source.span().start);
    let value = match source.get_ref() {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Boolean(yes) => Value::YesNo(*yes),
        DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(number) => Value::Number(number),
            Err(_) => {
                faults.add(&at, key, "the number is too large", "Write a number below a million");
                return None;
            }
        },
        DeValue::Datetime(moment) => {
            let day = moment
                .date
                .filter(|_| moment.time.is_none() && moment.offset.is_none())
                .and_then(|date| Date::new(i16::try_from(date.year).ok()?, date.month as i8, date.day as i8).ok());
            match day {
                Some(day) => Value::Date(day),
                None => {
                    faults.add(&at, key, "only whole days can be written here", "Write a date such as 2025-09-01");
                    return None;
                }
            }
        }
        DeValue::Float(_) => {
            faults.add(&at, key, "a number with a decimal point has no meaning here", "Write a whole number");
            return None;
        }
        DeValue::Array(items) => Value::List(items.iter().filter_map(|item| node(item, key, place, faults)).collect()),
        DeValue::Table(inner) => Value::Table(table(inner, place, faults)),
    };
    Some(Node { place: at, value })
}
