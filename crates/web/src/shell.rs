//! What every page shows around its own content.

use app::{Action, Actions};
use askama::Template;
use domain::LearnerId;

use crate::{
    assets,
    parts::{Checkboxes, Choice, Flash, FormProblems, Input, Select},
    place::Place,
};

/// The frame of a page.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shell {
    /// Heading and title of the page.
    pub(crate) title: String,
    pub(crate) place: Option<Place>,
    /// Which stop of the main navigation the page belongs to.
    pub(crate) here: &'static str,
    /// The way back up.
    pub(crate) trail: Vec<Crumb>,
    /// Who is signed in.
    pub(crate) person: Option<String>,
    pub(crate) csrf: String,
    pub(crate) flash: Option<Flash>,
    pub(crate) problems: FormProblems,
    /// What the reader may do here: what leads elsewhere is shown only to those who may go there.
    pub(crate) may: Actions,
    /// The reader's own record, if they see nothing else.
    pub(crate) own_record: Option<LearnerId>,
    /// Whose learners the reader sees, if not everybody's: "You see 9A: 28 learners."
    pub(crate) only: Option<String>,
    /// As what the reader looks, if not as themselves.
    pub(crate) viewing: Option<String>,
    /// Seconds after which a page without script asks again.
    pub(crate) refresh: Option<u32>,
}

/// A step of the way back up.
#[derive(Debug, Clone)]
pub(crate) struct Crumb {
    pub(crate) href: String,
    pub(crate) label: String,
}

/// A stop of the main navigation.
pub(crate) struct Stop {
    pub(crate) href: String,
    pub(crate) label: &'static str,
    pub(crate) is_here: bool,
}

/// Address, label, and what the reader must be allowed for it to lead anywhere.
const STOPS: [(&str, &str, &[Action]); 13] = [
    ("", "Home", &[Action::SeeTotals]),
    ("benchmarks", "Benchmarks", &[Action::SeeTotals]),
    ("provider-access", "Provider access", &[Action::SeeTotals]),
    ("learners", "Learners", &[Action::SeeTotals, Action::SeeLearners]),
    ("programme", "Programme", &[Action::SeeTotals]),
    ("activities", "Activities", &[Action::SeeTotals]),
    ("calendar", "Calendar", &[Action::SeeTotals]),
    ("placements", "Work experience", &[Action::SeeTotals, Action::SeeLearners]),
    ("organisations", "Organisations", &[Action::Record]),
    ("policy", "Policy", &[Action::SeeTotals]),
    ("website", "Website", &[Action::SeeTotals]),
    ("imports", "Imports", &[Action::Import]),
    ("settings", "Institution", &[Action::SeeTotals]),
];

/// The hidden field that proves a form came from this page.
#[derive(Template)]
#[template(source = r#"<input type="hidden" name="csrf" value="{{ value }}">"#, ext = "html")]
pub(crate) struct TokenField<'a> {
    value: &'a str,
}

impl askama::filters::HtmlSafe for TokenField<'_> {}

impl Shell {
    /// The same with a title.
    pub(crate) fn titled(mut self, title: impl Into<String>) -> Self {
        self.title = title.into();
        self
    }

    /// The same at a stop of the main navigation.
    pub(crate) fn at(mut self, here: &'static str) -> Self {
        self.here = here;
        self
    }

    /// The same with one more step of the way back up.
    pub(crate) fn under(mut self, href: impl Into<String>, label: impl Into<String>) -> Self {
        self.trail.push(Crumb { href: href.into(), label: label.into() });
        self
    }

    /// The same, if there is a way there for the reader.
    pub(crate) fn under_if(self, open: bool, href: impl Into<String>, label: impl Into<String>) -> Self {
        if open { self.under(href, label) } else { self }
    }

    /// The same with what is wrong with its form.
    pub(crate) fn with_problems(mut self, problems: Vec<app::FieldProblem>) -> Self {
        self.problems = problems.into();
        self
    }

    pub(crate) fn asset(&self, name: &str) -> String {
        assets::url(name)
    }

    pub(crate) fn home(&self) -> String {
        self.place.as_ref().map_or_else(|| "/".to_owned(), |place| place.to(""))
    }

    pub(crate) fn stops(&self) -> Vec<Stop> {
        let to = |page: &str| self.place.as_ref().map_or_else(String::new, |place| place.to(page));
        if let Some(own) = self.own_record {
            let href = to(&format!("learners/{own}"));
            return vec![Stop { href, label: "My record", is_here: self.here == "learners" }];
        }
        let open = STOPS.iter().filter(|(_, _, asks)| asks.iter().all(|action| self.may.has(*action)));
        open.map(|(page, label, _)| Stop { href: to(page), label, is_here: *page == self.here }).collect()
    }

    pub(crate) fn token(&self) -> TokenField<'_> {
        TokenField { value: &self.csrf }
    }

    pub(crate) fn input<'a>(&'a self, name: &'a str, label: &'a str, value: &'a str) -> Input<'a> {
        Input::new(name, label, value, self.problems.of(name))
    }

    pub(crate) fn select<'a>(&'a self, name: &'a str, label: &'a str, choices: &'a [Choice]) -> Select<'a> {
        Select::new(name, label, choices, self.problems.of(name))
    }

    pub(crate) fn checkboxes<'a>(&'a self, name: &'a str, label: &'a str, choices: &'a [Choice]) -> Checkboxes<'a> {
        Checkboxes::new(name, label, choices, self.problems.of(name))
    }
}
