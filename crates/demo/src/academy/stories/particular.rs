//! Learners with one thing about them that the archetypes do not show.

use domain::{AcademicYear, Check, Date, Kind, LearnerIndex, ParticipationStatus, ProviderType, Sen, YearGroup};
use jiff::civil::date;

use super::{Member, SCHOOLS_2018, SCHOOLS_2025, enrol_named, scenario};
use crate::{
    AS_OF,
    book::Book,
    draft::{self, Otherwise},
    name::{COLLEGES, EMPLOYERS, SIXTH_FORMS, TRAINING_PROVIDERS, UNIVERSITIES},
    random::Random,
    scenario::{Expected, Scenario},
};

/// One learner and what is found of them.
pub(super) struct Story {
    name: (&'static str, &'static str),
    cohort: i16,
    joined: Date,
    /// Changes what the programmes noted.
    tell: fn(&mut Book, LearnerIndex),
    found: &'static [(&'static str, Date, &'static str, Expected)],
    shows: &'static str,
}

const MET: Expected = Expected::Met;
const MISSED: Expected = Expected::Missed;
const OUT_OF_SCOPE: Expected = Expected::NotApplicable("out-of-scope");
const JOINED_AFTER: Expected = Expected::NotApplicable("joined-after-window");
const BEFORE_THE_DUTY: Expected = Expected::NotApplicable("window-before-duty");
const NO_SUBJECTS: Expected = Expected::NotApplicable("no-subjects");
const IN_MARCH: Date = date(2027, 3, 15);
const THEN: Date = date(2025, 1, 20);
const THEN_IN_MARCH: Date = date(2025, 3, 17);
const LONG_AGO: Date = date(2024, 1, 15);

/// The one who is in year 9 for the second time.
const REPEATS: (&str, &str) = ("Renata", "Repeats");

const fn september(year: i16) -> Date {
    date(year, 9, 1)
}

fn attend(book: &mut Book, learner: LearnerIndex, activity: domain::Activity) {
    let index = book.hold(activity);
    book.note(learner, index, ParticipationStatus::Attended);
}

/// Strikes out what is noted of activities of a kind from a day on.
fn strike(book: &mut Book, learner: LearnerIndex, kind: Kind, from: Date) {
    book.rewrite(learner, |activity, status| (activity.kind != kind || activity.date < from).then_some(status));
}

fn nothing(_: &mut Book, _: LearnerIndex) {}

fn empty(book: &mut Book, learner: LearnerIndex) {
    book.rewrite(learner, |_, _| None);
}

