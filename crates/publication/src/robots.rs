//! What a site asks of programs that read it: robots.txt, as RFC 9309 has it.

/// The rules of a site for one program.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Robots {
    /// Pattern, and whether it allows.
    rules: Vec<(String, bool)>,
}

/// More rules than this of one site are not read.
const MOST: usize = 2_000;

impl Robots {
    /// Reads the rules for a program of this name: its own group, or that for everybody.
    pub fn read(text: &str, name: &str) -> Self {
        let name = name.to_ascii_lowercase();
        let mut own: Option<Vec<(String, bool)>> = None;
        let mut everybody = Vec::new();
        let (mut for_us, mut for_all, mut in_rules) = (false, false, false);
        for line in text.trim_start_matches('\u{feff}').lines() {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else { continue };
            let value = value.trim();
            match key.trim().to_ascii_lowercase().as_str() {
                "user-agent" => {
                    if in_rules {
                        (for_us, for_all, in_rules) = (false, false, false);
                    }
                    let agent = value.to_ascii_lowercase();
                    for_all |= agent == "*";
                    if agent == name {
                        for_us = true;
                        own.get_or_insert_default();
                    }
                }
                key @ ("allow" | "disallow") => {
                    in_rules = true;
                    let rule = || (value.to_owned(), key == "allow");
                    if value.is_empty() {
                        continue;
                    }
                    if for_us && let Some(own) = own.as_mut().filter(|own| own.len() < MOST) {
                        own.push(rule());
                    }
                    if for_all && everybody.len() < MOST {
                        everybody.push(rule());
                    }
                }
                _ => {}
            }
        }
        Self { rules: own.unwrap_or(everybody) }
    }

    /// Whether a path with its query may be asked for. The longest matching rule decides; of two as long, the one that allows.
    pub fn allows(&self, path: &str) -> bool {
        self.rules
            .iter()
            .filter(|(pattern, _)| matches(pattern, path))
            .max_by_key(|(pattern, allows)| (pattern.len(), *allows))
            .is_none_or(|(_, allows)| *allows)
    }
}

/// Whether a pattern matches the beginning of a path; `*` stands for anything, `$` at the end for the end.
fn matches(pattern: &str, path: &str) -> bool {
    let (pattern, to_end) = pattern.strip_suffix('$').map_or((pattern, false), |pattern| (pattern, true));
    let mut parts = pattern.split('*');
    let Some(mut rest) = path.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let mut parts = parts.peekable();
    if parts.peek().is_none() {
        return !to_end || rest.is_empty();
    }
    while let Some(part) = parts.next() {
        if parts.peek().is_none() && to_end {
            return rest.ends_with(part);
        }
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_rule_of_the_own_group_decides() {
        let text = "User-agent: *\nDisallow: /\n\nUser-agent: other\nUser-agent: Waymark # us\nDisallow: /private\nAllow: /private/careers\nDisallow: /*.zip$\n";
        let robots = Robots::read(text, "waymark");
        assert!(robots.allows("/careers"));
        assert!(!robots.allows("/private/x"));
        assert!(robots.allows("/private/careers/1"));
        assert!(!robots.allows("/a/b.zip"));
        assert!(robots.allows("/a/b.zip?x"));
        assert!(!Robots::read(text, "somebody").allows("/careers"));
    }

    #[test]
    fn without_rules_everything_may_be_read() {
        assert!(Robots::read("", "waymark").allows("/"));
        assert!(Robots::read("User-agent: *\nDisallow:\n", "waymark").allows("/x"));
        assert!(Robots::read("<html>not found</html>", "waymark").allows("/x"));
    }
}
