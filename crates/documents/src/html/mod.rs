//! Documents as HTML: a fragment for a page of ours, or a whole page to keep.
//!
//! Headings, lists and tables are what they say they are; looks hang on class names that begin with `document`, and there
//! is no style or script on any element, so that a strict content security policy has nothing to forbid.

use std::fmt::Write as _;

use domain::date;

use crate::{
    Address, Block, ColumnKind, Document, Inline, List, ListKind, Prose, Section, Table,
    document::{CONTENTS, LISTED_LEVELS, heading, said},
};

/// The document as a whole page, complete in itself: it loads nothing, and can be opened from a disk and printed.
pub fn write(document: &Document) -> String {
    let mut page = String::from("<!DOCTYPE html>\n");
    push(&mut page, format_args!("<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n", document.language.tag()));
    page.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    push(&mut page, format_args!("<title>{}</title>\n", escaped(heading(&document.title))));
    for (name, content) in [("description", &document.description), ("author", &document.issued_by)] {
        if let Some(content) = said(content) {
            push(&mut page, format_args!("<meta name=\"{name}\" content=\"{}\">\n", escaped(content)));
        }
    }
    push(
        &mut page,
        format_args!(
            "<style>\n{}</style>\n</head>\n<body class=\"document-page\">\n<main>\n",
            include_str!("document.css")
        ),
    );
    page.push_str("<header class=\"document-header\">\n");
    if let Some(institution) = said(&document.issued_by) {
        push(&mut page, format_args!("<p class=\"document-issuer\">{}</p>\n", escaped(institution)));
    }
    push(&mut page, format_args!("<h1>{}</h1>\n", escaped(heading(&document.title))));
    if let Some(about) = &document.about {
        push(&mut page, format_args!("<p class=\"document-about\">{}</p>\n", prose(about)));
    }
    push(
        &mut page,
        format_args!(
            "<p class=\"document-date\"><time datetime=\"{}\">{}</time></p>\n</header>\n",
            document.dated_on,
            date::long(document.dated_on)
        ),
    );
    page.push_str(&fragment(document));
    page.push_str("</main>\n</body>\n</html>\n");
    page
}

/// What the document says beneath its title, for a page that has the title as its `h1`. Sections begin at `h2`.
pub fn fragment(document: &Document) -> String {
    let mut page = String::from("<div class=\"document\">\n");
    blocks(&mut page, &document.opening);
    if document.has_contents && !document.sections.is_empty() {
        push(&mut page, format_args!("<nav class=\"document-contents\" aria-labelledby=\"document-contents\">\n"));
        push(&mut page, format_args!("<h2 id=\"document-contents\">{CONTENTS}</h2>\n"));
        contents(&mut page, &document.sections, "document", 1);
        page.push_str("</nav>\n");
    }
    sections(&mut page, &document.sections, 2, document.has_contents.then_some("document"));
    page.push_str("</div>\n");
    page
}

/// Links to the sections, whose ids say which they are of those beside them: `document-2-1`.
fn contents(page: &mut String, sections: &[Section], within: &str, level: usize) {
    page.push_str("<ol>\n");
    for (index, section) in sections.iter().enumerate() {
        let id = format!("{within}-{}", index + 1);
        push(page, format_args!("<li><a href=\"#{id}\">{}</a>", escaped(heading(&section.heading))));
        if level < LISTED_LEVELS && !section.sections.is_empty() {
            page.push('\n');
            contents(page, &section.sections, &id, level + 1);
        }
        page.push_str("</li>\n");
    }
    page.push_str("</ol>\n");
}

fn sections(page: &mut String, sections: &[Section], level: usize, within: Option<&str>) {
    for (index, section) in sections.iter().enumerate() {
        // HTML has six levels; deeper ones say theirs.
        let text = escaped(heading(&section.heading));
        let own = within.map(|within| format!("{within}-{}", index + 1));
        let id = own.as_deref().map(|id| format!(" id=\"{id}\"")).unwrap_or_default();
        let class = if section.is_on_new_page { " class=\"document-new-page\"" } else { "" };
        match level {
            ..=6 => push(page, format_args!("<section{class}>\n<h{level}{id}>{text}</h{level}>\n")),
            _ => push(page, format_args!("<section{class}>\n<h6 aria-level=\"{level}\"{id}>{text}</h6>\n")),
        }
        blocks(page, &section.blocks);
        self::sections(page, &section.sections, level + 1, own.as_deref());
        page.push_str("</section>\n");
    }
}

