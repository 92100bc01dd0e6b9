use domain::{KeyStage, YearGroup};

use super::{Case, Item, Span};
use crate::{
    Virtual,
    day::{ALWAYS, Day},
    plan::{CountTest, Test, is_real, type_bit},
};

impl<'a> Case<'a> {
    /// Whether the condition holds with these items as they stood at the end of day `by`.
    pub(crate) fn holds(&self, span: Span, items: &[Item], by: Day) -> bool {
        let items = &items[..items.partition_point(|item| item.day <= by)];
        match &self.rule.test {
            Test::Count(count) => self.count_holds(&count.with_count(self.adapted_count()), span, items),
            Test::Types { at_least, virtual_rule, .. } => {
                let within = items.iter().filter(|item| span.contains(item.day)).map(|item| self.activity(*item));
                let (types, real) = within.fold((0, false), |(types, real), activity| {
                    (types | activity.provider_type.map_or(0, type_bit), real || is_real(activity))
                });
                types.count_ones() >= self.adapted_count().unwrap_or(*at_least)
                    && (*virtual_rule == Virtual::Counts || real)
            }
            Test::Occasions => two_occasions_differ(self, span, items),
            Test::Hours { at_least, .. } => {
                let hours: i128 = items
                    .iter()
                    .filter(|item| span.contains(item.day))
                    .map(|item| i128::from(self.activity(*item).hours))
                    .sum();
                hours >= i128::from(self.adapted_count().unwrap_or(*at_least)) * 1_000_000_000
            }
            Test::Subjects(asked) => {
                let linked = |subject: u32| {
                    items.iter().any(|item| span.contains(item.day) && self.activity(*item).subject == Some(subject))
                };
                match asked {
                    None => self.subject_list().iter().all(|subject| linked(*subject)),
                    Some(asked) => asked.iter().all(|asked| asked.number.is_some_and(linked)),
                }
            }
            Test::EveryYear(count) => self.years_asked().all(|year| self.count_holds(count, year, items)),
            Test::Review => {
                self.facts.reviews_of(self.learner).iter().any(|(_, day)| span.contains(*day) && *day <= by)
            }
        }
    }

    /// The academic years that a requirement on every year asks about, earliest first.
    pub(crate) fn years_asked(&self) -> impl Iterator<Item = Span> + use<'a> {
        let years = &self.facts.years;
        (self.first_year_asked()..=self.plan.year)
            .map(|year| Span { opens: years.first_day(year), closes: years.last_day(year) })
    }

    /// Whether a past year that is asked about went by without what each year asks.
    pub(super) fn past_year_missed(&self, done: &[Item]) -> bool {
        let Test::EveryYear(count) = &self.rule.test else { return false };
        self.years_asked().any(|year| year.closes < self.plan.as_of && !self.count_holds(count, year, done))
    }

    fn count_holds(&self, count: &CountTest, span: Span, items: &[Item]) -> bool {
        let (mut number, mut through, mut real, mut last) = (0, 0, false, None);
        for item in self.counting(count, span, items) {
            if !(count.different_dates && last == Some(item.day)) {
                number += 1;
            }
            last = Some(item.day);
            through += u32::from(self.activity(item).through_curriculum);
            real |= is_real(self.activity(item));
        }
        number >= count.at_least
            && through >= count.through_curriculum
            && (count.virtual_rule != Virtual::NotAlone || real)
    }

    /// Those items that count in the window: all of them, unless virtual ones need company.
    fn counting(&self, count: &CountTest, span: Span, items: &[Item]) -> Vec<Item> {
        let within = items.iter().copied().filter(|item| span.contains(item.day));
        if count.virtual_rule != Virtual::WithinKeyStage {
            return within.collect();
        }
        within.filter(|item| is_real(self.activity(*item)) || self.has_company(count, items, *item)).collect()
    }

    /// Whether one of the items in person stands in the virtual one's key stage; post-16, in the programme.
    fn has_company(&self, count: &CountTest, items: &[Item], item: Item) -> bool {
        let mut real = items.iter().filter(|other| is_real(self.activity(**other)));
        if count.within_programme {
            let programme = self.programme();
            return real.any(|other| programme.contains(other.day));
        }
        let stage = self.key_stage(item.day);
        stage.is_some() && real.any(|other| self.key_stage(other.day) == stage)
    }

    /// The key stage that the learner is in on a day.
    fn key_stage(&self, day: Day) -> Option<KeyStage> {
        let group = self.trajectory().year_group(self.facts.years.year_of(day))?;
        i8::try_from(group).ok().and_then(|group| YearGroup::new(group).key_stage())
    }

    /// The items in the window that count as they stood at the end of day `by`.
    pub(crate) fn evidence(&self, span: Span, items: &[Item], by: Day) -> Vec<Item> {
        let items = &items[..items.partition_point(|item| item.day <= by)];
        match &self.rule.test {
            Test::Count(count) | Test::EveryYear(count) => self.counting(count, span, items),
            _ => items.iter().copied().filter(|item| span.contains(item.day)).collect(),
        }
    }

    /// The earliest day by which what is done meets the condition. Asked only of a case that is met; `None` if it is met by
    /// nothing at all.
    pub(crate) fn met_on(&self, span: Span, done: &[Item]) -> Option<Day> {
        if matches!(self.rule.test, Test::Review) {
            return self.facts.reviews_of(self.learner).iter().map(|(_, day)| *day).find(|day| span.contains(*day));
        }
        if self.holds(span, done, ALWAYS) {
            return None;
        }
        // More evidence never makes it hold less, so the first day can be found by halving.
        let position = done.partition_point(|item| !self.holds(span, done, item.day));
        done.get(position).map(|item| item.day)
    }
}

/// Whether there are two days in the window whose sets of providers are not equal.
fn two_occasions_differ(case: &Case<'_>, span: Span, items: &[Item]) -> bool {
    let within: Vec<Item> = items.iter().copied().filter(|item| span.contains(item.day)).collect();
    let mut occasions = within.chunk_by(|a, b| a.day == b.day).map(|day| {
        let mut providers: Vec<u32> = day.iter().map(|item| case.activity(*item).organisation).collect();
        providers.sort_unstable();
        providers.dedup();
        providers
    });
    // If any two differ, then one of them differs from the first.
    occasions.next().is_some_and(|first| occasions.any(|other| other != first))
}
