//! The thread that keeps the banks: it alone changes the index, and says what is found in the banks.
//!
//! A document is judged by itself without waiting for this. What its bank has to say of it is added as soon as it is
//! known, and kept through edits of other words until the bank has looked again.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use starling_grammar::parallel;
use tokio::runtime::Handle;
use tower_lsp::ls_types::{MessageType, Uri};

use super::bank_findings::BankFindings;
use super::courtesy::{COURTESY, Given};
use super::inbox::Work;
use super::progress::Progress;
use super::server::Server;
use super::settings::Settings;
use super::snapshot::Judged;
use crate::bank::Summary;
use crate::banks::{Depth, Desk, Index, News, OneBank, Survey, hash};
use crate::finding::Finding;
use crate::workspace::{Configured, shown};

/// Changes of banks are told when nothing more has come for so long.
const QUIET: Duration = Duration::from_millis(100);

/// More skipped files than these are named together, in one message.
const NOTICES: usize = 5;

/// A text that was taken into a bank. The state of its document is not kept: who reads the next one goes on from it.
struct Taken {
    uri: Uri,
    text: Arc<str>,
    revision: (u64, u64),
}

/// What is found in banks, by root and by file.
type Found = BTreeMap<PathBuf, BTreeMap<PathBuf, Vec<Finding>>>;

/// Keeps the banks.
pub(super) struct Librarian {
    server: Arc<Server>,
    /// For each bank in which something was found, its files with findings: a hash of the path, and of the findings.
    found: BTreeMap<PathBuf, HashMap<u64, u64>>,
    /// The last texts of open files that were taken into a bank.
    texts: HashMap<PathBuf, Taken>,
    /// What the user was told of: each file once.
    told: HashSet<String>,
    /// What came of looks after which everything had to be read first.
    untold: News,
    /// Banks whose change was not yet told.
    changed: BTreeSet<PathBuf>,
    scans: u32,
}

impl Librarian {
    /// Begins with a scan of everything, on a thread of its own.
    pub(super) fn start(server: Arc<Server>) {
        server.inbox.rescan();
        let mut librarian = Self {
            server,
            found: BTreeMap::new(),
            texts: HashMap::new(),
            told: HashSet::new(),
            untold: News::default(),
            changed: BTreeSet::new(),
            scans: 0,
        };
        let runtime = Handle::current();
        std::thread::spawn(move || {
            // What it asks of others runs there.
            let _entered = runtime.enter();
            loop {
                librarian.turn();
            }
        });
    }

    fn turn(&mut self) {
        let patience = (!self.changed.is_empty()).then_some(QUIET);
        let Some(work) = self.server.inbox.next(patience) else {
            let changed = std::mem::take(&mut self.changed);
            return self.server.tell_changed_banks(&changed);
        };
        // The panic itself is on standard error by now. What was not done is done with the next scan.
        let done = catch_unwind(AssertUnwindSafe(|| self.work(&work))).unwrap_or(true);
        if done {
            self.server.inbox.finish(&work);
        }
    }

    /// Does some work; tells whether it is done, and not to be done by the scan that is due.
    fn work(&mut self, work: &Work) -> bool {
        let begun = Instant::now();
        let desk = self.desk(None);
        let mut edited = work.edited.clone();
        if work.awaited {
            edited.extend(self.unseen());
        }
        if !work.rescan {
            let seen = self.server.read_index().look(&work.touched, &edited, &desk);
            if self.server.inbox.is_rescan_due() {
                return false;
            }
            let news = self.server.write_index().take(seen);
            if !news.unscanned {
                let looked_at = work.touched.iter().chain(&edited).cloned().collect();
                let given = desk.given.time();
                self.publish(news, looked_at, desk.into_texts());
                self.server.inbox.looked(begun.elapsed().saturating_sub(given));
            } else {
                self.untold.add(news);
                if !self.scan() {
                    return false;
                }
            }
        } else if !self.scan() {
            return false;
        }
        if work.awaited {
            self.server.publish_all();
        }
        true
    }

