use crate::word::closed_list;

closed_list! {
    /// What a learning outcome asks of a learner.
    pub enum OutcomeSort {
        /// To know something.
        Knowledge = "knowledge",
        /// To be able to do something.
        Skill = "skill",
        /// To do it without being asked.
        Behaviour = "behaviour",
    }
}

closed_list! {
    /// How far an outcome is taken in a year group.
    pub enum OutcomeStage {
        /// Met for the first time.
        Introduced = "introduced",
        /// Used again, with help.
        Practised = "practised",
        /// Used without help, and seen to be.
        Secured = "secured",
    }
}

closed_list! {
    /// What outcomes are mapped to.
    pub enum Framework {
        /// The six areas of the Career Development Institute's framework.
        Cdi = "cdi",
        /// The eight essential skills.
        Skills = "skills",
        /// The four outcomes of preparing for adulthood.
        Adulthood = "adulthood",
        /// The eight benchmarks.
        Benchmark = "benchmark",
        /// The institution's own words.
        Own = "own",
    }
}

/// A member of a framework.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FrameworkTag {
    /// The word that is stored; it stays when a name changes.
    pub word: &'static str,
    /// What it is called now.
    pub label: &'static str,
    /// What it was called before, if otherwise.
    pub earlier: Option<&'static str>,
}

const fn tag(word: &'static str, label: &'static str) -> FrameworkTag {
    FrameworkTag { word, label, earlier: None }
}

/// The areas of the framework for career development of April 2021.
const CDI: [FrameworkTag; 6] = [
    tag("grow", "Grow throughout life"),
    tag("explore", "Explore possibilities"),
    tag("manage", "Manage career"),
    tag("create", "Create opportunities"),
    tag("balance", "Balance life and work"),
    tag("big-picture", "See the big picture"),
];

/// The essential skills by their names of 2025. Two of them had others until then, by which older programmes and reports know them.
const SKILLS: [FrameworkTag; 8] = [
    tag("listening", "Listening"),
    tag("speaking", "Speaking"),
    tag("problem-solving", "Problem Solving"),
    tag("creativity", "Creativity"),
    FrameworkTag { word: "adapting", label: "Adapting", earlier: Some("Staying Positive") },
    FrameworkTag { word: "planning", label: "Planning", earlier: Some("Aiming High") },
    tag("leadership", "Leadership"),
    tag("teamwork", "Teamwork"),
];

const ADULTHOOD: [FrameworkTag; 4] = [
    tag("employment", "Employment and higher education"),
    tag("independent-living", "Independent living"),
    tag("community", "Friends, relationships and community"),
    tag("health", "Health"),
];

const BENCHMARKS: [FrameworkTag; 8] = [
    tag("bm1", "Benchmark 1"),
    tag("bm2", "Benchmark 2"),
    tag("bm3", "Benchmark 3"),
    tag("bm4", "Benchmark 4"),
    tag("bm5", "Benchmark 5"),
    tag("bm6", "Benchmark 6"),
    tag("bm7", "Benchmark 7"),
    tag("bm8", "Benchmark 8"),
];

impl Framework {
    /// Its members, in their own order; empty for the institution's own tags.
    pub const fn tags(self) -> &'static [FrameworkTag] {
        match self {
            Self::Cdi => &CDI,
            Self::Skills => &SKILLS,
            Self::Adulthood => &ADULTHOOD,
            Self::Benchmark => &BENCHMARKS,
            Self::Own => &[],
        }
    }

    /// What people call it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Cdi => "CDI areas",
            Self::Skills => "Essential skills",
            Self::Adulthood => "Preparing for adulthood",
            Self::Benchmark => "Benchmarks",
            Self::Own => "Own tags",
        }
    }

    /// The member that a text names: by its word, its name or the name it had before, in any case.
    pub fn find(self, text: &str) -> Option<FrameworkTag> {
        let wanted = crate::same_name(text);
        let is = |name: &str| crate::same_name(name) == wanted;
        self.tags().iter().copied().find(|tag| is(tag.word) || is(tag.label) || tag.earlier.is_some_and(is))
    }

    /// The framework and the word that a text stands for, whichever framework it is of; otherwise a tag of the institution's own.
    pub fn of_text(text: &str) -> (Self, String) {
        let text = text.trim();
        Self::ALL
            .iter()
            .find_map(|framework| framework.find(text).map(|tag| (*framework, tag.word.to_owned())))
            .unwrap_or_else(|| (Self::Own, text.to_owned()))
    }

    /// What a stored word is called.
    pub fn name_of(self, word: &str) -> String {
        self.tags().iter().find(|tag| tag.word == word).map_or(word, |tag| tag.label).to_owned()
    }
}

impl FrameworkTag {
    /// The name with the one before: "Adapting (until 2025: Staying Positive)".
    pub fn both_names(&self) -> String {
        match self.earlier {
            Some(earlier) => format!("{} (until 2025: {earlier})", self.label),
            None => self.label.to_owned(),
        }
    }
}

impl OutcomeStage {
    /// How people say it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Introduced => "Introduced",
            Self::Practised => "Practised",
            Self::Secured => "Secured",
        }
    }
}

impl OutcomeSort {
    /// How people say it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Knowledge => "Knowledge",
            Self::Skill => "Skill",
            Self::Behaviour => "Behaviour",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_skill_is_found_by_either_generation_of_its_name() {
        for (name, word) in [("Staying Positive", "adapting"), ("adapting", "adapting"), ("aiming high", "planning")] {
            assert_eq!(Framework::Skills.find(name).map(|tag| tag.word), Some(word), "{name}");
        }
        assert_eq!(Framework::Skills.tags().iter().filter(|tag| tag.earlier.is_some()).count(), 2);
    }

    #[test]
    fn the_frameworks_have_as_many_members_as_they_say_and_no_name_means_two_things() {
        let counts: Vec<_> = Framework::ALL.iter().map(|framework| framework.tags().len()).collect();
        assert_eq!(counts, [6, 8, 4, 8, 0]);
        let mut names: Vec<_> = Framework::ALL
            .iter()
            .flat_map(|framework| framework.tags())
            .flat_map(|tag| [Some(tag.word), tag.earlier])
            .flatten()
            .map(crate::same_name)
            .collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
    }

    #[test]
    fn a_text_that_no_framework_knows_is_the_institutions_own() {
        assert_eq!(Framework::of_text("BM5"), (Framework::Benchmark, "bm5".to_owned()));
        assert_eq!(Framework::of_text(" House points "), (Framework::Own, "House points".to_owned()));
        assert_eq!(Framework::Own.name_of("House points"), "House points");
    }
}
