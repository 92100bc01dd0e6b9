use app::{
    Action, App, Benchmark, Force, Frame, Home, HomeActivity, HomeDate, HomeTask, Refusal, SetUp, Todo, TodoKind, View,
};
use askama::Template;
use axum::extract::{Query, State};
use domain::{AcademicYear, Date, InstitutionId, date};

use crate::{
    answer::{Answer, Failure, go, show},
    fields::Fields,
    labels,
    pages::about::AboutPage,
    parts::{Phase, PhaseCohort, Phases, Sign, Strip, StripRow, Tag},
    place::{self, Change, Place},
    shell::Shell,
    site::Site,
    visitor::{Here, Visitor},
    words,
};

/// What needs doing now, most urgent first, and how things stand.
#[derive(Template)]
#[template(path = "pages/home/home.html")]
pub(crate) struct HomePage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    /// Set while there is nothing to show yet.
    pub(crate) nothing: Option<Nothing>,
    pub(crate) todo: Vec<TodoItem>,
    /// What is less urgent.
    pub(crate) later: Vec<TodoItem>,
    /// What is to be done that is about no learner.
    pub(crate) tasks: Vec<TodoItem>,
    pub(crate) strip: Strip,
    pub(crate) phases: Option<Phases>,
    /// The earliest registers that wait for a mark.
    pub(crate) to_mark: Vec<HomeLine>,
    /// How many more wait, and where they are.
    pub(crate) more_to_mark: Option<(String, String)>,
    /// What the next fortnight brings.
    pub(crate) ahead: Vec<HomeLine>,
    pub(crate) coming: Vec<Coming>,
    pub(crate) origin: String,
}

