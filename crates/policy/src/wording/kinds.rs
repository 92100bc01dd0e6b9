use domain::{InstitutionType, Sector};

/// The types that a word of a clause's `for` stands for: a type's own word, or one of these groups.
pub(super) fn kinds_of(word: &str) -> Option<Vec<InstitutionType>> {
    use InstitutionType as T;
    let of = |sector| T::ALL.iter().copied().filter(|kind: &T| kind.sector() == sector).collect();
    Some(match word {
        "schools" => of(Sector::School),
        // Those that sections 42A and 42B of the Education Act 1997 bind.
        "state-schools" => T::ALL.iter().copied().filter(|kind| kind.has_access_duty()).collect(),
        "post-16" => of(Sector::Post16),
        "colleges" => vec![T::SixthFormCollege, T::FeCollege, T::Academy16To19],
        // Those in the further education sector, which section 45 of the Education Act 1997 binds.
        "further-education" => vec![T::SixthFormCollege, T::FeCollege],
        _ => vec![word.parse().ok()?],
    })
}
