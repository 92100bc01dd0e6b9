//! A roster of 1,500 learners, read with every check and planned against what is stored.

use std::{collections::BTreeMap, fmt::Write};

use domain::{AcademicYear, Calendar, LearnerId, YearGroup};
use exchange::{
    ctf,
    plan::{Existing, Options, Step, plan},
};

use crate::{
    generator::{AS_OF, NOW},
    meter::{measure, median, say},
};

const LEARNERS: usize = 1500;

pub(crate) fn run() -> Result<(), String> {
    let options = Options {
        as_of: AS_OF,
        academic_year: AcademicYear::starting(NOW),
        calendar: Calendar::default(),
        years: (YearGroup::new(7), YearGroup::new(13)),
        leavers_threshold: None,
    };
    // What the first file brings is what the school holds when the second comes: some have changed, some are new.
    let first = ctf::read(transfer_file(0).as_bytes(), "first.xml");
    let mut existing = Vec::new();
    for row in plan(&[], &first, &options).rows {
        let Step::Join { draft } = row.step else { continue };
        let Some((learner, year, group)) = draft.learner() else { continue };
        let id = LearnerId(existing.len() as i64 + 1);
        let year_groups = BTreeMap::from([(year, group)]);
        existing.push(Existing { id, learner, former_upns: Vec::new(), year_groups });
    }
    let second = transfer_file(20);
    let (mut reads, mut plans, mut counts) = (Vec::new(), Vec::new(), None);
    for _ in 0..15 {
        let (roster, read) = measure(|| ctf::read(second.as_bytes(), "second.xml"));
        let (planned, taken) = measure(|| plan(&existing, &roster, &options));
        reads.push(read);
        plans.push(taken);
        counts = Some(planned.counts());
    }
    println!(
        "transfer file of {LEARNERS} learners, {} kB, against {} held: {counts:?}",
        second.len() / 1024,
        existing.len()
    );
    for (name, runs) in [("read and checked", reads), ("planned", plans)] {
        say(name, median(runs));
    }
    Ok(())
}

/// A Common Transfer File of learners numbered from `from` on; every seventh has another surname in each file.
fn transfer_file(from: usize) -> String {
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<CTfile><Header><DocumentName>Common Transfer File</DocumentName>\
         <CTFversion>26.0</CTFversion><DocumentQualifier>full</DocumentQualifier><SourceSchool><LEA>000</LEA>\
         <Estab>9901</Estab><AcademicYear>2026</AcademicYear></SourceSchool><DestSchool><LEA>000</LEA><Estab>9901</Estab>\
         </DestSchool></Header><CTFpupilData>\n",
    );
    for number in from..from + LEARNERS {
        let year_group = 7 + number % 7;
        let surname =
            if number.is_multiple_of(7) { format!("Surname{number}-{from}") } else { format!("Surname{number}") };
        let _ = writeln!(
            text,
            "<Pupil><UPN>A00099{number:07}</UPN><Surname>{surname}</Surname><Forename>Forename{number}</Forename>\
             <DOB>{}-0{}-1{}</DOB><Sex>{}</Sex><BasicDetails><NCyearActual>{year_group}</NCyearActual></BasicDetails>\
             <SENhistory><SEN><StartDate>2022-09-01</StartDate><SENprovision>N</SENprovision></SEN></SENhistory></Pupil>",
            2026 - 5 - year_group,
            1 + number % 8,
            number % 10,
            if number.is_multiple_of(2) { "F" } else { "M" },
        );
    }
    text.push_str("</CTFpupilData></CTfile>\n");
    text
}
