//! The grid of roles, roles given and taken, looking as somebody else, hand-over, keys of programs.

use app::{
    Action, Actions, Actor, ApiKeyForm, AttestationForm, ContactForm, Error, Group, HandOver, Holding, KeyState,
    LearnerFilter, Origin, Reach, Refusal, Role,
};
use domain::LearnerId;

use crate::harness::{World, on_both_engines, year_nine};

fn caseload(role: Role) -> Holding {
    Holding { role, reach: Reach::Caseload(Vec::new()) }
}

on_both_engines! {
    fn the_grid_keeps_what_differs_and_is_taken_back(world: &World) {
        let school = world.school(&year_nine(1));
        let (app, leader, id) = (&world.app, &school.leader, school.id);
        let tutor = |who: &Actor| app.grid(who, id).unwrap().into_iter().find(|(role, _)| *role == Role::Tutor).unwrap().1;
        let wanted = Role::Tutor.usual().with(Action::Record, true).with(Action::MarkRegisters, false);
        // What a governor can never have, and what an administrator must keep, is not changed by any tick.
        let all = [
            (Role::Tutor, wanted),
            (Role::Governor, Actions::of(&Action::ALL)),
            (Role::Administrator, Role::Administrator.usual().with(Action::ManagePeople, false)),
        ];
        let event = app.set_grid(leader, id, &all).unwrap().unwrap();
        assert_eq!(tutor(leader), wanted);
        let kept = world.store.read(id, |tx| store::permission::list(tx, id)).unwrap();
        let kept: Vec<_> = kept.iter().map(|tick| (tick.role.as_str(), tick.action.as_str(), tick.allowed)).collect();
        assert_eq!(kept, [("tutor", "mark-registers", false), ("tutor", "record", true)]);
        assert_eq!(app.set_grid(leader, id, &all).unwrap(), None);
        let actor = world.person(id, "Tutor", Role::Tutor);
        assert!(actor.can(Action::Record, id) && !actor.can(Action::MarkRegisters, id));

        app.undo_grid(leader, id, event).unwrap().unwrap();
        assert_eq!(tutor(leader), Role::Tutor.usual());
        app.set_grid(leader, id, &[(Role::Tutor, wanted)]).unwrap().unwrap();
        app.reset_grid(leader, id).unwrap().unwrap();
        assert_eq!(world.store.read(id, |tx| store::permission::list(tx, id)).unwrap(), []);
        assert!(matches!(app.grid(&school.viewer, id), Err(Error::Refusal(Refusal::NotAllowed))));
    }

    fn whoever_looks_as_somebody_else_sees_less_and_changes_nothing(world: &World) {
        let mut records = year_nine(3);
        records.learners[2].form = Some("9B".to_owned());
        let school = world.school(&records);
        let (app, id, today) = (&world.app, school.id, school.today());
        let email = &app.people(&school.leader, id).unwrap()[0].email;
        let token = app.sign_in(email, "three words together", &Origin::default()).unwrap().token;
        let actor = || app.session(token.reveal()).unwrap().actor;
        app.view_as(&actor(), token.reveal(), id, Role::Tutor, Some("9B")).unwrap();
        let looking = actor();
        assert_eq!(looking.viewing().unwrap().role, Role::Tutor);
        let list = app.learners(&looking, today, &LearnerFilter::default()).unwrap();
        assert_eq!((list.matching, list.frame.only.as_deref()), (1, Some("9B")));
        let activity = app.activities(&looking, today, &Default::default()).unwrap().activities[0].id;
        let refused = app.mark(&looking, id, activity, &[]);
        assert!(matches!(refused, Err(Error::Refusal(Refusal::Viewing))), "{refused:?}");
        let refused = app.make_feed(&looking, id, "all", "");
        assert!(matches!(refused, Err(Error::Refusal(Refusal::Viewing))), "an address would outlast the looking");
        assert!(app.people(&looking, id).is_err());
        assert_eq!(app.stop_viewing(&looking, token.reveal()).unwrap(), Some(id));
        assert_eq!(app.learners(&actor(), today, &LearnerFilter::default()).unwrap().matching, 3);
        let tutor = world.person(id, "Tutor", Role::Tutor);
        assert!(matches!(app.view_as(&tutor, "x", id, Role::Governor, None), Err(Error::Refusal(Refusal::NotAllowed))));
    }

    fn roles_are_given_ended_and_given_back_with_the_caseload(world: &World) {
        let school = world.school(&year_nine(3));
        let (app, leader, id) = (&world.app, &school.leader, school.id);
        let account = world.person(id, "Sam Sample", Role::Viewer).account().unwrap();
        let learners: Vec<LearnerId> =
            app.learners(leader, school.today(), &LearnerFilter::default()).unwrap().learners.iter().map(|row| row.id).collect();
        let groups = Reach::Groups(vec![Group::Form("9A".to_owned())]);
        app.give_role(leader, id, account, &Holding { role: Role::Tutor, reach: groups }).unwrap();
        app.give_role(leader, id, account, &caseload(Role::CareersAdviser)).unwrap();
        let none = Holding { role: Role::Senco, reach: Reach::Groups(Vec::new()) };
        assert!(matches!(app.give_role(leader, id, account, &none), Err(Error::Problems(_))));
        let event = app.tick_caseload(leader, id, account, &[], &learners[..2]).unwrap().unwrap();
        app.undo_caseload(leader, id, account, event).unwrap();
        app.tick_caseload(leader, id, account, &learners, &learners[1..]).unwrap().unwrap();
        let before = app.person(leader, id, account).unwrap();
        assert_eq!(before.roles.len(), 3);
        assert_eq!(before.caseload().unwrap().len(), 2);

        let event = app.leave(leader, id, account).unwrap();
        assert!(app.person(leader, id, account).is_err());
        app.give_back(leader, id, account, event).unwrap();
        assert_eq!(app.person(leader, id, account).unwrap(), before);
        let event = app.end_role(leader, id, account, Role::CareersAdviser).unwrap();
        assert_eq!(app.person(leader, id, account).unwrap().caseload(), None);
        app.give_back(leader, id, account, event).unwrap();
        assert_eq!(app.person(leader, id, account).unwrap(), before);

        // Nobody locks the institution out; the operator lets somebody in again.
        let own = leader.account().unwrap();
        assert!(matches!(app.leave(leader, id, own), Err(Error::Problems(_))));
        let operator = Actor::operator();
        let email = before.email.to_uppercase();
        assert!(matches!(app.restore_access(leader, id, &email), Err(Error::Refusal(Refusal::NotAllowed))));
        app.restore_access(&operator, id, &email).unwrap();
        app.leave(leader, id, own).unwrap();
        assert_eq!(app.people(&operator, id).unwrap()[1].roles[0].role, Role::Administrator);
    }

    fn what_somebody_looks_after_passes_on_and_comes_back(world: &World) {
        let school = world.school(&year_nine(2));
        let (app, leader, id) = (&world.app, &school.leader, school.id);
        let from = world.person(id, "Leaving Person", caseload(Role::CareersAdviser)).account().unwrap();
        let to = world.person(id, "Taking Over", Role::Viewer).account().unwrap();
        let learner = app.learners(leader, school.today(), &LearnerFilter::default()).unwrap().learners[0].id;
        app.set_caseload(leader, id, from, &[learner]).unwrap();
        let named = ContactForm { name: "Leaving Person".to_owned(), ..ContactForm::default() };
        app.set_careers_post(leader, id, "careers-leader", &named).unwrap();
        let asked = app.institution(leader, school.today()).unwrap().standings;
        let asked = asked.iter().find(|standing| !standing.is_derived).unwrap().finding.requirement.clone();
        let form = AttestationForm { evidence: "Minutes".to_owned(), owner: "leaving person".to_owned(), ..Default::default() };
        app.attest(leader, id, &asked, &form).unwrap();
        let before = app.belongings(leader, school.today(), from).unwrap();
        assert_eq!((before.confirmations.len(), before.is_careers_leader), (1, true));

        let mut what = HandOver { to: Some(to), caseload: true, ..HandOver::default() };
        let alone = app.pass_on_work(leader, id, from, &what);
        assert!(matches!(&alone, Err(Error::Problems(problems)) if problems[0].field == "what"), "{alone:?}");
        what = HandOver { roles: vec![Role::CareersAdviser], confirmations: true, careers_leader: true, leaves: true, ..what };
        let event = app.pass_on_work(leader, id, from, &what).unwrap();
        assert!(app.person(leader, id, from).is_err());
        let taken = app.belongings(leader, school.today(), to).unwrap();
        assert_eq!((taken.confirmations.len(), taken.is_careers_leader), (1, true));
        assert_eq!(taken.person.caseload(), Some(&[learner][..]));
        app.take_back_work(leader, id, from, event).unwrap();
        let again = app.belongings(leader, school.today(), from).unwrap();
        assert_eq!((again.person, again.confirmations, again.is_careers_leader), (before.person, before.confirmations, true));
        assert_eq!(app.person(leader, id, to).unwrap().roles, [Holding::from(Role::Viewer)]);
    }

    fn a_key_does_what_it_is_for_and_ends_with_its_person(world: &World) {
        let school = world.school(&year_nine(1));
        let (app, leader, id, today) = (&world.app, &school.leader, school.id, school.today());
        let form = ApiKeyForm { name: "Timetable".to_owned(), scopes: vec!["read-learners".to_owned()], expires_on: String::new() };
        let key = app.add_api_key(leader, id, &form).unwrap().key;
        assert!(key.reveal().starts_with("wm_") && !format!("{key:?}").contains("wm_"));
        let program = app.by_api_key(key.reveal()).unwrap();
        assert_eq!(app.learners(&program, today, &LearnerFilter::default()).unwrap().matching, 1);
        assert!(!program.can(Action::SeeSend, id) && !program.can(Action::ManagePeople, id) && !program.may_set_up());
        assert!(matches!(app.add_activity(&program, id, &Default::default()), Err(Error::Refusal(Refusal::NotAllowed))));
        assert!(app.api_keys(leader, id).unwrap()[0].last_used_at.is_some());
        for wrong in [format!("{}0", key.reveal()), key.reveal().replace("wm_", "wm_1"), String::new()] {
            assert!(matches!(app.by_api_key(&wrong), Err(Error::Refusal(Refusal::NotSignedIn))), "{wrong}");
        }
        let Err(Error::Problems(problems)) =
            app.add_api_key(leader, id, &ApiKeyForm { expires_on: "24/11/2027".to_owned(), ..ApiKeyForm::default() })
        else { panic!("made") };
        assert_eq!(problems.iter().map(|problem| problem.field).collect::<Vec<_>>(), ["name", "scopes", "expires_on"]);

        let second = world.person(id, "Second", Role::Administrator);
        let theirs = app.add_api_key(&second, id, &form).unwrap().key;
        app.leave(leader, id, second.account().unwrap()).unwrap();
        assert!(app.by_api_key(theirs.reveal()).is_err());
        assert_eq!(app.api_keys(leader, id).unwrap()[0].state, KeyState::OwnerLeft);
        let own = app.api_keys(leader, id).unwrap()[1].id;
        app.revoke_api_key(leader, id, own).unwrap();
        assert!(app.by_api_key(key.reveal()).is_err());
    }
}
