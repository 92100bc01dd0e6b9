use app::{Actor, App, ContactForm, DutyDone, DutyFilter, DutyForm, OwnWordsForm, Result};
use domain::InstitutionId;

use super::Named;

/// What the demo shows of this area: the people of the programme, one of whom leaves; what the academy says in its own words; a
/// register of responsibilities, some of them overdue.
pub(super) fn build(app: &App, academy: InstitutionId) -> Result<()> {
    let operator = Actor::operator();
    for (post, name, title, email, qualification, ends_on) in PEOPLE {
        let form = ContactForm {
            name: name.to_owned(),
            title: title.to_owned(),
            email: email.to_owned(),
            phone: "01632 960124".to_owned(),
            qualification: qualification.to_owned(),
            ends_on: ends_on.to_owned(),
            ..ContactForm::default()
        };
        app.set_careers_post(&operator, academy, post, &form)?;
    }
    // What is usual is right here too, but for what only the academy can know.
    let list = app.own_words(&operator, app::View { institution: academy, as_of: None })?;
    for row in list.rows.iter().filter(|row| !row.starting.is_empty()) {
        write(app, academy, row.word, row.starting)?;
    }
    for (word, text) in WORDS {
        write(app, academy, word, text)?;
    }
    for (key, on, evidence) in DONE {
        let done = DutyDone { evidence: evidence.to_owned(), on: on.to_owned() };
        app.mark_duty_done(&operator, academy, key, &done)?;
    }
    let filter = DutyFilter::default();
    let view = app::View { institution: academy, as_of: None };
    for row in app.duties(&operator, view, &filter)?.rows {
        let owned = OWNERS.iter().find(|(key, _)| *key == row.key);
        let owner =
            owned.map(|(_, owner)| *owner).or_else(|| (row.post == "careers-leader").then_some("Marlow Lanternbeck"));
        if let Some(owner) = owner {
            let form = DutyForm { owner: owner.to_owned(), ..row.form };
            app.change_duty(&operator, academy, &row.key, &form)?;
        }
    }
    let own = DutyForm {
        post: "teachers".to_owned(),
        title: "Form tutors hold the careers week assembly".to_owned(),
        owner: "Fern Hollowell".to_owned(),
        every_months: "12".to_owned(),
        last_done: "2026-03-06".to_owned(),
        ..DutyForm::default()
    };
    app.add_duty(&operator, academy, &own)?;
    Ok(())
}

/// What an institution keeps of its responsibilities that has just begun to: some have an owner, some were done, one is overdue.
pub(super) fn begin(app: &App, institution: InstitutionId, people: &Named) -> Result<()> {
    let operator = Actor::operator();
    let [(_, first, ..), (_, second, ..)] = people;
    for (key, owner) in [("senior-line", first), ("senior-capacity", first), ("leader-guidance", second)] {
        let view = app::View { institution, as_of: None };
        let Some(row) = app.duty(&operator, view, Some(key))?.row else { continue };
        let form = DutyForm { owner: (*owner).to_owned(), ..row.form };
        app.change_duty(&operator, institution, key, &form)?;
    }
    for (key, on, evidence) in BEGUN {
        let done = DutyDone { evidence: evidence.to_owned(), on: on.to_owned() };
        app.mark_duty_done(&operator, institution, key, &done)?;
    }
    Ok(())
}

fn write(app: &App, academy: InstitutionId, word: &str, text: &str) -> Result<()> {
    let form = OwnWordsForm { text: text.to_owned(), seen: String::new() };
    app.set_own_words(&Actor::operator(), academy, word, &form).map(drop)
}

