//! Messages on their way to the client.
//!
//! Whoever has something to say puts it here, in order, and goes on; one thread writes. A client that stops reading
//! stops what may wait for it, so that memory stays bounded.

use std::collections::VecDeque;
use std::io::{self, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::Serialize;

use super::{framing, pool};

/// Bytes that may wait to be written before the server stops listening.
const MOST_BYTES: usize = 32 * 1024 * 1024;

/// The queue of messages; clones share it.
#[derive(Clone, Default)]
pub(super) struct Outbox {
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    queue: Mutex<Queue>,
    /// Signalled when messages are put in or written, and at the end.
    changed: Condvar,
    /// Signalled when the last of the answers that were promised, or of the messages that were announced, is put in, and at the end.
    kept: Condvar,
}

#[derive(Default)]
struct Queue {
    messages: VecDeque<Arc<Vec<u8>>>,
    /// Bytes of the messages, and of the one that is being written.
    bytes: usize,
    /// Answers that the client waits for and that are soon put in.
    promised: usize,
    /// Messages that nobody has asked for and that are soon put in.
    announced: usize,
    /// How many threads of the pool wait for answers.
    waiting: usize,
    /// Nothing more will be put in, or nobody reads any more.
    closed: bool,
}

/// A message that is soon put in; until this is dropped.
pub(super) struct Promise {
    outbox: Outbox,
    /// Where it is counted.
    count: fn(&mut Queue) -> &mut usize,
}

impl Drop for Promise {
    fn drop(&mut self) {
        let mut queue = self.outbox.lock();
        let count = (self.count)(&mut queue);
        *count -= 1;
        if *count == 0 {
            self.outbox.shared.kept.notify_all();
        }
    }
}

#[derive(Serialize)]
struct Notification<'m, Params> {
    jsonrpc: &'static str,
    method: &'m str,
    params: Params,
}

impl Outbox {
    /// Puts a message in.
    pub(super) fn send(&self, message: &impl Serialize) {
        // Every message is made of the protocol's types, which are JSON.
        if let Ok(body) = serde_json::to_vec(message) {
            self.put(body);
        }
    }

    /// Puts a message in that is JSON already.
    pub(super) fn put(&self, body: impl Into<Arc<Vec<u8>>>) {
        let body = body.into();
        let mut queue = self.lock();
        if !queue.closed {
            queue.bytes += body.len();
            queue.messages.push_back(body);
            self.shared.changed.notify_all();
        }
    }

    /// Puts a notification in.
    pub(super) fn notify(&self, method: &str, params: impl Serialize) {
        self.send(&Notification { jsonrpc: "2.0", method, params });
    }

    /// Says that an answer will be put in.
    pub(super) fn promise(&self) -> Promise {
        self.counted(|queue| &mut queue.promised)
    }

    /// Says that a message will be put in that nobody has asked for.
    pub(super) fn announce(&self) -> Promise {
        self.counted(|queue| &mut queue.announced)
    }

    fn counted(&self, count: fn(&mut Queue) -> &mut usize) -> Promise {
        *count(&mut self.lock()) += 1;
        Promise { outbox: self.clone(), count }
    }

    /// Waits on a thread of the pool until the answers that were promised are put in, but not for long: what nobody has asked
    /// for comes after them. One thread never waits, since the answers are made on these threads.
    pub(super) fn wait_for_answers(&self, patience: Duration) {
        if patience.is_zero() {
            return;
        }
        // What was asked may not even be read yet: the thread that reads it may wait for the very core that this runs on.
        std::thread::yield_now();
        let mut queue = self.lock();
        if queue.waiting + 1 < pool::threads() {
            queue.waiting += 1;
            self.wait_while(queue, patience, |queue| queue.promised > 0).waiting -= 1;
        }
    }

    /// Waits until all that was promised or announced is put in, but not for long: for who works for nobody in particular. It does
    /// not yield the core: who does so again and again beside a busy program loses much of his time.
    pub(super) fn give_way(&self, patience: Duration) {
        drop(self.wait_while(self.lock(), patience, |queue| queue.promised + queue.announced > 0));
    }

