use std::collections::BTreeMap;

use domain::InstitutionId;
use policy::Fact;
use serde_json::json;
use store::institution_text::InstitutionText;

use super::{few, figures};
use crate::{Action, Actor, App, Problems, Result, audit::changes};

/// Where the performance tables show the institution: an address.
pub(crate) const PERFORMANCE_TABLES: &str = "performance-tables";
/// Whose destinations the figures are.
pub(crate) const DESTINATIONS_OF: &str = "destinations-of";
/// Destinations with whole numbers, one to a line.
pub(crate) const DESTINATIONS_FIGURES: &str = "destinations-figures";

/// How long a text may be, in characters.
const LONGEST: usize = 10_000;

/// How a text of the public pages is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WebsiteTextKind {
    /// Paragraphs and lists.
    Long,
    /// One line.
    Line,
    /// A day.
    Day,
    /// An address.
    Address,
}

/// A text that the public pages show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WebsiteText {
    /// Under which name it is kept.
    pub name: &'static str,
    /// What it is asked as.
    pub label: &'static str,
    /// What helps to write it.
    pub hint: &'static str,
    /// How it is typed.
    pub kind: WebsiteTextKind,
}

const fn long(name: &'static str, label: &'static str, hint: &'static str) -> WebsiteText {
    WebsiteText { name, label, hint, kind: WebsiteTextKind::Long }
}

/// Every text that is typed for the public pages, in the order of the form.
pub const WEBSITE_TEXTS: [WebsiteText; 14] = [
    WebsiteText {
        name: Fact::WebsiteReview.word(),
        label: "When is the published information next reviewed?",
        hint: "It must be published. A day in the future, within a year",
        kind: WebsiteTextKind::Day,
    },
    long(
        Fact::AccessToInformation.word(),
        "How can anybody find out more about the programme?",
        "Evenings, newsletters, whom to ask. It stands on the pages of all four audiences",
    ),
    long("site-learners", "What else do learners need to know?", "Where they ask, where they look things up"),
    long("site-parents", "What else do parents and carers need to know?", "How they are told, and how they can help"),
    long(
        "site-staff",
        "What else do staff need to know?",
        "How careers comes into their subject, training, whom to ask",
    ),
    long("site-employers", "What else do employers need to know?", "What they can offer, and what you ask of them"),
    long(
        Fact::PersonalGuidance.word(),
        "How does a learner get personal guidance?",
        "Who gives it, where, and how to ask for a meeting",
    ),
    long(
        Fact::ImpactMeasures.word(),
        "How is the programme’s impact on learners measured and assessed?",
        "It must be published. What you collect, from whom, when, and who looks at it",
    ),
    long(
        Fact::ImpactStatement.word(),
        "What has the programme done for learners?",
        "Your impact statement, about groups and never about one learner",
    ),
    long(Fact::Strengths.word(), "What is strong, and what is being developed?", "From your last evaluation"),
    long(Fact::DestinationsSummary.word(), "Where do leavers go?", "In words; figures come below"),
    WebsiteText {
        name: DESTINATIONS_OF,
        label: "Whose destinations are the figures?",
        hint: "Such as “Year 11 leavers of 2025”",
        kind: WebsiteTextKind::Line,
    },
    long(
        DESTINATIONS_FIGURES,
        "How many went where?",
        "One destination to a line, such as “Sixth form: 62”. Groups of fewer than five are not shown to the public",
    ),
    WebsiteText {
        name: PERFORMANCE_TABLES,
        label: "Where do the performance tables show you?",
        hint: "The address of your page among the government’s school and college performance data",
        kind: WebsiteTextKind::Address,
    },
];

/// The texts of the public pages by name.
pub type WebsiteTexts = BTreeMap<&'static str, String>;

impl App {
    /// Writes the texts of the public pages. What is blank is taken away.
    ///
    /// # Errors
    /// If the actor may not record for the whole institution, or a text has a problem.
    pub fn change_website_texts(&self, actor: &Actor, institution: InstitutionId, form: &WebsiteTexts) -> Result<()> {
        actor.ask_for_all(Action::Record, institution)?;
        let mut problems = Problems::default();
        let mut texts = BTreeMap::new();
        for text in WEBSITE_TEXTS {
            // What the form does not ask about stays.
            let Some(typed) = form.get(text.name) else { continue };
            let typed = typed.replace("\r\n", "\n").trim().to_owned();
            texts.insert(text.name, tidied(&text, typed, self.context().today(), &mut problems));
        }
        problems.check()?;
        let now = self.context().now();
        self.store().write(institution, |tx| -> Result<()> {
            tx.wait_turn(institution)?;
            let before: BTreeMap<String, String> = store::institution_text::list(tx, institution)?
                .into_iter()
                .map(|text| (text.name, text.text))
                .collect();
            let of = |name: &str| before.get(name).cloned().unwrap_or_default();
            let changed = changes(
                texts.keys().map(|name| (*name, of(name))),
                texts.iter().map(|(name, text)| (*name, text.clone())),
            );
            for (name, text) in texts.iter().filter(|(name, text)| of(name) != **text) {
                if text.is_empty() {
                    store::institution_text::remove(tx, institution, name)?;
                    continue;
                }
                let text = InstitutionText {
                    name: (*name).to_owned(),
                    text: text.clone(),
                    account: actor.account(),
                    changed_at: now,
                };
                store::institution_text::set(tx, institution, &text)?;
            }
            let event = self
                .event(
                    actor,
                    "website.written",
                    ("institution", Some(institution.0)),
                    json!({"fields": changed.names()}),
                )
                .with([self.detail(None, &changed)]);
            Ok(store::audit::record(tx, institution, &event)?)
        })
    }
}

fn tidied(text: &WebsiteText, typed: String, today: domain::Date, problems: &mut Problems) -> String {
    if typed.is_empty() {
        return typed;
    }
    if typed.chars().count() > LONGEST {
        problems.add(text.name, "This is too long for one page. Keep it below 10,000 characters.");
    }
    let is_of_leavers = text.name == Fact::DestinationsSummary.word();
    if let Some(words) = few::in_typed(&typed, is_of_leavers).filter(|_| text.name != DESTINATIONS_FIGURES) {
        problems.add(
            text.name,
            format!("“{words}” is so few that readers may know who they are. Say it without the number."),
        );
    }
    match text.kind {
        WebsiteTextKind::Day => {
            let day = domain::date::parse(&typed).filter(|day| *day > today);
            let day = day.ok_or_else(|| "Enter a day in the future, such as 01/09/2027.".to_owned());
            return problems.take(text.name, day).map_or(typed, |day| day.to_string());
        }
        WebsiteTextKind::Address => {
            let is_page =
                documents::Address::parse(&typed).is_some_and(|address| address.as_str().starts_with("https://"));
            if !is_page {
                problems.add(text.name, "Enter a whole address that begins with https://.");
            }
        }
        _ if text.name == DESTINATIONS_FIGURES => {
            problems.take(text.name, figures::read(&typed));
        }
        _ => {}
    }
    typed
}
