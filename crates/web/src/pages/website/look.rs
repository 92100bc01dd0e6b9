use app::{FieldProblem, LogoUpload, WebsiteLook};
use askama::Template;
use axum::{
    extract::{Multipart, State},
    http::header,
    response::IntoResponse,
};

use super::public_address;
use crate::{
    answer::{Answer, Failure, go_saying, show, show_again},
    parts::Flash,
    place::Place,
    shell::Shell,
    site::Site,
    upload,
    visitor::{Here, Posted, Visitor},
};

/// Address, colour and logo of the public pages.
#[derive(Template)]
#[template(path = "pages/website/look.html")]
pub(crate) struct LookPage {
    pub(crate) shell: Shell,
    pub(crate) action: String,
    pub(crate) logo_action: String,
    pub(crate) back: String,
    pub(crate) form: WebsiteLook,
    /// How public addresses begin.
    pub(crate) start: String,
    /// What is done to the colour so that it stays legible.
    pub(crate) guarded: Option<String>,
    /// What the picture that is sent shows, as it was typed.
    pub(crate) alt: String,
    /// Where the logo is to be seen and taken away, if there is one.
    pub(crate) logo: Option<(String, String)>,
}

/// GET the form.
pub(crate) async fn edit(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    Ok(show(&page(&site, &visitor, &here, None, Vec::new()).await?))
}

/// POST address and colour.
pub(crate) async fn change(State(site): State<Site>, here: Here, posted: Posted) -> Answer {
    let form = WebsiteLook {
        slug: posted.fields.text("slug"),
        tint: posted.fields.text("tint"),
        logo_alt: posted.fields.text("logo_alt"),
    };
    let (actor, id, asked) = (posted.visitor.actor.clone(), here.institution, form.clone());
    match site.run(move |app| app.change_website_look(&actor, id, &asked)).await {
        Ok(()) => saved(&site, &here, "Saved. The address holds at once, the look from the next publication on."),
        Err(Failure::Problems(problems)) => {
            Ok(show_again(&page(&site, &posted.visitor, &here, Some(form), problems).await?))
        }
        Err(failure) => Err(failure),
    }
}

/// POST a logo.
pub(crate) async fn set_logo(State(site): State<Site>, here: Here, visitor: Visitor, form: Multipart) -> Answer {
    let sent = upload::read(&visitor, form).await;
    let mut typed = String::new();
    let set = match sent {
        Ok(sent) => {
            let (actor, id) = (visitor.actor.clone(), here.institution);
            let alt = sent.fields.text("alt");
            typed.clone_from(&alt);
            site.run(move |app| app.set_website_logo(&actor, id, Some(LogoUpload { bytes: &sent.bytes, alt: &alt })))
                .await
        }
        Err(failure) => Err(failure),
    };
    match set {
        Ok(()) => saved(&site, &here, "The logo is set. The public sees it when you publish."),
        Err(Failure::Problems(problems)) => {
            let page = page(&site, &visitor, &here, None, problems).await?;
            Ok(show_again(&LookPage { alt: typed, ..page }))
        }
        Err(failure) => Err(failure),
    }
}

/// POST: no logo any more.
pub(crate) async fn remove_logo(State(site): State<Site>, here: Here, posted: Posted) -> Answer {
    let (actor, id) = (posted.visitor.actor.clone(), here.institution);
    site.run(move |app| app.set_website_logo(&actor, id, None)).await?;
    saved(&site, &here, "The logo is taken away. The public sees that when you publish.")
}

/// GET the logo as it is set.
pub(crate) async fn logo(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let file = site.run(move |app| app.website_logo(&visitor.actor, here.institution)).await?;
    Ok(([(header::CONTENT_TYPE, file.media_type)], file.bytes).into_response())
}

fn saved(site: &Site, here: &Here, message: &str) -> Answer {
    Ok(go_saying(site, &Flash::says(message), &format!("/institutions/{}/website/look", here.institution)))
}

async fn page(
    site: &Site,
    visitor: &Visitor,
    here: &Here,
    typed: Option<WebsiteLook>,
    problems: Vec<FieldProblem>,
) -> Result<LookPage, Failure> {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let website = site.run(move |app| app.website(&actor, view)).await?;
    if !website.may_shape {
        return Err(Failure::Refusal(app::Refusal::NotAllowed));
    }
    let place = Place::new(&website.frame, "website/look");
    let to = |under: &str| place.to(&format!("website/{under}"));
    Ok(LookPage {
        action: to("look"),
        logo_action: to("logo"),
        back: place.to("website"),
        form: typed.unwrap_or(website.look),
        start: public_address(site, ""),
        guarded: website.guarded,
        alt: String::new(),
        logo: website.has_logo.then(|| (to("logo/picture"), to("logo/remove"))),
        shell: visitor
            .shell_at(&website.frame, "website/look")
            .at("website")
            .titled("Address, colour and logo")
            .under(place.to("website"), "Website")
            .with_problems(problems),
    })
}
