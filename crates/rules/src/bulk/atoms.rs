use domain::{Kind, ProviderType};

use crate::{
    Counted, Facts,
    facts::ActivityFacts,
    plan::{Plan, is_real, qualifies},
};

/// A sort of activity that some requirement asks about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Atom {
    /// Of the counted sort.
    Counted(Counted),
    /// Of the counted sort, and in person or blended.
    Real(Counted),
    /// Of the counted sort, and with this type of provider.
    Typed(Counted, ProviderType),
    /// Of the counted sort, with any type of provider, and in person or blended.
    TypedReal(Counted),
    /// A provider access encounter.
    ProviderAccess,
    /// Of this kind, whatever is ticked.
    OfKind(Kind),
}

impl Atom {
    fn kind(&self) -> Kind {
        match self {
            Self::Counted(counted) | Self::Real(counted) | Self::Typed(counted, _) | Self::TypedReal(counted) => {
                counted.kind
            }
            Self::ProviderAccess => Kind::ProviderEncounter,
            Self::OfKind(kind) => *kind,
        }
    }

    fn holds(&self, activity: &ActivityFacts, planned: bool) -> bool {
        match self {
            Self::Counted(counted) => qualifies(counted, activity, planned),
            Self::Real(counted) => is_real(activity) && qualifies(counted, activity, planned),
            Self::Typed(counted, wanted) => {
                activity.provider_type == Some(*wanted) && qualifies(counted, activity, planned)
            }
            Self::TypedReal(counted) => {
                activity.provider_type.is_some() && is_real(activity) && qualifies(counted, activity, planned)
            }
            Self::ProviderAccess => activity.provider_access,
            Self::OfKind(_) => true,
        }
    }
}

/// The bits given to sorts of activities.
#[derive(Debug, Default)]
pub(super) struct Atoms {
    atoms: Vec<Atom>,
    detail: u64,
}

impl Atoms {
    /// The bit of a sort; `None` once all are given away.
    pub(super) fn bit(&mut self, atom: Atom) -> Option<u64> {
        let position = self.atoms.iter().position(|other| *other == atom).unwrap_or(self.atoms.len());
        if position == u64::BITS as usize {
            return None;
        }
        if position == self.atoms.len() {
            self.atoms.push(atom);
        }
        Some(1 << position)
    }

    /// The bit of a sort whose participations have to be looked at one by one.
    pub(super) fn detail_bit(&mut self, atom: Atom) -> Option<u64> {
        let bit = self.bit(atom)?;
        self.detail |= bit;
        Some(bit)
    }

    /// The bits of sorts whose participations have to be looked at one by one.
    pub(super) fn detail(&self) -> u64 {
        self.detail
    }

    /// The mask of each participation there can be, by its four bytes: of what is attended by the as-of date as it is, of
    /// what a learner is invited to later as it would be; of everything else none.
    pub(super) fn masks(&self, plan: &Plan<'_>, facts: &Facts) -> Vec<u64> {
        let mut by_kind: Vec<Vec<(u64, &Atom)>> = vec![Vec::new(); Kind::ALL.len()];
        for (position, atom) in self.atoms.iter().enumerate() {
            by_kind[atom.kind() as usize].push((1 << position, atom));
        }
        let mut masks = vec![0; facts.activities.len() * 2];
        for (position, activity) in facts.activities.iter().enumerate() {
            let planned = position >= plan.first_planned;
            let mask = by_kind[activity.kind as usize]
                .iter()
                .filter(|(_, atom)| atom.holds(activity, planned))
                .fold(0, |mask, (bit, _)| mask | bit);
            masks[position * 2 + usize::from(planned)] = mask;
        }
        masks
    }
}
