use app::{FieldProblem, OwnWordsForm, Saved};
use askama::Template;
use axum::extract::{Path, State};

use crate::{
    answer::{Answer, Failure, go_saying, show, show_again},
    pages::fact_place,
    parts::Flash,
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Posted, Visitor},
};

/// One entry to be written.
#[derive(Template)]
#[template(path = "pages/own_words/entry.html")]
pub(crate) struct EntryPage {
    pub(crate) shell: Shell,
    pub(crate) action: String,
    pub(crate) back: String,
    pub(crate) help: &'static str,
    pub(crate) label: &'static str,
    pub(crate) warning: Option<String>,
    /// `long`, `text` or `date`.
    pub(crate) sort: &'static str,
    pub(crate) form: OwnWordsForm,
    /// Whether the text is one of ours to begin with.
    pub(crate) is_suggested: bool,
    /// How it will look, as HTML that `app` made.
    pub(crate) preview: Option<String>,
    /// What the record adds beneath, as HTML that `app` made.
    pub(crate) from_record: String,
    /// What somebody else saved meanwhile.
    pub(crate) theirs: Option<String>,
}

/// What a form came back with.
#[derive(Default)]
struct Back {
    typed: Option<OwnWordsForm>,
    problems: Vec<FieldProblem>,
    theirs: Option<OwnWordsForm>,
    preview: Option<String>,
}

/// GET the form.
pub(crate) async fn form(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, entry)): Path<(String, String)>,
) -> Answer {
    Ok(show(&page(&site, &visitor, &here, entry, Back::default()).await?))
}

/// POST the text, or ask how it will look.
pub(crate) async fn save(
    State(site): State<Site>,
    here: Here,
    Path((_, entry)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let form =
        OwnWordsForm { text: posted.fields.text("text").replace("\r\n", "\n"), seen: posted.fields.text("seen") };
    let wants_preview = posted.fields.one("do") == "preview";
    let (actor, institution, asked, word) =
        (posted.visitor.actor.clone(), here.institution, form.clone(), entry.clone());
    let asked = site.run(move |app| {
        if wants_preview {
            return app.preview_own_words(&actor, institution, &word, &asked).map(Err);
        }
        app.set_own_words(&actor, institution, &word, &asked).map(Ok)
    });
    let back = match asked.await {
        Ok(Ok((Saved::Done, event))) => {
            let flash = Flash::says(if event.is_some() { "It is saved." } else { "Nothing was changed." });
            let list = format!("/institutions/{institution}/own-words");
            let flash = match event {
                Some(event) => flash.undone_by(format!("{list}/{entry}/restore/{event}")),
                None => flash,
            };
            let back = fact_place::came_from(&here).map(|page| format!("/institutions/{institution}/{page}"));
            return Ok(go_saying(&site, &flash, &back.unwrap_or_else(|| format!("{list}#{entry}"))));
        }
        Ok(Ok((Saved::Meanwhile(theirs), _))) => Back { typed: Some(form), theirs: Some(theirs), ..Back::default() },
        Ok(Err(preview)) => Back { typed: Some(form), preview: Some(preview), ..Back::default() },
        Err(Failure::Problems(problems)) => Back { typed: Some(form), problems, ..Back::default() },
        Err(failure) => return Err(failure),
    };
    let is_preview = back.preview.is_some();
    let page = page(&site, &posted.visitor, &here, entry, back).await?;
    Ok(if is_preview { show(&page) } else { show_again(&page) })
}

/// POST: a change is taken back.
pub(crate) async fn restore(
    State(site): State<Site>,
    here: Here,
    Path((_, entry, event)): Path<(String, String, i64)>,
    posted: Posted,
) -> Answer {
    let (actor, institution, word) = (posted.visitor.actor.clone(), here.institution, entry.clone());
    site.run(move |app| app.restore_own_words(&actor, institution, &word, event)).await?;
    let flash = Flash::says("It says again what it said before.");
    Ok(go_saying(&site, &flash, &format!("/institutions/{institution}/own-words#{entry}")))
}

async fn page(
    site: &Site,
    visitor: &Visitor,
    here: &Here,
    entry: String,
    mut back: Back,
) -> Result<EntryPage, Failure> {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let found = site.run(move |app| app.own_words_entry(&actor, view, &entry)).await?;
    let (row, place) = (found.row, Place::new(&found.frame, "own-words"));
    let is_suggested = back.typed.is_none() && row.form.text.is_empty() && !row.starting.is_empty();
    let mut form = back.typed.unwrap_or_else(|| row.form.clone());
    if is_suggested {
        form.text = row.starting.to_owned();
    }
    let theirs = back.theirs.map(|theirs| {
        back.problems.push(crate::pages::programme::meanwhile("text"));
        // Saving again is then a decision, not an accident.
        form.seen = theirs.seen;
        theirs.text
    });
    Ok(EntryPage {
        action: place.to(&fact_place::remembering(here, &format!("own-words/{}", row.word))),
        back: place.to(&fact_place::came_from(here).unwrap_or_else(|| "own-words".to_owned())),
        help: row.help,
        label: row.label,
        warning: row.warning,
        sort: match (row.is_day, row.is_line) {
            (true, _) => "date",
            (false, true) => "text",
            (false, false) => "long",
        },
        form,
        is_suggested,
        preview: back.preview,
        from_record: found.from_record,
        theirs,
        shell: visitor
            .shell_at(&found.frame, "own-words")
            .at("policy")
            .titled(row.label)
            .under(place.to("policy"), "Policy")
            .under(place.to("own-words"), "In our own words")
            .with_problems(back.problems),
    })
}