/// Post, name, title, address, qualification, last day.
const PEOPLE: [(&str, &str, &str, &str, &str, &str); 7] = [
    ("senior-leader", "Marguerite Oakhollow", "Deputy headteacher", "senior@academy.example.org", "", ""),
    (
        "careers-adviser",
        "Linden Marlowe",
        "Careers adviser",
        "l.marlowe@academy.example.org",
        "Level 6 Diploma in Career Guidance and Development",
        "",
    ),
    ("link-governor", "Corwin Thistledale", "Parent governor", "governors@academy.example.org", "", "2026-12-31"),
    ("head", "Philippa Stonebeck", "Headteacher", "head@academy.example.org", "", ""),
    ("senco", "Hazel Brackenridge", "SENCO", "senco@academy.example.org", "", ""),
    ("designated-teacher", "Rufus Elderfield", "Designated teacher", "r.elderfield@academy.example.org", "", ""),
    ("careers-administrator", "Sorrel Waterhouse", "Careers administrator", "careers@academy.example.org", "", ""),
];

/// What only the academy can say.
const WORDS: [(&str, &str); 11] = [
    (
        "vision",
        "Every learner leaves us knowing what they are good at, what is open to them and how to take the next step, whatever they \
         started with.",
    ),
    ("vision-until", "July 2030"),
    (
        "impact-statement",
        "Since last year more learners can name a way on that fits them: at the end of Year 11 almost all had a firm plan and another one \
         to fall back on. Learners tell us that meeting people at work helped most. Fewer leavers changed course in their first term.",
    ),
    (
        "strengths",
        "- Employers come into lessons in most subjects.\n- Parents and carers take part in choosing.\n\nNext we work on:\n\n\
         - encounters with providers in Year 8\n- careers in the lessons of every subject",
    ),
    (
        "destinations-summary",
        "Of the learners who left after Year 11, most went on to our sixth form or to a college, and about one in ten began an apprenticeship \
         or training.",
    ),
    (
        "other-policies",
        "- [Safeguarding](https://academy.example.org/safeguarding)\n- [Special educational needs](https://academy.example.org/send)\n\
         - [Equality](https://academy.example.org/equality)",
    ),
    ("website-review", "2027-07-16"),
    ("website-address", "https://academy.example.org/careers"),
    (
        "benchmark-1",
        "The programme is planned for the whole year, approved by the governors and led from the senior team.",
    ),
    ("benchmark-5", "Employers are met in lessons, on careers days and in projects that they set themselves."),
    (
        "benchmark-8",
        "Our adviser meets every learner before the choices of Year 11, and again before those of Year 13.",
    ),
];

/// Who sees to what is not the careers leader’s own.
const OWNERS: [(&str, &str); 4] = [
    ("leader-records", "Sorrel Waterhouse"),
    ("senior-line", "Marguerite Oakhollow"),
    ("governors-link", "Corwin Thistledale"),
    ("senco-plans", "Hazel Brackenridge"),
];

/// What was done in the two smaller institutions, when, and what shows it.
const BEGUN: [(&str, &str, &str); 5] = [
    ("leader-plan", "2026-09-14", "Plan for the year, agreed with the head"),
    ("leader-records", "2026-11-09", "Records of the half term looked through"),
    ("leader-employers", "2026-10-08", "Visit of two employers"),
    ("senior-line", "2026-04-22", "Line management meeting"),
    ("senco-plans", "2026-10-01", "Plan of annual reviews for the year"),
];

/// What was done, when, and what shows it.
const DONE: [(&str, &str, &str); 9] = [
    ("leader-plan", "2026-10-14", "Governors’ minute 6.2"),
    ("leader-evaluation", "2026-07-10", "Evaluation of the summer term"),
    ("leader-report", "2026-10-14", "Report to governors, autumn term"),
    ("leader-website", "2025-11-03", "Careers pages looked over"),
    ("leader-records", "2026-11-16", "Registers of the week checked"),
    ("leader-employers", "2026-09-30", "Employer breakfast"),
    ("senior-line", "2026-11-05", "Line management meeting"),
    ("governors-link", "2026-06-25", "Visit report of the link governor"),
    ("senco-plans", "2026-09-22", "Plan of annual reviews for the year"),
];
