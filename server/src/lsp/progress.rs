//! How far a scan has come, for clients that show it.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Value, json};
use tower_lsp::Client;
use tower_lsp::ls_types::request::WorkDoneProgressCreate;
use tower_lsp::ls_types::{ProgressToken, WorkDoneProgressCreateParams};

use super::outbox::Outbox;

/// The progress of one scan.
pub(super) struct Progress {
    token: String,
    outbox: Outbox,
    state: Mutex<State>,
    cancelled: AtomicBool,
    /// What was said last.
    percentage: AtomicU32,
}

/// What the client knows of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Nothing yet: it was asked whether it wants to know.
    Asked,
    /// That it has begun.
    Begun,
    /// That it is over, or nothing.
    Over,
}

impl Progress {
    /// Asks the client to show the progress of a scan; it is shown once the client agrees.
    pub(super) fn start(number: u32, client: Client, outbox: Outbox) -> Arc<Self> {
        let progress = Arc::new(Self {
            token: format!("starling/scan/{number}"),
            outbox,
            state: Mutex::new(State::Asked),
            cancelled: AtomicBool::new(false),
            percentage: AtomicU32::new(0),
        });
        let shown = progress.clone();
        tokio::spawn(async move {
            let params = WorkDoneProgressCreateParams { token: ProgressToken::String(shown.token.clone()) };
            if client.send_request::<WorkDoneProgressCreate>(params).await.is_ok() {
                shown.begin();
            }
        });
        progress
    }

    /// Tells how many files are read, of how many.
    pub(super) fn report(&self, read: usize, files: usize) {
        let percentage = u32::try_from(read * 100 / files.max(1)).unwrap_or(100);
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if *state == State::Begun && self.percentage.swap(percentage, Ordering::Relaxed) != percentage {
            let message = format!("{read} of {files} files");
            self.say(&json!({ "kind": "report", "message": message, "percentage": percentage }));
        }
    }

    /// Tells that the scan is over.
    pub(super) fn end(&self) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if std::mem::replace(&mut *state, State::Over) == State::Begun {
            self.say(&json!({ "kind": "end" }));
        }
    }

    /// Takes a wish of the user to end a scan, if it is about this one.
    pub(super) fn cancel(&self, token: &ProgressToken) {
        if matches!(token, ProgressToken::String(token) if *token == self.token) {
            self.cancelled.store(true, Ordering::Relaxed);
        }
    }

    /// Whether the user does not want the scan.
    pub(super) fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    fn begin(&self) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if *state == State::Asked {
            *state = State::Begun;
            let begin =
                json!({ "kind": "begin", "title": "Reading stories", "cancellable": true, "percentage": 0 });
            self.say(&begin);
        }
    }

    fn say(&self, value: &Value) {
        self.outbox.notify("$/progress", json!({ "token": self.token, "value": value }));
    }
}
