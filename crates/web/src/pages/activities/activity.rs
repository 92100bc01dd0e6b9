//! One activity: the place from which everything that belongs to it is reached.

use app::{Action, FieldProblem, PlanPage};
use askama::Template;
use axum::extract::{Path, State};
use domain::{ActivityId, ActivityState, Kind, date};

use super::{
    budget::money,
    handler::id_of,
    hub,
    list::counts,
    plan_fields::{session_in_words, times},
};
use crate::{
    answer::{Answer, Failure, go, show, show_again},
    labels,
    parts::{Sign, Tag},
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Visitor},
    words,
};

/// One activity with its checklist, its plan and what its register comes to.
#[derive(Template)]
#[template(path = "pages/activities/activity.html")]
pub(crate) struct ActivityPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) state: Tag,
    /// Whether it counts as it stands, once it has passed.
    pub(crate) counts: Option<Tag>,
    /// Why it was cancelled.
    pub(crate) reason: Option<String>,
    pub(crate) warnings: Vec<String>,
    /// What those who may can do with it.
    pub(crate) edit: Option<Edit>,
    pub(crate) facts: Vec<(&'static str, String)>,
    pub(crate) checklist: Vec<CheckLine>,
    /// Whether it has a register: a step for Benchmark 1 has none.
    pub(crate) has_register: bool,
    pub(crate) numbers: Vec<(usize, &'static str)>,
    /// Where the register is, and what is to be done there.
    pub(crate) register: String,
    pub(crate) register_button: &'static str,
    /// Where those whom it is for are invited, with what the button says.
    pub(crate) invite: Option<(String, String)>,
    pub(crate) shows: Vec<(String, String)>,
    pub(crate) parts: Vec<PartLine>,
    pub(crate) add_part: Option<String>,
    /// Headings with paragraphs.
    pub(crate) texts: Vec<(&'static str, Vec<String>)>,
    /// Headings with lines, some of which lead somewhere.
    pub(crate) lists: Lists,
    pub(crate) files: Option<Files>,
    pub(crate) origin: String,
}

/// Where an activity is changed.
pub(crate) struct Edit {
    pub(crate) change: String,
    pub(crate) again: String,
    pub(crate) state: String,
    pub(crate) template: String,
    pub(crate) delete: String,
    /// States that it can have next, each with what the button says.
    pub(crate) steps: Vec<(&'static str, &'static str)>,
    pub(crate) may_cancel: bool,
}

/// A box of the checklist.
pub(crate) struct CheckLine {
    pub(crate) tag: Tag,
    pub(crate) label: &'static str,
}

/// What else the occasion was.
pub(crate) struct PartLine {
    pub(crate) title: String,
    pub(crate) edit: Option<String>,
    pub(crate) delete: Option<String>,
    pub(crate) counts: Tag,
    pub(crate) more: String,
}

/// The files of an activity.
pub(crate) struct Files {
    pub(crate) list: Vec<FileLine>,
    pub(crate) add: String,
}

/// One file.
pub(crate) struct FileLine {
    pub(crate) name: String,
    pub(crate) href: String,
    pub(crate) about: String,
    pub(crate) delete: String,
}

/// GET an activity; what is a part of another is shown with it.
pub(crate) async fn get(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, activity)): Path<(String, String)>,
) -> Answer {
    let id = id_of(&activity)?;
    let (actor, view) = (visitor.actor.clone(), here.view());
    let (page, plan) = site.run(move |app| both(app, &actor, view, id)).await?;
    if let Some((whole, _)) = page.whole {
        let address = here.query.with(&format!("/institutions/{}/activities/{whole}", here.institution), &[]);
        return Ok(go(&format!("{address}#parts")));
    }
    Ok(show(&view_of(&visitor, &page, &plan, Vec::new())))
}

/// The page once more, with what is wrong with what was sent from it.
pub(super) async fn show_with(
    site: &Site,
    visitor: &Visitor,
    here: &Here,
    id: ActivityId,
    problems: Vec<FieldProblem>,
) -> Answer {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let (page, plan) = site.run(move |app| both(app, &actor, view, id)).await?;
    if page.whole.is_some() {
        return Err(Failure::Problems(problems));
    }
    Ok(show_again(&view_of(visitor, &page, &plan, problems)))
}

fn both(
    app: &app::App,
    actor: &app::Actor,
    view: app::View,
    id: ActivityId,
) -> app::Result<(app::ActivityPage, PlanPage)> {
    Ok((app.activity(actor, view, id)?, app.activity_plan(actor, view, id)?))
}

