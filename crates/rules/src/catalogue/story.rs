//! Worked cases in words.

use domain::{
    Activity, Adapted, Checks, InstitutionType, Kind, Mode, ParticipationStatus, Records, Sector, Sen, YearGroup,
    date::long,
};

use super::CatalogueCase;
use crate::{Answer, Expected, Forecast, Holdings, InstitutionStatus, Status, WholeCase, WorkedCase, sentence};

/// A case on a learner.
pub(super) fn of_learner(case: &WorkedCase) -> CatalogueCase {
    let records = &case.given;
    let mut given = institution(records);
    given.push(learner(case));
    for (position, activity) in records.activities.iter().enumerate() {
        let register = records.participations.iter().find(|part| part.activity.0 as usize == position);
        given.push(happened(activity, register.map(|part| part.status)));
    }
    for review in &records.reviews {
        let part = if review.preparing_for_adulthood { "with" } else { "without" };
        given.push(format!("{}: annual review, {part} its preparing-for-adulthood part.", long(review.date)));
    }
    for adaptation in &records.adaptations {
        let what = match adaptation.adapted {
            Adapted::Out => "does not apply".to_owned(),
            Adapted::Count(count) => format!("asks for {count}"),
        };
        given.push(format!(
            "By decision, {} {what} for this learner: {}.",
            adaptation.requirement,
            adaptation.reason.trim_end_matches('.')
        ));
    }
    CatalogueCase { that: case.that.clone(), given, status: case.expected.status.word(), outcome: outcome(case) }
}

/// A case on an institution as a whole.
pub(super) fn of_institution(case: &WholeCase) -> CatalogueCase {
    let mut given = vec![format!("Asked on {}.", long(case.as_of))];
    given.extend(holdings(&case.holdings));
    for (position, activity) in case.records.activities.iter().enumerate() {
        let register = case.records.participations.iter().find(|part| part.activity.0 as usize == position);
        given.push(match register {
            Some(part) if part.status == ParticipationStatus::Invited => {
                format!("{}: {}, learners invited.", long(activity.date), sentence::kind_of(activity.kind, 1))
            }
            Some(_) => format!("{}: {}, register taken.", long(activity.date), sentence::kind_of(activity.kind, 1)),
            None => format!("{}: {}, no register.", long(activity.date), sentence::kind_of(activity.kind, 1)),
        });
    }
    let until = case.holds_until.map(|day| format!(" until {}", long(day))).unwrap_or_default();
    let (status, outcome) = match case.status {
        InstitutionStatus::Met => ("met", format!("Met{until}.")),
        InstitutionStatus::Stale => ("stale", "Out of date: it has to be looked at again.".to_owned()),
        InstitutionStatus::NotYet => ("not-yet", "Not met yet.".to_owned()),
        InstitutionStatus::NotApplicable => ("not-applicable", "It does not apply.".to_owned()),
    };
    CatalogueCase { that: case.that.clone(), given, status, outcome }
}

fn holdings(holdings: &Holdings) -> Vec<String> {
    let mut lines = Vec::new();
    for attestation in &holdings.attestations {
        let answer = match attestation.answer {
            Answer::Met => "that it is so",
            Answer::NotYet => "that it is not so yet",
            Answer::NotApplicable => "that it does not apply",
        };
        lines.push(format!("Attested on {}: {answer}.", long(attestation.attested_on)));
    }
    let leader = &holdings.careers_leader;
    let known: Vec<&str> =
        [("name", &leader.name), ("e-mail address", &leader.email), ("telephone number", &leader.telephone)]
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(what, _)| *what)
            .collect();
    if !known.is_empty() {
        lines.push(format!("Held of the careers leader: {}.", known.join(", ")));
    }
    let dates = [
        ("Next review of the published information", holdings.website_review_on),
        ("Careers policy signed", holdings.policy_signed_on),
        ("Next review of the careers policy", holdings.policy_review_on),
    ];
    lines.extend(dates.iter().filter_map(|(what, day)| day.map(|day| format!("{what}: {}.", long(day)))));
    if lines.is_empty() {
        lines.push("Nothing is held.".to_owned());
    }
    lines
}

/// What is unusual about the institution; nothing for a plain one.
fn institution(records: &Records) -> Vec<String> {
    let institution = &records.institution;
    let mut lines = Vec::new();
    if !matches!(institution.kind, InstitutionType::Academy | InstitutionType::FeCollege) {
        lines.push(format!("The institution is of type {}.", institution.kind.label()));
    }
    let usual = match institution.kind.sector() {
        Sector::School => (7, 13),
        Sector::Post16 => (12, 14),
    };
    if (institution.lowest_year.number(), institution.highest_year.number()) != usual {
        lines.push(format!(
            "The institution teaches Years {} to {}.",
            institution.lowest_year, institution.highest_year
        ));
    }
    if let Some(subjects) = institution.subjects.values().next() {
        lines.push(format!("Subjects of the year group: {}.", subjects.join(", ")));
    }
    for day in institution.calendar.first_days().values() {
        lines.push(format!("The first day of term was {}.", long(*day)));
    }
    for (name, value) in &institution.parameters {
        lines.push(format!("The institution has set {name} to {value}."));
    }
    lines
}