    /// Reads everything anew. False when another scan is due by then.
    fn scan(&mut self) -> bool {
        self.scans += 1;
        let progress = self.server.begin_scan(self.scans);
        let desk = self.desk(progress.clone());
        let files = self.with_findings();
        let news = self.read(Survey::of(&desk), &desk);
        if let Some(progress) = progress {
            progress.end();
        }
        let Some(mut news) = news else { return !self.server.inbox.is_rescan_due() };
        news.add(std::mem::take(&mut self.untold));
        self.texts.clear();
        for configured in desk.settings.newly_loaded() {
            self.server.report(&configured);
        }
        self.publish(news, files, desk.into_texts());
        true
    }

    /// Reads all files into the index. `None` when it was stopped.
    fn read(&self, survey: Survey, desk: &LspDesk) -> Option<News> {
        let server = &self.server;
        let is_new = server.read_index().banks().iter().next().is_none();
        if is_new && survey.is_large() {
            // In place, so that stories can be looked up as soon as their titles are known.
            *server.write_index() = survey.frame();
            let mut take = |seen| server.write_index().take(seen);
            let read = survey.read(Depth::Skim, desk, &mut take);
            let read = read.and_then(|_| survey.read(Depth::Full, desk, &mut take));
            if read.is_none() {
                *server.write_index() = Index::default();
            }
            return read.map(|news| survey.finish(news));
        }
        let mut index = survey.frame();
        let mut news = survey.read(Depth::Full, desk, &mut |seen| index.take(seen))?;
        let former = std::mem::replace(&mut *server.write_index(), index);
        news.changed.extend(former.banks().iter().map(|(root, _)| root.to_path_buf()));
        Some(survey.finish(news))
    }

    fn desk(&self, progress: Option<Arc<Progress>>) -> LspDesk {
        let settings = self.server.settings();
        let given = Given::nothing();
        LspDesk { server: self.server.clone(), settings, progress, texts: Mutex::default(), given }
    }

    /// Open files that were not taken into a bank as they are now.
    fn unseen(&self) -> Vec<PathBuf> {
        let mut files = self.server.open_files();
        files.retain(|path, revision| self.texts.get(path).is_none_or(|taken| taken.revision != *revision));
        files.into_keys().collect()
    }

    /// Says what is found in the banks that have changed, and of the files that were looked at.
    fn publish(&mut self, news: News, looked_at: BTreeSet<PathBuf>, texts: HashMap<PathBuf, Taken>) {
        let mut concerned = looked_at;
        concerned.extend(texts.keys().cloned());
        concerned.extend(news.gone);
        self.texts.extend(texts);
        let mut found = self.judge(&news.changed, &mut concerned);
        let open = self.server.open_files();
        self.texts.retain(|path, _| open.contains_key(path));
        let mut refresh = false;
        for path in &concerned {
            let hashed = hash(path);
            let root = self.found.iter().find(|(_, files)| files.contains_key(&hashed));
            let findings = root.and_then(|(root, _)| {
                found.entry(root.clone()).or_insert_with(|| self.findings(root)).get(path)
            });
            let findings = findings.map_or(&[][..], Vec::as_slice);
            if let Some(taken) = self.texts.get(path) {
                let found = BankFindings::new(taken.text.clone(), findings.to_vec());
                refresh |= self.server.take_bank_findings(&taken.uri, found);
            } else if !open.contains_key(path) {
                self.server.push(path, findings);
            }
        }
        if refresh {
            self.server.refresh();
        }
        self.tell_notices(&news.skipped, news.notices);
        self.changed.extend(news.changed);
        discard((found, concerned));
    }

    /// What is found in the banks that have changed, by root and file. The files of which something else was found before
    /// are added to `concerned`.
    fn judge(&mut self, changed: &BTreeSet<PathBuf>, concerned: &mut BTreeSet<PathBuf>) -> Found {
        let mut found = Found::new();
        let roots: Vec<&PathBuf> = changed.iter().collect();
        let all = parallel::map(&roots, |root| self.findings(root));
        for (root, findings) in roots.into_iter().zip(all) {
            // What was said before stays where judging panicked.
            let Some(findings) = findings else { continue };
            let now = findings.iter().map(|(path, findings)| (hash(path), hash(findings))).collect();
            let before = self.found.insert(root.clone(), now).unwrap_or_default();
            let now = &self.found[root];
            let differs = |path: &PathBuf| before.get(&hash(path)) != now.get(&hash(path));
            concerned.extend(findings.keys().filter(|path| differs(path)).cloned());
            if before.keys().any(|path| !now.contains_key(path)) {
                concerned.extend(self.files_of(root).into_iter().filter(differs));
            }
            found.insert(root.clone(), findings);
        }
        self.found.retain(|_, files| !files.is_empty());
        found
    }

