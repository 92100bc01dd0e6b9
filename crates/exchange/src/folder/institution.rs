use std::{collections::BTreeMap, ops::Range};

use domain::{AcademicYear, Calendar, Institution, InstitutionType, Subjects, YearGroup, identifier};
use toml::{Spanned, de::DeTable, de::DeValue};

use super::{Known, ParameterKind, cell};
use crate::problem::{Code, Place, Problem, Severity};

const FILE: &str = "institution.toml";
const KEYS: [&str; 10] = [
    "name",
    "type",
    "urn",
    "ukprn",
    "lowest-year",
    "highest-year",
    "year-groups-of",
    "subjects",
    "first-days",
    "parameters",
];

/// What `institution.toml` says, as far as it can be read: the rest of the folder is read even when it has problems.
#[derive(Default)]
pub(super) struct Read {
    /// All of it, if nothing that is needed is missing.
    pub(super) institution: Option<Institution>,
    /// When its years begin.
    pub(super) calendar: Calendar,
    /// First and last year group, if both are given.
    pub(super) years: Option<(YearGroup, YearGroup)>,
    /// The academic year that the year groups of learners.csv belong to.
    pub(super) year_groups_of: Option<AcademicYear>,
}

/// Reads `institution.toml`.
pub(super) fn read(bytes: &[u8], known: &Known<'_>, problems: &mut Vec<Problem>) -> Read {
    let Ok(text) = std::str::from_utf8(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)) else {
        problems.push(Problem::problem(Place::file(FILE), Code::NotUtf8));
        return Read::default();
    };
    let told_before = problems.len();
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut reader = Reader { text, known, problems };
    for error in &errors {
        reader.tell("", error.span(), Severity::Problem, Code::NotToml { detail: error.message().to_owned() });
    }
    let read = reader.institution(table.get_ref(), errors.is_empty());
    if !errors.is_empty() {
        // What could not be read is not missing.
        let mut at = 0;
        problems.retain(|problem| {
            at += 1;
            at <= told_before || problem.code != Code::KeyMissing
        });
    }
    problems[told_before..].sort_by_key(|problem| problem.place.line);
    read
}

type Value<'t> = Spanned<DeValue<'t>>;

struct Reader<'r> {
    text: &'r str,
    known: &'r Known<'r>,
    problems: &'r mut Vec<Problem>,
}

