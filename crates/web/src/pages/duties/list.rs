use app::{Duties, DutyFilter, DutyRow, ListFormat};
use askama::Template;
use axum::extract::State;
use domain::{date, duty::DutyPost};

use crate::{
    answer::{Answer, show},
    pages::requirement,
    parts::{Choice, Filter, Filters, Sign, Tag},
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Visitor},
    words,
};

/// The register.
#[derive(Template)]
#[template(path = "pages/duties/list.html")]
pub(crate) struct DutiesPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) filters: Filters,
    pub(crate) rows: Vec<DutyLine>,
    /// Those that are left out: title, and where each is shown again.
    pub(crate) hidden: Vec<(String, String)>,
    /// Where one is added, for those who may.
    pub(crate) add: Option<String>,
    pub(crate) csv: String,
    pub(crate) xlsx: String,
}

/// One responsibility.
pub(crate) struct DutyLine {
    pub(crate) title: String,
    /// Where it is changed, for those who may.
    pub(crate) href: Option<String>,
    pub(crate) post: String,
    pub(crate) owner: String,
    pub(crate) evidence: Vec<String>,
    pub(crate) last: String,
    pub(crate) next: String,
    pub(crate) tag: Option<Tag>,
}

fn asked(here: &Here) -> DutyFilter {
    let text = |name: &str| Some(here.query.one(name).to_owned()).filter(|text| !text.is_empty());
    DutyFilter { post: text("post"), owner: text("owner"), due: here.query.one("due") == "yes" }
}

/// GET the register.
pub(crate) async fn get(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let (actor, view, filter) = (visitor.actor.clone(), here.view(), asked(&here));
    let kept = filter.clone();
    let duties = site.run(move |app| app.duties(&actor, view, &filter)).await?;
    Ok(show(&page(&visitor, &here, &duties, &kept)))
}

/// GET the register as a file.
pub(crate) async fn export(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let format = if here.query.one("format") == "xlsx" { ListFormat::Xlsx } else { ListFormat::Csv };
    let (actor, view, filter) = (visitor.actor.clone(), here.view(), asked(&here));
    Ok(requirement::save(site.run(move |app| app.export_duties(&actor, view, &filter, format)).await?))
}

fn page(visitor: &Visitor, here: &Here, duties: &Duties, filter: &DutyFilter) -> DutiesPage {
    let place = Place::new(&duties.frame, "duties");
    let (all, overdue) = duties.counts;
    let overdue = match overdue {
        0 => "None is overdue.".to_owned(),
        some => format!("{} overdue.", words::count_capital(some, "is", "are")),
    };
    let path = |page: &str| format!("/institutions/{}/{page}", here.institution);
    let file = |format: &str| here.query.with(&path("duties/export"), &[("format", format)]);
    DutiesPage {
        lead: format!(
            "{} in the careers programme. {overdue}",
            words::count_capital(all, "responsibility", "responsibilities")
        ),
        filters: filters(here, duties, filter, &place),
        rows: duties.rows.iter().map(|row| line(row, duties, &place)).collect(),
        hidden: duties
            .hidden
            .iter()
            .map(|row| (row.form.title.clone(), place.to(&format!("duties/{}/show", row.key))))
            .collect(),
        add: duties.may_write.then(|| place.to("duties/new")),
        csv: file("csv"),
        xlsx: file("xlsx"),
        shell: visitor
            .shell_at(&duties.frame, "duties")
            .at("policy")
            .titled("Roles and responsibilities")
            .under(place.to("policy"), "Policy"),
    }
}

fn filters(here: &Here, duties: &Duties, filter: &DutyFilter, place: &Place) -> Filters {
    let post = DutyPost::ALL
        .iter()
        .map(|post| Choice::new(post.word(), post.label(), filter.post.as_deref() == Some(post.word())));
    let owners =
        duties.owners.iter().map(|(mark, owner)| Choice::new(mark, owner, filter.owner.as_ref() == Some(mark)));
    let day = here.query.text("as-of");
    let all = |label: &str, chosen: bool| std::iter::once(Choice::new("", label, chosen));
    Filters {
        filters: vec![
            Filter {
                name: "post",
                label: "Whose",
                choices: all("Everybody’s", filter.post.is_none()).chain(post).collect(),
            },
            Filter {
                name: "owner",
                label: "Owner",
                choices: all("Any", filter.owner.is_none()).chain(owners).collect(),
            },
            Filter {
                name: "due",
                label: "Show",
                choices: vec![
                    Choice::new("", "All", !filter.due),
                    Choice::new("yes", "Overdue or never done", filter.due),
                ],
            },
        ],
        kept: if day.is_empty() { Vec::new() } else { vec![("as-of", day)] },
        clear: place.to("duties"),
    }
}

fn line(row: &DutyRow, duties: &Duties, place: &Place) -> DutyLine {
    let evidence = [row.form.evidence.clone(), row.from_record.clone().unwrap_or_default()];
    let as_of = duties.frame.as_of;
    DutyLine {
        title: row.form.title.clone(),
        href: duties.may_write.then(|| place.to(&format!("duties/{}", row.key))),
        post: match row.field_label.as_str() {
            "" => row.post_label.clone(),
            field => format!("{}: {}", row.post_label, field.to_lowercase()),
        },
        owner: row.form.owner.clone(),
        evidence: evidence.into_iter().filter(|text| !text.is_empty()).collect(),
        last: row.last_done.map_or(String::new(), date::long),
        next: row.next_due.map_or(String::new(), date::long),
        tag: match (row.next_due, row.is_overdue, row.is_regular) {
            (_, true, _) => Some(Tag::new(Sign::Missed, "Overdue")),
            (Some(due), false, _) if date::days_between(as_of, due) <= 30 => Some(Tag::due(due, as_of)),
            (Some(_), false, _) => Some(Tag::new(Sign::Met, "Done")),
            (None, _, true) => Some(Tag::new(Sign::Upcoming, "Not done yet")),
            (None, _, false) => None,
        },
    }
}
