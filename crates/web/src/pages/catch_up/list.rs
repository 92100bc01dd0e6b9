use app::{
    Action, CatchUpFilter, CatchUpRow, CatchUpSessionForm, CatchUpStanding, CatchUpWord, CatchUps, FieldProblem,
    ListFormat,
};
use askama::Template;
use axum::extract::{Path, State};
use domain::{ActivityId, Kind, ParticipationStatus, YearGroup, date};

use crate::{
    answer::{Answer, Failure, go_saying, show, show_again},
    fields::Fields,
    labels,
    pages::{gaps::Ways, requirement::save},
    parts::{Choice, Filter, Filters, Flash, Pages, Sign, Tag},
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Posted, Visitor},
    words,
};

/// Who missed what and has yet to make up for it.
#[derive(Template)]
#[template(path = "pages/catch_up/list.html")]
pub(crate) struct CatchUpPage {
    pub(crate) shell: Shell,
    pub(crate) ways: Ways,
    pub(crate) lead: String,
    /// Plans a session for one activity, for those who may.
    pub(crate) plan: Option<PlanForm>,
    /// Whether the reader may see learners.
    pub(crate) lists_learners: bool,
    pub(crate) may_record: bool,
    pub(crate) filters: Filters,
    pub(crate) shown: String,
    /// The list as CSV and as a workbook, for those who may take it away.
    pub(crate) files: Option<(String, String)>,
    pub(crate) lines: Vec<CatchUpLine>,
    pub(crate) pages: Pages,
    /// Title, where it leads, day, how many are open, how many missed it.
    pub(crate) by_activity: Vec<(String, String, String, String, String)>,
    /// Name, where it leads, how many are open.
    pub(crate) by_form: Vec<(String, String, String)>,
}

/// Plans a session like the one that was missed.
pub(crate) struct PlanForm {
    pub(crate) action: String,
    pub(crate) date: String,
}

/// One activity that one learner missed.
pub(crate) struct CatchUpLine {
    pub(crate) learner: String,
    pub(crate) name: String,
    pub(crate) href: String,
    pub(crate) form: String,
    pub(crate) title: String,
    pub(crate) activity: String,
    pub(crate) date: String,
    pub(crate) mark: &'static str,
    pub(crate) tag: Tag,
    pub(crate) more: String,
    /// Where it is closed by hand, or opened again.
    pub(crate) close: Option<String>,
    pub(crate) reopen: Option<String>,
    pub(crate) is_open: bool,
    pub(crate) is_ticked: bool,
}

/// What the address asks for.
fn read(query: &Fields) -> CatchUpFilter {
    CatchUpFilter {
        year_group: query.read("year"),
        form: Some(query.text("form")).filter(|form| !form.is_empty()),
        activity: query.read("activity"),
        learner: query.read("learner"),
        kind: query.read("kind"),
        standing: match query.one("standing") {
            "planned" => CatchUpWord::Planned,
            "closed" => CatchUpWord::Closed,
            "any" => CatchUpWord::Any,
            _ => CatchUpWord::Open,
        },
        every_year: query.one("since") == "all",
        skip: query.read("skip").unwrap_or_default(),
    }
}

/// GET the list.
pub(crate) async fn get(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let (actor, view, filter) = (visitor.actor.clone(), here.view(), read(&here.query));
    let all = site.run(move |app| app.catch_ups(&actor, view, &filter)).await?;
    Ok(show(&page(&visitor, &here, &all, None, Vec::new())))
}

/// GET the same as a file: `?format=csv` or `xlsx`.
pub(crate) async fn export(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let format = match here.query.one("format") {
        "csv" => ListFormat::Csv,
        "xlsx" => ListFormat::Xlsx,
        _ => return Err(Failure::NOT_FOUND),
    };
    let (actor, view, filter) = (visitor.actor.clone(), here.view(), read(&here.query));
    Ok(save(site.run(move |app| app.export_catch_ups(&actor, view, &filter, format)).await?))
}

