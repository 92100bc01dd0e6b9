//! A list of those who came, pasted or scanned: first what its lines mean, then the marks.

use app::{FieldProblem, Found, ListCheck, RollRow};
use askama::Template;
use axum::extract::{Path, State};
use domain::{ActivityId, ParticipationStatus};

use super::marks::address;
use crate::{
    answer::{Answer, Failure, show, show_again},
    fields::Fields,
    labels,
    pages::activities::id_of,
    parts::Choice,
    shell::Shell,
    site::Site,
    visitor::{Here, Posted, Visitor},
    words,
};

/// Asks for the list.
#[derive(Template)]
#[template(path = "pages/registers/list.html")]
pub(crate) struct ListPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) action: String,
    pub(crate) back: String,
    pub(crate) list: String,
    pub(crate) problem: Option<String>,
    pub(crate) marks: Vec<Choice>,
}

/// Says what each line means, and offers to mark those who were found.
#[derive(Template)]
#[template(path = "pages/registers/list_check.html")]
pub(crate) struct ListCheckPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    /// Where the marks go, and as what.
    pub(crate) save: String,
    pub(crate) mark: &'static str,
    pub(crate) back: String,
    /// Those found, each with the hidden field of their mark.
    pub(crate) found: Vec<FoundLine>,
    /// Lines that mean one of several.
    pub(crate) several: Vec<SeveralLine>,
    /// Lines that cannot be marked, and why.
    pub(crate) others: Vec<(usize, String, String)>,
    pub(crate) button: String,
}

/// A line whose learner was found.
pub(crate) struct FoundLine {
    pub(crate) line: usize,
    pub(crate) text: String,
    pub(crate) name: String,
    pub(crate) form: String,
    /// What the mark does: "No mark → Present".
    pub(crate) change: String,
    pub(crate) field: String,
    pub(crate) value: &'static str,
}

/// A line that means one of several learners.
pub(crate) struct SeveralLine {
    pub(crate) line: usize,
    pub(crate) text: String,
    pub(crate) field: String,
    pub(crate) choices: Vec<Choice>,
}

/// GET the form.
pub(crate) async fn list(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, activity)): Path<(String, String)>,
) -> Answer {
    let id = id_of(&activity)?;
    Ok(show(&page(&site, &visitor, &here, id, &Fields::default(), Vec::new()).await?))
}

/// POST the list, to be checked.
pub(crate) async fn check_list(
    State(site): State<Site>,
    here: Here,
    Path((_, activity)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let id = id_of(&activity)?;
    let (actor, view, text) = (posted.visitor.actor.clone(), here.view(), posted.fields.text("list"));
    let status = match posted.fields.one("as") {
        "absent" => ParticipationStatus::Absent,
        _ => ParticipationStatus::Attended,
    };
    match site.run(move |app| app.check_list(&actor, view, id, &text)).await {
        Ok(check) => Ok(show(&checked(&posted.visitor, &here, id, &check, status))),
        Err(Failure::Problems(problems)) => {
            Ok(show_again(&page(&site, &posted.visitor, &here, id, &posted.fields, problems).await?))
        }
        Err(failure) => Err(failure),
    }
}

async fn page(
    site: &Site,
    visitor: &Visitor,
    here: &Here,
    id: ActivityId,
    fields: &Fields,
    problems: Vec<FieldProblem>,
) -> Result<ListPage, Failure> {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let links = site.run(move |app| app.register_links(&actor, view, id)).await?;
    let shell = super::shell(visitor, &links.frame, id, &links.activity.activity.title, "list")
        .titled("Paste or scan a list")
        .with_problems(problems);
    // What was far too much is not sent back.
    let list = fields.one("list");
    Ok(ListPage {
        lead: format!(
            "Who was at “{}”? Before anything is marked, you see whom each line means.",
            links.activity.activity.title
        ),
        action: format!("{}/list", address(here, id)),
        back: here.query.with(&address(here, id), &[]),
        list: if list.len() > 256 << 10 { String::new() } else { list.to_owned() },
        problem: shell.problems.of("list").map(str::to_owned),
        marks: vec![
            Choice::new("attended", "They were present", fields.one("as") != "absent"),
            Choice::new("absent", "They were absent", fields.one("as") == "absent"),
        ],
        shell,
    })
}

fn checked(
    visitor: &Visitor,
    here: &Here,
    id: ActivityId,
    check: &ListCheck,
    status: ParticipationStatus,
) -> ListCheckPage {
    let label = |status: Option<ParticipationStatus>| status.map_or("No mark", labels::participation);
    let key = |row: &RollRow| format!("{}-{}", row.id, row.status.map_or("", ParticipationStatus::word));
    let form = |row: &RollRow| row.form.clone().unwrap_or_else(|| "–".to_owned());
    let mut page = ListCheckPage {
        shell: super::shell(visitor, &check.frame, id, &check.activity.activity.title, "list").titled("Check the list"),
        lead: String::new(),
        save: here.query.with(&address(here, id), &[]),
        mark: status.word(),
        back: format!("{}/list", address(here, id)),
        found: Vec::new(),
        several: Vec::new(),
        others: Vec::new(),
        button: String::new(),
    };
    for line in &check.lines {
        let mut other = |why: String| page.others.push((line.number, line.text.clone(), why));
        match (&line.found, line.same_as) {
            (_, Some(first)) => other(format!("The same learner as in line {first}.")),
            (Found::One(row), None) if row.status == Some(status) => {
                other(format!("{} is marked {} already.", row.name, label(row.status).to_lowercase()));
            }
            (Found::One(row), None) => page.found.push(FoundLine {
                line: line.number,
                text: line.text.clone(),
                name: row.name.clone(),
                form: form(row),
                change: format!(
                    "{}{} → {}",
                    if row.is_expected { "" } else { "New on the register. " },
                    label(row.status),
                    label(Some(status))
                ),
                field: format!("mark-{}", key(row)),
                value: status.word(),
            }),
            (Found::Several(rows), _) => page.several.push(SeveralLine {
                line: line.number,
                text: line.text.clone(),
                field: format!("pick-{}", line.number),
                choices: std::iter::once(Choice::new("", "Nobody: leave this line out", true))
                    .chain(rows.iter().map(|row| {
                        Choice::new(key(row), format!("{}, {}, {}", row.name, form(row), row.reference), false)
                    }))
                    .collect(),
            }),
            (Found::Nobody, _) => {
                other(
                    "Nobody with this reference or name. Check the spelling, or find them on the register.".to_owned(),
                );
            }
            (Found::NotOnRoll(row), _) => {
                other(format!("{} was not on roll on that day: they had left, or had not yet joined.", row.name));
            }
        }
    }
    page.lead = format!(
        "{} understood. Nothing is marked yet.",
        words::count_capital(page.found.len(), "line is", "lines are")
    );
    page.button = match (page.found.len(), page.several.is_empty()) {
        (0, true) => String::new(),
        (_, false) => format!("Mark them {}", labels::participation(status).to_lowercase()),
        (count, true) => format!(
            "Mark {} {}",
            words::count(count, "learner", "learners"),
            labels::participation(status).to_lowercase()
        ),
    };
    page
}
