use domain::{
    Activity, ActivityState, Check, Checks, Date, Hours, Kind, Mode, ProviderType, Source, Through, YearGroup,
    YearGroups,
};
use serde::{Deserialize, Serialize};

use super::{
    PlanDraft, PlanRow,
    cells::{Cells, word},
};
use crate::{
    mapping::{ActivityField, DateOrder, Mapping, Target},
    problem::{Code, Place, Problem, Severity},
    sheet::{Row, Sheet},
};

/// What one row says of an activity. `None`: nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ActivityRow {
    /// The line of the file.
    pub line: u64,
    /// How the institution names it.
    pub reference: Option<String>,
    /// What it is called.
    pub title: Option<String>,
    /// Its day.
    pub date: Option<Date>,
    /// What it is.
    pub kind: Option<Kind>,
    /// Type of provider.
    pub provider_type: Option<ProviderType>,
    /// Organisation met.
    pub organisation: Option<String>,
    /// How it was held.
    pub mode: Option<Mode>,
    /// Subject.
    pub subject: Option<String>,
    /// How long.
    pub hours: Option<Hours>,
    /// Year groups it was offered to.
    pub year_groups: Option<YearGroups>,
    /// Ticked boxes.
    pub checks: Option<Checks>,
    /// Where it sits in a college's provision.
    pub through: Option<Through>,
    /// Whose record it is.
    pub source: Option<Source>,
    /// How it is to be held.
    pub plan: PlanRow,
}

/// What a file of activities comes to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadActivities {
    /// Good rows, in the order of the file.
    pub rows: Vec<ActivityRow>,
    /// Problems, findings and notes.
    pub problems: Vec<Problem>,
    /// Dates whose order of day and month somebody must say.
    pub ambiguous_dates: Option<Vec<String>>,
}

/// Reads activities from a sheet whose columns mean what `mapping` says.
pub fn activities(sheet: &Sheet<'_>, mapping: &Mapping) -> ReadActivities {
    let mut read = ReadActivities { problems: sheet.notes.clone(), ..ReadActivities::default() };
    let Some((header, rows)) = super::cells::body(sheet, mapping, &mut read.problems) else { return read };
    for (field, needed) in [(ActivityField::Title, true), (ActivityField::Date, true), (ActivityField::Kind, true)] {
        if needed && mapping.column(&Target::Activity(field)).is_none() {
            let place = Place::line(&sheet.file, header).at(field.heading(), None);
            read.problems.push(Problem::problem(place, Code::ColumnMissing));
        }
    }
    if read.problems.iter().any(|problem| problem.severity == Severity::Problem) {
        return read;
    }
    let order;
    (order, read.ambiguous_dates) = super::cells::date_order(rows, mapping);
    for row in rows {
        let before = read.problems.len();
        let activity = read_row(&sheet.file, row, mapping, order, &mut read.problems);
        if read.problems[before..].iter().all(|problem| problem.severity != Severity::Problem) {
            read.rows.push(activity);
        }
    }
    read
}

fn read_row(
    file: &str,
    row: &Row<'_>,
    mapping: &Mapping,
    order: DateOrder,
    problems: &mut Vec<Problem>,
) -> ActivityRow {
    let mut cells = Cells { file, row, mapping, problems };
    let at = Target::Activity;
    let date =
        cells.required(&at(ActivityField::Date), |text| crate::mapping::read_date(text, order).map(|read| read.date));
    ActivityRow {
        line: row.line,
        reference: cells.text(&at(ActivityField::Reference)),
        title: cells.required(&at(ActivityField::Title), |text| Ok(text.to_owned())),
        date,
        kind: cells.required(&at(ActivityField::Kind), kind),
        provider_type: cells.value(&at(ActivityField::ProviderType), provider_type),
        organisation: cells.text(&at(ActivityField::Organisation)),
        mode: cells.value(&at(ActivityField::Mode), mode),
        subject: cells.text(&at(ActivityField::Subject)),
        hours: cells.value(&at(ActivityField::Hours), hours),
        year_groups: cells.value(&at(ActivityField::YearGroups), year_groups),
        checks: cells.value(&at(ActivityField::Checks), |text| {
            domain::split_list(text)
                .map(word::<Check>)
                .collect::<Result<Vec<_>, _>>()
                .map(|all| all.into_iter().collect())
        }),
        through: cells.value(&at(ActivityField::Through), word),
        source: cells.value(&at(ActivityField::Source), word),
        plan: super::activity_plan::read(&mut cells, order, date),
    }
}

