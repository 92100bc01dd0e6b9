//! Names of people in running text.

use crate::contact::Found;

const TITLES: [&str; 14] =
    ["Mr", "Mrs", "Miss", "Ms", "Mx", "Dr", "Prof", "Professor", "Rev", "Reverend", "Sir", "Dame", "Fr", "Sister"];
const PARTICLES: [&str; 9] = ["de", "van", "der", "von", "el", "al", "bin", "le", "da"];

/// Words that begin with a capital and are no part of a name.
const NO_NAMES: &str = " a about academic academies academy access achievement action activities address administrator advice adviser \
    advisers advisor advisors after all also an and annual anybody apprenticeship apprenticeships approved april area army art as aspirations \
    assistant at august autumn award baker be before benchmark benchmarks board book britain business by call campus career careers ceiag centre \
    chair cllr clause co coach college colleges community company compass contact contacts coordinator council county curriculum date dates day \
    department deputy designated development director drop e each east education email employability employer employers encounters england \
    enquiries enterprise evening event every executive experience external faculty family february find first flexible for form \
    former free friday from further future futures gatsby gcse general geography governing governor governors grammar great group guidance hall \
    he head headteacher health her high higher his history home hour house how hub ict in independent industry information intent interview \
    interviews is it january job july june junior key lane law lead leader leaders leadership leading learner learners learning leaver \
    lesson level levels library life line link local london main manager march mark maths may meet member middle mobile monday moving music my \
    name national next no north november october of office officer ofsted on open opportunities options our out outcomes page parent parents park \
    partner partners partnership pastoral pathway pathways personal phone place placement please policy post postcode practice preparation \
    primary principal programme progression provider providers provision pshe pupil pupils qualifications qualified read reception register \
    registered review road roadmap role roles room saturday school schools science sciences secondary secretary section see send senco senior september \
    services she sixth skills slt social south special specialist spring staff statement stem strategic street student students \
    subject summer sunday support tag teacher teachers teaching team technical tel telephone term the their there this thursday to training travel \
    trust trustee trustees tuesday tutor tutors twitter uk university upper useful ucas vacancies vice view visit vocational we website wednesday \
    week welcome welfare west what when where who why with work workplace world year years you young your ";

struct Word<'t> {
    text: &'t str,
    start: usize,
    end: usize,
}

/// The names of people in a text: a title with what follows it, or two to four words that can be nothing else.
pub(crate) fn names(text: &str) -> Vec<Found> {
    let words = words(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let titled = TITLES.contains(&words[at].text);
        let first = if titled { at + 1 } else { at };
        let mut end = first;
        let mut whole = 0;
        while let Some(word) = words.get(end) {
            if end > at && !joined(text, &words[end - 1], word) {
                break;
            }
            let particle = PARTICLES.contains(&word.text) && words.get(end + 1).is_some_and(|next| is_name(next.text));
            if !(particle || is_name(word.text)) || end - first >= 4 {
                break;
            }
            whole += usize::from(!particle && word.text.chars().count() > 1);
            end += 1;
        }
        let enough = if titled { whole >= 1 } else { end - first >= 2 && whole >= 1 };
        if enough {
            found.push(Found {
                text: text[words[at].start..words[end - 1].end].to_owned(),
                start: words[at].start,
                end: words[end - 1].end,
            });
            at = end;
        } else {
            at += 1;
        }
    }
    found
}

/// Whether a text is one name and nothing else to speak of: letters after it, pronouns in brackets.
pub(crate) fn only_name(text: &str) -> Option<Found> {
    let mut names = names(text).into_iter();
    let name = names.next().filter(|_| names.next().is_none())?;
    let before = text[..name.start].trim();
    let after = text[name.end..].trim();
    let letters = after.trim_start_matches([',', ' ', '(', '-', '–']);
    let nothing_else = before.is_empty()
        && letters.chars().count() <= 16
        && !letters.contains(['@', ':', '?'])
        && !letters.ends_with('.');
    nothing_else.then_some(name)
}

/// The part of a name by which people are told apart, without title, in lower case.
pub(crate) fn surname(name: &str) -> String {
    name.split_whitespace().next_back().unwrap_or_default().to_lowercase()
}

/// Whether two writings of a name can be one person: the same surname, and no different first names or initials.
pub(crate) fn is_same(one: &str, other: &str) -> bool {
    let given = |name: &str| {
        name.split_whitespace()
            .map(|word| word.trim_end_matches('.').to_owned())
            .find(|word| !TITLES.contains(&word.as_str()))
            .filter(|word| word.to_lowercase() != surname(name))
            .map(|word| word.to_lowercase())
    };
    let alike = match (given(one), given(other)) {
        (Some(one), Some(other)) if one.chars().count() > 1 && other.chars().count() > 1 => one == other,
        (Some(one), Some(other)) => one.chars().next() == other.chars().next(),
        _ => true,
    };
    alike && surname(one) == surname(other)
}

fn is_name(word: &str) -> bool {
    let mut letters = word.chars();
    let capital = letters.next().is_some_and(char::is_uppercase);
    let initial = word.chars().count() == 1;
    capital
        && (initial && word != "A" && word != "I"
            || !initial && word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’')))
        && !NO_NAMES.split_ascii_whitespace().any(|stop| stop == word.to_lowercase())
        && !TITLES.contains(&word)
        && !(word.len() > 1 && word.len() <= 5 && word.chars().all(char::is_uppercase) && word.chars().count() != 2)
}

/// Whether two words belong to one name: a space between them, and a point only after a title or an initial.
fn joined(text: &str, one: &Word<'_>, other: &Word<'_>) -> bool {
    match &text[one.end..other.start] {
        " " => true,
        ". " | "." => TITLES.contains(&one.text) || one.text.chars().count() == 1,
        _ => false,
    }
}

fn words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let within = c.is_alphabetic() || (start.is_some() && matches!(c, '-' | '\'' | '’'));
        match (start, within) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                let word = text[from..at].trim_end_matches(['-', '\'', '’']);
                let word = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
                words.push(Word { text: word, start: from, end: from + word.len() });
                start = None;
            }
            _ => {}
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        names(text).into_iter().map(|name| name.text).collect()
    }

    #[test]
    fn people_are_told_from_other_capitals() {
        assert_eq!(
            found("Contact Mrs. H. Marsden-Cole or Dr Imogen Sallow at Riverbank College."),
            ["Mrs. H. Marsden-Cole", "Dr Imogen Sallow"]
        );
        assert_eq!(
            found("Carla Benedetti, Careers Leader; Ana de Souza; J O’Neil"),
            ["Carla Benedetti", "Ana de Souza", "J O’Neil"]
        );
        assert_eq!(
            found("The Careers Leader at Northgate Academy runs the Careers Fair in Year 10. Provider Access Policy"),
            Vec::<String>::new()
        );
    }

    #[test]
    fn two_writings_can_be_one_person() {
        assert!(is_same("Mrs Helen Marsden", "H Marsden"));
        assert!(is_same("Ms Marsden", "Helen Marsden"));
        assert!(!is_same("Helen Marsden", "Peter Marsden"));
        assert!(!is_same("Helen Marsden", "Helen Firth"));
    }
}
