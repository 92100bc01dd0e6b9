use crate::{Actor, App, DutyFilter, DutyRow, ListFile, ListFormat, Result, View, export::Table};

const HEADINGS: [&str; 8] =
    ["Whose", "Field", "Responsibility", "Owner", "Evidence", "Last done", "Every months", "Next due"];

impl App {
    /// The register as a file.
    ///
    /// # Errors
    /// If the institution is not within the actor's reach.
    pub fn export_duties(
        &self,
        actor: &Actor,
        view: View,
        filter: &DutyFilter,
        format: ListFormat,
    ) -> Result<ListFile> {
        let duties = self.duties(actor, view, filter)?;
        let row = |row: DutyRow| {
            let evidence = [row.form.evidence, row.from_record.unwrap_or_default()];
            let evidence: Vec<_> = evidence.into_iter().filter(|text| !text.is_empty()).collect();
            let day = |day: Option<domain::Date>| day.map_or(String::new(), |day| day.to_string());
            vec![
                row.post_label,
                row.field_label,
                row.form.title,
                row.form.owner,
                evidence.join("; "),
                day(row.last_done),
                row.form.every_months,
                day(row.next_due),
            ]
        };
        let table =
            Table { headings: HEADINGS.map(str::to_owned).to_vec(), rows: duties.rows.into_iter().map(row).collect() };
        table.write("responsibilities", format)
    }
}