impl Reader<'_> {
    fn tell(&mut self, key: &str, span: Option<Range<usize>>, severity: Severity, code: Code) {
        let line = span.as_ref().map(|span| {
            let before = &self.text.as_bytes()[..span.start.min(self.text.len())];
            before.iter().filter(|&&b| b == b'\n').count() as u64 + 1
        });
        let place =
            Place { file: FILE.into(), line, column: (!key.is_empty()).then(|| key.to_owned()), column_number: None };
        let value = span.and_then(|span| self.text.get(span)).filter(|value| !value.contains('\n'));
        let problem = Problem { place, severity, code, value: None };
        self.problems.push(match value {
            Some(value) => problem.value(value),
            None => problem,
        });
    }

    fn wrong(&mut self, key: &str, value: &Value<'_>, expected: &str) {
        self.tell(key, Some(value.span()), Severity::Problem, Code::WrongValue { expected: expected.into() });
    }

    fn institution(&mut self, table: &DeTable<'_>, whole: bool) -> Read {
        for (key, _) in table.iter() {
            if !KEYS.contains(&key.get_ref().as_ref()) {
                self.tell(key.get_ref(), Some(key.span()), Severity::Note, Code::UnknownKey);
            }
        }
        let name = self.required(table, "name", "a name in double quotes", text_of);
        let kind = self.required(table, "type", "a type of institution in double quotes", text_of).and_then(|text| {
            text.parse::<InstitutionType>()
                .map_err(|_| {
                    let allowed = InstitutionType::WORDS.iter().map(|&word| word.to_owned()).collect();
                    let span = table.get("type").map(Spanned::span);
                    self.tell("type", span, Severity::Problem, Code::UnknownWord { allowed });
                })
                .ok()
        });
        let urn = self.identifier(table, "urn", "five or six digits in double quotes", identifier::is_urn);
        let ukprn = self.identifier(table, "ukprn", "eight digits in double quotes", identifier::is_ukprn);
        let lowest = self.required(table, "lowest-year", "a year group such as 7", year_group_of);
        let highest = self.required(table, "highest-year", "a year group such as 11", year_group_of);
        let years = lowest.zip(highest);
        if let Some((lowest, highest)) = years
            && lowest > highest
        {
            self.tell(
                "lowest-year",
                table.get("lowest-year").map(Spanned::span),
                Severity::Problem,
                Code::YearsReversed,
            );
        }
        let year_groups_of = self.optional(table, "year-groups-of", "an academic year such as \"2026/27\"", |value| {
            text_of(value).and_then(|text| text.parse().ok())
        });
        let subjects = self.subjects(table);
        let calendar = self.first_days(table);
        let parameters = self.parameters(table);

        // Unknown parameters and wrong optional values are told; what is needed is what makes an institution.
        let needed = whole && years.is_some_and(|(lowest, highest)| lowest <= highest);
        let institution =
            needed.then_some(()).and(name).zip(kind).zip(years).map(|((name, kind), (lowest, highest))| Institution {
                name,
                kind,
                urn,
                ukprn,
                lowest_year: lowest,
                highest_year: highest,
                subjects,
                calendar: calendar.clone(),
                parameters,
            });
        Read { institution, calendar, years, year_groups_of }
    }

    fn required<T>(
        &mut self,
        table: &DeTable<'_>,
        key: &str,
        expected: &str,
        read: impl FnOnce(&DeValue<'_>) -> Option<T>,
    ) -> Option<T> {
        if !table.contains_key(key) {
            self.tell(key, None, Severity::Problem, Code::KeyMissing);
        }
        self.optional(table, key, expected, read)
    }

    fn optional<T>(
        &mut self,
        table: &DeTable<'_>,
        key: &str,
        expected: &str,
        read: impl FnOnce(&DeValue<'_>) -> Option<T>,
    ) -> Option<T> {
        let value = table.get(key)?;
        let read = read(value.get_ref());
        if read.is_none() {
            self.wrong(key, value, expected);
        }
        read
    }

    fn identifier(&mut self, table: &DeTable<'_>, key: &str, expected: &str, is: fn(&str) -> bool) -> Option<String> {
        let text = self.optional(table, key, expected, |value| match value {
            DeValue::String(text) => Some(text.trim().to_owned()),
            _ => None,
        })?;
        if text.is_empty() {
            return None;
        }
        if !is(&text) {
            let code = Code::WrongValue { expected: expected.into() };
            self.tell(key, table.get(key).map(Spanned::span), Severity::Finding, code);
        }
        Some(text)
    }

    fn table<'t, 'i>(&mut self, table: &'t DeTable<'i>, key: &str) -> Option<&'t DeTable<'i>> {
        let value = table.get(key)?;
        match value.get_ref() {
            DeValue::Table(inner) => Some(inner),
            _ => {
                self.wrong(key, value, &format!("a table: a line [{key}] with keys below it"));
                None
            }
        }
    }

    fn subjects(&mut self, table: &DeTable<'_>) -> Subjects {
        let mut subjects = Subjects::new();
        let Some(lists) = self.table(table, "subjects") else { return subjects };
        for (key, value) in lists.iter() {
            let path = format!("subjects.{}", key.get_ref());
            let Ok(year_group) = cell::year_group(key.get_ref()) else {
                self.tell(&path, Some(key.span()), Severity::Problem, Code::NotAYearGroup);
                continue;
            };
            let names = match value.get_ref() {
                DeValue::Array(names) => names.iter().map(|name| text_of(name.get_ref())).collect::<Option<Vec<_>>>(),
                _ => None,
            };
            match names {
                Some(names) => subjects.entry(year_group).or_default().extend(names),
                None => self.wrong(&path, value, "a list such as [\"Art\", \"Music\"]"),
            }
        }
        subjects
    }

    fn first_days(&mut self, table: &DeTable<'_>) -> Calendar {
        let mut days = BTreeMap::new();
        let Some(entries) = self.table(table, "first-days") else { return Calendar::default() };
        for (key, value) in entries.iter() {
            let path = format!("first-days.{}", key.get_ref());
            let year = key.get_ref().trim();
            let digits = year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit());
            let Some(year) = year.parse().ok().filter(|&year: &i16| digits && year >= 1000).map(AcademicYear::starting)
            else {
                let code = Code::WrongValue { expected: "a year such as 2026 before the equals sign".into() };
                self.tell(&path, Some(key.span()), Severity::Problem, code);
                continue;
            };
            let day = match value.get_ref() {
                DeValue::String(text) => domain::date::parse(text),
                DeValue::Datetime(datetime) => domain::date::parse(&datetime.to_string()),
                _ => None,
            };
            match day {
                None => self.tell(&path, Some(value.span()), Severity::Problem, Code::NotADate),
                Some(day) if !Calendar::accepts(year, day) => {
                    self.tell(&path, Some(value.span()), Severity::Problem, Code::FirstDay { year });
                }
                Some(day) => {
                    days.insert(year, day);
                }
            }
        }
        Calendar::new(days)
    }

    fn parameters(&mut self, table: &DeTable<'_>) -> BTreeMap<String, String> {
        let mut parameters = BTreeMap::new();
        let Some(entries) = self.table(table, "parameters") else { return parameters };
        for (key, value) in entries.iter() {
            let path = format!("parameters.{}", key.get_ref());
            let Some(parameter) = self.known.parameters.iter().find(|p| p.name == key.get_ref().trim()) else {
                let known = self.known.parameters.iter().map(|p| p.name.to_owned()).collect();
                self.tell(&path, Some(key.span()), Severity::Problem, Code::UnknownParameter { known });
                continue;
            };
            let text = match value.get_ref() {
                DeValue::Boolean(yes) => yes.to_string(),
                DeValue::String(text) => text.trim().to_owned(),
                DeValue::Integer(number) if number.radix() == 10 => number.as_str().to_owned(),
                _ => String::new(),
            };
            let (settled, expected) = match parameter.kind {
                ParameterKind::Number => {
                    (cell::count(&text).ok().map(|n| n.to_string()), "a whole number of 1 or more")
                }
                ParameterKind::YesNo => (cell::yes_no(&text).ok().map(|yes| yes.to_string()), "true or false"),
            };
            match settled {
                Some(text) => {
                    parameters.insert(parameter.name.to_owned(), text);
                }
                None => self.wrong(&path, value, expected),
            }
        }
        parameters
    }
}

fn text_of(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        _ => None,
    }
}

fn year_group_of(value: &DeValue<'_>) -> Option<YearGroup> {
    let text = match value {
        DeValue::String(text) => text.to_string(),
        DeValue::Integer(number) if number.radix() == 10 => number.as_str().to_owned(),
        _ => return None,
    };
    text.parse().ok().filter(|&year| year <= YearGroup::HIGHEST)
}
