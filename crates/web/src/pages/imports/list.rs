use app::Action;
use app::{
    FieldProblem,
    import::{ImportKind, ImportList, State, Upload},
};
use askama::Template;
use axum::extract::{Multipart, State as FromState};

use crate::{
    answer::{Answer, Failure, go, show, show_again},
    parts::{Choice, Pages, Sign, Tag},
    place::Place,
    shell::Shell,
    site::Site,
    upload,
    visitor::{Here, Visitor},
    words,
};

/// Imports so far, and the upload of the next.
#[derive(Template)]
#[template(path = "pages/imports/list.html")]
pub(crate) struct ImportsPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    /// Where a file goes, for those who may import.
    pub(crate) upload: Option<String>,
    pub(crate) whats: Vec<Choice>,
    /// "64 MB".
    pub(crate) limit: String,
    pub(crate) imports: Vec<ImportRow>,
    pub(crate) pages: Pages,
}

/// One import.
pub(crate) struct ImportRow {
    pub(crate) file: String,
    pub(crate) href: String,
    pub(crate) at: String,
    pub(crate) by: String,
    pub(crate) state: Tag,
    pub(crate) did: String,
}

/// GET the imports so far.
pub(crate) async fn list(FromState(site): FromState<Site>, visitor: Visitor, here: Here) -> Answer {
    let (actor, view, before) = (visitor.actor.clone(), here.view(), here.query.read("before"));
    let list = site.run(move |app| app.imports(&actor, view, before)).await?;
    Ok(show(&page(&site, &visitor, &here, &list, "learners", Vec::new())))
}

/// POST a file.
pub(crate) async fn upload(FromState(site): FromState<Site>, visitor: Visitor, here: Here, form: Multipart) -> Answer {
    let (kind, taken) = match upload::read(&visitor, form).await {
        Ok(sent) => {
            let kind = ImportKind::from_word(sent.fields.one("what")).unwrap_or(ImportKind::Learners);
            let (actor, institution) = (visitor.actor.clone(), here.institution);
            let taken = site.run(move |app| {
                let upload = Upload { institution, kind, file_name: &sent.file_name, bytes: &sent.bytes };
                app.upload(&actor, &upload)
            });
            (kind, taken.await)
        }
        Err(failure) => (ImportKind::Learners, Err(failure)),
    };
    match taken {
        Ok(id) => Ok(go(&format!("/institutions/{}/imports/{id}", here.institution))),
        Err(Failure::Problems(problems)) => {
            let (actor, view) = (visitor.actor.clone(), here.view());
            let list = site.run(move |app| app.imports(&actor, view, None)).await?;
            Ok(show_again(&page(&site, &visitor, &here, &list, kind.word(), problems)))
        }
        Err(failure) => Err(failure),
    }
}

fn page(
    site: &Site,
    visitor: &Visitor,
    here: &Here,
    list: &ImportList,
    what: &str,
    problems: Vec<FieldProblem>,
) -> ImportsPage {
    let frame = &list.frame;
    let place = Place::new(frame, "imports");
    let whats = [
        ("learners", "Learners: a list from your MIS, a Common Transfer File, OneRoster"),
        ("activities", "Activities of the careers programme"),
        ("participation", "Who took part in what"),
    ];
    ImportsPage {
        shell: visitor.shell_at(frame, "imports").at("imports").titled("Imports").with_problems(problems),
        lead: "Bring in what you have already. You see what a file would change before anything is kept, and can undo it as a whole."
            .to_owned(),
        upload: frame.may.has(Action::Import).then(|| place.to("imports")),
        whats: whats.iter().map(|(value, label)| Choice::new(value, label, *value == what)).collect(),
        limit: format!("{} MB", site.settings.upload_limit / 1_000_000),
        imports: list
            .imports
            .iter()
            .map(|row| ImportRow {
                file: row.file_name.clone(),
                href: place.to(&format!("imports/{}", row.id)),
                at: site.when(row.created_at),
                by: row.by.clone(),
                state: state(row.state),
                did: did(row),
            })
            .collect(),
        pages: Pages {
            first: here.query.read::<i64>("before").map(|_| place.to("imports")),
            next: list.next.map(|next| place.to(&format!("imports?before={next}"))),
            shown: String::new(),
        },
    }
}

/// How far an import has come, as a tag.
pub(super) fn state(state: State) -> Tag {
    match state {
        State::Uploaded | State::Mapped => Tag::new(Sign::Due, "Columns to check"),
        State::Planned => Tag::new(Sign::Due, "To review"),
        State::Applied => Tag::new(Sign::Met, "Applied"),
        State::Undone => Tag::new(Sign::NotApplicable, "Undone"),
        State::Cancelled => Tag::new(Sign::NotApplicable, "Given up"),
    }
}

/// What an import does or did, in a few words.
pub(super) fn did(row: &app::import::ImportRow) -> String {
    let summary = &row.summary;
    let parts = [
        (summary.new, "new"),
        (summary.changed, "changed"),
        (summary.same, "unchanged"),
        (summary.decide, "to decide"),
        (summary.absent, "not in the file"),
        (summary.bad, "with problems"),
    ];
    let parts: Vec<_> = parts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, label)| format!("{} {label}", words::figure(*count)))
        .collect();
    if parts.is_empty() { "nothing".to_owned() } else { parts.join(", ") }
}
