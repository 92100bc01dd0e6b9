use domain::{Hours, Kind, ProviderType};

use crate::{
    Virtual,
    case::{Case, Decision, Item, Span},
    day::Day,
    plan::{CountTest, Test, is_real},
};

/// One thing that is still needed for a requirement that is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Missing {
    /// So many more activities that count.
    Activities {
        /// Of this kind.
        kind: Kind,
        /// With this type of provider.
        provider_type: Option<ProviderType>,
        /// Only in person.
        in_person: bool,
        /// How many more.
        more: u32,
        /// How many count already.
        have: u32,
        /// Each on a date of its own.
        different_dates: bool,
    },
    /// One in person or blended: what counts so far is virtual alone.
    InPerson {
        /// Of this kind.
        kind: Kind,
    },
    /// So many more in the learner's curriculum area.
    ThroughCurriculum {
        /// How many more.
        more: u32,
    },
    /// Meetings with so many more types of provider.
    ProviderTypes {
        /// How many more.
        more: u32,
        /// The types not met yet.
        not_met: Vec<ProviderType>,
    },
    /// So many more provider access occasions.
    Occasions {
        /// One or two.
        more: u32,
        /// Occasions so far, all with the same providers.
        have: u32,
    },
    /// So much more time at a workplace.
    Hours {
        /// How much more.
        more: Hours,
    },
    /// A curriculum link in each of these.
    Subjects {
        /// Their names as the institution writes them.
        names: Vec<String>,
    },
    /// An annual review with its preparing-for-adulthood part.
    Review,
}

/// Names of a learner's subjects, by number: `None` gives the facts' own spelling.
pub(crate) type SubjectNames<'a> = &'a dyn Fn(u32) -> String;

impl Case<'_> {
    /// What is still needed, from what is done.
    pub(crate) fn missing(&self, span: Span, decision: &Decision, names: SubjectNames<'_>) -> Vec<Missing> {
        self.missing_by(span, &decision.done, self.plan.as_of, names)
    }

    /// What is still needed if these items, in order of date, are what is done by the end of day `by`.
    pub(crate) fn missing_by(&self, span: Span, done: &[Item], by: Day, names: SubjectNames<'_>) -> Vec<Missing> {
        let counting = self.evidence(span, done, by);
        match &self.rule.test {
            Test::Count(count) => self.missing_of_count(&count.with_count(self.adapted_count()), span, done, &counting),
            Test::EveryYear(count) => {
                let year = Span { opens: self.plan.year_first, closes: self.plan.year_last };
                let counting: Vec<Item> = counting.into_iter().filter(|item| year.contains(item.day)).collect();
                self.missing_of_count(count, year, done, &counting)
            }
            Test::Types { at_least, virtual_rule, counted } => {
                let met =
                    |wanted: &ProviderType| counting.iter().any(|i| self.activity(*i).provider_type == Some(*wanted));
                let not_met: Vec<ProviderType> =
                    ProviderType::ALL.iter().copied().filter(|wanted| !met(wanted)).collect();
                let have = (ProviderType::ALL.len() - not_met.len()) as u32;
                let more = self.adapted_count().unwrap_or(*at_least).saturating_sub(have);
                let mut missing = Vec::new();
                if more > 0 {
                    missing.push(Missing::ProviderTypes { more, not_met });
                }
                let virtual_alone = !counting.iter().any(|item| is_real(self.activity(*item)));
                if *virtual_rule != Virtual::Counts && virtual_alone && (more == 0 || !counting.is_empty()) {
                    missing.push(Missing::InPerson { kind: counted.kind });
                }
                missing
            }
            Test::Occasions => {
                let days: Vec<&[Item]> = counting.chunk_by(|a, b| a.day == b.day).collect();
                let have = days.len() as u32;
                vec![Missing::Occasions { more: if have == 0 { 2 } else { 1 }, have }]
            }
            Test::Hours { at_least, .. } => {
                let have: Hours =
                    counting.iter().filter_map(|item| Hours::from_billionths(self.activity(*item).hours)).sum();
                vec![Missing::Hours { more: have.short_of(Hours::whole(self.adapted_count().unwrap_or(*at_least))) }]
            }
            Test::Subjects(asked) => {
                let linked = |subject: u32| counting.iter().any(|item| self.activity(*item).subject == Some(subject));
                let names = match asked {
                    None => {
                        self.subject_list().iter().filter(|subject| !linked(**subject)).map(|s| names(*s)).collect()
                    }
                    Some(asked) => {
                        asked.iter().filter(|a| !a.number.is_some_and(linked)).map(|a| a.name.clone()).collect()
                    }
                };
                vec![Missing::Subjects { names }]
            }
            Test::Review => vec![Missing::Review],
        }
    }

    fn missing_of_count(&self, count: &CountTest, span: Span, done: &[Item], counting: &[Item]) -> Vec<Missing> {
        let mut days: Vec<Day> = counting.iter().map(|item| item.day).collect();
        if count.different_dates {
            days.dedup();
        }
        let have = days.len() as u32;
        let more = count.at_least.saturating_sub(have);
        let through = counting.iter().filter(|item| self.activity(**item).through_curriculum).count() as u32;
        // Virtual ones that wait for company would count with one in person, which counts itself.
        let waiting = done.iter().filter(|item| span.contains(item.day)).count() > counting.len();
        let virtual_alone = count.virtual_rule == Virtual::NotAlone
            && (have > 0 || more == 0)
            && !counting.iter().any(|item| is_real(self.activity(*item)));

        let mut missing = Vec::new();
        if more > 0 && !waiting {
            missing.push(Missing::Activities {
                kind: count.counted.kind,
                provider_type: count.counted.provider_type,
                in_person: count.counted.mode == Some(domain::Mode::InPerson),
                more,
                have,
                different_dates: count.different_dates,
            });
        }
        if virtual_alone || (more > 0 && waiting) {
            missing.push(Missing::InPerson { kind: count.counted.kind });
        }
        if through < count.through_curriculum {
            missing.push(Missing::ThroughCurriculum { more: count.through_curriculum - through });
        }
        missing
    }
}
