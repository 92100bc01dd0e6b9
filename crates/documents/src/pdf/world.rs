use std::sync::LazyLock;

use typst::{
    Feature, Library, LibraryExt, World, WorldExt,
    diag::{FileError, FileResult},
    foundations::{Bytes, Datetime, Duration},
    syntax::{DiagSpan, FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};

use super::fonts::FONTS;

/// What the compiler can reach: our template, the data of one document, our typefaces. There is nothing else for it to ask.
pub(super) struct Desk {
    data: Bytes,
}

// Header cells of rows are not yet part of typst's settled language; the lock file settles them for us.
static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| {
    LazyHash::new(Library::builder().with_features([Feature::A11yExtras].into_iter().collect()).build())
});

static BOOK: LazyLock<LazyHash<FontBook>> = LazyLock::new(|| LazyHash::new(FontBook::from_fonts(FONTS.iter())));

static TEMPLATE: LazyLock<Source> =
    LazyLock::new(|| Source::new(file("/document.typ"), include_str!("document.typ").into()));

static DATA: LazyLock<FileId> = LazyLock::new(|| file("/document.json"));

fn file(name: &str) -> FileId {
    RootedPath::new(VirtualRoot::Project, VirtualPath::new(name).expect("a plain name")).intern()
}

impl Desk {
    /// With the data of one document, as JSON.
    pub(super) fn new(data: Vec<u8>) -> Self {
        Self { data: Bytes::new(data) }
    }
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &BOOK
    }

    fn main(&self) -> FileId {
        TEMPLATE.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == TEMPLATE.id() { Ok(TEMPLATE.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == *DATA { Ok(self.data.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// The line of our template that an error is about, from one, if it is about one.
pub(super) fn template_line(span: DiagSpan) -> Option<usize> {
    let range = Desk::new(Vec::new()).range(span)?;
    TEMPLATE.lines().byte_to_line(range.start).map(|line| line + 1)
}

#[cfg(test)]
mod tests {
    use typst::syntax::package::PackageSpec;

    use super::*;

    #[test]
    fn there_is_nothing_to_reach_but_the_template_and_the_data() {
        let desk = Desk::new(b"{}".to_vec());
        let package: PackageSpec = "@preview/example:0.1.0".parse().unwrap();
        let inside = RootedPath::new(VirtualRoot::Package(package), VirtualPath::new("/lib.typ").unwrap()).intern();
        for other in [file("/etc/passwd"), file("/document.typ.bak"), inside] {
            assert!(matches!(desk.source(other), Err(FileError::AccessDenied)));
            assert!(matches!(desk.file(other), Err(FileError::AccessDenied)));
        }
        assert!(matches!(desk.source(*DATA), Err(FileError::AccessDenied)), "data is never a source");
        assert_eq!(desk.file(*DATA).unwrap().as_slice(), b"{}");
        assert_eq!(desk.today(None), None);
        assert_eq!(desk.font(FONTS.len()), None);
    }
}
