use app::{ContactPersonForm, FeedbackForm, NoteForm, OrganisationForm, ReflectionForm};

use super::{render, shell};
use crate::{
    pages::{
        organisations::{
            ContactLine, ContactPage, DuplicatesPage, FormChoices, ImportPage, NoteLine, OrganisationFormPage,
            OrganisationLine, OrganisationPage, OrganisationsPage, PairLine, VisitLine,
        },
        voices::{
            FeedbackLine, FeedbackPage, LinkLine, RATINGS, ReflectionLine, ReflectionPage, SuggestionLine, VoicesPage,
        },
    },
    parts::{Choice, Filters},
};

fn filters() -> Filters {
    Filters { filters: Vec::new(), kept: Vec::new(), clear: "/organisations".into() }
}

fn ratings() -> Vec<Choice> {
    RATINGS.iter().map(|(value, label)| Choice::new(value, label, *value == "4")).collect()
}

/// Pages of this area from invented values.
pub(super) fn pages() -> Vec<(&'static str, String)> {
    let form = OrganisationForm { name: "Fernhill Surveyors".into(), ..OrganisationForm::default() };
    vec![
        ("organisations", render(&list())),
        (
            "organisation-form",
            render(&OrganisationFormPage {
                shell: shell("Add an organisation", "organisations"),
                action: "/organisations/new".into(),
                choices: FormChoices::of(&form, &[]),
                form,
                button: "Add the organisation",
                back: "/organisations".into(),
            }),
        ),
        ("organisation", render(&one())),
        (
            "organisation-contact",
            render(&ContactPage {
                shell: shell("Sam Example", "organisations"),
                action: "/contacts/1".into(),
                erase: "/contacts/1/erase".into(),
                contact: ContactPersonForm { name: "Sam Example".into(), ..ContactPersonForm::default() },
                back: "/organisations/1".into(),
            }),
        ),
        (
            "organisation-duplicates",
            render(&DuplicatesPage {
                shell: shell("Organisations that look alike", "organisations"),
                lead: "No two look like one.".into(),
                pairs: Vec::<PairLine>::new(),
            }),
        ),
        (
            "organisation-import",
            render(&ImportPage {
                shell: shell("Bring in a list of organisations", "organisations"),
                action: "/organisations/import".into(),
                wrong: vec!["Line 3: Enter an e-mail address such as name@company.example.".into()],
                more: 0,
            }),
        ),
        ("voices", render(&voices())),
        ("reflection", render(&reflection(false, false))),
        ("reflection-easy", render(&reflection(true, false))),
        ("reflection-sent", render(&reflection(false, true))),
        (
            "feedback",
            render(&FeedbackPage {
                shell: shell("How did it go?", ""),
                institution: "Larkfield Academy".into(),
                what: "Visit to Fernhill Surveyors, 10 November 2026".into(),
                action: "/feedback/7/x".into(),
                form: FeedbackForm::default(),
                ratings: ratings(),
                returns: vec![Choice::new("yes", "Yes", false), Choice::new("no", "No", false)],
                boxes: vec![Choice::new("two-way", "Learners could ask and answer", false)],
                is_sent: false,
            }),
        ),
    ]
}

fn list() -> OrganisationsPage {
    OrganisationsPage {
        shell: shell("Organisations", "organisations"),
        lead: "Two organisations. With one of those shown nobody has noted a contact.".into(),
        new: "/organisations/new".into(),
        import: "/organisations/import".into(),
        export: Some(("/organisations/export?format=csv".into(), "/organisations/export?format=xlsx".into())),
        duplicates: Some(("/organisations/duplicates".into(), "One pair looks like one organisation".into())),
        unknown: Some(("/organisations/from-activities".into(), "Two names stand".into(), "Ashdown College".into())),
        filters: filters(),
        text: String::new(),
        shown: "One organisation".into(),
        organisations: vec![OrganisationLine {
            name: "Fernhill Surveyors".into(),
            href: "/organisations/1".into(),
            is: "Employer".into(),
            industry: "Construction and property",
            offers: "Talks, Work experience".into(),
            owner: "Robin Example".into(),
            contacted: "3 November 2026".into(),
            activities: "4".into(),
        }],
        ask_again: ("/organisations/ask-again".into(), "90".into()),
    }
}

