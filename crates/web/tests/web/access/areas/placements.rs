use std::collections::BTreeMap;

use app::{Actor, App, EntryForm, LinkPurpose, PlacementForm, View};
use domain::{InstitutionId, PlacementStage};

/// What parameters of this area's addresses stand for; `known` is what those of all pages do.
pub(super) fn names(
    app: &App,
    institution: InstitutionId,
    known: &BTreeMap<&'static str, String>,
) -> Vec<(&'static str, String)> {
    let operator = Actor::operator();
    // The learner is in Year 9 this year, and so is placed next year.
    let view = View { institution, as_of: domain::date::parse("2027-10-01") };
    let form = PlacementForm { employer: "Fernhill Surveyors".to_owned(), ..PlacementForm::default() };
    let placement = app.add_placement(&operator, view, &known["learner"], &form).expect("a placement").id;
    app.move_placement(&operator, institution, placement, PlacementStage::Requested, "").expect("a step");
    let link = |purpose| app.make_placement_link(&operator, institution, placement, purpose).expect("a link");
    let (employer, parent) = (link(LinkPurpose::PlacementEmployer), link(LinkPurpose::PlacementParent));
    let journal = link(LinkPurpose::PlacementJournal);
    let entry = EntryForm { sort: "note".to_owned(), text: "Rang".to_owned(), ..EntryForm::default() };
    let entry = app.add_placement_entry(&operator, institution, placement, &entry).expect("an entry");
    vec![
        ("placement", placement.to_string()),
        ("moved", format!("{placement}.1")),
        ("placement_step", "1".to_owned()),
        ("placement_check", "visit".to_owned()),
        ("placement_link", employer.0.to_string()),
        ("placement_entry", entry.to_string()),
        ("employer_token", employer.1.reveal().to_owned()),
        ("parent_token", parent.1.reveal().to_owned()),
        ("journal_token", journal.1.reveal().to_owned()),
    ]
}

/// Fields without which a form of this area could not be read at all, beginning with `&`.
pub(super) fn form(path: &str, names: &BTreeMap<&'static str, String>) -> Option<String> {
    match path {
        _ if path.ends_with("/placements/move") => Some(format!("&placement={}&stage=searching", names["placement"])),
        _ if path.ends_with("/placements/{placement}/stage") => Some("&stage=searching".to_owned()),
        _ if path.ends_with("/placements/new") => Some(format!("&learner={}", names["learner"])),
        _ => None,
    }
}
