use askama::Template;

use super::{Choice, renders_itself};

/// One filter of a list.
#[derive(Debug, Clone)]
pub(crate) struct Filter {
    pub(crate) name: &'static str,
    pub(crate) label: &'static str,
    /// The first is "all".
    pub(crate) choices: Vec<Choice>,
}

/// A list's filters, which live in the address bar.
#[derive(Debug, Clone, Template)]
#[template(path = "parts/filters.html")]
pub(crate) struct Filters {
    pub(crate) filters: Vec<Filter>,
    /// Other parameters of the address that stay.
    pub(crate) kept: Vec<(&'static str, String)>,
    /// The address without any filter.
    pub(crate) clear: String,
}

impl Filters {
    fn any_chosen(&self) -> bool {
        self.filters.iter().any(|filter| filter.choices.iter().skip(1).any(|choice| choice.chosen))
    }
}

/// Where a long list goes on. Lists page by key: there is a next page, and a way back to the start.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "parts/pages.html")]
pub(crate) struct Pages {
    pub(crate) first: Option<String>,
    pub(crate) next: Option<String>,
    pub(crate) shown: String,
}

renders_itself!(Filters, Pages);