fn view_of(visitor: &Visitor, page: &app::ActivityPage, plan: &PlanPage, problems: Vec<FieldProblem>) -> ActivityPage {
    let frame = &page.frame;
    let activity = &page.row.activity;
    let under = format!("activities/{}", page.row.id);
    let place = Place::new(frame, &under);
    let may = frame.may.has(Action::Record);
    let to = |rest: &str| place.to(&format!("{under}/{rest}"));
    let served: Vec<_> = page.serves.iter().map(|(_, title)| title.clone()).collect();
    let has_register =
        activity.kind != Kind::Programme || plan.shows.is_empty() || page.row.attended + page.row.invited > 0;
    ActivityPage {
        lead: lead(page, has_register),
        state: state_tag(activity.state),
        counts: (activity.state.counts() && !page.row.is_ahead).then(|| counts(&page.row)),
        reason: plan.plan.ended_because.clone(),
        warnings: plan.warnings.clone(),
        edit: may.then(|| Edit {
            change: to("change"),
            again: place.to(&format!("activities/new?again={}", page.row.id)),
            state: to("state"),
            template: to("template"),
            delete: to("delete"),
            steps: steps(activity.state, page.row.is_ahead),
            may_cancel: matches!(activity.state, ActivityState::Draft | ActivityState::Planned),
        }),
        facts: facts(page, plan),
        checklist: page
            .checklist
            .iter()
            .map(|(_, label, ticked)| CheckLine {
                tag: if *ticked { Tag::new(Sign::Met, "Yes") } else { Tag::new(Sign::Due, "Open") },
                label,
            })
            .collect(),
        has_register,
        numbers: vec![
            (page.row.attended as usize, "present"),
            (page.row.missed as usize, "absent or excused"),
            (page.row.invited as usize, "invited"),
        ],
        register: to("register"),
        register_button: if frame.may.has(Action::MarkRegisters) { "Mark the register" } else { "See the register" },
        invite: (may && plan.to_invite > 0 && activity.date >= frame.today).then(|| {
            let many = words::count(plan.to_invite as usize, "learner", "learners");
            (to("invite"), format!("Invite {many}"))
        }),
        shows: plan
            .shows
            .iter()
            .map(|(id, title)| (place.to(&format!("requirements/{id}/why")), title.clone()))
            .collect(),
        parts: plan.parts.iter().map(|part| part_line(part, &place, may)).collect(),
        add_part: may.then(|| to("parts/new")),
        texts: texts(plan),
        lists: lists(page, plan, &place),
        files: may.then(|| files(plan, &to)),
        origin: if served.is_empty() {
            "It is part of each learner’s story; nothing that is asked counts activities of this kind.".to_owned()
        } else {
            format!("An activity of this kind can count for: {}.", served.join("; "))
        },
        shell: visitor
            .shell_at(frame, &under)
            .at("activities")
            .titled(activity.title.clone())
            .under(place.to("activities"), "Activities")
            .with_problems(problems),
    }
}

fn lead(page: &app::ActivityPage, has_register: bool) -> String {
    let activity = &page.row.activity;
    let with = activity.organisation.as_deref().map_or(String::new(), |name| format!(" with {name}"));
    let what = format!("{} on {}{with}.", labels::kind(activity.kind), date::long(activity.date));
    if !has_register {
        return what;
    }
    if page.row.is_ahead {
        let invited = words::count_capital(page.row.invited as usize, "learner is", "learners are");
        return format!("{what} {invited} invited.");
    }
    let present = match page.row.is_withheld {
        true => "Fewer than five learners were".to_owned(),
        false => words::count_capital(page.row.attended as usize, "learner was", "learners were"),
    };
    format!("{what} {present} present.")
}

/// How far an activity has come, as a tag.
pub(super) fn state_tag(state: ActivityState) -> Tag {
    let sign = match state {
        ActivityState::Draft => Sign::Upcoming,
        ActivityState::Planned => Sign::Planned,
        ActivityState::Delivered => Sign::Met,
        ActivityState::Cancelled | ActivityState::Removed => Sign::NotApplicable,
    };
    Tag::new(sign, labels::activity_state(state))
}

fn steps(state: ActivityState, is_ahead: bool) -> Vec<(&'static str, &'static str)> {
    match state {
        ActivityState::Draft => vec![("planned", "Plan it")],
        ActivityState::Planned if is_ahead => vec![("draft", "Back to draft")],
        ActivityState::Planned => vec![("delivered", "It took place")],
        ActivityState::Delivered => vec![("planned", "Back to planned")],
        ActivityState::Cancelled => vec![("planned", "Plan it after all")],
        ActivityState::Removed => Vec::new(),
    }
}

fn part_line(part: &app::PartRow, place: &Place, may: bool) -> PartLine {
    let activity = &part.row.activity;
    let with = activity.organisation.as_deref().map_or(String::new(), |name| format!(" with {name}"));
    let boxes = (part.boxes.0 > 0).then(|| format!("{} of {} boxes are ticked.", part.boxes.1, part.boxes.0));
    let provider = activity.provider_type.map(|kind| format!("{}.", labels::provider_type(kind)));
    PartLine {
        title: format!("{}{with}", labels::kind(activity.kind)),
        edit: may.then(|| place.to(&format!("activities/{}/change", part.row.id))),
        delete: may.then(|| place.to(&format!("activities/{}/delete", part.row.id))),
        counts: if activity.state.counts() { counts(&part.row) } else { state_tag(activity.state) },
        more: provider.into_iter().chain(boxes).collect::<Vec<_>>().join(" "),
    }
}

