//! Style sheet, script, typeface and pictures, embedded at build and served under a name made from their contents.

use axum::{
    extract::Path,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

struct Asset {
    name: &'static str,
    media_type: &'static str,
    content: &'static [u8],
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// Where an asset is served: `/assets/<version>/<name>`.
pub(crate) fn url(name: &str) -> String {
    format!("/assets/{VERSION}/{name}")
}

/// The assets' shared version.
#[cfg(test)]
pub(crate) const fn version() -> &'static str {
    VERSION
}

/// GET `/assets/{version}/{name}`: kept by browsers for a year when the version is ours; an older page still gets today's file.
pub(crate) async fn get(Path((version, name)): Path<(String, String)>) -> Response {
    let Some(asset) = ASSETS.iter().find(|asset| asset.name == name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let keep = if version == VERSION { "public, max-age=31536000, immutable" } else { "no-cache" };
    (
        [
            (header::CONTENT_TYPE, HeaderValue::from_static(asset.media_type)),
            (header::CACHE_CONTROL, HeaderValue::from_static(keep)),
        ],
        asset.content,
    )
        .into_response()
}

/// GET `/favicon.ico`: the mark.
pub(crate) async fn mark() -> Response {
    get(Path((VERSION.to_owned(), "mark.svg".to_owned()))).await
}

#[cfg(test)]
pub(crate) fn all() -> impl Iterator<Item = (&'static str, &'static [u8])> {
    ASSETS.iter().map(|asset| (asset.name, asset.content))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(name: &str) -> &'static str {
        let asset = ASSETS.iter().find(|asset| asset.name == name).expect("an asset");
        std::str::from_utf8(asset.content).expect("UTF-8")
    }

    #[test]
    fn nothing_that_belongs_to_the_government_is_served() {
        for word in ["GDS Transport", "crest", "url(/assets"] {
            assert!(!content("waymark.css").contains(word), "{word}");
        }
    }

    #[test]
    fn the_style_sheet_and_the_script_ask_for_nothing_elsewhere() {
        for name in ["waymark.css", "waymark.js", "components.js"] {
            assert!(!content(name).contains("sourceMappingURL"), "{name}");
            assert!(!content(name).contains("@import"), "{name}");
        }
    }
}
