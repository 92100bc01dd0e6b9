//! Where a page is: institution, academic year and as-of date, and how its links keep them.

use domain::{AcademicYear, Calendar, Date, InstitutionId, date};

use crate::{fields::Fields, parts::Choice};

/// Where a page is.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub(crate) institution: InstitutionId,
    pub(crate) name: String,
    pub(crate) as_of: Date,
    pub(crate) today: Date,
    /// The page that changing the place leads to, under the institution: `benchmarks`.
    pub(crate) page: String,
    /// The page's filters, which stay as they are.
    pub(crate) filters: Fields,
    /// Institutions within reach.
    pub(crate) institutions: Vec<Choice>,
    /// Academic years to look at.
    pub(crate) years: Vec<Choice>,
}

/// How many academic years back can be chosen.
const YEARS_BACK: i16 = 7;

impl Place {
    /// The place of a page.
    pub(crate) fn new(frame: &app::Frame, page: &str) -> Self {
        let chosen = frame.year;
        let this = if frame.as_of == frame.today { chosen } else { Calendar::default().year_of(frame.today) };
        let years = this.start().min(chosen.start()).min(this.start() - YEARS_BACK)..=this.max(chosen).start();
        Self {
            institution: frame.institution.id,
            name: frame.institution.name.clone(),
            as_of: frame.as_of,
            today: frame.today,
            page: page.to_owned(),
            filters: Fields::default(),
            institutions: frame
                .reachable
                .iter()
                .map(|other| Choice::new(other.id, &other.name, other.id == frame.institution.id))
                .collect(),
            years: years
                .rev()
                .map(AcademicYear::starting)
                .map(|year| Choice::new(year, year, year == chosen))
                .collect(),
        }
    }

    pub(crate) fn as_of_long(&self) -> String {
        date::long(self.as_of)
    }

    /// "today" or "on 31 July 2026".
    pub(crate) fn when(&self) -> String {
        if self.as_of == self.today { "today".to_owned() } else { format!("on {}", date::long(self.as_of)) }
    }

    /// The address of a page of this institution on the same day. `page` may have its own parameters.
    pub(crate) fn to(&self, page: &str) -> String {
        let (page, anchor) = page.split_once('#').map_or((page, None), |(page, anchor)| (page, Some(anchor)));
        let mut address = format!("/institutions/{}", self.institution);
        if !page.is_empty() {
            address.push('/');
            address.push_str(page);
        }
        if self.as_of != self.today {
            address.push(if page.contains('?') { '&' } else { '?' });
            address.push_str(&format!("as-of={}", self.as_of));
        }
        if let Some(anchor) = anchor {
            address.push('#');
            address.push_str(anchor);
        }
        address
    }

    /// The address of this page today.
    pub(crate) fn to_today(&self) -> String {
        let path = format!("/institutions/{}/{}", self.institution, self.page);
        self.filters.with(path.trim_end_matches('/'), &[])
    }
}

/// What a change of the place asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    /// This day.
    Day(Date),
    /// This academic year: today if it lies in it, else its last day.
    Year(AcademicYear),
}

/// A date that was changed wins over a year that was changed.
pub(crate) fn change(was: Date, was_in: AcademicYear, year: Option<AcademicYear>, day: Option<Date>) -> Change {
    match (day, year) {
        (Some(day), _) if day != was => Change::Day(day),
        (_, Some(year)) if year != was_in => Change::Year(year),
        _ => Change::Day(was),
    }
}

#[cfg(test)]
pub(crate) fn sample_frame(as_of: Date, today: Date) -> app::Frame {
    let name =
        |id, name: &str| app::InstitutionName { id: InstitutionId(id), name: name.into(), kind: None, years: None };
    let calendar = Calendar::default();
    let year = calendar.year_of(as_of);
    app::Frame {
        institution: name(7, "Larkfield Academy"),
        reachable: vec![name(7, "Larkfield Academy"), name(8, "Old Mill School")],
        as_of,
        today,
        year,
        year_span: (calendar.first_day(year), calendar.last_day(year)),
        framework: app::FrameworkName {
            id: "england-schools-2025".into(),
            title: "Schools from September 2025".into(),
        },
        on_roll: 1043,
        recorded: 1200,
        may: app::Actions::of(&app::Action::ALL),
        only: None,
        viewing: None,
        own_record: None,
        is_totals_only: false,
        sees_send: true,
        sees_looked_after: true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_changed_date_wins_over_a_changed_year() {
        let (today, this) = (date(2026, 11, 23), AcademicYear::starting(2026));
        let past = AcademicYear::starting(2024);
        assert_eq!(change(today, this, Some(past), Some(today)), Change::Year(past));
        assert_eq!(change(today, this, Some(past), Some(date(2026, 9, 10))), Change::Day(date(2026, 9, 10)));
        assert_eq!(change(today, this, Some(this), None), Change::Day(today));
    }

    #[test]
    fn links_keep_the_day_unless_it_is_today() {
        let (as_of, today) = (date(2026, 7, 31), date(2026, 11, 23));
        let place = Place::new(&sample_frame(as_of, today), "");
        assert_eq!(place.to("learners?status=due"), "/institutions/7/learners?status=due&as-of=2026-07-31");
        assert_eq!(place.to("benchmarks#gb5"), "/institutions/7/benchmarks?as-of=2026-07-31#gb5");
        assert_eq!(place.years.iter().find(|year| year.chosen).map(|year| year.label.as_str()), Some("2025/26"));
        assert_eq!(Place::new(&sample_frame(today, today), "").to(""), "/institutions/7");
    }
}
