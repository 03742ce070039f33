//! The banks of an editor's folders, read once and then kept up to date.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU64;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use starling_grammar::parallel;

use super::{Banks, Place, hash};
use crate::bank::Summary;
use crate::config::FILE_NAME;
use crate::workspace::{Configured, ReadError, find_in, is_home_or_root, is_markdown, read, real};

/// As many files are read before somebody is told how far it has come, and asked whether it shall go on.
const AT_ONCE: usize = 128;

/// What an editor holds, and what it says of files.
pub trait Desk: Sync {
    /// The folders that it has open.
    fn folders(&self) -> Vec<PathBuf>;

    /// What applies to a file.
    fn applies(&self, file: &Path) -> Arc<Configured>;

    /// The Markdown files that it has open: their texts win over the disk.
    fn open(&self) -> Vec<PathBuf>;

    /// What a bank keeps of a file that is open; `None` when it no longer is.
    fn summary(&self, file: &Path) -> Option<Summary>;

    /// Lets those go first who cannot wait; called before each file.
    fn give_way(&self);

    /// Whether nobody waits for the work any more.
    fn stop(&self) -> bool;

    /// How far a scan has come: how many files it has read, of how many.
    fn progress(&self, read: usize, files: usize);
}

/// What a look at some files has shown.
#[derive(Debug, Default)]
pub struct Seen {
    /// The files as a walk names them; `None` for those that are in no bank.
    files: Vec<(PathBuf, Option<File>)>,
    skipped: Vec<(PathBuf, ReadError)>,
    notices: Vec<String>,
    unscanned: bool,
}

/// A file of a bank.
#[derive(Debug)]
struct File {
    place: Place,
    /// Its name for the user.
    given: PathBuf,
    configured: Arc<Configured>,
    summary: Summary,
    /// A hash of its text; `None` when an editor holds it.
    text: Option<NonZeroU64>,
}

/// What is known of a file without its bank.
#[derive(Debug)]
struct Known {
    place: Place,
    /// A hash of its text on the disk; `None` when an editor holds it.
    text: Option<NonZeroU64>,
}

/// What came of a look at some files.
#[derive(Debug, Default)]
pub struct News {
    /// The roots of the banks that are no longer the same.
    pub changed: BTreeSet<PathBuf>,
    /// Files that have left their banks, or have another name for the user now: as they were named before.
    pub gone: Vec<PathBuf>,
    /// Files and folders that could not be read.
    pub skipped: Vec<(PathBuf, ReadError)>,
    /// What else the user should know, in sentences.
    pub notices: Vec<String>,
    /// Whether an open file belongs to a bank that was never scanned.
    pub unscanned: bool,
}

impl News {
    /// Takes over what came of another look.
    pub fn add(&mut self, other: Self) {
        self.changed.extend(other.changed);
        self.gone.extend(other.gone);
        self.skipped.extend(other.skipped);
        self.notices.extend(other.notices);
        self.unscanned |= other.unscanned;
    }
}

/// The banks of an editor's folders, and of the files that it has open.
#[derive(Debug, Default)]
pub struct Index {
    banks: Banks,
    /// The folders of the editor, without the home folder and the root.
    folders: Vec<PathBuf>,
    /// The folders that were walked, each also without links.
    walked: Vec<(PathBuf, PathBuf)>,
    /// The files of the banks as a walk names them, in the order of their paths: they come in it, and a tree takes nearly
    /// twice as much for each.
    files: Vec<(Box<Path>, Known)>,
}

impl Index {
    /// The banks.
    #[must_use]
    pub fn banks(&self) -> &Banks {
        &self.banks
    }

    /// Whether a text of a file that is not open is the one that its bank knows.
    #[must_use]
    pub fn is_as_read(&self, file: &Path, text: &str) -> bool {
        self.known(file).is_some_and(|known| known.text == text_hash(text))
    }

    /// Where a file is among the files, or where it would be.
    fn at(&self, file: &Path) -> Result<usize, usize> {
        self.files.binary_search_by(|(known, _)| (**known).cmp(file))
    }

    fn known(&self, file: &Path) -> Option<&Known> {
        self.at(file).ok().map(|at| &self.files[at].1)
    }

    /// Where a file has its place, whether it is there or not.
    #[must_use]
    pub fn place(&self, file: &Path, configured: &Configured) -> Place {
        let file = self.named(file);
        let known = self.known(&file).map(|known| known.place.clone());
        known.unwrap_or_else(|| self.place_named(&file, configured))
    }

