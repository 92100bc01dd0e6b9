//! What the year planner says of a month so that twelve fit on a sheet.

use app::{CalendarEntry, CalendarThing};
use domain::{Kind, YearGroup};

/// How many lines a month has.
const LINES: usize = 16;

/// A month in few lines.
pub(super) struct Condensed {
    /// By day.
    pub(super) entries: Vec<CalendarEntry>,
    /// Lessons of the curriculum.
    pub(super) lessons: usize,
    /// Days with guidance meetings, and how many there are, if that is known.
    pub(super) meetings: (usize, Option<u32>),
    /// Responsibilities that are due.
    pub(super) duties: usize,
    /// What else there is.
    pub(super) more: usize,
}

/// Lessons, guidance meetings and responsibilities are counted, and what happens for several year groups on one day is one line. If that is still
/// too much, what is for learners who were chosen is counted as well.
pub(super) fn condensed<'e>(entries: impl Iterator<Item = &'e CalendarEntry>) -> Condensed {
    let mut condensed = Condensed { entries: Vec::new(), lessons: 0, meetings: (0, Some(0)), duties: 0, more: 0 };
    for entry in entries {
        match &entry.what {
            CalendarThing::Activity { kind: Kind::Curriculum, .. } => {
                condensed.lessons += usize::from(!entry.is_cancelled)
            }
            CalendarThing::Guidance { count } => {
                let (days, known) = condensed.meetings;
                condensed.meetings = (days + 1, known.zip(*count).map(|(all, these)| all + these));
            }
            CalendarThing::Duty { .. } => condensed.duties += 1,
            _ => match condensed.entries.iter_mut().rev().find(|other| are_one(other, entry)) {
                Some(other) => {
                    other.title = stem(&entry.title);
                    other.year_groups = other.year_groups.iter().chain(entry.year_groups.iter()).collect();
                    other.is_for_all |= entry.is_for_all;
                }
                None => condensed.entries.push(entry.clone()),
            },
        }
    }
    if condensed.entries.len() > LINES {
        let chosen = |entry: &CalendarEntry| matches!(entry.what, CalendarThing::Activity { .. }) && !entry.is_for_all;
        let mut order: Vec<usize> = (0..condensed.entries.len()).collect();
        order.sort_by_key(|at| chosen(&condensed.entries[*at]));
        condensed.more = order.len() - LINES;
        let left_out = &order[LINES..];
        let mut at = 0;
        condensed.entries.retain(|_| {
            at += 1;
            !left_out.contains(&(at - 1))
        });
    }
    condensed
}

/// Whether two lines tell the same occasion for different year groups.
fn are_one(one: &CalendarEntry, other: &CalendarEntry) -> bool {
    let kind = |entry: &CalendarEntry| match entry.what {
        CalendarThing::Activity { kind, session: None, .. } => Some(kind),
        _ => None,
    };
    (one.on, one.until, one.is_draft, one.is_cancelled, &one.place)
        == (other.on, other.until, other.is_draft, other.is_cancelled, &other.place)
        && kind(one).is_some()
        && kind(one) == kind(other)
        && stem(&one.title) == stem(&other.title)
}

/// The title without the year group that it ends with: "Assembly, Year 9" is "Assembly".
fn stem(title: &str) -> String {
    let Some((start, end)) = title.rsplit_once(' ') else { return title.to_owned() };
    let is_year = end.parse::<YearGroup>().is_ok();
    match start.to_lowercase().strip_suffix("year") {
        Some(rest) if is_year && !rest.trim().is_empty() => {
            let kept = start.get(..rest.len()).unwrap_or(start);
            kept.trim_end_matches([' ', ',', ':', '-', '–']).to_owned()
        }
        _ => title.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_group_at_the_end_of_a_title_is_no_part_of_what_it_is() {
        assert_eq!(stem("Assembly: your year in careers, year 10"), "Assembly: your year in careers");
        assert_eq!(stem("Careers fair Year 9"), "Careers fair");
        assert_eq!(stem("Year 9"), "Year 9");
        assert_eq!(stem("Visit to Ashdown College"), "Visit to Ashdown College");
    }
}
