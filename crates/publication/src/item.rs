use serde::{Deserialize, Serialize};

macro_rules! items {
    ($($(#[$about:meta])* $name:ident = $code:literal, $title:literal, $advice:literal;)+) => {
        /// Something that is looked for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Item {
            $($(#[$about])* #[serde(rename = $code)] $name,)+
        }

        impl Item {
            /// All of them, in the order of a report.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// Its code.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code),+ }
            }

            /// What is looked for.
            pub const fn title(self) -> &'static str {
                match self { $(Self::$name => $title),+ }
            }

            /// What to do if it is not found.
            pub const fn advice(self) -> &'static str {
                match self { $(Self::$name => $advice),+ }
            }
        }
    };
}

items! {
    /// Name, e-mail address and telephone number of the careers leader.
    CareersLeader = "WEB-1", "Careers leader’s name, email address and telephone number",
        "Put the careers leader’s name, email address and telephone number together on the careers page, beside the words “careers leader”.";
    /// Summary of the programme, and how four audiences get information about it.
    Summary = "WEB-2", "Summary of the careers programme, and how pupils, parents, teachers and employers get information about it",
        "Write a short summary of the programme, and one sentence each on where pupils, parents, teachers and employers find out more.";
    /// How impact is measured.
    Impact = "WEB-3", "How the impact of the programme on pupils is measured and assessed",
        "Say how you measure the programme’s impact: which surveys, destinations or evaluations, and how often.";
    /// When this information is next reviewed.
    NextReview = "WEB-4", "Date of the next review of this information",
        "Put “Next review of this information:” and a date on the careers page.";
    /// The provider access policy statement.
    AccessStatement = "WEB-5", "Provider access policy statement",
        "Publish the provider access policy statement as a page or a document that opens from the careers page.";
    /// The programme itself.
    Programme = "WEB-6", "The careers programme, in forms each audience can use",
        "Publish what happens in each year group, for instance as a table by year and term.";
    /// How to get personal guidance.
    Guidance = "WEB-7", "How to get personal guidance",
        "Say who gives personal guidance and how a learner asks for a meeting.";
    /// Decision points for parents.
    Roadmap = "WEB-8", "Roadmap of decision points for parents and carers",
        "Publish the dates of choices for families: options, applications after Year 11, applications after Year 13.";
    /// Strengths and areas for development.
    Strengths = "WEB-9", "Strengths and areas for development from evaluation",
        "Publish in a few lines what the last evaluation showed to be strong and what you are working on.";
    /// The careers policy.
    Policy = "WEB-10", "Careers policy, approved, with a review within three years",
        "Publish the careers policy with the day it was approved, by whom, and the day of its next review.";
    /// Link to performance data.
    Performance = "WEB-11", "Link to the Department for Education’s performance data",
        "Link to the school’s own page of the government’s performance tables.";
    /// Procedure for requests.
    Procedure = "PAL-PROCEDURE", "Provider access: how to ask for access",
        "Say whom a provider asks, how, and how long beforehand.";
    /// Grounds.
    Grounds = "PAL-GROUNDS", "Provider access: grounds for granting and refusing requests",
        "List the grounds on which requests are granted and those on which they are refused.";
    /// Premises, facilities and times.
    Premises = "PAL-PREMISES", "Provider access: premises, facilities and the times at which access is given",
        "Say which rooms and equipment providers may use, and at which times.";
    /// The six encounters.
    Encounters = "PAL-ENCOUNTERS", "Provider access: how pupils’ encounters with providers will be met",
        "Explain how each pupil meets two different providers in each of the first two key phases (Years 8 to 11), and may meet two more in Years 12 and 13.";
    /// Entitlement of pupils.
    Entitlement = "PAL-ENTITLEMENT", "Provider access: what pupils are entitled to",
        "Say what each pupil in Years 8 to 13 is entitled to.";
    /// Table of opportunities.
    Opportunities = "PAL-OPPORTUNITIES", "Provider access: table of opportunities by year group and term",
        "Add a table of opportunities by year group and term.";
    /// Safeguarding.
    Safeguarding = "PAL-SAFEGUARDING", "Provider access: safeguarding rules for visitors",
        "Say which safeguarding rules visiting providers follow.";
    /// Previous providers.
    Previous = "PAL-PREVIOUS", "Provider access: providers who came before",
        "Name some of the providers who came in recent years.";
    /// Destinations.
    Destinations = "PAL-DESTINATIONS", "Provider access: where pupils went on to",
        "Say where last year’s leavers went on to.";
    /// Complaints.
    Complaints = "PAL-COMPLAINTS", "Provider access: how to complain",
        "Say how a provider complains about a decision.";
    /// Approval and review.
    Review = "PAL-REVIEW", "Provider access: approval and review date",
        "Put the day of approval and the day of the next review, within a year, on the statement.";
}

impl Item {
    /// Whether it is a part of the provider access statement.
    pub const fn is_of_access_statement(self) -> bool {
        self as u8 >= Self::Procedure as u8
    }

    /// Whether section 42B itself asks for it in the statement.
    pub const fn is_mandatory_in_statement(self) -> bool {
        matches!(self, Self::Procedure | Self::Grounds | Self::Premises | Self::Encounters)
    }
}
