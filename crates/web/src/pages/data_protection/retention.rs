use std::collections::BTreeMap;

use app::FieldProblem;
use askama::Template;
use axum::extract::State;
use domain::date;

use crate::{
    answer::{Answer, Failure, go_saying, show, show_again},
    fields::Fields,
    parts::Flash,
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Posted, Visitor},
    words,
};

/// How long records are kept, what can go today, and past runs.
#[derive(Template)]
#[template(path = "pages/data_protection/retention.html")]
pub(crate) struct RetentionPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) action: String,
    pub(crate) run: String,
    pub(crate) goes: Vec<Goes>,
    pub(crate) total: u64,
    pub(crate) button: String,
    pub(crate) undated: Option<String>,
    pub(crate) terms: Vec<Term>,
    pub(crate) fixed: Vec<Fixed>,
    pub(crate) runs: Vec<Run>,
}

/// What goes by one rule.
pub(crate) struct Goes {
    pub(crate) title: String,
    pub(crate) count: String,
    pub(crate) oldest: String,
}

/// A term that the institution may set.
pub(crate) struct Term {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) value: String,
    pub(crate) hint: String,
}

/// A term that is fixed.
pub(crate) struct Fixed {
    pub(crate) title: String,
    pub(crate) term: String,
    pub(crate) what: String,
}

/// A past run.
pub(crate) struct Run {
    pub(crate) on: String,
    pub(crate) who: String,
    pub(crate) gone: String,
}

/// GET it.
pub(crate) async fn get(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    Ok(show(&page(&site, &visitor, &here, None, Vec::new()).await?))
}

/// POST the institution's own terms.
pub(crate) async fn change(State(site): State<Site>, here: Here, posted: Posted) -> Answer {
    let typed = typed(&posted.fields);
    let (actor, institution, sent) = (posted.visitor.actor.clone(), here.institution, typed.clone());
    match site.run(move |app| app.set_retention(&actor, institution, &sent)).await {
        Ok(()) => {
            let flash = Flash::says("How long records are kept is saved.");
            Ok(go_saying(&site, &flash, &address(institution)))
        }
        Err(Failure::Problems(problems)) => {
            Ok(show_again(&page(&site, &posted.visitor, &here, Some(typed), problems).await?))
        }
        Err(failure) => Err(failure),
    }
}

/// POST that what can go shall go.
pub(crate) async fn run(State(site): State<Site>, here: Here, posted: Posted) -> Answer {
    // A number that nobody can have seen is refused, once it is known that the person may ask.
    let seen = posted.fields.read("seen").unwrap_or(u64::MAX);
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    let done = site.run(move |app| app.run_retention(&actor, institution, Some(seen))).await?;
    let says = match done.total() as usize {
        0 => "The run is noted. Nothing had to go.".to_owned(),
        total => format!(
            "{} gone for good. The run is noted below.",
            words::count_capital(total, "record is", "records are")
        ),
    };
    Ok(go_saying(&site, &Flash::says(says), &address(institution)))
}

fn address(institution: domain::InstitutionId) -> String {
    format!("/institutions/{institution}/settings/data-protection/retention")
}

fn typed(fields: &Fields) -> BTreeMap<String, String> {
    let typed = fields.beginning("term-").map(|(name, value)| (name.to_owned(), value.to_owned()));
    typed.collect()
}

async fn page(
    site: &Site,
    visitor: &Visitor,
    here: &Here,
    typed: Option<BTreeMap<String, String>>,
    problems: Vec<FieldProblem>,
) -> Result<RetentionPage, Failure> {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let page = site.run(move |app| app.retention(&actor, view)).await?;
    let under = "settings/data-protection/retention";
    let place = Place::new(&page.frame, under);
    let total = page.plan.total();
    let (adjustable, fixed): (Vec<&app::RulePeriod>, Vec<_>) =
        page.rules.iter().partition(|period| period.rule.is_adjustable());
    let terms = adjustable.into_iter().map(|period| {
        let rule = period.rule;
        let value = typed.as_ref().and_then(|typed| typed.get(&rule.id).cloned());
        Term {
            id: rule.id.clone(),
            title: rule.title.clone(),
            value: value.unwrap_or_else(|| period.own.map_or(String::new(), app::term)),
            hint: format!(
                "Counted from: {}. Left blank: {}. {} {}",
                rule.from,
                rule.default_term(),
                rule.what,
                rule.why
            ),
        }
    });
    let fixed = fixed.into_iter().filter(|period| period.rule.run).map(|period| Fixed {
        title: period.rule.title.clone(),
        term: period.term(),
        what: period.rule.what.clone(),
    });
    Ok(RetentionPage {
        lead: match total as usize {
            0 => "Nothing has to go today. Look again in a year, or when you change a term.".to_owned(),
            total => format!("{} can go today.", words::count_capital(total, "record", "records")),
        },
        action: address(here.institution),
        run: format!("{}/run", address(here.institution)),
        goes: page
            .plan
            .lines
            .iter()
            .filter(|line| line.count > 0)
            .map(|line| Goes {
                title: line.title.clone(),
                count: words::figure(line.count as usize),
                oldest: line.oldest.map_or(String::new(), date::long),
            })
            .collect(),
        total,
        button: match total {
            0 => "Note that nothing had to go".to_owned(),
            total => format!("Remove {} for good", words::count(total as usize, "record", "records")),
        },
        undated: (page.plan.without_leaving_date > 0).then(|| {
            format!(
                "{} old enough for the record to go, but has no last day on roll. Bring in a list of learners with leaving dates.",
                words::count_capital(page.plan.without_leaving_date as usize, "learner is", "learners are")
            )
            .replace("learners are old enough for the record to go, but has", "learners are old enough for their records to go, but have")
        }),
        terms: terms.collect(),
        fixed: fixed.collect(),
        runs: page
            .runs
            .iter()
            .map(|run| Run {
                on: date::long(run.as_of),
                who: run.who.clone(),
                gone: match run.gone.as_slice() {
                    [] => "nothing had to go".to_owned(),
                    gone => gone
                        .iter()
                        .map(|(title, count)| format!("{title}: {}", words::figure(*count as usize)))
                        .collect::<Vec<_>>()
                        .join("; "),
                },
            })
            .collect(),
        shell: visitor
            .shell_at(&page.frame, under)
            .at("settings")
            .titled("How long records are kept")
            .under(place.to("settings"), "Institution")
            .under(place.to("settings/data-protection"), "Data protection")
            .with_problems(problems),
    })
}
