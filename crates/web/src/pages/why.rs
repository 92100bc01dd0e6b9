use askama::Template;
use axum::extract::{Path, State};
use domain::date;

use crate::{
    answer::{Answer, show},
    labels,
    parts::Tag,
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Visitor},
};

/// The catalogue page of a requirement: what it asks, of whom, by when, on what authority, and how it is counted.
#[derive(Template)]
#[template(path = "pages/why/why.html")]
pub(crate) struct WhyPage {
    pub(crate) shell: Shell,
    pub(crate) id: String,
    pub(crate) asks: String,
    pub(crate) of_whom: String,
    pub(crate) by_when: String,
    pub(crate) counted: String,
    pub(crate) force: &'static str,
    pub(crate) force_label: &'static str,
    pub(crate) force_about: &'static str,
    pub(crate) edition: String,
    pub(crate) sources: Vec<SourceLine>,
    pub(crate) cases: Vec<Case>,
    pub(crate) learners: Option<String>,
}

/// A paragraph of law or guidance.
pub(crate) struct SourceLine {
    pub(crate) title: String,
    pub(crate) url: Option<String>,
}

/// A worked case of the rulebook.
pub(crate) struct Case {
    pub(crate) title: String,
    pub(crate) story: String,
    pub(crate) tag: Tag,
    pub(crate) because: String,
}

/// GET why a requirement is asked, in the edition of the day.
pub(crate) async fn get(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, requirement)): Path<(String, String)>,
) -> Answer {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let (frame, why) = site
        .run(move |app| {
            let frame = app.frame(&actor, view)?;
            let why = app.why(&frame.framework.id, &requirement)?;
            Ok((frame, why))
        })
        .await?;
    Ok(show(&page(&visitor, &frame, &why)))
}

fn page(visitor: &Visitor, frame: &app::Frame, why: &app::WhyPage) -> WhyPage {
    let place = Place::new(frame, &format!("requirements/{}/why", why.id));
    let strength = frame.institution.kind.and_then(|kind| why.force_for.iter().find(|(other, _)| *other == kind));
    let strength = strength.map_or(why.force, |(_, force)| *force);
    let (force, force_label) = labels::force(strength);
    let (up, up_label) = if why.is_for_learners { ("benchmarks", "Benchmarks") } else { ("settings", "Institution") };
    WhyPage {
        shell: visitor
            .shell_at(frame, &format!("requirements/{}/why", why.id))
            .at(up)
            .titled(why.title.clone())
            .under(place.to(up), up_label),
        id: why.id.clone(),
        asks: why.asks.clone(),
        of_whom: why.of_whom.clone(),
        by_when: why.by_when.clone(),
        counted: why.counted.clone(),
        force,
        force_label,
        force_about: labels::force_about(strength),
        edition: why.framework.title.clone(),
        sources: why
            .sources
            .iter()
            .map(|source| SourceLine { title: source.title.clone(), url: source.url.clone() })
            .collect(),
        cases: why.cases.iter().map(case).collect(),
        learners: why.is_for_learners.then(|| place.to(&format!("requirements/{}", why.id))),
    }
}

fn case(case: &app::WorkedCase) -> Case {
    let expected = &case.expected;
    let on = expected.on.map_or(String::new(), |on| format!("since {}", date::long(on)));
    Case {
        title: case.that.clone(),
        story: story(case),
        tag: Tag::plain(labels::sign(expected.status)),
        because: [format!("asked on {}", date::long(case.as_of)), on].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "),
    }
}

/// What the case tells, one activity a line.
fn story(case: &app::WorkedCase) -> String {
    let records = &case.given;
    let mut lines: Vec<_> = records
        .participations
        .iter()
        .map(|participation| {
            let activity = records.activity(participation.activity);
            let with = activity.organisation.as_deref().map_or(String::new(), |name| format!(" with {name}"));
            let missing: Vec<_> = activity.missing_checks().iter().map(|check| format!("“{}”", labels::check(check))).collect();
            let lacking = if missing.is_empty() { String::new() } else { format!(", without {}", missing.join(", ")) };
            let how = labels::participation(participation.status).to_lowercase();
            (activity.date, format!("{}: {}{with}, {how}{lacking}", date::long(activity.date), labels::kind(activity.kind)))
        })
        .collect();
    lines.sort();
    lines.into_iter().map(|(_, line)| line).collect::<Vec<_>>().join("\n")
}
