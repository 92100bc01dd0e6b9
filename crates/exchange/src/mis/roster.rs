use std::collections::BTreeSet;

use crate::{
    mapping::{DateOrder, Mapped, Mapping, Target},
    problem::{Code, Place, Problem, Severity},
    roster::{Column, Field, Roster, RosterRow, Source},
    sheet::{Row, Sheet, restore},
    value,
};

/// What a file comes to through a mapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// The learners.
    pub roster: Roster,
    /// Whether somebody must say which of day and month stands first: `Some` holds dates of the file as examples. The rows
    /// are read day first until then, and nothing may be planned from them.
    pub ambiguous_dates: Option<Vec<String>>,
}

/// Fields that every row must hold, if the file has them at all.
const NEEDED: [Field; 3] = [Field::Forename, Field::Surname, Field::DateOfBirth];

/// Reads learners from a sheet whose columns mean what `mapping` says.
pub fn roster(sheet: &Sheet<'_>, mapping: &Mapping) -> Read {
    let mut roster = Roster::new(&sheet.file, Source::Mapped, mapping.extent);
    roster.problems.extend(sheet.notes.iter().cloned());
    let Some(header) = crate::mapping::header(sheet, mapping) else {
        roster.problems.push(Problem::problem(Place::file(&sheet.file), Code::NoHeader));
        return Read { roster, ambiguous_dates: None };
    };
    headings(sheet.rows[header].line, mapping, &mut roster);
    if mapping.is_pupil_premium() {
        roster.source = Source::PupilPremium;
    }
    let rows = &sheet.rows[header + 1..];
    let (order, ambiguous_dates) = super::cells::date_order(rows, mapping);
    let blank_is_no = blank_is_no(rows, mapping);
    for column in &blank_is_no {
        let place = Place::line(&sheet.file, sheet.rows[header].line).at(&column.heading, Some(column.number));
        roster.problems.push(Problem::note(place, Code::BlankIsNo));
    }
    let mut reader =
        Reader { mapping, order, problems: Vec::new(), short_year_told: BTreeSet::new(), file: &sheet.file };
    let mut schools = BTreeSet::new();
    for row in rows {
        let before = reader.problems.len();
        let mut read = reader.row(row);
        for column in blank_is_no.iter().filter(|column| row.cell(column.number as usize - 1).is_empty()) {
            match column.target {
                Target::Learner(Field::Fsm) => read.fsm = Some(false),
                Target::Learner(Field::LookedAfter) => read.looked_after = Some(false),
                Target::Learner(Field::ConsideringHe) => read.considering_he = Some(false),
                _ => {}
            }
        }
        let bad = reader.problems[before..].iter().any(|problem| problem.severity == Severity::Problem);
        if bad {
            roster.rejected.push(read)
        } else {
            roster.rows.push(read)
        }
        schools.extend(reader.laestab(row));
    }
    reader.lost_zeros(rows);
    reader.repeated(&roster.rows);
    let mut problems = reader.problems;
    problems.sort_by_key(|problem| problem.place.line);
    roster.problems.append(&mut problems);
    if let (1, Some(school)) = (schools.len(), schools.into_iter().next()) {
        roster.laestab = Some(school);
    }
    if rows.is_empty() {
        roster.problems.push(Problem::problem(Place::file(&sheet.file), Code::NothingInIt));
    }
    Read { roster, ambiguous_dates }
}

/// Notes which fields the file covers, and tells what it has that is not read and what it lacks.
fn headings(line: u64, mapping: &Mapping, roster: &mut Roster) {
    for column in &mapping.columns {
        let place = || Place::line(&roster.file, line).at(&column.heading, Some(column.number));
        match &column.target {
            Target::Learner(field) => {
                roster.covers.insert(*field);
                let at = Column { heading: column.heading.clone(), number: Some(column.number) };
                roster.columns.insert(*field, at);
            }
            Target::Dropped => roster.problems.push(Problem::note(place(), Code::ColumnDropped)),
            Target::Unknown => roster.problems.push(Problem::note(place(), Code::ColumnUnknown)),
            _ => {}
        }
    }
    let identified = [Field::Reference, Field::Upn, Field::Uln].iter().any(|field| roster.covers.contains(field));
    let named = NEEDED.iter().all(|field| roster.covers.contains(field));
    if !identified && !named {
        for field in NEEDED.iter().filter(|field| !roster.covers.contains(field)) {
            let place = Place::line(&roster.file, line).at(field.label(), None);
            roster.problems.push(Problem::problem(place, Code::ColumnMissing));
        }
    }
}

