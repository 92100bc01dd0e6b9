use app::{ActivityForm, Actor, App, Beginning, PlanForm, Result, SessionForm, View};
use domain::{AcademicYear, ActivityState, InstitutionId};

/// What the demo shows of this area.
pub(super) fn build(app: &App, academy: InstitutionId) -> Result<()> {
    let operator = Actor::operator();
    let text = |text: &str| text.to_owned();
    app.set_budget(&operator, academy, AcademicYear::starting(2026), "4000")?;

    // A draft, so that nobody counts on it: what the requirements say stays as it is.
    let view = View { institution: academy, as_of: None };
    let (form, plan) = app.begin_activity(&operator, view, &Beginning::Ours(text("careers-fair")))?;
    let form = ActivityForm {
        title: text("Careers fair for Years 8 and 10"),
        date: text("2027-03-04"),
        organisation: text("Brightwater Engineering"),
        year_groups: text("8;10"),
        state: text("draft"),
        ..form
    };
    let session = |starts: &str, ends: &str, place: &str| SessionForm {
        date: text("2027-03-04"),
        starts_at: text(starts),
        ends_at: text(ends),
        place: text(place),
        capacity: text("120"),
    };
    let plan = PlanForm {
        starts_at: text("09:30"),
        ends_at: text("15:00"),
        place: text("Sports hall"),
        staff: text("Heads of Years 8 and 10"),
        cost: text("650"),
        adjustments: text("A quiet hour from 14:00; questions in large print and with symbols."),
        sessions: vec![session("09:30", "11:30", "Sports hall"), session("13:00", "15:00", "Sports hall")],
        ..plan
    };
    let fair = app.plan_activity(&operator, academy, &form, &plan)?.activities;
    for fair in fair {
        let part = ActivityForm {
            kind: text("provider-encounter"),
            provider_type: text("college"),
            organisation: text("Ashdown College"),
            ..ActivityForm::default()
        };
        app.add_part(&operator, academy, fair, &part)?;
        app.add_activity_file(
            &operator,
            academy,
            fair,
            "floor-plan.txt",
            b"Hall: stands 1 to 24. Library: quiet hour.\n",
        )?;
        app.save_template(&operator, academy, fair, "Our careers fair")?;
    }

    let form = ActivityForm {
        title: text("Parents’ evening: choices after Year 11"),
        date: text("2027-02-03"),
        kind: text("programme"),
        ..ActivityForm::default()
    };
    let plan = PlanForm {
        starts_at: text("18:00"),
        ends_at: text("19:30"),
        place: text("Hall"),
        cost: text("80"),
        repeat: text("week"),
        repeat_times: text("2"),
        ..PlanForm::default()
    };
    let evenings = app.plan_activity(&operator, academy, &form, &plan)?.activities;
    if let Some(second) = evenings.last() {
        let why = "The hall is booked for mock examinations.";
        app.set_activity_state(&operator, academy, *second, ActivityState::Cancelled, why)?;
    }

    let form = ActivityForm {
        title: text("Governors look at the programme"),
        date: text("2026-10-14"),
        kind: text("programme"),
        state: text("delivered"),
        ..ActivityForm::default()
    };
    let plan = PlanForm {
        shows: vec![text("bm1.1"), text("bm1.2")],
        notes: text("The governors agreed the programme of the year and named a link governor. Minute 7."),
        ..PlanForm::default()
    };
    app.plan_activity(&operator, academy, &form, &plan)?;
    Ok(())
}
