//! The sentences of findings: what is still needed, why something does not count, why a requirement does not apply. Plain
//! words for a careers leader, all of them here.

use domain::{Check, Date, Kind, Mode, ParticipationStatus, ProviderType, date::long};

use crate::{Forecast, Missing, Reason, WhyNot};

/// What is still needed, and by when: "one more employer encounter that counts, by 31 August 2027".
pub fn missing(missing: &[Missing], deadline: Option<Date>) -> String {
    let parts: Vec<String> = missing.iter().map(still_needed).collect();
    let needed = join(&parts, "and");
    match deadline {
        Some(deadline) if !needed.is_empty() => format!("{needed}, by {}", long(deadline)),
        _ => needed,
    }
}

fn still_needed(missing: &Missing) -> String {
    match missing {
        Missing::Activities { kind, provider_type, in_person, more, have, different_dates } => {
            let again = if *have > 0 { "more " } else { "" };
            let with = provider_type.map_or(String::new(), |provider| format!(" with {}", a_provider(provider)));
            let held = if *in_person { " in person" } else { "" };
            let counts = if *kind == Kind::LabourMarket { "" } else { " that counts" };
            let counts = if *more > 1 { counts.replace("counts", "count") } else { counts.to_owned() };
            let dates = match (*different_dates, *have > 0, *more > 1) {
                (false, _, _) | (true, false, false) => "",
                (true, true, false) => ", on another date",
                (true, _, true) => ", on different dates",
            };
            format!("{} {again}{}{with}{held}{counts}{dates}", number(*more), kind_of(*kind, *more))
        }
        Missing::InPerson { kind } => {
            format!("one {} in person or blended, because virtual ones alone are not enough", kind_of(*kind, 1))
        }
        Missing::ThroughCurriculum { more: 1 } => "one of them through the learner’s curriculum area".to_owned(),
        Missing::ThroughCurriculum { more } => {
            format!("{} of them through the learner’s curriculum area", number(*more))
        }
        Missing::ProviderTypes { more, not_met } => {
            let names: Vec<String> = not_met.iter().map(|provider| a_provider(*provider).to_owned()).collect();
            if names.len() < *more as usize {
                // More types were asked for, by an adaptation or a parameter, than there are.
                let types = if *more == 1 { "type" } else { "types" };
                format!(
                    "a meaningful encounter with {} more {types} of provider, though there are only four",
                    number(*more)
                )
            } else if *more as usize == names.len() {
                format!("a meaningful encounter with {}", join(&names, "and with"))
            } else {
                format!("a meaningful encounter with {} more of these: {}", number(*more), join(&names, "or"))
            }
        }
        Missing::Occasions { have: 0, .. } => "two provider access occasions with different providers".to_owned(),
        Missing::Occasions { have: 1, .. } => {
            "one more provider access occasion, on another date and with other providers".to_owned()
        }
        Missing::Occasions { .. } => {
            "one provider access occasion with other providers: those so far were with the same".to_owned()
        }
        Missing::Hours { more } if more.to_string() == "1" => "1 more hour of workplace experience".to_owned(),
        Missing::Hours { more } => format!("{more} more hours of workplace experience"),
        Missing::Subjects { names } => format!("a careers link in {}", join(names, "and")),
        Missing::Review => "an annual review with its preparing-for-adulthood part".to_owned(),
    }
}

/// Why an activity does not count, to follow "does not count:".
pub fn why_not(why: &WhyNot) -> String {
    match why {
        WhyNot::Status(ParticipationStatus::Absent) => "the learner was absent".to_owned(),
        WhyNot::Status(ParticipationStatus::Excused) => "the learner was excused".to_owned(),
        WhyNot::Status(ParticipationStatus::Invited) => {
            "the learner was invited, and nobody has recorded that they came".to_owned()
        }
        WhyNot::Status(ParticipationStatus::Attended) => "it has not happened yet".to_owned(),
        WhyNot::NotOnRoll => "the learner was not on roll here that day".to_owned(),
        WhyNot::BeforeWindow(opens) => format!("it was before {}, when counting begins", long(*opens)),
        WhyNot::AfterWindow(closes) => format!("it is after {}, when counting ends", long(*closes)),
        WhyNot::MissingBoxes(checks) => {
            let boxes: Vec<String> = checks.iter().map(|check| format!("“{}”", check_label(check))).collect();
            let one = boxes.len() == 1;
            format!("not ticked {}: {}", if one { "yet" } else { "yet, all of them needed" }, join(&boxes, "and"))
        }
        WhyNot::ProviderType { wanted: Some(wanted) } => format!("it was not with {}", a_provider(*wanted)),
        WhyNot::ProviderType { wanted: None } => "no type of provider is recorded".to_owned(),
        WhyNot::Mode(Mode::InPerson) => "it was not in person".to_owned(),
        WhyNot::Mode(mode) => format!("it was not {}", mode_label(*mode)),
        WhyNot::NoOrganisation => "no organisation is named".to_owned(),
        WhyNot::VirtualAlone => "it was virtual, and none in person or blended stands beside it".to_owned(),
        WhyNot::NoSubject => "no subject is recorded".to_owned(),
        WhyNot::OtherSubject => "its subject is not one that the learner is asked about".to_owned(),
    }
}

