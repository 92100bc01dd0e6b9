//! One learner's way through the years as a picture.

use app::TimelineEntry;
use domain::{AcademicYear, Calendar, Date, Kind, ParticipationStatus, YearGroup, date};

use crate::{
    parts::{Path, PathYear, Waypoint, WaypointKind},
    words,
};

/// Points closer together than this, in per cent of the picture, are put one above the other.
const CLOSE: f64 = 2.2;

/// The way from the first year with anything in it to the academic year of the as-of date.
pub(super) fn path(timeline: &[TimelineEntry], year_group: Option<YearGroup>, year: AcademicYear, as_of: Date) -> Path {
    let calendar = Calendar::default();
    let first =
        timeline.iter().map(|entry| calendar.year_of(entry.activity.date)).min().map_or(year, |first| first.min(year));
    let begin = calendar.first_day(first);
    let span = f64::from(date::days_between(begin, calendar.last_day(year)).max(1));
    let at = |day: Date| (f64::from(date::days_between(begin, day)) / span * 100.0).clamp(0.0, 100.0);
    let years = (first.start()..=year.start()).map(AcademicYear::starting).map(|each| {
        let (from, to) = (at(calendar.first_day(each)), at(calendar.last_day(each)));
        let label = year_group.map_or(String::new(), |now| format!("Y{}", now.plus(each.start() - year.start())));
        PathYear { label, academic_year: each.to_string(), from, middle: f64::midpoint(from, to) }
    });
    let mut points: Vec<Waypoint> = timeline.iter().rev().filter_map(|entry| point(entry, at)).collect();
    stack(&mut points);
    let counted = points.iter().filter(|point| point.kind == WaypointKind::Counted).count();
    let years: Vec<_> = years.collect();
    let description = format!(
        "{} with {}, of which {} for something that is asked. The list below has each of them.",
        words::count_capital(years.len(), "year", "years"),
        words::count(points.len(), "waymark", "waymarks"),
        words::count(counted, "counts", "count")
    );
    Path { years, points, walked: at(as_of), description }
}

/// Those who were absent or excused have no waymark there.
fn point(entry: &TimelineEntry, at: impl Fn(Date) -> f64) -> Option<Waypoint> {
    let kind = match entry.status {
        ParticipationStatus::Absent | ParticipationStatus::Excused => return None,
        _ if entry.is_ahead && !is_encounter(entry.activity.kind) => return None,
        _ if entry.is_ahead => WaypointKind::Planned,
        ParticipationStatus::Invited => return None,
        ParticipationStatus::Attended if entry.counts_for.is_empty() => {
            if !is_encounter(entry.activity.kind) {
                return None;
            }
            WaypointKind::NotCounted
        }
        ParticipationStatus::Attended => WaypointKind::Counted,
    };
    Some(Waypoint {
        at: at(entry.activity.date),
        level: 0,
        kind,
        href: format!("#activity-{}", entry.id),
        label: format!("{}, {}", entry.activity.title, date::long(entry.activity.date)),
    })
}

/// Lessons and assemblies that count for nothing would hide the way; the list below has them.
fn is_encounter(kind: Kind) -> bool {
    !matches!(kind, Kind::Curriculum | Kind::LabourMarket | Kind::Programme)
}

/// Raises points that would cover one another. They come in order of date.
fn stack(points: &mut [Waypoint]) {
    for index in 1..points.len() {
        let taken: Vec<u8> = points[..index]
            .iter()
            .rev()
            .take_while(|other| points[index].at - other.at < CLOSE)
            .map(|other| other.level)
            .collect();
        points[index].level = (0..).find(|level| !taken.contains(level)).unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_close_together_stand_one_above_the_other() {
        let point =
            |at: f64| Waypoint { at, level: 0, kind: WaypointKind::Counted, href: String::new(), label: String::new() };
        let mut points = vec![point(10.0), point(10.5), point(11.0), point(40.0)];
        stack(&mut points);
        assert_eq!(points.iter().map(|point| point.level).collect::<Vec<_>>(), [0, 1, 2, 0]);
    }
}
