use std::collections::BTreeMap;

use ::policy::Fact;
use domain::{AccountId, Date, date::days_between};
use jiff::Timestamp;
use store::institution_text::InstitutionText;

use super::{
    OwnWordsForm,
    change::problems_of,
    entry::{ENTRIES, Entry, Sort},
    text::{said, shown},
};
use crate::{Action, Actor, App, Error, Frame, Result, View};

/// After how many days an impact statement is old.
const YEAR: i32 = 365;
/// How many days before something ages it is said.
const NEAR: i32 = 60;

/// What the institution says in its own words.
#[derive(Debug, Clone)]
pub struct OwnWordsList {
    /// Where it is.
    pub frame: Frame,
    /// Every entry, by group.
    pub rows: Vec<OwnWordsRow>,
    /// Whether the reader may write.
    pub may_write: bool,
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnWordsRow {
    /// The word of its fact.
    pub word: &'static str,
    /// What it is called.
    pub label: &'static str,
    /// Under which heading it stands.
    pub group: &'static str,
    /// What it is for.
    pub help: &'static str,
    /// A text to begin with; blank where there is none.
    pub starting: &'static str,
    /// What it says, as a form has it.
    pub form: OwnWordsForm,
    /// What it says, as HTML.
    pub html: String,
    /// Whether it is a day or a month: one line.
    pub is_line: bool,
    /// Whether it is a day.
    pub is_day: bool,
    /// Who wrote it last, and when.
    pub written: Option<(String, Date)>,
    /// What should be looked at.
    pub warning: Option<String>,
}

/// One entry with its form.
#[derive(Debug, Clone)]
pub struct OwnWordsPage {
    /// Where it is.
    pub frame: Frame,
    /// The entry.
    pub row: OwnWordsRow,
    /// What the record adds beneath it by itself, as HTML; blank where it adds nothing.
    pub from_record: String,
}

impl App {
    /// What the institution says in its own words, and what it does not say yet.
    ///
    /// # Errors
    /// If the institution is not within the actor's reach.
    pub fn own_words(&self, actor: &Actor, view: View) -> Result<OwnWordsList> {
        actor.ask(Action::SeeTotals, view.institution)?;
        let (frame, _) = self.frame_of_totals(actor, view)?;
        let (texts, names) = self.store().read(view.institution, |tx| -> Result<_> {
            let texts = store::institution_text::list(tx, view.institution)?;
            let accounts: Vec<AccountId> = texts.iter().filter_map(|text| text.account).collect();
            Ok((texts, store::account::names(tx, &accounts)?))
        })?;
        let names: BTreeMap<AccountId, String> = names.into_iter().collect();
        let day_of = |at| self.context().day_of(at);
        let rows = ENTRIES.iter().map(|entry| row(entry, &texts, &names, (frame.today, &day_of))).collect();
        Ok(OwnWordsList { rows, may_write: actor.ask_for_all(Action::Record, view.institution).is_ok(), frame })
    }

    /// One entry with its form.
    ///
    /// # Errors
    /// If the actor may not record for the whole institution, or there is no such entry.
    pub fn own_words_entry(&self, actor: &Actor, view: View, word: &str) -> Result<OwnWordsPage> {
        actor.ask_for_all(Action::Record, view.institution)?;
        let list = self.own_words(actor, view)?;
        let row = list.rows.into_iter().find(|row| row.word == word).ok_or(Error::NOT_FOUND)?;
        let from_record = match word.parse::<Fact>() {
            Ok(fact) if word.starts_with("benchmark-") => {
                let scene = self.scene(actor, view)?;
                let said = self.facts_of_record(&scene)?.remove(&fact).unwrap_or_default();
                crate::policy::html(&said, scene.frame.today)
            }
            _ => String::new(),
        };
        Ok(OwnWordsPage { frame: list.frame, row, from_record })
    }
}

fn row(
    entry: &'static Entry,
    texts: &[InstitutionText],
    names: &BTreeMap<AccountId, String>,
    (today, day_of): (Date, &dyn Fn(Timestamp) -> Date),
) -> OwnWordsRow {
    let text = texts.iter().find(|text| text.name == entry.fact.word());
    let kept = OwnWordsForm::of(text);
    let on = |text: &InstitutionText| day_of(text.changed_at);
    OwnWordsRow {
        word: entry.fact.word(),
        label: entry.fact.label(),
        group: entry.group,
        help: entry.help,
        starting: entry.starting,
        html: text.and_then(said).map_or(String::new(), |(_, said)| crate::policy::html(&said, today)),
        is_line: matches!(entry.sort, Sort::Day | Sort::Month | Sort::Address),
        is_day: entry.sort == Sort::Day,
        written: text.map(|text| {
            let by = text.account.and_then(|account| names.get(&account).cloned());
            (by.unwrap_or_else(|| "the server’s operator".to_owned()), on(text))
        }),
        warning: text.and_then(|text| warning(entry, &kept.text, on(text), today)),
        form: OwnWordsForm { text: shown(entry, &kept.text), seen: kept.seen },
    }
}

/// What should be looked at of a text that was written on a day.
fn warning(entry: &Entry, text: &str, written: Date, today: Date) -> Option<String> {
    match entry.fact {
        Fact::ImpactStatement | Fact::ImpactMeasures => {
            let age = days_between(written, today);
            let ages = written.saturating_add(jiff::Span::new().days(i64::from(YEAR)));
            let day = domain::date::long(ages);
            if age > YEAR {
                Some(format!("Twelve months old since {day}. Write it anew."))
            } else if age > YEAR - NEAR {
                Some(format!("Will be twelve months old on {day}."))
            } else {
                None
            }
        }
        Fact::WebsiteReview => {
            let on: Date = text.parse().ok()?;
            let left = days_between(today, on);
            if left < 0 {
                Some(format!(
                    "This day passed on {}. Look the pages over, then enter the next day.",
                    domain::date::long(on)
                ))
            } else if left <= NEAR {
                Some(format!("In {left} days."))
            } else {
                None
            }
        }
        Fact::VisionUntil => {
            let until: Date = text.parse().ok()?;
            (until < today).then(|| "This month has passed. Write the vision anew.".to_owned())
        }
        _ => problems_of(entry, text),
    }
}
