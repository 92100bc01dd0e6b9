use domain::{Date, InstitutionType};
use jiff::ToSpan;
use serde::Serialize;

use crate::{Answer, Area, Attestation, Derivation, Force, Holdings, InstitutionRequirement, Pack};

/// Where an institution stands against a requirement on the institution as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum InstitutionStatus {
    /// It is so.
    Met,
    /// It was so; the attestation, or the review, is out of date.
    Stale,
    /// It is not so, or nobody has said so.
    NotYet,
    /// It does not apply.
    NotApplicable,
}

/// What a finding on the institution rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Basis {
    /// Nobody has attested anything by the as-of date.
    Nothing,
    /// The latest attestation by the as-of date.
    Attested(Attestation),
    /// What the system holds; it cannot be attested by hand.
    Derived(Derivation),
}

/// One requirement on the institution as a whole, found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstitutionFinding {
    /// Its id.
    pub requirement: String,
    /// What it belongs to.
    pub area: Area,
    /// How strongly it is asked here.
    pub force: Force,
    /// Where the institution stands.
    pub status: InstitutionStatus,
    /// On what that rests.
    pub basis: Basis,
    /// The last day on which it holds without being looked at again.
    pub holds_until: Option<Date>,
}

/// Finds every requirement on the institution as a whole, in the pack's order. `holdings.programme` must be that of the
/// academic year of `as_of`.
pub fn evaluate_institution(
    pack: &Pack,
    kind: InstitutionType,
    holdings: &Holdings,
    as_of: Date,
) -> Vec<InstitutionFinding> {
    pack.institution_requirements.iter().map(|requirement| find(requirement, kind, holdings, as_of)).collect()
}

fn find(
    requirement: &InstitutionRequirement,
    kind: InstitutionType,
    holdings: &Holdings,
    as_of: Date,
) -> InstitutionFinding {
    let derivation = requirement.derived.as_deref().and_then(|word| word.parse::<Derivation>().ok());
    let (status, basis, holds_until) = match derivation {
        Some(derivation) => {
            let (status, holds_until) = derive(derivation, holdings, as_of);
            (status, Basis::Derived(derivation), holds_until)
        }
        None => attested(requirement, holdings, as_of),
    };
    InstitutionFinding {
        requirement: requirement.id.clone(),
        area: requirement.area,
        force: requirement.force_of(kind),
        status,
        basis,
        holds_until,
    }
}

fn attested(
    requirement: &InstitutionRequirement,
    holdings: &Holdings,
    as_of: Date,
) -> (InstitutionStatus, Basis, Option<Date>) {
    let latest = holdings
        .attestations
        .iter()
        .filter(|attestation| attestation.requirement == requirement.id && attestation.attested_on <= as_of)
        .max_by_key(|attestation| attestation.attested_on);
    let Some(attestation) = latest else { return (InstitutionStatus::NotYet, Basis::Nothing, None) };
    let holds_until = requirement.review_months.map(|months| {
        attestation.attested_on.saturating_add(i32::try_from(months).unwrap_or(i32::MAX).min(100_000).months())
    });
    let is_stale = holds_until.is_some_and(|until| until < as_of);
    let status = match attestation.answer {
        Answer::NotYet => InstitutionStatus::NotYet,
        Answer::Met | Answer::NotApplicable if is_stale => InstitutionStatus::Stale,
        Answer::Met => InstitutionStatus::Met,
        Answer::NotApplicable => InstitutionStatus::NotApplicable,
    };
    let holds_until = holds_until.filter(|_| attestation.answer != Answer::NotYet);
    (status, Basis::Attested(attestation.clone()), holds_until)
}

