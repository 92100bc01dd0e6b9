use app::{
    App, Error, Group, Holding, InvitationForm, NewAccount, Origin, PostSecurity, PostSettings, Reach, Refusal, Role,
};
use domain::{InvitationId, YearGroup};
use jiff::SignedDuration;
use testkit::mail::MailServer;

use crate::harness::{School, World, on_both_engines, year_nine};

/// E-mail is sent by this server from now on.
pub(crate) fn send_by(app: &App, server: &MailServer) {
    app.open_post(&PostSettings {
        host: "127.0.0.1".to_owned(),
        port: server.port(),
        security: PostSecurity::None,
        login: None,
        from: "Waymark <careers@school.example>".to_owned(),
        authority: None,
        public_address: "https://careers.example".to_owned(),
    })
    .unwrap();
}

fn form(role: Role) -> InvitationForm {
    InvitationForm {
        name: "Robin Larkrise".to_owned(),
        email: "robin@school.example".to_owned(),
        holding: Some(role.into()),
        by_email: false,
    }
}

fn newcomer() -> NewAccount {
    NewAccount {
        name: "Robin Larkrise".to_owned(),
        email: "somebody.else@school.example".to_owned(),
        password: "lantern otter kettle".to_owned(),
    }
}

#[track_caller]
fn problem_at<T: std::fmt::Debug>(outcome: Result<T, Error>) -> &'static str {
    match outcome {
        Err(Error::Problems(problems)) => problems[0].field,
        other => panic!("no problem: {other:?}"),
    }
}

#[track_caller]
fn conflict<T: std::fmt::Debug>(outcome: Result<T, Error>) -> String {
    match outcome {
        Err(Error::Refusal(Refusal::Conflict(message))) => message,
        other => panic!("no conflict: {other:?}"),
    }
}

fn trail(school: &School<'_>) -> Vec<String> {
    let rows = school.app.audit_trail(&school.leader, school.today(), &Default::default()).unwrap().entries;
    rows.into_iter().map(|row| row.action).filter(|action| action.starts_with("invitation.")).rev().collect()
}

