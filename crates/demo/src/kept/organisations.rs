use app::{
    Actor, App, ContactPersonForm, FeedbackForm, LinkPurpose, NoteForm, OrganisationFilter, OrganisationForm,
    ReflectionForm, Result, View,
};
use domain::{InstitutionId, Kind};

/// Name, what it is, industry, size, postcode, what it offers, and who is there.
type Known = (&'static str, &'static str, &'static str, &'static str, &'static str, &'static str, &'static str);

const KNOWN: [Known; 8] = [
    ("Brightwater Dental Care", "employer", "health-and-care", "small", "DL1 9ZA", "visit placement", "Sana Example"),
    (
        "Copperfield Engineering",
        "employer",
        "engineering-and-manufacturing",
        "medium",
        "DL1 9ZB",
        "talk visit placement",
        "Ian Example",
    ),
    ("Copperfield Engineering Ltd", "employer", "engineering-and-manufacturing", "medium", "DL1 9ZB", "", ""),
    (
        "Elmtree Primary School",
        "employer",
        "education-and-childcare",
        "medium",
        "DL2 9ZC",
        "placement shadowing",
        "Moira Example",
    ),
    ("Harbour Street Studios", "employer", "creative-and-media", "micro", "DL1 9ZD", "talk project", "Leon Example"),
    ("Northmoor Careers Hub", "careers-hub", "public-services", "small", "DL1 9ZE", "", "Ruth Example"),
    ("Pennywell Garden Centre", "employer", "land-and-environment", "small", "DL3 9ZF", "placement", "Jo Example"),
    ("Academy Alumni Network", "alumni-network", "other", "", "", "talk mentoring mock-interviews", "Nadia Example"),
];

/// What the demo shows of this area.
pub(super) fn build(app: &App, academy: InstitutionId) -> Result<()> {
    let operator = Actor::operator();
    let view = View { institution: academy, as_of: None };
    app.add_organisations_of_activities(&operator, academy)?;
    for (name, sorts, industry, size, postcode, offers, person) in KNOWN {
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect();
        let form = OrganisationForm {
            name: name.to_owned(),
            sorts: words(sorts),
            industry: industry.to_owned(),
            size: size.to_owned(),
            postcode: postcode.to_owned(),
            offers: words(offers),
            safeguarding: if offers.contains("visit") {
                "Visitors sign in at reception and are accompanied. Slides are looked through before the day."
                    .to_owned()
            } else {
                String::new()
            },
            ..OrganisationForm::default()
        };
        let known = app.organisations(&operator, view, &OrganisationFilter::default())?.organisations;
        let id = match known.into_iter().find(|row| row.name == name) {
            Some(row) => row.id,
            None => app.add_organisation(&operator, academy, &form)?,
        };
        if person.is_empty() {
            continue;
        }
        let is_alumnus = sorts == "alumni-network";
        let email = format!("{}@example.org", person.to_lowercase().replace(' ', "."));
        let contact = ContactPersonForm {
            name: person.to_owned(),
            email,
            phone: "01632 960117".to_owned(),
            is_alumnus,
            left_in: if is_alumnus { "2019".to_owned() } else { String::new() },
            consent_on: if is_alumnus { "2026-09-14".to_owned() } else { String::new() },
            consent_about: if is_alumnus { "Talks and mock interviews".to_owned() } else { String::new() },
            ..ContactPersonForm::default()
        };
        let contact = app.add_contact(&operator, academy, id, &contact)?;
        let note = NoteForm {
            contact: contact.to_string(),
            contacted_on: "2026-10-12".to_owned(),
            how: "E-mail".to_owned(),
            note: "Asked what they can offer this year.".to_owned(),
            again: false,
        };
        app.note_contact(&operator, academy, id, &note)?;
    }
    voices(app, academy, view)
}

/// What learners and an employer thought of the latest experience of a workplace.
fn voices(app: &App, academy: InstitutionId, view: View) -> Result<()> {
    let operator = Actor::operator();
    let filter = app::ActivityFilter {
        kind: Some(Kind::WorkplaceExperience),
        until: Some(app.context().today()),
        ..app::ActivityFilter::default()
    };
    let Some(latest) = app.activities(&operator, view, &filter)?.activities.into_iter().next() else { return Ok(()) };
    let (_, learners) =
        app.make_voice_link(&operator, academy, latest.id, LinkPurpose::Reflection, "Everybody there")?;
    for (learnt, rating, next_step) in [
        ("How many different jobs one building needs.", "5", "Ask about apprenticeships."),
        ("That maths is used every day.", "4", "Look at the courses at college."),
        ("It was louder than I thought, and I liked it.", "4", ""),
        ("That you can change what you do later.", "5", "Talk to my tutor."),
        ("Not much that was new to me.", "2", ""),
        ("How to ask a question to somebody I do not know.", "4", "Do it again."),
    ] {
        let form = ReflectionForm {
            learnt: learnt.to_owned(),
            rating: rating.to_owned(),
            next_step: next_step.to_owned(),
            is_easy_read: false,
        };
        app.send_reflection(academy, learners.reveal(), &form)?;
    }
    let (_, employer) = app.make_voice_link(&operator, academy, latest.id, LinkPurpose::Feedback, "The employer")?;
    let form = FeedbackForm {
        rating: "4".to_owned(),
        went_well: "Good questions, and everybody was on time.".to_owned(),
        better: "Smaller groups on the shop floor.".to_owned(),
        would_return: "yes".to_owned(),
        boxes: vec!["two-way".to_owned(), "task".to_owned()],
        ..FeedbackForm::default()
    };
    app.send_feedback(academy, employer.reveal(), &form)
}
