use app::{
    Actor, App, ApprovalForm, Approver, CurriculumLinkForm, OutcomeForm, ProgrammeForm, Result, RoadmapForm,
    StaffTrainingForm, View, YearForm,
};
use domain::{InstitutionId, YearGroup};
use jiff::civil::date;

/// What the demo shows of this area: last year's programme, copied and amended this year; a curriculum map that is partly
/// filled in; staff development; a roadmap with changes of its own.
pub(super) fn build(app: &App, academy: InstitutionId) -> Result<()> {
    let operator = Actor::operator();
    let before = View { institution: academy, as_of: Some(date(2026, 6, 1)) };
    let now = View { institution: academy, as_of: None };
    app.change_programme(&operator, before, &text("2026"))?;
    for (year, aims) in AIMS {
        let delivery = "Tutor time once a fortnight, lessons, and two careers days.".to_owned();
        let form = YearForm { aims: aims.to_owned(), delivery, seen: String::new() };
        app.change_programme_year(&operator, before, YearGroup::new(year), &form)?;
    }
    for (year, thread, sort, stage, statement, tags) in OUTCOMES {
        let form = OutcomeForm {
            statement: statement.to_owned(),
            sort: sort.to_owned(),
            stage: stage.to_owned(),
            thread: thread.to_owned(),
            tags: tags.split(' ').map(str::to_owned).collect(),
            ..OutcomeForm::default()
        };
        app.add_outcomes(&operator, before, YearGroup::new(year), &form)?;
    }
    app.copy_programme(&operator, now)?;
    let approval = |by: &str, on: &str| ApprovalForm { by: by.to_owned(), on: on.to_owned(), ..Default::default() };
    app.approve_programme(&operator, now, Approver::Senior, &approval("Marguerite Oakhollow", "2026-09-14"))?;
    app.approve_programme(&operator, now, Approver::Governors, &approval("minute 6.2", "2026-10-14"))?;
    // Amended after it was approved, as happens.
    app.change_programme(&operator, now, &text("2027"))?;
    curriculum(app, &operator, now)?;
    roadmap(app, &operator, now)
}

fn text(leaving: &str) -> ProgrammeForm {
    ProgrammeForm {
        aims: format!(
            "Every learner knows the ways that are open to them, has met people who took them, and leaves in {leaving} with a plan that is their own."
        ),
        leavers: "Learners who leave us can find out what they need to know, speak for themselves, deal with a setback, and say what they want to do next and why."
            .to_owned(),
        delivery: "Each form has a careers lesson in tutor time every fortnight. Subjects link to careers in their own lessons. Two days a year are for visits, employers and providers; every learner meets our careers adviser."
            .to_owned(),
        send: "Visits are prepared with pictures and a first look at the place. Support staff come along. For learners with an education, health and care plan, the reviews from Year 9 on look ahead to adulthood, with the adviser's notes at hand."
            .to_owned(),
        parents: "Parents and carers get the roadmap each September, are invited to the options and post-16 evenings, and can ask the adviser by telephone on Thursdays."
            .to_owned(),
        seen: String::new(),
    }
}

const AIMS: [(i8, &str); 7] = [
    (7, "Look around: who works here, and what do I like?"),
    (8, "Find out what there is besides what I know already."),
    (9, "Choose options with open eyes."),
    (10, "Try out a workplace, and see what comes after 16."),
    (11, "Apply, and have a second plan."),
    (12, "Go deeper into a field, and compare the ways after 18."),
    (13, "Leave with a place, and know what to do if it changes."),
];

