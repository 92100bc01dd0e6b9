use domain::{AcademicYear, Date};
use serde::{Deserialize, Serialize};

use crate::{
    Force, Item, Known, Page, PageKind, Unread, access, careers, force, guidance, institution, leader,
    outline::Outline, policy, programme, review,
};

/// Whether something is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It is, in the words quoted.
    Found,
    /// There is something, and a person has to judge.
    Unclear,
    /// Nothing was found.
    NotFound,
}

impl State {
    /// As a report has it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Found => "Found",
            Self::Unclear => "Unclear",
            Self::NotFound => "Not found",
        }
    }
}

/// Words of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// Where they stand.
    pub address: String,
    /// The words.
    pub text: String,
}

/// What a person should look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "note", rename_all = "kebab-case")]
pub enum Note {
    /// A day that has passed.
    DatePassed {
        /// The day.
        date: Date,
    },
    /// The review lies later after the approval than it may.
    ReviewTooLate {
        /// The day of approval.
        approved: Date,
        /// The day of review.
        review: Date,
    },
    /// It speaks of another academic year than the present one.
    OtherYear {
        /// The year that it speaks of.
        year: AcademicYear,
    },
    /// Part of what belongs to it is missing.
    Missing {
        /// What is, as words.
        what: String,
    },
    /// More than one person is named.
    Several {
        /// Their names.
        names: Vec<String>,
    },
    /// Another name than the record has.
    NameDiffers {
        /// The name on the website.
        found: String,
        /// The name in the record.
        recorded: String,
    },
    /// Another e-mail address than the record has.
    EmailDiffers {
        /// The address on the website.
        found: String,
        /// The address in the record.
        recorded: String,
    },
    /// Another telephone number than the record has.
    TelephoneDiffers {
        /// The number on the website.
        found: String,
        /// The number in the record.
        recorded: String,
    },
    /// Only a link or a mention was found; what it leads to was not read, or did not say so.
    OnlyMentioned,
}

impl Note {
    /// Its code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::DatePassed { .. } => "date-passed",
            Self::ReviewTooLate { .. } => "review-too-late",
            Self::OtherYear { .. } => "other-year",
            Self::Missing { .. } => "missing",
            Self::Several { .. } => "several",
            Self::NameDiffers { .. } => "name-differs",
            Self::EmailDiffers { .. } => "email-differs",
            Self::TelephoneDiffers { .. } => "telephone-differs",
            Self::OnlyMentioned => "only-mentioned",
        }
    }

    /// Whether it says that what was found is out of date or does not match, not that something is missing.
    pub const fn is_a_warning(&self) -> bool {
        !matches!(self, Self::Missing { .. } | Self::OnlyMentioned | Self::Several { .. })
    }

    /// As a sentence.
    pub fn sentence(&self) -> String {
        let day = |day: &Date| domain::date::long(*day);
        match self {
            Self::DatePassed { date } => format!("{} has passed.", day(date)),
            Self::ReviewTooLate { approved, review } => {
                format!("Approved on {}, the review on {} comes too late.", day(approved), day(review))
            }
            Self::OtherYear { year } => format!("It speaks of the academic year {year}."),
            Self::Missing { what } => format!("Missing: {what}."),
            Self::Several { names } => format!("More than one person is named: {}.", names.join(", ")),
            Self::NameDiffers { found, recorded } => format!("The website names {found}; the record has {recorded}."),
            Self::EmailDiffers { found, recorded } => {
                format!("The website has the address {found}; the record has {recorded}.")
            }
            Self::TelephoneDiffers { found, recorded } => {
                format!("The website has the number {found}; the record has {recorded}.")
            }
            Self::OnlyMentioned => "It is mentioned or linked, but what it says was not found.".to_owned(),
        }
    }
}

/// What there is of one item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The item.
    pub item: Item,
    /// How strongly it is asked.
    pub force: Force,
    /// By what.
    pub basis: String,
    /// Whether it is there.
    pub state: State,
    /// The words in which, at most three.
    pub quotes: Vec<Quote>,
    /// What a person should look at.
    pub notes: Vec<Note>,
}

/// A page that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// Where it is.
    pub address: String,
    /// What it was written as.
    pub kind: PageKind,
}

