//! Events in plain words. Each reads on from the person's name: "Pat Reed" "read Ann Other’s record".

use std::collections::BTreeMap;

use domain::{AccountId, ActivityId, LearnerId};
use serde_json::Value;
use store::audit::Entry;

use crate::{Role, frame::Scene};

/// What was done, of an event in the scene's institution.
pub(super) fn did(scene: &Scene<'_>, names: &BTreeMap<AccountId, String>, event: &Entry) -> String {
    let payload: Value = serde_json::from_str(&event.payload).unwrap_or_default();
    let word = |name: &str| payload[name].as_str().unwrap_or_default().to_owned();
    let count = |name: &str, one: &str, many: &str| {
        let number = payload[name].as_u64().unwrap_or(event.detail_count);
        format!("{number} {}", if number == 1 { one } else { many })
    };
    let activity = || match event.subject_id.and_then(|id| scene.held.activity_index(ActivityId(id))) {
        Some(index) => format!("the activity “{}”", scene.held.records.activity(index).title),
        None => "an activity that is gone".to_owned(),
    };
    let person = || {
        let name = event.subject_id.and_then(|id| names.get(&AccountId(id)));
        name.cloned().unwrap_or_else(|| "somebody whose account is gone".to_owned())
    };
    let about = || event.subject_id.map_or("a learner".to_owned(), |id| learner(scene, LearnerId(id)));
    match event.action.as_str() {
        super::READ => format!("read {}’s record", about()),
        "learners.listed" => {
            format!("looked at {}: {}", list(scene, &word("what")), count("rows", "learner", "learners"))
        }
        super::EXPORTED => {
            format!("took away {} in a file: {}", list(scene, &word("what")), count("rows", "learner", "learners"))
        }
        "activity.added" => format!("added {}", activity()),
        "activity.changed" => format!("changed {}", activity()),
        "activity.deleted" => format!("deleted an activity with {}", count("marks", "mark", "marks")),
        "activity.restored" => format!("put {} back with {}", activity(), count("marks", "mark", "marks")),
        "activity.invited" => format!("invited {} to {}", count("marks", "learner", "learners"), activity()),
        "activity.moved-on" => format!("set {} from {} to {}", activity(), word("from"), word("to")),
        "activity.file-added" => format!("added a file to {}", activity()),
        "activity.file-removed" => format!("deleted a file of {}", activity()),
        "activity.file-restored" => format!("put a file of {} back", activity()),
        "activities.exported" => {
            format!("took the list of activities away in a file: {}", count("rows", "activity", "activities"))
        }
        "website.written" => "changed texts of the public pages".to_owned(),
        "website.published" => "published the public pages".to_owned(),
        "website.withdrawn" => "withdrew the public pages".to_owned(),
        "website.shown-again" => "showed the public pages again".to_owned(),
        "website.look-changed" => "changed the address or the look of the public pages".to_owned(),
        "website.logo-set" => "set a logo for the public pages".to_owned(),
        "website.logo-removed" => "took the logo of the public pages away".to_owned(),
        "site-check.begun" => "began a check of the website".to_owned(),
        "site-check.ended" => "had the website checked".to_owned(),
        "question.asked" => "took in a question from the public pages".to_owned(),
        "question.answered" => "noted that a question from the public was answered".to_owned(),
        "question.answered-by-letter" => "answered a question from the public by letter".to_owned(),
        "question.letter-again" => "had the letter with an answer tried again".to_owned(),
        "question.opened-again" => "noted that a question from the public is not answered after all".to_owned(),
        "question.deleted" => "deleted a question from the public".to_owned(),
        "template.saved" => "saved a template for activities".to_owned(),
        "template.deleted" => "deleted a template for activities".to_owned(),
        "template.restored" => "put a template for activities back".to_owned(),
        "budget.set" => format!("set the careers budget of {}", word("year")),
        "register.marked" if word("how") == "code" => {
            format!("checked in with the code on the board, in the register of {}", activity())
        }
        "register.marked" => {
            let refused = payload["refused"].as_u64().filter(|refused| *refused > 0);
            let refused = refused.map_or(String::new(), |refused| {
                format!("; {refused} more were not changed, because somebody else had marked meanwhile")
            });
            format!("marked {} in the register of {}{refused}", count("marks", "learner", "learners"), activity())
        }
        "register.unmarked" => {
            format!("took back {} in the register of {}", count("marks", "mark", "marks"), activity())
        }
        "slots.added" => format!("entered {}", count("rows", "slot with free places", "slots with free places")),
        "slot.changed" => "changed a slot with free places".to_owned(),
        "slots.removed" => format!("took away {}", count("rows", "slot with free places", "slots with free places")),
        "slots.undone" => format!("took back a change of {}", count("rows", "slot", "slots")),
        "catch-up.closed" => format!("noted that a learner need not make up for {}", activity()),
        "catch-up.reopened" => format!("took back that a learner need not make up for {}", activity()),
        "catch-up.planned" => format!("planned {} for {}", activity(), count("rows", "learner", "learners")),
        "proposal.accepted" => format!(
            "planned {} for {} to close gaps",
            count("sessions", "session", "sessions"),
            count("places", "learner", "learners")
        ),
        "proposal.undone" => {
            format!("took back {} that was planned to close gaps", count("sessions", "session", "sessions"))
        }
        "policy.begun" => format!("began {}", version(&payload)),
        "policy.clause-changed" => format!("changed “{}” in {}", word("clause"), version(&payload)),
        "policy.undone" => format!("took a change of “{}” back in {}", word("clause"), version(&payload)),
        "policy.read-in" => format!("read an existing policy in beside {}", version(&payload)),
        "policy.passage-placed" => {
            format!("put a part of the earlier policy into “{}” in {}", word("clause"), version(&payload))
        }
        "policy.passage-settled" => format!("looked through the earlier policy beside {}", version(&payload)),
        "policy.review-set" => format!("set the review date of {}", version(&payload)),
        "policy.edition-moved" => format!("moved {} to the wording of {}", version(&payload), word("edition")),
        "policy.signed" if payload["on_paper"] == false => format!("signed {}", version(&payload)),
        "policy.signed" => format!("recorded the signature of {}", version(&payload)),
        "policy.approved" => format!("recorded the governors’ approval of {}", version(&payload)),
        "policy.confirmed" => format!("confirmed what is asked from {}", version(&payload)),
        "policy.confirmation-undone" => format!("took back what was confirmed from {}", version(&payload)),
        "policy.returned" => format!("took {} back to a draft", version(&payload)),
        "policy.published" => format!("published {}", version(&payload)),
        "programme.changed" => format!("changed the programme of {}", word("year")),
        "programme.copied" => format!("copied the programme of {} to {}", word("from"), word("year")),
        "programme.approved" => match word("approver").as_str() {
            "governors" => format!("recorded that the governors approved the programme of {}", word("year")),
            _ => format!("recorded that a senior leader approved the programme of {}", word("year")),
        },
        "programme.approval-withdrawn" => format!("took back an approval of the programme of {}", word("year")),
        "outcomes.added" => {
            format!("added {} to the programme of {}", count("outcomes", "outcome", "outcomes"), word("year"))
        }
        "outcome.changed" => "changed a learning outcome".to_owned(),
        "outcome.removed" => "took a learning outcome away".to_owned(),
        "outcome.restored" => "put a learning outcome back".to_owned(),
        "curriculum-link.added" => "wrote down where a subject links to careers".to_owned(),
        "curriculum-link.changed" => "changed where a subject links to careers".to_owned(),
        "curriculum-link.removed" => "took a subject’s link to careers away".to_owned(),
        "curriculum-link.restored" => "put a subject’s link to careers back".to_owned(),
        "curriculum-link.recorded" => {
            format!("recorded a lesson for {}", count("learners", "learner", "learners"))
        }
        "subject-leads.changed" => "changed who leads which subject".to_owned(),
        "staff-training.added" => "recorded what staff learnt about careers".to_owned(),
        "staff-training.removed" => "took away a record of what staff learnt about careers".to_owned(),
        "staff-training.restored" => "put back a record of what staff learnt about careers".to_owned(),
        "roadmap.changed" => "changed the roadmap for parents and carers".to_owned(),
        "institution.added" => "set the institution up".to_owned(),
        "institution.changed" => "changed the institution’s details".to_owned(),
        "second-step.required" => "asked everybody for a second step of signing in".to_owned(),
        "second-step.left-open" => "left a second step of signing in to each person".to_owned(),
        "careers-leader.changed" => "changed who the careers leader is, for the website and the policy".to_owned(),
        "duty.added" => "added a responsibility in the careers programme".to_owned(),
        "duty.changed" => "changed a responsibility in the careers programme".to_owned(),
        "careers-post.changed" => crate::careers_team::sentence(&word("post")),
        "own-words.changed" => {
            format!("changed what the institution says under “{}”", crate::own_words::label(&word("name")))
        }
        "attested" => format!("confirmed “{}”", requirement(scene, &word("requirement"))),
        "import.uploaded" => "uploaded a file".to_owned(),
        "import.planned" => "had a file checked against the records".to_owned(),
        "import.decided" => format!("decided {} of an import", count("decisions", "question", "questions")),
        "import.cancelled" => "gave an import up".to_owned(),
        "import.applied" => "imported a file".to_owned(),
        "import.undone" => "took an import back".to_owned(),
        "account.added" => format!("made an account for {}", person()),
        "role.granted" => match word("over").as_str() {
            "" => format!("made {} {}", person(), role(&word("role"))),
            over => format!("made {} {} for {over}", person(), role(&word("role"))),
        },
        "link.made" => "made a link that works without an account".to_owned(),
        "link.closed" => "ended a link".to_owned(),
        "calendar-date.added" => "put a date into the calendar".to_owned(),
        "calendar-date.changed" => "changed a date of the calendar".to_owned(),
        "calendar-date.removed" => "took a date out of the calendar".to_owned(),
        "calendar-date.put-back" => "took back a change to a date of the calendar".to_owned(),
        "national-date.changed" => "changed a national date in the calendar".to_owned(),
        "national-date.hidden" => "left a national date out of the calendar".to_owned(),
        "national-date.shown" => "showed a national date again as it is".to_owned(),
        "invitation.made" => format!("invited {} by {}", invited(&payload), word("by")),
        "invitation.sent-again" => format!("sent an invitation again by {}", word("by")),
        "invitation.withdrawn" => "withdrew an invitation".to_owned(),
        "invitation.restored" => "took back that an invitation was withdrawn".to_owned(),
        "invitation.accepted" => "accepted an invitation".to_owned(),
        "invitation.expired" => "noted that an invitation had run out".to_owned(),
        "role.ended" => format!("ended that {} is {}", person(), role(&word("role"))),
        "caseload.changed" => format!("changed whose learners are in the care of {}", person()),
        "roles.ended" => format!("took away from {} being {}", person(), roles(&payload)),
        "access.restored" => format!("made {} an administrator again", person()),
        "roles.changed" => "changed what roles may do".to_owned(),
        "work.handed-over" => format!("passed on what {} looked after", person()),
        "work.taken-back" => format!("gave {} back what was passed on", person()),
        "viewing.began" => format!("began to look as {} would", role(&word("role"))),
        "viewing.ended" => "looked as themselves again".to_owned(),
        "api-key.added" => "made a key for a program".to_owned(),
        "api-key.revoked" => "took back a key of a program".to_owned(),
        "guidance-note.added" => format!("wrote a note of a guidance meeting of {}", about()),
        "guidance-note.changed" => format!("changed a note of a guidance meeting of {}", about()),
        "guidance-notes.read" => format!("read private notes of guidance meetings of {}", about()),
        "organisation.added" => "added an organisation".to_owned(),
        "organisation.changed" => "changed the details of an organisation".to_owned(),
        "organisation.merged" => "made one organisation of two".to_owned(),
        "organisation.unmerged" => "made two organisations again of one".to_owned(),
        "organisation.taken-from-activities" => {
            format!("made organisations of the names in activities: {}", count("organisations", "one", "organisations"))
        }
        "organisations.imported" => "brought in a list of organisations".to_owned(),
        "organisations.exported" => {
            format!("took away organisations and their people in a file: {}", count("rows", "line", "lines"))
        }
        "reflection.sent" => format!("wrote, by a link for learners, what they thought of {}", activity()),
        "reflection.added" => format!("entered what {} thought of an activity", about()),
        "reflection.deleted" => format!("took away what a learner thought of {}", activity()),
        "feedback.sent" => format!("wrote, by a link for those who were there, what they thought of {}", activity()),
        "provider-request.received" if word("by") == "provider" => "asked for access, by the public form".to_owned(),
        "provider-request.received" => "took down a provider’s request for access".to_owned(),
        "provider-request.reviewed" => "began to look into a provider’s request".to_owned(),
        "provider-request.asked" => "asked a provider something about their request".to_owned(),
        "provider-request.answered" => "added something to their request, by a provider’s link".to_owned(),
        "provider-request.contact-changed" => "changed whom to write to, by a provider’s link".to_owned(),
        "provider-request.withdrawn" if word("by") == "provider" => {
            "withdrew their request, by a provider’s link".to_owned()
        }
        "provider-request.withdrawn" => "noted that a provider withdrew their request".to_owned(),
        "provider-request.granted" => {
            format!("granted a provider’s request, with {} invited", count("invited", "learner", "learners"))
        }
        "provider-request.refused" => "refused a provider’s request".to_owned(),
        "provider-request.deferred" => "put a provider’s request off".to_owned(),
        "provider-request.taken-back" => "took back the decision on a provider’s request".to_owned(),
        "provider-request.moved" => "told a provider that something of their visit is changed".to_owned(),
        "provider-request.visitors-checked" => {
            format!("wrote down who visits with a provider: {}", count("visitors", "visitor", "visitors"))
        }
        "provider-request.delivered" => "confirmed that a provider’s visit took place".to_owned(),
        "provider-request.evaluated" => "wrote down how a provider’s visit went".to_owned(),
        "provider-request.letter-again" => "let a letter about a provider’s request be sent again".to_owned(),
        "provider-request.forgotten" => "took out of a request who asked for the provider".to_owned(),
        "provider-request.days-set" => "set by when requests of providers are answered".to_owned(),
        "provider-request.form-opened" => "opened the public form for providers for the first time".to_owned(),
        "provider-requests.exported" => {
            format!("took the list of providers’ requests away in a file: {}", count("rows", "request", "requests"))
        }
        "placement.added" => format!("began {}", count("placements", "placement", "placements")),
        "placement.changed" => "changed the details of a placement".to_owned(),
        "placement.moved" => format!("moved a placement from “{}” to “{}”", word("from"), word("to")),
        "placement.step-undone" => {
            format!("took back a step of a placement, from “{}” to “{}”", word("from"), word("to"))
        }
        "placement.checked" => format!("noted what was found of a check of a placement: {}", word("check")),
        "placement.written" => "wrote something down about a placement".to_owned(),
        "placement.entry-deleted" => "took away something written about a placement".to_owned(),
        "placement.asked" => "made a link that asks about a placement".to_owned(),
        "placement.employer-answered" => "answered, by an employer’s link, about a placement".to_owned(),
        "placement.parent-answered" => "answered, by a parent’s or carer’s link, about a placement".to_owned(),
        "placement.employer-feedback" => "wrote, by an employer’s link, how a placement went".to_owned(),
        "placement.journal-written" => "wrote, by a learner’s link, into a placement’s journal".to_owned(),
        "contact.added" => "added somebody at an organisation".to_owned(),
        "contact.changed" => "changed the details of somebody at an organisation".to_owned(),
        "contact.erased" => "erased somebody at an organisation".to_owned(),
        "contact.noted" => "noted that an organisation was contacted".to_owned(),
        "contact.note-deleted" => "took away a note of what was said to an organisation".to_owned(),
        "contact.ask-again-set" => "set how long the same people are not asked again".to_owned(),
        "account.erased" => format!("erased the account of {}", person()),
        "second-step.reset" => format!("took away the second step of {}", person()),
        "learner.erased" => "erased a learner’s record".to_owned(),
        "learner.disclosed" => format!("made a copy of everything recorded of {}", about()),
        "retention.applied" => "let go of records that had been kept long enough".to_owned(),
        "retention.changed" => "changed how long records are kept".to_owned(),
        "trust.added" => "made a trust with this institution in it".to_owned(),
        "hub.added" => "made a Careers Hub with this institution in it".to_owned(),
        "audit.exported" if payload["whole"] == true => "took away the whole audit trail in a file".to_owned(),
        "audit.exported" => format!("took away the audit trail in a file: {}", count("rows", "event", "events")),
        other => match event.subject_kind.as_str() {
            "learner" => format!("{} (of {})", plain(other), about()),
            "account" => format!("{} (of {})", plain(other), person()),
            _ => plain(other),
        },
    }
}

