/// Repeatable randomness: the same label gives the same numbers for ever, on every machine.
///
/// The generator is xoshiro256** seeded by splitmix64. It is our own because the demo's bytes must not change when a
/// dependency improves its algorithms.
pub(crate) struct Random {
    state: [u64; 4],
}

impl Random {
    /// The stream with this label. Separate labels keep a change in one part of the demo from reshuffling all others.
    pub(crate) fn of(label: &str) -> Self {
        // FNV-1a over the label.
        let mut seed = label
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        let mut split = || {
            seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = seed;
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            z ^ (z >> 31)
        };
        Self { state: [split(), split(), split(), split()] }
    }

    fn next(&mut self) -> u64 {
        let [a, b, c, d] = self.state;
        let result = b.wrapping_mul(5).rotate_left(7).wrapping_mul(9);
        let (c, d) = (c ^ a, d ^ b);
        self.state = [a ^ d, b ^ c, c ^ (b << 17), d.rotate_left(45)];
        result
    }

    /// A number from 0 to one less than `bound`, which is not 0.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        // The slight bias of multiply-and-shift does not matter at these sizes.
        ((u128::from(self.next()) * bound as u128) >> 64) as usize
    }

    /// Yes, this often in a thousand.
    pub(crate) fn chance(&mut self, per_mille: usize) -> bool {
        self.below(1000) < per_mille
    }

    /// One of `items`, which is not empty.
    pub(crate) fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }

    /// `items` in another order.
    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_label_gives_the_same_numbers() {
        let numbers = |label| {
            let mut random = Random::of(label);
            [random.below(1000), random.below(1000), random.below(1000)]
        };
        assert_eq!(numbers("academy"), numbers("academy"));
        assert_ne!(numbers("academy"), numbers("college"));
    }

    #[test]
    fn chances_come_true_about_as_often_as_they_say() {
        let mut random = Random::of("chances");
        let hits = (0..10_000).filter(|_| random.chance(250)).count();
        assert!((2300..2700).contains(&hits), "{hits}");
    }
}
