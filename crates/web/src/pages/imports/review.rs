use app::Action;
use app::import::{
    ImportPage, Work,
    plan::{self, Choice as Answer, Plan, Question as Asked, Step as PlanStep},
    problem::Problem,
    roster::Extent,
};
use askama::Template;
use domain::{YearGroup, date};

use super::{
    Step,
    mapping::{Question, extent},
    steps,
};
use crate::{parts::Choice, place::Place, shell::Shell, visitor::Visitor, words};

/// What the file would change, what is wrong with it, and what needs a decision.
#[derive(Template)]
#[template(path = "pages/imports/review.html")]
pub(crate) struct ReviewPage {
    pub(crate) shell: Shell,
    pub(crate) steps: Vec<Step>,
    pub(crate) lead: String,
    pub(crate) problem_title: String,
    pub(crate) problems: Vec<CellProblem>,
    pub(crate) more_problems: String,
    pub(crate) own_file: Option<String>,
    /// Where the columns can be looked at again, for a spreadsheet.
    pub(crate) columns: Option<String>,
    /// Whether the file is whole, for a spreadsheet of learners, and where the answer goes.
    pub(crate) whole: Option<(Question, String)>,
    pub(crate) notes_title: String,
    pub(crate) notes: Vec<String>,
    pub(crate) numbers: Vec<Counted>,
    pub(crate) sections: Vec<Section>,
    pub(crate) action: String,
    pub(crate) discard: String,
    /// Where it is worked out again, if the records changed meanwhile.
    pub(crate) replan: Option<String>,
    /// Whether there is something to apply.
    pub(crate) can_apply: bool,
    /// Whether something is to be decided, or was and can be changed.
    pub(crate) decides: bool,
    pub(crate) button: String,
}

/// A problem at its cell.
pub(crate) struct CellProblem {
    /// "Row 14, Date of birth".
    pub(crate) cell: String,
    pub(crate) value: String,
    pub(crate) message: String,
}

/// How many of a kind of change.
pub(crate) struct Counted {
    pub(crate) figure: String,
    pub(crate) label: &'static str,
    pub(crate) href: String,
}

/// One kind of change.
pub(crate) struct Section {
    pub(crate) anchor: &'static str,
    pub(crate) title: String,
    pub(crate) about: String,
    pub(crate) noun: &'static str,
    pub(crate) decides: bool,
    pub(crate) lines: Vec<PlanLine>,
    /// How many more there are.
    pub(crate) more: String,
}

/// One learner or activity that changes.
pub(crate) struct PlanLine {
    pub(crate) name: String,
    pub(crate) changes: Vec<Change>,
    pub(crate) field: String,
    pub(crate) choices: Vec<Choice>,
}

/// One field that changes.
pub(crate) struct Change {
    pub(crate) field: String,
    pub(crate) was: String,
    pub(crate) now: String,
}

/// More lines of one kind than this are counted, not listed.
const LISTED: usize = 40;

