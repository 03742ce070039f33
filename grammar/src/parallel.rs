//! Work on many texts at once.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Works on all items, on as many threads as there are cores; the answers are in the order of the items. `None` where
/// the work panicked: one bad text does not cost the others.
pub fn map<Item: Sync, Answer: Send>(
    items: &[Item],
    work: impl Fn(&Item) -> Answer + Sync,
) -> Vec<Option<Answer>> {
    let survive = |item: &Item| catch_unwind(AssertUnwindSafe(|| work(item))).ok();
    // Many items are small, and taken in portions.
    let portion = (items.len() / PORTIONS).max(1);
    let portions: Vec<&[Item]> = items.chunks(portion).collect();
    let next = AtomicUsize::new(0);
    let answers = Mutex::new(Vec::with_capacity(portions.len()));
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(portions.len());
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some((at, portion)) = take(&portions, &next) {
                    let read: Vec<Option<Answer>> = portion.iter().map(survive).collect();
                    answers.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push((at, read));
                }
            });
        }
    });
    let mut answers = answers.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    answers.sort_by_key(|(at, _)| *at);
    answers.into_iter().flat_map(|(_, read)| read).collect()
}

/// The same for items of which each takes little time: few are worked on at once. What panics does so here.
pub fn each<Item: Sync, Answer: Send>(items: &[Item], work: impl Fn(&Item) -> Answer + Sync) -> Vec<Answer> {
    /// Fewer are done before other threads have begun.
    const MANY: usize = 64;
    if items.len() < MANY {
        return items.iter().map(work).collect();
    }
    let answers = map(items, &work).into_iter().zip(items);
    answers.map(|(answer, item)| answer.unwrap_or_else(|| work(item))).collect()
}

/// As many portions, or more: so many that the threads end at nearly the same time.
const PORTIONS: usize = 256;

fn take<'i, Item>(items: &'i [Item], next: &AtomicUsize) -> Option<(usize, &'i Item)> {
    let at = next.fetch_add(1, Ordering::Relaxed);
    items.get(at).map(|item| (at, item))
}

#[cfg(test)]
mod tests {
    use super::{each, map};

    #[test]
    fn answers_are_in_order() {
        let items: Vec<usize> = (0..1000).collect();
        assert_eq!(map(&items, |item| item * 2), (0..1000).map(|item| Some(item * 2)).collect::<Vec<_>>());
        assert!(map(&[] as &[usize], |item| *item).is_empty());
        assert_eq!(each(&items, |item| item * 2), items.iter().map(|item| item * 2).collect::<Vec<_>>());
    }

    #[test]
    fn a_panic_costs_one_answer() {
        let answers = map(&[1, 2, 3], |item| if *item == 2 { panic!("on purpose") } else { *item });
        assert_eq!(answers, [Some(1), None, Some(3)]);
    }
}
