use app::{Action, Basis, InstitutionForm, InstitutionStanding};
use askama::Template;
use axum::extract::State;
use domain::{InstitutionType, date};

use crate::{
    answer::{Answer, show},
    labels,
    parts::Tag,
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Visitor},
    words,
};

/// The institution and what is asked of it.
#[derive(Template)]
#[template(path = "pages/institution/institution.html")]
pub(crate) struct InstitutionPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) edit: Option<String>,
    pub(crate) leader: Option<String>,
    pub(crate) people: Option<String>,
    /// What is asked of those who sign in.
    pub(crate) signing_in: SigningIn,
    pub(crate) audit: Option<String>,
    pub(crate) protection: Option<String>,
    pub(crate) facts: Vec<(&'static str, String)>,
    pub(crate) first_days: Vec<(String, String)>,
    pub(crate) parameters: Vec<(String, String)>,
    pub(crate) subjects: Vec<(String, String)>,
    pub(crate) areas: Vec<AskedArea>,
    pub(crate) origin: String,
}

/// What is asked of those who sign in.
pub(crate) struct SigningIn {
    pub(crate) says: &'static str,
    /// Where it is changed, and the button; `None` for those who may not.
    pub(crate) change: Option<(String, &'static str)>,
}

/// A part of careers work.
pub(crate) struct AskedArea {
    pub(crate) title: String,
    pub(crate) lines: Vec<AskedLine>,
}

/// Something asked of the institution.
pub(crate) struct AskedLine {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) href: String,
    pub(crate) force: &'static str,
    pub(crate) force_label: &'static str,
    pub(crate) tag: Tag,
    pub(crate) because: String,
    /// Where evidence is recorded; `None` for what is derived from the record, and for those who may not.
    pub(crate) attest: Option<String>,
}

/// GET the institution.
pub(crate) async fn get(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let page = site.run(move |app| app.institution(&actor, view)).await?;
    Ok(show(&view_of(&visitor, &page)))
}

fn view_of(visitor: &Visitor, page: &app::InstitutionPage) -> InstitutionPage {
    let frame = &page.frame;
    let place = Place::new(frame, "settings");
    let form = &page.form;
    let kind: Option<InstitutionType> = form.kind.parse().ok();
    let kind = kind.map_or(form.kind.as_str(), |kind| kind.label());
    let or_dash = |text: &str| if text.is_empty() { "–".to_owned() } else { text.to_owned() };
    let open = page.standings.iter().filter(|standing| standing.is_open()).count();
    let leader = &page.careers_leader;
    InstitutionPage {
        shell: visitor.shell_at(frame, "settings").at("settings").titled(form.name.clone()),
        lead: format!(
            "{} for Years {} to {}. Of {} asked of it as a whole, {} to do.",
            words::capital(kind),
            form.lowest_year,
            form.highest_year,
            words::count(page.standings.len(), "thing", "things"),
            words::count(open, "is", "are")
        ),
        edit: frame.may.has(Action::Administer).then(|| place.to("settings/details")),
        leader: frame.may.has(Action::Administer).then(|| place.to("careers-team/careers-leader")),
        people: frame.may.has(Action::ManagePeople).then(|| place.to("settings/people")),
        protection: frame.may.has(Action::ProtectData).then(|| place.to("settings/data-protection")),
        signing_in: signing_in(page.second_step_required, frame.may.has(Action::Administer), &place),
        audit: frame.may.has(Action::SeeAudit).then(|| place.to("audit")),
        facts: vec![
            ("Type", words::capital(kind)),
            ("URN", or_dash(&form.urn)),
            ("UKPRN", or_dash(&form.ukprn)),
            ("Year groups", format!("{} to {}", form.lowest_year, form.highest_year)),
            ("Edition", frame.framework.title.clone()),
            (
                "Careers leader",
                or_dash(
                    &[leader.name.as_str(), &leader.email, &leader.phone]
                        .iter()
                        .filter(|part| !part.is_empty())
                        .copied()
                        .collect::<Vec<_>>()
                        .join(", "),
                ),
            ),
        ],
        first_days: form
            .first_days
            .iter()
            .map(|(year, day)| (year.clone(), date::parse(day).map_or_else(|| day.clone(), date::long)))
            .collect(),
        parameters: page
            .parameters
            .iter()
            .map(|(_, default, about, set)| {
                let value = match set {
                    Some(value) => format!("{value} (otherwise {default})"),
                    None => format!("{default}, as the guidance has it"),
                };
                (about.clone(), value)
            })
            .collect(),
        subjects: subjects(form),
        areas: areas(page, &place),
        origin: format!(
            "Some of it follows from the records and cannot be ticked by hand; the rest rests on evidence that somebody recorded, judged {} by “{}”.",
            place.when(),
            frame.framework.title
        ),
    }
}

fn signing_in(required: bool, may_change: bool, place: &Place) -> SigningIn {
    let (says, to, button) = if required {
        (
            "Everybody who works here needs a second step after the password: a code from an app, or a passkey.",
            "settings/second-step/leave",
            "Leave the second step to each person",
        )
    } else {
        (
            "Whether to use a second step after the password is up to each person.",
            "settings/second-step/ask",
            "Ask everybody for a second step",
        )
    };
    SigningIn { says, change: may_change.then(|| (place.to(to), button)) }
}

/// Subjects by year group, lowest first.
fn subjects(form: &InstitutionForm) -> Vec<(String, String)> {
    let mut years: Vec<_> = form.subjects.iter().collect();
    years.sort_by_key(|(year, _)| year.parse::<i8>().unwrap_or(i8::MAX));
    years.into_iter().map(|(year, list)| (format!("Year {year}"), list.replace("; ", ", "))).collect()
}

fn areas(page: &app::InstitutionPage, place: &Place) -> Vec<AskedArea> {
    let mut areas: Vec<AskedArea> = Vec::new();
    for standing in &page.standings {
        let title = labels::area(standing.finding.area);
        if areas.last().is_none_or(|last| last.title != title) {
            areas.push(AskedArea { title, lines: Vec::new() });
        }
        if let Some(last) = areas.last_mut() {
            last.lines.push(line(standing, page.frame.may.has(Action::Confirm), place));
        }
    }
    areas
}

fn line(standing: &InstitutionStanding, may_record: bool, place: &Place) -> AskedLine {
    let finding = &standing.finding;
    let (force, force_label) = labels::force(finding.force);
    let because = match &finding.basis {
        Basis::Nothing => "No evidence recorded yet.".to_owned(),
        Basis::Attested(attestation) => format!(
            "{} ({}, {}).",
            attestation.evidence.trim_end_matches('.'),
            attestation.owner,
            date::long(attestation.attested_on)
        ),
        Basis::Derived(_) => format!("From the records. {}", standing.counted),
    };
    AskedLine {
        id: finding.requirement.clone(),
        title: standing.title.clone(),
        href: place.to(&format!("requirements/{}/why", finding.requirement)),
        force,
        force_label,
        tag: labels::institution_standing(finding),
        because,
        attest: (may_record && !standing.is_derived)
            .then(|| place.to(&format!("settings/asked/{}", finding.requirement))),
    }
}
