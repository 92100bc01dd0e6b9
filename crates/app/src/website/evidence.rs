use domain::InstitutionId;
use policy::{Fact, Paper};

use super::content::Content;
use crate::{Action, Actor, App, AttestationForm, Error, Result, View};

/// What must or should be published, and whether the pages say it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebsiteItem {
    /// The requirement: `web.3`.
    pub requirement: String,
    /// What is asked, in a few words.
    pub title: String,
    /// Whether the law asks it.
    pub is_must: bool,
    /// On which page it stands; none if the record has nothing for it yet.
    pub page: Option<&'static str>,
    /// What is missing; blank if nothing is.
    pub missing: String,
    /// Where it is entered, under the institution's address.
    pub place: &'static str,
    /// Whether it is confirmed, or follows from the record.
    pub is_met: bool,
    /// Whether it follows from the record, so that nobody can tick it.
    pub is_derived: bool,
}

/// For each requirement: its page, where it is entered, and what is missing.
pub(crate) fn items(content: &Content) -> Vec<(&'static str, &'static str, &'static str, Option<&'static str>)> {
    let texts = "website/texts";
    let missing = |is_there: bool, what: &'static str| (!is_there).then_some(what);
    let leader = content.careers_leader.as_ref();
    let has_leader = leader.is_some_and(|leader| {
        [&leader.email, &leader.phone]
            .into_iter()
            .all(|detail| detail.as_ref().is_some_and(|text| !text.trim().is_empty()))
    });
    let fact = |fact| content.fact(fact).is_some();
    let has_stops = content.journey.years.iter().any(|year| year.terms.iter().any(|term| !term.is_empty()));
    let is_ahead = content.review_on().is_some_and(|day| day > content.today);
    let aims = !content.programme.form.aims.trim().is_empty();
    vec![
        (
            "web.1",
            "index.html",
            "careers-team/careers-leader",
            missing(has_leader, "The careers leader’s name, e-mail address or telephone number"),
        ),
        (
            "web.2",
            "index.html",
            if aims { texts } else { "programme/edit" },
            match (aims, fact(Fact::AccessToInformation)) {
                (false, _) => Some("The aims of this year’s programme"),
                (true, false) => Some("How anybody can find out more"),
                (true, true) => None,
            },
        ),
        ("web.3", "impact.html", texts, missing(fact(Fact::ImpactMeasures), "How impact is measured and assessed")),
        ("web.4", "index.html", texts, missing(is_ahead, "A date of the next review that is still to come")),
        (
            "web.5",
            "provider-access.html",
            "policy",
            missing(
                content.paper(Paper::ProviderAccess).is_some(),
                "A provider access policy statement that is in force",
            ),
        ),
        ("web.6", "programme.html", "programme", missing(has_stops || aims, "The programme of this year")),
        (
            "web.7",
            "guidance.html",
            texts,
            missing(fact(Fact::PersonalGuidance), "How a learner gets personal guidance"),
        ),
        (
            "web.8",
            "roadmap.html",
            "roadmap",
            missing(content.roadmap.shown().next().is_some(), "The decisions on the roadmap"),
        ),
        ("web.9", "impact.html", texts, missing(fact(Fact::Strengths), "Strengths and what is being developed")),
        (
            "web.10",
            "policy.html",
            "policy",
            missing(content.paper(Paper::CareersPolicy).is_some(), "A careers policy that is in force"),
        ),
        (
            "web.11",
            "destinations.html",
            texts,
            missing(content.performance_tables().is_some(), "The link to the performance tables"),
        ),
    ]
}

impl App {
    /// What must or should be published of the institution, with whether its pages say it.
    pub(crate) fn website_items(&self, actor: &Actor, view: View, content: &Content) -> Result<Vec<WebsiteItem>> {
        let scene = self.scene(actor, view)?;
        let standings = self.institution_standings(&scene)?;
        let found = items(content).into_iter().filter_map(|(requirement, page, place, missing)| {
            let standing = standings.iter().find(|standing| standing.finding.requirement == requirement)?;
            Some(WebsiteItem {
                requirement: requirement.to_owned(),
                title: standing.title.clone(),
                is_must: standing.finding.force == crate::Force::Must,
                page: missing.is_none().then_some(page),
                missing: missing.unwrap_or_default().to_owned(),
                place,
                is_met: standing.finding.status == crate::InstitutionStatus::Met,
                is_derived: standing.is_derived,
            })
        });
        Ok(found.collect())
    }

    /// Confirms everything that the public pages show, with their addresses as evidence; `address` is how theirs begin. How many were confirmed.
    ///
    /// # Errors
    /// If the actor may not confirm what the institution is asked, nothing is public, or what is public differs from the record.
    pub fn attest_website(&self, actor: &Actor, institution: InstitutionId, address: &str) -> Result<usize> {
        actor.ask_for_all(Action::Confirm, institution)?;
        let view = View { institution, as_of: None };
        let page = self.website(actor, view)?;
        if page.public.is_none() {
            return Err(Error::conflict("Nothing is public at the moment. Publish the pages first."));
        }
        if !page.differences.is_empty() {
            return Err(Error::conflict("The public pages differ from the record. Publish them again first."));
        }
        let owner = self.website_content(institution)?.careers_leader.map(|leader| leader.name);
        let owner = owner.unwrap_or_else(|| actor.name().to_owned());
        let mut confirmed = 0;
        for item in page.items.iter().filter(|item| !item.is_derived) {
            let Some(path) = item.page else { continue };
            let form = AttestationForm {
                evidence: format!("{}/{path}", address.trim_end_matches('/')),
                owner: owner.clone(),
                attested_on: String::new(),
            };
            self.attest(actor, institution, &item.requirement, &form)?;
            confirmed += 1;
        }
        Ok(confirmed)
    }
}
