//! A copy of everything that is held about one learner.

use app::{Actor, Error, PrivateNotes, ProtectionDocument, Role, SubjectAccessFormat};
use domain::{LearnerId, Records, Sen};
use store::{
    Within, audit,
    rows::{self, Datum},
};

use crate::harness::{School, World, on_both_engines, year_nine};

const SECRET: &str = "spoke about an illness at home";

fn records() -> Records {
    let mut records = year_nine(2);
    records.learners[0].forename = "Quillon".to_owned();
    records.learners[0].surname = "Example".to_owned();
    records.learners[0].sen = Some(Sen::Support);
    records
}

fn the_learner(school: &School<'_>) -> LearnerId {
    let list = school.app.learners(&school.leader, school.today(), &Default::default()).expect("a list");
    list.learners.iter().find(|row| row.name.contains("Quillon")).expect("the learner").id
}

/// A note with a private part, as an adviser writes it.
fn with_a_note(world: &World, school: &School<'_>, learner: LearnerId) {
    let account = school.leader.account().expect("a person").0;
    let row = [
        Datum::Int(school.id.0),
        Datum::Int(learner.0),
        Datum::Int(7),
        Datum::Date(jiff::civil::date(2026, 10, 12)),
        Datum::Text("Look at apprenticeships in engineering".to_owned()),
        Datum::Text(SECRET.to_owned()),
        Datum::Int(account),
        Datum::Timestamp("2026-10-12T10:00:00Z".parse().expect("an instant")),
    ];
    let table = store::catalogue::table("guidance_note").expect("a table");
    let event = audit::Event {
        id: 1,
        at: "2026-10-12T10:00:00Z".parse().expect("an instant"),
        account: Some(school.leader.account().expect("a person")),
        action: "guidance.written".to_owned(),
        subject_kind: "learner".to_owned(),
        subject_id: Some(learner.0),
        payload: "{}".to_owned(),
        reach: Some("careers-leader: whole institution".to_owned()),
        details: Vec::new(),
    };
    let written = world.store.write(Within::each([school.id]), |tx| -> Result<(), store::Error> {
        rows::insert(tx, table, &row)?;
        audit::record(tx, school.id, &event)
    });
    written.expect("a note");
}

fn copy(
    school: &School<'_>,
    who: &Actor,
    private: PrivateNotes,
    format: SubjectAccessFormat,
) -> Result<Vec<u8>, Error> {
    let file = school.app.subject_access(who, school.id, the_learner(school), private, format)?;
    assert!(!file.name.contains("Quillon"), "names travel with files");
    Ok(file.bytes)
}

fn withheld() -> PrivateNotes {
    PrivateNotes::Withhold("It would cause serious harm to somebody".to_owned())
}

