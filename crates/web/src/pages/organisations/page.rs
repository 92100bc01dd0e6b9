use app::{Action, ContactPersonForm, FieldProblem, NoteForm};
use askama::Template;
use axum::extract::{Path, State};
use domain::{Industry, Offer, OrganisationId, OrganisationSize, OrganisationSort, date};

use super::id_of;
use crate::{
    answer::{Answer, show},
    labels,
    parts::Choice,
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Visitor},
    words,
};

/// One organisation with its people and its history.
#[derive(Template)]
#[template(path = "pages/organisations/page.html")]
pub(crate) struct OrganisationPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) edit: String,
    pub(crate) facts: Vec<(&'static str, String)>,
    pub(crate) safeguarding: String,
    pub(crate) notes_of_it: String,
    pub(crate) contacts: Vec<ContactLine>,
    pub(crate) contact_action: String,
    pub(crate) contact: ContactPersonForm,
    pub(crate) note_action: String,
    pub(crate) note: NoteForm,
    pub(crate) people: Vec<Choice>,
    pub(crate) hows: Vec<Choice>,
    /// Whether the box for "all the same" is shown.
    pub(crate) asks_again: bool,
    pub(crate) notes: Vec<NoteLine>,
    pub(crate) visits: Vec<VisitLine>,
    pub(crate) feedback: Vec<FeedbackLine>,
    pub(crate) duplicates: Option<(String, String)>,
    pub(crate) days: String,
}

/// Somebody there.
pub(crate) struct ContactLine {
    pub(crate) name: String,
    pub(crate) href: String,
    pub(crate) job: String,
    pub(crate) email: String,
    pub(crate) phone: String,
    pub(crate) contacted: String,
    pub(crate) not_to_be_asked: Option<&'static str>,
    pub(crate) alumnus: String,
}

/// What was said.
pub(crate) struct NoteLine {
    pub(crate) on: String,
    pub(crate) who: String,
    pub(crate) how: String,
    pub(crate) note: String,
    pub(crate) by: String,
    pub(crate) delete: String,
}

/// An activity with it.
pub(crate) struct VisitLine {
    pub(crate) title: String,
    pub(crate) href: String,
    pub(crate) date: String,
    pub(crate) kind: &'static str,
}

/// What its people thought.
pub(crate) struct FeedbackLine {
    pub(crate) by: String,
    pub(crate) rating: String,
    pub(crate) went_well: String,
    pub(crate) better: String,
    pub(crate) would_return: &'static str,
}

/// GET an organisation.
pub(crate) async fn get(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, organisation)): Path<(String, String)>,
) -> Answer {
    let id = id_of(&organisation)?;
    let (actor, view) = (visitor.actor.clone(), here.view());
    let found = site.run(move |app| app.organisation(&actor, view, id)).await?;
    Ok(show(&view_of(&visitor, &found, &Sent::default())))
}

/// What was typed into the page's forms, and what is wrong with it.
#[derive(Default)]
pub(super) struct Sent {
    pub(super) contact: ContactPersonForm,
    pub(super) note: NoteForm,
    pub(super) problems: Vec<FieldProblem>,
}

pub(super) const HOWS: [&str; 5] = ["E-mail", "Telephone", "In person", "Letter", "Online meeting"];

