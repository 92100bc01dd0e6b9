use exchange::sheet::neutralise;
use rules::{Forecast, Report};

use crate::exit::Failure;

const HEADINGS: [&str; 10] = [
    "learner",
    "year-group",
    "requirement",
    "status",
    "on",
    "evidence",
    "partly-met",
    "deadline",
    "missing",
    "forecast",
];

/// The report as CSV: one row for each learner and requirement.
pub(crate) fn write(report: &Report) -> Result<String, Failure> {
    let fault =
        |error: &dyn std::fmt::Display| Failure::Fault(format!("The findings could not be written as CSV: {error}."));
    let mut rows = csv::Writer::from_writer(Vec::new());
    rows.write_record(HEADINGS.iter().chain(&["reason"])).map_err(|error| fault(&error))?;
    for learner in &report.learners {
        let year_group = learner.year_group.map(|year| year.to_string()).unwrap_or_default();
        for (requirement, finding) in &learner.requirements.0 {
            let date = |date: Option<domain::Date>| date.map(|date| date.to_string()).unwrap_or_default();
            let row = [
                learner.learner.as_str(),
                &year_group,
                requirement,
                finding.status.word(),
                &date(finding.on),
                &finding.evidence.as_ref().map(|evidence| evidence.join(";")).unwrap_or_default(),
                if finding.partly_met { "yes" } else { "" },
                &date(finding.deadline),
                finding.missing.as_deref().unwrap_or_default(),
                match finding.forecast {
                    Some(Forecast::Planned) => "planned",
                    Some(Forecast::Unplanned) => "unplanned",
                    None => "",
                },
                finding.reason.map_or("", |reason| reason.word()),
            ];
            // References come from files, which anybody may have written.
            rows.write_record(row.map(|cell| neutralise(cell).into_owned())).map_err(|error| fault(&error))?;
        }
    }
    let bytes = rows.into_inner().map_err(|error| fault(&error))?;
    String::from_utf8(bytes).map_err(|error| fault(&error))
}