    /// Reads everything. `None` when it was stopped.
    #[must_use]
    pub fn scan(desk: &dyn Desk) -> Option<(Self, News)> {
        let survey = Survey::of(desk);
        let mut index = survey.frame();
        let news = survey.read(Depth::Full, desk, &mut |seen| index.take(seen))?;
        Some((index, survey.finish(news)))
    }

    /// Looks again at files that may have changed on the disk, in folders that may, and at files that were edited, opened
    /// or closed. What is seen is yet to be [taken](Self::take).
    #[must_use]
    pub fn look(&self, touched: &BTreeSet<PathBuf>, edited: &BTreeSet<PathBuf>, desk: &dyn Desk) -> Seen {
        let mut seen = Seen::default();
        let open = self.open(desk);
        // Where a link stands now, a file may have stood before.
        let mut looked_at: BTreeSet<PathBuf> =
            touched.iter().flat_map(|path| [path.clone(), self.named(path)]).collect();
        let known_in = |folder: &PathBuf| {
            let from = self.at(folder).unwrap_or_else(|at| at);
            self.files.get(from).is_some_and(|(path, _)| path.starts_with(folder))
        };
        looked_at.retain(|path| is_markdown(path) || path.is_dir() || known_in(path));
        let mut again = BTreeSet::new();
        for path in edited.iter().map(|path| self.named(path)) {
            // What is typed changes nothing on the disk.
            if self.known(&path).is_some() && open.contains_key(&path) {
                // What changed on the disk as well is looked at anew.
                if !path.ancestors().any(|above| looked_at.contains(above)) {
                    again.insert(path);
                }
            } else {
                looked_at.insert(path);
            }
        }
        let found = self.find(Some(&looked_at), desk, &mut seen);
        let within = |path: &&Path| path.ancestors().any(|above| looked_at.contains(above));
        let known = self.files.iter().map(|(path, _)| &**path).chain(open.keys().map(PathBuf::as_path));
        let known = known.filter(within).map(Path::to_path_buf);
        let all: BTreeSet<PathBuf> = found.iter().cloned().chain(known).collect();
        let again = again.into_iter().map(|path| {
            let is_alone = self.known(&path).is_some_and(|known| *known.place.root == *path);
            let of = if is_alone { Source::Alone } else { Source::Editor };
            let source = open.get(&path).map_or(Source::Gone, |given| of(given.clone()));
            (path, source)
        });
        let sources: Vec<(PathBuf, Source)> =
            self.sources(&all, &found, &open, desk).into_iter().chain(again).collect();
        self.read(&sources, Depth::Full, desk, &mut seen);
        seen
    }

    /// Takes over what was seen, without touching the disk.
    pub fn take(&mut self, seen: Seen) -> News {
        let mut news = News {
            skipped: seen.skipped,
            notices: seen.notices,
            unscanned: seen.unscanned,
            ..News::default()
        };
        for (path, file) in seen.files {
            let at = self.at(&path);
            let former = at.ok().map(|at| self.files[at].1.place.clone());
            if let Some(former) =
                former.filter(|former| file.as_ref().is_none_or(|file| file.place != *former))
                && let Some(gone) = self.banks.remove(&former)
            {
                news.changed.insert(former.root.to_path_buf());
                news.gone.push(gone);
            }
            let Some(mut file) = file else {
                if let Ok(at) = at {
                    self.files.remove(at);
                }
                continue;
            };
            file.place.root = self.banks.shared_root(file.place.root);
            let named = self.banks.shown(&file.place).filter(|named| *named != file.given);
            news.gone.extend(named);
            if self.banks.insert(&file.place, &file.given, &file.configured, file.summary) {
                news.changed.insert(file.place.root.to_path_buf());
            }
            let known = Known { place: file.place, text: file.text };
            match at {
                Ok(at) => self.files[at].1 = known,
                Err(at) => self.files.insert(at, (path.into(), known)),
            }
        }
        news
    }

    /// The folders to walk: those of the editor, and those of every `starling.toml` that applies to them or to an open
    /// file.
    fn to_walk(&self, desk: &dyn Desk) -> Vec<PathBuf> {
        let mut all = self.folders.clone();
        let of_folders = self.folders.iter().map(|folder| folder.join(FILE_NAME));
        for file in of_folders.chain(desk.open()) {
            let configured = desk.applies(&file);
            let folder = configured.file.as_deref().and_then(Path::parent);
            all.extend(folder.filter(|folder| !is_home_or_root(folder)).map(Path::to_path_buf));
        }
        let mut seen = BTreeSet::new();
        all.retain(|folder| seen.insert(folder.clone()));
        all
    }

