use std::collections::BTreeMap;

use documents::{Document, site::Tint};
use domain::{Date, InstitutionId};
use policy::Fact;
use store::{institution::Contact, website::Logo};

use super::{figures::Destinations, texts};
use crate::{Actor, App, CareersPost, Journey, ProgrammePage, Result, Roadmap, View, careers_team};

/// Everything that public pages are made of, as the record has it now. It holds no learner.
pub(crate) struct Content {
    pub(crate) institution: String,
    pub(crate) today: Date,
    pub(crate) careers_leader: Option<Contact>,
    pub(crate) programme: ProgrammePage,
    pub(crate) roadmap: Roadmap,
    pub(crate) journey: Journey,
    pub(crate) destinations: Option<Destinations>,
    pub(crate) tint: Tint,
    pub(crate) logo: Option<Logo>,
    pub(crate) papers: Vec<PublishedPaper>,
    texts: BTreeMap<String, String>,
}

/// A paper that is in force.
pub(crate) struct PublishedPaper {
    pub(crate) paper: policy::Paper,
    pub(crate) document: Document,
    /// Which version it is.
    pub(crate) number: u32,
    /// When it is looked over next.
    pub(crate) review_on: Option<Date>,
}

impl Content {
    /// What the institution says of this in its own words; none if it says nothing.
    pub(crate) fn words(&self, name: &str) -> Option<&str> {
        self.texts.get(name).map(String::as_str).filter(|text| !text.trim().is_empty())
    }

    /// The same for a fact of the policy.
    pub(crate) fn fact(&self, fact: Fact) -> Option<&str> {
        self.words(fact.word())
    }

    /// When the published information is next reviewed.
    pub(crate) fn review_on(&self) -> Option<Date> {
        self.fact(Fact::WebsiteReview).and_then(domain::date::parse)
    }

    /// Where the performance tables show the institution.
    pub(crate) fn performance_tables(&self) -> Option<&str> {
        self.words(texts::PERFORMANCE_TABLES)
    }

    /// The paper of this sort that is in force.
    pub(crate) fn paper(&self, paper: policy::Paper) -> Option<&Document> {
        self.papers.iter().find(|published| published.paper == paper).map(|published| &published.document)
    }
}

impl App {
    /// What the public pages of an institution are made of, whoever asks: the same for everybody.
    pub(crate) fn website_content(&self, institution: InstitutionId) -> Result<Content> {
        let operator = Actor::operator();
        let view = View { institution, as_of: None };
        let (contacts, texts, site) = self.store().read(institution, |tx| -> Result<_> {
            let texts = store::institution_text::list(tx, institution)?;
            let site = store::website::find(tx, institution)?;
            Ok((store::institution::contacts(tx, institution)?.1, texts, site))
        })?;
        let texts: BTreeMap<_, _> = texts.into_iter().map(|text| (text.name, text.text)).collect();
        let today = self.context().today();
        let programme = self.programme(&operator, view)?;
        Ok(Content {
            institution: programme.frame.institution.name.clone(),
            today,
            careers_leader: careers_team::holder(&contacts, CareersPost::CareersLeader, today).cloned(),
            roadmap: self.roadmap(&operator, view)?,
            journey: self.journey(&operator, view)?,
            destinations: Destinations::of(&texts),
            tint: site.as_ref().and_then(|site| site.tint.as_deref()?.parse().ok()).unwrap_or(Tint::USUAL),
            logo: site.and_then(|site| site.logo),
            papers: self.papers_in_force(institution)?,
            programme,
            texts,
        })
    }

    fn papers_in_force(&self, institution: InstitutionId) -> Result<Vec<PublishedPaper>> {
        let mut papers = Vec::new();
        for paper in policy::Paper::ALL {
            if let Some(published) = self.published(institution, paper)? {
                let (number, review_on) = (published.number, published.review_on);
                papers.push(PublishedPaper { paper, document: published.document(), number, review_on });
            }
        }
        Ok(papers)
    }
}
