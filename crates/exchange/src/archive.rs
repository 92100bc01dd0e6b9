//! Zip files read defensively: OneRoster uploads, and XLSX workbooks before a spreadsheet reader sees them.
//!
//! A zip says of itself how large its parts are, and may lie. So sizes are counted while unpacking, never believed; what a
//! zip says is only used to refuse it sooner.

use std::io::{Cursor, Read};

use zip::{CompressionMethod, ZipArchive, result::ZipError};

use crate::problem::{Code, Limit, Place, Problem};

/// What a zip may be at most. Sizes in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The zip itself.
    pub packed: u64,
    /// All its files, unpacked.
    pub unpacked: u64,
    /// One of its files, unpacked.
    pub entry: u64,
    /// How many files and folders.
    pub entries: usize,
    /// How many times larger a file may be unpacked than packed, once it is larger than [`Limits::RATIO_FROM`].
    pub ratio: u64,
    /// Whether files may lie in folders. A workbook's do; a roster's lie at the root.
    pub folders: bool,
}

impl Limits {
    /// Below this size a file's ratio is not looked at: a short file of one repeated letter harms nobody.
    pub const RATIO_FROM: u64 = 1 << 20;

    /// An XLSX workbook. A sheet of repeated words packs about fifty to one.
    pub const WORKBOOK: Self = Self {
        packed: 64_000_000,
        unpacked: 512_000_000,
        entry: 400_000_000,
        entries: 2_000,
        ratio: 250,
        folders: true,
    };

    /// A OneRoster zip: a few dozen CSV files at its root.
    pub const ROSTER: Self =
        Self { packed: 64_000_000, unpacked: 512_000_000, entry: 256_000_000, entries: 64, ratio: 250, folders: false };
}

/// Why a zip is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unsafe {
    /// It is not a zip, or a damaged one.
    Damaged,
    /// The zip itself is larger than this many bytes.
    Packed(u64),
    /// Unpacked it is larger than this many bytes.
    Unpacked(u64),
    /// A file in it is larger, unpacked, than this many bytes.
    Entry(String, u64),
    /// It holds more files than this.
    Entries(usize),
    /// A file unpacks to more than this many times its packed size.
    Ratio(String, u64),
    /// A file lies in a folder.
    Folder(String),
    /// A file's name is an absolute path or climbs out of the zip.
    Path(String),
    /// A file is another archive.
    Nested(String),
    /// A file is encrypted.
    Encrypted(String),
    /// A file is a link.
    Link(String),
    /// A file is packed in a way that is not read here.
    Method(String),
    /// Two files have the same name.
    Repeated(String),
    /// A file says that it holds far more than it can.
    Claims(String),
    /// Files share bytes, which only zips made to overflow a reader do.
    Overlapping,
}

impl Unsafe {
    /// The same as a problem of this file.
    pub fn problem(&self, file: &str) -> Problem {
        let (code, entry) = match self {
            Self::Damaged => (
                Code::Damaged { detail: "it is not a zip archive that can be unpacked, or was cut short".into() },
                None,
            ),
            Self::Packed(most) => (Code::TooMuch { limit: Limit::Bytes, most: *most }, None),
            Self::Unpacked(most) => (Code::TooMuch { limit: Limit::Unpacked, most: *most }, None),
            Self::Entry(name, most) => (Code::TooMuch { limit: Limit::Unpacked, most: *most }, Some(name)),
            Self::Entries(most) => (Code::TooMuch { limit: Limit::Entries, most: *most as u64 }, None),
            Self::Ratio(name, most) => (Code::TooMuch { limit: Limit::Ratio, most: *most }, Some(name)),
            Self::Folder(name) | Self::Path(name) | Self::Link(name) => (Code::ArchivePath, Some(name)),
            Self::Nested(name) => (Code::ArchiveNested, Some(name)),
            Self::Encrypted(name) => (Code::ArchiveEncrypted, Some(name)),
            Self::Method(name) => {
                (Code::Damaged { detail: "a file in it is packed in a way that is not read here".into() }, Some(name))
            }
            Self::Repeated(name) => (
                Code::Damaged { detail: "two files in it have the same name".into() },
                Some(name).filter(|n| !n.is_empty()),
            ),
            Self::Claims(name) => {
                (Code::Damaged { detail: "a file in it says that it holds more than it can".into() }, Some(name))
            }
            Self::Overlapping => (Code::Damaged { detail: "files in it overlap".into() }, None),
        };
        let problem = Problem::problem(Place::file(file), code);
        match entry {
            Some(name) => problem.value(name),
            None => problem,
        }
    }
}

