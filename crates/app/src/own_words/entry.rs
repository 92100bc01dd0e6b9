use ::policy::Fact;

/// What sort of text an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    /// Paragraphs, lists, links.
    Text,
    /// One thing per line: each becomes an item of a list.
    Lines,
    /// A day.
    Day,
    /// A month and a year.
    Month,
    /// Where a website is.
    Address,
}

/// What an institution can say in its own words, with help and, where a usual answer exists, a text to begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) fact: Fact,
    pub(crate) group: &'static str,
    pub(crate) sort: Sort,
    pub(crate) help: &'static str,
    pub(crate) starting: &'static str,
}

const AIMS: &str = "What you are about";
const IMPACT: &str = "How you know that it works";
const PEOPLE: &str = "What people can find out";
const PROVIDERS: &str = "Education and training providers";
const BENCHMARKS: &str = "How each benchmark is met";

const fn text(fact: Fact, group: &'static str, help: &'static str, starting: &'static str) -> Entry {
    Entry { fact, group, sort: Sort::Text, help, starting }
}

const fn sorted(fact: Fact, group: &'static str, sort: Sort, help: &'static str, starting: &'static str) -> Entry {
    Entry { fact, group, sort, help, starting }
}

const BENCHMARK: &str = "What lies behind the figures: how you do it, what you are proud of, what comes next. The figures of the day and \
                         the activities of the year are added beneath by themselves, so leave numbers out.";

