//! Marks that a page sends.

use app::{Mark, Marked};
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{ActivityId, ParticipationStatus};

use super::conflicts::ConflictsPage;
use crate::{
    answer::{Answer, Failure, go_saying},
    fields::Fields,
    pages::activities::id_of,
    parts::Flash,
    site::Site,
    visitor::{Here, Posted},
    words,
};

/// The address of an activity's register.
pub(super) fn address(here: &Here, activity: ActivityId) -> String {
    format!("/institutions/{}/activities/{activity}/register", here.institution)
}

fn back(site: &Site, here: &Here, activity: ActivityId, flash: Flash) -> Response {
    go_saying(site, &flash, &here.query.with(&address(here, activity), &[]))
}

/// POST the marks that were changed.
pub(crate) async fn save(
    State(site): State<Site>,
    here: Here,
    Path((_, activity)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let id = id_of(&activity)?;
    let marks = sent(&posted.fields)?;
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    let marked = site.run(move |app| app.mark(&actor, institution, id, &marks)).await?;
    if !marked.conflicts.is_empty() {
        let (actor, view) = (posted.visitor.actor.clone(), here.view());
        let page = site.run(move |app| app.activity(&actor, view, id)).await?;
        return Ok(ConflictsPage::by_staff(&site, &posted.visitor, &here, &page, &marked).answer());
    }
    let flash = Flash::says(said(&marked));
    Ok(match marked.event {
        Some(event) => {
            let undo = here.query.with(&format!("{}/undo/{event}", address(&here, id)), &[]);
            back(&site, &here, id, flash.undone_by(undo))
        }
        None => back(&site, &here, id, flash),
    })
}

/// What was saved, in a sentence.
pub(super) fn said(marked: &Marked) -> String {
    match marked.saved {
        0 => "Nothing was changed in the register.".to_owned(),
        count => format!("Attendance is recorded: {} changed.", words::count(count, "mark was", "marks were")),
    }
}

/// POST: everybody without a mark was present.
pub(crate) async fn everybody(
    State(site): State<Site>,
    here: Here,
    Path((_, activity)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let id = id_of(&activity)?;
    let (actor, view) = (posted.visitor.actor.clone(), here.view());
    let marked = site.run(move |app| app.mark_everybody(&actor, view, id, ParticipationStatus::Attended)).await?;
    let Some(event) = marked.event else {
        return Ok(back(&site, &here, id, Flash::says("Everybody has a mark already, so nothing was changed.")));
    };
    let flash = Flash::says(format!(
        "{} present. Now set who was absent.",
        words::count_capital(marked.saved, "learner is marked", "learners are marked")
    ));
    let undo = here.query.with(&format!("{}/undo/{event}", address(&here, id)), &[]);
    Ok(back(&site, &here, id, flash.undone_by(undo)))
}

/// POST: the marks are as they were before they were changed together.
pub(crate) async fn undo(
    State(site): State<Site>,
    here: Here,
    Path((_, activity, event)): Path<(String, String, String)>,
    posted: Posted,
) -> Answer {
    let id = id_of(&activity)?;
    let event = event.parse().map_err(|_| Failure::NOT_FOUND)?;
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    let message = match site.run(move |app| app.unmark(&actor, institution, id, event)).await? as usize {
        0 => "These marks were changed since, so they stay as they are.".to_owned(),
        count => format!(
            "{} before.",
            words::count_capital(
                count,
                "learner’s mark is again what it was",
                "learners’ marks are again what they were"
            )
        ),
    };
    Ok(back(&site, &here, id, Flash::says(message)))
}

/// The marks of a form: those that differ from what the page showed, and those picked from several learners of one name.
pub(super) fn sent(fields: &Fields) -> Result<Vec<Mark>, Failure> {
    marks(fields).ok_or_else(|| Failure::problem("The register could not be read. Open it again."))
}

fn marks(fields: &Fields) -> Option<Vec<Mark>> {
    let mut marks: Vec<Mark> = Vec::new();
    let picked = fields.beginning("pick-").filter(|(_, key)| !key.is_empty()).map(|(_, key)| (key, fields.one("as")));
    for (name, value) in fields.beginning("mark-").chain(picked) {
        let (id, before) = name.split_once('-')?;
        if value == before {
            continue;
        }
        let mark = Mark::over(id.parse().ok()?, status(before)?, status(value)?);
        // A learner who stands twice in a list is marked once.
        match marks.iter_mut().find(|known| known.learner == mark.learner) {
            Some(known) => *known = mark,
            None => marks.push(mark),
        }
    }
    Some(marks)
}

/// A mark by its word; blank is none.
fn status(word: &str) -> Option<Option<ParticipationStatus>> {
    if word.is_empty() { Some(None) } else { word.parse().ok().map(Some) }
}

#[cfg(test)]
mod tests {
    use domain::LearnerId;

    use super::*;

    #[test]
    fn only_what_was_changed_on_the_page_is_saved() {
        let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let fields = Fields(vec![
            field("csrf", "x"),
            field("as", "absent"),
            field("mark-11-", "attended"),
            field("mark-12-attended", "attended"),
            field("mark-13-attended", ""),
            field("pick-7", "14-"),
            field("pick-8", ""),
        ]);
        use ParticipationStatus::{Absent, Attended};
        let expected = vec![
            Mark::over(LearnerId(11), None, Some(Attended)),
            Mark::over(LearnerId(13), Some(Attended), None),
            Mark::over(LearnerId(14), None, Some(Absent)),
        ];
        assert_eq!(marks(&fields), Some(expected));
        assert_eq!(marks(&Fields(vec![field("mark-x-", "attended")])), None);
        assert_eq!(marks(&Fields(vec![field("mark-1-", "present-ish")])), None);
    }
}
