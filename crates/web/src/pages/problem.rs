use askama::Template;

use crate::shell::{Crumb, Shell};

/// Says that something cannot be shown or done, what was kept, and where to go.
#[derive(Template)]
#[template(path = "pages/problem/problem.html")]
pub(crate) struct ProblemPage {
    pub(crate) shell: Shell,
    pub(crate) message: String,
    /// Set for a fault of ours: what to quote.
    pub(crate) reference: Option<String>,
    pub(crate) way_out: Crumb,
}
