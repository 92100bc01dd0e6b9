//! Every operation asked by every role, in the person's own institution and in another, compared with the same reviewed table
//! that the pages and the API are compared with: the command line has no way around it.

mod activities;
mod calendar;
mod duties;
mod gaps;
mod organisations;
mod placements;
mod policy;
mod programme;
mod registers;
mod requests;
mod site;
mod site_check;

use std::collections::BTreeMap;

use app::{
    Action, Actions, Actor, App, ErasureKind, Error, Group, Holding, InvitationForm, Mark, NewAccount, PrivateNotes,
    ProtectionDocument, Reach, Refusal, Role, SubjectAccessFormat, View,
    import::{
        ImportKind, Upload,
        mapping::{Mapping, Subject},
        roster::Extent,
    },
};
use domain::{
    AccountId, ActivityId, ApiKeyId, GuidanceNoteId, ImportId, InstitutionId, InvitationId, LearnerId,
    ParticipationStatus,
};

use crate::harness::{World, on_both_engines, year_nine};

/// What an address takes of whoever asks the operation behind it: any of these actions, or every one.
struct Takes {
    actions: Actions,
    every: bool,
    /// Whether only somebody who holds it over every learner may.
    for_all: bool,
    /// The only roles that may; none: any.
    roles: Vec<Role>,
}

impl Takes {
    fn admits(&self, role: Role) -> bool {
        if self.for_all && reach(role) != Reach::Institution || !self.roles.is_empty() && !self.roles.contains(&role) {
            return false;
        }
        let allowed = role.usual();
        let has = allowed.and(self.actions);
        if self.every { has == self.actions } else { has != Actions::default() }
    }
}

/// What each operation takes: it passes for whoever one of its addresses is open to.
fn table() -> BTreeMap<String, Vec<Takes>> {
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/access.md");
    let page = std::fs::read_to_string(page).expect("docs/access.md is part of the repository");
    let mut operations = BTreeMap::<String, Vec<Takes>>::new();
    for line in page.lines().filter(|line| line.starts_with("| ") && line.contains(" /")) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let (address, takes, operation) = (cells[0], cells[1], cells[2]);
        if operation.is_empty() || !address.contains("{institution}") {
            continue;
        }
        // A page with a form takes more than looking; the operation behind it is the looking.
        let (takes, roles) = takes.split_once(" as ").unwrap_or((takes, ""));
        let roles = roles.split(" or ").filter_map(Role::from_word).collect();
        let every = takes.contains(" and ");
        let for_all = takes.ends_with(" for all");
        let words = takes.trim_end_matches(" for all").split(if every { " and " } else { " or " });
        let actions: Vec<_> = words.map(|word| Action::from_word(word).expect("an action")).collect();
        operations.entry(operation.to_owned()).or_default().push(Takes {
            actions: Actions::of(&actions),
            every,
            for_all,
            roles,
        });
    }
    operations
}

/// Asked last, so that everything else finds what it asks for.
const TAKES_AWAY: [&str; 2] = ["delete_activity", "end_role"];
/// These are about an event, a note or a key that is not there: to those who may, nothing is found.
const NEEDS_AN_EVENT: [&str; 9] = [
    "change_guidance_note",
    "give_back",
    "leave",
    "restore_activity",
    "restore_invitation",
    "revoke_api_key",
    "take_back_work",
    "undo_grid",
    "unmark",
];

fn needs_something(operation: &str) -> bool {
    let areas = [
        activities::NEEDS_SOMETHING,
        calendar::NEEDS_SOMETHING,
        gaps::NEEDS_SOMETHING,
        organisations::NEEDS_SOMETHING,
        placements::NEEDS_SOMETHING,
        programme::NEEDS_SOMETHING,
        registers::NEEDS_SOMETHING,
        duties::NEEDS_SOMETHING,
        policy::NEEDS_SOMETHING,
        requests::NEEDS_SOMETHING,
        site::NEEDS_SOMETHING,
        site_check::NEEDS_SOMETHING,
    ];
    NEEDS_AN_EVENT.contains(&operation) || areas.iter().any(|area| area.contains(&operation))
}

