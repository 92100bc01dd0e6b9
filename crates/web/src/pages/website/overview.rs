use app::{SnapshotRow, WebsiteDifference, WebsiteItem, WebsitePage};
use askama::Template;
use axum::{extract::State, http::HeaderMap};
use domain::date;

use super::public_address;
use crate::{
    answer::{Answer, go_saying, show},
    parts::{Flash, Sign, Tag},
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Posted, Visitor},
    words,
};

/// What is public, what differs from the record, what is missing.
#[derive(Template)]
#[template(path = "pages/website/overview.html")]
pub(crate) struct WebsiteOverviewPage {
    pub(crate) shell: Shell,
    /// One sentence that says how things stand.
    pub(crate) lead: String,
    /// The public address, if anything is public.
    pub(crate) public: Option<String>,
    pub(crate) differences: Vec<WebsiteDifference>,
    pub(crate) items: Vec<ItemLine>,
    pub(crate) snapshots: Vec<SnapshotLine>,
    /// Where a preview is, for those who write the pages.
    pub(crate) preview: Option<String>,
    pub(crate) publish: Option<String>,
    pub(crate) withdraw: Option<String>,
    pub(crate) show_again: Option<String>,
    pub(crate) attest: Option<String>,
    pub(crate) texts: Option<String>,
    pub(crate) look: Option<String>,
    /// Where the check of the institution's own website is, and what the newest says.
    pub(crate) check: (String, String),
    /// Where questions from the public are, and how many wait.
    pub(crate) questions: Option<(String, String)>,
    pub(crate) review: String,
    /// Copy-and-paste snippets: what they are, and the text.
    pub(crate) snippets: Vec<(&'static str, String)>,
    pub(crate) export: Option<String>,
}

/// Something that must or should be published.
pub(crate) struct ItemLine {
    pub(crate) title: String,
    pub(crate) force: &'static str,
    pub(crate) tag: Tag,
    pub(crate) missing: String,
    pub(crate) href: String,
    pub(crate) evidence: String,
}

/// A publication.
pub(crate) struct SnapshotLine {
    pub(crate) when: String,
    pub(crate) until: String,
    pub(crate) by: String,
    pub(crate) note: String,
    pub(crate) href: String,
    pub(crate) export: String,
}

/// GET the page.
pub(crate) async fn get(State(site): State<Site>, visitor: Visitor, here: Here, headers: HeaderMap) -> Answer {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let page = site.run(move |app| app.website(&actor, view)).await?;
    Ok(show(&view_of(&site, &visitor, &page, &headers)))
}

/// POST: what the record says becomes public.
pub(crate) async fn publish(State(site): State<Site>, here: Here, posted: Posted) -> Answer {
    let (actor, id, note) = (posted.visitor.actor.clone(), here.institution, posted.fields.text("note"));
    site.run(move |app| app.publish_website(&actor, id, &note)).await?;
    said(&site, &here, "The pages are public as they are now. What was public before is kept below.")
}

/// POST: the public sees nothing any more.
pub(crate) async fn withdraw(State(site): State<Site>, here: Here, posted: Posted) -> Answer {
    let (actor, id) = (posted.visitor.actor.clone(), here.institution);
    site.run(move |app| app.withdraw_website(&actor, id)).await?;
    said(&site, &here, "The public pages are withdrawn. You can show them again as they were.")
}

/// POST: what was withdrawn is public again.
pub(crate) async fn show_again(State(site): State<Site>, here: Here, posted: Posted) -> Answer {
    let (actor, id) = (posted.visitor.actor.clone(), here.institution);
    site.run(move |app| app.show_website_again(&actor, id)).await?;
    said(&site, &here, "The pages are public again as they were.")
}

/// POST: what the pages show is confirmed, with their addresses.
pub(crate) async fn attest(State(site): State<Site>, here: Here, headers: HeaderMap, posted: Posted) -> Answer {
    let (actor, view) = (posted.visitor.actor.clone(), here.view());
    let page = site.run(move |app| app.website(&actor, view)).await?;
    let address = whole(&site, &page.word, &headers);
    let (actor, id) = (posted.visitor.actor.clone(), here.institution);
    let confirmed = site.run(move |app| app.attest_website(&actor, id, &address)).await?;
    let things =
        words::count(confirmed, "thing that must or should be published", "things that must or should be published");
    said(&site, &here, &format!("The public pages are the evidence of {things}."))
}

fn said(site: &Site, here: &Here, message: &str) -> Answer {
    Ok(go_saying(site, &Flash::says(message), &format!("/institutions/{}/website", here.institution)))
}

/// The public address with the server's name: as it is set, or as the browser called it.
fn whole(site: &Site, word: &str, headers: &HeaderMap) -> String {
    let known = public_address(site, word);
    if known.starts_with("http") {
        return known;
    }
    let host = headers.get("host").and_then(|host| host.to_str().ok()).unwrap_or_default();
    format!("http://{host}{known}")
}

/// Where the check of the institution's own website is, and what the newest says.
fn check(site: &Site, page: &WebsitePage, place: &Place) -> (String, String) {
    let Some(newest) = &page.check else {
        return (place.to("website/check"), "Check what your own website says".to_owned());
    };
    let on = date::long(site.app.context().day_of(newest.made_at));
    let said = match newest.required_missing.unwrap_or_default() {
        0 => "nothing that is required is missing".to_owned(),
        missing => format!("{} not found", words::count(missing, "required thing was", "required things were")),
    };
    (place.to(&format!("website/check/{}", newest.id)), format!("Your own website was checked on {on}: {said}"))
}

fn view_of(site: &Site, visitor: &Visitor, page: &WebsitePage, headers: &HeaderMap) -> WebsiteOverviewPage {
    let place = Place::new(&page.frame, "website");
    let to = |under: &str| place.to(&format!("website{under}"));
    let address = whole(site, &page.word, headers);
    let is_public = page.public.is_some();
    WebsiteOverviewPage {
        lead: lead(site, page),
        public: is_public.then(|| format!("{address}/")),
        differences: page.differences.clone(),
        items: page.items.iter().map(|item| line(item, &place)).collect(),
        snapshots: page.snapshots.iter().map(|row| snapshot(site, row, &place)).collect(),
        preview: page.may_write.then(|| to("/preview/")),
        publish: page.may_publish.then(|| to("/publish")),
        withdraw: (page.may_publish && is_public).then(|| to("/withdraw")),
        show_again: (page.may_publish && page.is_withdrawn).then(|| to("/show-again")),
        attest: (page.may_publish && is_public && page.differences.is_empty()).then(|| to("/attest")),
        texts: page.may_write.then(|| to("/texts")),
        look: page.may_shape.then(|| to("/look")),
        check: check(site, page, &place),
        questions: page.questions.map(|waiting| {
            let waiting = usize::try_from(waiting).unwrap_or(usize::MAX);
            let words = match waiting {
                0 => "No question from the public waits for an answer".to_owned(),
                1 => "One question from the public waits for an answer".to_owned(),
                many => format!(
                    "{} wait for an answer",
                    words::count_capital(many, "question from the public", "questions from the public")
                ),
            };
            (to("/questions"), words)
        }),
        review: page.review_on.map_or_else(
            || "No date of the next review is set. It has to be published.".to_owned(),
            |day| match day > page.frame.today {
                true => format!(
                    "The published information is next reviewed {}.",
                    words::with_distance(day, page.frame.today)
                ),
                false => format!(
                    "The review of the published information was due on {}. Set the next date once it is done.",
                    date::long(day)
                ),
            },
        ),
        snippets: if is_public { snippets(&address, &page.frame.institution.name) } else { Vec::new() },
        export: (!page.snapshots.is_empty()).then(|| to("/export")),
        shell: visitor.shell_at(&page.frame, "website").at("website").titled("Website"),
    }
}

fn lead(site: &Site, page: &WebsitePage) -> String {
    let missing = page.items.iter().filter(|item| item.page.is_none()).count();
    let missing = match missing {
        0 => "Nothing that must or should be published is missing.".to_owned(),
        many => format!(
            "{} that must or should be published {} missing.",
            words::count(many, "thing", "things"),
            if many == 1 { "is" } else { "are" }
        ),
    };
    let missing = format!("{}{}", missing[..1].to_uppercase(), &missing[1..]);
    match (&page.public, page.differences.is_empty()) {
        (None, _) => format!("The public sees no careers pages here yet. {missing}"),
        (Some(public), true) => {
            format!("Public since {}, and the same as the record. {missing}", site.when(public.made_at))
        }
        (Some(public), false) => {
            format!("Public since {}, and no longer the same as the record. {missing}", site.when(public.made_at))
        }
    }
}

fn line(item: &WebsiteItem, place: &Place) -> ItemLine {
    let tag = match (item.page, item.is_met) {
        (None, _) => Tag::new(Sign::Due, "Missing"),
        (Some(_), true) => Tag::plain(Sign::Met),
        (Some(_), false) => Tag::new(Sign::Planned, "Ready to publish"),
    };
    ItemLine {
        title: item.title.clone(),
        force: if item.is_must { "must" } else { "should" },
        tag,
        missing: item.missing.clone(),
        href: place.to(item.place),
        evidence: match (item.is_derived, item.is_met) {
            (true, _) => "Worked out from the record".to_owned(),
            (false, true) => "Confirmed with evidence".to_owned(),
            (false, false) => "Not confirmed yet".to_owned(),
        },
    }
}

fn snapshot(site: &Site, row: &SnapshotRow, place: &Place) -> SnapshotLine {
    SnapshotLine {
        when: site.when(row.made_at),
        until: row.ended_at.map_or_else(|| "public now".to_owned(), |end| format!("until {}", site.when(end))),
        by: row.by.clone().unwrap_or_default(),
        note: row.note.clone(),
        href: place.to(&format!("website/snapshots/{}/", row.id)),
        export: place.to(&format!("website/snapshots/{}/export", row.id)),
    }
}

fn snippets(address: &str, name: &str) -> Vec<(&'static str, String)> {
    let name = name.replace(['"', '<', '>', '&'], "");
    vec![
        ("A link", format!("<a href=\"{address}/\">Careers at {name}</a>")),
        (
            "A frame within a page of yours",
            format!(
                "<iframe src=\"{address}/embed/frame.html\" title=\"Careers at {name}\" width=\"100%\" height=\"640\" loading=\"lazy\"></iframe>"
            ),
        ),
        (
            "A part of a page of yours, without script: fetch the first address on your server and set it in; the second is its style sheet",
            format!("{address}/embed/fragment.html\n<link rel=\"stylesheet\" href=\"{address}/site.css\">"),
        ),
    ]
}
