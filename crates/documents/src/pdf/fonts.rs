use std::sync::LazyLock;

use typst::{foundations::Bytes, text::Font};

/// The typefaces that documents are set in, in order of preference. Both may be embedded (SIL Open Font Licence): Atkinson
/// Hyperlegible, in which the product speaks, and Noto Sans for letters that it lacks.
pub(super) static FONTS: LazyLock<Vec<Font>> =
    LazyLock::new(|| files().flat_map(|file| Font::iter(Bytes::new(file))).collect());

/// The typefaces as files.
pub(crate) fn files() -> impl Iterator<Item = &'static [u8]> {
    let files: [&'static [u8]; 6] = [
        include_bytes!(concat!(env!("OUT_DIR"), "/AtkinsonHyperlegible_400Regular.ttf")),
        include_bytes!(concat!(env!("OUT_DIR"), "/AtkinsonHyperlegible_400Regular_Italic.ttf")),
        include_bytes!(concat!(env!("OUT_DIR"), "/AtkinsonHyperlegible_700Bold.ttf")),
        include_bytes!(concat!(env!("OUT_DIR"), "/AtkinsonHyperlegible_700Bold_Italic.ttf")),
        include_bytes!(concat!(env!("OUT_DIR"), "/NotoSans_400Regular.ttf")),
        include_bytes!(concat!(env!("OUT_DIR"), "/NotoSans_700Bold.ttf")),
    ];
    files.into_iter()
}

/// Whether one of the typefaces has a shape for `c`.
pub(super) fn can_show(c: char) -> bool {
    FONTS.iter().any(|font| font.info().coverage.contains(u32::from(c)))
}