/// What is asked for.
struct Asked {
    institution: InstitutionId,
    learner: LearnerId,
    activity: ActivityId,
    import: ImportId,
    account: AccountId,
    invitation: InvitationId,
}

fn perform(operation: &str, app: &App, actor: &Actor, asked: &Asked) -> Result<(), Error> {
    let Asked { institution, learner, activity, import, account, invitation } = *asked;
    let view = View { institution, as_of: None };
    match operation {
        "account_to_erase" => app.account_to_erase(actor, view, account).map(drop),
        "activities" => app.activities(actor, view, &Default::default()).map(drop),
        "activity" => app.activity(actor, view, activity).map(drop),
        "add_activity" => app.add_activity(actor, institution, &Default::default()).map(drop),
        "add_person" => app.add_person(actor, institution, &NewAccount::default(), Role::Viewer).map(drop),
        "annotated_import" => app.annotated_import(actor, institution, import).map(drop),
        "apply_import" => app.apply_import(actor, institution, import, false).map(drop),
        "audit_trail" => app.audit_trail(actor, view, &Default::default()).map(drop),
        "audited_learners" => app.audited_learners(actor, view, "x").map(drop),
        "export_audit" => app.export_audit(actor, view, &Default::default(), app::ListFormat::Csv).map(drop),
        "attest" => app.attest(actor, institution, "bm1.1", &Default::default()),
        "benchmarks" => app.benchmarks(actor, view).map(drop),
        "cancel_import" => app.cancel_import(actor, institution, import),
        "change_activity" => app.change_activity(actor, institution, activity, &Default::default()),
        "change_institution" => app.change_institution(actor, institution, &Default::default()),
        "delete_activity" => app.delete_activity(actor, institution, activity).map(drop),
        "check_reason" => app.check_reason(actor, view, learner, ""),
        "erase_account" => app.erase_account(actor, institution, account, ""),
        "erase_learner" => app.erase_learner(actor, institution, learner, ErasureKind::Everything, "asked", -1),
        "erasure" => app.erasure(actor, view, learner).map(drop),
        "export_requirement" => {
            app.export_requirement(actor, view, "bm5.1", &Default::default(), app::ListFormat::Csv).map(drop)
        }
        "frame" => app.frame(actor, view).map(drop),
        "heat_map" => app.heat_map(actor, view).map(drop),
        "home" => app.home(actor, view).map(drop),
        "import" => app.import(actor, view, import).map(drop),
        "imports" => app.imports(actor, view, None).map(drop),
        "institution" => app.institution(actor, view).map(drop),
        "invitations" => app.invitations(actor, institution).map(drop),
        "invite" => {
            let (name, email) = ("Robin Example".to_owned(), String::new());
            let form = InvitationForm { name, email, holding: Some(Role::Viewer.into()), by_email: false };
            app.invite(actor, institution, &form).map(drop)
        }
        "learner" => app.learner(actor, view, learner).map(drop),
        "learners" => app.learners(actor, view, &Default::default()).map(drop),
        "map_import" => {
            let mapping =
                Mapping { subject: Subject::Learners, columns: Vec::new(), date_order: None, extent: Extent::Partial };
            app.map_import(actor, institution, import, &mapping)
        }
        "mark" => {
            app.mark(actor, institution, activity, &[Mark::new(learner, Some(ParticipationStatus::Absent))]).map(drop)
        }
        "mark_everybody" => app.mark_everybody(actor, view, activity, ParticipationStatus::Attended).map(drop),
        "people" => app.people(actor, institution).map(drop),
        "protection_file" => app.protection_file(actor, institution, ProtectionDocument::ProcessingRecord).map(drop),
        "protection_page" => app.protection_page(actor, view, ProtectionDocument::ImpactAssessment).map(drop),
        "provider_access" => app.provider_access(actor, view).map(drop),
        "register" => app.register(actor, view, activity).map(drop),
        "replan_import" => app.replan_import(actor, institution, import),
        "require_second_step" => app.require_second_step(actor, institution, false),
        "requirement" => app.requirement(actor, view, "bm5.1", &Default::default()).map(drop),
        "reset_link" => app.reset_link(actor, institution, account).map(drop),
        "restore_invitation" => app.restore_invitation(actor, institution, invitation),
        "send_invitation_again" => app.send_invitation_again(actor, institution, invitation, false).map(drop),
        "withdraw_invitation" => app.withdraw_invitation(actor, institution, invitation),
        "retention" => app.retention(actor, view).map(drop),
        "restore_activity" => app.restore_activity(actor, institution, activity, 1),
        "run_retention" => app.run_retention(actor, institution, None).map(drop),
        "add_api_key" => app.add_api_key(actor, institution, &Default::default()).map(drop),
        "add_guidance_note" => app.add_guidance_note(actor, institution, learner, &Default::default()).map(drop),
        "api_keys" => app.api_keys(actor, institution).map(drop),
        "belongings" => app.belongings(actor, view, account).map(drop),
        "caseload" => app.caseload(actor, view, account, &Default::default()).map(drop),
        "change_guidance_note" => {
            app.change_guidance_note(actor, institution, learner, GuidanceNoteId(1), &Default::default())
        }
        "end_role" => app.end_role(actor, institution, account, Role::Viewer).map(drop),
        "give_back" => app.give_back(actor, institution, account, 1),
        "give_role" => app.give_role(actor, institution, account, &Role::Viewer.into()),
        "grid" => app.grid(actor, institution).map(drop),
        "guidance_notes" => app.guidance_notes(actor, view, learner).map(drop),
        "leave" => app.leave(actor, institution, AccountId(1)).map(drop),
        "pass_on_work" => app.pass_on_work(actor, institution, account, &Default::default()).map(drop),
        "person" => app.person(actor, institution, account).map(drop),
        "reset_grid" => app.reset_grid(actor, institution).map(drop),
        "revoke_api_key" => app.revoke_api_key(actor, institution, ApiKeyId(1)),
        "set_grid" => app.set_grid(actor, institution, &[]).map(drop),
        "take_back_work" => app.take_back_work(actor, institution, account, 1),
        "tick_caseload" => app.tick_caseload(actor, institution, account, &[], &[]).map(drop),
        "undo_caseload" => app.undo_caseload(actor, institution, account, 1).map(drop),
        "undo_grid" => app.undo_grid(actor, institution, 1).map(drop),
        "view_as" => app.view_as(actor, "", institution, Role::Tutor, None),
        "set_retention" => app.set_retention(actor, institution, &BTreeMap::new()),
        "subject_access" => {
            let private = PrivateNotes::Withhold("theirs".to_owned());
            app.subject_access(actor, institution, learner, private, SubjectAccessFormat::Json).map(drop)
        }
        "subject_access_page" => app.subject_access_page(actor, view, learner).map(drop),
        "undo_import" => app.undo_import(actor, institution, import),
        "unmark" => app.unmark(actor, institution, activity, 1).map(drop),
        "upload" => {
            let upload = Upload { institution, kind: ImportKind::Learners, file_name: "roll.csv", bytes: ROLL };
            app.upload(actor, &upload).map(drop)
        }
        other => {
            let areas = [
                activities::perform,
                calendar::perform,
                gaps::perform,
                organisations::perform,
                placements::perform,
                programme::perform,
                registers::perform,
                duties::perform,
                policy::perform,
                requests::perform,
                site::perform,
                site_check::perform,
            ];
            areas.into_iter().find_map(|perform| perform(other, app, actor, asked)).unwrap_or_else(|| {
                panic!("docs/access.md names an operation {other:?} that this test does not know how to ask")
            })
        }
    }
}

