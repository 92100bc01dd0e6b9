//! Worked cases on an institution as a whole.
//!
//! The rules on attestations are the same for every requirement that is attested, so that one file of cases serves them all:
//! `requirements` lists which, `frameworks` lists where, each with by how many years its dates are moved.

use domain::{ActivityIndex, Date, InstitutionType, LearnerIndex, Participation, Records, Sector, YearGroup};

use super::{Fields, Shift, WholeCase, happened, learner_case::date};
use crate::{Answer, Attestation, CareersLeader, Holdings, InstitutionStatus, ProgrammeYear, Rulebook, rulebook::Node};

const STATUSES: [(&str, InstitutionStatus); 4] = [
    ("met", InstitutionStatus::Met),
    ("stale", InstitutionStatus::Stale),
    ("not-yet", InstitutionStatus::NotYet),
    ("not-applicable", InstitutionStatus::NotApplicable),
];

const ANSWERS: [(&str, Answer); 3] =
    [("met", Answer::Met), ("not-yet", Answer::NotYet), ("not-applicable", Answer::NotApplicable)];

/// The cases of a file, each with its framework and requirement.
pub(super) fn read(root: &Fields<'_>, rulebook: &Rulebook) -> Vec<(String, String, WholeCase)> {
    let requirements = root.texts("requirements");
    let mut cases = Vec::new();
    for item in root.list("frameworks") {
        let Some(fields) = Fields::of(item, "frameworks", root.faults()) else { continue };
        let id = fields.text("id");
        let years = fields.optional_number("years-earlier").unwrap_or(0);
        let shift = Shift(-i16::try_from(years).unwrap_or(0));
        let pack = id.as_deref().and_then(|id| rulebook.pack(id));
        if let (Some(id), None) = (&id, pack) {
            fields.fault("id", format!("there is no framework {id}"), "Name the folder of an edition");
        }
        fields.finish();
        let Some(pack) = pack else { continue };
        for requirement in &requirements {
            if !pack.institution_requirements.iter().any(|other| other.id == *requirement) {
                root.fault("requirements", format!("{} has no {requirement}", pack.id), "Correct the list");
                continue;
            }
            for node in root.list("case") {
                let case = case(node, requirement, pack.sector, shift, root);
                cases.extend(case.map(|case| (pack.id.clone(), requirement.clone(), case)));
            }
        }
    }
    cases
}

fn case(node: &Node, requirement: &str, sector: Sector, shift: Shift, root: &Fields<'_>) -> Option<WholeCase> {
    let path = format!("case {}", node.text("that").unwrap_or_default());
    let entry = Fields::of(node, path.trim(), root.faults())?;
    let that = entry.text("that");
    entry.node("as-of");
    let as_of = date(&entry, "as-of", shift)?;
    let records = records(&entry, sector, as_of, shift);
    let mut holdings =
        entry.optional_table("holds").map(|fields| holds(fields, requirement, shift)).unwrap_or_default();
    holdings.programme = ProgrammeYear::of(&records, as_of);
    let expect = entry.table("expect")?;
    let status = expect.word("status", &STATUSES);
    let holds_until = date(&expect, "until", shift);
    expect.finish();
    entry.finish();
    Some(WholeCase { that: that?, as_of, records, holdings, status: status?, holds_until })
}

/// The institution's activities, with one learner on their registers.
fn records(entry: &Fields<'_>, sector: Sector, as_of: Date, shift: Shift) -> Records {
    let kind = if sector == Sector::Post16 { InstitutionType::FeCollege } else { InstitutionType::MaintainedSchool };
    let mut records = Records::new(super::learner_case::plain_institution(kind, YearGroup::LOWEST, YearGroup::HIGHEST));
    for (position, item) in entry.list("happened").iter().enumerate() {
        let Some(fields) = Fields::of(item, entry.path("happened"), entry.faults()) else { continue };
        let Some((activity, register)) = happened::read(fields, position + 1, as_of, shift) else { continue };
        let index = ActivityIndex(u32::try_from(records.activities.len()).unwrap_or(u32::MAX));
        records.activities.push(activity);
        records.participations.extend(register.map(|status| Participation {
            learner: LearnerIndex(0),
            activity: index,
            status,
        }));
    }
    records
}

fn holds(fields: Fields<'_>, requirement: &str, shift: Shift) -> Holdings {
    let mut holdings = Holdings::default();
    for item in fields.list("attested") {
        let Some(entry) = Fields::of(item, fields.path("attested"), fields.faults()) else { continue };
        entry.node("on");
        let (on, answer) = (date(&entry, "on", shift), entry.word("says", &ANSWERS));
        entry.finish();
        if let Some((attested_on, answer)) = on.zip(answer) {
            holdings.attestations.push(Attestation {
                requirement: requirement.to_owned(),
                answer,
                attested_on,
                evidence: "Seen".to_owned(),
                owner: "Careers leader".to_owned(),
            });
        }
    }
    if let Some(leader) = fields.optional_table("careers-leader") {
        let detail = |key| leader.optional_text(key).unwrap_or_default();
        holdings.careers_leader =
            CareersLeader { name: detail("name"), email: detail("email"), telephone: detail("telephone") };
        leader.finish();
    }
    holdings.website_review_on = date(&fields, "website-review-on", shift);
    holdings.policy_signed_on = date(&fields, "policy-signed-on", shift);
    holdings.policy_review_on = date(&fields, "policy-review-on", shift);
    fields.finish();
    holdings
}