/// Why a requirement does not apply to a learner, as a sentence.
pub fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::OutOfScope => "The learner is not among those whom this counts.",
        Reason::Adapted => "It was decided that this does not apply to this learner.",
        Reason::JoinedAfterWindow => {
            "The learner joined after the window had closed, and no transferred record meets it."
        }
        Reason::NoSubjects => {
            "No subjects are recorded for the learner or for the year group, so there is nothing to ask about."
        }
        Reason::WindowBeforeDuty => "The window opened before 1 January 2023, when this duty began.",
        Reason::NotOnRoll => "The learner is not on roll on this date.",
    }
}

/// What a forecast means, as a sentence.
pub fn forecast(forecast: Forecast) -> &'static str {
    match forecast {
        Forecast::Planned => "What the learner is invited to before the deadline would meet it.",
        Forecast::Unplanned => "Nothing planned before the deadline would meet it.",
    }
}

/// A kind of activity in words: "employer encounter", or "employer encounters" for several.
pub fn kind_of(kind: Kind, number: u32) -> &'static str {
    let several = number != 1;
    match kind {
        Kind::EmployerEncounter => {
            if several {
                "employer encounters"
            } else {
                "employer encounter"
            }
        }
        Kind::WorkplaceExperience => {
            if several {
                "workplace experiences"
            } else {
                "workplace experience"
            }
        }
        Kind::ProviderEncounter => {
            if several {
                "provider encounters"
            } else {
                "provider encounter"
            }
        }
        Kind::GuidanceMeeting => {
            if several {
                "guidance meetings"
            } else {
                "guidance meeting"
            }
        }
        Kind::LabourMarket => {
            if several {
                "uses of labour market information"
            } else {
                "use of labour market information"
            }
        }
        Kind::Curriculum => {
            if several {
                "curriculum links"
            } else {
                "curriculum link"
            }
        }
        Kind::Programme => {
            if several {
                "programme activities"
            } else {
                "programme activity"
            }
        }
    }
}

/// A type of provider with its article.
pub fn a_provider(provider: ProviderType) -> &'static str {
    match provider {
        ProviderType::SixthForm => "a sixth form",
        ProviderType::College => "a college",
        ProviderType::University => "a university",
        ProviderType::TrainingProvider => "a training provider",
    }
}

/// How an activity was held, in words.
pub fn mode_label(mode: Mode) -> &'static str {
    match mode {
        Mode::InPerson => "in person",
        Mode::Virtual => "virtual",
        Mode::Blended => "blended",
    }
}

/// A box of a checklist in a few words, as forms and findings show it.
pub fn check_label(check: Check) -> &'static str {
    match check {
        Check::PurposeShared => "purpose shared with everyone",
        Check::OutcomesFit => "learning outcomes fit the learners",
        Check::TwoWay => "two-way interaction",
        Check::Reflection => "time to reflect",
        Check::RangeOfPeople => "met a range of people",
        Check::Task => "did a task set by the employer",
        Check::Feedback => "employer gave feedback",
        Check::ProviderInformation => "information about the provider",
        Check::LearningDescribed => "what learning there is like",
        Check::ApprovedProvider => "approved provider of technical education or apprenticeships",
        Check::SchoolDay => "within the school day",
        Check::PalOffer => "asked to speak about what it offers",
        Check::PalCareers => "asked to speak about the careers this leads to",
        Check::PalExperience => "asked to speak about what learning there is like",
        Check::PalQuestions => "asked to answer questions",
        Check::QualifiedAdviser => "adviser qualified to Level 6 or above",
    }
}

/// Small numbers in words.
fn number(number: u32) -> String {
    const WORDS: [&str; 11] = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    WORDS.get(number as usize).map_or_else(|| number.to_string(), |word| (*word).to_owned())
}

/// `a`, `a and b`, `a, b and c`.
fn join<S: AsRef<str>>(parts: &[S], conjunction: &str) -> String {
    match parts {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} {conjunction} {}", first.join(", "), last.as_ref())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_reads_as_a_sentence() {
        let one = Missing::Activities {
            kind: Kind::EmployerEncounter,
            provider_type: None,
            in_person: false,
            more: 1,
            have: 1,
            different_dates: false,
        };
        let by = Some(Date::constant(2027, 8, 31));
        assert_eq!(missing(&[one], by), "one more employer encounter that counts, by 31 August 2027");
        let two = Missing::Activities {
            kind: Kind::ProviderEncounter,
            provider_type: Some(ProviderType::University),
            in_person: true,
            more: 2,
            have: 0,
            different_dates: true,
        };
        assert_eq!(
            missing(&[two], by),
            "two provider encounters with a university in person that count, on different dates, by 31 August 2027"
        );
        let types = Missing::ProviderTypes { more: 2, not_met: vec![ProviderType::College, ProviderType::University] };
        assert_eq!(missing(&[types], None), "a meaningful encounter with a college and with a university");
        let beyond = Missing::ProviderTypes { more: 1, not_met: vec![] };
        assert_eq!(
            missing(&[beyond], None),
            "a meaningful encounter with one more type of provider, though there are only four"
        );
    }
}
