use app::{ContactForm, Error};

use crate::harness::{World, on_both_engines, year_nine};

on_both_engines! {
    fn the_careers_leader_is_kept_unless_the_address_cannot_be_one(world: &World) {
        let school = world.school(&year_nine(1));
        let (app, leader) = (&world.app, &school.leader);
        let wrong = ContactForm { name: " ".to_owned(), email: "nowhere".to_owned(), phone: "01632 960001".to_owned() };
        let Err(Error::Problems(problems)) = app.set_careers_leader(leader, school.id, &wrong) else { panic!("no problems") };
        let fields: Vec<_> = problems.iter().map(|problem| problem.field).collect();
        assert_eq!(fields, ["careers_leader_name", "careers_leader_email"]);
        let right = ContactForm { name: "Robin Example".to_owned(), email: String::new(), phone: "01632 960001".to_owned() };
        app.set_careers_leader(leader, school.id, &right).unwrap();
        assert_eq!(app.institution(leader, school.today()).unwrap().careers_leader, right);
    }
}
