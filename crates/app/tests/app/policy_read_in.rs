//! An existing policy, read in beside a draft, and its parts put into clauses or set aside.

use app::{Error, PassageForm, PassageState, PassageTakenBack, PolicyPassage, Refusal, Role};
use documents::{Document, Section};
use domain::PolicyId;
use jiff::civil::date;
use policy::{Paper, Provenance};

use crate::harness::{School, World, on_both_engines, year_nine};

fn passages(school: &School<'_>, id: PolicyId) -> Vec<PolicyPassage> {
    let page = school.app.policy_read_in(&school.leader, school.today(), id).unwrap();
    page.passages.into_iter().map(|row| row.passage).collect()
}

/// What a clause of the draft says now.
fn text(school: &School<'_>, id: PolicyId, key: &str) -> String {
    let page = school.app.policy(&school.leader, school.today(), id).unwrap();
    let mut clauses = page.sections.into_iter().flat_map(|section| section.clauses);
    clauses.find(|row| row.clause.key == key).unwrap().clause.text.unwrap_or_default()
}

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
        let page = app.policy_read_in(leader, school.today(), id).unwrap();
        assert_eq!(page.passages.len(), parts);
        let alike = page.passages.iter().find(|row| row.passage.clause.as_deref() == Some(key.as_str())).unwrap();
        assert!(places > 0 && alike.sureness.is_some() && alike.likely[0] == key);
        let parking = page.passages.iter().find(|row| row.passage.heading.as_deref() == Some("Parking")).unwrap();
        assert_eq!((parking.passage.clause.as_deref(), parking.sureness), (None, None), "what has no place is told plainly");
        let (alike, parking) = (alike.passage.position, parking.passage.position);
        let earlier = |key: &str| {
            let page = app.policy(leader, school.today(), id).unwrap();
            let mut rows = page.sections.into_iter().flat_map(|section| section.clauses);
            (rows.find(|row| row.clause.key == key).unwrap().earlier, page.earlier)
        };
        assert_eq!(earlier(&key), (1, Some((0, parts))));
        let before = text(&school, id, &key);
        let state = |position: i32| passages(&school, id)[position as usize].state;

        let form = PassageForm { clause: key.clone(), keeps_ours: false, with_heading: true };
        app.place_passage(leader, school.id, id, parking, &form).unwrap();
        let now = text(&school, id, &key);
        assert!(now.contains("### Parking") && now.contains("behind the gym"), "{now}");
        let twice = app.place_passage(leader, school.id, id, parking, &form);
        assert!(matches!(twice, Err(Error::Refusal(Refusal::Conflict(_)))), "{twice:?}");
        let aside = app.set_passage_aside(leader, school.id, id, parking);
        assert!(matches!(aside, Err(Error::Refusal(Refusal::Conflict(_)))), "its words stand in a clause: {aside:?}");

        // One step takes it back, words and all; undoing that puts it there again, and undoing once more takes it out.
        let PassageTakenBack::Out(change) = app.take_passage_back(leader, school.id, id, parking).unwrap() else {
            panic!("its words are out")
        };
        assert_eq!((text(&school, id, &key), state(parking)), (before.clone(), PassageState::Open));
        assert_eq!(passages(&school, id)[parking as usize].clause, None, "it is not suggested for where it was");
        let form = PassageForm { with_heading: false, ..form };
        app.place_passage(leader, school.id, id, parking, &form).unwrap();
        let stale = app.undo_policy_change(leader, school.id, id, change);
        assert!(matches!(stale, Err(Error::Refusal(Refusal::Conflict(_)))), "{stale:?}");

        // Another part comes after it: each goes by itself.
        app.place_passage(leader, school.id, id, alike, &PassageForm { clause: key.clone(), ..Default::default() }).unwrap();
        assert_eq!(earlier(&key), (0, Some((2, parts))));
        assert!(matches!(app.take_passage_back(leader, school.id, id, parking), Ok(PassageTakenBack::Out(_))));
        assert!(!text(&school, id, &key).contains("gym") && state(alike) == PassageState::Placed);
        assert!(matches!(app.take_passage_back(leader, school.id, id, alike), Ok(PassageTakenBack::Out(_))));
        assert_eq!(text(&school, id, &key), before);

        app.set_passage_aside(leader, school.id, id, parking).unwrap();
        assert_eq!(state(parking), PassageState::Aside);
        assert_eq!(app.take_passage_back(leader, school.id, id, parking).unwrap(), PassageTakenBack::Open);
        assert_eq!(state(parking), PassageState::Open);
        let nowhere = PassageForm { clause: "nowhere".into(), ..PassageForm::default() };
        let refused = app.place_passage(leader, school.id, id, parking, &nowhere);
        assert!(matches!(refused, Err(Error::Problems(_))), "{refused:?}");
    }

    fn undoing_the_change_of_a_clause_opens_the_part_again_and_words_that_were_changed_stay(world: &World) {
        let school = world.school(&year_nine(1));
        let (app, leader) = (&world.app, &school.leader);
        let id = app.begin_policy(leader, school.id, Paper::CareersPolicy).unwrap();
        app.read_in_policy(leader, school.id, id, &earlier("Aims", "We aim high.")).unwrap();
        let page = app.policy_read_in(leader, school.today(), id).unwrap();
        let part = page.passages.iter().find(|row| row.passage.text == "We aim high.").unwrap().passage.position;
        let state = || passages(&school, id)[part as usize].state;
        let free = page.clauses.iter().find(|clause| clause.provenance == Provenance::Recommended).unwrap();
        let form = PassageForm { clause: free.key.clone(), keeps_ours: true, with_heading: false };
        let change = app.place_passage(leader, school.id, id, part, &form).unwrap();
        let both = text(&school, id, &free.key);
        assert!(both.ends_with("We aim high.") && both.len() > 20, "ours stays before it: {both}");
        let back = app.undo_policy_change(leader, school.id, id, change).unwrap();
        assert_eq!(state(), PassageState::Open);
        app.undo_policy_change(leader, school.id, id, back).unwrap();
        assert_eq!(state(), PassageState::Placed);

        let own = app::ClauseForm { mode: "added".into(), text: "We aim higher.".into(), seen: String::new() };
        app.change_clause(leader, school.id, id, &free.key, &own).unwrap();
        assert_eq!(app.take_passage_back(leader, school.id, id, part).unwrap(), PassageTakenBack::WordsStay);
        assert!(text(&school, id, &free.key).ends_with("We aim higher."));
        assert_eq!(state(), PassageState::Open);
    }

    fn saved_web_pages_and_pdf_files_are_read_as_well(world: &World) {
        let school = world.school(&year_nine(1));
        let (app, leader) = (&world.app, &school.leader);
        let id = app.begin_policy(leader, school.id, Paper::CareersPolicy).unwrap();
        let document = Document::new("Careers policy", date(2024, 9, 1))
            .section(Section::new("Parking").paragraph("Visitors leave their cars behind the gym."));
        let page = "<!doctype html><html><body><h2>Parking</h2><p>Visitors leave their cars behind the gym.</p></body></html>";
        for file in [page.as_bytes().to_vec(), documents::pdf::write(&document).unwrap()] {
            app.read_in_policy(leader, school.id, id, &file).unwrap();
            let read = passages(&school, id);
            assert!(read.iter().any(|part| part.text.contains("behind the gym")), "{read:?}");
        }
    }

    fn what_is_no_word_document_is_a_problem_of_the_field_and_loses_nothing(world: &World) {
        let school = world.school(&year_nine(1));
        let (app, leader) = (&world.app, &school.leader);
        let id = app.begin_policy(leader, school.id, Paper::CareersPolicy).unwrap();
        app.read_in_policy(leader, school.id, id, &earlier("Aims", "We aim high.")).unwrap();
        let kept = passages(&school, id);
        // One that unpacks to far more than it should, made as bombs are: the same again and again.
        let bomb = earlier("Aims", &" x".repeat(36_000_000));
        assert!(bomb.len() < 1_000_000, "it is small: {}", bomb.len());
        let refused = app.read_in_policy(leader, school.id, id, &bomb);
        assert!(matches!(&refused, Err(Error::Problems(problems)) if problems[0].message.contains("unpacks")), "{refused:?}");
        for file in [&b""[..], b"%PDF-1.7", b"words", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"] {
            let refused = app.read_in_policy(leader, school.id, id, file);
            assert!(matches!(&refused, Err(Error::Problems(_))), "{refused:?}");
        }
        assert_eq!(passages(&school, id), kept);
        let nothing = app.read_in_policy(leader, school.id, PolicyId(7), &earlier("Aims", "We aim high."));
        assert!(matches!(nothing, Err(Error::Refusal(Refusal::NotFound))), "{nothing:?}");
        let governor = world.person(school.id, "Gov Ernor", Role::Governor);
        let refused = app.policy_read_in(&governor, school.today(), id);
        assert!(matches!(refused, Err(Error::Refusal(Refusal::NotAllowed))), "{refused:?}");
    }
}
