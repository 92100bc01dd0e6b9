//! The demo's institutions as folders of files: written, read back without a complaint, and found to be the same.

use domain::{Date, Records};
use exchange::folder::{Known, KnownRequirement, Options, read, write, year_groups_of};
use rules::{Facts, RULEBOOK_FILES, Rulebook, evaluate};

fn rulebook() -> Rulebook {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rulebook");
    let file =
        |path: &&str| (path.to_string(), std::fs::read_to_string(folder.join(path)).expect("the rulebook is there"));
    Rulebook::load(&RULEBOOK_FILES.iter().map(file).collect::<Vec<_>>()).expect("the rulebook has no faults")
}

fn through_a_folder(rulebook: &Rulebook, records: &Records) -> Records {
    let files = write(records, year_groups_of(records).expect("there are learners"));
    let requirements: Vec<KnownRequirement<'_>> = rulebook
        .packs()
        .iter()
        .flat_map(|pack| &pack.requirements)
        .map(|requirement| KnownRequirement {
            id: &requirement.id,
            countable: !requirement.id.starts_with("pal.")
                && !["bm4.1", "bm5.1.all", "ehcp.pfa"].contains(&requirement.id.as_str()),
        })
        .collect();
    let known = Known { requirements: &requirements, parameters: &[] };
    let reading = read(files, &Options { as_of: demo::AS_OF, known, good_rows_alone: false });
    assert!(reading.problems.is_empty(), "{}: {:?}", records.institution.name, &reading.problems[..1]);
    reading.records.expect("a folder without problems has records")
}

#[test]
fn what_is_written_as_a_folder_reads_back_to_the_same_findings() {
    let rulebook = rulebook();
    for records in [demo::academy(), demo::special_school(), demo::college()] {
        let again = through_a_folder(&rulebook, &records);
        assert_eq!(again.learners.len(), records.learners.len());
        assert_eq!(again.activities.len(), records.activities.len());
        assert_eq!(again.participations.len(), records.participations.len());
        for as_of in [demo::AS_OF, Date::constant(2027, 3, 15), Date::constant(2025, 1, 20), Date::constant(2022, 5, 2)]
        {
            let pack = rulebook.framework(records.institution.kind, as_of);
            let (before, after) =
                (evaluate(pack, &Facts::new(&records), as_of), evaluate(pack, &Facts::new(&again), as_of));
            assert!(before == after, "{} on {as_of}", records.institution.name);
        }
    }
}
