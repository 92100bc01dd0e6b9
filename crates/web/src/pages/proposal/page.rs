use std::collections::BTreeMap;

use app::{FieldProblem, HowMade, ProposalFilter, SessionRow, WhyOpen};
use askama::Template;
use axum::extract::State;
use domain::YearGroup;

use crate::{
    answer::{Answer, show},
    fields::Fields,
    labels,
    pages::gaps::Ways,
    parts::{Choice, Filter, Filters},
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Visitor},
    words,
};

/// Sessions on the free places that would close the gaps.
#[derive(Template)]
#[template(path = "pages/proposal/proposal.html")]
pub(crate) struct ProposalPage {
    pub(crate) shell: Shell,
    pub(crate) ways: Ways,
    pub(crate) lead: String,
    pub(crate) filters: Filters,
    /// Where accepting goes.
    pub(crate) action: String,
    pub(crate) sessions: Vec<SessionLine>,
    pub(crate) left: Vec<LeftLine>,
    /// Where free places are entered.
    pub(crate) slots: String,
    pub(crate) made: String,
}

/// One session.
pub(crate) struct SessionLine {
    pub(crate) slot: String,
    pub(crate) title: String,
    pub(crate) when: String,
    pub(crate) about: String,
    /// How many places are used, by form.
    pub(crate) by_form: String,
    pub(crate) urgent: String,
    /// What keeps it from counting, if anything does.
    pub(crate) places: Vec<PlaceLine>,
}

/// One learner's place.
pub(crate) struct PlaceLine {
    pub(crate) learner: String,
    pub(crate) name: String,
    pub(crate) href: String,
    pub(crate) form: String,
    pub(crate) gains: String,
}

/// What would stay open.
pub(crate) struct LeftLine {
    pub(crate) title: String,
    pub(crate) href: String,
    pub(crate) learners: String,
    pub(crate) by: String,
    pub(crate) why: &'static str,
}

fn read(query: &Fields) -> ProposalFilter {
    ProposalFilter {
        year_group: query.read("year"),
        requirement: Some(query.text("requirement")).filter(|id| !id.is_empty()),
        forward: query.one("use") == "forward",
    }
}

/// GET the proposal.
pub(crate) async fn get(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let (actor, view, filter) = (visitor.actor.clone(), here.view(), read(&here.query));
    let found = site.run(move |app| app.proposal(&actor, view, &filter)).await?;
    Ok(show(&page(&visitor, &here, &found, Vec::new())))
}

pub(super) fn page(
    visitor: &Visitor,
    here: &Here,
    found: &app::ProposalPage,
    problems: Vec<FieldProblem>,
) -> ProposalPage {
    let frame = &found.frame;
    let place = Place::new(frame, "proposal");
    let path = format!("/institutions/{}/proposal", here.institution);
    ProposalPage {
        shell: visitor
            .shell_at(frame, "proposal")
            .at("programme")
            .titled("What would close the gaps")
            .with_problems(problems),
        ways: Ways::of(frame, "proposal"),
        lead: lead(found),
        filters: filters(here, found, &path),
        action: place.to("proposal"),
        sessions: found.sessions.iter().map(|session| line(session, found, &place)).collect(),
        left: found
            .left
            .iter()
            .map(|row| LeftLine {
                title: row.title.clone(),
                href: place.to(&format!("requirements/{}?status=unplanned", row.id)),
                learners: words::figure(row.learners as usize),
                by: words::with_distance(row.deadline, frame.as_of),
                why: match row.why {
                    WhyOpen::NothingFits => "None of the free places would count for it",
                    WhyOpen::NotEnough => "It needs several, and the free places that would count are not enough",
                    WhyOpen::NoPlaceLeft => "The places that would count are given to others",
                },
            })
            .collect(),
        slots: place.to("slots"),
        made: made(&found.made),
    }
}

fn lead(found: &app::ProposalPage) -> String {
    let gaps = found.made.gaps;
    if gaps == 0 {
        return "Nothing is due for which nothing is planned.".to_owned();
    }
    if found.made.openings == 0 {
        return format!(
            "{} due without anything planned. Enter the days that an adviser has, places at employers, offers of providers: Waymark then proposes who comes to which.",
            words::count_capital(gaps, "thing is", "things are")
        );
    }
    let places: usize = found.sessions.iter().map(|session| session.places.len()).sum();
    if found.sessions.is_empty() {
        return format!(
            "{} due without anything planned, and none of the free places would close one of them.",
            words::count_capital(gaps, "thing is", "things are")
        );
    }
    let forward = match found.forwarded {
        0 => String::new(),
        some => format!(" and bring {} forward", words::count(some as usize, "more", "more")),
    };
    format!(
        "{} with {} would close {} of {} gaps{forward}.",
        words::count_capital(found.sessions.len(), "session", "sessions"),
        words::count(places, "place", "places"),
        words::figure(found.closed as usize),
        words::figure(gaps),
    )
}

