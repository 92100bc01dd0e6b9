use app::{ContactForm, FieldProblem, Saved};
use askama::Template;
use axum::extract::{Path, State};

use crate::{
    answer::{Answer, Failure, go_saying, show, show_again},
    fields::Fields,
    pages::fact_place,
    parts::Flash,
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Posted, Visitor},
};

/// Who holds one post.
#[derive(Template)]
#[template(path = "pages/careers_team/post.html")]
pub(crate) struct PostPage {
    pub(crate) shell: Shell,
    pub(crate) action: String,
    pub(crate) back: String,
    pub(crate) warning: Option<String>,
    pub(crate) rests_on_it: Vec<&'static str>,
    pub(crate) is_adviser: bool,
    pub(crate) form: ContactForm,
    /// What somebody else saved meanwhile, by what it is called.
    pub(crate) theirs: Vec<(&'static str, String)>,
}

/// GET the form.
pub(crate) async fn form(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, post)): Path<(String, String)>,
) -> Answer {
    Ok(show(&page(&site, &visitor, &here, post, None, Vec::new(), None).await?))
}

/// POST who holds it.
pub(crate) async fn save(
    State(site): State<Site>,
    here: Here,
    Path((_, post)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let form = typed(&posted.fields);
    let (actor, institution, asked, word) =
        (posted.visitor.actor.clone(), here.institution, form.clone(), post.clone());
    match site.run(move |app| app.set_careers_post(&actor, institution, &word, &asked)).await {
        Ok((Saved::Done, event)) => {
            let flash = Flash::says(if event.is_some() { "The post is saved." } else { "Nothing was changed." });
            let team = format!("/institutions/{institution}/careers-team");
            let flash = match event {
                Some(event) => flash.undone_by(format!("{team}/{post}/restore/{event}")),
                None => flash,
            };
            let back = fact_place::came_from(&here).map(|page| format!("/institutions/{institution}/{page}"));
            Ok(go_saying(&site, &flash, &back.unwrap_or(team)))
        }
        Ok((Saved::Meanwhile(theirs), _)) => {
            Ok(show_again(&page(&site, &posted.visitor, &here, post, Some(form), Vec::new(), Some(theirs)).await?))
        }
        Err(Failure::Problems(problems)) => {
            Ok(show_again(&page(&site, &posted.visitor, &here, post, Some(form), problems, None).await?))
        }
        Err(failure) => Err(failure),
    }
}

/// POST: a change is taken back.
pub(crate) async fn restore(
    State(site): State<Site>,
    here: Here,
    Path((_, post, event)): Path<(String, String, i64)>,
    posted: Posted,
) -> Answer {
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    site.run(move |app| app.restore_careers_post(&actor, institution, &post, event)).await?;
    let flash = Flash::says("The post is as it was before.");
    Ok(go_saying(&site, &flash, &format!("/institutions/{institution}/careers-team")))
}

fn typed(fields: &Fields) -> ContactForm {
    let text = |name: &str| fields.text(name).split_whitespace().collect::<Vec<_>>().join(" ");
    ContactForm {
        name: text("name"),
        title: text("title"),
        email: text("email"),
        phone: text("phone"),
        qualification: text("qualification"),
        employer: text("employer"),
        ends_on: text("ends_on"),
        seen: text("seen"),
    }
}

async fn page(
    site: &Site,
    visitor: &Visitor,
    here: &Here,
    post: String,
    typed: Option<ContactForm>,
    mut problems: Vec<FieldProblem>,
    theirs: Option<ContactForm>,
) -> Result<PostPage, Failure> {
    let (actor, view, word) = (visitor.actor.clone(), here.view(), post);
    let found = site.run(move |app| app.careers_post(&actor, view, &word)).await?;
    let place = Place::new(&found.frame, &format!("careers-team/{}", found.row.word));
    let mut form = typed.unwrap_or_else(|| found.row.form.clone());
    let mut differing = Vec::new();
    if let Some(theirs) = theirs {
        problems.push(crate::pages::programme::meanwhile("name"));
        form.seen = theirs.seen.clone();
        let pairs = [
            ("Name", &form.name, theirs.name),
            ("Title", &form.title, theirs.title),
            ("E-mail address", &form.email, theirs.email),
            ("Telephone number", &form.phone, theirs.phone),
            ("Qualification", &form.qualification, theirs.qualification),
            ("Employer", &form.employer, theirs.employer),
            ("Until", &form.ends_on, theirs.ends_on),
        ];
        differing = pairs
            .into_iter()
            .filter(|(_, mine, theirs)| *mine != theirs)
            .map(|(label, _, theirs)| (label, theirs))
            .collect();
    }
    Ok(PostPage {
        action: place.to(&fact_place::remembering(here, &format!("careers-team/{}", found.row.word))),
        back: place.to(&fact_place::came_from(here).unwrap_or_else(|| "careers-team".to_owned())),
        warning: found.row.warning.clone(),
        rests_on_it: found.row.rests_on_it.clone(),
        is_adviser: found.row.is_adviser,
        form,
        theirs: differing,
        shell: visitor
            .shell_at(&found.frame, "careers-team")
            .at("policy")
            .titled(found.row.label.clone())
            .under(place.to("policy"), "Policy")
            .under(place.to("careers-team"), "People of the careers programme")
            .with_problems(problems),
    })
}
