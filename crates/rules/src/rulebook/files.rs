/// The files of the rulebook, relative to its folder: what the binary embeds and what [`super::Rulebook::load`] is given.
/// A test compares this list with the folder.
pub const RULEBOOK_FILES: &[&str] = &[
    "documents.toml",
    "calendar.toml",
    "england-schools-2018/pack.toml",
    "england-schools-2018/changes.toml",
    "england-schools-2025/pack.toml",
    "england-schools-2025/benchmarks.toml",
    "england-schools-2025/provider-access.toml",
    "england-schools-2025/work-experience.toml",
    "england-schools-2025/ehcp.toml",
    "england-schools-2025/benchmarks-whole-school.toml",
    "england-schools-2025/publication.toml",
    "england-schools-2025/policy.toml",
    "england-post16-2025/pack.toml",
    "england-post16-2025/benchmarks.toml",
    "england-post16-2025/changes.toml",
];