    /// The Markdown files of the folders, or those of them that some paths name.
    fn find(&self, only: Option<&BTreeSet<PathBuf>>, desk: &dyn Desk, seen: &mut Seen) -> BTreeSet<PathBuf> {
        let mut files = BTreeSet::new();
        for (folder, real_folder) in &self.walked {
            let concerns = |path: &PathBuf| path.starts_with(folder) || folder.starts_with(path);
            if only.is_some_and(|only| !only.iter().any(concerns)) {
                continue;
            }
            let found = find_in(folder, only, &mut |file| desk.applies(file), &|| desk.stop());
            // No link lies between the folder and what was found in it, so that the system need not be asked for each.
            let resolved = |path: &Path| path.strip_prefix(folder).map(|inside| real_folder.join(inside));
            let named = |path: PathBuf| match resolved(&path) {
                Ok(resolved) => self.named_as(&path, &resolved),
                Err(_) => self.named(&path),
            };
            files.extend(found.entries.into_iter().map(|entry| named(entry.path)));
            seen.skipped.extend(found.skipped);
            seen.notices.extend(found.notices);
        }
        files
    }

    /// The files that the editor has open, as a walk would name them, each with the name that the editor gives it.
    fn open(&self, desk: &dyn Desk) -> BTreeMap<PathBuf, PathBuf> {
        desk.open().into_iter().map(|path| (self.named(&path), path)).collect()
    }

    /// A path as a walk would name it, through whatever links it leads; itself where nothing was walked.
    fn named(&self, path: &Path) -> PathBuf {
        real(path).map_or_else(|| path.to_path_buf(), |resolved| self.named_as(path, &resolved))
    }

    /// A path as a walk would name it, given where it really lies.
    fn named_as(&self, path: &Path, resolved: &Path) -> PathBuf {
        let within = self.walked.iter().filter_map(|(folder, real)| {
            let rest = resolved.strip_prefix(real).ok()?;
            Some(if rest.as_os_str().is_empty() { folder.clone() } else { folder.join(rest) })
        });
        // Of several names, the one that most of the folders share.
        within.min_by_key(|path| path.components().count()).unwrap_or_else(|| path.to_path_buf())
    }

    fn is_walked(&self, file: &Path) -> bool {
        self.walked.iter().any(|(folder, _)| file.starts_with(folder))
    }

    fn place_named(&self, file: &Path, configured: &Configured) -> Place {
        if let Some(root) = configured.file.as_deref().and_then(Path::parent)
            && let Ok(inside) = file.strip_prefix(root)
            && self.is_walked(root)
        {
            // No link lies between them, so that the system need not be asked for each file.
            return Place { root: configured.root.as_path().into(), path: inside.into() };
        }
        let around = self.folders.iter().filter(|folder| file.starts_with(folder));
        let innermost = around.max_by_key(|folder| folder.components().count());
        Place::of(file, configured, innermost.map(PathBuf::as_path))
    }

    /// Where each of some files is to be read.
    fn sources(
        &self,
        all: &BTreeSet<PathBuf>,
        found: &BTreeSet<PathBuf>,
        open: &BTreeMap<PathBuf, PathBuf>,
        desk: &dyn Desk,
    ) -> Vec<(PathBuf, Source)> {
        let source = |path: &PathBuf| match open.get(path) {
            Some(given) if found.contains(path) || self.may_come(path, desk) => Source::Editor(given.clone()),
            Some(given) => Source::Alone(given.clone()),
            None if found.contains(path) => Source::Disk,
            None => Source::Gone,
        };
        all.iter().map(|path| (path.clone(), source(path))).collect()
    }

    /// Whether a file that no walk finds belongs to its bank all the same, once the editor holds it: it is still to be
    /// written, or it lies where nothing is walked.
    fn may_come(&self, path: &Path, desk: &dyn Desk) -> bool {
        let Some((folder, _)) = self.walked.iter().find(|(folder, _)| path.starts_with(folder)) else {
            return true;
        };
        let hidden = |piece: std::path::Component<'_>| piece.as_os_str().to_string_lossy().starts_with('.');
        let configured = desk.applies(path);
        is_markdown(path)
            && !path.exists()
            && !path.strip_prefix(folder).is_ok_and(|inside| inside.components().any(hidden))
            && !configured.config.excludes(&configured.relative(path))
    }

    /// Reads files from their sources.
    fn read(&self, sources: &[(PathBuf, Source)], depth: Depth, desk: &dyn Desk, seen: &mut Seen) {
        let read = parallel::map(sources, |(path, source)| self.read_one(path, source, depth, desk));
        for ((path, _), read) in sources.iter().zip(read) {
            let file = match read.unwrap_or(Ok(None)) {
                Ok(file) => file,
                Err(error) => {
                    if !matches!(error, ReadError::Missing) {
                        seen.skipped.push((path.clone(), error));
                    }
                    None
                }
            };
            seen.unscanned |= file.as_ref().is_some_and(|file| {
                let root = file.configured.file.as_deref().and_then(Path::parent);
                !self.is_walked(path) && root.is_some_and(|root| !is_home_or_root(root))
            });
            seen.files.push((path.clone(), file));
        }
    }

