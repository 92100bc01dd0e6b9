use app::Actor;
use domain::Records;
use exchange::folder::{self, Known, Options};
use rules::{Facts, Report};

use crate::harness::{World, on_both_engines, year_nine};

fn read(files: Vec<(String, Vec<u8>)>) -> Records {
    let known = Known { requirements: &[], parameters: &[] };
    let options = Options { as_of: jiff::civil::date(2026, 11, 23), known, good_rows_alone: false };
    let reading = folder::read(files, &options);
    assert!(reading.problems.is_empty(), "{:?}", reading.problems);
    reading.records.unwrap()
}

on_both_engines! {
    fn a_folder_goes_in_and_comes_out_with_the_same_findings(world: &World) {
        let records = year_nine(3);
        let school = world.school(&records);
        let out = read(world.app.export_folder(&school.leader, school.id).unwrap());
        let as_of = jiff::civil::date(2026, 11, 23);
        let pack = world.app.rulebook().framework(records.institution.kind, as_of);
        let report = |records: &Records| Report::new(pack, records, &Facts::new(records), as_of);
        assert_eq!(report(&out), report(&records));
    }

    fn the_same_folder_twice_changes_nothing(world: &World) {
        let records = year_nine(3);
        let school = world.school(&records);
        let again = world.app.import_folder(&Actor::operator(), None, "school", &records).unwrap();
        assert_eq!(again.institution, school.id);
        assert_eq!(again.import, None);
    }

    fn a_folder_that_was_taken_can_be_undone_as_a_whole(world: &World) {
        let school = world.school(&year_nine(3));
        let app = &world.app;
        let before = app.export_folder(&school.leader, school.id).unwrap();
        let mut more = year_nine(5);
        more.learners[0].form = Some("9B".to_owned());
        more.participations.remove(1);
        let taken = app.import_folder(&school.leader, Some(school.id), "more", &more).unwrap();
        assert_eq!(taken.summary.learners, (2, 1));
        assert_ne!(app.export_folder(&school.leader, school.id).unwrap(), before);
        app.undo_import(&school.leader, school.id, taken.import.unwrap()).unwrap();
        assert_eq!(app.export_folder(&school.leader, school.id).unwrap(), before);
    }
}
