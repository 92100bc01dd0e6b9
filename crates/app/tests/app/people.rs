use app::{ContactForm, Error, NewAccount, Refusal, Role};
use domain::AccountId;

use crate::harness::{World, on_both_engines, year_nine};

on_both_engines! {
    fn the_careers_leader_is_kept_unless_the_address_cannot_be_one(world: &World) {
        let school = world.school(&year_nine(1));
        let (app, leader) = (&world.app, &school.leader);
        let wrong = ContactForm { name: " ".to_owned(), email: "nowhere".to_owned(), phone: "01632 960001".to_owned(), ..ContactForm::default() };
        let Err(Error::Problems(problems)) = app.set_careers_post(leader, school.id, "careers-leader", &wrong) else { panic!("no problems") };
        let fields: Vec<_> = problems.iter().map(|problem| problem.field).collect();
        assert_eq!(fields, ["name", "email"]);
        let right = ContactForm { name: "Robin Example".to_owned(), email: String::new(), phone: "01632 960001".to_owned(), ..ContactForm::default() };
        app.set_careers_post(leader, school.id, "careers-leader", &right).unwrap();
        assert_eq!(app.institution(leader, school.today()).unwrap().careers_leader, right);
    }

    fn a_role_changes_for_those_who_work_there_and_somebody_always_administers(world: &World) {
        let school = world.school(&year_nine(1));
        let (app, leader, viewer) = (&world.app, &school.leader, school.viewer.account().unwrap());
        let role_of = |account| {
            app.people(leader, school.id).unwrap().into_iter().find(|person| person.id == account).unwrap().roles[0].role
        };
        let give = |account, role: Role| app.set_roles(leader, school.id, account, &[role.into()]);
        give(viewer, Role::CareersLeader).unwrap();
        assert_eq!(role_of(viewer), Role::CareersLeader);

        let unknown = give(AccountId(1), Role::CareersLeader);
        assert!(matches!(unknown, Err(Error::Refusal(Refusal::NotFound))), "{unknown:?}");
        let last = give(leader.account().unwrap(), Role::Viewer);
        assert!(matches!(&last, Err(Error::Problems(problems)) if problems[0].field == "role"), "{last:?}");
        give(viewer, Role::Administrator).unwrap();
        give(leader.account().unwrap(), Role::Viewer).unwrap();
        assert_eq!(role_of(leader.account().unwrap()), Role::Viewer);
    }

    fn somebody_who_works_there_is_not_added_again(world: &World) {
        let school = world.school(&year_nine(1));
        let (app, leader) = (&world.app, &school.leader);
        let people = app.people(leader, school.id).unwrap();
        let again = NewAccount { email: people[0].email.to_uppercase(), ..NewAccount::default() };
        let refused = app.add_person(leader, school.id, &again, Role::Viewer);
        assert!(matches!(&refused, Err(Error::Problems(problems)) if problems[0].field == "email"), "{refused:?}");
        assert_eq!(app.people(leader, school.id).unwrap(), people);
        assert!(matches!(app.people(&school.viewer, school.id), Err(Error::Refusal(Refusal::NotAllowed))));
    }
}
