use std::fmt::Write as _;

use app::{Actor, RetentionPlan};
use clap::{ArgMatches, Args, Subcommand};
use domain::date;

use crate::{Outcome, console, exit::Status, installation, settings::Options};

/// Let go of records that have been kept long enough
#[derive(Debug, Args)]
pub(crate) struct Retention {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Say what has outlived its term, and with --apply remove it
    #[command(after_help = "\
Examples:
  waymark retention run                                      only look: nothing is changed
  waymark retention run --apply                              remove it, for good, and note that in the audit trail
  waymark retention run --institution \"Larkfield Academy\"")]
    Run(Run),
}

#[derive(Debug, Args)]
struct Run {
    /// Remove what has outlived its term; it does not come back
    #[arg(long)]
    apply: bool,
    /// Institution, by name or id [default: every institution]
    #[arg(long)]
    institution: Option<String>,
    #[command(flatten)]
    options: Options,
}

impl Retention {
    pub(crate) fn run(self, matches: &ArgMatches) -> Outcome {
        match self.action {
            Action::Run(run) => run.run(matches),
        }
    }
}

impl Run {
    fn run(self, matches: &ArgMatches) -> Outcome {
        let settings = self.options.settings(matches)?;
        settings.start_log("warn")?;
        let app = installation::open(&settings)?;
        let operator = Actor::operator();
        let mut all = app.institutions(&operator).map_err(installation::failure)?;
        if self.institution.is_some() {
            let only = super::person::institution(&app, self.institution.as_deref())?;
            all.retain(|one| one.id == only);
        }
        for institution in &all {
            let plan = match self.apply {
                true => app.run_retention(&operator, institution.id, None),
                false => app.retention_plan(&operator, institution.id),
            };
            let plan = plan.map_err(installation::failure)?;
            console::answer(&told(&institution.name, &plan, self.apply))?;
        }
        if self.apply {
            let expired = app.expire_sign_ins(&operator).map_err(installation::failure)?;
            console::answer(&format!("{expired} expired sessions and sign-ins are gone.\n"))?;
        } else {
            console::answer("Nothing was changed. With --apply, it is removed for good.\n")?;
        }
        Ok(Status::Done)
    }
}

fn told(name: &str, plan: &RetentionPlan, applied: bool) -> String {
    let mut text = format!("{name}, {}\n", date::long(plan.as_of));
    let mut line = |line: std::fmt::Arguments<'_>| writeln!(text, "{line}").expect("a string takes what is written");
    for one in plan.lines.iter().filter(|line| line.count > 0) {
        let since = one.oldest.map_or(String::new(), |day| format!(", the oldest of {}", date::long(day)));
        line(format_args!("  {:>6}  {}{since}", one.count, one.title));
    }
    match (plan.total(), applied) {
        (0, _) => line(format_args!("  Nothing has outlived its term.")),
        (total, true) => line(format_args!("  {total} records are gone.")),
        (total, false) => line(format_args!("  {total} records would go.")),
    }
    if plan.without_leaving_date > 0 {
        line(format_args!(
            "  {} learners are past the age at which records go, but have no last day on roll. Enter it.",
            plan.without_leaving_date
        ));
    }
    text
}
