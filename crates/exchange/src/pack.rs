//! Files put together into an archive, and bytes made smaller for the way to a browser.

use std::io::{Cursor, Write};

use flate2::{Compression, write::GzEncoder};
use zip::{CompressionMethod, ZipWriter, result::ZipError, write::SimpleFileOptions};

/// The files as a zip archive: path and content, in order. The archive depends on them alone.
///
/// # Errors
/// If a path stands there twice.
pub fn zip<'f>(files: impl IntoIterator<Item = (&'f str, &'f [u8])>) -> Result<Vec<u8>, ZipError> {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, content) in files {
        archive.start_file(path, options)?;
        archive.write_all(content)?;
    }
    Ok(archive.finish()?.into_inner())
}

/// The bytes as gzip; none if that makes them no smaller.
pub fn gzip(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).ok()?;
    encoder.finish().ok().filter(|small| small.len() < bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive;

    #[test]
    fn what_is_packed_can_be_unpacked() {
        let files = [("index.html", b"<h1>Careers</h1>".as_slice()), ("files/policy.pdf", b"%PDF-")];
        let archive = zip(files).unwrap();
        let limits = archive::Limits::WORKBOOK;
        let unpacked = archive::unpack(&archive, &limits).unwrap();
        assert_eq!(unpacked.len(), 2);
        assert_eq!(zip(files).unwrap(), archive);
        assert!(zip([("a", b"1".as_slice()), ("a", b"2")]).is_err());
    }

    #[test]
    fn text_gets_smaller_and_noise_is_left() {
        assert!(gzip(&b"careers ".repeat(100)).is_some_and(|small| small.len() < 100));
        assert_eq!(gzip(b"x"), None);
    }
}
