use askama::Template;
use axum::extract::{Path, State};

use crate::{
    answer::{Answer, show},
    labels,
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
    /// What the institution may set: name, what holds otherwise, what it decides.
    pub(crate) parameters: Vec<(String, String, String)>,
    pub(crate) sources: Vec<SourceLine>,
    pub(crate) cases: Vec<Case>,
    pub(crate) learners: Option<String>,
    /// The paper that shows it: whether it rests on it, what it is called, its address, the section.
    pub(crate) paper: Option<PaperBehind>,
}

/// A paper that shows what is asked.
pub(crate) struct PaperBehind {
    pub(crate) says: String,
    /// What the link says, and where it leads.
    pub(crate) way: (String, String),
    /// Where it is confirmed with everything else that the paper shows, if it is not yet.
    pub(crate) confirm: Option<String>,
}

impl PaperBehind {
    pub(crate) fn of(behind: &app::PolicyBehind, place: &Place) -> Self {
        let version = format!("{}, version {}", behind.title, behind.number);
        let published = domain::date::long(behind.published_on);
        let base = format!("policy/{}", behind.id);
        let shows = &behind.shows;
        Self {
            says: match shows.is_confirmed {
                true => format!("This rests on the {version}, published on {published}."),
                false => format!("The {version}, published on {published}, shows this. It is not confirmed by it yet."),
            },
            way: (
                format!("Read “{}” in it", shows.section.1),
                place.to(&format!("{base}/sections/{}#{}", shows.section.0, shows.clause)),
            ),
            confirm: (!shows.is_confirmed).then(|| place.to(&format!("{base}#covers"))),
        }
    }
}

/// A paragraph of law or guidance.
pub(crate) struct SourceLine {
    pub(crate) title: String,
    pub(crate) url: Option<String>,
    /// How sure the fact is.
    pub(crate) evidence: &'static str,
}

/// A worked case of the rulebook.
pub(crate) struct Case {
    pub(crate) title: String,
    pub(crate) story: Vec<String>,
    pub(crate) outcome: String,
}

/// GET why a requirement is asked, in the edition of the day.
pub(crate) async fn get(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, requirement)): Path<(String, String)>,
) -> Answer {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let (frame, why, behind) = site
        .run(move |app| {
            let frame = app.frame(&actor, view)?;
            let why = app.why(&frame.framework.id, &requirement)?;
            let behind = app.policy_behind(&actor, view, &requirement)?;
            Ok((frame, why, behind))
        })
        .await?;
    Ok(show(&page(&visitor, &frame, &why, behind.as_ref())))
}

fn page(
    visitor: &Visitor,
    frame: &app::Frame,
    why: &app::CataloguePage,
    behind: Option<&app::PolicyBehind>,
) -> WhyPage {
    let place = Place::new(frame, &format!("requirements/{}/why", why.id));
    let strength = frame.institution.kind.and_then(|kind| why.force_of.get(&kind)).copied();
    let strength = strength.unwrap_or(app::Force::Best);
    let (force, force_label) = labels::force(strength);
    let (up, up_label) = if why.for_each_learner { ("benchmarks", "Benchmarks") } else { ("settings", "Institution") };
    WhyPage {
        shell: visitor
            .shell_at(frame, &format!("requirements/{}/why", why.id))
            .at(up)
            .titled(why.wording.title.clone())
            .under(place.to(up), up_label),
        id: why.id.clone(),
        asks: why.wording.asks.clone(),
        of_whom: why.wording.of_whom.clone(),
        by_when: why.wording.by_when.clone(),
        counted: why.wording.counted.clone(),
        force,
        force_label,
        force_about: labels::force_about(strength),
        edition: why.framework_title.clone(),
        parameters: why.parameters.iter().map(|p| (p.name.clone(), p.default.clone(), p.about.clone())).collect(),
        sources: why
            .sources
            .iter()
            .map(|source| SourceLine {
                title: source.title.clone(),
                url: source.url.clone(),
                evidence: source.evidence,
            })
            .collect(),
        cases: why
            .cases
            .iter()
            .map(|case| Case { title: case.that.clone(), story: case.given.clone(), outcome: case.outcome.clone() })
            .collect(),
        paper: behind.map(|behind| PaperBehind::of(behind, &place)),
        learners: why.for_each_learner.then(|| place.to(&format!("requirements/{}", why.id))),
    }
}
