//! The serve loop.
//!
//! tower-lsp has a loop of its own. It ends the session at the first message that is malformed or framed unusually,
//! dies with a handler that panics, can block for ever when the client is slow to answer, applies notifications out of
//! order once a handler waits, and leaves `exit`, the end of input and the death of the editor to chance. An editor
//! session lasts for hours, so this loop over tower-lsp's service does these things itself.

use std::io::{self, BufReader, BufWriter, PipeWriter};
use std::panic::AssertUnwindSafe;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use futures::{FutureExt as _, Sink, SinkExt as _, StreamExt as _};
use serde_json::Value;
use tokio::sync::{Semaphore, mpsc};
use tower_lsp::jsonrpc::{Error, Id, Request, Response};
use tower_lsp::{ExitedError, LspService};

use super::backend::Backend;
use super::framing::{self, Frame};
use super::outbox::Outbox;
use super::report::Items;
use super::server::Server;
use super::{lenient, parent, pool};

/// Messages that may wait to be understood before the server stops reading.
const MOST_WAITING: usize = 256;

/// Requests that may wait for their answers before the server stops listening: each keeps a state of its document.
const MOST_UNANSWERED: usize = 256;

/// How long the last answers may take to be read before the server leaves all the same.
const PATIENCE: Duration = Duration::from_millis(500);

/// What the loop waits for.
enum Event {
    /// The client said something.
    Frame(Frame),
    /// The client will say nothing more.
    End,
    /// The editor died.
    Orphaned,
}

/// Serves the client on standard input and output until it leaves.
#[must_use]
pub fn run() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_current_thread().max_blocking_threads(pool::threads()).build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("error: the language server cannot start: {error}");
            return ExitCode::from(2);
        }
    };
    let outbox = Outbox::default();
    let code = runtime.block_on(serve(&outbox));
    outbox.flush(PATIENCE);
    // What is still being worked on is for nobody.
    runtime.shutdown_background();
    code
}

