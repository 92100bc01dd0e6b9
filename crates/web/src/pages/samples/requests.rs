use app::{
    DecisionLetter, Grounds, LetterRow, LinkedRequest, LinkedStep, ProviderRequest, ProviderRequestPage,
    RequestActivity, RequestCounts, RequestForm, RequestLearner, RequestOffer, StepLine, TakenForm, TakenOffer,
    VisitorForm,
};
use domain::{
    Activity, ActivityId, Checks, InstitutionId, Kind, LearnerId, LetterId, ProviderRequestId, ProviderRequestState,
    ProviderType, YearGroup,
};
use jiff::{Timestamp, civil::date};

use super::{render, shell};
use crate::{
    fields::Fields,
    pages::requests::{
        ask,
        list::{Line, RequestsPage},
        page::page,
        status, taken,
    },
    parts::Filters,
    place::sample_frame,
};

/// Pages of this area from invented values.
pub(super) fn pages() -> Vec<(&'static str, String)> {
    vec![
        ("requests", render(&list(true))),
        ("requests-none", render(&list(false))),
        ("requests-taken", render(&take_down())),
        ("request-received", one(ProviderRequestState::Received, None, Fields::default())),
        ("request-asked", one(ProviderRequestState::MoreInformation, None, Fields::default())),
        (
            "request-granted",
            one(ProviderRequestState::Granted, Some(DecisionLetter::Waits(Some(at()))), Fields::default()),
        ),
        ("request-visitors-problem", one(ProviderRequestState::Granted, Some(DecisionLetter::Gone), visitors_typed())),
        ("request-refused", one(ProviderRequestState::Refused, Some(DecisionLetter::Gone), Fields::default())),
        ("request-deferred", one(ProviderRequestState::Deferred, Some(DecisionLetter::None), Fields::default())),
        ("request-evaluated", one(ProviderRequestState::Evaluated, None, Fields::default())),
        (
            "request-ask",
            render(&ask::AskPage::of(ask::asked_for(shell("", ""), "larkfield", offer(), RequestForm::default()))),
        ),
        ("request-status", theirs(ProviderRequestState::MoreInformation)),
        ("request-status-granted", theirs(ProviderRequestState::Granted)),
    ]
}

fn at() -> Timestamp {
    "2026-11-23T09:14:00Z".parse().expect("an instant")
}

fn when(_: Timestamp) -> String {
    "23 November 2026, 09:14".to_owned()
}

fn years() -> Vec<YearGroup> {
    (7..=13).map(YearGroup::new).collect()
}

fn grounds() -> Grounds {
    Grounds {
        list: vec!["There is no suitable day or room".into(), "Visitor checks were not satisfied".into()],
        is_own: false,
        never: "That a provider competes with the institution for learners is never a ground for refusing.",
    }
}

fn list(has_some: bool) -> RequestsPage {
    let line = |what: &str, is_late| Line {
        reference: "PA-7K2M9X".into(),
        href: "/requests/1".into(),
        organisation: "Riverbank College".into(),
        state: "Received",
        received: "2 November 2026".into(),
        what: what.into(),
        is_late,
    };
    RequestsPage {
        shell: shell("Requests of providers", "provider-access"),
        lead: "Two requests wait for a decision; one is late.".into(),
        public: "https://careers.example/larkfield/request".into(),
        export: Some(("/export?format=csv".into(), "/export?format=xlsx".into())),
        filters: Filters { filters: Vec::new(), kept: Vec::new(), clear: "/requests".into() },
        text: String::new(),
        lines: match has_some {
            true => vec![line("Answer due by 16 November 2026", true), line("Answer due by 30 November 2026", false)],
            false => Vec::new(),
        },
        take_down: Some("/requests/new".into()),
        days: Some(("/requests/days".into(), "10".into())),
    }
}

fn take_down() -> taken::TakenPage {
    let today = date(2026, 11, 23);
    let begins_with =
        TakenForm { came_on: "2026-11-23".into(), taken_by: "Robin Example".into(), ..TakenForm::default() };
    let offer = TakenOffer {
        frame: sample_frame(today, today),
        years: years(),
        has_duty: true,
        has_post: true,
        days: 10,
        begins_with,
    };
    taken::page(shell("", "provider-access"), &offer, offer.begins_with.clone())
}

fn offer() -> RequestOffer {
    RequestOffer {
        id: InstitutionId(7),
        institution: "Larkfield Academy".into(),
        years: years(),
        has_duty: true,
        days: 10,
        grounds: grounds(),
        says: vec![("Rooms and equipment", "A hall for 200, with a projector.".into())],
        contact: Some(("Robin Example".into(), Some("r.example@school.example".into()))),
        opened: "1764000000.00".into(),
    }
}