fn facts(page: &app::ActivityPage, plan: &PlanPage) -> Vec<(&'static str, String)> {
    let activity = &page.row.activity;
    let years = activity.year_groups.iter().map(|year| format!("the whole of Year {year}"));
    let groups = plan.groups.iter().map(group_in_words);
    let hidden = plan.hides_groups.then(|| "a group by need".to_owned());
    let cohort: Vec<_> = years.chain(groups).chain(hidden).collect();
    let staff = match (plan.plan.staff.clone(), plan.is_mine) {
        (Some(staff), true) => Some(format!("{staff}; you are in charge")),
        (None, true) => Some("You".to_owned()),
        (staff, false) => staff,
    };
    let facts = [
        ("Until", plan.plan.ends_on.map(date::long)),
        ("Time", times(plan.plan.starts_at.as_deref(), plan.plan.ends_at.as_deref())),
        ("Place", plan.plan.place.clone()),
        ("Held", Some(labels::mode(activity.mode).to_owned())),
        ("With", activity.organisation.clone()),
        ("Type of provider", activity.provider_type.map(|kind| labels::provider_type(kind).to_owned())),
        ("Subject", activity.subject.clone()),
        ("Hours", activity.hours.map(|hours| hours.to_string())),
        ("For", (!cohort.is_empty()).then(|| words::capital(&words::list(&cohort)))),
        (
            "Expected",
            plan.plan.expects.map(|number| words::count(number.unsigned_abs() as usize, "learner", "learners")),
        ),
        ("Staff", staff),
        ("Cost", plan.plan.cost_pence.map(money)),
        ("Part of", activity.through.map(|_| "the learners’ curriculum area".to_owned())),
        ("Record", activity.source.map(|_| "brought from a previous school".to_owned())),
        ("Reference", Some(activity.reference.clone())),
    ];
    facts.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

/// "9A", "History in Year 9", "SEN support in Years 9 and 10".
fn group_in_words(group: &app::PlanGroup) -> String {
    let (first, rest) = group.name.split_once(' ').unwrap_or((&group.name, ""));
    match group.sort.as_str() {
        "subject" => format!("{rest} in Year {first}"),
        "need" => {
            let need = match first {
                "K" => "SEN support",
                "E" => "those with an education, health and care plan",
                "fsm" => "free school meals",
                _ => "looked-after learners",
            };
            let years: Vec<_> = rest.split_whitespace().map(|year| format!("Year {year}")).collect();
            if years.is_empty() { need.to_owned() } else { format!("{need} in {}", words::list(&years)) }
        }
        _ => group.name.clone(),
    }
}

fn texts(plan: &PlanPage) -> Vec<(&'static str, Vec<String>)> {
    let texts = [
        ("What it is for", &plan.plan.purpose),
        ("Adjustments", &plan.plan.adjustments),
        ("Risk assessment", &plan.plan.risk_notes),
        ("Visitors", &plan.plan.visitor_notes),
        ("Notes", &plan.plan.notes),
    ];
    let said = texts.into_iter().filter(|(_, text)| !text.is_empty());
    said.map(|(heading, text)| (heading, text.lines().map(str::to_owned).collect())).collect()
}

type Lists = Vec<(&'static str, Vec<(String, Option<String>)>)>;

fn lists(page: &app::ActivityPage, plan: &PlanPage, place: &Place) -> Lists {
    let plain = |line: String| (line, None);
    let attending = plan.attending.iter().map(|one| match one.role.as_str() {
        "" => one.name.clone(),
        role => format!("{}, {role}", one.name),
    });
    let series = plan.series.iter().map(|other| {
        let state = match other.state {
            ActivityState::Planned => String::new(),
            state => format!(" ({})", labels::activity_state(state).to_lowercase()),
        };
        (format!("{}{state}", date::long(other.date)), Some(place.to(&format!("activities/{}", other.id))))
    });
    let lists: Lists = vec![
        ("Learning outcomes", plan.outcomes.iter().cloned().map(plain).collect()),
        ("Sessions", plan.sessions.iter().map(session_in_words).map(plain).collect()),
        ("Others who come", attending.map(plain).collect()),
        ("Again on", series.collect()),
        ("More of this activity", hub::links(page, place)),
    ];
    lists.into_iter().filter(|(_, lines)| !lines.is_empty()).collect()
}

fn files(plan: &PlanPage, to: &impl Fn(&str) -> String) -> Files {
    let line = |file: &app::ActivityFileRow| FileLine {
        name: file.name.clone(),
        href: to(&format!("files/{}", file.id)),
        about: format!(
            "{} kB, added on {}",
            words::figure((file.size as usize).div_ceil(1024)),
            date::long(file.added_on)
        ),
        delete: to(&format!("files/{}/delete", file.id)),
    };
    Files { list: plan.files.iter().map(line).collect(), add: to("files") }
}