/// The roles that an event names.
fn roles(payload: &Value) -> String {
    let named = payload["roles"].as_array().map_or(&[][..], Vec::as_slice);
    named.iter().filter_map(|held| held["role"].as_str()).map(role).collect::<Vec<_>>().join(", ")
}

/// As what somebody was invited, and over whom.
fn invited(payload: &Value) -> String {
    let word = |name: &str| payload[name].as_str().unwrap_or_default();
    match (word("reach"), word("over")) {
        ("institution", _) | (_, "") => format!("somebody to be {}", role(word("role"))),
        (_, over) => format!("somebody to be {} for {over}", role(word("role"))),
    }
}

/// A learner's name, as far as the reader may know it.
pub(super) fn learner(scene: &Scene<'_>, id: LearnerId) -> String {
    match scene.held.learner_index(id) {
        Some(index) if scene.sees(index) => {
            let learner = scene.held.records.learner(index);
            format!("{} {}", learner.forename, learner.surname)
        }
        Some(_) => "a learner".to_owned(),
        None => "a learner who is gone".to_owned(),
    }
}

/// Why somebody's reach allowed it, from the words that the event keeps.
pub(super) fn why(reach: &str) -> String {
    let (viewing, reach) = match reach.strip_prefix("viewing as ") {
        Some(rest) => ("looking as ", rest),
        None => ("as ", reach),
    };
    let (of, over) = reach.split_once(": ").unwrap_or((reach, ""));
    let who = match Role::from_word(of) {
        Some(Role::Learner) => return "about themselves".to_owned(),
        Some(_) => role(of),
        None if of == "operator" => return "as the server’s operator".to_owned(),
        None => plain(of),
    };
    match over {
        "" => format!("{viewing}{who}"),
        "whole institution" => format!("{viewing}{who} of the whole institution"),
        "caseload" => format!("{viewing}{who}, from their own caseload"),
        over => format!("{viewing}{who} of {over}"),
    }
}

