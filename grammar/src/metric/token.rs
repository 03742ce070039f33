//! The words, numbers and signs of a prose text.

use crate::Span;
use crate::markdown::OPAQUE;
use crate::prose::push_lower;

use super::digits;
use super::lexicon::{Class, LEXICON, Lexicon, Meaning};

/// How many tokens before or after a number can say something of it.
const FARTHEST: usize = 40;

/// A word, number or sign.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) span: Span,
    pub(super) kind: TokenKind,
    /// Whether white space stands before it.
    pub(super) spaced: bool,
    /// The place of the word's meaning in the lexicon.
    meaning: u16,
    /// The first token of its clause.
    clause: usize,
    /// The place of its sentence in [`Tokens::sentences`].
    sentence: usize,
    /// The word in lower case, in [`Tokens::lowered`].
    lower: (usize, usize),
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum TokenKind {
    /// Letters, and digits after them.
    Word { capital: bool },
    /// Digits, with the number they say.
    Number(f64),
    /// Digits that are no number: `3.11.2`.
    Version,
    /// Any other character; every arrow is `→`, every long dash `–`.
    Sign(char),
    /// Code.
    Opaque,
    /// The end of a block.
    Break,
}

/// The tokens of a text.
pub(super) struct Tokens {
    pub(super) all: Vec<Token>,
    lowered: String,
    lexicon: &'static Lexicon,
    /// The token after which blocks stand in columns of before and after, as the head of a table says.
    columns: usize,
    /// The first token of each sentence, and the end of the last.
    sentences: Vec<usize>,
}

impl Tokens {
    pub(super) fn read(prose: &str) -> Self {
        let mut tokens = Self {
            all: Vec::with_capacity(prose.len() / 4),
            lowered: String::with_capacity(prose.len()),
            lexicon: &LEXICON,
            columns: usize::MAX,
            sentences: vec![0],
        };
        let mut at = 0;
        let mut spaced = true;
        while let Some(character) = prose[at..].chars().next() {
            let rest = &prose[at..];
            let (kind, length) = match character {
                '\n' => (TokenKind::Break, 1),
                // The selector only says how the sign before it is drawn.
                c if c.is_whitespace() || c == '\u{FE0F}' => {
                    spaced = true;
                    at += c.len_utf8();
                    continue;
                }
                c if c == char::from(OPAQUE) => {
                    (TokenKind::Opaque, rest.bytes().take_while(|&byte| byte == OPAQUE).count())
                }
                c if c.is_ascii_digit() => digits::read(rest),
                c if c.is_alphabetic() => {
                    let length = word(rest);
                    (TokenKind::Word { capital: is_capital(&rest[..length]) }, length)
                }
                _ => sign(rest, character),
            };
            tokens.push(Span::new(at, at + length), kind, spaced, &rest[..length]);
            at += length;
            spaced = kind == TokenKind::Break;
        }
        tokens.columns = tokens.columns();
        tokens.part();
        tokens
    }

    /// Finds where sentences and clauses begin.
    fn part(&mut self) {
        let mut clause = 0;
        for at in 0..self.all.len() {
            let sentence = self.sentences.len() - 1;
            self.all[at] = Token { clause, sentence, ..self.all[at] };
            if self.ends_sentence(at) {
                clause = at + 1;
                self.sentences.push(clause);
            } else if self.parts_clause(at) {
                clause = at + 1;
            }
        }
        self.sentences.push(self.all.len());
    }

    /// Whether a comma, a dash or a contrast stands at a token.
    fn parts_clause(&self, at: usize) -> bool {
        matches!(self.kind(at), Some(TokenKind::Sign(',' | '–' | '(' | ')' | ':')))
            || self.is(at, Class::Contrast)
    }

    /// Where two blocks that follow each other say no more than `before` and `after`.
    fn columns(&self) -> usize {
        let alone = |at: usize| self.is_word(at) && self.kind(at + 1) == Some(TokenKind::Break);
        let year = |at: usize| match self.kind(at) {
            Some(TokenKind::Number(year)) if self.kind(at + 1) == Some(TokenKind::Break) => {
                Some(year).filter(|year| (1900.0..2100.0).contains(year))
            }
            _ => None,
        };
        let heads = |at: &usize| {
            alone(*at) && alone(at + 2) && self.is(*at, Class::Earlier) && self.is(at + 2, Class::Now)
                || alone(*at)
                    && alone(at + 2)
                    && [*at, at + 2]
                        .iter()
                        .all(|at| self.is(*at, Class::Period) || self.is(*at, Class::Month))
                    && self.word(*at) != self.word(at + 2)
                || year(*at).zip(year(at + 2)).is_some_and(|(first, second)| first < second)
        };
        let head = (0..self.all.len()).find(heads).unwrap_or(usize::MAX);
        // `| Component | Old | New |` compares versions.
        let versions = head != usize::MAX && head >= 2 && self.is(head - 2, Class::Versioned);
        if versions { usize::MAX } else { head }
    }

