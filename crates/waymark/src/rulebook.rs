//! The rulebook that the program carries.

use rules::{Cases, Fault, Rulebook};

use crate::exit::Failure;

/// Its files: path within the rulebook, and text.
pub(crate) const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/rulebook.rs"));

/// Reads it. A fault in it is a fault of the program: a test loads it too.
pub(crate) fn load() -> Result<Rulebook, Failure> {
    Rulebook::load(FILES).map_err(|faults| faulty(&faults))
}

/// Its worked cases, which the "why" pages show.
pub(crate) fn cases(rulebook: &Rulebook) -> Result<Cases, Failure> {
    Cases::load(rulebook, FILES).map_err(|faults| faulty(&faults))
}

fn faulty(faults: &[Fault]) -> Failure {
    let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
    Failure::Fault(format!("The program's own rulebook has faults:\n{}", lines.join("\n")))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_embedded_rulebook_is_sound_and_complete() {
        let embedded: std::collections::BTreeSet<_> = super::FILES.iter().map(|(name, _)| *name).collect();
        for name in rules::RULEBOOK_FILES {
            assert!(embedded.contains(name), "{name}");
        }
        let rulebook = super::load().unwrap();
        assert!(super::cases(&rulebook).unwrap().iter().count() > 0);
    }
}
