//! The data register as a page of the documentation. `cargo xtask generate` writes it; a test keeps it fresh.

use std::fmt::Write as _;

use crate::{
    DataRegister, RetentionRule,
    data_register::{OfLearner, seen_by},
};

const LEAD: &str = "\
<!-- Written by `cargo xtask generate` from crates/store/data-register.toml: change that. -->
# Data register

Every column of the database: what it is for, whose it is, on what lawful basis, how long it is kept, who sees it, and what becomes of it when the
person is erased. A test compares the register with the schema, so a column cannot be added without saying so. Retention, erasure, subject access
and the processing record work from the same file.

The school (or trust, or host) is the controller and decides on periods; whoever runs Waymark for it is its processor. Keep no longer than needed, check
each year, write it down (DfE, Data protection in schools).
";

impl DataRegister {
    /// The register as Markdown.
    pub fn markdown(&self) -> String {
        let mut page = LEAD.to_owned();
        page.push_str("\n## Lawful bases\n\n");
        for basis in &self.bases {
            line(&mut page, format_args!("- **{}** (`{}`): {}", basis.title, basis.id, basis.says));
        }
        page.push_str("\n## How long\n\n| rule | default | from | may be set to | what goes | why | source |\n");
        page.push_str("| --- | --- | --- | --- | --- | --- | --- |\n");
        for rule in &self.rules {
            let may_be = match (rule.shortest, rule.longest) {
                (Some(shortest), Some(longest)) => format!("{} to {}", term(shortest), term(longest)),
                _ => "fixed".to_owned(),
            };
            line(
                &mut page,
                format_args!(
                    "| `{}` {} | {} | {} | {may_be} | {} | {} | {} |",
                    rule.id,
                    rule.title,
                    rule.default_term(),
                    rule.from,
                    rule.what,
                    rule.why,
                    rule.source
                ),
            );
        }
        page.push_str("\n## Columns\n\n");
        page.push_str("| table | columns | whose | sort | purpose | basis | kept | who sees it | when erased |\n");
        page.push_str("| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n");
        for table in &self.tables {
            for group in &table.groups {
                let columns: Vec<String> = group.columns.iter().map(|column| format!("`{column}`")).collect();
                let seen: Vec<&str> = group.seen_by.iter().filter_map(|word| seen_by(word)).collect();
                let because = group.because.as_ref().map_or(String::new(), |because| format!(": {because}"));
                line(
                    &mut page,
                    format_args!(
                        "| {} | {} | {} | {} | {} | `{}` | `{}` | {} | {}{because} |",
                        table.name,
                        columns.join(" "),
                        group.whose.title(),
                        group.sort.title(),
                        group.purpose,
                        group.basis,
                        group.kept,
                        seen.join("; "),
                        group.erasure.title(),
                    ),
                );
            }
        }
        page.push_str("\n## How rows belong to a learner\n\n");
        for table in self.tables.iter().filter(|table| table.learner != OfLearner::No) {
            let how = match table.learner {
                OfLearner::ByChange => "by the key of the record that was changed",
                OfLearner::ByMention => "where they name the learner",
                _ => "by the learner's key",
            };
            line(&mut page, format_args!("- `{}` ({}): {how}", table.name, table.about));
        }
        page
    }
}

impl RetentionRule {
    /// The default, for people: "25 years", "30 days".
    pub fn default_term(&self) -> String {
        match (self.months, self.days) {
            (Some(months), _) => term(months),
            (_, Some(0)) => "at once".to_owned(),
            (_, Some(days)) => format!("{days} days"),
            _ if self.is_adjustable() => "with the learner's record".to_owned(),
            _ => "–".to_owned(),
        }
    }
}

/// Months as people say them: "25 years", "18 months".
pub fn term(months: i32) -> String {
    match months {
        0 => "at once".to_owned(),
        1 => "1 month".to_owned(),
        12 => "1 year".to_owned(),
        months if months % 12 == 0 => format!("{} years", months / 12),
        months => format!("{months} months"),
    }
}

fn line(page: &mut String, text: std::fmt::Arguments<'_>) {
    writeln!(page, "{text}").expect("a string takes whatever is written to it");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data_register;

    #[test]
    fn the_page_of_the_documentation_is_fresh() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/data-register.md");
        let page = std::fs::read_to_string(path).expect("docs/data-register.md is part of the repository");
        assert!(page == data_register().markdown(), "docs/data-register.md is stale: run `cargo xtask generate`");
    }

    #[test]
    fn months_are_said_as_people_say_them() {
        let said: Vec<String> = [0, 1, 12, 18, 300].map(term).into();
        assert_eq!(said, ["at once", "1 month", "1 year", "18 months", "25 years"]);
    }
}
