//! What the institution does with a request.

use app::{Actor, App, DeliveryForm, EvaluationForm};
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{InstitutionId, ProviderRequestId};

use super::{
    page::{grant_of, id_of, page_for},
    visitors::visitors_of,
};
use crate::{
    answer::{Answer, Failure, go_saying, show_again},
    fields::Fields,
    parts::Flash,
    site::Site,
    visitor::{Here, Posted},
};

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
            let mut page = page_for(&site, &posted.visitor, found, posted.fields);
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
        app.review_provider_request(it.actor, it.institution, it.id, it.seen, it.fields.one("answered"))?;
        Ok("It is under review.".to_owned())
    }

    /// POST a question to the provider.
    ask(app, it) {
        app.ask_provider(it.actor, it.institution, it.id, it.seen, it.fields.one("question"))?;
        Ok("The question is noted. Its letter goes to the provider, if an address is known.".to_owned())
    }

    /// POST that it is granted.
    grant(app, it) {
        app.grant_provider_request(it.actor, it.institution, it.id, it.seen, &grant_of(it.fields))?;
        Ok("Granted. The visit is in the plan, and its learners are invited.".to_owned())
    }

    /// POST that it is refused.
    refuse(app, it) {
        let why = (it.fields.one("ground"), it.fields.one("reason"));
        app.refuse_provider_request(it.actor, it.institution, it.id, it.seen, why)?;
        Ok("Refused. It stands in the log of refusals with its ground and your reason.".to_owned())
    }

    /// POST that it is put off.
    defer(app, it) {
        let why = (it.fields.one("until"), it.fields.one("reason"));
        app.defer_provider_request(it.actor, it.institution, it.id, it.seen, why)?;
        Ok("Put off. Home reminds you of it on that day.".to_owned())
    }

    /// POST that a decision is taken back.
    take_back(app, it) {
        let corrected = app.take_back_decision(it.actor, it.institution, it.id, it.seen, it.fields.one("why"))?;
        Ok(if corrected { "Taken back. It is under review again, and another letter corrects the one that went, or may have." } else { "Taken back. It is under review again, and nobody had a letter about it." }.to_owned())
    }

    /// POST that the provider took it back.
    withdraw(app, it) {
        app.withdraw_provider_request(it.actor, it.institution, it.id, it.seen, it.fields.one("reason"))?;
        Ok("Noted that it is withdrawn.".to_owned())
    }

    /// POST that the provider is told of another day, time or place.
    tell(app, it) {
        app.tell_provider_of_change(it.actor, it.institution, it.id, it.seen)?;
        Ok("The provider is told.".to_owned())
    }

    /// POST who visits.
    visitors(app, it) {
        let forms = visitors_of(it.fields);
        app.set_request_visitors(it.actor, it.institution, it.id, it.seen, &forms)?;
        Ok("Who visits is saved.".to_owned())
    }

    /// POST that it took place.
    deliver(app, it) {
        let form = DeliveryForm { checks: it.fields.all("checks"), ask_feedback: it.fields.one("feedback") == "yes" };
        let counts = app.deliver_provider_request(it.actor, it.institution, it.id, it.seen, &form)?;
        Ok(if counts { "Confirmed. It counts for provider access." } else { "Confirmed. It does not count until every box is ticked." }.to_owned())
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
        Ok("Who asked, who visited and what was written is taken out.".to_owned())
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
