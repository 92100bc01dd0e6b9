use app::{Action, FieldProblem, Frame, Group, GroupChoices, Holding, Person, Reach, Role};
use askama::Template;
use axum::extract::{Path, State};
use domain::AccountId;

use super::{id_of, over, roles, roles_of};
use crate::{
    answer::{Answer, Failure, go_saying, show, show_again},
    fields::Fields,
    labels,
    parts::{Choice, Flash},
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Posted, Visitor},
};

/// What somebody is here, and over whom.
#[derive(Template)]
#[template(path = "pages/people/person.html")]
pub(crate) struct PersonPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) first_name: String,
    pub(crate) holdings: Vec<HoldingLine>,
    /// Where the learners in their care are chosen, and how many there are.
    pub(crate) caseload: Option<(String, String)>,
    pub(crate) action: String,
    pub(crate) roles: Vec<Choice>,
    pub(crate) reaches: Vec<Choice>,
    pub(crate) forms: Vec<Choice>,
    pub(crate) year_groups: Vec<Choice>,
    pub(crate) subjects: Vec<Choice>,
    /// Whether the groups stand open.
    pub(crate) by_groups: bool,
    pub(crate) hand_over: String,
    pub(crate) leave: String,
    /// Where the account is erased, for those who answer for data protection.
    pub(crate) erase: Option<String>,
    pub(crate) password_link: String,
}

/// A role that somebody has.
pub(crate) struct HoldingLine {
    pub(crate) role: &'static str,
    pub(crate) means: &'static str,
    pub(crate) over: String,
    /// Where over whom it holds is changed.
    pub(crate) change: String,
    pub(crate) end: String,
}

/// What the form asks for: a role, and over whom.
#[derive(Default)]
struct Wanted {
    role: Option<Role>,
    reach: String,
    groups: Vec<Group>,
}

impl Wanted {
    fn read(fields: &Fields) -> Self {
        let of = |sort: &'static str| fields.all(sort).into_iter().filter_map(|name| Group::from_words(sort, &name));
        Self {
            role: Role::from_word(fields.one("role")),
            reach: fields.text("reach"),
            groups: ["form", "year-group", "subject"].into_iter().flat_map(of).collect(),
        }
    }

    /// What somebody has already, to be changed.
    fn of(holding: &Holding) -> Self {
        let groups = match &holding.reach {
            Reach::Groups(groups) => groups.clone(),
            Reach::Institution | Reach::Caseload(_) => Vec::new(),
        };
        Self { role: Some(holding.role), reach: holding.reach.word().to_owned(), groups }
    }

    fn holding(&self) -> Result<Holding, FieldProblem> {
        let problem = |field, message: &str| FieldProblem { field, message: message.to_owned() };
        let role = self.role.ok_or_else(|| problem("role", "Choose a role."))?;
        let reach = match self.reach.as_str() {
            "institution" => Reach::Institution,
            "caseload" => Reach::Caseload(Vec::new()),
            "groups" => Reach::Groups(self.groups.clone()),
            _ => return Err(problem("reach", "Choose over whom the role holds.")),
        };
        Ok(Holding { role, reach })
    }
}

/// GET somebody; `role` names the role to begin with.
pub(crate) async fn get(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, account)): Path<(String, String)>,
) -> Answer {
    let role = Role::from_word(here.query.one("role"));
    Ok(show(&page(&site, &visitor, &here, id_of(&account)?, Asked::Role(role), Vec::new()).await?))
}

