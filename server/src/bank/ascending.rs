//! Ascending numbers, packed: a bank holds some hundred hashes of each story.

/// Ascending numbers, each once. Their differences are Rice codes: as many ones as its high bits say, a zero, and its low
/// bits. For hashes that are spread evenly this is within half a bit of the least that they can take.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Ascending {
    /// How many low bits each code has, then the codes from the lowest bit of a byte to its highest; ones fill up the last
    /// byte, which are no code.
    packed: Box<[u8]>,
}

/// As many bits as can be looked at in one go, wherever they begin in a byte.
const AT_ONCE: u32 = 56;

impl Ascending {
    /// Packs numbers that are sorted, and none of them twice.
    pub(super) fn pack(numbers: &[u32]) -> Self {
        let Some(last) = numbers.last() else { return Self::default() };
        let average = u64::from(*last) / numbers.len() as u64;
        let low = average.checked_ilog2().unwrap_or_default();
        let mut codes = Codes { bytes: vec![low.to_le_bytes()[0]], pending: 0, bits: 0 };
        let mut next = 0;
        for number in numbers {
            let difference = number - next;
            for _ in 0..difference >> low {
                codes.push(1, 1);
            }
            codes.push(0, 1);
            codes.push(u64::from(difference) & ((1 << low) - 1), low);
            next = number.saturating_add(1);
        }
        Self { packed: codes.finish().as_slice().into() }
    }

    /// The numbers, in ascending order.
    pub(super) fn iter(&self) -> impl Iterator<Item = u32> {
        let (low, codes) = self.packed.split_first().map_or((0, &[][..]), |(low, codes)| (*low, codes));
        let mut reader = Reader { codes, at: 0 };
        let mut next = 0u32;
        std::iter::from_fn(move || {
            let number = next + reader.read(u32::from(low))?;
            next = number.saturating_add(1);
            Some(number)
        })
    }

    /// Memory on the heap, in bytes.
    pub(super) fn heap(&self) -> usize {
        self.packed.len()
    }
}

/// Codes in the making.
struct Codes {
    bytes: Vec<u8>,
    /// Bits that do not fill a byte yet.
    pending: u64,
    bits: u32,
}

impl Codes {
    fn push(&mut self, value: u64, bits: u32) {
        self.pending |= value << self.bits;
        self.bits += bits;
        while self.bits >= 8 {
            self.bytes.push(self.pending.to_le_bytes()[0]);
            self.pending >>= 8;
            self.bits -= 8;
        }
    }

    fn finish(mut self) -> Vec<u8> {
        if self.bits > 0 {
            self.push(0xff, 8 - self.bits);
        }
        self.bytes
    }
}

struct Reader<'c> {
    codes: &'c [u8],
    /// The next bit.
    at: usize,
}

impl Reader<'_> {
    /// The next difference; `None` at the end.
    fn read(&mut self, low: u32) -> Option<u32> {
        let mut high = 0;
        loop {
            let ones = self.window().trailing_ones().min(AT_ONCE);
            high += ones;
            self.at += ones as usize;
            if self.at >= self.codes.len() * 8 {
                return None;
            }
            if ones < AT_ONCE {
                break;
            }
        }
        self.at += 1;
        let rest = self.window() & ((1 << low) - 1);
        self.at += low as usize;
        Some(high << low | rest as u32)
    }

    /// The bits from here on, [`AT_ONCE`] of them at least; zeros behind the last.
    fn window(&self) -> u64 {
        let rest = self.codes.get(self.at / 8..).unwrap_or_default();
        let mut bytes = [0; 8];
        let length = rest.len().min(8);
        bytes[..length].copy_from_slice(&rest[..length]);
        u64::from_le_bytes(bytes) >> (self.at % 8)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::Ascending;

    fn check(numbers: &BTreeSet<u32>) {
        let numbers: Vec<u32> = numbers.iter().copied().collect();
        assert_eq!(Ascending::pack(&numbers).iter().collect::<Vec<_>>(), numbers);
    }

    proptest! {
        #[test]
        fn numbers_come_back(
            mut numbers in prop::collection::btree_set(0..1u32 << 24, 0..300),
            few in prop::collection::btree_set(0..9u32, 0..9),
        ) {
            check(&numbers);
            numbers.extend(few);
            check(&numbers);
        }
    }

    #[test]
    fn the_least_and_the_greatest_come_back() {
        for numbers in [&[0][..], &[0, 1, 2], &[u32::MAX], &[0, u32::MAX], &[0, 1, 2, 3, 4, 5, 6, 7, 1 << 20]]
        {
            check(&numbers.iter().copied().collect());
        }
    }

    #[test]
    fn hashes_take_little() {
        let numbers: Vec<u32> = (0..180).map(|number| number * 93_000 + number * number % 50_000).collect();
        assert!(Ascending::pack(&numbers).heap() < 180 * 19 / 8);
    }
}
