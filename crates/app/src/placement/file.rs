use domain::{LearnerId, PlacementStage};

use super::{PlacementFilter, open_checks};
use crate::{Action, Actor, App, ListFile, ListFormat, Result, View, export::Table};

/// Which list of placements is taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlacementFile {
    /// Who is where, when, and how far it has come.
    Register,
    /// Whom to ring at each employer.
    Contacts,
    /// Hours at workplaces.
    Hours,
}

impl App {
    /// A list of a season's placements as a file, as far as the actor sees the learners. That they left in a file is noted.
    ///
    /// # Errors
    /// If the actor sees no learners or may not take lists away here.
    pub fn export_placements(
        &self,
        actor: &Actor,
        view: View,
        filter: &PlacementFilter,
        (what, format): (PlacementFile, ListFormat),
    ) -> Result<ListFile> {
        let institution = view.institution;
        actor.ask(Action::Export, institution)?;
        actor.ask(Action::SeeLearners, institution)?;
        let why = actor.why_list(Action::Export, institution);
        let (name, headings, rows, learners) = match what {
            PlacementFile::Hours => self.hours_rows(actor, view, filter)?,
            PlacementFile::Register | PlacementFile::Contacts => self.board_rows(actor, view, filter, what)?,
        };
        self.note_export(actor, institution, "placements", learners, why.as_deref())?;
        Table { headings: headings.iter().map(|text| (*text).to_owned()).collect(), rows }.write(name, format)
    }

    fn hours_rows(&self, actor: &Actor, view: View, filter: &PlacementFilter) -> Result<Rows> {
        let ledger = self.placement_hours(actor, view, filter)?;
        let headings: &[_] = &[
            "Learner",
            "Form",
            "Year",
            "Years 7 to 9: done",
            "Years 7 to 9: planned",
            "Years 10 and 11: done",
            "Years 10 and 11: planned",
        ];
        let rows = ledger.rows.iter().map(|row| {
            let of = |stage: &Option<super::HoursOfStage>| {
                stage
                    .as_ref()
                    .map_or([String::new(), String::new()], |one| [one.done.to_string(), one.planned.to_string()])
            };
            let year = row.year_group.map_or(String::new(), |year| year.to_string());
            let mut cells = vec![row.name.clone(), row.form.clone().unwrap_or_default(), year];
            cells.extend(of(&row.lower));
            cells.extend(of(&row.upper));
            cells
        });
        Ok(("workplace hours", headings, rows.collect(), ledger.rows.iter().map(|row| row.id).collect()))
    }

    fn board_rows(&self, actor: &Actor, view: View, filter: &PlacementFilter, what: PlacementFile) -> Result<Rows> {
        let institution = view.institution;
        let board = self.placements(actor, view, filter)?;
        let (placements, checks) = self.store().read(institution, |tx| -> Result<_> {
            Ok((
                store::placement::list(tx, institution, Some(board.year))?,
                store::placement::checks(tx, institution, None)?,
            ))
        })?;
        let is_register = what == PlacementFile::Register;
        let headings: &[_] = if is_register {
            &["Learner", "Form", "Stage", "Employer", "First day", "Last day", "Hours", "Open checks", "Next"]
        } else {
            &["Learner", "Form", "Employer", "Supervisor", "E-mail", "Phone", "Address", "First day", "Last day"]
        };
        let mut rows = Vec::new();
        let mut learners = Vec::new();
        let cards = board.columns.iter().flat_map(|column| &column.cards);
        for card in cards.filter(|card| is_register || card.stage != PlacementStage::FellThrough) {
            let Some(one) = placements.iter().find(|one| one.id == card.id) else { continue };
            let text = |text: &Option<String>| text.clone().unwrap_or_default();
            let day = |day: Option<domain::Date>| day.map_or(String::new(), |day| day.to_string());
            let (name, form) = (card.name.clone(), text(&card.form));
            rows.push(if is_register {
                vec![
                    name,
                    form,
                    card.stage.label().to_owned(),
                    text(&card.employer),
                    day(one.starts_on),
                    day(one.ends_on),
                    one.hours.map_or(String::new(), |hours| hours.to_string()),
                    open_checks(&checks, one.id).into_iter().map(|rule| rule.label).collect::<Vec<_>>().join("; "),
                    card.next.as_ref().map_or(String::new(), |next| next.what.clone()),
                ]
            } else {
                vec![
                    name,
                    form,
                    text(&one.employer),
                    text(&one.supervisor),
                    text(&one.supervisor_email),
                    text(&one.supervisor_phone),
                    text(&one.address),
                    day(one.starts_on),
                    day(one.ends_on),
                ]
            });
            learners.push(card.learner);
        }
        let name = if is_register { "placements" } else { "placement contacts" };
        Ok((name, headings, rows, learners))
    }
}

/// The name of a file, its headings, its rows, and whom it names.
type Rows = (&'static str, &'static [&'static str], Vec<Vec<String>>, Vec<LearnerId>);
