use app::{Actor, AnswerForm, App, Origin, QuestionForm, Result, View, WebsiteLook, WebsiteTexts};
use domain::InstitutionId;

const TEXTS: [(&str, &str); 14] = [
    ("website-review", "2027-09-01"),
    (
        "access-to-information",
        "Come to the careers evening in November or read the newsletter that goes home each half term. The library keeps prospectuses, and \
         form tutors know whom to ask.",
    ),
    ("site-learners", "The careers corner in the library is open every lunchtime."),
    ("site-parents", "Tell us what work you do: many talks begin that way."),
    (
        "site-staff",
        "Each subject has a lead for careers. Material, contacts and time for a visit come from the careers leader; training is in September.",
    ),
    (
        "site-employers",
        "A talk takes an hour, a visit half a day, a placement a week. We prepare learners and do the paperwork.",
    ),
    (
        "personal-guidance",
        "Ask your form tutor, the careers leader or at the library desk. Meetings last 45 minutes and you keep a written list of next steps. \
         Parents and carers are welcome.",
    ),
    (
        "impact-measures",
        "- Learners answer the same questions each autumn and summer.\n- Employers and providers say what they thought after each visit.\n\
         - Governors see the benchmarks every term.",
    ),
    (
        "impact-statement",
        "More learners than a year ago can name the routes that are open to them, and more have met an employer in work.",
    ),
    (
        "strengths",
        "### Strengths\n\nEmployers of many sizes, and guidance before every big decision.\n\n### What we are developing\n\nCareers in more subjects, and placements nearer to home.",
    ),
    ("destinations-summary", "Most of our leavers stay in education or go on to an apprenticeship."),
    ("destinations-of", "Year 11 leavers of 2025"),
    (
        "destinations-figures",
        "Sixth form: 84\nFurther education college: 57\nApprenticeship: 16\nEmployment with training: 3",
    ),
    ("performance-tables", "https://performance.example/schools/waymark-demo-academy"),
];

/// What the demo shows of this area: pages that are public, and questions, of which one is answered.
pub(super) fn build(app: &App, academy: InstitutionId) -> Result<()> {
    let operator = Actor::operator();
    let texts: WebsiteTexts = TEXTS.iter().map(|(name, text)| (*name, (*text).to_owned())).collect();
    app.change_website_texts(&operator, academy, &texts)?;
    let look = WebsiteLook { slug: "larkfield".to_owned(), tint: "#5b2a86".to_owned(), logo_alt: String::new() };
    app.change_website_look(&operator, academy, &look)?;
    app.publish_website(&operator, academy, "The pages of the new academic year")?;
    let mut asked = Vec::new();
    for (name, email, audience, message) in QUESTIONS {
        let form = QuestionForm {
            name: name.to_owned(),
            email: email.to_owned(),
            audience: audience.to_owned(),
            message: message.to_owned(),
            trap: String::new(),
        };
        asked.push(app.ask_question("larkfield", &form, &Origin::default())?);
    }
    // The first was answered on the telephone.
    let view = View { institution: academy, as_of: None };
    let questions = app.questions(&operator, view)?.rows;
    let Some(first) = questions.iter().find(|row| Some(&row.reference) == asked.first()) else { return Ok(()) };
    let answer = AnswerForm { text: ANSWER.to_owned(), is_letter: false };
    app.answer_question(&operator, academy, first.id, &answer)
}

const QUESTIONS: [(&str, &str, &str, &str); 3] = [
    (
        "Dana Example",
        "dana@fernhill.example",
        "employer",
        "We are a joinery with nine people. May we come to one of your careers evenings, and would a morning in our workshop be of use?",
    ),
    (
        "Alex Example",
        "alex@example.org",
        "parent",
        "When does my daughter choose her subjects, and whom can we talk to before?",
    ),
    (
        "Kim Example",
        "kim@example.org",
        "learner",
        "Is there somebody who can look over my application for an apprenticeship?",
    ),
];

const ANSWER: &str =
    "Both would be welcome. Agreed on the telephone: the evening in February, and a morning for Year 9 in June.";
