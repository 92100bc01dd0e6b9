use std::collections::BTreeMap;

use documents::site::{self, SiteFrame};
use domain::InstitutionId;
use policy::Paper;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::publication::PublicationFile;

use super::{
    content::Content,
    guard::{self, Watch},
    pages::{self, ABOUT, ASK, Page, pages},
};
use crate::{App, Error, Problems, Result};

/// The page that may stand in a frame of another site.
pub(crate) const FRAME: &str = "embed/frame.html";
/// The part that another site may set into a page of its own.
pub(crate) const FRAGMENT: &str = "embed/fragment.html";

/// What a publication rests on, to be compared with the record later.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Basis {
    /// What must be right, by what it is called.
    pub(crate) facts: BTreeMap<String, String>,
    /// Each page: its label and a digest of what it says.
    pub(crate) pages: BTreeMap<String, (String, String)>,
}

impl Basis {
    pub(crate) fn of(content: &Content, pages: &[Page]) -> Self {
        let leader = content.careers_leader.as_ref();
        let or_none = |text: Option<&String>| text.cloned().unwrap_or_else(|| "nobody".to_owned());
        let mut facts = BTreeMap::from([
            ("careers leader".to_owned(), or_none(leader.map(|leader| &leader.name))),
            ("name of the institution".to_owned(), content.institution.clone()),
        ]);
        let of_leader = [
            ("careers leader’s e-mail address", leader.and_then(|leader| leader.email.clone())),
            ("careers leader’s telephone number", leader.and_then(|leader| leader.phone.clone())),
            ("next review", content.review_on().map(domain::date::long)),
        ];
        for (name, value) in of_leader {
            facts.insert(name.to_owned(), value.unwrap_or_else(|| "none".to_owned()));
        }
        let logo = content.logo.as_ref().map_or("none".to_owned(), |logo| hex(&Sha256::digest(&logo.content)));
        let look = format!("{} {logo}", content.tint);
        let looks = ("look".to_owned(), ("The colour or the logo".to_owned(), look));
        let pages = pages.iter().map(|page| {
            let digest = hex(&Sha256::digest(pages::said(page)));
            (page.path.to_owned(), (format!("The page “{}”", page.label), digest))
        });
        Self { facts, pages: pages.chain([looks]).collect() }
    }

    /// What differs in what is so now, in sentences.
    pub(crate) fn differences(&self, now: &Self) -> Vec<String> {
        let mut found = Vec::new();
        for (name, is) in &now.facts {
            match self.facts.get(name) {
                Some(was) if was != is && name == "careers leader" => {
                    found.push(format!(
                        "The public page still names “{was}” as the careers leader; the record names “{is}”."
                    ));
                }
                Some(was) if was != is => {
                    found.push(format!("Of the {name}, the public page says “{was}” and the record “{is}”."));
                }
                _ => {}
            }
        }
        // Whoever the careers leader is stands on most pages: that is said once, above.
        let told: Vec<_> = found.iter().map(String::as_str).collect();
        let is_told = !told.is_empty();
        for (path, (label, is)) in &now.pages {
            match self.pages.get(path) {
                None => found.push(format!("{label} is new: the public does not see it yet.")),
                Some((_, was)) if was != is && !is_told => {
                    found.push(format!("{label} says something else than the record now."));
                }
                Some(_) => {}
            }
        }
        for (path, (label, _)) in &self.pages {
            if !now.pages.contains_key(path) {
                found.push(format!("{label} is still public; the record has nothing for it any more."));
            }
        }
        found
    }
}

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

    /// Refuses pages that say something about a single learner, or count a few.
    fn watch(&self, institution: InstitutionId, content: &Content, pages: &[Page]) -> Result<()> {
        let held = self.held(institution)?;
        let contacts = self.store().read(institution, |tx| store::institution::contacts(tx, institution))?.1;
        let watch = Watch::new(&held.records, contacts.iter().map(|contact| contact.name.as_str()));
        let mut problems = Problems::default();
        for page in pages {
            let said = documents::text::write(&page.document);
            // A paper was read, signed and approved; its “two pupils” are a promise and not a count.
            let is_paper = page.path == "policy.html"
                || (page.path == "provider-access.html" && content.paper(Paper::ProviderAccess).is_some());
            if watch.finds(&said) {
                problems.add(
                    "",
                    format!(
                        "The page “{}” would hold the name or the number of a learner. Nothing about a single learner may be public: change the text that it comes from.",
                        page.label
                    ),
                );
            } else if let Some(words) = guard::of_few(&said).filter(|_| !is_paper) {
                problems.add(
                    "",
                    format!(
                        "The page “{}” would say “{words}”. So few may be recognised: change the text that it comes from.",
                        page.label
                    ),
                );
            }
        }
        problems.check()
    }
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