/// POST one more role, or another reach of one.
pub(crate) async fn give(
    State(site): State<Site>,
    here: Here,
    Path((_, account)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let account = id_of(&account)?;
    let wanted = Wanted::read(&posted.fields);
    let given = match wanted.holding() {
        Ok(holding) => {
            let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
            let name = labels::role(holding.role);
            site.run(move |app| app.give_role(&actor, institution, account, &holding)).await.map(|()| name)
        }
        Err(problem) => Err(Failure::Problems(vec![problem])),
    };
    match given {
        Ok(name) => {
            let flash = Flash::says(format!("Saved: {}.", name.to_lowercase().replace("senco", "SENCO")));
            let to = format!("/institutions/{}/settings/people/{account}", here.institution);
            Ok(go_saying(&site, &flash, &to))
        }
        Err(Failure::Problems(problems)) => {
            Ok(show_again(&page(&site, &posted.visitor, &here, account, Asked::Typed(wanted), problems).await?))
        }
        Err(failure) => Err(failure),
    }
}

/// POST that a role ends.
pub(crate) async fn end_role(
    State(site): State<Site>,
    here: Here,
    Path((_, account, role)): Path<(String, String, String)>,
    posted: Posted,
) -> Answer {
    let account = id_of(&account)?;
    let role = Role::from_word(&role).ok_or(Failure::NOT_FOUND)?;
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    let ended = site.run(move |app| app.end_role(&actor, institution, account, role)).await;
    done(&site, &posted.visitor, &here, account, ended, format!("The role is taken away: {}.", labels::role(role)))
        .await
}

/// POST that somebody no longer works here.
pub(crate) async fn leave(
    State(site): State<Site>,
    here: Here,
    Path((_, account)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let account = id_of(&account)?;
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    let left = site.run(move |app| app.leave(&actor, institution, account)).await;
    let said = "They no longer work here: every role of theirs has ended, and keys they answer for open nothing.";
    done(&site, &posted.visitor, &here, account, left, said.to_owned()).await
}

async fn done(
    site: &Site,
    visitor: &Visitor,
    here: &Here,
    account: AccountId,
    ended: Result<i64, Failure>,
    said: String,
) -> Answer {
    let people = format!("/institutions/{}/settings/people", here.institution);
    match ended {
        // Whoever gave up their own role may not see the people any more, nor take it back.
        Ok(_) if visitor.actor.account() == Some(account) => Ok(go_saying(site, &Flash::says(said), "/")),
        Ok(event) => {
            let flash = Flash::says(said).undone_by(format!("{people}/{account}/give-back/{event}"));
            Ok(go_saying(site, &flash, &people))
        }
        Err(Failure::Problems(problems)) => {
            Ok(show_again(&page(site, visitor, here, account, Asked::Role(None), problems).await?))
        }
        Err(failure) => Err(failure),
    }
}

/// POST that what was taken away is given back.
pub(crate) async fn give_back(
    State(site): State<Site>,
    here: Here,
    Path((_, account, event)): Path<(String, String, String)>,
    posted: Posted,
) -> Answer {
    let account = id_of(&account)?;
    let event: i64 = event.parse().map_err(|_| Failure::NOT_FOUND)?;
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    site.run(move |app| app.give_back(&actor, institution, account, event)).await?;
    let flash = Flash::says("They have their roles again, as they were.");
    Ok(go_saying(&site, &flash, &format!("/institutions/{institution}/settings/people/{account}")))
}

/// What the form begins with.
enum Asked {
    Role(Option<Role>),
    Typed(Wanted),
}

async fn page(
    site: &Site,
    visitor: &Visitor,
    here: &Here,
    account: AccountId,
    asked: Asked,
    problems: Vec<FieldProblem>,
) -> Result<PersonPage, Failure> {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let (frame, person, choices) = site
        .run(move |app| {
            let person = app.person(&actor, view.institution, account)?;
            Ok((app.frame(&actor, view)?, person, app.group_choices(&actor, view.institution)?))
        })
        .await?;
    let wanted = match asked {
        Asked::Typed(wanted) => wanted,
        Asked::Role(role) => {
            let held = person.roles.iter().find(|holding| Some(holding.role) == role);
            held.map_or_else(|| Wanted { role, ..Wanted::default() }, Wanted::of)
        }
    };
    Ok(page_of(visitor, &frame, &person, &choices, &wanted, problems))
}

fn page_of(
    visitor: &Visitor,
    frame: &Frame,
    person: &Person,
    choices: &GroupChoices,
    wanted: &Wanted,
    problems: Vec<FieldProblem>,
) -> PersonPage {
    let under = format!("settings/people/{}", person.id);
    let place = Place::new(frame, &under);
    let chosen = |group: &Group| wanted.groups.contains(group);
    let by_name = |names: &[String], group: fn(String) -> Group| {
        names.iter().map(|name| Choice::new(name, name, chosen(&group(name.clone())))).collect::<Vec<_>>()
    };
    let reach = |word: &str, label: &str| Choice::new(word, label, wanted.reach == word);
    PersonPage {
        by_groups: wanted.reach == "groups" || problems.iter().any(|problem| problem.field == "groups"),
        shell: visitor
            .shell_at(frame, &under)
            .at("settings")
            .titled(person.name.clone())
            .under(place.to("settings"), "Institution")
            .under(place.to("settings/people"), "People")
            .with_problems(problems),
        lead: format!("{}. {}.", person.email, roles_of(person)),
        first_name: person.name.split(' ').next().unwrap_or_default().to_owned(),
        holdings: person
            .roles
            .iter()
            .map(|holding| HoldingLine {
                role: labels::role(holding.role),
                means: labels::role_means(holding.role),
                over: over(&holding.reach),
                change: place.to(&format!("{under}?role={}#give", holding.role.word())),
                end: place.to(&format!("{under}/roles/{}/end", holding.role.word())),
            })
            .collect(),
        caseload: person.caseload().filter(|_| frame.may.has(Action::SeeLearners)).map(|learners| {
            (place.to(&format!("{under}/caseload")), crate::words::count_capital(learners.len(), "learner", "learners"))
        }),
        action: place.to(&under),
        roles: roles(wanted.role),
        reaches: vec![
            reach("institution", "Everybody in the institution"),
            reach("groups", "Only some forms, year groups or subjects"),
            reach("caseload", "Only the learners in their own care"),
        ],
        forms: by_name(&choices.forms, Group::Form),
        year_groups: choices
            .year_groups
            .iter()
            .map(|year| Choice::new(year, format!("Year {year}"), chosen(&Group::YearGroup(*year))))
            .collect(),
        subjects: by_name(&choices.subjects, Group::Subject),
        hand_over: place.to(&format!("{under}/hand-over")),
        leave: place.to(&format!("{under}/leave")),
        erase: frame.may.has(app::Action::ProtectData).then(|| place.to(&format!("{under}/erase"))),
        password_link: place.to(&format!("{under}/password-link")),
    }
}
