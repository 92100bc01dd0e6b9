use domain::{Institution, InstitutionType, Sector, YearGroup};

/// What things are called in an institution of a type that teaches certain years: the right word of every alternative.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vocabulary {
    words: [(&'static str, String); Vocabulary::WORDS.len()],
}

impl Vocabulary {
    /// The words that texts use, in braces. With a capital they begin a sentence: `{Learners}`.
    pub const WORDS: [&'static str; 14] = [
        // School, college or training provider.
        "institution",
        "institution-name",
        // Pupil, student or learner.
        "learner",
        "learners",
        // Who governs, as a body, and one of them.
        "governors",
        "governor",
        "leader-of-institution",
        "teachers",
        "improvement-plan",
        "send-lead",
        // What is taught: “Years 7 to 11”.
        "years",
        // Of Years 7 to 13 and of Years 8 to 13, those that are taught.
        "guidance-years",
        "access-years",
        // How many encounters with providers that makes, two for each key phase: “six”.
        "access-number",
    ];

    /// The vocabulary of an institution.
    pub fn of(institution: &Institution) -> Self {
        use InstitutionType as T;
        let (what, learner, governors, governor, head) = match institution.kind {
            T::MaintainedSchool => ("school", "pupil", "governing body", "governor", "headteacher"),
            T::Academy => ("school", "pupil", "board of trustees", "trustee or local governor", "headteacher"),
            // Governance is not told apart within these types: “governing board” is the word for all of it.
            T::SpecialSchool | T::AlternativeProvision => {
                ("school", "pupil", "governing board", "member of the governing board", "headteacher")
            }
            T::IndependentSchool => ("school", "pupil", "proprietor", "governor", "headteacher"),
            T::SixthFormCollege | T::FeCollege => ("college", "student", "governing body", "governor", "principal"),
            T::Academy16To19 => ("college", "student", "board of trustees", "trustee or local governor", "principal"),
            T::TrainingProvider => ("training provider", "learner", "board", "board member", "managing director"),
        };
        let (teachers, plan, send) = match (institution.kind.sector(), institution.kind) {
            (Sector::School, _) => ("teachers", "school development plan", "special educational needs co-ordinator"),
            (_, T::TrainingProvider) => ("tutors and trainers", "improvement plan", "learning support lead"),
            (Sector::Post16, _) => ("teachers and tutors", "college improvement plan", "learning support lead"),
        };
        let years = match institution.kind.sector() {
            Sector::School => taught(institution, YearGroup::LOWEST, YearGroup::HIGHEST),
            Sector::Post16 => "every programme of study".to_owned(),
        };
        let phases = [8, 10, 12].into_iter().filter(|year| teaches_one(institution, &[*year, *year + 1])).count();
        let number = match phases {
            3 => "six",
            2 => "four",
            _ => "two",
        };
        let texts = [
            what.to_owned(),
            crate::markdown::escape(&institution.name),
            learner.to_owned(),
            format!("{learner}s"),
            governors.to_owned(),
            governor.to_owned(),
            head.to_owned(),
            teachers.to_owned(),
            plan.to_owned(),
            send.to_owned(),
            years,
            taught(institution, YearGroup::new(7), YearGroup::new(13)),
            taught(institution, YearGroup::new(8), YearGroup::new(13)),
            number.to_owned(),
        ];
        let mut texts = texts.into_iter();
        Self { words: Self::WORDS.map(|word| (word, texts.next().unwrap_or_default())) }
    }

    /// Whether texts may use this word, with or without a capital.
    pub fn knows(word: &str) -> bool {
        Self::WORDS.contains(&small(word).as_str())
    }

    /// What this word stands for here; with a capital if it is asked for with one.
    pub fn get(&self, word: &str) -> Option<String> {
        let name = small(word);
        let (_, text) = self.words.iter().find(|(known, _)| *known == name)?;
        Some(if name == word { text.clone() } else { with_capital(text) })
    }
}

fn small(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| format!("{}{}", first.to_ascii_lowercase(), chars.as_str()))
}

fn with_capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

fn teaches_one(institution: &Institution, years: &[i8]) -> bool {
    years.iter().any(|year| institution.teaches(YearGroup::new(*year)))
}

/// Which of the years from `first` to `last` are taught: “Years 8 to 11”, “Year 9”, “Years 12 and 13”.
fn taught(institution: &Institution, first: YearGroup, last: YearGroup) -> String {
    let from = institution.lowest_year.max(first).number();
    let to = institution.highest_year.min(last).number();
    match to - from {
        ..=0 => format!("Year {}", to.max(first.number())),
        1 => format!("Years {from} and {to}"),
        _ => format!("Years {from} to {to}"),
    }
}
