//! Documents as the pages of a small web site that lies in one folder: every page is complete without script, asks for nothing but the
//! files beside it, and leads to the others by relative links, so that the folder works from any server or from a disk.

mod tint;

use std::fmt::Write as _;

use domain::date;

use crate::{
    Document,
    document::{heading, said},
    html::{escaped, fragment},
};

pub use tint::Tint;

/// What every page of a site has around its own content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteFrame {
    /// Whose site it is.
    pub institution: String,
    /// What the site is called beside the institution's name: “Careers”.
    pub name: String,
    /// Its colour.
    pub tint: Tint,
    /// Path of a picture, and what it shows in words.
    pub logo: Option<(String, String)>,
    /// The pages that every page leads to: path and label, in order.
    pub pages: Vec<(String, String)>,
    /// Pages that stand at the foot: path and label.
    pub foot: Vec<(String, String)>,
    /// A sentence at the foot, such as when it is reviewed.
    pub note: String,
}

const REGULAR: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/AtkinsonHyperlegible_400Regular.ttf"));
const BOLD: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/AtkinsonHyperlegible_700Bold.ttf"));

/// The files that every page needs: path, media type, content.
pub fn files(frame: &SiteFrame) -> Vec<(&'static str, &'static str, Vec<u8>)> {
    vec![
        ("site.css", "text/css; charset=utf-8", css(frame.tint).into_bytes()),
        ("fonts/regular.ttf", "font/ttf", REGULAR.to_vec()),
        ("fonts/bold.ttf", "font/ttf", BOLD.to_vec()),
    ]
}

fn css(tint: Tint) -> String {
    format!(
        ":root, .waymark-careers {{\n  --tint: {tint};\n  --upon: {};\n  --ink-tint: {};\n}}\n{}",
        tint.text_upon(),
        tint.as_ink(),
        include_str!("site.css")
    )
}

/// A document as the page that lies at `path`.
pub fn page(frame: &SiteFrame, path: &str, document: &Document) -> String {
    let mut page = head(frame, document, "");
    let links = frame.pages.iter().map(|(to, label)| {
        let current = if to == path { " aria-current=\"page\"" } else { "" };
        format!("<li><a href=\"{to}\"{current}>{}</a></li>\n", escaped(label))
    });
    let links: String = links.collect();
    let logo = frame.logo.as_ref().map_or(String::new(), |(file, alt)| {
        format!("<img class=\"site-logo\" src=\"{file}\" alt=\"{}\">", escaped(alt))
    });
    let home = frame.pages.first().map_or("index.html", |(to, _)| to.as_str());
    let start = if home == path { " site-start" } else { "" };
    push(
        &mut page,
        format_args!(
            "<body class=\"site{start}\">\n<a class=\"site-skip\" href=\"#main\">Skip to the main content</a>\n\
             <header class=\"site-header\"><div class=\"site-width\"><a class=\"site-name\" href=\"{home}\">{logo}<span class=\"site-whose\">{} \
             <strong>{}</strong></span></a><a class=\"site-menu\" href=\"#pages\">Menu</a></div></header>\n\
             <nav class=\"site-nav\" aria-label=\"{} pages\"><ul class=\"site-width\">\n{links}</ul></nav>\n\
             <main class=\"site-main site-width\" id=\"main\">\n<h1>{}</h1>\n",
            escaped(&frame.institution),
            escaped(&frame.name),
            escaped(&frame.name),
            escaped(heading(&document.title))
        ),
    );
    page.push_str(&fragment(document));
    page.push_str("</main>\n<footer class=\"site-footer\"><div class=\"site-width\">\n");
    push(
        &mut page,
        format_args!(
            "<nav id=\"pages\" aria-label=\"All {} pages\"><ul>\n{links}",
            escaped(&frame.name.to_lowercase())
        ),
    );
    for (to, label) in &frame.foot {
        let current = if to == path { " aria-current=\"page\"" } else { "" };
        push(&mut page, format_args!("<li><a href=\"{to}\"{current}>{}</a></li>\n", escaped(label)));
    }
    push(&mut page, format_args!("</ul></nav>\n<p>{} {}</p>\n", published(document), escaped(&frame.note)));
    page.push_str("</div></footer>\n</body>\n</html>\n");
    page
}

/// A document to be set into a page of somebody else's: one element without script or style of its own, whose class names begin with
/// `waymark-careers` or stand within it.
pub fn embedded(frame: &SiteFrame, document: &Document) -> String {
    format!(
        "<section class=\"waymark-careers\" aria-label=\"{} {}\">\n{}<p class=\"site-dated\">{} {}</p>\n</section>\n",
        escaped(&frame.name),
        escaped(&frame.institution),
        fragment(document),
        published(document),
        escaped(&frame.note)
    )
}

/// The same as a page of its own that may stand in a frame of somebody else's; `root` leads to the folder of the site. Its links leave the frame.
pub fn framed(frame: &SiteFrame, root: &str, document: &Document) -> String {
    let page = head(frame, document, root).replace("</head>", "<base target=\"_top\">\n</head>");
    let title = escaped(heading(&document.title));
    let content = embedded(frame, document);
    format!("{page}<body class=\"site site-framed\">\n<main>\n<h1>{title}</h1>\n{content}</main>\n</body>\n</html>\n")
}

fn head(frame: &SiteFrame, document: &Document, root: &str) -> String {
    let mut page = String::from("<!DOCTYPE html>\n");
    push(&mut page, format_args!("<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n", document.language.tag()));
    page.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    push(
        &mut page,
        format_args!(
            "<title>{} – {} – {}</title>\n",
            escaped(heading(&document.title)),
            escaped(&frame.name),
            escaped(&frame.institution)
        ),
    );
    if let Some(description) = said(&document.description) {
        push(&mut page, format_args!("<meta name=\"description\" content=\"{}\">\n", escaped(description)));
    }
    push(&mut page, format_args!("<link rel=\"stylesheet\" href=\"{root}site.css\">\n</head>\n"));
    page
}

fn published(document: &Document) -> String {
    format!("Published on <time datetime=\"{}\">{}</time>.", document.dated_on, date::long(document.dated_on))
}

fn push(page: &mut String, text: std::fmt::Arguments<'_>) {
    page.write_fmt(text).expect("a string takes whatever is written to it");
}
