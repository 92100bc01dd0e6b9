//! The wording of policies that the program carries.

use policy::Wording;

use crate::exit::Failure;

/// Its files: path within the folder, and text.
const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/wording.rs"));

/// Reads it. A fault in it is a fault of the program: a test loads it too.
pub(crate) fn load() -> Result<Wording, Failure> {
    Wording::load(FILES).map_err(|faults| {
        let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
        Failure::Fault(format!("The program's own wording of policies has faults:\n{}", lines.join("\n")))
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_embedded_wording_is_sound_and_complete() {
        let embedded: std::collections::BTreeSet<_> = super::FILES.iter().map(|(name, _)| *name).collect();
        let listed: std::collections::BTreeSet<_> = policy::WORDING_FILES.iter().copied().collect();
        assert_eq!(embedded, listed);
        super::load().unwrap();
    }
}
