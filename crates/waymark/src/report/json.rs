use rules::Report;

use crate::exit::Failure;

/// The report as JSON, two spaces deep, with a line end.
pub(crate) fn write(report: &Report) -> Result<String, Failure> {
    serde_json::to_string_pretty(report)
        .map(|text| text + "\n")
        .map_err(|error| Failure::Fault(format!("The findings could not be written as JSON: {error}.")))
}
