//! A pack as it applies to one institution on one day: parameters settled, words looked up, ready to be asked.

use domain::{Check, Checks, Date, Kind, Mode, ProviderType, YearGroup};

use crate::{
    Amount, Bound, Counted, Facts, Pack, Requirement, Scope, ScopeOnly, Settled, Shape, SubjectsAsked, Virtual, Window,
    day::{Day, day},
    facts::ActivityFacts,
};

/// The name of the parameter by which virtual activities count as much as any other.
const VIRTUAL_ALONE_COUNTS: &str = "virtual-alone-counts";

/// What is asked, of this institution, on this day.
#[derive(Debug)]
pub(crate) struct Plan<'a> {
    pub(crate) pack: &'a Pack,
    pub(crate) as_of: Day,
    /// The academic year of the as-of date, its first and its last day.
    pub(crate) year: i32,
    pub(crate) year_first: Day,
    pub(crate) year_last: Day,
    /// Activities at this position and later are dated after the as-of date.
    pub(crate) first_planned: usize,
    /// One for each requirement of the pack, in its order.
    pub(crate) rules: Vec<Rule>,
}

/// One requirement, settled.
#[derive(Debug)]
pub(crate) struct Rule {
    /// Whether any year group of the scope is one of the institution's.
    pub(crate) taught: bool,
    pub(crate) scope: Option<(i32, i32)>,
    pub(crate) only: Option<ScopeOnly>,
    pub(crate) window: WindowRule,
    pub(crate) test: Test,
}

/// [`Window`] in numbers.
#[derive(Debug, Clone, Copy)]
pub(crate) enum WindowRule {
    Years { first: i32, last: i32, closes: Bound, opened_from: Option<Day> },
    CurrentYear,
    EachYearFrom(i32),
    Programme,
}

/// [`Shape`] with its numbers settled.
#[derive(Debug, Clone)]
pub(crate) enum Test {
    Count(CountTest),
    Types {
        counted: Counted,
        at_least: u32,
        virtual_rule: Virtual,
    },
    Occasions,
    /// In billionths of an hour.
    Hours {
        kind: Kind,
        at_least: u32,
    },
    /// `None`: what is taught.
    Subjects(Option<Vec<SubjectAsked>>),
    EveryYear(CountTest),
    Review,
}

/// A number of activities asked for.
#[derive(Debug, Clone)]
pub(crate) struct CountTest {
    pub(crate) counted: Counted,
    pub(crate) at_least: u32,
    pub(crate) different_dates: bool,
    pub(crate) virtual_rule: Virtual,
    /// Where a virtual activity looks for one in person: in the programme instead of the key stage.
    pub(crate) within_programme: bool,
    pub(crate) through_curriculum: u32,
    pub(crate) partly: bool,
}

/// A subject that everybody is asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SubjectAsked {
    pub(crate) name: String,
    /// Its number, if any activity or list names it.
    pub(crate) number: Option<u32>,
}

impl<'a> Plan<'a> {
    pub(crate) fn new(pack: &'a Pack, facts: &Facts, as_of: Date) -> Self {
        let as_of = day(as_of);
        let year = facts.years.year_of(as_of);
        Self {
            pack,
            as_of,
            year,
            year_first: facts.years.first_day(year),
            year_last: facts.years.last_day(year),
            first_planned: facts.activities.partition_point(|activity| activity.day <= as_of),
            rules: pack.requirements.iter().map(|requirement| rule(pack, facts, requirement)).collect(),
        }
    }
}

fn rule(pack: &Pack, facts: &Facts, requirement: &Requirement) -> Rule {
    let Scope { years, only } = requirement.scope;
    let number = |year_group: YearGroup| i32::from(year_group.number());
    let scope = years.map(|(first, last)| (number(first), number(last)));
    Rule {
        taught: scope.is_none_or(|(first, last)| first <= facts.highest_year && facts.lowest_year <= last),
        scope,
        only,
        window: match requirement.window {
            Window::Years { first, last, closes, opened_from } => WindowRule::Years {
                first: number(first),
                last: number(last),
                closes,
                opened_from: opened_from.map(day),
            },
            Window::CurrentYear => WindowRule::CurrentYear,
            Window::EachYearFrom(first) => WindowRule::EachYearFrom(number(first)),
            Window::Programme => WindowRule::Programme,
        },
        test: test(pack, facts, &requirement.shape),
    }
}

