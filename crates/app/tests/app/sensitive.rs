//! What is sensitive is seen by those who need it: special educational needs, who is looked after, private notes; and no small
//! group by those who see totals only.

use app::{
    Action, Actor, CohortFilter, Error, Group, GroupFilter, Grouping, GuidanceNoteForm, Holding, LearnerFilter, Reach,
    Refusal, RequirementFilter, Role,
};
use domain::{LearnerId, Records, Sen};

use crate::harness::{School, World, learner, on_both_engines, year_nine};

/// Six learners of year 9: `L1` has a plan and is looked after; `L6` is in 9B.
fn records() -> Records {
    let mut records = year_nine(6);
    records.learners[0].sen = Some(Sen::Ehcp);
    records.learners[0].looked_after = Some(true);
    records.learners[5].form = Some("9B".to_owned());
    assert_eq!(learner(1).sen, None);
    records
}

fn not_allowed<T: std::fmt::Debug>(outcome: Result<T, Error>) {
    assert!(matches!(outcome, Err(Error::Refusal(Refusal::NotAllowed))), "{outcome:?}");
}

fn by(grouping: Grouping, name: &str) -> CohortFilter {
    CohortFilter { groups: vec![GroupFilter { grouping, name: name.to_owned() }], ..CohortFilter::default() }
}

/// The learner with this local id.
fn id_of(school: &School<'_>, reference: &str) -> LearnerId {
    let list = school.app.learners(&Actor::operator(), school.today(), &LearnerFilter::default()).unwrap();
    list.learners.into_iter().find(|row| row.reference == reference).unwrap().id
}

fn of_form(role: Role, form: &str) -> Holding {
    Holding { role, reach: Reach::Groups(vec![Group::Form(form.to_owned())]) }
}