static STORIES: &[Story] = &[
    Story {
        name: ("Odo", "Younger"),
        cohort: 2026,
        joined: september(2026),
        tell: nothing,
        found: &[
            (SCHOOLS_2025, AS_OF, "bm2.1.ks4", OUT_OF_SCOPE),
            (SCHOOLS_2025, AS_OF, "bm2.1.ks5", OUT_OF_SCOPE),
            (SCHOOLS_2025, AS_OF, "bm6.2", OUT_OF_SCOPE),
            (SCHOOLS_2025, AS_OF, "bm7.2", OUT_OF_SCOPE),
            (SCHOOLS_2025, AS_OF, "bm8.2", OUT_OF_SCOPE),
            (SCHOOLS_2025, AS_OF, "pal.first", OUT_OF_SCOPE),
            (SCHOOLS_2025, AS_OF, "pal.second", OUT_OF_SCOPE),
            (SCHOOLS_2025, AS_OF, "pal.third", OUT_OF_SCOPE),
            (SCHOOLS_2025, AS_OF, "wex.ks4", OUT_OF_SCOPE),
            (SCHOOLS_2025, AS_OF, "ehcp.pfa", OUT_OF_SCOPE),
        ],
        shows: "year 7: later phases do not apply yet",
    },
    Story {
        name: ("Opaline", "Older"),
        cohort: 2020,
        joined: september(2021),
        tell: |book, learner| book.learner_mut(learner).considering_he = None,
        found: &[
            (SCHOOLS_2025, AS_OF, "bm2.1.ks3", OUT_OF_SCOPE),
            (SCHOOLS_2025, AS_OF, "bm6.1", OUT_OF_SCOPE),
            (SCHOOLS_2025, AS_OF, "bm7.1", OUT_OF_SCOPE),
            (SCHOOLS_2025, AS_OF, "bm7.2", OUT_OF_SCOPE),
            (SCHOOLS_2025, AS_OF, "bm8.1", OUT_OF_SCOPE),
            (SCHOOLS_2025, AS_OF, "wex.ks3", OUT_OF_SCOPE),
            (SCHOOLS_2018, date(2025, 6, 30), "pal.third", OUT_OF_SCOPE),
        ],
        shows: "year 13 and not considering higher education: benchmarks for younger years and for universities do not apply",
    },
    Story {
        name: ("Tertia", "Stayson"),
        cohort: 2019,
        joined: september(2021),
        tell: |book, learner| {
            let own = book.learner_mut(learner);
            own.left = None;
            own.form = Some("14A".to_owned());
            let year = AcademicYear::starting(2026);
            book.year_record(learner, year, YearGroup::new(14));
        },
        found: &[
            (SCHOOLS_2025, AS_OF, "bm4.1", OUT_OF_SCOPE),
            (SCHOOLS_2025, AS_OF, "bm5.1", OUT_OF_SCOPE),
            (SCHOOLS_2025, AS_OF, "bm5.1.all", OUT_OF_SCOPE),
            (SCHOOLS_2025, AS_OF, "bm2.1.ks5", MET),
        ],
        shows: "a third year in the sixth form: only key stage 5 as a whole still applies",
    },
    Story {
        name: ("Tertius", "Stayedon"),
        cohort: 2017,
        joined: september(2021),
        tell: |book, learner| {
            let own = book.learner_mut(learner);
            own.left = Some(date(2025, 8, 31));
            book.year_record(learner, AcademicYear::starting(2024), YearGroup::new(14));
        },
        found: &[
            (SCHOOLS_2018, THEN, "bm2.1.ks3", OUT_OF_SCOPE),
            (SCHOOLS_2018, THEN, "bm4.1", OUT_OF_SCOPE),
            (SCHOOLS_2018, THEN, "bm5.1", OUT_OF_SCOPE),
            (SCHOOLS_2018, THEN, "bm5.1.all", OUT_OF_SCOPE),
            (SCHOOLS_2018, THEN, "bm6.1", OUT_OF_SCOPE),
            (SCHOOLS_2018, THEN, "bm6.2", OUT_OF_SCOPE),
            (SCHOOLS_2018, THEN, "bm7.1", OUT_OF_SCOPE),
            (SCHOOLS_2018, THEN, "bm7.2", OUT_OF_SCOPE),
            (SCHOOLS_2018, THEN, "bm8.1", OUT_OF_SCOPE),
            (SCHOOLS_2018, THEN, "bm8.2", OUT_OF_SCOPE),
            (SCHOOLS_2018, THEN, "pal.first", OUT_OF_SCOPE),
            (SCHOOLS_2018, THEN, "pal.second", OUT_OF_SCOPE),
            (SCHOOLS_2018, THEN, "pal.third", OUT_OF_SCOPE),
            (SCHOOLS_2018, THEN, "ehcp.pfa", OUT_OF_SCOPE),
        ],
        shows: "a third year in the sixth form before 2025: nothing was asked any more",
    },
    Story {
        name: ("Mina", "Toolate"),
        cohort: 2024,
        joined: september(2024),
        tell: empty,
        found: &[(SCHOOLS_2025, AS_OF, "bm5.1.all", MISSED), (SCHOOLS_2025, IN_MARCH, "pal.first", MISSED)],
        shows: "no encounter in earlier years: the past cannot be mended, provider access still can until 28 February",
    },
    Story {
        name: ("Milo", "Toolate"),
        cohort: 2022,
        joined: september(2022),
        tell: empty,
        found: &[
            (SCHOOLS_2018, THEN, "bm5.1.all", MISSED),
            (SCHOOLS_2018, THEN_IN_MARCH, "pal.first", MISSED),
            (SCHOOLS_2025, IN_MARCH, "pal.second", MISSED),
        ],
        shows: "the window closed on 28 February without two occasions, once in year 9 and again in year 11",
    },
    Story {
        name: ("Myra", "Toolate"),
        cohort: 2020,
        joined: september(2021),
        tell: empty,
        found: &[(SCHOOLS_2018, THEN_IN_MARCH, "pal.second", MISSED), (SCHOOLS_2025, IN_MARCH, "pal.third", MISSED)],
        shows: "the window closed on 28 February without two occasions",
    },
    Story {
        name: ("Morgan", "Toolate"),
        cohort: 2018,
        joined: september(2021),
        tell: empty,
        found: &[(SCHOOLS_2018, THEN_IN_MARCH, "pal.third", MISSED)],
        shows: "year 13 in 2025: the window closed on 28 February without two occasions",
    },
    Story {
        name: ("Lena", "Justarrived"),
        cohort: 2024,
        joined: date(2027, 3, 8),
        tell: empty,
        found: &[(SCHOOLS_2025, IN_MARCH, "pal.first", JOINED_AFTER)],
        shows: "a place accepted from March: the window will have closed before they come",
    },
    Story {
        name: ("Leif", "Justarrived"),
        cohort: 2022,
        joined: date(2027, 3, 8),
        tell: empty,
        found: &[(SCHOOLS_2025, IN_MARCH, "pal.second", JOINED_AFTER)],
        shows: "a place accepted from March: the window will have closed before they come",
    },
    Story {
        name: ("Lysander", "Justarrived"),
        cohort: 2020,
        joined: date(2027, 3, 8),
        tell: empty,
        found: &[(SCHOOLS_2025, IN_MARCH, "pal.third", JOINED_AFTER)],
        shows: "a place accepted from March: the window will have closed before they come",
    },
    Story {
        name: ("Lorna", "Arrivedlate"),
        cohort: 2022,
        joined: date(2025, 3, 10),
        tell: nothing,
        found: &[(SCHOOLS_2018, THEN_IN_MARCH, "pal.first", JOINED_AFTER)],
        shows: "joined year 9 in March, after the window closed",
    },
    Story {
        name: ("Lucan", "Arrivedlate"),
        cohort: 2020,
        joined: date(2025, 3, 10),
        tell: nothing,
        found: &[(SCHOOLS_2018, THEN_IN_MARCH, "pal.second", JOINED_AFTER)],
        shows: "joined year 11 in March, after the window closed",
    },
    Story {
        name: ("Lark", "Arrivedlate"),
        cohort: 2018,
        joined: date(2025, 3, 10),
        tell: nothing,
        found: &[(SCHOOLS_2018, THEN_IN_MARCH, "pal.third", JOINED_AFTER)],
        shows: "joined year 13 in March, after the window closed",
    },
    Story {
        name: ("Bram", "Beforehand"),
        cohort: 2021,
        joined: september(2021),
        tell: nothing,
        found: &[(SCHOOLS_2018, LONG_AGO, "pal.first", BEFORE_THE_DUTY)],
        shows: "year 9 in January 2024: the window opened before provider access had phases",
    },
    Story {
        name: ("Brenna", "Beforehand"),
        cohort: 2019,
        joined: september(2021),
        tell: nothing,
        found: &[(SCHOOLS_2018, LONG_AGO, "pal.second", BEFORE_THE_DUTY)],
        shows: "year 11 in January 2024: the window opened before provider access had phases",
    },
    Story {
        name: ("Bryony", "Beforehand"),
        cohort: 2017,
        joined: september(2021),
        tell: nothing,
        found: &[(SCHOOLS_2018, LONG_AGO, "pal.third", BEFORE_THE_DUTY)],
        shows: "year 13 in January 2024: the window opened before provider access had phases",
    },
    Story {
        name: ("Noel", "Nolist"),
        cohort: 2021,
        joined: september(2026),
        tell: |book, learner| book.learner_mut(learner).subjects.clear(),
        found: &[(SCHOOLS_2025, AS_OF, "bm4.1", NO_SUBJECTS)],
        shows: "new in year 12, and their subjects are not on record",
    },
    Story {
        name: ("Hal", "Halfway"),
        cohort: 2022,
        joined: september(2022),
        tell: |book, learner| {
            strike(book, learner, Kind::WorkplaceExperience, september(2020));
            attend(
                book,
                learner,
                draft::workplace("Placement arranged by the family", date(2026, 7, 6), EMPLOYERS[5], 30),
            );
        },
        found: &[
            (SCHOOLS_2025, AS_OF, "bm6.1", Expected::Due { planned: false, partly: true }),
            (SCHOOLS_2025, AS_OF, "wex.ks4", MET),
        ],
        shows: "one meaningful experience of two by the end of year 11, and none planned",
    },
    Story {
        name: ("Hetty", "Halfway"),
        cohort: 2022,
        joined: september(2022),
        tell: |book, learner| {
            strike(book, learner, Kind::WorkplaceExperience, september(2020));
            attend(
                book,
                learner,
                draft::workplace("Placement arranged by the family", date(2026, 7, 6), EMPLOYERS[6], 20),
            );
            let next = book.hold(draft::workplace("Second placement", date(2027, 2, 8), EMPLOYERS[7], 10));
            book.note(learner, next, ParticipationStatus::Invited);
        },
        found: &[
            (SCHOOLS_2025, AS_OF, "bm6.1", Expected::Due { planned: true, partly: true }),
            (SCHOOLS_2025, AS_OF, "wex.ks4", Expected::PLANNED),
        ],
        shows: "one meaningful experience of two, the second planned for February",
    },
    Story {
        name: ("Vera", "Onscreen"),
        cohort: 2023,
        joined: september(2023),
        tell: |book, learner| {
            strike(book, learner, Kind::EmployerEncounter, september(2023));
            strike(book, learner, Kind::ProviderEncounter, september(2023));
            attend(book, learner, draft::employer("Online talk from home", date(2026, 10, 5), EMPLOYERS[8]).online());
            for (organisation, of_type) in [
                (COLLEGES[0], ProviderType::College),
                (TRAINING_PROVIDERS[0], ProviderType::TrainingProvider),
                (UNIVERSITIES[0], ProviderType::University),
                (SIXTH_FORMS[0], ProviderType::SixthForm),
            ] {
                attend(
                    book,
                    learner,
                    draft::provider("Online open evening", date(2026, 10, 7), organisation, of_type).online(),
                );
            }
        },
        found: &[
            (SCHOOLS_2025, AS_OF, "bm5.1", Expected::UNPLANNED),
            (SCHOOLS_2025, AS_OF, "bm7.1", Expected::UNPLANNED),
        ],
        shows: "everything happened on a screen, and virtual encounters alone do not count",
    },
    Story {
        name: ("Boxer", "Unticked"),
        cohort: 2023,
        joined: september(2023),
        tell: |book, learner| {
            strike(book, learner, Kind::EmployerEncounter, september(2023));
            strike(book, learner, Kind::WorkplaceExperience, september(2023));
            let talk = draft::employer("Breakfast talk", date(2026, 10, 6), EMPLOYERS[9]);
            attend(book, learner, talk.without(Check::Reflection));
            let visit = draft::workplace("Depot visit", date(2026, 7, 1), EMPLOYERS[11], 5);
            attend(book, learner, visit.without(Check::Feedback).without(Check::Task));
        },
        found: &[
            (SCHOOLS_2025, AS_OF, "bm5.1", Expected::UNPLANNED),
            (SCHOOLS_2025, AS_OF, "bm6.1", Expected::UNPLANNED),
        ],
        shows: "took part, but boxes of the checklist are not ticked, so it does not count yet",
    },
    Story {
        name: ("Ada", "Adviserless"),
        cohort: 2022,
        joined: september(2022),
        tell: |book, learner| {
            strike(book, learner, Kind::GuidanceMeeting, september(2022));
            let talk = draft::guidance("Chat with the form tutor", date(2026, 10, 9));
            attend(book, learner, talk.without(Check::QualifiedAdviser));
        },
        found: &[(SCHOOLS_2025, AS_OF, "bm8.1", Expected::UNPLANNED)],
        shows: "a meeting without a qualified adviser does not count",
    },
    Story {
        name: ("Sam", "Sameagain"),
        cohort: 2022,
        joined: september(2022),
        tell: |book, learner| {
            strike(book, learner, Kind::ProviderEncounter, september(2022));
            for day in [date(2025, 11, 6), date(2026, 10, 8)] {
                attend(book, learner, draft::access("Visit from the college", day, COLLEGES[2], ProviderType::College));
            }
        },
        found: &[(SCHOOLS_2025, AS_OF, "pal.second", Expected::UNPLANNED)],
        shows: "two occasions with the same single provider: the second must be with a different one",
    },
    Story {
        name: ("Tilda", "Transfer"),
        cohort: 2024,
        joined: date(2026, 9, 21),
        tell: |book, learner| {
            empty(book, learner);
            for (organisation, of_type, day) in [
                (COLLEGES[0], ProviderType::College, date(2025, 12, 3)),
                (TRAINING_PROVIDERS[2], ProviderType::TrainingProvider, date(2026, 5, 14)),
            ] {
                attend(
                    book,
                    learner,
                    draft::access("At the previous school", day, organisation, of_type).transferred(),
                );
            }
        },
        found: &[(SCHOOLS_2025, AS_OF, "pal.first", MET)],
        shows: "met at a previous school, whose record came along",
    },
    Story {
        name: REPEATS,
        cohort: 2023,
        joined: september(2023),
        tell: |book, learner| {
            strike(book, learner, Kind::ProviderEncounter, september(2023));
            let visit = draft::access("Visit from the college", date(2025, 10, 9), COLLEGES[0], ProviderType::College);
            attend(book, learner, visit);
        },
        found: &[(SCHOOLS_2025, AS_OF, "pal.first", Expected::UNPLANNED)],
        shows: "in year 9 for the second time: the window stays open until this year's 28 February",
    },
    Story {
        name: ("Ehud", "Planreviewed"),
        cohort: 2023,
        joined: september(2023),
        tell: |book, learner| {
            book.learner_mut(learner).sen = Some(Sen::Ehcp);
            book.strike_reviews(learner, september(2026));
            book.review(learner, date(2026, 10, 20), false);
        },
        found: &[(SCHOOLS_2025, AS_OF, "ehcp.pfa", Expected::UNPLANNED)],
        shows: "the review was held without its preparing-for-adulthood part",
    },
];

pub(super) fn enrol(
    book: &mut Book,
    members: &mut Vec<Member>,
    random: &mut Random,
) -> Vec<(&'static Story, LearnerIndex)> {
    STORIES
        .iter()
        .map(|story| {
            let repeats = (story.name == REPEATS).then_some(2026);
            (story, enrol_named(book, members, random, story.name, story.cohort, story.joined, repeats))
        })
        .collect()
}

pub(super) fn tell(book: &mut Book, story: &Story, learner: LearnerIndex, scenarios: &mut Vec<Scenario>) {
    (story.tell)(book, learner);
    for &(framework, as_of, requirement, expected) in story.found {
        scenarios.push(scenario(book, learner, (framework, as_of), requirement, expected, story.shows));
    }
}
