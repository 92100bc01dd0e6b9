use domain::{Date, date::days_between};
use store::institution::Contact;

use super::{is_held, label, page::NEAR};
use crate::home_task::HomeTask;

/// What is to be done because somebody leaves, or has left, and nobody else is named.
pub(crate) fn leaving(contacts: &[Contact], as_of: Date) -> Vec<HomeTask> {
    let ending = contacts.iter().filter_map(|contact| contact.ends_on.map(|last| (contact, last)));
    ending
        .filter(|(_, last)| days_between(as_of, *last) <= NEAR)
        .map(|(contact, last)| {
            let (post, day) = (label(&contact.role), domain::date::long(last));
            let is_late = !is_held(contact, as_of);
            HomeTask {
                what: if is_late {
                    format!("{}: {} left on {day}. Name a successor", post, contact.name)
                } else {
                    format!("{}: {} leaves on {day}. Name a successor", post, contact.name)
                },
                about: "The policy and the website name whoever holds the post.".to_owned(),
                page: format!("careers-team/{}", contact.role),
                due: Some(last),
                is_late,
            }
        })
        .collect()
}
