//! The demo in a database: everything goes through `app`, as if people had done it.

use app::{Actor, App, AttestationForm, ContactForm, Group, Holding, NewAccount, Reach, Result, Role};
use domain::{Date, InstitutionId, Records};

use crate::{academy, college, kept, register, special_school};

/// The password of everybody in the demo. It is printed wherever the demo is started: nothing there is worth hiding.
pub const PASSWORD: &str = "lantern otter kettle";

/// What was built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Built {
    /// Each institution and its name.
    pub institutions: Vec<(InstitutionId, String)>,
    /// Who can sign in.
    pub people: Vec<DemoPerson>,
}

/// Somebody who can sign in to the demo, with [`PASSWORD`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoPerson {
    /// Full name.
    pub name: &'static str,
    /// E-mail address.
    pub email: &'static str,
    /// What they are, and what to look at as them.
    pub about: &'static str,
}

/// In most schools one person does both.
const LEADS: &[Role] = &[Role::Administrator, Role::CareersLeader];

/// A person, and their roles in the academy, the special school and the college.
const PEOPLE: [(DemoPerson, [&[Role]; 3]); 6] = [
    (
        DemoPerson {
            name: "Marlow Lanternbeck",
            email: "careers@academy.example.org",
            about: "careers leader of the academy: everything, and the right to change it",
        },
        [LEADS, &[], &[]],
    ),
    (
        DemoPerson {
            name: "Juniper Clockridge",
            email: "tutor@academy.example.org",
            about: "tutor of 9A at the academy: sees her form, and marks its registers",
        },
        [&[Role::Tutor], &[], &[]],
    ),
    (
        DemoPerson {
            name: "Peregrine Mosswick",
            email: "governor@academy.example.org",
            about: "link governor of the academy: sees totals, never a learner",
        },
        [&[Role::Governor], &[], &[]],
    ),
    (
        DemoPerson {
            name: "Marguerite Oakhollow",
            email: "senior@academy.example.org",
            about: "senior leader of the academy: reads the policy whole, and signs it",
        },
        [&[Role::SeniorLeader], &[], &[]],
    ),
    (
        DemoPerson {
            name: "Tansy Applemere",
            email: "careers@special.example.org",
            about: "careers leader of the special school: adapted requirements and annual reviews",
        },
        [&[], LEADS, &[]],
    ),
    (
        DemoPerson {
            name: "Rowan Kettlefold",
            email: "careers@college.example.org",
            about: "careers leader of the college: programmes instead of year groups",
        },
        [&[], &[], LEADS],
    ),
];

const TRUST_LEAD: DemoPerson = DemoPerson {
    name: "Isolde Whistledown",
    email: "trust@example.org",
    about: "careers lead of the trust: sees the totals of both schools",
};

/// Builds the academy, the special school and the college, their trust in the register of institutions, what their careers
/// leaders attested, and people who can sign in. Building twice changes nothing.
///
/// # Errors
/// Whatever an operation fails with.
pub fn build(app: &App) -> Result<Built> {
    let operator = Actor::operator();
    for (name, text) in register::files() {
        app.read_register(&operator, name, text.as_bytes())?;
    }
    let mut institutions = Vec::new();
    let mut is_new = false;
    for (file_name, records) in files() {
        let taken = app.import_folder(&operator, None, file_name, &records)?;
        is_new |= taken.import.is_some();
        institutions.push((taken.institution, records.institution.name));
    }
    for (person, roles) in &PEOPLE {
        let account =
            NewAccount { name: person.name.to_owned(), email: person.email.to_owned(), password: PASSWORD.to_owned() };
        for ((institution, _), roles) in institutions.iter().zip(roles) {
            for role in *roles {
                let reach = match role {
                    Role::Tutor => Reach::Groups(vec![Group::Form("9A".to_owned())]),
                    _ => Reach::Institution,
                };
                app.add_person(&operator, *institution, &account, Holding { role: *role, reach })?;
            }
            if roles.contains(&Role::CareersLeader) {
                let form = ContactForm {
                    name: person.name.to_owned(),
                    email: person.email.to_owned(),
                    // Numbers from 01632 960000 on are kept free for drama.
                    phone: "01632 960123".to_owned(),
                    ..ContactForm::default()
                };
                app.set_careers_post(&operator, *institution, "careers-leader", &form)?;
                attest(app, *institution, person.name)?;
            }
        }
    }
    if !is_new {
        return Ok(Built { institutions, people: people() });
    }
    let lead = NewAccount {
        name: TRUST_LEAD.name.to_owned(),
        email: TRUST_LEAD.email.to_owned(),
        password: PASSWORD.to_owned(),
    };
    let trust = app.add_trust(&operator, "Waymark Demo Trust", &[institutions[0].0, institutions[1].0])?;
    let lead = app.add_account(&operator, &lead)?;
    app.oversee(&operator, trust, lead, true)?;
    kept::build(app, institutions[0].0)?;
    kept::build_little(app, institutions[1].0, &kept::SPECIAL_SCHOOL)?;
    kept::build_little(app, institutions[2].0, &kept::COLLEGE)?;
    Ok(Built { institutions, people: people() })
}

/// Who can sign in to the demo, with [`PASSWORD`].
pub fn people() -> Vec<DemoPerson> {
    PEOPLE.into_iter().map(|(person, _)| person).chain([TRUST_LEAD]).collect()
}

/// The three institutions as folders to import, by name.
pub fn files() -> [(&'static str, Records); 3] {
    [("demo-academy", academy()), ("demo-special-school", special_school()), ("demo-college", college())]
}

/// Says that most of what is asked of an institution as a whole is so: every seventh requirement is open, and every fifth
/// was attested so long ago that it has to be looked at again.
fn attest(app: &App, institution: InstitutionId, owner: &str) -> Result<()> {
    let today = app.context().today();
    let (recent, long_ago) = (Date::constant(2026, 9, 21), Date::constant(2025, 7, 8));
    let view = app::View { institution, as_of: None };
    let asked = app.institution(&Actor::operator(), view)?.standings;
    for (number, standing) in asked.iter().filter(|standing| !standing.is_derived).enumerate() {
        let attested_on = if number % 5 == 4 { long_ago } else { recent };
        if number % 7 == 3 || attested_on > today {
            continue;
        }
        let form = AttestationForm {
            evidence: "Careers page of the website, and the minutes of the curriculum committee".to_owned(),
            owner: owner.to_owned(),
            attested_on: attested_on.to_string(),
        };
        app.attest(&Actor::operator(), institution, &standing.finding.requirement, &form)?;
    }
    Ok(())
}