on_both_engines! {
    fn a_copy_says_everything_in_plain_words(world: &World) {
        let school = world.school(&records());
        let learner = the_learner(&school);
        with_a_note(world, &school, learner);
        school.app.learner(&school.leader, school.today(), learner).expect("a look, which is noted");
        let document = school
            .app
            .subject_access_document(&school.leader, school.id, learner, withheld())
            .expect("a document");
        assert!(!document.title.contains("Quillon"), "titles travel in metadata");
        let text = documents::text::write(&document).replace("| ", "").split_whitespace().collect::<Vec<_>>().join(" ");
        for says in [
            "Quillon Example",
            "15 January 2013",
            "Special educational needs: support",
            "Meet an engineer",
            "Ashdown Engineering",
            "apprenticeships in engineering",
            "One private note of the adviser is held and is withheld. The reason: It would cause serious harm to somebody.",
            "opened the record",
            "Careers Leader",
            "25 years after birth",
            "ico.org.uk",
            "have what is wrong put right",
        ] {
            assert!(text.contains(says), "{says}: {text}");
        }
        assert!(!text.contains(SECRET));
        let page = school.app.subject_access_page(&school.leader, school.today(), learner).expect("a page");
        assert_eq!((page.private_notes, page.may_include, page.before.len()), (1, false, 0));
    }

    fn private_notes_are_handed_over_or_withheld_by_a_choice_that_is_noted(world: &World) {
        let school = world.school(&records());
        with_a_note(world, &school, the_learner(&school));
        let json = |private| copy(&school, &school.leader, private, SubjectAccessFormat::Json);
        let silent = json(PrivateNotes::Withhold("  ".to_owned()));
        assert!(matches!(&silent, Err(Error::Problems(all)) if all[0].field == "reason"), "{silent:?}");
        // An administrator who may not read private notes cannot get at them this way either.
        let included = json(PrivateNotes::Include);
        assert!(matches!(&included, Err(Error::Problems(all)) if all[0].field == "private_notes"), "{included:?}");
        let without = String::from_utf8(json(withheld()).expect("a file")).expect("text");
        assert!(!without.contains(SECRET) && without.contains("\"withheld\": \"It would cause serious harm"));
        let both = world.person(school.id, "Data Lead", Role::Administrator);
        let adviser = Role::CareersAdviser;
        school
            .app
            .set_roles(&school.leader, school.id, both.account().expect("a person"), &[Role::Administrator.into(), adviser.into()])
            .expect("both roles");
        let both = world.signed_in(school.id, "Data Lead");
        let with = copy(&school, &both, PrivateNotes::Include, SubjectAccessFormat::Json).expect("a file");
        let with = String::from_utf8(with).expect("text");
        assert!(with.contains(SECRET));
        let json: serde_json::Value = serde_json::from_str(&with).expect("JSON");
        assert_eq!(json["format"], "waymark-subject-access");
        assert_eq!(json["guidance"][0]["private"], SECRET);
        assert_eq!(json["records"]["learner"]["rows"][0]["forename"], "Quillon");
        assert_eq!(json["records"]["participation"]["rows"].as_array().map(Vec::len), Some(1));
        // Every table that the register says belongs to a learner by key is in it, with or without rows.
        for table in ["learner_alias", "year_record", "review", "adaptation", "caseload", "invitation", "import_change"] {
            assert!(json["records"][table]["rows"].is_array(), "{table}");
        }
        let before = school.app.subject_access_page(&both, school.today(), the_learner(&school)).expect("a page").before;
        assert_eq!(before.len(), 2, "each copy is noted");
    }

    fn a_copy_is_a_document_for_people_too(world: &World) {
        let school = world.school(&records());
        let bytes = copy(&school, &school.leader, withheld(), SubjectAccessFormat::Pdf).expect("a file");
        assert!(bytes.starts_with(b"%PDF-"));
        let viewer = copy(&school, &school.viewer, withheld(), SubjectAccessFormat::Pdf);
        assert!(matches!(viewer, Err(Error::Refusal(app::Refusal::NotAllowed))));
    }

    fn the_documents_of_the_institution_follow_its_settings(world: &World) {
        let school = world.school(&records());
        let typed = [("learner-record".to_owned(), "27 years".to_owned())].into();
        school.app.set_retention(&school.leader, school.id, &typed).expect("its own term");
        let text = |which| {
            let document = school.app.protection_document(&school.leader, school.id, which).expect("a document");
            documents::text::write(&document).split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let record = text(ProtectionDocument::ProcessingRecord);
        for says in ["27 years", "Private notes of advisers", "careers adviser", "UK GDPR Art 6(1)(e)", "special category"] {
            assert!(record.contains(says), "{says}");
        }
        let assessment = text(ProtectionDocument::ImpactAssessment);
        for says in ["Learners on record: 2", "Age Appropriate Design Code", "Advice of the data protection officer"] {
            assert!(assessment.contains(says), "{says}: {assessment}");
        }
        assert!(school.app.protection_file(&school.leader, school.id, ProtectionDocument::ImpactAssessment).is_ok());
    }
}
