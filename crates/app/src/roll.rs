//! Finding a learner by what somebody typed, pasted or scanned: a reference, a UPN, or a name in either order.

use std::collections::HashMap;

use domain::{LearnerId, ParticipationStatus, plain_words};

/// A learner who can be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RollRow {
    /// Their id.
    pub id: LearnerId,
    /// The local id.
    pub reference: String,
    /// "Surname, Forename".
    pub name: String,
    /// Registration group.
    pub form: Option<String>,
    /// What is marked.
    pub status: Option<ParticipationStatus>,
    /// Whether they are on the register: expected, or marked.
    pub is_expected: bool,
    /// Whether they were on roll on the day.
    pub is_on_roll: bool,
}

/// Who is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// This learner.
    One(RollRow),
    /// One of these, it does not say which.
    Several(Vec<RollRow>),
    /// Nobody who is recorded.
    Nobody,
    /// This learner, who was not on roll on the day.
    NotOnRoll(RollRow),
}

/// Everybody who can be found.
#[derive(Debug, Default)]
pub(crate) struct Roll {
    rows: Vec<RollRow>,
    by_code: HashMap<String, usize>,
    by_name: HashMap<Vec<String>, Vec<usize>>,
    forms: HashMap<Vec<String>, String>,
    /// How many words the longest form's name has.
    longest_form: usize,
}

/// A line that is longer than this, in characters or in words, names nobody: it is a text.
const LONGEST_LINE: (usize, usize) = (200, 20);

impl Roll {
    /// One more learner, with the codes that they go by.
    pub(crate) fn add<'c>(&mut self, row: RollRow, codes: impl IntoIterator<Item = &'c str>) {
        let at = self.rows.len();
        for code in codes.into_iter().map(plain_code).filter(|code| !code.is_empty()) {
            self.by_code.entry(code).or_insert(at);
        }
        self.by_name.entry(sorted(plain_words(&row.name))).or_default().push(at);
        if let Some(form) = &row.form {
            let words = plain_words(form);
            self.longest_form = self.longest_form.max(words.len());
            self.forms.entry(words).or_insert_with(|| form.clone());
        }
        self.rows.push(row);
    }

    /// Whom a line means. A number before it, a form behind it, bullets and commas do not matter.
    pub(crate) fn find(&self, line: &str) -> Found {
        if line.chars().nth(LONGEST_LINE.0).is_some() {
            return Found::Nobody;
        }
        if let Some(at) = self.by_code.get(&plain_code(line)) {
            return self.found(&[*at]);
        }
        let words = plain_words(line);
        if words.len() > LONGEST_LINE.1 {
            return Found::Nobody;
        }
        let (form, named) = self.without_form(&words);
        let is_number = |word: &String| word.bytes().all(|byte| byte.is_ascii_digit());
        let unnumbered = match named.split_first() {
            Some((first, rest)) if is_number(first) && !rest.is_empty() => rest.to_vec(),
            _ => named.clone(),
        };
        for words in [&words, &named, &unnumbered] {
            if let Some(list) = self.by_name.get(&sorted(words.clone())) {
                return self.found(&self.of_form(list, form.as_deref()));
            }
        }
        // A reference or UPN beside the name: a line of a list, or a scanner that says more than the code.
        let mut coded: Vec<_> = line
            .split_whitespace()
            .flat_map(|word| word.split([',', ';']))
            .filter_map(|word| self.code(word))
            .collect();
        coded.sort_unstable();
        coded.dedup();
        match coded[..] {
            [at] => self.found(&[at]),
            _ => Found::Nobody,
        }
    }

    /// The learner with exactly this code.
    pub(crate) fn by_code(&self, code: &str) -> Found {
        self.code(code).map_or(Found::Nobody, |at| self.found(&[at]))
    }

    fn code(&self, code: &str) -> Option<usize> {
        self.by_code.get(&plain_code(code)).copied()
    }

    /// The line's form, if it ends or begins with one, and the words without it.
    fn without_form(&self, words: &[String]) -> (Option<String>, Vec<String>) {
        for length in (1..words.len().min(self.longest_form + 1)).rev() {
            if let Some(form) = self.forms.get(&words[words.len() - length..]) {
                return (Some(form.clone()), words[..words.len() - length].to_vec());
            }
            if let Some(form) = self.forms.get(&words[..length]) {
                return (Some(form.clone()), words[length..].to_vec());
            }
        }
        (None, words.to_vec())
    }

    /// Those of the form, if the line names one that any is in.
    fn of_form(&self, list: &[usize], form: Option<&str>) -> Vec<usize> {
        let of: Vec<_> =
            list.iter().copied().filter(|at| form.is_some() && self.rows[*at].form.as_deref() == form).collect();
        if of.is_empty() { list.to_vec() } else { of }
    }

    /// Of several with one name, those on the register are meant; of those, whoever was on roll.
    fn found(&self, list: &[usize]) -> Found {
        let rows = || list.iter().map(|at| &self.rows[*at]);
        let expected: Vec<_> = rows().filter(|row| row.is_expected).cloned().collect();
        let on_roll: Vec<_> = rows().filter(|row| row.is_on_roll).cloned().collect();
        let mut chosen = if expected.is_empty() { on_roll } else { expected };
        match (chosen.len(), rows().next()) {
            (1, _) => Found::One(chosen.remove(0)),
            (0, Some(gone)) => Found::NotOnRoll(gone.clone()),
            (0, None) => Found::Nobody,
            _ => Found::Several(chosen),
        }
    }
}

