//! Work placements: how far one has come, and what is checked before it begins.

use crate::word::closed_list;

closed_list! {
    /// How far a placement has come.
    pub enum PlacementStage {
        /// The learner looks for an employer.
        Searching = "searching",
        /// An employer was asked.
        Requested = "requested",
        /// The employer said yes.
        Agreed = "employer-agreed",
        /// What has to be checked is being checked.
        Checks = "checks",
        /// Everything that has to be is checked, and the school said yes.
        Approved = "approved",
        /// The learner is there.
        Live = "live",
        /// It is over, and was done.
        Complete = "complete",
        /// It came to nothing.
        FellThrough = "fell-through",
    }
}

impl PlacementStage {
    /// As people call it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Searching => "Searching",
            Self::Requested => "Requested",
            Self::Agreed => "Employer agreed",
            Self::Checks => "Checks",
            Self::Approved => "Approved",
            Self::Live => "Live",
            Self::Complete => "Complete",
            Self::FellThrough => "Fell through",
        }
    }

    /// Whether everything that has to be checked before a placement must have been by then.
    pub const fn is_approved(self) -> bool {
        matches!(self, Self::Approved | Self::Live | Self::Complete)
    }
}

closed_list! {
    /// What is checked of a placement.
    pub enum PlacementCheck {
        /// Whom to speak with at the employer.
        EmployerContact = "employer-contact",
        /// The employer's liability insurance: number, amount, expiry.
        Insurance = "insurance",
        /// A conversation about risks and how they are managed.
        Risk = "risk",
        /// What the learner will do, and what they are not to do.
        Tasks = "tasks",
        /// Who looks after the learner there.
        Supervisor = "supervisor",
        /// Whom to ring in an emergency.
        EmergencyContact = "emergency-contact",
        /// Medical and special educational needs.
        Needs = "needs",
        /// How the learner gets there and back.
        Travel = "travel",
        /// A parent or carer agrees.
        ParentAgreement = "parent-agreement",
        /// The employer and the learner know what to do if something worries them.
        Safeguarding = "safeguarding",
        /// The learner is prepared.
        Preparation = "preparation",
        /// Somebody of the school visited or rang.
        Visit = "visit",
        /// The employer said how it went.
        EmployerFeedback = "employer-feedback",
        /// The learner said what they learnt.
        Reflection = "reflection",
    }
}

closed_list! {
    /// How far a check has come.
    #[derive(Default)]
    pub enum CheckStatus {
        /// Nobody was asked.
        #[default]
        NotAsked = "not-asked",
        /// Somebody was asked, and has not answered.
        Asked = "asked",
        /// It was seen.
        Seen = "seen",
        /// It is not needed here.
        NotNeeded = "not-needed",
    }
}

impl CheckStatus {
    /// As people call it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::NotAsked => "Not asked",
            Self::Asked => "Asked",
            Self::Seen => "Seen",
            Self::NotNeeded => "Not needed",
        }
    }

    /// Whether there is nothing more to do.
    pub const fn is_done(self) -> bool {
        matches!(self, Self::Seen | Self::NotNeeded)
    }
}

/// By when a check has to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckedBy {
    /// Before the placement is approved; nothing is approved without.
    Approval,
    /// Before or while it runs, or after; its lack stops nothing.
    End,
}

/// One check of the set, with what it asks and where that comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CheckRule {
    /// Which.
    pub check: PlacementCheck,
    /// What it is called.
    pub label: &'static str,
    /// What is asked, in a sentence.
    pub asks: &'static str,
    /// By when.
    pub by: CheckedBy,
    /// Whether it may lapse, so that it is asked until when it holds.
    pub expires: bool,
    /// Where it comes from.
    pub source: &'static str,
}

const HSE: &str = "Health and safety guidance on young people at work: the employer manages the risk, the organiser asks sensible questions";
const PRACTICE: &str = "Good practice of placement organisers; no rule of law names it";

