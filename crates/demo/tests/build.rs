//! The demo builds in an empty database, through the operations that people use, and again without a change.

use std::path::Path;

use app::{Actor, App, Context, Cost, View};
use domain::InstitutionId;
use rules::{Cases, RULEBOOK_FILES, Rulebook};

fn app(folder: &Path) -> App {
    let rulebook = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rulebook");
    let file =
        |path: &&str| (path.to_string(), std::fs::read_to_string(rulebook.join(path)).expect("the rulebook is there"));
    let files: Vec<_> = RULEBOOK_FILES.iter().map(file).collect();
    let rulebook = Rulebook::load(&files).expect("the rulebook has no faults");
    let cases = Cases::load(&rulebook, &files).expect("nor have its cases");
    let store =
        store::Store::open(&format!("sqlite:{}", folder.join("demo.sqlite").display())).expect("a new file opens");
    store.migrate().expect("it takes the schema");
    let now = "2026-11-23T09:00:00Z".parse().expect("an instant");
    let wording = policy::Wording::load(&testkit::files("wording", policy::WORDING_FILES)).expect("the wording");
    App::new(store, rulebook, cases, wording, Context::fixed(now, 1), Cost::Quick)
}

#[test]
fn the_demo_builds_and_everybody_in_it_signs_in() {
    let folder = tempfile::tempdir().expect("a folder");
    let app = app(folder.path());
    let built = demo::build(&app).expect("the demo builds");
    assert_eq!(built.institutions.len(), 3);
    // One of the three, because this takes a while in a build for tests.
    let again =
        app.import_folder(&Actor::operator(), None, "again", &demo::special_school()).expect("it is taken again");
    assert_eq!((again.institution, again.import), (built.institutions[1].0, None));
    for person in &built.people {
        let session =
            app.sign_in(person.email, demo::PASSWORD, &app::Origin::default()).expect("the password is right");
        let reached = app.session(session.token.reveal()).map(|session| session.actor.grants().len());
        assert!(reached.is_ok_and(|count| count > 0), "{}", person.email);
    }
    let (academy, name) = &built.institutions[0];
    assert_eq!(name, "Waymark Demo Academy");
    let view = View { institution: *academy, as_of: None };
    let page = app.institution(&Actor::operator(), view).expect("there is such a page");
    let open = page.standings.iter().filter(|standing| standing.is_open()).count();
    assert!(open > 2 && open * 2 < page.standings.len(), "{open} of {}", page.standings.len());
    let home = app.home(&Actor::operator(), view).expect("there is a home page");
    assert!((1050..1200).contains(&home.frame.on_roll));
    assert!(!home.now.is_empty());
    assert_eq!(app.find_establishments(&Actor::operator(), "999901").expect("the register is read").len(), 1);
    for (institution, name) in &built.institutions {
        let view = View { institution: *institution, as_of: None };
        let duties = app.duties(&Actor::operator(), view, &app::DutyFilter::default()).expect("a register");
        let done = duties.rows.iter().filter(|row| row.last_done.is_some()).count();
        assert!(done >= 5 && !duties.owners.is_empty() && duties.counts.1 > 0, "{name}: {done} done");
        no_public_file_says_anything_about_a_learner(&app, *institution);
    }
}

/// What the demo's institutions publish, read as anybody reads it.
fn no_public_file_says_anything_about_a_learner(app: &App, institution: InstitutionId) {
    let view = View { institution, as_of: None };
    let records = [demo::academy(), demo::special_school(), demo::college()];
    if app.website(&Actor::operator(), view).expect("a page").public.is_none() {
        app.publish_website(&Actor::operator(), institution, "").expect("nothing stands against it");
    }
    let site = app.website(&Actor::operator(), view).expect("a page");
    let public = site.public.expect("it is public");
    let papers =
        ["policy", "provider-access"].iter().flat_map(|name| ["pdf", "docx"].map(|end| format!("files/{name}.{end}")));
    let others =
        ["files/journey.pdf", "files/roadmap.pdf", "embed/fragment.html", "embed/frame.html"].map(str::to_owned);
    let paths = site.pages.into_iter().map(|(path, _)| path).chain(papers).chain(others);
    let files = paths.filter_map(|path| {
        let file = app.published_file(&Actor::operator(), view, public.id, &path).ok()?;
        Some((path, file.bytes))
    });
    let mut pages = 0;
    for (path, bytes) in files {
        let passages = match path.rsplit('.').next() {
            Some("html") => exchange::html::read(&bytes, &exchange::html::Limits::default()).expect("a page"),
            Some("pdf") => exchange::pdf::read(&bytes, &exchange::pdf::Limits::default()).expect("a PDF file"),
            Some("docx") => exchange::docx::read(&bytes, &exchange::archive::Limits::DOCUMENT).expect("a Word file"),
            _ => continue,
        };
        pages += 1;
        let text: String = passages.iter().map(|passage| passage.text.clone() + "\n").collect();
        let letters: String = text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
        let plain = |name: &str| name.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        for learner in records.iter().flat_map(|records| &records.learners) {
            let (given, family) = (plain(&learner.forename), plain(&learner.surname));
            let names = [format!("{given}{family}"), format!("{family}{given}")];
            let numbers = [learner.upn.as_deref(), learner.uln.as_deref()].into_iter().flatten().map(plain);
            for told in names.into_iter().chain(numbers) {
                assert!(!letters.contains(&told), "{path} tells of a learner");
            }
        }
        for few in ["1", "2", "3", "4", "two", "three", "four"] {
            for whom in ["learners", "pupils", "students", "leavers"] {
                let words = format!(" {few} {whom}");
                assert!(!text.to_lowercase().contains(&words), "{path} says “{words}”");
            }
        }
    }
    assert!(pages > 15, "{pages} pages");
}
