//! Commands about the bank, by `workspace/executeCommand`. Each takes one object; `uri` names a file or folder of the
//! bank, which is the bank of the first workspace folder with stories where it is left out. Answers are about everything
//! that the editor shows by then, saved or not.
//!
//! - `starling.bank.report` `{uri?, format?}`: what the bank covers. `format` is `json` (an object like that of
//!   `starling bank --format json`, with `root` besides), `markdown`, `html` or `text` (strings).
//! - `starling.bank.ask` `{question, uri?}`: an object like that of `starling ask --format json`, with `root` besides.
//! - `starling.bank.tree` `{uri?}`: the bank as a tree for a side bar, `{status: {text, tooltip}, sections: [node]}`; a
//!   node is `{kind, label, description, id?, story?, gap, children}`.
//! - `starling.bank.rehearse` `{number, uri?}`: the question that the number falls on, `{question, id, parts: [{name,
//!   include, seconds}], stories: [{title, story}]}`.
//! - `starling.bank.new` `{title, question?, theme?, uri?}`: lets the client create a file in the folder of `uri`, or of the
//!   bank. Answers with `{uri, text, created}`; `created` is false where the client cannot create files, or did not.
//! - `starling.explain` `{name, uri?}`: the pages of a rule, part, principle, theme or question, `[{topic, name, title,
//!   markdown}]`.
//!
//! Paths are relative to `root`, the address of the bank's folder. Beside every `story`, a path with its line, there is its
//! address as `uri`. Mistakes are errors with a sentence for the user.
//!
//! A client that announces `experimental: {"starlingBank": true}` is told by `starling/bankChanged` `{roots}` when banks have
//! changed, once for a burst of changes.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::ls_types::{DocumentChanges, ExecuteCommandParams, Uri, WorkspaceEdit};

use super::actions;
use super::pool;
use super::server::Server;
use super::snapshot::path_of;
use crate::bank::coverage::coverage;
use crate::bank::draft::{NAMELESS, Purpose, draft, file_name};
use crate::bank::{answer, ask, outline, page, rehearsal, report, tree};
use crate::banks::OneBank;
use crate::config::FILE_NAME;
use crate::explain::find;

/// What the bank covers.
const REPORT: &str = "starling.bank.report";

/// The stories for a question.
const ASK: &str = "starling.bank.ask";

/// The bank as a tree.
const TREE: &str = "starling.bank.tree";

/// A question to rehearse.
const REHEARSE: &str = "starling.bank.rehearse";

/// A new story.
const NEW: &str = "starling.bank.new";

/// The pages of a name.
const EXPLAIN: &str = "starling.explain";

/// The names of all commands.
pub(super) const ALL: [&str; 6] = [REPORT, ASK, TREE, REHEARSE, NEW, EXPLAIN];

