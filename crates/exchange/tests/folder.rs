//! The folder of files: what is read, what is refused, what is only found, and that it comes back as it was written.

use domain::{AcademicYear, LearnerIndex, ParticipationStatus, YearGroup};
use exchange::{
    folder::{self, Known, KnownParameter, KnownRequirement, Options, ParameterKind, Reading},
    problem::{Code, Thing},
};
use jiff::civil::date;

const KNOWN: Known<'static> = Known {
    requirements: &[
        KnownRequirement { id: "bm6.1", countable: true },
        KnownRequirement { id: "pal.first", countable: false },
    ],
    parameters: &[
        KnownParameter { name: "bm6-by-16", kind: ParameterKind::Number },
        KnownParameter { name: "virtual-alone-counts", kind: ParameterKind::YesNo },
    ],
};

const INSTITUTION: &str = "name = \"Fernhollow Academy\"\ntype = \"academy\"\nlowest-year = 7\nhighest-year = 13\n";
const LEARNERS: &str = "learner,forename,surname,date-of-birth,year-group,joined,left\n\
    L1,Ada,Quillfeather,2013-10-02,9,2024-09-03,\n\
    L2,Bo,Thistlewick,2014-01-20,Y9,03/09/2024,\n";
const ACTIVITIES: &str =
    "activity,title,date,kind\nA1,Fair,2026-10-01,programme\nA2,Visit,2026-11-05,employer-encounter\n";
const PARTICIPATION: &str = "activity,learner,status\nA1,L1,\nA1,L2,Absent\nA2,L1,invited\n";

fn options() -> Options<'static> {
    Options { as_of: date(2027, 1, 15), known: KNOWN, good_rows_alone: false }
}

fn files<'a>(changed: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a [u8])> {
    let mut files = vec![
        ("institution.toml", INSTITUTION.as_bytes()),
        ("learners.csv", LEARNERS.as_bytes()),
        ("activities.csv", ACTIVITIES.as_bytes()),
        ("participation.csv", PARTICIPATION.as_bytes()),
    ];
    for (name, text) in changed {
        files.retain(|(file, _)| file != name);
        files.push((name, text.as_bytes()));
    }
    files
}

fn read(changed: &[(&str, &str)]) -> Reading {
    folder::read(files(changed), &options())
}

/// Each problem as "file line column code".
fn told(problems: &[exchange::problem::Problem]) -> Vec<String> {
    problems
        .iter()
        .map(|p| {
            let code = serde_json::to_value(&p.code).unwrap()["code"].as_str().unwrap().to_owned();
            let line = p.place.line.map(|line| line.to_string()).unwrap_or_default();
            format!("{} {line} {} {code}", p.place.file, p.place.column.as_deref().unwrap_or_default())
        })
        .collect()
}

#[test]
fn a_small_folder_becomes_records() {
    let reading = read(&[]);
    assert_eq!((told(&reading.problems), told(&reading.findings), told(&reading.notes)), Default::default());
    let records = reading.records.unwrap();
    assert_eq!(reading.year_groups_of, AcademicYear::starting(2026));
    assert_eq!(records.learners.len(), 2);
    assert_eq!(records.learners[1].joined, date(2024, 9, 3));
    assert_eq!(records.year_records[1].year_group, YearGroup::new(9));
    assert_eq!(records.activities[1].reference, "A2");
    let statuses: Vec<_> = records.participations.iter().map(|p| (p.learner, p.activity.0, p.status)).collect();
    assert_eq!(
        statuses,
        [
            (LearnerIndex(0), 0, ParticipationStatus::Attended),
            (LearnerIndex(0), 1, ParticipationStatus::Invited),
            (LearnerIndex(1), 0, ParticipationStatus::Absent),
        ]
    );
}

