//! From the tree of a page to its passages.

use std::collections::{HashMap, HashSet};

use super::tree::{Node, Tree, What};
use crate::passage::{Passage, PassageKind};

/// Deeper than any page that was let through; moving nodes about can deepen a tree a little.
const DEEPEST: u32 = 1_000;

/// What a visitor can read, in reading order.
pub(super) fn passages(tree: &Tree) -> Vec<Passage> {
    let mut walk = Walk {
        tree,
        opened: opened(tree),
        labels: labels(tree),
        out: Vec::new(),
        line: String::new(),
        after: Vec::new(),
        kind: PassageKind::Paragraph,
        link: None,
        quiet: 0,
        bold: 0,
        plain: false,
        begins: false,
        tables: Vec::new(),
        heading: 1,
    };
    walk.children(0, 0);
    walk.flush();
    walk.out
}

/// The ids of what some control on the page opens or goes to.
fn opened(tree: &Tree) -> HashSet<&str> {
    let pointers = ["aria-controls", "data-target", "data-bs-target", "href", "aria-labelledby"];
    let mut ids = HashSet::new();
    for node in &tree.nodes {
        for pointer in pointers {
            match (pointer, node.attribute(pointer)) {
                (_, None) => {}
                ("aria-controls" | "aria-labelledby", Some(found)) => ids.extend(found.split_whitespace()),
                (_, Some(found)) => ids.extend(found.strip_prefix('#')),
            }
        }
    }
    ids
}

/// The words of what opens a panel of tabs, by the panel's id and by its own.
fn labels(tree: &Tree) -> HashMap<&str, String> {
    let mut labels = HashMap::new();
    for (at, node) in tree.nodes.iter().enumerate() {
        let opens = node.attribute("role") == Some("tab")
            || ["data-toggle", "data-bs-toggle"].iter().any(|one| matches!(node.attribute(one), Some("tab" | "pill")));
        if !opens {
            continue;
        }
        let panel =
            ["aria-controls", "data-target", "data-bs-target", "href"].iter().find_map(|one| node.attribute(one));
        let mut words = String::new();
        tree.words(at, &mut words);
        let words = sentence(&words);
        if !words.is_empty() && words.len() <= 120 {
            let ids = [panel.map(|panel| panel.trim_start_matches('#')), node.attribute("id")];
            labels.extend(ids.into_iter().flatten().map(|id| (id, words.clone())));
        }
    }
    labels
}

struct Walk<'t> {
    tree: &'t Tree,
    opened: HashSet<&'t str>,
    /// What the tabs say that open panels.
    labels: HashMap<&'t str, String>,
    out: Vec<Passage>,
    /// The line being gathered.
    line: String,
    /// Links and pictures in it, which follow it.
    after: Vec<Passage>,
    kind: PassageKind,
    /// The words of the link being gathered.
    link: Option<String>,
    /// Above nought within navigation, of which only links are kept.
    quiet: u32,
    /// Above nought within bold type.
    bold: u32,
    /// Whether the line has anything that is not bold.
    plain: bool,
    /// Whether another element within the line begins.
    begins: bool,
    /// Row and column of the tables and definition lists that the place is in.
    tables: Vec<(Option<u32>, u32)>,
    /// The level of the last heading.
    heading: u8,
}

impl<'t> Walk<'t> {
    fn children(&mut self, at: usize, depth: u32) {
        if depth > DEEPEST {
            return;
        }
        let tree = self.tree;
        for child in &tree.nodes[at].children {
            let node = &tree.nodes[*child];
            match &node.what {
                What::Text(text) => self.text(text),
                What::Element { .. } if !self.is_hidden(node) => self.element(*child, node, depth + 1),
                What::Element { .. } | What::Other => {}
            }
        }
    }

    fn text(&mut self, text: &str) {
        // Words of two elements that only their styles set apart: “Ann Lee” and “Careers leader”.
        let parts = |before: char| before.is_lowercase() || before.is_ascii_digit();
        if self.begins && text.starts_with(char::is_uppercase) && self.line.ends_with(parts) {
            self.line.push(' ');
        }
        self.begins &= text.is_empty();
        self.line.push_str(text);
        if let Some(link) = &mut self.link {
            link.push_str(text);
        }
        self.plain |= self.bold == 0 && !text.trim().is_empty();
    }