#[derive(Deserialize)]
struct Report {
    uri: Option<Uri>,
    #[serde(default)]
    format: Format,
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Format {
    #[default]
    Json,
    Markdown,
    Html,
    Text,
}

#[derive(Deserialize)]
struct Ask {
    question: String,
    uri: Option<Uri>,
}

#[derive(Deserialize)]
struct Tree {
    uri: Option<Uri>,
}

#[derive(Deserialize)]
struct Rehearse {
    number: u64,
    uri: Option<Uri>,
}

#[derive(Deserialize)]
struct New {
    title: String,
    question: Option<String>,
    theme: Option<String>,
    uri: Option<Uri>,
}

#[derive(Deserialize)]
struct Explain {
    name: String,
    uri: Option<Uri>,
}

/// A file that is still to be created.
struct Draft {
    uri: Uri,
    text: String,
}

/// Carries out a command.
///
/// # Errors
/// When there is no such command, or its arguments make no sense.
pub(super) async fn execute(server: &Arc<Server>, params: ExecuteCommandParams) -> Result<Value> {
    let argument = params.arguments.into_iter().next().unwrap_or_else(|| json!({}));
    match params.command.as_str() {
        REPORT => {
            let asked: Report = understood(argument)?;
            let one = bank(server, asked.uri.as_ref()).await?;
            pool::run(move || covered(&one, asked.format)).await
        }
        ASK => {
            let asked: Ask = understood(argument)?;
            let one = bank(server, asked.uri.as_ref()).await?;
            pool::run(move || answered(&one, &asked.question)).await
        }
        TREE => {
            let asked: Tree = understood(argument)?;
            let one = bank(server, asked.uri.as_ref()).await?;
            pool::run(move || grown(&one)).await
        }
        REHEARSE => {
            let asked: Rehearse = understood(argument)?;
            let one = bank(server, asked.uri.as_ref()).await?;
            pool::run(move || rehearsed(&one, asked.number)).await?
        }
        NEW => {
            let asked: New = understood(argument)?;
            let one = bank(server, asked.uri.as_ref()).await?;
            let draft = pool::run(move || drafted(&one, &asked)).await??;
            create(server, draft).await
        }
        EXPLAIN => {
            let asked: Explain = understood(argument)?;
            let one = bank(server, asked.uri.as_ref()).await?;
            explained(&one, &asked.name)
        }
        other => Err(refused(format!("there is no command \"{other}\""))),
    }
}

fn understood<Argument: DeserializeOwned>(argument: Value) -> Result<Argument> {
    serde_json::from_value(argument).map_err(|error| refused(error.to_string()))
}

fn refused(message: String) -> Error {
    Error { code: ErrorCode::InvalidParams, message: message.into(), data: None }
}

/// The bank of a file or folder as it is once everything is seen that the editor has told of.
async fn bank(server: &Arc<Server>, uri: Option<&Uri>) -> Result<Arc<OneBank>> {
    let path = match uri {
        Some(uri) => {
            Some(path_of(uri).ok_or_else(|| refused(format!("{} is no file or folder", uri.as_str())))?)
        }
        None => None,
    };
    server.inbox.settled().await;
    let server = server.clone();
    pool::run(move || match path {
        Some(path) => bank_of(&server, &path),
        None => usual_bank(&server),
    })
    .await
}

fn bank_of(server: &Server, path: &Path) -> Arc<OneBank> {
    // What applies to a folder applies to the files in it.
    let file = if path.is_dir() { path.join(FILE_NAME) } else { path.to_path_buf() };
    let configured = server.settings().of(Some(&file));
    let index = server.read_index();
    let place = index.place(&file, &configured);
    index.banks().get(&place.root).cloned().unwrap_or_else(|| Arc::new(OneBank::empty(configured)))
}

/// The bank of the first workspace folder that has stories; else the one with the most.
fn usual_bank(server: &Server) -> Arc<OneBank> {
    let settings = server.settings();
    let of_folders = settings.workspace().iter().map(|folder| bank_of(server, folder));
    let mut all: Vec<Arc<OneBank>> = of_folders.collect();
    if let Some(first) = all.iter().find(|one| !one.bank.is_empty()) {
        return first.clone();
    }
    all.extend(server.read_index().banks().iter().map(|(_, one)| one.clone()));
    // Of equals the first.
    let most = all.into_iter().rev().max_by_key(|one| one.bank.len());
    most.unwrap_or_else(|| Arc::new(OneBank::empty(settings.of(None))))
}

/// The folder that the paths of a bank begin in, as the user would name it.
fn folder(one: &OneBank) -> Option<PathBuf> {
    if let Some(file) = &one.configured.file {
        return file.parent().map(Path::to_path_buf);
    }
    Some(one.folder.as_ref().unwrap_or(&one.configured.root).clone())
}

/// The answer with the address of the bank's folder, and with those of all stories that it names.
fn addressed(mut value: Value, one: &OneBank) -> Value {
    let folder = folder(one);
    if let Some(folder) = &folder {
        add_addresses(&mut value, folder);
    }
    value["root"] = json!(folder.and_then(Uri::from_file_path));
    value
}

fn add_addresses(value: &mut Value, folder: &Path) {
    match value {
        Value::Object(members) => {
            let story = members.get("story").and_then(Value::as_str);
            let place = story.and_then(|story| story.rsplit_once('#'));
            let uri = place.and_then(|(path, line)| {
                Some(format!("{}#L{line}", Uri::from_file_path(folder.join(path))?.as_str()))
            });
            members.values_mut().for_each(|member| add_addresses(member, folder));
            if let Some(uri) = uri {
                members.insert("uri".to_owned(), uri.into());
            }
        }
        Value::Array(members) => members.iter_mut().for_each(|member| add_addresses(member, folder)),
        _ => {}
    }
}

fn covered(one: &OneBank, format: Format) -> Value {
    let coverage = coverage(&one.bank, &one.configured.config.vocabulary);
    match format {
        Format::Json => addressed(json!(report::json(&coverage)), one),
        Format::Markdown => report::markdown(&coverage).into(),
        Format::Html => page::page(&coverage).into(),
        Format::Text => outline::text(&coverage).into(),
    }
}

fn answered(one: &OneBank, question: &str) -> Value {
    let vocabulary = &one.configured.config.vocabulary;
    let asking = ask::ask(question, &one.bank, vocabulary);
    addressed(json!(answer::json(&asking, vocabulary)), one)
}

fn grown(one: &OneBank) -> Value {
    let coverage = coverage(&one.bank, &one.configured.config.vocabulary);
    addressed(json!(tree::tree(&one.bank, &coverage)), one)
}

fn rehearsed(one: &OneBank, number: u64) -> Result<Value> {
    let vocabulary = &one.configured.config.vocabulary;
    let chosen = rehearsal::rehearsal(number, &coverage(&one.bank, vocabulary), vocabulary);
    let chosen = chosen.ok_or_else(|| refused("there are no questions to rehearse".to_owned()))?;
    Ok(addressed(json!(chosen), one))
}

fn explained(one: &OneBank, name: &str) -> Result<Value> {
    find(&one.configured.config.vocabulary, name).map(|pages| json!(pages)).map_err(refused)
}

fn drafted(one: &OneBank, asked: &New) -> Result<Draft> {
    let name = file_name(&asked.title).ok_or_else(|| refused(NAMELESS.to_owned()))?;
    let vocabulary = &one.configured.config.vocabulary;
    let purpose =
        Purpose::of(asked.question.as_deref(), asked.theme.as_deref(), vocabulary).map_err(refused)?;
    let path = asked.uri.as_ref().and_then(path_of);
    let beside = path.and_then(|path| if path.is_dir() { Some(path) } else { path.parent().map(Into::into) });
    let file = beside.or_else(|| folder(one)).map(|folder| folder.join(name));
    let file = file.ok_or_else(|| refused("there is no folder for it; name one by \"uri\"".to_owned()))?;
    if file.symlink_metadata().is_ok() {
        return Err(refused(format!("{} is there already; choose another title", file.display())));
    }
    let uri = Uri::from_file_path(&file).ok_or_else(Error::internal_error)?;
    Ok(Draft { uri, text: draft(&asked.title, purpose, &one.bank, vocabulary) })
}

/// Lets the client create the file: it never replaces another.
async fn create(server: &Arc<Server>, draft: Draft) -> Result<Value> {
    let negotiated = server.negotiated();
    let created = negotiated.create_files
        && negotiated.versioned_edits
        && server.client.apply_edit(creation(&draft)).await.is_ok_and(|answer| answer.applied);
    Ok(json!({ "uri": draft.uri, "text": draft.text, "created": created }))
}

fn creation(draft: &Draft) -> WorkspaceEdit {
    let operations = actions::creation(draft.uri.clone(), draft.text.clone());
    let document_changes = Some(DocumentChanges::Operations(operations.into()));
    WorkspaceEdit { document_changes, ..WorkspaceEdit::default() }
}
