use std::collections::{BTreeMap, BTreeSet};

use domain::*;

use super::{Edition, Oracle};

/// The condition of one requirement for one learner.
pub(crate) struct Condition<'a> {
    oracle: &'a Oracle<'a>,
    learner: usize,
    id: String,
    /// The number asked for, where there is one.
    count: u32,
    subjects: Vec<String>,
}

/// `None` where no subjects are asked about.
pub(crate) fn condition<'a>(
    oracle: &'a Oracle<'a>,
    learner: usize,
    id: &str,
    adapted: Option<u32>,
) -> Option<Condition<'a>> {
    let subjects = if id == "bm4.1" { subjects(oracle, learner) } else { Vec::new() };
    if id == "bm4.1" && subjects.is_empty() {
        return None;
    }
    let number = |name: &str, default: u32| {
        let written = oracle.records.institution.parameters.get(name);
        written.and_then(|text| text.parse().ok()).unwrap_or(default)
    };
    let count = match (oracle.edition(), id) {
        (Edition::Post16, "bm5.1") => 2,
        (Edition::Post16, "bm7.1") => number("bm7-range", 2),
        (Edition::Schools2025, "bm6.1") => number("bm6-by-16", 2),
        (_, "bm7.1") => 4,
        (_, "bm7.2") => 2,
        (_, "wex.ks3") => number("wex-ks3-hours", 25),
        (_, "wex.ks4") => number("wex-ks4-hours", 25),
        _ => 1,
    };
    Some(Condition { oracle, learner, id: id.to_owned(), count: adapted.unwrap_or(count), subjects })
}

fn subjects(oracle: &Oracle<'_>, learner: usize) -> Vec<String> {
    if oracle.edition() == Edition::Schools2018 {
        return ["english", "mathematics", "science", "pshe"].map(String::from).to_vec();
    }
    let own = &oracle.records.learners[learner].subjects;
    let group = YearGroup::new(oracle.years.group_on(learner, oracle.as_of));
    let list = if own.is_empty() {
        oracle.records.institution.subjects.get(&group).cloned().unwrap_or_default()
    } else {
        own.clone()
    };
    list.iter().map(|name| same_name(name)).collect()
}

pub(crate) fn is_pal(activity: &Activity) -> bool {
    let boxes = [
        Check::ApprovedProvider,
        Check::SchoolDay,
        Check::PalOffer,
        Check::PalCareers,
        Check::PalExperience,
        Check::PalQuestions,
    ];
    activity.kind == Kind::ProviderEncounter
        && boxes.iter().all(|b| activity.checks.contains(*b))
        && !organisation(activity).is_empty()
}

fn organisation(activity: &Activity) -> String {
    same_name(activity.organisation.as_deref().unwrap_or(""))
}

fn is_virtual(activity: &Activity) -> bool {
    activity.mode == Mode::Virtual
}

