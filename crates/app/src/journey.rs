//! The careers learning journey: the programme of a year drawn by year group and term, always as it stands.

use std::collections::{BTreeMap, BTreeSet};

use documents::{Block, Column, Document, Figure, Paper, Section, Table};
use domain::{Date, Kind, YearGroup};

use crate::{
    Actor, App, CalendarFilter, CalendarThing, Frame, ListFile, Result, View,
    poster::{Drawn, Poster, Row, Sign, Stop},
    programme_cohort::cohorts,
    programme_document::pdf,
};

/// The learning journey of a year.
#[derive(Debug, Clone)]
pub struct Journey {
    /// Where it is.
    pub frame: Frame,
    /// The year groups, the lowest first.
    pub years: Vec<JourneyYear>,
    /// The whole as a picture: SVG, complete in itself.
    pub svg: String,
    height: (u32, u32),
}

/// One year group of the journey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JourneyYear {
    /// Which.
    pub year_group: YearGroup,
    /// The stops of the autumn, the spring and the summer term, by day.
    pub terms: [Vec<JourneyStop>; 3],
    /// What learners are to know, do and be by the end of the year.
    pub outcomes: Vec<String>,
}

/// A stop of the journey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JourneyStop {
    /// What it is.
    pub title: String,
    /// When, in words.
    pub when: String,
    /// Whether its day is over on the as-of date.
    pub is_over: bool,
    /// Whether it is a date of the calendar, and no activity.
    pub is_date: bool,
}

/// What a journey is, in a sentence.
const ABOUT: &str = "What learners of each year group do in the autumn, spring and summer term, from the activities and dates of the year.";

impl Journey {
    /// What the picture shows, in words.
    pub fn description(&self) -> String {
        let stops: usize = self.years.iter().flat_map(|year| &year.terms).map(Vec::len).sum();
        format!(
            "A way through {} year groups, each with a branch through three terms; {stops} stops in all. A table with the same content follows.",
            self.years.len()
        )
    }
}

impl App {
    /// The learning journey of the view's year: whatever is planned or delivered for whole year groups, and dates that
    /// concern them. It names no learner.
    ///
    /// # Errors
    /// If the institution is not within the actor's reach.
    pub fn journey(&self, actor: &Actor, view: View) -> Result<Journey> {
        let programme = self.programme(actor, view)?;
        let calendar = self.calendar(actor, view, CalendarFilter::default())?;
        let cohorts = cohorts(&self.scene(actor, view)?);
        let frame = programme.frame;
        let years: Vec<_> = programme
            .groups
            .iter()
            .map(|plan| JourneyYear {
                year_group: plan.year_group,
                terms: stops(&frame, &calendar.entries, &cohorts, plan.year_group),
                outcomes: plan.outcomes.iter().map(|outcome| outcome.statement.clone()).collect(),
            })
            .collect();
        let mut journey = Journey { frame, years, svg: String::new(), height: (0, 0) };
        let Drawn { svg, width, height } = draw(&journey);
        journey.svg = svg;
        journey.height = (width, height);
        Ok(journey)
    }

    /// The learning journey as an SVG to be saved.
    ///
    /// # Errors
    /// As [`App::journey`].
    pub fn journey_picture(&self, actor: &Actor, view: View) -> Result<ListFile> {
        let journey = self.journey(actor, view)?;
        Ok(picture("learning-journey", journey.svg))
    }

    /// The learning journey as a poster to be printed: a PDF with the picture, its description and the same as tables.
    ///
    /// # Errors
    /// As [`App::journey`].
    pub fn journey_poster(&self, actor: &Actor, view: View) -> Result<ListFile> {
        let journey = self.journey(actor, view)?;
        pdf("learning-journey", &document(&journey).on(Paper::A3))
    }
}

/// The journey as a document: the picture with its description, and the same as tables.
pub(crate) fn document(journey: &Journey) -> Document {
    let mut document = Document::new(format!("Careers learning journey {}", journey.frame.year), journey.frame.today)
        .described(ABOUT)
        .issued_by(journey.frame.institution.name.clone())
        .block(Block::paragraph(ABOUT))
        .block(Block::Figure(Figure {
            description: journey.description(),
            svg: journey.svg.clone(),
            width: journey.height.0,
            height: journey.height.1,
        }));
    for year in &journey.years {
        document = document.section(section(year));
    }
    document
}

/// An SVG to be saved.
pub(crate) fn picture(name: &str, svg: String) -> ListFile {
    ListFile { name: format!("{name}.svg"), media_type: "image/svg+xml", bytes: svg.into_bytes() }
}

