//! Posters as SVG: a trunk down the year groups, and for each of them a branch through the three terms with its stops.

use std::fmt::Write as _;

/// A poster to be drawn.
pub(crate) struct Poster<'a> {
    /// What it is.
    pub(crate) title: &'a str,
    /// What is to be seen, for whoever does not see it.
    pub(crate) description: &'a str,
    /// The name by which its parts are told from those of another picture on the same page.
    pub(crate) name: &'static str,
    /// The year groups, each with the stops of its three terms.
    pub(crate) rows: Vec<Row>,
}

/// A year group.
pub(crate) struct Row {
    /// "Year 9".
    pub(crate) label: String,
    /// What stands under the label.
    pub(crate) beneath: String,
    /// The stops of the autumn, the spring and the summer term.
    pub(crate) terms: [Vec<Stop>; 3],
}

/// A stop on the way.
pub(crate) struct Stop {
    /// Its first line, in bold.
    pub(crate) title: String,
    /// What stands beneath.
    pub(crate) beneath: String,
    /// How it is drawn.
    pub(crate) sign: Sign,
}

/// How a stop is drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sign {
    /// Done: a full dot.
    Done,
    /// To come: an open dot.
    Ahead,
    /// A date that is set by others: a diamond.
    Fixed,
}

/// A picture with its size.
pub(crate) struct Drawn {
    pub(crate) svg: String,
    pub(crate) width: u32,
    pub(crate) height: u32,
}

const WIDTH: u32 = 1120;
/// Where the terms begin, and how wide each is.
const LEFT: u32 = 150;
const TERM: u32 = 320;
const LINE: u32 = 19;
/// About how many letters of a line fit.
const LETTERS: usize = 37;
/// Colours of the theme, in which text keeps its contrast on paper.
const TINT: &str = "#1d4a38";
const TINT_LINE: &str = "#9dbba8";
const ACCENT: &str = "#7d4f00";
const INK: &str = "#1a211d";
const QUIET: &str = "#5a615c";
const PAPER: &str = "#fffefb";

