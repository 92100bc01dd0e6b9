//! What the public sees: the files of the publication that is shown, kept in memory.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, PoisonError},
};

use domain::InstitutionId;
use jiff::{SignedDuration, Timestamp};

use super::{publish::SITE, render::hex};
use crate::{App, Error, Result};

/// How many institutions' sites are kept in memory. At about 2 MB each that is 128 MB at most.
const SITES: usize = 64;
/// How long what is in memory is trusted. Whoever publishes sees it at once; another node of the same database after so long.
const FRESH: SignedDuration = SignedDuration::from_secs(2);

/// A file as it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicFile {
    /// Its media type.
    pub media_type: String,
    /// A mark of its content.
    pub etag: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The same compressed; none if that makes it no smaller.
    pub gzip: Option<Vec<u8>>,
}

/// The public site of an institution.
#[derive(Debug)]
pub struct PublicSite {
    /// Whose it is.
    pub institution: InstitutionId,
    files: BTreeMap<String, Arc<PublicFile>>,
}

impl PublicSite {
    /// The file at a path; the start without one, and a page without its ending.
    pub fn file(&self, path: &str) -> Option<Arc<PublicFile>> {
        let path = if path.is_empty() { super::pages::START } else { path };
        self.files.get(path).cloned()
    }

    /// Every file, by path.
    pub fn files(&self) -> impl Iterator<Item = (&str, &PublicFile)> {
        self.files.iter().map(|(path, file)| (path.as_str(), file.as_ref()))
    }

    /// Whether there is a page whose name is this with `.html`.
    pub fn has_page(&self, path: &str) -> bool {
        self.files.contains_key(&format!("{path}.html"))
    }
}

#[derive(Debug, Default)]
pub(crate) struct Cache(Mutex<HashMap<String, Kept>>);

#[derive(Debug)]
struct Kept {
    checked_at: Timestamp,
    publication: i64,
    site: Arc<PublicSite>,
}

impl Cache {
    fn find(&self, word: &str, now: Timestamp) -> Option<(i64, Arc<PublicSite>, bool)> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = kept.get(word)?;
        Some((kept.publication, Arc::clone(&kept.site), now.duration_since(kept.checked_at) < FRESH))
    }

    fn keep(&self, word: &str, publication: i64, site: &Arc<PublicSite>, now: Timestamp) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= SITES && !all.contains_key(word) {
            let oldest = all.iter().min_by_key(|(_, kept)| kept.checked_at).map(|(word, _)| word.clone());
            oldest.and_then(|word| all.remove(&word));
        }
        all.insert(word.to_owned(), Kept { checked_at: now, publication, site: Arc::clone(site) });
    }

    fn forget(&self, word: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(word);
    }

    fn clear(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

impl App {
    /// The public site at this word if it is in memory and fresh: nothing is read.
    pub fn public_site_at_hand(&self, word: &str) -> Option<Arc<PublicSite>> {
        let (_, site, is_fresh) = self.websites().find(word, self.context().now())?;
        is_fresh.then_some(site)
    }

    /// The public site of the institution that has this word, or this key.
    ///
    /// # Errors
    /// Not found, if there is none or it is withdrawn.
    pub fn public_site(&self, word: &str) -> Result<Arc<PublicSite>> {
        let now = self.context().now();
        let shown = self.public_institution(word).and_then(|institution| {
            let latest = self.store().read(institution, |tx| store::publication::latest(tx, institution, SITE))?;
            let shown = latest.filter(|latest| latest.ended_at.is_none()).ok_or(Error::NOT_FOUND)?;
            Ok((institution, shown))
        });
        let (institution, shown) = shown.inspect_err(|_| self.websites().forget(word))?;
        let site = match self.websites().find(word, now) {
            Some((publication, site, _)) if publication == shown.id.0 => site,
            _ => Arc::new(PublicSite { institution, files: self.public_files(institution, shown.id)? }),
        };
        self.websites().keep(word, shown.id.0, &site, now);
        Ok(site)
    }

    fn public_files(
        &self,
        institution: InstitutionId,
        id: domain::PublicationId,
    ) -> Result<BTreeMap<String, Arc<PublicFile>>> {
        let files = self.store().read(institution, |tx| store::publication::files(tx, institution, id))?;
        let files = files.into_iter().map(|file| {
            let is_text = file.media_type.starts_with("text/") || file.media_type.starts_with("font/");
            let public = PublicFile {
                etag: format!("\"{}\"", hex(&file.digest[..file.digest.len().min(12)])),
                gzip: is_text.then(|| exchange::pack::gzip(&file.content)).flatten(),
                media_type: file.media_type,
                bytes: file.content,
            };
            (file.path, Arc::new(public))
        });
        Ok(files.collect())
    }

    /// After something of a site changed.
    pub(crate) fn forget_websites(&self) {
        self.websites().clear();
    }
}
