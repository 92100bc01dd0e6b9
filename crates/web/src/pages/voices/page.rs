use app::{LinkPurpose, ReflectionForm};
use askama::Template;
use axum::extract::{Path, State};
use domain::{ActivityId, Check, date};

use super::{RATINGS, rating};
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

/// What was thought of an activity.
#[derive(Template)]
#[template(path = "pages/voices/page.html")]
pub(crate) struct VoicesPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) may_record: bool,
    pub(crate) link_action: String,
    /// A link that was just made: for whom, and its address.
    pub(crate) made: Option<(&'static str, String)>,
    pub(crate) links: Vec<LinkLine>,
    pub(crate) suggestions: Vec<SuggestionLine>,
    pub(crate) reflections: Vec<ReflectionLine>,
    pub(crate) feedback: Vec<FeedbackLine>,
    pub(crate) add_action: String,
    pub(crate) learners: Vec<Choice>,
    pub(crate) ratings: Vec<Choice>,
    pub(crate) form: ReflectionForm,
}

/// A link that works.
pub(crate) struct LinkLine {
    pub(crate) what: &'static str,
    pub(crate) label: String,
    pub(crate) until: String,
    pub(crate) uses: String,
    pub(crate) close: String,
}

/// A box that what was said speaks for.
pub(crate) struct SuggestionLine {
    pub(crate) check: &'static str,
    pub(crate) label: &'static str,
    pub(crate) because: String,
    pub(crate) action: String,
}

/// What a learner thought.
pub(crate) struct ReflectionLine {
    pub(crate) who: String,
    pub(crate) href: String,
    pub(crate) rating: &'static str,
    pub(crate) learnt: String,
    pub(crate) next: String,
    pub(crate) remove: String,
}

/// What an employer or provider thought.
pub(crate) struct FeedbackLine {
    pub(crate) who: String,
    pub(crate) rating: &'static str,
    pub(crate) went_well: String,
    pub(crate) better: String,
    pub(crate) would_return: &'static str,
    pub(crate) confirms: String,
}

fn id_of(text: &str) -> Result<ActivityId, Failure> {
    text.parse().map_err(|_| Failure::NOT_FOUND)
}

fn address(here: &Here, id: ActivityId) -> String {
    format!("/institutions/{}/activities/{id}/voices", here.institution)
}

/// GET what was thought.
pub(crate) async fn get(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, activity)): Path<(String, String)>,
) -> Answer {
    Ok(show(&page(&site, &visitor, &here, id_of(&activity)?).await?))
}

async fn page(site: &Site, visitor: &Visitor, here: &Here, id: ActivityId) -> Result<VoicesPage, Failure> {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let found = site.run(move |app| app.activity_voices(&actor, view, id)).await?;
    Ok(view_of(visitor, id, &found))
}

fn view_of(visitor: &Visitor, id: ActivityId, found: &app::VoicesPage) -> VoicesPage {
    let frame = &found.frame;
    let under = format!("activities/{id}/voices");
    let place = Place::new(frame, &under);
    let activity = &found.activity.activity;
    let may_record = frame.may.has(app::Action::Record);
    let answered = words::count_capital(found.reflections_count as usize, "learner has", "learners have");
    let average = found.average.map_or(String::new(), |average| format!(" On average they gave it {average} of 5."));
    VoicesPage {
        shell: visitor
            .shell_at(frame, &under)
            .at("activities")
            .titled("What they thought")
            .under(place.to("activities"), "Activities")
            .under(place.to(&format!("activities/{id}")), activity.title.clone()),
        lead: match found.is_withheld {
            true => "Fewer than five learners have answered, so nothing is counted here.".to_owned(),
            false => format!("{answered} answered.{average}"),
        },
        may_record,
        link_action: place.to(&format!("{under}/link")),
        made: None,
        links: found
            .links
            .iter()
            .map(|link| LinkLine {
                what: what(link.purpose),
                label: link.label.clone().unwrap_or_default(),
                until: link.until.map_or(String::new(), date::long),
                uses: words::count_capital(link.uses.unsigned_abs() as usize, "answer", "answers"),
                close: place.to(&format!("{under}/link/{}/close", link.id)),
            })
            .collect(),
        suggestions: found
            .suggestions
            .iter()
            .map(|one| SuggestionLine {
                check: one.check.word(),
                label: one.label,
                because: one.because.clone(),
                action: place.to(&format!("{under}/tick")),
            })
            .collect(),
        reflections: found
            .reflections
            .iter()
            .map(|one| ReflectionLine {
                who: one.learner.as_ref().map_or("A learner".to_owned(), |(_, name)| name.clone()),
                href: one.learner.as_ref().map_or(String::new(), |(id, _)| place.to(&format!("learners/{id}"))),
                rating: rating(one.rating),
                learnt: one.learnt.clone(),
                next: one.next_step.clone(),
                remove: place.to(&format!("{under}/reflection/{}/remove", one.id)),
            })
            .collect(),
        feedback: found
            .feedback
            .iter()
            .map(|one| FeedbackLine {
                who: one.name.clone().unwrap_or_else(|| "Somebody who was there".to_owned()),
                rating: rating(one.rating),
                went_well: one.went_well.clone(),
                better: one.better.clone(),
                would_return: match one.would_return {
                    Some(true) => "Would come again.",
                    Some(false) => "Would not come again.",
                    None => "",
                },
                confirms: words::list(
                    &one.confirms.iter().map(|check| labels::check(*check).to_owned()).collect::<Vec<_>>(),
                ),
            })
            .collect(),
        add_action: place.to(&format!("{under}/reflection")),
        learners: found.learners.iter().map(|(id, name)| Choice::new(id, name, false)).collect(),
        ratings: RATINGS.iter().map(|(value, label)| Choice::new(value, label, false)).collect(),
        form: ReflectionForm::default(),
    }
}

