//! An existing policy, read in beside a draft, and its parts put into clauses or set aside.

use app::{Error, PassageForm, PassageState, Refusal, Role};
use documents::{Document, Section};
use domain::PolicyId;
use jiff::civil::date;
use policy::{Paper, Provenance};

use crate::harness::{World, on_both_engines, year_nine};

/// A Word document with this heading over this text, and one about something else.
fn earlier(heading: &str, text: &str) -> Vec<u8> {
    let document = Document::new("Careers policy", date(2024, 9, 1))
        .section(Section::new(heading).paragraph(text))
        .section(Section::new("Parking").paragraph("Visitors leave their cars behind the gym."));
    documents::docx::write(&document)
}

on_both_engines! {
    fn parts_are_kept_put_into_clauses_and_taken_back(world: &World) {
        let school = world.school(&year_nine(1));
        let (app, leader) = (&world.app, &school.leader);
        let id = app.begin_policy(leader, school.id, Paper::CareersPolicy).unwrap();
        let page = app.policy(leader, school.today(), id).unwrap();
        let mut rows = page.sections.iter().flat_map(|section| section.clauses.iter().map(move |row| (section, row)));
        let (section, row) = rows.find(|(_, row)| row.clause.provenance != Provenance::Statutory).unwrap();
        let key = row.clause.key.clone();
        let file = earlier(&section.heading, &row.clause.wording);
        let (parts, places) = app.read_in_policy(leader, school.id, id, &file).unwrap();
        let passages = app.policy_passages(leader, school.id, id).unwrap();
        assert_eq!(passages.len(), parts);
        assert!(places > 0 && passages.iter().any(|passage| passage.clause.as_deref() == Some(key.as_str())));
        let parking = passages.iter().find(|passage| passage.heading.as_deref() == Some("Parking")).unwrap();
        assert_eq!((parking.clause.as_deref(), parking.state), (None, PassageState::Open));
        let text = |key: &str| app.policy(leader, school.today(), id).unwrap().sections.into_iter()
            .flat_map(|section| section.clauses).find(|row| row.clause.key == key).unwrap().clause.text.unwrap_or_default();
        let before = text(&key);

        let form = PassageForm { clause: key.clone(), keeps_ours: false, with_heading: true };
        let change = app.place_passage(leader, school.id, id, parking.position, &form).unwrap();
        assert!(text(&key).contains("### Parking") && text(&key).contains("behind the gym"), "{}", text(&key));
        let twice = app.place_passage(leader, school.id, id, parking.position, &form);
        assert!(matches!(twice, Err(Error::Refusal(Refusal::Conflict(_)))), "{twice:?}");
        app.undo_policy_change(leader, school.id, id, change).unwrap();
        app.settle_passage(leader, school.id, id, parking.position, false).unwrap();
        assert_eq!(text(&key), before);

        app.settle_passage(leader, school.id, id, parking.position, true).unwrap();
        let state = app.policy_passages(leader, school.id, id).unwrap()[parking.position as usize].state;
        assert_eq!(state, PassageState::Aside);
        let nowhere = PassageForm { clause: "nowhere".into(), ..PassageForm::default() };
        let refused = app.place_passage(leader, school.id, id, parking.position, &nowhere);
        assert!(matches!(refused, Err(Error::Problems(_))), "{refused:?}");
    }

    fn what_is_no_word_document_is_a_problem_of_the_field_and_loses_nothing(world: &World) {
        let school = world.school(&year_nine(1));
        let (app, leader) = (&world.app, &school.leader);
        let id = app.begin_policy(leader, school.id, Paper::CareersPolicy).unwrap();
        app.read_in_policy(leader, school.id, id, &earlier("Aims", "We aim high.")).unwrap();
        let kept = app.policy_passages(leader, school.id, id).unwrap();
        for file in [&b""[..], b"%PDF-1.7", b"words", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"] {
            let refused = app.read_in_policy(leader, school.id, id, file);
            assert!(matches!(&refused, Err(Error::Problems(_))), "{refused:?}");
        }
        assert_eq!(app.policy_passages(leader, school.id, id).unwrap(), kept);
        let nothing = app.read_in_policy(leader, school.id, PolicyId(7), &earlier("Aims", "We aim high."));
        assert!(matches!(nothing, Err(Error::Refusal(Refusal::NotFound))), "{nothing:?}");
        let governor = world.person(school.id, "Gov Ernor", Role::Governor);
        let refused = app.policy_passages(&governor, school.id, id);
        assert!(matches!(refused, Err(Error::Refusal(Refusal::NotAllowed))), "{refused:?}");
    }
}
