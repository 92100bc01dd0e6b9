use app::{FieldProblem, GuidanceNoteForm, GuidanceNoteRow, GuidanceNotes};
use askama::Template;
use axum::extract::{Path, State};
use domain::{GuidanceNoteId, LearnerId, date};

use crate::{
    answer::{Answer, Failure, go_saying, show, show_again},
    parts::Flash,
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Posted, Visitor},
};

/// The notes of a learner's guidance meetings with their private parts, and a form for one.
#[derive(Template)]
#[template(path = "pages/learner/notes.html")]
pub(crate) struct NotesPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) notes: Vec<NoteLine>,
    /// The form, for those who may write; with its heading and where it goes.
    pub(crate) form: Option<NoteForm>,
}

/// One note.
pub(crate) struct NoteLine {
    pub(crate) date: String,
    pub(crate) author: String,
    pub(crate) agreed: String,
    pub(crate) private: String,
    /// Where its author changes it.
    pub(crate) change: Option<String>,
}

/// The form of one note.
pub(crate) struct NoteForm {
    pub(crate) heading: &'static str,
    pub(crate) action: String,
    pub(crate) button: &'static str,
    pub(crate) cancel: Option<String>,
    pub(crate) form: GuidanceNoteForm,
}

/// What the form is about.
enum Asked {
    New(GuidanceNoteForm),
    Change(GuidanceNoteId, Option<GuidanceNoteForm>),
}

/// GET the notes.
pub(crate) async fn notes(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, learner)): Path<(String, String)>,
) -> Answer {
    let asked = Asked::New(GuidanceNoteForm::default());
    Ok(show(&page(&site, &visitor, &here, id(&learner)?, asked, Vec::new()).await?))
}

/// POST a new note.
pub(crate) async fn add_note(
    State(site): State<Site>,
    here: Here,
    Path((_, learner)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let learner = id(&learner)?;
    let form = form_of(&posted);
    let (actor, institution, asked) = (posted.visitor.actor.clone(), here.institution, form.clone());
    let added = site.run(move |app| app.add_guidance_note(&actor, institution, learner, &asked)).await.map(drop);
    done(&site, &posted.visitor, &here, learner, added, Asked::New(form)).await
}

/// GET one note to change it.
pub(crate) async fn note(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, learner, note)): Path<(String, String, String)>,
) -> Answer {
    let note = note.parse().map_err(|_| Failure::NOT_FOUND)?;
    Ok(show(&page(&site, &visitor, &here, id(&learner)?, Asked::Change(note, None), Vec::new()).await?))
}

/// POST a changed note.
pub(crate) async fn change_note(
    State(site): State<Site>,
    here: Here,
    Path((_, learner, note)): Path<(String, String, String)>,
    posted: Posted,
) -> Answer {
    let (learner, note) = (id(&learner)?, note.parse().map_err(|_| Failure::NOT_FOUND)?);
    let form = form_of(&posted);
    let (actor, institution, asked) = (posted.visitor.actor.clone(), here.institution, form.clone());
    let changed = site.run(move |app| app.change_guidance_note(&actor, institution, learner, note, &asked)).await;
    done(&site, &posted.visitor, &here, learner, changed, Asked::Change(note, Some(form))).await
}

fn id(text: &str) -> Result<LearnerId, Failure> {
    text.parse().map_err(|_| Failure::NOT_FOUND)
}

fn form_of(posted: &Posted) -> GuidanceNoteForm {
    let text = |name: &str| posted.fields.text(name);
    GuidanceNoteForm {
        held_on: text("held_on"),
        agreed_actions: text("agreed_actions").replace("\r\n", "\n"),
        private_note: text("private_note").replace("\r\n", "\n"),
    }
}

async fn done(
    site: &Site,
    visitor: &Visitor,
    here: &Here,
    learner: LearnerId,
    saved: Result<(), Failure>,
    asked: Asked,
) -> Answer {
    match saved {
        Ok(()) => {
            let flash = Flash::says("The note is saved. Only what was agreed is shown on the learner’s page.");
            let to = format!("/institutions/{}/learners/{learner}/notes", here.institution);
            Ok(go_saying(site, &flash, &to))
        }
        Err(Failure::Problems(problems)) => Ok(show_again(&page(site, visitor, here, learner, asked, problems).await?)),
        Err(failure) => Err(failure),
    }
}

async fn page(
    site: &Site,
    visitor: &Visitor,
    here: &Here,
    learner: LearnerId,
    asked: Asked,
    problems: Vec<FieldProblem>,
) -> Result<NotesPage, Failure> {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let all = site.run(move |app| app.guidance_notes(&actor, view, learner)).await?;
    let under = format!("learners/{learner}");
    let place = Place::new(&all.frame, &format!("{under}/notes"));
    let form = form(&all, asked, &place, &under)?;
    Ok(NotesPage {
        lead: match all.notes.len() {
            0 => "No meeting is written down yet.".to_owned(),
            _ => "What was agreed is for the learner and everybody who sees them. The private note is for you, and for those who may read notes.".to_owned(),
        },
        notes: all.notes.iter().map(|note| line(note, &place, &under)).collect(),
        form,
        shell: visitor
            .shell_at(&all.frame, &format!("{under}/notes"))
            .at("learners")
            .titled(format!("Guidance meetings of {}", all.name))
            .under(place.to("learners"), "Learners")
            .under(place.to(&under), all.name)
            .with_problems(problems),
    })
}

fn line(note: &GuidanceNoteRow, place: &Place, under: &str) -> NoteLine {
    NoteLine {
        date: date::long(note.held_on),
        author: note.author.clone(),
        agreed: note.agreed_actions.clone(),
        private: note.private_note.clone().unwrap_or_default(),
        change: note.may_change.then(|| place.to(&format!("{under}/notes/{}", note.id))),
    }
}

fn form(all: &GuidanceNotes, asked: Asked, place: &Place, under: &str) -> Result<Option<NoteForm>, Failure> {
    let notes = place.to(&format!("{under}/notes"));
    Ok(match asked {
        Asked::New(form) => all.may_write.then_some(NoteForm {
            heading: "Write down a meeting",
            action: notes,
            button: "Save the note",
            cancel: None,
            form,
        }),
        Asked::Change(id, typed) => {
            let note = all.notes.iter().find(|note| note.id == id && note.may_change).ok_or(Failure::NOT_FOUND)?;
            Some(NoteForm {
                heading: "Change the note",
                action: place.to(&format!("{under}/notes/{id}")),
                button: "Save the change",
                cancel: Some(notes),
                form: typed.unwrap_or_else(|| GuidanceNoteForm {
                    held_on: note.held_on.to_string(),
                    agreed_actions: note.agreed_actions.clone(),
                    private_note: note.private_note.clone().unwrap_or_default(),
                }),
            })
        }
    })
}
