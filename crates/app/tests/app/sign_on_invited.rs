//! Taking an invitation up with an identity provider.

use app::{Error, InvitationForm, Method, Origin, ProviderKind, Refusal, Role, SignOnRefusal, SignedOn};
use serde_json::json;
use testkit::openid::Provider;

use crate::{
    harness::{School, World, year_nine},
    sign_on::{BACK, BROWSER, back, linked, provider, returned, settings, there},
};

fn invite(school: &School<'_>, email: &str, role: Role) -> String {
    let form = InvitationForm {
        name: "Robin Larkrise".into(),
        email: email.into(),
        holding: Some(role.into()),
        by_email: false,
    };
    let invited = school.app.invite(&school.leader, school.id, &form).unwrap();
    invited.token.expect("a link to hand over").reveal().to_owned()
}

/// Opens the link, chooses the provider, signs in there, and comes back.
fn take_up(school: &School<'_>, provider: &Provider, token: &str) -> Result<SignedOn, Error> {
    let app = school.app;
    let address = app
        .begin_sign_on_invited(school.id, token, "staff", BACK, BROWSER, "/institutions", &Origin::default())
        .unwrap();
    let returned = returned(&provider.sign_in(&address, "robin"));
    app.finish_sign_on("staff", BACK, &returned, Some(BROWSER), None, &Origin::default())
}

fn somebody_new_gets_an_account_that_the_provider_opens(world: World) {
    let provider = provider();
    let world = world.with_providers(vec![settings(&provider, ProviderKind::Other)]);
    let school = world.school(&year_nine(1));
    let token = invite(&school, "robin@school.example", Role::Tutor);
    let done = take_up(&school, &provider, &token).unwrap();
    let SignedOn::In { session, next } = done else { panic!("{done:?}") };
    assert_eq!(next, "/institutions");
    let session = world.app.session(session.token.reveal()).unwrap();
    assert_eq!(session.actor.name(), "Robin Larkrise");
    let sessions = world.app.sessions(&session.actor, session.id).unwrap();
    assert_eq!(sessions[0].method, Some(Method::SingleSignOn));
    let people = world.app.people(&school.leader, school.id).unwrap();
    let robin = people.iter().find(|person| person.name == "Robin Larkrise").expect("they work there");
    // The invitation's address, whatever the provider says.
    assert_eq!(robin.email, "robin@school.example");
    assert_eq!(robin.roles[0].role, Role::Tutor);
    // It is their only way in.
    let identities = world.app.linked_identities(&session.actor).unwrap();
    let last = world.app.unlink_identity(&session.actor, &identities[0].key);
    assert!(matches!(last, Err(Error::Refusal(Refusal::Conflict(_)))), "{last:?}");
    assert!(matches!(back(&world.app, &there(&world.app, &provider)), SignedOn::In { .. }));
    // The link is used up.
    let again = world.app.begin_sign_on_invited(school.id, &token, "staff", BACK, BROWSER, "", &Origin::default());
    assert!(matches!(again, Err(Error::Refusal(Refusal::Conflict(_)))), "{again:?}");
}

#[test]
fn somebody_new_gets_an_account_that_the_provider_opens_on_sqlite() {
    somebody_new_gets_an_account_that_the_provider_opens(World::on_sqlite());
}

#[test]
fn somebody_new_gets_an_account_that_the_provider_opens_on_postgres() {
    somebody_new_gets_an_account_that_the_provider_opens(World::on_postgres());
}

#[test]
fn somebody_whom_the_provider_signs_in_already_gets_the_role_besides() {
    let provider = provider();
    let world = World::on_sqlite().with_providers(vec![settings(&provider, ProviderKind::Other)]);
    let (leader, _) = linked(&world, &provider);
    let mut records = year_nine(1);
    records.institution.name = "Ashdown Test Academy".into();
    records.institution.urn = Some("99902".into());
    let other = world.school(&records);
    let token = invite(&other, "", Role::Governor);
    let done = take_up(&other, &provider, &token).unwrap();
    let SignedOn::In { session, .. } = done else { panic!("{done:?}") };
    assert_eq!(Some(session.account), leader.account());
    let session = world.app.session(session.token.reveal()).unwrap();
    assert_eq!(world.app.institutions(&session.actor).unwrap().len(), 2);
}

#[test]
fn an_address_that_somebody_has_links_nobody_and_leaves_the_invitation_open() {
    let provider = provider();
    let world = World::on_sqlite().with_providers(vec![settings(&provider, ProviderKind::Other)]);
    let school = world.school(&year_nine(1));
    let taken = format!("just.looking-{}@school.example", school.id);
    provider.know("robin", &json!({"email": taken, "email_verified": true}));
    let token = invite(&school, "", Role::Tutor);
    let done = take_up(&school, &provider, &token).unwrap();
    assert!(matches!(done, SignedOn::Refused(SignOnRefusal::AddressTaken)), "{done:?}");
    assert_eq!(world.app.linked_identities(&school.viewer).unwrap(), []);
    provider.know("robin", &json!({"name": "Robin Example"}));
    let done = take_up(&school, &provider, &token).unwrap();
    assert!(matches!(done, SignedOn::Refused(SignOnRefusal::NoAddress)), "{done:?}");
    assert!(world.app.invitation(school.id, &token).is_ok());
}

#[test]
fn an_invitation_that_was_withdrawn_while_somebody_was_away_links_nobody() {
    let provider = provider();
    let world = World::on_sqlite().with_providers(vec![settings(&provider, ProviderKind::Other)]);
    let school = world.school(&year_nine(1));
    let token = invite(&school, "robin@school.example", Role::Tutor);
    let address =
        world.app.begin_sign_on_invited(school.id, &token, "staff", BACK, BROWSER, "", &Origin::default()).unwrap();
    let returned = returned(&provider.sign_in(&address, "robin"));
    let open = world.app.invitations(&school.leader, school.id).unwrap();
    world.app.withdraw_invitation(&school.leader, school.id, open[0].id).unwrap();
    let done = world.app.finish_sign_on("staff", BACK, &returned, Some(BROWSER), None, &Origin::default());
    assert!(matches!(done, Err(Error::Refusal(Refusal::Conflict(_)))), "{done:?}");
    let later = back(&world.app, &there(&world.app, &provider));
    assert!(matches!(later, SignedOn::Refused(SignOnRefusal::Unknown)), "{later:?}");
}