fn made(made: &HowMade) -> String {
    let left_out = match made.left_out {
        0 => String::new(),
        some => format!(
            " {} later in the year {} left out: so many cannot be looked at together.",
            words::count_capital(some, "day", "days"),
            if some == 1 { "was" } else { "were" }
        ),
    };
    let proof = match made.is_proven {
        true => "It is proven that no other choice closes more, counted by urgency, or as much in fewer sessions.",
        false => {
            "There was too much to choose from for a proof, so a choice with fewer sessions may exist: the best of two quick choices was taken and improved by exchange until no single exchange made it better."
        }
    };
    format!(
        "A gap is something that is due for a learner without anything planned that would do. Looked at: {} and {}. Whether a place closes a gap is asked of the same rules that judge what is planned. What is due within a month weighs sixteen times what is due in more than a year, within a term eight times, within half a year four times, within a year twice. First as much as possible is closed, then in as few sessions as possible, then with as few places as possible. {proof}{left_out}",
        words::count(made.gaps, "gap", "gaps"),
        words::count(made.openings, "day with free places", "days with free places"),
    )
}

fn line(session: &SessionRow, found: &app::ProposalPage, place: &Place) -> SessionLine {
    let activity = &session.slot.activity;
    let at = session.slot.starts_at.as_deref().map_or(String::new(), |time| format!(", {time}"));
    let where_ = session.slot.place.as_deref().map_or(String::new(), |place| format!(", {place}"));
    let with = activity.organisation.as_deref().map_or(String::new(), |name| format!(" with {name}"));
    let mut forms: BTreeMap<&str, usize> = BTreeMap::new();
    for one in &session.places {
        *forms.entry(one.form.as_deref().unwrap_or("no form")).or_default() += 1;
    }
    let forms: Vec<_> = forms.into_iter().map(|(form, count)| format!("{form}: {count}")).collect();
    SessionLine {
        slot: session.slot.id.to_string(),
        title: activity.title.clone(),
        when: format!("{}{at}{where_}", app::weekday(activity.date)),
        about: format!("{}{with}", labels::kind(activity.kind)),
        by_form: format!(
            "{} of {} places: {}",
            session.places.len(),
            words::figure(session.slot.capacity as usize),
            forms.join(", ")
        ),
        urgent: session.deadline.map_or(String::new(), |deadline| {
            format!("Soonest deadline: {}", words::with_distance(deadline, found.frame.as_of))
        }),
        places: session
            .places
            .iter()
            .map(|one| PlaceLine {
                learner: one.learner.to_string(),
                name: one.name.clone(),
                href: place.to(&format!("learners/{}", one.learner)),
                form: one.form.clone().unwrap_or_else(|| "–".to_owned()),
                gains: match (one.closes.is_empty(), one.forwards.is_empty()) {
                    (false, true) => one.closes.join("; "),
                    (true, _) => format!("Brings forward: {}", one.forwards.join("; ")),
                    (false, false) => format!("{}; brings forward: {}", one.closes.join("; "), one.forwards.join("; ")),
                },
            })
            .collect(),
    }
}

fn filters(here: &Here, found: &app::ProposalPage, path: &str) -> Filters {
    let query = &here.query;
    let filter = |name: &'static str, label: &'static str, all: &str, values: Vec<(String, String)>| {
        let now = query.one(name);
        let values = values.into_iter().map(|(value, label)| Choice::new(&value, label, value == now));
        Filter { name, label, choices: std::iter::once(Choice::new("", all, now.is_empty())).chain(values).collect() }
    };
    let (first, last) = found.frame.institution.years.unwrap_or((YearGroup::LOWEST, YearGroup::HIGHEST));
    let years = (first.number()..=last.number()).map(|year| (year.to_string(), format!("Year {year}")));
    let day = query.text("as-of");
    Filters {
        filters: vec![
            filter("requirement", "Requirement", "All", found.requirements.clone()),
            filter("year", "Year group", "All", years.collect()),
            filter(
                "use",
                "Use places for",
                "What they close",
                vec![("forward".to_owned(), "Also for what they bring forward".to_owned())],
            ),
        ],
        clear: Fields::default().with(path, &[("as-of", &day)]),
        kept: if day.is_empty() { Vec::new() } else { vec![("as-of", day)] },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_says_how_the_proposal_was_made() {
        let proven = made(&HowMade { gaps: 12, openings: 3, left_out: 0, is_proven: true });
        assert!(
            proven.contains("12 gaps and three days") && proven.contains("proven that no other choice"),
            "{proven}"
        );
        let quick = made(&HowMade { gaps: 1, openings: 200, left_out: 2, is_proven: false });
        assert!(quick.contains("may exist") && quick.contains("Two days later in the year were left out"), "{quick}");
    }
}
