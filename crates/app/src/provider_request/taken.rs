//! Requests that came by telephone, in a letter or in passing, and that somebody takes down.

use domain::{Date, InstitutionId, ProviderRequestId, YearGroup};
use jiff::{Timestamp, civil::Time};

use super::{
    By, RequestForm,
    form::{LINE, Reached, too_long},
};
use crate::{Action, Actor, App, Frame, Problems, Result, View};

/// How a request comes that nobody sent by the public form: its word, how a list says it, how a sentence does.
pub const WAYS: [(&str, &str, &str); 5] = [
    ("telephone", "By telephone", "by telephone"),
    ("email", "By e-mail", "by e-mail"),
    ("letter", "By letter", "by letter"),
    ("in-person", "In person", "in person"),
    ("other", "Another way", "another way"),
];

/// A request that is taken down, as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TakenForm {
    /// What is asked for. Either an e-mail address or a telephone number is enough.
    pub request: RequestForm,
    /// The day on which it came: the clock runs from then.
    pub came_on: String,
    /// How it came, by a word of [`WAYS`].
    pub came_by: String,
    /// Who took it.
    pub taken_by: String,
}

/// What the page for taking a request down shows.
#[derive(Debug, Clone)]
pub struct TakenOffer {
    /// Where it is.
    pub frame: Frame,
    /// The year groups that can be met.
    pub years: Vec<YearGroup>,
    /// Whether the law has it ask providers for the four contents.
    pub has_duty: bool,
    /// Whether this server sends e-mail.
    pub has_post: bool,
    /// How many school days an answer takes at most.
    pub days: u32,
    /// Today, and who is about to write: what the form begins with.
    pub begins_with: TakenForm,
}

impl App {
    /// What the page for taking a request down shows.
    ///
    /// # Errors
    /// If the actor may not record for the whole institution.
    pub fn taken_offer(&self, actor: &Actor, view: View) -> Result<TakenOffer> {
        actor.ask_for_all(Action::Record, view.institution)?;
        let (frame, institution) = self.frame_of_totals(actor, view)?;
        let days = self.store().read(view.institution, |tx| super::clock::days(tx, view.institution))?;
        Ok(TakenOffer {
            frame,
            years: (institution.lowest_year.number()..=institution.highest_year.number()).map(YearGroup::new).collect(),
            has_duty: institution.kind.has_access_duty(),
            has_post: self.has_post(),
            days,
            begins_with: TakenForm {
                came_on: self.context().today().to_string(),
                taken_by: actor.name().to_owned(),
                ..TakenForm::default()
            },
        })
    }

    /// Takes down a request that came by other ways than the public form, with how, when and who took it. The clock runs from the
    /// day on which it came. The provider has a letter like any other, if there is an address.
    ///
    /// # Errors
    /// If the actor may not record for the whole institution, or the form has problems.
    pub fn add_provider_request(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        form: &TakenForm,
    ) -> Result<ProviderRequestId> {
        actor.ask_for_all(Action::Record, institution)?;
        let (found, _) = self.store().read(institution, |tx| store::institution::get(tx, institution))?;
        let last_year = found.year_of(self.context().today()).previous();
        let earliest = found.calendar.first_day(last_year);
        let mut problems = Problems::default();
        let (came_on, how) = self.how_it_came(form, earliest, &mut problems);
        let read = form.request.read(&found, Reached::EitherWay, &mut problems);
        problems.check()?;
        let came_at = self.midday_of(came_on);
        let asked = self
            .store()
            .write(institution, |tx| self.take_request(tx, institution, By::Staff(actor), read, (came_at, &how)))?;
        self.send_waiting_letters();
        Ok(asked.id)
    }

    /// The day on which it came, and how, as a sentence.
    fn how_it_came(&self, form: &TakenForm, earliest: Date, problems: &mut Problems) -> (Option<Date>, String) {
        let today = self.context().today();
        let came_on = problems.take(
            "came_on",
            domain::date::parse(&form.came_on)
                .ok_or_else(|| "Enter the day on which it came, such as 12/11/2026.".to_owned()),
        );
        if came_on.is_some_and(|day| day > today) {
            problems.add("came_on", "This day is still to come. Enter the day on which the request came.");
        } else if came_on.is_some_and(|day| day < earliest) {
            problems.add("came_on", "This is before the last academic year. Check the year.");
        }
        let way = WAYS.iter().find(|(word, ..)| *word == form.came_by.trim());
        if way.is_none() {
            problems.add("came_by", "Choose how the request came.");
        }
        let taken_by = problems.required("taken_by", &form.taken_by, "who took the request");
        too_long(problems, &[("taken_by", &taken_by, LINE)]);
        (came_on, format!("It came {}, and {taken_by} took it.", way.map_or("", |(_, _, way)| way)))
    }

    /// An instant of a day on which something came; this one, if that is today.
    fn midday_of(&self, day: Option<Date>) -> Timestamp {
        let now = self.context().now();
        let earlier = day.filter(|day| *day != self.context().day_of(now));
        let midday = |day: Date| self.context().zone().to_timestamp(day.to_datetime(Time::constant(12, 0, 0, 0)));
        earlier.and_then(|day| midday(day).ok()).unwrap_or(now)
    }
}
