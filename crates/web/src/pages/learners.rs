use app::{Action, LearnerFilter, LearnerList};
use askama::Template;
use axum::extract::State;
use domain::YearGroup;

use super::requirement::filter;
use crate::{
    answer::{Answer, show},
    fields::Fields,
    parts::{Choice, Filter, Filters, Pages},
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Posted, Visitor},
    words,
};

/// The learners of an institution.
#[derive(Template)]
#[template(path = "pages/learners/learners.html")]
pub(crate) struct LearnersPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    /// Set when there are no learners at all: where to import, for those who may.
    pub(crate) empty: Option<Option<String>>,
    pub(crate) find: String,
    pub(crate) name: String,
    pub(crate) filters: Filters,
    pub(crate) shown: String,
    pub(crate) learners: Vec<LearnerRow>,
    pub(crate) pages: Pages,
}

/// One learner.
pub(crate) struct LearnerRow {
    pub(crate) name: String,
    pub(crate) href: String,
    pub(crate) year: String,
    pub(crate) form: String,
    pub(crate) met: usize,
    pub(crate) due: usize,
    pub(crate) missed: usize,
}

/// GET the learners on roll.
pub(crate) async fn get(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let filter = LearnerFilter { cohort: filter::cohort(&here.query), after: here.query.read("after") };
    let (actor, view) = (visitor.actor.clone(), here.view());
    let list = site.run(move |app| app.learners(&actor, view, &filter)).await?;
    Ok(show(&page(&visitor, &here, &list, "")))
}

/// POST a name to find. A name is never part of an address, so this one page cannot be bookmarked.
pub(crate) async fn find(State(site): State<Site>, here: Here, posted: Posted) -> Answer {
    let name = posted.fields.text("name");
    let mut filter = LearnerFilter::default();
    filter.cohort.text = Some(name.clone()).filter(|name| !name.trim().is_empty());
    let (actor, view) = (posted.visitor.actor.clone(), here.view());
    let list = site.run(move |app| app.learners(&actor, view, &filter)).await?;
    let mut page = page(&posted.visitor, &here, &list, &name);
    page.pages = Pages::default();
    Ok(show(&page))
}

fn page(visitor: &Visitor, here: &Here, list: &LearnerList, name: &str) -> LearnersPage {
    let frame = &list.frame;
    let place = Place::new(frame, "learners");
    let path = format!("/institutions/{}/learners", here.institution);
    LearnersPage {
        shell: visitor.shell_at(frame, "learners").at("learners").titled("Learners"),
        lead: format!(
            "{} on roll {}.",
            words::count_capital(frame.on_roll as usize, "learner is", "learners are"),
            place.when()
        ),
        empty: (frame.recorded == 0).then(|| frame.may.has(Action::Import).then(|| place.to("imports"))),
        find: place.to("learners/find"),
        name: name.to_owned(),
        filters: filters(here, list, &path),
        shown: words::count_capital(list.matching as usize, "learner", "learners"),
        learners: list
            .learners
            .iter()
            .map(|row| LearnerRow {
                name: row.name.clone(),
                href: place.to(&format!("learners/{}", row.id)),
                year: row.year_group.map_or("–".to_owned(), |year| year.to_string()),
                form: row.form.clone().unwrap_or_else(|| "–".to_owned()),
                met: row.met as usize,
                due: row.due as usize,
                missed: row.missed as usize,
            })
            .collect(),
        pages: Pages {
            first: here.query.read::<i64>("after").map(|_| here.query.with(&path, &[("after", "")])),
            next: list.next.map(|next| here.query.with(&path, &[("after", &next.to_string())])),
            shown: format!("{} of {}", list.learners.len(), words::figure(list.matching as usize)),
        },
    }
}

fn filters(here: &Here, list: &LearnerList, path: &str) -> Filters {
    let query = &here.query;
    let (first, last) = list.frame.institution.years.unwrap_or((YearGroup::LOWEST, YearGroup::HIGHEST));
    let years = (first.number()..=last.number()).map(|year| (year.to_string(), format!("Year {year}"))).collect();
    let forms = list.forms.iter().map(|form| (form.clone(), form.clone())).collect();
    let sen = [("E", "EHC plan"), ("K", "SEN support"), ("N", "No SEN"), ("unknown", "Not recorded")];
    let sen = sen.map(|(value, label)| (value.to_owned(), label.to_owned())).to_vec();
    let filter = |name: &'static str, label: &'static str, values: Vec<(String, String)>| {
        let now = query.one(name);
        let values = values.into_iter().map(|(value, label)| Choice::new(&value, label, value == now));
        Filter { name, label, choices: std::iter::once(Choice::new("", "All", now.is_empty())).chain(values).collect() }
    };
    let day = query.text("as-of");
    let mut filters = vec![filter("year", "Year group", years), filter("form", "Form", forms)];
    if list.frame.sees_send {
        filters.push(filter("sen", "Special needs", sen));
    }
    Filters {
        filters,
        clear: Fields::default().with(path, &[("as-of", &day)]),
        kept: if day.is_empty() { Vec::new() } else { vec![("as-of", day)] },
    }
}