/// A file of a zip, unpacked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its name in the zip.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// Whether bytes begin as a zip does, the empty zip included.
pub fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// Unpacks every file of a zip into memory, folders and what macOS adds left out.
///
/// # Errors
/// The first reason not to read it.
pub fn unpack(bytes: &[u8], limits: &Limits) -> Result<Vec<Entry>, Unsafe> {
    let mut entries = Vec::new();
    walk(bytes, limits, |name, reader, allowed| {
        let mut unpacked = Vec::new();
        reader.take(allowed + 1).read_to_end(&mut unpacked).map_err(|_| Unsafe::Damaged)?;
        let size = unpacked.len() as u64;
        entries.push(Entry { name: name.to_owned(), bytes: unpacked });
        Ok(size)
    })?;
    Ok(entries)
}

/// Unpacks every file once, counts, and throws it away.
///
/// # Errors
/// The first reason not to read it.
pub fn check(bytes: &[u8], limits: &Limits) -> Result<(), Unsafe> {
    walk(bytes, limits, |_, reader, allowed| {
        std::io::copy(&mut reader.take(allowed + 1), &mut std::io::sink()).map_err(|_| Unsafe::Damaged)
    })
}

/// Visits every file. `visit` gets the name, the unpacking reader and how many bytes are still allowed, reads at most one
/// byte more than that, and says how many it read.
pub(crate) fn walk(
    bytes: &[u8],
    limits: &Limits,
    mut visit: impl FnMut(&str, &mut dyn Read, u64) -> Result<u64, Unsafe>,
) -> Result<(), Unsafe> {
    if bytes.len() as u64 > limits.packed {
        return Err(Unsafe::Packed(limits.packed));
    }
    // Counted before the directory is read, which takes memory for each entry.
    if directory_entries(bytes).is_some_and(|count| count > limits.entries) {
        return Err(Unsafe::Entries(limits.entries));
    }
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unsafe::Damaged)?;
    if zip.len() > limits.entries {
        return Err(Unsafe::Entries(limits.entries));
    }
    if zip.has_duplicate_names() {
        return Err(Unsafe::Repeated(String::new()));
    }
    if zip.has_overlapping_entries().map_err(|_| Unsafe::Damaged)? {
        return Err(Unsafe::Overlapping);
    }
    let mut seen = std::collections::HashSet::new();
    let mut left = limits.unpacked;
    for index in 0..zip.len() {
        let (name, packed) = {
            let file = zip.by_index_raw(index).map_err(|_| Unsafe::Damaged)?;
            let name = file.name().map_err(|_| Unsafe::Damaged)?.into_owned();
            if is_outside(&name) {
                return Err(Unsafe::Path(name));
            }
            if file.is_dir() || name.starts_with("__MACOSX/") {
                continue;
            }
            if file.is_symlink() {
                return Err(Unsafe::Link(name));
            }
            if file.encrypted() {
                return Err(Unsafe::Encrypted(name));
            }
            if !matches!(file.compression(), CompressionMethod::Stored | CompressionMethod::Deflated) {
                return Err(Unsafe::Method(name));
            }
            if !limits.folders && name.contains(['/', '\\']) {
                return Err(Unsafe::Folder(name));
            }
            if is_archive_name(&name) {
                return Err(Unsafe::Nested(name));
            }
            (name, file.compressed_size())
        };
        if !seen.insert(name.to_lowercase()) {
            return Err(Unsafe::Repeated(name));
        }
        let by_ratio = packed.saturating_mul(limits.ratio).max(Limits::RATIO_FROM);
        let allowed = limits.entry.min(left).min(by_ratio);
        let mut file = zip.by_index(index).map_err(|error| match error {
            ZipError::UnsupportedArchive(_) => Unsafe::Method(name.clone()),
            _ => Unsafe::Damaged,
        })?;
        let size = visit(&name, &mut file, allowed)?;
        if size > allowed {
            return Err(match () {
                () if size > limits.entry => Unsafe::Entry(name, limits.entry),
                () if size > left => Unsafe::Unpacked(limits.unpacked),
                () => Unsafe::Ratio(name, limits.ratio),
            });
        }
        left -= size;
    }
    Ok(())
}

