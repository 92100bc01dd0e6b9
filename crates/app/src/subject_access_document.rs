//! What is held about one learner, as a document that a parent can read.

use documents::{Address, Block, Column, Document, Prose, Section, Table};
use domain::{ParticipationStatus, date::long};

use crate::{
    PrivateNotes, data_register,
    data_register_page::term,
    retention_period::Fate,
    subject_access::{Subject, in_words, sen_in_words},
};

/// The document. Its title names nobody; the learner is named below it.
pub(crate) fn document(subject: &Subject) -> Document {
    let name = format!("{} {}", subject.learner.forename, subject.learner.surname);
    Document::new("What we hold about one learner’s careers education", subject.made_on)
        .described("A copy of the personal data in a learner’s careers record, for the learner and their family.")
        .issued_by(subject.institution_name.clone())
        .about(name.clone())
        .block(Block::paragraph(format!(
            "This is a copy of everything that {} holds about {name} in Waymark, the system in which it keeps its careers \
             programme, as it was on {}. Other systems of the school hold other records; ask the school for those.",
            subject.institution_name,
            long(subject.made_on)
        )))
        .section(who(subject))
        .section(took_part(subject))
        .section(guidance(subject))
        .section(crate::subject_access_programme::section(subject))
        .section(support(subject))
        .section(origin(subject))
        .section(seen_by(subject))
        .section(kept(subject))
        .section(rights(subject))
}

fn yes_no(value: Option<bool>) -> &'static str {
    match value {
        None => "not known",
        Some(true) => "yes",
        Some(false) => "no",
    }
}

fn who(subject: &Subject) -> Section {
    let learner = &subject.learner;
    let known = |text: &Option<String>| text.clone().unwrap_or_else(|| "not known".to_owned());
    let mut terms = vec![
        ("Name", format!("{} {}", learner.forename, learner.surname)),
        ("Date of birth", long(learner.date_of_birth)),
        ("Sex, as the school’s records have it", known(&learner.sex)),
        ("Number in the school’s own system", learner.reference.clone()),
        ("Unique pupil number", known(&learner.upn)),
        ("Unique learner number", known(&learner.uln)),
        ("Form or tutor group", known(&learner.form)),
        ("First day on roll", long(learner.joined)),
        ("Last day on roll", learner.left.map_or("still on roll".to_owned(), long)),
        ("Free school meals", yes_no(learner.fsm).to_owned()),
        ("Looked after by a local authority", yes_no(learner.looked_after).to_owned()),
        ("Considering higher education", yes_no(learner.considering_he).to_owned()),
        ("Special educational needs", sen_in_words(learner.sen).to_owned()),
    ];
    if !learner.subjects.is_empty() {
        terms.push(("Subjects", learner.subjects.join(", ")));
    }
    if let Some(day) = learner.programme_starts {
        let until = learner.programme_ends.map_or(String::new(), |day| format!(" to {}", long(day)));
        terms.push(("Study programme", format!("{}{until}", long(day))));
    }
    for (scheme, identifier) in &subject.aliases {
        terms.push(("Former number", format!("{identifier} ({})", in_words(scheme))));
    }
    let years: Vec<String> =
        subject.year_groups.iter().map(|(year, group)| format!("Year {group} in {year}")).collect();
    terms.push(("Year groups", if years.is_empty() { "none recorded".to_owned() } else { years.join("; ") }));
    Section::new("Who the record is about").block(Block::terms(terms))
}

fn took_part(subject: &Subject) -> Section {
    let columns =
        [Column::short("When"), Column::words("What"), Column::words("With whom"), Column::short("Took part")];
    let rows = subject.took_part.iter().map(|(activity, status)| {
        let status = match status {
            ParticipationStatus::Invited => "invited",
            ParticipationStatus::Attended => "yes",
            ParticipationStatus::Absent => "absent",
            ParticipationStatus::Excused => "excused",
        };
        let from = if activity.source.is_some() { " (recorded by a previous school)" } else { "" };
        let cells: Vec<Prose> = vec![
            long(activity.date).into(),
            format!("{}: {}{from}", sentence(&in_words(activity.kind.word())), activity.title).into(),
            activity.organisation.clone().unwrap_or_default().into(),
            status.into(),
        ];
        cells
    });
    Section::new("Activities")
        .paragraph("Careers activities that the record links with the learner, earliest first.")
        .table(Table::new(columns).rows_of(rows))
}

fn guidance(subject: &Subject) -> Section {
    let columns = [Column::short("When"), Column::words("With"), Column::words("What was agreed")];
    let rows = subject.notes.iter().map(|note| {
        let cells: Vec<Prose> =
            vec![long(note.held_on).into(), note.by.clone().into(), note.agreed_actions.clone().into()];
        cells
    });
    let section = Section::new("Meetings with a careers adviser").table(Table::new(columns).rows_of(rows));
    let private = subject.private_count();
    match (&subject.private, private) {
        (_, 0) => section.paragraph("No private notes of an adviser are held."),
        (PrivateNotes::Include, _) => {
            let columns = [Column::short("When"), Column::words("Private note of the adviser")];
            let rows = subject.notes.iter().filter_map(|note| {
                let text = note.private_note.clone()?;
                Some(vec![Prose::from(long(note.held_on)), Prose::from(text)])
            });
            section.section(Section::new("Private notes").table(Table::new(columns).rows_of(rows)))
        }
        (PrivateNotes::Withhold(reason), count) => section.block(Block::important(format!(
            "{} withheld. The reason: {} You may ask the school to look at this again, or complain as the last section says.",
            if count == 1 {
                "One private note of the adviser is held and is".to_owned()
            } else {
                format!("{count} private notes of the adviser are held and are")
            },
            full_stop(reason)
        ))),
    }
}

