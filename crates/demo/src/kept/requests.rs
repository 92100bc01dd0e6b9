use app::{
    Actor, App, DeliveryForm, EvaluationForm, GrantForm, Mark, RequestForm, Result, TakenForm, View, VisitorForm,
};
use domain::{Checks, Date, InstitutionId, ParticipationStatus, ProviderRequestId};
use jiff::{ToSpan, civil::Weekday};

/// Who asks, which type of provider they are, what they offer, whom they would like to meet, when and how many come.
type Asks = (&'static str, &'static str, &'static str, &'static str, &'static str, &'static str);

const OVERDUE: Asks = (
    "Thistlewick Training",
    "training-provider",
    "Apprenticeships in construction and electrical installation at levels 2 and 3",
    "10 11",
    "A morning before the spring half-term",
    "2",
);
const NEW: Asks = (
    "Fennmouth College",
    "college",
    "T Levels in health, digital and engineering, and what a week at college looks like",
    "10 11",
    "Any Tuesday or Thursday in February",
    "3",
);
const ASKED: Asks = (
    "Harrowmere Apprenticeships",
    "training-provider",
    "Apprenticeships in business and in early years",
    "12 13",
    "After Easter",
    "",
);
const GRANTED: Asks = (
    "University of Saltmarsh",
    "university",
    "Degree apprenticeships and higher technical qualifications",
    "12",
    "An afternoon this term",
    "2",
);
const REFUSED: Asks = (
    "Pinnacle Tutors",
    "other",
    "Private tuition for examinations in summer",
    "11",
    "An assembly as soon as possible",
    "1",
);
const DEFERRED: Asks =
    ("Eastholme Technical Institute", "college", "Higher technical qualifications", "12 13", "In the new year", "4");
const EVALUATED: Asks = (
    "Copperdale Training Group",
    "training-provider",
    "Apprenticeships in engineering, with two apprentices who tell of their first year",
    "13",
    "One morning in November",
    "3",
);

/// What the demo shows of this area: requests of providers in every state, one of them late.
pub(super) fn build(app: &App, academy: InstitutionId) -> Result<()> {
    let operator = Actor::operator();
    let today = app.context().today();
    take_down(app, academy, &OVERDUE, ("telephone", ago(today, 26)))?;
    take_down(app, academy, &NEW, ("email", ago(today, 1)))?;

    let asked = take_down(app, academy, &ASKED, ("email", ago(today, 8)))?;
    let question =
        "Which of your programmes are open to learners who leave after Year 12, and how many people would come?";
    app.ask_provider(&operator, academy, asked, seen(app, academy, asked)?, question)?;

    let granted = take_down(app, academy, &GRANTED, ("telephone", ago(today, 12)))?;
    grant(app, academy, (granted, &GRANTED), (school_day(ago(today, -21)), "13:30", "14:30"), &[])?;
    let visitors = [
        visitor("Hester Loxwood", "Outreach officer"),
        VisitorForm { id_seen: false, ..visitor("Tam Birkwell", "Degree apprentice") },
    ];
    app.set_request_visitors(&operator, academy, granted, seen(app, academy, granted)?, &visitors)?;

    let refused = take_down(app, academy, &REFUSED, ("in-person", ago(today, 20)))?;
    let page = app.provider_request(&operator, View { institution: academy, as_of: None }, refused)?;
    let fits = |ground: &&String| ground.contains("technical education") || ground.contains("technical qualifications");
    if let Some(ground) = page.grounds.list.iter().find(fits).or(page.grounds.list.first()) {
        let reason = "Lessons after school are a choice of each family. Learners meet colleges, training providers and universities here, and you \
                      are none of these.";
        app.refuse_provider_request(&operator, academy, refused, page.request.revision, (ground, reason))?;
    }

    let deferred = take_down(app, academy, &DEFERRED, ("letter", ago(today, 15)))?;
    let until = school_day(ago(today, -49)).to_string();
    let reason = "The days of the spring term are fixed in January; we will have one for you then.";
    app.defer_provider_request(&operator, academy, deferred, seen(app, academy, deferred)?, (&until, reason))?;

    visit(app, academy, today)
}