/// Every entry, in the order in which pages show them.
pub(crate) const ENTRIES: &[Entry] = &[
    text(
        Fact::Vision,
        AIMS,
        "What you want careers education to do for your learners, three to five years from now. A few sentences that governors would stand by.",
        "",
    ),
    sorted(
        Fact::VisionUntil,
        AIMS,
        Sort::Month,
        "The month and year by which the vision is to be reached: three to five years ahead, such as July 2030.",
        "",
    ),
    text(
        Fact::LookedAfterArrangements,
        AIMS,
        "What you do for learners in care and those who were: who plans with whom, and how careers stands in their personal education plans.",
        "The designated teacher and the careers leader plan together for every learner who is or was looked after. Careers is part of each \
         personal education plan, and the virtual school is told what was agreed. These learners are offered personal guidance early, and we \
         look at what they take part in at least once a term.",
    ),
    text(
        Fact::ImpactMeasures,
        IMPACT,
        "What you collect, from whom, how often, and who looks at it. This must be published.",
        "- Every term we look at which learners have had what the programme promises them, by year group and for those who need more support.\n\
         - Learners tell us after activities what they learnt and what they will do next.\n\
         - Teachers, parents and carers, employers and providers tell us once a year what worked and what did not.\n\
         - We follow where leavers go, and whether they stay.\n\
         - The careers leader reports to senior leaders every term and to those who govern every year.",
    ),
    text(
        Fact::ImpactStatement,
        IMPACT,
        "What the last evaluation found: what changed for learners, and how you know. Not older than twelve months.",
        "",
    ),
    text(Fact::Strengths, IMPACT, "What goes well, and what you work on next. Two or three of each are enough.", ""),
    text(
        Fact::DestinationsSummary,
        IMPACT,
        "Where last year’s leavers went, in words and whole figures that are published already. No figure below ten, nothing that could \
         point to one person.",
        "",
    ),
    text(
        Fact::PersonalGuidance,
        PEOPLE,
        "How learners get a guidance meeting: with whom, when, how to ask, whether parents may come.",
        "Every learner can talk to a qualified careers adviser. Learners are invited at the times when choices are made, and can ask for a \
         meeting at any other time: in person, through their tutor, or by e-mail to the careers leader. Parents and carers are welcome to \
         ask on behalf of a learner, and to come along if the learner agrees.",
    ),
    text(
        Fact::AccessToInformation,
        PEOPLE,
        "How each of four audiences learns about the programme: learners, parents and carers, teachers and other staff, employers. \
         All four must be named.",
        "### Learners\n\nYour tutor and the careers pages tell you what comes when. Ask the careers leader anything that is not there.\n\n\
         ### Parents and carers\n\nThe roadmap shows which choices come when. We write before each of them, and you can reach the careers \
         leader by e-mail or telephone.\n\n### Teachers and other staff\n\nThe programme and the curriculum map are open to all staff. New \
         staff hear of them when they begin.\n\n### Employers\n\nWrite to the careers leader to find out what is planned and how you can take part.",
    ),
    text(
        Fact::OtherPolicies,
        PEOPLE,
        "Links to policies that belong with this one: safeguarding, equality, special educational needs, data protection. One per line, as \
         [Name](https://…).",
        "",
    ),
    sorted(
        Fact::WebsiteAddress,
        PEOPLE,
        Sort::Address,
        "Where people find what you publish about careers, such as https://www.school.example/careers. The policy sends them there.",
        "",
    ),
    sorted(
        Fact::WebsiteReview,
        PEOPLE,
        Sort::Day,
        "The day on which what you publish is next looked over. This must be published, and it should be within a year.",
        "",
    ),
    text(
        Fact::AccessProcedure,
        PROVIDERS,
        "How a provider asks, what it is asked, who answers and how soon.",
        "Providers ask with the form on our careers pages, or write to the person named here. They say what they offer, for which year groups, \
         and when they could come. We answer every request within ten school days: with a date, with a question, or with the reason why not.",
    ),
    sorted(
        Fact::GroundsGranting,
        PROVIDERS,
        Sort::Lines,
        "On what grounds access is given. One per line.",
        "The visit tells learners about approved technical qualifications or apprenticeships\n\
         The provider can speak about what it offers, the careers that follow, what learning there is like, and answer questions\n\
         The time asked for lies within the school day and does not fall on examinations\n\
         The provider keeps to our arrangements for visitors and safeguarding",
    ),
    sorted(
        Fact::GroundsRefusing,
        PROVIDERS,
        Sort::Lines,
        "On what grounds access may be refused. One per line: whoever answers a request chooses from this list. That a provider might win \
         learners over is never a ground.",
        "The same group has had, or will have, what this visit offers from others\n\
         There is no room or time that suits; other dates are offered\n\
         The provider has not met our arrangements for visitors and safeguarding\n\
         What is offered does not suit the needs of the learners for whom it is meant\n\
         What is offered has nothing to do with technical education or apprenticeships",
    ),
    text(
        Fact::Premises,
        PROVIDERS,
        "Rooms, equipment and places for leaflets that providers can use.",
        "We provide a hall, a classroom or a meeting room as fits the group, with a screen, sound and a connection. Providers may leave \
         prospectuses and leaflets, which learners find in the careers area and the library.",
    ),
    text(
        Fact::AccessTimes,
        PROVIDERS,
        "When access is given: times of the day, and parts of the year that suit or do not. This must be in the statement.",
        "Providers can come during the school day on weekdays in term time. Each visit has a whole lesson or longer. Weeks of examinations \
         are left out for the year groups concerned.",
    ),
    text(
        Fact::VisitorSafety,
        PROVIDERS,
        "How visits are kept safe: identity, who stays with visitors, who sees beforehand what they bring.",
        "Visitors show identification at reception and wear a badge. A member of staff is present throughout. We see beforehand what is to be \
         shown or handed out, and our safeguarding policy holds for everybody who comes.",
    ),
    text(
        Fact::Complaints,
        PROVIDERS,
        "What a provider can do that is not content: your own procedure, then whom to turn to.",
        "A provider that is not content with an answer writes to the careers leader first. If that does not settle it, our complaints procedure \
         applies. Concerns about provider access can also be raised with The Careers & Enterprise Company at \
         provideraccess@careersandenterprise.co.uk.",
    ),
    text(Fact::Benchmark1, BENCHMARKS, BENCHMARK, ""),
    text(Fact::Benchmark2, BENCHMARKS, BENCHMARK, ""),
    text(Fact::Benchmark3, BENCHMARKS, BENCHMARK, ""),
    text(Fact::Benchmark4, BENCHMARKS, BENCHMARK, ""),
    text(Fact::Benchmark5, BENCHMARKS, BENCHMARK, ""),
    text(Fact::Benchmark6, BENCHMARKS, BENCHMARK, ""),
    text(Fact::Benchmark7, BENCHMARKS, BENCHMARK, ""),
    text(Fact::Benchmark8, BENCHMARKS, BENCHMARK, ""),
];

/// The entry with this word.
pub(crate) fn find(word: &str) -> Option<&'static Entry> {
    ENTRIES.iter().find(|entry| entry.fact.word() == word)
}

/// What an entry is called.
pub(crate) fn label(word: &str) -> String {
    find(word).map_or_else(|| word.replace('-', " "), |entry| entry.fact.label().to_owned())
}

#[cfg(test)]
mod tests {
    use ::policy::FactPlace;

    use super::*;

    #[test]
    fn every_fact_of_own_words_can_be_written_here_and_no_text_names_a_placeholder() {
        for fact in Fact::ALL.iter().filter(|fact| fact.place() == FactPlace::OwnWords) {
            assert!(find(fact.word()).is_some(), "{fact}");
        }
        for entry in ENTRIES {
            assert!(!entry.starting.contains(['{', '}']) && !entry.starting.contains("  "), "{}", entry.fact);
            assert_eq!(label(entry.fact.word()), entry.fact.label());
        }
    }
}