pub(super) fn view_of(visitor: &Visitor, found: &app::OrganisationPage, sent: &Sent) -> OrganisationPage {
    let (frame, one) = (&found.frame, &found.organisation);
    let id: OrganisationId = one.id;
    let under = format!("organisations/{id}");
    let place = Place::new(frame, &under);
    let contacts: Vec<_> = found
        .contacts
        .iter()
        .map(|row| ContactLine {
            name: row.contact.name.clone(),
            href: place.to(&format!("{under}/contacts/{}", row.contact.id)),
            job: row.contact.job.clone().unwrap_or_default(),
            email: row.contact.email.clone().unwrap_or_default(),
            phone: row.contact.phone.clone().unwrap_or_default(),
            contacted: row.contact.last_contacted_on.map_or(String::new(), date::long),
            not_to_be_asked: row.not_to_be_asked,
            alumnus: match (row.contact.is_alumnus, row.contact.left_in, row.contact.consent_on) {
                (false, ..) => String::new(),
                (true, left, consent) => {
                    let left = left.map_or(String::new(), |year| format!(", left in {year}"));
                    let consent = consent.map_or(String::new(), |on| format!(", agreed on {}", date::long(on)));
                    format!("Learnt here{left}{consent}")
                }
            },
        })
        .collect();
    let may_be_asked = found.contacts.iter().filter(|row| row.not_to_be_asked.is_none());
    let chosen = |key: &str| sent.note.contact == key;
    let people = std::iter::once(Choice::new("", "Nobody in particular", sent.note.contact.is_empty()))
        .chain(may_be_asked.map(|row| {
            let key = row.contact.id.to_string();
            let is_chosen = chosen(&key);
            Choice::new(key, &row.contact.name, is_chosen)
        }))
        .collect();
    let last = one.last_contacted_on.map_or("Nobody has noted a contact yet".to_owned(), |on| {
        format!("Last contacted on {}", words::with_distance(on, frame.today))
    });
    OrganisationPage {
        shell: visitor
            .shell_at(frame, &under)
            .at("organisations")
            .titled(one.name.clone())
            .under(place.to("organisations"), "Organisations")
            .with_problems(sent.problems.clone()),
        lead: format!("{}. {} with it.", last, words::count_capital(found.visits.len(), "activity", "activities")),
        edit: place.to(&format!("{under}/change")),
        facts: facts(found),
        safeguarding: one.safeguarding.clone(),
        notes_of_it: one.notes.clone(),
        contacts,
        contact_action: place.to(&format!("{under}/contacts")),
        contact: sent.contact.clone(),
        note_action: place.to(&format!("{under}/contacted")),
        note: sent.note.clone(),
        people,
        hows: HOWS.iter().map(|how| Choice::new(how, how, sent.note.how == *how)).collect(),
        asks_again: sent.problems.iter().any(|problem| problem.field == "again"),
        notes: found
            .notes
            .iter()
            .map(|note| NoteLine {
                on: date::long(note.contacted_on),
                who: note.contact.clone().unwrap_or_default(),
                how: note.how.clone(),
                note: note.note.clone(),
                by: note.by.clone().unwrap_or_default(),
                delete: place.to(&format!("{under}/contacted/{}/delete", note.id)),
            })
            .collect(),
        visits: found
            .visits
            .iter()
            .map(|visit| VisitLine {
                title: visit.title.clone(),
                href: place.to(&format!("activities/{}", visit.id)),
                date: date::long(visit.date),
                kind: labels::kind(visit.kind),
            })
            .collect(),
        feedback: found
            .feedback
            .iter()
            .map(|one| feedback_line(one.name.as_deref(), one.rating, (&one.went_well, &one.better), one.would_return))
            .collect(),
        duplicates: (!found.duplicates.is_empty() && frame.may.has(Action::Record)).then(|| {
            let names: Vec<_> = found
                .duplicates
                .iter()
                .map(|pair| if pair.keep == id { pair.other_name.clone() } else { pair.keep_name.clone() })
                .collect();
            (place.to("organisations/duplicates"), words::list(&names))
        }),
        days: found.ask_again_days.to_string(),
    }
}

pub(super) fn feedback_line(
    name: Option<&str>,
    rating: Option<i64>,
    (went_well, better): (&str, &str),
    would_return: Option<bool>,
) -> FeedbackLine {
    FeedbackLine {
        by: name.unwrap_or("Somebody of theirs").to_owned(),
        rating: rating.map_or(String::new(), |rating| format!("{rating} of 5")),
        went_well: went_well.to_owned(),
        better: better.to_owned(),
        would_return: match would_return {
            Some(true) => "Would come again",
            Some(false) => "Would not come again",
            None => "",
        },
    }
}

fn facts(found: &app::OrganisationPage) -> Vec<(&'static str, String)> {
    let form = found.form();
    let join = |labels: Vec<&'static str>| Some(labels.join(", ")).filter(|text| !text.is_empty());
    let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let facts = [
        ("What it is", join(form.sorts.iter().filter_map(|w| w.parse().ok()).map(OrganisationSort::label).collect())),
        ("Provider", form.provider_type.parse().ok().map(|kind| labels::provider_type(kind).to_owned())),
        ("Sector", found.industry.0.map(|industry| Industry::label(industry).to_owned())),
        ("Code", text(&found.industry.1)),
        ("Size", form.size.parse().ok().map(|size| OrganisationSize::label(size).to_owned())),
        ("Address", text([form.address.as_str(), &form.postcode].map(str::trim).join(" ").trim())),
        ("Website", text(&form.website)),
        ("Offers", join(form.offers.iter().filter_map(|w| w.parse().ok()).map(Offer::label).collect())),
        ("Looked after by", found.owner.clone()),
    ];
    facts.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}
