/// A picture with words for whoever does not see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// The picture: an SVG of ours, complete in itself, with `width` and `height`, without scripts, styles or files of its own.
    pub svg: String,
    /// How wide it is, in the picture's own units.
    pub width: u32,
    /// How high it is, in the same units.
    pub height: u32,
    /// What is to be seen, in a sentence or two. What it shows in detail stands in a table beside it.
    pub description: String,
}

/// The paper that a document is set on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Paper {
    /// A4, to be read.
    #[default]
    A4,
    /// A3, to be hung up.
    A3,
}
