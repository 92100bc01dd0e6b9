use app::SiteCheckPage;
use askama::Template;
use publication::{Finding, Force, Item, Report, State, Unread};

use super::what;
use crate::{
    parts::{Sign, Tag},
    place::Place,
    shell::Shell,
    site::Site,
    words,
};

/// What a check found.
#[derive(Template)]
#[template(path = "pages/site_check/found.html")]
pub(crate) struct FoundPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    /// What was checked, when, by whom.
    pub(crate) origin: String,
    /// What is out of date or differs from the record: the item, and a sentence.
    pub(crate) warnings: Vec<(String, String)>,
    /// What is not found, unclear, found: a heading, an anchor, and its items.
    pub(crate) groups: Vec<(String, &'static str, Vec<ItemCard>)>,
    pub(crate) unread: Vec<UnreadLine>,
    /// Pages that were read: where each is, and whether that is an address of the web.
    pub(crate) pages: Vec<QuoteLine>,
    /// What is to be said of pages that were not asked for.
    pub(crate) left: Option<String>,
    /// Where another check begins.
    pub(crate) again: Option<String>,
    /// Where the public pages of Waymark are.
    pub(crate) website: String,
}

/// One item.
pub(crate) struct ItemCard {
    pub(crate) code: &'static str,
    pub(crate) title: &'static str,
    pub(crate) tag: Tag,
    pub(crate) force: String,
    pub(crate) quotes: Vec<QuoteLine>,
    pub(crate) notes: Vec<String>,
    /// What to do, if it is not found or unclear.
    pub(crate) advice: Option<&'static str>,
    pub(crate) next: Vec<NextStep>,
}

/// Words of a page, or a page alone.
pub(crate) struct QuoteLine {
    pub(crate) text: String,
    /// Where they stand, as people read it.
    pub(crate) place: String,
    /// The same as a link; none for a saved file.
    pub(crate) href: Option<String>,
}

/// Where Waymark helps with it.
pub(crate) struct NextStep {
    pub(crate) label: &'static str,
    pub(crate) href: String,
}

/// What could not be read.
pub(crate) struct UnreadLine {
    pub(crate) place: String,
    pub(crate) reason: String,
}

pub(super) fn page(site: &Site, shell: Shell, check: &SiteCheckPage, report: &Report) -> FoundPage {
    let place = Place::new(&check.frame, "website/check");
    let groups = [
        (State::NotFound, "Not found", "not-found"),
        (State::Unclear, "Unclear: somebody should look", "unclear"),
        (State::Found, "Found", "found"),
    ];
    let group = |(state, heading, anchor): (State, &str, &'static str)| {
        let mut findings: Vec<_> = report.findings.iter().filter(|finding| finding.state == state).collect();
        findings.sort_by_key(|finding| finding.force);
        let cards: Vec<_> = findings.into_iter().map(|finding| card(finding, &place, check.may_check)).collect();
        (!cards.is_empty()).then(|| (format!("{heading} ({})", cards.len()), anchor, cards))
    };
    FoundPage {
        shell,
        lead: lead(report),
        origin: format!(
            "{}, checked on {}{}. What is required is that for {}.",
            what(&check.row),
            site.when(check.row.made_at),
            check.row.by.as_ref().map_or(String::new(), |by| format!(" by {by}")),
            check.frame.institution.kind.map_or("this institution", |kind| kind_with_article(kind)),
        ),
        warnings: warnings(report),
        groups: groups.into_iter().filter_map(group).collect(),
        unread: unread(&report.unread),
        pages: report
            .pages
            .iter()
            .map(|page| QuoteLine { text: page.kind.label().to_owned(), ..quote("", &page.address) })
            .collect(),
        left: (check.left > 0).then(|| {
            format!(
                "{} linked from these and not asked for, as a check reads 60 at most. If something is missing that you know is there, check again from the careers page itself.",
                words::count_capital(check.left, "more page is", "more pages are")
            )
        }),
        again: check.may_check.then(|| place.to("website/check")),
        website: place.to("website"),
    }
}

const fn kind_with_article(kind: domain::InstitutionType) -> &'static str {
    use domain::InstitutionType as Type;
    match kind {
        Type::MaintainedSchool => "a maintained school",
        Type::Academy => "an academy",
        Type::SpecialSchool => "a special school",
        Type::AlternativeProvision => "alternative provision",
        Type::IndependentSchool => "an independent school",
        Type::SixthFormCollege => "a sixth-form college",
        Type::Academy16To19 => "a 16 to 19 academy",
        Type::FeCollege => "a further education college",
        Type::TrainingProvider => "a training provider",
    }
}

