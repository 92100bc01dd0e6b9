use domain::ProviderType;

use super::atoms::{Atom, Atoms};
use crate::{
    Virtual,
    plan::{CountTest, Rule, Test, WindowRule},
};

/// A requirement's condition as questions to masks.
#[derive(Debug)]
pub(super) enum Fast {
    /// One activity is enough.
    One(Bits),
    /// Several, looked at one by one.
    Several { bits: Bits, at_least: u32, different_dates: bool, through: u32 },
    /// So many of the types in `types`.
    Types { types: u64, real: u64, at_least: u32, rule: Virtual },
    /// Two occasions with different providers.
    Occasions { bit: u64 },
    /// In billionths of an hour.
    Hours { bit: u64, at_least: i128 },
    /// Every subject of the list that applies.
    Subjects,
    /// One activity in every academic year.
    EveryYear(Bits),
    /// An annual review.
    Review,
    /// Decided one by one.
    Exact,
}

/// The bits of activities that count, and of those in person, with what virtual ones are worth.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bits {
    pub(super) any: u64,
    pub(super) real: u64,
    pub(super) rule: Virtual,
    pub(super) within_programme: bool,
    pub(super) partly: bool,
}

/// The condition of a rule in masks, its bits given by `atoms`.
pub(super) fn fast(rule: &Rule, atoms: &mut Atoms) -> Fast {
    try_fast(rule, atoms).unwrap_or(Fast::Exact)
}

fn try_fast(rule: &Rule, atoms: &mut Atoms) -> Option<Fast> {
    Some(match &rule.test {
        Test::Count(count) => {
            // Company in the key stage is looked up by the current year, so only that year's window can ask for it here.
            let elsewhere =
                count.virtual_rule == Virtual::WithinKeyStage && !matches!(rule.window, WindowRule::CurrentYear);
            if elsewhere || count.at_least == 0 {
                return None;
            }
            let one = count.at_least == 1 && count.through_curriculum == 0;
            let bits = bits(count, atoms)?;
            if one {
                Fast::One(bits)
            } else {
                atoms.detail_bit(Atom::Counted(count.counted.clone()))?;
                Fast::Several {
                    bits,
                    at_least: count.at_least,
                    different_dates: count.different_dates,
                    through: count.through_curriculum,
                }
            }
        }
        Test::EveryYear(count) => {
            if count.at_least != 1 || count.through_curriculum != 0 || count.within_programme {
                return None;
            }
            Fast::EveryYear(bits(count, atoms)?)
        }
        Test::Types { counted, at_least, virtual_rule } => {
            let mut types = 0;
            for wanted in ProviderType::ALL {
                types |= atoms.bit(Atom::Typed(counted.clone(), *wanted))?;
            }
            Fast::Types {
                types,
                real: atoms.bit(Atom::TypedReal(counted.clone()))?,
                at_least: *at_least,
                rule: *virtual_rule,
            }
        }
        Test::Occasions => Fast::Occasions { bit: atoms.detail_bit(Atom::ProviderAccess)? },
        Test::Hours { kind, at_least } => {
            Fast::Hours { bit: atoms.detail_bit(Atom::OfKind(*kind))?, at_least: i128::from(*at_least) * 1_000_000_000 }
        }
        Test::Subjects(None) if matches!(rule.window, WindowRule::CurrentYear) => Fast::Subjects,
        Test::Subjects(_) => return None,
        Test::Review => Fast::Review,
    })
}

fn bits(count: &CountTest, atoms: &mut Atoms) -> Option<Bits> {
    Some(Bits {
        any: atoms.bit(Atom::Counted(count.counted.clone()))?,
        real: atoms.bit(Atom::Real(count.counted.clone()))?,
        rule: count.virtual_rule,
        within_programme: count.within_programme,
        partly: count.partly,
    })
}
