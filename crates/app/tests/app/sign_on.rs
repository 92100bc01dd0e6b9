//! Signing in with a provider that is a real one: through its own form, and back.

use app::{Actor, App, Error, IdentityProvider, NewSession, Origin, ProviderKind, Refusal, Returned, Secret, SignedOn};
use serde_json::json;
use testkit::openid::{CLIENT, CLIENT_SECRET, Provider};

use crate::harness::{World, year_nine};

/// Our address that the provider sends people back to.
pub(crate) const BACK: &str = "http://127.0.0.1:9/sign-in/back/staff";
/// The secret of the browser.
pub(crate) const BROWSER: &str = "a browser's secret";
const PASSWORD: &str = "three words together";

pub(crate) fn provider() -> Provider {
    let provider = Provider::start("2026-11-23T09:00:00Z".parse().unwrap(), BACK);
    provider.know("robin", &json!({"name": "Robin Example", "email": "robin@elsewhere.example"}));
    provider
}

pub(crate) fn settings(provider: &Provider, kind: ProviderKind) -> IdentityProvider {
    IdentityProvider {
        name: "staff".into(),
        label: "Larkfield".into(),
        kind,
        issuer: provider.issuer().to_owned(),
        client_id: CLIENT.into(),
        client_secret: Secret::new(CLIENT_SECRET),
    }
}

/// What the provider sent along with the browser.
pub(crate) fn returned(address: &str) -> Returned {
    let (at, query) = address.split_once('?').expect("a query");
    assert_eq!(at, BACK);
    let mut returned = Returned::default();
    for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
        let value = value.replace("%3A", ":").replace("%2F", "/");
        match name {
            "state" => returned.state = value,
            "code" => returned.code = value,
            "error" => returned.error = value,
            "iss" => returned.issuer = value,
            _ => {}
        }
    }
    returned
}

/// Begins to sign in, and signs in at the provider; what comes back.
pub(crate) fn there(app: &App, provider: &Provider) -> Returned {
    let address = app.begin_sign_on("staff", BACK, BROWSER, "/learners", &Origin::default()).unwrap();
    returned(&provider.sign_in(&address, "robin"))
}

pub(crate) fn back(app: &App, returned: &Returned) -> SignedOn {
    app.finish_sign_on("staff", BACK, returned, Some(BROWSER), None, &Origin::default()).unwrap()
}

/// Somebody with a password, signed in, whose account has this way of signing in as well.
pub(crate) fn linked(world: &World, provider: &Provider) -> (Actor, NewSession) {
    let school = world.school(&year_nine(1));
    let email = format!("careers.leader-{}@school.example", school.id);
    let session = world.app.sign_in(&email, PASSWORD, &Origin::default()).unwrap();
    let done = link(&world.app, provider, session.token.reveal(), session.token.reveal());
    assert!(matches!(done, SignedOn::Linked), "{done:?}");
    (school.leader, session)
}

/// Adds the provider in a session, coming back in one.
fn link(app: &App, provider: &Provider, began_in: &str, came_back_in: &str) -> SignedOn {
    let address = app.begin_link(began_in, "staff", BACK).unwrap();
    let returned = returned(&provider.sign_in(&address, "robin"));
    app.finish_sign_on("staff", BACK, &returned, Some(BROWSER), Some(came_back_in), &Origin::default()).unwrap()
}

fn a_linked_identity_signs_in(world: World) {
    let provider = provider();
    let world = world.with_providers(vec![settings(&provider, ProviderKind::Other)]);
    let (leader, _) = linked(&world, &provider);
    let SignedOn::In { session, next } = back(&world.app, &there(&world.app, &provider)) else { panic!("signed in") };
    assert_eq!((Some(session.account), next.as_str()), (leader.account(), "/learners"));
    let found = world.app.session(session.token.reveal()).unwrap();
    assert_eq!(found.actor.name(), "Careers Leader");
    let identities = world.app.linked_identities(&leader).unwrap();
    assert_eq!(identities.len(), 1);
    assert_eq!(identities[0].label.as_deref(), Some("Larkfield"));
    assert!(identities[0].last_used_at.is_some());
    // The password is left as a way in, so this one may go.
    world.app.unlink_identity(&leader, &identities[0].key).unwrap();
    let unknown = back(&world.app, &there(&world.app, &provider));
    assert!(matches!(unknown, SignedOn::Refused(app::SignOnRefusal::Unknown)), "{unknown:?}");
    assert!(matches!(world.app.unlink_identity(&leader, &identities[0].key), Err(Error::Refusal(Refusal::NotFound))));
}