fn blocks(page: &mut String, blocks: &[Block]) {
    for block in blocks {
        match block {
            Block::Paragraph(text) if text.is_blank() => {}
            Block::List(List { items, .. }) if items.is_empty() => {}
            Block::Terms(terms) if terms.is_empty() => {}
            Block::Paragraph(text) => push(page, format_args!("<p>{}</p>\n", prose(text))),
            Block::List(list) => {
                let element = match list.kind {
                    ListKind::Bullets => "ul",
                    ListKind::Numbers => "ol",
                };
                push(page, format_args!("<{element} class=\"document-list\">\n"));
                for item in &list.items {
                    push(page, format_args!("<li>{}</li>\n", prose(item)));
                }
                push(page, format_args!("</{element}>\n"));
            }
            Block::Table(table) => self::table(page, table),
            Block::Terms(terms) => {
                page.push_str("<dl class=\"document-terms\">\n");
                for term in terms {
                    push(
                        page,
                        format_args!("<div><dt>{}</dt><dd>{}</dd></div>\n", escaped(&term.term), prose(&term.value)),
                    );
                }
                page.push_str("</dl>\n");
            }
            // It is ours, and complete in itself.
            Block::Figure(figure) => {
                push(page, format_args!("<figure class=\"document-figure\">\n{}\n", figure.svg));
                push(page, format_args!("<figcaption>{}</figcaption>\n</figure>\n", escaped(&figure.description)));
            }
            Block::Note(note) => {
                let word = note.kind.word();
                push(
                    page,
                    format_args!(
                        "<div class=\"document-note document-note--{}\" role=\"note\">\n<p><strong>{word}</strong></p>\n",
                        word.to_lowercase()
                    ),
                );
                for paragraph in &note.paragraphs {
                    push(page, format_args!("<p>{}</p>\n", prose(paragraph)));
                }
                page.push_str("</div>\n");
            }
        }
    }
}

fn table(page: &mut String, table: &Table) {
    if table.rows().is_empty() {
        if let Some(caption) = &table.caption {
            push(page, format_args!("<p><strong>{}</strong></p>\n", prose(caption)));
        }
        push(page, format_args!("<p class=\"document-nothing\">{}</p>\n", Table::NOTHING));
        return;
    }
    page.push_str("<table class=\"document-table\">\n");
    if let Some(caption) = &table.caption {
        push(page, format_args!("<caption>{}</caption>\n", prose(caption)));
    }
    page.push_str("<thead>\n<tr>");
    for column in table.columns() {
        push(page, format_args!("<th scope=\"col\"{}>{}</th>", class(column.kind), escaped(&column.heading)));
    }
    page.push_str("</tr>\n</thead>\n<tbody>\n");
    for row in table.rows() {
        page.push_str("<tr>");
        for (index, (cell, column)) in row.iter().zip(table.columns()).enumerate() {
            let (element, scope) =
                if index == 0 && table.has_header_column { ("th", " scope=\"row\"") } else { ("td", "") };
            // On a narrow page the headings are not above their cells: each cell has its own.
            let label = match element {
                "td" => format!(" data-label=\"{}\"", escaped(&column.heading)),
                _ => String::new(),
            };
            push(page, format_args!("<{element}{scope}{}{label}>{}</{element}>", class(column.kind), prose(cell)));
        }
        page.push_str("</tr>\n");
    }
    page.push_str("</tbody>\n</table>\n");
}

fn class(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Words => "",
        ColumnKind::Short => " class=\"document-short\"",
        ColumnKind::Figures => " class=\"document-figures\"",
    }
}

fn prose(text: &Prose) -> String {
    let mut html = String::new();
    for part in text.parts() {
        let words = part.words().lines().map(escaped).collect::<Vec<_>>().join("<br>");
        match part {
            Inline::Text(_) => html.push_str(&words),
            Inline::Emphasis(_) => push(&mut html, format_args!("<em>{words}</em>")),
            Inline::Strong(_) => push(&mut html, format_args!("<strong>{words}</strong>")),
            Inline::Link { address, .. } => {
                push(&mut html, format_args!("<a href=\"{}\"{}>{words}</a>", escaped(address.as_str()), rel(address)))
            }
        }
    }
    html
}

/// Where a link leads is nobody else's business; pages of the same folder are no one else's.
fn rel(address: &Address) -> &'static str {
    if address.is_beside() { "" } else { " rel=\"noreferrer\"" }
}

/// Text as HTML, in an element or in a quoted attribute. Control characters are not allowed in HTML and left out.
pub(crate) fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            '\t' | '\n' | '\r' => html.push(' '),
            c if c.is_control() => {}
            c => html.push(c),
        }
    }
    html
}

fn push(page: &mut String, text: std::fmt::Arguments<'_>) {
    page.write_fmt(text).expect("a string takes whatever is written to it");
}
