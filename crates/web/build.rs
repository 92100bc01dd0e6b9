//! Gathers what the pages are made of: GOV.UK Frontend's built files and the typeface from `node_modules`, our own style
//! sheets, script and pictures. Everything is embedded in the program and served under one name made from its contents.

use std::{
    env, fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
    process::exit,
};

/// The order in which our own style sheets follow GOV.UK Frontend's.
const STYLES: [&str; 18] = [
    "theme.css",
    "frame.css",
    "parts.css",
    "charts.css",
    "pages.css",
    "people.css",
    "document.css",
    "activities.css",
    "register.css",
    "programme.css",
    "calendar.css",
    "organisations.css",
    "placements.css",
    "gaps.css",
    "policy.css",
    "requests.css",
    "site.css",
    "print.css",
];

/// The typeface's files: what our CSS calls them, and where they are in the package.
const FONTS: [(&str, &str); 6] = [
    ("regular.woff2", "atkinson-hyperlegible-latin-400-normal.woff2"),
    ("bold.woff2", "atkinson-hyperlegible-latin-700-normal.woff2"),
    ("italic.woff2", "atkinson-hyperlegible-latin-400-italic.woff2"),
    ("regular-ext.woff2", "atkinson-hyperlegible-latin-ext-400-normal.woff2"),
    ("bold-ext.woff2", "atkinson-hyperlegible-latin-ext-700-normal.woff2"),
    ("italic-ext.woff2", "atkinson-hyperlegible-latin-ext-400-italic.woff2"),
];

fn main() {
    let here = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    let components = here.join("node_modules/govuk-frontend/dist/govuk");
    let typeface = here.join("node_modules/@fontsource/atkinson-hyperlegible/files");
    let own = here.join("assets");
    for watched in ["build.rs", "assets", "package-lock.json", "node_modules/.package-lock.json"] {
        println!("cargo::rerun-if-changed={watched}");
    }

    let mut assets: Vec<(&str, &str, Vec<u8>)> = Vec::new();
    let mut css = components_css(&text(&components.join("govuk-frontend.min.css")));
    for name in STYLES {
        css.push('\n');
        css.push_str(&text(&own.join(name)));
    }
    assets.push(("waymark.css", "text/css; charset=utf-8", css.into_bytes()));
    let module = without_source_map(&text(&components.join("govuk-frontend.min.js")));
    assets.push(("components.js", "text/javascript; charset=utf-8", module.into_bytes()));
    assets.push(("waymark.js", "text/javascript; charset=utf-8", bytes(&own.join("waymark.js"))));
    assets.push(("register.js", "text/javascript; charset=utf-8", bytes(&own.join("register.js"))));
    assets.push(("mark.svg", "image/svg+xml; charset=utf-8", bytes(&own.join("mark.svg"))));
    for (name, file) in FONTS {
        assets.push((name, "font/woff2", bytes(&typeface.join(file))));
    }

    let mut hasher = DefaultHasher::new();
    let mut table = String::new();
    for (name, media_type, content) in &assets {
        (name, content).hash(&mut hasher);
        let path = out.join(name);
        fs::write(&path, content).unwrap_or_else(|e| stop(&format!("cannot write {}: {e}", path.display())));
        table.push_str(&format!(
            "    Asset {{ name: {name:?}, media_type: {media_type:?}, content: include_bytes!({path:?}) }},\n"
        ));
    }
    let code = format!(
        "/// Changes whenever any asset does.\nconst VERSION: &str = \"{:016x}\";\n\nstatic ASSETS: &[Asset] = &[\n{table}];\n",
        hasher.finish()
    );
    fs::write(out.join("assets.rs"), code).unwrap_or_else(|e| stop(&format!("cannot write assets.rs: {e}")));
}

/// GOV.UK Frontend's style sheet without what is not ours to use: the GDS Transport typeface, the crest and the fonts' addresses.
fn components_css(css: &str) -> String {
    let mut kept = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(start) = rest.find("@font-face{") {
        kept.push_str(&rest[..start]);
        let end = rest[start..].find('}').map_or(rest.len(), |end| start + end + 1);
        rest = &rest[end..];
    }
    kept.push_str(rest);
    let kept = kept
        .replace("GDS Transport,arial,sans-serif", "var(--typeface)")
        .replace("GDS Transport", "var(--typeface)")
        .replace("url(/assets/images/govuk-crest.svg)", "none");
    let kept = match (kept.find("/*! Copyright (c) 2011 by Margaret"), kept.find("not commercially available. */")) {
        (Some(start), Some(end)) if start < end => {
            format!("{}{}", &kept[..start], &kept[end + "not commercially available. */".len()..])
        }
        _ => kept,
    };
    for unwanted in ["url(/assets/", "GDS Transport"] {
        if kept.contains(unwanted) {
            stop(&format!(
                "govuk-frontend's style sheet still refers to {unwanted}: build.rs needs to learn its new shape"
            ));
        }
    }
    without_source_map(&kept)
}

fn without_source_map(text: &str) -> String {
    let end = text.rfind("//# sourceMappingURL=").or_else(|| text.rfind("/*# sourceMappingURL=")).unwrap_or(text.len());
    text[..end].to_owned()
}

fn text(path: &Path) -> String {
    String::from_utf8(bytes(path)).unwrap_or_else(|_| stop(&format!("{} is not UTF-8", path.display())))
}

fn bytes(path: &Path) -> Vec<u8> {
    fs::read(path).unwrap_or_else(|error| {
        if path.components().any(|part| part.as_os_str() == "node_modules") {
            stop(&format!(
                "{} is missing. The pages need GOV.UK Frontend and a typeface from npm: run `cargo xtask setup`, \
                 or `npm ci` in crates/web.",
                path.display()
            ))
        }
        stop(&format!("cannot read {}: {error}", path.display()))
    })
}

/// Cargo shows this message and stops the build.
fn stop(message: &str) -> ! {
    println!("cargo::error={message}");
    exit(1)
}
