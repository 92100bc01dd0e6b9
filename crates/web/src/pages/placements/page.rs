use app::{CheckRow, EntryForm, FieldProblem, LinkPurpose, PlacementForm};
use askama::Template;
use axum::extract::{Path, State};
use domain::{CheckStatus, Mode, PlacementStage, date};

use super::{days, id_of};
use crate::{
    answer::{Answer, show},
    fields::Fields,
    labels,
    parts::{Choice, Sign, Tag},
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Visitor},
    words,
};

/// One placement.
#[derive(Template)]
#[template(path = "pages/placements/page.html")]
pub(crate) struct PlacementPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) next: Option<(String, String, bool)>,
    pub(crate) learner: String,
    pub(crate) may_change: bool,
    pub(crate) facts: Vec<(&'static str, String)>,
    pub(crate) stage_action: String,
    pub(crate) undo_action: Option<String>,
    pub(crate) stages: Vec<Choice>,
    pub(crate) reason: String,
    pub(crate) checks: Vec<CheckLine>,
    pub(crate) links: Vec<LinkLine>,
    pub(crate) link_action: String,
    /// A link that was just made: for whom, and its address.
    pub(crate) made: Option<(&'static str, String)>,
    pub(crate) details_action: String,
    pub(crate) details: PlacementForm,
    pub(crate) modes: Vec<Choice>,
    pub(crate) details_open: bool,
    pub(crate) entries: Vec<EntryLine>,
    pub(crate) entry_action: String,
    pub(crate) entry: EntryForm,
    pub(crate) sorts: Vec<Choice>,
    pub(crate) opinions: Vec<OpinionLine>,
    pub(crate) steps: Vec<StepLine>,
    /// The activity that counts it, and what is open of its checklist.
    pub(crate) activity: Option<(String, String)>,
    pub(crate) same_employer: String,
}

/// A check.
pub(crate) struct CheckLine {
    pub(crate) id: &'static str,
    pub(crate) label: &'static str,
    pub(crate) asks: &'static str,
    pub(crate) source: &'static str,
    pub(crate) is_needed: bool,
    pub(crate) tag: Tag,
    pub(crate) found: String,
    pub(crate) warning: String,
    pub(crate) action: String,
    pub(crate) statuses: Vec<Choice>,
    pub(crate) seen_on: String,
    pub(crate) expires_on: String,
    pub(crate) expires: bool,
    /// None where it is withheld.
    pub(crate) note: Option<String>,
    pub(crate) problems: Vec<String>,
}

/// A link that works.
pub(crate) struct LinkLine {
    pub(crate) what: &'static str,
    pub(crate) until: String,
    pub(crate) uses: String,
    pub(crate) close: String,
}

/// Something written.
pub(crate) struct EntryLine {
    pub(crate) what: &'static str,
    pub(crate) on: String,
    pub(crate) hours: String,
    pub(crate) by: String,
    pub(crate) text: String,
    pub(crate) remove: String,
}

/// What the employer thought.
pub(crate) struct OpinionLine {
    pub(crate) by: String,
    pub(crate) rating: String,
    pub(crate) went_well: String,
    pub(crate) better: String,
    pub(crate) would_return: &'static str,
}

/// A step.
pub(crate) struct StepLine {
    pub(crate) stage: &'static str,
    pub(crate) on: String,
    pub(crate) by: String,
    pub(crate) reason: String,
}

pub(super) fn typed(fields: &Fields) -> PlacementForm {
    let needs = fields.0.iter().any(|(name, _)| name == "needs").then(|| fields.text("needs"));
    PlacementForm {
        employer: fields.text("employer"),
        supervisor: fields.text("supervisor"),
        supervisor_email: fields.text("supervisor_email"),
        supervisor_phone: fields.text("supervisor_phone"),
        address: fields.text("address"),
        starts_on: fields.text("starts_on"),
        ends_on: fields.text("ends_on"),
        hours_a_day: fields.text("hours_a_day"),
        hours: fields.text("hours"),
        mode: fields.text("mode"),
        tasks: fields.text("tasks"),
        not_allowed: fields.text("not_allowed"),
        travel: fields.text("travel"),
        needs,
        revision: fields.one("revision").parse().ok(),
    }
}

pub(super) fn modes(form: &PlacementForm) -> Vec<Choice> {
    let now = if form.mode.is_empty() { Mode::InPerson.word() } else { &form.mode };
    Mode::ALL.iter().map(|mode| Choice::new(mode, labels::mode(*mode), now == mode.word())).collect()
}

/// What was typed into one of the page's forms, and what is wrong with it.
#[derive(Default)]
pub(super) struct Sent {
    pub(super) details: Option<PlacementForm>,
    pub(super) entry: EntryForm,
    pub(super) stage: String,
    pub(super) reason: String,
    /// The check whose form was sent.
    pub(super) check: Option<domain::PlacementCheck>,
    pub(super) made: Option<(&'static str, String)>,
    pub(super) problems: Vec<FieldProblem>,
}

pub(super) const SORTS: [(&str, &str); 5] = [
    ("journal", "Journal"),
    ("reflection", "What they learnt"),
    ("visit", "Visit"),
    ("call", "Call"),
    ("note", "Note"),
];

/// GET a placement.
pub(crate) async fn get(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, placement)): Path<(String, String)>,
) -> Answer {
    let id = id_of(&placement)?;
    let (actor, view) = (visitor.actor.clone(), here.view());
    let found = site.run(move |app| app.placement(&actor, view, id)).await?;
    Ok(show(&view_of(&visitor, &found, Sent::default())))
}

