//! The people of the careers programme, the institution's own words, the register of responsibilities, and the facts of papers that
//! come from them.

use app::{
    ContactForm, DutyDone, DutyFilter, DutyForm, Error, ListFormat, OwnWordsForm, ProgrammeForm, Refusal, Saved, View,
};
use domain::{
    Activity, ActivityIndex, Kind, LearnerIndex, Participation, ParticipationStatus, Records, YearGroup, YearGroups,
};
use jiff::civil::date;
use policy::{Fact, Facts};

use crate::harness::{School, World, on_both_engines, year_nine};

fn named(name: &str) -> ContactForm {
    ContactForm { name: name.to_owned(), ..ContactForm::default() }
}

fn words(text: &str) -> OwnWordsForm {
    OwnWordsForm { text: text.to_owned(), seen: String::new() }
}

fn write(school: &School<'_>, word: &str, text: &str) -> Option<i64> {
    school.app.set_own_words(&school.leader, school.id, word, &words(text)).unwrap().1
}

fn is_conflict<T: std::fmt::Debug>(outcome: Result<T, Error>) {
    assert!(matches!(outcome, Err(Error::Refusal(Refusal::Conflict(_)))), "{outcome:?}");
}

fn facts(school: &School<'_>) -> Facts {
    school.app.known_facts(&school.leader, school.today()).unwrap()
}

