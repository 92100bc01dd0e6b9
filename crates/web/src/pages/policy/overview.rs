use app::{PaperStanding, PolicyState};
use askama::Template;
use axum::extract::{Path, State};
use domain::date;
use policy::Paper;

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
}

/// One paper.
pub(crate) struct PaperCard {
    pub(crate) id: &'static str,
    pub(crate) title: &'static str,
    /// Where it stands, in a sentence or two.
    pub(crate) stands: String,
    /// What to do next: address and label.
    pub(crate) next: Option<(String, &'static str)>,
    /// Where the next version is begun.
    pub(crate) begin: Option<String>,
    /// Where an earlier policy is read in beside the draft.
    pub(crate) earlier: Option<String>,
    pub(crate) versions: Vec<VersionLine>,
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

fn card(site: &Site, standing: &PaperStanding, place: &Place, may_write: bool) -> PaperCard {
    let mut stands = match &standing.published {
        None => "Nothing is published yet.".to_owned(),
        Some(policy) => {
            let published = policy.published_at.map_or(String::new(), |at| site.when(at));
            let review = policy.review_on.map_or(String::new(), |day| {
                format!(" It is to be looked over by {}.", words::with_distance(day, place.today))
            });
            format!("Version {} applies, published on {published}.{review}", policy.number)
        }
    };
    let mut next = None;
    if let Some(policy) = &standing.in_work {
        let to = |page: &str| place.to(&format!("policy/{}{page}", policy.id));
        let (says, way) = match (policy.state, standing.open) {
            (PolicyState::Draft, (0, _)) => ("can be signed".to_owned(), (to("/checks"), "Go to signing")),
            (PolicyState::Draft, (stops, _)) => {
                let open = words::count(stops, "thing to do", "things to do");
                (format!("is a draft with {open} before it can be signed"), (to(""), "Go on writing"))
            }
            (PolicyState::Signed, _) => {
                ("is signed and waits for the governors’ approval".to_owned(), (to(""), "Record the approval"))
            }
            _ => ("is approved and can be published".to_owned(), (to(""), "Go to publishing")),
        };
        stands.push_str(&format!(" Version {} {says}.", policy.number));
        next = Some(way);
    }
    let ids: Vec<_> = standing.versions.iter().map(|row| row.policy.id).collect();
    PaperCard {
        id: standing.paper.word(),
        title: standing.paper.label(),
        stands,
        begin: (may_write && standing.in_work.is_none())
            .then(|| place.to(&format!("policy/papers/{}/begin", standing.paper.word()))),
        earlier: standing
            .in_work
            .as_ref()
            .filter(|policy| may_write && policy.state == PolicyState::Draft)
            .map(|policy| place.to(&format!("policy/{}/earlier", policy.id))),
        next,
        versions: standing
            .versions
            .iter()
            .enumerate()
            .map(|(at, row)| VersionLine {
                number: row.policy.number,
                href: place.to(&format!("policy/{}", row.policy.id)),
                tag: super::state(&row.policy),
                when: match (row.policy.published_at, &row.policy.signature) {
                    (Some(at), _) => format!("Published on {}", site.when(at)),
                    (None, Some(signature)) => format!("Signed on {}", date::long(signature.on)),
                    (None, None) => format!("Begun on {}", site.when(row.policy.made_at)),
                },
                review: row.policy.review_on.map_or(String::new(), date::long),
                compare: ids.get(at + 1).map(|before| place.to(&format!("policy/{}/compare/{before}", row.policy.id))),
            })
            .collect(),
    }
}
