//! Headings that schools' systems use, and what they mean here.

use crate::roster::Field;

use super::{ActivityField, Subject, Target};

/// Letters and digits of a heading in lower case: `Form/Tutor Group` and `form tutor group` are one.
pub(super) fn key(heading: &str) -> String {
    heading.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// What a heading means in a file about `subject`, and how well: of two columns for one field the lower number wins.
pub(super) fn meaning(heading: &str, subject: Subject) -> (Target, u8) {
    let key = key(heading);
    let own = match subject {
        Subject::Learners => None,
        Subject::Activities => activity(&key),
        Subject::Participation => participation(&key),
    };
    if let Some(found) = own {
        return found;
    }
    if subject == Subject::Activities {
        return (if is_dropped(&key) { Target::Dropped } else { Target::Unknown }, 0);
    }
    match learner(&key) {
        Some((field, rank)) => (Target::Learner(field), rank),
        None => match group(&key) {
            Some(target) => (target, 0),
            None if is_dropped(&key) => (Target::Dropped, 0),
            None => (Target::Unknown, 0),
        },
    }
}

fn learner(key: &str) -> Option<(Field, u8)> {
    use Field::*;
    Some(match key {
        "learner" | "adno" | "admissionnumber" | "admissionno" | "admno" => (Reference, 0),
        "misid" | "studentid" | "pupilid" | "learnerid" | "studentnumber" | "pupilnumber" | "studentno" => {
            (Reference, 1)
        }
        "localid" | "personid" | "externalid" => (Reference, 2),
        "id" => (Reference, 3),
        "upn" | "uniquepupilnumber" => (Upn, 0),
        "formerupn" | "previousupn" | "oldupn" => (FormerUpn, 0),
        "uln" | "uniquelearnernumber" => (Uln, 0),
        "legalforename" | "legalfirstname" => (Forename, 0),
        "forename" | "forenames" | "firstname" | "givenname" | "firstnames" => (Forename, 1),
        "preferredforename" | "preferredfirstname" | "chosenforename" => (Forename, 2),
        "legalsurname" | "legallastname" => (Surname, 0),
        "surname" | "lastname" | "familyname" => (Surname, 1),
        "preferredsurname" | "preferredlastname" | "chosensurname" => (Surname, 2),
        "dob" | "dateofbirth" | "birthdate" | "born" => (DateOfBirth, 0),
        "sex" | "legalsex" => (Sex, 0),
        "gender" => (Sex, 1),
        "ncyearactual" | "actyrgrp" | "ncyear" | "ncyeargroup" | "nationalcurriculumyear" => (YearGroup, 0),
        "yeargroup" | "year" | "yr" | "yearlevel" | "curriculumyear" | "currentncyear" => (YearGroup, 1),
        "yeartaughtin" => (YearGroup, 2),
        "form" | "reggroup" | "registrationgroup" | "registrationform" | "formtutorgroup" => (Form, 0),
        "tutorgroup" | "formgroup" | "reg" | "tutor" => (Form, 1),
        "senprovision" | "senstatus" | "senf" | "sen" | "sencode" | "currentsenstatus" => (Sen, 0),
        "fsm"
        | "fsmeligible"
        | "eligibleforfreemeals"
        | "eligibleforfreeschoolmeals"
        | "freeschoolmeals"
        | "fsmeligibility" => (Fsm, 0),
        "incare" | "lac" | "cla" | "lookedafter" | "childlookedafter" | "lookedafterchild" | "incareindicator" => {
            (LookedAfter, 0)
        }
        "consideringhe" | "consideringhighereducation" => (ConsideringHe, 0),
        "subjects" => (Subjects, 0),
        "joined" | "admissiondate" | "admissionsdate" | "dateofadmission" | "enrolmentdate" | "entrydat"
        | "entrydate" | "dateofentry" | "startdate" | "joiningdate" => (Joined, 0),
        "left" | "leavingdate" | "dateofleaving" | "leavedate" | "exitdate" | "leaver" => (Left, 0),
        "programmestarts" => (ProgrammeStarts, 0),
        "programmeends" => (ProgrammeEnds, 0),
        _ => return None,
    })
}

fn group(key: &str) -> Option<Target> {
    Some(match key {
        "deprivationpupilpremium"
        | "pupilpremium"
        | "pupilpremiumindicator"
        | "pp"
        | "disadvantagedpp"
        | "disadvantaged" => Target::Group("pupil premium".into()),
        "house" => Target::Group("house".into()),
        "laestab" | "schooldfenumber" | "dfenumber" => Target::Laestab,
        "lea" | "la" | "lacode" | "lanumber" => Target::Lea,
        "estab" | "establishmentnumber" | "estabnumber" => Target::Estab,
        _ => return None,
    })
}

fn activity(key: &str) -> Option<(Target, u8)> {
    use ActivityField::*;
    let (field, rank) = match key {
        "activity" | "activityid" | "activityreference" | "activityref" | "reference" | "ref" | "eventid" => {
            (Reference, 0)
        }
        "id" => (Reference, 1),
        "title" | "activitytitle" | "activityname" | "eventname" | "eventtitle" => (Title, 0),
        "name" | "event" => (Title, 1),
        "date" | "activitydate" | "startdate" | "eventdate" | "dateofactivity" => (Date, 0),
        "kind" | "type" | "activitytype" | "typeofactivity" => (Kind, 0),
        "benchmark" | "benchmarks" | "gatsbybenchmark" | "gatsbybenchmarks" => (Kind, 1),
        "providertype" => (ProviderType, 0),
        "organisation" | "organization" | "provideremployer" | "employer" | "employerprovider" | "company"
        | "organisationname" => (Organisation, 0),
        "provider" | "employername" | "providername" => (Organisation, 1),
        "mode" | "delivery" | "format" | "deliverymode" => (Mode, 0),
        "subject" | "curriculumarea" => (Subject, 0),
        "hours" | "durationhours" | "durationinhours" => (Hours, 0),
        "duration" | "length" => (Hours, 1),
        "yeargroups" | "yeargroup" | "years" | "year" => (YearGroups, 0),
        "checks" | "checklist" => (Checks, 0),
        "through" => (Through, 0),
        "source" => (Source, 0),
        "state" | "status" | "activitystatus" | "stage" => (State, 0),
        "lastday" | "enddate" | "finishdate" | "ends" | "until" => (EndsOn, 0),
        "startsat" | "starttime" | "time" | "timestart" => (StartsAt, 0),
        "endsat" | "endtime" | "timeend" | "finishtime" => (EndsAt, 0),
        "place" | "location" | "venue" | "room" | "where" => (Place, 0),
        "staff" | "leadstaff" | "stafflead" | "staffmember" | "teacher" | "organiser" | "incharge" => (Staff, 0),
        "cost" | "price" | "costs" | "totalcost" => (Cost, 0),
        "adjustments" | "sendadjustments" | "reasonableadjustments" => (Adjustments, 0),
        "purpose" | "aim" | "aims" | "objective" | "description" => (Purpose, 0),
        "sessions" => (Sessions, 0),
        _ => return None,
    };
    Some((Target::Activity(field), rank))
}

fn participation(key: &str) -> Option<(Target, u8)> {
    Some(match key {
        "status" | "attended" | "attendance" | "participated" | "present" => (Target::Status, 0),
        "activity" | "activityid" | "activityreference" | "activityref" | "eventid" => {
            (Target::Activity(ActivityField::Reference), 0)
        }
        "title" | "activitytitle" | "activityname" | "eventname" | "event" | "eventtitle" => {
            (Target::Activity(ActivityField::Title), 0)
        }
        "date" | "activitydate" | "eventdate" => (Target::Activity(ActivityField::Date), 0),
        _ => return None,
    })
}

/// Columns that are recognised and never kept: nothing here needs them, and some must not be held.
fn is_dropped(key: &str) -> bool {
    const PARTS: [&str; 35] = [
        "password",
        "username",
        "email",
        "phone",
        "mobile",
        "address",
        "postcode",
        "contact",
        "parent",
        "guardian",
        "carer",
        "medical",
        "doctor",
        "allerg",
        "diet",
        "ethnic",
        "religion",
        "language",
        "nationality",
        "photo",
        "middlename",
        "everincare",
        "service",
        "leavingreason",
        "enrolstatus",
        "disab",
        "attendance",
        "behaviour",
        "exclusion",
        "uci",
        "senneed",
        "lookedafterpremium",
        "premiumfte",
        "premiumfy",
        "premiumcash",
    ];
    // The last is the column that we add ourselves when a file is given back.
    const WHOLE: [&str; 10] = [
        "eal",
        "lang1st",
        "lastfsm",
        "adoptedfromcarepremium",
        "fsm6",
        "ever6",
        "ever6fsm",
        "englishasadditionallanguage",
        "kin",
        "problems",
    ];
    WHOLE.contains(&key) || PARTS.iter().any(|part| key.contains(part))
}
