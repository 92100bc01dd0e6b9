use domain::{ActivityIndex, Date, LearnerIndex, ParticipationStatus, ProviderType};
use jiff::ToSpan;

use crate::{
    book::Book,
    draft,
    name::{COLLEGES, EMPLOYERS, SIXTH_FORMS, TRAINING_PROVIDERS, UNIVERSITIES},
    term,
};

/// Subjects that everybody was asked for before September 2025, whatever their own list says.
const FOR_EVERYBODY: [&str; 4] = ["English", "Mathematics", "Science", "PSHE"];

/// A programme of one learner's own that holds everything that any requirement asks for, on consecutive school days from
/// `from`: how the academy brings a late joiner up to date. Its last day is returned.
pub(super) fn whole_programme(
    book: &mut Book,
    learner: LearnerIndex,
    subjects: &[String],
    from: Date,
    status: ParticipationStatus,
) -> Date {
    let mut date = from;
    let mut next_day = || {
        let today = date;
        let tomorrow = date.saturating_add(1.day());
        date = term::school_day(domain::Calendar::default().year_of(today), tomorrow.month(), tomorrow.day());
        today
    };
    let mut held = vec![
        draft::access("Joiners' programme: college", next_day(), COLLEGES[0], ProviderType::College),
        draft::access(
            "Joiners' programme: training provider",
            next_day(),
            TRAINING_PROVIDERS[0],
            ProviderType::TrainingProvider,
        ),
        draft::provider("Joiners' programme: sixth form", next_day(), SIXTH_FORMS[0], ProviderType::SixthForm),
        draft::provider("Joiners' programme: university", next_day(), UNIVERSITIES[0], ProviderType::University),
        draft::provider("Joiners' programme: second university", next_day(), UNIVERSITIES[1], ProviderType::University),
        draft::workplace("Joiners' programme: two days at work", next_day(), EMPLOYERS[0], 15),
        draft::workplace("Joiners' programme: two days at another workplace", next_day(), EMPLOYERS[1], 15),
        draft::employer("Joiners' programme: an employer", next_day(), EMPLOYERS[2]),
        draft::labour_market("Joiners' programme: labour market", next_day()),
        draft::guidance("Joiners' programme: guidance meeting", next_day()),
    ];
    let mut named: Vec<&str> = FOR_EVERYBODY.to_vec();
    named.extend(subjects.iter().map(String::as_str).filter(|name| !FOR_EVERYBODY.contains(name)));
    for subject in named {
        held.push(draft::curriculum(format!("Joiners' programme: careers in {subject}"), date, subject));
    }
    for activity in held {
        let index: ActivityIndex = book.hold(activity);
        book.note(learner, index, status);
    }
    date
}