/// The page of an import that can be reviewed, or that could not be read at all.
pub(super) fn page(visitor: &Visitor, import: &ImportPage) -> ReviewPage {
    let row = &import.row;
    let under = format!("imports/{}", row.id);
    let place = Place::new(&import.frame, &under);
    let summary = &row.summary;
    let problems: Vec<_> = import.bad().collect();
    let notes: Vec<_> = import.doubtful().chain(import.notes()).collect();
    let sections = import.work.as_ref().map_or(Vec::new(), |work| sections(work, import));
    let changes = summary.new + summary.changed;
    let is_open = import.work.is_some() && import.ambiguous_dates.is_none() && import.frame.may.has(Action::Import);
    // Only a file with everybody has somebody missing.
    let is_whole = matches!(&import.work, Some(Work::Learners(plan)) if plan.extent == Extent::Bulk);
    let number = |figure: usize, label: &'static str, anchor: &str| Counted {
        figure: words::figure(figure),
        label,
        href: format!("#{anchor}"),
    };
    ReviewPage {
        shell: visitor
            .shell_at(&import.frame, &under)
            .at("imports")
            .titled(format!("What {} would change", row.file_name))
            .under(place.to("imports"), "Imports"),
        steps: steps(2),
        lead: lead(import),
        problem_title: words::count_capital(
            summary.bad.max(problems.len().min(1)),
            "row with a problem",
            "rows with problems",
        ),
        problems: problems.iter().take(LISTED).map(|problem| cell(problem)).collect(),
        more_problems: match problems.len().saturating_sub(LISTED) {
            0 => String::new(),
            more => {
                format!("{} in the file with the Problems column.", words::count_capital(more, "more is", "more are"))
            }
        },
        own_file: import.mapping.is_some().then(|| place.to(&format!("{under}/file"))),
        columns: import.mapping.is_some().then(|| place.to(&format!("{under}?columns=yes"))),
        notes_title: words::count_capital(notes.len(), "thing to know", "things to know"),
        notes: notes.iter().take(LISTED).map(|note| sentence(note)).collect(),
        whole: import
            .mapping
            .as_ref()
            .filter(|_| import.work.is_some() && import.frame.may.has(Action::Import))
            .and_then(extent)
            .map(|question| (question, place.to(&format!("{under}/columns")))),
        numbers: [
            Some(number(summary.new, "new", "new")),
            Some(number(summary.changed, "changed", "changed")),
            Some(number(summary.same, "unchanged", "content")),
            Some(number(summary.decide, "to decide", "decide")),
            is_whole.then(|| number(summary.absent, "not in the file", "absent")),
        ]
        .into_iter()
        .flatten()
        .collect(),
        decides: is_open && summary.decide + summary.absent > 0,
        sections,
        action: place.to(&format!("{under}/apply")),
        discard: place.to(&format!("{under}/cancel")),
        replan: import.has_moved.then(|| place.to(&format!("{under}/replan"))),
        can_apply: is_open && !import.work.as_ref().is_none_or(Work::is_empty),
        button: match changes {
            0 => "Apply my decisions".to_owned(),
            changes => format!("Apply {}", words::count(changes, "change", "changes")),
        },
    }
}

fn lead(import: &ImportPage) -> String {
    let summary = &import.row.summary;
    let mut text = match (&import.work, summary.bad) {
        (None, _) => "This file could not be read. Nothing was changed.".to_owned(),
        (Some(_), 0) => format!("{} fine.", words::count_capital(summary.good, "row is", "rows are")),
        (Some(_), bad) => format!(
            "{} attention; {} fine.",
            words::count_capital(bad, "row needs", "rows need"),
            words::count(summary.good, "is", "are")
        ),
    };
    if import.seen_before {
        text.push_str(" This very file was applied before.");
    }
    if import.work.as_ref().is_some_and(Work::is_empty) {
        text.push_str(" It would change nothing.");
    }
    if let Some(failure) = &import.failure {
        text.push_str(&format!(" It could not be applied: {failure}"));
    }
    text
}

fn cell(problem: &Problem) -> CellProblem {
    let place = &problem.place;
    let line = place.line.map_or_else(|| "The file".to_owned(), |line| format!("Row {line}"));
    let column = place.column.as_deref().map_or(String::new(), |column| format!(", {column}"));
    CellProblem {
        cell: format!("{line}{column}"),
        value: problem.value.clone().unwrap_or_default(),
        message: format!("{} {}", problem.message(), problem.remedy()).trim().to_owned(),
    }
}

fn sentence(problem: &Problem) -> String {
    let cell = cell(problem);
    let value = if cell.value.is_empty() { String::new() } else { format!(" (“{}”)", cell.value) };
    format!("{}{value}: {}", cell.cell, cell.message)
}