const fn rule(
    check: PlacementCheck,
    label: &'static str,
    asks: &'static str,
    by: CheckedBy,
    source: &'static str,
) -> CheckRule {
    CheckRule { check, label, asks, by, expires: matches!(check, PlacementCheck::Insurance), source }
}

/// The checks of a placement in the order in which they are shown. What stands here as needed before approval is needed of
/// every placement; a single one may be marked as not needed, such as the insurance of a body of the Crown.
pub const CHECK_SET: [CheckRule; 14] = [
    rule(
        PlacementCheck::EmployerContact,
        "Employer contact",
        "Who at the employer answers for the placement, and how to reach them.",
        CheckedBy::Approval,
        PRACTICE,
    ),
    rule(
        PlacementCheck::Insurance,
        "Employers’ liability insurance",
        "Number, amount (£5 million is usual) and last day. Government departments and the forces may be exempt.",
        CheckedBy::Approval,
        "Insurers’ convention: employers’ liability insurance normally covers learners on work experience",
    ),
    rule(
        PlacementCheck::Risk,
        "Conversation about risks",
        "What could harm somebody young and new there, and what is done about it. With fewer than five employees nothing need be written.",
        CheckedBy::Approval,
        HSE,
    ),
    rule(
        PlacementCheck::Tasks,
        "Tasks, and what is not allowed",
        "What the learner will do, and what they are not to do because of their age.",
        CheckedBy::Approval,
        "Management of Health and Safety at Work Regulations 1999, regulation 19",
    ),
    rule(
        PlacementCheck::Supervisor,
        "Supervisor",
        "Who looks after the learner there, each day.",
        CheckedBy::Approval,
        HSE,
    ),
    rule(
        PlacementCheck::EmergencyContact,
        "Emergency contact",
        "Whom to ring for the learner during the placement.",
        CheckedBy::Approval,
        PRACTICE,
    ),
    rule(
        PlacementCheck::Needs,
        "Medical and special educational needs",
        "What the employer has to know to look after the learner, and may know.",
        CheckedBy::Approval,
        PRACTICE,
    ),
    rule(PlacementCheck::Travel, "Travel", "How the learner gets there and back.", CheckedBy::Approval, PRACTICE),
    rule(
        PlacementCheck::ParentAgreement,
        "Parent’s or carer’s agreement",
        "A parent or carer knows of the main risks and agrees. Usual for everybody under 18.",
        CheckedBy::Approval,
        "Management of Health and Safety at Work Regulations 1999, regulation 10 (information to parents of a child)",
    ),
    rule(
        PlacementCheck::Safeguarding,
        "Safeguarding briefing",
        "The employer and the learner know whom to tell if something worries them.",
        CheckedBy::Approval,
        "Keeping Children Safe in Education (schools answer for learners on placement)",
    ),
    rule(
        PlacementCheck::Preparation,
        "Learner prepared",
        "The learner knows what it is for, what to bring, and what they want to learn.",
        CheckedBy::Approval,
        "Gatsby Benchmark 6: a purpose that is shared",
    ),
    rule(
        PlacementCheck::Visit,
        "Visit or call",
        "Somebody of the school visited or rang during the placement.",
        CheckedBy::End,
        PRACTICE,
    ),
    rule(
        PlacementCheck::EmployerFeedback,
        "Employer’s feedback",
        "The employer said how it went.",
        CheckedBy::End,
        "Gatsby Benchmark 6: feedback from the employer",
    ),
    rule(
        PlacementCheck::Reflection,
        "Reflection",
        "The learner said what they learnt and what follows from it.",
        CheckedBy::End,
        "Gatsby Benchmark 6: reflection",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_set_has_every_check_once() {
        let set: Vec<_> = CHECK_SET.iter().map(|rule| rule.check).collect();
        assert_eq!(set, PlacementCheck::ALL);
    }
}
