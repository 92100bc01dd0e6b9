//! Where else an activity leads.

use app::Action;

use crate::place::Place;

/// Pages about this activity, as far as the reader may open them: label and address.
pub(super) fn links(page: &app::ActivityPage, place: &Place) -> Vec<(String, Option<String>)> {
    let may = page.frame.may;
    let id = page.row.id;
    let mut links = Vec::new();
    if page.row.activity.state.counts() && !page.row.is_ahead {
        links.push(("What learners, employers and providers said".to_owned(), format!("activities/{id}/voices")));
    }
    if may.has(Action::Record) && page.row.missed > 0 {
        links.push(("Who missed it and has to catch up".to_owned(), format!("catch-up?activity={id}")));
    }
    links.into_iter().map(|(label, page)| (label, Some(place.to(&page)))).collect()
}
