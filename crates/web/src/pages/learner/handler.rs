use app::{Action, AuditEntry, EvidenceRow, Finding, GuidanceNoteRow, Status, TimelineEntry};
use axum::extract::{Path, State};
use domain::{Calendar, LearnerId, ParticipationStatus, date};

use super::{
    page::{Asked, Entry, Evidence, LearnerPage, Meeting, NotAsked, StoryYear},
    path::path,
};
use crate::{
    answer::{Answer, Failure, show},
    labels,
    place::Place,
    site::Site,
    visitor::{Here, Visitor},
    words,
};

/// GET a learner.
pub(crate) async fn get(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, learner)): Path<(String, String)>,
) -> Answer {
    let id: LearnerId = learner.parse().map_err(|_| Failure::NOT_FOUND)?;
    let (actor, view) = (visitor.actor.clone(), here.view());
    let (learner, reads) =
        site.run(move |app| Ok((app.learner(&actor, view, id)?, app.reads_of(&actor, view, id)?))).await?;
    Ok(show(&view_of(&visitor, &learner, &reads)))
}

fn view_of(visitor: &Visitor, page: &app::LearnerPage, reads: &[AuditEntry]) -> LearnerPage {
    let frame = &page.frame;
    let under = format!("learners/{}", page.id);
    let place = Place::new(frame, &under);
    let learner = &page.learner;
    let asked = |finding: &&Finding| finding.status != Status::NotApplicable;
    LearnerPage {
        shell: visitor
            .shell_at(frame, &under)
            .at("learners")
            .titled(format!("{} {}", learner.forename, learner.surname))
            .under_if(frame.own_record.is_none(), place.to("learners"), "Learners"),
        lead: lead(page),
        facts: facts(page),
        path: path(&page.timeline, page.year_group, frame.year, frame.as_of),
        requirements: page.findings.iter().filter(asked).map(|finding| asked_of(finding, page, &place)).collect(),
        not_asked: page
            .findings
            .iter()
            .filter(|finding| !asked(finding))
            .map(|finding| NotAsked {
                id: finding.requirement.clone(),
                title: finding.title.clone(),
                href: place.to(&format!("requirements/{}/why", finding.requirement)),
                because: finding.adapted.clone().unwrap_or_else(|| finding.sentence.clone()),
            })
            .collect(),
        years: story(page, &place),
        all_reads: frame.may.has(Action::SeeAudit).then(|| place.to(&format!("audit?kind=reads&learner={}", page.id))),
        reads: reads.iter().map(|read| super::super::audit::line(read, &place)).collect(),
        meetings: page.notes.iter().map(meeting).collect(),
        notes: notes(page).map(|label| (place.to(&format!("{under}/notes")), label)),
        protect: frame
            .may
            .has(app::Action::ProtectData)
            .then(|| (place.to(&format!("{under}/copy")), place.to(&format!("{under}/erase")))),
        origin: format!(
            "From registers and imports that name this learner, judged {} by “{}”. That this page was opened is noted.",
            place.when(),
            frame.framework.title
        ),
    }
}

fn meeting(note: &GuidanceNoteRow) -> Meeting {
    Meeting { date: date::long(note.held_on), adviser: note.author.clone(), agreed: note.agreed_actions.clone() }
}

/// What the way to the notes says; none for those who neither read nor write them.
fn notes(page: &app::LearnerPage) -> Option<&'static str> {
    let private = page.notes.iter().any(|note| note.has_private_note);
    match (page.may_write_notes, private) {
        (true, true) => Some("Read private notes, or write one"),
        (true, false) => Some("Write down a meeting"),
        (false, true) => Some("Read private notes"),
        (false, false) => None,
    }
}

fn lead(page: &app::LearnerPage) -> String {
    let name = &page.learner.forename;
    if !page.is_on_roll {
        return format!("{name} is not on roll on this day.");
    }
    let count = |status| page.findings.iter().filter(|finding| finding.status == status).count();
    let (met, due, missed) = (count(Status::Met), count(Status::Due), count(Status::Missed));
    let mut text = format!(
        "{name} has {} of {} asked by now",
        words::count(met, "", "").trim(),
        words::count(met + due + missed, "thing", "things")
    );
    if due > 0 {
        text.push_str(&format!("; {} due", words::count(due, "is", "are")));
    }
    if missed > 0 {
        text.push_str(&format!("; {} missed", words::count(missed, "was", "were")));
    }
    let next = page
        .findings
        .iter()
        .filter(|finding| finding.status == Status::Due)
        .filter_map(|f| f.explanation.deadline)
        .min();
    match next {
        Some(day) if due == 1 => format!("{text}, by {}.", words::with_distance(day, page.frame.as_of)),
        Some(day) => format!("{text}, the first by {}.", words::with_distance(day, page.frame.as_of)),
        None => format!("{text}."),
    }
}

