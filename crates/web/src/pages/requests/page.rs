use app::{Actor, App, DeliveryForm, EvaluationForm, GrantForm, ProviderRequestPage, VisitorForm};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{Checks, InstitutionId, ProviderRequestId, ProviderRequestState, ProviderType, VisitorAssurance, date};

use super::ask::content;
use crate::{
    answer::{Answer, Failure, go_saying, show, show_again},
    fields::Fields,
    labels,
    pages::voices::RATINGS,
    parts::{Choice, Flash},
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Posted, Visitor},
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
    /// Key, to whom, subject, how it stands, text while it waits, whether it can be tried again.
    pub(crate) letters: Vec<(String, String, String, String, String, bool)>,
    pub(crate) is_open: bool,
    pub(crate) is_new: bool,
    pub(crate) is_granted: bool,
    pub(crate) has_visit: bool,
    pub(crate) is_decided: bool,
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
    /// The activity and its register.
    pub(crate) activity: Option<(String, String)>,
    pub(crate) counts: Vec<(String, String, String)>,
    pub(crate) counted: String,
    pub(crate) access: String,
}

/// A visitor in the form.
pub(crate) struct VisitorLine {
    pub(crate) at: usize,
    pub(crate) form: VisitorForm,
    pub(crate) checks: Vec<Choice>,
}

fn id_of(text: &str) -> Result<ProviderRequestId, Failure> {
    text.parse().map_err(|_| Failure::NOT_FOUND)
}

