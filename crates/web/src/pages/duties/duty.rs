use app::{DutyDone, DutyForm, FieldProblem};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{
    date,
    duty::{DutyPost, FIELDS},
};

use crate::{
    answer::{self, Answer, Failure, go_saying, show},
    fields::Fields,
    parts::{Choice, Flash},
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Posted, Visitor},
};

/// One responsibility, to be noted as done, changed or added.
#[derive(Template)]
#[template(path = "pages/duties/duty.html")]
pub(crate) struct DutyPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) action: String,
    pub(crate) back: String,
    /// Where it is noted as done, if it is there already.
    pub(crate) done: Option<String>,
    /// Where it is left out, or shown again, with the button.
    pub(crate) hide: Option<(String, &'static str)>,
    pub(crate) from_record: Option<String>,
    pub(crate) form: DutyForm,
    pub(crate) did: DutyDone,
    /// Whom the owner field offers.
    pub(crate) owners: Vec<String>,
    pub(crate) posts: Vec<Choice>,
    pub(crate) fields: Vec<Choice>,
}

/// What was typed, in which of the two forms.
#[derive(Default)]
struct Typed {
    form: Option<DutyForm>,
    done: Option<DutyDone>,
    problems: Vec<FieldProblem>,
}

/// GET the form of a new one.
pub(crate) async fn new(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    Ok(show(&page(&site, &visitor, &here, None, Typed::default()).await?))
}

/// POST a new one.
pub(crate) async fn add(State(site): State<Site>, here: Here, posted: Posted) -> Answer {
    let form = typed(&posted.fields);
    let (actor, institution, asked) = (posted.visitor.actor.clone(), here.institution, form.clone());
    let typed = Typed { form: Some(form), ..Typed::default() };
    let added = site.run(move |app| app.add_duty(&actor, institution, &asked)).await.map(|id| {
        let list = address(&here);
        let flash = Flash::says("The responsibility is in the register.").undone_by(format!("{list}/{id}/hide"));
        go_saying(&site, &flash, &list)
    });
    or_again(added, &site, &posted.visitor, &here, (None, typed)).await
}

/// GET one.
pub(crate) async fn form(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, duty)): Path<(String, String)>,
) -> Answer {
    Ok(show(&page(&site, &visitor, &here, Some(duty), Typed::default()).await?))
}

