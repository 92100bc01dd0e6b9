//! What a published paper asks for later: nothing of it is stored.

use ::policy::{Fact, Paper, PromiseStanding};
use domain::{
    Date, PolicyId,
    date::{days_between, long},
};
use store::policy::{Policy, PolicyState};

use super::written::{Kept, paper_of};
use crate::{App, HomeTask, Result, frame::Scene};

/// From how many days before its review a paper is told of.
pub(crate) const REMIND: i32 = 90;

/// What there is to do about a paper that is published.
enum Asked {
    /// It is to be looked over by this day, in so many days; negative ones have passed.
    Review(Date, i32),
    /// Somebody or something named in it is no longer so.
    Changed(Fact),
    /// It promises what somebody has missed since; in words, with figures.
    Broken(String),
    /// There is newer wording, by the title of its edition.
    NewWording(String),
}

impl Asked {
    fn task(self, paper: Paper, id: PolicyId) -> HomeTask {
        let name = paper.label().to_lowercase();
        let (what, about, due, is_late) = match self {
            Self::Review(day, days) if days < 0 => (
                format!("The {name} is out of date"),
                format!("It was to be looked over by {}.", long(day)),
                Some(day),
                true,
            ),
            Self::Review(day, days) => {
                let about = match days {
                    0..=30 => "Begin the next version now, so that it can be approved in time.",
                    _ => "Put its approval on the agenda of those who govern.",
                };
                (format!("Look over the {name} by {}", long(day)), about.to_owned(), Some(day), false)
            }
            Self::Changed(fact) => (
                format!("The {name} names what has changed: {}", fact.label()),
                "It was signed with what was so then. Begin the next version, or put the record right.".to_owned(),
                None,
                true,
            ),
            Self::Broken(says) => (format!("A promise of the {name} is broken"), says, None, true),
            Self::NewWording(title) => (
                format!("There is newer wording for the {name}"),
                format!("The edition of {title}. The next version begins with it."),
                None,
                false,
            ),
        };
        HomeTask { what, about, page: format!("policy/{id}"), due, is_late }
    }
}

/// Facts that name people, which a paper must not get wrong.
const PEOPLE: [Fact; 6] = [
    Fact::CareersLeader,
    Fact::CareersLeaderContact,
    Fact::SeniorLeader,
    Fact::CareersAdviser,
    Fact::LinkGovernor,
    Fact::ProviderContact,
];

impl App {
    /// What the published papers of the institution ask for on the day of the scene.
    pub(crate) fn policy_tasks(&self, scene: &Scene<'_>) -> Result<Vec<HomeTask>> {
        let institution = scene.frame.institution.id;
        let contents = self.store().read(institution, |tx| -> Result<_> {
            let policies = store::policy::list(tx, institution)?;
            let mut contents = Vec::new();
            for policy in policies.iter().filter(|policy| policy.state == PolicyState::Published) {
                if let Some(content) = store::policy::content(tx, institution, policy.id)? {
                    contents.push((policy.clone(), content));
                }
            }
            Ok(contents)
        })?;
        let mut tasks = Vec::new();
        if contents.is_empty() {
            return Ok(tasks);
        }
        let facts = self.facts(scene)?;
        for (policy, content) in contents {
            let kept = Kept::read(&content.content)?;
            tasks.extend(self.tasks_of(scene, &policy, &kept, &facts)?);
        }
        Ok(tasks)
    }

    fn tasks_of(
        &self,
        scene: &Scene<'_>,
        policy: &Policy,
        kept: &Kept,
        facts: &::policy::Facts,
    ) -> Result<Vec<HomeTask>> {
        let paper = paper_of(policy)?;
        let as_of = scene.frame.as_of;
        let mut kinds = Vec::new();
        if let Some(day) = policy.review_on
            && days_between(as_of, day) <= REMIND
        {
            kinds.push(Asked::Review(day, days_between(as_of, day)));
        }
        for fact in PEOPLE {
            if kept.facts.get(&fact).is_some_and(|then| facts.get(&fact) != Some(then)) {
                kinds.push(Asked::Changed(fact));
            }
        }
        for promise in self.promises(scene, &kept.composed)? {
            if promise.standing == PromiseStanding::Broken {
                kinds.push(Asked::Broken(promise.says));
            }
        }
        let newest = self.wording().current(as_of);
        if newest.id != policy.edition {
            kinds.push(Asked::NewWording(newest.title.clone()));
        }
        Ok(kinds.into_iter().map(|asked| asked.task(paper, policy.id)).collect())
    }
}
