//! One occasion that is several activities: they share a day, a cohort, a state and a register.

use std::collections::{HashMap, HashSet};

use domain::{Activity, ActivityId, InstitutionId, LearnerId};
use store::{Tx, participation::Entry};

use crate::Result;

/// The parts of an occasion are on the same day as the activity that leads it, for the same year groups, and have come as far.
pub(crate) fn follow(tx: &mut Tx<'_>, institution: InstitutionId, id: ActivityId) -> Result<()> {
    let occasion = store::activity::occasion(tx, institution, id)?;
    let Some((lead, parts)) = occasion.split_first().filter(|(_, parts)| !parts.is_empty()) else { return Ok(()) };
    let lead = store::activity::get(tx, institution, *lead)?;
    for part in parts {
        let before = store::activity::get(tx, institution, *part)?;
        let after = Activity {
            title: lead.title.clone(),
            date: lead.date,
            mode: lead.mode,
            year_groups: lead.year_groups,
            through: lead.through,
            source: lead.source,
            state: lead.state,
            ..before.clone()
        };
        if after != before {
            store::activity::update(tx, institution, *part, &after)?;
        }
    }
    Ok(())
}

/// Every occasion's parts follow the activity that leads them: for what changes activities row by row, as a file does.
pub(crate) fn follow_all(tx: &mut Tx<'_>, institution: InstitutionId) -> Result<()> {
    let leads: HashSet<ActivityId> =
        store::activity::parts(tx, institution)?.into_iter().map(|(_, whole)| whole).collect();
    for lead in leads {
        if store::activity::find(tx, institution, lead)?.is_some() {
            follow(tx, institution, lead)?;
        }
    }
    Ok(())
}

/// The part has the marks of the activity that leads it, and no others.
pub(crate) fn share_register(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    lead: ActivityId,
    part: ActivityId,
) -> Result<()> {
    let register = store::participation::register(tx, institution, lead)?;
    let kept: HashSet<LearnerId> = register.iter().map(|(learner, _)| *learner).collect();
    for (learner, _) in store::participation::register(tx, institution, part)? {
        if !kept.contains(&learner) {
            store::participation::delete(tx, institution, learner, part)?;
        }
    }
    let entries: Vec<_> =
        register.into_iter().map(|(learner, status)| Entry { learner, activity: part, status }).collect();
    store::participation::set_many(tx, institution, &entries)?;
    Ok(())
}

/// These entries, and the same for every activity that shares a register with theirs and for which nothing else is said.
pub(crate) fn in_every_part(tx: &mut Tx<'_>, institution: InstitutionId, entries: &[Entry]) -> Result<Vec<Entry>> {
    let mut all = entries.to_vec();
    let parts = store::activity::parts(tx, institution)?;
    if parts.is_empty() {
        return Ok(all);
    }
    let whole: HashMap<ActivityId, ActivityId> = parts.iter().copied().collect();
    let mut members: HashMap<ActivityId, Vec<ActivityId>> = HashMap::new();
    for (part, lead) in parts {
        members.entry(lead).or_insert_with(|| vec![lead]).push(part);
    }
    let mut said: HashSet<(LearnerId, ActivityId)> =
        entries.iter().map(|entry| (entry.learner, entry.activity)).collect();
    for entry in entries {
        let lead = whole.get(&entry.activity).unwrap_or(&entry.activity);
        for member in members.get(lead).into_iter().flatten() {
            if said.insert((entry.learner, *member)) {
                all.push(Entry { activity: *member, ..*entry });
            }
        }
    }
    Ok(all)
}
