//! The responsibilities, as a list for each post.

use ::policy::{
    Fact, Facts,
    markdown::{bullets, escape},
};
use domain::duty::{DutyPost, FIELDS};

use crate::duty::Held;

/// What each post answers for. What is left out is not said.
pub(super) fn facts(duties: &[Held]) -> Facts {
    let mut facts = Facts::new();
    let of = |post: DutyPost, field: Option<&str>| {
        let lines = duties.iter().map(|one| &one.duty).filter(|duty| {
            !duty.is_hidden
                && duty.post == post.word()
                && field.is_none_or(|field| duty.field.as_deref() == Some(field))
        });
        bullets(lines.map(|duty| escape(&duty.title)))
    };
    let mut leader = String::new();
    for (word, label) in FIELDS {
        let lines = of(DutyPost::CareersLeader, Some(word));
        if !lines.is_empty() {
            leader.push_str(&format!("### {label}\n\n{lines}\n"));
        }
    }
    // What has no field stands in front of the headings.
    let loose = duties
        .iter()
        .map(|one| &one.duty)
        .filter(|duty| !duty.is_hidden && duty.post == DutyPost::CareersLeader.word() && duty.field.is_none());
    let loose = bullets(loose.map(|duty| escape(&duty.title)));
    let leader = if loose.is_empty() { leader } else { format!("{loose}\n{leader}") };
    let teachers = [DutyPost::Teachers, DutyPost::Senco, DutyPost::DesignatedTeacher].map(|post| {
        let lines = of(post, None);
        if lines.is_empty() || post == DutyPost::Teachers {
            lines
        } else {
            format!("\n### {}\n\n{lines}", post.label())
        }
    });
    for (fact, said) in [
        (Fact::DutiesCareersLeader, leader),
        (Fact::DutiesSeniorLeaders, of(DutyPost::SeniorLeaders, None)),
        (Fact::DutiesTeachers, teachers.concat()),
        (Fact::DutiesGovernors, of(DutyPost::Governors, None)),
    ] {
        let said = said.trim().to_owned();
        if !said.is_empty() {
            facts.insert(fact, said);
        }
    }
    facts
}
