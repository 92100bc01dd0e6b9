//! The careers budget of an academic year.

use app::{Action, FieldProblem};
use askama::Template;
use axum::extract::State;
use domain::{AcademicYear, date};

use crate::{
    answer::{Answer, Failure, go_saying, show, show_again},
    parts::Flash,
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Posted, Visitor},
    words,
};

/// What is spent, planned and left.
#[derive(Template)]
#[template(path = "pages/activities/budget.html")]
pub(crate) struct BudgetPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) numbers: Vec<(String, &'static str)>,
    pub(crate) lines: Vec<BudgetLine>,
    /// Where it is set, for those who may, and what stands in the field.
    pub(crate) set: Option<(String, String)>,
    /// The academic year that is set.
    pub(crate) year: String,
}

/// What one activity costs.
pub(crate) struct BudgetLine {
    pub(crate) title: String,
    pub(crate) href: String,
    pub(crate) date: String,
    pub(crate) cost: String,
}

/// "£1,250" or "£1,250.50".
pub(super) fn money(pence: i64) -> String {
    let amount = pence.unsigned_abs();
    let pounds = words::figure(usize::try_from(amount / 100).unwrap_or(usize::MAX));
    let rest = if amount.is_multiple_of(100) { String::new() } else { format!(".{:02}", amount % 100) };
    format!("{}£{pounds}{rest}", if pence < 0 { "−" } else { "" })
}

/// How the budget stands, in a sentence.
pub(super) fn standing(page: &app::BudgetPage) -> String {
    let year = page.frame.year;
    let gone = format!("{} spent and {} planned in {year}", money(page.spent), money(page.planned));
    match page.left {
        None => format!("{gone}. No budget is set."),
        Some(left) if left < 0 => format!("{gone}: {} more than the budget.", money(-left)),
        Some(left) => format!("{gone}; {} of the budget is left.", money(left)),
    }
}

/// GET the budget.
pub(crate) async fn get(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    Ok(show(&page(&site, &visitor, &here, None, Vec::new()).await?))
}

/// POST the budget.
pub(crate) async fn set(State(site): State<Site>, here: Here, posted: Posted) -> Answer {
    let (actor, institution, amount) = (posted.visitor.actor.clone(), here.institution, posted.fields.text("budget"));
    let year: AcademicYear = posted.fields.read("year").ok_or(Failure::NOT_FOUND)?;
    let sent = amount.clone();
    match site.run(move |app| app.set_budget(&actor, institution, year, &sent)).await {
        Ok(()) => {
            let address = here.query.with(&format!("/institutions/{institution}/activities/budget"), &[]);
            Ok(go_saying(&site, &Flash::says("The budget is saved."), &address))
        }
        Err(Failure::Problems(problems)) => {
            Ok(show_again(&page(&site, &posted.visitor, &here, Some(amount), problems).await?))
        }
        Err(failure) => Err(failure),
    }
}

async fn page(
    site: &Site,
    visitor: &Visitor,
    here: &Here,
    typed: Option<String>,
    problems: Vec<FieldProblem>,
) -> Result<BudgetPage, Failure> {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let page = site.run(move |app| app.budget(&actor, view)).await?;
    let frame = &page.frame;
    let place = Place::new(frame, "activities/budget");
    let in_field = page.budget.map_or(String::new(), |pence| money(pence).trim_start_matches('£').to_owned());
    let mut numbers = vec![(money(page.spent), "spent"), (money(page.planned), "planned")];
    if let (Some(budget), Some(left)) = (page.budget, page.left) {
        numbers.insert(0, (money(budget), "to spend"));
        numbers.push((money(left), "left"));
    }
    Ok(BudgetPage {
        lead: standing(&page),
        numbers,
        lines: page
            .activities
            .iter()
            .map(|(id, title, day, cost)| BudgetLine {
                title: title.clone(),
                href: place.to(&format!("activities/{id}")),
                date: date::long(*day),
                cost: money(*cost),
            })
            .collect(),
        set: (frame.may.has(Action::Record) && frame.only.is_none())
            .then(|| (place.to("activities/budget"), typed.unwrap_or(in_field))),
        year: frame.year.to_string(),
        shell: visitor
            .shell_at(frame, "activities/budget")
            .at("activities")
            .titled(format!("Careers budget {}", frame.year))
            .under(place.to("activities"), "Activities")
            .with_problems(problems),
    })
}

#[cfg(test)]
mod tests {
    use super::money;

    #[test]
    fn amounts_are_written_as_people_do() {
        assert_eq!([money(125_050), money(25_000), money(-100), money(5)], ["£1,250.50", "£250", "−£1", "£0.05"]);
    }
}
