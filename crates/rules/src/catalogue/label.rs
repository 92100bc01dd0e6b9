use crate::pack::{Area, Force};

/// What part of careers work a requirement belongs to, in words.
pub const fn area_label(area: Area) -> &'static str {
    match area {
        Area::Benchmark(1) => "Benchmark 1: a stable careers programme",
        Area::Benchmark(2) => "Benchmark 2: learning from career and labour market information",
        Area::Benchmark(3) => "Benchmark 3: addressing the needs of each young person",
        Area::Benchmark(4) => "Benchmark 4: linking curriculum learning to careers",
        Area::Benchmark(5) => "Benchmark 5: encounters with employers and employees",
        Area::Benchmark(6) => "Benchmark 6: experiences of workplaces",
        Area::Benchmark(7) => "Benchmark 7: encounters with further and higher education",
        Area::Benchmark(_) => "Benchmark 8: personal guidance",
        Area::ProviderAccess => "Provider access",
        Area::WorkExperience => "Work experience",
        Area::Ehcp => "Education, health and care plans",
        Area::Publication => "Publication",
        Area::Policy => "Careers policy",
    }
}

/// How strongly something is asked, in a word or two for a person.
pub const fn force_label(force: Force) -> &'static str {
    match force {
        Force::Must => "Must",
        Force::Regard => "Have regard",
        Force::Should => "Should",
        Force::Best => "Good practice",
    }
}

/// What it means that something is asked this strongly.
pub const fn force_about(force: Force) -> &'static str {
    match force {
        Force::Must => "Law or a funding condition binds the institution.",
        Force::Regard => "Statutory guidance: it is followed unless there is a good reason, which is recorded.",
        Force::Should => "It is recommended.",
        Force::Best => "It is good practice in the sector, and optional.",
    }
}

/// How sure a fact is, by the letter of a source.
pub const fn evidence_label(evidence: char) -> &'static str {
    match evidence {
        'V' => "read in the document itself",
        'S' => "read in a source that restates it",
        'K' => "general knowledge; a value to check",
        _ => "inferred; a value to check",
    }
}
