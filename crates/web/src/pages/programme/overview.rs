use app::{Approval, Approvals, ProgrammePage};
use askama::Template;
use axum::extract::State;
use domain::date;

use crate::{
    answer::{Answer, show},
    parts::{Sign, Tag},
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Visitor},
    words,
};

/// The programme of a year at a glance.
#[derive(Template)]
#[template(path = "pages/programme/overview.html")]
pub(crate) struct OverviewPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    /// Where it is written, for those who may.
    pub(crate) edit: Option<String>,
    /// Where the latest earlier programme is copied from, and of which year it is.
    pub(crate) copy: Option<(String, String)>,
    /// Where the other pages of the programme are.
    pub(crate) ways: Vec<(String, &'static str)>,
    pub(crate) steps: Vec<Step>,
    /// How many steps there are besides those shown.
    pub(crate) more_steps: usize,
    pub(crate) approvals: Vec<ApprovalLine>,
    /// Where approvals are recorded.
    pub(crate) approval: String,
    /// What is written, by heading.
    pub(crate) texts: Vec<(&'static str, Vec<String>)>,
    pub(crate) years: Vec<YearCard>,
}

/// Something to do next.
pub(crate) struct Step {
    pub(crate) what: String,
    pub(crate) href: String,
}

/// One approval, or that it is missing.
pub(crate) struct ApprovalLine {
    pub(crate) tag: Tag,
    pub(crate) text: String,
    /// What was changed since.
    pub(crate) changes: String,
}

/// One year group.
pub(crate) struct YearCard {
    pub(crate) name: String,
    pub(crate) href: String,
    pub(crate) aims: String,
    pub(crate) outcomes: String,
    pub(crate) activities: String,
}

/// The most steps that are shown at once.
const MOST_STEPS: usize = 5;

/// GET the programme of the year.
pub(crate) async fn get(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let page = site.run(move |app| app.programme(&actor, view)).await?;
    Ok(show(&view_of(&site, &visitor, &page)))
}

fn view_of(site: &Site, visitor: &Visitor, page: &ProgrammePage) -> OverviewPage {
    let frame = &page.frame;
    let place = Place::new(frame, "programme");
    let may = page.may_write;
    let outcomes: usize = page.groups.iter().map(|plan| plan.outcomes.len()).sum();
    let steps: Vec<_> = page
        .missing
        .iter()
        .map(|missing| Step {
            what: missing.what.clone(),
            href: match missing.year_group {
                Some(year) => place.to(&format!("programme/years/{year}")),
                None if may => place.to("programme/edit"),
                None => place.to("programme"),
            },
        })
        .collect();
    let mut ways: Vec<(String, &'static str)> = [
        ("programme/progression", "Progression from year to year"),
        ("programme/curriculum", "Curriculum map"),
        ("programme/training", "Staff development"),
        ("programme/journey", "Learning journey"),
        ("programme/roadmap", "Roadmap for parents and carers"),
        ("programme/document", "Read or print as a document"),
        ("programme/outcomes", "Outcomes as a file"),
        ("gaps", "Who still needs what"),
        ("catch-up", "Catch-up after missed activities"),
    ]
    .map(|(page, label)| (place.to(page), label))
    .to_vec();
    if frame.is_totals_only {
        ways.retain(|(_, label)| *label != "Outcomes as a file");
    }
    OverviewPage {
        lead: if page.is_written {
            let changed = page.changed_at.map_or(String::new(), |at| format!(" Last changed on {}.", site.when(at)));
            format!(
                "{} across {} for {}.{changed}",
                words::count_capital(outcomes, "learning outcome", "learning outcomes"),
                words::count(page.groups.len(), "year group", "year groups"),
                frame.year
            )
        } else {
            format!(
                "Nothing is written for {} yet. The programme says what careers education is for, what each year group learns, and how.",
                frame.year
            )
        },
        edit: may.then(|| place.to("programme/edit")),
        copy: page.earlier.filter(|_| may).map(|earlier| (place.to("programme/copy"), earlier.to_string())),
        ways,
        more_steps: steps.len().saturating_sub(MOST_STEPS),
        steps: if page.is_written { steps.into_iter().take(MOST_STEPS).collect() } else { Vec::new() },
        approvals: approvals(&page.approvals),
        approval: place.to("programme/approval"),
        texts: page
            .form
            .texts()
            .into_iter()
            .filter(|(_, _, text)| !text.is_empty())
            .map(|(_, label, text)| (label, text.split("\n\n").map(str::to_owned).collect()))
            .collect(),
        years: page
            .groups
            .iter()
            .map(|plan| YearCard {
                name: format!("Year {}", plan.year_group),
                href: place.to(&format!("programme/years/{}", plan.year_group)),
                aims: plan.form.aims.clone(),
                outcomes: words::figure(plan.outcomes.len()),
                activities: words::figure(plan.activities as usize),
            })
            .collect(),
        shell: visitor.shell_at(frame, "programme").at("programme").titled(format!("Careers programme {}", frame.year)),
    }
}

/// Both approvals, with what was changed since.
pub(super) fn approvals(approvals: &Approvals) -> Vec<ApprovalLine> {
    let line = |approval: Option<&Approval>, who: &str| match approval {
        None => ApprovalLine {
            tag: Tag::new(Sign::Upcoming, "Not yet"),
            text: format!("Approval by {who} is not recorded."),
            changes: String::new(),
        },
        Some(approval) => {
            let mut labels: Vec<_> = approval.changes.iter().map(|change| change.label.clone()).collect();
            labels.dedup();
            ApprovalLine {
                tag: match approval.changes.is_empty() {
                    true => Tag::new(Sign::Met, "Approved"),
                    false => Tag::new(Sign::Due, "Changed since approval"),
                },
                text: format!("By {who} on {}: {}", date::long(approval.on), approval.by),
                changes: labels.join("; "),
            }
        }
    };
    vec![line(approvals.senior.as_ref(), "a senior leader"), line(approvals.governors.as_ref(), "the governors")]
}
