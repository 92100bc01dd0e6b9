//! What a provider writes, read: every problem at once.

use domain::{Check, Institution, Mode, ProviderType, YearGroup};

use super::{CONTENTS, RequestForm, kept};
use crate::{Problems, open_form::check_one_address};

/// Longest of a line, and of a text, in characters.
pub(super) const LINE: usize = 200;
pub(super) const TEXT: usize = 2_000;

/// What a form said.
pub(super) struct Read {
    pub(super) organisation: String,
    pub(super) provider_type: Option<ProviderType>,
    pub(super) contact: String,
    pub(super) email: String,
    pub(super) phone: Option<String>,
    pub(super) offers: String,
    pub(super) covers: String,
    pub(super) year_groups: String,
    pub(super) wanted: String,
    pub(super) format: Option<String>,
    pub(super) visitors: Option<i32>,
    pub(super) needs: String,
    pub(super) message: String,
}

/// Notes each text that is longer than it may be.
pub(super) fn too_long(problems: &mut Problems, fields: &[(&'static str, &str, usize)]) {
    for (field, text, most) in fields {
        if text.chars().nth(*most).is_some() {
            problems.add(field, format!("This is too long. Keep it to {most} characters."));
        }
    }
}

/// What a person is called and reached by: by e-mail, or, where somebody spoke to them, by telephone alone.
pub(super) fn contact(
    problems: &mut Problems,
    (contact, email, phone): (&str, &str, &str),
    reached: Reached,
) -> (String, String, Option<String>) {
    let contact = problems.required("contact", contact, "the name of the person to write to");
    let email = match reached {
        Reached::ByEmail => problems.required("email", email, "an e-mail address, so that we can answer"),
        Reached::EitherWay => email.trim().to_owned(),
    };
    if reached == Reached::EitherWay && email.is_empty() && phone.trim().is_empty() {
        problems.add("email", "Enter an e-mail address or a telephone number, so that they can be answered.");
    }
    check_one_address(&email, "email", problems);
    // Our first letter greets whoever was named, at an address that nobody has confirmed: it carries nobody's advertisement.
    if ["://", "www.", "http"].iter().any(|sign| contact.to_lowercase().contains(sign)) {
        problems.add("contact", "Enter a name, without a web address.");
    }
    too_long(problems, &[("contact", &contact, LINE), ("email", &email, LINE), ("phone", phone, LINE)]);
    (contact, email, kept(phone))
}

/// How somebody has to be reached.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reached {
    /// By e-mail: nobody has spoken to them.
    ByEmail,
    /// By e-mail or telephone.
    EitherWay,
}

impl RequestForm {
    pub(super) fn read(&self, institution: &Institution, reached: Reached, problems: &mut Problems) -> Read {
        let organisation = problems.required("organisation", &self.organisation, "the name of the organisation");
        let (contact, email, phone) = contact(problems, (&self.contact, &self.email, &self.phone), reached);
        let offers = problems.required("offers", &self.offers, "what learners would be told about");
        let wanted = problems.required("wanted", &self.wanted, "when the visit would be, such as “Tuesdays in March”");
        too_long(
            problems,
            &[
                ("organisation", &organisation, LINE),
                ("offers", &offers, TEXT),
                ("wanted", &wanted, TEXT),
                ("needs", &self.needs, TEXT),
                ("message", &self.message, TEXT),
            ],
        );
        let provider_type = one_of(&self.provider_type, ProviderType::ALL, ProviderType::word);
        if provider_type.is_none() && !matches!(self.provider_type.trim(), "" | "other") {
            problems.add("provider_type", "Choose a type of provider from the list.");
        }
        let covers: Vec<_> = CONTENTS.into_iter().filter(|check| ticked(&self.covers, check.word())).collect();
        let taught = (institution.lowest_year.number()..=institution.highest_year.number()).map(YearGroup::new);
        let years: Vec<_> =
            taught.map(|year| year.number().to_string()).filter(|year| ticked(&self.year_groups, year)).collect();
        if years.is_empty() {
            problems.add("year_groups", "Choose the year groups that would be met.");
        }
        let format = one_of(&self.format, Mode::ALL, Mode::word).map(|mode| mode.word().to_owned());
        let visitors = match self.visitors.trim() {
            "" => None,
            text => problems.take(
                "visitors",
                text.parse::<i32>()
                    .ok()
                    .filter(|number| (0..=200).contains(number))
                    .ok_or_else(|| "Enter how many people come as a number, such as 2.".to_owned()),
            ),
        };
        Read {
            organisation,
            provider_type,
            contact,
            email,
            phone,
            offers,
            covers: covers.into_iter().map(Check::word).collect::<Vec<_>>().join(" "),
            year_groups: years.join(" "),
            wanted,
            format,
            visitors,
            needs: self.needs.trim().to_owned(),
            message: self.message.trim().to_owned(),
        }
    }
}

fn ticked(words: &[String], word: &str) -> bool {
    words.iter().any(|one| one.trim() == word)
}

fn one_of<T: Copy>(text: &str, all: &[T], word: fn(T) -> &'static str) -> Option<T> {
    all.iter().copied().find(|one| word(*one) == text.trim())
}