fn request(state: ProviderRequestState) -> ProviderRequest {
    use ProviderRequestState::{Delivered, Evaluated, Granted};
    let visit = matches!(state, Granted | Delivered | Evaluated);
    ProviderRequest {
        id: ProviderRequestId(1),
        reference: "PA-7K2M9X".into(),
        state,
        organisation: "Riverbank College".into(),
        provider_type: Some(ProviderType::College),
        organisation_id: None,
        contact: "Sam Example".into(),
        email: "sam@riverbank.example".into(),
        phone: Some("01632 960150".into()),
        offers: "T Levels in health and digital".into(),
        covers: "pal-offer pal-careers".into(),
        year_groups: "8 9".into(),
        wanted: "Any Tuesday in February".into(),
        format: Some("in-person".into()),
        visitors: Some(2),
        needs: "Step-free access".into(),
        message: String::new(),
        received_at: at(),
        due_on: date(2026, 12, 7),
        decided_on: Some(date(2026, 11, 23)),
        deferred_until: Some(date(2027, 1, 11)),
        ground: (state == ProviderRequestState::Refused).then(|| "There is no suitable day or room".into()),
        reason: (state == ProviderRequestState::Refused).then(|| "The hall is closed until Easter.".into()),
        held_on: visit.then(|| date(2026, 11, 20)),
        starts_at: visit.then(|| "09:30".into()),
        ends_at: visit.then(|| "10:30".into()),
        room: visit.then(|| "Hall".into()),
        cohort: visit.then(|| "Year 8".into()),
        host: visit.then(|| "Robin Example".into()),
        activity: visit.then_some(ActivityId(1)),
        evaluation: None,
        rating: (state == Evaluated).then_some(4),
        account: None,
        revision: 3,
        changed_at: at(),
    }
}

fn activity() -> RequestActivity {
    RequestActivity {
        id: ActivityId(1),
        activity: Activity {
            reference: "A1".into(),
            date: date(2026, 11, 20),
            kind: Kind::ProviderEncounter,
            title: "Riverbank College: what they offer".into(),
            provider_type: Some(ProviderType::College),
            organisation: Some("Riverbank College".into()),
            checks: Checks::PROVIDER_ACCESS,
            mode: domain::Mode::InPerson,
            subject: None,
            hours: None,
            year_groups: domain::YearGroups::default(),
            through: None,
            source: None,
            state: domain::ActivityState::Delivered,
        },
        moved: vec!["It is on 20 November 2026 now.".into()],
        has_come: true,
        is_marked: true,
    }
}

fn one(state: ProviderRequestState, taken_back: Option<DecisionLetter>, typed: Fields) -> String {
    let today = date(2026, 11, 23);
    let request = request(state);
    let has_visit = request.activity.is_some();
    let learner = RequestLearner {
        id: LearnerId(1),
        name: "Ash Example".into(),
        year_group: Some(YearGroup::new(8)),
        counts_for: Some("First phase".into()),
        says: "Counts. Still needed: one more occasion".into(),
    };
    let letter = |id, failed: Option<&str>| LetterRow {
        id: LetterId(id),
        to: "sam@riverbank.example".into(),
        subject: "About your request PA-7K2M9X".into(),
        text: "Dear Sam Example,\n\nThank you.".into(),
        made_at: at(),
        sent_at: None,
        try_at: failed.is_none().then(at),
        failed: failed.map(str::to_owned),
        is_stopped: false,
    };
    let visitor = VisitorForm { name: "Kit Example".into(), checks: "assured".into(), ..VisitorForm::default() };
    let has_problem = !typed.0.is_empty();
    let found = ProviderRequestPage {
        frame: sample_frame(today, today),
        is_late: false,
        sees_people: true,
        may_decide: true,
        has_duty: true,
        years: years(),
        forms: vec!["8A".into(), "10A".into()],
        grounds: grounds(),
        steps: vec![
            StepLine {
                state: ProviderRequestState::Received,
                note: Some("It came by telephone, and Robin Example took it.".into()),
                who: "Robin Example".into(),
                at: at(),
            },
            StepLine { state, note: Some("Which courses?".into()), who: "Robin Example".into(), at: at() },
        ],
        visitors: vec![visitor],
        checks_open: vec!["Kit Example: identity not seen.".into()],
        letters: vec![letter(1, None), letter(2, Some("there is no such address"))],
        has_post: true,
        taken_back,
        agreed: match has_visit {
            true => vec![("Day", "20 November 2026".into()), ("Place", "Hall".into())],
            false => Vec::new(),
        },
        activity: has_visit.then(activity),
        counts: has_visit.then(|| RequestCounts {
            is_provider_access: true,
            open: Vec::new(),
            numbers: Some((25, 24)),
            learners: vec![learner],
        }),
        request,
    };
    let shell = shell("", "provider-access");
    let mut page = page(shell, &when, found, typed);
    if has_problem {
        let problem = app::FieldProblem { field: "visitors", message: "Visitor 1: “ten” is not a time.".into() };
        page.shell = page.shell.with_problems(vec![problem]);
        let html = render(&page);
        assert!(html.contains("value=\"Typed Example\"") && html.contains("value=\"ten\""), "what was typed is kept");
        return html;
    }
    render(&page)
}

fn visitors_typed() -> Fields {
    let fields = [("name-1", "Typed Example"), ("arrived_at-1", "ten"), ("id_seen-1", "yes"), ("name-2", "")];
    Fields(fields.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec())
}

fn theirs(state: ProviderRequestState) -> String {
    let step = |by_provider, state, note: Option<&str>| LinkedStep {
        state,
        by_provider,
        note: note.map(str::to_owned),
        at: at(),
    };
    let found = LinkedRequest {
        institution: "Larkfield Academy".into(),
        agreed: match state {
            ProviderRequestState::Granted => vec![("Day", "20 November 2026".into()), ("Place", "Hall".into())],
            _ => Vec::new(),
        },
        steps: vec![step(true, ProviderRequestState::Received, None), step(false, state, Some("Which courses?"))],
        is_late: false,
        request: request(state),
    };
    render(&status::page(shell("", ""), &when, "/larkfield/provider-access/request/0a1b", found))
}