on_both_engines! {
    fn a_link_that_is_handed_over_makes_an_account_with_the_role_once(world: &World) {
        let school = world.school(&year_nine(2));
        let app = &world.app;
        let reach = Reach::Groups(vec![Group::Form("9A".to_owned()), Group::YearGroup(YearGroup::new(9))]);
        let holding = Holding { role: Role::Tutor, reach };
        let invited = app.invite(&school.leader, school.id, &InvitationForm { holding: Some(holding.clone()), ..form(Role::Tutor) }).unwrap();
        let token = invited.token.unwrap();
        let offer = app.invitation(school.id, token.reveal()).unwrap();
        assert_eq!((offer.name.as_str(), offer.email.as_deref()), ("Robin Larkrise", Some("robin@school.example")));
        assert_eq!((&offer.holding, offer.institution.as_str()), (&holding, "Larchwood Test Academy"));

        let weak = app.accept_invitation(school.id, token.reveal(), &NewAccount { password: "LarchwoodTest1".to_owned(), ..newcomer() }, &Origin::default());
        assert_eq!(problem_at(weak), "password");
        let session = app.accept_invitation(school.id, token.reveal(), &newcomer(), &Origin::default()).unwrap();
        let actor = app.session(session.token.reveal()).unwrap().actor;
        assert_eq!(actor.grants().len(), 1);
        assert_eq!((actor.grants()[0].role, &actor.grants()[0].reach), (Role::Tutor, &holding.reach));
        assert_eq!(app.learners(&actor, school.today(), &Default::default()).unwrap().learners.len(), 2);
        // The address is the invitation's, whatever was sent along.
        app.sign_in("robin@school.example", "lantern otter kettle", &Origin::default()).unwrap();

        let again = app.accept_invitation(school.id, token.reveal(), &newcomer(), &Origin::default());
        assert!(conflict(again).contains("accepted already"));
        assert!(app.invitations(&school.leader, school.id).unwrap().is_empty());
        assert_eq!(trail(&school), ["invitation.made", "invitation.accepted"]);
    }

    fn somebody_who_signs_in_already_gets_the_role_besides(world: &World) {
        let school = world.school(&year_nine(1));
        let app = &world.app;
        let token = app.invite(&school.leader, school.id, &form(Role::Senco)).unwrap().token.unwrap();
        app.accept_invitation_as(&school.viewer, school.id, token.reveal()).unwrap();
        let viewer = world.signed_in(school.id, "Just Looking");
        let roles: Vec<_> = viewer.grants().iter().map(|grant| grant.role).collect();
        assert_eq!(roles, [Role::Senco, Role::Viewer]);
        assert!(app.sign_in("robin@school.example", "lantern otter kettle", &Origin::default()).is_err());

        // An address that signs in already makes no second account.
        let address = app.people(&school.leader, school.id).unwrap()[1].email.clone();
        let token = app.invite(&school.leader, school.id, &InvitationForm { email: address, ..form(Role::Tutor) }).unwrap().token.unwrap();
        assert_eq!(problem_at(app.accept_invitation(school.id, token.reveal(), &newcomer(), &Origin::default())), "email");
        app.invitation(school.id, token.reveal()).unwrap();
    }

    fn a_learner_is_invited_to_their_own_record(world: &World) {
        let school = world.school(&year_nine(2));
        let app = &world.app;
        let learners = app.learners(&school.leader, school.today(), &Default::default()).unwrap().learners;
        let holding = Holding { role: Role::Learner, reach: Reach::Caseload(vec![learners[1].id]) };
        let token = app.invite(&school.leader, school.id, &InvitationForm { holding: Some(holding), ..form(Role::Learner) }).unwrap().token.unwrap();
        let session = app.accept_invitation(school.id, token.reveal(), &newcomer(), &Origin::default()).unwrap();
        let actor = app.session(session.token.reveal()).unwrap().actor;
        assert!(app.learner(&actor, school.today(), learners[1].id).is_ok());
        assert!(matches!(app.learner(&actor, school.today(), learners[0].id), Err(Error::Refusal(Refusal::NotFound))));
        let nobody = Holding { role: Role::Learner, reach: Reach::Caseload(Vec::new()) };
        assert_eq!(problem_at(app.invite(&school.leader, school.id, &InvitationForm { holding: Some(nobody), ..form(Role::Learner) })), "role");
    }

    fn an_invitation_runs_out_after_seven_days_and_can_be_sent_again(world: &World) {
        let school = world.school(&year_nine(1));
        let app = &world.app;
        let invited = app.invite(&school.leader, school.id, &form(Role::Tutor)).unwrap();
        let token = invited.token.unwrap();
        let start = app.context().now();
        let later = |span| app.context().set_now(start + span);
        later(SignedDuration::from_hours(7 * 24) - SignedDuration::from_secs(1));
        app.invitation(school.id, token.reveal()).unwrap();
        later(SignedDuration::from_hours(7 * 24));
        for _ in 0..2 {
            assert!(conflict(app.invitation(school.id, token.reveal())).contains("run out"));
        }
        let open = app.invitations(&school.leader, school.id).unwrap();
        assert!(open[0].has_run_out);
        assert_eq!(trail(&school), ["invitation.made", "invitation.expired"]);
        let page = app.audit_trail(&school.leader, school.today(), &Default::default()).unwrap();
        let said: Vec<_> = page.entries.iter().take(2).map(|entry| (entry.who.as_str(), entry.did.as_str())).collect();
        let expected = [
            ("Waymark", "noted that an invitation had run out"),
            ("Careers Leader", "invited somebody to be a tutor by link"),
        ];
        assert_eq!(said, expected);

        let stale = app.send_invitation_again(&school.leader, school.id, invited.id, false);
        assert!(matches!(stale, Err(Error::Refusal(Refusal::ConfirmFirst))), "{stale:?}");
        let leader = world.signed_in(school.id, "Careers Leader");
        let again = app.send_invitation_again(&leader, school.id, invited.id, false).unwrap().token.unwrap();
        assert!(matches!(app.invitation(school.id, token.reveal()), Err(Error::Refusal(Refusal::NotFound))));
        app.invitation(school.id, again.reveal()).unwrap();
        assert!(!app.invitations(&school.leader, school.id).unwrap()[0].has_run_out);
    }

    fn a_withdrawn_invitation_is_refused_until_that_is_undone(world: &World) {
        let school = world.school(&year_nine(1));
        let app = &world.app;
        let invited = app.invite(&school.leader, school.id, &form(Role::Tutor)).unwrap();
        let token = invited.token.unwrap();
        assert_eq!(problem_at(app.invite(&school.leader, school.id, &form(Role::Tutor))), "email");
        app.withdraw_invitation(&school.leader, school.id, invited.id).unwrap();
        assert!(conflict(app.invitation(school.id, token.reveal())).contains("withdrawn"));
        assert!(conflict(app.send_invitation_again(&school.leader, school.id, invited.id, false)).contains("withdrawn"));
        assert!(app.invitations(&school.leader, school.id).unwrap().is_empty());
        app.restore_invitation(&school.leader, school.id, invited.id).unwrap();
        app.accept_invitation(school.id, token.reveal(), &newcomer(), &Origin::default()).unwrap();
        assert!(conflict(app.withdraw_invitation(&school.leader, school.id, invited.id)).contains("accepted"));
        assert_eq!(problem_at(app.invite(&school.leader, school.id, &form(Role::Tutor))), "email");
    }

    fn only_who_manages_people_there_invites_and_a_link_opens_its_own_institution_only(world: &World) {
        let school = world.school(&year_nine(1));
        let mut other = year_nine(1);
        other.institution.urn = Some("99902".to_owned());
        let theirs = world.school(&other);
        let app = &world.app;
        let not_allowed = app.invite(&school.viewer, school.id, &form(Role::Tutor));
        assert!(matches!(not_allowed, Err(Error::Refusal(Refusal::NotAllowed))), "{not_allowed:?}");
        let invited = app.invite(&school.leader, school.id, &form(Role::Tutor)).unwrap();
        let token = invited.token.unwrap();
        let not_found = |outcome: Result<(), Error>| {
            assert!(matches!(outcome, Err(Error::Refusal(Refusal::NotFound))), "{outcome:?}");
        };
        not_found(app.invite(&school.leader, theirs.id, &form(Role::Tutor)).map(drop));
        not_found(app.invitations(&theirs.leader, school.id).map(drop));
        for id in [invited.id, InvitationId(1)] {
            not_found(app.withdraw_invitation(&theirs.leader, theirs.id, id));
            not_found(app.send_invitation_again(&theirs.leader, theirs.id, id, false).map(drop));
            not_found(app.restore_invitation(&theirs.leader, theirs.id, id));
        }
        not_found(app.invitation(theirs.id, token.reveal()).map(drop));
        not_found(app.accept_invitation_as(&theirs.viewer, theirs.id, token.reveal()));
        not_found(app.invitation(school.id, "0").map(drop));
    }

    fn an_invitation_by_e_mail_carries_the_link_and_names_nobody_but_the_addressee(world: &World) {
        let school = world.school(&year_nine(1));
        let app = &world.app;
        let by_email = InvitationForm { by_email: true, ..form(Role::Tutor) };
        assert_eq!(problem_at(app.invite(&school.leader, school.id, &by_email)), "by");
        // It asks to come back once, and is asked again two seconds later.
        let server = MailServer::busy_at_first(1);
        send_by(app, &server);
        assert_eq!(problem_at(app.invite(&school.leader, school.id, &InvitationForm { email: " ".to_owned(), ..by_email.clone() })), "email");
        let invited = app.invite(&school.leader, school.id, &by_email).unwrap();
        assert!(invited.token.is_none(), "a link that is sent is shown to nobody");
        let letter = server.next();
        assert_eq!((letter.from.as_str(), letter.to.as_slice()), ("careers@school.example", &["robin@school.example".to_owned()][..]));
        assert_eq!(letter.header("subject"), "You are invited to Waymark at Larchwood Test Academy");
        assert_eq!(letter.header("auto-submitted"), "auto-generated");
        let text = letter.text();
        assert!(text.starts_with("Dear Robin Larkrise,\n"), "{text}");
        assert!(text.contains("until 30 November 2026") && !text.contains("Careers Leader"), "{text}");
        let link = letter.link("https://careers.example/join/");
        let (institution, token) = link.trim_start_matches("https://careers.example/join/").split_once('/').unwrap();
        assert_eq!(institution, school.id.to_string());
        app.accept_invitation(school.id, token, &newcomer(), &Origin::default()).unwrap();
        assert!(server.arrived().is_none());
    }
}
