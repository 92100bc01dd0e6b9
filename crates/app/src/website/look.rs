use documents::site::Tint;
use domain::InstitutionId;
use jiff::Timestamp;
use serde_json::json;
use store::website::{Logo, Website};

use crate::{Action, Actor, App, Error, Problems, Result, audit::changes};

/// Words that public addresses of Waymark itself begin with, and a few that would mislead: no institution has one.
pub const RESERVED_WORDS: &[&str] = &[
    "about",
    "accessibility",
    "account",
    "admin",
    "api",
    "assets",
    "calendar",
    "careers",
    "check-in",
    "embed",
    "favicon.ico",
    "feedback",
    "forgotten",
    "go",
    "help",
    "institutions",
    "join",
    "log-in",
    "login",
    "placement",
    "policy",
    "privacy",
    "provider-access",
    "providers",
    "reflect",
    "register",
    "request",
    "requests",
    "reset",
    "setup",
    "sign-in",
    "sign-out",
    "view-as",
    "waymark",
];

/// Most bytes of a logo.
const LARGEST_LOGO: usize = 512 << 10;
/// Most pixels along a side: a small file can be a very large picture.
const WIDEST_LOGO: u32 = 4_000;

/// The look of the public pages and their address, as a form has them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WebsiteLook {
    /// The word by which the pages are found; blank is none.
    pub slug: String,
    /// The colour; blank is Waymark's.
    pub tint: String,
    /// What the logo shows, in words.
    pub logo_alt: String,
}

/// A picture that was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LogoUpload<'a> {
    /// The file.
    pub bytes: &'a [u8],
    /// What it shows, in words.
    pub alt: &'a str,
}

/// Settings before anybody chose any.
pub(crate) fn usual(now: Timestamp) -> Website {
    Website { is_open: false, tint: None, logo: None, choices: "{}".to_owned(), changed_at: now }
}

/// What is done to a colour so that it stays legible, in a sentence; none if it is used as it is.
pub(crate) fn guarded(tint: Tint) -> Option<String> {
    (tint.as_ink() != tint).then(|| {
        format!(
            "{tint} on white has a contrast of {:.1} to 1, and text needs 4.5. The heading keeps {tint}, with {} text upon it; links and lines use {}, a darker shade of it.",
            tint.contrast_with_white(),
            if tint.text_upon().contrast_with_white() < 2.0 { "white" } else { "black" },
            tint.as_ink()
        )
    })
}

impl App {
    /// Sets the address and the colour of the public pages. The address changes at once, the colour with the next publication.
    ///
    /// # Errors
    /// If the actor may not administer the institution, or the form has problems.
    pub fn change_website_look(&self, actor: &Actor, institution: InstitutionId, form: &WebsiteLook) -> Result<()> {
        actor.ask_for_all(Action::Administer, institution)?;
        let mut problems = Problems::default();
        let slug = problems.take("slug", slug(&form.slug)).flatten();
        let tint = match form.tint.trim() {
            "" => None,
            text => problems
                .take("tint", text.parse::<Tint>().map_err(|()| "Enter a colour such as #1f4d3a.".to_owned()))
                .map(|tint| tint.to_string()),
        };
        problems.check()?;
        let now = self.context().now();
        self.store().write(institution, |tx| -> Result<()> {
            tx.wait_turn(institution)?;
            let site = store::website::find(tx, institution)?.unwrap_or_else(|| usual(now));
            let before = store::institution::slug(tx, institution)?;
            if slug != before {
                store::institution::set_slug(tx, institution, slug.as_deref()).map_err(|error| match error {
                    store::Error::Duplicate { .. } => {
                        Error::problem("slug", "Another institution has this address. Choose another.")
                    }
                    other => other.into(),
                })?;
            }
            let alt = form.logo_alt.trim().to_owned();
            let logo = site.logo.clone().map(|logo| Logo { alt: alt.clone(), ..logo });
            let after = Website { tint: tint.clone(), logo, changed_at: now, ..site.clone() };
            let changed = changes(fields(before.as_deref(), &site), fields(slug.as_deref(), &after));
            store::website::set(tx, institution, &after)?;
            let event = self
                .event(
                    actor,
                    "website.look-changed",
                    ("institution", Some(institution.0)),
                    json!({"fields": changed.names()}),
                )
                .with([self.detail(None, &changed)]);
            Ok(store::audit::record(tx, institution, &event)?)
        })?;
        self.forget_websites();
        Ok(())
    }

    /// Sets a logo, or takes it away.
    ///
    /// # Errors
    /// If the actor may not administer the institution, or the file is no PNG or JPEG, or too large.
    pub fn set_website_logo(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        logo: Option<LogoUpload<'_>>,
    ) -> Result<()> {
        actor.ask_for_all(Action::Administer, institution)?;
        let logo = logo
            .map(|logo| {
                let media_type = picture(logo.bytes).map_err(|reason| Error::problem("file", reason))?;
                let alt = logo.alt.trim().to_owned();
                Ok::<_, Error>(Logo { content: logo.bytes.to_vec(), media_type: media_type.to_owned(), alt })
            })
            .transpose()?;
        let now = self.context().now();
        let action = if logo.is_some() { "website.logo-set" } else { "website.logo-removed" };
        let event = self.event(actor, action, ("institution", Some(institution.0)), json!({}));
        self.store().write(institution, |tx| -> Result<()> {
            tx.wait_turn(institution)?;
            let site = store::website::find(tx, institution)?.unwrap_or_else(|| usual(now));
            store::website::set(tx, institution, &Website { logo, changed_at: now, ..site })?;
            Ok(store::audit::record(tx, institution, &event)?)
        })
    }

