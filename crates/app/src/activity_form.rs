use domain::{
    Activity, ActivityState, Checks, Date, Hours, Institution, Kind, Mode, ProviderType, Source, Through, YearGroup,
    split_list,
};

use crate::{Error, Problems, Result};

/// An activity as a form has it: everything as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ActivityForm {
    /// How the institution names it; blank makes one up.
    pub reference: String,
    /// What it is called.
    pub title: String,
    /// Its day.
    pub date: String,
    /// What it is, by its word.
    pub kind: String,
    /// Type of the provider met, by its word.
    pub provider_type: String,
    /// Organisation met.
    pub organisation: String,
    /// How it was held, by its word; blank is in person.
    pub mode: String,
    /// Subject.
    pub subject: String,
    /// Hours.
    pub hours: String,
    /// Year groups, separated by `;`.
    pub year_groups: String,
    /// The ticked boxes, by their words.
    pub checks: Vec<String>,
    /// `curriculum-area` or blank.
    pub through: String,
    /// `transferred` or blank.
    pub source: String,
    /// How far it has come, by its word; blank leaves it as it is, or is planned.
    pub state: String,
}

impl From<&Activity> for ActivityForm {
    fn from(activity: &Activity) -> Self {
        let word = |word: Option<&'static str>| word.unwrap_or_default().to_owned();
        let years: Vec<_> = activity.year_groups.iter().map(|year| year.to_string()).collect();
        Self {
            reference: activity.reference.clone(),
            title: activity.title.clone(),
            date: activity.date.to_string(),
            kind: activity.kind.word().to_owned(),
            provider_type: word(activity.provider_type.map(ProviderType::word)),
            organisation: activity.organisation.clone().unwrap_or_default(),
            mode: activity.mode.word().to_owned(),
            subject: activity.subject.clone().unwrap_or_default(),
            hours: activity.hours.map_or(String::new(), |hours| hours.to_string()),
            year_groups: years.join(";"),
            checks: activity.checks.iter().map(|check| check.word().to_owned()).collect(),
            through: word(activity.through.map(Through::word)),
            source: word(activity.source.map(Source::word)),
            state: activity.state.word().to_owned(),
        }
    }
}

/// Longest of a line that a person types, in characters.
const LONGEST_LINE: usize = 300;

/// Notes a day that is more than one academic year back or two ahead: a year was mistyped.
pub(crate) fn far_off(institution: &Institution, date: Option<Date>, today: Date, problems: &mut Problems) {
    let Some(date) = date else { return };
    let (year, now) = (institution.year_of(date), institution.year_of(today));
    if year < now.previous() || year > now.next().next() {
        let (first, last) = (now.previous(), now.next().next());
        problems.add("date", format!("{}? Enter a day from {first} to {last}.", date.year()));
    }
}

impl ActivityForm {
    /// Every field by its name, as text.
    pub(crate) fn fields(&self) -> [(&'static str, String); 14] {
        [
            ("reference", self.reference.clone()),
            ("title", self.title.clone()),
            ("date", self.date.clone()),
            ("kind", self.kind.clone()),
            ("provider_type", self.provider_type.clone()),
            ("organisation", self.organisation.clone()),
            ("mode", self.mode.clone()),
            ("subject", self.subject.clone()),
            ("hours", self.hours.clone()),
            ("year_groups", self.year_groups.clone()),
            ("checks", self.checks.join(";")),
            ("through", self.through.clone()),
            ("source", self.source.clone()),
            ("state", self.state.clone()),
        ]
    }

    /// The activity that the form says, or everything that is wrong with it.
    pub(crate) fn check(&self, reference: String) -> Result<Activity> {
        let mut problems = Problems::default();
        let activity = self.note(reference, &mut problems);
        problems.check()?;
        activity.ok_or_else(|| Error::problem("date", "Enter a day."))
    }

    /// The same, with what is wrong noted beside what else is.
    pub(crate) fn note(&self, reference: String, problems: &mut Problems) -> Option<Activity> {
        let activity = self.read(reference, problems);
        for (field, text) in [
            ("title", &self.title),
            ("organisation", &self.organisation),
            ("subject", &self.subject),
            ("reference", &self.reference),
        ] {
            if text.chars().nth(LONGEST_LINE).is_some() {
                problems.add(field, format!("This is too long. Keep it to {LONGEST_LINE} characters."));
            }
        }
        let kind = self.kind.parse().ok();
        if kind == Some(Kind::ProviderEncounter) && self.provider_type.trim().is_empty() {
            problems.add("provider_type", "Choose what type of provider it was.");
        }
        if kind == Some(Kind::Curriculum) && self.subject.trim().is_empty() {
            problems.add("subject", "Enter the subject that the lesson belongs to.");
        }
        activity
    }

    /// The activity as it stands, without asking for what a person who records one must say. `None` without a day or kind.
    pub(crate) fn read(&self, reference: String, problems: &mut Problems) -> Option<Activity> {
        let title = problems.required("title", &self.title, "what the activity is called");
        let date = problems
            .take("date", domain::date::parse(&self.date).ok_or_else(|| "Enter a day such as 12/11/2026.".to_owned()));
        let kind =
            problems.take("kind", self.kind.parse().map_err(|_| "Choose what kind of activity it is.".to_owned()));
        let provider_type = optional(&self.provider_type, "provider_type", problems);
        let mode = optional(&self.mode, "mode", problems).unwrap_or(Mode::InPerson);
        let through = optional(&self.through, "through", problems);
        let source = optional(&self.source, "source", problems);
        let state = optional(&self.state, "state", problems).unwrap_or_default();
        if state == ActivityState::Removed {
            problems.add("state", "An activity is taken away by deleting it.");
        }
        let hours = match self.hours.trim() {
            "" => None,
            text => problems.take(
                "hours",
                text.parse::<Hours>()
                    .map_err(|_| "Enter hours as a number such as 5 or 2.5, not below nought.".to_owned()),
            ),
        };
        let mut year_groups = Vec::new();
        for text in split_list(&self.year_groups) {
            match text.parse::<YearGroup>() {
                Ok(year) if (YearGroup::LOWEST..=YearGroup::HIGHEST).contains(&year) => year_groups.push(year),
                _ => problems.add("year_groups", format!("“{text}” is not a year group from 7 to 14.")),
            }
        }
        let mut checks = Checks::NONE;
        for text in &self.checks {
            match text.parse() {
                Ok(check) => checks = checks.with(check),
                Err(_) => problems.add("checks", format!("“{text}” is not a box of a checklist.")),
            }
        }
        let text = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        Some(Activity {
            reference,
            title,
            date: date?,
            kind: kind?,
            provider_type,
            organisation: text(&self.organisation),
            mode,
            subject: text(&self.subject),
            hours,
            year_groups: year_groups.into_iter().collect(),
            checks,
            through,
            source,
            state,
        })
    }
}

fn optional<T: std::str::FromStr<Err = domain::UnknownWord>>(
    text: &str,
    field: &'static str,
    problems: &mut Problems,
) -> Option<T> {
    if text.trim().is_empty() {
        None
    } else {
        problems.take(field, text.parse().map_err(|e: domain::UnknownWord| format!("{e}.")))
    }
}
