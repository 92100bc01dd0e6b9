//! Who signs and records, what a version that applies shows and asks for later, and how two versions differ.

use app::{
    Actor, CareersPost, ContactForm, Error, PolicyApprovalForm, PolicyState, Refusal, Role, SignatureForm, View,
};
use domain::{Date, PolicyId};
use jiff::civil::date;
use policy::{CheckStanding, Paper};

use crate::{
    harness::{School, World, on_both_engines, year_nine},
    policy::{approval, does, is_conflict, mend, page_key, signature},
};

fn is_not_allowed<T: std::fmt::Debug>(result: &Result<T, Error>) -> bool {
    matches!(result, Err(Error::Refusal(Refusal::NotAllowed)))
}

/// A version with nothing against signing it.
fn ready(world: &World, school: &School<'_>, paper: Paper) -> PolicyId {
    let asked = ContactForm {
        name: "Pat Provider".into(),
        email: "access@school.example".into(),
        phone: "01632 960001".into(),
        ..Default::default()
    };
    let post = CareersPost::ProviderContact.word();
    school.app.set_careers_post(&school.leader, school.id, post, &asked).unwrap();
    let id = school.app.begin_policy(&school.leader, school.id, paper).unwrap();
    mend(world, school, id);
    let checks = school.app.policy(&school.leader, school.today(), id).unwrap().checks;
    let stops: Vec<_> = checks.iter().filter(|check| check.standing == CheckStanding::Stop).collect();
    assert!(stops.is_empty(), "{stops:?}");
    id
}

/// A version that applies.
fn published(world: &World, school: &School<'_>, paper: Paper) -> PolicyId {
    let id = ready(world, school, paper);
    let (app, leader) = (school.app, &school.leader);
    app.sign_policy(leader, school.id, id, &signature("")).unwrap();
    app.approve_policy(leader, school.id, id, &approval()).unwrap();
    app.publish_policy(leader, school.id, id).unwrap();
    id
}

fn status(school: &School<'_>, requirement: &str) -> (app::InstitutionStatus, String) {
    let page = school.app.institution(&school.leader, school.today()).unwrap();
    let row = page.standings.into_iter().find(|row| row.finding.requirement == requirement).unwrap();
    (row.finding.status, format!("{:?}", row.finding))
}

fn tasks(school: &School<'_>, as_of: Option<Date>) -> Vec<String> {
    let home = school.app.home(&school.leader, View { institution: school.id, as_of }).unwrap();
    home.tasks.into_iter().map(|task| task.what).collect()
}

