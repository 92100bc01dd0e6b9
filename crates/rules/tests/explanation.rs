//! What an explanation says: what counted, what did not and why not, what is missing, what is planned.

mod rulebook_files;
mod story;

use domain::*;
use jiff::civil::date;
use rules::*;
use story::Story;

const TODAY: Date = Date::constant(2026, 11, 23);

fn explained(story: &Story, learner: LearnerIndex, requirement: &str, as_of: Date) -> Explanation {
    let rulebook = rulebook_files::rulebook();
    let pack = rulebook.framework(story.records.institution.kind, as_of);
    let facts = Facts::new(&story.records);
    let explanation = explain(pack, &story.records, &facts, as_of, learner, requirement).expect("a known requirement");
    let evaluation = evaluate(pack, &facts, as_of);
    let position = pack.requirements.iter().position(|other| other.id == requirement).unwrap();
    if let Some(standing) = evaluation.standing(learner, position) {
        assert_eq!((standing.status(), standing.reason()), (explanation.status, explanation.reason));
        assert_eq!(standing.is_partly_met(), explanation.partly_met);
        assert_eq!(standing.is_planned(), explanation.forecast == Some(Forecast::Planned));
    }
    explanation
}

#[test]
fn an_encounter_with_a_box_missing_says_which() {
    let mut story = Story::new();
    let learner = story.learner("L1", 9);
    let talk = story.attended(learner, "Talk", date(2026, 10, 1), Kind::EmployerEncounter);
    story.what(talk).checks = Checks::of(&[Check::PurposeShared, Check::OutcomesFit, Check::TwoWay]);
    let found = explained(&story, learner, "bm5.1", TODAY);
    assert_eq!(found.status, Status::Due);
    assert_eq!(found.not_counted, [(talk, vec![WhyNot::MissingBoxes(Checks::of(&[Check::Reflection]))])]);
    assert_eq!(sentence::why_not(&found.not_counted[0].1[0]), "not ticked yet: “time to reflect”");
    assert_eq!(found.missing_sentence(), "one employer encounter that counts, by 31 August 2027");
    assert_eq!(found.forecast, Some(Forecast::Unplanned));
}

#[test]
fn every_reason_why_not_is_told() {
    let mut story = Story::new();
    let learner = story.learner("L1", 9);
    story.who(learner).joined = date(2026, 9, 14);
    let early = story.attended(learner, "A early", date(2026, 9, 10), Kind::EmployerEncounter);
    let last_year = story.attended(learner, "B last year", date(2026, 7, 1), Kind::EmployerEncounter);
    story.what(last_year).source = Some(domain::Source::Transferred);
    let absent = story.activity("C absent", date(2026, 10, 1), Kind::EmployerEncounter);
    story.takes_part(learner, absent, ParticipationStatus::Absent);
    let invited = story.activity("D invited", date(2026, 10, 2), Kind::EmployerEncounter);
    story.takes_part(learner, invited, ParticipationStatus::Invited);
    let virtual_talk = story.attended(learner, "E virtual", date(2026, 10, 3), Kind::EmployerEncounter);
    story.what(virtual_talk).mode = Mode::Virtual;
    story.what(last_year).mode = Mode::Virtual;

    let found = explained(&story, learner, "bm5.1", TODAY);
    assert_eq!(
        found.not_counted,
        [
            (last_year, vec![WhyNot::BeforeWindow(date(2026, 9, 1))]),
            (early, vec![WhyNot::NotOnRoll]),
            (absent, vec![WhyNot::Status(ParticipationStatus::Absent)]),
            (invited, vec![WhyNot::Status(ParticipationStatus::Invited)]),
            (virtual_talk, vec![WhyNot::VirtualAlone]),
        ]
    );
    assert_eq!(
        found.missing_sentence(),
        "one employer encounter in person or blended, because virtual ones alone are not enough, by 31 August 2027"
    );
    assert_eq!(found.joined_inside_window, Some(date(2026, 9, 14)));
}

#[test]
fn a_virtual_encounter_counts_once_one_in_person_stands_in_the_key_stage() {
    let mut story = Story::new();
    let learner = story.learner("L1", 9);
    let virtual_talk = story.attended(learner, "V", date(2026, 10, 3), Kind::EmployerEncounter);
    story.what(virtual_talk).mode = Mode::Virtual;
    let visit = story.attended(learner, "P", date(2024, 11, 1), Kind::EmployerEncounter);
    let found = explained(&story, learner, "bm5.1", TODAY);
    assert_eq!((found.status, found.on, found.evidence), (Status::Met, Some(date(2026, 10, 3)), vec![virtual_talk]));

    story.what(visit).date = date(2024, 8, 31);
    assert_eq!(explained(&story, learner, "bm5.1", TODAY).status, Status::Due, "year 6 is no key stage here");
}