    /// Whether two tokens stand at the end and the beginning of blocks in columns of before and after.
    pub(super) fn is_column_break(&self, first: usize, second: usize) -> bool {
        first > self.columns && (first..second).any(|at| self.kind(at) == Some(TokenKind::Break))
    }

    fn push(&mut self, span: Span, kind: TokenKind, spaced: bool, text: &str) {
        let from = self.lowered.len();
        let mut meaning = 0;
        if let TokenKind::Word { .. } = kind {
            push_lower(text, &mut self.lowered);
            meaning = self.lexicon.place(&self.lowered[from..]);
        }
        self.all.push(Token {
            span,
            kind,
            spaced,
            meaning,
            clause: 0,
            sentence: 0,
            lower: (from, self.lowered.len()),
        });
    }

    /// The word at `index` in lower case; empty for anything else and outside of the text.
    pub(super) fn word(&self, index: usize) -> &str {
        self.all.get(index).map_or("", |token| &self.lowered[token.lower.0..token.lower.1])
    }

    /// The word before `index`.
    pub(super) fn before(&self, index: usize) -> &str {
        index.checked_sub(1).map_or("", |index| self.word(index))
    }

    /// Whether the word at `index` stands in any list.
    pub(super) fn is_listed(&self, index: usize) -> bool {
        self.all.get(index).is_some_and(|token| token.meaning != 0)
    }

    /// Whether anything can begin at a token: a sign other than points, commas and the like, digits, or a word of the lists.
    pub(super) fn is_known(&self, index: usize) -> bool {
        match self.all[index].kind {
            TokenKind::Word { .. } => self.is_listed(index),
            TokenKind::Number(_) => true,
            TokenKind::Sign(sign) => !matches!(sign, '.' | ',' | ';' | '!' | '?'),
            TokenKind::Version | TokenKind::Opaque | TokenKind::Break => false,
        }
    }

    /// What the lists say of the word at `index`.
    pub(super) fn meaning(&self, index: usize) -> &Meaning {
        self.lexicon.meaning(self.all.get(index).map_or(0, |token| token.meaning))
    }

    /// Whether the word at `index` is of a class.
    pub(super) fn is(&self, index: usize, class: Class) -> bool {
        self.meaning(index).is(class)
    }

    pub(super) fn kind(&self, index: usize) -> Option<TokenKind> {
        self.all.get(index).map(|token| token.kind)
    }

    pub(super) fn is_sign(&self, index: usize, sign: char) -> bool {
        self.kind(index) == Some(TokenKind::Sign(sign))
    }

    pub(super) fn is_number(&self, index: usize) -> bool {
        matches!(self.kind(index), Some(TokenKind::Number(_)))
    }

    pub(super) fn is_word(&self, index: usize) -> bool {
        matches!(self.kind(index), Some(TokenKind::Word { .. }))
    }

    pub(super) fn is_capital(&self, index: usize) -> bool {
        self.kind(index) == Some(TokenKind::Word { capital: true })
    }

    /// The word before `index`, words of approximation passed over: `by` in `by some 15 %`.
    pub(super) fn leading(&self, index: usize) -> usize {
        (0..index)
            .rev()
            .find(|at| !self.is(*at, Class::Approximate) && !self.is_sign(*at, '~'))
            .unwrap_or(usize::MAX)
    }

    /// The word before a bound that stands right before `index`: `by` in `by more than a third` and `by over half`.
    pub(super) fn before_bound(&self, index: usize) -> Option<&str> {
        match self.before(index) {
            "than" if index >= 2 && matches!(self.word(index - 2), "more" | "less") => {
                Some(self.before(index - 2))
            }
            "over" | "under" => Some(self.before(index - 1)),
            _ => None,
        }
    }

    /// Whether a token follows `index - 1` without white space.
    pub(super) fn is_glued(&self, index: usize) -> bool {
        self.all.get(index).is_some_and(|token| !token.spaced)
    }

    /// Whether the word at `index` can be what a number counts: a plural.
    pub(super) fn is_counted(&self, index: usize) -> bool {
        let word = self.word(index);
        let plural = word.len() > 3
            && word.ends_with('s')
            && !["ss", "us", "is", "'s"].iter().any(|ending| word.ends_with(ending));
        (plural || self.is(index, Class::Counted)) && !self.is(index, Class::Function)
    }