on_both_engines! {
    fn special_educational_needs_are_seen_by_those_who_need_them(world: &World) {
        let school = world.school(&records());
        let (app, today) = (&world.app, school.today());
        let first = id_of(&school, "L1");
        let senco = world.person(school.id, "Senco", Role::Senco);
        let tutor = world.person(school.id, "Tutor", of_form(Role::Tutor, "9A"));
        let sees = |actor: &Actor| {
            let page = app.learner(actor, today, first).unwrap();
            let about_plans = page.findings.iter().any(|finding| finding.requirement.starts_with("ehcp."));
            assert_eq!(page.learner.sen.is_some(), about_plans);
            assert!(about_plans || page.findings.iter().all(|finding| finding.adapted.is_none()));
            about_plans
        };
        assert!(sees(&senco) && sees(&school.leader));
        assert!(!sees(&tutor) && !sees(&school.viewer));

        // A list cannot be narrowed by it, a breakdown does not show it, and the requirement is not there at all.
        let narrowed = LearnerFilter { cohort: by(Grouping::Sen, "E"), after: None };
        assert_eq!(app.learners(&senco, today, &narrowed).unwrap().matching, 1);
        not_allowed(app.learners(&tutor, today, &narrowed));
        let of_requirement = RequirementFilter { cohort: by(Grouping::Sen, "E"), ..RequirementFilter::default() };
        not_allowed(app.requirement(&tutor, today, "bm5.1", &of_requirement));
        let all = RequirementFilter::default();
        assert!(!app.requirement(&senco, today, "bm5.1", &all).unwrap().requirement.by_sen.is_empty());
        assert!(app.requirement(&tutor, today, "bm5.1", &all).unwrap().requirement.by_sen.is_empty());
        assert_eq!(app.requirement(&senco, today, "ehcp.pfa", &all).unwrap().matching, 1);
        for other in [&tutor, &school.viewer] {
            let hidden = app.requirement(other, today, "ehcp.pfa", &all);
            assert!(matches!(hidden, Err(Error::Refusal(Refusal::NotFound))), "{hidden:?}");
            assert!(app.benchmarks(other, today).unwrap().others.iter().all(|row| !row.id.starts_with("ehcp.")));
            assert!(app.home(other, today).unwrap().now.iter().all(|todo| !todo.requirement.starts_with("ehcp.")));
            assert!(app.heat_map(other, today).unwrap().rows.iter().all(|row| !row.requirement.starts_with("ehcp.")));
            // Nor does one more thing that is due tell who has a plan: those of one form stand alike.
            let rows = app.learners(other, today, &LearnerFilter::default()).unwrap().learners;
            assert!(rows.iter().all(|row| (row.met, row.due) == (rows[0].met, rows[0].due)), "{rows:?}");
        }
    }

    fn who_is_looked_after_is_seen_by_those_who_need_it(world: &World) {
        let school = world.school(&records());
        let (app, today) = (&world.app, school.today());
        let first = id_of(&school, "L1");
        let teacher = world.person(school.id, "Designated", Role::DesignatedTeacher);
        let narrowed = LearnerFilter { cohort: by(Grouping::LookedAfter, "yes"), after: None };
        assert_eq!(app.learner(&teacher, today, first).unwrap().learner.looked_after, Some(true));
        assert_eq!(app.learners(&teacher, today, &narrowed).unwrap().matching, 1);
        assert_eq!(app.learner(&school.viewer, today, first).unwrap().learner.looked_after, None);
        not_allowed(app.learners(&school.viewer, today, &narrowed));
        // The one does not come with the other.
        assert_eq!(app.learner(&teacher, today, first).unwrap().learner.sen, None);
    }

    fn whoever_sees_totals_only_sees_no_small_group(world: &World) {
        let school = world.school(&records());
        let (app, today) = (&world.app, school.today());
        let governor = world.person(school.id, "Governor", Role::Governor);
        not_allowed(app.learners(&governor, today, &LearnerFilter::default()));
        not_allowed(app.learner(&governor, today, id_of(&school, "L1")));
        let page = app.requirement(&governor, today, "bm5.1", &RequirementFilter::default()).unwrap();
        assert!(page.learners.is_empty() && page.by_form.is_empty() && page.matching == 0);
        // Six in year 9 are shown; one with a plan among five whose needs are not recorded takes these with it.
        assert!(page.requirement.by_year_group.iter().all(|(_, tally)| tally.is_some()));
        assert!(page.requirement.by_sen.iter().all(|(_, tally)| tally.is_none()), "{:?}", page.requirement.by_sen);
        let plans = app.requirement(&governor, today, "ehcp.pfa", &RequirementFilter::default()).unwrap();
        assert!(plans.requirement.is_withheld && plans.requirement.tally.in_scope == 0);
        let home = app.home(&governor, today).unwrap();
        let todo = home.now.iter().chain(&home.later).find(|todo| todo.requirement == "ehcp.pfa").unwrap();
        assert!(todo.learners.is_none() && todo.year_groups.is_empty());
        assert!(app.home(&school.leader, today).unwrap().now.iter().all(|todo| todo.learners.is_some()));
    }

    fn a_learner_sees_their_own_record_and_nothing_else(world: &World) {
        let school = world.school(&records());
        let (app, today) = (&world.app, school.today());
        let (own, other) = (id_of(&school, "L1"), id_of(&school, "L2"));
        let holding = Holding { role: Role::Learner, reach: Reach::Caseload(Vec::new()) };
        let account = world.person(school.id, "Learner One", holding).account().unwrap();
        app.set_caseload(&school.leader, school.id, account, &[own]).unwrap();
        let actor = world.signed_in(school.id, "Learner One");
        let page = app.learner(&actor, today, own).unwrap();
        assert_eq!(page.frame.own_record, Some(own));
        assert!(matches!(app.learner(&actor, today, other), Err(Error::Refusal(Refusal::NotFound))));
        not_allowed(app.learners(&actor, today, &LearnerFilter::default()));
        not_allowed(app.home(&actor, today));
        not_allowed(app.activities(&actor, today, &Default::default()));
        not_allowed(app.institution(&actor, today));
    }

    fn what_was_agreed_is_shared_and_the_private_note_is_not(world: &World) {
        let school = world.school(&records());
        let (app, today, id) = (&world.app, school.today(), school.id);
        let (first, last) = (id_of(&school, "L1"), id_of(&school, "L6"));
        let adviser = world.person(id, "Adviser", of_form(Role::CareersAdviser, "9A"));
        let other = world.person(id, "Another Adviser", Role::CareersAdviser);
        let form = GuidanceNoteForm {
            held_on: "12/11/2026".to_owned(),
            agreed_actions: "Look at two colleges".to_owned(),
            private_note: "Worried about travel".to_owned(),
        };
        let note = app.add_guidance_note(&adviser, id, first, &form).unwrap();
        let out_of_reach = app.add_guidance_note(&adviser, id, last, &form);
        assert!(matches!(out_of_reach, Err(Error::Refusal(Refusal::NotFound))), "{out_of_reach:?}");
        not_allowed(app.add_guidance_note(&school.viewer, id, first, &form));
        let empty = GuidanceNoteForm { held_on: "30/02/2026".to_owned(), ..GuidanceNoteForm::default() };
        let Err(Error::Problems(problems)) = app.add_guidance_note(&adviser, id, first, &empty) else { panic!("saved") };
        assert_eq!(problems.iter().map(|problem| problem.field).collect::<Vec<_>>(), ["held_on", "agreed_actions"]);

        // Everybody who sees the learner sees what was agreed, and no private part.
        for actor in [&adviser, &other, &school.viewer, &school.leader] {
            let notes = app.learner(actor, today, first).unwrap().notes;
            assert_eq!(notes[0].agreed_actions, "Look at two colleges");
            assert_eq!(notes[0].private_note, None);
            assert_eq!(notes[0].has_private_note, actor == &adviser || actor == &other);
        }
        not_allowed(app.guidance_notes(&school.viewer, today, first));
        // The careers leader writes notes and does not read others'.
        assert_eq!(app.guidance_notes(&school.leader, today, first).unwrap().notes[0].private_note, None);
        let read = app.guidance_notes(&other, today, first).unwrap();
        assert_eq!(read.notes[0].private_note.as_deref(), Some("Worried about travel"));
        let events = world.store.read(id, |tx| store::audit::list(tx, id, None, 5)).unwrap();
        let event = events.iter().find(|event| event.action == "guidance-notes.read").unwrap();
        assert_eq!((event.account, event.subject_id), (other.account(), Some(first.0)));

        // Only its author changes it.
        not_allowed(app.change_guidance_note(&other, id, first, note, &form));
        let changed = GuidanceNoteForm { private_note: String::new(), ..form };
        app.change_guidance_note(&adviser, id, first, note, &changed).unwrap();
        assert!(!app.learner(&other, today, first).unwrap().notes[0].has_private_note);
    }
}

#[test]
fn every_sensitive_action_is_off_for_those_who_only_look() {
    for action in [Action::SeeSend, Action::SeeLookedAfter, Action::ReadNotes] {
        for role in [Role::Tutor, Role::Viewer, Role::Governor, Role::Learner, Role::Administrator] {
            assert!(!role.usual().has(action), "{role:?} {action:?}");
        }
    }
}
