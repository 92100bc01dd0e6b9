//! What people wait for: an import, the home page, a list, a register.

use std::path::Path;

use app::{
    Actor, App, Context, Cost, LearnerFilter, Mark, View,
    import::{ImportKind, Upload},
};
use domain::{ActivityIndex, ParticipationStatus, Records};
use rules::Cases;

use crate::{
    generator::{AS_OF, records},
    meter::{measure, measure_often, median, peak_memory, say},
    rules_bench::{rulebook, rulebook_files, wording},
};

const ROWS: usize = 100_000;

pub(crate) fn run() -> Result<(), String> {
    measured().map_err(|error| error.to_string())
}

pub(crate) fn open(folder: &Path, name: &str) -> Result<App, Box<dyn std::error::Error>> {
    let store = store::Store::open(&format!("sqlite:{}", folder.join(name).display()))?;
    store.migrate()?;
    let rulebook = rulebook()?;
    let cases =
        Cases::load(&rulebook, &rulebook_files()?).map_err(|faults| format!("{} faults in the cases", faults.len()))?;
    let now = format!("{AS_OF}T09:00:00Z").parse()?;
    Ok(App::new(store, rulebook, cases, wording()?, Context::fixed(now, 1), Cost::Quick))
}

fn measured() -> Result<(), Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let operator = Actor::operator();
    let whole = records(0);

    let app = open(folder.path(), "import.db")?;
    let without = Records { participations: Vec::new(), ..whole.clone() };
    let institution = app.import_folder(&operator, None, "school", &without)?.institution;
    drop(without);
    let file = participation_file(&whole);
    let before = peak_memory();
    let upload =
        Upload { institution, kind: ImportKind::Participation, file_name: "participation.csv", bytes: file.as_bytes() };
    let (import, checked) = measure(|| app.upload(&operator, &upload));
    let import = import?;
    say("100,000 participation rows: checked, planned", checked);
    let (applied, taken) = measure(|| app.apply_import(&operator, institution, import, false));
    applied?;
    say("100,000 participation rows: applied", taken);
    println!("{:<44} {:>9} MB before, {} MB at most", "memory", before, peak_memory());
    drop(app);

    let app = open(folder.path(), "pages.db")?;
    let institution = app.import_folder(&operator, None, "school", &whole)?.institution;
    drop(app);
    let app = open(folder.path(), "pages.db")?;
    let view = View { institution, as_of: None };
    let (home, taken) = measure(|| app.home(&operator, view).map(drop));
    home?;
    say("home page, first time", taken);
    say("home page, facts in memory", measure_often(100, || app.home(&operator, view).map(drop)));
    let filter = LearnerFilter::default();
    say("page of the list of 1,200 learners", measure_often(100, || app.learners(&operator, view, &filter).map(drop)));
    let listed = app.learners(&operator, view, &filter)?;
    let activities = app.activities(&operator, view, &app::ActivityFilter::default())?;
    let (Some(learner), Some(activity)) = (listed.learners.first(), activities.activities.first()) else {
        return Err("the generated school has learners and activities".into());
    };
    let mark = [Mark::new(learner.id, Some(ParticipationStatus::Absent))];
    let mut after = Vec::new();
    let mut saved = Vec::new();
    for _ in 0..7 {
        let (done, taken) = measure(|| app.mark(&operator, institution, activity.id, &mark));
        done?;
        saved.push(taken);
        let (home, taken) = measure(|| app.home(&operator, view).map(drop));
        home?;
        after.push(taken);
    }
    say("register saved", median(saved));
    say("home page after a register was saved", median(after));
    Ok(())
}

/// The first hundred thousand participations as a file to import.
fn participation_file(records: &Records) -> String {
    let mut text = String::from("activity,learner,status\n");
    for participation in records.participations.iter().take(ROWS) {
        let activity = &records.activity(ActivityIndex(participation.activity.0)).reference;
        let learner = &records.learner(participation.learner).reference;
        text.push_str(&format!("{activity},{learner},{}\n", participation.status));
    }
    text
}
