use askama::Template;
use serde::Deserialize;

use crate::{parts::Choice, shell::Shell};

/// Changes an institution's details; also the last step of setting up by hand.
#[derive(Template)]
#[template(path = "pages/institution/details.html")]
pub(crate) struct DetailsPage {
    pub(crate) shell: Shell,
    pub(crate) action: String,
    /// Set when the institution is made, not changed.
    pub(crate) setup: Option<String>,
    pub(crate) form: DetailsForm,
    pub(crate) types: Vec<Choice>,
    pub(crate) parameters: Vec<ParameterField>,
    pub(crate) button: &'static str,
}

/// What was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub(crate) struct DetailsForm {
    pub(crate) name: String,
    pub(crate) r#type: String,
    pub(crate) urn: String,
    pub(crate) ukprn: String,
    pub(crate) lowest_year: String,
    pub(crate) highest_year: String,
    pub(crate) first_days: String,
    pub(crate) subjects: String,
}

/// A value that the institution may set.
pub(crate) struct ParameterField {
    pub(crate) name: String,
    pub(crate) about: String,
    pub(crate) value: String,
    /// "Otherwise 2".
    pub(crate) otherwise: String,
}