on_both_engines! {
    fn senior_leaders_sign_and_careers_leaders_record_what_was_signed_on_paper(world: &World) {
        let school = world.school(&year_nine(1));
        let app = &world.app;
        let id = ready(world, &school, Paper::ProviderAccess);
        let senior = world.person(school.id, "Sam Senior", Role::SeniorLeader);
        let careers = world.person(school.id, "Cary Leader", Role::CareersLeader);
        let sign = |who: &Actor, by: &str, on: &str| {
            let form = SignatureForm { by: by.into(), post: "Deputy headteacher".into(), on: on.into(), seen: String::new() };
            app.sign_policy(who, school.id, id, &form)
        };
        let others = [Role::Administrator, Role::CareersAdviser, Role::Tutor, Role::Viewer, Role::Governor];
        let others = others.map(|role| world.person(school.id, &format!("Some {}", role.word()), role));
        for other in &others {
            assert!(is_not_allowed(&sign(other, "Sam Senior", "23/11/2026")), "{}", other.name());
            assert!(is_not_allowed(&app.policy_to_sign(other, school.today(), id)), "{}", other.name());
        }
        // A careers leader names who signed and when, and is not who signs.
        for (by, on) in [("Cary Leader", "23/11/2026"), ("Sam Senior", "")] {
            let refused = sign(&careers, by, on);
            assert!(matches!(refused, Err(Error::Problems(_))), "{by} {on}: {refused:?}");
        }
        let contact = ContactForm { name: "Alex Example".into(), title: "Deputy headteacher".into(), ..Default::default() };
        app.set_careers_post(&school.leader, school.id, CareersPost::SeniorLeader.word(), &contact).unwrap();
        let page = app.policy_to_sign(&careers, school.today(), id).unwrap();
        assert_eq!((page.likely.0.as_str(), page.is_senior), ("Alex Example", false));
        sign(&careers, "Alex Example", "20/11/2026").unwrap();
        let page = app.policy(&careers, school.today(), id).unwrap();
        assert_eq!(page.recorded_by.as_deref(), Some("Cary Leader"));
        assert_eq!(page.policy.signature.as_ref().unwrap().on, date(2026, 11, 20));
        app.return_policy(&careers, school.id, id).unwrap();

        // A senior leader signs with today's date.
        let page = app.policy_to_sign(&senior, school.today(), id).unwrap();
        assert_eq!((page.likely.0.as_str(), page.is_senior), ("Sam Senior", true));
        let earlier = sign(&senior, "Sam Senior", "20/11/2026");
        assert!(matches!(earlier, Err(Error::Problems(_))), "{earlier:?}");
        sign(&senior, "sam  senior", "").unwrap();
        assert_eq!(app.policy(&senior, school.today(), id).unwrap().recorded_by, None);

        for other in &others {
            assert!(is_not_allowed(&app.approve_policy(other, school.id, id, &approval())), "{}", other.name());
            assert!(is_not_allowed(&app.return_policy(other, school.id, id)), "{}", other.name());
        }
        let without = PolicyApprovalForm { minute: " ".into(), ..approval() };
        assert!(matches!(app.approve_policy(&careers, school.id, id, &without), Err(Error::Problems(_))), "no minute");
        app.approve_policy(&senior, school.id, id, &approval()).unwrap();
        // What is approved is put out by whoever may confirm.
        app.publish_policy(&others[0], school.id, id).unwrap();
    }

    fn a_role_over_some_learners_only_signs_nothing(world: &World) {
        let school = world.school(&year_nine(1));
        let id = ready(world, &school, Paper::ProviderAccess);
        let reach = app::Reach::Groups(vec![app::Group::YearGroup(domain::YearGroup::new(9))]);
        let limited = world.person(school.id, "Half Senior", app::Holding { role: Role::SeniorLeader, reach });
        assert!(is_not_allowed(&world.app.sign_policy(&limited, school.id, id, &signature(""))));
    }

    fn what_the_statement_shows_is_confirmed_in_one_press_and_taken_back(world: &World) {
        let school = world.school(&year_nine(1));
        let (app, leader) = (&world.app, &school.leader);
        let early = ready(world, &school, Paper::ProviderAccess);
        assert!(is_conflict(&app.confirm_from_policy(leader, school.id, early)), "it does not apply yet");
        assert_eq!(app.policy_behind(leader, school.today(), "pal.policy.1").unwrap(), None);
        app.sign_policy(leader, school.id, early, &signature("")).unwrap();
        app.approve_policy(leader, school.id, early, &approval()).unwrap();
        app.publish_policy(leader, school.id, early).unwrap();
        let id = early;
        let by_hand = app::AttestationForm { evidence: "On our website".into(), owner: "Somebody".into(), ..Default::default() };
        app.attest(leader, school.id, "pal.policy.2", &by_hand).unwrap();
        assert_eq!(status(&school, "pal.policy.1").0, app::InstitutionStatus::NotYet);

        let (confirmed, event) = app.confirm_from_policy(leader, school.id, id).unwrap();
        assert_eq!(confirmed, 7, "pal.policy.1 to 7");
        for number in 1..=7 {
            let (status, finding) = status(&school, &format!("pal.policy.{number}"));
            assert_eq!(status, app::InstitutionStatus::Met, "{number}");
            assert!(finding.contains("version 1: signed on 23 November 2026, approved on"), "{finding}");
        }
        let behind = app.policy_behind(&school.viewer, school.today(), "pal.policy.3").unwrap().unwrap();
        assert!(behind.id == id && behind.shows.is_confirmed && !behind.shows.section.1.is_empty());
        assert_eq!(app.confirm_from_policy(leader, school.id, id).unwrap(), (0, None), "once is enough");

        app.undo_policy_confirmation(leader, school.id, id, event.unwrap()).unwrap();
        assert_eq!(status(&school, "pal.policy.1").0, app::InstitutionStatus::NotYet);
        let (status_by_hand, finding) = status(&school, "pal.policy.2");
        assert!(status_by_hand == app::InstitutionStatus::Met && finding.contains("On our website"), "{finding}");
        let (_, event) = app.confirm_from_policy(leader, school.id, id).unwrap();
        app.attest(leader, school.id, "pal.policy.5", &by_hand).unwrap();
        assert!(is_conflict(&app.undo_policy_confirmation(leader, school.id, id, event.unwrap())), "confirmed anew since");
        assert!(is_not_allowed(&app.confirm_from_policy(&school.viewer, school.id, id)));
    }

    fn a_requirement_that_several_clauses_cover_needs_each_of_them(world: &World) {
        let school = world.school(&year_nine(1));
        let (app, leader) = (&world.app, &school.leader);
        let id = ready(world, &school, Paper::ProviderAccess);
        app.change_clause(leader, school.id, id, "access.complaints", &does("removed", "")).unwrap();
        app.sign_policy(leader, school.id, id, &signature("")).unwrap();
        app.approve_policy(leader, school.id, id, &approval()).unwrap();
        app.publish_policy(leader, school.id, id).unwrap();
        assert_eq!(app.confirm_from_policy(leader, school.id, id).unwrap().0, 6, "all but pal.policy.6");
        assert_eq!(status(&school, "pal.policy.6").0, app::InstitutionStatus::NotYet);
        assert_eq!(app.policy_behind(leader, school.today(), "pal.policy.6").unwrap(), None);
    }

    fn what_the_check_warned_of_is_kept_with_the_signature_and_sources_have_names(world: &World) {
        let school = world.school(&year_nine(2));
        let (app, leader) = (&world.app, &school.leader);
        let id = ready(world, &school, Paper::CareersPolicy);
        let before = app.policy(leader, school.today(), id).unwrap();
        let warned: Vec<_> =
            before.checks.iter().filter(|check| check.standing == CheckStanding::Warn).cloned().collect();
        assert!(!warned.is_empty() && before.signed_warnings.is_empty());
        app.sign_policy(leader, school.id, id, &signature("")).unwrap();
        assert_eq!(app.policy(leader, school.today(), id).unwrap().signed_warnings, warned);
        let sources: Vec<_> = before.sections.iter().flat_map(|one| &one.clauses).flat_map(|row| &row.sources).collect();
        assert!(!sources.is_empty());
        for source in sources {
            assert!(source.title.contains(' '), "an id and no title: {source:?}");
        }
        assert!(before.asked_of_all.contains(&"policy.signed".to_owned()));
    }

    fn two_versions_are_compared_clause_by_clause_the_earlier_first(world: &World) {
        let school = world.school(&year_nine(1));
        let (app, leader) = (&world.app, &school.leader);
        let first = published(world, &school, Paper::CareersPolicy);
        let next = app.begin_policy(leader, school.id, Paper::CareersPolicy).unwrap();
        let key = page_key(&school, next);
        app.change_clause(leader, school.id, next, &key, &does("replaced", "Quite other words.")).unwrap();
        for (one, other) in [(first, next), (next, first)] {
            let page = app.compare_policies(&school.viewer, school.today(), one, other).unwrap();
            assert_eq!((page.before.number, page.after.number), (1, 2));
            let changed = page.clauses.iter().find(|clause| clause.key == key).unwrap();
            assert!(changed.after.as_ref().unwrap().contains("Quite other words"));
            assert_ne!(changed.before, changed.after);
            assert!(page.same > page.clauses.len(), "most is the same");
        }
        let statement = app.begin_policy(leader, school.id, Paper::ProviderAccess).unwrap();
        let mixed = app.compare_policies(leader, school.today(), first, statement);
        assert!(matches!(mixed, Err(Error::Refusal(Refusal::NotFound))), "two papers: {mixed:?}");
    }

    fn a_published_policy_asks_for_its_review_and_tells_of_people_who_changed(world: &World) {
        let school = world.school(&year_nine(1));
        let (app, leader) = (&world.app, &school.leader);
        let post = CareersPost::SeniorLeader.word();
        let named = |name: &str| ContactForm { name: name.into(), title: "Deputy headteacher".into(), ..Default::default() };
        app.set_careers_post(leader, school.id, post, &named("First Leader")).unwrap();
        let id = ready(world, &school, Paper::CareersPolicy);
        let own = does("replaced", "{senior-leader} answers for this.");
        app.change_clause(leader, school.id, id, &page_key(&school, id), &own).unwrap();
        assert_eq!(tasks(&school, Some(date(2027, 8, 31))).iter().filter(|task| task.contains("careers policy")).count(), 0);
        let review = app.policy(leader, school.today(), id).unwrap().policy.review_on;
        assert_eq!(review, Some(date(2027, 9, 1)));
        app.sign_policy(leader, school.id, id, &signature("")).unwrap();
        app.approve_policy(leader, school.id, id, &approval()).unwrap();
        app.publish_policy(leader, school.id, id).unwrap();
        let told = |day: Date, what: &str| tasks(&school, Some(day)).iter().any(|task| task.contains(what));
        assert!(!told(date(2026, 11, 23), "Look over the careers policy"));
        assert!(told(date(2027, 6, 3), "Look over the careers policy by 1 September 2027"), "90 days before");
        assert!(!told(date(2027, 6, 2), "Look over the careers policy"));
        assert!(told(date(2027, 9, 2), "The careers policy is out of date"));
        assert!(!told(date(2026, 11, 23), "names what has changed"));
        app.set_careers_post(leader, school.id, post, &named("New Leader")).unwrap();
        assert!(told(date(2026, 11, 23), "The careers policy names what has changed: "));
    }

    fn that_a_policy_is_signed_and_in_date_follows_from_the_version_that_applies(world: &World) {
        let school = world.school(&year_nine(1));
        let (app, leader) = (&world.app, &school.leader);
        let standing = |requirement: &str, as_of: Option<Date>| {
            let page = app.institution(leader, View { institution: school.id, as_of }).unwrap();
            page.standings.into_iter().find(|row| row.finding.requirement == requirement).unwrap().finding.status
        };
        assert_eq!(standing("policy.signed", None), app::InstitutionStatus::NotYet);
        published(world, &school, Paper::CareersPolicy);
        assert_eq!(standing("policy.signed", None), app::InstitutionStatus::Met);
        assert_eq!(standing("policy.in-date", None), app::InstitutionStatus::Met);
        assert_ne!(standing("policy.in-date", Some(date(2027, 9, 2))), app::InstitutionStatus::Met);
        assert_eq!(standing("policy.signed", Some(date(2026, 11, 22))), app::InstitutionStatus::NotYet, "the day before");
        // Beginning the next one takes nothing away.
        let next = app.begin_policy(leader, school.id, Paper::CareersPolicy).unwrap();
        assert_eq!(app.policy(leader, school.today(), next).unwrap().policy.state, PolicyState::Draft);
        assert_eq!(standing("policy.signed", None), app::InstitutionStatus::Met);
    }

    fn days_of_policies_and_responsibilities_stand_in_the_calendar_and_its_feeds(world: &World) {
        let school = world.school(&year_nine(1));
        let (app, leader) = (&world.app, &school.leader);
        published(world, &school, Paper::CareersPolicy);
        let done = app::DutyDone { evidence: "Minute 6".into(), on: "14/10/2026".into() };
        let duties = app.duties(leader, school.today(), &Default::default()).unwrap();
        let regular = duties.rows.iter().find(|row| row.form.every_months == "12").unwrap();
        app.mark_duty_done(leader, school.id, &regular.key, &done).unwrap();
        let titles = |as_of: Option<Date>, filter: app::CalendarFilter| -> Vec<(Date, String)> {
            let view = View { institution: school.id, as_of };
            let page = app.calendar(&school.viewer, view, filter).unwrap();
            page.entries.into_iter().map(|entry| (entry.on, entry.title)).collect()
        };
        let all = titles(None, Default::default());
        let has = |all: &[(Date, String)], on: Date, title: &str| all.iter().any(|one| one.0 == on && one.1 == title);
        assert!(has(&all, date(2026, 11, 23), "Approved: careers policy, version 1"), "{all:?}");
        assert!(has(&all, date(2027, 6, 3), "Begin the next version of the careers policy"), "{all:?}");
        let next_year = titles(Some(date(2027, 9, 20)), Default::default());
        assert!(has(&next_year, date(2027, 9, 1), "Look over the careers policy"), "{next_year:?}");
        let due = format!("Due, {}: {}", regular.post_label.to_lowercase(), regular.form.title);
        assert!(has(&next_year, date(2027, 10, 14), &due), "{next_year:?}");
        let of_year = app::CalendarFilter { year_group: Some(domain::YearGroup::new(9)), show: None };
        assert!(!titles(None, of_year).iter().any(|one| one.1.contains("careers policy")), "no year group's");

        let feed = |about: &str| {
            let made = app.make_feed(leader, school.id, about, "").unwrap();
            app.calendar_feed(school.id, made.token.reveal()).unwrap().text
        };
        let whole = feed("all");
        assert!(whole.contains("Look over the careers policy") && whole.contains("Due\\, "), "{whole}");
        assert_eq!(whole.matches("-review.institution-").count(), 1, "each day once");
        assert!(!feed("year:9").contains("careers policy"));
    }

    fn an_erased_account_is_no_longer_named_as_owner_and_people_are_offered(world: &World) {
        let school = world.school(&year_nine(1));
        let (app, leader) = (&world.app, &school.leader);
        let tutor = world.person(school.id, "Tamsin Torr", Role::Tutor);
        let form = |title: &str, owner: &str| app::DutyForm {
            post: "teachers".into(),
            title: title.into(),
            owner: owner.into(),
            ..Default::default()
        };
        let theirs = app.add_duty(leader, school.id, &form("Holds assemblies", " tamsin  torr ")).unwrap();
        let others = app.add_duty(leader, school.id, &form("Writes letters", "Tamsin Torrance")).unwrap();
        let page = app.duty(leader, school.today(), Some(&theirs.to_string())).unwrap();
        assert!(page.owners.contains(&"Tamsin Torr".to_owned()) && page.owners.contains(&"Senior leaders".to_owned()), "{:?}", page.owners);
        app.erase_account(leader, school.id, tutor.account().unwrap(), "Asked for it").unwrap();
        let owner = |id: domain::DutyId| {
            app.duty(leader, school.today(), Some(&id.to_string())).unwrap().row.unwrap().form.owner
        };
        assert_eq!((owner(theirs).as_str(), owner(others).as_str()), ("", "Tamsin Torrance"));
        let page = app.duty(leader, school.today(), None).unwrap();
        assert!(!page.owners.contains(&"Tamsin Torr".to_owned()), "{:?}", page.owners);
    }
}
