use app::FieldProblem;
use askama::Template;

use super::renders_itself;

/// What is wrong with a form: shown together at the top, and each at its field.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "parts/problems.html")]
pub(crate) struct FormProblems {
    list: Vec<FieldProblem>,
}

renders_itself!(FormProblems);

impl FormProblems {
    pub(crate) fn any(&self) -> bool {
        !self.list.is_empty()
    }

    /// What is wrong with this field.
    pub(crate) fn of(&self, field: &str) -> Option<&str> {
        self.list.iter().find(|problem| problem.field == field).map(|problem| problem.message.as_str())
    }
}

impl From<Vec<FieldProblem>> for FormProblems {
    fn from(list: Vec<FieldProblem>) -> Self {
        Self { list }
    }
}