/// A visit of today that took place, and how it went.
fn visit(app: &App, academy: InstitutionId, today: Date) -> Result<()> {
    let operator = Actor::operator();
    let view = View { institution: academy, as_of: None };
    let id = take_down(app, academy, &EVALUATED, ("telephone", ago(today, 30)))?;
    let forms = app.provider_request(&operator, view, id)?.forms;
    let Some(form) = forms.iter().find(|form| form.starts_with("13")) else { return Ok(()) };
    grant(app, academy, (id, &EVALUATED), (today, "09:30", "10:30"), std::slice::from_ref(form))?;
    let Some(activity) = app.provider_request(&operator, view, id)?.request.activity else { return Ok(()) };
    let marks: Vec<_> = app
        .register(&operator, view, activity)?
        .rows
        .iter()
        .map(|row| Mark::over(row.id, Some(ParticipationStatus::Invited), Some(ParticipationStatus::Attended)))
        .collect();
    app.mark(&operator, academy, activity, &marks)?;
    let came = |one: VisitorForm| VisitorForm { arrived_at: "09:15".into(), left_at: "10:45".into(), ..one };
    let visitors =
        [came(visitor("Ansel Wickstead", "Apprenticeship adviser")), came(visitor("Bryony Sallow", "Apprentice"))];
    app.set_request_visitors(&operator, academy, id, seen(app, academy, id)?, &visitors)?;
    let held = DeliveryForm {
        checks: Checks::PROVIDER_ACCESS.iter().map(|check| check.word().to_owned()).collect(),
        ask_feedback: true,
    };
    app.deliver_provider_request(&operator, academy, id, seen(app, academy, id)?, &held)?;
    let went = EvaluationForm {
        rating: "4".to_owned(),
        text: "The apprentices were the best part; ask for more time for questions next year.".to_owned(),
    };
    app.evaluate_provider_request(&operator, academy, id, seen(app, academy, id)?, &went)
}

fn take_down(
    app: &App,
    academy: InstitutionId,
    (organisation, kind, offers, years, wanted, visitors): &Asks,
    (came_by, came_on): (&str, Date),
) -> Result<ProviderRequestId> {
    let word = organisation.to_lowercase().replace(' ', "-");
    let covers = ["pal-offer", "pal-careers", "pal-experience", "pal-questions"];
    let request = RequestForm {
        organisation: (*organisation).to_owned(),
        provider_type: (*kind).to_owned(),
        contact: "Marlow Example".to_owned(),
        email: format!("schools@{word}.example"),
        phone: "01632 960140".to_owned(),
        offers: (*offers).to_owned(),
        covers: covers.iter().map(|word| (*word).to_owned()).collect(),
        year_groups: years.split_whitespace().map(str::to_owned).collect(),
        wanted: (*wanted).to_owned(),
        visitors: (*visitors).to_owned(),
        ..RequestForm::default()
    };
    let form = TakenForm {
        request,
        came_on: came_on.to_string(),
        came_by: came_by.to_owned(),
        taken_by: "Fern Hollowell".to_owned(),
    };
    app.add_provider_request(&Actor::operator(), academy, &form)
}

fn grant(
    app: &App,
    academy: InstitutionId,
    (id, (organisation, kind, _, years, ..)): (ProviderRequestId, &Asks),
    (date, starts_at, ends_at): (Date, &str, &str),
    forms: &[String],
) -> Result<()> {
    let years = if forms.is_empty() { *years } else { "" };
    let form = GrantForm {
        title: format!("{organisation}: what they offer"),
        provider_type: (*kind).to_owned(),
        date: date.to_string(),
        starts_at: starts_at.to_owned(),
        ends_at: ends_at.to_owned(),
        room: "Lecture theatre".to_owned(),
        year_groups: years.split_whitespace().map(str::to_owned).collect(),
        forms: forms.to_vec(),
        host: "Fern Hollowell".to_owned(),
        is_approved: true,
        is_school_day: true,
        ..GrantForm::default()
    };
    app.grant_provider_request(&Actor::operator(), academy, id, seen(app, academy, id)?, &form).map(drop)
}

fn visitor(name: &str, post: &str) -> VisitorForm {
    VisitorForm {
        name: name.to_owned(),
        post: post.to_owned(),
        id_seen: true,
        checks: "assured".to_owned(),
        supervised_by: "Fern Hollowell".to_owned(),
        content_seen_by: "Fern Hollowell".to_owned(),
        ..VisitorForm::default()
    }
}

/// How often a request was changed, as its page says.
fn seen(app: &App, academy: InstitutionId, id: ProviderRequestId) -> Result<i64> {
    let page = app.provider_request(&Actor::operator(), View { institution: academy, as_of: None }, id)?;
    Ok(page.request.revision)
}

/// The day so many days before another; after it, if they are negative.
fn ago(day: Date, days: i64) -> Date {
    day.checked_sub(days.days()).unwrap_or(day)
}

/// The first weekday from a day on.
fn school_day(day: Date) -> Date {
    match day.weekday() {
        Weekday::Saturday => ago(day, -2),
        Weekday::Sunday => ago(day, -1),
        _ => day,
    }
}