#[test]
fn a_linked_identity_signs_in_on_sqlite() {
    a_linked_identity_signs_in(World::on_sqlite());
}

#[test]
fn a_linked_identity_signs_in_on_postgres() {
    a_linked_identity_signs_in(World::on_postgres());
}

#[test]
fn the_same_e_mail_address_links_nobody() {
    let provider = provider();
    let world = World::on_sqlite().with_providers(vec![settings(&provider, ProviderKind::Other)]);
    let school = world.school(&year_nine(1));
    let email = format!("careers.leader-{}@school.example", school.id);
    provider.know("robin", &json!({"email": email, "email_verified": true}));
    let done = back(&world.app, &there(&world.app, &provider));
    assert!(matches!(done, SignedOn::Refused(app::SignOnRefusal::Unknown)), "{done:?}");
    assert_eq!(world.app.linked_identities(&school.leader).unwrap(), []);
}

#[test]
fn a_way_in_is_added_only_in_the_session_that_asked_for_it_and_to_one_account() {
    let provider = provider();
    let world = World::on_sqlite().with_providers(vec![settings(&provider, ProviderKind::Other)]);
    let school = world.school(&year_nine(1));
    let sign_in = |name: &str| {
        let email = format!("{name}-{}@school.example", school.id);
        world.app.sign_in(&email, PASSWORD, &Origin::default()).unwrap()
    };
    let (leader, other) = (sign_in("careers.leader"), sign_in("just.looking"));
    let (leader, other) = (leader.token.reveal(), other.token.reveal());
    let elsewhere = link(&world.app, &provider, leader, other);
    assert!(matches!(elsewhere, SignedOn::Refused(app::SignOnRefusal::Stale)), "{elsewhere:?}");
    assert!(matches!(link(&world.app, &provider, leader, leader), SignedOn::Linked));
    assert!(matches!(link(&world.app, &provider, leader, leader), SignedOn::Linked));
    let taken = link(&world.app, &provider, other, other);
    assert!(matches!(taken, SignedOn::Refused(app::SignOnRefusal::Taken)), "{taken:?}");
    assert_eq!(world.app.linked_identities(&school.leader).unwrap().len(), 1);
}

#[test]
fn a_session_left_open_changes_nobodys_ways_in() {
    let provider = provider();
    let world = World::on_sqlite().with_providers(vec![settings(&provider, ProviderKind::Other)]);
    let (leader, session) = linked(&world, &provider);
    let identities = world.app.linked_identities(&leader).unwrap();
    world.app.context().set_now("2026-11-23T09:20:00Z".parse().unwrap());
    let later = world.app.session(session.token.reveal()).unwrap().actor;
    let begun = world.app.begin_link(session.token.reveal(), "staff", BACK);
    assert!(matches!(begun, Err(Error::Refusal(Refusal::ConfirmFirst))), "{begun:?}");
    let unlinked = world.app.unlink_identity(&later, &identities[0].key);
    assert!(matches!(unlinked, Err(Error::Refusal(Refusal::ConfirmFirst))), "{unlinked:?}");
}

#[test]
fn who_leaves_the_providers_page_is_not_signed_in() {
    let provider = provider();
    let world = World::on_sqlite().with_providers(vec![settings(&provider, ProviderKind::Other)]);
    let address = world.app.begin_sign_on("staff", BACK, BROWSER, "", &Origin::default()).unwrap();
    let done = back(&world.app, &returned(&provider.cancel(&address)));
    assert!(matches!(done, SignedOn::Refused(app::SignOnRefusal::Cancelled)), "{done:?}");
}

#[test]
fn a_provider_that_is_not_there_is_said_to_be_silent() {
    let provider = provider();
    let silent = IdentityProvider { issuer: "http://127.0.0.1:9".into(), ..settings(&provider, ProviderKind::Other) };
    let world = World::on_sqlite().with_providers(vec![silent]);
    let begun = world.app.begin_sign_on("staff", BACK, BROWSER, "", &Origin::default());
    assert!(matches!(begun, Err(Error::Refusal(Refusal::Unavailable(_)))), "{begun:?}");
    let unknown = world.app.begin_sign_on("nobody", BACK, BROWSER, "", &Origin::default());
    assert!(matches!(unknown, Err(Error::Refusal(Refusal::NotFound))), "{unknown:?}");
}