/// The words of the list, what people call them, and the number of the benchmark that they belong to.
fn kind(text: &str) -> Result<Kind, Code> {
    let known = word::<Kind>(text);
    if known.is_ok() {
        return known;
    }
    let key: String = text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    Ok(match key.trim_start_matches("gatsby").trim_start_matches("benchmark").trim_start_matches("bm") {
        "5" | "employerencounter" | "employervisit" | "employertalk" | "careerstalk" | "employer" => {
            Kind::EmployerEncounter
        }
        "6" | "workplaceexperience" | "workexperience" | "workplacevisit" | "workplacement" | "workshadowing" => {
            Kind::WorkplaceExperience
        }
        "7" | "providerencounter" | "universityvisit" | "collegevisit" | "providervisit" | "encounterwithprovider" => {
            Kind::ProviderEncounter
        }
        "8" | "guidance" | "guidancemeeting" | "careersinterview" | "personalguidance" | "guidanceinterview" => {
            Kind::GuidanceMeeting
        }
        "2" | "lmi" | "labourmarket" | "labourmarketinformation" => Kind::LabourMarket,
        "4" | "curriculum" | "curriculumlink" | "lesson" => Kind::Curriculum,
        "1" | "3" | "programme" | "other" | "assembly" => Kind::Programme,
        _ => return known,
    })
}

fn provider_type(text: &str) -> Result<ProviderType, Code> {
    word(&text.trim().to_lowercase().replace([' ', '_'], "-"))
}

fn mode(text: &str) -> Result<Mode, Code> {
    match text.trim().to_lowercase().as_str() {
        "in person" | "face to face" | "face-to-face" | "onsite" | "on site" => Ok(Mode::InPerson),
        "online" | "remote" => Ok(Mode::Virtual),
        "hybrid" => Ok(Mode::Blended),
        other => word(other),
    }
}

/// `2.5`, `2.5 hours`, `90 minutes`, `1:30`.
fn hours(text: &str) -> Result<Hours, Code> {
    let text = text.trim().to_lowercase();
    let number = |text: &str| {
        text.trim().parse::<Hours>().map_err(|error| match error {
            domain::HoursError::Negative => Code::NegativeHours,
            domain::HoursError::NotANumber => Code::NotHours,
        })
    };
    let minutes = |text: &str| -> Result<Hours, Code> {
        let minutes: i64 = text.trim().parse().map_err(|_| Code::NotHours)?;
        // A year has half a million minutes; more is a slip, and would not fit.
        if minutes > 1_000_000 {
            return Err(Code::NotHours);
        }
        Hours::from_billionths(minutes.saturating_mul(1_000_000_000) / 60).ok_or(Code::NegativeHours)
    };
    if let Some((whole, rest)) = text.split_once(':') {
        return Ok(number(whole)? + minutes(rest.split(':').next().unwrap_or("0"))?);
    }
    for unit in ["minutes", "minute", "mins", "min"] {
        if let Some(amount) = text.strip_suffix(unit) {
            return minutes(amount);
        }
    }
    let amount = ["hours", "hour", "hrs", "hr", "h"].iter().find_map(|unit| text.strip_suffix(unit)).unwrap_or(&text);
    number(amount)
}

