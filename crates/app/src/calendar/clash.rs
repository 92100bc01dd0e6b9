use domain::{ActivityId, Date, Kind, YearGroup, YearGroups};

use super::{CalendarEntry, CalendarThing};

/// What does not go together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// On which day.
    pub on: Date,
    /// The activity.
    pub activity: ActivityId,
    /// Its title.
    pub title: String,
    /// What it clashes with.
    pub with: ClashKind,
}

/// With what an activity clashes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClashKind {
    /// Another activity for the same year groups.
    Activity {
        /// The other.
        other: ActivityId,
        /// Its title.
        title: String,
        /// For whom both are.
        year_groups: YearGroups,
        /// Whether their times overlap; false: a time is not known, and they are on the same day.
        same_time: bool,
    },
    /// A holiday or a day for staff only.
    Away {
        /// What that day is called.
        title: String,
    },
}

/// Clashes from a day on, by day; of one year group if given. Nothing is said of what is cancelled.
pub(super) fn clashes(entries: &[CalendarEntry], from: Date, year: Option<YearGroup>) -> Vec<Clash> {
    let live: Vec<_> = entries
        .iter()
        .filter(|entry| !entry.is_cancelled && entry.until >= from)
        .filter(|entry| year.is_none_or(|year| entry.concerns(year)))
        .collect();
    let activities = || live.iter().filter_map(|entry| Some((entry, activity(entry)?)));
    let away: Vec<_> =
        live.iter().filter(|entry| matches!(entry.what, CalendarThing::Own { sort, .. } if sort.is_away())).collect();
    let mut clashes = Vec::new();
    for (at, (entry, id)) in activities().enumerate() {
        for day in &away {
            if day.on <= entry.until && entry.on <= day.until && concern_both(entry, day) {
                let with = ClashKind::Away { title: day.title.clone() };
                clashes.push(Clash { on: entry.on.max(day.on), activity: id, title: entry.title.clone(), with });
            }
        }
        // By day: whatever begins after this one has ended cannot clash with it.
        for (other, other_id) in activities().skip(at + 1).take_while(|(other, _)| other.on <= entry.until) {
            let both: YearGroups = entry.year_groups.iter().filter(|year| other.year_groups.contains(*year)).collect();
            let both: YearGroups = both.iter().filter(|one| year.is_none_or(|year| *one == year)).collect();
            if id == other_id || both.is_empty() {
                continue;
            }
            let Some(same_time) = overlap(entry, other) else { continue };
            let with =
                ClashKind::Activity { other: other_id, title: other.title.clone(), year_groups: both, same_time };
            clashes.push(Clash { on: entry.on.max(other.on), activity: id, title: entry.title.clone(), with });
        }
    }
    clashes.sort_by_key(|clash| clash.on);
    clashes
}

fn activity(entry: &CalendarEntry) -> Option<ActivityId> {
    match entry.what {
        CalendarThing::Activity { id, .. } => Some(id),
        _ => None,
    }
}

/// Whether a free day is one for those whom the activity is for.
fn concern_both(entry: &CalendarEntry, day: &CalendarEntry) -> bool {
    day.year_groups.is_empty()
        || entry.year_groups.is_empty()
        || entry.year_groups.iter().any(|year| day.year_groups.contains(year))
}

/// Whether two lines that share a day overlap: yes, possibly (a time is not known, and both are for everybody), or no. Lessons
/// without a time are as many as a timetable has, and not named.
fn overlap(one: &CalendarEntry, other: &CalendarEntry) -> Option<bool> {
    match (&one.starts_at, &one.ends_at, &other.starts_at, &other.ends_at) {
        (Some(from), Some(to), Some(other_from), Some(other_to)) => {
            (from < other_to && other_from < to).then_some(true)
        }
        (Some(from), _, Some(other_from), _) if from == other_from => Some(true),
        _ => [one, other].iter().all(|entry| entry.is_for_all && !is_lesson(entry)).then_some(false),
    }
}

fn is_lesson(entry: &CalendarEntry) -> bool {
    matches!(entry.what, CalendarThing::Activity { kind: Kind::Curriculum, .. })
}