/// What would be here, and how to get it.
pub(crate) struct Nothing {
    pub(crate) what: String,
    pub(crate) how: String,
    /// Where to go, for those who may.
    pub(crate) button: Option<(String, &'static str)>,
}

/// Something to do.
pub(crate) struct TodoItem {
    pub(crate) what: String,
    pub(crate) href: String,
    pub(crate) more: String,
    pub(crate) tag: Tag,
}

/// An activity to mark or to come.
pub(crate) struct HomeLine {
    pub(crate) title: String,
    pub(crate) href: String,
    pub(crate) day: String,
    pub(crate) near: String,
}

/// A date that concerns everybody.
pub(crate) struct Coming {
    pub(crate) day: String,
    pub(crate) label: String,
    pub(crate) near: String,
    pub(crate) what: String,
}

/// GET `/`: to the first institution within reach, or to setting one up.
pub(crate) async fn start(State(site): State<Site>, visitor: Result<Visitor, Failure>) -> Answer {
    let visitor = match visitor {
        Ok(visitor) => visitor,
        Err(Failure::Refusal(Refusal::NotSignedIn)) => {
            let set_up = site.run(App::set_up).await?;
            return Ok(go(if set_up == SetUp::Done { "/sign-in" } else { "/setup" }));
        }
        Err(other) => return Err(other),
    };
    let actor = visitor.actor.clone();
    let institutions = site.run(move |app| app.institutions(&actor)).await?;
    Ok(match institutions.first() {
        Some(first) => go(&format!("/institutions/{}", first.id)),
        None if visitor.actor.may_set_up() => go("/setup/institution"),
        None => show(&AboutPage {
            shell: visitor.shell().titled("No institution yet"),
            lead: "Your account has no role in an institution yet.",
            paragraphs: vec![
                "An administrator of your institution can give you one: tell them the e-mail address that you signed in with.",
            ],
        }),
    })
}

/// GET `/go`: another institution, year or day, chosen at the top of a page.
pub(crate) async fn go_to(
    State(site): State<Site>,
    visitor: Visitor,
    Query(query): Query<Vec<(String, String)>>,
) -> Answer {
    let query = Fields(query);
    let institution: InstitutionId = query.read("institution").ok_or(Failure::NOT_FOUND)?;
    let from: InstitutionId = query.read("from").unwrap_or(institution);
    let (was, day) = (date::parse(query.one("was")), date::parse(query.one("as-of")));
    if day.is_none() && !query.one("as-of").trim().is_empty() {
        return Err(Failure::problem("There is no such day. Use a date such as 15/01/2027."));
    }
    let year: Option<AcademicYear> = query.read("year");
    let actor = visitor.actor.clone();
    // Any day in the middle of the chosen year shows when that year ends here.
    let inside = year.and_then(|year| Date::new(year.start() + 1, 1, 15).ok());
    let (frame, year_frame) = site
        .run(move |app| {
            let frame = app.frame(&actor, View { institution, as_of: was })?;
            Ok((frame, app.frame(&actor, View { institution, as_of: inside })?))
        })
        .await?;
    let as_of = match place::change(frame.as_of, frame.year, year, day) {
        Change::Day(day) => day,
        Change::Year(_) if (year_frame.year_span.0..=year_frame.year_span.1).contains(&frame.today) => frame.today,
        Change::Year(_) => year_frame.year_span.1,
    };
    // A learner or activity of one institution is nowhere in another.
    let page = query.one("page");
    let page = if institution == from { page } else { page.split('/').next().unwrap_or_default() };
    let is_ours = page.bytes().all(|b| b.is_ascii_alphanumeric() || b"-./".contains(&b)) && !page.contains("..");
    let mut place = Place::new(&frame, "");
    place.as_of = as_of;
    Ok(go(&place.to(if is_ours { page } else { "" })))
}

/// GET an institution's home.
pub(crate) async fn get(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let (frame, home) = site
        .run(move |app| {
            let frame = app.frame(&actor, view)?;
            // A learner's home is their own record.
            let home = if frame.own_record.is_some() { None } else { Some(app.home(&actor, view)?) };
            Ok((frame, home))
        })
        .await?;
    Ok(match (home, frame.own_record) {
        (Some(home), _) => show(&page(&visitor, &home)),
        (None, Some(own)) => go(&Place::new(&frame, "").to(&format!("learners/{own}"))),
        (None, None) => return Err(Failure::NOT_FOUND),
    })
}

/// How many things to do stand at the top; the others are one click away.
const MOST_URGENT: usize = 6;

fn page(visitor: &Visitor, home: &Home) -> HomePage {
    let frame = &home.frame;
    let place = Place::new(frame, "");
    let shell = visitor.shell_at(frame, "").at("").titled(format!("{} {}", frame.institution.name, place.when()));
    HomePage {
        lead: lead(home),
        nothing: (frame.recorded == 0).then(|| nothing(frame, &place)),
        todo: home.now.iter().take(MOST_URGENT).map(|todo| item(todo, frame, &place)).collect(),
        later: home.now.iter().skip(MOST_URGENT).chain(&home.later).map(|todo| item(todo, frame, &place)).collect(),
        tasks: home.tasks.iter().map(|task| task_item(task, frame, &place)).collect(),
        strip: strip(&home.benchmarks, &place),
        phases: (!home.phases.is_empty()).then(|| phases(&home.phases, frame, &place)),
        to_mark: home.programme.to_mark.iter().map(|one| line(one, "/register", frame, &place)).collect(),
        more_to_mark: (home.programme.unmarked as usize > home.programme.to_mark.len()).then(|| {
            let count = words::count(home.programme.unmarked as usize, "register waits", "registers wait");
            (place.to("activities"), format!("{count} in all"))
        }),
        ahead: home.programme.ahead.iter().map(|one| line(one, "", frame, &place)).collect(),
        coming: home.dates.iter().map(|date| coming(date, frame.as_of)).collect(),
        origin: format!(
            "From the records of {} on roll {}, judged by “{}”. Every figure leads to the learners behind it, and each requirement to why it is asked.",
            words::count(frame.on_roll as usize, "learner", "learners"),
            place.when(),
            frame.framework.title
        ),
        shell,
    }
}

fn line(activity: &HomeActivity, page: &str, frame: &Frame, place: &Place) -> HomeLine {
    HomeLine {
        title: activity.title.clone(),
        href: place.to(&format!("activities/{}{page}", activity.id)),
        day: date::long(activity.date),
        near: words::near(activity.date, frame.as_of),
    }
}

fn nothing(frame: &Frame, place: &Place) -> Nothing {
    let what = match &frame.only {
        Some(only) => format!("No learner of {only} is recorded yet."),
        None => "There are no learners yet.".to_owned(),
    };
    if !frame.may.has(Action::Import) {
        return Nothing { what, how: "As soon as they are, this page says how things stand.".to_owned(), button: None };
    }
    let how = "Save a list of learners from your MIS as CSV or Excel and bring it in. Then this page says what to do, for whom, and by when.";
    Nothing { what, how: how.to_owned(), button: Some((place.to("imports"), "Import learners")) }
}

fn lead(home: &Home) -> String {
    let on_roll = words::count_capital(home.frame.on_roll as usize, "learner is", "learners are");
    let missed = home.now.iter().filter(|todo| todo.kind == TodoKind::Missed && todo.force == Force::Must).count();
    let due = home.now.iter().filter(|todo| matches!(todo.kind, TodoKind::Due { .. })).count();
    let first = home.now.iter().filter_map(|todo| match todo.kind {
        TodoKind::Due { deadline, .. } => Some(deadline),
        TodoKind::Missed => None,
    });
    let mut text = format!("{on_roll} on roll.");
    if missed > 0 {
        text.push_str(&format!(" {} missed for somebody.", words::count_capital(missed, "duty was", "duties were")));
    }
    if let Some(first) = first.min() {
        let things = words::count_capital(due, "thing has", "things have");
        let next = words::with_distance(first, home.frame.as_of);
        text.push_str(&format!(" {things} to be done this year, the first by {next}."));
    }
    text
}

fn item(todo: &Todo, frame: &Frame, place: &Place) -> TodoItem {
    let years: Vec<_> = todo.year_groups.iter().map(|year| year.number()).collect();
    let years = if years.is_empty() { String::new() } else { format!(" in {}", words::years(&years)) };
    let learners = match todo.learners {
        Some(learners) => words::count_capital(learners as usize, "learner", "learners"),
        None => "Fewer than five learners".to_owned(),
    };
    let (status, tag, verb) = match todo.kind {
        TodoKind::Missed => ("missed", Tag::plain(Sign::Missed), "without"),
        TodoKind::Due { .. } if todo.learners == Some(todo.planned) => {
            ("due", Tag::plain(Sign::Planned), "planned for")
        }
        TodoKind::Due { deadline, .. } => ("due", Tag::due(deadline, frame.as_of), "still to have"),
    };
    let planned = match todo.planned {
        0 => String::new(),
        planned => format!(" Planned for {}.", words::count(planned as usize, "of them", "of them")),
    };
    let (_, force) = labels::force(todo.force);
    let deadline = match todo.kind {
        TodoKind::Due { deadline, .. } => format!(" By {}.", date::long(deadline)),
        TodoKind::Missed => String::new(),
    };
    // The same learners as are counted here, and no others.
    let by = match todo.kind {
        TodoKind::Due { deadline, .. } => format!("&by={deadline}"),
        TodoKind::Missed => String::new(),
    };
    TodoItem {
        what: format!("{learners}{years} {verb}: {}", todo.title),
        href: place.to(&format!("requirements/{}?status={status}{by}", todo.requirement)),
        more: format!("{}.{deadline}{planned}", words::capital(force)),
        tag,
    }
}

fn task_item(task: &HomeTask, frame: &Frame, place: &Place) -> TodoItem {
    TodoItem {
        what: task.what.clone(),
        href: place.to(&task.page),
        more: task.about.clone(),
        tag: match task.due {
            Some(due) if !task.is_late => Tag::due(due, frame.as_of),
            _ if task.is_late => Tag::new(Sign::Missed, "Overdue"),
            _ => Tag::plain(Sign::Due),
        },
    }
}

/// The strip of eight.
pub(super) fn strip(benchmarks: &[Benchmark], place: &Place) -> Strip {
    let rows = benchmarks.iter().map(|benchmark| StripRow {
        code: format!("GB{}", benchmark.number),
        title: labels::benchmark(benchmark.number).to_owned(),
        href: place.to(&format!("benchmarks#gb{}", benchmark.number)),
        percent: benchmark.percent,
        figure: benchmark.percent.map_or_else(|| "–".to_owned(), |percent| format!("{percent:.1}%")),
        verdict: labels::benchmark_status(benchmark.status),
    });
    Strip { rows: rows.collect() }
}

/// The phases of provider access on one time line that holds every cohort's window and the as-of date.
pub(super) fn phases(phases: &[app::Phase], frame: &Frame, place: &Place) -> Phases {
    let cohorts = || phases.iter().flat_map(|phase| &phase.cohorts);
    let first = cohorts().map(|cohort| cohort.opens).min().unwrap_or(frame.year_span.0).min(frame.as_of);
    let last = cohorts().map(|cohort| cohort.deadline).max().unwrap_or(frame.year_span.1).max(frame.as_of);
    let span = f64::from(date::days_between(first, last).max(1));
    let at = |day: Date| f64::from(date::days_between(first, day)) / span * 100.0;
    let ticks = (first.year()..=last.year())
        .map(|year| Date::constant(year, 9, 1))
        .filter(|day| (first..=last).contains(day))
        .map(|day| (at(day), format!("Sept {}", day.year())));
    Phases {
        phases: phases.iter().map(|phase| chart_phase(phase, place, at)).collect(),
        today: at(frame.as_of),
        today_label: date::long(frame.as_of),
        ticks: ticks.collect(),
    }
}

fn chart_phase(phase: &app::Phase, place: &Place, at: impl Fn(Date) -> f64) -> Phase {
    let id = &phase.requirement.id;
    let cohorts = phase.cohorts.iter().map(|cohort| {
        let counted = cohort.tally.met + cohort.tally.due + cohort.tally.missed;
        PhaseCohort {
            label: format!("Year {}", cohort.year_group),
            href: place.to(&format!("requirements/{id}?year={}", cohort.year_group)),
            opens: at(cohort.opens),
            closes: at(cohort.deadline),
            deadline: date::long(cohort.deadline),
            met: cohort.tally.met as usize,
            counted: counted as usize,
            percent: cohort.tally.percent().unwrap_or(0.0),
        }
    });
    Phase {
        title: format!("{}, Years {} and {}", labels::phase(id), phase.years.0, phase.years.1),
        href: place.to(&format!("requirements/{id}")),
        cohorts: cohorts.collect(),
    }
}

fn coming(coming: &HomeDate, as_of: Date) -> Coming {
    let label = match coming.until {
        Some(until) => format!("{} to {}", date::long(coming.on), date::long(until)),
        None => date::long(coming.on),
    };
    let time = coming.time.as_deref().map_or(String::new(), |time| format!(", {time}"));
    let check = if coming.unconfirmed { ", to be confirmed" } else { "" };
    let near = if coming.on < as_of { "now".to_owned() } else { words::near(coming.on, as_of) };
    Coming {
        day: coming.on.to_string(),
        label,
        near: format!("{near}{check}"),
        what: format!("{}{time}", coming.title),
    }
}
