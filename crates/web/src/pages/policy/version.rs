use app::{FieldProblem, PolicyChangeKind, PolicyEvidence, PolicyPage, PolicyState};
use askama::Template;
use axum::extract::{Path, State};
use domain::date;
use policy::CheckStanding;

use super::{CheckLine, id, lines, state};
use crate::{
    answer::{Answer, Failure, go_saying, show, show_again},
    parts::{Flash, Sign, Tag},
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Posted, Visitor},
    words,
};

/// A version: its sections, what to do next, who changed what.
#[derive(Template)]
#[template(path = "pages/policy/version.html")]
pub(crate) struct VersionPage {
    pub(crate) shell: Shell,
    pub(crate) tag: Tag,
    pub(crate) lead: String,
    /// How many sections of a draft are ready, and how many there are.
    pub(crate) progress: Option<(usize, usize)>,
    /// What stands against signing a draft, as far as it has room here.
    pub(crate) to_do: Vec<CheckLine>,
    /// Who signed and approved it, and its days: what, and which.
    pub(crate) days: Vec<(&'static str, String)>,
    /// What to do next: address and label.
    pub(crate) next: Option<(String, &'static str)>,
    /// Where it is published, or goes back to a draft, by a press.
    pub(crate) publish: Option<String>,
    pub(crate) back_to_draft: Option<String>,
    /// What is asked of the institution and this version shows.
    pub(crate) covers: Vec<CoverLine>,
    /// Where that is confirmed.
    pub(crate) confirm: Option<String>,
    /// Where it stands what the check says of a version that is signed, and what it said then.
    pub(crate) checks: Option<String>,
    pub(crate) text: String,
    pub(crate) docx: String,
    pub(crate) pdf: String,
    pub(crate) compare: Option<String>,
    /// Where an earlier policy is read in, and what the link says.
    pub(crate) earlier: Option<(String, String)>,
    pub(crate) sections: Vec<SectionLine>,
    /// Where the review date is set, for a draft.
    pub(crate) review: Option<String>,
    pub(crate) review_on: String,
    pub(crate) latest_review: String,
    /// Where the draft is moved to the newest edition, and its title.
    pub(crate) newer: Option<(String, String)>,
    pub(crate) without_place: Vec<(String, String)>,
    pub(crate) changes: Vec<ChangeLine>,
}

/// Something that is asked, and that the version shows.
pub(crate) struct CoverLine {
    pub(crate) title: String,
    pub(crate) href: String,
    pub(crate) tag: Tag,
    /// Where it shows it: heading and address.
    pub(crate) section: (String, String),
}

impl CoverLine {
    fn of(one: &PolicyEvidence, base: &str, place: &Place) -> Self {
        Self {
            title: one.title.clone(),
            href: place.to(&format!("requirements/{}/why", one.requirement)),
            tag: match one.is_confirmed {
                true => Tag::new(Sign::Met, "Confirmed by this version"),
                false => Tag::new(Sign::Due, "Not confirmed by it"),
            },
            section: (one.section.1.clone(), place.to(&format!("{base}/sections/{}#{}", one.section.0, one.clause))),
        }
    }
}

/// One section.
pub(crate) struct SectionLine {
    pub(crate) href: String,
    pub(crate) heading: String,
    pub(crate) level: u8,
    /// How it stands, in a draft.
    pub(crate) tag: Option<Tag>,
}

/// One change.
pub(crate) struct ChangeLine {
    pub(crate) what: String,
    pub(crate) who: String,
    pub(crate) before: String,
    pub(crate) after: String,
    pub(crate) undo: Option<String>,
}

/// GET a version.
pub(crate) async fn get(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, policy)): Path<(String, String)>,
) -> Answer {
    Ok(show(&page(&site, &visitor, &here, &policy, None, Vec::new()).await?))
}

