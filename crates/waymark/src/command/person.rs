use std::path::PathBuf;

use app::{Actor, App, Group, Holding, NewAccount, Reach, Role};
use clap::{ArgMatches, Args, Subcommand, builder::PossibleValuesParser};
use domain::{InstitutionId, YearGroup};

use crate::{
    Outcome, console,
    exit::{Failure, Status},
    installation,
    settings::Options,
};

/// Add a person who can sign in, or set a new password
#[derive(Debug, Args)]
pub(crate) struct Person {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Add a person to an institution; a new account gets a password, an existing one keeps its own
    #[command(after_help = "\
Examples:
  waymark person add new.leader@example.org --name \"New Leader\" --role administrator
  waymark person add sam.tutor@example.org --name \"Sam Tutor\" --role tutor --form 9A --form 9B
  waymark person add new.adviser@example.org --name \"New Adviser\" --institution 42 --password-file first-password")]
    Add(Add),
    /// List who works in an institution, as what, and over whom
    #[command(after_help = "Example:\n  waymark person list --institution 42")]
    List(List),
    /// Make somebody an administrator again, when nobody there can
    #[command(after_help = "\
Example:
  waymark person restore head.of.careers@example.org --institution 42

Make sure first who asks. It is noted in the institution's audit trail.")]
    Restore(Restore),
    /// Set a new password for somebody who forgot theirs; their sessions end
    #[command(after_help = "Example:\n  waymark person password head.of.careers@example.org")]
    Password(Password),
    /// Take away every second step of somebody who lost them all: app, passkeys, recovery codes; their sessions end
    #[command(after_help = "\
Example:
  waymark person reset-second-step head.of.careers@example.org

Make sure first who asks: afterwards their password alone signs in.")]
    ResetSecondStep(ResetSecondStep),
}

#[derive(Debug, Args)]
struct ResetSecondStep {
    /// E-mail address of the account
    email: String,
    #[command(flatten)]
    options: Options,
}

#[derive(Debug, Args)]
struct Add {
    /// E-mail address, by which the person signs in
    email: String,
    /// Full name
    #[arg(long)]
    name: String,
    /// What the person may do there
    #[arg(long, value_parser = roles(), default_value = "careers-leader")]
    role: String,
    /// Over the learners of this form only; may be given several times
    #[arg(long, value_name = "FORM")]
    form: Vec<String>,
    /// Over the learners of this year group only; may be given several times
    #[arg(long, value_name = "YEAR")]
    year_group: Vec<YearGroup>,
    /// Over the learners who take this subject only; may be given several times
    #[arg(long, value_name = "SUBJECT")]
    subject: Vec<String>,
    /// Over the learners in their own care only, who are chosen in the browser
    #[arg(long, conflicts_with_all = ["form", "year_group", "subject"])]
    caseload: bool,
    /// Institution, by name or id [default: the only one]
    #[arg(long)]
    institution: Option<String>,
    /// File that holds the password [default: ask, or read a line from standard input]
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
    #[command(flatten)]
    options: Options,
}

#[derive(Debug, Args)]
struct List {
    /// Institution, by name or id [default: the only one]
    #[arg(long)]
    institution: Option<String>,
    #[command(flatten)]
    options: Options,
}

#[derive(Debug, Args)]
struct Restore {
    /// E-mail address of the account
    email: String,
    /// Institution, by name or id [default: the only one]
    #[arg(long)]
    institution: Option<String>,
    #[command(flatten)]
    options: Options,
}

#[derive(Debug, Args)]
struct Password {
    /// E-mail address of the account
    email: String,
    /// File that holds the new password [default: ask, or read a line from standard input]
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
    #[command(flatten)]
    options: Options,
}

impl Person {
    pub(crate) fn run(self, matches: &ArgMatches) -> Outcome {
        match self.action {
            Action::Add(add) => add.run(matches),
            Action::List(list) => list.run(matches),
            Action::Restore(restore) => restore.run(matches),
            Action::Password(password) => password.run(matches),
            Action::ResetSecondStep(reset) => reset.run(matches),
        }
    }
}

impl Add {
    fn run(self, matches: &ArgMatches) -> Outcome {
        let settings = self.options.settings(matches)?;
        settings.start_log("warn")?;
        let app = installation::open(&settings)?;
        let institution = institution(&app, self.institution.as_deref())?;
        let password = console::secret("Password", self.password_file.as_deref())?;
        // Clap lets only words of roles through.
        let role = Role::from_word(&self.role).unwrap_or(Role::Viewer);
        let holding = Holding { role, reach: self.reach() };
        let new = NewAccount { name: self.name, email: self.email, password };
        app.add_person(&Actor::operator(), institution, &new, holding).map_err(installation::failure)?;
        console::answer(&format!("{} can sign in at {}/sign-in.\n", new.email.trim(), settings.public_address.value))?;
        Ok(Status::Done)
    }
}