    fn wait_while<'q>(
        &self,
        queue: MutexGuard<'q, Queue>,
        patience: Duration,
        is_due: impl Fn(&Queue) -> bool,
    ) -> MutexGuard<'q, Queue> {
        let is_due = |queue: &mut Queue| is_due(queue) && !queue.closed;
        let waited = self.shared.kept.wait_timeout_while(queue, patience, is_due);
        waited.unwrap_or_else(PoisonError::into_inner).0
    }

    /// Waits until the client has read enough of what it was sent.
    pub(super) fn wait_for_room(&self) {
        let queue = self.lock();
        let full = |queue: &mut Queue| queue.bytes > MOST_BYTES && !queue.closed;
        drop(self.shared.changed.wait_while(queue, full).unwrap_or_else(PoisonError::into_inner));
    }

    /// Waits until everything is written, but not for ever: the client may be gone.
    pub(super) fn flush(&self, patience: Duration) {
        let queue = self.lock();
        let busy = |queue: &mut Queue| queue.bytes > 0 && !queue.closed;
        drop(self.shared.changed.wait_timeout_while(queue, patience, busy));
    }

    /// Writes what is put in, for as long as the client reads.
    pub(super) fn write_to(&self, mut stream: impl Write) {
        while let Some(messages) = self.take() {
            if write_all(&mut stream, &messages).is_err() {
                break;
            }
            let mut queue = self.lock();
            queue.bytes -= messages.iter().map(|message| message.len()).sum::<usize>();
            self.shared.changed.notify_all();
        }
        let mut queue = self.lock();
        queue.closed = true;
        queue.messages.clear();
        self.shared.changed.notify_all();
        self.shared.kept.notify_all();
    }

    /// All messages that wait, as soon as there are some.
    pub(super) fn take(&self) -> Option<VecDeque<Arc<Vec<u8>>>> {
        let queue = self.lock();
        let idle = |queue: &mut Queue| queue.messages.is_empty() && !queue.closed;
        let mut queue = self.shared.changed.wait_while(queue, idle).unwrap_or_else(PoisonError::into_inner);
        (!queue.messages.is_empty()).then(|| std::mem::take(&mut queue.messages))
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        // The queue is whole between any two statements that change it.
        self.shared.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn write_all(stream: &mut impl Write, messages: &VecDeque<Arc<Vec<u8>>>) -> io::Result<()> {
    for message in messages {
        framing::write(stream, message)?;
    }
    stream.flush()
}

#[cfg(test)]
mod tests {
    use std::io::{self, Write};
    use std::time::{Duration, Instant};

    use super::{Outbox, pool};

    /// Nothing that is waited for takes so long.
    const LONG: Duration = Duration::from_secs(100);

    #[test]
    fn what_nobody_asked_for_waits_for_answers_but_not_for_ever() {
        let outbox = Outbox::default();
        let (one, other) = (outbox.promise(), outbox.promise());
        drop(one);
        outbox.wait_for_answers(Duration::from_millis(1));
        assert_eq!(outbox.lock().promised, 1);
        let answer = outbox.clone();
        let answering = std::thread::spawn(move || {
            answer.put(b"{}".to_vec());
            drop(other);
        });
        let begun = Instant::now();
        outbox.wait_for_answers(LONG);
        assert!(begun.elapsed() < LONG && outbox.lock().promised == 0);
        assert_eq!(outbox.take().map(|messages| messages.len()), Some(1));
        answering.join().expect("it answers");
    }

    #[test]
    fn a_thread_of_the_pool_is_left_for_answers() {
        let outbox = Outbox::default();
        let _promise = outbox.promise();
        let begun = Instant::now();
        outbox.lock().waiting = pool::threads() - 1;
        outbox.wait_for_answers(LONG);
        assert!(begun.elapsed() < LONG);
        let begun = Instant::now();
        outbox.lock().waiting = pool::threads() - 2;
        outbox.wait_for_answers(Duration::from_millis(20));
        assert!(begun.elapsed() >= Duration::from_millis(20));
        assert_eq!(outbox.lock().waiting, pool::threads() - 2);
    }

    #[test]
    fn only_who_works_for_nobody_waits_for_what_nobody_asked_for() {
        let outbox = Outbox::default();
        let announced = outbox.announce();
        let begun = Instant::now();
        outbox.wait_for_answers(LONG);
        outbox.give_way(Duration::from_millis(1));
        assert_eq!(outbox.lock().announced, 1);
        let publication = outbox.clone();
        let publishing = std::thread::spawn(move || {
            publication.put(b"{}".to_vec());
            drop(announced);
        });
        outbox.give_way(LONG);
        assert!(begun.elapsed() < LONG && outbox.lock().announced == 0);
        assert_eq!(outbox.take().map(|messages| messages.len()), Some(1));
        publishing.join().expect("it publishes");
    }

    /// A client that is gone.
    struct Gone;

    impl Write for Gone {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_client_that_is_gone_stops_nobody() {
        let outbox = Outbox::default();
        outbox.send(&"x".repeat(super::MOST_BYTES));
        outbox.send(&"y");
        outbox.write_to(Gone);
        outbox.wait_for_room();
        outbox.flush(Duration::from_secs(600));
        outbox.send(&"z");
        assert!(outbox.take().is_none());
    }
}