fn sections(work: &Work, import: &ImportPage) -> Vec<Section> {
    match work {
        Work::Learners(plan) => learners(plan, import),
        Work::Activities(plan) => activities(plan),
        Work::Participation(plan) => participation(plan),
    }
}

fn activities(plan: &plan::ActivityPlan) -> Vec<Section> {
    let (mut new, mut changed) = (Vec::new(), Vec::new());
    for row in &plan.rows {
        let (lines, about) = match &row.step {
            plan::ActivityStep::New { .. } => (&mut new, "new".to_owned()),
            plan::ActivityStep::Change { fields, .. } => {
                let fields: Vec<_> = fields.iter().map(|field| field.heading().replace('-', " ")).collect();
                (&mut changed, words::list(&fields))
            }
            plan::ActivityStep::Same { .. } | plan::ActivityStep::Skip { .. } => continue,
        };
        let change = Change { field: format!("Row {}", row.line), was: String::new(), now: about };
        lines.push(PlanLine {
            name: row.title.clone(),
            changes: vec![change],
            field: String::new(),
            choices: Vec::new(),
        });
    }
    let mut sections = vec![
        section("new", "New activities", "Activity", new),
        section("changed", "Changed activities", "Activity", changed),
    ];
    sections.retain(|section| !section.lines.is_empty());
    sections
}

fn participation(plan: &plan::ParticipationPlan) -> Vec<Section> {
    let lines = plan.registers.iter().map(|register| {
        let new = register.entries.iter().filter(|entry| entry.old.is_none()).count();
        let changed = register.entries.len() - new;
        let parts = [(new, "new"), (changed, "changed")];
        let parts: Vec<_> = parts
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{} {what}", words::figure(*count)))
            .collect();
        PlanLine {
            name: register.title.clone(),
            changes: vec![Change { field: "Register".to_owned(), was: String::new(), now: parts.join(", ") }],
            field: String::new(),
            choices: Vec::new(),
        }
    });
    let mut sections = vec![section("new", "Registers that change", "Activity", lines.collect())];
    sections.retain(|section| !section.lines.is_empty());
    sections
}

fn learners(plan: &Plan, import: &ImportPage) -> Vec<Section> {
    let mut sections = vec![decisions(plan, import), absent(plan)];
    let joins = plan.rows.iter().filter_map(|row| match &row.step {
        PlanStep::Join { draft } => Some(PlanLine {
            name: row.name.clone(),
            changes: draft
                .values
                .iter()
                .filter(|(_, value)| !value.is_nothing())
                .map(|(field, value)| Change {
                    field: field.label().to_owned(),
                    was: String::new(),
                    now: value.to_string(),
                })
                .collect(),
            field: String::new(),
            choices: Vec::new(),
        }),
        _ => None,
    });
    sections.push(section("new", "New learners", "Learner", joins.collect()));
    let changed = plan.rows.iter().filter_map(|row| match &row.step {
        PlanStep::Change { changes: fields, .. } => Some(PlanLine {
            name: row.name.clone(),
            changes: changes(fields),
            field: String::new(),
            choices: Vec::new(),
        }),
        _ => None,
    });
    sections.push(section("changed", "Changed learners", "Learner", changed.collect()));
    sections.retain(|section| !section.lines.is_empty());
    sections
}

/// A list of changes, cut where it gets long.
fn section(anchor: &'static str, title: &str, noun: &'static str, mut lines: Vec<PlanLine>) -> Section {
    let more = lines.len().saturating_sub(LISTED);
    lines.truncate(LISTED);
    Section {
        anchor,
        title: title.to_owned(),
        about: String::new(),
        noun,
        decides: false,
        lines,
        more: if more == 0 { String::new() } else { format!("… and {}.", words::count(more, "more", "more")) },
    }
}

fn changes(changes: &[plan::Change]) -> Vec<Change> {
    let line = |change: &plan::Change| Change {
        field: change.field.label().to_owned(),
        was: change.old.to_string(),
        now: if change.new.is_nothing() { "blank".to_owned() } else { change.new.to_string() },
    };
    changes.iter().map(line).collect()
}

