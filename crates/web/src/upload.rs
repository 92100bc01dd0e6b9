//! A file that somebody sent from one of our pages.

use axum::extract::Multipart;

use crate::{
    answer::Failure,
    fields::Fields,
    visitor::{Visitor, check},
};

/// A file with the fields that came before it.
#[derive(Debug)]
pub(crate) struct Sent {
    pub(crate) fields: Fields,
    pub(crate) file_name: String,
    pub(crate) bytes: Vec<u8>,
}

/// Reads the form. Its token must come before the file, so that nothing large is taken in from elsewhere.
pub(crate) async fn read(visitor: &Visitor, form: Multipart) -> Result<Sent, Failure> {
    read_saying(
        visitor,
        form,
        "The file is too large. Send the years or groups one by one, or ask whoever runs Waymark to bring it in.",
    )
    .await
}

/// The same, with what is said of a file that is larger than the page takes.
pub(crate) async fn read_saying(visitor: &Visitor, mut form: Multipart, limit: &'static str) -> Result<Sent, Failure> {
    let too_large = |error| too_large(error, limit);
    let mut fields = Fields::default();
    while let Some(mut part) = form.next_field().await.map_err(too_large)? {
        let name = part.name().unwrap_or_default().to_owned();
        let Some(file_name) = part.file_name().map(base_name) else {
            fields.0.push((name, part.text().await.map_err(too_large)?));
            continue;
        };
        check(&visitor.csrf, fields.one("csrf"))?;
        let mut bytes = Vec::new();
        while let Some(chunk) = part.chunk().await.map_err(too_large)? {
            bytes.extend_from_slice(&chunk);
        }
        if file_name.is_empty() || bytes.is_empty() {
            return Err(problem("Choose a file that is not empty."));
        }
        return Ok(Sent { fields, file_name, bytes });
    }
    check(&visitor.csrf, fields.one("csrf"))?;
    Err(problem("Choose a file."))
}

/// Reads a form with several files: their names and bytes. Its token must come before them. Fields left blank are no files.
pub(crate) async fn read_several(visitor: &Visitor, mut form: Multipart) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let too_large = |error| too_large(error, "The files are too large together. Send fewer at once.");
    // More parts than any form of ours has are not counted to their end.
    const MOST: usize = 200;
    let mut fields = Fields::default();
    let mut files = Vec::new();
    while let Some(mut part) = form.next_field().await.map_err(too_large)? {
        if fields.0.len() + files.len() >= MOST {
            return Err(problem("These are too many files at once."));
        }
        let name = part.name().unwrap_or_default().to_owned();
        let Some(file_name) = part.file_name().map(base_name) else {
            fields.0.push((name, part.text().await.map_err(too_large)?));
            continue;
        };
        check(&visitor.csrf, fields.one("csrf"))?;
        let mut bytes = Vec::new();
        while let Some(chunk) = part.chunk().await.map_err(too_large)? {
            bytes.extend_from_slice(&chunk);
        }
        if !file_name.is_empty() {
            files.push((file_name, bytes));
        }
    }
    check(&visitor.csrf, fields.one("csrf"))?;
    Ok(files)
}

fn problem(message: &str) -> Failure {
    Failure::Problems(vec![app::FieldProblem { field: "file", message: message.to_owned() }])
}

fn too_large(error: axum::extract::multipart::MultipartError, limit: &str) -> Failure {
    if error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE {
        problem(limit)
    } else {
        problem("The file did not arrive whole. Nothing was changed; send it again.")
    }
}

/// The name without the folders that some browsers send.
fn base_name(name: &str) -> String {
    name.rsplit(['/', '\\']).next().unwrap_or_default().trim().to_owned()
}