/// Columns of yes or no that never say no: some systems tick whom it concerns and leave the others blank.
fn blank_is_no<'m>(rows: &[Row<'_>], mapping: &'m Mapping) -> Vec<&'m Mapped> {
    let asks = |column: &&Mapped| {
        matches!(column.target, Target::Learner(Field::Fsm | Field::LookedAfter | Field::ConsideringHe))
    };
    let only_yes = |column: &&Mapped| {
        let cells = rows.iter().map(|row| row.cell(column.number as usize - 1));
        let mut said = cells.filter(|cell| !cell.is_empty()).peekable();
        said.peek().is_some() && said.all(|cell| yes_no(cell) == Some(true))
    };
    mapping.columns.iter().filter(asks).filter(only_yes).collect()
}

struct Reader<'m> {
    mapping: &'m Mapping,
    order: DateOrder,
    problems: Vec<Problem>,
    short_year_told: BTreeSet<Field>,
    file: &'m str,
}

impl Reader<'_> {
    fn row(&mut self, row: &Row<'_>) -> RosterRow {
        let mut read = RosterRow { line: row.line, ..RosterRow::default() };
        let mapping = self.mapping;
        for column in &mapping.columns {
            let text = restore(row.cell(column.number as usize - 1));
            let place = Place::line(self.file, row.line).at(&column.heading, Some(column.number));
            match &column.target {
                Target::Learner(field) if text.is_empty() && NEEDED.contains(field) => {
                    self.problems.push(Problem::problem(place, Code::Missing));
                }
                Target::Learner(field) if !text.is_empty() => self.field(*field, text, place, &mut read),
                Target::Group(name) if !text.is_empty() => {
                    let value = yes_no(text).map_or(text.to_owned(), |yes| (if yes { "yes" } else { "no" }).to_owned());
                    read.groups.insert(name.clone(), value);
                }
                _ => {}
            }
        }
        if let (Some(joined), Some(left)) = (read.joined, read.left)
            && left < joined
        {
            let place = Place::line(self.file, row.line);
            self.problems.push(Problem::problem(place, Code::LeftBeforeJoined { joined }));
        }
        let identified = read.reference.is_some() || read.upn.is_some() || read.uln.is_some();
        let named = read.forename.is_some() && read.surname.is_some() && read.date_of_birth.is_some();
        let told = self.problems.last().is_some_and(|problem| problem.place.line == Some(row.line));
        if !(identified || named || told) {
            self.problems.push(Problem::problem(Place::line(self.file, row.line), Code::Missing));
        }
        read
    }

    fn field(&mut self, field: Field, text: &str, place: Place, row: &mut RosterRow) {
        let problems = &mut self.problems;
        let owned = || Some(text.to_owned());
        match field {
            Field::Reference if value::is_scientific(text) => {
                problems.push(Problem::finding(place, Code::Scientific).value(text));
            }
            Field::Reference => row.reference = owned(),
            Field::Upn => row.upn = value::upn(text, place, problems),
            Field::FormerUpn => {
                row.former_upns = text.split([';', ',']).map(|upn| upn.trim().to_ascii_uppercase()).collect()
            }
            Field::Uln => row.uln = value::uln(text, place, problems),
            Field::Forename => row.forename = owned(),
            Field::Surname => row.surname = owned(),
            Field::Sex => row.sex = value::sex(text),
            Field::YearGroup => value::year_group(text, place, row, problems),
            Field::Form => row.form = owned(),
            Field::Sen => row.sen = value::sen(text, place, problems),
            Field::Fsm => row.fsm = self.yes_no(text, place),
            Field::LookedAfter => row.looked_after = self.yes_no(text, place),
            Field::ConsideringHe => row.considering_he = self.yes_no(text, place),
            Field::Subjects => row.subjects = Some(domain::split_list(text).map(str::to_owned).collect()),
            Field::DateOfBirth => row.date_of_birth = self.date(field, text, place),
            Field::Joined => row.joined = self.date(field, text, place),
            Field::Left => row.left = self.date(field, text, place),
            Field::ProgrammeStarts => row.programme_starts = self.date(field, text, place),
            Field::ProgrammeEnds => row.programme_ends = self.date(field, text, place),
        }
    }

    fn yes_no(&mut self, text: &str, place: Place) -> Option<bool> {
        let yes = yes_no(text);
        if yes.is_none() {
            self.problems.push(Problem::finding(place, Code::NotYesNo).value(text));
        }
        yes
    }

    fn date(&mut self, field: Field, text: &str, place: Place) -> Option<domain::Date> {
        match crate::mapping::read_date(text, self.order) {
            Ok(read) => {
                if read.short_year && self.short_year_told.insert(field) {
                    self.problems.push(Problem::note(place, Code::ShortYear { read_as: read.date }).value(text));
                }
                Some(read.date)
            }
            Err(code) => {
                self.problems.push(Problem::problem(place, code).value(text));
                None
            }
        }
    }

    fn laestab(&self, row: &Row<'_>) -> Option<String> {
        let cell = |target: &Target| self.mapping.column(target).map(|column| row.cell(column));
        let digits = match cell(&Target::Laestab) {
            Some(text) => text.replace('/', ""),
            None => format!("{:0>3}{:0>4}", cell(&Target::Lea)?, cell(&Target::Estab)?),
        };
        (digits.len() == 7 && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(digits)
    }

    /// Where some ids start with nought and all of those are equally long, a shorter number has probably lost its noughts.
    fn lost_zeros(&mut self, rows: &[Row<'_>]) {
        let Some(column) = self.mapping.mapped(&Target::Learner(Field::Reference)) else { return };
        let index = column.number as usize - 1;
        let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let lengths: BTreeSet<usize> = rows
            .iter()
            .map(|row| row.cell(index))
            .filter(|id| number(id) && id.starts_with('0'))
            .map(str::len)
            .collect();
        let (1, Some(&length)) = (lengths.len(), lengths.first()) else { return };
        for row in rows.iter().filter(|row| number(row.cell(index)) && row.cell(index).len() < length) {
            let place = Place::line(self.file, row.line).at(&column.heading, Some(column.number));
            self.problems.push(Problem::finding(place, Code::LostZeros).value(row.cell(index)));
        }
    }

    /// Tells where an identifier stands on two rows.
    fn repeated(&mut self, rows: &[RosterRow]) {
        type Of = fn(&RosterRow) -> Option<&String>;
        let identifiers: [(Field, Of); 3] = [
            (Field::Reference, |row| row.reference.as_ref()),
            (Field::Upn, |row| row.upn.as_ref()),
            (Field::Uln, |row| row.uln.as_ref()),
        ];
        for (field, of) in identifiers {
            let Some(column) = self.mapping.mapped(&Target::Learner(field)) else { continue };
            let mut first = std::collections::HashMap::new();
            for row in rows {
                let Some(value) = of(row) else { continue };
                let first_line = *first.entry(value).or_insert(row.line);
                if first_line != row.line {
                    let place = Place::line(self.file, row.line).at(&column.heading, Some(column.number));
                    self.problems.push(Problem::finding(place, Code::IdentifierRepeated { first_line }).value(value));
                }
            }
        }
    }
}

/// Yes and no as schools' systems write them.
fn yes_no(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "t" => Some(true),
        "f" => Some(false),
        _ => domain::parse_yes_no(text),
    }
}