async fn serve(outbox: &Outbox) -> ExitCode {
    let (events, mut waiting) = mpsc::channel(MOST_WAITING);
    let writer = outbox.clone();
    std::thread::spawn(move || match stdout() {
        Ok(stream) => writer.write_to(BufWriter::new(stream)),
        Err(_) => writer.write_to(io::stdout()),
    });
    let reader = (outbox.clone(), events.clone());
    std::thread::spawn(move || read(&reader.0, &reader.1));

    let orphaned = move |process| {
        let events = events.clone();
        parent::watch(process, move || drop(events.blocking_send(Event::Orphaned)));
    };
    let (service, socket) = LspService::build(|client| {
        Backend(Arc::new(Server::new(client, outbox.clone(), Box::new(orphaned))))
    })
    .custom_method("window/workDoneProgress/cancel", Backend::cancel_progress)
    .finish();
    let (mut requests, responses) = socket.split();
    let asked = outbox.clone();
    tokio::spawn(async move {
        while let Some(request) = requests.next().await {
            asked.send(&lenient::without_null(request));
        }
    });

    let mut session = Session::new(service, responses, outbox.clone());
    while let Some(event) = waiting.recv().await {
        match event {
            Event::Frame(Frame::Message(body)) => match understand(&body) {
                Some(Ok(Incoming::Request(request))) if request.method() == "exit" => break,
                Some(Ok(Incoming::Request(request))) => session.request(request).await,
                Some(Ok(Incoming::Response(response))) => session.response(response),
                Some(Err(refusal)) => outbox.send(&refusal),
                None => eprintln!("warning: a message of the client is neither a request nor a response"),
            },
            Event::Frame(Frame::Broken(reason)) => {
                let error = Error { message: reason.into(), ..Error::parse_error() };
                outbox.send(&Response::from_error(Id::Null, error));
            }
            Event::End | Event::Orphaned => break,
        }
    }
    // By the protocol, leaving without `shutdown` is a failure.
    if session.shut_down { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Bytes that are to fit in the pipe to the client: a long message is then written at once, and not in turns with a client that
/// reads 64 KB of it each time. Editors on Node or libuv give a socket instead of a pipe, whose room is not ours to choose.
#[cfg(target_os = "linux")]
const PIPE: usize = 1024 * 1024;

/// Standard output as a pipe: by itself, it would look for the last end of a line in each message.
fn stdout() -> io::Result<PipeWriter> {
    #[cfg(unix)]
    let own = std::os::fd::AsFd::as_fd(&io::stdout()).try_clone_to_owned()?;
    #[cfg(windows)]
    let own = std::os::windows::io::AsHandle::as_handle(&io::stdout()).try_clone_to_owned()?;
    let own = own.into();
    #[cfg(target_os = "linux")]
    enlarge(&own, PIPE);
    Ok(own)
}

/// Makes room for so many bytes in a pipe. What is none, and the pipe of a user who has many large ones, stay as they are.
#[cfg(target_os = "linux")]
fn enlarge(pipe: &PipeWriter, room: usize) {
    use rustix::pipe::{fcntl_getpipe_size, fcntl_setpipe_size};
    if fcntl_getpipe_size(pipe).is_ok_and(|size| size < room) {
        let _ = fcntl_setpipe_size(pipe, room);
    }
}

/// Reads what the client says, no faster than it reads what it is told.
fn read(outbox: &Outbox, events: &mpsc::Sender<Event>) {
    let mut stream = BufReader::with_capacity(64 * 1024, io::stdin());
    loop {
        outbox.wait_for_room();
        let event = match framing::read(&mut stream) {
            Ok(Some(frame)) => Event::Frame(frame),
            Ok(None) | Err(_) => Event::End,
        };
        let end = matches!(event, Event::End);
        if events.blocking_send(event).is_err() || end {
            return;
        }
    }
}

/// What a client may say.
enum Incoming {
    /// A request or a notification.
    Request(Request),
    /// The answer to a request of ours.
    Response(Response),
}

/// Understands the body of a message, or refuses it. What does not even look like a request is not answered: the
/// client would take the answer for that to a request of its own.
fn understand(body: &[u8]) -> Option<Result<Incoming, Response>> {
    match serde_json::from_slice::<Request>(body) {
        Ok(request) if !request.method().is_empty() => {
            return Some(Ok(Incoming::Request(lenient::request(request))));
        }
        _ => {}
    }
    if let Ok(response) = serde_json::from_slice::<Response>(body) {
        return Some(Ok(Incoming::Response(response)));
    }
    let refuse = |id, error| Some(Err(Response::from_error(id, error)));
    match serde_json::from_slice::<Value>(body) {
        Err(error) => match lenient::body(body) {
            Some(readable) => understand(readable.as_bytes()),
            None => refuse(Id::Null, Error { message: error.to_string().into(), ..Error::parse_error() }),
        },
        // Batches are no part of the protocol.
        Ok(Value::Array(_)) => refuse(Id::Null, Error::invalid_request()),
        Ok(value) if value.get("method").is_some() || value.get("jsonrpc").is_none() => {
            let id = value.get("id").and_then(|id| serde_json::from_value(id.clone()).ok());
            refuse(id.unwrap_or(Id::Null), Error::invalid_request())
        }
        Ok(_) => None,
    }
}

struct Session<Service, Responses> {
    service: Service,
    responses: Responses,
    outbox: Outbox,
    /// One permit for each request that may wait for its answer.
    unanswered: Arc<Semaphore>,
    /// Whether the client has said that it will leave.
    shut_down: bool,
}

/// The answer of a handler, unless it panicked.
type Outcome = std::thread::Result<Result<Option<Response>, ExitedError>>;

impl<Service, Responses> Session<Service, Responses>
where
    Service: tower_service::Service<Request, Response = Option<Response>, Error = ExitedError>,
    Service::Future: Send + 'static,
    Responses: Sink<Response> + Unpin,
{
    fn new(service: Service, responses: Responses, outbox: Outbox) -> Self {
        let unanswered = Arc::new(Semaphore::new(MOST_UNANSWERED));
        Self { service, responses, outbox, unanswered, shut_down: false }
    }

    /// Begins with a request at once, in the order of arrival: notifications are done by then, and requests have their
    /// snapshot. What takes longer goes on by itself.
    async fn request(&mut self, request: Request) {
        // It is never closed.
        let Ok(permit) = self.unanswered.clone().acquire_owned().await else { return };
        let id = request.id().cloned();
        // Others, such as commands, may wait for the user.
        let promised = id.is_some() && request.method().starts_with("textDocument/");
        let promise = promised.then(|| self.outbox.promise());
        let shutdown = request.method() == "shutdown";
        let items = Items::default();
        let call = AssertUnwindSafe(|| self.service.call(request));
        let mut answer = match std::panic::catch_unwind(call) {
            Ok(future) => Box::pin(AssertUnwindSafe(items.scope(future)).catch_unwind()),
            Err(panic) => return reply(&self.outbox, id, Err(panic), &items),
        };
        match (&mut answer).now_or_never() {
            Some(outcome) => {
                self.shut_down |= shutdown && matches!(&outcome, Ok(Ok(Some(response))) if response.is_ok());
                reply(&self.outbox, id, outcome, &items);
            }
            None => {
                let outbox = self.outbox.clone();
                tokio::spawn(async move {
                    reply(&outbox, id, answer.await, &items);
                    drop((permit, promise));
                });
            }
        }
    }

    fn response(&mut self, response: Response) {
        // The sink takes everything at once, until the session is over.
        drop(self.responses.send(response).now_or_never());
    }
}

/// Sends the answer to a request, with its items; a panic is an answer, too.
fn reply(outbox: &Outbox, id: Option<Id>, outcome: Outcome, items: &Items) {
    match (outcome, id) {
        // An answer is JSON.
        (Ok(Ok(Some(response))), _) => drop(items.message(&response).map(|message| outbox.put(message))),
        (Err(_), Some(id)) => outbox.send(&Response::from_error(id, Error::internal_error())),
        (Ok(Ok(None) | Err(_)) | Err(_), _) => {}
    }
}

#[cfg(test)]
mod tests {
    use std::future::Future;
    use std::pin::Pin;
    use std::sync::Arc;
    use std::task::{Context, Poll};

    use serde_json::{Value, json};
    use tower_lsp::ExitedError;
    use tower_lsp::jsonrpc::{Id, Request, Response};

    use super::{Incoming, MOST_UNANSWERED, Outbox, Session, understand};

    type Answer = Pin<Box<dyn Future<Output = Result<Option<Response>, ExitedError>> + Send>>;

    /// A server that does what the method says, and answers with its id.
    struct Fragile;

    impl tower_service::Service<Request> for Fragile {
        type Response = Option<Response>;
        type Error = ExitedError;
        type Future = Answer;

        fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), ExitedError>> {
            Poll::Ready(Ok(()))
        }

        fn call(&mut self, request: Request) -> Answer {
            let (method, id, _) = request.into_parts();
            assert_ne!(method, "panic at once");
            Box::pin(async move {
                assert_ne!(method, "panic when polled");
                tokio::task::yield_now().await;
                assert_ne!(method, "panic later");
                if method == "never" {
                    std::future::pending::<()>().await;
                }
                Ok(id.map(|id| Response::from_ok(id, json!("answered"))))
            })
        }
    }

    fn session(outbox: &Outbox) -> Session<Fragile, futures::sink::Drain<Response>> {
        Session::new(Fragile, futures::sink::drain(), outbox.clone())
    }

    fn block_on<Output>(future: impl Future<Output = Output>) -> Output {
        let runtime = tokio::runtime::Builder::new_current_thread().build();
        runtime.expect("a runtime starts").block_on(future)
    }

    #[test]
    fn a_handler_that_panics_costs_its_answer_only() {
        let outbox = Outbox::default();
        block_on(async {
            let mut session = session(&outbox);
            for (id, method) in (1..).zip(["panic at once", "panic when polled", "panic later", "fine"]) {
                session.request(Request::build(method).id(id).finish()).await;
                session.request(Request::build(method).finish()).await;
            }
            tokio::task::yield_now().await;
            tokio::task::yield_now().await;
            assert_eq!(session.unanswered.available_permits(), MOST_UNANSWERED);
        });
        let messages = outbox.take().unwrap_or_default();
        let parse = |message: &Arc<Vec<u8>>| serde_json::from_slice(message).expect("answers are JSON");
        let mut answers: Vec<Value> = messages.iter().map(parse).collect();
        answers.sort_by_key(|answer| answer["id"].as_i64());
        let codes: Vec<&Value> = answers.iter().map(|answer| &answer["error"]["code"]).collect();
        assert_eq!(codes, [&json!(-32603), &json!(-32603), &json!(-32603), &Value::Null]);
        assert_eq!(answers[3]["result"], "answered");
    }

    #[test]
    fn requests_wait_while_too_many_are_unanswered() {
        let outbox = Outbox::default();
        block_on(async {
            let mut session = session(&outbox);
            let never =
                |id: usize| Request::build("never").id(i64::try_from(id).unwrap_or_default()).finish();
            for id in 0..MOST_UNANSWERED {
                session.request(never(id)).await;
            }
            let one_more = session.request(never(MOST_UNANSWERED));
            assert!(futures::FutureExt::now_or_never(one_more).is_none());
        });
    }

    #[test]
    fn requests_and_responses_are_told_apart() {
        let of = |body: &str| understand(body.as_bytes());
        assert!(matches!(of(r#"{"jsonrpc":"2.0","method":"a"}"#), Some(Ok(Incoming::Request(_)))));
        assert!(matches!(of(r#"{"jsonrpc":"2.0","id":1,"result":null}"#), Some(Ok(Incoming::Response(_)))));
    }

    #[test]
    fn what_is_malformed_is_refused_with_its_id() {
        let refused = |body: &str| match understand(body.as_bytes()) {
            Some(Err(response)) => {
                (response.id().clone(), response.error().map_or(0, |error| error.code.code()))
            }
            _ => panic!("{body} is refused"),
        };
        assert_eq!(refused("{"), (Id::Null, -32700));
        assert_eq!(refused("[]"), (Id::Null, -32600));
        assert_eq!(refused(r#"{"jsonrpc":"1.0","method":"a","id":7}"#), (Id::Number(7), -32600));
        assert_eq!(refused(r#"{"jsonrpc":"2.0","method":7,"id":"x"}"#), (Id::String("x".to_owned()), -32600));
        assert_eq!(refused(&"[".repeat(100_000)), (Id::Null, -32700));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_long_message_fits_in_the_pipe() {
        use rustix::pipe::{fcntl_getpipe_size, fcntl_setpipe_size};
        let (_reader, writer) = std::io::pipe().expect("a pipe");
        let (_other_reader, other) = std::io::pipe().expect("a pipe");
        let before = fcntl_getpipe_size(&writer);
        super::enlarge(&writer, 4096);
        assert_eq!(fcntl_getpipe_size(&writer), before, "it has more room already");
        super::enlarge(&writer, super::PIPE);
        // The system may allow less.
        let allowed = fcntl_setpipe_size(&other, super::PIPE).or_else(|_| fcntl_getpipe_size(&other));
        assert_eq!(fcntl_getpipe_size(&writer), allowed);
    }

    #[test]
    fn a_broken_response_is_not_answered() {
        assert!(understand(br#"{"jsonrpc":"2.0","id":1}"#).is_none());
    }
}
