//! Who did what, before and after, and who looked at whom: as people read it.

use app::{ActivityForm, Actor, AuditEntry, AuditFilter, AuditKind, ContactForm, ListFormat, Mark, Reach, Role};
use domain::{LearnerId, ParticipationStatus};

use crate::harness::{School, World, on_both_engines, year_nine};

fn trail(school: &School<'_>, filter: AuditFilter) -> Vec<AuditEntry> {
    school.app.audit_trail(&school.leader, school.today(), &filter).unwrap().entries
}

fn learners(school: &School<'_>) -> Vec<LearnerId> {
    let list = school.app.learners(&school.leader, school.today(), &Default::default()).unwrap();
    list.learners.iter().map(|row| row.id).collect()
}

/// Whose, which, what was there before and what after.
type Field<'e> = (Option<&'e str>, &'e str, Option<&'e str>, Option<&'e str>);

fn fields(entry: &AuditEntry) -> Vec<Field<'_>> {
    let fields = entry.changes.iter();
    fields.map(|c| (c.learner.as_deref(), c.field.as_str(), c.before.as_deref(), c.after.as_deref())).collect()
}

on_both_engines! {
    fn a_read_says_who_looked_at_whom_and_why_they_could(world: &World) {
        let school = world.school(&year_nine(2));
        let (app, view) = (&world.app, school.today());
        let one = learners(&school)[0];
        let tutor = app::Holding { role: Role::Tutor, reach: Reach::Groups(vec![app::Group::Form("9A".to_owned())]) };
        let tutor = world.person(school.id, "Pat Tutor", tutor);
        let page = app.learner(&tutor, view, one).unwrap();
        let name = format!("{} {}", page.learner.forename, page.learner.surname);
        let reads = app.reads_of(&school.leader, view, one).unwrap();
        assert_eq!((reads[0].who.as_str(), reads[0].did.clone()), ("Pat Tutor", format!("read {name}’s record")));
        assert_eq!(reads[0].why.as_deref(), Some("as a tutor of 9A"));
        assert_eq!(reads[0].learner, Some(one));
        // The tutor may not see who else looked.
        assert_eq!(app.reads_of(&tutor, view, one).unwrap(), []);
        let by_tutor = trail(&school, AuditFilter { person: tutor.account(), ..Default::default() });
        assert_eq!(by_tutor, reads);
    }

    fn who_was_in_a_file_is_found_from_the_learner(world: &World) {
        let school = world.school(&year_nine(12));
        let (app, view) = (&world.app, school.today());
        app.export_requirement(&school.leader, view, "bm5.1", &Default::default(), ListFormat::Csv).unwrap();
        app.export_folder(&Actor::operator(), school.id).unwrap();
        let all = learners(&school);
        let reads = app.reads_of(&school.leader, view, all[11]).unwrap();
        let said: Vec<_> = reads.iter().map(|entry| (entry.who.as_str(), entry.did.as_str())).collect();
        assert_eq!(said[0], ("The server’s operator", "took away everything recorded in a file: 12 learners"));
        assert!(said[1].1.starts_with("took away the list for “") && said[1].1.ends_with(": 12 learners"), "{said:?}");
        assert_eq!(reads.len(), 2);
    }

    fn a_change_says_what_was_there_before_and_after(world: &World) {
        let school = world.school(&year_nine(2));
        let (app, leader, view) = (&world.app, &school.leader, school.today());
        let activity = app.activities(leader, view, &Default::default()).unwrap().activities[0].clone();
        let form = ActivityForm { title: "A morning with engineers".to_owned(), ..ActivityForm::from(&activity.activity) };
        app.change_activity(leader, school.id, activity.id, &form).unwrap();
        let before = activity.activity.title.as_str();
        let entries = trail(&school, AuditFilter { kind: Some(AuditKind::Records), ..Default::default() });
        assert_eq!(entries[0].did, "changed the activity “A morning with engineers”");
        assert_eq!(fields(&entries[0]), [(None, "Title", Some(before), Some("A morning with engineers"))]);

        let one = learners(&school)[0];
        let mark = Mark::new(one, Some(ParticipationStatus::Absent));
        app.mark(leader, school.id, activity.id, &[mark]).unwrap();
        let entries = trail(&school, AuditFilter { learner: Some(one), ..Default::default() });
        assert_eq!(entries[0].did, "marked 1 learner in the register of the activity “A morning with engineers”");
        assert_eq!((entries[0].changes[0].before.as_deref(), entries[0].changes[0].after.as_deref()), (Some("attended"), Some("absent")));
        assert!(entries[0].changes[0].learner.is_some());

        let contact = |name: &str| ContactForm { name: name.to_owned(), ..ContactForm::default() };
        app.set_careers_post(leader, school.id, "careers-leader", &contact("Ann Other")).unwrap();
        app.set_careers_post(leader, school.id, "careers-leader", &contact("Pat Reed")).unwrap();
        let entries = trail(&school, AuditFilter { kind: Some(AuditKind::Settings), ..Default::default() });
        assert_eq!(fields(&entries[0]), [(None, "Name", Some("Ann Other"), Some("Pat Reed"))]);
        assert_eq!(fields(&entries[1]), [(None, "Name", None, Some("Ann Other"))]);
        let form = app.institution(leader, view).unwrap().form;
        app.change_institution(leader, school.id, &app::InstitutionForm { highest_year: "11".to_owned(), ..form }).unwrap();
        let entries = trail(&school, AuditFilter { kind: Some(AuditKind::Settings), ..Default::default() });
        assert_eq!(fields(&entries[0]), [(None, "Highest year", Some("13"), Some("11"))]);
    }

    fn the_trail_is_paged_narrowed_and_taken_away(world: &World) {
        let school = world.school(&year_nine(2));
        let (app, leader, view) = (&world.app, &school.leader, school.today());
        let one = learners(&school)[0];
        for _ in 0..60 {
            app.learner(leader, view, one).unwrap();
        }
        let reads = AuditFilter { kind: Some(AuditKind::Reads), learner: Some(one), ..Default::default() };
        let first = app.audit_trail(leader, view, &reads).unwrap();
        assert_eq!(first.entries.len(), 50);
        let second = app.audit_trail(leader, view, &AuditFilter { before: first.next, ..reads }).unwrap();
        assert_eq!((second.entries.len(), second.next), (10, None));
        let today = jiff::civil::date(2026, 11, 23);
        let on = |from, until| trail(&school, AuditFilter { from, until, ..reads }).len();
        assert_eq!((on(Some(today), Some(today)), on(Some(today.tomorrow().unwrap()), None)), (50, 0));
        assert_eq!(on(None, Some(today.yesterday().unwrap())), 0);
        let file = app.export_audit(leader, view, &reads, ListFormat::Csv).unwrap();
        let text = String::from_utf8(file.bytes).unwrap();
        assert_eq!(text.lines().count(), 61);
        let entries = trail(&school, AuditFilter { kind: Some(AuditKind::Protection), ..Default::default() });
        assert_eq!(entries[0].did, "took away the audit trail in a file: 60 events");
        let found = app.audited_learners(leader, view, "l1").unwrap();
        assert_eq!(found.iter().map(|(id, _)| *id).collect::<Vec<_>>(), [one]);
    }

    fn everything_that_was_done_is_chained(world: &World) {
        let school = world.school(&year_nine(3));
        let (app, leader, view) = (&world.app, &school.leader, school.today());
        let activity = app.activities(leader, view, &Default::default()).unwrap().activities[0].id;
        let event = app.delete_activity(leader, school.id, activity).unwrap();
        app.restore_activity(leader, school.id, activity, event).unwrap();
        let operator = Actor::operator();
        for chain in app.audit_chains(&operator).unwrap() {
            let verdict = app.verify_audit(&operator, chain.institution, None).unwrap();
            assert!(verdict.is_whole() && verdict.events > 0, "{}: {verdict:?}", chain.name);
            let head = app.audit_head(&operator, chain.institution).unwrap();
            assert_eq!(head.map(|head| head.length as u64), Some(verdict.events));
        }
        assert!(app.audit_chains(leader).is_err());
        assert!(app.verify_audit(leader, school.id, None).unwrap().is_whole());
        assert!(app.verify_audit(leader, store::audit::INSTALLATION, None).is_err());
        assert!(app.verify_audit(&school.viewer, school.id, None).is_err());
    }
}
