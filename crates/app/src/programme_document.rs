//! The programme as a document, to be handed to governors, printed and published.

use documents::{Block, Column, Document, Section, Table};

use crate::{
    Actor, App, Approval, Error, Frame, ListFile, OutcomeRow, ProgrammePage, Result, View, programme::YearPlan,
};

impl App {
    /// The programme of the view's year as a document: its title, and the rest as HTML for a page.
    ///
    /// # Errors
    /// If the institution is not within the actor's reach.
    pub fn programme_document(&self, actor: &Actor, view: View) -> Result<(Frame, String, String)> {
        let page = self.programme(actor, view)?;
        let document = compose(&page);
        Ok((page.frame, document.title.clone(), documents::html::fragment(&document)))
    }

    /// The programme of the view's year as a PDF.
    ///
    /// # Errors
    /// As [`App::programme_document`].
    pub fn programme_file(&self, actor: &Actor, view: View) -> Result<ListFile> {
        let page = self.programme(actor, view)?;
        pdf(&format!("careers-programme-{}", page.frame.year.to_string().replace('/', "-")), &compose(&page))
    }
}

/// A document as a PDF to be saved.
pub(crate) fn pdf(name: &str, document: &Document) -> Result<ListFile> {
    let bytes = documents::pdf::write(document).map_err(Error::fault)?;
    Ok(ListFile { name: format!("{name}.pdf"), media_type: "application/pdf", bytes })
}

fn compose(page: &ProgrammePage) -> Document {
    let year = page.frame.year;
    let mut document = Document::new(format!("Careers programme {year}"), page.frame.today)
        .described("What the careers programme of the year is for, and what each year group learns.")
        .issued_by(page.frame.institution.name.clone());
    for (approval, who) in [(&page.approvals.senior, "senior"), (&page.approvals.governors, "governors")] {
        document = document.block(approved(approval.as_ref(), who == "senior"));
    }
    for (_, label, text) in page.form.texts() {
        if !text.is_empty() {
            document = document.section(paragraphs(Section::new(label), text));
        }
    }
    for plan in &page.groups {
        document = document.section(year_group(plan));
    }
    document
}

fn approved(approval: Option<&Approval>, is_senior: bool) -> Block {
    let who = if is_senior { "a senior leader" } else { "the governors" };
    let Some(approval) = approval else { return Block::note(format!("Not yet approved by {who}.")) };
    let on = domain::date::long(approval.on);
    let said = match is_senior {
        true => format!("Approved by {} on {on}.", approval.by),
        false => format!("Approved by the governors on {on} ({}).", approval.by),
    };
    match approval.changes.len() {
        0 => Block::paragraph(said),
        _ => {
            let mut labels: Vec<_> = approval.changes.iter().map(|change| change.label.clone()).collect();
            labels.dedup();
            Block::important(format!("{said} Changed since: {}.", labels.join("; ")))
        }
    }
}

/// The section with the text's paragraphs.
fn paragraphs(section: Section, text: &str) -> Section {
    text.split("\n\n").filter(|part| !part.trim().is_empty()).fold(section, Section::paragraph)
}

fn year_group(plan: &YearPlan) -> Section {
    let mut section = Section::new(format!("Year {}", plan.year_group));
    section = paragraphs(section, &plan.form.aims);
    if !plan.form.delivery.is_empty() {
        section = section.block(Block::terms([("How it is delivered", plan.form.delivery.clone())]));
    }
    let columns = [
        Column::words("Learners will"),
        Column::short("Sort"),
        Column::short("Stage"),
        Column::words("Thread"),
        Column::words("Serves"),
    ];
    let rows = plan.outcomes.iter().map(|outcome| {
        let cells = [
            outcome.statement.clone(),
            outcome.sort.label().to_owned(),
            outcome.stage.label().to_owned(),
            outcome.thread.clone(),
            tags(outcome),
        ];
        cells.map(Into::into).to_vec()
    });
    section.table(Table::new(columns).with_header_column().rows_of(rows))
}

fn tags(outcome: &OutcomeRow) -> String {
    outcome.tags.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>().join("; ")
}
