//! Activities and participation from a school's own files: read through a mapping, planned against the records.

use domain::{Kind, ParticipationStatus, Records};
use exchange::{
    folder::{self, Known, Options},
    mapping::{self, ActivityField, Subject},
    mis::{self, ParticipationRow},
    plan::{self, ActivityStep, RecordCounts},
    problem::{Problem, Severity},
    sheet,
};
use jiff::civil::date;

fn records() -> Records {
    let files = [
        ("institution.toml", "name = \"Fernhollow\"\ntype = \"academy\"\nlowest-year = 7\nhighest-year = 13\n"),
        (
            "learners.csv",
            "learner,upn,forename,surname,date-of-birth,year-group,joined\n\
             L1,R201100018042,Ada,Quillfeather,2013-10-02,9,2024-09-03\n\
             L2,,Bo,Thistlewick,2014-01-20,9,2024-09-03\n\
             L3,,Cy,Umberleigh,2014-02-20,9,2026-10-15\n",
        ),
        (
            "activities.csv",
            "activity,title,date,kind,organisation\nA1,Careers Fair,2026-10-01,programme,\nA2,Mill visit,2026-11-05,workplace-experience,Ashdown Mill\n",
        ),
        ("participation.csv", "activity,learner,status\nA1,L1,attended\nA1,L2,invited\n"),
    ];
    let options = Options { as_of: date(2026, 11, 23), known: Known::default(), good_rows_alone: false };
    folder::read(files.map(|(name, text)| (name, text.as_bytes())), &options).records.unwrap()
}

fn told(problems: &[Problem]) -> Vec<String> {
    let code = |p: &Problem| serde_json::to_value(&p.code).unwrap()["code"].as_str().unwrap().to_owned();
    let told = problems.iter().filter(|p| p.severity != Severity::Note);
    told.map(|p| format!("{} {} {}", p.place.line.unwrap_or(0), p.place.column.as_deref().unwrap_or(""), code(p)))
        .collect()
}

fn activities(text: &str) -> mis::ReadActivities {
    let sheet = sheet::read("programme.csv", text.as_bytes()).unwrap();
    mis::activities(&sheet, &mapping::detect(&sheet, Subject::Activities).unwrap())
}

fn participation(text: &str) -> mis::ReadParticipation {
    let sheet = sheet::read("took part.csv", text.as_bytes()).unwrap();
    mis::participation(&sheet, &mapping::detect(&sheet, Subject::Participation).unwrap())
}

#[test]
fn activities_are_known_by_reference_or_by_title_and_date() {
    let read = activities(
        "Title,Type,Date,Provider/Employer,Year groups,Duration,Email\n\
         careers  fair,3,01/10/2026,,7-9,2 hours,x\n\
         Mill visit,Work experience,05/11/2026,Ashdown Mill,,,\n\
         University day,BM7,13/11/2026,Fenland University,Year 12,90 mins,\n\
         University day,BM7,13/11/2026,Fenland University,Year 12,90 mins,\n\
         Nothing,party,31/11/2026,,,,\n",
    );
    assert_eq!(told(&read.problems), ["6 Date not-a-date", "6 Type unknown-word"]);
    let plan = plan::activities(&records(), &read.rows);
    assert_eq!(plan.counts(), RecordCounts { new: 1, change: 1, same: 1, skip: 1, decide: 0 });
    let ActivityStep::Change { before, after, fields } = &plan.rows[0].step else { panic!("{:?}", plan.rows[0]) };
    assert_eq!((before.reference.as_str(), after.hours, fields.len()), ("A1", Some(2_000_000_000), 3));
    assert_eq!(fields, &[ActivityField::Title, ActivityField::Hours, ActivityField::YearGroups]);
    let ActivityStep::New { activity } = &plan.rows[2].step else { panic!("{:?}", plan.rows[2]) };
    assert_eq!((activity.reference.as_str(), activity.kind), ("university-day-2026-11-13", Kind::ProviderEncounter));
}

#[test]
fn the_same_activities_twice_change_nothing() {
    let read = activities("activity,title,date,kind\nB1,Talk,2026-10-01,programme\nB2,Talk,2026-10-01,programme\n");
    let mut records = records();
    let first = plan::activities(&records, &read.rows);
    assert_eq!(first.counts().new, 2);
    for row in &first.rows {
        if let ActivityStep::New { activity } = &row.step {
            records.activities.push(activity.activity());
        }
    }
    assert!(plan::activities(&records, &read.rows).is_empty());
    // Without a reference nobody can tell which of the two is meant.
    let untold = activities("title,date,kind\nTalk,2026-10-01,curriculum\n");
    assert_eq!(plan::activities(&records, &untold.rows).counts().skip, 1);
}