#[test]
fn a_past_year_may_become_met_later() {
    let mut story = Story::new();
    let learner = story.learner("L1", 8);
    let virtual_talk = story.attended(learner, "V", date(2025, 10, 3), Kind::EmployerEncounter);
    story.what(virtual_talk).mode = Mode::Virtual;
    assert_eq!(explained(&story, learner, "bm5.1.all", TODAY).status, Status::Missed);
    let visit = story.attended(learner, "P", TODAY, Kind::EmployerEncounter);
    let found = explained(&story, learner, "bm5.1.all", TODAY);
    assert_eq!((found.status, found.on), (Status::Met, Some(TODAY)));
    assert_eq!(found.evidence, [virtual_talk, visit]);
}

#[test]
fn what_is_planned_is_judged_as_if_reflection_and_feedback_were_ticked() {
    let mut story = Story::new();
    let learner = story.learner("L1", 10);
    let placement = story.activity("Placement", date(2027, 6, 7), Kind::WorkplaceExperience);
    let boxes: Checks = Kind::WorkplaceExperience
        .checklist()
        .iter()
        .copied()
        .filter(|c| !matches!(c, Check::Reflection | Check::Feedback))
        .collect();
    story.what(placement).checks = boxes;
    story.takes_part(learner, placement, ParticipationStatus::Invited);
    let visit = story.attended(learner, "Visit", date(2025, 11, 3), Kind::WorkplaceExperience);
    let found = explained(&story, learner, "bm6.1", TODAY);
    assert_eq!((found.status, found.partly_met, found.forecast), (Status::Due, true, Some(Forecast::Planned)));
    assert_eq!((found.counted, found.planned), (vec![visit], vec![placement]));
    assert_eq!(found.deadline, Some(date(2028, 8, 31)));

    story.what(placement).checks = boxes.iter().filter(|check| *check != Check::Task).collect();
    let found = explained(&story, learner, "bm6.1", TODAY);
    assert_eq!(found.forecast, Some(Forecast::Unplanned));
    assert_eq!(found.not_counted, [(placement, vec![WhyNot::MissingBoxes(Checks::of(&[Check::Task]))])]);
    assert_eq!(
        found.missing_sentence(),
        "one more workplace experience that counts, on another date, by 31 August 2028"
    );
}

#[test]
fn two_occasions_with_the_same_providers_are_one_too_few() {
    let mut story = Story::new();
    let learner = story.learner("L1", 9);
    for (reference, day, organisation) in
        [("A", date(2026, 1, 12), "Northfield College"), ("B", date(2026, 11, 3), " northfield  college")]
    {
        let visit = story.attended(learner, reference, day, Kind::ProviderEncounter);
        story.what(visit).organisation = Some(organisation.into());
    }
    let found = explained(&story, learner, "pal.first", TODAY);
    assert_eq!((found.status, found.deadline), (Status::Due, Some(date(2027, 2, 28))));
    assert_eq!(
        found.missing_sentence(),
        "one provider access occasion with other providers: those so far were with the same, by 28 February 2027"
    );
    let fair = story.attended(learner, "C", date(2026, 11, 20), Kind::ProviderEncounter);
    story.what(fair).organisation = Some("Westmoor Training".into());
    let found = explained(&story, learner, "pal.first", TODAY);
    assert_eq!((found.status, found.on, found.evidence.len()), (Status::Met, Some(date(2026, 11, 20)), 3));
}

#[test]
fn the_window_closes_with_28_february_also_in_a_leap_year() {
    let mut story = Story::new();
    let learner = story.learner("L1", 8);
    for (reference, day, organisation) in
        [("A", date(2028, 2, 28), "Northfield College"), ("B", date(2028, 2, 29), "Westmoor Training")]
    {
        let visit = story.attended(learner, reference, day, Kind::ProviderEncounter);
        story.what(visit).organisation = Some(organisation.into());
    }
    assert_eq!(explained(&story, learner, "pal.first", date(2028, 2, 28)).status, Status::Due);
    let found = explained(&story, learner, "pal.first", date(2028, 2, 29));
    assert_eq!(found.status, Status::Missed);
    assert_eq!(found.not_counted[0].1, [WhyNot::AfterWindow(date(2028, 2, 28))]);
}

