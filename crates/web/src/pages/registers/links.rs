//! The links by which colleagues without an account mark a register: made, shown once, ended.

use app::{FieldProblem, LinkPurpose, QrPicture, RegisterLinkForm};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::{HeaderMap, header},
};
use domain::{ActivityId, LinkId};

use super::marks::address;
use crate::{
    answer::{Answer, Failure, go_saying, show, show_again},
    fields::Fields,
    pages::activities::id_of,
    parts::{Choice, Flash},
    shell::Shell,
    site::Site,
    visitor::{Here, Posted, Visitor},
    words,
};

/// The links of a register, and a form for another.
#[derive(Template)]
#[template(path = "pages/registers/links.html")]
pub(crate) struct LinksPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) action: String,
    pub(crate) back: String,
    pub(crate) label: String,
    pub(crate) forms: Vec<Choice>,
    pub(crate) days: Vec<Choice>,
    pub(crate) links: Vec<LinkLine>,
}

/// A link that works.
pub(crate) struct LinkLine {
    pub(crate) label: String,
    pub(crate) form: String,
    pub(crate) by: String,
    pub(crate) until: String,
    pub(crate) used: String,
    /// Where it is ended.
    pub(crate) end: String,
}

/// A link just made, shown this once.
#[derive(Template)]
#[template(path = "pages/registers/link.html")]
pub(crate) struct LinkMadePage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) link: String,
    pub(crate) picture: QrPicture,
    pub(crate) back: String,
}

/// The address by which others reach this server: the one in its settings, or the one that this browser used.
pub(super) fn start(site: &Site, headers: &HeaderMap) -> String {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let public = site.settings.public_address.as_deref().map(|public| public.trim_end_matches('/').to_owned());
    public.unwrap_or_else(|| format!("http://{host}"))
}

/// GET the links.
pub(crate) async fn links(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, activity)): Path<(String, String)>,
) -> Answer {
    let id = id_of(&activity)?;
    Ok(show(&page(&site, &visitor, &here, id, &Fields::default(), Vec::new()).await?))
}

/// POST another link.
pub(crate) async fn make_link(
    State(site): State<Site>,
    here: Here,
    headers: HeaderMap,
    Path((_, activity)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let id = id_of(&activity)?;
    let Posted { visitor, fields } = posted;
    let form = RegisterLinkForm { label: fields.text("label"), form: fields.text("form"), days: fields.text("days") };
    let (actor, view) = (visitor.actor.clone(), here.view());
    let made = site.run(move |app| app.make_register_link(&actor, view.institution, id, &form)).await;
    let made = match made {
        Ok(made) => made,
        Err(Failure::Problems(problems)) => {
            return Ok(show_again(&page(&site, &visitor, &here, id, &fields, problems).await?));
        }
        Err(failure) => return Err(failure),
    };
    let (actor, view) = (visitor.actor.clone(), here.view());
    let shown = site.run(move |app| app.activity(&actor, view, id)).await?;
    let link = format!("{}/register/{}/{}", start(&site, &headers), here.institution, made.token.reveal());
    let picture = QrPicture::of(&link).map_err(|error| site.fault(&error))?;
    let of = match fields.one("form") {
        "" => String::new(),
        form => format!(" of {form}"),
    };
    Ok(show(&LinkMadePage {
        shell: super::shell(&visitor, &shown.frame, id, &shown.row.activity.title, "links")
            .titled("Hand over this link"),
        lead: format!(
            "Whoever opens it marks this register{of} until {}, and sees nothing else. Give it to the person only.",
            site.when(made.until)
        ),
        link,
        picture,
        back: format!("{}/links", address(&here, id)),
    }))
}

/// POST: the link opens nothing from now on.
pub(crate) async fn end_link(
    State(site): State<Site>,
    here: Here,
    Path((_, activity, link)): Path<(String, String, String)>,
    posted: Posted,
) -> Answer {
    let id = id_of(&activity)?;
    let link: LinkId = link.parse().map_err(|_| Failure::NOT_FOUND)?;
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    site.run(move |app| app.close_link(&actor, institution, LinkPurpose::Register, link)).await?;
    let flash = Flash::says("The link is ended. What was marked by it stays. Make another if it is needed again.");
    Ok(go_saying(&site, &flash, &format!("{}/links", address(&here, id))))
}

async fn page(
    site: &Site,
    visitor: &Visitor,
    here: &Here,
    id: ActivityId,
    fields: &Fields,
    problems: Vec<FieldProblem>,
) -> Result<LinksPage, Failure> {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let links = site.run(move |app| app.register_links(&actor, view, id)).await?;
    let title = &links.activity.activity.title;
    let shell = super::shell(visitor, &links.frame, id, title, "links")
        .titled("A link for a colleague’s phone")
        .with_problems(problems);
    let days = if fields.one("days").is_empty() { "1" } else { fields.one("days") };
    let day = |value: &str, label: &str| Choice::new(value, label, value == days);
    let lines = links.links.iter().map(|link| LinkLine {
        label: link.label.clone().unwrap_or_else(|| "Without a name".to_owned()),
        form: link.form.clone().unwrap_or_else(|| "Whole register".to_owned()),
        by: link.by.clone().unwrap_or_else(|| "–".to_owned()),
        until: link.until.map_or("–".to_owned(), |until| site.when(until)),
        used: match link.used_at {
            Some(at) => {
                format!("{}, last on {}", words::count_capital(link.uses as usize, "time", "times"), site.when(at))
            }
            None => "Not yet".to_owned(),
        },
        end: format!("{}/links/{}/end", address(here, id), link.id),
    });
    Ok(LinksPage {
        lead: format!(
            "Whoever opens it marks “{title}” without an account. They see names and forms of this register, and nothing else."
        ),
        action: format!("{}/links", address(here, id)),
        back: here.query.with(&address(here, id), &[]),
        label: fields.text("label"),
        forms: std::iter::once(Choice::new("", "The whole register", fields.one("form").is_empty()))
            .chain(links.forms.iter().map(|form| Choice::new(form, form, fields.one("form") == form)))
            .collect(),
        days: vec![
            day("0", "The end of today"),
            day("1", "The end of tomorrow"),
            day("7", "The end of a week from today"),
        ],
        links: lines.collect(),
        shell,
    })
}