fn facts(page: &app::LearnerPage) -> Vec<(&'static str, String)> {
    let learner = &page.learner;
    let year = page.year_group.map_or("no year group".to_owned(), |year| format!("Year {year}"));
    let form = learner.form.as_deref().map_or(String::new(), |form| format!(", {form}"));
    let mut facts = vec![("Year and form", format!("{year}{form}"))];
    let until = learner.left.map_or(String::new(), |left| format!(" until {}", date::long(left)));
    facts.push(("On roll", format!("since {}{until}", date::long(learner.joined))));
    if let Some(sen) = learner.sen.filter(|sen| *sen != domain::Sen::None) {
        facts.push(("Special educational needs", labels::sen(sen).to_owned()));
    }
    if learner.looked_after == Some(true) {
        facts.push(("Looked after", "yes".to_owned()));
    }
    if learner.considering_he == Some(true) {
        facts.push(("Considering higher education", "yes".to_owned()));
    }
    if !learner.subjects.is_empty() {
        facts.push(("Own subjects", learner.subjects.join(", ")));
    }
    if let (Some(from), to) = (learner.programme_starts, learner.programme_ends) {
        let to = to.map_or(String::new(), |to| format!(" to {}", date::long(to)));
        facts.push(("Study programme", format!("{}{to}", date::long(from))));
    }
    facts.push(("Local id", learner.reference.clone()));
    facts.extend(page.doubts.iter().map(|doubt| ("To check", doubt.clone())));
    facts
}

/// How many activities stand under a requirement; the others are one click away.
const SHOWN: usize = 5;

fn asked_of(finding: &Finding, page: &app::LearnerPage, place: &Place) -> Asked {
    // A learner sees their own record; the lists behind it are for those who see totals.
    let leads = page.frame.may.has(Action::SeeTotals);
    let item = |row: &EvidenceRow, note: String| Evidence {
        title: row.title.clone(),
        href: leads.then(|| place.to(&format!("activities/{}", row.id))),
        date: date::long(row.date),
        note,
    };
    let transferred =
        |row: &EvidenceRow| if row.is_transferred { "from a previous school".to_owned() } else { String::new() };
    let because = match finding.status {
        Status::Due => String::new(),
        _ => words::capital(&finding.sentence),
    };
    let mut because: Vec<String> = [because].into_iter().filter(|text| !text.is_empty()).collect();
    if let Some(joined) = finding.explanation.joined_inside_window {
        because.push(format!("Joined on {}, inside the time for it.", date::long(joined)));
    }
    because.extend(finding.adapted.clone());
    // What is planned matters only as long as it is needed.
    let planned = finding.planned.iter().filter(|_| finding.status == Status::Due);
    let planned = planned.map(|row| item(row, "planned".to_owned()));
    let mut evidence: Vec<_> = finding.evidence.iter().map(|row| item(row, transferred(row))).chain(planned).collect();
    let more = if evidence.len() > SHOWN + 1 { evidence.split_off(SHOWN) } else { Vec::new() };
    Asked {
        id: finding.requirement.clone(),
        title: finding.title.clone(),
        href: leads.then(|| place.to(&format!("requirements/{}", finding.requirement))),
        tag: labels::standing(&finding.explanation, page.frame.as_of),
        because: because.join(" "),
        evidence,
        more,
        missing: if finding.status == Status::Due {
            labels::because(&finding.explanation, &finding.sentence)
        } else {
            String::new()
        },
        not_counted: finding.not_counted.iter().map(|(row, why)| item(row, why.join(" "))).collect(),
    }
}

fn story(page: &app::LearnerPage, place: &Place) -> Vec<StoryYear> {
    let calendar = Calendar::default();
    let mut years: Vec<StoryYear> = Vec::new();
    for entry in &page.timeline {
        let year = calendar.year_of(entry.activity.date);
        let group = page
            .year_group
            .map_or(String::new(), |now| format!(", Year {}", now.plus(year.start() - page.frame.year.start())));
        let label = format!("{year}{group}");
        if years.last().is_none_or(|last| last.label != label) {
            years.push(StoryYear { label, entries: Vec::new() });
        }
        if let Some(last) = years.last_mut() {
            last.entries.push(told(entry, page, place));
        }
    }
    years
}

fn told(entry: &TimelineEntry, page: &app::LearnerPage, place: &Place) -> Entry {
    let activity = &entry.activity;
    let title_of =
        |id: &String| page.findings.iter().find(|finding| finding.requirement == *id).map(|f| f.title.clone());
    let titles: Vec<_> = entry.counts_for.iter().filter_map(title_of).collect();
    let serves = match entry.status {
        ParticipationStatus::Attended if !titles.is_empty() => format!("Counts for: {}.", titles.join("; ")),
        ParticipationStatus::Invited if entry.is_ahead => "Invited.".to_owned(),
        ParticipationStatus::Attended => String::new(),
        status => format!("{}.", labels::participation(status)),
    };
    let lacking = if entry.status == ParticipationStatus::Attended && !entry.missing_boxes.is_empty() {
        format!("Not ticked: {}.", entry.missing_boxes.join("; "))
    } else {
        String::new()
    };
    Entry {
        anchor: format!("activity-{}", entry.id),
        class: match entry.status {
            _ if entry.is_ahead => "planned",
            ParticipationStatus::Attended if !titles.is_empty() => "",
            _ => "hollow",
        },
        day: activity.date.to_string(),
        date: date::long(activity.date),
        title: activity.title.clone(),
        href: page.frame.may.has(Action::SeeTotals).then(|| place.to(&format!("activities/{}", entry.id))),
        who: activity.organisation.as_deref().map_or(String::new(), |name| format!("with {name}")),
        serves,
        lacking,
    }
}
