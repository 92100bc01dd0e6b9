use app::{Actor, App, Cost, Secret};
use clap::{ArgMatches, Args};
use domain::date::long;

use super::serve;
use crate::{
    Outcome, console, database,
    exit::{Failure, Status},
    installation, progress,
    settings::{Options, Origin, Settings},
};

/// Fill a database with an invented academy, special school and college, and look around
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  waymark demo --serve
  waymark demo --database demo.sqlite && waymark export academy --database demo.sqlite --institution \"Waymark Demo Academy\"

Nobody in it exists. It goes into demo.sqlite in the data folder, unless --database names another empty one.")]
pub(crate) struct Demo {
    /// Serve the pages when it is there
    #[arg(long)]
    serve: bool,
    #[command(flatten)]
    options: Options,
}

impl Demo {
    pub(crate) fn run(self, matches: &ArgMatches) -> Outcome {
        let mut settings = self.options.settings(matches)?;
        settings.start_log("warn")?;
        // Never into the database that holds real records, unless somebody names one on purpose.
        if settings.database.from != Origin::Option {
            settings.database.value = Secret::new(settings.data.value.join("demo.sqlite").to_string_lossy());
            settings.database.from = settings.data.from;
        }
        let app = installation::over(database::open(&settings)?, Cost::Quick)?;
        fill(&app)?;
        if !self.serve {
            console::answer(&format!("The demo is in {}.\n", settings.database_redacted()))?;
            return Ok(Status::Done);
        }
        serve::serve(app, &settings, |_, address| Ok(tour(address, &settings)))
    }
}

/// Builds what is not there yet, by the operations that everybody else uses. What somebody changed in the demo stays changed.
fn fill(app: &App) -> Result<(), Failure> {
    let there = app.institutions(&Actor::operator()).map_err(installation::failure)?;
    if let Some(other) = there.iter().find(|one| !one.name.starts_with("Waymark Demo ")) {
        return Err(Failure::Refused(format!(
            "This database holds {}: the demo goes into an empty one only. Nothing was changed.",
            other.name
        )));
    }
    if there.len() < demo::files().len() {
        let _progress = progress::spinner("Inventing an academy, a special school and a college");
        demo::build(app).map_err(installation::failure)?;
    }
    Ok(())
}

fn tour(address: &str, settings: &Settings) -> String {
    let mut people = String::new();
    for person in demo::people() {
        people.push_str(&format!("  {:<32}{}\n", person.email, person.about));
    }
    format!(
        "\n\
         Waymark is at {address}\n\
         \n\
         Sign in with the password “{}” as\n\
         {people}\
         \n\
         What to look at:\n\
         \x20 Home          what needs doing now, most urgent first\n\
         \x20 Benchmarks    open one, then a requirement, then a learner: each number leads to the people behind it\n\
         \x20 Learners      a timeline of everything they took part in, and what does not count and why\n\
         \x20 Imports       upload a roster, mend its rows, review the plan, apply, undo\n\
         \n\
         The story is told for {}. The database is {}.\n\
         Ctrl-C ends it; the next start goes on where you left.\n",
        demo::PASSWORD,
        long(demo::AS_OF),
        settings.database_redacted(),
    )
}
