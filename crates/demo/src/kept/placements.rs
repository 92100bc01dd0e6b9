use app::{
    Actor, App, CheckForm, EmployerAnswer, EntryForm, LinkPurpose, ParentAnswer, PlacementFilter, PlacementForm,
    Result, SeasonForm, View,
};
use domain::{CHECK_SET, CheckedBy, InstitutionId, PlacementId, PlacementStage, YearGroup};

/// Employers of the season, and how far each of their placements has come.
const SEASON: [(&str, PlacementStage); 14] = [
    ("Brightwater Dental Care", PlacementStage::Checks),
    ("Copperfield Engineering", PlacementStage::Approved),
    ("Copperfield Engineering", PlacementStage::Checks),
    ("Elmtree Primary School", PlacementStage::Approved),
    ("Elmtree Primary School", PlacementStage::Agreed),
    ("Harbour Street Studios", PlacementStage::Requested),
    ("Pennywell Garden Centre", PlacementStage::Checks),
    ("Pennywell Garden Centre", PlacementStage::Agreed),
    ("Brightwater Dental Care", PlacementStage::Requested),
    ("Harbour Street Studios", PlacementStage::FellThrough),
    ("Copperfield Engineering", PlacementStage::Requested),
    ("Elmtree Primary School", PlacementStage::Checks),
    ("Pennywell Garden Centre", PlacementStage::Requested),
    ("Brightwater Dental Care", PlacementStage::Agreed),
];

/// What the demo shows of this area: a season for Year 10 in July, of which nothing counts yet.
pub(super) fn build(app: &App, academy: InstitutionId) -> Result<()> {
    let operator = Actor::operator();
    let view = View { institution: academy, as_of: None };
    let filter = PlacementFilter { year_group: Some(YearGroup::new(10)), form: None };
    let Some(form) = app.placements(&operator, view, &filter)?.forms.first().cloned() else { return Ok(()) };
    let season = SeasonForm {
        year_group: "10".to_owned(),
        form: form.clone(),
        starts_on: "2027-07-05".to_owned(),
        ends_on: "2027-07-09".to_owned(),
        hours_a_day: "5".to_owned(),
    };
    app.add_placements(&operator, view, &season)?;
    let filter = PlacementFilter { form: Some(form), ..filter };
    let board = app.placements(&operator, view, &filter)?;
    let begun: Vec<_> = board.columns.iter().flat_map(|column| &column.cards).map(|card| card.id).collect();
    for (id, (employer, stage)) in begun.into_iter().zip(SEASON) {
        let details = PlacementForm {
            employer: employer.to_owned(),
            starts_on: season.starts_on.clone(),
            ends_on: season.ends_on.clone(),
            hours_a_day: "5".to_owned(),
            ..PlacementForm::default()
        };
        app.change_placement(&operator, academy, id, &details)?;
        advance(app, academy, (id, stage))?;
    }
    Ok(())
}

fn advance(app: &App, academy: InstitutionId, (id, stage): (PlacementId, PlacementStage)) -> Result<()> {
    let operator = Actor::operator();
    let to = |stage, reason: &str| app.move_placement(&operator, academy, id, stage, reason).map(drop);
    to(PlacementStage::Requested, "")?;
    if stage == PlacementStage::FellThrough {
        return to(stage, "They have no room this summer.");
    }
    if stage < PlacementStage::Agreed {
        return Ok(());
    }
    let (_, employer) = app.make_placement_link(&operator, academy, id, LinkPurpose::PlacementEmployer)?;
    let answer = EmployerAnswer {
        agrees: "yes".to_owned(),
        details: PlacementForm {
            supervisor: "Ian Example".to_owned(),
            supervisor_phone: "01632 960118".to_owned(),
            hours_a_day: "5".to_owned(),
            tasks: "Work beside the team, with a small task of their own by the end of the week.".to_owned(),
            not_allowed: "Machines, lifting above shoulder height, being alone with customers.".to_owned(),
            ..PlacementForm::default()
        },
        insurance_number: "EL 204 117".to_owned(),
        insurance_amount: "£10 million".to_owned(),
        insurance_expires: "2027-06-30".to_owned(),
        risks: "Nothing out of the ordinary; an introduction on the first morning.".to_owned(),
        knows_safeguarding: true,
    };
    app.send_employer_answer(academy, employer.reveal(), &answer)?;
    if stage < PlacementStage::Checks {
        return Ok(());
    }
    to(PlacementStage::Checks, "")?;
    let (_, parent) = app.make_placement_link(&operator, academy, id, LinkPurpose::PlacementParent)?;
    if stage < PlacementStage::Approved {
        return Ok(());
    }
    let agreed = ParentAnswer {
        agrees: "yes".to_owned(),
        name: "Sandy Example".to_owned(),
        emergency_name: "Sandy Example".to_owned(),
        emergency_phone: "01632 960119".to_owned(),
        needs: String::new(),
        travel: "On foot".to_owned(),
    };
    app.send_parent_answer(academy, parent.reveal(), &agreed)?;
    for rule in CHECK_SET.iter().filter(|rule| rule.by == CheckedBy::Approval) {
        let expires_on = if rule.expires { "2027-06-30".to_owned() } else { String::new() };
        let form = CheckForm { status: "seen".to_owned(), expires_on, ..CheckForm::default() };
        app.set_placement_check(&operator, academy, id, rule.check, &form)?;
    }
    to(PlacementStage::Approved, "")?;
    let note = EntryForm {
        sort: "call".to_owned(),
        text: "Rang to agree the first morning: nine at reception.".to_owned(),
        ..EntryForm::default()
    };
    app.add_placement_entry(&operator, academy, id, &note).map(drop)
}
