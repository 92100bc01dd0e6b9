//! The careers policy: written, checked, signed, approved, published; and who changed what.

use app::{
    ClauseForm, ClauseMode, ClauseSaved, Error, PolicyApprovalForm, PolicyState, Refusal, Role, SignatureForm, View,
};
use domain::PolicyId;
use policy::{CheckCode, CheckStanding, Paper, Provenance, diff::Change};

use crate::harness::{School, World, on_both_engines, year_nine};

pub(crate) fn does(mode: &str, text: &str) -> ClauseForm {
    ClauseForm { mode: mode.to_owned(), text: text.to_owned(), seen: String::new() }
}

/// Everything that stands against signing is mended by words of the school's own.
pub(crate) fn mend(world: &World, school: &School<'_>, id: PolicyId) {
    let (app, leader) = (school.app, &school.leader);
    if app.policy(leader, school.today(), id).unwrap().policy.review_on.is_none() {
        app.set_policy_review(leader, school.id, id, "1/9/2027").unwrap();
    }
    for section in app.policy(leader, school.today(), id).unwrap().sections {
        for row in section.clauses {
            let key = &row.clause.key;
            let form = match row.clause.provenance {
                _ if row.clause.choice.is_some() => continue,
                Provenance::Example => does("replaced", "Our own words."),
                Provenance::Recommended if !row.clause.missing.is_empty() => does("replaced", "Our own words."),
                _ => continue,
            };
            app.change_clause(leader, school.id, id, key, &form).unwrap();
        }
    }
    // What the law asks for by a fact comes from the record.
    for section in app.policy(leader, school.today(), id).unwrap().sections {
        for row in section.clauses {
            for fact in row.clause.missing.iter().filter(|_| row.clause.text.is_some()) {
                says(world, school, fact.word());
            }
        }
    }
}

/// The institution says something of this fact in its own words.
pub(crate) fn says(world: &World, school: &School<'_>, word: &str) {
    let text = store::institution_text::InstitutionText {
        name: word.to_owned(),
        text: "Said in our own words.".to_owned(),
        account: None,
        changed_at: world.app.context().now(),
    };
    let event = store::audit::Event {
        id: world.app.context().next_id(),
        at: text.changed_at,
        account: None,
        action: "test".to_owned(),
        subject_kind: "text".to_owned(),
        subject_id: None,
        payload: "{}".to_owned(),
        reach: None,
        details: Vec::new(),
    };
    let written = world.store.write(school.id, |tx| {
        store::institution_text::set(tx, school.id, &text)?;
        store::audit::record(tx, school.id, &event)
    });
    written.unwrap();
}

pub(crate) fn signature(seen: &str) -> SignatureForm {
    SignatureForm {
        by: "Alex Example".to_owned(),
        post: "Deputy headteacher".to_owned(),
        on: "23/11/2026".to_owned(),
        seen: seen.to_owned(),
    }
}

pub(crate) fn approval() -> PolicyApprovalForm {
    PolicyApprovalForm {
        by: "Full governing board".to_owned(),
        minute: "item 6".to_owned(),
        ..PolicyApprovalForm::default()
    }
}

/// A version of a paper that is signed, approved and published.
pub(crate) fn published(world: &World, school: &School<'_>, paper: Paper) -> PolicyId {
    let id = school.app.begin_policy(&school.leader, school.id, paper).unwrap();
    mend(world, school, id);
    applies(school, id);
    id
}

/// Signs, approves and publishes a version that nothing stands against.
pub(crate) fn applies(school: &School<'_>, id: PolicyId) {
    let (app, leader) = (school.app, &school.leader);
    let page = app.policy_to_sign(leader, school.today(), id).unwrap();
    assert!(!page.is_stopped(), "{:?}", page.checks);
    app.sign_policy(leader, school.id, id, &signature("")).unwrap();
    app.approve_policy(leader, school.id, id, &approval()).unwrap();
    app.publish_policy(leader, school.id, id).unwrap();
}

pub(crate) fn is_conflict<T: std::fmt::Debug>(result: &Result<T, Error>) -> bool {
    matches!(result, Err(Error::Refusal(Refusal::Conflict(_))))
}