/// POST: a session for those ticked.
pub(crate) async fn plan(
    State(site): State<Site>,
    here: Here,
    Path((_, missed)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let missed: ActivityId = missed.parse().map_err(|_| Failure::NOT_FOUND)?;
    let form = CatchUpSessionForm {
        date: posted.fields.text("date"),
        learners: posted.fields.all("learners").iter().filter_map(|id| id.parse().ok()).collect(),
    };
    let (actor, institution, sent) = (posted.visitor.actor.clone(), here.institution, form.clone());
    match site.run(move |app| app.plan_catch_up(&actor, institution, missed, &sent)).await {
        Ok(id) => {
            let activity = format!("/institutions/{institution}/activities/{id}");
            let flash = Flash::says(format!(
                "The session is planned, and {} invited. Change its details here, or plan the next.",
                words::count(form.learners.len(), "learner is", "learners are")
            ));
            Ok(go_saying(&site, &flash.undone_by(format!("{activity}/delete")), &activity))
        }
        Err(Failure::Problems(problems)) => {
            let (actor, view) = (posted.visitor.actor.clone(), here.view());
            let filter = CatchUpFilter { activity: Some(missed), ..CatchUpFilter::default() };
            let all = site.run(move |app| app.catch_ups(&actor, view, &filter)).await?;
            Ok(show_again(&page(&posted.visitor, &here, &all, Some(form), problems)))
        }
        Err(failure) => Err(failure),
    }
}

fn page(
    visitor: &Visitor,
    here: &Here,
    all: &CatchUps,
    typed: Option<CatchUpSessionForm>,
    problems: Vec<FieldProblem>,
) -> CatchUpPage {
    let frame = &all.frame;
    let place = Place::new(frame, "catch-up");
    let path = format!("/institutions/{}/catch-up", here.institution);
    let may_record = frame.may.has(Action::Record);
    let export = format!("{path}/export");
    let file = |format: &str| here.query.with(&export, &[("format", format), ("skip", "")]);
    let narrowed = |field: &str, value: &str| here.query.with(&path, &[(field, value), ("skip", "")]);
    let withheld = || "fewer than 5".to_owned();
    let number = |count: Option<u32>| count.map_or_else(withheld, |count| words::figure(count as usize));
    let shell = visitor.shell_at(frame, "catch-up").at("programme").with_problems(problems);
    CatchUpPage {
        shell: match (&all.activity, &all.learner) {
            (Some(activity), _) => shell
                .titled(format!("Catch-up: {}", activity.title))
                .under(place.to("catch-up"), "Catch-up")
                .under(place.to(&format!("activities/{}", activity.id)), activity.title.clone()),
            (None, Some(name)) => shell.titled(format!("Catch-up of {name}")).under(place.to("catch-up"), "Catch-up"),
            (None, None) => shell.titled("Catch-up"),
        },
        ways: Ways::of(frame, "catch-up"),
        lead: lead(all),
        plan: all
            .activity
            .as_ref()
            .filter(|_| may_record && all.rows.iter().any(|row| row.standing == CatchUpStanding::Open))
            .map(|activity| PlanForm {
                action: format!("{path}/{}/plan", activity.id),
                date: typed.as_ref().map_or(String::new(), |form| form.date.clone()),
            }),
        lists_learners: !frame.is_totals_only,
        may_record,
        filters: filters(here, all, &path),
        shown: words::count_capital(all.matching as usize, "line", "lines"),
        files: frame.may.has(Action::Export).then(|| (file("csv"), file("xlsx"))),
        lines: all.rows.iter().map(|row| line(row, &place, may_record, typed.as_ref())).collect(),
        pages: Pages {
            first: here.query.read::<usize>("skip").map(|_| narrowed("skip", "")),
            next: all.next.map(|next| here.query.with(&path, &[("skip", &next.to_string())])),
            shown: format!("{} of {}", all.rows.len(), words::figure(all.matching as usize)),
        },
        by_activity: match all.activity {
            Some(_) => Vec::new(),
            None => all
                .by_activity
                .iter()
                .map(|one| {
                    let href = narrowed("activity", &one.id.to_string());
                    (one.title.clone(), href, date::long(one.date), number(one.open), number(one.missed))
                })
                .collect(),
        },
        by_form: all
            .by_form
            .iter()
            .map(|(form, open)| {
                let label = if form == "unknown" { "Not recorded".to_owned() } else { form.clone() };
                (label, narrowed("form", form), words::figure(*open as usize))
            })
            .collect(),
    }
}

fn lead(all: &CatchUps) -> String {
    let Some([open, planned, closed]) = all.counts else {
        return "How many have something to catch up on is not shown here, because some of them are few.".to_owned();
    };
    match (open, planned, closed) {
        (0, 0, 0) => "Nobody has missed anything. Whoever is marked absent or excused in a register stands here until it is made up for.".to_owned(),
        (0, 0, _) => "Everything that was missed is made up for.".to_owned(),
        _ => {
            let open = words::count_capital(open as usize, "missed activity is", "missed activities are");
            let planned = match planned {
                0 => String::new(),
                some => format!(" For {} something is planned.", words::count(some as usize, "more", "more")),
            };
            let closed = match closed {
                0 => String::new(),
                some => format!(" {} closed.", words::count_capital(some as usize, "is", "are")),
            };
            format!("{open} yet to be made up for.{planned}{closed}")
        }
    }
}

fn line(row: &CatchUpRow, place: &Place, may_record: bool, typed: Option<&CatchUpSessionForm>) -> CatchUpLine {
    let at = format!("catch-up/{}/{}", row.activity, row.learner);
    let named = |by: &app::ActivityName| format!("{}, {}", by.title, date::long(by.date));
    let (tag, more) = match &row.standing {
        CatchUpStanding::Open => (Tag::new(Sign::Due, "To do"), String::new()),
        CatchUpStanding::Planned(by) => (Tag::plain(Sign::Planned), named(by)),
        CatchUpStanding::Made(by) => (Tag::new(Sign::Met, "Made up for"), named(by)),
        CatchUpStanding::Said(Some(by), reason) => {
            (Tag::new(Sign::Met, "Made up for"), format!("{}. {reason}", named(by)))
        }
        CatchUpStanding::Said(None, reason) => (Tag::new(Sign::NotApplicable, "Not needed"), reason.clone()),
    };
    let is_said = matches!(row.standing, CatchUpStanding::Said(..));
    let is_open = row.standing == CatchUpStanding::Open;
    CatchUpLine {
        learner: row.learner.to_string(),
        name: row.name.clone(),
        href: place.to(&format!("learners/{}", row.learner)),
        form: row.form.clone().unwrap_or_else(|| "–".to_owned()),
        title: row.title.clone(),
        activity: place.to(&format!("activities/{}", row.activity)),
        date: date::long(row.date),
        mark: match row.mark {
            ParticipationStatus::Absent => "Absent",
            ParticipationStatus::Excused => "Excused",
            ParticipationStatus::Invited => "Invited, no mark",
            ParticipationStatus::Attended => "Present",
        },
        tag,
        more,
        close: (may_record && !is_said && !matches!(row.standing, CatchUpStanding::Made(_))).then(|| place.to(&at)),
        reopen: (may_record && is_said).then(|| place.to(&format!("{at}/restore"))),
        is_open,
        is_ticked: is_open && typed.is_none_or(|form| form.learners.contains(&row.learner)),
    }
}

fn filters(here: &Here, all: &CatchUps, path: &str) -> Filters {
    let query = &here.query;
    let filter = |name: &'static str, label: &'static str, all: &str, values: Vec<(String, String)>| {
        let now = query.one(name);
        let values = values.into_iter().map(|(value, label)| Choice::new(&value, label, value == now));
        Filter { name, label, choices: std::iter::once(Choice::new("", all, now.is_empty())).chain(values).collect() }
    };
    let owned = |list: &[(&str, &str)]| list.iter().map(|(v, l)| ((*v).to_owned(), (*l).to_owned())).collect();
    let (first, last) = all.frame.institution.years.unwrap_or((YearGroup::LOWEST, YearGroup::HIGHEST));
    let years = (first.number()..=last.number()).map(|year| (year.to_string(), format!("Year {year}")));
    let kinds = Kind::ALL.iter().map(|kind| (kind.word().to_owned(), labels::kind(*kind).to_owned()));
    let mut forms: Vec<_> = all.by_form.iter().map(|(form, _)| (form.clone(), form.clone())).collect();
    let form = query.text("form");
    if !form.is_empty() && !forms.iter().any(|(name, _)| *name == form) {
        forms.push((form.clone(), form));
    }
    let mut filters = vec![
        filter("year", "Year group", "All", years.collect()),
        filter("kind", "Kind", "All", kinds.collect()),
        filter("since", "Missed", "This academic year", owned(&[("all", "At any time")])),
    ];
    if !all.frame.is_totals_only {
        let standings = [("planned", "Planned"), ("closed", "Closed"), ("any", "All")];
        filters.insert(0, filter("standing", "Standing", "To do", owned(&standings)));
        filters.insert(2, filter("form", "Form", "All", forms));
    }
    let kept = ["as-of", "activity", "learner"].map(|name| (name, query.text(name)));
    let day = query.text("as-of");
    Filters {
        filters,
        clear: Fields::default().with(path, &[("as-of", &day)]),
        kept: kept.into_iter().filter(|(_, value)| !value.is_empty()).collect(),
    }
}
