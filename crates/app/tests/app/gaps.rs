//! Who missed what, who still needs what, and what would close the gap.

use app::{
    AcceptedSession, ActivityForm, CatchUpFilter, CatchUpForm, CatchUpSessionForm, CatchUpStanding, CatchUpWord,
    GapsFilter, ListFormat, Mark, ProposalFilter, RequirementFilter, SlotForm, Status,
};
use domain::{ActivityId, Kind, LearnerId, ParticipationStatus};

use crate::harness::{School, World, on_both_engines, year_nine};

fn talk(title: &str, date: &str) -> ActivityForm {
    let boxes = Kind::EmployerEncounter.checklist();
    ActivityForm {
        title: title.into(),
        date: date.into(),
        kind: Kind::EmployerEncounter.word().into(),
        mode: "in-person".into(),
        checks: boxes.iter().map(|check| check.word().into()).collect(),
        ..ActivityForm::default()
    }
}

fn slot(date: &str, capacity: &str, times: &str) -> SlotForm {
    let (capacity, times) = (capacity.to_owned(), times.to_owned());
    SlotForm { activity: talk("Small group", date), capacity, times, ..SlotForm::default() }
}

fn learners(world: &World, school: &School<'_>) -> Vec<LearnerId> {
    let list = world.app.learners(&school.leader, school.today(), &Default::default()).unwrap();
    list.learners.iter().map(|row| row.id).collect()
}

fn hold(
    world: &World,
    school: &School<'_>,
    form: &ActivityForm,
    marks: &[(LearnerId, ParticipationStatus)],
) -> ActivityId {
    let id = world.app.add_activity(&school.leader, school.id, form).unwrap();
    let marks: Vec<_> = marks.iter().map(|(learner, status)| Mark::new(*learner, Some(*status))).collect();
    world.app.mark(&school.leader, school.id, id, &marks).unwrap();
    id
}

fn standing(world: &World, school: &School<'_>, missed: ActivityId, learner: LearnerId) -> Option<CatchUpStanding> {
    let filter = CatchUpFilter {
        activity: Some(missed),
        learner: Some(learner),
        standing: CatchUpWord::Any,
        ..CatchUpFilter::default()
    };
    let list = world.app.catch_ups(&school.leader, school.today(), &filter).unwrap();
    list.rows.first().map(|row| row.standing.clone())
}