#[test]
fn every_problem_of_every_file_is_told_at_once() {
    let reading = read(&[
        ("institution.toml", "name = \"F\"\ntype = \"school\"\nlowest-year = 7\nhighest-year = 13\n"),
        (
            "learners.csv",
            "learner,forename,surname,date-of-birth,year-group,joined,left,sen\n\
             L1,Ada,Quillfeather,2013-10-02,9,2024-09-03,,\n\
             L1,Ada,Quillfeather,2013-10-02,9,2024-09-03,,\n\
             ,Cy,Umberleigh,30/02/2014,fish,2024-09-03,,\n\
             L4,,Vole,2014-01-20,15,2024-09-03,2024-09-01,Z\n\
             L5,Di,Wren,2014-01-20,9,2024-09-03,,K,extra\n",
        ),
        ("activities.csv", "activity,title,date,kind,hours\nA1,Fair,2026-10-01,party,-2\nA1,Fair,,programme,two\n"),
        ("participation.csv", "activity,learner,status\nA1,L1,came\nA9,L9,\nA1,L5,\n"),
    ]);
    assert!(reading.records.is_none());
    assert_eq!(
        told(&reading.problems),
        [
            "institution.toml 2 type unknown-word",
            "learners.csv 3 learner repeated",
            "learners.csv 4 learner missing",
            "learners.csv 4 date-of-birth not-a-date",
            "learners.csv 4 year-group not-a-year-group",
            "learners.csv 5 forename missing",
            "learners.csv 5 sen unknown-word",
            "learners.csv 5 left left-before-joined",
            "learners.csv 5 year-group year-group-outside",
            "learners.csv 6  too-many-cells",
            "activities.csv 2 kind unknown-word",
            "activities.csv 2 hours negative-hours",
            "activities.csv 3 activity repeated",
            "activities.csv 3 date missing",
            "activities.csv 3 hours not-hours",
            "participation.csv 2 status unknown-word",
            "participation.csv 3 activity unknown",
            "participation.csv 3 learner unknown",
        ]
    );
    assert!(reading.problems.iter().all(|p| !p.message().is_empty() && !p.remedy().is_empty()));
    assert_eq!(reading.problems[1].code, Code::Repeated { thing: Thing::Learner, first_line: 2 });
}

#[test]
fn the_good_rows_alone_can_be_taken() {
    let files = files(&[(
        "participation.csv",
        "activity,learner,status\nA1,L1,\nA1,L2,attended\nA1,L2,absent\nA2,L2,\nA2,L2,attended\nA9,L1,\n",
    )]);
    let reading = folder::read(files, &Options { good_rows_alone: true, ..options() });
    assert_eq!(
        told(&reading.problems),
        ["participation.csv 4 status contradicts", "participation.csv 7 activity unknown"]
    );
    assert_eq!(told(&reading.findings), ["participation.csv 6 status same-again"]);
    let taken = reading.records.unwrap().participations;
    // Of two rows that contradict each other neither is taken.
    assert_eq!(taken.iter().map(|p| (p.learner.0, p.activity.0)).collect::<Vec<_>>(), [(0, 0), (1, 1)]);
}

#[test]
fn what_is_probably_wrong_is_found_and_taken() {
    let reading = read(&[
        (
            "learners.csv",
            "learner,upn,uln,forename,surname,date-of-birth,year-group,joined\n\
             L1,A801200005001,1000000018,Ada,Quillfeather,2010-08-31,9,2026-10-02\n\
             L2,r201100018042,9999999999,Bo,Thistlewick,2016-08-31,9,2024-09-03\n\
             L3,B801200005001,,Cy,Umberleigh,2016-09-01,6,2024-09-03\n",
        ),
        ("participation.csv", "activity,learner\nA1,L1\nA2,L1\nA1,L3\n"),
    ]);
    assert_eq!(told(&reading.problems), Vec::<String>::new());
    assert_eq!(
        told(&reading.findings),
        [
            "learners.csv 2 upn upn-check-letter",
            "learners.csv 2 uln uln-check-digit",
            // Year 9 in 2026/27 is usually born from September 2012 to August 2013.
            "learners.csv 2 date-of-birth birth-and-year-group",
            "learners.csv 3 date-of-birth birth-and-year-group",
            "learners.csv 4 year-group below-year-seven",
            "participation.csv 2 learner before-joining",
        ]
    );
    assert_eq!(told(&reading.notes), ["participation.csv   rows-left-out"]);
    let records = reading.records.unwrap();
    assert_eq!((records.learners.len(), records.participations.len()), (2, 2));
    assert_eq!(records.learners[1].upn.as_deref(), Some("R201100018042"));
}

