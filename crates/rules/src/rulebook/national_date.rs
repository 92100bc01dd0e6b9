//! Dates of the national careers calendar.

use domain::{Date, Sector};

use super::{
    document::Documents,
    fault::Faults,
    fields::Fields,
    node::{Node, Value},
};
use crate::pack::Source;

/// What a national date is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DateKind {
    /// A window of provider access closes.
    ProviderAccess,
    /// Applications to higher education.
    HigherEducation,
    /// The day on which national benchmark results are taken from Compass.
    Benchmarks,
    /// A week of events.
    Week,
    /// End of compulsory school age.
    LeavingDate,
    /// Education, health and care plans.
    Ehcp,
    /// A return to government or local authority.
    Return,
}

impl DateKind {
    const WORDS: [(&str, Self); 7] = [
        ("provider-access", Self::ProviderAccess),
        ("higher-education", Self::HigherEducation),
        ("benchmarks", Self::Benchmarks),
        ("week", Self::Week),
        ("leaving-date", Self::LeavingDate),
        ("ehcp", Self::Ehcp),
        ("return", Self::Return),
    ];
}

/// A date that institutions plan around.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NationalDate {
    /// The (first) day.
    pub on: Date,
    /// The last day of something that lasts longer.
    pub until: Option<Date>,
    /// The time of day by which, as people write it: `18:00`.
    pub time: Option<String>,
    /// A few words.
    pub title: String,
    /// What it is about.
    pub kind: DateKind,
    /// Who is concerned, in plain words.
    pub concerns: String,
    /// The sectors that are concerned; empty: both.
    pub sectors: Vec<Sector>,
    /// The year groups that are concerned; empty: no particular ones.
    pub year_groups: Vec<domain::YearGroup>,
    /// What to know about it.
    pub about: Option<String>,
    /// Whether the day is announced only by sources without official standing, so that it should be looked up.
    pub unconfirmed: bool,
    /// Where it comes from.
    pub sources: Vec<Source>,
}

impl NationalDate {
    /// The last day, which is the first if it lasts one day.
    pub fn last_day(&self) -> Date {
        self.until.unwrap_or(self.on)
    }

    /// Whether it concerns institutions of this sector with these year groups.
    pub fn is_for(&self, institution: &domain::Institution) -> bool {
        (self.sectors.is_empty() || self.sectors.contains(&institution.kind.sector()))
            && (self.year_groups.is_empty() || self.year_groups.iter().any(|year| institution.teaches(*year)))
    }
}

/// Reads `[[date]]` entries; sorted by day.
pub(super) fn read(file: &Node, documents: &Documents, faults: &Faults) -> Vec<NationalDate> {
    let mut dates = Vec::new();
    let Some(root) = Fields::of(file, "", faults) else { return dates };
    for item in root.list("date") {
        if let Some(entry) = Fields::of(item, format!("date {}", item.text("title").unwrap_or_default()).trim(), faults)
        {
            dates.extend(date(entry, documents));
        }
    }
    root.finish();
    dates.sort_by(|a, b| (a.on, &a.title).cmp(&(b.on, &b.title)));
    dates
}

fn date(entry: Fields<'_>, documents: &Documents) -> Option<NationalDate> {
    entry.node("on");
    let (on, until) = (entry.optional_date("on"), entry.optional_date("until"));
    if on.zip(until).is_some_and(|(on, until)| until <= on) {
        entry.fault("until", "it ends before it begins", "Write a later day, or leave until out if it lasts one day");
    }
    let time = entry.optional_text("time");
    let title = entry.text("title");
    let kind = entry.word("kind", &DateKind::WORDS);
    let concerns = entry.text("concerns");
    let sectors = entry
        .texts("sectors")
        .iter()
        .filter_map(|word| match word.as_str() {
            "school" => Some(Sector::School),
            "post-16" => Some(Sector::Post16),
            _ => {
                entry.fault("sectors", format!("“{word}” is no sector"), "Write one or both of: school, post-16");
                None
            }
        })
        .collect();
    let year_groups = entry.list("year-groups").iter().filter_map(|node| year_group(node, &entry)).collect();
    let about = entry.optional_text("about");
    let unconfirmed = entry.yes_no("unconfirmed");
    entry.node("sources");
    let sources = entry
        .list("sources")
        .iter()
        .filter_map(|item| documents.source(Fields::of(item, entry.path("sources"), entry.faults())?))
        .collect();
    entry.finish();
    Some(NationalDate {
        on: on?,
        until,
        time,
        title: title?,
        kind: kind?,
        concerns: concerns?,
        sectors,
        year_groups,
        about,
        unconfirmed,
        sources,
    })
}

fn year_group(node: &Node, entry: &Fields<'_>) -> Option<domain::YearGroup> {
    match node.value {
        Value::Number(number @ 7..=14) => Some(domain::YearGroup::new(number as i8)),
        _ => {
            entry.fault("year-groups", "this is no year group", "Write numbers from 7 to 14");
            None
        }
    }
}
