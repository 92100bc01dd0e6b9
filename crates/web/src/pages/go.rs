//! Changing institution, year or day at the top of a page, with the filters of the page.

use axum::{
    extract::{Query, State},
    http::{HeaderValue, header},
};

use super::home;
use crate::{answer::Answer, fields::Fields, site::Site, visitor::Visitor};

/// What in an address is no filter: the day itself, where a list goes on, and what is asked for once.
const NOT_KEPT: [&str; 4] = ["as-of", "after", "before", "columns"];

/// The filters among the fields of an address.
pub(crate) fn filters(mut query: Vec<(String, String)>) -> Fields {
    query.retain(|(name, value)| !NOT_KEPT.contains(&name.as_str()) && !value.is_empty());
    Fields(query)
}

/// GET `/go`. Another institution has other forms and learners: there the filters go.
pub(crate) async fn get(state: State<Site>, visitor: Visitor, Query(query): Query<Vec<(String, String)>>) -> Answer {
    let fields = Fields(query.clone());
    let mut response = home::go_to(state, visitor, Query(query)).await?;
    let kept = fields.beginning("keep-").map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let kept = filters(kept).with("", &[]);
    let stays = fields.one("institution") == fields.one("from");
    if let Some(address) = response.headers().get(header::LOCATION).and_then(|address| address.to_str().ok())
        && stays
        && !kept.is_empty()
    {
        let kept = if address.contains('?') { kept.replacen('?', "&", 1) } else { kept };
        if let Ok(address) = HeaderValue::from_str(&format!("{address}{kept}")) {
            response.headers_mut().insert(header::LOCATION, address);
        }
    }
    Ok(response)
}
