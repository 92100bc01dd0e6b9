use app::{OwnWordsList, OwnWordsRow};
use askama::Template;
use axum::extract::State;
use domain::date;

use crate::{
    answer::{Answer, show},
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Visitor},
    words,
};

/// Every entry.
#[derive(Template)]
#[template(path = "pages/own_words/list.html")]
pub(crate) struct OwnWordsPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    /// What should be looked at: the entry, its page, and what.
    pub(crate) steps: Vec<(String, String, String)>,
    pub(crate) groups: Vec<EntryGroup>,
}

/// Entries under one heading.
pub(crate) struct EntryGroup {
    pub(crate) id: String,
    pub(crate) title: &'static str,
    pub(crate) lines: Vec<EntryLine>,
}

/// One entry.
pub(crate) struct EntryLine {
    pub(crate) label: &'static str,
    pub(crate) word: &'static str,
    /// Where it is written, for those who may.
    pub(crate) href: Option<String>,
    pub(crate) help: &'static str,
    /// What it says, as HTML that `app` made of what people typed.
    pub(crate) html: String,
    pub(crate) written: String,
}

/// GET the entries.
pub(crate) async fn get(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let list = site.run(move |app| app.own_words(&actor, view)).await?;
    Ok(show(&page(&visitor, &list)))
}

fn page(visitor: &Visitor, list: &OwnWordsList) -> OwnWordsPage {
    let place = Place::new(&list.frame, "own-words");
    let to = |row: &OwnWordsRow| place.to(&format!("own-words/{}", row.word));
    let mut groups: Vec<EntryGroup> = Vec::new();
    for row in &list.rows {
        let line = EntryLine {
            label: row.label,
            word: row.word,
            href: list.may_write.then(|| to(row)),
            help: row.help,
            html: row.html.clone(),
            written: row.written.as_ref().map_or(String::new(), |(by, on)| format!("{by}, {}", date::long(*on))),
        };
        match groups.last_mut() {
            Some(group) if group.title == row.group => group.lines.push(line),
            _ => groups.push(EntryGroup {
                id: format!("group-{}", groups.len() + 1),
                title: row.group,
                lines: vec![line],
            }),
        }
    }
    let written = list.rows.iter().filter(|row| !row.form.text.is_empty()).count();
    let warned = list.rows.iter().filter_map(|row| Some((row.label.to_owned(), to(row), row.warning.clone()?)));
    OwnWordsPage {
        lead: format!(
            "{} of {} written. The policy, the provider access statement and the public pages say it as it stands here.",
            words::count_capital(written, "entry", "entries"),
            list.rows.len()
        ),
        steps: if list.may_write { warned.collect() } else { Vec::new() },
        groups,
        shell: visitor
            .shell_at(&list.frame, "own-words")
            .at("policy")
            .titled("In our own words")
            .under(place.to("policy"), "Policy"),
    }
}
