use app::{PaperStanding, Policy, PolicyState};
use askama::Template;
use axum::extract::{Path, State};
use domain::date;
use policy::Paper;

use super::CheckLine;
use crate::{
    answer::{Answer, Failure, go_saying, show},
    parts::{Flash, Tag},
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Posted, Visitor},
    words,
};

/// Both papers and where each stands.
#[derive(Template)]
#[template(path = "pages/policy/overview.html")]
pub(crate) struct OverviewPage {
    pub(crate) shell: Shell,
    pub(crate) papers: Vec<PaperCard>,
    /// Pages that papers are written from: address, label, and what is there.
    pub(crate) ground: Vec<(String, &'static str, &'static str)>,
}

/// One paper.
pub(crate) struct PaperCard {
    pub(crate) id: &'static str,
    pub(crate) title: &'static str,
    /// Where it stands, in a sentence or two.
    pub(crate) stands: String,
    /// The version on its way to being published.
    pub(crate) work: Option<Work>,
    /// Where the next version is begun.
    pub(crate) begin: Option<String>,
    /// Where an earlier policy is read in beside the draft.
    pub(crate) earlier: Option<String>,
    pub(crate) versions: Vec<VersionLine>,
}

/// What there is to do for the version of a paper that is on its way.
pub(crate) struct Work {
    /// How far it is, in a sentence.
    pub(crate) says: String,
    /// How many sections of a draft are ready, and how many there are.
    pub(crate) progress: Option<(usize, usize)>,
    /// What is to be done first.
    pub(crate) to_do: Vec<CheckLine>,
    /// Where one goes on: address and label.
    pub(crate) next: (String, String),
}

/// One version.
pub(crate) struct VersionLine {
    pub(crate) number: u32,
    pub(crate) href: String,
    pub(crate) tag: Tag,
    pub(crate) when: String,
    pub(crate) review: String,
    /// Where it is compared with the one before.
    pub(crate) compare: Option<String>,
}

/// GET both papers.
pub(crate) async fn get(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let page = site.run(move |app| app.policies(&actor, view)).await?;
    let place = Place::new(&page.frame, "policy");
    let papers = page.papers.iter().map(|paper| card(&site, paper, &place, page.may_write)).collect();
    Ok(show(&OverviewPage {
        papers,
        ground: ground(&place),
        shell: visitor.shell_at(&page.frame, "policy").at("policy").titled("Policy and provider access statement"),
    }))
}

/// POST: the next version of a paper begins.
pub(crate) async fn begin(
    State(site): State<Site>,
    here: Here,
    Path((_, paper)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let paper: Paper = paper.parse().map_err(|()| Failure::NOT_FOUND)?;
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    let id = site.run(move |app| app.begin_policy(&actor, institution, paper)).await?;
    let flash = Flash::says("The draft has begun. What the record knows is filled in already.");
    Ok(go_saying(&site, &flash, &format!("/institutions/{institution}/policy/{id}")))
}

/// How many of the things to do are shown before the list of all.
const SHOWN: usize = 3;

fn card(site: &Site, standing: &PaperStanding, place: &Place, may_write: bool) -> PaperCard {
    let ids: Vec<_> = standing.versions.iter().map(|row| row.policy.id).collect();
    let is_draft = |policy: &&Policy| policy.state == PolicyState::Draft;
    PaperCard {
        id: standing.paper.word(),
        title: standing.paper.label(),
        stands: stands(site, standing, place),
        work: standing.in_work.as_ref().map(|policy| work(standing, policy, place)),
        begin: (may_write && standing.in_work.is_none())
            .then(|| place.to(&format!("policy/papers/{}/begin", standing.paper.word()))),
        earlier: standing
            .in_work
            .as_ref()
            .filter(|policy| may_write && is_draft(policy))
            .map(|policy| place.to(&format!("policy/{}/earlier", policy.id))),
        versions: standing
            .versions
            .iter()
            .enumerate()
            .map(|(at, row)| VersionLine {
                number: row.policy.number,
                href: place.to(&format!("policy/{}", row.policy.id)),
                tag: super::state(&row.policy),
                when: match (row.policy.published_at, &row.policy.signature) {
                    (Some(at), _) => format!("Published on {}", site.day(at)),
                    (None, Some(signature)) => format!("Signed on {}", date::long(signature.on)),
                    (None, None) => format!("Begun on {}", site.day(row.policy.made_at)),
                },
                review: row.policy.review_on.map_or(String::new(), date::long),
                compare: ids.get(at + 1).map(|before| place.to(&format!("policy/{}/compare/{before}", row.policy.id))),
            })
            .collect(),
    }
}

/// What applies, and until when.
fn stands(site: &Site, standing: &PaperStanding, place: &Place) -> String {
    let Some(policy) = &standing.published else { return "Nothing is published yet.".to_owned() };
    let published = policy.published_at.map_or(String::new(), |at| site.day(at));
    let review = policy.review_on.map_or(String::new(), |day| {
        format!(" It is to be looked over by {}.", words::with_distance(day, place.today))
    });
    format!("Version {} applies, published on {published}.{review}", policy.number)
}

/// What there is to do for the version on its way.
fn work(standing: &PaperStanding, policy: &Policy, place: &Place) -> Work {
    let to = |page: &str| place.to(&format!("policy/{}{page}", policy.id));
    let (says, next) = match (policy.state, standing.stops.len()) {
        (PolicyState::Draft, 0) => {
            ("is a draft that can be signed".to_owned(), (to("/checks"), "Go to signing".to_owned()))
        }
        (PolicyState::Draft, stops) => {
            let open = words::count(stops, "thing to do", "things to do");
            let all = if stops > SHOWN { format!("See all {stops} things to do") } else { "Go on writing".to_owned() };
            let page = if stops > SHOWN { "/checks" } else { "" };
            (format!("is a draft, with {open} before it can be signed"), (to(page), all))
        }
        (PolicyState::Signed, _) => {
            ("is signed and waits for the governors’ approval".to_owned(), (to(""), "Record the approval".to_owned()))
        }
        _ => ("is approved and can be published".to_owned(), (to(""), "Go to publishing".to_owned())),
    };
    Work {
        says: format!("Version {} {says}.", policy.number),
        progress: (policy.state == PolicyState::Draft).then_some(standing.ready),
        to_do: standing
            .stops
            .iter()
            .take(SHOWN)
            .flat_map(|stop| {
                super::lines(std::slice::from_ref(&stop.check), policy, &[], place, |_| stop.place.clone())
            })
            .collect(),
        next,
    }
}

/// Pages that papers are written from: address, label, and what is there.
fn ground(place: &Place) -> Vec<(String, &'static str, &'static str)> {
    [
        ("careers-team", "People of the careers programme", "Who is named in the papers, and how they are reached"),
        ("own-words", "In our own words", "Vision, impact, grounds for access: written once, said everywhere"),
        ("duties", "Roles and responsibilities", "Who sees to what, when it was last done, what shows it"),
        ("programme", "Programme", "Aims, outcomes by year group, how it is delivered"),
    ]
    .into_iter()
    .map(|(page, label, what)| (place.to(page), label, what))
    .collect()
}