on_both_engines! {
    fn whoever_holds_a_post_is_named_until_the_last_day_and_a_change_is_taken_back(world: &World) {
        let school = world.school(&year_nine(1));
        let (app, leader, id) = (&world.app, &school.leader, school.id);
        let form = ContactForm { title: "Assistant head".to_owned(), ends_on: "31/12/2026".to_owned(), ..named("Ann Other") };
        let (saved, first) = app.set_careers_post(leader, id, "senior-leader", &form).unwrap();
        assert_eq!(saved, Saved::Done);
        assert_eq!(facts(&school)[&Fact::SeniorLeader], "Ann Other, Assistant head");
        let team = app.careers_team(&school.viewer, school.today()).unwrap();
        let row = team.posts.iter().find(|post| post.word == "senior-leader").unwrap();
        assert_eq!(row.warning.as_deref(), Some("Leaves on 31 December 2026. Name a successor in time."));
        let home = app.home(leader, school.today()).unwrap();
        let task = &home.tasks[0];
        assert_eq!(task.what, "Senior leader for careers: Ann Other leaves on 31 December 2026. Name a successor");
        assert_eq!((task.page.as_str(), task.is_late), ("careers-team/senior-leader", false));
        let later = View { institution: id, as_of: Some(date(2027, 1, 1)) };
        assert!(!app.known_facts(leader, later).unwrap().contains_key(&Fact::SeniorLeader));
        assert!(app.home(leader, later).unwrap().tasks[0].is_late);

        // Somebody who saw the post before that does not write over it.
        let stale = ContactForm { seen: "before".to_owned(), ..named("Pat Reed") };
        let (saved, _) = app.set_careers_post(leader, id, "senior-leader", &stale).unwrap();
        assert!(matches!(saved, Saved::Meanwhile(theirs) if theirs.name == "Ann Other"));
        let (_, second) = app.set_careers_post(leader, id, "senior-leader", &named("Pat Reed")).unwrap();
        is_conflict(app.restore_careers_post(leader, id, "senior-leader", first.unwrap()));
        app.restore_careers_post(leader, id, "senior-leader", second.unwrap()).unwrap();
        assert_eq!(facts(&school)[&Fact::SeniorLeader], "Ann Other, Assistant head");
        app.set_careers_post(leader, id, "senior-leader", &ContactForm::default()).unwrap();
        assert!(!facts(&school).contains_key(&Fact::SeniorLeader));
        let unknown = app.set_careers_post(leader, id, "wizard", &named("Pat Reed"));
        assert!(matches!(unknown, Err(Error::Refusal(Refusal::NotFound))), "{unknown:?}");
    }

    fn an_adviser_below_level_six_is_warned_about(world: &World) {
        let school = world.school(&year_nine(1));
        let warning = |qualification: &str| {
            let form = ContactForm { qualification: qualification.to_owned(), ..named("Kit Example") };
            school.app.set_careers_post(&school.leader, school.id, "careers-adviser", &form).unwrap();
            let team = school.app.careers_team(&school.leader, school.today()).unwrap();
            team.posts.into_iter().find(|post| post.word == "careers-adviser").unwrap().warning
        };
        assert!(warning("Level 4 Diploma").unwrap().starts_with("Level 4 is below Level 6"));
        assert!(warning("Certificate").unwrap().contains("does not say its level"));
        assert_eq!(warning("Level 6 Diploma"), None);
    }

    fn own_words_are_checked_kept_and_taken_back_and_nobody_writes_over_another(world: &World) {
        let school = world.school(&year_nine(1));
        let (app, leader, id) = (&world.app, &school.leader, school.id);
        let event = write(&school, "vision", "Everybody finds *a way*.");
        assert_eq!(facts(&school)[&Fact::Vision], "Everybody finds *a way*.");
        let stale = OwnWordsForm { seen: "before".to_owned(), ..words("Mine") };
        let (saved, _) = app.set_own_words(leader, id, "vision", &stale).unwrap();
        assert!(matches!(saved, Saved::Meanwhile(theirs) if theirs.text == "Everybody finds *a way*."));
        let again = write(&school, "vision", "Another");
        is_conflict(app.restore_own_words(leader, id, "vision", event.unwrap()));
        app.restore_own_words(leader, id, "vision", again.unwrap()).unwrap();
        assert_eq!(facts(&school)[&Fact::Vision], "Everybody finds *a way*.");
        for (word, wrong) in [("vision-until", "May 2027"), ("vision-until", "soon"), ("website-review", "2026-11-23")] {
            let refused = app.set_own_words(leader, id, word, &words(wrong));
            assert!(matches!(refused, Err(Error::Problems(_))), "{word} {wrong}: {refused:?}");
        }
        write(&school, "vision-until", "July 2030");
        write(&school, "website-review", "28/02/2027");
        write(&school, "grounds-refusing", "No room\nNo *time*");
        let said = facts(&school);
        assert_eq!(said[&Fact::VisionUntil], "July 2030");
        assert_eq!(said[&Fact::WebsiteReview], "28 February 2027");
        assert_eq!(said[&Fact::GroundsRefusing], "- No room\n- No \\*time\\*");
        let page = app.institution(leader, school.today()).unwrap();
        let review = page.standings.iter().find(|standing| standing.finding.requirement == "web.4").unwrap();
        assert!(!review.is_open(), "{review:?}");
        let missing = app.facts_missing(leader, school.today()).unwrap();
        assert!(missing.iter().any(|one| one.fact == Fact::Complaints) && missing.iter().all(|one| one.fact != Fact::Vision));
        let nobody = app.set_own_words(&school.viewer, id, "vision", &words("x"));
        assert!(matches!(nobody, Err(Error::Refusal(Refusal::NotAllowed))), "{nobody:?}");
    }

    fn a_responsibility_is_done_falls_due_is_left_out_and_comes_back(world: &World) {
        let school = world.school(&year_nine(1));
        let (app, leader, id, view) = (&world.app, &school.leader, school.id, school.today());
        let row = |key: &str| {
            let all = app.duties(leader, view, &DutyFilter::default()).unwrap();
            all.rows.into_iter().chain(all.hidden).find(|row| row.key == key).unwrap()
        };
        let done = DutyDone { evidence: "Minute 6.2".to_owned(), on: "14/10/2025".to_owned() };
        let event = app.mark_duty_done(leader, id, "leader-plan", &done).unwrap();
        let plan = row("leader-plan");
        assert_eq!((plan.next_due, plan.is_overdue), (Some(date(2026, 10, 14)), true));
        let first = app.duties(leader, view, &DutyFilter::default()).unwrap();
        assert_eq!((first.rows[0].key.as_str(), first.counts.1), ("leader-plan", 1));
        let home = app.home(leader, view).unwrap();
        assert!(home.tasks.iter().any(|task| task.page == "duties/leader-plan" && task.is_late));
        app.restore_duty(leader, id, "leader-plan", event.unwrap()).unwrap();
        assert_eq!(row("leader-plan").last_done, None);

        assert!(facts(&school)[&Fact::DutiesCareersLeader].contains("### Leadership\n\n- Writes the careers plan"));
        let event = app.hide_duty(leader, id, "leader-plan", true).unwrap();
        assert!(row("leader-plan").is_hidden && !facts(&school)[&Fact::DutiesCareersLeader].contains("careers plan"));
        app.restore_duty(leader, id, "leader-plan", event.unwrap()).unwrap();
        assert!(!row("leader-plan").is_hidden);

        let form = DutyForm {
            post: "governors".to_owned(),
            title: "Visit a *careers day*".to_owned(),
            owner: "Robin Example".to_owned(),
            every_months: "12".to_owned(),
            ..DutyForm::default()
        };
        let own = app.add_duty(leader, id, &form).unwrap().to_string();
        assert!(facts(&school)[&Fact::DutiesGovernors].contains("- Visit a \\*careers day\\*"));
        let stale = DutyForm { seen: "before".to_owned(), title: "Another".to_owned(), ..form.clone() };
        is_conflict(app.change_duty(leader, id, &own, &stale));
        let wrong = app.change_duty(leader, id, &own, &DutyForm { every_months: "0".to_owned(), ..form });
        assert!(matches!(wrong, Err(Error::Problems(_))), "{wrong:?}");
        let file = app.export_duties(leader, view, &DutyFilter::default(), ListFormat::Csv).unwrap();
        let text = String::from_utf8(file.bytes).unwrap();
        assert!(text.contains("Visit a *careers day*") && text.contains("Robin Example"), "{text}");
    }

    fn papers_say_what_the_record_knows(world: &World) {
        let mut records = year_nine(12);
        records.activities[0].year_groups = YearGroups::from_iter([YearGroup::new(9)]);
        let visit = Activity {
            reference: "V1".to_owned(),
            title: "College taster".to_owned(),
            kind: Kind::ProviderEncounter,
            date: date(2027, 1, 14),
            organisation: Some("Larch College".to_owned()),
            ..records.activities[0].clone()
        };
        let before = Activity { reference: "V0".to_owned(), date: date(2026, 3, 4), organisation: Some("Elm Training".to_owned()), ..visit.clone() };
        records.activities.extend([visit, before]);
        let school = world.school(&records);
        let (app, leader, view) = (&world.app, &school.leader, school.today());
        let text = ProgrammeForm { aims: "Find *a* way".to_owned(), send: "Small groups".to_owned(), ..ProgrammeForm::default() };
        app.change_programme(leader, view, &text).unwrap();
        write(&school, "benchmark-5", "Employers come every term.");
        let said = facts(&school);
        assert_eq!(said[&Fact::ProgrammeAims], "Find \\*a\\* way");
        assert_eq!(said[&Fact::SendArrangements], "Small groups");
        assert!(said[&Fact::Opportunities].contains("| Year 9 | – | College taster (14 January) | – |"), "{said:?}");
        assert!(said[&Fact::ProgrammeSchedule].contains("College taster (14 January)"), "{said:?}");
        assert_eq!(said[&Fact::PreviousProviders], "- Elm Training\n");
        assert!(said[&Fact::Benchmark5].starts_with("Employers come every term.\n\nWhat the record shows on 23 November 2026:"), "{said:?}");
        assert!(said[&Fact::Encounters].contains("| Year 9 | 28 February 2027 |"), "{said:?}");
        assert!(said[&Fact::Roadmap].contains("| Year 9 |"));
        // Whoever asks, a paper says the same.
        assert_eq!(app.known_facts(&school.viewer, view).unwrap(), said);
    }

    fn no_fact_names_a_learner_or_counts_a_few(world: &World) {
        for (learners, came) in [(1, 1), (3, 2), (5, 1), (5, 4), (6, 3), (9, 5), (30, 26), (30, 29)] {
            let school = world.school(&few(learners, came));
            for (fact, said) in facts(&school) {
                for learner in 1..=learners {
                    assert!(!said.contains(&format!("Zyx{learner:02}")), "{fact} of {learners}, {came}: {said}");
                    assert!(!said.contains(&format!("REF-{learner:02}")), "{fact} of {learners}, {came}: {said}");
                }
                for number in 1..5 {
                    for after in ["learner", "of them", "pupil", "student"] {
                        assert!(!said.contains(&format!(" {number} {after}")), "{fact} of {learners}, {came}: {said}");
                    }
                }
                if learners < 5 {
                    assert!(!said.contains("% of learners"), "{fact} of {learners}, {came}: {said}");
                }
            }
        }
    }
}