/// What follows from what is held.
fn derive(derivation: Derivation, holdings: &Holdings, as_of: Date) -> (InstitutionStatus, Option<Date>) {
    let met_if = |holds: bool| if holds { InstitutionStatus::Met } else { InstitutionStatus::NotYet };
    let until = |day: Option<Date>| match day {
        None => (InstitutionStatus::NotYet, None),
        Some(day) if day < as_of => (InstitutionStatus::Stale, Some(day)),
        Some(day) => (InstitutionStatus::Met, Some(day)),
    };
    let programme = holdings.programme;
    match derivation {
        Derivation::ParticipationRecorded => (met_if(programme.passed > 0 && programme.unrecorded == 0), None),
        Derivation::GuidancePlanned => (met_if(programme.guidance_meetings > 0), None),
        Derivation::CareersLeaderContact => (met_if(holdings.careers_leader.is_complete()), None),
        Derivation::WebsiteReviewAhead => until(holdings.website_review_on),
        Derivation::PolicySigned => (met_if(holdings.policy_signed_on.is_some_and(|day| day <= as_of)), None),
        Derivation::PolicyInDate => until(holdings.policy_review_on),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Wording;
    use jiff::civil::date;

    fn requirement(review_months: Option<u32>, derived: Option<&str>) -> InstitutionRequirement {
        InstitutionRequirement {
            id: "web.2".into(),
            area: Area::Publication,
            force: Force::Must,
            force_for: [(InstitutionType::IndependentSchool, Force::Should)].into(),
            review_months,
            derived: derived.map(str::to_owned),
            wording: Wording::default(),
            sources: Vec::new(),
        }
    }

    fn attestation(answer: Answer, attested_on: Date) -> Attestation {
        Attestation { requirement: "web.2".into(), answer, attested_on, evidence: "E".into(), owner: "O".into() }
    }

    fn status(requirement: &InstitutionRequirement, holdings: &Holdings, as_of: Date) -> InstitutionStatus {
        find(requirement, InstitutionType::Academy, holdings, as_of).status
    }

    #[test]
    fn an_attestation_holds_from_its_day_and_goes_stale_after_its_review_period() {
        let holdings =
            Holdings { attestations: vec![attestation(Answer::Met, date(2026, 9, 10))], ..Holdings::default() };
        let asked = requirement(Some(12), None);
        assert_eq!(status(&asked, &holdings, date(2026, 9, 9)), InstitutionStatus::NotYet);
        assert_eq!(status(&asked, &holdings, date(2026, 9, 10)), InstitutionStatus::Met);
        assert_eq!(status(&asked, &holdings, date(2027, 9, 10)), InstitutionStatus::Met);
        assert_eq!(status(&asked, &holdings, date(2027, 9, 11)), InstitutionStatus::Stale);
    }

    #[test]
    fn the_latest_attestation_by_the_day_counts() {
        let holdings = Holdings {
            attestations: vec![
                attestation(Answer::NotYet, date(2026, 11, 1)),
                attestation(Answer::Met, date(2026, 9, 1)),
            ],
            ..Holdings::default()
        };
        let asked = requirement(Some(12), None);
        assert_eq!(status(&asked, &holdings, date(2026, 10, 31)), InstitutionStatus::Met);
        assert_eq!(status(&asked, &holdings, date(2026, 11, 1)), InstitutionStatus::NotYet);
    }

    #[test]
    fn what_is_derived_cannot_be_attested() {
        let holdings =
            Holdings { attestations: vec![attestation(Answer::Met, date(2026, 9, 1))], ..Holdings::default() };
        let asked = requirement(None, Some("careers-leader-contact"));
        assert_eq!(status(&asked, &holdings, date(2026, 9, 2)), InstitutionStatus::NotYet);
        let found = find(&asked, InstitutionType::IndependentSchool, &holdings, date(2026, 9, 2));
        assert_eq!(found.basis, Basis::Derived(Derivation::CareersLeaderContact));
        assert_eq!(found.force, Force::Should);
    }

    #[test]
    fn a_policy_is_in_date_until_its_review() {
        let holdings = Holdings { policy_review_on: Some(date(2027, 1, 1)), ..Holdings::default() };
        let asked = requirement(None, Some("policy-in-date"));
        assert_eq!(status(&asked, &holdings, date(2027, 1, 1)), InstitutionStatus::Met);
        assert_eq!(status(&asked, &holdings, date(2027, 1, 2)), InstitutionStatus::Stale);
        assert_eq!(status(&asked, &Holdings::default(), date(2027, 1, 2)), InstitutionStatus::NotYet);
    }
}
