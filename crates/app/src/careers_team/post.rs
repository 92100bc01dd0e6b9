/// A post of the careers programme: a closed list, each with what rests on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CareersPost {
    /// Answers for the programme.
    CareersLeader,
    /// The member of the senior leadership team who answers for careers.
    SeniorLeader,
    /// Gives personal guidance.
    CareersAdviser,
    /// A second adviser.
    SecondCareersAdviser,
    /// The governor or trustee who looks after careers.
    LinkGovernor,
    /// The headteacher or principal.
    Head,
    /// Coordinates provision for special educational needs.
    Senco,
    /// Answers for looked-after learners.
    DesignatedTeacher,
    /// Whom providers ask for access.
    ProviderContact,
    /// Keeps the programme's bookings and papers.
    CareersAdministrator,
    /// The volunteer from business who supports the programme.
    EnterpriseAdviser,
}

impl CareersPost {
    /// Every post, in the order in which pages and documents name them.
    pub const ALL: [Self; 11] = [
        Self::CareersLeader,
        Self::SeniorLeader,
        Self::CareersAdviser,
        Self::SecondCareersAdviser,
        Self::LinkGovernor,
        Self::Head,
        Self::Senco,
        Self::DesignatedTeacher,
        Self::ProviderContact,
        Self::CareersAdministrator,
        Self::EnterpriseAdviser,
    ];

    /// The word that the database, files and addresses use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::CareersLeader => "careers-leader",
            Self::SeniorLeader => "senior-leader",
            Self::CareersAdviser => "careers-adviser",
            Self::SecondCareersAdviser => "second-careers-adviser",
            Self::LinkGovernor => "link-governor",
            Self::Head => "head",
            Self::Senco => "senco",
            Self::DesignatedTeacher => "designated-teacher",
            Self::ProviderContact => "provider-contact",
            Self::CareersAdministrator => "careers-administrator",
            Self::EnterpriseAdviser => "enterprise-adviser",
        }
    }

    /// What it is called.
    pub const fn label(self) -> &'static str {
        match self {
            Self::CareersLeader => "Careers leader",
            Self::SeniorLeader => "Senior leader for careers",
            Self::CareersAdviser => "Careers adviser",
            Self::SecondCareersAdviser => "Second careers adviser",
            Self::LinkGovernor => "Link governor or trustee for careers",
            Self::Head => "Head or principal",
            Self::Senco => "SENCO",
            Self::DesignatedTeacher => "Designated teacher for looked-after learners",
            Self::ProviderContact => "Contact for providers",
            Self::CareersAdministrator => "Careers administrator",
            Self::EnterpriseAdviser => "Enterprise adviser",
        }
    }

    /// The post with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|post| post.word() == word)
    }

    /// Whether whoever holds it gives personal guidance, so that a qualification is asked for.
    pub const fn is_adviser(self) -> bool {
        matches!(self, Self::CareersAdviser | Self::SecondCareersAdviser)
    }

    /// What rests on it: what is published, and what the papers say.
    pub const fn rests_on_it(self) -> &'static [&'static str] {
        match self {
            Self::CareersLeader => &[
                "Website: the name, e-mail address and telephone number must be published",
                "Careers policy: people, duties, whom to ask",
                "Provider access statement: whom providers ask, unless somebody is named for them",
            ],
            Self::SeniorLeader => &["Careers policy: who leads from the senior team, and who signs it"],
            Self::CareersAdviser => &["Careers policy and website: personal guidance", "Benchmark 8"],
            Self::SecondCareersAdviser => &["Careers policy: people", "Benchmark 8"],
            Self::LinkGovernor => &["Careers policy: how the governing body takes part"],
            Self::Head => &["Careers policy: people"],
            Self::Senco => &["Careers policy: people, learners with special educational needs"],
            Self::DesignatedTeacher => &["Careers policy: people, looked-after learners"],
            Self::ProviderContact => &["Provider access statement and public form: whom providers ask"],
            Self::CareersAdministrator | Self::EnterpriseAdviser => &["Careers policy: people"],
        }
    }

    /// Whether papers or the website lack something while nobody holds it.
    pub const fn is_wanted(self) -> bool {
        matches!(self, Self::CareersLeader | Self::SeniorLeader | Self::CareersAdviser | Self::LinkGovernor)
    }
}

/// The level that a qualification says it is at: “Level 6 Diploma in Career Guidance and Development” is 6. The two
/// qualifications that advisers name without a level are at level 7.
pub(crate) fn level(qualification: &str) -> Option<u8> {
    let said = qualification.to_lowercase();
    let after = said.split("level").skip(1).find_map(|rest| {
        let digits: String =
            rest.trim_start_matches([' ', ':', '\u{a0}', '-']).chars().take_while(char::is_ascii_digit).collect();
        digits.parse().ok().filter(|level| (1..=8).contains(level))
    });
    let named = || {
        let mut words = said.split(|c: char| !c.is_alphanumeric());
        words.any(|word| word == "qcg" || word == "qcd").then_some(7)
    };
    after.or_else(named)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_qualification_says_its_level_in_many_ways() {
        for (said, is) in [
            ("Level 6 Diploma in Career Guidance and Development", Some(6)),
            ("Diploma in Career Guidance (level 4)", Some(4)),
            ("QCG", Some(7)),
            ("QCD, Level 7", Some(7)),
            ("Higher-level training, Level 6", Some(6)),
            ("Certificate", None),
            ("Level 60", None),
            ("", None),
        ] {
            assert_eq!(level(said), is, "{said}");
        }
    }

    #[test]
    fn words_and_posts_are_one_to_one() {
        assert!(CareersPost::ALL.iter().all(|post| CareersPost::from_word(post.word()) == Some(*post)));
    }
}
