use documents::site::{self, SiteFrame};
use domain::InstitutionId;
use policy::Paper;
use sha2::{Digest, Sha256};
use store::publication::PublicationFile;

use super::{
    basis::Basis,
    content::Content,
    few,
    guard::Watch,
    pages::{self, ABOUT, ASK, Page, pages},
    said::{self, Said},
};
use crate::{App, Error, Problems, Result};

/// The page that may stand in a frame of another site.
pub(crate) const FRAME: &str = "embed/frame.html";
/// The part that another site may set into a page of its own.
pub(crate) const FRAGMENT: &str = "embed/fragment.html";

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

impl App {
    /// Every file of the public site as it would be published now.
    ///
    /// # Errors
    /// A problem for each page that says something about a single learner, or counts a few.
    pub(crate) fn render_website(&self, institution: InstitutionId) -> Result<(Basis, Vec<PublicationFile>)> {
        let content = self.website_content(institution)?;
        let pages = pages(&content);
        self.watch(institution, &content, &pages)?;
        let basis = Basis::of(&content, &pages);
        let frame = frame(&content, &pages);
        let mut files: Vec<(String, String, Vec<u8>)> = Vec::new();
        for (path, media_type, bytes) in site::files(&frame) {
            files.push((path.to_owned(), media_type.to_owned(), bytes));
        }
        for page in &pages {
            let html = site::page(&frame, page.path, &page.document);
            files.push((page.path.to_owned(), HTML.to_owned(), html.into_bytes()));
        }
        let short = pages::fragment(&content, &frame.pages, "../");
        files.push((FRAGMENT.to_owned(), HTML.to_owned(), site::embedded(&frame, &short).into_bytes()));
        files.push((FRAME.to_owned(), HTML.to_owned(), site::framed(&frame, "../", &short).into_bytes()));
        if let (Some(logo), Some((path, _))) = (&content.logo, &frame.logo) {
            files.push((path.clone(), logo.media_type.clone(), logo.content.clone()));
        }
        let posters = [
            ("files/roadmap.pdf", crate::roadmap::document(&content.roadmap)),
            ("files/journey.pdf", crate::journey::document(&content.journey)),
        ];
        for (path, document) in posters {
            files.push((path.to_owned(), PDF.to_owned(), pdf(&document.on(documents::Paper::A3))?));
        }
        for (paper, name) in [(Paper::CareersPolicy, "policy"), (Paper::ProviderAccess, "provider-access")] {
            if let Some(document) = content.paper(paper) {
                files.push((format!("files/{name}.pdf"), PDF.to_owned(), pdf(document)?));
                files.push((format!("files/{name}.docx"), DOCX.to_owned(), documents::docx::write(document)));
            }
        }
        files.sort();
        let files = files.into_iter().map(|(path, media_type, content)| PublicationFile {
            digest: Sha256::digest(&content).to_vec(),
            path,
            media_type,
            content,
        });
        Ok((basis, files.collect()))
    }

    /// What by which a learner would be told apart on the pages of an institution.
    pub(crate) fn watch_of(&self, institution: InstitutionId) -> Result<Watch> {
        let held = self.held(institution)?;
        let contacts = self.store().read(institution, |tx| store::institution::contacts(tx, institution))?.1;
        let ordinary = self.wording().editions().iter().flat_map(|edition| edition.clauses());
        Ok(Watch::new(
            &held.records,
            contacts.iter().map(|contact| contact.name.as_str()),
            ordinary.map(|clause| clause.text.as_str()),
        ))
    }

    /// Refuses pages that say something about a single learner, or count a few.
    fn watch(&self, institution: InstitutionId, content: &Content, pages: &[Page]) -> Result<()> {
        let watch = self.watch_of(institution)?;
        let mut problems = Problems::default();
        for page in pages {
            let is_paper = page.path == "policy.html"
                || (page.path == "provider-access.html" && content.paper(Paper::ProviderAccess).is_some());
            let mend = match is_paper {
                true => "It is signed: begin a new version, and change the words there.",
                false => "Change the text that it comes from.",
            };
            match unfit(&watch, page) {
                Some(Unfit::Learner) => problems.add(
                    "",
                    format!(
                        "The page “{}” would hold the name or the number of a learner. Nothing about a single learner may be public. {mend}",
                        page.label
                    ),
                ),
                Some(Unfit::Few(words)) => problems.add(
                    "",
                    format!("The page “{}” would say “{words}”. So few may be recognised. {mend}", page.label),
                ),
                None => {}
            }
        }
        let alt = content.logo.as_ref().map_or("", |logo| logo.alt.as_str());
        if watch.finds(alt) {
            problems.add(
                "",
                "What the logo shows is told with the name of a learner. Change it under “Address, colour and logo”.",
            );
        }
        problems.check()
    }
}

/// Why a page may not be public.
pub(crate) enum Unfit {
    /// It names a learner.
    Learner,
    /// It counts few, in these words.
    Few(String),
}

/// Why this page may not be public; none if it may.
pub(crate) fn unfit(watch: &Watch, page: &Page) -> Option<Unfit> {
    let pieces = said::pieces(&page.document);
    let whole: Vec<String> = pieces.iter().map(Said::line).collect();
    if watch.finds(&whole.join("\n")) {
        return Some(Unfit::Learner);
    }
    let of_leavers = page.path == pages::DESTINATIONS;
    pieces.iter().find_map(|piece| few::in_said(piece, of_leavers)).map(Unfit::Few)
}

const HTML: &str = "text/html; charset=utf-8";
const PDF: &str = "application/pdf";
const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

fn pdf(document: &documents::Document) -> Result<Vec<u8>> {
    documents::pdf::write(document).map_err(Error::fault)
}

fn frame(content: &Content, pages: &[Page]) -> SiteFrame {
    let foot = [("ask.html", "Ask us"), (ABOUT, "About these pages: accessibility and privacy")];
    debug_assert_eq!(foot[0].0, ASK);
    let extension = |media_type: &str| if media_type == "image/png" { "png" } else { "jpg" };
    SiteFrame {
        institution: content.institution.clone(),
        name: "Careers".to_owned(),
        tint: content.tint,
        logo: content.logo.as_ref().map(|logo| (format!("logo.{}", extension(&logo.media_type)), logo.alt.clone())),
        pages: pages::labels(pages),
        foot: foot.map(|(path, label)| (path.to_owned(), label.to_owned())).to_vec(),
        note: content.review_on().map_or(String::new(), |day| format!("Next reviewed by {}.", domain::date::long(day))),
    }
}
