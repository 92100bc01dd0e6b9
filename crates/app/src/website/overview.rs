use std::collections::BTreeMap;

use domain::PublicationId;
use jiff::Timestamp;
use policy::Fact;

use super::{
    WEBSITE_TEXTS, WebsiteItem, WebsiteLook, WebsiteTexts,
    basis::{Basis, WebsiteDifference},
    look::guarded,
    pages::pages,
    publish::SITE,
    render::unfit,
};
use crate::{Action, Actor, App, Frame, Result, View};

/// The page of the public careers site.
#[derive(Debug, Clone)]
pub struct WebsitePage {
    /// Where it is.
    pub frame: Frame,
    /// How its public address begins, after the server's: a word or the institution's key.
    pub word: String,
    /// The publication that the public sees; none if it sees nothing.
    pub public: Option<SnapshotRow>,
    /// Everything that is otherwise in the record than what is public.
    pub differences: Vec<WebsiteDifference>,
    /// What must or should be published.
    pub items: Vec<WebsiteItem>,
    /// Pages as they would be published: path and label.
    pub pages: Vec<(String, String)>,
    /// Every publication, the latest first.
    pub snapshots: Vec<SnapshotRow>,
    /// Whether the latest was withdrawn and can be shown again.
    pub is_withdrawn: bool,
    /// The newest check of the institution's own website that is over.
    pub check: Option<crate::SiteCheckRow>,
    /// Questions from the public that wait for an answer; none for those who may not read them.
    pub questions: Option<u64>,
    /// The address and the colour.
    pub look: WebsiteLook,
    /// What is done to the colour so that it stays legible.
    pub guarded: Option<String>,
    /// Whether there is a logo.
    pub has_logo: bool,
    /// When the information is next reviewed, as it was typed.
    pub review_on: Option<domain::Date>,
    /// Whether the reader may write what the pages say.
    pub may_write: bool,
    /// Whether the reader may publish.
    pub may_publish: bool,
    /// Whether the reader may change address, colour and logo.
    pub may_shape: bool,
}

/// A publication in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SnapshotRow {
    /// Its key.
    pub id: PublicationId,
    /// When it was published.
    pub made_at: Timestamp,
    /// When it was withdrawn or another came in its place.
    pub ended_at: Option<Timestamp>,
    /// Who published it; none for the server's operator and for an account that is gone.
    pub by: Option<String>,
    /// What they said about it.
    pub note: String,
}

/// The texts of the public pages, with the frame of their page.
#[derive(Debug, Clone)]
pub struct WebsiteTextsPage {
    /// Where it is.
    pub frame: Frame,
    /// What they say.
    pub texts: WebsiteTexts,
}

/// Stands for what a page would say that may not be public.
const UNFIT: &str = "Something about a single learner or a count of few: it cannot be published as it is.";

impl App {
    /// The page of the public careers site: what is public, what differs from the record, what is missing.
    ///
    /// # Errors
    /// If the institution is not within the actor's reach.
    pub fn website(&self, actor: &Actor, view: View) -> Result<WebsitePage> {
        actor.ask(Action::SeeTotals, view.institution)?;
        // What is published is so today, whatever day is looked at.
        let view = View { as_of: None, ..view };
        let frame = self.frame(actor, view)?;
        let content = self.website_content(view.institution)?;
        let pages = pages(&content);
        let may_write = actor.ask_for_all(Action::Record, view.institution).is_ok();
        let (all, names, site, slug, questions, check) = self.store().read(view.institution, |tx| -> Result<_> {
            let all = store::publication::list(tx, view.institution, SITE)?;
            let by: Vec<_> = all.iter().filter_map(|one| one.account).collect();
            let names: BTreeMap<_, _> = store::account::names(tx, &by)?.into_iter().collect();
            Ok((
                all,
                names,
                store::website::find(tx, view.institution)?,
                store::institution::slug(tx, view.institution)?,
                store::information_request::count_open(tx, view.institution)?,
                self.newest_site_check(tx, view.institution)?,
            ))
        })?;
        let public = all.first().filter(|latest| latest.ended_at.is_none());
        let differences = match public {
            Some(public) => {
                let was: Basis = serde_json::from_str(&public.content).unwrap_or_default();
                let watch = self.watch_of(view.institution)?;
                let mut now = Basis::of(&content, &pages);
                // What may not be public is not quoted either: whoever reads this may be somebody who sees totals only.
                for page in pages.iter().filter(|page| unfit(&watch, page).is_some()) {
                    now.said.insert(page.path.to_owned(), vec![UNFIT.to_owned()]);
                }
                was.differences(&now, content.today)
            }
            None => Vec::new(),
        };
        let row = |publication: &store::publication::Publication| SnapshotRow {
            id: publication.id,
            made_at: publication.made_at,
            ended_at: publication.ended_at,
            by: publication.account.and_then(|account| names.get(&account).cloned()),
            note: publication.note.clone(),
        };
        let tint = site.as_ref().and_then(|site| site.tint.clone()).unwrap_or_default();
        Ok(WebsitePage {
            word: slug.clone().unwrap_or_else(|| view.institution.to_string()),
            public: public.map(row),
            differences,
            items: self.website_items(actor, view, &content)?,
            pages: pages.iter().map(|page| (page.path.to_owned(), page.label.to_owned())).collect(),
            snapshots: all.iter().map(row).collect(),
            is_withdrawn: all.first().is_some_and(|latest| latest.ended_at.is_some()),
            questions: may_write.then_some(questions),
            check,
            guarded: tint.parse().ok().and_then(guarded),
            look: WebsiteLook {
                slug: slug.unwrap_or_default(),
                tint,
                logo_alt: site
                    .as_ref()
                    .and_then(|site| site.logo.as_ref())
                    .map_or(String::new(), |logo| logo.alt.clone()),
            },
            has_logo: site.is_some_and(|site| site.logo.is_some()),
            review_on: content.fact(Fact::WebsiteReview).and_then(domain::date::parse),
            may_write,
            may_publish: actor.ask_for_all(Action::Confirm, view.institution).is_ok(),
            may_shape: actor.ask_for_all(Action::Administer, view.institution).is_ok(),
            frame,
        })
    }

    /// The texts of the public pages, to be changed.
    ///
    /// # Errors
    /// If the actor may not record for the whole institution.
    pub fn website_texts(&self, actor: &Actor, view: View) -> Result<WebsiteTextsPage> {
        actor.ask_for_all(Action::Record, view.institution)?;
        let frame = self.frame(actor, View { as_of: None, ..view })?;
        let kept = self.store().read(view.institution, |tx| store::institution_text::list(tx, view.institution))?;
        let of =
            |name: &str| kept.iter().find(|text| text.name == name).map_or(String::new(), |text| text.text.clone());
        let texts = WEBSITE_TEXTS.iter().map(|text| (text.name, of(text.name))).collect();
        Ok(WebsiteTextsPage { frame, texts })
    }
}