fn learner(case: &WorkedCase) -> String {
    let learner = &case.given.learners[0];
    let year = case.given.institution.year_of(case.as_of);
    let year_group =
        |year| case.given.year_records.iter().find(|record| record.academic_year == year).map(|r| r.year_group);
    let mut words = format!("A learner in Year {}", year_group(year).unwrap_or(YearGroup::LOWEST));
    match learner.sen {
        Some(Sen::Ehcp) => words.push_str(" with an education, health and care plan"),
        Some(Sen::Support) => words.push_str(" with SEN support"),
        Some(Sen::None) | None => {}
    }
    if learner.considering_he == Some(true) {
        words.push_str(", considering higher education");
    }
    if !learner.subjects.is_empty() {
        words.push_str(&format!(", who takes {}", learner.subjects.join(", ")));
    }
    words.push_str(&format!(", on roll since {}", long(learner.joined)));
    for record in case.given.year_records.iter().filter(|record| record.academic_year != year) {
        words.push_str(&format!(", in Year {} in {}", record.year_group, record.academic_year));
    }
    if let Some((starts, ends)) = learner.programme_starts.zip(learner.programme_ends) {
        words.push_str(&format!(", on a programme from {} to {}", long(starts), long(ends)));
    }
    format!("{words}. Asked on {}.", long(case.as_of))
}

fn happened(activity: &Activity, register: Option<ParticipationStatus>) -> String {
    let mut words = format!("{}: {}", long(activity.date), sentence::kind_of(activity.kind, 1));
    if let Some(subject) = &activity.subject {
        words.push_str(&format!(" in {}", subject.split_whitespace().collect::<Vec<_>>().join(" ")));
    }
    match (&activity.organisation, activity.provider_type) {
        (Some(organisation), _) => words.push_str(&format!(" with {organisation}")),
        (None, Some(provider)) => words.push_str(&format!(" with {}", sentence::a_provider(provider))),
        (None, None) => {}
    }
    if activity.mode != Mode::InPerson {
        words.push_str(&format!(", {}", sentence::mode_label(activity.mode)));
    }
    if let Some(hours) = activity.hours {
        words.push_str(&format!(", {hours} hours"));
    }
    if activity.through.is_some() {
        words.push_str(", through the curriculum area");
    }
    if activity.source.is_some() {
        words.push_str(", brought along from the previous school");
    }
    words.push_str(&boxes(activity));
    if !activity.year_groups.is_empty() {
        let years: Vec<String> = activity.year_groups.iter().map(|year| year.to_string()).collect();
        words.push_str(&format!(", offered to all of Year {}", years.join(" and Year ")));
    }
    words.push_str(match register {
        Some(ParticipationStatus::Attended) => ", attended",
        Some(ParticipationStatus::Absent) => ", absent",
        Some(ParticipationStatus::Invited) => ", invited",
        Some(ParticipationStatus::Excused) => ", excused",
        None => ", not on the register",
    });
    words.push('.');
    words
}

/// Which boxes are ticked, where there is a checklist.
fn boxes(activity: &Activity) -> String {
    let all: Checks = activity.kind.checklist().iter().copied().collect();
    let missing = activity.checks.missing(all);
    if all.is_empty() {
        return String::new();
    }
    let few = missing.iter().count() <= 2;
    if missing.is_empty() {
        ", every box ticked".to_owned()
    } else if activity.checks.is_empty() {
        ", no box ticked".to_owned()
    } else if activity.kind == Kind::ProviderEncounter && activity.checks == Checks::PROVIDER_ACCESS {
        ", only the boxes of provider access ticked".to_owned()
    } else if few {
        let labels: Vec<String> = missing.iter().map(|check| format!("“{}”", sentence::check_label(check))).collect();
        format!(", every box ticked but {}", labels.join(" and "))
    } else {
        let labels: Vec<String> =
            activity.checks.iter().map(|check| format!("“{}”", sentence::check_label(check))).collect();
        format!(", ticked: {}", labels.join(", "))
    }
}

fn outcome(case: &WorkedCase) -> String {
    let expected = &case.expected;
    let mut words = match expected.status {
        Status::Met => format!("Met since {}", expected.on.map_or_else(String::new, long)),
        Status::Due if expected.partly_met => {
            format!("Partly met, due by {}", expected.deadline.map_or_else(String::new, long))
        }
        Status::Due => format!("Due by {}", expected.deadline.map_or_else(String::new, long)),
        Status::Missed => "Missed: the window has closed".to_owned(),
        Status::Upcoming => "Upcoming: the window has not opened".to_owned(),
        Status::NotApplicable => {
            let reason = expected.reason.map_or("", sentence::reason).trim_end_matches('.');
            format!("Not applicable. {reason}")
        }
    };
    words.push_str(match expected.forecast {
        Some(Forecast::Planned) => "; what is planned would meet it",
        Some(Forecast::Unplanned) => "; nothing planned would meet it",
        None => "",
    });
    words.push('.');
    words.push_str(&offer(expected));
    words
}

fn offer(expected: &Expected) -> String {
    let Some(offer) = &expected.offered else { return String::new() };
    let occasions =
        if offer.occasions == 1 { "one occasion".to_owned() } else { format!("{} occasions", offer.occasions) };
    match offer.status {
        Status::Met => format!(" Offered to the year group: {occasions}, which meets the institution’s duty."),
        Status::Missed => format!(" Offered to the year group: {occasions}, and the institution’s duty is missed."),
        _ => format!(" Offered to the year group: {occasions}, and the institution’s duty is still due."),
    }
}
