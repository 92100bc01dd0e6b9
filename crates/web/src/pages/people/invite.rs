//! Inviting somebody: who, as what, over whom, and how they get the link.

use app::{FieldProblem, Group, Holding, InvitationForm, Reach, Role};
use askama::Template;
use axum::extract::State;

use super::LinkPage;
use crate::{
    answer::{Answer, Failure, go_saying, show, show_again},
    fields::Fields,
    parts::{Choice, Flash},
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Posted, Visitor},
};

/// Asks whom to invite.
#[derive(Template)]
#[template(path = "pages/people/invite.html")]
pub(crate) struct InvitePage {
    pub(crate) shell: Shell,
    pub(crate) action: String,
    pub(crate) back: String,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) roles: Vec<Choice>,
    pub(crate) reaches: Vec<Choice>,
    pub(crate) forms: Vec<Choice>,
    pub(crate) year_groups: Vec<Choice>,
    pub(crate) subjects: Vec<Choice>,
    /// Whether the groups stand open.
    pub(crate) by_groups: bool,
    /// By e-mail or by a link; empty if this server sends no e-mail.
    pub(crate) ways: Vec<Choice>,
}

/// GET the form.
pub(crate) async fn form(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let asked = Fields(vec![("reach".to_owned(), "institution".to_owned()), ("by".to_owned(), "email".to_owned())]);
    Ok(show(&page(&site, &visitor, &here, &asked, Vec::new()).await?))
}

/// POST somebody to invite.
pub(crate) async fn invite(State(site): State<Site>, here: Here, posted: Posted) -> Answer {
    let Posted { visitor, fields } = posted;
    let (actor, institution, form) = (visitor.actor.clone(), here.institution, read(&fields));
    let outcome = site.run(move |app| app.invite(&actor, institution, &form)).await;
    let people = format!("/institutions/{}/settings/people", here.institution);
    match outcome {
        Ok(invited) => match &invited.token {
            None => {
                let flash = Flash::says("The invitation is on its way. It can be accepted within seven days.");
                Ok(go_saying(&site, &flash, &people))
            }
            Some(token) => {
                let path = format!("/join/{}/{}", here.institution, token.reveal());
                Ok(show(&LinkPage::invitation(&site, &visitor, &here, &path, invited.expires_at).await?))
            }
        },
        Err(Failure::Problems(problems)) => Ok(show_again(&page(&site, &visitor, &here, &fields, problems).await?)),
        Err(failure) => Err(failure),
    }
}

/// What was asked for.
fn read(fields: &Fields) -> InvitationForm {
    let reach = match fields.one("reach") {
        "caseload" => Reach::Caseload(Vec::new()),
        "institution" => Reach::Institution,
        // Without groups it reaches nobody, and is asked about.
        _ => Reach::Groups(groups(fields)),
    };
    InvitationForm {
        name: fields.text("name"),
        email: fields.text("email"),
        holding: Role::from_word(fields.one("role")).map(|role| Holding { role, reach }),
        by_email: fields.one("by") == "email",
    }
}

fn groups(fields: &Fields) -> Vec<Group> {
    let years = fields.all("groups").into_iter().filter_map(|year| year.parse().ok()).map(Group::YearGroup);
    let forms = fields.all("form").into_iter().map(Group::Form);
    years.chain(forms).chain(fields.all("subject").into_iter().map(Group::Subject)).collect()
}

async fn page(
    site: &Site,
    visitor: &Visitor,
    here: &Here,
    asked: &Fields,
    problems: Vec<FieldProblem>,
) -> Result<InvitePage, Failure> {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let (frame, choices, has_post) = site
        .run(move |app| Ok((app.frame(&actor, view)?, app.group_choices(&actor, view.institution)?, app.has_post())))
        .await?;
    let place = Place::new(&frame, "settings/people/invite");
    let chosen = |field: &str, names: &[String]| -> Vec<Choice> {
        let ticked = asked.all(field);
        names.iter().map(|name| Choice::new(name, name, ticked.contains(name))).collect()
    };
    let years = asked.all("groups");
    let reach = |word: &str, label: &str| Choice::new(word, label, asked.one("reach") == word);
    let way = |word: &str, label: &str| Choice::new(word, label, asked.one("by") == word);
    Ok(InvitePage {
        by_groups: asked.one("reach") == "groups" || problems.iter().any(|problem| problem.field == "groups"),
        shell: visitor
            .shell_at(&frame, "settings/people/invite")
            .at("settings")
            .titled("Invite a person")
            .under(place.to("settings"), "Institution")
            .under(place.to("settings/people"), "People")
            .with_problems(problems),
        action: place.to("settings/people/invite"),
        back: place.to("settings/people"),
        name: asked.text("name"),
        email: asked.text("email"),
        roles: super::roles(Role::from_word(asked.one("role"))),
        reaches: vec![
            reach("institution", "Everybody in the institution"),
            reach("groups", "Only some forms, year groups or subjects"),
            reach("caseload", "Only the learners in their own care, whom you choose once they have accepted"),
        ],
        forms: chosen("form", &choices.forms),
        year_groups: choices
            .year_groups
            .iter()
            .map(|year| Choice::new(year, format!("Year {year}"), years.contains(&year.to_string())))
            .collect(),
        subjects: chosen("subject", &choices.subjects),
        ways: if has_post {
            vec![way("email", "Send them an e-mail"), way("link", "Give me a link to hand over")]
        } else {
            Vec::new()
        },
    })
}