fn support(subject: &Subject) -> Section {
    let reviews = subject.reviews.iter().map(|(day, prepared)| {
        let prepared = if *prepared { "yes" } else { "no" };
        vec![Prose::from(long(*day)), Prose::from(prepared)]
    });
    let adaptations = subject.adaptations.iter().map(|adaptation| {
        let instead = match adaptation.adapted {
            domain::Adapted::Out => "does not apply".to_owned(),
            domain::Adapted::Count(count) => format!("asks for {count}"),
        };
        let cells: Vec<Prose> = vec![
            adaptation.requirement.clone().into(),
            instead.into(),
            adaptation.reason.clone().into(),
            adaptation.person.clone().into(),
        ];
        cells
    });
    let review_columns = [Column::short("Annual review on"), Column::short("Prepared for adulthood")];
    let columns = [
        Column::short("Requirement"),
        Column::short("For this learner"),
        Column::words("Why"),
        Column::words("Decided by"),
    ];
    Section::new("Support")
        .table(Table::new(review_columns).captioned("Annual reviews").rows_of(reviews))
        .table(Table::new(columns).captioned("What the programme asks differently").rows_of(adaptations))
}

fn origin(subject: &Subject) -> Section {
    let rows = subject.sources.iter().map(|(day, kind)| {
        let what = match kind.as_str() {
            "learners" => "a list of learners from another system of the school",
            "activities" => "a list of activities",
            "participation" => "a list of who took part in what",
            _ => "a folder of lists",
        };
        vec![Prose::from(long(*day)), Prose::from(what)]
    });
    Section::new("Where it came from")
        .paragraph(
            "Names, dates and groups come from the school’s own management information system. Activities and who took part \
             are recorded by staff, or come from lists that they bring in. These lists changed something about the learner \
             and are still noted:",
        )
        .table(Table::new([Column::short("Brought in on"), Column::words("What it was")]).rows_of(rows))
}

fn seen_by(subject: &Subject) -> Section {
    let columns = [
        Column::words("Who"),
        Column::words("As what"),
        Column::words("What they did"),
        Column::figures("Times"),
        Column::short("Last on"),
    ];
    let rows = subject.readers.iter().map(|reader| {
        let cells: Vec<Prose> = vec![
            reader.name.clone().into(),
            sentence(&reader.role).into(),
            reader.did.into(),
            reader.times.to_string().into(),
            long(reader.last_on).into(),
        ];
        cells
    });
    let carers = if subject.carers.is_empty() {
        "Nobody has the learner on a caseload of their own.".to_owned()
    } else {
        format!("In whose care the learner is: {}.", subject.carers.join("; "))
    };
    Section::new("Who has looked at it")
        .paragraph(
            "Waymark notes each time somebody opens a learner’s record. Staff see only what their role needs. The record is not \
             sold, not used for advertising, and nothing about the learner is decided by a computer alone.",
        )
        .table(Table::new(columns).rows_of(rows))
        .paragraph(carers)
}

fn kept(subject: &Subject) -> Section {
    let (rule, fate) = subject.fate;
    let rule = data_register().rule(rule);
    let when = match fate {
        Fate::GoesOn(day) => format!("The record will be deleted on or soon after {}.", long(day)),
        Fate::Undated | Fate::Stays => {
            let months = subject.months.map_or(String::new(), term);
            format!(
                "The learner is on roll, so the record stays. After they have left it is kept until {months} after birth, and \
                 then deleted."
            )
        }
    };
    let why = rule.map_or(String::new(), |rule| format!("{} ({}.)", rule.why, rule.source));
    Section::new("How long it is kept").paragraph(when).paragraph(why)
}

fn rights(subject: &Subject) -> Section {
    let contact = match &subject.contact {
        Some(contact) => {
            let by: Vec<&str> = [contact.email.as_deref(), contact.phone.as_deref()].into_iter().flatten().collect();
            let by = if by.is_empty() { String::new() } else { format!(" ({})", by.join(", ")) };
            format!("the careers leader, {}{by}, or the school’s data protection officer", contact.name)
        }
        None => "the careers leader or the school’s data protection officer".to_owned(),
    };
    let why = data_register().basis("public-task").map_or(String::new(), |basis| basis.says.clone());
    let commissioner = match Address::parse("https://ico.org.uk/make-a-complaint/") {
        Some(address) => Prose::new()
            .text("complain to the Information Commissioner, at ")
            .link("ico.org.uk/make-a-complaint", address)
            .text(" or on 0303 123 1113"),
        None => Prose::from("complain to the Information Commissioner, on 0303 123 1113"),
    };
    Section::new("Your rights")
        .paragraph(format!("The law that allows the school to keep this: {why}"))
        .paragraph("You may")
        .block(Block::bullets([
            Prose::from("have what is wrong put right"),
            Prose::from("object to what is done with it, on grounds of your own situation"),
            Prose::from("ask for it to be erased, where the school has no duty to keep it"),
            commissioner,
        ]))
        .paragraph(format!("Ask {contact}. The school answers within one month."))
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

fn full_stop(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(['.', '!', '?']) { text.to_owned() } else { format!("{text}.") }
}
