use app::{Action, OrganisationFilter, OrganisationList};
use askama::Template;
use axum::extract::State;
use domain::{Industry, Offer, OrganisationSort, date};

use crate::{
    answer::{Answer, Failure, go_saying, show, show_again},
    fields::Fields,
    parts::{Choice, Filter, Filters, Flash},
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Posted, Visitor},
    words,
};

/// Organisations, by name.
#[derive(Template)]
#[template(path = "pages/organisations/list.html")]
pub(crate) struct OrganisationsPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) new: String,
    pub(crate) import: String,
    /// As CSV and as a workbook, for those who may.
    pub(crate) export: Option<(String, String)>,
    /// Pairs that look like one: where, and how many.
    pub(crate) duplicates: Option<(String, String)>,
    /// Names of activities that are no organisation yet: where they become ones, how many, and some of them.
    pub(crate) unknown: Option<(String, String, String)>,
    pub(crate) filters: Filters,
    pub(crate) text: String,
    pub(crate) shown: String,
    pub(crate) organisations: Vec<OrganisationLine>,
    /// Where the days are set, and how many they are.
    pub(crate) ask_again: (String, String),
}

/// One organisation.
pub(crate) struct OrganisationLine {
    pub(crate) name: String,
    pub(crate) href: String,
    pub(crate) is: String,
    pub(crate) industry: &'static str,
    pub(crate) offers: String,
    pub(crate) owner: String,
    pub(crate) contacted: String,
    pub(crate) activities: String,
}

/// GET the list.
pub(crate) async fn list(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let list = read(&site, &visitor, &here).await?;
    Ok(show(&page(&visitor, &here, &list)))
}

async fn read(site: &Site, visitor: &Visitor, here: &Here) -> Result<OrganisationList, Failure> {
    let query = &here.query;
    let filter = OrganisationFilter {
        sort: query.read("sort"),
        industry: query.read("industry"),
        offer: query.read("offer"),
        text: query.text("text"),
        may_be_asked: query.one("asked") == "no",
    };
    let (actor, view) = (visitor.actor.clone(), here.view());
    site.run(move |app| app.organisations(&actor, view, &filter)).await
}

/// POST that the names of activities become organisations.
pub(crate) async fn from_activities(State(site): State<Site>, here: Here, posted: Posted) -> Answer {
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    let added = site.run(move |app| app.add_organisations_of_activities(&actor, institution)).await?;
    let flash = Flash::says(format!(
        "{} added. Look through them: some may be the same under two names.",
        words::count_capital(added as usize, "organisation is", "organisations are")
    ));
    Ok(go_saying(&site, &flash, &format!("/institutions/{institution}/organisations")))
}

/// POST how many days pass before the same people are asked again.
pub(crate) async fn ask_again(State(site): State<Site>, here: Here, posted: Posted) -> Answer {
    let (actor, institution, days) = (posted.visitor.actor.clone(), here.institution, posted.fields.text("days"));
    match site.run(move |app| app.set_ask_again(&actor, institution, &days)).await {
        Ok(()) => {
            let flash = Flash::says("Saved. Waymark warns within these days from now on.");
            Ok(go_saying(&site, &flash, &format!("/institutions/{institution}/organisations")))
        }
        Err(Failure::Problems(problems)) => {
            let list = read(&site, &posted.visitor, &here).await?;
            let mut page = page(&posted.visitor, &here, &list);
            page.ask_again.1 = posted.fields.text("days");
            page.shell = page.shell.with_problems(problems);
            Ok(show_again(&page))
        }
        Err(failure) => Err(failure),
    }
}

fn page(visitor: &Visitor, here: &Here, list: &OrganisationList) -> OrganisationsPage {
    let frame = &list.frame;
    let place = Place::new(frame, "organisations");
    let path = format!("/institutions/{}/organisations", here.institution);
    let waiting = list.organisations.iter().filter(|row| row.last_contacted_on.is_none()).count();
    let all = words::count_capital(list.all as usize, "organisation", "organisations");
    OrganisationsPage {
        shell: visitor.shell_at(frame, "organisations").at("organisations").titled("Organisations"),
        lead: match (list.all, waiting) {
            (0, _) => "Nobody here yet.".to_owned(),
            (_, 0) => format!("{all}. Every one that is shown was contacted by somebody."),
            (_, some) => format!("{all}. With {} of those shown nobody has noted a contact.", words::figure(some)),
        },
        new: place.to("organisations/new"),
        import: place.to("organisations/import"),
        export: frame.may.has(Action::Export).then(|| {
            let to = |format: &str| place.to(&format!("organisations/export?format={format}"));
            (to("csv"), to("xlsx"))
        }),
        duplicates: (list.duplicates > 0).then(|| {
            let pairs = words::count_capital(list.duplicates as usize, "pair looks", "pairs look");
            (place.to("organisations/duplicates"), format!("{pairs} like one organisation"))
        }),
        unknown: (!list.unknown.is_empty()).then(|| {
            let some: Vec<_> = list.unknown.iter().take(3).map(|(name, _)| name.clone()).collect();
            let count = words::count_capital(list.unknown.len(), "name stands", "names stand");
            (place.to("organisations/from-activities"), count, words::list(&some))
        }),
        filters: filters(here, &path),
        text: here.query.text("text"),
        shown: words::count_capital(list.organisations.len(), "organisation", "organisations"),
        organisations: list.organisations.iter().map(|row| line(row, &place)).collect(),
        ask_again: (place.to("organisations/ask-again"), list.ask_again_days.to_string()),
    }
}

fn line(row: &app::OrganisationRow, place: &Place) -> OrganisationLine {
    let join = |labels: Vec<&'static str>| labels.join(", ");
    OrganisationLine {
        name: row.name.clone(),
        href: place.to(&format!("organisations/{}", row.id)),
        is: join(row.sorts.iter().map(|sort| sort.label()).collect()),
        industry: row.industry.map_or("", Industry::label),
        offers: join(row.offers.iter().map(|offer| offer.label()).collect()),
        owner: row.owner.clone().unwrap_or_default(),
        contacted: row.last_contacted_on.map_or(String::new(), date::long),
        activities: words::figure(row.activities as usize),
    }
}

fn filters(here: &Here, path: &str) -> Filters {
    let query = &here.query;
    let filter = |name: &'static str, label: &'static str, values: Vec<(&'static str, &'static str)>| {
        let now = query.one(name);
        let values = values.into_iter().map(|(value, label)| Choice::new(value, label, value == now));
        Filter { name, label, choices: std::iter::once(Choice::new("", "All", now.is_empty())).chain(values).collect() }
    };
    let sorts = OrganisationSort::ALL.iter().map(|sort| (sort.word(), sort.label())).collect();
    let industries = Industry::ALL.iter().map(|one| (one.word(), one.label())).collect();
    let offers = Offer::ALL.iter().map(|one| (one.word(), one.label())).collect();
    let kept = [("as-of", query.text("as-of")), ("text", query.text("text"))];
    Filters {
        filters: vec![
            filter("sort", "What it is", sorts),
            filter("industry", "Sector", industries),
            filter("offer", "Offers", offers),
            filter("asked", "Contacted", vec![("no", "Not within the set time")]),
        ],
        clear: Fields::default().with(path, &[("as-of", query.one("as-of"))]),
        kept: kept.into_iter().filter(|(_, value)| !value.is_empty()).collect(),
    }
}