#[test]
fn year_groups_win_for_their_year_and_contradictions_are_told() {
    let reading = read(&[(
        "year-groups.csv",
        "learner,academic-year,year-group\nL1,2026/27,Year 8\nL1,2025/26,8\nL2,2025/26,8\nL2,2025/26,8\nL9,2025/26,8\nL2,2025,8\n",
    )]);
    assert_eq!(
        told(&reading.problems),
        ["year-groups.csv 6 learner unknown", "year-groups.csv 7 academic-year not-an-academic-year"]
    );
    assert_eq!(told(&reading.findings), ["year-groups.csv 5 year-group same-again"]);
    let reading =
        read(&[("year-groups.csv", "learner,academic-year,year-group\nL1,2026/27,8\nL1,2025/26,8\nL2,2026/27,9\n")]);
    let years: Vec<_> = reading
        .records
        .unwrap()
        .year_records
        .iter()
        .map(|r| (r.learner.0, r.academic_year.start(), r.year_group.number()))
        .collect();
    assert_eq!(years, [(0, 2026, 8), (1, 2026, 9), (0, 2025, 8)]);
}

#[test]
fn a_leaver_is_recorded_for_the_year_of_the_last_day() {
    let learners = LEARNERS.replace("9,2024-09-03,\n", "9,2024-09-03,2026-08-26\n");
    let with_early_day = format!("{INSTITUTION}[first-days]\n2026 = \"2026-08-27\"\n");
    let year = |institution: &str| {
        let reading = read(&[("learners.csv", &learners), ("institution.toml", institution)]);
        reading.records.unwrap().year_records[0].academic_year.start()
    };
    assert_eq!(year(INSTITUTION), 2025);
    assert_eq!(year(&with_early_day), 2025);
    // With the years of a file that is a year old, the learner was still there.
    assert_eq!(
        year(&INSTITUTION.replace("highest-year = 13\n", "highest-year = 13\nyear-groups-of = \"2025/26\"\n")),
        2025
    );
}

#[test]
fn adaptations_and_reviews_are_checked() {
    let reading = read(&[
        (
            "adaptations.csv",
            "learner,requirement,adaptation,count,reason,person\n\
             L1,BM6.1,Count,1,One long placement,A. Person\n\
             L1,bm6.1,out,,Ill,A. Person\n\
             L2,bm6.1,count,,Why,A. Person\n\
             L2,bm9.9,out,,Why,A. Person\n\
             L2,pal.first,count,1,Why,A. Person\n\
             L2,pal.first,out,,,A. Person\n",
        ),
        (
            "reviews.csv",
            "learner,date,preparing-for-adulthood\nL1,2026-11-01,\nL1,31/11/2026,Yes\nL7,2026-11-01,perhaps\n",
        ),
    ]);
    assert_eq!(
        told(&reading.problems),
        [
            "reviews.csv 3 date not-a-date",
            "reviews.csv 4 preparing-for-adulthood not-yes-no",
            "reviews.csv 4 learner unknown",
            "adaptations.csv 3 adaptation contradicts",
            "adaptations.csv 4 count missing",
            "adaptations.csv 5 requirement unknown-requirement",
            "adaptations.csv 7 reason missing",
        ]
    );
    assert_eq!(told(&reading.findings), ["adaptations.csv 6 adaptation count-not-adaptable"]);
}

#[test]
fn the_institution_is_read_key_by_key() {
    let told_of = |toml: &str| {
        let reading = read(&[("institution.toml", toml)]);
        (told(&reading.problems), told(&reading.notes))
    };
    let (problems, notes) = told_of(
        "name = \"F\"\ntype = \"Academy\"\nlowest-year = \"Y7\"\nhighest-year = 19\nurn = 123456\ncolour = \"red\"\n\
         [subjects]\n\"seven\" = [\"Art\"]\n\"8\" = \"Art\"\n[first-days]\n2026 = \"2026-09-02\"\n2027 = 2027-08-30\n[parameters]\nbm6-by-16 = 0\nbm6 = 1\nvirtual-alone-counts = true\n",
    );
    assert_eq!(
        problems,
        [
            "institution.toml 4 highest-year wrong-value",
            "institution.toml 5 urn wrong-value",
            "institution.toml 8 subjects.seven not-a-year-group",
            "institution.toml 9 subjects.8 wrong-value",
            "institution.toml 11 first-days.2026 first-day",
            "institution.toml 14 parameters.bm6-by-16 wrong-value",
            "institution.toml 15 parameters.bm6 unknown-parameter",
        ]
    );
    assert_eq!(notes, ["institution.toml 6 colour unknown-key"]);
    assert_eq!(told_of("name = \"F\ntype = 1\n").0[0], "institution.toml 1  not-toml");
    let files = files(&[])
        .into_iter()
        .filter(|(name, _)| *name != "institution.toml")
        .chain([("institution.toml", &b"name = \"\xE9\""[..])]);
    assert_eq!(told(&folder::read(files, &options()).problems), ["institution.toml   not-utf8"]);
}

