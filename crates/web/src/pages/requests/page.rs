use app::{GrantForm, ProviderRequestPage};
use askama::Template;
use axum::extract::{Path, State};
use domain::{Checks, ProviderRequestId, ProviderRequestState, ProviderType, date};

use super::{
    ask::content,
    letters::{LetterLine, letter_line, taking_back},
    visitors::{VisitorLine, visitor_lines},
};
use crate::{
    answer::{Answer, Failure, show},
    fields::Fields,
    labels,
    pages::voices::RATINGS,
    parts::Choice,
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Visitor},
    words,
};

/// One request with everything about it.
#[derive(Template)]
#[template(path = "pages/requests/page.html")]
pub(crate) struct RequestPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) action: String,
    pub(crate) revision: i64,
    pub(crate) found: ProviderRequestPage,
    pub(crate) facts: Vec<(&'static str, String)>,
    pub(crate) steps: Vec<(String, String, String)>,
    pub(crate) letters: Vec<LetterLine>,
    /// What is said of taking it back, and whether a reason is needed.
    pub(crate) taken_back: Option<(String, bool)>,
    /// Whether nobody can be written to.
    pub(crate) has_no_address: bool,
    /// The latest question, while the provider has not answered.
    pub(crate) asked: String,
    pub(crate) is_open: bool,
    pub(crate) is_new: bool,
    /// Whether the provider was asked something, and may answer by other ways than their link.
    pub(crate) is_asked: bool,
    /// Why the letter asks for the four contents.
    pub(crate) note_hint: &'static str,
    pub(crate) is_granted: bool,
    pub(crate) has_visit: bool,
    pub(crate) can_evaluate: bool,
    pub(crate) grant: GrantForm,
    pub(crate) types: Vec<Choice>,
    pub(crate) years: Vec<Choice>,
    pub(crate) forms: Vec<Choice>,
    pub(crate) approved: Vec<Choice>,
    pub(crate) school_day: Vec<Choice>,
    pub(crate) grounds: Vec<Choice>,
    pub(crate) typed: Fields,
    pub(crate) visitors: Vec<VisitorLine>,
    pub(crate) boxes: Vec<Choice>,
    pub(crate) ratings: Vec<Choice>,
    pub(crate) evaluation: String,
    /// The activity and its register.
    pub(crate) activity: Option<(String, String)>,
    pub(crate) counts: Vec<(String, String, String)>,
    pub(crate) counted: String,
    pub(crate) access: String,
}

pub(super) fn id_of(text: &str) -> Result<ProviderRequestId, Failure> {
    text.parse().map_err(|_| Failure::NOT_FOUND)
}

async fn read(site: &Site, visitor: &Visitor, here: &Here, id: ProviderRequestId) -> Result<RequestPage, Failure> {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let found = site.run(move |app| app.provider_request(&actor, view, id)).await?;
    Ok(page_for(site, visitor, found, Fields::default()))
}

/// The page for whoever asks for it, with what they typed.
pub(super) fn page_for(site: &Site, visitor: &Visitor, found: ProviderRequestPage, typed: Fields) -> RequestPage {
    let shell = visitor.shell_at(&found.frame, &format!("provider-access/requests/{}", found.request.id));
    page(shell, &|at| site.when(at), found, typed)
}

/// GET the request.
pub(crate) async fn get(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, id)): Path<(String, String)>,
) -> Answer {
    Ok(show(&read(&site, &visitor, &here, id_of(&id)?).await?))
}