/// A code without what scanners and typists put around and between its signs.
fn plain_code(code: &str) -> String {
    code.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn sorted(mut words: Vec<String>) -> Vec<String> {
    words.sort_unstable();
    words
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn row(id: i64, name: &str, form: &str) -> RollRow {
        RollRow {
            id: LearnerId(id),
            reference: format!("L-{id:03}"),
            name: name.to_owned(),
            form: Some(form.to_owned()),
            status: None,
            is_expected: true,
            is_on_roll: true,
        }
    }

    fn roll() -> Roll {
        let mut roll = Roll::default();
        roll.add(row(1, "O’Test, Zoë", "9A"), ["L-001", "Z999200000001"]);
        roll.add(row(2, "Sample-Example, Ash Robin", "9B"), ["L-002"]);
        roll.add(row(3, "Double, Kit", "9A"), ["L-003"]);
        roll.add(row(4, "Double, Kit", "9B"), ["L-004"]);
        let gone = RollRow { is_expected: false, is_on_roll: false, ..row(5, "Gone, Lee", "9A") };
        roll.add(gone, ["L-005"]);
        let older = RollRow { is_expected: false, ..row(6, "O’Test, Zoë", "11C") };
        roll.add(older, ["L-006"]);
        roll
    }

    fn who(line: &str) -> Vec<i64> {
        match roll().find(line) {
            Found::One(row) => vec![row.id.0],
            Found::Several(rows) => rows.iter().map(|row| row.id.0).collect(),
            Found::Nobody => Vec::new(),
            Found::NotOnRoll(row) => vec![-row.id.0],
        }
    }

    #[test]
    fn a_learner_is_found_by_reference_upn_and_name_however_it_is_written() {
        for line in [
            "L-001",
            " l001 ",
            "*L-001*",
            "z999200000001",
            "Zoë O'Test",
            "OTEST, ZOE",
            "o’test zoe",
            "1. Zoe O’Test",
            "• Zoe OTest 9A",
            "9a Zoe O'Test",
            "L-001 anything else",
        ] {
            assert_eq!(who(line), [1], "{line}");
        }
        for line in ["Ash Robin Sample Example", "Sample-Example, Ash Robin (9B)", "Sample Example\tAsh Robin\t9B"] {
            assert_eq!(who(line), [2], "{line}");
        }
    }

    #[test]
    fn two_of_one_name_are_asked_about_unless_the_form_or_the_register_tells_them_apart() {
        assert_eq!(who("Kit Double"), [3, 4]);
        assert_eq!(who("Kit Double 9B"), [4]);
        assert_eq!(who("Zoe OTest"), [1]);
        assert_eq!(who("Zoe OTest 11C"), [6]);
    }

    #[test]
    fn who_is_unknown_or_had_left_is_said() {
        assert_eq!(who("Nobody Here"), Vec::<i64>::new());
        assert_eq!(who(""), Vec::<i64>::new());
        assert_eq!(who("Zoe"), Vec::<i64>::new());
        assert_eq!(who("Lee Gone"), [-5]);
        assert_eq!(who("L-001 L-003"), Vec::<i64>::new());
    }

    #[test]
    fn a_text_in_place_of_a_name_is_nobody_and_takes_no_time() {
        let text = "Zoe ".repeat(100_000);
        let begun = std::time::Instant::now();
        assert_eq!(who(&text), Vec::<i64>::new());
        assert_eq!(who(&"a ".repeat(21)), Vec::<i64>::new());
        assert!(begun.elapsed().as_secs() < 2, "{:?}", begun.elapsed());
    }

    proptest! {
        /// Whatever is typed, nothing breaks; and a name is found in either order and any case.
        #[test]
        fn any_line_has_an_answer(line in "\\PC{0,60}") {
            let _ = roll().find(&line);
        }

        #[test]
        fn order_case_and_spaces_do_not_matter(upper in any::<bool>(), swapped in any::<bool>(), spaces in 1usize..4) {
            let gap = " ".repeat(spaces);
            let line = if swapped { format!("Sample-Example{gap}Ash{gap}Robin") } else { format!("Ash{gap}Robin{gap}Sample-Example") };
            let line = if upper { line.to_uppercase() } else { line };
            prop_assert_eq!(who(&line), [2]);
        }
    }
}
