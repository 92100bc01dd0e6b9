//! The people of the careers programme: who holds which post, how they are reached, until when. The website, the policy and the
//! provider access statement name them from here.

mod change;
mod page;
mod post;
mod task;

use domain::Date;
use store::institution::Contact;

pub use change::ContactForm;
pub(crate) use change::sentence;
pub use page::{CareersPostPage, CareersPostRow, CareersTeam};
pub use post::CareersPost;
pub(crate) use post::level;
pub(crate) use task::leaving;

/// The least level that guidance asks of whoever gives personal guidance.
pub(crate) const ADVISER_LEVEL: u8 = 6;

/// Whether the contact's holder still holds the post on the day.
pub(crate) fn is_held(contact: &Contact, on: Date) -> bool {
    contact.ends_on.is_none_or(|last| on <= last)
}

/// Who holds a post on the day.
pub(crate) fn holder(contacts: &[Contact], post: CareersPost, on: Date) -> Option<&Contact> {
    contacts.iter().find(|contact| contact.role == post.word() && is_held(contact, on))
}

/// What a post is called: one of the list, or what a file called it.
pub(crate) fn label(word: &str) -> String {
    CareersPost::from_word(word).map_or_else(
        || {
            let mut label = word.replace('-', " ");
            if let Some(first) = label.get_mut(..1) {
                first.make_ascii_uppercase();
            }
            label
        },
        |post| post.label().to_owned(),
    )
}