    /// The logo as it is set now.
    ///
    /// # Errors
    /// If the institution is not within the actor's reach, or there is none.
    pub fn website_logo(&self, actor: &Actor, institution: InstitutionId) -> Result<super::WebsiteFile> {
        actor.ask(Action::SeeTotals, institution)?;
        let site = self.store().read(institution, |tx| store::website::find(tx, institution))?;
        let logo = site.and_then(|site| site.logo).ok_or(Error::NOT_FOUND)?;
        Ok(super::WebsiteFile { media_type: logo.media_type, bytes: logo.content })
    }
}

fn fields(slug: Option<&str>, site: &Website) -> [(&'static str, String); 3] {
    [
        ("slug", slug.unwrap_or_default().to_owned()),
        ("tint", site.tint.clone().unwrap_or_default()),
        ("logo_alt", site.logo.as_ref().map_or(String::new(), |logo| logo.alt.clone())),
    ]
}

/// A word for public addresses.
fn slug(text: &str) -> std::result::Result<Option<String>, String> {
    let word = text.trim().to_lowercase();
    if word.is_empty() {
        return Ok(None);
    }
    let is_word = word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
        && word.starts_with(|c: char| c.is_ascii_lowercase())
        && !word.ends_with('-')
        && !word.contains("--");
    if !is_word || !(3..=40).contains(&word.len()) {
        return Err(
            "Use 3 to 40 letters, figures and hyphens, beginning with a letter, such as larkfield-academy.".to_owned()
        );
    }
    if RESERVED_WORDS.contains(&word.as_str()) {
        return Err(format!("“{word}” is an address of Waymark itself. Choose another, such as your name."));
    }
    Ok(Some(word))
}

/// The media type of a picture, by its own bytes whatever it is called. Drawings such as SVG can carry scripts, so they are none.
fn picture(bytes: &[u8]) -> std::result::Result<&'static str, String> {
    if bytes.len() > LARGEST_LOGO {
        return Err("The logo is larger than 512 kB. Save it smaller, about 400 pixels wide.".to_owned());
    }
    let size =
        png_size(bytes).map(|size| ("image/png", size)).or_else(|| jpeg_size(bytes).map(|size| ("image/jpeg", size)));
    match size {
        Some((_, (width, height))) if width == 0 || height == 0 || width > WIDEST_LOGO || height > WIDEST_LOGO => {
            Err(format!("The logo is {width} by {height} pixels. Save it smaller, about 400 pixels wide."))
        }
        Some((media_type, _)) => Ok(media_type),
        None => Err("The logo must be a PNG or a JPEG picture. This file is neither, whatever its name says; drawings such as SVG are not taken because they can carry scripts.".to_owned()),
    }
}

fn png_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let header = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n")?;
    let header = header.get(..16).filter(|header| header[4..8] == *b"IHDR")?;
    let number = |at: usize| u32::from_be_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]]);
    Some((number(8), number(12)))
}

/// Goes from segment to segment to the one that says how large the picture is.
fn jpeg_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut rest = bytes.strip_prefix(b"\xff\xd8")?;
    loop {
        let [0xff, marker, tail @ ..] = rest else { return None };
        if *marker == 0xff {
            rest = &rest[1..];
            continue;
        }
        let length = usize::from(u16::from_be_bytes([*tail.first()?, *tail.get(1)?]));
        let is_frame = matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc);
        if is_frame {
            let part = tail.get(3..7)?;
            let number = |at: usize| u32::from(u16::from_be_bytes([part[at], part[at + 1]]));
            return Some((number(2), number(0)));
        }
        rest = tail.get(length.max(2)..)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_for_addresses_is_plain_and_nobody_elses() {
        assert_eq!(slug(" Larkfield-Academy "), Ok(Some("larkfield-academy".to_owned())));
        assert_eq!(slug("  "), Ok(None));
        for wrong in
            ["ab", "12345", "a--b", "-abc", "abc-", "a b c", "école", "institutions", "sign-in", &"a".repeat(41)]
        {
            assert!(slug(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_picture_is_known_by_its_bytes() {
        let png =
            [b"\x89PNG\r\n\x1a\n".as_slice(), b"\0\0\0\x0dIHDR", &64u32.to_be_bytes(), &32u32.to_be_bytes()].concat();
        assert_eq!(picture(&png), Ok("image/png"));
        let huge = [b"\x89PNG\r\n\x1a\n".as_slice(), b"\0\0\0\x0dIHDR", &64_000u32.to_be_bytes(), &32u32.to_be_bytes()]
            .concat();
        assert!(picture(&huge).unwrap_err().contains("64000 by 32"));
        let jpeg = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x0b\x08\x00\x20\x00\x40\x01\x01\x11\x00";
        assert_eq!(picture(jpeg), Ok("image/jpeg"));
        for wrong in [
            b"<svg xmlns='x'><script/></svg>".as_slice(),
            b"GIF89a",
            b"%PDF-1.7",
            b"",
            b"\xff\xd8",
            b"\x89PNG\r\n\x1a\n",
        ] {
            assert!(picture(wrong).unwrap_err().contains("PNG or a JPEG"));
        }
        assert!(picture(&vec![0; LARGEST_LOGO + 1]).unwrap_err().contains("512 kB"));
    }

    #[test]
    fn a_pale_colour_is_darkened_and_that_is_said() {
        assert_eq!(guarded("#1f4d3a".parse().unwrap()), None);
        let said = guarded("#ffd700".parse().unwrap()).unwrap();
        assert!(said.contains("1.4 to 1") && said.contains("black text"), "{said}");
    }
}