async fn read(site: &Site, visitor: &Visitor, here: &Here, id: ProviderRequestId) -> Result<RequestPage, Failure> {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let found = site.run(move |app| app.provider_request(&actor, view, id)).await?;
    Ok(page(site, visitor, found, Fields::default()))
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

fn page(site: &Site, visitor: &Visitor, found: ProviderRequestPage, typed: Fields) -> RequestPage {
    let one = &found.request;
    let under = format!("provider-access/requests/{}", one.id);
    let place = Place::new(&found.frame, &under);
    let was_sent = typed.0.iter().any(|(name, _)| name == "starts_at");
    let grant = if was_sent { grant_of(&typed) } else { GrantForm::of(one) };
    let due = date::long(one.due_on);
    let lead = match one.state {
        state if state.waits() && found.is_late => format!("{}. An answer was due by {due}.", state.label()),
        state if state.waits() => format!("{}. An answer is due by {due}.", state.label()),
        state => format!("{}.", state.label()),
    };
    let blank = VisitorForm::default();
    let all = found.visitors.iter().chain(std::iter::repeat_n(&blank, 2));
    let ticked = |words: &[String], word: &str| words.iter().any(|one| one == word);
    let checks = found.activity.as_ref().map_or(Checks::NONE, |activity| activity.activity.checks);
    let counts = found.counts.as_ref();
    RequestPage {
        shell: visitor
            .shell_at(&found.frame, &under)
            .at("provider-access")
            .titled(format!("{}: {}", one.reference, one.organisation))
            .under(place.to("provider-access"), "Provider access")
            .under(place.to("provider-access/requests"), "Requests"),
        lead,
        action: format!("/institutions/{}/{under}", found.frame.institution.id),
        revision: one.revision,
        facts: facts(&found),
        steps: found
            .steps
            .iter()
            .map(|step| {
                let what = format!("{}, {}", step.state.label(), step.who);
                (what, site.when(step.at), step.note.clone().unwrap_or_default())
            })
            .collect(),
        letters: found
            .letters
            .iter()
            .map(|letter| {
                let stands = match (letter.sent_at, letter.try_at, &letter.failed) {
                    (Some(at), _, _) => format!("Sent {}", site.when(at)),
                    (_, Some(at), Some(why)) => format!("Not sent yet: {why}. Tried again {}", site.when(at)),
                    (_, None, Some(why)) => format!("Not sent: {why}"),
                    _ if !found.has_post => {
                        "Not sent: this server sends no e-mail. Copy it and send it yourself".to_owned()
                    }
                    (_, Some(at), None) => format!("Goes {}", site.when(at)),
                    _ => "Not sent".to_owned(),
                };
                let again = letter.sent_at.is_none() && letter.failed.is_some() && !letter.text.is_empty();
                (letter.id.to_string(), letter.to.clone(), letter.subject.clone(), stands, letter.text.clone(), again)
            })
            .collect(),
        is_open: found.may_decide && one.state.is_open(),
        is_new: matches!(one.state, ProviderRequestState::Received | ProviderRequestState::Deferred),
        is_granted: one.state == ProviderRequestState::Granted,
        has_visit: found.sees_people
            && matches!(
                one.state,
                ProviderRequestState::Granted | ProviderRequestState::Delivered | ProviderRequestState::Evaluated
            ),
        is_decided: found.may_decide && one.state.is_decision(),
        can_evaluate: matches!(one.state, ProviderRequestState::Delivered | ProviderRequestState::Evaluated),
        types: ProviderType::ALL
            .iter()
            .map(|kind| Choice::new(kind, labels::provider_type(*kind), grant.provider_type == kind.word()))
            .collect(),
        years: found
            .years
            .iter()
            .map(|year| {
                let number = year.number().to_string();
                let chosen = ticked(&grant.year_groups, &number);
                Choice::new(number, format!("Year {year}"), chosen)
            })
            .collect(),
        forms: found.forms.iter().map(|form| Choice::new(form, form, ticked(&grant.forms, form))).collect(),
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
        visitors: (1..)
            .zip(all)
            .map(|(at, form)| VisitorLine {
                at,
                checks: std::iter::once(Choice::new("", "Not known yet", form.checks.is_empty()))
                    .chain(
                        VisitorAssurance::ALL
                            .iter()
                            .map(|one| Choice::new(one, one.label(), form.checks == one.word())),
                    )
                    .collect(),
                form: form.clone(),
            })
            .collect(),
        boxes: Checks::PROVIDER_ACCESS
            .iter()
            .map(|check| Choice::new(check, labels::check(check), checks.contains(check)))
            .collect(),
        ratings: RATINGS
            .iter()
            .map(|(value, label)| {
                Choice::new(value, label, one.rating.is_some_and(|rating| rating.to_string() == *value))
            })
            .collect(),
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
        counted: counts.map_or(String::new(), |counts| match counts.numbers {
            Some((there, counted)) if counts.is_provider_access => {
                format!("{there} were there; it counts for {counted} of them.")
            }
            _ if !counts.open.is_empty() => format!("It does not count yet. Open: {}.", counts.open.join("; ")),
            Some((there, _)) => format!("{there} were there, and it does not count yet."),
            None => "So few were there that the numbers are withheld.".to_owned(),
        }),
        access: place.to("provider-access"),
        grant,
        typed,
        found,
    }
}

fn grant_of(fields: &Fields) -> GrantForm {
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

/// What was asked, and of what.
struct Deed<'a> {
    actor: &'a Actor,
    institution: InstitutionId,
    id: ProviderRequestId,
    seen: i64,
    fields: &'a Fields,
}

/// Does something to a request, and says so; or shows the page again with what is wrong.
async fn act(
    site: Site,
    here: Here,
    id: &str,
    posted: Posted,
    deed: impl FnOnce(&App, &Deed<'_>) -> app::Result<String> + Send + 'static,
) -> Result<Response, Failure> {
    let id = id_of(id)?;
    let (actor, institution, fields) = (posted.visitor.actor.clone(), here.institution, posted.fields.clone());
    let done = site
        .run(move |app| {
            let seen = fields.read("revision").unwrap_or(-1);
            deed(app, &Deed { actor: &actor, institution, id, seen, fields: &fields })
        })
        .await;
    match done {
        Ok(says) => {
            let path = format!("/institutions/{institution}/provider-access/requests/{id}");
            Ok(go_saying(&site, &Flash::says(says), &here.query.with(&path, &[])))
        }
        Err(Failure::Problems(problems)) => {
            let (actor, view) = (posted.visitor.actor.clone(), here.view());
            let found = site.run(move |app| app.provider_request(&actor, view, id)).await?;
            let mut page = page(&site, &posted.visitor, found, posted.fields);
            page.shell = page.shell.with_problems(problems);
            Ok(show_again(&page))
        }
        Err(failure) => Err(failure),
    }
}

macro_rules! deeds {
    ($($(#[$meta:meta])* $name:ident($app:ident, $deed:ident) $body:block)+) => {$(
        $(#[$meta])*
        pub(crate) async fn $name(
            State(site): State<Site>,
            here: Here,
            Path((_, id)): Path<(String, String)>,
            posted: Posted,
        ) -> Answer {
            act(site, here, &id, posted, |$app, $deed| $body).await
        }
    )+};
}

deeds! {
    /// POST that somebody looks into it.
    review(app, it) {
        app.review_provider_request(it.actor, it.institution, it.id, it.seen)?;
        Ok("It is under review.".to_owned())
    }

    /// POST a question to the provider.
    ask(app, it) {
        app.ask_provider(it.actor, it.institution, it.id, it.seen, it.fields.one("question"))?;
        Ok("The provider is asked by letter.".to_owned())
    }

    /// POST that it is granted.
    grant(app, it) {
        app.grant_provider_request(it.actor, it.institution, it.id, it.seen, &grant_of(it.fields))?;
        Ok("Granted. The visit is in the plan. The letter goes in two minutes; until then the decision can be taken back without one.".to_owned())
    }

    /// POST that it is refused.
    refuse(app, it) {
        let why = (it.fields.one("ground"), it.fields.one("reason"));
        app.refuse_provider_request(it.actor, it.institution, it.id, it.seen, why)?;
        Ok("Refused. The letter goes in two minutes; until then the decision can be taken back without one.".to_owned())
    }

    /// POST that it is put off.
    defer(app, it) {
        let why = (it.fields.one("until"), it.fields.one("reason"));
        app.defer_provider_request(it.actor, it.institution, it.id, it.seen, why)?;
        Ok("Put off. The letter goes in two minutes; until then the decision can be taken back without one.".to_owned())
    }

    /// POST that a decision is taken back.
    take_back(app, it) {
        let corrected = app.take_back_decision(it.actor, it.institution, it.id, it.seen, it.fields.one("why"))?;
        Ok(if corrected { "Taken back. A letter corrects the one that had gone." } else { "Taken back, before a letter went." }.to_owned())
    }

    /// POST that the provider took it back.
    withdraw(app, it) {
        app.withdraw_provider_request(it.actor, it.institution, it.id, it.seen, it.fields.one("reason"))?;
        Ok("Noted that it is withdrawn.".to_owned())
    }

    /// POST that the provider is told of another day, time or place.
    tell(app, it) {
        app.tell_provider_of_change(it.actor, it.institution, it.id, it.seen)?;
        Ok("The provider is told by letter.".to_owned())
    }

    /// POST who visits.
    visitors(app, it) {
        let of = |name: &str, at: usize| it.fields.text(&format!("{name}-{at}"));
        let forms: Vec<_> = (1..=42)
            .map(|at| VisitorForm {
                name: of("name", at),
                post: of("post", at),
                id_seen: of("id_seen", at) == "yes",
                checks: of("checks", at),
                checks_on: of("checks_on", at),
                supervised_by: of("supervised_by", at),
                content_seen_by: of("content_seen_by", at),
                arrived_at: of("arrived_at", at),
                left_at: of("left_at", at),
            })
            .collect();
        app.set_request_visitors(it.actor, it.institution, it.id, it.seen, &forms)?;
        Ok("Who visits is saved.".to_owned())
    }

    /// POST that it took place.
    deliver(app, it) {
        let form = DeliveryForm { checks: it.fields.all("checks"), ask_feedback: it.fields.one("feedback") == "yes" };
        let counts = app.deliver_provider_request(it.actor, it.institution, it.id, it.seen, &form)?;
        Ok(if counts { "Confirmed. It counts for provider access." } else { "Confirmed. It does not count while boxes are open." }.to_owned())
    }

    /// POST how it went.
    evaluate(app, it) {
        let form = EvaluationForm { rating: it.fields.text("rating"), text: it.fields.text("text") };
        app.evaluate_provider_request(it.actor, it.institution, it.id, it.seen, &form)?;
        Ok("How it went is kept.".to_owned())
    }

    /// POST that people are taken out of it.
    forget(app, it) {
        app.forget_requester(it.actor, it.institution, it.id)?;
        Ok("Who asked, and what was written, is taken out.".to_owned())
    }
}

/// POST that a letter is tried again.
pub(crate) async fn again(
    State(site): State<Site>,
    here: Here,
    Path((_, id, letter)): Path<(String, String, String)>,
    posted: Posted,
) -> Answer {
    let letter = letter.parse().map_err(|_| Failure::NOT_FOUND)?;
    act(site, here, &id, posted, move |app, it| {
        app.send_letter_again(it.actor, it.institution, it.id, letter)?;
        Ok("The letter is tried again.".to_owned())
    })
    .await
}
