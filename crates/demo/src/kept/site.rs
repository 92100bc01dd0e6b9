use app::{Actor, App, Origin, QuestionForm, Result, WebsiteLook, WebsiteTexts};
use domain::InstitutionId;

const TEXTS: [(&str, &str); 12] = [
    ("website-review", "2027-09-01"),
    (
        "access-to-information",
        "Come to the careers evening in November or read the newsletter that goes home each half term. The library keeps prospectuses, and \
         form tutors know whom to ask.",
    ),
    ("site-learners", "The careers corner in the library is open every lunchtime."),
    ("site-parents", "Tell us what work you do: many talks begin that way."),
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
];

/// What the demo shows of this area: pages that are public, and a question from a parent.
pub(super) fn build(app: &App, academy: InstitutionId) -> Result<()> {
    let operator = Actor::operator();
    let texts: WebsiteTexts = TEXTS.iter().map(|(name, text)| (*name, (*text).to_owned())).collect();
    app.change_website_texts(&operator, academy, &texts)?;
    let look = WebsiteLook { slug: "larkfield".to_owned(), tint: "#5b2a86".to_owned(), logo_alt: String::new() };
    app.change_website_look(&operator, academy, &look)?;
    app.publish_website(&operator, academy, "The pages of the new academic year")?;
    let question = QuestionForm {
        name: "Alex Example".to_owned(),
        email: "alex@example.org".to_owned(),
        audience: "parent".to_owned(),
        message: "When does my daughter choose her subjects, and whom can we talk to before?".to_owned(),
        trap: String::new(),
    };
    app.ask_question("larkfield", &question, &Origin::default()).map(drop)
}