    fn read_one(
        &self,
        path: &Path,
        source: &Source,
        depth: Depth,
        desk: &dyn Desk,
    ) -> Result<Option<File>, ReadError> {
        desk.give_way();
        let configured = desk.applies(path);
        let edited = match source {
            Source::Editor(given) | Source::Alone(given) => {
                desk.summary(given).map(|summary| (given.clone(), summary, None))
            }
            Source::Disk | Source::Gone => None,
        };
        let (given, summary, text) = match (edited, source) {
            (Some(edited), _) => edited,
            // Closed since somebody looked at what is open: the disk has it again.
            (None, Source::Editor(_) | Source::Disk) => {
                let text = read(path)?.text;
                let vocabulary = &configured.config.vocabulary;
                let origin = configured.origin(path);
                let hash = text_hash(&text);
                let summary = match depth {
                    Depth::Full => Summary::read(text, &origin, vocabulary),
                    Depth::Skim => Summary::skim(&text, &origin, vocabulary),
                };
                (path.to_path_buf(), summary, hash)
            }
            (None, Source::Alone(_) | Source::Gone) => return Ok(None),
        };
        let place = match source {
            Source::Alone(_) => Place::alone(path),
            _ => self.place_named(path, &configured),
        };
        Ok(Some(File { place, given, configured, summary, text }))
    }
}

/// A hash of a text that lies on the disk.
fn text_hash(text: &str) -> Option<NonZeroU64> {
    // None of them is zero, so that telling whether there is one takes no memory.
    NonZeroU64::new(hash(text) | 1)
}

/// How much of a file is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// All that a bank keeps.
    Full,
    /// Titles, parts and tags: enough to look stories up, and several times faster.
    Skim,
}

/// The files that are to be read.
pub struct Survey {
    /// An index of the same folders, without files.
    frame: Index,
    sources: Vec<(PathBuf, Source)>,
    /// What the user should know of folders.
    news: News,
}

impl Survey {
    /// Finds all files.
    #[must_use]
    pub fn of(desk: &dyn Desk) -> Self {
        let mut frame = Index { folders: desk.folders(), ..Index::default() };
        frame.folders.retain(|folder| !is_home_or_root(folder));
        for folder in frame.to_walk(desk) {
            let real = real(&folder).unwrap_or_else(|| folder.clone());
            frame.walked.push((folder, real));
        }
        let mut seen = Seen::default();
        let found = frame.find(None, desk, &mut seen);
        let open = frame.open(desk);
        let all: BTreeSet<PathBuf> = found.iter().chain(open.keys()).cloned().collect();
        let sources = frame.sources(&all, &found, &open, desk);
        let news = News { skipped: seen.skipped, notices: seen.notices, ..News::default() };
        Self { frame, sources, news }
    }

    /// Whether reading takes long enough to be felt.
    #[must_use]
    pub fn is_large(&self) -> bool {
        self.sources.len() > AT_ONCE
    }

    /// An index of the folders, without files.
    #[must_use]
    pub fn frame(&self) -> Index {
        let Index { folders, walked, .. } = &self.frame;
        Index { folders: folders.clone(), walked: walked.clone(), ..Index::default() }
    }

    /// Reads the files, some at a time, each time for `take` to [take over](Index::take). `None` when it was stopped.
    pub fn read(&self, depth: Depth, desk: &dyn Desk, take: &mut dyn FnMut(Seen) -> News) -> Option<News> {
        let mut news = News::default();
        for (number, some) in self.sources.chunks(AT_ONCE).enumerate() {
            if desk.stop() {
                return None;
            }
            if depth == Depth::Full {
                desk.progress(number * AT_ONCE, self.sources.len());
            }
            let mut seen = Seen::default();
            self.frame.read(some, depth, desk, &mut seen);
            news.add(take(seen));
        }
        Some(news)
    }

    /// What came of reading the files, with what there is to say of folders.
    #[must_use]
    pub fn finish(mut self, news: News) -> News {
        self.news.add(news);
        self.news
    }
}

/// Where a file is to be read.
enum Source {
    /// From the editor, which gives it this name.
    Editor(PathBuf),
    /// From the editor, which gives it this name, as a bank of its own: its folder leaves it out.
    Alone(PathBuf),
    /// From the disk.
    Disk,
    /// Nowhere: it is in no bank.
    Gone,
}
