use domain::{Date, date::days_between};

use super::{ADVISER_LEVEL, CareersPost, ContactForm, is_held, label, level};
use crate::{Action, Actor, App, Error, Frame, Result, View};

/// How many days before somebody leaves it is said.
pub(super) const NEAR: i32 = 60;

/// The people of the careers programme.
#[derive(Debug, Clone)]
pub struct CareersTeam {
    /// Where it is.
    pub frame: Frame,
    /// Every post of the list, and those that a file brought besides.
    pub posts: Vec<CareersPostRow>,
    /// Whether the reader may change it.
    pub may_write: bool,
}

/// A post and who holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CareersPostRow {
    /// Its word.
    pub word: String,
    /// What it is called.
    pub label: String,
    /// Who holds it; blank where nobody does.
    pub form: ContactForm,
    /// The last day, if there is one.
    pub ends_on: Option<Date>,
    /// Whether the last day has passed.
    pub has_ended: bool,
    /// What should be looked at, in a sentence.
    pub warning: Option<String>,
    /// What rests on the post.
    pub rests_on_it: Vec<&'static str>,
    /// Whether papers lack something while nobody holds it.
    pub is_wanted: bool,
    /// Whether whoever holds it gives personal guidance.
    pub is_adviser: bool,
}

/// One post with its form.
#[derive(Debug, Clone)]
pub struct CareersPostPage {
    /// Where it is.
    pub frame: Frame,
    /// The post.
    pub row: CareersPostRow,
}

impl App {
    /// The people of the careers programme, with what each post lacks.
    ///
    /// # Errors
    /// If the institution is not within the actor's reach.
    pub fn careers_team(&self, actor: &Actor, view: View) -> Result<CareersTeam> {
        actor.ask(Action::SeeTotals, view.institution)?;
        let (frame, _) = self.frame_of_totals(actor, view)?;
        let (_, contacts) =
            self.store().read(view.institution, |tx| store::institution::contacts(tx, view.institution))?;
        let mut words: Vec<&str> = CareersPost::ALL.iter().map(|post| post.word()).collect();
        words.extend(
            contacts.iter().map(|contact| contact.role.as_str()).filter(|word| CareersPost::from_word(word).is_none()),
        );
        let posts = words.into_iter().map(|word| {
            let contact = contacts.iter().find(|contact| contact.role == word);
            let post = CareersPost::from_word(word);
            let mut row = CareersPostRow {
                word: word.to_owned(),
                label: label(word),
                form: ContactForm::of(contact),
                ends_on: contact.and_then(|contact| contact.ends_on),
                has_ended: contact.is_some_and(|contact| !is_held(contact, frame.as_of)),
                warning: None,
                rests_on_it: post.map_or(Vec::new(), |post| post.rests_on_it().to_vec()),
                is_wanted: post.is_some_and(CareersPost::is_wanted),
                is_adviser: post.is_some_and(CareersPost::is_adviser),
            };
            row.warning = warning(&row, frame.as_of);
            row
        });
        Ok(CareersTeam {
            posts: posts.collect(),
            may_write: actor.ask_for_all(Action::Administer, view.institution).is_ok(),
            frame,
        })
    }

    /// One post with its form.
    ///
    /// # Errors
    /// If the actor may not administer the institution, or there is no such post.
    pub fn careers_post(&self, actor: &Actor, view: View, word: &str) -> Result<CareersPostPage> {
        actor.ask_for_all(Action::Administer, view.institution)?;
        let team = self.careers_team(actor, view)?;
        let row = team.posts.into_iter().find(|post| post.word == word).ok_or(Error::NOT_FOUND)?;
        Ok(CareersPostPage { frame: team.frame, row })
    }
}

/// The most pressing thing about a post.
fn warning(row: &CareersPostRow, as_of: Date) -> Option<String> {
    let form = &row.form;
    if form.name.is_empty() {
        return row.is_wanted.then(|| "Nobody is named yet.".to_owned());
    }
    if let Some(last) = row.ends_on {
        let day = domain::date::long(last);
        if row.has_ended {
            return Some(format!("Held the post until {day} and is no longer named in papers. Name a successor."));
        }
        if days_between(as_of, last) <= NEAR {
            return Some(format!("Leaves on {day}. Name a successor in time."));
        }
    }
    if row.word == CareersPost::CareersLeader.word() && (form.email.is_empty() || form.phone.is_empty()) {
        return Some("The e-mail address and the telephone number must both be published.".to_owned());
    }
    if !row.is_adviser {
        return None;
    }
    match level(&form.qualification) {
        Some(level) if level >= ADVISER_LEVEL => None,
        Some(level) => Some(format!(
            "Level {level} is below Level 6, which is what guidance asks of whoever gives personal guidance."
        )),
        None if form.qualification.is_empty() => Some(
            "No qualification is entered: personal guidance is given by somebody trained to Level 6 or above."
                .to_owned(),
        ),
        None => Some("The qualification does not say its level. Add it, such as “Level 6”.".to_owned()),
    }
}
