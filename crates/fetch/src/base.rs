use url::Url;

/// What links of a page are relative to: the page, unless it says otherwise (`<base href>`), which only browsers mind as a rule.
pub(crate) fn base(page: &Url, bytes: &[u8]) -> Url {
    // It stands in the head, before anything that it holds for.
    const WITHIN: usize = 64 << 10;
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(WITHIN)]).to_ascii_lowercase();
    let original = String::from_utf8_lossy(&bytes[..bytes.len().min(WITHIN)]);
    let href = text.match_indices("<base").find_map(|(at, found)| {
        let tag = &text[at..];
        let tag = &tag[..tag.find('>')?];
        if !tag[found.len()..].starts_with(|next: char| next.is_ascii_whitespace()) {
            return None;
        }
        let from = tag.find("href")?;
        let value = tag[from + 4..].trim_start().strip_prefix('=')?.trim_start();
        let begin = at + tag.len() - value.len();
        let value = original.get(begin..begin + value.len())?;
        Some(match value.chars().next()? {
            quote @ ('"' | '\'') => value[1..].split(quote).next()?.to_owned(),
            _ => value.split_ascii_whitespace().next()?.to_owned(),
        })
    });
    href.and_then(|href| page.join(href.trim()).ok())
        .filter(|base| matches!(base.scheme(), "http" | "https"))
        .unwrap_or_else(|| page.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_may_say_what_its_links_are_relative_to() {
        let page = Url::parse("https://school.example/a/b.html").expect("an address");
        let of = |html: &str| base(&page, html.as_bytes()).to_string();
        assert_eq!(of("<head><BASE HREF='/Root/'></head>"), "https://school.example/Root/");
        assert_eq!(of("<base target=_top href=\"https://www.school.example/\">"), "https://www.school.example/");
        assert_eq!(of("<basefont href='/x/'>"), page.as_str());
        assert_eq!(of("<base href='javascript:x'>"), page.as_str());
        assert_eq!(of("<base"), page.as_str());
    }
}
