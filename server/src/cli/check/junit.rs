//! The report in the XML of JUnit, which continuous integration shows as tests: a suite for each file, a case for each
//! finding. What does not fail the run is a skipped case.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::super::inputs::Skipped;
use super::judge::{File, Report};
use crate::finding::{Finding, Severity};
use crate::lines::Lines;
use crate::plain::plain;

/// How a case ended, by the element that says so.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Passed,
    Skipped,
    Failed,
    Broken,
}

/// A case of a suite.
struct Case {
    name: String,
    outcome: Outcome,
    /// The rule, or what else kind of case it is.
    kind: &'static str,
    message: String,
    /// What is said besides the message.
    text: String,
}

/// The report as one XML document; findings of the severity `fail_on` and above are failures.
pub(super) fn print(report: &Report, fail_on: Severity) -> String {
    let mut suites: Vec<(&str, Vec<Case>)> =
        report.files.iter().map(|file| (file.path.as_str(), cases(file, fail_on))).collect();
    suites.extend(report.skipped.iter().map(|skipped| (skipped.path.as_str(), vec![unread(skipped)])));
    if suites.is_empty() {
        suites.push(("starling", vec![nothing_to_mend()]));
    }
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    // Writing to memory does not fail.
    let _ = write(&mut writer, &suites);
    let mut text = String::from_utf8_lossy(&writer.into_inner()).into_owned();
    text.push('\n');
    text
}

fn cases(file: &File, fail_on: Severity) -> Vec<Case> {
    let lines = Lines::new(&file.text);
    file.findings.iter().map(|finding| case(file, finding, &lines, fail_on)).collect()
}

fn case(file: &File, finding: &Finding, lines: &Lines<'_>, fail_on: Severity) -> Case {
    let place = lines.place(finding.span.start);
    let fixes = finding.fixes.iter().map(|fix| format!("\n{}", fix.title));
    Case {
        name: format!("{}:{} {}", place.line, place.column, finding.rule.name),
        outcome: if finding.severity >= fail_on { Outcome::Failed } else { Outcome::Skipped },
        kind: finding.rule.name,
        message: finding.message.clone(),
        text: format!("{}:{}:{}{}", file.path, place.line, place.column, fixes.collect::<String>()),
    }
}

/// A path that was not read: broken when the user named it.
fn unread(skipped: &Skipped) -> Case {
    Case {
        name: "read".to_owned(),
        outcome: if skipped.named { Outcome::Broken } else { Outcome::Skipped },
        kind: "unread",
        message: skipped.reason.clone(),
        text: skipped.remedy.to_owned(),
    }
}

/// Tools take a report without a case for one that is broken.
fn nothing_to_mend() -> Case {
    let (message, text) = (String::new(), String::new());
    Case { name: "nothing to mend".to_owned(), outcome: Outcome::Passed, kind: "", message, text }
}

fn write(writer: &mut Writer<Vec<u8>>, suites: &[(&str, Vec<Case>)]) -> io::Result<()> {
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let all = suites.iter().flat_map(|(_, cases)| cases);
    let counts = counts(&all.collect::<Vec<_>>());
    let element = writer.create_element("testsuites").with_attribute(("name", "starling"));
    let counted = counts.iter().filter(|(name, _)| *name != "skipped");
    let element = element.with_attributes(counted.map(|(name, number)| (*name, number.as_str())));
    element.write_inner_content(|writer| {
        suites.iter().try_for_each(|(name, cases)| suite(writer, name, cases))
    })?;
    Ok(())
}

fn suite(writer: &mut Writer<Vec<u8>>, name: &str, cases: &[Case]) -> io::Result<()> {
    let counts = counts(&cases.iter().collect::<Vec<_>>());
    let element = writer.create_element("testsuite").with_attribute(("name", &*plain(name)));
    let element = element.with_attributes(counts.iter().map(|(name, number)| (*name, number.as_str())));
    element.write_inner_content(|writer| cases.iter().try_for_each(|case| case.write(writer, name)))?;
    Ok(())
}

/// How many cases there are of each kind, as attributes.
fn counts(cases: &[&Case]) -> [(&'static str, String); 4] {
    let count = |outcome| cases.iter().filter(|case| case.outcome == outcome).count().to_string();
    [
        ("tests", cases.len().to_string()),
        ("failures", count(Outcome::Failed)),
        ("errors", count(Outcome::Broken)),
        ("skipped", count(Outcome::Skipped)),
    ]
}

impl Case {
    fn write(&self, writer: &mut Writer<Vec<u8>>, class: &str) -> io::Result<()> {
        let element = writer.create_element("testcase");
        let element = element
            .with_attribute(("name", self.name.as_str()))
            .with_attribute(("classname", &*plain(class)));
        let outcome = match self.outcome {
            Outcome::Passed => return element.write_empty().map(|_| ()),
            Outcome::Skipped => "skipped",
            Outcome::Failed => "failure",
            Outcome::Broken => "error",
        };
        let write = |writer: &mut Writer<Vec<u8>>| {
            let element = writer.create_element(outcome).with_attribute(("type", self.kind));
            // XML has no way to write control characters.
            let element = element.with_attribute(("message", &*plain(&self.message)));
            let text = self.text.lines().map(plain).collect::<Vec<_>>().join("\n");
            element.write_text_content(BytesText::new(&text)).map(|_| ())
        };
        element.write_inner_content(write).map(|_| ())
    }
}