    fn element(&mut self, at: usize, node: &'t Node, depth: u32) {
        match node.name() {
            "script" | "style" | "template" | "noscript" | "select" | "textarea" | "input" | "svg" | "math" => {}
            "head" => self.children(at, depth),
            "title" => self.block(PassageKind::Title, at, depth),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = node.name().as_bytes()[1] - b'0';
                self.heading(level, at, depth);
            }
            "summary" => self.heading((self.heading + 1).min(6), at, depth),
            // A button within a heading is the heading's words.
            "button" if matches!(self.kind, PassageKind::Heading(_)) => self.inline(node, at, depth),
            "button" if node.attribute("aria-controls").is_some() || node.attribute("data-bs-target").is_some() => {
                self.heading((self.heading + 1).min(6), at, depth);
            }
            _ if node.attribute("role") == Some("heading") => {
                let level = node.attribute("aria-level").and_then(|level| level.parse().ok()).unwrap_or(2);
                self.heading(u8::clamp(level, 1, 6), at, depth);
            }
            "nav" => self.navigation(at, depth),
            _ if node.attribute("role") == Some("navigation") => self.navigation(at, depth),
            "table" | "dl" => {
                self.flush();
                self.tables.push((None, 0));
                self.children(at, depth);
                self.flush();
                self.tables.pop();
            }
            "tr" => {
                self.flush();
                self.next_row();
                self.children(at, depth);
                self.flush();
            }
            "td" | "th" => self.cell(node, at, depth),
            "dt" | "dd" => self.described(node.name() == "dt", at, depth),
            "li" => self.block(PassageKind::Item, at, depth),
            "p" | "address" | "blockquote" | "pre" | "figcaption" | "caption" | "legend" | "label" | "button" => {
                let kind = self.here();
                self.block(kind, at, depth);
            }
            _ if node.attribute("role") == Some("tabpanel") => self.panel(node, at, depth),
            "div" | "section" | "article" | "main" | "header" | "footer" | "aside" | "body" | "html" | "ul" | "ol"
            | "form" | "fieldset" | "figure" | "details" | "center" | "hgroup" | "dialog" | "tbody" | "thead"
            | "tfoot" => {
                self.flush();
                self.children(at, depth);
                self.flush();
            }
            "br" | "hr" => self.flush(),
            "img" => self.picture(node),
            "iframe" | "embed" | "object" => self.frame(node, at, depth),
            "a" | "area" => self.link(node, at, depth),
            "b" | "strong" => {
                self.bold += 1;
                self.children(at, depth);
                self.bold -= 1;
            }
            _ => self.inline(node, at, depth),
        }
    }

    /// An element within a line. Some programs hide addresses from robots in an attribute.
    fn inline(&mut self, node: &Node, at: usize, depth: u32) {
        self.begins = true;
        match node.attribute("data-cfemail").and_then(unscrambled) {
            Some(address) => self.text(&address),
            None => self.children(at, depth),
        }
    }

    fn block(&mut self, kind: PassageKind, at: usize, depth: u32) {
        self.flush();
        let before = std::mem::replace(&mut self.kind, kind);
        self.children(at, depth);
        self.flush();
        self.kind = before;
    }

    /// A panel of tabs: the tabs stand together far above, so that each panel is headed by its tab again.
    fn panel(&mut self, node: &'t Node, at: usize, depth: u32) {
        self.flush();
        let ids = [node.attribute("id"), node.attribute("aria-labelledby")];
        let label = ids.into_iter().flatten().find_map(|id| self.labels.get(id)).cloned();
        let outer = self.heading;
        if let Some(label) = label {
            let level = (outer + 1).min(6);
            let told = self.out.iter().rev().find(|one| matches!(one.kind, PassageKind::Heading(_)));
            if told.is_none_or(|heading| heading.text != label) {
                self.out.push(Passage::new(PassageKind::Heading(level), label));
            }
            self.heading = level;
        }
        self.children(at, depth);
        self.flush();
        self.heading = outer;
    }

    fn heading(&mut self, level: u8, at: usize, depth: u32) {
        self.block(PassageKind::Heading(level), at, depth);
        self.heading = level;
    }

    /// What running text is at this place: within a cell or an item, a part of it.
    fn here(&self) -> PassageKind {
        match &self.kind {
            kind @ (PassageKind::Item | PassageKind::Cell { .. } | PassageKind::Heading(_)) => kind.clone(),
            _ => PassageKind::Paragraph,
        }
    }

    fn navigation(&mut self, at: usize, depth: u32) {
        self.flush();
        self.quiet += 1;
        self.children(at, depth);
        self.flush();
        self.quiet -= 1;
    }

    fn next_row(&mut self) {
        if let Some((row, column)) = self.tables.last_mut() {
            *row = Some(row.map_or(0, |row| row.saturating_add(1)));
            *column = 0;
        }
    }

    fn cell(&mut self, node: &Node, at: usize, depth: u32) {
        let Some((row, column)) = self.tables.last().copied() else { return self.children(at, depth) };
        self.block(PassageKind::Cell { row: row.unwrap_or(0), column }, at, depth);
        let span = node.attribute("colspan").and_then(|span| span.parse().ok()).unwrap_or(1_u32);
        if let Some((_, column)) = self.tables.last_mut() {
            *column = column.saturating_add(span.clamp(1, 100));
        }
    }

    fn described(&mut self, is_term: bool, at: usize, depth: u32) {
        let Some((row, column)) = self.tables.last().copied() else {
            return self.block(PassageKind::Paragraph, at, depth);
        };
        // Several terms may share a description; each description after them lies in the row of the last.
        if is_term && (column > 0 || row.is_none()) {
            self.next_row();
        }
        let row = self.tables.last().and_then(|(row, _)| *row).unwrap_or(0);
        self.block(PassageKind::Cell { row, column: u32::from(!is_term) }, at, depth);
        if let Some((_, column)) = self.tables.last_mut() {
            *column |= u32::from(!is_term);
        }
    }

    fn picture(&mut self, node: &Node) {
        let Some(text) = node.attribute("alt").map(sentence).filter(|text| !text.is_empty()) else { return };
        if let Some(link) = &mut self.link {
            link.push(' ');
            link.push_str(&text);
        }
        self.after.push(Passage::new(PassageKind::Picture, text));
    }

    fn frame(&mut self, node: &Node, at: usize, depth: u32) {
        if let Some(address) = node.attribute("src").or_else(|| node.attribute("data")) {
            let text = sentence(node.attribute("title").unwrap_or_default());
            self.after.push(Passage::new(PassageKind::Link { address: address.trim().to_owned() }, text));
        }
        self.children(at, depth);
    }

    fn link(&mut self, node: &Node, at: usize, depth: u32) {
        let outer = self.link.replace(String::new());
        self.inline(node, at, depth);
        let words = std::mem::replace(&mut self.link, outer).unwrap_or_default();
        if let Some(address) = node.attribute("href").map(str::trim).filter(|address| !address.is_empty()) {
            let said = sentence(&words);
            let said = if said.is_empty() {
                sentence(node.attribute("aria-label").or_else(|| node.attribute("title")).unwrap_or_default())
            } else {
                said
            };
            self.after.push(Passage::new(PassageKind::Link { address: address.to_owned() }, said));
        }
    }

    /// Ends the line: what was gathered becomes a passage, followed by the links and pictures in it.
    fn flush(&mut self) {
        let text = sentence(&self.line);
        self.line.clear();
        if !text.is_empty() && self.quiet == 0 {
            // A short line wholly in bold type is what many editors use for a heading.
            let heads = self.kind == PassageKind::Paragraph && !self.plain && text.chars().count() <= 80;
            let kind = if heads && !text.ends_with('.') { PassageKind::Heading(6) } else { self.kind.clone() };
            self.out.push(Passage { kind, text });
        }
        self.plain = false;
        let quiet = self.quiet > 0;
        self.out
            .extend(self.after.drain(..).filter(|passage| !quiet || matches!(passage.kind, PassageKind::Link { .. })));
    }

    /// Whether an element is hidden for good: not what some control opens.
    fn is_hidden(&self, node: &Node) -> bool {
        let style = node.attribute("style").unwrap_or_default().to_ascii_lowercase().replace(' ', "");
        let hidden = node.attribute("hidden").is_some_and(|value| !value.eq_ignore_ascii_case("until-found"))
            || style.contains("display:none")
            || style.contains("visibility:hidden");
        hidden && !self.opens(node)
    }

    fn opens(&self, node: &Node) -> bool {
        let class = node.attribute("class").unwrap_or_default().to_ascii_lowercase();
        let role = node.attribute("role").unwrap_or_default();
        node.attribute("id").is_some_and(|id| self.opened.contains(id))
            || role == "tabpanel"
            || ["accordion", "collaps", "panel", "tab-", "toggle", "expand"].iter().any(|word| class.contains(word))
    }
}

/// White space as in a sentence.
pub(crate) fn sentence(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c == '\u{200b}' || c == '\u{ad}').filter(|word| !word.is_empty()).fold(
        String::with_capacity(text.len()),
        |mut said, word| {
            if !said.is_empty() {
                said.push(' ');
            }
            said.push_str(word);
            said
        },
    )
}

/// An address that a content network wrote as hexadecimal digits: the first byte, then each other byte crossed with it.
fn unscrambled(scrambled: &str) -> Option<String> {
    let bytes: Vec<u8> = scrambled
        .as_bytes()
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect::<Option<_>>()?;
    let (key, rest) = bytes.split_first()?;
    String::from_utf8(rest.iter().map(|byte| byte ^ key).collect()).ok()
}
