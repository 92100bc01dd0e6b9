//! An institution's academic years in day numbers. Unlike [`domain::Calendar`] it answers for years beyond the range of
//! dates, so that no as-of date can make an evaluation fail.

use crate::day::{Day, calendar_year, civil, day};

/// When an institution's academic years begin. A year is named by the calendar year in which it starts.
#[derive(Debug, Clone, Default)]
pub(crate) struct Years {
    /// Years that do not begin on 1 September, in order.
    first_days: Vec<(i32, Day)>,
}

impl Years {
    pub(crate) fn new(calendar: &domain::Calendar) -> Self {
        Self {
            first_days: calendar
                .first_days()
                .iter()
                .map(|(year, date)| (i32::from(year.start()), day(*date)))
                .collect(),
        }
    }

    /// The first day of an academic year.
    pub(crate) fn first_day(&self, year: i32) -> Day {
        match self.first_days.binary_search_by_key(&year, |(year, _)| *year) {
            Ok(position) => self.first_days[position].1,
            Err(_) => civil(year, 9, 1),
        }
    }

    /// The last day of an academic year: the day before the next one begins.
    pub(crate) fn last_day(&self, year: i32) -> Day {
        self.first_day(year + 1) - 1
    }

    /// The academic year that a day lies in.
    pub(crate) fn year_of(&self, day: Day) -> i32 {
        let year = calendar_year(day);
        if day >= self.first_day(year) { year } else { year - 1 }
    }
}
