//! Requests of providers in the place that they have in the whole: what is due by when.

use app::{ProviderRequestList, ProviderRequestRow};
use domain::{Date, ProviderRequestState};

use crate::{
    pages::requests::next,
    parts::{Sign, Tag},
    place::Place,
    words,
};

/// Most requests that are shown; the others are on their own page.
const MOST: usize = 8;

/// A request that waits for somebody, or a visit to come.
pub(crate) struct AskedRow {
    pub(crate) organisation: String,
    pub(crate) href: String,
    pub(crate) state: &'static str,
    pub(crate) next: String,
    pub(crate) late: Option<Tag>,
}

/// What is said of the requests, and those that are not over, first those that are due first.
pub(super) fn asked(list: &ProviderRequestList, place: &Place) -> (String, Vec<AskedRow>) {
    let today = list.frame.today;
    let mut open: Vec<_> = list.requests.iter().filter_map(|row| Some((by(row)?, row))).collect();
    open.sort_by_key(|(by, row)| (*by, row.received_on));
    let rows = open.iter().take(MOST).map(|(_, row)| AskedRow {
        organisation: row.organisation.clone(),
        href: place.to(&format!("provider-access/requests/{}", row.id)),
        state: row.state.label(),
        next: next(row, today),
        late: row.is_late.then(|| Tag::new(Sign::Due, "Late")),
    });
    let waits = words::count_capital(list.waiting.undecided as usize, "request waits", "requests wait");
    let says = match (list.all, list.waiting.undecided, list.waiting.late) {
        (0, ..) => "No provider has asked yet.".to_owned(),
        (_, 0, _) => "No request waits for an answer.".to_owned(),
        (_, _, 0) => format!("{waits} for an answer."),
        (_, _, late) => format!("{waits} for an answer; {} late.", words::count(late as usize, "is", "are")),
    };
    (says, rows.collect())
}

/// By when something is to be done with a request: answered, received, confirmed; none if it is over. What waits for the provider comes
/// last.
fn by(row: &ProviderRequestRow) -> Option<Date> {
    match row.state {
        ProviderRequestState::Granted => row.held_on,
        ProviderRequestState::Delivered => row.held_on,
        ProviderRequestState::MoreInformation => Some(Date::MAX),
        _ => row.due_on,
    }
}