impl Poster<'_> {
    /// The poster as SVG, complete in itself: title and description included, no style, script or file.
    pub(crate) fn draw(&self) -> Drawn {
        let (mut ground, mut body) = (String::new(), String::new());
        let mut top = 56;
        let (mut first, mut last) = (None, top);
        for (number, row) in self.rows.iter().enumerate() {
            let height = row.terms.iter().map(|stops| height_of(stops)).max().unwrap_or(0).max(64) + 34;
            if number % 2 == 1 {
                put(
                    &mut ground,
                    format_args!(r##"<rect x="0" y="{top}" width="{WIDTH}" height="{height}" fill="#f3f1e8"/>"##),
                );
            }
            let way = top + 26;
            first.get_or_insert(way);
            last = way;
            put(
                &mut body,
                format_args!(
                    r#"<path d="M52 {way} H{}" stroke="{TINT_LINE}" stroke-width="5" fill="none"/>"#,
                    WIDTH - 24
                ),
            );
            put(
                &mut body,
                format_args!(
                    r#"<path d="M{} {} l12 8 l-12 8" stroke="{TINT_LINE}" stroke-width="5" fill="none"/>"#,
                    WIDTH - 34,
                    way - 8
                ),
            );
            put(
                &mut body,
                format_args!(r#"<rect x="12" y="{}" width="108" height="34" rx="17" fill="{TINT}"/>"#, way - 17),
            );
            text(
                &mut body,
                (66, way + 6),
                &row.label,
                Letters { size: 17, colour: "#ffffff", bold: true, middle: true },
            );
            for (at, line) in wrapped(&row.beneath, 11).into_iter().enumerate() {
                let y = way + 38 + LINE * at as u32;
                text(&mut body, (76, y), &line, Letters { size: 13, colour: QUIET, bold: false, middle: false });
            }
            for (term, stops) in row.terms.iter().enumerate() {
                draw_stops(&mut body, stops, LEFT + TERM * term as u32, way);
            }
            top += height;
        }
        let height = top + 24;
        let mut svg = String::new();
        let name = self.name;
        put(
            &mut svg,
            format_args!(
                r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="img" aria-labelledby="{name}-title {name}-about" font-family="Atkinson Hyperlegible, Segoe UI, Noto Sans, Arial, sans-serif">"#
            ),
        );
        put(
            &mut svg,
            format_args!(
                r#"<title id="{name}-title">{}</title><desc id="{name}-about">{}</desc>"#,
                escaped(self.title),
                escaped(self.description)
            ),
        );
        put(&mut svg, format_args!(r#"<rect width="{WIDTH}" height="{height}" fill="{PAPER}"/>"#));
        for (at, term) in ["Autumn term", "Spring term", "Summer term"].into_iter().enumerate() {
            let x = LEFT + TERM * at as u32;
            text(&mut svg, (x, 34), term, Letters { size: 19, colour: ACCENT, bold: true, middle: false });
        }
        svg.push_str(&ground);
        if let Some(first) = first.filter(|first| *first < last) {
            // The trunk lies beneath the signs of the year groups.
            put(
                &mut svg,
                format_args!(r#"<path d="M66 {first} V{last}" stroke="{TINT_LINE}" stroke-width="5" fill="none"/>"#),
            );
        }
        svg.push_str(&body);
        svg.push_str("</svg>");
        Drawn { svg, width: WIDTH, height }
    }
}

fn lines_of(stop: &Stop) -> (Vec<String>, Vec<String>) {
    (wrapped(&stop.title, LETTERS), wrapped(&stop.beneath, LETTERS + 3))
}

fn height_of(stops: &[Stop]) -> u32 {
    let lines = |stop: &Stop| {
        let (title, beneath) = lines_of(stop);
        (title.len() + beneath.len()) as u32
    };
    stops.iter().map(|stop| lines(stop) * LINE + 12).sum::<u32>() + 26
}

fn draw_stops(svg: &mut String, stops: &[Stop], x: u32, way: u32) {
    let mut y = way + 38;
    if !stops.is_empty() {
        put(
            svg,
            format_args!(
                r#"<path d="M{} {way} V{}" stroke="{TINT_LINE}" stroke-width="2" fill="none"/>"#,
                x + 7,
                y - 14
            ),
        );
    }
    for stop in stops {
        let (cx, cy) = (x + 7, y - 5);
        match stop.sign {
            Sign::Done => put(svg, format_args!(r#"<circle cx="{cx}" cy="{cy}" r="7" fill="{TINT}"/>"#)),
            Sign::Ahead => put(
                svg,
                format_args!(
                    r#"<circle cx="{cx}" cy="{cy}" r="6" fill="{PAPER}" stroke="{TINT}" stroke-width="2.5"/>"#
                ),
            ),
            Sign::Fixed => {
                put(svg, format_args!(r#"<path d="M{cx} {} l8 8 l-8 8 l-8 -8 z" fill="{ACCENT}"/>"#, cy - 8))
            }
        }
        let (title, beneath) = lines_of(stop);
        for line in title {
            text(svg, (x + 24, y), &line, Letters { size: 15, colour: INK, bold: true, middle: false });
            y += LINE;
        }
        for line in beneath {
            text(svg, (x + 24, y), &line, Letters { size: 14, colour: QUIET, bold: false, middle: false });
            y += LINE;
        }
        y += 12;
    }
}

struct Letters {
    size: u32,
    colour: &'static str,
    bold: bool,
    middle: bool,
}

fn text(svg: &mut String, (x, y): (u32, u32), text: &str, letters: Letters) {
    let weight = if letters.bold { r#" font-weight="700""# } else { "" };
    let anchor = if letters.middle { r#" text-anchor="middle""# } else { "" };
    put(
        svg,
        format_args!(
            r#"<text x="{x}" y="{y}" font-size="{}" fill="{}"{weight}{anchor}>{}</text>"#,
            letters.size,
            letters.colour,
            escaped(text)
        ),
    );
}

/// The text in lines of about this many letters. A word that is longer is cut.
fn wrapped(text: &str, letters: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let mut word = word.to_owned();
        loop {
            let fits = lines.last().is_some_and(|line| line.chars().count() + 1 + word.chars().count() <= letters);
            if let Some(line) = lines.last_mut().filter(|_| fits) {
                line.push(' ');
                line.push_str(&word);
                break;
            }
            if word.chars().count() <= letters {
                lines.push(word);
                break;
            }
            let rest = word.chars().skip(letters - 1).collect();
            lines.push(word.chars().take(letters - 1).chain(['-']).collect());
            word = rest;
        }
    }
    lines
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            // XML has no place for them.
            c if c.is_control() => safe.push(' '),
            '\u{fffe}' | '\u{ffff}' => {}
            c => safe.push(c),
        }
    }
    safe
}

fn put(svg: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to memory cannot fail.
    let _ = svg.write_fmt(text);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_poster_grows_with_what_stands_on_it_and_escapes_what_people_wrote() {
        let stop = |title: &str| Stop { title: title.into(), beneath: String::new(), sign: Sign::Ahead };
        let poster = |stops: Vec<Stop>| Poster {
            title: "Journey",
            description: "A way",
            name: "journey",
            rows: vec![Row { label: "Year 9".into(), beneath: String::new(), terms: [stops, vec![], vec![]] }],
        };
        let small = poster(vec![stop("Art & <design>")]).draw();
        let large = poster((0..9).map(|_| stop("Meet an engineer")).collect()).draw();
        assert!(large.height > small.height);
        assert!(small.svg.contains("Art &amp; &lt;design&gt;") && !small.svg.contains("style="), "{}", small.svg);
        assert!(small.svg.starts_with("<svg") && small.svg.ends_with("</svg>"));
    }

    #[test]
    fn a_word_longer_than_a_line_is_cut_and_nothing_is_lost() {
        assert_eq!(wrapped("a bb ccc", 4), ["a bb", "ccc"]);
        assert_eq!(wrapped("abcdefgh", 4), ["abc-", "def-", "gh"]);
        assert_eq!(wrapped("", 4), Vec::<String>::new());
    }
}