pub(super) fn what(purpose: LinkPurpose) -> &'static str {
    match purpose {
        LinkPurpose::PlacementEmployer => "Employer",
        LinkPurpose::PlacementParent => "Parent or carer",
        _ => "Learner’s journal",
    }
}

pub(super) fn view_of(visitor: &Visitor, found: &app::PlacementPage, sent: Sent) -> PlacementPage {
    let frame = &found.frame;
    let under = format!("placements/{}", found.id);
    let place = Place::new(frame, &under);
    let year = found.year_group.map_or(String::new(), |year| year.to_string());
    let to_board = format!("placements?year={year}");
    let employer = if found.details.employer.is_empty() { "no employer yet" } else { &found.details.employer };
    let to = |what: &str| place.to(&format!("{under}/{what}"));
    let details_open = sent.details.is_some();
    let details = sent.details.unwrap_or_else(|| found.details.clone());
    let stage_now = if sent.stage.is_empty() { found.stage.word() } else { &sent.stage };
    let day = |text: &str| date::parse(text);
    let (first, last) = (day(&found.details.starts_on), day(&found.details.ends_on));
    let check_problems: Vec<String> = match sent.check {
        Some(_) => sent.problems.iter().map(|problem| problem.message.clone()).collect(),
        None => Vec::new(),
    };
    PlacementPage {
        shell: visitor
            .shell_at(frame, &under)
            .at("placements")
            .titled(format!("Placement of {}", found.name))
            .under(place.to(&to_board), "Work experience")
            .with_problems(sent.problems),
        lead: format!(
            "{}: {employer}{}. {}",
            found.stage.label(),
            Some(days((first, last))).filter(|days| !days.is_empty()).map_or(String::new(), |days| format!(", {days}")),
            match found.checks.iter().filter(|check| check.is_open()).count() {
                _ if found.stage == PlacementStage::FellThrough => found.reason.clone().unwrap_or_default(),
                0 => "Everything needed before it begins is checked.".to_owned(),
                open =>
                    format!("{} open before it can be approved.", words::count_capital(open, "check is", "checks are")),
            }
        ),
        next: found.next.as_ref().map(|next| {
            let by = next.by.map_or(String::new(), |by| words::with_distance(by, frame.today));
            (next.what.clone(), by, next.is_urgent)
        }),
        learner: place.to(&format!("learners/{}", found.learner)),
        may_change: found.may_change,
        facts: facts(found),
        stage_action: to("stage"),
        undo_action: found
            .steps
            .last()
            .filter(|_| found.may_change && found.steps.len() > 1)
            .map(|last| to(&format!("step/{}/undo", last.position))),
        stages: PlacementStage::ALL
            .iter()
            .map(|stage| Choice::new(stage, stage.label(), stage.word() == stage_now))
            .collect(),
        reason: sent.reason,
        checks: found
            .checks
            .iter()
            .map(|check| {
                let is_sent = sent.check == Some(check.rule.check);
                check_line(check, &place, &under, if is_sent { check_problems.clone() } else { Vec::new() })
            })
            .collect(),
        links: found
            .links
            .iter()
            .map(|link| LinkLine {
                what: what(link.purpose),
                until: link.until.map_or(String::new(), date::long),
                uses: words::count_capital(link.uses.unsigned_abs() as usize, "answer", "answers"),
                close: to(&format!("link/{}/close", link.id)),
            })
            .collect(),
        link_action: to("link"),
        made: sent.made,
        details_action: to("details"),
        modes: modes(&details),
        details,
        details_open,
        entries: found
            .entries
            .iter()
            .map(|entry| EntryLine {
                what: SORTS.iter().find(|(word, _)| *word == entry.sort).map_or(
                    if entry.sort == "employer-risks" { "What the employer wrote of risks" } else { "Note" },
                    |(_, label)| *label,
                ),
                on: date::long(entry.held_on),
                hours: entry.hours.map_or(String::new(), |hours| format!("{hours} hours")),
                by: entry.by.clone().unwrap_or_default(),
                text: entry.text.clone(),
                remove: to(&format!("entries/{}/remove", entry.id)),
            })
            .collect(),
        entry_action: to("entries"),
        sorts: SORTS.iter().map(|(word, label)| Choice::new(word, label, sent.entry.sort == *word)).collect(),
        entry: sent.entry,
        opinions: found
            .feedback
            .iter()
            .map(|one| OpinionLine {
                by: one.name.clone().unwrap_or_else(|| "The employer".to_owned()),
                rating: one.rating.map_or(String::new(), |rating| format!("{rating} of 5")),
                went_well: one.went_well.clone(),
                better: one.better.clone(),
                would_return: match one.would_return {
                    Some(true) => "Would take a learner again.",
                    Some(false) => "Would not take a learner again.",
                    None => "",
                },
            })
            .collect(),
        steps: found
            .steps
            .iter()
            .map(|step| StepLine {
                stage: step.stage.label(),
                on: date::long(step.on),
                by: step.by.clone().unwrap_or_default(),
                reason: step.reason.clone().unwrap_or_default(),
            })
            .collect(),
        activity: found.activity.as_ref().map(|(id, open)| {
            let open = match open.is_empty() {
                true => "Every box of its checklist is ticked.".to_owned(),
                false => format!("Still open of its checklist: {}.", open.join("; ")),
            };
            (place.to(&format!("activities/{id}")), open)
        }),
        same_employer: match found.same_employer {
            0 => String::new(),
            some => format!(
                "{} of this season with the same employer.",
                words::count_capital(some as usize, "other placement is", "other placements are")
            ),
        },
    }
}

