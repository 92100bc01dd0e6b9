//! Whatever is in the record and whatever staff type: no public file says anything about a single learner, nor counts a few.

use std::collections::BTreeMap;

use app::{Actor, ContactForm, Error, ProgrammeForm, View};
use domain::{Learner, Records};
use proptest::{collection::vec, prelude::*, test_runner::TestRunner};
use store::publication::PublicationFile;

use crate::harness::{World, year_nine};

/// How staff give a learner away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Leak {
    Nothing,
    Name,
    Reversed,
    Shouted,
    Small,
    WithoutAccents,
    HalfBold,
    SoftHyphen,
    Upn,
    UpnInParts,
    Uln,
    Few,
    FewInWords,
    Rest,
}

const LEAKS: [Leak; 13] = [
    Leak::Name,
    Leak::Reversed,
    Leak::Shouted,
    Leak::Small,
    Leak::WithoutAccents,
    Leak::HalfBold,
    Leak::SoftHyphen,
    Leak::Upn,
    Leak::UpnInParts,
    Leak::Uln,
    Leak::Few,
    Leak::FewInWords,
    Leak::Rest,
];

/// Where they type it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Text(&'static str),
    Aims,
    Delivery,
    Title,
    Post,
}

const PLACES: [Place; 10] = [
    Place::Text("strengths"),
    Place::Text("impact-statement"),
    Place::Text("personal-guidance"),
    Place::Text("access-to-information"),
    Place::Text("site-parents"),
    Place::Text("destinations-summary"),
    Place::Aims,
    Place::Delivery,
    Place::Title,
    Place::Post,
];

#[derive(Debug, Clone)]
struct Case {
    names: Vec<(String, String)>,
    figures: Vec<u32>,
    leak: Leak,
    place: Place,
    of: usize,
}

fn case() -> impl Strategy<Value = Case> {
    let name = "[A-Z][a-zëéøł]{4,8}";
    let surname = prop_oneof![name, "[A-Z][a-z]{4,7}-[A-Z][a-z]{4,7}", "O’[A-Z][a-zé]{4,7}"];
    let figure = prop_oneof![3 => 0u32..6, 2 => 5u32..70];
    let leak = prop_oneof![1 => Just(Leak::Nothing), 3 => proptest::sample::select(&LEAKS[..])];
    let names = vec((name, surname), 1..6);
    (names, vec(figure, 0..7), leak, proptest::sample::select(&PLACES[..]), any::<usize>())
        .prop_map(|(names, figures, leak, place, of)| Case { names, figures, leak, place, of })
}

fn records(case: &Case) -> Records {
    let mut records = year_nine(case.names.len() as u32);
    for (at, (learner, (forename, surname))) in records.learners.iter_mut().zip(&case.names).enumerate() {
        *learner = Learner {
            forename: forename.clone(),
            surname: surname.clone(),
            upn: Some(format!("A9991234{:05}", 10_000 + at * 7)),
            uln: Some(format!("10012345{:02}", 10 + at)),
            ..learner.clone()
        };
    }
    if case.place == Place::Title {
        records.activities[0].title = typed(case);
    }
    records
}

/// What staff type.
fn typed(case: &Case) -> String {
    let at = case.of % case.names.len();
    let (given, family) = &case.names[at];
    let said = match case.leak {
        Leak::Nothing => "Learners of every year group met employers".to_owned(),
        Leak::Name => format!("Well done {given} {family}"),
        Leak::Reversed => format!("The prize went to {family}, {given}"),
        Leak::Shouted => format!("WELL DONE {} {}", given.to_uppercase(), family.to_uppercase()),
        Leak::Small => format!("well done {} {}", given.to_lowercase(), family.to_lowercase()),
        Leak::WithoutAccents => format!("Well done {} {}", ascii(given), ascii(family)),
        Leak::HalfBold => format!("Well done **{given}** {family}"),
        Leak::SoftHyphen => format!("Well done {given} {}\u{ad}{}", &family[..1], &family[1..]),
        Leak::Upn => format!("Ask about A9991234{:05}", 10_000 + at * 7),
        Leak::UpnInParts => format!("Ask about A 9991 234 {:05}", 10_000 + at * 7),
        Leak::Uln => format!("Ask about 10012345{:02}", 10 + at),
        Leak::Few => "In the end 3 learners went abroad".to_owned(),
        Leak::FewInWords => "Two of our Year 11 pupils went abroad".to_owned(),
        Leak::Rest => "157 of our 160 learners stayed".to_owned(),
    };
    format!("{said}.")
}

