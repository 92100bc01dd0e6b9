use app::{Action, GroupTally, ListFormat, RequirementLearner, Status, Tally};
use axum::{
    extract::{Path, State},
    http::header,
    response::IntoResponse,
};

use super::{
    filter,
    page::{BigNumber, Breakdown, BreakdownCounts, BreakdownRow, LearnerLine, RequirementPage},
};
use crate::{
    answer::{Answer, Failure, show},
    labels,
    parts::{Pages, Sign, Tag},
    place::Place,
    site::Site,
    visitor::{Here, Visitor},
    words,
};

/// GET a requirement.
pub(crate) async fn get(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, requirement)): Path<(String, String)>,
) -> Answer {
    let (actor, view, filter) = (visitor.actor.clone(), here.view(), filter::read(&here.query));
    let page = site.run(move |app| app.requirement(&actor, view, &requirement, &filter)).await?;
    Ok(show(&view_of(&visitor, &here, &page)))
}

/// GET the same learners as a file: `?format=csv` or `xlsx`.
pub(crate) async fn export(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, requirement)): Path<(String, String)>,
) -> Answer {
    let format = match here.query.one("format") {
        "csv" => ListFormat::Csv,
        "xlsx" => ListFormat::Xlsx,
        _ => return Err(Failure::NOT_FOUND),
    };
    let (actor, view, filter) = (visitor.actor.clone(), here.view(), filter::read(&here.query));
    let file = site.run(move |app| app.export_requirement(&actor, view, &requirement, &filter, format)).await?;
    Ok(save(file))
}