fn what(purpose: LinkPurpose) -> &'static str {
    match purpose {
        LinkPurpose::Reflection => "Learners",
        _ => "Employer or provider",
    }
}

/// POST that a link is made; it is shown this once.
pub(crate) async fn link(
    State(site): State<Site>,
    here: Here,
    Path((_, activity)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let id = id_of(&activity)?;
    let (purpose, form) = match posted.fields.one("who") {
        "employer" => (LinkPurpose::Feedback, "feedback"),
        _ => (LinkPurpose::Reflection, "reflect"),
    };
    let (actor, institution, label) = (posted.visitor.actor.clone(), here.institution, posted.fields.text("label"));
    let (_, token) = site.run(move |app| app.make_voice_link(&actor, institution, id, purpose, &label)).await?;
    let mut page = page(&site, &posted.visitor, &here, id).await?;
    let start = site.settings.public_address.as_deref().unwrap_or_default();
    page.made = Some((what(purpose), format!("{start}/{form}/{institution}/{}", token.reveal())));
    Ok(show(&page))
}

/// POST that a link ends.
pub(crate) async fn close(
    State(site): State<Site>,
    here: Here,
    Path((_, activity, link)): Path<(String, String, String)>,
    posted: Posted,
) -> Answer {
    let id = id_of(&activity)?;
    let link = link.parse().map_err(|_| Failure::NOT_FOUND)?;
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    site.run(move |app| match app.close_link(&actor, institution, LinkPurpose::Reflection, link) {
        Err(app::Error::Refusal(app::Refusal::NotFound)) => {
            app.close_link(&actor, institution, LinkPurpose::Feedback, link)
        }
        other => other,
    })
    .await?;
    Ok(go_saying(&site, &Flash::says("The link opens nothing any more."), &here.query.with(&address(&here, id), &[])))
}

fn check_of(posted: &Posted) -> Result<Check, Failure> {
    posted.fields.one("check").parse().map_err(|_| Failure::problem("Choose a box of the checklist."))
}

/// POST that a box is ticked.
pub(crate) async fn tick(
    State(site): State<Site>,
    here: Here,
    Path((_, activity)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let (id, check) = (id_of(&activity)?, check_of(&posted)?);
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    site.run(move |app| app.tick_box(&actor, institution, id, check, true)).await?;
    let flash = Flash::says(format!("Ticked: {}.", labels::check(check)))
        .undone_by(format!("{}/untick/{check}", address(&here, id)));
    Ok(go_saying(&site, &flash, &here.query.with(&address(&here, id), &[])))
}

/// POST that a box is open again.
pub(crate) async fn untick(
    State(site): State<Site>,
    here: Here,
    Path((_, activity, check)): Path<(String, String, String)>,
    posted: Posted,
) -> Answer {
    let id = id_of(&activity)?;
    let check: Check = check.parse().map_err(|_| Failure::NOT_FOUND)?;
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    site.run(move |app| app.tick_box(&actor, institution, id, check, false)).await?;
    let flash = Flash::says(format!("Open again: {}.", labels::check(check)));
    Ok(go_saying(&site, &flash, &here.query.with(&address(&here, id), &[])))
}

/// POST what a learner thought, entered for them.
pub(crate) async fn add(
    State(site): State<Site>,
    here: Here,
    Path((_, activity)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let id = id_of(&activity)?;
    let fields = &posted.fields;
    let form = ReflectionForm {
        learnt: fields.text("learnt"),
        rating: fields.text("rating"),
        next_step: fields.text("next_step"),
        is_easy_read: false,
    };
    let learner = fields.one("learner").parse().map_err(|_| Failure::problem("Choose the learner."))?;
    let (actor, institution, sent) = (posted.visitor.actor.clone(), here.institution, form.clone());
    match site.run(move |app| app.add_reflection(&actor, institution, id, learner, &sent)).await {
        Ok(_) => {
            let flash = Flash::says("The answer is kept.");
            Ok(go_saying(&site, &flash, &here.query.with(&address(&here, id), &[])))
        }
        Err(Failure::Problems(problems)) => {
            let mut page = page(&site, &posted.visitor, &here, id).await?;
            page.form = form;
            page.shell = page.shell.with_problems(problems);
            Ok(show_again(&page))
        }
        Err(failure) => Err(failure),
    }
}

/// POST that an answer is taken away.
pub(crate) async fn remove(
    State(site): State<Site>,
    here: Here,
    Path((_, activity, reflection)): Path<(String, String, String)>,
    posted: Posted,
) -> Answer {
    let id = id_of(&activity)?;
    let reflection = reflection.parse().map_err(|_| Failure::NOT_FOUND)?;
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    site.run(move |app| app.delete_reflection(&actor, institution, id, reflection)).await?;
    Ok(go_saying(&site, &Flash::says("The answer is gone."), &here.query.with(&address(&here, id), &[])))
}