/// POST the review date.
pub(crate) async fn review(
    State(site): State<Site>,
    here: Here,
    Path((_, policy)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let (actor, institution, version, typed) =
        (posted.visitor.actor.clone(), here.institution, id(&policy)?, posted.fields.text("review_on"));
    let asked = typed.clone();
    match site.run(move |app| app.set_policy_review(&actor, institution, version, &asked)).await {
        Ok(position) => {
            let address = format!("/institutions/{institution}/policy/{version}");
            let flash = match position {
                Some(position) => {
                    Flash::says("The review date is set.").undone_by(format!("{address}/changes/{position}/undo"))
                }
                None => Flash::says("Nothing was changed."),
            };
            Ok(go_saying(&site, &flash, &format!("{address}#review")))
        }
        Err(Failure::Problems(problems)) => {
            Ok(show_again(&page(&site, &posted.visitor, &here, &policy, Some(typed), problems).await?))
        }
        Err(failure) => Err(failure),
    }
}

async fn page(
    site: &Site,
    visitor: &Visitor,
    here: &Here,
    version: &str,
    typed: Option<String>,
    problems: Vec<FieldProblem>,
) -> Result<VersionPage, Failure> {
    let (actor, view, version) = (visitor.actor.clone(), here.view(), id(version)?);
    let page = site.run(move |app| app.policy(&actor, view, version)).await?;
    let base = format!("policy/{version}");
    let place = Place::new(&page.frame, &base);
    let to = |rest: &str| place.to(&format!("{base}/{rest}"));
    let is_draft = page.policy.state == PolicyState::Draft;
    let (can_write, can_sign) = (is_draft && page.may_write, page.may_sign);
    let next = match page.policy.state {
        PolicyState::Draft => Some((to("checks"), "Check before signing")),
        PolicyState::Signed if can_sign => Some((to("approval"), "Record the governors’ approval")),
        PolicyState::Published if page.may_write => Some((place.to("website"), "Go to the public pages")),
        _ => None,
    };
    Ok(VersionPage {
        tag: state(&page.policy),
        lead: lead(&page),
        progress: is_draft
            .then(|| (page.sections.iter().filter(|section| section.stops == 0).count(), page.sections.len())),
        to_do: if is_draft { to_do(&page, &place) } else { Vec::new() },
        days: days(site, &page, &place),
        next,
        publish: (page.policy.state == PolicyState::Approved && page.may_confirm).then(|| to("publish")),
        back_to_draft: (matches!(page.policy.state, PolicyState::Signed | PolicyState::Approved) && can_sign)
            .then(|| to("return")),
        covers: page.covers.iter().map(|one| CoverLine::of(one, &base, &place)).collect(),
        confirm: (page.may_confirm && page.covers.iter().any(|one| !one.is_confirmed)).then(|| to("confirm")),
        checks: (!is_draft).then(|| to("checks")),
        text: to("text"),
        docx: to("file?format=docx"),
        pdf: to("file?format=pdf"),
        compare: page.before.as_ref().map(|before| to(&format!("compare/{}", before.id))),
        earlier: page.earlier.map(|(done, all)| {
            let label = match all {
                0 => "Read your earlier policy in".to_owned(),
                1 => format!("Your earlier policy: {done} of 1 part done"),
                all => format!("Your earlier policy: {done} of {all} parts done"),
            };
            (to("earlier"), label)
        }),
        sections: page
            .sections
            .iter()
            .map(|section| SectionLine {
                href: to(&format!("sections/{}", section.key)),
                heading: section.heading.clone(),
                level: section.level,
                tag: is_draft.then(|| match (section.stops, section.warnings) {
                    (0, 0) => Tag::new(Sign::Met, "Ready"),
                    (0, some) => Tag::new(Sign::Met, format!("Ready, {some} to look at")),
                    (stops, _) => Tag::new(Sign::Due, words::count_capital(stops, "thing to do", "things to do")),
                }),
            })
            .collect(),
        review: can_write.then(|| to("review")),
        review_on: typed.unwrap_or_else(|| page.policy.review_on.map_or(String::new(), |day| day.to_string())),
        latest_review: date::long(page.latest_review),
        newer: page.newer_edition.clone().filter(|_| can_write).map(|(_, title)| (to("edition"), title)),
        without_place: page.without_place.clone(),
        changes: page
            .changes
            .iter()
            .map(|change| ChangeLine {
                what: match &change.what {
                    PolicyChangeKind::Review => "Review date".to_owned(),
                    PolicyChangeKind::Edition => "Edition of the wording".to_owned(),
                    PolicyChangeKind::Clause(key) => page.place_of(key).map_or_else(
                        || "A clause that is no longer there".to_owned(),
                        |place| format!("{}, clause {}", place.heading, place.number),
                    ),
                },
                who: format!("{}, {}", change.by.as_deref().unwrap_or("The server’s operator"), site.when(change.at)),
                before: change.before.clone().unwrap_or_else(|| untouched(&change.what)),
                after: change.after.clone().unwrap_or_else(|| untouched(&change.what)),
                undo: (change.can_undo && can_write).then(|| to(&format!("changes/{}/undo", change.position))),
            })
            .collect(),
        shell: visitor
            .shell_at(&page.frame, &base)
            .at("policy")
            .titled(format!("{}, version {}", page.title, page.policy.number))
            .under(place.to("policy"), "Policy")
            .with_problems(problems),
    })
}

/// What stands where nothing was chosen.
fn untouched(what: &PolicyChangeKind) -> String {
    match what {
        PolicyChangeKind::Clause(_) => "Our wording",
        PolicyChangeKind::Review | PolicyChangeKind::Edition => "None",
    }
    .to_owned()
}

/// How many of the things to do are shown before the list of all.
const SHOWN: usize = 5;

fn to_do(page: &PolicyPage, place: &Place) -> Vec<CheckLine> {
    let stops = page.checks.iter().filter(|check| check.standing == CheckStanding::Stop);
    let stops: Vec<_> = stops.take(SHOWN).cloned().collect();
    lines(&stops, &page.policy, &page.asked_of_all, place, |key| page.place_of(key))
}

fn lead(page: &PolicyPage) -> String {
    match page.policy.state {
        PolicyState::Draft => match page.checks.iter().filter(|check| check.standing == CheckStanding::Stop).count() {
            0 => "Everything that has to be done is done. It can be signed.".to_owned(),
            stops => format!(
                "{} before it can be signed.",
                words::count_capital(stops, "thing is to be done", "things are to be done")
            ),
        },
        PolicyState::Signed => "It is signed and waits for the approval of those who govern.".to_owned(),
        PolicyState::Approved => "It is approved and can be published.".to_owned(),
        PolicyState::Published => "It applies now.".to_owned(),
        PolicyState::Superseded => "A later version has taken its place.".to_owned(),
    }
}

fn days(site: &Site, page: &PolicyPage, place: &Place) -> Vec<(&'static str, String)> {
    let policy = &page.policy;
    let mut days = Vec::new();
    if let Some(signature) = &policy.signature {
        let recorded = page.recorded_by.as_ref().map_or(String::new(), |name| format!(", recorded by {name}"));
        let (by, post, on) = (&signature.by, &signature.post, date::long(signature.on));
        days.push(("Signed", format!("{by}, {post}, on {on}{recorded}")));
    }
    if let Some(approval) = &policy.approval {
        days.push(("Approved", format!("{} on {}, {}", approval.by, date::long(approval.on), approval.minute)));
    }
    if let Some(at) = policy.published_at {
        days.push(("Published", site.day(at)));
    }
    if let Some(day) = policy.review_on {
        days.push(("Next review", format!("by {}", words::with_distance(day, place.today))));
    }
    days.push(("Wording", format!("edition of {}", page.edition)));
    days
}
