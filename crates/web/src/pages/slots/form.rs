use app::{Action, ActivityForm, FieldProblem, Frame, SlotForm};
use askama::Template;
use axum::extract::{Path, State};
use domain::{SlotId, YearGroup};

use crate::{
    answer::{Answer, Failure, go_saying, show, show_again},
    fields::Fields,
    pages::activities::FormChoices,
    parts::Flash,
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Posted, Visitor},
    words,
};

/// Enters or changes free places.
#[derive(Template)]
#[template(path = "pages/slots/form.html")]
pub(crate) struct SlotFormPage {
    pub(crate) shell: Shell,
    pub(crate) action: String,
    pub(crate) form: SlotForm,
    pub(crate) choices: FormChoices,
    /// Whether several can be entered at once.
    pub(crate) is_new: bool,
    pub(crate) button: &'static str,
    pub(crate) back: String,
}

/// GET the form for free places.
pub(crate) async fn new(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let frame = site
        .run(move |app| {
            let frame = app.frame(&actor, view)?;
            frame.ask(Action::Record)?;
            Ok(frame)
        })
        .await?;
    let activity = ActivityForm { mode: "in-person".to_owned(), ..ActivityForm::default() };
    let form = SlotForm { activity, times: "1".to_owned(), every: "1".to_owned(), ..SlotForm::default() };
    Ok(show(&page(&visitor, &frame, None, form, Vec::new())))
}

/// POST free places.
pub(crate) async fn add(State(site): State<Site>, here: Here, posted: Posted) -> Answer {
    let form = typed(&posted.fields);
    let (actor, institution, sent) = (posted.visitor.actor.clone(), here.institution, form.clone());
    match site.run(move |app| app.add_slots(&actor, institution, &sent)).await {
        Ok((added, event)) => {
            let list = format!("/institutions/{institution}/slots");
            let flash = Flash::says(format!(
                "{} entered.",
                words::count_capital(added as usize, "day with free places is", "days with free places are")
            ));
            Ok(go_saying(&site, &flash.undone_by(format!("{list}/undo/{event}")), &list))
        }
        Err(failure) => again(&site, &posted.visitor, &here, None, form, failure).await,
    }
}

/// GET the form that changes a slot.
pub(crate) async fn edit(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, slot)): Path<(String, String)>,
) -> Answer {
    let id = slot.parse().map_err(|_| Failure::NOT_FOUND)?;
    let (actor, view) = (visitor.actor.clone(), here.view());
    let (frame, form) = site.run(move |app| app.slot(&actor, view, id)).await?;
    Ok(show(&page(&visitor, &frame, Some(id), form, Vec::new())))
}

/// POST the changes to a slot.
pub(crate) async fn change(
    State(site): State<Site>,
    here: Here,
    Path((_, slot)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let id = slot.parse().map_err(|_| Failure::NOT_FOUND)?;
    let form = typed(&posted.fields);
    let (actor, institution, sent) = (posted.visitor.actor.clone(), here.institution, form.clone());
    match site.run(move |app| app.change_slot(&actor, institution, id, &sent)).await {
        Ok(()) => {
            let flash = Flash::says("The free places are changed.");
            Ok(go_saying(&site, &flash, &format!("/institutions/{institution}/slots")))
        }
        Err(failure) => again(&site, &posted.visitor, &here, Some(id), form, failure).await,
    }
}

async fn again(
    site: &Site,
    visitor: &Visitor,
    here: &Here,
    id: Option<SlotId>,
    form: SlotForm,
    failure: Failure,
) -> Answer {
    let Failure::Problems(problems) = failure else { return Err(failure) };
    let (actor, view) = (visitor.actor.clone(), here.view());
    let frame = site.run(move |app| app.frame(&actor, view)).await?;
    Ok(show_again(&page(visitor, &frame, id, form, problems)))
}

fn page(
    visitor: &Visitor,
    frame: &Frame,
    id: Option<SlotId>,
    form: SlotForm,
    problems: Vec<FieldProblem>,
) -> SlotFormPage {
    let (under, title, button) = match id {
        Some(id) => (format!("slots/{id}"), "Change the free places", "Save the free places"),
        None => ("slots/new".to_owned(), "Enter free places", "Enter the free places"),
    };
    let place = Place::new(frame, &under);
    let (first, last) = frame.institution.years.unwrap_or((YearGroup::LOWEST, YearGroup::HIGHEST));
    SlotFormPage {
        shell: visitor
            .shell_at(frame, &under)
            .at("programme")
            .titled(title)
            .under(place.to("slots"), "Free places")
            .with_problems(problems),
        action: place.to(&under),
        choices: FormChoices::of(&form.activity, first.number()..=last.number(), false),
        form,
        is_new: id.is_none(),
        button,
        back: place.to("slots"),
    }
}

/// What was typed, as typed.
fn typed(fields: &Fields) -> SlotForm {
    let kind = fields.text("kind");
    SlotForm {
        activity: ActivityForm {
            reference: String::new(),
            title: fields.text("title"),
            date: fields.text("date"),
            provider_type: fields.text("provider_type"),
            organisation: fields.text("organisation"),
            mode: fields.text("mode"),
            subject: fields.text("subject"),
            hours: fields.text("hours"),
            year_groups: fields.all("year_groups").join(";"),
            checks: fields.all(&format!("checks-{kind}")),
            through: String::new(),
            source: String::new(),
            state: String::new(),
            kind,
        },
        starts_at: fields.text("starts_at"),
        place: fields.text("place"),
        capacity: fields.text("capacity"),
        times: fields.text("times"),
        every: fields.text("every"),
    }
}
