use app::{Actor, App, ClauseForm, ClauseMode, ContactForm, PolicyApprovalForm, Result, SignatureForm, View};
use domain::{InstitutionId, PolicyId};
use jiff::ToSpan;
use policy::{Paper, Provenance};

/// What was decided about a paper of last year, told as so long ago, because a review date has to lie ahead on the day on which the
/// demo is built.
struct Decided {
    paper: Paper,
    signed_months_ago: i32,
    approved_days_later: i32,
    review_in_days: i32,
    minute: &'static str,
}

const LAST_YEAR: [Decided; 2] = [
    Decided {
        paper: Paper::CareersPolicy,
        signed_months_ago: 13,
        approved_days_later: 12,
        review_in_days: 38,
        minute: "item 6.2",
    },
    Decided {
        paper: Paper::ProviderAccess,
        signed_months_ago: 10,
        approved_days_later: 9,
        review_in_days: 52,
        minute: "item 4",
    },
];

/// What is open again in the draft of this year: sections whose first example is to be confirmed anew.
const OPEN_AGAIN: usize = 3;

/// Post, name, title and address of some people of an institution.
pub(crate) type Named = [(&'static str, &'static str, &'static str, &'static str); 2];

/// Whom the special school has named by now.
pub(crate) const SPECIAL_SCHOOL: Named = [
    ("head", "Bronwen Larchfield", "Headteacher", "head@special.example.org"),
    ("senior-leader", "Ansel Rushbrook", "Assistant headteacher", "a.rushbrook@special.example.org"),
];

/// Whom the college has named by now.
pub(crate) const COLLEGE: Named = [
    ("head", "Verity Highmoor", "Principal", "principal@college.example.org"),
    ("careers-adviser", "Dorian Saltmarsh", "Careers adviser", "d.saltmarsh@college.example.org"),
];

/// What the demo shows of this area: both papers as they were signed and approved last year, whose reviews come near, and the draft
/// of this year's policy with a few things left to do.
pub(super) fn build(app: &App, academy: InstitutionId) -> Result<()> {
    for decided in &LAST_YEAR {
        publish(app, academy, decided)?;
    }
    let draft = app.begin_policy(&Actor::operator(), academy, Paper::CareersPolicy)?;
    let page = app.policy(&Actor::operator(), today(academy), draft)?;
    let examples = page
        .sections
        .iter()
        .filter_map(|section| section.clauses.iter().find(|row| row.clause.provenance == Provenance::Example))
        .take(OPEN_AGAIN);
    for row in examples {
        choose(app, academy, draft, &row.clause.key, ClauseMode::Ours)?;
    }
    Ok(())
}

/// A draft of the careers policy that somebody has begun upon, and has left alone since.
pub(super) fn begin(app: &App, institution: InstitutionId, people: &Named) -> Result<()> {
    for (post, name, title, email) in people {
        let form = ContactForm {
            name: (*name).to_owned(),
            title: (*title).to_owned(),
            email: (*email).to_owned(),
            ..ContactForm::default()
        };
        app.set_careers_post(&Actor::operator(), institution, post, &form)?;
    }
    let draft = app.begin_policy(&Actor::operator(), institution, Paper::CareersPolicy)?;
    confirm(app, institution, draft, 2)
}

fn publish(app: &App, academy: InstitutionId, decided: &Decided) -> Result<()> {
    let operator = Actor::operator();
    let now = app.context().today();
    let signed_on = now.saturating_sub(decided.signed_months_ago.months());
    let approved_on = signed_on.saturating_add(decided.approved_days_later.days());
    let review_on = now.saturating_add(decided.review_in_days.days());
    let id = app.begin_policy(&operator, academy, decided.paper)?;
    app.set_policy_review(&operator, academy, id, &review_on.to_string())?;
    confirm(app, academy, id, usize::MAX)?;
    let signature = SignatureForm {
        by: "Marguerite Oakhollow".to_owned(),
        post: "Deputy headteacher".to_owned(),
        on: signed_on.to_string(),
        seen: String::new(),
    };
    app.sign_policy(&operator, academy, id, &signature)?;
    let approval = PolicyApprovalForm {
        by: "Full governing board".to_owned(),
        on: approved_on.to_string(),
        minute: decided.minute.to_owned(),
        seen: String::new(),
    };
    app.approve_policy(&operator, academy, id, &approval)?;
    app.publish_policy(&operator, academy, id)
}

/// Confirms the examples of the first sections, as whoever reads them one by one would.
fn confirm(app: &App, institution: InstitutionId, id: PolicyId, sections: usize) -> Result<()> {
    let page = app.policy(&Actor::operator(), today(institution), id)?;
    for row in page.sections.iter().take(sections).flat_map(|section| &section.clauses) {
        if row.clause.choice.is_none() && row.modes.contains(&ClauseMode::Confirm) {
            choose(app, institution, id, &row.clause.key, ClauseMode::Confirm)?;
        }
    }
    Ok(())
}

fn choose(app: &App, institution: InstitutionId, id: PolicyId, clause: &str, mode: ClauseMode) -> Result<()> {
    let form = ClauseForm { mode: mode.word().to_owned(), ..ClauseForm::default() };
    app.change_clause(&Actor::operator(), institution, id, clause, &form).map(drop)
}

fn today(institution: InstitutionId) -> View {
    View { institution, as_of: None }
}
