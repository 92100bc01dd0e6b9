use std::ops::Range;

use crate::facts::Taken;

/// One learner's participations, run through the segments.
#[derive(Debug)]
pub(super) struct Tracks {
    /// For each segment, the masks of its participations joined.
    joined: Vec<u64>,
    /// For each segment, how many of the learner's participations come before it; and one more for the end.
    pub(super) starts: Vec<u32>,
    /// The participations to be looked at one by one.
    details: Vec<Taken>,
    detail_count: usize,
    detail: u64,
}

impl Tracks {
    pub(super) fn new(segments: usize, detail: u64) -> Self {
        Self { joined: vec![0; segments], starts: vec![0; segments + 1], details: Vec::new(), detail_count: 0, detail }
    }

    /// Kept out of its caller: on its own the loop has the registers to itself.
    #[inline(never)]
    pub(super) fn run(&mut self, taken: &[Taken], masks: &[u64], segment_ends: &[u32]) {
        if self.details.len() < taken.len() {
            self.details.resize(taken.len(), Taken::attended(0));
        }
        let details = &mut self.details[..taken.len()];
        let detail = self.detail;
        let (mut at, mut count) = (0, 0);
        for ((joined, start), end) in self.joined.iter_mut().zip(&mut self.starts).zip(segment_ends) {
            *start = at as u32;
            let mut all = 0;
            while let Some(entry) = taken.get(at)
                && entry.bits() < *end
            {
                let mask = masks[entry.bits() as usize];
                all |= mask;
                // Written always and kept if wanted: cheaper than a branch that cannot be foreseen.
                details[count] = *entry;
                count += usize::from(mask & detail != 0);
                at += 1;
            }
            *joined = all;
        }
        if let Some(end) = self.starts.last_mut() {
            *end = at as u32;
        }
        self.detail_count = count;
    }

    /// The masks of these segments joined.
    pub(super) fn join(&self, segments: &Range<usize>) -> u64 {
        self.joined[segments.clone()].iter().fold(0, |all, joined| all | joined)
    }

    /// Those participations of these segments that have this bit, in order.
    pub(super) fn details<'a>(&'a self, masks: &'a [u64], bit: u64, ends: Ends) -> impl Iterator<Item = Taken> + 'a {
        self.details[..self.detail_count].iter().copied().filter(move |taken| {
            (ends.from..ends.until).contains(&taken.bits()) && masks[taken.bits() as usize] & bit != 0
        })
    }
}

/// A stretch of segments as four bytes of participations.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ends {
    pub(super) from: u32,
    pub(super) until: u32,
}
