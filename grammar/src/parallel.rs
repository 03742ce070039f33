//! Work on many texts at once.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Works on all items, on as many threads as there are cores; the answers are in the order of the items. `None` where
/// the work panicked: one bad text does not cost the others. Within such work, all is done on the one thread.
pub fn map<Item: Sync, Answer: Send>(
    items: &[Item],
    work: impl Fn(&Item) -> Answer + Sync,
) -> Vec<Option<Answer>> {
    in_portions(items, 1, work)
}

/// The same for items of which each takes little time: few are worked on at once. What panics does so here.
pub fn each<Item: Sync, Answer: Send>(items: &[Item], work: impl Fn(&Item) -> Answer + Sync) -> Vec<Answer> {
    /// Fewer are done before other threads have begun.
    const MANY: usize = 64;
    /// So many that the threads end at nearly the same time.
    const PORTIONS: usize = 256;
    if items.len() < MANY {
        return items.iter().map(work).collect();
    }
    let answers = in_portions(items, items.len().div_ceil(PORTIONS), &work).into_iter().zip(items);
    answers.map(|(answer, item)| answer.unwrap_or_else(|| work(item))).collect()
}

fn in_portions<Item: Sync, Answer: Send>(
    items: &[Item],
    portion: usize,
    work: impl Fn(&Item) -> Answer + Sync,
) -> Vec<Option<Answer>> {
    let survive = |item: &Item| catch_unwind(AssertUnwindSafe(|| work(item))).ok();
    let portions: Vec<&[Item]> = items.chunks(portion).collect();
    if portions.len() < 2 || IS_AT_WORK.get() {
        return items.iter().map(survive).collect();
    }
    let next = AtomicUsize::new(0);
    let answers = Mutex::new(Vec::with_capacity(portions.len()));
    let take_portions = || {
        IS_AT_WORK.set(true);
        while let Some((at, portion)) = take(&portions, &next) {
            let read: Vec<Option<Answer>> = portion.iter().map(survive).collect();
            answers.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push((at, read));
        }
        IS_AT_WORK.set(false);
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(portions.len());
    std::thread::scope(|scope| {
        for _ in 1..threads {
            // Where the system gives no further thread, those that there are do the work.
            let _ = std::thread::Builder::new().spawn_scoped(scope, take_portions);
        }
        take_portions();
    });
    let mut answers = answers.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    answers.sort_by_key(|(at, _)| *at);
    answers.into_iter().flat_map(|(_, read)| read).collect()
}

thread_local! {
    /// Whether this thread is one of those that share some work: further threads would only wait for a core.
    static IS_AT_WORK: Cell<bool> = const { Cell::new(false) };
}

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