/// POST a changed one.
pub(crate) async fn change(
    State(site): State<Site>,
    here: Here,
    Path((_, duty)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let form = typed(&posted.fields);
    let (actor, institution, asked, key) = (posted.visitor.actor.clone(), here.institution, form.clone(), duty.clone());
    let typed = Typed { form: Some(form), ..Typed::default() };
    let changed = site.run(move |app| app.change_duty(&actor, institution, &key, &asked)).await;
    let changed = changed.map(|event| saved(&site, &here, &duty, event, "The responsibility is saved."));
    or_again(changed, &site, &posted.visitor, &here, (Some(duty), typed)).await
}

/// POST that it was done.
pub(crate) async fn done(
    State(site): State<Site>,
    here: Here,
    Path((_, duty)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let did = DutyDone { evidence: posted.fields.text("done_evidence"), on: posted.fields.text("on") };
    let (actor, institution, asked, key) = (posted.visitor.actor.clone(), here.institution, did.clone(), duty.clone());
    let typed = Typed { done: Some(did), ..Typed::default() };
    let noted = site.run(move |app| app.mark_duty_done(&actor, institution, &key, &asked)).await;
    let noted = noted.map(|event| saved(&site, &here, &duty, event, "It is noted as done."));
    or_again(noted, &site, &posted.visitor, &here, (Some(duty), typed)).await
}

/// What was done, or the page again with what was typed and what is to be corrected.
async fn or_again(
    done: Result<Response, Failure>,
    site: &Site,
    visitor: &Visitor,
    here: &Here,
    (key, typed): (Option<String>, Typed),
) -> Answer {
    match done {
        Err(Failure::Problems(problems)) => {
            let typed = Typed { problems, ..typed };
            Ok(answer::show_again(&page(site, visitor, here, key, typed).await?))
        }
        done => done,
    }
}

/// POST: it is left out.
pub(crate) async fn hide(
    State(site): State<Site>,
    here: Here,
    Path((_, duty)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let (actor, institution, key) = (posted.visitor.actor.clone(), here.institution, duty.clone());
    let event = site.run(move |app| app.hide_duty(&actor, institution, &key, true)).await?;
    Ok(saved(&site, &here, &duty, event, "The responsibility is left out of the register and of the policy."))
}

/// POST: it is shown again.
pub(crate) async fn show_again(
    State(site): State<Site>,
    here: Here,
    Path((_, duty)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let (actor, institution, key) = (posted.visitor.actor.clone(), here.institution, duty.clone());
    let event = site.run(move |app| app.hide_duty(&actor, institution, &key, false)).await?;
    Ok(saved(&site, &here, &duty, event, "The responsibility is in the register again."))
}

/// POST: a change is taken back.
pub(crate) async fn restore(
    State(site): State<Site>,
    here: Here,
    Path((_, duty, event)): Path<(String, String, i64)>,
    posted: Posted,
) -> Answer {
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    site.run(move |app| app.restore_duty(&actor, institution, &duty, event)).await?;
    Ok(go_saying(&site, &Flash::says("The responsibility is as it was before."), &address(&here)))
}

fn saved(site: &Site, here: &Here, duty: &str, event: Option<i64>, says: &str) -> Response {
    let list = address(here);
    let flash = match event {
        Some(event) => Flash::says(says).undone_by(format!("{list}/{duty}/restore/{event}")),
        None => Flash::says("Nothing was changed."),
    };
    go_saying(site, &flash, &list)
}

fn address(here: &Here) -> String {
    format!("/institutions/{}/duties", here.institution)
}

fn typed(fields: &Fields) -> DutyForm {
    let line = |name: &str| fields.text(name).split_whitespace().collect::<Vec<_>>().join(" ");
    DutyForm {
        post: line("post"),
        field: line("field"),
        title: line("title"),
        owner: line("owner"),
        evidence: fields.text("evidence"),
        last_done: line("last_done"),
        every_months: line("every_months"),
        seen: line("seen"),
    }
}

async fn page(
    site: &Site,
    visitor: &Visitor,
    here: &Here,
    key: Option<String>,
    typed: Typed,
) -> Result<DutyPage, Failure> {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let found = site.run(move |app| app.duty(&actor, view, key.as_deref())).await?;
    let place = Place::new(&found.frame, "duties");
    let row = found.row;
    let form = typed.form.or_else(|| row.as_ref().map(|row| row.form.clone())).unwrap_or_default();
    let to = |tail: &str| row.as_ref().map(|row| place.to(&format!("duties/{}{tail}", row.key)));
    let lead = row.as_ref().map_or("What is done, by whom, and how often.".to_owned(), |row| {
        match (row.last_done, row.next_due) {
            (Some(last), Some(next)) => {
                format!("Last done on {}, due again by {}.", date::long(last), date::long(next))
            }
            (Some(last), None) => format!("Last done on {}.", date::long(last)),
            _ if row.is_regular => "Not noted as done yet.".to_owned(),
            _ => "Goes on all the time.".to_owned(),
        }
    });
    let none = Choice::new("", "None", form.field.is_empty());
    Ok(DutyPage {
        lead,
        action: to("").unwrap_or_else(|| place.to("duties/new")),
        back: place.to("duties"),
        done: to("/done"),
        hide: row.as_ref().and_then(|row| {
            Some(if row.is_hidden { (to("/show")?, "Show it again") } else { (to("/hide")?, "Leave it out") })
        }),
        from_record: row.as_ref().and_then(|row| row.from_record.clone()),
        owners: found.owners,
        posts: DutyPost::ALL
            .iter()
            .map(|post| Choice::new(post.word(), post.label(), form.post == post.word()))
            .collect(),
        fields: std::iter::once(none)
            .chain(FIELDS.iter().map(|(word, label)| Choice::new(word, label, form.field == *word)))
            .collect(),
        form,
        did: typed.done.unwrap_or_default(),
        shell: visitor
            .shell_at(&found.frame, "duties")
            .at("policy")
            .titled(row.as_ref().map_or("Add a responsibility".to_owned(), |row| row.form.title.clone()))
            .under(place.to("policy"), "Policy")
            .under(place.to("duties"), "Roles and responsibilities")
            .with_problems(typed.problems),
    })
}
