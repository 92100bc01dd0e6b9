use app::{ActivityForm, Actor, App, CatchUpFilter, CatchUpForm, Result, SlotForm, View};
use domain::{Check, InstitutionId, Kind, ProviderType};

/// What the demo shows of this area: free places, and some who need not catch up.
pub(super) fn build(app: &App, academy: InstitutionId) -> Result<()> {
    let operator = Actor::operator();
    for slot in slots() {
        app.add_slots(&operator, academy, &slot)?;
    }
    let view = View { institution: academy, as_of: None };
    let open = app.catch_ups(&operator, view, &CatchUpFilter::default())?;
    let reasons = [
        "Met the same employer on a family visit; the form tutor has a note.",
        "On a reduced timetable agreed with the family.",
        "Has a place at the college already and knows it well.",
    ];
    for (row, reason) in open.rows.iter().step_by(7).zip(reasons) {
        let form = CatchUpForm { activity: String::new(), reason: reason.to_owned() };
        app.close_catch_up(&operator, academy, row.activity, row.learner, &form)?;
    }
    Ok(())
}

/// A dozen and a half days with free places in spring.
fn slots() -> Vec<SlotForm> {
    let guidance = SlotForm {
        activity: activity("Guidance interviews", "2027-01-12", Kind::GuidanceMeeting, "11;13"),
        starts_at: "9:00".into(),
        place: "Library office".into(),
        capacity: "6".into(),
        times: "6".into(),
        every: "1".into(),
    };
    let visit = |title: &str, organisation: &str, date: &str, year_groups: &str, capacity: &str| {
        let mut activity = activity(title, date, Kind::WorkplaceExperience, year_groups);
        activity.organisation = organisation.into();
        activity.hours = "5".into();
        SlotForm { activity, capacity: capacity.into(), ..SlotForm::default() }
    };
    let provider = |title: &str, organisation: &str, kind: ProviderType, date: &str, year_groups: &str| {
        let mut activity = activity(title, date, Kind::ProviderEncounter, year_groups);
        activity.organisation = organisation.into();
        activity.provider_type = kind.word().into();
        SlotForm { activity, capacity: "30".into(), starts_at: "13:30".into(), ..SlotForm::default() }
    };
    let employer = |title: &str, organisation: &str, date: &str, year_groups: &str| {
        let mut activity = activity(title, date, Kind::EmployerEncounter, year_groups);
        activity.organisation = organisation.into();
        SlotForm { activity, capacity: "20".into(), starts_at: "11:00".into(), ..SlotForm::default() }
    };
    vec![
        guidance,
        visit("Day at the engineering works", "Brightwater Engineering", "2027-02-03", "10;11", "12"),
        visit("Day at the hospital", "Larkmoor Hospital", "2027-02-10", "10;11", "8"),
        visit("Day at the workshop", "Fernhill Joinery", "2027-03-17", "", "10"),
        provider("Taster afternoon", "Ashdown College", ProviderType::College, "2027-01-20", "8;9"),
        provider(
            "Meet the apprentices",
            "Westmoor Training",
            ProviderType::TrainingProvider,
            "2027-02-02",
            "8;9;10;11",
        ),
        provider("Campus visit", "University of Eastholme", ProviderType::University, "2027-03-03", ""),
        employer("Small group with an employer", "Fernhill Joinery", "2027-01-27", ""),
        employer("Questions to an engineer", "Brightwater Engineering", "2027-02-24", ""),
    ]
}

fn activity(title: &str, date: &str, kind: Kind, year_groups: &str) -> ActivityForm {
    let known_before = |check: &&Check| !matches!(check, Check::Reflection | Check::Feedback);
    ActivityForm {
        title: title.into(),
        date: date.into(),
        kind: kind.word().into(),
        mode: "in-person".into(),
        year_groups: year_groups.into(),
        checks: kind.checklist().iter().filter(known_before).map(|check| check.word().into()).collect(),
        ..ActivityForm::default()
    }
}