/// Absolute, on another drive, or climbing out.
fn is_outside(name: &str) -> bool {
    name.starts_with(['/', '\\'])
        || name.as_bytes().get(1) == Some(&b':')
        || name.contains('\0')
        || name.split(['/', '\\']).any(|part| part == "..")
}

fn is_archive_name(name: &str) -> bool {
    const ARCHIVES: [&str; 11] = [".zip", ".7z", ".rar", ".gz", ".tgz", ".tar", ".bz2", ".xz", ".zst", ".jar", ".cab"];
    let lower = name.to_ascii_lowercase();
    ARCHIVES.iter().any(|ending| lower.ends_with(ending))
}

/// The number of entries that the zip's last record claims, if there is such a record.
fn directory_entries(bytes: &[u8]) -> Option<usize> {
    // 22 bytes, then a comment of at most 65,535.
    let from = bytes.len().saturating_sub(22 + 65_535);
    let tail = &bytes[from..];
    let at = tail.windows(4).rposition(|window| window == b"PK\x05\x06")?;
    let count = tail.get(at + 10..at + 12)?;
    Some(usize::from(u16::from_le_bytes([count[0], count[1]])))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::{ZipWriter, write::SimpleFileOptions};

    use super::*;

    const SMALL: Limits =
        Limits { packed: 1 << 20, unpacked: 3 << 20, entry: 2 << 20, entries: 4, ratio: 50, folders: false };

    fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            writer.start_file(*name, SimpleFileOptions::default()).expect("a new entry");
            writer.write_all(bytes).expect("memory takes it");
        }
        writer.finish().expect("memory takes it").into_inner()
    }

    /// Bytes that hardly pack.
    fn noise(length: usize) -> Vec<u8> {
        let mut state = 0x2545_f491_u32;
        let step = || {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            state.to_le_bytes()[0]
        };
        std::iter::repeat_with(step).take(length).collect()
    }

    #[test]
    fn files_at_the_root_are_unpacked() {
        let zip = zipped(&[("users.csv", b"a,b\r\n"), ("orgs.csv", b""), ("__MACOSX/._users.csv", b"x")]);
        let names: Vec<_> = unpack(&zip, &SMALL).expect("safe").into_iter().map(|e| (e.name, e.bytes.len())).collect();
        assert_eq!(names, [("users.csv".to_owned(), 5), ("orgs.csv".to_owned(), 0)]);
    }

    #[test]
    fn a_zip_written_as_a_stream_is_unpacked() {
        let mut writer = ZipWriter::new_stream(Vec::new());
        for name in ["users.csv", "orgs.csv"] {
            writer.start_file(name, SimpleFileOptions::default()).expect("a new entry");
            writer.write_all(b"sourcedId,name\r\n1,Ada\r\n").expect("memory takes it");
        }
        let zip = writer.finish().expect("memory takes it").into_inner();
        assert_eq!(unpack(&zip, &SMALL).expect("safe").len(), 2);
    }

    #[test]
    fn what_is_no_zip_or_cut_short_is_damaged() {
        let zip = zipped(&[("users.csv", b"a,b\r\n")]);
        for bytes in [&b""[..], b"learner,upn\r\n", &zip[..zip.len() - 10], &zip[8..]] {
            assert_eq!(unpack(bytes, &SMALL), Err(Unsafe::Damaged));
        }
        let mut flipped = zipped(&[("users.csv", &noise(400))]);
        flipped[200] ^= 0xff;
        assert_eq!(unpack(&flipped, &SMALL), Err(Unsafe::Damaged));
    }

    #[test]
    fn names_that_leave_the_root_are_refused() {
        let refused = |name| unpack(&zipped(&[(name, b"x")]), &SMALL).expect_err("refused");
        assert_eq!(refused("../users.csv"), Unsafe::Path("../users.csv".to_owned()));
        assert_eq!(refused("/etc/users.csv"), Unsafe::Path("/etc/users.csv".to_owned()));
        assert_eq!(refused("C:\\users.csv"), Unsafe::Path("C:\\users.csv".to_owned()));
        assert_eq!(refused("a\\..\\users.csv"), Unsafe::Path("a\\..\\users.csv".to_owned()));
        assert_eq!(refused("export/users.csv"), Unsafe::Folder("export/users.csv".to_owned()));
        assert_eq!(check(&zipped(&[("xl/workbook.xml", b"x")]), &Limits::WORKBOOK), Ok(()));
    }

    #[test]
    fn archives_within_are_refused() {
        assert_eq!(unpack(&zipped(&[("more.ZIP", b"PK")]), &SMALL), Err(Unsafe::Nested("more.ZIP".to_owned())));
    }

    #[test]
    fn the_same_name_twice_in_any_case_is_refused() {
        let zip = zipped(&[("users.csv", b"1"), ("Users.csv", b"2")]);
        assert_eq!(unpack(&zip, &SMALL), Err(Unsafe::Repeated("Users.csv".to_owned())));
        // The writer refuses to repeat a name, so it is patched in both headers.
        let mut same = zipped(&[("users.csv", b"1"), ("xsers.csv", b"2")]);
        while let Some(at) = same.windows(9).position(|w| w == b"xsers.csv") {
            same[at] = b'u';
        }
        assert_eq!(unpack(&same, &SMALL), Err(Unsafe::Repeated(String::new())));
    }

    #[test]
    fn encrypted_files_are_refused() {
        let mut zip = zipped(&[("users.csv", b"1")]);
        let directory = zip.windows(4).position(|w| w == b"PK\x01\x02").expect("a directory");
        zip[6] |= 1;
        zip[directory + 8] |= 1;
        assert_eq!(unpack(&zip, &SMALL), Err(Unsafe::Encrypted("users.csv".to_owned())));
    }

    #[test]
    fn a_bomb_is_refused_by_its_ratio_whatever_it_says_of_its_size() {
        let mut bomb = zipped(&[("users.csv", &vec![b'0'; 1_900_000])]);
        assert_eq!(unpack(&bomb, &SMALL), Err(Unsafe::Ratio("users.csv".to_owned(), 50)));
        let directory = bomb.windows(4).position(|w| w == b"PK\x01\x02").expect("a directory");
        bomb[directory + 24..directory + 28].copy_from_slice(&10_u32.to_le_bytes());
        assert!(unpack(&bomb, &SMALL).is_err());
        assert!(check(&bomb, &SMALL).is_err());
    }

    #[test]
    fn sizes_and_numbers_are_limited() {
        let generous = Limits { ratio: 5_000, ..SMALL };
        let large = vec![b'0'; 2_100_000];
        assert_eq!(unpack(&zipped(&[("a", &large)]), &generous), Err(Unsafe::Entry("a".to_owned(), 2 << 20)));
        let medium = vec![b'0'; 1_800_000];
        let two = zipped(&[("a", &medium), ("b", &medium)]);
        assert_eq!(check(&two, &generous), Err(Unsafe::Unpacked(3 << 20)));
        let five = zipped(&[("a", b""), ("b", b""), ("c", b""), ("d", b""), ("e", b"")]);
        assert_eq!(unpack(&five, &SMALL), Err(Unsafe::Entries(4)));
        assert_eq!(unpack(&zipped(&[("a", &noise(1_200_000))]), &SMALL), Err(Unsafe::Packed(1 << 20)));
    }

    #[test]
    fn a_refusal_is_a_problem_of_the_zip_that_names_the_file_in_it() {
        let problem = Unsafe::Entry("users.csv".to_owned(), 2_000_000).problem("roster.zip");
        assert_eq!(problem.place, Place::file("roster.zip"));
        assert_eq!(problem.value.as_deref(), Some("users.csv"));
        assert_eq!(problem.message(), "This archive unpacks to more than 2 MB.");
        assert_eq!(Unsafe::Folder("export/users.csv".to_owned()).problem("roster.zip").code, Code::ArchivePath);
    }
}
