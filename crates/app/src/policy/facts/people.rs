use ::policy::{
    Fact, Facts,
    markdown::{escape, table},
};
use domain::Date;
use store::institution::Contact;

use crate::careers_team::{CareersPost, holder, is_held, label, level};

/// Who holds which post on the day, as sentences and the table have them.
pub(super) fn facts(contacts: &[Contact], on: Date) -> Facts {
    let mut facts = Facts::new();
    let holder = |post| holder(contacts, post, on);
    if let Some(leader) = holder(CareersPost::CareersLeader) {
        facts.insert(Fact::CareersLeader, named(leader));
        let reached = reached(leader);
        if !reached.is_empty() {
            facts.insert(Fact::CareersLeaderContact, reached);
        }
    }
    if let Some(leader) = holder(CareersPost::SeniorLeader) {
        facts.insert(Fact::SeniorLeader, named(leader));
    }
    if let Some(adviser) = holder(CareersPost::CareersAdviser) {
        facts.insert(Fact::CareersAdviser, advises(adviser));
    }
    if let Some(governor) = holder(CareersPost::LinkGovernor) {
        facts.insert(Fact::LinkGovernor, escape(&governor.name));
    }
    // Whoever leads careers answers providers unless somebody is named for it.
    if let Some(asked) = holder(CareersPost::ProviderContact).or_else(|| holder(CareersPost::CareersLeader)) {
        let said = [named(asked), reached(asked)];
        facts.insert(
            Fact::ProviderContact,
            said.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "),
        );
    }
    let place = |word: &str| CareersPost::ALL.iter().position(|post| post.word() == word).unwrap_or(usize::MAX);
    let mut held: Vec<&Contact> = contacts.iter().filter(|contact| is_held(contact, on)).collect();
    held.sort_by_key(|contact| (place(&contact.role), contact.role.clone()));
    if !held.is_empty() {
        let row = |contact: &&Contact| vec![escape(&label(&contact.role)), named(contact), reached(contact)];
        let rows: Vec<_> = held.iter().map(row).collect();
        facts.insert(Fact::People, table(&["Post", "Name", "How to reach them"], &rows));
    }
    facts
}

/// Name and title, as a sentence has them.
fn named(contact: &Contact) -> String {
    match &contact.title {
        Some(title) => format!("{}, {}", escape(&contact.name), escape(title)),
        None => escape(&contact.name),
    }
}

/// E-mail address and telephone number.
fn reached(contact: &Contact) -> String {
    let ways = [&contact.email, &contact.phone].into_iter().flatten().map(|at| escape(at));
    ways.collect::<Vec<_>>().join(", ")
}

/// Name, and qualification with its level.
fn advises(adviser: &Contact) -> String {
    let Some(qualification) = &adviser.qualification else { return escape(&adviser.name) };
    let said = qualification.to_lowercase().contains("level");
    let level = level(qualification).filter(|_| !said).map_or(String::new(), |level| format!(", Level {level}"));
    let employer = adviser.employer.as_deref().map_or(String::new(), |employer| format!(", of {}", escape(employer)));
    format!("{}{employer} ({}{level})", escape(&adviser.name), escape(qualification))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn contact(role: &str, name: &str) -> Contact {
        Contact { role: role.to_owned(), name: name.to_owned(), ..Contact::default() }
    }

    #[test]
    fn whoever_has_left_is_named_no_more() {
        let leader = Contact {
            title: Some("Assistant head".to_owned()),
            email: Some("a@school.example".to_owned()),
            phone: Some("01632 960001".to_owned()),
            ends_on: Some(date(2026, 12, 31)),
            ..contact("careers-leader", "Ann Other")
        };
        let contacts = [leader, contact("head", "Pat Reed")];
        let said = facts(&contacts, date(2026, 12, 31));
        assert_eq!(said[&Fact::CareersLeader], "Ann Other, Assistant head");
        assert_eq!(said[&Fact::CareersLeaderContact], "a@school.example, 01632 960001");
        assert_eq!(said[&Fact::ProviderContact], "Ann Other, Assistant head, a@school.example, 01632 960001");
        assert!(said[&Fact::People].contains("| Careers leader | Ann Other, Assistant head |"), "{said:?}");
        let said = facts(&contacts, date(2027, 1, 1));
        assert_eq!(said.keys().copied().collect::<Vec<_>>(), [Fact::People]);
    }

    #[test]
    fn an_adviser_is_named_with_the_level() {
        let adviser = |qualification: &str| Contact {
            qualification: Some(qualification.to_owned()),
            employer: Some("Way & Co".to_owned()),
            ..contact("careers-adviser", "Kit")
        };
        assert_eq!(advises(&adviser("QCG")), "Kit, of Way \\& Co (QCG, Level 7)");
        assert_eq!(advises(&adviser("Level 6 Diploma")), "Kit, of Way \\& Co (Level 6 Diploma)");
    }
}
