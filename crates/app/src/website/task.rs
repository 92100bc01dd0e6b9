use std::collections::BTreeMap;

use domain::InstitutionId;
use policy::Paper;

use super::{basis::Basis, publish::SITE};
use crate::{App, Result, home_task::HomeTask};

impl App {
    /// What is to be done about the public pages: what they show no longer applies, or the public waits for an answer.
    pub(crate) fn website_tasks(&self, institution: InstitutionId) -> Result<Vec<HomeTask>> {
        let (latest, waiting) = self.store().read(institution, |tx| -> Result<_> {
            let latest = store::publication::latest(tx, institution, SITE)?;
            Ok((latest, store::information_request::count_open(tx, institution)?))
        })?;
        let task = |what: &str, about: String, page: &str| HomeTask {
            what: what.to_owned(),
            about,
            page: page.to_owned(),
            due: None,
            is_late: false,
        };
        let mut tasks = Vec::new();
        if waiting > 0 {
            let about = match waiting {
                1 => "One question waits".to_owned(),
                many => format!("{many} questions wait"),
            };
            tasks.push(task("Answer what the public asks", about, "website/questions"));
        }
        if let Some(public) = latest.filter(|latest| latest.ended_at.is_none()) {
            let basis: Basis = serde_json::from_str(&public.content).unwrap_or_default();
            let mut in_force = BTreeMap::new();
            for paper in Paper::ALL {
                if let Some(published) = self.published(institution, paper)? {
                    in_force.insert(paper.word().to_owned(), (published.number, published.review_on));
                }
            }
            let wrong = basis.of_papers(&in_force, self.context().today());
            if !wrong.is_empty() {
                tasks.push(task("Publish the careers pages again", wrong.join(" "), "website"));
            }
        }
        Ok(tasks)
    }
}
