use std::collections::BTreeMap;

use documents::{Column, Table};

use super::texts::{DESTINATIONS_FIGURES, DESTINATIONS_OF};
use crate::withheld;

/// Where leavers went, as the institution typed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Destinations {
    /// Of whom: "Leavers of 2025".
    pub(crate) of: String,
    /// Where to, and how many.
    rows: Vec<(String, u32)>,
}

impl Destinations {
    /// From the texts of an institution; none if it gave no figures.
    pub(crate) fn of(texts: &BTreeMap<String, String>) -> Option<Self> {
        let rows = read(texts.get(DESTINATIONS_FIGURES)?).ok()?;
        let of = texts.get(DESTINATIONS_OF).map_or("Leavers", String::as_str).to_owned();
        (!rows.is_empty()).then_some(Self { of, rows })
    }

    /// The figures as a table. Small groups are withheld, and where that is one alone the next smallest too: otherwise it could be had by
    /// taking the others from the whole. The whole itself is told only where that leaves something to be hidden behind.
    pub(crate) fn table(&self) -> Table {
        let counts: Vec<u32> = self.rows.iter().map(|(_, count)| *count).collect();
        let whole: u32 = counts.iter().fold(0, |sum, count| sum.saturating_add(*count));
        let mut hidden = match withheld::is_small(whole) {
            true => vec![true; counts.len()],
            false => withheld::hidden(&counts),
        };
        let is_any_shown = counts.iter().zip(&hidden).any(|(count, hidden)| *count > 0 && !hidden);
        if !is_any_shown {
            // Which groups have nobody would say of how many the rest is.
            hidden.fill(true);
        }
        let columns = [Column::words("Destination"), Column::figures("Leavers"), Column::figures("Share")];
        let mut table = Table::new(columns).captioned(self.of.clone()).with_header_column();
        for ((to, count), hidden) in self.rows.iter().zip(&hidden) {
            let (number, share) = match hidden {
                true => ("Not shown".to_owned(), "Not shown".to_owned()),
                false => (count.to_string(), share(*count, whole)),
            };
            table.row([to.clone().into(), number.into(), share.into()]);
        }
        if is_any_shown {
            table.row(["All".into(), whole.to_string().into(), "100%".into()]);
        }
        table
    }

    /// Whether anything is withheld.
    pub(crate) fn withholds(&self) -> bool {
        self.rows.iter().any(|(_, count)| withheld::is_small(*count))
    }
}

fn share(count: u32, whole: u32) -> String {
    match whole {
        0 => "0%".to_owned(),
        _ => format!("{}%", (u64::from(count) * 200 + u64::from(whole)) / (2 * u64::from(whole))),
    }
}

/// Lines such as "Sixth form: 62".
///
/// # Errors
/// A sentence about the first line that is none.
pub(crate) fn read(text: &str) -> Result<Vec<(String, u32)>, String> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines
        .map(|line| {
            let (to, count) = line.rsplit_once(':').unwrap_or((line, ""));
            match count.trim().parse() {
                Ok(count) if !to.trim().is_empty() => Ok((to.trim().to_owned(), count)),
                _ => Err(format!(
                    "Write each line as a destination, a colon and a whole number, such as “Sixth form: 62”. This one is not: “{line}”."
                )),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(figures: &str) -> Vec<String> {
        let texts = BTreeMap::from([(DESTINATIONS_FIGURES.to_owned(), figures.to_owned())]);
        let table = Destinations::of(&texts).unwrap().table();
        let words = |row: &Vec<documents::Prose>| {
            row.iter()
                .map(|cell| cell.parts().iter().map(documents::Inline::words).collect::<String>())
                .collect::<Vec<_>>()
        };
        table.rows().iter().map(|row| words(row).join(" ")).collect()
    }

    #[test]
    fn a_group_of_few_is_withheld_with_what_would_give_it_away() {
        assert_eq!(
            cells("Sixth form: 62\nCollege: 30\nApprenticeship: 3\nWork: 0"),
            [
                "Sixth form 62 65%",
                "College Not shown Not shown",
                "Apprenticeship Not shown Not shown",
                "Work 0 0%",
                "All 95 100%"
            ]
        );
        assert_eq!(
            cells("Sixth form: 2\nCollege: 1"),
            ["Sixth form Not shown Not shown", "College Not shown Not shown"]
        );
    }

    #[test]
    fn figures_are_read_line_by_line() {
        assert_eq!(read("A: B: 12\n\n C:7 ").unwrap(), [("A: B".to_owned(), 12), ("C".to_owned(), 7)]);
        for wrong in ["Sixth form", "Sixth form: many", ": 4", "College: 45%"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
