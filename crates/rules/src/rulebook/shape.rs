//! Reading who is counted, when, and when a requirement is met.

use domain::{Kind, Mode, ProviderType, YearGroup};

use super::{
    fields::Fields,
    node::{Node, Value},
};
use crate::pack::{Amount, Bound, Counted, Scope, ScopeOnly, Shape, SubjectsAsked, Virtual, Window};

/// Words of a closed list of the domain, for [`Fields::word`].
pub(super) fn words<T: Copy>(all: &[T], word: impl Fn(T) -> &'static str) -> Vec<(&'static str, T)> {
    all.iter().map(|member| (word(*member), *member)).collect()
}

/// `scope = "everyone"`, or a table of `years` and `only`.
pub(super) fn scope(entry: &Fields<'_>) -> Option<Scope> {
    if matches!(&entry.node("scope")?.value, Value::Text(_)) {
        entry.word("scope", &[("everyone", ())])?;
        return Some(Scope { years: None, only: None });
    }
    let scope = entry.table("scope")?;
    let years = year_range(&scope);
    let only = scope.optional_word("only", &[("considering-he", ScopeOnly::ConsideringHe), ("ehcp", ScopeOnly::Ehcp)]);
    scope.finish();
    Some(Scope { years: Some(years?), only })
}

fn year_range(scope: &Fields<'_>) -> Option<(YearGroup, YearGroup)> {
    let node = scope.node("years")?;
    let pair = match &node.value {
        Value::List(items) if items.len() == 2 => Some((year_number(&items[0]), year_number(&items[1]))),
        _ => None,
    };
    match pair {
        Some((Some(first), Some(last))) if first <= last => Some((first, last)),
        _ => {
            scope.fault(
                "years",
                "this is no span of year groups",
                "Write the first and the last, from 7 to 14: [7, 9]",
            );
            None
        }
    }
}

fn year_number(node: &Node) -> Option<YearGroup> {
    match node.value {
        Value::Number(number) => {
            let year = YearGroup::new(i8::try_from(number).ok()?);
            (YearGroup::LOWEST..=YearGroup::HIGHEST).contains(&year).then_some(year)
        }
        _ => None,
    }
}

fn year(fields: &Fields<'_>, key: &'static str) -> Option<YearGroup> {
    let year = year_number(fields.node(key)?);
    if year.is_none() {
        fields.fault(key, "this is no year group", "Write a number from 7 to 14");
    }
    year
}

/// `"current-year"`, `"programme"`, `{ each-year-from = 7 }`, or a table of `from-year`, `to-year`, `closes` and `opened-from`.
pub(super) fn window(entry: &Fields<'_>) -> Option<Window> {
    let node = entry.node("window")?;
    if matches!(&node.value, Value::Text(_)) {
        return entry.word("window", &[("current-year", Window::CurrentYear), ("programme", Window::Programme)]);
    }
    let window = entry.table("window")?;
    if node.get("each-year-from").is_some() {
        let first = year(&window, "each-year-from");
        window.finish();
        return first.map(Window::EachYearFrom);
    }
    let first = year(&window, "from-year");
    let last = year(&window, "to-year");
    let closes = window.word("closes", &[("end-of-year", Bound::EndOfYear), ("28-february", Bound::EndOfFebruary)]);
    let opened_from = window.optional_date("opened-from");
    if first.zip(last).is_some_and(|(first, last)| first > last) {
        window.fault("to-year", "the window closes before it opens", "Write a to-year that is not below from-year");
    }
    window.finish();
    Some(Window::Years { first: first?, last: last?, closes: closes?, opened_from })
}

const SHAPES: [&str; 7] =
    ["count", "provider-types", "two-occasions", "hours", "every-subject", "every-year", "annual-review"];

/// `met-when = { shape = "count", … }`.
pub(super) fn met_when(entry: &Fields<'_>) -> Option<Shape> {
    let met = entry.table("met-when")?;
    let shape = met.word("shape", &SHAPES.map(|shape| (shape, shape)))?;
    let read = match shape {
        "count" => count(&met),
        "provider-types" => provider_types(&met),
        "two-occasions" => Some(Shape::TwoOccasions),
        "hours" => {
            let kind = met.word("kind", &words(Kind::ALL, Kind::word));
            let at_least = amount(&met);
            kind.zip(at_least).map(|(kind, at_least)| Shape::Hours { kind, at_least })
        }
        "every-subject" => Some(Shape::EverySubject(subjects(&met))),
        "every-year" => met.text("of").map(|of| Shape::EveryYear { of }),
        _ => Some(Shape::AnnualReview),
    };
    met.finish();
    read
}

fn count(met: &Fields<'_>) -> Option<Shape> {
    let counted = counted(met);
    let at_least = amount(met);
    let different_dates = met.yes_no("different-dates");
    let virtual_rule = virtual_rule(met);
    let through_curriculum = met.optional_number("through-curriculum").unwrap_or(0);
    let partly = met.yes_no("partly");
    Some(Shape::Count {
        counted: counted?,
        at_least: at_least?,
        different_dates,
        virtual_rule: virtual_rule?,
        through_curriculum,
        partly,
    })
}

fn provider_types(met: &Fields<'_>) -> Option<Shape> {
    let (counted, at_least, virtual_rule) = (counted(met), amount(met), virtual_rule(met));
    if let Some(Amount::Fixed(number)) = &at_least
        && *number as usize > ProviderType::ALL.len()
    {
        met.fault("at-least", format!("there are no {number} types of provider"), "Write a number from 1 to 4");
    }
    Some(Shape::ProviderTypes { counted: counted?, at_least: at_least?, virtual_rule: virtual_rule? })
}

fn counted(met: &Fields<'_>) -> Option<Counted> {
    let kind = met.word("kind", &words(Kind::ALL, Kind::word));
    let checklist = met.yes_no("checklist");
    let provider_type = met.optional_word("provider-type", &words(ProviderType::ALL, ProviderType::word));
    let mode = met.optional_word("mode", &words(Mode::ALL, Mode::word));
    let kind = kind?;
    if checklist && kind.checklist().is_empty() {
        met.fault("checklist", format!("activities of kind {kind} have no checklist"), "Leave checklist out");
    }
    Some(Counted { kind, checklist, provider_type, mode })
}

fn virtual_rule(met: &Fields<'_>) -> Option<Virtual> {
    if met.optional("virtual").is_none() {
        return Some(Virtual::Counts);
    }
    met.word(
        "virtual",
        &[("counts", Virtual::Counts), ("not-alone", Virtual::NotAlone), ("within-key-stage", Virtual::WithinKeyStage)],
    )
}

/// A number, or the name of the parameter that holds it.
fn amount(met: &Fields<'_>) -> Option<Amount> {
    match &met.node("at-least")?.value {
        Value::Text(_) => met.text("at-least").map(Amount::Parameter),
        _ => met.optional_number("at-least").map(Amount::Fixed),
    }
}

fn subjects(met: &Fields<'_>) -> SubjectsAsked {
    if met.optional("subjects").is_none() {
        return SubjectsAsked::Taught;
    }
    let subjects = met.texts("subjects");
    if subjects.is_empty() {
        met.fault("subjects", "the list is empty", "Name the subjects, or leave the key out to ask for those taught");
    }
    SubjectsAsked::These(subjects)
}