    /// Whether a sentence ends with the token at `index`.
    pub(super) fn ends_sentence(&self, index: usize) -> bool {
        match self.kind(index) {
            None | Some(TokenKind::Break | TokenKind::Sign(';' | '!' | '?' | '。')) => true,
            Some(TokenKind::Sign('.')) if index > 0 && self.is(index - 1, Class::Abbreviated) => {
                self.kind(index + 1).is_none_or(|kind| kind == TokenKind::Break)
            }
            Some(TokenKind::Sign('.')) => self
                .all
                .get(index + 1)
                .is_none_or(|next| next.spaced && !matches!(next.kind, TokenKind::Word { capital: false })),
            _ => false,
        }
    }

    /// The tokens of the sentence around `at`, its end sign left out. Of long sentences it is what stands near, so that
    /// reading stays linear.
    pub(super) fn sentence(&self, at: usize) -> (usize, usize) {
        let Some(token) = self.all.get(at) else { return (at, at) };
        let (start, next) = (self.sentences[token.sentence], self.sentences[token.sentence + 1]);
        let end = if next > at && self.ends_sentence(next - 1) { next - 1 } else { next };
        (start.max(at.saturating_sub(FARTHEST)), end.clamp(at, at + FARTHEST))
    }

    /// Whether the words of a phrase stand at `index` and after it.
    pub(super) fn says(&self, index: usize, phrase: &str) -> bool {
        // Most words begin no phrase.
        let first = self.word(index);
        !first.is_empty()
            && phrase.starts_with(first)
            && phrase.split(' ').enumerate().all(|(ahead, word)| self.word(index + ahead) == word)
    }

    /// The sign that opens the quotation around `at`, within its sentence.
    pub(super) fn quotation(&self, at: usize) -> Option<usize> {
        let (start, _) = self.sentence(at);
        let mut open = None;
        for index in start..at {
            open = match self.kind(index) {
                Some(TokenKind::Sign('"')) if open.is_none() => Some(index),
                Some(TokenKind::Sign('“' | '„' | '«')) if open.is_none() => Some(index),
                Some(TokenKind::Sign('"' | '”' | '“' | '»')) => None,
                _ => open,
            };
        }
        open
    }

    /// The first token of the clause that `at` stands in: what a comma, a dash or a contrast does not part from it.
    pub(super) fn clause(&self, at: usize) -> usize {
        self.all.get(at).map_or(at, |token| token.clause.max(at.saturating_sub(FARTHEST)))
    }

    pub(super) fn span(&self, first: usize, next: usize) -> Span {
        self.all[first].span.cover(self.all[next - 1].span)
    }
}

/// Whether a word is written as names are: `Berlin`, `iPhone`.
fn is_capital(word: &str) -> bool {
    const SHORTEST: usize = 5;
    // `iOS`, `eBPF`
    let prefixed = word.starts_with(['i', 'e']) && word[1..].starts_with(|c: char| c.is_ascii_uppercase());
    word.starts_with(char::is_uppercase)
        || prefixed
        || word.len() >= SHORTEST && word.bytes().any(|byte| byte.is_ascii_uppercase())
}

/// A word: letters and digits, and a hyphen, point or stroke before a digit (`UTF-8`, `v2.1`, `HTTP/2`).
fn word(text: &str) -> usize {
    // Most words are plain letters between spaces.
    let plain = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    if matches!(text.as_bytes().get(plain), None | Some(b' ' | b',' | b'\n')) {
        return plain;
    }
    let mut end = 0;
    let mut digits = false;
    for (at, character) in text.char_indices() {
        let next = text[at + character.len_utf8()..].chars().next();
        let before_digit = next.is_some_and(|c| c.is_ascii_digit());
        let so_far = &text[..at];
        let joins = match character {
            c if c.is_alphanumeric() => true,
            '\'' | '’' => next.is_some_and(char::is_alphabetic),
            '-' => before_digit && !so_far.eq_ignore_ascii_case("sub") && !so_far.ends_with('-'),
            '.' => before_digit && digits,
            '/' => before_digit && so_far.len() > 1 && so_far.chars().all(|c| c.is_ascii_uppercase()),
            _ => false,
        };
        if !joins {
            break;
        }
        digits |= character.is_ascii_digit();
        end = at + character.len_utf8();
    }
    end
}

fn sign(text: &str, character: char) -> (TokenKind, usize) {
    if character.is_ascii() && !matches!(character, '-' | '=') {
        return (TokenKind::Sign(character), 1);
    }
    for arrow in ["-->", "->", "=>", "→", "➝", "➞", "⟶", "➔", "➜", "⇒", "➡"] {
        if text.starts_with(arrow) {
            return (TokenKind::Sign('→'), arrow.len());
        }
    }
    let sign = match character {
        '−' | '‐' | '‑' => '-',
        '—' | '―' => '–',
        '＄' => '$',
        '％' => '%',
        other => other,
    };
    (TokenKind::Sign(sign), character.len_utf8())
}