fn lead(report: &Report) -> String {
    let required = |state| report.findings.iter().filter(|one| one.force == Force::Must && one.state == state).count();
    let read = words::count_capital(report.pages.len(), "page or document was read", "pages and documents were read");
    let (missing, unclear) = (required(State::NotFound), required(State::Unclear));
    let stands = match (missing, unclear) {
        (0, 0) => "Everything that is required was found.".to_owned(),
        (0, unclear) => {
            format!("Nothing that is required is missing; {} unclear.", words::count(unclear, "item is", "items are"))
        }
        (missing, 0) => format!("Of what is required, {} not found.", words::count(missing, "item was", "items were")),
        (missing, unclear) => format!(
            "Of what is required, {} not found and {} unclear.",
            words::count(missing, "item was", "items were"),
            words::count(unclear, "is", "are")
        ),
    };
    format!("{read}. {stands}")
}

fn warnings(report: &Report) -> Vec<(String, String)> {
    let of = |finding: &Finding| {
        let notes: Vec<_> =
            finding.notes.iter().filter(|note| note.is_a_warning()).map(|note| note.sentence()).collect();
        notes.into_iter().map(|note| (finding.item.code().to_owned(), note)).collect::<Vec<_>>()
    };
    report.findings.iter().flat_map(of).collect()
}

fn card(finding: &Finding, place: &Place, may_write: bool) -> ItemCard {
    let is_there = finding.state == State::Found;
    let is_outdated = finding.notes.iter().any(|note| note.is_a_warning());
    ItemCard {
        code: finding.item.code(),
        title: finding.item.title(),
        tag: match finding.state {
            State::Found if is_outdated => Tag::new(Sign::Due, "Found, to be mended"),
            State::Found => Tag::new(Sign::Met, "Found"),
            State::Unclear => Tag::new(Sign::Due, "Unclear"),
            State::NotFound if finding.force == Force::Must => Tag::new(Sign::Missed, "Not found"),
            State::NotFound => Tag::new(Sign::Upcoming, "Not found"),
        },
        force: if finding.basis == finding.force.label() {
            words::capital(&finding.basis)
        } else {
            format!("{}: {}", words::capital(finding.force.label()), finding.basis)
        },
        quotes: finding.quotes.iter().map(|words| quote(&words.text, &words.address)).collect(),
        notes: finding.notes.iter().map(publication::Note::sentence).collect(),
        advice: (!is_there).then(|| finding.item.advice()),
        next: if may_write && (!is_there || is_outdated) { next(finding.item, place) } else { Vec::new() },
    }
}

fn quote(text: &str, address: &str) -> QuoteLine {
    let is_web = address.starts_with("https://") || address.starts_with("http://");
    let shown = address.trim_start_matches("https://").trim_start_matches("http://");
    QuoteLine { text: text.to_owned(), place: shown.to_owned(), href: is_web.then(|| address.to_owned()) }
}

pub(super) fn unread(unread: &[Unread]) -> Vec<UnreadLine> {
    let line = |one: &Unread| UnreadLine { place: quote("", &one.address).place, reason: one.reason.clone() };
    unread.iter().map(line).collect()
}

/// Where Waymark keeps what the item asks for, and what our own public pages say of it.
fn next(item: Item, place: &Place) -> Vec<NextStep> {
    let (label, entered) = match item {
        Item::CareersLeader => ("The careers leader’s contact in Waymark", "careers-team/careers-leader"),
        Item::Summary => ("Write the aims of the programme", "programme/edit"),
        Item::Impact => ("Write how impact is measured", "own-words/impact-measures"),
        Item::NextReview => ("Set the date of the next review", "website/texts"),
        Item::Programme => ("The programme of this year", "programme"),
        Item::Guidance => ("Write how a learner gets guidance", "website/texts"),
        Item::Roadmap => ("The roadmap for families", "programme/roadmap"),
        Item::Strengths => ("Write strengths and what is being developed", "website/texts"),
        Item::Policy => ("The careers policy in Waymark", "policy"),
        Item::Performance => ("Set the link to the performance tables", "website/texts"),
        Item::Previous => ("Providers who came, as they are recorded", "provider-access"),
        _ => ("The provider access statement in Waymark", "policy"),
    };
    let written = NextStep { label, href: place.to(entered) };
    // Its parts stand on the same page as the statement itself, which is named once.
    if item.is_of_access_statement() {
        return vec![written];
    }
    vec![written, NextStep { label: "What our public pages in Waymark say", href: place.to("website#items") }]
}
