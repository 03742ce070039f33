//! A client of the language server, over the real binary's standard input and output.
//!
//! Nothing that the server says is lost: a message that no test claims fails the test at its end.

use std::collections::{HashMap, VecDeque};
use std::io::{BufReader, Read as _, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::report::binary;

/// How long an answer may take before the test gives up; the machine may be busy.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running server, and what it said that nobody has claimed yet.
pub struct Client {
    process: Child,
    input: Option<ChildStdin>,
    output: Receiver<Value>,
    reading: Arc<Mutex<()>>,
    unclaimed: VecDeque<Value>,
    /// The last diagnostics of each document or file.
    published: HashMap<String, Value>,
    requests: i64,
}

impl Client {
    /// Starts a server in a folder, without a word to it.
    ///
    /// # Panics
    /// If `STARLING_BIN` is not set or does not start.
    #[must_use]
    pub fn start(folder: &Path) -> Self {
        Self::run(Command::new(binary()), folder)
    }

    /// Starts a program as a server in a folder, with a process that may have fewer rights than this one.
    ///
    /// # Panics
    /// If it does not start.
    #[must_use]
    pub fn run(mut program: Command, folder: &Path) -> Self {
        let mut process = program
            .arg("lsp")
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("it is a program");
        let input = process.stdin.take();
        let mut stream = BufReader::new(process.stdout.take().expect("standard output is a pipe"));
        let (sender, output) = channel();
        let reading = Arc::new(Mutex::new(()));
        let may_read = reading.clone();
        std::thread::spawn(move || {
            while let Some(message) = read(&mut stream) {
                drop(may_read.lock());
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        Self {
            process,
            input,
            output,
            reading,
            unclaimed: VecDeque::new(),
            published: HashMap::new(),
            requests: 0,
        }
    }

    /// Starts a server and initializes it with these capabilities; returns what the server offers, too.
    #[must_use]
    pub fn initialized(folder: &Path, capabilities: &Value) -> (Self, Value) {
        Self::initialized_with(folder, json!({ "capabilities": capabilities }))
    }

    /// Starts a server and initializes it with these parameters; returns what the server offers, too.
    ///
    /// # Panics
    /// If the server refuses.
    #[must_use]
    pub fn initialized_with(folder: &Path, mut parameters: Value) -> (Self, Value) {
        let mut client = Self::start(folder);
        if parameters.get("rootUri").is_none() {
            parameters["rootUri"] = json!(uri(folder));
        }
        let offered = client.initialize(parameters);
        (client, offered)
    }

    /// Initializes a server that was started; returns what it offers.
    ///
    /// # Panics
    /// If the server refuses.
    pub fn initialize(&mut self, mut parameters: Value) -> Value {
        parameters["processId"] = json!(std::process::id());
        let mut result = self.request("initialize", &parameters);
        self.notify("initialized", &json!({}));
        result["capabilities"].take()
    }

    /// Sends a notification.
    pub fn notify(&mut self, method: &str, params: &Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Sends a request without waiting for its answer; returns its id.
    pub fn ask(&mut self, method: &str, params: &Value) -> i64 {
        self.requests += 1;
        let id = self.requests;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        id
    }

    /// Sends a request and waits for its result.
    ///
    /// # Panics
    /// If the answer is an error.
    pub fn request(&mut self, method: &str, params: &Value) -> Value {
        let id = self.ask(method, params);
        let mut answer = self.answer(id);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].take()
    }

    /// Waits for the answer to a request.
    pub fn answer(&mut self, id: i64) -> Value {
        self.answer_with(&json!(id))
    }

    /// Waits for the answer with any id.
    pub fn answer_with(&mut self, id: &Value) -> Value {
        self.claim(&format!("the answer to request {id}"), |message| {
            message["id"] == *id && message.get("method").is_none()
        })
    }

    /// Waits for the refusal of a message that had no id that the server could read.
    pub fn answer_to_nobody(&mut self) -> Value {
        self.claim("a refusal", |message| message.get("error").is_some() && message["id"].is_null())
    }

    /// Waits for a message with this method, a notification or a request of the server.
    pub fn message(&mut self, method: &str) -> Value {
        self.claim(method, |message| message["method"] == method)
    }

    /// Answers a request of the server.
    pub fn reply(&mut self, request: &Value, result: &Value) {
        self.send(&json!({ "jsonrpc": "2.0", "id": request["id"], "result": result }));
    }

    /// Waits for diagnostics of a document in a version; those of earlier versions are claimed on the way, and must not come
    /// later.
    pub fn diagnostics(&mut self, uri: &str, version: i64) -> Vec<Value> {
        let mut last = i64::MIN;
        loop {
            let params = self.published(uri);
            let found = params["version"].as_i64().expect("diagnostics of an open document have a version");
            assert!(last <= found && found <= version, "version {found} after {last}, waiting for {version}");
            last = found;
            if found == version {
                return params["diagnostics"].as_array().expect("a list").clone();
            }
        }
    }

    /// Waits until the server has said everything that follows from what it was told. Returns the last diagnostics of a
    /// document or file, also of its bank; all of them are claimed.
    pub fn settled(&mut self, uri: &str) -> Value {
        // Of a bank that is not there, so that the answer costs nothing.
        let nowhere = json!({ "format": "text", "uri": "file:///nowhere/at-all.md" });
        let command = json!({ "command": "starling.bank.report", "arguments": [nowhere] });
        self.request("workspace/executeCommand", &command);
        self.unclaimed.retain(|message| !is_published(message, uri));
        self.published.get(uri).cloned().unwrap_or_default()
    }

    /// Waits for the next diagnostics of a document.
    pub fn published(&mut self, uri: &str) -> Value {
        let mut message = self.claim(&format!("diagnostics of {uri}"), |message| is_published(message, uri));
        message["params"].take()
    }

    /// Opens a Markdown document.
    pub fn open(&mut self, uri: &str, version: i64, text: &str) {
        let document = json!({ "uri": uri, "languageId": "markdown", "version": version, "text": text });
        self.notify("textDocument/didOpen", &json!({ "textDocument": document }));
    }

    /// Changes a document.
    pub fn change(&mut self, uri: &str, version: i64, changes: &Value) {
        let document = json!({ "uri": uri, "version": version });
        self.notify(
            "textDocument/didChange",
            &json!({ "textDocument": document, "contentChanges": changes }),
        );
    }

    /// Closes a document.
    pub fn close(&mut self, uri: &str) {
        self.notify("textDocument/didClose", &json!({ "textDocument": { "uri": uri } }));
    }

    /// Sends a message.
    pub fn send(&mut self, message: &Value) {
        let body = message.to_string();
        self.send_bytes(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }

    /// Sends any bytes.
    ///
    /// # Panics
    /// If the server no longer reads.
    pub fn send_bytes(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().expect("standard input is open");
        input.write_all(bytes).and_then(|()| input.flush()).expect("the server reads");
    }

    /// The server's process.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.process.id()
    }

    /// A lock that stops the client from reading what the server says, for as long as somebody holds it.
    #[must_use]
    pub fn reading(&self) -> Arc<Mutex<()>> {
        self.reading.clone()
    }

    /// The memory that the server has, in bytes; `None` where the system does not tell.
    #[must_use]
    pub fn memory(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        line.split_whitespace().next()?.parse::<u64>().ok().map(|kilobytes| kilobytes * 1024)
    }

    /// Closes the server's standard input.
    pub fn hang_up(&mut self) {
        self.input = None;
    }

    /// Waits until the server leaves, and returns its exit code. Its input stays open.
    ///
    /// # Panics
    /// If it does not leave.
    pub fn exit_code(&mut self) -> i32 {
        let started = Instant::now();
        loop {
            if let Some(status) = self.process.try_wait().expect("the process can be waited for") {
                return status.code().unwrap_or(-1);
            }
            assert!(started.elapsed() < PATIENCE, "the server does not leave");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Ends the session as the protocol has it; every message must have been claimed.
    ///
    /// # Panics
    /// If the server said anything that nobody claimed, or leaves with another code than 0.
    pub fn finish(mut self) {
        let id = self.ask("shutdown", &Value::Null);
        assert_eq!(self.answer(id)["result"], Value::Null);
        self.notify("exit", &Value::Null);
        assert_eq!(self.exit_code(), 0);
        let rest: Vec<Value> = self.unclaimed.drain(..).chain(self.output.iter()).collect();
        assert!(rest.is_empty(), "nobody claimed {rest:#?}");
    }

    fn claim(&mut self, what: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.unclaimed.iter().position(&wanted) {
            return self.unclaimed.remove(at).expect("it was just found");
        }
        let deadline = Instant::now() + PATIENCE;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let message = self.output.recv_timeout(left);
            let message =
                message.unwrap_or_else(|error| panic!("{what}: {error}; unclaimed: {:#?}", self.unclaimed));
            if message["method"] == "textDocument/publishDiagnostics" {
                let uri = message["params"]["uri"].as_str().unwrap_or_default().to_owned();
                self.published.insert(uri, message["params"].clone());
            }
            if wanted(&message) {
                return message;
            }
            self.unclaimed.push_back(message);
        }
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        // Already gone, unless a test failed half-way.
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

fn is_published(message: &Value, uri: &str) -> bool {
    message["method"] == "textDocument/publishDiagnostics" && message["params"]["uri"] == uri
}

fn read(stream: &mut impl std::io::BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let line = line.trim_end();
        if line.is_empty() {
            break;
        }
        length = line.strip_prefix("Content-Length: ")?.parse().ok()?;
    }
    let mut body = Vec::new();
    stream.by_ref().take(length).read_to_end(&mut body).ok()?;
    Some(serde_json::from_slice(&body).expect("the server sends JSON"))
}

/// The address of a file.
#[must_use]
pub fn uri(path: &Path) -> String {
    format!("file://{}", path.display())
}
