//! What the academy does each year for each year group, and who came.

use domain::{AcademicYear, Activity, Check, Kind, ParticipationStatus, ProviderType};

use super::{NOW, OPENED, roll::Member, subjects};
use crate::{
    AS_OF,
    book::Book,
    draft::{self, Otherwise},
    name::{COLLEGES, EMPLOYERS, SIXTH_FORMS, TRAINING_PROVIDERS, UNIVERSITIES},
    random::Random,
    term::{school_day, school_day_plus},
};

/// Whom an activity is for.
enum Audience {
    /// Everyone in the year group.
    Everyone,
    /// Those in lessons of this subject.
    Takers(&'static str),
    /// The n-th of so many equal parts of the year group.
    Part(usize, usize),
    /// Those considering higher education.
    ConsideringHe,
}

/// Runs every year's programme and notes who took part.
pub(super) fn run(book: &mut Book, members: &[Member]) {
    let mut random = Random::of("academy programme");
    for year in (OPENED.start()..=NOW.start()).map(AcademicYear::starting) {
        for year_group in 7..=13 {
            let cohort: Vec<&Member> = members.iter().filter(|member| member.year_group(year) == year_group).collect();
            let mut planned = events(year, year_group);
            planned.extend(lessons(year, year_group));
            planned.extend(meetings(year, year_group));
            for (activity, audience) in planned {
                hold(book, &cohort, activity, &audience, year, &mut random);
            }
        }
    }
}

fn hold(
    book: &mut Book,
    cohort: &[&Member],
    activity: Activity,
    audience: &Audience,
    year: AcademicYear,
    random: &mut Random,
) {
    let (date, kind) = (activity.date, activity.kind);
    let catch_up = matches!(audience, Audience::Everyone)
        && matches!(kind, Kind::EmployerEncounter | Kind::ProviderEncounter | Kind::LabourMarket);
    let again = catch_up.then(|| Activity {
        title: format!("Catch-up: {}", activity.title),
        date: school_day_plus(year, date.month(), date.day(), 24),
        year_groups: Default::default(),
        ..activity.clone()
    });
    let index = book.hold(activity);
    let mut missed_it = Vec::new();
    for (position, member) in cohort.iter().enumerate() {
        let learner = book.learner(member.learner);
        let is_for = match *audience {
            Audience::Everyone => true,
            Audience::Takers(subject) => subjects::takes(&learner.subjects, subject),
            Audience::Part(part, of) => position % of == part,
            Audience::ConsideringHe => learner.considering_he == Some(true),
        };
        if !is_for || !learner.is_on_roll(date) {
            continue;
        }
        // A unit of lessons lasts for weeks: hardly anybody misses all of it.
        let absence = if kind == Kind::Curriculum { member.absence / 8 } else { member.absence };
        let status = if date > AS_OF {
            ParticipationStatus::Invited
        } else if !random.chance(absence) {
            ParticipationStatus::Attended
        } else {
            missed_it.push(member.learner);
            if random.chance(150) { ParticipationStatus::Excused } else { ParticipationStatus::Absent }
        };
        book.note(member.learner, index, status);
    }
    if let Some(again) = again.filter(|again| date <= AS_OF && domain::Calendar::default().year_of(again.date) == year)
    {
        missed_it.retain(|&learner| random.chance(550) && book.learner(learner).is_on_roll(again.date));
        if missed_it.is_empty() {
            return;
        }
        let status = if again.date > AS_OF { ParticipationStatus::Invited } else { ParticipationStatus::Attended };
        let index = book.hold(again);
        for learner in missed_it {
            book.note(learner, index, status);
        }
    }
}

/// One link to careers per subject in autumn, paced differently by year group, and one in summer.
fn lessons(year: AcademicYear, year_group: i8) -> Vec<(Activity, Audience)> {
    let pace = match year_group {
        7 => 4,
        8 => 3,
        _ => 2,
    };
    let mut planned = Vec::new();
    for (place, subject) in subjects::taught_in(year_group).into_iter().enumerate() {
        let autumn = school_day_plus(year, 9, 14, place * pace);
        let summer = school_day_plus(year, 4, 20, place * 3);
        for (date, title) in [(autumn, "where it leads"), (summer, "people who use it at work")] {
            let activity = draft::curriculum(format!("{subject}, year {year_group}: {title}"), date, subject);
            planned.push((activity, Audience::Takers(subject)));
        }
    }
    planned
}

/// Days of guidance meetings, each with a twentieth or so of the year group: from May of year 10 to February of year 11,
/// and from March of year 12 to December of year 13.
fn meetings(year: AcademicYear, year_group: i8) -> Vec<(Activity, Audience)> {
    let days: &[(i8, i8, usize)] = match year_group {
        10 => &[(5, 4, 0), (5, 11, 1), (6, 8, 2), (6, 22, 3), (7, 6, 4)],
        11 => &[
            (9, 15, 5),
            (9, 22, 6),
            (9, 29, 7),
            (10, 6, 8),
            (10, 13, 9),
            (10, 20, 10),
            (11, 3, 11),
            (11, 10, 12),
            (11, 17, 13),
            (12, 1, 14),
            (12, 8, 15),
            (12, 15, 16),
            (1, 12, 17),
            (1, 26, 18),
        ],
        12 => &[(3, 9, 0), (3, 16, 1), (4, 20, 2), (5, 4, 3), (6, 8, 4), (6, 15, 5), (6, 29, 6), (7, 6, 7)],
        13 => &[(9, 16, 8), (9, 30, 9), (10, 7, 10), (10, 14, 11), (11, 4, 12), (11, 18, 13), (12, 2, 14), (12, 9, 15)],
        _ => &[],
    };
    // One part of the year group more than there are days: those who have not answered an invitation yet.
    let parts = if year_group <= 11 { 20 } else { 17 };
    let meeting = |&(month, day, part): &(i8, i8, usize)| {
        let activity = draft::guidance(format!("Guidance meetings, year {year_group}"), school_day(year, month, day));
        (activity, Audience::Part(part, parts))
    };
    days.iter().map(meeting).collect()
}

/// Everything else.
fn events(year: AcademicYear, year_group: i8) -> Vec<(Activity, Audience)> {
    use Audience::{ConsideringHe, Everyone, Part};
    // Partners change from year to year and from year group to year group.
    let turn = (year.start() - OPENED.start()) as usize + year_group as usize;
    let employer = |place: usize| EMPLOYERS[(turn * 5 + place * 7) % EMPLOYERS.len()];
    let one_of = |list: &[&'static str]| list[turn % list.len()];
    let on = |month, day| school_day(year, month, day);
    let all = [year_group];
    let mut planned = vec![
        (draft::programme(format!("Assembly: your year in careers, year {year_group}"), on(9, 8)), Everyone),
        (draft::programme(format!("National Careers Week assembly, year {year_group}"), on(3, 2)), Everyone),
    ];
    match year_group {
        7 => {
            let visit = draft::workplace("Workplace walk", on(6, 16), employer(3), 5).without(Check::Task);
            planned.extend([
                (draft::employer("Meet the makers morning", on(10, 14), employer(0)), Everyone),
                (draft::employer("What's my line? guessing game with guests", on(4, 28), employer(1)), Everyone),
                (draft::labour_market("Jobs around us: reading local figures", on(11, 17)), Everyone),
                (
                    draft::provider("A day on campus", on(6, 24), one_of(&UNIVERSITIES), ProviderType::University)
                        .offered_to(&all),
                    Everyone,
                ),
                (visit, Everyone),
            ]);
        }
        8 => {
            let college = one_of(&COLLEGES);
            let second = draft::workplace("Behind the scenes, second visit", on(6, 30), employer(3), 5);
            // What makes a visit meaningful was first asked for in 2024/25.
            let second = if year.start() < 2024 { second.without(Check::Feedback) } else { second };
            planned.extend([
                (draft::employer("Speed-meeting with ten trades", on(11, 30), employer(0)), Everyone),
                (draft::employer("Design brief from a local employer", on(3, 4), employer(1)), Everyone),
                (
                    draft::access("Technical routes with a college", on(11, 12), college, ProviderType::College)
                        .offered_to(&all),
                    Everyone,
                ),
                (draft::workplace("Behind the scenes, first visit", on(6, 9), employer(2), 5), Everyone),
                (second, Everyone),
            ]);
        }
        9 => {
            let training = one_of(&TRAINING_PROVIDERS);
            planned.extend([
                (draft::employer("Enterprise challenge", on(10, 8), employer(0)), Everyone),
                (draft::employer("Options evening: employers' tables", on(2, 4), employer(1)), Part(0, 2)),
                (
                    draft::access("Apprenticeships, first hand", on(1, 26), training, ProviderType::TrainingProvider)
                        .offered_to(&all),
                    Everyone,
                ),
                (draft::labour_market("Options and the labour market", on(1, 14)), Everyone),
                (draft::workplace("Discovery day one", on(6, 10), employer(2), 5), Everyone),
                (draft::workplace("Discovery day two", on(6, 11), employer(3), 5), Everyone),
            ]);
        }
        10 => {
            let college = one_of(&COLLEGES);
            planned.extend([
                (draft::employer("Industry panel", on(11, 10), employer(0)), Everyone),
                (draft::employer("Online talk: a day in my job", on(3, 3), employer(1)).online(), Everyone),
                (
                    draft::access("T Levels and technical courses", on(10, 6), college, ProviderType::College)
                        .offered_to(&all),
                    Everyone,
                ),
                (draft::labour_market("Pay, places and prospects", on(5, 18)), Everyone),
                (
                    draft::provider(
                        "University taster day",
                        on(6, 25),
                        one_of(&UNIVERSITIES),
                        ProviderType::University,
                    ),
                    Part(1, 3),
                ),
            ]);
            // Places for next summer are being found: in November two groups in five still have none.
            let found = if year == NOW { 7 } else { 12 };
            for group in 0..found {
                let host = employer(group + 4);
                let title = format!("Work experience week at {host}");
                planned.push((draft::workplace(title, on(7, 6), host, 30), Part(group, 12)));
            }
        }
        11 => {
            let training = one_of(&TRAINING_PROVIDERS);
            let sixth_form = one_of(&SIXTH_FORMS);
            planned.extend([
                (draft::employer("Mock interviews", on(11, 17), employer(0)), Everyone),
                (draft::employer("Apprentice employers' breakfast", on(2, 25), employer(1)), Part(0, 3)),
                (
                    draft::access(
                        "Higher and degree apprenticeships",
                        on(10, 13),
                        training,
                        ProviderType::TrainingProvider,
                    )
                    .offered_to(&all),
                    Everyone,
                ),
                (
                    draft::provider("Sixth form open morning", on(11, 5), sixth_form, ProviderType::SixthForm)
                        .offered_to(&all),
                    Everyone,
                ),
                (draft::programme("Application workshop", on(11, 24)), Everyone),
            ]);
        }
        12 => {
            let training = one_of(&TRAINING_PROVIDERS);
            planned.extend([
                (draft::employer("Employer insight afternoon", on(10, 1), employer(0)), Everyone),
                (draft::employer("Alumni in work", on(5, 6), employer(1)), Everyone),
                (draft::labour_market("Where graduates and apprentices go", on(11, 11)), Everyone),
                (
                    draft::access("Apprenticeships at 18", on(11, 5), training, ProviderType::TrainingProvider)
                        .offered_to(&all),
                    Everyone,
                ),
                (
                    draft::provider("Campus visit", on(6, 24), one_of(&UNIVERSITIES), ProviderType::University),
                    ConsideringHe,
                ),
            ]);
            for group in 0..10 {
                let host = employer(group + 4);
                let title = format!("Sixth form placement at {host}");
                planned.push((draft::workplace(title, on(7, 13), host, 30), Part(group, 10)));
            }
        }
        _ => {
            let college = one_of(&COLLEGES);
            planned.extend([
                (draft::employer("Recruiters' round table", on(12, 3), employer(0)), Everyone),
                (draft::employer("First job, first month", on(2, 24), employer(1)), Everyone),
                (
                    draft::access("Higher technical qualifications", on(10, 15), college, ProviderType::College)
                        .offered_to(&all),
                    Everyone,
                ),
                (
                    draft::provider("University open day", on(10, 2), one_of(&UNIVERSITIES), ProviderType::University),
                    ConsideringHe,
                ),
            ]);
        }
    }
    planned
}