fn check_line(check: &CheckRow, place: &Place, under: &str, problems: Vec<String>) -> CheckLine {
    let rule = check.rule;
    let day = |day: Option<domain::Date>| day.map_or(String::new(), date::long);
    let mut found = Vec::new();
    if let Some(on) = check.seen_on.filter(|_| check.status == CheckStatus::Seen) {
        found.push(format!("seen on {}", day(Some(on))));
    }
    if let Some(on) = check.expires_on {
        found.push(format!("until {}", day(Some(on))));
    }
    CheckLine {
        id: rule.check.word(),
        label: rule.label,
        asks: rule.asks,
        source: rule.source,
        is_needed: rule.by == domain::CheckedBy::Approval,
        tag: match check.status {
            CheckStatus::Seen if check.warning.is_some() => Tag::new(Sign::Due, "Seen, but mind"),
            CheckStatus::Seen => Tag::new(Sign::Met, CheckStatus::Seen.label()),
            CheckStatus::NotNeeded => Tag::new(Sign::NotApplicable, CheckStatus::NotNeeded.label()),
            CheckStatus::Asked => Tag::new(Sign::Planned, CheckStatus::Asked.label()),
            CheckStatus::NotAsked => Tag::new(Sign::Due, CheckStatus::NotAsked.label()),
        },
        found: words::capital(&found.join(", ")),
        warning: check.warning.clone().unwrap_or_default(),
        action: place.to(&format!("{under}/checks/{}", rule.check)),
        statuses: CheckStatus::ALL
            .iter()
            .map(|status| Choice::new(status, status.label(), *status == check.status))
            .collect(),
        seen_on: check.seen_on.map_or(String::new(), |day| day.to_string()),
        expires_on: check.expires_on.map_or(String::new(), |day| day.to_string()),
        expires: rule.expires,
        note: (!check.is_withheld).then(|| check.note.clone()),
        problems,
    }
}

fn facts(found: &app::PlacementPage) -> Vec<(&'static str, String)> {
    let form = &found.details;
    let text = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let hours = match (text(&form.hours), text(&form.hours_a_day)) {
        (Some(all), Some(each)) => Some(format!("{all} altogether, {each} a day")),
        (Some(all), None) => Some(all),
        (None, each) => each.map(|each| format!("{each} a day")),
    };
    let contact: Vec<_> =
        [&form.supervisor_email, &form.supervisor_phone].into_iter().filter_map(|one| text(one)).collect();
    let facts = [
        ("Form", found.form_group.clone()),
        ("Season", Some(found.year.to_string())),
        ("Employer", text(&form.employer)),
        ("Where", text(&form.address)),
        ("Hours", hours),
        ("Supervisor", text(&form.supervisor)),
        ("Reach them", text(&contact.join(", "))),
        ("Tasks", text(&form.tasks)),
        ("Not allowed", text(&form.not_allowed)),
        ("Travel", text(&form.travel)),
        ("Needs", form.needs.as_deref().and_then(text)),
    ];
    facts.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}
