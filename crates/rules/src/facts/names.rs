use std::collections::BTreeMap;

use domain::same_name;

/// Numbers for names, the same number for names that agree after trimming, joining spaces and lower-casing.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    numbers: BTreeMap<String, u32>,
    /// Each name as first written, trimmed.
    written: Vec<String>,
}

impl Names {
    /// The number of a name; `None` if it is blank.
    pub(crate) fn number(&mut self, name: &str) -> Option<u32> {
        let key = same_name(name);
        if key.is_empty() {
            return None;
        }
        if let Some(number) = self.numbers.get(&key) {
            return Some(*number);
        }
        let number = self.written.len() as u32;
        self.numbers.insert(key, number);
        self.written.push(name.trim().to_owned());
        Some(number)
    }

    /// The number of a name, if it has occurred.
    pub(crate) fn find(&self, name: &str) -> Option<u32> {
        self.numbers.get(&same_name(name)).copied()
    }

    /// A numbered name as it was first written.
    pub(crate) fn written(&self, number: u32) -> &str {
        &self.written[number as usize]
    }

    /// How many names there are.
    pub(crate) fn len(&self) -> usize {
        self.written.len()
    }
}