#[test]
fn joining_after_the_window_is_not_missing_it_unless_a_transferred_record_meets_it() {
    let mut story = Story::new();
    let learner = story.learner("L1", 9);
    story.who(learner).joined = date(2027, 3, 1);
    let as_of = date(2027, 3, 2);
    let found = explained(&story, learner, "pal.first", as_of);
    assert_eq!((found.status, found.reason), (Status::NotApplicable, Some(Reason::JoinedAfterWindow)));
    for (reference, day, organisation) in
        [("A", date(2026, 1, 12), "Northfield College"), ("B", date(2026, 11, 3), "Westmoor Training")]
    {
        let visit = story.attended(learner, reference, day, Kind::ProviderEncounter);
        story.what(visit).organisation = Some(organisation.into());
        story.what(visit).source = Some(domain::Source::Transferred);
    }
    assert_eq!(explained(&story, learner, "pal.first", as_of).status, Status::Met);
}

#[test]
fn repeating_a_year_may_turn_missed_into_due_again() {
    let mut story = Story::new();
    let learner = story.learner("L1", 9);
    let as_of = date(2027, 3, 2);
    assert_eq!(explained(&story, learner, "pal.first", as_of).status, Status::Missed);
    story.records.year_records.push(YearRecord {
        learner,
        academic_year: AcademicYear::starting(2027),
        year_group: YearGroup::new(9),
    });
    let found = explained(&story, learner, "pal.first", as_of);
    assert_eq!((found.status, found.deadline), (Status::Due, Some(date(2028, 2, 28))));
}

#[test]
fn the_subjects_that_lack_a_link_are_named_as_the_school_writes_them() {
    let mut story = Story::new();
    let learner = story.learner("L1", 9);
    story.records.institution.subjects.insert(YearGroup::new(9), vec!["Art ".into(), "French".into(), "Maths".into()]);
    let lesson = story.attended(learner, "Lesson", date(2026, 10, 1), Kind::Curriculum);
    story.what(lesson).subject = Some("french".into());
    let found = explained(&story, learner, "bm4.1", TODAY);
    assert_eq!(found.missing_sentence(), "a careers link in Art and Maths, by 31 August 2027");
    assert_eq!(found.counted, [lesson]);

    let planned = story.activity("Planned", date(2027, 3, 1), Kind::Curriculum);
    story.what(planned).subject = Some("ART".into());
    story.takes_part(learner, planned, ParticipationStatus::Invited);
    assert_eq!(explained(&story, learner, "bm4.1", TODAY).forecast, Some(Forecast::Unplanned));
    let planned = story.activity("Planned too", date(2027, 8, 31), Kind::Curriculum);
    story.what(planned).subject = Some("maths".into());
    story.takes_part(learner, planned, ParticipationStatus::Invited);
    assert_eq!(explained(&story, learner, "bm4.1", TODAY).forecast, Some(Forecast::Planned));

    story.records.institution.subjects.clear();
    assert_eq!(explained(&story, learner, "bm4.1", TODAY).reason, Some(Reason::NoSubjects));
}

#[test]
fn an_adaptation_is_shown_with_its_reason_and_person() {
    let mut story = Story::new();
    let learner = story.learner("L1", 10);
    let adaptation = |adapted| Adaptation {
        learner,
        requirement: "bm6.1".into(),
        adapted,
        reason: "Long illness".into(),
        person: "SENCO".into(),
    };
    story.records.adaptations = vec![adaptation(Adapted::Count(1))];
    story.attended(learner, "Visit", date(2026, 10, 1), Kind::WorkplaceExperience);
    let found = explained(&story, learner, "bm6.1", TODAY);
    assert_eq!(found.status, Status::Met);
    assert_eq!(found.adapted.map(|a| (a.reason, a.person)), Some(("Long illness".into(), "SENCO".into())));
    story.records.adaptations = vec![adaptation(Adapted::Out)];
    assert_eq!(explained(&story, learner, "bm6.1", TODAY).reason, Some(Reason::Adapted));
}

#[test]
fn a_learner_who_is_not_on_roll_is_told_so() {
    let mut story = Story::new();
    let learner = story.learner("L1", 10);
    story.who(learner).left = Some(date(2026, 11, 22));
    assert_eq!(explained(&story, learner, "bm5.1", TODAY).reason, Some(Reason::NotOnRoll));
}
