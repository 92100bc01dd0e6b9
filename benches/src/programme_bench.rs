//! What people wait for in the programme: a register of a year group, saving it, the year planner and a feed of it.

use app::{ActivityForm, Actor, CalendarDateForm, CalendarFilter, Mark, View};
use domain::ParticipationStatus::{Absent, Attended};

use crate::{
    app_bench::open,
    generator::{AS_OF, records},
    meter::{measure, measure_often, median, say},
};

/// A whole year group, and somewhat more than that.
const LEARNERS: usize = 240;

pub(crate) fn run() -> Result<(), String> {
    measured().map_err(|error| error.to_string())
}

fn measured() -> Result<(), Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let operator = Actor::operator();
    let app = open(folder.path(), "programme.db")?;
    let institution = app.import_folder(&operator, None, "school", &records(0))?.institution;
    let view = View { institution, as_of: None };
    for (title, from, to) in [("Half term", "2026-10-26", "2026-10-30"), ("Christmas", "2026-12-21", "2027-01-01")] {
        let form = CalendarDateForm {
            title: title.to_owned(),
            starts_on: from.to_owned(),
            ends_on: to.to_owned(),
            sort: "holiday".to_owned(),
            ..CalendarDateForm::default()
        };
        app.add_calendar_date(&operator, institution, &form)?;
    }
    let form = ActivityForm {
        title: "Careers fair".to_owned(),
        date: AS_OF.to_string(),
        kind: "employer-encounter".to_owned(),
        mode: "in-person".to_owned(),
        ..ActivityForm::default()
    };
    let activity = app.add_activity(&operator, institution, &form)?;
    let mut learners = Vec::new();
    let mut filter = app::LearnerFilter::default();
    while learners.len() < LEARNERS {
        let page = app.learners(&operator, view, &filter)?;
        learners.extend(page.learners.iter().map(|learner| learner.id));
        filter.after = page.next;
        if filter.after.is_none() {
            break;
        }
    }
    learners.truncate(LEARNERS);
    let marks = |status| learners.iter().map(|learner| Mark::new(*learner, Some(status))).collect::<Vec<_>>();
    app.mark(&operator, institution, activity, &marks(Attended))?;
    app.register(&operator, view, activity)?;
    say("register of 240 learners", measure_often(100, || app.register(&operator, view, activity).map(drop)));
    let mut saved = Vec::new();
    for turn in 0..15 {
        let marks = marks(if turn % 2 == 0 { Absent } else { Attended });
        let (done, taken) = measure(|| app.mark(&operator, institution, activity, &marks));
        done?;
        saved.push(taken);
    }
    say("register of 240 learners saved", median(saved));
    let whole = CalendarFilter::default();
    let lines = app.calendar(&operator, view, whole)?.entries.len();
    println!("{:<44} {lines:>9} lines", "year planner");
    say("year planner", measure_often(100, || app.calendar(&operator, view, whole).map(drop)));
    let year = CalendarFilter { year_group: Some(domain::YearGroup::new(9)), show: None };
    say("year planner of Year 9", measure_often(100, || app.calendar(&operator, view, year).map(drop)));
    let feed = app.make_feed(&operator, institution, "all", "")?;
    let token = feed.token.reveal();
    say("calendar feed, three years", measure_often(20, || app.calendar_feed(institution, token).map(drop)));
    Ok(())
}
