/// A piece of running text: words in a row, some of them marked.
///
/// Whatever a person typed goes in as it is; no writer ever reads markup in it. A line break in it stays one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Prose {
    parts: Vec<Inline>,
}

/// One part of [`Prose`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Plain words.
    Text(String),
    /// Words said with a different voice: the title of a publication, a word as a word.
    Emphasis(String),
    /// Words that must not be overlooked.
    Strong(String),
    /// Words that lead somewhere.
    Link {
        /// What is read.
        text: String,
        /// Where it leads.
        address: Address,
    },
}

/// Where a link leads: a web page, an e-mail address, a telephone number or a file beside the document, and nothing else, so that a document can carry no script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address(String);

impl Prose {
    /// No words yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds plain words; spaces between parts are the caller's.
    #[must_use]
    pub fn text(self, text: impl Into<String>) -> Self {
        self.with(Inline::Text(text.into()))
    }

    /// Adds words said with a different voice.
    #[must_use]
    pub fn emphasis(self, text: impl Into<String>) -> Self {
        self.with(Inline::Emphasis(text.into()))
    }

    /// Adds words that must not be overlooked.
    #[must_use]
    pub fn strong(self, text: impl Into<String>) -> Self {
        self.with(Inline::Strong(text.into()))
    }

    /// Adds words that lead to `address`.
    #[must_use]
    pub fn link(self, text: impl Into<String>, address: Address) -> Self {
        self.with(Inline::Link { text: text.into(), address })
    }

    /// Its parts, in reading order.
    pub fn parts(&self) -> &[Inline] {
        &self.parts
    }

    /// Whether there is nothing to read.
    pub fn is_blank(&self) -> bool {
        self.parts.iter().all(|part| part.words().trim().is_empty())
    }

    fn with(mut self, part: Inline) -> Self {
        self.parts.push(part);
        self
    }
}

impl Inline {
    /// The words, whatever marks them.
    pub fn words(&self) -> &str {
        match self {
            Self::Text(text) | Self::Emphasis(text) | Self::Strong(text) | Self::Link { text, .. } => text,
        }
    }
}

impl<T: Into<String>> From<T> for Prose {
    fn from(text: T) -> Self {
        Self::new().text(text)
    }
}

impl Address {
    /// `https:`, `http:`, `mailto:` or `tel:`, and no spaces or control characters; otherwise none.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (scheme, rest) = text.split_once(':')?;
        let known = ["https", "http", "mailto", "tel"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
        let clean = !text.chars().any(|c| c.is_whitespace() || c.is_control() || "<>\"\\^`{|}".contains(c));
        (known && clean && !rest.is_empty()).then(|| Self(text.to_owned()))
    }

    /// A file of the same folder, or of one within or above it, for documents that become pages of one site: `roadmap.html`,
    /// `../files/policy.pdf`. Otherwise none.
    pub fn beside(path: &str) -> Option<Self> {
        let clean = path.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-./#".contains(c));
        let is_name =
            path.ends_with(|c: char| c.is_ascii_alphanumeric()) && !path.starts_with('/') && !path.contains("//");
        (clean && is_name).then(|| Self(path.to_owned()))
    }

    /// Whether it leads to a file of the same site.
    pub fn is_beside(&self) -> bool {
        !self.0.contains(':')
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_letters_and_telephones_are_addresses() {
        for good in
            ["https://example.org/a?b=c&d", "HTTP://example.org", "mailto:careers@example.org", "tel:+441632960000"]
        {
            assert!(Address::parse(good).is_some(), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "example.org",
            "https:",
            "https://a b",
            "",
            "\u{1}https://a",
            "https://a\"b",
        ] {
            assert!(Address::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn a_file_of_the_same_site_is_named_by_a_plain_path() {
        for good in ["roadmap.html", "../files/policy.pdf", "index.html#year-9"] {
            assert!(Address::beside(good).is_some_and(|address| address.is_beside()), "{good}");
        }
        for bad in ["", "/etc", "//example.org", "javascript:alert", "A b.html", "a//b", "x/"] {
            assert!(Address::beside(bad).is_none(), "{bad}");
        }
    }
}
