//! The rows of who visits.

use app::{ProviderRequestPage, VisitorForm};
use domain::VisitorAssurance;

use crate::{fields::Fields, parts::Choice};

/// A visitor in the form.
pub(crate) struct VisitorLine {
    pub(crate) at: usize,
    pub(crate) form: VisitorForm,
    pub(crate) checks: Vec<Choice>,
}

/// Most visitors that a form has rows for: those that can be kept, and some more so that it can say that they are too many.
const ROWS: usize = 42;

/// Visitors as they were typed, or as they are kept, with rows for those who are still expected.
pub(super) fn visitor_lines(found: &ProviderRequestPage, typed: &Fields) -> Vec<VisitorLine> {
    let was_sent = typed.0.iter().any(|(name, _)| name == "name-1");
    let mut known = if was_sent { visitors_of(typed) } else { found.visitors.clone() };
    let last = known.iter().rposition(|form| *form != VisitorForm::default()).map_or(0, |last| last + 1);
    known.truncate(last);
    let expected = found.request.visitors.and_then(|number| usize::try_from(number).ok()).unwrap_or(2).clamp(1, 6);
    let rows = expected.max(last + usize::from(last > 0)).min(ROWS);
    known.resize(rows, VisitorForm::default());
    (1..)
        .zip(known)
        .map(|(at, form)| VisitorLine {
            at,
            checks: std::iter::once(Choice::new("", "Not known yet", form.checks.is_empty()))
                .chain(VisitorAssurance::ALL.iter().map(|one| Choice::new(one, one.label(), form.checks == one.word())))
                .collect(),
            form,
        })
        .collect()
}

/// Visitors as they were sent.
pub(super) fn visitors_of(fields: &Fields) -> Vec<VisitorForm> {
    let of = |name: &str, at: usize| fields.text(&format!("{name}-{at}"));
    (1..=ROWS)
        .map(|at| VisitorForm {
            name: of("name", at),
            post: of("post", at),
            id_seen: of("id_seen", at) == "yes",
            checks: of("checks", at),
            checks_on: of("checks_on", at),
            supervised_by: of("supervised_by", at),
            content_seen_by: of("content_seen_by", at),
            arrived_at: of("arrived_at", at),
            left_at: of("left_at", at),
        })
        .collect()
}