fn one() -> OrganisationPage {
    OrganisationPage {
        shell: shell("Fernhill Surveyors", "organisations"),
        lead: "Last contacted on 3 November 2026, 20 days ago. Four activities with it.".into(),
        edit: "/organisations/1/change".into(),
        facts: vec![("What it is", "Employer".into())],
        safeguarding: "Visitors sign in at reception.".into(),
        notes_of_it: String::new(),
        contacts: vec![ContactLine {
            name: "Sam Example".into(),
            href: "/contacts/1".into(),
            job: "Surveyor".into(),
            email: "sam@fernhill.example".into(),
            phone: "01632 960001".into(),
            contacted: "3 November 2026".into(),
            not_to_be_asked: Some("Asked not to be contacted"),
            alumnus: "Learnt here, left in 2019".into(),
        }],
        contact_action: "/contacts".into(),
        contact: ContactPersonForm::default(),
        note_action: "/contacted".into(),
        note: NoteForm::default(),
        people: vec![Choice::new("", "Nobody in particular", true)],
        hows: vec![Choice::new("E-mail", "E-mail", true)],
        asks_again: false,
        notes: vec![NoteLine {
            on: "3 November 2026".into(),
            who: "Sam Example".into(),
            how: "E-mail".into(),
            note: "Asked for a talk".into(),
            by: "Robin Example".into(),
            delete: "/contacted/1/delete".into(),
        }],
        visits: vec![VisitLine {
            title: "Talk by a surveyor".into(),
            href: "/activities/1".into(),
            date: "10 November 2026".into(),
            kind: "Employer encounter",
        }],
        feedback: Vec::new(),
        duplicates: Some(("/organisations/duplicates".into(), "Fernhill Surveyors Ltd".into())),
        days: "90".into(),
    }
}

fn voices() -> VoicesPage {
    VoicesPage {
        shell: shell("What they thought", "activities"),
        lead: "Six learners have answered. On average they gave it 4 of 5.".into(),
        may_record: true,
        link_action: "/voices/link".into(),
        made: Some(("Learners", "https://waymark.example/reflect/7/x".into())),
        links: vec![LinkLine {
            what: "Learners",
            label: "9A".into(),
            until: "14 December 2026".into(),
            uses: "Six answers".into(),
            close: "/voices/link/1/close".into(),
        }],
        suggestions: vec![SuggestionLine {
            check: "reflection",
            label: "Learners reflected",
            because: "6 learners said what they learnt".into(),
            action: "/voices/tick".into(),
        }],
        reflections: vec![ReflectionLine {
            who: "A learner".into(),
            href: String::new(),
            rating: "Useful",
            learnt: "How a bridge is measured.".into(),
            next: "Ask about courses.".into(),
            remove: "/voices/reflection/1/remove".into(),
        }],
        feedback: vec![FeedbackLine {
            who: "Sam Example".into(),
            rating: "Useful",
            went_well: "Good questions.".into(),
            better: "Smaller groups.".into(),
            would_return: "Would come again.",
            confirms: "Two-way".into(),
        }],
        add_action: "/voices/reflection".into(),
        learners: vec![Choice::new("1", "Example, Ash", false)],
        ratings: ratings(),
        form: ReflectionForm::default(),
    }
}

fn reflection(is_easy_read: bool, is_sent: bool) -> ReflectionPage {
    ReflectionPage {
        shell: shell(if is_sent { "Thank you" } else { "What did you think?" }, ""),
        institution: "Larkfield Academy".into(),
        what: "Visit to Fernhill Surveyors, 10 November 2026".into(),
        action: "/reflect/7/x".into(),
        form: ReflectionForm { is_easy_read, ..ReflectionForm::default() },
        ratings: ratings(),
        other: "/reflect/7/x?easy=yes".into(),
        is_sent,
    }
}
