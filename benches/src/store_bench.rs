//! From a cold SQLite file to all findings of a school.

use std::{path::Path, process::Command};

use domain::{ActivityId, InstitutionId, InstitutionType, LearnerId};
use jiff::Timestamp;
use rules::{Facts, evaluate};
use store::{Error, Store, audit::Event};

use crate::{
    generator::{AS_OF, records},
    meter::{Taken, measure, median, say},
    rules_bench::rulebook,
};

const INSTITUTION: InstitutionId = InstitutionId(1);

pub(crate) fn run() -> Result<(), String> {
    measured().map_err(|error| error.to_string())
}

fn measured() -> Result<(), Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("school.db");
    let address = format!("sqlite:{}", file.display());
    let records = records(0);
    let ids: Vec<i64> = (1..=records.learners.len().max(records.activities.len()) as i64).collect();
    let learners: Vec<LearnerId> = ids[..records.learners.len()].iter().copied().map(LearnerId).collect();
    let activities: Vec<ActivityId> = ids[..records.activities.len()].iter().copied().map(ActivityId).collect();
    let at = Timestamp::UNIX_EPOCH;
    let event = Event {
        id: 1,
        at,
        account: None,
        action: "institution.added".to_owned(),
        subject_kind: "institution".to_owned(),
        subject_id: None,
        payload: "{}".to_owned(),
        reach: None,
        details: Vec::new(),
    };
    {
        let store = Store::open(&address)?;
        store.migrate()?;
        let (written, taken) = measure(|| {
            store.write(INSTITUTION, |tx| -> Result<(), Error> {
                store::institution::insert(tx, INSTITUTION, &records.institution, at)?;
                store::records::insert_all(tx, INSTITUTION, &records, &learners, &activities)?;
                store::audit::record(tx, INSTITUTION, &event)
            })
        });
        written?;
        say(&format!("write {} participations", records.participations.len()), taken);
    }
    let rulebook = rulebook()?;
    let pack = rulebook.framework(InstitutionType::Academy, AS_OF);
    for (name, cold) in [("cold", true), ("warm", false)] {
        let mut runs: [Vec<Taken>; 4] = Default::default();
        for _ in 0..9 {
            if cold {
                forget(&file)?;
            }
            let (store, opened) = measure(|| Store::open(&address));
            let store = store?;
            let (loaded, read) = measure(|| store.read(INSTITUTION, |tx| store::records::load(tx, INSTITUTION)));
            let loaded = loaded?;
            let (facts, gathered) = measure(|| Facts::new(&loaded.records));
            let (_, evaluated) = measure(|| evaluate(pack, &facts, AS_OF));
            for (runs, taken) in runs.iter_mut().zip([opened, read, gathered, evaluated]) {
                runs.push(taken);
            }
        }
        let parts = runs.map(median);
        for (part, taken) in ["open", "read records", "gather facts", "evaluate"].iter().zip(parts) {
            say(&format!("{name}: {part}"), taken);
        }
        say(&format!("{name}: together"), parts.into_iter().fold(Taken::default(), Taken::plus));
    }
    Ok(())
}

/// Asks the system to drop the file from its cache, so that it is read from the disk again.
fn forget(file: &Path) -> std::io::Result<()> {
    let input = format!("if={}", file.display());
    Command::new("dd").args([&input, "iflag=nocache", "count=0", "status=none"]).status().map(drop)
}
