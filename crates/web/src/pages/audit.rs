use app::{AuditEntry, AuditFilter, AuditKind, ListFormat};
use askama::Template;
use axum::extract::State;
use domain::date;

use super::requirement::save;
use crate::{
    answer::{Answer, Failure, show},
    fields::Fields,
    parts::{Choice, Pages},
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Posted, Visitor},
    words,
};

/// Who did what, and who looked at whose record.
#[derive(Template)]
#[template(path = "pages/audit/audit.html")]
pub(crate) struct AuditPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    /// The learner whom the list is about, with the address without them.
    pub(crate) learner: Option<(String, String)>,
    pub(crate) find: String,
    /// What was typed to find a learner, and who was found.
    pub(crate) found: Option<Vec<(String, String)>>,
    /// The chosen learner's key, which filtering keeps.
    pub(crate) kept: String,
    pub(crate) people: Vec<Choice>,
    pub(crate) kinds: Vec<Choice>,
    pub(crate) from: String,
    pub(crate) until: String,
    pub(crate) clear: Option<String>,
    pub(crate) entries: Vec<AuditLine>,
    pub(crate) csv: String,
    pub(crate) xlsx: String,
    pub(crate) pages: Pages,
}

/// One thing that somebody did.
pub(crate) struct AuditLine {
    pub(crate) day: String,
    pub(crate) time: String,
    pub(crate) who: String,
    pub(crate) did: String,
    /// The record that was read, where it is still there.
    pub(crate) href: Option<String>,
    pub(crate) why: String,
    pub(crate) changes: Vec<ChangeLine>,
    /// "and 12 more", "2 parts were erased".
    pub(crate) rest: String,
}

/// A field before and after.
pub(crate) struct ChangeLine {
    pub(crate) what: String,
    pub(crate) before: Option<String>,
    pub(crate) after: Option<String>,
}

/// What an address asks for. A day that is none counts as not given.
fn filter(query: &Fields) -> AuditFilter {
    AuditFilter {
        person: query.read("person"),
        learner: query.read("learner"),
        kind: AuditKind::from_word(query.one("kind")),
        from: date::parse(query.one("from")),
        until: date::parse(query.one("until")),
        before: query.read("before"),
    }
}

/// GET the trail.
pub(crate) async fn get(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    Ok(show(&page(&site, &visitor, &here, None).await?))
}

/// POST a name to find. A name is never part of an address; a learner's key is.
pub(crate) async fn find(State(site): State<Site>, here: Here, posted: Posted) -> Answer {
    let name = posted.fields.text("name");
    let (actor, view) = (posted.visitor.actor.clone(), here.view());
    let found = site.run(move |app| app.audited_learners(&actor, view, &name)).await?;
    Ok(show(&page(&site, &posted.visitor, &here, Some(found)).await?))
}

/// GET the same as a file: `?format=xlsx`, or `csv`.
pub(crate) async fn export(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let format = if here.query.one("format") == "xlsx" { ListFormat::Xlsx } else { ListFormat::Csv };
    let (actor, view, filter) = (visitor.actor.clone(), here.view(), filter(&here.query));
    let file = site.run(move |app| app.export_audit(&actor, view, &filter, format)).await?;
    Ok(save(file))
}

async fn page(
    site: &Site,
    visitor: &Visitor,
    here: &Here,
    found: Option<Vec<(domain::LearnerId, String)>>,
) -> Result<AuditPage, Failure> {
    let (actor, view, filter) = (visitor.actor.clone(), here.view(), filter(&here.query));
    let trail = site.run(move |app| app.audit_trail(&actor, view, &filter)).await?;
    Ok(page_of(visitor, here, &filter, &trail, found))
}

fn page_of(
    visitor: &Visitor,
    here: &Here,
    filter: &AuditFilter,
    trail: &app::AuditPage,
    found: Option<Vec<(domain::LearnerId, String)>>,
) -> AuditPage {
    let frame = &trail.frame;
    let place = Place::new(frame, "audit");
    let path = format!("/institutions/{}/audit", here.institution);
    let query = &here.query;
    let export = format!("{path}/export");
    let day = |name: &str| date::parse(query.one(name)).map_or(String::new(), |day| day.to_string());
    let mut people: Vec<Choice> = std::iter::once(Choice::new("", "Everybody", filter.person.is_none()))
        .chain(trail.people.iter().map(|(id, name)| Choice::new(id, name, filter.person == Some(*id))))
        .collect();
    // Somebody who no longer works here is still chosen.
    if let Some(person) = filter.person.filter(|person| !trail.people.iter().any(|(id, _)| id == person)) {
        let name = trail.entries.iter().find(|entry| entry.account == Some(person)).map(|entry| entry.who.as_str());
        people.push(Choice::new(person, name.unwrap_or("Somebody who no longer works here"), true));
    }
    let is_filtered = ["person", "kind", "from", "until", "learner"].iter().any(|name| !query.one(name).is_empty());
    AuditPage {
        shell: visitor
            .shell_at(frame, "audit")
            .at("settings")
            .titled("Who did what")
            .under(place.to("settings"), "Institution"),
        lead: "Every change, and every look at a learner’s record, newest first. Nothing here can be altered."
            .to_owned(),
        learner: trail
            .learner
            .as_ref()
            .map(|(_, name)| (name.clone(), query.with(&path, &[("learner", ""), ("before", "")]))),
        find: format!("{path}/find"),
        found: found.map(|found| found.into_iter().map(|(id, name)| (name, format!("{path}?learner={id}"))).collect()),
        kept: filter.learner.map_or(String::new(), |learner| learner.to_string()),
        people,
        kinds: std::iter::once(Choice::new("", "Everything", filter.kind.is_none()))
            .chain(AuditKind::ALL.map(|kind| Choice::new(kind.word(), kind.label(), filter.kind == Some(kind))))
            .collect(),
        from: day("from"),
        until: day("until"),
        clear: is_filtered.then(|| path.clone()),
        entries: trail.entries.iter().map(|entry| line(entry, &place)).collect(),
        csv: query.with(&export, &[("format", "csv"), ("before", "")]),
        xlsx: query.with(&export, &[("format", "xlsx"), ("before", "")]),
        pages: Pages {
            first: filter.before.map(|_| query.with(&path, &[("before", "")])),
            next: trail.next.map(|next| query.with(&path, &[("before", &next.to_string())])),
            shown: words::count(trail.entries.len(), "event", "events"),
        },
    }
}

/// An event as lists show it; also on a learner's page.
pub(super) fn line(entry: &AuditEntry, place: &Place) -> AuditLine {
    let mut rest = Vec::new();
    if entry.more > 0 {
        rest.push(format!("and {} more", words::figure(entry.more as usize)));
    }
    if entry.erased > 0 {
        rest.push(words::count(entry.erased as usize, "part was erased since", "parts were erased since"));
    }
    AuditLine {
        day: date::long(entry.day),
        time: entry.time.clone(),
        who: entry.who.clone(),
        did: entry.did.clone(),
        href: entry.learner.map(|learner| place.to(&format!("learners/{learner}"))),
        why: entry.why.clone().unwrap_or_default(),
        changes: entry
            .changes
            .iter()
            .map(|change| ChangeLine {
                what: match &change.learner {
                    Some(learner) => format!("{learner}, {}", change.field.to_lowercase()),
                    None => change.field.clone(),
                },
                before: change.before.clone(),
                after: change.after.clone(),
            })
            .collect(),
        rest: rest.join("; "),
    }
}