impl Add {
    fn reach(&self) -> Reach {
        let forms = self.form.iter().cloned().map(Group::Form);
        let years = self.year_group.iter().copied().map(Group::YearGroup);
        let groups: Vec<Group> = forms.chain(years).chain(self.subject.iter().cloned().map(Group::Subject)).collect();
        match self.caseload {
            true => Reach::Caseload(Vec::new()),
            false if groups.is_empty() => Reach::Institution,
            false => Reach::Groups(groups),
        }
    }
}

impl List {
    fn run(self, matches: &ArgMatches) -> Outcome {
        let settings = self.options.settings(matches)?;
        settings.start_log("warn")?;
        let app = installation::open(&settings)?;
        let institution = institution(&app, self.institution.as_deref())?;
        for person in app.people(&Actor::operator(), institution).map_err(installation::failure)? {
            let held = |holding: &Holding| format!("{} ({})", holding.role.word(), holding.reach.label());
            let roles: Vec<_> = person.roles.iter().map(held).collect();
            console::answer(&format!("{}  {}  {}\n", person.email, person.name, roles.join("; ")))?;
        }
        Ok(Status::Done)
    }
}

impl Restore {
    fn run(self, matches: &ArgMatches) -> Outcome {
        let settings = self.options.settings(matches)?;
        settings.start_log("warn")?;
        let app = installation::open(&settings)?;
        let institution = institution(&app, self.institution.as_deref())?;
        app.restore_access(&Actor::operator(), institution, &self.email).map_err(installation::failure)?;
        console::answer(&format!("{} is an administrator again.\n", self.email.trim()))?;
        Ok(Status::Done)
    }
}

impl Password {
    fn run(self, matches: &ArgMatches) -> Outcome {
        let settings = self.options.settings(matches)?;
        settings.start_log("warn")?;
        let app = installation::open(&settings)?;
        let password = console::secret("New password", self.password_file.as_deref())?;
        app.reset_password(&Actor::operator(), &self.email, &password).map_err(installation::failure)?;
        console::answer("The password is changed, and every session of this account has ended.\n")?;
        Ok(Status::Done)
    }
}

/// The words of the roles that an institution gives.
fn roles() -> PossibleValuesParser {
    let given = |role: &Role| role.is_of_institution() && *role != Role::Learner;
    PossibleValuesParser::new(Role::ALL.into_iter().filter(given).map(Role::word))
}

impl ResetSecondStep {
    fn run(self, matches: &ArgMatches) -> Outcome {
        let settings = self.options.settings(matches)?;
        settings.start_log("warn")?;
        let app = installation::open(&settings)?;
        app.reset_second_step(&Actor::operator(), &self.email).map_err(installation::failure)?;
        console::answer(
            "This account has no second step any more, and every session of it has ended. Ask them to set up a new one at once.\n",
        )?;
        Ok(Status::Done)
    }
}

/// The institution that a command means: the one named by its name or id; without a name, the only one.
pub(super) fn institution(app: &App, named: Option<&str>) -> Result<InstitutionId, Failure> {
    let all = app.institutions(&Actor::operator()).map_err(installation::failure)?;
    let listed = || all.iter().map(|one| format!("  {}  {}", one.id, one.name)).collect::<Vec<_>>().join("\n");
    match named {
        None => match all.as_slice() {
            [] => Err(Failure::Refused(
                "There is no institution yet: import a folder, or set one up in the browser.".into(),
            )),
            [only] => Ok(only.id),
            _ => Err(Failure::Input(format!("Say which institution, with --institution:\n{}", listed()))),
        },
        Some(named) => {
            let wanted = domain::same_name(named);
            let found: Vec<_> = all
                .iter()
                .filter(|one| one.id.to_string() == named || domain::same_name(&one.name) == wanted)
                .collect();
            match found.as_slice() {
                [only] => Ok(only.id),
                [] => Err(Failure::Refused(format!("There is no institution “{named}”. There are:\n{}", listed()))),
                _ => Err(Failure::Input(format!("Several institutions are “{named}”: use the id.\n{}", listed()))),
            }
        }
    }
}
