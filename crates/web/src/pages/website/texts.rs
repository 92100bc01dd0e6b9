use app::{FieldProblem, WEBSITE_TEXTS, WebsiteTextKind, WebsiteTexts};
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

/// The texts of the public pages.
#[derive(Template)]
#[template(path = "pages/website/texts.html")]
pub(crate) struct TextsPage {
    pub(crate) shell: Shell,
    pub(crate) action: String,
    pub(crate) back: String,
    pub(crate) fields: Vec<TextField>,
}

/// One of them.
pub(crate) struct TextField {
    pub(crate) name: &'static str,
    pub(crate) label: &'static str,
    pub(crate) hint: &'static str,
    /// How it is typed, as fields of forms call it.
    pub(crate) kind: &'static str,
    pub(crate) value: String,
}

impl TextField {
    /// Each text with what is typed of it.
    pub(crate) fn all(texts: &WebsiteTexts) -> Vec<Self> {
        let field = |text: &app::WebsiteText| Self {
            name: text.name,
            label: text.label,
            hint: text.hint,
            kind: match text.kind {
                WebsiteTextKind::Long => "long",
                WebsiteTextKind::Line => "text",
                WebsiteTextKind::Day => "date",
                WebsiteTextKind::Address => "url",
            },
            value: texts.get(text.name).cloned().unwrap_or_default(),
        };
        WEBSITE_TEXTS.iter().map(field).collect()
    }
}

/// GET the form.
pub(crate) async fn get(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    Ok(show(&page(&site, &visitor, &here, None, Vec::new()).await?))
}

/// POST the texts.
pub(crate) async fn save(State(site): State<Site>, here: Here, posted: Posted) -> Answer {
    let sent = WEBSITE_TEXTS.iter().filter(|text| posted.fields.0.iter().any(|(name, _)| name == text.name));
    let texts: WebsiteTexts = sent.map(|text| (text.name, posted.fields.text(text.name))).collect();
    let (actor, id, asked) = (posted.visitor.actor.clone(), here.institution, texts.clone());
    match site.run(move |app| app.change_website_texts(&actor, id, &asked)).await {
        Ok(()) => {
            let flash = Flash::says("The texts are saved. The public sees them when you publish.");
            Ok(go_saying(&site, &flash, &format!("/institutions/{}/website", here.institution)))
        }
        Err(Failure::Problems(problems)) => {
            Ok(show_again(&page(&site, &posted.visitor, &here, Some(texts), problems).await?))
        }
        Err(failure) => Err(failure),
    }
}

async fn page(
    site: &Site,
    visitor: &Visitor,
    here: &Here,
    typed: Option<WebsiteTexts>,
    problems: Vec<FieldProblem>,
) -> Result<TextsPage, Failure> {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let kept = site.run(move |app| app.website_texts(&actor, view)).await?;
    let place = Place::new(&kept.frame, "website/texts");
    Ok(TextsPage {
        action: place.to("website/texts"),
        back: place.to("website"),
        fields: TextField::all(&typed.unwrap_or(kept.texts)),
        shell: visitor
            .shell_at(&kept.frame, "website/texts")
            .at("website")
            .titled("Texts of the public pages")
            .under(place.to("website"), "Website")
            .with_problems(problems),
    })
}
