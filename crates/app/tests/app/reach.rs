//! A role over some learners is a role over those learners, however it is asked.

use app::{
    Action, Actor, AttestationForm, CohortFilter, Error, Group, GroupFilter, Holding, InvitationForm, LearnerFilter,
    ListFormat, NewAccount, Origin, Reach, Refusal, RequirementFilter, Role, View,
};
use domain::{
    AcademicYear, ActivityIndex, Kind, LearnerIndex, Participation, ParticipationStatus, YearGroup, YearRecord,
};

use rules::Grouping;

use crate::harness::{World, employer_encounter, on_both_engines, year_nine};

fn over(role: Role, group: Group) -> Holding {
    Holding { role, reach: Reach::Groups(vec![group]) }
}

fn not_allowed<T: std::fmt::Debug>(outcome: Result<T, Error>) {
    assert!(matches!(outcome, Err(Error::Refusal(Refusal::NotAllowed))), "{outcome:?}");
}

on_both_engines! {
    fn looking_back_does_not_widen_a_year_group(world: &World) {
        let mut records = year_nine(2);
        // The second learner was in year 9 last year.
        records.year_records[1].year_group = YearGroup::new(10);
        records.year_records.push(YearRecord {
            learner: LearnerIndex(1),
            academic_year: AcademicYear::starting(2025),
            year_group: YearGroup::new(9),
        });
        let school = world.school(&records);
        let (app, id) = (&world.app, school.id);
        let tutor = world.person(id, "Tutor", over(Role::Tutor, Group::YearGroup(YearGroup::new(9))));
        let last_year = View { institution: id, as_of: Some(jiff::civil::date(2026, 1, 15)) };
        let seen = |view| app.learners(&tutor, view, &LearnerFilter::default()).unwrap().matching;
        assert_eq!((seen(school.today()), seen(last_year)), (1, 1));
        let all = app.learners(&school.leader, school.today(), &LearnerFilter::default()).unwrap().learners;
        let other = all.iter().find(|row| row.reference == "L2").unwrap().id;
        for view in [school.today(), last_year] {
            let outcome = app.learner(&tutor, view, other).map(drop);
            assert!(matches!(outcome, Err(Error::Refusal(Refusal::NotFound))), "{outcome:?}");
        }
    }

    fn looking_as_somebody_else_shows_nothing_that_is_seen_of_some_only(world: &World) {
        let school = world.school(&year_nine(2));
        let (app, id) = (&world.app, school.id);
        let administrator = world.person(id, "Administrator", Role::Administrator);
        app.set_roles(
            &administrator,
            id,
            administrator.account().unwrap(),
            &[Role::Administrator.into(), over(Role::CareersAdviser, Group::Form("9B".to_owned()))],
        )
        .unwrap();
        let email = app.people(&administrator, id).unwrap().into_iter().find(|one| one.name == "Administrator").unwrap().email;
        let token = app.sign_in(&email, "three words together", &Origin::default()).unwrap().token;
        let actor = app.session(token.reveal()).unwrap().actor;
        assert!(actor.can(Action::ReadNotes, id));
        app.view_as(&actor, token.reveal(), id, Role::CareersAdviser, None).unwrap();
        let looking = app.session(token.reveal()).unwrap().actor;
        assert!(looking.can(Action::SeeLearners, id));
        for sensitive in [Action::ReadNotes, Action::SeeSend, Action::SeeLookedAfter] {
            assert!(!looking.can(sensitive, id), "{sensitive:?}");
        }
    }

    fn what_touches_everybody_takes_a_role_over_everybody(world: &World) {
        let school = world.school(&year_nine(2));
        let (app, id) = (&world.app, school.id);
        let leader = world.person(id, "Leader of 9B", over(Role::CareersLeader, Group::Form("9B".to_owned())));
        not_allowed(app.imports(&leader, school.today(), None));
        not_allowed(app.attest(&leader, id, "bm1.1", &AttestationForm::default()));
        not_allowed(app.change_institution(&leader, id, &Default::default()));
        not_allowed(app.require_second_step(&leader, id, false));
        not_allowed(app.audit_trail(&leader, school.today(), &Default::default()));
        // The activity's learners are of 9A.
        let activity = app.activities(&school.leader, school.today(), &Default::default()).unwrap().activities[0].id;
        let outcome = app.delete_activity(&leader, id, activity).map(drop);
        assert!(matches!(outcome, Err(Error::Refusal(Refusal::NotFound))), "{outcome:?}");
    }

    fn a_guidance_meeting_is_shown_to_those_who_see_the_learner(world: &World) {
        let mut records = year_nine(2);
        records.learners[1].form = Some("9B".to_owned());
        let mut meeting = employer_encounter("M-1", jiff::civil::date(2026, 10, 9));
        meeting.kind = Kind::GuidanceMeeting;
        meeting.title = "Meeting with Test2".to_owned();
        meeting.checks = Default::default();
        records.activities.push(meeting);
        records.participations.push(Participation {
            learner: LearnerIndex(1),
            activity: ActivityIndex(1),
            status: ParticipationStatus::Attended,
        });
        let school = world.school(&records);
        let count = |actor: &Actor| {
            world.app.activities(actor, school.today(), &Default::default()).unwrap().matching
        };
        let of_form = |form: &str| over(Role::Tutor, Group::Form(form.to_owned()));
        assert_eq!(count(&school.leader), 2);
        assert_eq!(count(&world.person(school.id, "Tutor of 9A", of_form("9A"))), 1);
        assert_eq!(count(&world.person(school.id, "Tutor of 9B", of_form("9B"))), 2);
    }

    fn a_file_holds_those_whom_the_reach_of_exporting_takes_in(world: &World) {
        let mut records = year_nine(3);
        records.learners[2].form = Some("9B".to_owned());
        let school = world.school(&records);
        let (app, id) = (&world.app, school.id);
        let both = [Role::Viewer.into(), over(Role::Senco, Group::Form("9B".to_owned()))];
        app.set_roles(&school.leader, id, school.viewer.account().unwrap(), &both).unwrap();
        let viewer = world.signed_in(id, "Just Looking");
        let filter = RequirementFilter::default();
        let file = app.export_requirement(&viewer, school.today(), "bm5.1", &filter, ListFormat::Csv).unwrap();
        let text = String::from_utf8(file.bytes).unwrap();
        assert!(text.contains("L3") && !text.contains("L1"), "{text}");
    }

    fn the_numbers_of_a_requirement_are_those_of_the_form_that_was_chosen(world: &World) {
        let mut records = year_nine(3);
        records.learners[2].form = Some("9B".to_owned());
        records.participations.pop();
        let school = world.school(&records);
        let page = |form: Option<&str>| {
            let groups = form.map(|name| GroupFilter { grouping: Grouping::Form, name: name.to_owned() });
            let cohort = CohortFilter { groups: groups.into_iter().collect(), ..CohortFilter::default() };
            let filter = RequirementFilter { cohort, ..RequirementFilter::default() };
            world.app.requirement(&school.leader, school.today(), "bm5.1", &filter).unwrap()
        };
        let counts = |tally: rules::Tally| (tally.met, tally.due);
        assert_eq!(page(None).chosen, None);
        assert_eq!(counts(page(None).requirement.tally), (2, 1));
        assert_eq!(page(Some("9A")).chosen.map(counts), Some((2, 0)));
        assert_eq!(page(Some("9B")).chosen.map(counts), Some((0, 1)));
    }

    fn an_invitation_ends_with_the_role_of_who_made_it(world: &World) {
        let school = world.school(&year_nine(1));
        let (app, id) = (&world.app, school.id);
        let second = world.person(id, "Second", Role::Administrator);
        let form = InvitationForm {
            name: "Robin Larkrise".to_owned(),
            email: "robin@school.example".to_owned(),
            holding: Some(Role::Administrator.into()),
            by_email: false,
        };
        let token = app.invite(&second, id, &form).unwrap().token.unwrap();
        app.leave(&school.leader, id, second.account().unwrap()).unwrap();
        let new = NewAccount { name: "Robin Larkrise".to_owned(), email: String::new(), password: "mossgreen umbrella nine".to_owned() };
        let refused = app.accept_invitation(id, token.reveal(), &new, &Origin::default());
        assert!(matches!(refused, Err(Error::Refusal(Refusal::Conflict(_)))), "{refused:?}");
    }
}