fn facts(found: &ProviderRequestPage) -> Vec<(&'static str, String)> {
    let one = &found.request;
    let covers =
        app::PROVIDER_CONTENTS.into_iter().filter(|check| one.covers.split(' ').any(|word| word == check.word()));
    let years: Vec<_> = one.year_groups.split_whitespace().map(|year| format!("Year {year}")).collect();
    let all = [
        ("Kind of provider", one.provider_type.map_or(String::new(), |kind| labels::provider_type(kind).to_owned())),
        ("Contact", one.contact.clone()),
        ("E-mail", one.email.clone()),
        ("Telephone", one.phone.clone().unwrap_or_default()),
        ("Would tell about", one.offers.clone()),
        ("Will cover", covers.map(content).collect::<Vec<_>>().join("; ")),
        ("Would like to meet", words::list(&years)),
        ("When", one.wanted.clone()),
        ("How many come", one.visitors.map_or(String::new(), |number| number.to_string())),
        ("Needs", one.needs.clone()),
        ("Message", one.message.clone()),
        ("Ground of the refusal", one.ground.clone().unwrap_or_default()),
        ("Reason", one.reason.clone().unwrap_or_default()),
        ("How it went", one.evaluation.clone().unwrap_or_default()),
    ];
    all.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

/// The page, where `when` writes instants.
pub(crate) fn page(
    shell: Shell,
    when: &dyn Fn(jiff::Timestamp) -> String,
    found: ProviderRequestPage,
    typed: Fields,
) -> RequestPage {
    let one = &found.request;
    let under = format!("provider-access/requests/{}", one.id);
    let place = Place::new(&found.frame, &under);
    let was_sent = typed.0.iter().any(|(name, _)| name == "starts_at");
    let grant = if was_sent { grant_of(&typed) } else { GrantForm::of(one) };
    let counts = found.counts.as_ref();
    RequestPage {
        shell: shell
            .at("provider-access")
            .titled(format!("{}: {}", one.reference, one.organisation))
            .under(place.to("provider-access"), "Provider access")
            .under(place.to("provider-access/requests"), "Requests"),
        lead: lead(&found),
        action: format!("/institutions/{}/{under}", found.frame.institution.id),
        revision: one.revision,
        facts: facts(&found),
        steps: found
            .steps
            .iter()
            .map(|step| {
                let what = format!("{}, {}", step.state.label(), step.who);
                (what, when(step.at), step.note.clone().unwrap_or_default())
            })
            .collect(),
        letters: found.letters.iter().map(|letter| letter_line(letter, found.has_post, when)).collect(),
        taken_back: found.taken_back.map(|letter| taking_back(letter, found.has_post, when)),
        has_no_address: found.may_decide && one.email.is_empty() && !one.contact.is_empty(),
        asked: match one.state {
            ProviderRequestState::MoreInformation => {
                let asked = found.steps.iter().rev().find(|step| step.state == one.state);
                asked.and_then(|step| step.note.clone()).unwrap_or_default()
            }
            _ => String::new(),
        },
        is_open: found.may_decide && one.state.is_open(),
        is_new: matches!(one.state, ProviderRequestState::Received | ProviderRequestState::Deferred),
        is_asked: one.state == ProviderRequestState::MoreInformation,
        note_hint: match found.has_duty {
            true => "The letter asks for the four contents that the law names.",
            false => "The letter asks for the four contents of provider access.",
        },
        is_granted: one.state == ProviderRequestState::Granted,
        has_visit: found.sees_people
            && matches!(
                one.state,
                ProviderRequestState::Granted | ProviderRequestState::Delivered | ProviderRequestState::Evaluated
            ),
        can_evaluate: matches!(one.state, ProviderRequestState::Delivered | ProviderRequestState::Evaluated),
        types: ProviderType::ALL
            .iter()
            .map(|kind| Choice::new(kind, labels::provider_type(*kind), grant.provider_type == kind.word()))
            .collect(),
        years: choices(
            found.years.iter().map(|year| (year.number().to_string(), format!("Year {year}"))),
            &grant.year_groups,
        ),
        forms: choices(found.forms.iter().map(|form| (form.clone(), form.clone())), &grant.forms),
        approved: vec![Choice::new(
            "yes",
            "They offer approved technical qualifications or apprenticeships, or come for somebody who does",
            grant.is_approved,
        )],
        school_day: vec![Choice::new(
            "yes",
            "It is for a reasonable time within the standard school day",
            grant.is_school_day,
        )],
        grounds: found
            .grounds
            .list
            .iter()
            .map(|ground| Choice::new(ground, ground, typed.one("ground") == ground))
            .collect(),
        visitors: visitor_lines(&found, &typed),
        boxes: boxes(&found, &typed),
        ratings: RATINGS
            .iter()
            .map(|(value, label)| {
                let stored = one.rating.map(|rating| rating.to_string()).unwrap_or_default();
                let now = if typed.0.iter().any(|(name, _)| name == "rating") { typed.one("rating") } else { &stored };
                Choice::new(value, label, now == *value)
            })
            .collect(),
        evaluation: match typed.one("text") {
            "" => one.evaluation.clone().unwrap_or_default(),
            text => text.to_owned(),
        },
        activity: found.activity.as_ref().map(|activity| {
            let to = format!("activities/{}", activity.id);
            (place.to(&to), place.to(&format!("{to}/register")))
        }),
        counts: counts.map_or(Vec::new(), |counts| {
            let line = |one: &app::RequestLearner| {
                (place.to(&format!("learners/{}", one.id)), one.name.clone(), one.says.clone())
            };
            counts.learners.iter().map(line).collect()
        }),
        counted: counts.map_or(String::new(), counted),
        access: place.to("provider-access"),
        grant,
        typed,
        found,
    }
}

fn lead(found: &ProviderRequestPage) -> String {
    let one = &found.request;
    let due = date::long(one.due_on);
    let held = one.held_on.map(date::long).unwrap_or_default();
    let decided = one.decided_on.map(date::long).unwrap_or_default();
    match one.state {
        state if state.waits() && found.is_late => format!("{}. An answer was due by {due}.", state.label()),
        ProviderRequestState::Deferred => format!("Put off on {decided}. It is looked at again by {due}."),
        state if state.waits() => format!("{}. An answer is due by {due}.", state.label()),
        ProviderRequestState::MoreInformation => {
            "The provider was asked something. The clock begins anew when they answer; you need not wait to decide."
                .to_owned()
        }
        ProviderRequestState::Granted => match found.activity.as_ref().is_some_and(|activity| activity.has_come) {
            true => format!("Granted. The visit was on {held}: mark its register, then confirm what was covered."),
            false => format!("Granted. The visit is on {held}."),
        },
        ProviderRequestState::Refused => format!("Refused on {decided}."),
        ProviderRequestState::Delivered => format!("The visit took place on {held}. Say how it went."),
        ProviderRequestState::Evaluated => format!("The visit took place on {held}."),
        ProviderRequestState::Withdrawn => format!("Withdrawn on {decided}."),
        state => format!("{}.", state.label()),
    }
}

fn counted(counts: &app::RequestCounts) -> String {
    match counts.numbers {
        Some((there, counted)) if counts.is_provider_access => {
            format!("{there} were there; it counts for {counted} of them.")
        }
        _ if !counts.open.is_empty() => format!("It does not count yet. Open: {}.", counts.open.join("; ")),
        Some((there, _)) => format!("{there} were there, and it does not count yet."),
        None => "So few were there that the numbers are withheld.".to_owned(),
    }
}

fn choices(all: impl Iterator<Item = (String, String)>, ticked: &[String]) -> Vec<Choice> {
    all.map(|(value, label)| {
        let chosen = ticked.contains(&value);
        Choice::new(value, label, chosen)
    })
    .collect()
}

/// The boxes of provider access as they were sent, or as the activity has them.
fn boxes(found: &ProviderRequestPage, typed: &Fields) -> Vec<Choice> {
    let was_sent = typed.0.iter().any(|(name, _)| name == "delivery");
    let now = found.activity.as_ref().map_or(Checks::NONE, |activity| activity.activity.checks);
    let sent = typed.all("checks");
    let is_ticked = |check: domain::Check| match was_sent {
        true => sent.iter().any(|word| word == check.word()),
        false => now.contains(check),
    };
    Checks::PROVIDER_ACCESS.iter().map(|check| Choice::new(check, labels::check(check), is_ticked(check))).collect()
}

/// What is agreed, as it was sent.
pub(super) fn grant_of(fields: &Fields) -> GrantForm {
    GrantForm {
        title: fields.text("title"),
        provider_type: fields.text("provider_type"),
        date: fields.text("date"),
        starts_at: fields.text("starts_at"),
        ends_at: fields.text("ends_at"),
        room: fields.text("room"),
        mode: fields.text("mode"),
        year_groups: fields.all("year_groups"),
        forms: fields.all("forms"),
        host: fields.text("host"),
        is_approved: fields.one("approved") == "yes",
        is_school_day: fields.one("school_day") == "yes",
        note: fields.text("note"),
    }
}
