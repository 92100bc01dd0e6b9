use crate::{
    calendar::Years,
    day::{ALWAYS, Day, NEVER, civil},
};

/// Which year group a learner is in, for every academic year: recorded years as they are, the others counted linearly from
/// the nearest recorded one, of two equally near from the earlier.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Trajectory {
    /// Recorded years in order: the academic year, and the year group.
    records: Vec<(i32, i32)>,
}

/// A stretch of academic years that are counted from one record; the year group rises by one each year in it.
struct Stretch {
    from: i32,
    until: i32,
    /// Year group less academic year, the same throughout.
    ahead: i32,
}

/// Far beyond every academic year, and small enough to be added to.
const FAR: i32 = 1_000_000;

impl Trajectory {
    /// From recorded years in any order; of two records for one year the first counts.
    pub(crate) fn new(mut records: Vec<(i32, i32)>) -> Self {
        records.sort_by_key(|(year, _)| *year);
        records.dedup_by_key(|(year, _)| *year);
        Self { records }
    }

    /// The year group in an academic year; `None` only if no year at all is recorded.
    pub(crate) fn year_group(&self, year: i32) -> Option<i32> {
        self.stretches().find(|stretch| year <= stretch.until).map(|stretch| year + stretch.ahead)
    }

    /// The first academic year in this or a later year group.
    pub(crate) fn first_year_in_or_above(&self, year_group: i32) -> Option<i32> {
        self.stretches().find_map(|stretch| {
            let year = (year_group - stretch.ahead).max(stretch.from);
            (year <= stretch.until).then_some(year)
        })
    }

    /// The last academic year in this or an earlier year group.
    pub(crate) fn last_year_in_or_below(&self, year_group: i32) -> Option<i32> {
        self.stretches().rev().find_map(|stretch| {
            let year = (year_group - stretch.ahead).min(stretch.until);
            (year >= stretch.from).then_some(year)
        })
    }

    /// The first day on which the learner is in this or a later year group.
    pub(crate) fn opens(&self, years: &Years, year_group: i32) -> Day {
        self.first_year_in_or_above(year_group).map_or(NEVER, |year| years.first_day(year))
    }

    /// The last last-day-of-a-year on which the learner is in this or an earlier year group.
    pub(crate) fn closes_at_end_of_year(&self, years: &Years, year_group: i32) -> Day {
        self.last_year_in_or_below(year_group).map_or(ALWAYS, |year| years.last_day(year))
    }

    /// The last 28 February on which the learner is in this or an earlier year group.
    pub(crate) fn closes_in_february(&self, years: &Years, year_group: i32) -> Day {
        let Some(last) = self.last_year_in_or_below(year_group) else { return ALWAYS };
        // The 28 February of an academic year is the next calendar year's, unless that year opened before it.
        let mut calendar_year = last + 1;
        loop {
            let closes = civil(calendar_year, 2, 28);
            if self.year_group(years.year_of(closes)).is_some_and(|in_group| in_group <= year_group) {
                return closes;
            }
            calendar_year -= 1;
        }
    }

    fn stretches(&self) -> impl DoubleEndedIterator<Item = Stretch> + '_ {
        self.records.iter().enumerate().map(|(index, (year, year_group))| Stretch {
            from: if index == 0 { -FAR } else { middle(self.records[index - 1].0, *year) + 1 },
            until: self.records.get(index + 1).map_or(FAR, |(next, _)| middle(*year, *next)),
            ahead: year_group - year,
        })
    }
}

/// The last academic year that is nearer to `earlier`, or equally near.
fn middle(earlier: i32, later: i32) -> i32 {
    (earlier + later).div_euclid(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_between_records_are_counted_from_the_nearest_of_equals_from_the_earlier() {
        let trajectory = Trajectory::new(vec![(2024, 9), (2026, 10)]);
        let groups: Vec<_> = (2022..2029).map(|year| trajectory.year_group(year).unwrap()).collect();
        assert_eq!(groups, [7, 8, 9, 10, 10, 11, 12]);
        assert_eq!(trajectory.first_year_in_or_above(10), Some(2025));
        assert_eq!(trajectory.last_year_in_or_below(10), Some(2026));
    }

    #[test]
    fn a_skipped_year_opens_with_the_next_one() {
        let trajectory = Trajectory::new(vec![(2024, 9), (2025, 11)]);
        assert_eq!(trajectory.first_year_in_or_above(10), Some(2025));
        assert_eq!(trajectory.last_year_in_or_below(10), Some(2024));
    }

    #[test]
    fn going_back_a_year_opens_at_the_first_time_and_closes_at_the_last() {
        let trajectory = Trajectory::new(vec![(2023, 9), (2024, 10), (2025, 9), (2026, 10)]);
        let years = Years::default();
        assert_eq!(trajectory.opens(&years, 10), civil(2024, 9, 1));
        assert_eq!(trajectory.closes_in_february(&years, 9), civil(2026, 2, 28));
        assert_eq!(trajectory.closes_at_end_of_year(&years, 9), civil(2026, 8, 31));
    }

    #[test]
    fn without_any_record_no_window_is_open() {
        let trajectory = Trajectory::new(Vec::new());
        assert_eq!(trajectory.year_group(2026), None);
        assert_eq!(trajectory.opens(&Years::default(), 7), NEVER);
        assert_eq!(trajectory.closes_in_february(&Years::default(), 9), ALWAYS);
    }
}
