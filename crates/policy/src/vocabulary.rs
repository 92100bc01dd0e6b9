use domain::{Institution, InstitutionType};

/// What things are called in an institution of a type: the right word of every “delete as appropriate”.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vocabulary {
    words: [(&'static str, String); 8],
}

impl Vocabulary {
    /// The words that texts use, in braces.
    pub const WORDS: [&'static str; 8] = [
        "institution",
        "institution-name",
        "learner",
        "learners",
        "governors",
        "governor",
        "years",
        "leader-of-institution",
    ];

    /// The vocabulary of an institution.
    pub fn of(institution: &Institution) -> Self {
        use InstitutionType as T;
        let (what, learner, governors, governor, head) = match institution.kind {
            T::MaintainedSchool => ("school", "pupil", "governing body", "governor", "headteacher"),
            T::Academy => ("school", "pupil", "board of trustees", "trustee or local governor", "headteacher"),
            T::SpecialSchool => ("school", "pupil", "governing board", "governor or trustee", "headteacher"),
            T::AlternativeProvision => ("school", "pupil", "governing board", "governor or trustee", "headteacher"),
            T::IndependentSchool => ("school", "pupil", "proprietor", "governor", "headteacher"),
            T::SixthFormCollege | T::FeCollege => ("college", "student", "governing body", "governor", "principal"),
            T::Academy16To19 => ("college", "student", "board of trustees", "trustee or local governor", "principal"),
            T::TrainingProvider => ("training provider", "learner", "board", "board member", "managing director"),
        };
        let years = match institution.kind.sector() {
            domain::Sector::School => {
                let (first, last) = (institution.lowest_year, institution.highest_year);
                format!("Years {} to {}", first.number(), last.number())
            }
            domain::Sector::Post16 => "every programme of study".to_owned(),
        };
        let texts = [
            what.to_owned(),
            crate::markdown::escape(&institution.name),
            learner.to_owned(),
            format!("{learner}s"),
            governors.to_owned(),
            governor.to_owned(),
            years,
            head.to_owned(),
        ];
        let mut texts = texts.into_iter();
        Self { words: Self::WORDS.map(|word| (word, texts.next().unwrap_or_default())) }
    }

    /// What this word stands for here.
    pub fn get(&self, word: &str) -> Option<&str> {
        self.words.iter().find(|(name, _)| *name == word).map(|(_, text)| text.as_str())
    }
}