on_both_engines! {
    fn whoever_missed_an_activity_catches_up_by_another_like_it_or_by_hand(world: &World) {
        use ParticipationStatus::{Absent, Attended, Excused, Invited};
        let school = world.school(&year_nine(5));
        let (app, leader) = (&world.app, &school.leader);
        let ids = learners(world, &school);
        let missed = hold(
            world,
            &school,
            &talk("First talk", "2026-10-20"),
            &[(ids[0], Attended), (ids[1], Absent), (ids[2], Excused), (ids[3], Invited)],
        );
        for learner in &ids[1..4] {
            assert_eq!(standing(world, &school, missed, *learner), Some(CatchUpStanding::Open), "{learner}");
        }
        assert_eq!(standing(world, &school, missed, ids[0]), None, "whoever was there missed nothing");

        // One later activity of the kind makes up for one that was missed; an earlier one for none.
        hold(world, &school, &talk("Before", "2026-10-13"), &[(ids[1], Attended)]);
        assert_eq!(standing(world, &school, missed, ids[1]), Some(CatchUpStanding::Open));
        let later = hold(world, &school, &talk("Another talk", "2026-11-02"), &[(ids[1], Attended)]);
        let made = standing(world, &school, missed, ids[1]);
        assert!(matches!(&made, Some(CatchUpStanding::Made(by)) if by.id == later), "{made:?}");

        let reason = |reason: &str| CatchUpForm { activity: String::new(), reason: reason.into() };
        assert!(app.close_catch_up(leader, school.id, missed, ids[2], &reason(" ")).is_err(), "a reason is asked for");
        assert!(app.close_catch_up(leader, school.id, missed, ids[0], &reason("Was there")).is_err(), "nothing missed");
        let by = CatchUpForm { activity: later.to_string(), reason: String::new() };
        assert!(app.close_catch_up(leader, school.id, missed, ids[2], &by).is_err(), "was not there");
        app.close_catch_up(leader, school.id, missed, ids[2], &reason("Has met them")).unwrap();
        let said = standing(world, &school, missed, ids[2]);
        assert_eq!(said, Some(CatchUpStanding::Said(None, "Has met them".into())));
        app.reopen_catch_up(leader, school.id, missed, ids[2]).unwrap();
        assert_eq!(standing(world, &school, missed, ids[2]), Some(CatchUpStanding::Open));

        // A session for those who are left: planned, not done.
        let form = |date: &str| CatchUpSessionForm { date: date.into(), learners: vec![ids[2], ids[3]] };
        assert!(app.plan_catch_up(leader, school.id, missed, &form("2026-10-02")).is_err(), "not on a day that has passed");
        let too = ActivityForm { kind: "labour-market".into(), checks: Vec::new(), ..talk("First talk", "2026-10-20") };
        app.add_part(leader, school.id, missed, &too).unwrap();
        let session = app.plan_catch_up(leader, school.id, missed, &form("2027-01-12")).unwrap();
        let again = app.activities(leader, school.today(), &Default::default()).unwrap().activities;
        let parts = &again.iter().find(|row| row.id == session).unwrap().parts;
        assert_eq!(parts.iter().map(|part| part.1).collect::<Vec<_>>(), [Kind::LabourMarket]);
        for at in [2, 3] {
            let planned = standing(world, &school, missed, ids[at]);
            assert!(matches!(&planned, Some(CatchUpStanding::Planned(by)) if by.id == session), "{planned:?}");
        }
        let open = app.catch_ups(leader, school.today(), &CatchUpFilter::default()).unwrap();
        assert_eq!((open.rows.len(), open.counts), (0, Some([0, 2, 1])));
        let file = app.export_catch_ups(leader, school.today(), &CatchUpFilter { standing: CatchUpWord::Any, ..Default::default() }, ListFormat::Csv);
        let text = String::from_utf8(file.unwrap().bytes).unwrap();
        assert_eq!(text.lines().count(), 4, "{text}");
    }

    fn free_places_are_entered_several_at_once_and_taken_back(world: &World) {
        let school = world.school(&year_nine(2));
        let (app, leader) = (&world.app, &school.leader);
        let dates = || {
            let slots = app.slots(leader, school.today()).unwrap().slots;
            slots.iter().map(|slot| slot.activity.date.to_string()).collect::<Vec<_>>()
        };
        let (added, event) = app.add_slots(leader, school.id, &slot("2027-01-12", "6", "3")).unwrap();
        assert_eq!((added, dates()), (3, ["2027-01-12", "2027-01-19", "2027-01-26"].map(str::to_owned).to_vec()));
        assert_eq!(app.undo_slots(leader, school.id, event).unwrap(), 3);
        assert!(dates().is_empty());
        app.add_slots(leader, school.id, &slot("2027-02-01", "6", "")).unwrap();
        let id = app.slots(leader, school.today()).unwrap().slots[0].id;
        app.change_slot(leader, school.id, id, &slot("2027-02-02", "4", "")).unwrap();
        assert_eq!(app.slot(leader, school.today(), id).unwrap().1.capacity, "4");
        let event = app.remove_slot(leader, school.id, id).unwrap();
        assert!(dates().is_empty());
        app.undo_slots(leader, school.id, event).unwrap();
        assert_eq!(dates(), ["2027-02-02"]);
        for wrong in [slot("2027-02-30", "6", "1"), slot("2027-02-01", "0", "1"), slot("2027-02-01", "6", "500")] {
            assert!(matches!(app.add_slots(leader, school.id, &wrong), Err(app::Error::Problems(_))), "{wrong:?}");
        }
    }

    fn accepting_a_proposal_makes_what_it_promised_planned_and_can_be_undone(world: &World) {
        let mut records = year_nine(5);
        records.participations.clear();
        let school = world.school(&records);
        let (app, leader) = (&world.app, &school.leader);
        let planned = || {
            let filter = RequirementFilter { status: Some(Status::Due), planned: Some(true), ..Default::default() };
            app.requirement(leader, school.today(), "bm5.1", &filter).unwrap().matching
        };
        let only = ProposalFilter { requirement: Some("bm5.1".into()), ..ProposalFilter::default() };
        let before = app.proposal(leader, school.today(), &only).unwrap();
        let gaps = before.made.gaps as u32;
        assert!(gaps >= 2 && before.sessions.is_empty(), "{before:?}");
        app.add_slots(leader, school.id, &slot("2027-01-12", &gaps.to_string(), "2")).unwrap();

        let found = app.proposal(leader, school.today(), &only).unwrap();
        assert_eq!((found.sessions.len(), found.closed, found.made.is_proven), (1, gaps, true), "one day is enough");
        let session = &found.sessions[0];
        let mut accepted = AcceptedSession {
            slot: session.slot.id,
            learners: session.places.iter().map(|place| place.learner).collect(),
        };
        let out_of = accepted.learners.pop().unwrap();
        let was = planned();
        let done = app.accept_proposal(leader, school.id, std::slice::from_ref(&accepted)).unwrap();
        assert_eq!((done.activities.len(), done.places), (1, gaps - 1));
        assert_eq!(planned(), was + gaps - 1);
        // Some places are no offer to a whole year group: what providers are owed stays as it was.
        let made = app.activity(leader, school.today(), done.activities[0]).unwrap().row.activity;
        assert!(made.year_groups.is_empty(), "{made:?}");
        let again = app.accept_proposal(leader, school.id, std::slice::from_ref(&accepted));
        assert!(matches!(again, Err(app::Error::Refusal(app::Refusal::Conflict(_)))), "{again:?}");
        // Whoever was left out is what is proposed next, on the other day.
        let next = app.proposal(leader, school.today(), &only).unwrap();
        assert_eq!(next.sessions[0].places.iter().map(|place| place.learner).collect::<Vec<_>>(), [out_of]);

        assert_eq!(app.undo_proposal(leader, school.id, done.event).unwrap(), 1);
        assert_eq!(planned(), was);
        let done = app.accept_proposal(leader, school.id, std::slice::from_ref(&accepted)).unwrap();
        let mark = Mark::new(accepted.learners[0], Some(ParticipationStatus::Attended));
        app.mark(leader, school.id, done.activities[0], &[mark]).unwrap();
        let late = app.undo_proposal(leader, school.id, done.event);
        assert!(matches!(late, Err(app::Error::Refusal(app::Refusal::Conflict(_)))), "{late:?}");
    }

    fn who_still_needs_what_adds_up_to_the_requirement(world: &World) {
        let school = world.school(&year_nine(5));
        let (app, leader) = (&world.app, &school.leader);
        let gaps = app.gaps(leader, school.today(), &GapsFilter::default()).unwrap();
        assert!(!gaps.rows.is_empty());
        for row in &gaps.rows {
            let tally = app.requirement(leader, school.today(), &row.id, &Default::default()).unwrap().requirement.tally;
            let all = row.all.unwrap();
            assert_eq!((all.unplanned + all.planned, all.missed), (tally.due, tally.missed), "{}", row.id);
            let cells: u32 = row.cells.iter().flatten().map(|cell| cell.unplanned + cell.planned + cell.missed).sum();
            assert_eq!(cells, tally.due + tally.missed, "{}", row.id);
        }
        let file = app.export_gaps(leader, school.today(), &GapsFilter::default(), ListFormat::Csv).unwrap();
        let lines = String::from_utf8(file.bytes).unwrap().lines().count() as u32;
        let all: u32 = gaps.rows.iter().filter_map(|row| row.all).map(|all| all.unplanned + all.planned + all.missed).sum();
        assert_eq!(lines, all + 1);
    }
}