impl Condition<'_> {
    fn virtual_alone_counts(&self) -> bool {
        let parameter = self.oracle.records.institution.parameters.get("virtual-alone-counts");
        self.oracle.edition() == Edition::Schools2018 || parameter.is_some_and(|text| text == "yes" || text == "true")
    }

    fn is_meaningful(&self, activity: &Activity) -> bool {
        use Check::*;
        let boxes: &[Check] = match activity.kind {
            Kind::EmployerEncounter => &[PurposeShared, OutcomesFit, TwoWay, Reflection],
            Kind::WorkplaceExperience => {
                &[PurposeShared, OutcomesFit, TwoWay, RangeOfPeople, Task, Feedback, Reflection]
            }
            Kind::ProviderEncounter => {
                &[PurposeShared, OutcomesFit, TwoWay, ProviderInformation, LearningDescribed, Reflection]
            }
            _ => &[],
        };
        self.oracle.edition() == Edition::Schools2018 || boxes.iter().all(|b| activity.checks.contains(*b))
    }

    /// Of the right sort, whenever it was.
    fn right_sort(&self, a: &Activity) -> bool {
        match self.id.as_str() {
            "bm2.1" | "bm2.1.ks3" | "bm2.1.ks4" | "bm2.1.ks5" => a.kind == Kind::LabourMarket,
            "bm4.1" => {
                a.kind == Kind::Curriculum && self.subjects.contains(&same_name(a.subject.as_deref().unwrap_or("")))
            }
            "bm5.1" | "bm5.1.all" => a.kind == Kind::EmployerEncounter && self.is_meaningful(a),
            "bm6.1" | "bm6.2" => a.kind == Kind::WorkplaceExperience && self.is_meaningful(a),
            "bm7.1" => a.kind == Kind::ProviderEncounter && self.is_meaningful(a) && a.provider_type.is_some(),
            "bm7.2" => {
                a.kind == Kind::ProviderEncounter
                    && self.is_meaningful(a)
                    && a.provider_type == Some(ProviderType::University)
                    && (a.mode == Mode::InPerson || self.oracle.edition() == Edition::Schools2018)
            }
            "bm8.1" | "bm8.2" => a.kind == Kind::GuidanceMeeting && a.checks.contains(Check::QualifiedAdviser),
            "pal.first" | "pal.second" | "pal.third" => is_pal(a),
            "wex.ks3" | "wex.ks4" => a.kind == Kind::WorkplaceExperience,
            "ehcp.pfa" => false,
            other => panic!("{other}"),
        }
    }

    fn within(&self, activities: &[Activity], (first, last): (Date, Date)) -> Vec<Activity> {
        activities.iter().filter(|a| self.right_sort(a) && first <= a.date && a.date <= last).cloned().collect()
    }

    /// Employer encounters of a span of days that count, virtual ones only beside one in person.
    fn employer_encounters(&self, activities: &[Activity], span: (Date, Date)) -> Vec<Activity> {
        let years = &self.oracle.years;
        let beside = |a: &Activity| {
            activities.iter().any(|other| {
                let together = if self.oracle.edition() == Edition::Post16 {
                    let (starts, ends) = self.oracle.programme(self.learner);
                    starts <= other.date && other.date <= ends
                } else {
                    let stage = years.key_stage_on(self.learner, a.date);
                    stage.is_some() && stage == years.key_stage_on(self.learner, other.date)
                };
                self.right_sort(other) && !is_virtual(other) && together
            })
        };
        self.within(activities, span)
            .into_iter()
            .filter(|a| !is_virtual(a) || self.virtual_alone_counts() || beside(a))
            .collect()
    }

    /// The academic years that `bm5.1.all` asks about.
    fn years_asked(&self) -> Vec<i16> {
        let years = &self.oracle.years;
        let joined = self.oracle.records.learners[self.learner].joined;
        let current = years.of(self.oracle.as_of);
        let joining = years.of(joined);
        let mut asked: Vec<i16> = (1990..=current)
            .filter(|year| (1990..=*year).any(|earlier| years.group(self.learner, earlier) >= 7))
            .filter(|year| *year >= joining)
            .filter(|year| *year != joining || joined <= jiff::civil::date(joining, 12, 31))
            .collect();
        if asked.is_empty() {
            asked.push(current);
        }
        asked
    }

    fn year_held(&self, activities: &[Activity], year: i16) -> bool {
        let span = (self.oracle.years.first_day(year), self.oracle.years.last_day(year));
        !self.employer_encounters(activities, span).is_empty()
    }

    pub(crate) fn past_year_missed(&self, activities: &[Activity]) -> bool {
        let current = self.oracle.years.of(self.oracle.as_of);
        self.id == "bm5.1.all" && self.years_asked().into_iter().any(|y| y != current && !self.year_held(activities, y))
    }

    /// References of what counts, in order of date, then reference.
    pub(crate) fn counting(&self, activities: &[Activity]) -> Vec<String> {
        let counting = match self.id.as_str() {
            "bm5.1" => self.employer_encounters(activities, self.oracle.window(self.learner, &self.id)),
            "bm5.1.all" => {
                let (first, last) = (self.years_asked()[0], self.oracle.years.of(self.oracle.as_of));
                let span = (self.oracle.years.first_day(first), self.oracle.years.last_day(last));
                self.employer_encounters(activities, span)
            }
            _ => self.within(activities, self.oracle.window(self.learner, &self.id)),
        };
        counting.into_iter().map(|a| a.reference).collect()
    }

    /// Whether it holds with these activities, and with the reviews up to `by`.
    pub(crate) fn holds(&self, activities: &[Activity], by: Date) -> bool {
        let window = self.oracle.window(self.learner, &self.id);
        let counting = self.within(activities, window);
        let dates: BTreeSet<Date> = counting.iter().map(|a| a.date).collect();
        let not_virtual_alone = self.virtual_alone_counts() || counting.iter().any(|a| !is_virtual(a));
        let enough = |number: usize| number as u32 >= self.count;
        match (self.oracle.edition(), self.id.as_str()) {
            (_, "ehcp.pfa") => self.oracle.records.reviews.iter().any(|r| {
                r.learner.0 as usize == self.learner
                    && r.preparing_for_adulthood
                    && window.0 <= r.date
                    && r.date <= window.1
                    && r.date <= by
            }),
            (_, "bm4.1") => self
                .subjects
                .iter()
                .all(|s| counting.iter().any(|a| same_name(a.subject.as_deref().unwrap_or("")) == *s)),
            (Edition::Post16, "bm5.1") => {
                let encounters = self.employer_encounters(activities, window);
                enough(encounters.len()) && encounters.iter().any(|a| a.through == Some(Through::CurriculumArea))
            }
            (_, "bm5.1") => enough(self.employer_encounters(activities, window).len()),
            (_, "bm5.1.all") => self.years_asked().into_iter().all(|year| self.year_held(activities, year)),
            (Edition::Post16, "bm6.1") | (_, "bm6.2") => enough(counting.len()) && not_virtual_alone,
            (_, "bm6.1") => enough(dates.len()) && not_virtual_alone,
            (_, "bm7.1") => {
                let types: BTreeSet<ProviderType> = counting.iter().filter_map(|a| a.provider_type).collect();
                enough(types.len()) && not_virtual_alone
            }
            (_, "bm7.2") => enough(dates.len()),
            (_, "pal.first" | "pal.second" | "pal.third") => {
                let mut met: BTreeMap<Date, BTreeSet<String>> = BTreeMap::new();
                for activity in &counting {
                    met.entry(activity.date).or_default().insert(organisation(activity));
                }
                met.values().any(|a| met.values().any(|b| a != b))
            }
            (_, "wex.ks3" | "wex.ks4") => {
                counting.iter().filter_map(|a| a.hours).sum::<Hours>() >= Hours::whole(self.count)
            }
            _ => enough(counting.len()),
        }
    }
}