type Line = (i8, &'static str, &'static str, &'static str, &'static str, &'static str);

/// Year group, thread, sort, stage, outcome, tags.
const OUTCOMES: [Line; 26] = [
    (7, "Routes", "knowledge", "introduced", "name three ways on after school", "explore bm7"),
    (
        8,
        "Routes",
        "knowledge",
        "practised",
        "describe an apprenticeship, a T Level and A levels to somebody else",
        "explore bm7",
    ),
    (9, "Routes", "skill", "practised", "compare two ways on that suit them", "explore manage bm3 bm7"),
    (10, "Routes", "skill", "practised", "ask a provider what they need to know", "explore speaking bm7"),
    (11, "Routes", "behaviour", "secured", "apply in time, and keep a second way open", "manage planning bm7 bm8"),
    (
        12,
        "Routes",
        "skill",
        "practised",
        "compare ways after 18 by cost, place and prospects",
        "explore big-picture bm2 bm7",
    ),
    (
        13,
        "Routes",
        "behaviour",
        "secured",
        "hold a place for after 18, and know what to do on results day",
        "manage adapting bm7",
    ),
    (7, "Working life", "knowledge", "introduced", "say what four people they met do all day", "explore bm5"),
    (
        8,
        "Working life",
        "skill",
        "practised",
        "prepare questions for a visitor, and listen to the answers",
        "listening speaking bm5",
    ),
    (
        10,
        "Working life",
        "behaviour",
        "practised",
        "arrive on time, ready, and tell somebody when they cannot",
        "create teamwork bm6",
    ),
    (
        12,
        "Working life",
        "behaviour",
        "secured",
        "work a week with adults, and say what they learnt",
        "create bm6 employment",
    ),
    (8, "Information", "skill", "introduced", "find what a job pays here, and how many there are", "big-picture bm2"),
    (
        9,
        "Information",
        "skill",
        "practised",
        "tell a good source from an advertisement",
        "big-picture problem-solving bm2",
    ),
    (11, "Information", "skill", "secured", "use labour market information for their own choice", "big-picture bm2"),
    (
        9,
        "Speaking for myself",
        "skill",
        "introduced",
        "say what they are good at, with an example",
        "grow speaking bm8",
    ),
    (10, "Speaking for myself", "skill", "practised", "write a CV that somebody else would read", "create bm5"),
    (11, "Speaking for myself", "skill", "secured", "hold an interview", "create speaking bm5 bm8"),
    (
        7,
        "Fairness at work",
        "knowledge",
        "introduced",
        "notice when a job is said to be for girls or for boys",
        "balance bm3",
    ),
    (8, "Fairness at work", "behaviour", "practised", "question what people say about a job", "balance creativity bm3"),
    (9, "Fairness at work", "knowledge", "practised", "question what people say about a job", "balance bm3"),
    (
        11,
        "Fairness at work",
        "knowledge",
        "secured",
        "know their rights at work and whom to ask",
        "balance community bm3",
    ),
    (10, "Money and health", "knowledge", "introduced", "read a payslip", "balance independent-living"),
    (
        11,
        "Money and health",
        "skill",
        "practised",
        "make a budget for the first year after school",
        "balance planning independent-living",
    ),
    (
        13,
        "Money and health",
        "behaviour",
        "secured",
        "look after themselves when work is hard",
        "balance adapting health",
    ),
    (
        12,
        "Leading others",
        "behaviour",
        "introduced",
        "lead a small group to something finished",
        "leadership teamwork",
    ),
    (9, "", "behaviour", "introduced", "choose options without following friends only", "manage bm3"),
];

/// Year group, subject, term, topic, how it links, who teaches it.
const LINKS: [(i8, &str, &str, &str, &str, &str); 17] = [
    (
        7,
        "Art and Design",
        "1",
        "Portraits",
        "Illustrators and set painters: what they are asked for, and by whom.",
        "Imogen Tarnwick",
    ),
    (
        8,
        "Art and Design",
        "2",
        "Posters",
        "A print shop sends a real order; learners meet its deadline.",
        "Imogen Tarnwick",
    ),
    (7, "Science", "2", "Cells", "Who works in a hospital laboratory, and how they got there.", ""),
    (8, "Science", "3", "Materials", "An engineer shows what breaks, and how it is tested.", "Caspian Moorland"),
    (9, "Science", "1", "Electricity", "Electricians, installers, grid operators: three ways in.", "Caspian Moorland"),
    (10, "Science", "2", "Genetics", "Plant breeders and genetic counsellors.", ""),
    (11, "Science", "1", "Forces", "Crash tests: who plans them, who reads them.", ""),
    (7, "Mathematics", "1", "Averages", "What an insurance company does with them.", "Perdita Quill"),
    (8, "Mathematics", "2", "Scale", "Drawings of a building firm.", "Perdita Quill"),
    (9, "Mathematics", "2", "Percentages", "Pay, tax and loans.", "Perdita Quill"),
    (10, "Mathematics", "3", "Statistics", "How a council plans bus routes.", ""),
    (9, "Computing", "1", "Data", "Who keeps data safe, and what goes wrong.", "Lucian Fenbrook"),
    (8, "Geography", "3", "Rivers", "Flood planners and surveyors.", ""),
    (9, "Geography", "1", "Cities", "Planning a street with the council's planners.", "Odette Hallam"),
    (7, "English", "3", "Interviews", "A local reporter comes in.", "Ravenna Stoke"),
    (9, "English", "2", "Letters", "Letters that get an answer: applying for a placement.", "Ravenna Stoke"),
    (11, "English", "1", "Speaking", "Interviews with people from five workplaces.", ""),
];

fn curriculum(app: &App, operator: &Actor, now: View) -> Result<()> {
    for (year, subject, term, topic, about, teacher) in LINKS {
        let form = CurriculumLinkForm {
            subject: subject.to_owned(),
            year_group: year.to_string(),
            term: term.to_owned(),
            topic: topic.to_owned(),
            about: about.to_owned(),
            teacher: teacher.to_owned(),
        };
        app.add_curriculum_link(operator, now, &form)?;
    }
    let leads = [
        ("Art and Design", "Imogen Tarnwick"),
        ("Science", "Caspian Moorland"),
        ("Mathematics", "Perdita Quill"),
        ("English", "Ravenna Stoke"),
        ("Geography", "Odette Hallam"),
    ];
    let leads: Vec<_> = leads.iter().map(|(subject, name)| ((*subject).to_owned(), (*name).to_owned())).collect();
    app.set_subject_leads(operator, now.institution, &leads)?;
    for (held_on, title, audience, attended, hours, provider, about) in [
        (
            "2026-09-02",
            "The programme of the year, and each subject's part in it",
            "All teachers",
            "68",
            "1.5",
            "",
            "Where each subject can link to careers, with examples.",
        ),
        (
            "2026-10-21",
            "Routes after 16: what has changed",
            "Form tutors of Years 9 to 11",
            "21",
            "1",
            "Ashdown College",
            "T Levels, apprenticeships, and how to talk about them evenly.",
        ),
        ("2026-11-11", "Visit to a workplace", "Support staff", "9", "3", "Ashdown Engineering", ""),
    ] {
        let form = StaffTrainingForm {
            held_on: held_on.to_owned(),
            title: title.to_owned(),
            provider: provider.to_owned(),
            audience: audience.to_owned(),
            attended: attended.to_owned(),
            hours: hours.to_owned(),
            about: about.to_owned(),
        };
        app.add_staff_training(operator, now.institution, &form)?;
    }
    Ok(())
}

fn roadmap(app: &App, operator: &Actor, now: View) -> Result<()> {
    let point = |year: &str, term: &str, held_on: &str, [title, about, does]: [&str; 3]| RoadmapForm {
        year_group: year.to_owned(),
        term: term.to_owned(),
        held_on: held_on.to_owned(),
        title: title.to_owned(),
        about: about.to_owned(),
        does: does.to_owned(),
    };
    let options = [
        "Choosing options",
        "Come to the options evening, then choose together at home. Keep ways open.",
        "We explain what each subject leads to, and every learner can talk it over.",
    ];
    app.change_roadmap_point(operator, now, "9-options", &point("9", "2", "2027-03-04", options))?;
    let evening = [
        "Post-16 evening",
        "Meet colleges, sixth forms, training providers and apprentices in one place.",
        "We invite them all, and the careers adviser is there.",
    ];
    app.add_roadmap_point(operator, now, &point("11", "1", "2026-10-08", evening))?;
    app.hide_roadmap_point(operator, now, "9-fourteen", true)
}
