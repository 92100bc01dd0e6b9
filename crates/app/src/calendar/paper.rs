//! Days of the policies and of the register of responsibilities, as lines of the calendar. They name nobody.

use ::policy::Paper;
use domain::{AcademicYear, Institution, duty::DutyPost};
use jiff::ToSpan;
use store::{
    duty::Duty,
    policy::{Policy, PolicyState},
};

use super::{CalendarEntry, CalendarThing, PaperDay, entry::plain};
use crate::{App, policy::REMIND};

impl App {
    /// When papers were approved and are to be looked over again, when to begin with that, and when responsibilities are due, in an academic year.
    pub(super) fn paper_entries(
        &self,
        institution: &Institution,
        year: AcademicYear,
        (policies, duties): (&[Policy], &[Duty]),
    ) -> Vec<CalendarEntry> {
        let mut entries: Vec<_> = policies.iter().flat_map(of_paper).collect();
        let held = self.held_duties(institution.kind, duties.to_vec());
        entries.extend(held.iter().filter(|one| !one.duty.is_hidden).filter_map(|one| {
            Some(CalendarEntry {
                title: format!("Due, {}: {}", post(&one.duty.post), one.duty.title),
                about: Some("From the register of roles and responsibilities.".to_owned()),
                sequence: one.duty.changed_at.as_second(),
                changed_at: Some(one.duty.changed_at),
                ..plain(CalendarThing::Duty { key: one.key() }, one.duty.next_due?)
            })
        }));
        entries.retain(|entry| institution.year_of(entry.on) == year);
        entries
    }
}

/// Whose it is, within a sentence.
fn post(word: &str) -> String {
    match DutyPost::from_word(word) {
        Some(DutyPost::Senco) => "SENCO".to_owned(),
        Some(post) => post.label().to_lowercase(),
        None => word.to_owned(),
    }
}

fn of_paper(policy: &Policy) -> Vec<CalendarEntry> {
    let Ok(paper) = policy.paper.parse::<Paper>() else { return Vec::new() };
    let name = paper.label().to_lowercase();
    let line = |day: PaperDay, on, title: String, about: &str| CalendarEntry {
        title,
        about: Some(about.to_owned()),
        sequence: policy.revision,
        changed_at: Some(policy.changed_at),
        ..plain(CalendarThing::Paper { id: policy.id, day }, on)
    };
    let mut lines = Vec::new();
    if let Some(approval) = &policy.approval {
        lines.push(line(PaperDay::Approved, approval.on, format!("Approved: {name}, version {}", policy.number), ""));
    }
    // A draft's date holds when it is signed, and a later version has a date of its own.
    if let Some(review) = policy.review_on.filter(|_| policy.state == PolicyState::Published) {
        lines.push(line(PaperDay::Review, review, format!("Look over the {name}"), "By this day at the latest."));
        lines.push(line(
            PaperDay::Begin,
            review.saturating_sub(REMIND.days()),
            format!("Begin the next version of the {name}"),
            &format!(
                "It is to be looked over by {}. Put its approval on the agenda of those who govern.",
                domain::date::long(review)
            ),
        ));
    }
    for line in &mut lines {
        line.about = line.about.take().filter(|about| !about.is_empty());
    }
    lines
}
