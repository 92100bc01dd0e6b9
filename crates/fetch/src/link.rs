use url::Url;

/// Where a link of a page leads; none if it is not to be followed: to another website, to no page at all, or to a picture.
pub(crate) fn follow(page: &Url, address: &str) -> Option<Url> {
    const LONGEST: usize = 2_000;
    let address = address.trim();
    if address.is_empty() || address.starts_with('#') || address.len() > LONGEST {
        return None;
    }
    let mut url = page.join(address).ok()?;
    url.set_fragment(None);
    let whole = matches!(url.scheme(), "http" | "https") && url.username().is_empty() && url.password().is_none();
    (whole && same_site(page, &url) && !is_picture(url.path()) && url.as_str().len() <= LONGEST).then_some(url)
}

/// Whether two addresses are of the same host, with or without “www.”, at the usual ports or at the same one.
pub(crate) fn same_site(one: &Url, other: &Url) -> bool {
    let host = |url: &Url| url.host_str().map(|host| bare(host).to_owned());
    let port = |url: &Url| url.port_or_known_default().map(|port| if port == 80 { 443 } else { port });
    host(one).is_some() && host(one) == host(other) && port(one) == port(other)
}

fn bare(host: &str) -> &str {
    // A host called “www.” alone would leave nothing.
    let host = host.trim_end_matches('.');
    host.strip_prefix("www.").filter(|rest| rest.contains('.')).unwrap_or(host)
}

/// By what an address is known to have been asked for: scheme, “www.”, fragment and a last slash make no other page.
pub(crate) fn key(url: &Url) -> String {
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
    format!("{}{port}{}{query}", bare(url.host_str().unwrap_or_default()), url.path().trim_end_matches('/'))
}

/// Whether nothing of this ending says anything in words.
fn is_picture(path: &str) -> bool {
    const ENDINGS: [&str; 27] = [
        "jpg", "jpeg", "png", "gif", "svg", "webp", "avif", "bmp", "ico", "heic", "tif", "tiff", "mp3", "mp4", "m4a",
        "m4v", "mov", "avi", "webm", "wav", "css", "js", "xml", "ics", "zip", "woff", "woff2",
    ];
    let name = path.rsplit('/').next().unwrap_or_default();
    name.rsplit_once('.').is_some_and(|(_, ending)| ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

/// How much a link promises, by its words and its address: the higher, the sooner it is asked for.
pub(crate) fn promise(words: &str, url: &Url) -> u8 {
    const CAREERS: [&str; 10] = [
        "career",
        "ceiag",
        "provider access",
        "provider-access",
        "provideraccess",
        "gatsby",
        "baker",
        "work experience",
        "work-experience",
        "destination",
    ];
    const NEAR: [&str; 14] = [
        "guidance",
        "polic",
        "next step",
        "next-step",
        "pathway",
        "post-16",
        "post 16",
        "post16",
        "sixth",
        "options",
        "employer",
        "statutory",
        "performance",
        "apprentic",
    ];
    let text = format!("{} {}", words.to_lowercase(), url.path().to_lowercase());
    match () {
        () if CAREERS.iter().any(|word| text.contains(word)) => 2,
        () if NEAR.iter().any(|word| text.contains(word)) => 1,
        () => 0,
    }
}

#[cfg(test)]
mod tests;
