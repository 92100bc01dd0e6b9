use app::{Belongings, FieldProblem, HandOver, Role};
use askama::Template;
use axum::extract::{Path, State};
use domain::AccountId;

use super::{id_of, over};
use crate::{
    answer::{Answer, Failure, go_saying, show, show_again},
    labels,
    parts::{Choice, Flash},
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Posted, Visitor},
    words,
};

/// What somebody looks after, and to whom it passes.
#[derive(Template)]
#[template(path = "pages/people/hand_over.html")]
pub(crate) struct HandOverPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) action: String,
    pub(crate) what: Vec<Choice>,
    pub(crate) others: Vec<Choice>,
    pub(crate) leaves: Vec<Choice>,
    /// What stays as it is, in sentences.
    pub(crate) stays: Vec<String>,
    pub(crate) back: String,
}

/// GET what somebody looks after.
pub(crate) async fn hand_over(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, account)): Path<(String, String)>,
) -> Answer {
    Ok(show(&page(&site, &visitor, &here, id_of(&account)?, None, Vec::new()).await?))
}

/// POST that it passes on.
pub(crate) async fn pass_on(
    State(site): State<Site>,
    here: Here,
    Path((_, account)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let account = id_of(&account)?;
    let what = posted.fields.all("what");
    let wanted = HandOver {
        to: posted.fields.read("to"),
        roles: what.iter().filter_map(|word| Role::from_word(word.strip_prefix("role-")?)).collect(),
        caseload: what.iter().any(|word| word == "caseload"),
        confirmations: what.iter().any(|word| word == "confirmations"),
        careers_leader: what.iter().any(|word| word == "careers-leader"),
        keys: what.iter().any(|word| word == "keys"),
        leaves: posted.fields.one("leaves") == "yes",
    };
    let (actor, institution, asked) = (posted.visitor.actor.clone(), here.institution, wanted.clone());
    let people = format!("/institutions/{institution}/settings/people");
    match site.run(move |app| app.pass_on_work(&actor, institution, account, &asked)).await {
        Ok(event) => {
            let said =
                if wanted.leaves { "It is passed on, and they no longer work here." } else { "It is passed on." };
            // Whoever left may not take it back themselves.
            if posted.visitor.actor.account() == Some(account) && wanted.leaves {
                return Ok(go_saying(&site, &Flash::says(said), "/"));
            }
            let undo = format!("{people}/{account}/hand-over/undo/{event}");
            Ok(go_saying(&site, &Flash::says(said).undone_by(undo), &people))
        }
        Err(Failure::Problems(problems)) => {
            Ok(show_again(&page(&site, &posted.visitor, &here, account, Some(wanted), problems).await?))
        }
        Err(failure) => Err(failure),
    }
}

/// POST that it is taken back.
pub(crate) async fn take_back(
    State(site): State<Site>,
    here: Here,
    Path((_, account, event)): Path<(String, String, String)>,
    posted: Posted,
) -> Answer {
    let (account, event) = (id_of(&account)?, event.parse().map_err(|_| Failure::NOT_FOUND)?);
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    site.run(move |app| app.take_back_work(&actor, institution, account, event)).await?;
    let flash = Flash::says("It is as it was before.");
    Ok(go_saying(&site, &flash, &format!("/institutions/{institution}/settings/people/{account}")))
}

async fn page(
    site: &Site,
    visitor: &Visitor,
    here: &Here,
    account: AccountId,
    wanted: Option<HandOver>,
    problems: Vec<FieldProblem>,
) -> Result<HandOverPage, Failure> {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let all = site.run(move |app| app.belongings(&actor, view, account)).await?;
    Ok(page_of(visitor, &all, wanted.as_ref(), problems))
}

fn page_of(
    visitor: &Visitor,
    all: &Belongings,
    wanted: Option<&HandOver>,
    problems: Vec<FieldProblem>,
) -> HandOverPage {
    let person = &all.person;
    let under = format!("settings/people/{}", person.id);
    let place = Place::new(&all.frame, &format!("{under}/hand-over"));
    let first_name = person.name.split(' ').next().unwrap_or_default().to_owned();
    let to = wanted.and_then(|wanted| wanted.to);
    let mut stays = vec!["What they recorded, and the audit trail of it, keeps their name.".to_owned()];
    if all.notes > 0 {
        let notes = words::count_capital(all.notes as usize, "note", "notes");
        stays.push(format!("{notes} of guidance meetings that they wrote: private parts pass to nobody."));
    }
    HandOverPage {
        shell: visitor
            .shell_at(&all.frame, &format!("{under}/hand-over"))
            .at("settings")
            .titled(format!("What {} looks after", person.name))
            .under(place.to("settings"), "Institution")
            .under(place.to("settings/people"), "People")
            .under(place.to(&under), person.name.clone())
            .with_problems(problems),
        lead: "Choose what passes on and to whom. Everything happens at once, and can be taken back.".to_owned(),
        action: place.to(&format!("{under}/hand-over")),
        what: what(all, wanted),
        others: std::iter::once(Choice::new("", "Choose a person", to.is_none()))
            .chain(all.others.iter().map(|other| {
                let label = format!("{} ({})", other.name, super::roles_of(other));
                Choice::new(other.id, label, to == Some(other.id))
            }))
            .collect(),
        leaves: vec![Choice::new(
            "yes",
            format!("{first_name} then no longer works here"),
            wanted.is_some_and(|wanted| wanted.leaves),
        )],
        stays,
        back: place.to(&under),
    }
}

/// What can be passed on; everything is ticked to begin with.
fn what(all: &Belongings, wanted: Option<&HandOver>) -> Vec<Choice> {
    let ticked = |of: fn(&HandOver) -> bool| wanted.is_none_or(of);
    let mut what: Vec<_> = all
        .person
        .roles
        .iter()
        .map(|holding| {
            let chosen = wanted.is_none_or(|wanted| wanted.roles.contains(&holding.role));
            let label = format!("The role: {}, over {}", labels::role(holding.role), over(&holding.reach));
            Choice::new(format!("role-{}", holding.role.word()), label, chosen)
        })
        .collect();
    if let Some(learners) = all.person.caseload().filter(|learners| !learners.is_empty()) {
        let label = format!("{} in their own care", words::count_capital(learners.len(), "learner", "learners"));
        what.push(Choice::new("caseload", label, ticked(|wanted| wanted.caseload)));
    }
    if !all.confirmations.is_empty() {
        let label = format!("Looking after: {}", all.confirmations.join("; "));
        what.push(Choice::new("confirmations", label, ticked(|wanted| wanted.confirmations)));
    }
    if all.is_careers_leader {
        let label = "Being named as the careers leader on public pages";
        what.push(Choice::new("careers-leader", label, ticked(|wanted| wanted.careers_leader)));
    }
    if !all.keys.is_empty() {
        let label = format!("Answering for the keys of programs: {}", all.keys.join(", "));
        what.push(Choice::new("keys", label, ticked(|wanted| wanted.keys)));
    }
    what
}