#[test]
fn files_of_another_kind_say_so() {
    let zip: &[u8] = b"PK\x03\x04.... xl/workbook.xml";
    let files = files(&[("activities.csv", "a;b\n"), ("participation.csv", "")])
        .into_iter()
        .filter(|(name, _)| *name != "learners.csv")
        .chain([("learners.csv", zip), ("readme.txt", b"hello")]);
    let reading = folder::read(files, &options());
    assert_eq!(
        told(&reading.problems),
        ["learners.csv   wrong-kind", "activities.csv 1  wrong-separator", "participation.csv   nothing-in-it"]
    );
    assert_eq!(told(&reading.notes), ["readme.txt   file-ignored"]);
    assert!(folder::read(Vec::<(&str, &[u8])>::new(), &options()).problems.iter().all(|p| p.code == Code::FileMissing));
}

#[test]
fn a_file_that_cannot_be_read_is_told_once_and_not_again_with_each_reference() {
    let others = [
        ("year-groups.csv", "learner,academic-year,year-group\nL1,2025/26,8\n"),
        ("reviews.csv", "learner,date\nL1,2026-11-01\n,2026-11-02\n"),
        ("adaptations.csv", "learner,requirement,adaptation,reason,person\nL1,pal.first,out,Ill,A. Person\n"),
    ];
    let told_with = |left_out: &str, instead: Option<&'static [u8]>| {
        let files = files(&others).into_iter().filter(|(name, _)| *name != left_out);
        let reading = folder::read(files.chain(instead.map(|bytes| (left_out, bytes))), &options());
        assert!(reading.records.is_none());
        told(&reading.problems)
    };
    // What else is wrong in the other files is told.
    let blank = "reviews.csv 3 learner missing";
    assert_eq!(told_with("learners.csv", None), ["learners.csv   file-missing", blank]);
    assert_eq!(told_with("learners.csv", Some(b"")), ["learners.csv   nothing-in-it", blank]);
    assert_eq!(told_with("learners.csv", Some(b"%PDF-1.7")), ["learners.csv   wrong-kind", blank]);
    assert_eq!(told_with("activities.csv", None), ["activities.csv   file-missing", blank]);
    assert_eq!(told_with("activities.csv", Some(b"%PDF-1.7")), ["activities.csv   wrong-kind", blank]);
    let cut_short = b"activity,title,date,kind\nA1,Fair,2026-10-01,programme\nA2,\"Visit,2026-11-05\n";
    assert_eq!(told_with("activities.csv", Some(cut_short)), ["activities.csv 3  quote-not-closed", blank]);
}

#[test]
fn a_transfer_file_can_stand_for_the_learners() {
    let pupil = |upn: &str, forename: &str, year: &str| {
        format!(
            "<Pupil><UPN>{upn}</UPN><Surname>Quillfeather</Surname><Forename>{forename}</Forename><DOB>2013-10-02</DOB>\
             <Sex>F</Sex><BasicDetails><NCyearActual>{year}</NCyearActual></BasicDetails></Pupil>"
        )
    };
    let xml = format!(
        "<?xml version=\"1.0\"?><CTfile><Header><DocumentQualifier>full</DocumentQualifier></Header><CTFpupilData>{}{}{}</CTFpupilData></CTfile>",
        pupil("R201100018042", "Ada", "9"),
        pupil("B801200005001", "Bo", "6"),
        pupil("R674123101121", "Cy", "X"),
    );
    let files = files(&[
        ("intake.xml", &xml),
        ("participation.csv", "activity,learner\nA1,R201100018042\nA1,B801200005001\nA1,R674123101121\n"),
    ])
    .into_iter()
    .filter(|(name, _)| *name != "learners.csv");
    let reading = folder::read(files, &Options { good_rows_alone: true, ..options() });
    assert_eq!(reading.problems.len(), 1, "{:?}", told(&reading.problems));
    let records = reading.records.unwrap();
    assert_eq!((records.learners.len(), records.participations.len()), (1, 1));
    // No date of entry: taken to have joined in year 7.
    assert_eq!(records.learners[0].joined, date(2024, 9, 1));
}