fn test(pack: &Pack, facts: &Facts, shape: &Shape) -> Test {
    match shape {
        Shape::Count { .. } => count_test(pack, facts, shape).map_or(Test::Review, Test::Count),
        Shape::ProviderTypes { counted, at_least, virtual_rule } => Test::Types {
            counted: counted.clone(),
            at_least: amount(pack, facts, at_least),
            virtual_rule: settled_virtual(pack, facts, *virtual_rule),
        },
        Shape::TwoOccasions => Test::Occasions,
        Shape::Hours { kind, at_least } => Test::Hours { kind: *kind, at_least: amount(pack, facts, at_least) },
        Shape::EverySubject(SubjectsAsked::Taught) => Test::Subjects(None),
        Shape::EverySubject(SubjectsAsked::These(names)) => Test::Subjects(Some(
            names.iter().map(|name| SubjectAsked { name: name.clone(), number: facts.subjects.find(name) }).collect(),
        )),
        // The loader accepts only the id of a requirement that counts; anything else would ask for nothing each year.
        Shape::EveryYear { of } => pack
            .requirements
            .iter()
            .find(|other| other.id == *of)
            .and_then(|other| count_test(pack, facts, &other.shape))
            .map_or(Test::Subjects(Some(Vec::new())), Test::EveryYear),
        Shape::AnnualReview => Test::Review,
    }
}

fn count_test(pack: &Pack, facts: &Facts, shape: &Shape) -> Option<CountTest> {
    let Shape::Count { counted, at_least, different_dates, virtual_rule, through_curriculum, partly } = shape else {
        return None;
    };
    Some(CountTest {
        counted: counted.clone(),
        at_least: amount(pack, facts, at_least),
        different_dates: *different_dates,
        virtual_rule: settled_virtual(pack, facts, *virtual_rule),
        within_programme: pack.sector == domain::Sector::Post16,
        through_curriculum: *through_curriculum,
        partly: *partly,
    })
}

/// The value of an amount here: fixed, or as the institution sets it, else the pack's default.
pub(crate) fn amount(pack: &Pack, facts: &Facts, amount: &Amount) -> u32 {
    match amount {
        Amount::Fixed(number) => *number,
        Amount::Parameter(name) => match settled(pack, facts, name) {
            Some(Settled::Number(number)) => number,
            Some(Settled::YesNo(_)) | None => 1,
        },
    }
}

fn settled_virtual(pack: &Pack, facts: &Facts, rule: Virtual) -> Virtual {
    match settled(pack, facts, VIRTUAL_ALONE_COUNTS) {
        Some(Settled::YesNo(true)) => Virtual::Counts,
        _ => rule,
    }
}

/// A parameter's value: what the institution wrote if that can be read as such a value, else the pack's default. A
/// parameter that the pack does not know is not settled.
fn settled(pack: &Pack, facts: &Facts, name: &str) -> Option<Settled> {
    let parameter = pack.parameters.iter().find(|parameter| parameter.name == name)?;
    let written = facts.parameters.get(name).and_then(|text| match parameter.default {
        Settled::Number(_) => text.trim().parse().ok().filter(|number| *number >= 1).map(Settled::Number),
        Settled::YesNo(_) => domain::parse_yes_no(text).map(Settled::YesNo),
    });
    Some(written.unwrap_or(parameter.default))
}

/// The boxes that nobody can have ticked before the day: a planned activity is judged as if they were.
const TICKED_AFTERWARDS: Checks = Checks::of(&[Check::Reflection, Check::Feedback]);

/// Those of the boxes that can be known before the day: an activity that is planned keeps them, and is asked for no others.
pub fn before_the_day(checks: Checks) -> Checks {
    checks.iter().filter(|check| !TICKED_AFTERWARDS.contains(*check)).collect()
}

/// The boxes that count as ticked.
pub(crate) fn ticked(activity: &ActivityFacts, planned: bool) -> Checks {
    if planned { activity.checks.union(TICKED_AFTERWARDS) } else { activity.checks }
}

/// Whether an activity is of the sort that is counted.
pub(crate) fn qualifies(counted: &Counted, activity: &ActivityFacts, planned: bool) -> bool {
    activity.kind == counted.kind
        && (!counted.checklist || ticked(activity, planned).covers(counted.kind.meaningful()))
        && counted.provider_type.is_none_or(|wanted| activity.provider_type == Some(wanted))
        && counted.mode.is_none_or(|wanted| activity.mode == wanted)
}

/// Whether an activity was in person, wholly or in part.
pub(crate) fn is_real(activity: &ActivityFacts) -> bool {
    activity.mode != Mode::Virtual
}

/// A bit for a provider type.
pub(crate) fn type_bit(provider_type: ProviderType) -> u32 {
    1 << provider_type as u32
}

impl CountTest {
    pub(crate) fn with_count(&self, adapted: Option<u32>) -> Self {
        Self { at_least: adapted.unwrap_or(self.at_least), ..self.clone() }
    }
}