    /// What is found in a bank, by file.
    fn findings(&self, root: &Path) -> BTreeMap<PathBuf, Vec<Finding>> {
        self.bank(root).map(|one| one.findings()).unwrap_or_default()
    }

    /// The files of a bank, as the user names them.
    fn files_of(&self, root: &Path) -> Vec<PathBuf> {
        let one = self.bank(root);
        let files = one.iter().flat_map(|one| one.bank.files().map(|(path, _)| one.shown(path)));
        files.collect()
    }

    /// The files in which something was found.
    fn with_findings(&self) -> BTreeSet<PathBuf> {
        let all = self.found.iter().flat_map(|(root, found)| {
            self.files_of(root).into_iter().filter(|path| found.contains_key(&hash(path)))
        });
        all.collect()
    }

    fn bank(&self, root: &Path) -> Option<Arc<OneBank>> {
        self.server.read_index().banks().get(root).cloned()
    }

    /// Tells of files that were skipped, of each once.
    fn tell_notices(&mut self, skipped: &[(PathBuf, crate::workspace::ReadError)], notices: Vec<String>) {
        let skipped = skipped
            .iter()
            .map(|(path, error)| format!("Skipped {}: {error}; {}.", shown(path), error.remedy()));
        let new: Vec<String> =
            skipped.chain(notices).filter(|notice| self.told.insert(notice.clone())).collect();
        if new.len() <= NOTICES {
            new.iter().for_each(|notice| self.server.show_message(MessageType::WARNING, notice));
        } else {
            self.server.show_message(MessageType::WARNING, &new.join("\n"));
        }
    }
}

/// Frees what is found in a bank on a thread of its own. In a large bank, it takes more memory than the stories, and
/// allocators keep a few freed pieces for each thread as long as it lives: enough to keep the rest from the system.
fn discard(it: impl Send + 'static) {
    std::thread::spawn(move || drop(it));
}

/// The editor, as the index sees it.
struct LspDesk {
    server: Arc<Server>,
    settings: Arc<Settings>,
    progress: Option<Arc<Progress>>,
    /// The documents of which a summary was made.
    texts: Mutex<HashMap<PathBuf, Taken>>,
    /// What the work at it gives to who cannot wait.
    given: Given,
}

impl LspDesk {
    fn into_texts(self) -> HashMap<PathBuf, Taken> {
        self.texts.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Desk for LspDesk {
    fn folders(&self) -> Vec<PathBuf> {
        self.settings.workspace().to_vec()
    }

    fn applies(&self, file: &Path) -> Arc<Configured> {
        self.settings.of(Some(file))
    }

    fn open(&self) -> Vec<PathBuf> {
        self.server.open_files().into_keys().collect()
    }

    fn summary(&self, file: &Path) -> Option<Summary> {
        let snapshot = self.server.snapshot_of_file(file)?;
        let Judged::Stories { checked, configured } = &**snapshot.judged() else { return None };
        let (stories, suppressions) =
            (checked.document.stories.clone(), checked.document.suppressions.clone());
        let (text, configured) = (snapshot.text.clone(), configured.clone());
        let taken = Taken { uri: snapshot.uri.clone(), text: text.clone(), revision: snapshot.revision };
        // The next key takes over what is known of this state, and need not wait for a copy that is made already.
        drop(snapshot);
        let vocabulary = &configured.config.vocabulary;
        let summary = Summary::with_pauses(&text, &stories, &suppressions, vocabulary, || self.give_way());
        let mut texts = self.texts.lock().unwrap_or_else(PoisonError::into_inner);
        texts.insert(file.to_path_buf(), taken);
        Some(summary)
    }

    fn give_way(&self) {
        // Who waits for the banks is not waited for.
        if !self.server.inbox.is_awaited() {
            self.given.give(|| self.server.outbox.give_way(COURTESY));
        }
    }

    fn stop(&self) -> bool {
        self.progress.as_ref().is_some_and(|progress| progress.is_cancelled())
            || self.server.inbox.is_rescan_due()
    }

    fn progress(&self, read: usize, files: usize) {
        if let Some(progress) = &self.progress {
            progress.report(read, files);
        }
    }
}
