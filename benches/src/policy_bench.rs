//! What people wait for with a policy: both papers composed and checked for each type of institution, and the same from a school's record.

use std::collections::BTreeMap;

use app::{Actor, PolicyFormat, View};
use domain::{Calendar, Institution, InstitutionType, Sector, YearGroup};
use policy::{Choice, ChoiceKind, Edition, Fact, Facts, Paper, Setting, check, compose, diff};

use crate::{
    app_bench::open,
    generator::{AS_OF, records},
    meter::{Taken, measure_often, say},
    rules_bench::wording,
};

/// What composing and checking a paper may take, in milliseconds.
const WISHED: f64 = 50.0;

pub(crate) fn run() -> Result<(), String> {
    let wording = wording()?;
    let edition = wording.current(AS_OF);
    let facts = facts();
    let mut slowest = Taken::default();
    for kind in InstitutionType::ALL {
        let institution = institution(*kind);
        for paper in Paper::ALL {
            let choices = choices(edition, paper);
            let setting = Setting { institution: &institution, facts: &facts, choices: &choices };
            let taken = measure_often(200, || check(&compose(edition, paper, setting), &[], None, AS_OF));
            say(&format!("{kind}: {}", paper.label()), taken);
            if taken.wall > slowest.wall {
                slowest = taken;
            }
        }
    }
    println!("{:<44} {:>9.3} ms; wished: under {WISHED} ms", "the slowest of them", slowest.wall.as_secs_f64() * 1e3);
    let texts: Vec<&str> = edition.clauses().map(|clause| clause.text.as_str()).collect();
    let all = texts.join("\n\n");
    let changed = all.replace("every ", "each ");
    say("all clauses compared with another edition", measure_often(20, || diff::lines(&all, &changed)));
    from_the_record().map_err(|error| error.to_string())
}

/// The same through the application, with what it finds in the record of 1,200 learners.
fn from_the_record() -> Result<(), Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let operator = Actor::operator();
    let app = open(folder.path(), "policy.db")?;
    let institution = app.import_folder(&operator, None, "school", &records(0))?.institution;
    let view = View { institution, as_of: None };
    for paper in Paper::ALL {
        let id = app.begin_policy(&operator, institution, paper)?;
        app.policy(&operator, view, id)?;
        let what = |which: &str| format!("{}: {which}", paper.label());
        say(&what("draft with its checks"), measure_often(20, || app.policy(&operator, view, id).map(drop)));
        say(&what("as a page"), measure_often(20, || app.policy_text(&operator, view, id).map(drop)));
        say(
            &what("as a Word file"),
            measure_often(20, || app.policy_file(&operator, view, id, PolicyFormat::Docx).map(drop)),
        );
    }
    Ok(())
}

/// Every fact known, those on lines of their own at the length of a page.
fn facts() -> Facts {
    let paragraph = "What the school says of this in its own words, at some length and with a [link](https://school.example).\n\n- a point\n- another\n\n";
    let known = |fact: Fact| if fact.is_block() { paragraph.repeat(10) } else { format!("({})", fact.label()) };
    Fact::ALL.iter().map(|fact| (*fact, known(*fact))).collect()
}

/// Own words for every second clause.
fn choices(edition: &Edition, paper: Paper) -> Vec<Choice> {
    let clauses = edition.sections(paper).flat_map(|section| &section.clauses).step_by(2);
    let choice = |clause: &policy::Clause| Choice {
        clause: clause.key.clone(),
        kind: ChoiceKind::Added("Own words of some length, with {careers-leader} in them. ".repeat(20)),
        beneath: clause.text.clone(),
        at: jiff::Timestamp::UNIX_EPOCH,
    };
    clauses.map(choice).collect()
}

fn institution(kind: InstitutionType) -> Institution {
    let (lowest, highest) = match kind.sector() {
        Sector::School => (7, 13),
        Sector::Post16 => (12, 14),
    };
    Institution {
        name: "Bench".into(),
        kind,
        urn: None,
        ukprn: None,
        lowest_year: YearGroup::new(lowest),
        highest_year: YearGroup::new(highest),
        subjects: BTreeMap::new(),
        calendar: Calendar::default(),
        parameters: BTreeMap::new(),
    }
}