#[test]
fn participation_finds_learners_by_id_or_upn_and_only_suggests_by_name() {
    let read = participation(
        "UPN,Student ID,Forename,Surname,DOB,Activity name,Activity date,Attended\n\
         R201100018042,,,,,Careers fair,1/10/2026,Y\n\
         ,L2,,,,Careers fair,1/10/2026,present\n\
         ,L3,,,,careers fair,1/10/2026,N\n\
         ,,Cy,Umberleigh,20/2/2014,Careers fair,1/10/2026,Y\n\
         ,L9,,,,Careers fair,1/10/2026,Y\n\
         ,L1,,,,Mill visit,6/11/2026,Y\n\
         ,L1,,,,Mill visit,5/11/2026,maybe\n\
         ,L1,,,,Careers fair,1/10/2026,Y\n",
    );
    assert_eq!(told(&read.problems), ["8 Attended unknown-word"]);
    let (plan, problems) = plan::participation(&records(), &read.rows, "took part.csv");
    assert_eq!(told(&problems), ["4  before-joining", "5  other", "6  unknown", "7  unknown", "9  same-again"]);
    assert_eq!(plan.counts(), RecordCounts { new: 1, change: 1, same: 1, skip: 1, decide: 0 });
    let entries: Vec<_> = plan.registers[0].entries.iter().map(|e| (e.learner.as_str(), e.old, e.new)).collect();
    use ParticipationStatus::{Absent, Attended, Invited};
    assert_eq!(entries, [("L2", Some(Invited), Attended), ("L3", None, Absent)]);
}

#[test]
fn rows_that_contradict_each_other_are_not_taken() {
    let read = participation("activity,learner,status\nA2,L1,attended\nA2,L1,absent\nA2,L1,attended\nA2,L2,\n");
    let (plan, problems) = plan::participation(&records(), &read.rows, "a.csv");
    assert_eq!(told(&problems), ["3  contradicts", "4  same-again"]);
    assert_eq!(plan.counts(), RecordCounts { new: 1, skip: 2, ..RecordCounts::default() });
}

#[test]
fn rows_with_problems_and_the_others_are_all_rows_of_the_file() {
    let bad_lines = |problems: &[Problem]| {
        let bad = problems.iter().filter(|problem| problem.severity == Severity::Problem);
        bad.map(|problem| problem.place.line.unwrap()).collect::<std::collections::BTreeSet<_>>().len()
    };
    let all = |counts: RecordCounts| counts.new + counts.change + counts.same + counts.decide + counts.skip;

    // Unknown learner, unknown both, a word that is none, new, the same again, a contradiction, as recorded.
    let read = participation(
        "activity,learner,status\nA1,L9,\nA9,L9,\nA1,L1,maybe\nA2,L1,\nA2,L1,\nA2,L2,\nA2,L2,absent\nA1,L1,\n",
    );
    let (plan, problems) = plan::participation(&records(), &read.rows, "a.csv");
    let told: Vec<Problem> = read.problems.into_iter().chain(problems).collect();
    assert_eq!((bad_lines(&told), all(plan.counts())), (4, 4));

    let read = activities(
        "activity,title,date,kind\nA1,Careers Fair,2026-10-01,programme\nA1,Fair,2026-10-01,programme\nB1,,,programme\n\
         B2,Talk,2026-10-01,party\nB3,Talk,2026-10-01,programme\n",
    );
    let plan = plan::activities(&records(), &read.rows);
    assert_eq!((bad_lines(&read.problems), all(plan.counts())), (2, 3));
}

#[test]
fn a_large_file_is_checked_and_planned() {
    let mut records = records();
    let learner = records.learners[0].clone();
    let activity = records.activities[0].clone();
    records.learners =
        (0..1_000).map(|n| domain::Learner { reference: format!("{n:06}"), upn: None, ..learner.clone() }).collect();
    records.activities =
        (0..100).map(|n| domain::Activity { reference: format!("ACT-{n}"), ..activity.clone() }).collect();
    records.participations.clear();
    let mut text = String::from("activity,learner,status\n");
    for activity in 0..100 {
        for learner in 0..1_000 {
            text.push_str(&format!("ACT-{activity},{learner:06},attended\n"));
        }
    }
    let rows: Vec<ParticipationRow> = participation(&text).rows;
    let (plan, problems) = plan::participation(&records, &rows, "a.csv");
    assert_eq!((plan.counts().new, problems.len()), (100_000, 0));
}
