//! Where somebody enters what a fact of the policy rests on.

use domain::PolicyId;
use policy::{Fact, FactPlace};

use crate::{place::Place, visitor::Here};

/// The address of the page where the fact is entered.
pub(crate) fn href(place: &Place, fact: Fact) -> String {
    place.to(&page(fact))
}

/// The same for whoever comes from the findings of a version, and goes back there.
pub(crate) fn href_from(place: &Place, fact: Fact, policy: PolicyId) -> String {
    let page = page(fact);
    match page.contains('/') && (page.starts_with("careers-team/") || page.starts_with("own-words/")) {
        true => place.to(&format!("{page}?policy={policy}")),
        false => place.to(&page),
    }
}

/// The page under the institution from which somebody came to enter a fact: the findings of a version.
pub(crate) fn came_from(here: &Here) -> Option<String> {
    let policy: PolicyId = here.query.one("policy").parse().ok()?;
    Some(format!("policy/{policy}/checks"))
}

/// This page, for a form that is to remember where somebody came from.
pub(crate) fn remembering(here: &Here, page: &str) -> String {
    match here.query.one("policy").parse::<PolicyId>() {
        Ok(policy) => format!("{page}?policy={policy}"),
        Err(_) => page.to_owned(),
    }
}

/// The page under the institution where the fact is entered.
pub(crate) fn page(fact: Fact) -> String {
    match (fact.place(), fact) {
        (_, Fact::CareersLeader | Fact::CareersLeaderContact) => "careers-team/careers-leader".to_owned(),
        (_, Fact::SeniorLeader | Fact::CareersAdviser | Fact::LinkGovernor | Fact::ProviderContact) => {
            format!("careers-team/{fact}")
        }
        (FactPlace::CareersTeam, _) => "careers-team".to_owned(),
        (FactPlace::OwnWords, _) => format!("own-words/{fact}"),
        (FactPlace::Duties, _) => "duties".to_owned(),
        (FactPlace::Roadmap, _) => "programme/roadmap".to_owned(),
        (FactPlace::Programme, Fact::ProgrammeByYear) => "programme".to_owned(),
        (FactPlace::Programme, Fact::ProgrammeSchedule | Fact::Opportunities) => "activities".to_owned(),
        (FactPlace::Programme, _) => "programme/edit".to_owned(),
        (FactPlace::Record, Fact::Encounters | Fact::PreviousProviders) => "provider-access".to_owned(),
        (FactPlace::Record, _) => format!("own-words/{fact}"),
        (FactPlace::Policy, _) => "policy".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fact_has_its_page() {
        assert_eq!(page(Fact::LinkGovernor), "careers-team/link-governor");
        assert_eq!(page(Fact::Vision), "own-words/vision");
        assert_eq!(page(Fact::Benchmark3), "own-words/benchmark-3");
        assert_eq!(page(Fact::WebsiteAddress), "own-words/website-address");
        assert_eq!(page(Fact::SendArrangements), "programme/edit");
        assert!(Fact::ALL.iter().all(|fact| !page(*fact).is_empty()));
    }
}
