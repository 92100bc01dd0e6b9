//! The calendar of a year, its own dates, and feeds of it.

use app::{
    CalendarDateForm, CalendarFilter, CalendarShow, Error, ListFormat, Refusal, Role, View,
    import::{ImportKind, Upload},
};
use domain::{ActivityState, Kind, YearGroup};
use jiff::civil::date;

use crate::harness::{School, World, employer_encounter, on_both_engines, year_nine};

fn form(title: &str, from: &str, to: &str, sort: &str) -> CalendarDateForm {
    CalendarDateForm {
        title: title.into(),
        starts_on: from.into(),
        ends_on: to.into(),
        sort: sort.into(),
        ..CalendarDateForm::default()
    }
}

fn titles(school: &School<'_>, filter: CalendarFilter) -> Vec<String> {
    let page = school.app.calendar(&school.leader, school.today(), filter).unwrap();
    page.entries.into_iter().map(|entry| entry.title).collect()
}

on_both_engines! {
    fn the_year_shows_activities_national_dates_and_ones_own(world: &World) {
        let mut records = year_nine(1);
        let draft = domain::Activity { state: ActivityState::Draft, ..employer_encounter("ACT-2", date(2026, 12, 1)) };
        let guidance = domain::Activity {
            kind: Kind::GuidanceMeeting,
            title: "Meeting with Test1".into(),
            year_groups: domain::YearGroups::default(),
            ..employer_encounter("ACT-3", date(2026, 12, 2))
        };
        records.activities.extend([draft, guidance, employer_encounter("ACT-4", date(2027, 9, 1))]);
        let school = world.school(&records);
        let app = school.app;
        app.add_calendar_date(&school.leader, school.id, &form("Half term", "2026-10-26", "2026-10-30", "holiday")).unwrap();
        let all = titles(&school, CalendarFilter::default());
        for title in ["Meet an engineer", "Half term", "Autumn school census", "Guidance meeting"] {
            assert!(all.iter().any(|found| found == title), "{title} in {all:?}");
        }
        assert!(!all.iter().any(|title| title.contains("Test1")), "{all:?}");
        let drafts = |actor: &app::Actor| {
            let page = app.calendar(actor, school.today(), CalendarFilter::default()).unwrap();
            page.entries.iter().filter(|entry| entry.is_draft).count()
        };
        assert_eq!((drafts(&school.leader), drafts(&school.viewer)), (1, 0));
        // Terms and holidays stay in view, whatever else is asked for.
        let only = CalendarFilter { year_group: Some(YearGroup::new(9)), show: Some(CalendarShow::Kind(Kind::Programme)) };
        assert_eq!(titles(&school, only), ["Half term"]);
        let other = CalendarFilter { year_group: Some(YearGroup::new(7)), show: Some(CalendarShow::Activities) };
        assert_eq!(titles(&school, other), ["Half term", "Guidance meeting"]);
    }

    fn a_national_date_is_changed_left_out_and_put_back(world: &World) {
        let school = world.school(&year_nine(1));
        let app = school.app;
        let key = "2026-autumn-school-census";
        let has = |title: &str| titles(&school, CalendarFilter::default()).iter().any(|found| found == title);
        let hidden = app.hide_national_date(&school.leader, school.id, key).unwrap();
        assert!(!has("Autumn school census"));
        let again = app.amend_national_date(&school.leader, school.id, key, &form("Census", "2026-10-02", "", "")).unwrap();
        assert!(has("Census"));
        let late = app.undo_calendar_date(&school.leader, school.id, hidden);
        assert!(matches!(late, Err(Error::Refusal(Refusal::Conflict(_)))), "{late:?}");
        app.undo_calendar_date(&school.leader, school.id, again).unwrap();
        assert!(!has("Census") && !has("Autumn school census"));
        app.show_national_date(&school.leader, school.id, key).unwrap();
        assert!(has("Autumn school census"));
        let unknown = app.hide_national_date(&school.leader, school.id, "2026-no-such-day");
        assert!(matches!(unknown, Err(Error::Refusal(Refusal::NotFound))), "{unknown:?}");
    }

    fn what_is_wrong_with_a_date_is_said_at_its_field(world: &World) {
        let school = world.school(&year_nine(1));
        let problem = |form: &CalendarDateForm| match school.app.add_calendar_date(&school.leader, school.id, form) {
            Err(Error::Problems(problems)) => problems.into_iter().map(|problem| problem.field).collect::<Vec<_>>(),
            other => panic!("{other:?}"),
        };
        assert_eq!(problem(&form("", "31/02/2027", "", "party")), ["title", "starts_on", "sort"]);
        assert_eq!(problem(&form("Half term", "2026-10-30", "2026-10-26", "holiday")), ["ends_on"]);
        assert_eq!(problem(&form("Summer", "2027-07-22", "2027-09-02", "holiday")), ["ends_on"]);
        let late = CalendarDateForm { time: "25:00".into(), ..form("UCAS", "2027-01-13", "", "deadline") };
        assert_eq!(problem(&late), ["time"]);
    }

    fn activities_that_clash_are_pointed_out(world: &World) {
        let mut records = year_nine(1);
        let other = domain::Activity { title: "Assembly".into(), ..employer_encounter("ACT-2", date(2026, 12, 1)) };
        let away = domain::Activity { title: "Visit".into(), ..employer_encounter("ACT-3", date(2026, 12, 21)) };
        records.activities.extend([employer_encounter("ACT-1b", date(2026, 12, 1)), other, away]);
        let school = world.school(&records);
        let holiday = form("Christmas holiday", "2026-12-21", "2027-01-01", "holiday");
        school.app.add_calendar_date(&school.leader, school.id, &holiday).unwrap();
        let page = school.app.calendar(&school.leader, school.today(), CalendarFilter::default()).unwrap();
        let told: Vec<_> = page.clashes.iter().map(|clash| (clash.on, clash.title.as_str())).collect();
        assert_eq!(told, [(date(2026, 12, 1), "Assembly"), (date(2026, 12, 21), "Visit")]);
        // What is past is nobody's worry any more.
        let view = View { as_of: Some(date(2026, 12, 22)), ..school.today() };
        let page = school.app.calendar(&school.leader, view, CalendarFilter::default()).unwrap();
        assert_eq!(page.clashes.len(), 0);
    }

    fn a_feed_names_nobody_keeps_what_was_cancelled_and_ends(world: &World) {
        let mut records = year_nine(1);
        let guidance = domain::Activity {
            kind: Kind::GuidanceMeeting,
            title: "Meeting with Test1 Learner".into(),
            year_groups: domain::YearGroups::default(),
            ..employer_encounter("ACT-3", date(2026, 12, 2))
        };
        let ten = domain::Activity {
            title: "Year 10 talk".into(),
            year_groups: [YearGroup::new(10)].into_iter().collect(),
            ..employer_encounter("ACT-4", date(2026, 12, 3))
        };
        let draft = domain::Activity {
            title: "Only a thought".into(),
            state: ActivityState::Draft,
            ..employer_encounter("ACT-5", date(2026, 12, 4))
        };
        records.activities.extend([guidance, ten, draft]);
        let school = world.school(&records);
        let app = school.app;
        let make = |about: &str| app.make_feed(&school.leader, school.id, about, "My phone").unwrap();
        let (all, nine, own) = (make("all"), make("year:9"), make("own"));
        let text = |feed: &app::NewFeed| app.calendar_feed(school.id, feed.token.reveal()).unwrap();
        let first = text(&all);
        assert!(first.text.contains("SUMMARY:Meet an engineer") && !first.text.contains("Guidance meeting"));
        assert!(!first.text.contains("Test1") && !first.text.contains("Learner"), "{}", first.text);
        assert_eq!(first, text(&all), "nothing changed, and nothing differs");
        assert!(!text(&nine).text.contains("Year 10 talk") && text(&nine).text.contains("Meet an engineer"));
        assert_eq!(text(&own).text.matches("BEGIN:VEVENT").count(), 0);
        let rows = app.activities(&school.leader, school.today(), &Default::default()).unwrap().activities;
        let talk = rows.iter().find(|row| row.activity.title == "Meet an engineer").unwrap().id;
        let uid = format!("activity-{talk}.institution-{}@calendar.waymark", school.id).replace(':', "");
        app.delete_activity(&school.leader, school.id, talk).unwrap();
        let draft = rows.iter().find(|row| row.activity.title == "Only a thought").unwrap().id;
        app.delete_activity(&school.leader, school.id, draft).unwrap();
        let after = text(&all);
        let unfolded = after.text.replace("\r\n ", "");
        let event = unfolded.split("BEGIN:VEVENT").find(|event| event.contains(&uid)).expect("it is kept");
        assert!(event.contains("STATUS:CANCELLED") && event.contains("SUMMARY:Cancelled"), "{event}");
        assert!(!unfolded.contains("Meet an engineer") && !unfolded.contains("Only a thought"), "{unfolded}");
        assert!(!unfolded.contains(&format!("activity-{draft}.")), "what was only ever a draft is never told");
        assert_ne!(first.tag, after.tag);
        let listed = app.feeds(&school.leader, school.today()).unwrap().feeds;
        assert_eq!(listed.len(), 3);
        assert_eq!(app.feeds(&school.viewer, school.today()).unwrap().feeds.len(), 0);
        let other = app.end_feed(&school.viewer, school.id, all.id);
        assert!(matches!(other, Err(Error::Refusal(Refusal::NotFound))), "{other:?}");
        app.end_feed(&school.leader, school.id, all.id).unwrap();
        let ended = app.calendar_feed(school.id, all.token.reveal());
        assert!(matches!(ended, Err(Error::Refusal(Refusal::Conflict(_)))), "{ended:?}");
        let unknown = app.calendar_feed(school.id, "no-such-token");
        assert!(matches!(unknown, Err(Error::Refusal(Refusal::NotFound))), "{unknown:?}");
    }

    fn a_date_comes_back_with_its_words_which_the_trail_itself_does_not_tell(world: &World) {
        let school = world.school(&year_nine(1));
        let app = school.app;
        let of = CalendarDateForm { about: "Ask Robin".into(), ..form("Visit of Robin", "2026-11-02", "", "own") };
        app.add_calendar_date(&school.leader, school.id, &of).unwrap();
        let page = app.calendar_dates(&school.leader, school.today()).unwrap();
        let id = page.own[0].id;
        let moved = CalendarDateForm { starts_on: "2026-11-03".into(), ..of };
        let moved = app.change_calendar_date(&school.leader, school.id, id, &moved).unwrap();
        app.undo_calendar_date(&school.leader, school.id, moved).unwrap();
        let removed = app.remove_calendar_date(&school.leader, school.id, id).unwrap();
        app.undo_calendar_date(&school.leader, school.id, removed).unwrap();
        let back = app.calendar_date(&school.leader, school.today(), id).unwrap().form;
        assert_eq!((back.title.as_str(), back.about.as_str(), back.starts_on.as_str()), ("Visit of Robin", "Ask Robin", "2026-11-02"));
        let events = world.store.read(school.id, |tx| store::audit::list(tx, school.id, None, 10)).unwrap();
        assert!(events.iter().all(|event| !event.payload.contains("Robin")));
    }

    fn a_feed_ends_when_whoever_made_it_leaves(world: &World) {
        let school = world.school(&year_nine(1));
        let leaver = world.person(school.id, "Somebody Leaving", Role::Viewer);
        let feed = school.app.make_feed(&leaver, school.id, "all", "").unwrap();
        assert!(school.app.calendar_feed(school.id, feed.token.reveal()).is_ok());
        school.app.leave(&school.leader, school.id, leaver.account().unwrap()).unwrap();
        let ended = school.app.calendar_feed(school.id, feed.token.reveal());
        assert!(matches!(ended, Err(Error::Refusal(Refusal::Conflict(_)))), "{ended:?}");
    }

    fn what_was_taken_away_in_a_file_changes_nothing_when_it_comes_back(world: &World) {
        let mut records = year_nine(3);
        let other = domain::Activity { title: "=Talk; \"quoted\"".into(), ..employer_encounter("ACT-2", date(2025, 12, 1)) };
        records.activities.push(other);
        let school = world.school(&records);
        let app = school.app;
        for format in [ListFormat::Csv, ListFormat::Xlsx] {
            let activities = app.export_planned_activities(&school.leader, school.today(), None, format).unwrap();
            let participation = app.export_participation(&school.leader, school.today(), None, format).unwrap();
            for (kind, file, rows) in
                [(ImportKind::Activities, &activities, 2), (ImportKind::Participation, &participation, 3)]
            {
                let upload =
                    Upload { institution: school.id, kind, file_name: &file.name, bytes: &file.bytes };
                let id = app.upload(&school.leader, &upload).unwrap();
                let import = app.import(&school.leader, school.today(), id).unwrap();
                let summary = import.row.summary;
                assert_eq!((summary.same, summary.new, summary.changed, summary.bad), (rows, 0, 0, 0), "{kind:?}");
            }
        }
        let year = Some(domain::AcademicYear::starting(2026));
        let file = app.export_planned_activities(&school.leader, school.today(), year, ListFormat::Csv).unwrap();
        let text = String::from_utf8(file.bytes).unwrap();
        assert!(text.contains("ACT-1") && !text.contains("ACT-2"), "{text}");
    }

    fn times_places_and_sessions_come_in_with_a_file_and_go_with_it(world: &World) {
        let school = world.school(&year_nine(1));
        let app = school.app;
        let take = |file: &str| {
            let (institution, kind) = (school.id, ImportKind::Activities);
            let upload = Upload { institution, kind, file_name: "plan.csv", bytes: file.as_bytes() };
            let id = app.upload(&school.leader, &upload).unwrap();
            app.apply_import(&school.leader, school.id, id, false).unwrap();
            id
        };
        let exported = || {
            let file = app.export_planned_activities(&school.leader, school.today(), None, ListFormat::Csv).unwrap();
            String::from_utf8(file.bytes).unwrap()
        };
        let before = exported();
        let import = take(
            "activity,title,date,kind,state,last day,start time,end time,venue,staff,cost,purpose,sessions\n\
             ACT-1,Meet an engineer,2026-10-06,employer-encounter,delivered,,9.15,10:00,Hall,Ms Example,120,See work,\n\
             NEW-1,Club,2026-12-01,programme,draft,2026-12-15,,,,,,,2026-12-01 15:30-16:30; 2026-12-15 15:30\n",
        );
        let after = exported();
        assert!(after.contains("delivered,,09:15,10:00,Hall,Ms Example,120.00,See work"), "{after}");
        assert!(after.contains("draft,2026-12-15,,,,,,,,2026-12-01 15:30-16:30; 2026-12-15 15:30"), "{after}");
        let page = app.calendar(&school.leader, school.today(), CalendarFilter::default()).unwrap();
        assert_eq!(page.entries.iter().filter(|entry| entry.title == "Club").count(), 2, "each session is a line");
        app.undo_import(&school.leader, school.id, import).unwrap();
        assert_eq!(exported(), before);
    }

    fn what_is_wrong_with_a_plan_is_said_at_its_cell(world: &World) {
        let school = world.school(&year_nine(1));
        let file = "activity,title,date,kind,last day,start time,end time,cost\n\
                    A,Talk,2026-12-02,programme,2026-12-01,,,\n\
                    B,Talk,2026-12-02,programme,,10:00,09:00,free\n\
                    C,Talk,2062-12-02,programme,,25:00,,\n";
        let (institution, kind) = (school.id, ImportKind::Activities);
        let upload = Upload { institution, kind, file_name: "plan.csv", bytes: file.as_bytes() };
        let id = school.app.upload(&school.leader, &upload).unwrap();
        let import = school.app.import(&school.leader, school.today(), id).unwrap();
        let told: Vec<_> = import
            .problems
            .iter()
            .map(|problem| (problem.place.line, problem.place.column.as_deref().unwrap_or_default().to_owned()))
            .collect();
        let at = |line, column: &str| (Some(line), column.to_owned());
        assert_eq!(told, [at(2, "last day"), at(3, "cost"), at(3, "end time"), at(4, "start time")]);
    }
}