/// Rows that somebody must decide about. All are listed: each has to be answered.
fn decisions(plan: &Plan, import: &ImportPage) -> Section {
    let lines = plan.rows.iter().filter_map(|row| match &row.step {
        PlanStep::Decide { question, choices } => Some(PlanLine {
            name: format!("{} (row {})", row.name, row.line),
            changes: vec![Change { field: "Question".to_owned(), was: String::new(), now: asked(question) }],
            field: format!("row-{}", row.line),
            choices: answers(question, choices, import),
        }),
        _ => None,
    });
    Section {
        anchor: "decide",
        title: "Your decision is needed".to_owned(),
        about: "A row without a decision is left undecided, and nothing is applied until all are made.".to_owned(),
        noun: "Row",
        decides: true,
        lines: lines.collect(),
        more: String::new(),
    }
}

fn asked(question: &Asked) -> String {
    match question {
        Asked::SeveralMatch => "Its identifiers belong to different learners.".to_owned(),
        Asked::SameNameAndBirth => "Only the name and the date of birth agree with a known learner.".to_owned(),
        Asked::LooksDifferent => "An identifier agrees, but neither name nor date of birth does.".to_owned(),
        Asked::YearGroup { written } => format!("Which year group is “{written}”?"),
        Asked::Missing { fields } => {
            let fields: Vec<_> = fields.iter().map(|field| field.label().to_lowercase()).collect();
            format!("A new learner, without {}.", words::list(&fields))
        }
        Asked::TwiceInFile { first_line } => {
            format!("Row {first_line} is about the same learner and says otherwise.")
        }
    }
}

fn answers(question: &Asked, choices: &[Answer], import: &ImportPage) -> Vec<Choice> {
    let mut answers = vec![Choice::new("", "Not decided yet", true)];
    let asks_year = match question {
        Asked::YearGroup { .. } => true,
        Asked::Missing { fields } => *fields == [app::import::roster::Field::YearGroup],
        _ => false,
    };
    if asks_year {
        let (first, last) = import.frame.institution.years.unwrap_or((YearGroup::LOWEST, YearGroup::HIGHEST));
        let years = first.number()..=last.number();
        answers.extend(years.map(|year| Choice::new(format!("year:{year}"), format!("Year {year}"), false)));
    }
    for choice in choices {
        match choice {
            Answer::Existing { learner, name, .. } if !asks_year => {
                answers.push(Choice::new(format!("existing:{learner}"), format!("It is {name}"), false));
            }
            Answer::New { draft } if !asks_year && draft.missing.is_empty() => {
                answers.push(Choice::new("new", "It is somebody new", false));
            }
            Answer::Skip => answers.push(Choice::new("skip", "Leave the row out", false)),
            _ => {}
        }
    }
    answers
}

/// Those on roll who are not in the file.
fn absent(plan: &Plan) -> Section {
    let lines = plan.absent.iter().map(|absent| PlanLine {
        name: absent.name.clone(),
        changes: vec![Change { field: "Last day".to_owned(), was: String::new(), now: date::long(absent.left) }],
        field: format!("absent-{}", absent.learner),
        choices: vec![
            Choice::new("", "Not decided yet", absent.leaves.is_none()),
            Choice::new("leaves", "Has left", absent.leaves == Some(true)),
            Choice::new("stays", "Stays on roll", absent.leaves == Some(false)),
        ],
    });
    let many = if plan.confirm_each {
        " So many are missing that the file may be cut short: say of each whether they left."
    } else {
        ""
    };
    Section {
        anchor: "absent",
        title: "On roll, and not in the file".to_owned(),
        about: format!("Somebody who left keeps their record; they are no longer counted.{many}"),
        noun: "Learner",
        decides: true,
        lines: lines.collect(),
        more: String::new(),
    }
}