/// A field's name as people say it.
pub(super) fn field(name: &str) -> String {
    let words = match name {
        "urn" | "ukprn" | "upn" | "uln" => return name.to_uppercase(),
        "email" => "e-mail address".to_owned(),
        "checks" => "boxes ticked".to_owned(),
        "through" => "taught through".to_owned(),
        "first_days" => "first days of years".to_owned(),
        "parameters" => "values of its own".to_owned(),
        "attested_on" => "day of confirming".to_owned(),
        "owner" => "who looks after it".to_owned(),
        other => other.replace(['_', '-'], " "),
    };
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// “version 2 of the careers policy”.
fn version(payload: &Value) -> String {
    let paper = payload["paper"].as_str().and_then(|word| word.parse::<::policy::Paper>().ok());
    let paper = paper.map_or("a policy".to_owned(), |paper| format!("the {}", paper.label().to_lowercase()));
    format!("version {} of {paper}", payload["number"])
}

fn role(word: &str) -> String {
    let name = word.replace('-', " ").replace("senco", "SENCO");
    let article = if matches!(word, "administrator") { "an" } else { "a" };
    format!("{article} {name}")
}

fn requirement(scene: &Scene<'_>, id: &str) -> String {
    let of_learners = scene.pack.requirements.iter().find(|r| r.id == id).map(|r| &r.wording.title);
    let of_institution = scene.pack.institution_requirements.iter().find(|r| r.id == id).map(|r| &r.wording.title);
    of_learners.or(of_institution).cloned().unwrap_or_else(|| id.to_owned())
}

/// What a list was of.
fn list(scene: &Scene<'_>, what: &str) -> String {
    match what {
        "learners" => "the list of learners".to_owned(),
        "register" => "a register".to_owned(),
        "participation" => "who took part in what".to_owned(),
        "folder" => "everything recorded".to_owned(),
        "placements" => "placements".to_owned(),
        "workplace-hours" => "hours at workplaces".to_owned(),
        "reflections" => "what learners thought of an activity".to_owned(),
        id => format!("the list for “{}”", requirement(scene, id)),
    }
}

/// `api-key.revoked` as "api key: revoked".
fn plain(action: &str) -> String {
    action.replace('.', ": ").replace(['-', '_'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reach_reads_as_a_reason() {
        assert_eq!(why("careers-leader: whole institution"), "as a careers leader of the whole institution");
        assert_eq!(why("tutor: 9A, 9B"), "as a tutor of 9A, 9B");
        assert_eq!(why("careers-adviser: caseload"), "as a careers adviser, from their own caseload");
        assert_eq!(why("viewing as tutor: 9A"), "looking as a tutor of 9A");
        assert_eq!(why("learner: caseload"), "about themselves");
        assert_eq!(why("operator"), "as the server’s operator");
    }

    #[test]
    fn fields_read_as_labels() {
        assert_eq!(field("provider_type"), "Provider type");
        assert_eq!(field("urn"), "URN");
    }
}