/// `9;10`, `Year 9, Year 10`, `7-9`.
fn year_groups(text: &str) -> Result<YearGroups, Code> {
    let mut all = Vec::new();
    for part in text.split([';', ',', '&', '/']).map(str::trim).filter(|part| !part.is_empty()) {
        let range = part
            .split_once(['-', '–'])
            .and_then(|(first, last)| Some((first.parse::<YearGroup>().ok()?, last.trim().parse::<YearGroup>().ok()?)));
        match range {
            Some((first, last)) if first <= last => all.extend((first.number()..=last.number()).map(YearGroup::new)),
            _ => all.push(part.parse().map_err(|_| Code::NotAYearGroup)?),
        }
    }
    Ok(all.into_iter().collect())
}

/// An activity as it is kept in a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityDraft {
    /// How the institution names it.
    pub reference: String,
    /// What it is called.
    pub title: String,
    /// Its day.
    pub date: Date,
    /// What it is.
    pub kind: Kind,
    /// Type of provider.
    pub provider_type: Option<ProviderType>,
    /// Organisation met.
    pub organisation: Option<String>,
    /// How it was held.
    pub mode: Mode,
    /// Subject.
    pub subject: Option<String>,
    /// How long, in billionths of an hour.
    pub hours: Option<i64>,
    /// Year groups it was offered to.
    pub year_groups: Vec<YearGroup>,
    /// Ticked boxes.
    pub checks: Vec<Check>,
    /// Where it sits in a college's provision.
    pub through: Option<Through>,
    /// Whose record it is.
    pub source: Option<Source>,
    /// How far it has come, if anything says so.
    #[serde(default)]
    pub state: Option<ActivityState>,
    /// How it is to be held.
    #[serde(default)]
    pub plan: PlanDraft,
}

impl From<&Activity> for ActivityDraft {
    fn from(activity: &Activity) -> Self {
        Self {
            reference: activity.reference.clone(),
            title: activity.title.clone(),
            date: activity.date,
            kind: activity.kind,
            provider_type: activity.provider_type,
            organisation: activity.organisation.clone(),
            mode: activity.mode,
            subject: activity.subject.clone(),
            hours: activity.hours.map(Hours::billionths),
            year_groups: activity.year_groups.iter().collect(),
            checks: activity.checks.iter().collect(),
            through: activity.through,
            source: activity.source,
            state: Some(activity.state),
            plan: PlanDraft::default(),
        }
    }
}

impl ActivityDraft {
    /// The activity.
    pub fn activity(&self) -> Activity {
        Activity {
            reference: self.reference.clone(),
            title: self.title.clone(),
            date: self.date,
            kind: self.kind,
            provider_type: self.provider_type,
            organisation: self.organisation.clone(),
            mode: self.mode,
            subject: self.subject.clone(),
            hours: self.hours.and_then(Hours::from_billionths),
            year_groups: self.year_groups.iter().copied().collect(),
            checks: self.checks.iter().copied().collect(),
            through: self.through,
            source: self.source,
            state: self.state.unwrap_or(ActivityState::Planned),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_is_understood() {
        assert_eq!(kind("BM5"), Ok(Kind::EmployerEncounter));
        assert_eq!(kind("Gatsby Benchmark 8"), Ok(Kind::GuidanceMeeting));
        assert_eq!(kind("Work experience"), Ok(Kind::WorkplaceExperience));
        assert!(kind("party").is_err());
        for text in ["1.5", "1.5 hours", "1:30", "90 mins"] {
            assert_eq!(hours(text).map(|h| h.to_string()), Ok("1.5".to_owned()), "{text}");
        }
        for text in ["99999999999 minutes", "-99999999999 mins", "1:99999999999"] {
            assert!(hours(text).is_err(), "{text}");
        }
        let years = |text| year_groups(text).map(|all| all.iter().map(|y| y.number()).collect::<Vec<_>>());
        assert_eq!(years("Year 9, Y10"), Ok(vec![9, 10]));
        assert_eq!(years("7-9"), Ok(vec![7, 8, 9]));
        assert_eq!(years("all"), Err(Code::NotAYearGroup));
    }
}
