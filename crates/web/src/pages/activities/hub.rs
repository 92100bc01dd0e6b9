//! Where else an activity leads.

use crate::place::Place;

/// Pages about this activity, as far as the reader may open them: label and address.
pub(super) fn links(_page: &app::ActivityPage, _place: &Place) -> Vec<(String, Option<String>)> {
    Vec::new()
}