fn ascii(name: &str) -> String {
    name.replace(['ë', 'é'], "e").replace('ø', "o").replace('ł', "l").replace('’', "'")
}

/// Only letters and figures, small: what is left of a text whatever stands between.
fn squashed(text: &str) -> String {
    ascii(text).to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Everything that a file says, whatever it is.
pub(crate) fn said(file: &PublicationFile) -> String {
    let passages = match file.path.rsplit('.').next() {
        Some("html") => exchange::html::read(&file.content, &exchange::html::Limits::default()).expect("a page"),
        Some("pdf") => exchange::pdf::read(&file.content, &exchange::pdf::Limits::default()).expect("a PDF file"),
        Some("docx") => exchange::docx::read(&file.content, &exchange::archive::Limits::DOCUMENT).expect("a Word file"),
        _ => return String::new(),
    };
    let mut text: String = passages.into_iter().map(|passage| passage.text + "\n").collect();
    if file.path.ends_with(".html") {
        // Attributes and what stands in the head as well.
        text.push_str(&String::from_utf8_lossy(&file.content));
    }
    text
}

pub(crate) fn published(world: &World, view: View) -> Vec<PublicationFile> {
    let latest = world.app.website(&Actor::operator(), view).expect("the website").public.expect("something is public");
    world.store.read(view.institution, |tx| store::publication::files(tx, view.institution, latest.id)).expect("files")
}

/// The rows of the figures of destinations as the page shows them: number or none.
fn figures(html: &str) -> Vec<(String, Option<u32>)> {
    let Some((_, table)) = html.split_once("<tbody>") else { return Vec::new() };
    let rows = table.split("<tr>").skip(1).map(|row| {
        let cells: Vec<String> = row
            .split("<t")
            .skip(1)
            .map(|cell| cell.split('>').nth(1).unwrap_or_default().split('<').next().unwrap_or_default().to_owned())
            .collect();
        (cells[0].clone(), cells[1].parse().ok())
    });
    rows.collect()
}

fn check(world: &World, case: &Case) -> Result<(), TestCaseError> {
    let mut records = records(case);
    records.institution.urn = None;
    let school = world.school(&records);
    let (app, operator, view) = (&world.app, Actor::operator(), school.today());
    let text = typed(case);
    let lines: Vec<_> =
        case.figures.iter().enumerate().map(|(at, count)| format!("Way {}: {count}", letters(at))).collect();
    let mut texts = BTreeMap::from([("destinations-figures", lines.join("\n"))]);
    if let Place::Text(name) = case.place {
        texts.insert(name, text.clone());
    }
    let mut is_written = app.change_website_texts(&operator, school.id, &texts).is_ok();
    if !is_written {
        // A text that counts few is refused where it is typed; the figures stay to be looked at.
        prop_assert!(matches!(case.leak, Leak::Few | Leak::FewInWords | Leak::Rest), "{case:?}");
        texts.retain(|name, _| *name == "destinations-figures");
        app.change_website_texts(&operator, school.id, &texts).unwrap();
    }
    match case.place {
        Place::Aims | Place::Delivery => {
            let form = match case.place {
                Place::Aims => ProgrammeForm { aims: text, ..ProgrammeForm::default() },
                _ => ProgrammeForm { delivery: text, ..ProgrammeForm::default() },
            };
            app.change_programme(&operator, view, &form).unwrap();
        }
        Place::Post => {
            let form = ContactForm {
                name: "Robin Example".to_owned(),
                title: text,
                email: "careers@example.org".to_owned(),
                phone: "01632 960001".to_owned(),
                ..ContactForm::default()
            };
            is_written = app.set_careers_post(&operator, school.id, "careers-leader", &form).is_ok();
        }
        Place::Text(_) | Place::Title => {}
    }
    let tried = app.publish_website(&operator, school.id, "");
    let may_be_public = case.leak == Leak::Nothing || !is_written;
    prop_assert_eq!(tried.is_ok(), may_be_public, "{:?}: {:?}", case, tried);
    if let Err(error) = tried {
        prop_assert!(matches!(error, Error::Problems(_)), "{error:?}");
        return Ok(());
    }
    let files = published(world, view);
    prop_assert!(files.len() > 15);
    for file in &files {
        let said = squashed(&said(file));
        for learner in &records.learners {
            let [given, family] = [&learner.forename, &learner.surname].map(|name| squashed(name));
            for told in [format!("{given}{family}"), format!("{family}{given}")] {
                prop_assert!(!said.contains(&told), "{} names a learner: {:?}", file.path, case);
            }
            for number in [&learner.upn, &learner.uln] {
                prop_assert!(!said.contains(&squashed(number.as_deref().unwrap())), "{}: {case:?}", file.path);
            }
        }
        for few in ["3learners", "twoofouryear11pupils", "157ofour160"] {
            prop_assert!(!said.contains(few), "{} counts few: {:?}", file.path, case);
        }
    }
    let page = files.iter().find(|file| file.path == "destinations.html");
    nobody_follows(&page.map_or(Vec::new(), |page| figures(&String::from_utf8_lossy(&page.content))), case)
}

/// No number of one to four is shown, and none follows from those that are.
fn nobody_follows(rows: &[(String, Option<u32>)], case: &Case) -> Result<(), TestCaseError> {
    let is_small = |count: u32| (1..5).contains(&count);
    for (name, count) in rows {
        prop_assert!(!count.is_some_and(is_small), "{name}: {count:?} of {case:?}");
    }
    if let Some((_, Some(whole))) = rows.iter().find(|(name, _)| name == "All") {
        let parts: Vec<_> = rows.iter().filter(|(name, _)| name != "All").collect();
        let shown: u32 = parts.iter().filter_map(|(_, count)| *count).sum();
        let hidden = parts.iter().filter(|(_, count)| count.is_none()).count() as u32;
        let rest = whole - shown;
        prop_assert!(!is_small(rest), "{rest} are left of {case:?}");
        prop_assert!(hidden == 0 || rest > hidden, "one each is left of {case:?}");
        prop_assert!(hidden != 1, "one alone is hidden of {case:?}");
    }
    Ok(())
}

fn letters(at: usize) -> char {
    char::from(b'A' + at as u8)
}

#[test]
fn no_published_file_says_anything_about_a_single_learner_or_counts_few() {
    let world = World::on_sqlite();
    let cases = ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() };
    TestRunner::new(cases).run(&case(), |case| check(&world, &case)).unwrap();
}

#[test]
fn each_way_of_giving_somebody_away_is_stopped_at_each_place() {
    let world = World::on_sqlite();
    let names = vec![("Zoëlle".to_owned(), "O’Quillénd".to_owned()), ("Marlow".to_owned(), "Tarn-Wexley".to_owned())];
    for (at, leak) in LEAKS.into_iter().enumerate() {
        for place in [PLACES[at % PLACES.len()], PLACES[(at + 6) % PLACES.len()]] {
            let case = Case { names: names.clone(), figures: vec![60, 3, 1], leak, place, of: at };
            check(&world, &case).unwrap();
        }
    }
}
