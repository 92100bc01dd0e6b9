use documents::{Block, Column, Document, Table, text};
use jiff::civil::date;

use crate::sample::{activities, everything};

#[test]
fn a_document_reads_well_as_text() {
    insta::assert_snapshot!(text::write(&everything()));
}

#[test]
fn a_table_that_fits_stands_side_by_side() {
    let mut table = Table::new([Column::words("Benchmark"), Column::short("Met"), Column::figures("Learners")]);
    table.row(["A stable careers programme".into(), "yes".into(), "1,204".into()]);
    table.row(["Łódź".into(), "no".into(), "7".into()]);
    let text = text::write(&Document::new("Benchmarks", date(2027, 5, 1)).block(Block::Table(table)));
    insta::assert_snapshot!(text, @r"
    Benchmarks
    ==========
    1 May 2027

    Benchmark                   Met  Learners
    --------------------------  ---  --------
    A stable careers programme  yes     1,204
    Łódź                        no          7
    ");
}

#[test]
fn lines_are_at_most_78_characters_wide() {
    let mut document = everything().block(Block::Table(activities(20))).block(Block::note("word ".repeat(100)));
    document.opening.push(Block::numbers((0..12).map(|_| "word ".repeat(40))));
    let text = text::write(&document);
    let widest = text.lines().map(|line| line.chars().count()).max();
    assert!(widest <= Some(78), "{text}");
}

#[test]
fn nothing_typed_can_steer_a_terminal() {
    let document = Document::new("\u{1b}[2Jtitle\r\n", date(2027, 5, 1)).block(Block::paragraph("a\u{1b}]0;b\u{7}\tc"));
    let text = text::write(&document);
    assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{text:?}");
}
