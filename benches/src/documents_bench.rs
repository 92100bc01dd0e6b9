//! A careers policy of some twenty pages, composed from the record of a school, as text, PDF and Word file.

use app::{OwnWordsForm, PolicyFormat, View};
use policy::Paper;

use crate::{
    app_bench::open,
    generator::records,
    meter::{measure, median, peak_memory, say},
};

const RUNS: usize = 9;

const OWN_WORDS: &str = "Every learner meets people from work and from further study in each year, and talks with a tutor about what they saw. \
    Form tutors, subject teachers and the careers leader plan this together in the summer term, ask learners and families what helped, and change what did not. \
    Learners who need more time, a quieter room or somebody beside them have it, and nobody is left out because a day was missed.";

pub(crate) fn run() -> Result<(), String> {
    measured().map_err(|error| error.to_string())
}

fn measured() -> Result<(), Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let operator = app::Actor::operator();
    let app = open(folder.path(), "documents.db")?;
    let institution = app.import_folder(&operator, None, "school", &records(0))?.institution;
    let draft = app.begin_policy(&operator, institution, Paper::CareersPolicy)?;
    let view = View { institution, as_of: None };
    // Some schools say much in their own words: this makes twenty pages of twelve.
    for row in app.own_words(&operator, view)?.rows.iter().filter(|row| !row.is_line) {
        let form = OwnWordsForm { text: [OWN_WORDS; 5].join("\n\n"), seen: String::new() };
        app.set_own_words(&operator, institution, row.word, &form)?;
    }
    app.home(&operator, view)?;
    let before = peak_memory();

    let mut texts = Vec::new();
    for _ in 0..RUNS {
        let (text, taken) = measure(|| app.policy_text(&operator, view, draft));
        text?;
        texts.push(taken);
    }
    say("policy composed from the record", median(texts));
    let mut checks = Vec::new();
    for _ in 0..RUNS {
        let (page, taken) = measure(|| app.policy_to_sign(&operator, view, draft));
        page?;
        checks.push(taken);
    }
    say("policy composed, and checked against it", median(checks));

    for (name, format) in [("Word file", PolicyFormat::Docx), ("PDF/UA-1", PolicyFormat::Pdf)] {
        let mut written = Vec::new();
        let mut size = 0;
        for run in 0..=RUNS {
            let (file, taken) = measure(|| app.policy_file(&operator, view, draft, format));
            size = file?.bytes.len();
            if run == 0 {
                say(&format!("policy as {name}, the first"), taken);
            } else {
                written.push(taken);
            }
        }
        say(&format!("policy as {name}, {} kB", size / 1024), median(written));
    }
    println!("{:<44} {:>9} MB before, {} MB at most", "memory", before, peak_memory());
    Ok(())
}