/// What a website says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The day on which it was judged.
    pub as_of: Date,
    /// The pages that were read.
    pub pages: Vec<Seen>,
    /// Those that could not be.
    pub unread: Vec<Unread>,
    /// Item by item, in their order.
    pub findings: Vec<Finding>,
}

impl Report {
    /// Whether something that is required is not found.
    pub fn lacks_required(&self) -> bool {
        self.findings.iter().any(|finding| finding.force == Force::Must && finding.state == State::NotFound)
    }

    /// How many items are in this state.
    pub fn count(&self, state: State) -> usize {
        self.findings.iter().filter(|finding| finding.state == state).count()
    }
}

/// What one rule says of one item.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) state: State,
    pub(crate) quotes: Vec<Quote>,
    pub(crate) notes: Vec<Note>,
}

impl Answer {
    pub(crate) const fn nothing() -> Self {
        Self { state: State::NotFound, quotes: Vec::new(), notes: Vec::new() }
    }

    pub(crate) fn found(page: &Page, text: &str) -> Self {
        Self { state: State::Found, quotes: vec![quote(page, text)], notes: Vec::new() }
    }

    pub(crate) fn unclear(page: &Page, text: &str, note: Note) -> Self {
        Self { state: State::Unclear, quotes: vec![quote(page, text)], notes: vec![note] }
    }

    /// The better of two: found before unclear, what has no warning before what has, what came first.
    #[must_use]
    pub(crate) fn or(self, other: Self) -> Self {
        let rank = |answer: &Self| (answer.state, answer.notes.iter().filter(|note| note.is_a_warning()).count());
        if rank(&other) < rank(&self) { other } else { self }
    }
}

pub(crate) fn quote(page: &Page, text: &str) -> Quote {
    const LONGEST: usize = 300;
    let mut text = text.to_owned();
    if text.chars().count() > LONGEST {
        text = text.chars().take(LONGEST).collect::<String>().trim_end().to_owned() + "…";
    }
    Quote { address: page.address.clone(), text }
}

/// What these pages say of an item that is no part of the provider access statement.
fn on_pages(item: Item, outlines: &[Outline<'_>], known: &Known) -> Answer {
    match item {
        Item::CareersLeader => leader::answer(outlines, known),
        Item::Summary => programme::summary(outlines, known),
        Item::Impact => careers::impact(outlines),
        Item::NextReview => review::next(outlines, known),
        Item::Programme => programme::by_year(outlines, known),
        Item::Guidance => guidance::how_to_get(outlines),
        Item::Roadmap => programme::roadmap(outlines),
        Item::Strengths => careers::strengths(outlines),
        Item::Policy => policy::answer(outlines, known),
        Item::Performance => careers::performance(outlines),
        _ => Answer::nothing(),
    }
}

/// News passes: what only stands there is not published for those who look for it.
fn of_news(mut answer: Answer) -> Answer {
    if answer.state == State::Found {
        answer.state = State::Unclear;
        answer.notes.push(Note::Missing { what: "a lasting page that says so: this is news".to_owned() });
    }
    answer
}

/// Looks for every item on these pages.
pub fn check(pages: &[Page], unread: Vec<Unread>, known: &Known) -> Report {
    let all: Vec<Outline<'_>> =
        pages.iter().map(Outline::of).filter(|outline| !careers::is_about_jobs(outline)).collect();
    let mut is_a_strangers = institution::strangers(&all).into_iter();
    let (strangers, own): (Vec<_>, Vec<_>) = all.into_iter().partition(|_| is_a_strangers.next().unwrap_or_default());
    let (news, lasting): (Vec<_>, Vec<_>) = own.into_iter().partition(careers::is_news);
    let statement = access::Statement::of(&lasting, &strangers);
    let findings = Item::ALL
        .iter()
        .map(|item| {
            let answer = match item {
                Item::AccessStatement => statement.itself(),
                part if part.is_of_access_statement() => statement.part(*part, known),
                item => on_pages(*item, &lasting, known).or(of_news(on_pages(*item, &news, known))),
            };
            let (force, basis) = force(*item, known.kind);
            Finding {
                item: *item,
                force,
                basis: basis.to_owned(),
                state: answer.state,
                quotes: answer.quotes.into_iter().take(3).collect(),
                notes: answer.notes,
            }
        })
        .collect();
    let pages = pages.iter().map(|page| Seen { address: page.address.clone(), kind: page.kind }).collect();
    Report { as_of: known.as_of, pages, unread, findings }
}