/// So many learners of year 9, of whom so many came to an encounter and one each to a meeting that is called after them.
fn few(learners: u32, came: u32) -> Records {
    let mut records = year_nine(learners);
    records.institution.urn = Some(format!("{}", 100_000 + learners * 100 + came));
    for (number, learner) in (1..).zip(&mut records.learners) {
        learner.surname = format!("Zyx{number:02}");
        learner.reference = format!("REF-{number:02}");
    }
    let mut add = |kind: Kind, title: &str, who: &[u32]| {
        let index = ActivityIndex(records.activities.len() as u32);
        let reference = format!("A{}", index.0 + 1);
        let year_groups = YearGroups::NONE;
        let activity =
            Activity { reference, title: title.to_owned(), kind, year_groups, ..records.activities[0].clone() };
        records.activities.push(activity);
        records.participations.extend(who.iter().map(|learner| Participation {
            learner: LearnerIndex(*learner),
            activity: index,
            status: ParticipationStatus::Attended,
        }));
    };
    let those: Vec<u32> = (0..came).collect();
    add(Kind::ProviderEncounter, "College visit", &those);
    for learner in 0..learners.min(4) {
        let title = format!("Meeting with Zyx{:02}", learner + 1);
        add(Kind::GuidanceMeeting, &title, &[learner]);
        add(Kind::WorkplaceExperience, &title, &[learner]);
    }
    records
}