on_both_engines! {
    fn a_policy_goes_from_draft_to_published_and_the_next_takes_its_place(world: &World) {
        let school = world.school(&year_nine(3));
        let (app, leader) = (&world.app, &school.leader);
        let id = app.begin_policy(leader, school.id, Paper::CareersPolicy).unwrap();
        assert!(is_conflict(&app.begin_policy(leader, school.id, Paper::CareersPolicy)), "one is in work already");
        let early = app.sign_policy(leader, school.id, id, &signature(""));
        assert!(matches!(early, Err(Error::Problems(_))), "an example is open: {early:?}");
        mend(world, &school, id);
        let page = app.policy_to_sign(leader, school.today(), id).unwrap();
        assert!(!page.is_stopped(), "{:?}", page.checks);
        let stale = app.sign_policy(leader, school.id, id, &signature("another text"));
        assert!(is_conflict(&stale), "only what was looked at is signed: {stale:?}");
        app.sign_policy(leader, school.id, id, &signature(&page.seen)).unwrap();
        let key = page_key(&school, id);
        assert!(is_conflict(&app.change_clause(leader, school.id, id, &key, &does("replaced", "Late"))));
        assert!(is_conflict(&app.publish_policy(leader, school.id, id)), "it is not approved");
        let seen = app.policy_to_sign(leader, school.today(), id).unwrap().seen;
        app.approve_policy(leader, school.id, id, &PolicyApprovalForm { seen, ..approval() }).unwrap();
        assert_eq!(app.published(school.id, Paper::CareersPolicy).unwrap(), None);
        app.publish_policy(leader, school.id, id).unwrap();
        let published = app.published(school.id, Paper::CareersPolicy).unwrap().unwrap();
        assert_eq!((published.number, published.approval.unwrap().minute.as_str()), (1, "item 6"));
        assert!(is_conflict(&app.return_policy(leader, school.id, id)), "what was published is never altered");

        // The next one begins with the same words.
        let next = app.begin_policy(leader, school.id, Paper::CareersPolicy).unwrap();
        let before = app.policy(leader, school.today(), id).unwrap();
        let after = app.policy(leader, school.today(), next).unwrap();
        let texts = |page: &app::PolicyPage| -> Vec<_> {
            page.sections.iter().flat_map(|section| &section.clauses).map(|row| row.clause.text.clone()).collect()
        };
        assert_eq!(texts(&before), texts(&after));
        // What it says otherwise is told in words.
        app.change_clause(leader, school.id, next, &key, &does("replaced", "Our own few words.")).unwrap();
        let compared = app.compare_policies(leader, school.today(), next, id).unwrap();
        assert_eq!((compared.before.number, compared.after.number), (1, 2));
        let [clause] = compared.clauses.as_slice() else { panic!("{:?}", compared.clauses) };
        let spans = &clause.lines[0].spans;
        let spans: Vec<_> = spans.iter().map(|span| (span.change, span.words.as_str())).collect();
        assert_eq!((clause.key.as_str(), spans), (key.as_str(), vec![
            (Change::Same, "Our own"),
            (Change::Added, "few"),
            (Change::Same, "words."),
        ]));
        mend(world, &school, next);
        app.sign_policy(leader, school.id, next, &signature("")).unwrap();
        app.approve_policy(leader, school.id, next, &approval()).unwrap();
        app.publish_policy(leader, school.id, next).unwrap();
        assert_eq!(app.published(school.id, Paper::CareersPolicy).unwrap().unwrap().number, 2);
        let states: Vec<_> = app.policies(leader, school.today()).unwrap().papers[0]
            .versions
            .iter()
            .map(|row| row.policy.state)
            .collect();
        assert_eq!(states, [PolicyState::Published, PolicyState::Superseded]);
    }

    fn every_change_is_taken_back_unless_the_same_was_changed_since(world: &World) {
        let school = world.school(&year_nine(1));
        let (app, leader) = (&world.app, &school.leader);
        let id = app.begin_policy(leader, school.id, Paper::CareersPolicy).unwrap();
        let key = page_key(&school, id);
        let change = |form| match app.change_clause(leader, school.id, id, &key, &form) {
            Ok(ClauseSaved::Done(position)) => position,
            other => panic!("{other:?}"),
        };
        let choice = || app.policy_clause(leader, school.today(), id, &key, None).unwrap().clause.choice;
        let first = change(does("replaced", "One"));
        let second = change(does("replaced", "Two"));
        assert!(is_conflict(&app.undo_policy_change(leader, school.id, id, first)), "it was changed again since");
        let third = app.undo_policy_change(leader, school.id, id, second).unwrap();
        assert_eq!(choice().unwrap().text(), Some("One"));
        app.undo_policy_change(leader, school.id, id, third).unwrap();
        assert_eq!(choice().unwrap().text(), Some("Two"), "taking back can be taken back");
        assert_eq!(app.change_clause(leader, school.id, id, &key, &does("replaced", "Two")).unwrap(), ClauseSaved::Same);
        change(does("ours", ""));
        assert_eq!(choice(), None);
        let day = app.set_policy_review(leader, school.id, id, "1/9/2027").unwrap().unwrap();
        app.undo_policy_change(leader, school.id, id, day).unwrap();
        let page = app.policy(leader, school.today(), id).unwrap();
        assert_eq!(page.policy.review_on, None);
        assert_eq!(page.changes.len(), 7);
        assert_eq!(page.changes[6].after.as_deref(), Some("One"));
        assert!(page.changes[0].can_undo && !page.changes[6].can_undo);
    }

    fn two_people_who_write_one_clause_at_once_lose_nothing(world: &World) {
        let school = world.school(&year_nine(1));
        let (app, leader) = (&world.app, &school.leader);
        let id = app.begin_policy(leader, school.id, Paper::CareersPolicy).unwrap();
        let key = page_key(&school, id);
        let seen = app.policy_clause(leader, school.today(), id, &key, None).unwrap().seen;
        app.change_clause(leader, school.id, id, &key, &does("replaced", "Theirs")).unwrap();
        let mine = ClauseForm { seen, ..does("replaced", "Mine") };
        assert_eq!(app.change_clause(leader, school.id, id, &key, &mine).unwrap(), ClauseSaved::Meanwhile);
        let page = app.policy_clause(leader, school.today(), id, &key, Some(&mine)).unwrap();
        assert_eq!(page.clause.text.as_deref(), Some("Theirs"));
        assert_eq!(page.preview.as_deref(), Some("Mine"));
    }

    fn what_may_be_done_with_a_clause_follows_from_how_far_it_binds(world: &World) {
        let school = world.school(&year_nine(1));
        let (app, leader) = (&world.app, &school.leader);
        for paper in Paper::ALL {
            let id = app.begin_policy(leader, school.id, paper).unwrap();
            for row in app.policy(leader, school.today(), id).unwrap().sections.into_iter().flat_map(|one| one.clauses) {
                let may_replace = row.modes.contains(&ClauseMode::Replace);
                assert_eq!(may_replace, row.clause.provenance != Provenance::Statutory, "{}", row.clause.key);
                if row.clause.provenance == Provenance::Statutory {
                    let altered = app.change_clause(leader, school.id, id, &row.clause.key, &does("replaced", "No"));
                    assert!(matches!(altered, Err(Error::Problems(_))), "{altered:?}");
                    let out = app.change_clause(leader, school.id, id, &row.clause.key, &does("removed", ""));
                    assert!(matches!(out, Err(Error::Problems(_))), "{out:?}");
                }
            }
        }
    }

    fn a_review_date_lies_within_the_longest_time_of_its_paper(world: &World) {
        let school = world.school(&year_nine(1));
        let (app, leader) = (&world.app, &school.leader);
        let id = app.begin_policy(leader, school.id, Paper::ProviderAccess).unwrap();
        for wrong in ["24/11/2027", "23/11/2026", "no day"] {
            let set = app.set_policy_review(leader, school.id, id, wrong);
            assert!(matches!(set, Err(Error::Problems(_))), "{wrong}: {set:?}");
        }
        app.set_policy_review(leader, school.id, id, "23/11/2027").unwrap();
        let page = app.policy(leader, school.today(), id).unwrap();
        assert!(page.checks.iter().all(|check| check.code != CheckCode::ReviewDate || check.standing != CheckStanding::Stop));
    }

    fn whoever_sees_totals_reads_and_does_not_write(world: &World) {
        let school = world.school(&year_nine(1));
        let (app, leader) = (&world.app, &school.leader);
        let id = app.begin_policy(leader, school.id, Paper::CareersPolicy).unwrap();
        let governor = world.person(school.id, "Gov Ernor", Role::Governor);
        let page = app.policy(&governor, school.today(), id).unwrap();
        assert!(!page.may_write && page.sections.iter().flat_map(|one| &one.clauses).all(|row| row.modes.is_empty()));
        let begun = app.begin_policy(&governor, school.id, Paper::ProviderAccess);
        assert!(matches!(begun, Err(Error::Refusal(Refusal::NotAllowed))), "{begun:?}");
        let elsewhere = world.school(&{
            let mut other = year_nine(1);
            other.institution.urn = Some("99902".to_owned());
            other
        });
        let view = View { institution: elsewhere.id, as_of: None };
        let found = app.policy(&elsewhere.leader, view, id);
        assert!(matches!(found, Err(Error::Refusal(Refusal::NotFound))), "{found:?}");
    }
}

/// A clause that may be replaced.
pub(crate) fn page_key(school: &School<'_>, id: PolicyId) -> String {
    let page = school.app.policy(&school.leader, school.today(), id).unwrap();
    let mut clauses = page.sections.into_iter().flat_map(|section| section.clauses);
    clauses.find(|row| row.clause.provenance != Provenance::Statutory).unwrap().clause.key
}
