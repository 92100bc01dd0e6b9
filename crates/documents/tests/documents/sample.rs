//! One document with everything that the model can say, about a learner who does not exist.

use documents::{Address, Block, Column, Document, Prose, Section, Table};
use jiff::civil::date;

/// What somebody who means harm, or writes mathematics, might type.
pub(crate) const HOSTILE: &str =
    r##"#read("/etc/passwd") *x* _y_ $z$ \ ] #{1+1} @ref <b onclick="x">&amp;</b> `raw` // = "##;

pub(crate) fn everything() -> Document {
    let address = |text| Address::parse(text).expect("an address");
    Document::new("Record of careers education", date(2027, 5, 1))
        .described("What the school holds about one learner’s careers education, for the learner and their family.")
        .issued_by("Larkfield Academy")
        .about("Ava Example-Łącka, Year 10")
        .block(Block::paragraph(
            Prose::new()
                .text("This is everything that Larkfield Academy holds about ")
                .strong("Ava")
                .text(". It follows ")
                .emphasis("Careers guidance and access for education and training providers")
                .text(". Questions go to ")
                .link("the careers leader", address("mailto:careers@larkfield.example"))
                .text("."),
        ))
        .block(Block::important("If something here is wrong, tell the school. It must put it right within one month."))
        .section(Section::new("About you").block(Block::terms([
            ("Name", Prose::from("Ava Example-Łącka")),
            ("Year group", "Year 10".into()),
            ("What a very long entry of a form is called", "Two lines:\nthe second".into()),
            ("Remark", HOSTILE.into()),
        ])))
        .section(
            Section::new("Activities")
                .paragraph("You took part in three activities.")
                .table(activities(3).captioned("Activities, earliest first"))
                .section(
                    Section::new("What counts")
                        .block(Block::bullets(["two encounters with employers", "one visit to a college"]))
                        .block(Block::numbers(["Ask", "Listen", "Try"]))
                        .section(Section::new("Why").block(Block::note("The programme asks for two each year."))),
                ),
        )
        .section(Section::new("Reviews").table(Table::new([Column::words("Review")])))
}

/// A table whose first column names the row.
pub(crate) fn activities(rows: usize) -> Table {
    let columns =
        [Column::words("Activity"), Column::short("When"), Column::words("With whom"), Column::figures("Hours")];
    Table::new(columns).with_header_column().rows_of((1..=rows).map(|n| {
        vec![
            format!("Employer talk {n}").into(),
            format!("{} March 2027", n % 28 + 1).into(),
            "An employer from the other side of the river".into(),
            n.to_string().into(),
        ]
    }))
}

/// A document as long as a policy: with contents, sections within sections and appendices.
pub(crate) fn policy(sections: usize) -> Document {
    let mut document = everything().with_contents();
    document.title = "Careers education policy".into();
    document.about = None;
    for n in 1..=sections {
        let mut section = Section::new(format!("{n}. What we promise, part {n}"));
        for m in 1..=3 {
            section = section.section(
                Section::new(format!("{n}.{m} How we keep it"))
                    .paragraph(
                        "Every learner meets people from work, from colleges and from training providers. ".repeat(6),
                    )
                    .block(Block::bullets((1..=4).map(|k| format!("Promise {n}.{m}.{k}: somebody is in charge of it"))))
                    .block(Block::numbers(["Ask", "Listen", "Try"])),
            );
        }
        document = document.section(section);
    }
    document.section(Section::new("Appendix A: the programme").on_new_page().table(activities(30).captioned("By date")))
}
