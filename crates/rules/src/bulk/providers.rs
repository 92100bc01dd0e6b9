/// The set of organisations met on a day. Rarely more than a few, so the first ones are kept in place.
#[derive(Debug, Default)]
pub(super) struct Providers {
    few: [u32; 6],
    count: usize,
    others: Vec<u32>,
}

impl Providers {
    pub(super) fn add(&mut self, organisation: u32) {
        if self.contains(organisation) {
            return;
        }
        if let Some(place) = self.few.get_mut(self.count) {
            *place = organisation;
            self.count += 1;
        } else {
            self.others.push(organisation);
        }
    }

    fn contains(&self, organisation: u32) -> bool {
        self.few[..self.count].contains(&organisation) || self.others.contains(&organisation)
    }

    pub(super) fn is_same_as(&self, other: &Self) -> bool {
        self.count == other.count
            && self.others.len() == other.others.len()
            && self.few[..self.count].iter().chain(&self.others).all(|organisation| other.contains(*organisation))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(organisations: impl IntoIterator<Item = u32>) -> Providers {
        let mut providers = Providers::default();
        organisations.into_iter().for_each(|organisation| providers.add(organisation));
        providers
    }

    #[test]
    fn sets_are_the_same_in_any_order_and_however_often_one_was_met() {
        assert!(set([1, 2, 1]).is_same_as(&set([2, 1])));
        assert!(!set([1, 2]).is_same_as(&set([1])));
        assert!(!set([1]).is_same_as(&set([1, 2])));
        assert!(!set([1, 2]).is_same_as(&set([1, 3])));
        assert!(set(0..20).is_same_as(&set((0..20).rev())));
        assert!(!set(0..20).is_same_as(&set(1..21)));
    }
}
