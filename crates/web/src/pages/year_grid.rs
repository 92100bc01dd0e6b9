use askama::Template;

use crate::{parts::Heat, shell::Shell};

/// Year group × requirement.
#[derive(Template)]
#[template(path = "pages/year_grid/year_grid.html")]
pub(crate) struct YearGridPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) heat: Heat,
    pub(crate) origin: String,
}