fn section(year: &JourneyYear) -> Section {
    let mut table = Table::new([Column::short("Term"), Column::short("When"), Column::words("What")]);
    for (term, stops) in ["Autumn", "Spring", "Summer"].into_iter().zip(&year.terms) {
        for stop in stops {
            table.row([term.into(), stop.when.clone().into(), stop.title.clone().into()]);
        }
    }
    let mut section = Section::new(format!("Year {}", year.year_group)).table(table);
    if !year.outcomes.is_empty() {
        section = section
            .paragraph("By the end of the year, learners will:")
            .block(Block::bullets(year.outcomes.iter().cloned()));
    }
    section
}

/// The term of a day of the academic year that begins on `opens`: the autumn to December, the spring to March, the summer from
/// April. A year may begin in August; the August at its end is the summer's.
pub(crate) fn term_of(opens: Date, day: Date) -> usize {
    match day.month() {
        9..=12 => 0,
        8 if day.year() == opens.year() => 0,
        1..=3 => 1,
        _ => 2,
    }
}

fn stops(
    frame: &Frame,
    entries: &[crate::CalendarEntry],
    cohorts: &BTreeMap<String, BTreeSet<YearGroup>>,
    year: YearGroup,
) -> [Vec<JourneyStop>; 3] {
    // By title, with the first and the last day, in the order of the first.
    let mut found: [BTreeMap<(bool, String), (Date, Date)>; 3] = Default::default();
    for entry in entries.iter().filter(|entry| !entry.is_draft && !entry.is_cancelled) {
        let is_for_all = || cohorts.get(&entry.title).is_some_and(|years| years.contains(&year));
        let (is_date, title) = match &entry.what {
            CalendarThing::Activity { kind: Kind::Curriculum, .. } if entry.year_groups.contains(year) => {
                (false, "Careers in lessons".to_owned())
            }
            CalendarThing::Activity { .. } if is_for_all() => (false, entry.title.clone()),
            CalendarThing::National { .. } | CalendarThing::Own { .. } | CalendarThing::Deadline { .. }
                if entry.year_groups.contains(year) =>
            {
                (true, entry.title.clone())
            }
            // What is for a few, and meetings of one learner, are nobody else's business.
            _ => continue,
        };
        let stop =
            found[term_of(frame.year_span.0, entry.on)].entry((is_date, title)).or_insert((entry.on, entry.until));
        *stop = (stop.0.min(entry.on), stop.1.max(entry.until));
    }
    found.map(|term| {
        let mut stops: Vec<_> = term.into_iter().collect();
        stops.sort_by(|a, b| (a.1.0, &a.0).cmp(&(b.1.0, &b.0)));
        stops
            .into_iter()
            .map(|((is_date, title), (on, until))| JourneyStop {
                title,
                when: if on == until { short(on) } else { format!("{} to {}", short(on), short(until)) },
                is_over: until <= frame.as_of,
                is_date,
            })
            .collect()
    })
}

/// "12 November".
pub(crate) fn short(day: Date) -> String {
    let long = domain::date::long(day);
    long.rsplit_once(' ').map_or(long.clone(), |(day, _)| day.to_owned())
}

fn draw(journey: &Journey) -> Drawn {
    let title = format!("Careers learning journey {}", journey.frame.year);
    let rows = journey.years.iter().map(|year| Row {
        label: format!("Year {}", year.year_group),
        beneath: match year.outcomes.len() {
            0 => String::new(),
            1 => "1 outcome".to_owned(),
            many => format!("{many} outcomes"),
        },
        terms: year.terms.clone().map(|stops| {
            stops
                .into_iter()
                .map(|stop| Stop {
                    sign: match (stop.is_date, stop.is_over) {
                        (true, _) => Sign::Fixed,
                        (false, true) => Sign::Done,
                        (false, false) => Sign::Ahead,
                    },
                    title: stop.title,
                    beneath: stop.when,
                })
                .collect()
        }),
    });
    Poster { title: &title, description: &journey.description(), name: "journey", rows: rows.collect() }.draw()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_belong_to_the_term_that_people_would_say() {
        let days = [date(2026, 9, 1), date(2026, 12, 31), date(2027, 1, 1), date(2027, 3, 31), date(2027, 4, 1)];
        assert_eq!(days.map(|day| term_of(date(2026, 8, 27), day)), [0, 0, 1, 1, 2]);
        let opens = date(2026, 8, 27);
        assert_eq!((term_of(opens, opens), term_of(opens, date(2027, 8, 19))), (0, 2));
        assert_eq!(short(date(2026, 11, 12)), "12 November");
    }
}
