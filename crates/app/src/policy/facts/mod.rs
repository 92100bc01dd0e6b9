//! What policies and public pages are filled in with: every fact from the record, or in the institution's own words.

mod benchmarks;
mod duties;
mod people;
mod programme;
mod providers;

use ::policy::{Fact, FactPlace, Facts, markdown::escape};

use crate::{Action, Actor, App, Result, View, frame::Scene, programme::Written};

/// A fact that is not known yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MissingFact {
    /// Which.
    pub fact: Fact,
    /// Where it is entered.
    pub place: FactPlace,
}

impl App {
    /// What is known of the facts that policies and public pages are filled in with, on the as-of date of the scene. Nothing in it is
    /// about a single learner, and no figure is smaller than the institution shows to the public.
    pub(crate) fn facts(&self, scene: &Scene<'_>) -> Result<Facts> {
        let institution = scene.frame.institution.id;
        let (texts, website, contacts) = self.store().read(institution, |tx| -> Result<_> {
            let texts = store::institution_text::list(tx, institution)?;
            let (website, contacts) = store::institution::contacts(tx, institution)?;
            Ok((texts, website, contacts))
        })?;
        let mut facts = self.facts_of_record(scene)?;
        facts.extend(people::facts(&contacts, scene.frame.as_of));
        for (fact, said) in texts.iter().filter_map(crate::own_words::said) {
            // What the record knows stands beneath the institution's own words.
            let beneath = facts.remove(&fact).map(|of_record| format!("\n\n{of_record}"));
            facts.insert(fact, format!("{}{}", said.trim_end(), beneath.unwrap_or_default()));
        }
        if let Some(website) = website.filter(|website| !website.trim().is_empty()) {
            facts.entry(Fact::WebsiteAddress).or_insert_with(|| escape(website.trim()));
        }
        Ok(facts)
    }

    /// What the record alone says, without anybody's own words.
    pub(crate) fn facts_of_record(&self, scene: &Scene<'_>) -> Result<Facts> {
        let (institution, year) = (scene.frame.institution.id, scene.frame.year);
        let (written, slots, roadmap, kept) = self.store().read(institution, |tx| -> Result<_> {
            Ok((
                Written::read(tx, institution, year)?,
                store::slot::list(tx, institution)?,
                store::roadmap_point::list(tx, institution, year)?,
                store::duty::list(tx, institution)?,
            ))
        })?;
        // Whoever asks, a paper says the same: it counts everybody.
        let day = scene.held.day(scene.pack, scene.frame.as_of);
        let evaluation = &day.evaluation;
        let mut facts = programme::written(scene, &written);
        facts.extend(programme::schedule(scene, evaluation, &slots));
        facts.extend(programme::roadmap(scene, &roadmap));
        facts.extend(duties::facts(&self.held_duties(scene.held.records.institution.kind, kept)));
        facts.extend(benchmarks::facts(scene, evaluation, &self.institution_standings(scene)?));
        facts.extend(providers::facts(scene, evaluation));
        Ok(facts)
    }

    /// What papers and public pages are filled in with, as it is known on the day.
    ///
    /// # Errors
    /// If the institution is not within the actor's reach.
    pub fn known_facts(&self, actor: &Actor, view: View) -> Result<Facts> {
        actor.ask(Action::SeeTotals, view.institution)?;
        self.facts(&self.scene(actor, view)?)
    }

    /// The facts that are not known yet, each with where it is entered.
    ///
    /// # Errors
    /// If the institution is not within the actor's reach.
    pub fn facts_missing(&self, actor: &Actor, view: View) -> Result<Vec<MissingFact>> {
        actor.ask(Action::SeeTotals, view.institution)?;
        let scene = self.scene(actor, view)?;
        let facts = self.facts(&scene)?;
        let missing = Fact::ALL.iter().filter(|fact| !facts.contains_key(fact));
        Ok(missing.map(|fact| MissingFact { fact: *fact, place: fact.place() }).collect())
    }
}