const ROLL: &[u8] =
    b"Local id,Surname,Forename,Date of birth,Year,Form,Joined\nL9,Example,Ash,15/01/2013,9,9A,02/09/2024\n";

fn reach(role: Role) -> Reach {
    match role {
        Role::Tutor | Role::SubjectLead => Reach::Groups(vec![Group::Form("9A".to_owned())]),
        Role::Learner => Reach::Caseload(Vec::new()),
        _ => Reach::Institution,
    }
}

on_both_engines! {
    fn every_operation_is_open_to_those_whom_the_table_names_and_to_nobody_else(world: &World) {
        let here = world.school(&year_nine(1));
        let mut other = year_nine(1);
        other.institution.urn = Some("99902".to_owned());
        let elsewhere = world.school(&other);
        let app = &world.app;
        let learner = app.learners(&here.leader, here.today(), &Default::default()).unwrap().learners[0].id;
        let activity = app.activities(&here.leader, here.today(), &Default::default()).unwrap().activities[0].id;
        let upload = Upload { institution: here.id, kind: ImportKind::Learners, file_name: "roll.csv", bytes: ROLL };
        let import = app.upload(&here.leader, &upload).unwrap();
        let account = here.viewer.account().unwrap();
        let (name, email) = ("Robin Example".to_owned(), String::new());
        let form = InvitationForm { name, email, holding: Some(Role::Viewer.into()), by_email: false };
        let invitation = app.invite(&here.leader, here.id, &form).unwrap().id;
        let asked = Asked { institution: here.id, learner, activity, import, account, invitation };
        let mut people = Vec::new();
        for role in Role::ALL.into_iter().filter(|role| role.is_of_institution()) {
            for school in [&here, &elsewhere] {
                let mut actor = world.person(school.id, role.word(), Holding { role, reach: reach(role) });
                if role == Role::Learner && school.id == here.id {
                    app.set_caseload(&here.leader, here.id, actor.account().unwrap(), &[learner]).unwrap();
                    actor = world.signed_in(school.id, role.word());
                }
                people.push((role, school.id == here.id, actor));
            }
        }
        let mut wrong = Vec::new();
        // What is refused first: it changes nothing, so that what is allowed finds everything as it was.
        for allowed in [false, true] {
            let mut operations: Vec<_> = table().into_iter().collect();
            operations.sort_by_key(|(operation, _)| TAKES_AWAY.contains(&operation.as_str()));
            for (operation, takes) in operations {
                let mut is_first = true;
                for (role, works_here, actor) in &people {
                    let admits = *works_here && takes.iter().any(|takes| takes.admits(*role));
                    if admits != allowed {
                        continue;
                    }
                    // What the one before took away is not there for the next.
                    let may_be_gone = needs_something(&operation)
                        || TAKES_AWAY.contains(&operation.as_str()) && !std::mem::take(&mut is_first);
                    let outcome = perform(&operation, app, actor, &asked);
                    let as_expected = match (&outcome, admits, works_here) {
                        (Err(Error::Refusal(Refusal::NotAllowed)), false, true) => true,
                        (Err(Error::Refusal(Refusal::NotFound)), false, false) => true,
                        (_, false, _) => false,
                        (Err(Error::Refusal(Refusal::NotAllowed) | Error::Fault(_)), true, _) => false,
                        (Err(Error::Refusal(Refusal::NotFound)), true, _) => may_be_gone,
                        (_, true, _) => true,
                    };
                    if !as_expected {
                        let where_ = if *works_here { "here" } else { "elsewhere" };
                        wrong.push(format!("{operation} as {} {where_}: {outcome:?}", role.word()));
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "{} differ from docs/access.md:\n{}", wrong.len(), wrong.join("\n"));
    }
}
