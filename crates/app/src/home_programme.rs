use domain::{ActivityId, ActivityIndex, Date, Kind, date::days_between};

use crate::{Action, activity::is_shown, activity_task::unmarked, frame::Scene};

/// How many of each the home page names.
const NAMED: usize = 5;
/// How far ahead it looks, in days.
const AHEAD: i32 = 14;

/// What the programme asks for on the home page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HomeProgramme {
    /// How many activities of this academic year have passed without a mark in their register.
    pub unmarked: u32,
    /// The earliest of these.
    pub to_mark: Vec<HomeActivity>,
    /// Activities of the next fortnight, soonest first.
    pub ahead: Vec<HomeActivity>,
}

/// An activity by name and day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HomeActivity {
    /// Its id.
    pub id: ActivityId,
    /// What it is called.
    pub title: String,
    /// Its day.
    pub date: Date,
    /// What it is.
    pub kind: Kind,
}

/// What the programme asks for on the as-of date, as far as the reader marks registers and sees activities.
pub(crate) fn of(scene: &Scene<'_>) -> HomeProgramme {
    let records = &scene.held.records;
    let (first, _) = scene.frame.year_span;
    let as_of = scene.frame.as_of;
    let unmarked = unmarked(scene);
    let ours = (0..records.activities.len() as u32).map(ActivityIndex).filter(|index| {
        let activity = records.activity(*index);
        activity.state.counts()
            && activity.source.is_none()
            && first <= activity.date
            && days_between(as_of, activity.date) <= AHEAD
            && scene.held.whole_of(scene.held.activity_id(*index)).is_none()
    });
    let (mut to_mark, mut ahead) = (Vec::new(), Vec::new());
    for index in ours {
        let activity = records.activity(index);
        if activity.date > as_of {
            ahead.push(index);
        } else if activity.date < as_of && unmarked[index.0 as usize] && scene.frame.may.has(Action::MarkRegisters) {
            to_mark.push(index);
        }
    }
    let by_day = |indexes: &mut Vec<ActivityIndex>| {
        indexes.retain(|index| is_shown(scene, *index));
        indexes.sort_by_key(|index| (records.activity(*index).date, *index));
    };
    by_day(&mut to_mark);
    by_day(&mut ahead);
    let named = |indexes: Vec<ActivityIndex>| -> Vec<HomeActivity> {
        let each = indexes.into_iter().take(NAMED).map(|index| {
            let activity = records.activity(index);
            HomeActivity {
                id: scene.held.activity_id(index),
                title: activity.title.clone(),
                date: activity.date,
                kind: activity.kind,
            }
        });
        each.collect()
    };
    HomeProgramme { unmarked: to_mark.len() as u32, to_mark: named(to_mark), ahead: named(ahead) }
}
