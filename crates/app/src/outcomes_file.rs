//! Learning outcomes as a file, out and in.

use domain::{Framework, YearGroup, same_name, split_list};
use exchange::sheet;

use crate::{
    Action, Actor, App, Error, FieldProblem, ListFile, ListFormat, OutcomeForm, Problems, Result, View, export::Table,
};

/// The columns of the file, in order.
const HEADINGS: [&str; 7] = ["Year group", "Sort", "Stage", "Thread", "Outcome", "Tags", "Activities this year"];
/// The most problems that are shown of one file.
const MOST_PROBLEMS: usize = 40;
/// The most outcomes that one file may bring.
const MOST: usize = 2_000;

impl App {
    /// The outcomes of the view's year as a file.
    ///
    /// # Errors
    /// If the institution is not within the actor's reach.
    pub fn export_outcomes(&self, actor: &Actor, view: View, format: ListFormat) -> Result<ListFile> {
        let page = self.programme(actor, view)?;
        let rows = page.groups.iter().flat_map(|plan| &plan.outcomes).map(|outcome| {
            let tags: Vec<_> = outcome.tags.iter().map(|(_, name)| name.clone()).collect();
            let activities: Vec<_> = outcome.activities.iter().map(|(_, title)| title.clone()).collect();
            vec![
                outcome.year_group.to_string(),
                outcome.sort.word().to_owned(),
                outcome.stage.word().to_owned(),
                outcome.thread.clone(),
                outcome.statement.clone(),
                tags.join("; "),
                activities.join("; "),
            ]
        });
        let table = Table { headings: HEADINGS.map(str::to_owned).to_vec(), rows: rows.collect() };
        table.write(&format!("learning-outcomes-{}", page.frame.year.to_string().replace('/', "-")), format)
    }

    /// Adds the outcomes of a CSV or XLSX file to the view's year: all of them, or none. Those that the year group has
    /// already, word for word, are passed over. Returns how many were added and how many passed over.
    ///
    /// # Errors
    /// If the actor may not record for the whole institution; every row that cannot be read is a problem with its line.
    pub fn import_outcomes(&self, actor: &Actor, view: View, file: &str, bytes: &[u8]) -> Result<(usize, usize)> {
        actor.ask_for_all(Action::Record, view.institution)?;
        let page = self.programme(actor, view)?;
        let year = page.frame.year;
        let problem = |message: String| FieldProblem { field: "file", message };
        let sheet = sheet::read(file, bytes).map_err(|problems| {
            Error::Problems(
                problems
                    .iter()
                    .map(|found| problem(format!("{} {}", found.message(), found.remedy()).trim().to_owned()))
                    .collect(),
            )
        })?;
        let (columns, rows) = columns(&sheet.rows)?;
        if rows.len() > MOST {
            return Err(Error::problem("file", format!("The file has {} rows. Send at most {MOST}.", rows.len())));
        }
        let (mut outcomes, mut wrong, mut known) = (Vec::new(), Vec::new(), 0);
        for row in rows {
            let cell =
                |column: usize| columns[column].map_or(String::new(), |at| sheet::restore(row.cell(at)).to_string());
            let year_group = cell(0).parse::<YearGroup>().ok();
            let year_group = year_group.filter(|group| page.groups.iter().any(|plan| plan.year_group == *group));
            let (tags, own): (Vec<_>, Vec<_>) =
                split_list(&cell(5)).map(Framework::of_text).partition(|(framework, _)| *framework != Framework::Own);
            let form = OutcomeForm {
                statement: cell(4),
                sort: or(&cell(1), "knowledge"),
                stage: or(&cell(2), "introduced"),
                thread: cell(3),
                tags: tags.into_iter().map(|(_, word)| word).collect(),
                own: own.into_iter().map(|(_, name)| name).collect::<Vec<_>>().join(";"),
                seen: String::new(),
            };
            let mut problems = Problems::default();
            if year_group.is_none() {
                problems.add("year_group", format!("“{}” is not a year group taught here.", cell(0)));
            }
            let statement = form.statement.split_whitespace().collect::<Vec<_>>().join(" ");
            let statements: Vec<_> = Some(statement).filter(|text| !text.is_empty()).into_iter().collect();
            let read = form.read(&statements, year, year_group.unwrap_or(YearGroup::LOWEST), &mut problems);
            if let Err(Error::Problems(found)) = problems.check() {
                wrong.extend(found.into_iter().map(|found| problem(format!("Line {}: {}", row.line, found.message))));
                continue;
            }
            for outcome in read {
                let said = |statement: &str| same_name(statement) == same_name(&outcome.statement);
                let here = page.groups.iter().filter(|plan| Some(plan.year_group) == year_group);
                if here.flat_map(|plan| &plan.outcomes).any(|row| said(&row.statement)) {
                    known += 1;
                } else {
                    outcomes.push(outcome);
                }
            }
        }
        if !wrong.is_empty() {
            let more = wrong.len().saturating_sub(MOST_PROBLEMS);
            wrong.truncate(MOST_PROBLEMS);
            if more > 0 {
                wrong.push(problem(format!("And {more} more. Nothing of the file was kept.")));
            }
            return Err(Error::Problems(wrong));
        }
        let added = outcomes.len();
        if added > 0 {
            self.keep_outcomes(actor, view, outcomes)?;
        }
        Ok((added, known))
    }
}

/// Where each column is, and the rows beneath the headings.
fn columns<'s>(rows: &'s [sheet::Row<'s>]) -> Result<([Option<usize>; 7], &'s [sheet::Row<'s>])> {
    let named = |row: &sheet::Row<'_>| {
        HEADINGS.map(|heading| (0..row.width()).find(|at| same_name(row.cell(*at)) == same_name(heading)))
    };
    // Titles may stand above the headings.
    for (at, row) in rows.iter().enumerate().take(10) {
        let found = named(row);
        if found[0].is_some() && found[4].is_some() {
            return Ok((found, &rows[at + 1..]));
        }
    }
    Err(Error::problem(
        "file",
        "The file needs the columns “Year group” and “Outcome”. Save the outcomes as a file first to see how it looks.",
    ))
}

fn or(text: &str, blank: &str) -> String {
    if text.trim().is_empty() { blank.to_owned() } else { text.to_owned() }
}
