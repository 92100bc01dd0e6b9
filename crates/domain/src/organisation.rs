use crate::word::closed_list;

closed_list! {
    /// What an organisation is to a school. One may be several.
    pub enum OrganisationSort {
        /// It employs people.
        Employer = "employer",
        /// It educates or trains.
        Provider = "provider",
        /// Former learners.
        AlumniNetwork = "alumni-network",
        /// A Careers Hub.
        CareersHub = "careers-hub",
        /// A council.
        LocalAuthority = "local-authority",
        /// Anything else.
        Other = "other",
    }
}

closed_list! {
    /// What an organisation does: a short list of our own, since codes of industries are known to few. A code can stand beside it.
    pub enum Industry {
        /// Farming, forestry, animals, environment.
        Land = "land-and-environment",
        /// Building and property.
        Construction = "construction",
        /// Making things.
        Engineering = "engineering-and-manufacturing",
        /// Energy, water, waste.
        Energy = "energy-and-utilities",
        /// Computing and communication.
        Digital = "digital",
        /// Arts, media, design.
        Creative = "creative-and-media",
        /// Shops and trade.
        Retail = "retail",
        /// Food, hotels, tourism.
        Hospitality = "hospitality-and-tourism",
        /// Moving people and goods.
        Transport = "transport-and-logistics",
        /// Finance, law, business services.
        Business = "business-finance-and-law",
        /// Health and care.
        Health = "health-and-care",
        /// Education and childcare.
        Education = "education-and-childcare",
        /// Public services, uniformed services.
        Public = "public-services",
        /// Science and research.
        Science = "science",
        /// Sport and leisure.
        Sport = "sport-and-leisure",
        /// Charities.
        Charity = "charity",
        /// Anything else.
        Other = "other",
    }
}

closed_list! {
    /// How many people work there.
    pub enum OrganisationSize {
        /// Fewer than 10.
        Micro = "micro",
        /// 10 to 49.
        Small = "small",
        /// 50 to 249.
        Medium = "medium",
        /// 250 and more.
        Large = "large",
    }
}

closed_list! {
    /// What an organisation offers.
    pub enum Offer {
        /// A talk or an assembly.
        Talk = "talk",
        /// A visit to its workplace.
        Visit = "visit",
        /// Work experience.
        Placement = "placement",
        /// Practice interviews.
        MockInterviews = "mock-interviews",
        /// Mentoring.
        Mentoring = "mentoring",
        /// A stand at a fair.
        Stand = "stand",
        /// A project or a challenge.
        Project = "project",
        /// Help with lessons.
        Curriculum = "curriculum",
        /// Work shadowing.
        Shadowing = "shadowing",
    }
}

impl OrganisationSort {
    /// As people call it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Employer => "Employer",
            Self::Provider => "Provider of education or training",
            Self::AlumniNetwork => "Alumni network",
            Self::CareersHub => "Careers Hub",
            Self::LocalAuthority => "Local authority",
            Self::Other => "Other",
        }
    }
}

impl Industry {
    /// As people call it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Land => "Land and environment",
            Self::Construction => "Construction and property",
            Self::Engineering => "Engineering and manufacturing",
            Self::Energy => "Energy and utilities",
            Self::Digital => "Digital",
            Self::Creative => "Creative and media",
            Self::Retail => "Retail",
            Self::Hospitality => "Hospitality and tourism",
            Self::Transport => "Transport and logistics",
            Self::Business => "Business, finance and law",
            Self::Health => "Health and care",
            Self::Education => "Education and childcare",
            Self::Public => "Public services",
            Self::Science => "Science",
            Self::Sport => "Sport and leisure",
            Self::Charity => "Charity",
            Self::Other => "Other",
        }
    }
}

impl OrganisationSize {
    /// As people call it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Micro => "Fewer than 10 people",
            Self::Small => "10 to 49 people",
            Self::Medium => "50 to 249 people",
            Self::Large => "250 people or more",
        }
    }
}

impl Offer {
    /// As people call it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Talk => "Talks",
            Self::Visit => "Visits to the workplace",
            Self::Placement => "Work experience",
            Self::MockInterviews => "Mock interviews",
            Self::Mentoring => "Mentoring",
            Self::Stand => "A stand at a fair",
            Self::Project => "Projects and challenges",
            Self::Curriculum => "Help with lessons",
            Self::Shadowing => "Work shadowing",
        }
    }
}
