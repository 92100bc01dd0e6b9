use app::{FieldProblem, ProgrammeForm, Refusal, Saved};
use askama::Template;
use axum::extract::State;

use crate::{
    answer::{Answer, Failure, go_saying, show, show_again},
    parts::Flash,
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Posted, Visitor},
};

/// The text of the programme, to be changed.
#[derive(Template)]
#[template(path = "pages/programme/edit.html")]
pub(crate) struct EditPage {
    pub(crate) shell: Shell,
    pub(crate) action: String,
    pub(crate) back: String,
    pub(crate) form: ProgrammeForm,
    /// What somebody else saved meanwhile, by field.
    pub(crate) theirs: Vec<(&'static str, String)>,
}

impl EditPage {
    /// What somebody else wrote in this field meanwhile, if it differs.
    pub(crate) fn theirs_of(&self, field: &str) -> Option<&str> {
        self.theirs.iter().find(|(name, _)| *name == field).map(|(_, text)| text.as_str())
    }
}

/// GET the form.
pub(crate) async fn get(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    Ok(show(&page(&site, &visitor, &here, None, Vec::new(), None).await?))
}

/// POST the text.
pub(crate) async fn save(State(site): State<Site>, here: Here, posted: Posted) -> Answer {
    let text = |name: &str| posted.fields.text(name).replace("\r\n", "\n");
    let form = ProgrammeForm {
        aims: text("aims"),
        leavers: text("leavers"),
        delivery: text("delivery"),
        send: text("send"),
        parents: text("parents"),
        seen: text("seen"),
    };
    let (actor, view, asked) = (posted.visitor.actor.clone(), here.view(), form.clone());
    match site.run(move |app| app.change_programme(&actor, view, &asked)).await {
        Ok(Saved::Done) => {
            let address = here.query.with(&format!("/institutions/{}/programme", here.institution), &[]);
            Ok(go_saying(&site, &Flash::says("The programme is saved."), &address))
        }
        Ok(Saved::Meanwhile(theirs)) => {
            Ok(show_again(&page(&site, &posted.visitor, &here, Some(form), Vec::new(), Some(theirs)).await?))
        }
        Err(Failure::Problems(problems)) => {
            Ok(show_again(&page(&site, &posted.visitor, &here, Some(form), problems, None).await?))
        }
        Err(failure) => Err(failure),
    }
}

/// POST: the programme of the year before becomes this year's.
pub(crate) async fn copy(State(site): State<Site>, here: Here, posted: Posted) -> Answer {
    let (actor, view) = (posted.visitor.actor.clone(), here.view());
    let earlier = site.run(move |app| app.copy_programme(&actor, view)).await?;
    let flash = Flash::says(format!(
        "The programme of {earlier} is copied with its outcomes. Approvals are not: amend it, then have it approved."
    ));
    Ok(go_saying(&site, &flash, &here.query.with(&format!("/institutions/{}/programme", here.institution), &[])))
}

async fn page(
    site: &Site,
    visitor: &Visitor,
    here: &Here,
    typed: Option<ProgrammeForm>,
    mut problems: Vec<FieldProblem>,
    theirs: Option<ProgrammeForm>,
) -> Result<EditPage, Failure> {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let programme = site.run(move |app| app.programme(&actor, view)).await?;
    if !programme.may_write {
        return Err(Failure::Refusal(Refusal::NotAllowed));
    }
    let mut form = typed.unwrap_or_else(|| programme.form.clone());
    let mut differing = Vec::new();
    if let Some(theirs) = theirs {
        problems.push(meanwhile("aims"));
        let mine = form.texts().map(|(_, _, text)| text.to_owned());
        differing = theirs
            .texts()
            .into_iter()
            .zip(mine)
            .filter(|((_, _, theirs), mine)| theirs != mine)
            .map(|((name, _, theirs), _)| (name, theirs.to_owned()))
            .collect();
        if let (Some((name, _)), Some(problem)) = (differing.first(), problems.last_mut()) {
            problem.field = name;
        }
        // Saving again is then a decision, not an accident.
        form.seen = theirs.seen;
    }
    let place = Place::new(&programme.frame, "programme/edit");
    Ok(EditPage {
        action: place.to("programme/edit"),
        back: place.to("programme"),
        form,
        theirs: differing,
        shell: visitor
            .shell_at(&programme.frame, "programme/edit")
            .at("programme")
            .titled(format!("What the programme of {} is for", programme.frame.year))
            .under(place.to("programme"), "Programme")
            .with_problems(problems),
    })
}

/// That somebody else saved a text meanwhile, at one of its fields.
pub(crate) fn meanwhile(field: &'static str) -> FieldProblem {
    FieldProblem {
        field,
        message: "Somebody else saved another text meanwhile, so yours is not saved yet. Both are shown: bring them together, then save again."
            .to_owned(),
    }
}
