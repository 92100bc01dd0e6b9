use app::{Actor, App, Error, ListFormat, Origin, RequestForm, RequestGuard, View};
use domain::{InstitutionId, LetterId, ProviderRequestId};
use jiff::ToSpan;

use super::Asked;

/// The request that is asked about: one that is there, so that what is allowed finds it.
fn request(app: &App, institution: InstitutionId) -> ProviderRequestId {
    let view = View { institution, as_of: None };
    let known = app.provider_requests(&Actor::operator(), view, &Default::default()).expect("requests").requests;
    if let Some(first) = known.first() {
        return first.id;
    }
    let offer = app.request_offer(institution).expect("a form");
    app.context().set_now(app.context().now() + 10.seconds());
    let form = RequestForm {
        organisation: "Riverbank College".to_owned(),
        contact: "Sam Example".to_owned(),
        email: "sam@riverbank.example".to_owned(),
        offers: "T Levels".to_owned(),
        wanted: "In March".to_owned(),
        year_groups: vec!["9".to_owned()],
        ..RequestForm::default()
    };
    let guard = RequestGuard { opened: offer.opened, trap: String::new() };
    app.ask_for_access(institution, &form, &guard, &Origin::default()).expect("a request").id
}

/// Asks an operation of this area; none if it is not of this area.
pub(super) fn perform(operation: &str, app: &App, actor: &Actor, asked: &Asked) -> Option<Result<(), Error>> {
    let institution = asked.institution;
    let view = View { institution, as_of: None };
    let one = || request(app, institution);
    Some(match operation {
        "provider_requests" => app.provider_requests(actor, view, &Default::default()).map(drop),
        "export_provider_requests" => {
            app.export_provider_requests(actor, view, &Default::default(), ListFormat::Csv).map(drop)
        }
        "taken_offer" => app.taken_offer(actor, view).map(drop),
        "add_provider_request" => app.add_provider_request(actor, institution, &Default::default()).map(drop),
        "set_request_days" => app.set_request_days(actor, institution, "10"),
        "provider_request" => app.provider_request(actor, view, one()).map(drop),
        "review_provider_request" => app.review_provider_request(actor, institution, one(), -1, ""),
        "ask_provider" => app.ask_provider(actor, institution, one(), -1, "Why?"),
        "grant_provider_request" => {
            app.grant_provider_request(actor, institution, one(), -1, &Default::default()).map(drop)
        }
        "refuse_provider_request" => app.refuse_provider_request(actor, institution, one(), -1, ("", "")),
        "defer_provider_request" => app.defer_provider_request(actor, institution, one(), -1, ("", "")),
        "take_back_decision" => app.take_back_decision(actor, institution, one(), -1, "").map(drop),
        "withdraw_provider_request" => app.withdraw_provider_request(actor, institution, one(), -1, ""),
        "tell_provider_of_change" => app.tell_provider_of_change(actor, institution, one(), -1),
        "set_request_visitors" => app.set_request_visitors(actor, institution, one(), -1, &[]),
        "deliver_provider_request" => {
            app.deliver_provider_request(actor, institution, one(), -1, &Default::default()).map(drop)
        }
        "evaluate_provider_request" => {
            app.evaluate_provider_request(actor, institution, one(), -1, &Default::default())
        }
        "forget_requester" => app.forget_requester(actor, institution, one()),
        "send_letter_again" => app.send_letter_again(actor, institution, one(), LetterId(1)),
        _ => return None,
    })
}

/// Operations about something that is not there: to those who may, nothing is found.
pub(super) const NEEDS_SOMETHING: &[&str] = &["send_letter_again"];