/// A file to be saved.
pub(crate) fn save(file: app::ListFile) -> axum::response::Response {
    let name: String =
        file.name.chars().map(|c| if c.is_ascii_alphanumeric() || " .-_".contains(c) { c } else { '-' }).collect();
    let headers = [
        (header::CONTENT_TYPE, file.media_type.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, file.bytes).into_response()
}

fn view_of(visitor: &Visitor, here: &Here, page: &app::RequirementPage) -> RequirementPage {
    let frame = &page.frame;
    let requirement = &page.requirement;
    let under = format!("requirements/{}", requirement.id);
    let place = Place::new(frame, &under);
    let path = format!("/institutions/{}/{under}", here.institution);
    let (force, force_label) = labels::force(requirement.force);
    let number = |count: u32, sign: Sign, status: &str| BigNumber {
        figure: words::figure(count as usize),
        tag: if sign == Sign::Planned { Tag::new(sign, "Planned, of those due") } else { Tag::plain(sign) },
        href: here.query.with(&path, &[("status", status), ("after", "")]),
        chosen: here.query.one("status") == status,
    };
    let tally = page.chosen.as_ref().unwrap_or(&requirement.tally);
    let mut numbers = vec![
        number(tally.met, Sign::Met, "met"),
        number(tally.due, Sign::Due, "due"),
        number(tally.planned, Sign::Planned, "planned"),
        number(tally.missed, Sign::Missed, "missed"),
    ];
    if tally.upcoming > 0 {
        numbers.push(number(tally.upcoming, Sign::Upcoming, "upcoming"));
    }
    let export = format!("{path}/export");
    RequirementPage {
        shell: visitor
            .shell_at(frame, &under)
            .at("benchmarks")
            .titled(requirement.title.clone())
            .under(place.to("benchmarks"), "Benchmarks")
            .under(place.to("benchmarks"), labels::area(requirement.area)),
        lead: lead(tally, page),
        asks: requirement.asks.clone(),
        force,
        force_label,
        why: place.to(&format!("{under}/why")),
        leads_to_learners: !frame.is_totals_only,
        exports: frame.may.has(Action::Export),
        numbers,
        filters: filter::show(here, page, &path),
        shown: words::count_capital(page.matching as usize, "learner", "learners"),
        csv: here.query.with(&export, &[("format", "csv"), ("after", "")]),
        xlsx: here.query.with(&export, &[("format", "xlsx"), ("after", "")]),
        learners: page.learners.iter().map(|learner| line(learner, page, &place)).collect(),
        pages: Pages {
            first: here.query.read::<i64>("after").map(|_| here.query.with(&path, &[("after", "")])),
            next: page.next.map(|next| here.query.with(&path, &[("after", &next.to_string())])),
            shown: format!("{} of {}", page.learners.len(), words::figure(page.matching as usize)),
        },
        breakdowns: breakdowns(page, here, &path),
        origin: format!(
            "From the records of everybody on roll {} whom “{}” asks this of. In place is met out of met, due and missed.",
            place.when(),
            frame.framework.title
        ),
    }
}

fn lead(tally: &Tally, page: &app::RequirementPage) -> String {
    let counted = tally.met + tally.due + tally.missed;
    if page.requirement.is_withheld {
        return "Fewer than five learners are asked for this, so how they stand is not shown here.".to_owned();
    }
    let among = if page.chosen.is_some() { "Of those chosen below, " } else { "" };
    if counted == 0 && page.chosen.is_some() {
        return "Nobody of those chosen below is asked for this on this day.".to_owned();
    }
    if counted == 0 {
        return "Nobody is asked for this on this day.".to_owned();
    }
    let mut text = format!(
        "{among}{} of {} {} ({}).",
        words::figure(tally.met as usize),
        words::count(counted as usize, "learner", "learners"),
        if tally.met == 1 { "has it" } else { "have it" },
        words::percent(tally.percent())
    );
    if tally.due > 0 {
        let planned = if tally.planned > 0 {
            format!(", planned for {}", words::count(tally.planned as usize, "of them", "of them"))
        } else {
            String::new()
        };
        text.push_str(&format!(" {} due{planned}.", words::count_capital(tally.due as usize, "is", "are")));
    }
    if tally.missed > 0 {
        text.push_str(&format!(" {} missed it.", words::count_capital(tally.missed as usize, "has", "have")));
    }
    for offered in page.offered.iter().filter(|offered| offered.status != Status::Met) {
        text.push_str(&format!(
            " Year {} as a whole was offered {} so far.",
            offered.year_group,
            words::count(offered.occasions as usize, "date", "dates")
        ));
    }
    text
}

fn line(learner: &RequirementLearner, page: &app::RequirementPage, place: &Place) -> LearnerLine {
    LearnerLine {
        name: learner.name.clone(),
        href: place.to(&format!("learners/{}#{}", learner.id, page.requirement.id)),
        form: learner.form.clone().unwrap_or_else(|| "–".to_owned()),
        tag: labels::standing(&learner.explanation, page.frame.as_of),
        because: labels::because(&learner.explanation, &learner.sentence),
    }
}

fn breakdowns(page: &app::RequirementPage, here: &Here, path: &str) -> Vec<Breakdown> {
    let requirement = &page.requirement;
    let rows = |field: &str, groups: &[GroupTally], label: fn(&str) -> String| {
        groups
            .iter()
            .map(|(name, tally)| {
                let to = |status: &str| {
                    let day = here.query.text("as-of");
                    crate::fields::Fields::default().with(path, &[("status", status), (field, name), ("as-of", &day)])
                };
                let Some(tally) = tally else { return BreakdownRow { label: label(name), counts: None } };
                let counts = BreakdownCounts {
                    met: words::figure(tally.met as usize),
                    met_href: to("met"),
                    due: words::figure(tally.due as usize),
                    due_href: to("due"),
                    missed: words::figure(tally.missed as usize),
                    missed_href: to("missed"),
                    percent: words::percent(tally.percent()),
                };
                BreakdownRow { label: label(name), counts: Some(counts) }
            })
            .collect::<Vec<_>>()
    };
    let all = [
        ("Year group", rows("year", &requirement.by_year_group, |name| format!("Year {name}"))),
        ("Form", rows("form", &page.by_form, named)),
        ("Special educational needs", rows("sen", &requirement.by_sen, sen)),
        ("Free school meals", rows("fsm", &requirement.by_fsm, named)),
    ];
    all.into_iter().filter(|(_, rows)| rows.len() > 1).map(|(title, rows)| Breakdown { title, rows }).collect()
}

fn named(name: &str) -> String {
    if name == "unknown" { "Not recorded".to_owned() } else { words::capital(name) }
}

fn sen(name: &str) -> String {
    name.parse().map_or_else(|_| named(name), |sen| labels::sen(sen).to_owned())
}
