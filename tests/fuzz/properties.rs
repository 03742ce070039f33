//! What holds of any bytes. Each function panics where it does not; fuzz targets and a test call them.

use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use starling_grammar::{Origin, Span};
use starling_server::bank::Summary;
use starling_server::check::{Checked, check};
use starling_server::config::Config;
use starling_server::finding::{Finding, Fix};
use starling_server::fix::{apply, fix_all, safe_fixes};

/// A text of the bytes. The program itself refuses what is not UTF-8; here it would be a waste of the fuzzer's time.
fn text(data: &[u8]) -> Arc<str> {
    String::from_utf8_lossy(data).into()
}

/// Findings and fixes lie in the text, and safe fixes come to an end.
pub(crate) fn stories(data: &[u8]) {
    let (text, config) = (text(data), Config::default());
    let checked = judge(&text, &config, None);
    let fixed = fix_all(&text, &Origin::default(), &config);
    let left = safe_fixes(fixed.checked.document.text(), &fixed.checked.findings).len();
    assert_eq!(left, 0, "{text:?} becomes {:?}", fixed.checked.document.text());
    let summary = Summary::read(text.clone(), &Origin::default(), &config.vocabulary);
    assert_eq!(summary.stories.len(), checked.document.stories.len());
}

/// After any edits, a text is judged as though it had never been another. The bytes are a text, and behind each `0xFF` an
/// edit: two bytes where, one how much, and what is put there.
pub(crate) fn edits(data: &[u8]) {
    let config = Config::default();
    let mut pieces = data.split(|byte| *byte == 0xFF);
    let mut now = text(pieces.next().unwrap_or_default());
    let mut last = judge(&now, &config, None);
    for edit in pieces.take(8) {
        let [high, low, length, with @ ..] = edit else { continue };
        let start = now.floor_char_boundary(usize::from(u16::from_be_bytes([*high, *low])) % (now.len() + 1));
        let end = now.floor_char_boundary((start + usize::from(*length)).min(now.len())).max(start);
        now = format!("{}{}{}", &now[..start], String::from_utf8_lossy(with), &now[end..]).into();
        last = judge(&now, &config, Some(last));
        let fresh = judge(&now, &config, None);
        assert_eq!(last.document.stories, fresh.document.stories, "{now:?}");
        assert_eq!(last.findings, fresh.findings, "{now:?}");
    }
}

/// Any configuration and any front matter is read, and its faults are in it.
pub(crate) fn configuration(data: &[u8]) {
    const STORY: &str =
        "# Checkout\n\n**Situation:** It failed.\n\n**Task:** I had to mend it.\n\n**Action:** I did.\n";
    let text = text(data);
    let (config, problems) = Config::parse(&text);
    problems.iter().for_each(|problem| lies_in(&text, problem.span));
    let (_, problems) = Config::parse(&config.to_toml());
    assert!(problems.is_empty(), "{text:?} is printed as {:?}: {problems:?}", config.to_toml());
    judge(&format!("---\n{text}\n---\n\n{STORY}").into(), &config, None);
    judge(&format!("+++\n{text}\n+++\n\n{STORY}").into(), &Config::default(), None);
}

/// The language server says nothing on standard error about a panic, and ends when the client does, whatever it was sent.
/// Bytes are sent as they are; those that begin with `{` as messages, one on each line.
///
/// `STARLING_BIN` names the server.
pub(crate) fn protocol(data: &[u8]) {
    const PATIENCE: Duration = Duration::from_secs(20);
    let program = std::env::var_os("STARLING_BIN").expect("STARLING_BIN names the server");
    let mut command = Command::new(program);
    let command = command.arg("lsp").stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut server = command.spawn().expect("the server starts");
    let mut input = server.stdin.take().expect("its input");
    let sent = if data.starts_with(b"{") { framed(data) } else { data.to_vec() };
    // It may have left before: `exit` is a message, too.
    drop(input.write_all(&sent));
    drop(input);
    let start = Instant::now();
    while server.try_wait().expect("its state").is_none() {
        if start.elapsed() > PATIENCE {
            drop(server.kill());
            panic!("the server does not end after {:?}", String::from_utf8_lossy(data));
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    let output = server.wait_with_output().expect("what it said");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{}: {said}", output.status);
    assert!(!said.contains("panicked"), "{said}");
}

fn framed(data: &[u8]) -> Vec<u8> {
    let messages = data.split(|byte| *byte == b'\n').filter(|message| !message.is_empty());
    let frame =
        |message: &[u8]| [format!("Content-Length: {}\r\n\r\n", message.len()).as_bytes(), message].concat();
    messages.flat_map(frame).collect()
}

fn judge(text: &Arc<str>, config: &Config, previous: Option<Checked>) -> Checked {
    let checked = check(text.clone(), &Origin::default(), config, previous);
    for finding in &checked.findings {
        lies_in(text, finding.span);
        finding.related.iter().for_each(|related| lies_in(text, related.span));
        finding.fixes.iter().for_each(|fix| fits(text, finding, fix));
    }
    checked
}

#[track_caller]
fn lies_in(text: &str, span: Span) {
    assert!(text.get(span.range()).is_some(), "{span:?} is not in {text:?}");
}

#[track_caller]
fn fits(text: &str, finding: &Finding, fix: &Fix) {
    fix.edits.iter().for_each(|edit| lies_in(text, edit.span));
    let is_ordered = fix.edits.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start);
    assert!(is_ordered, "edits of {finding:?} overlap in {text:?}");
    assert_ne!(apply(text, &fix.edits), text, "{} changes nothing in {text:?}", fix.title);
}
