//! The words, numbers and signs of a prose text.

use crate::Span;
use crate::markdown::OPAQUE;

/// A word, number or sign.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) span: Span,
    pub(super) kind: TokenKind,
    /// Whether white space stands before it.
    pub(super) spaced: bool,
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
}

impl Tokens {
    pub(super) fn read(prose: &str) -> Self {
        let mut tokens =
            Self { all: Vec::with_capacity(prose.len() / 5), lowered: String::with_capacity(prose.len()) };
        let mut at = 0;
        let mut spaced = true;
        while let Some(character) = prose[at..].chars().next() {
            let rest = &prose[at..];
            let (kind, length) = match character {
                '\n' => (TokenKind::Break, 1),
                c if c.is_whitespace() => {
                    spaced = true;
                    at += c.len_utf8();
                    continue;
                }
                c if c == char::from(OPAQUE) => {
                    (TokenKind::Opaque, rest.bytes().take_while(|&byte| byte == OPAQUE).count())
                }
                c if c.is_ascii_digit() => number(rest),
                c if c.is_alphabetic() => (TokenKind::Word { capital: c.is_uppercase() }, word(rest)),
                _ => sign(rest, character),
            };
            let from = tokens.lowered.len();
            if let TokenKind::Word { .. } = kind {
                for character in rest[..length].chars() {
                    match character {
                        '’' => tokens.lowered.push('\''),
                        c if c.is_ascii() => tokens.lowered.push(c.to_ascii_lowercase()),
                        c => tokens.lowered.extend(c.to_lowercase()),
                    }
                }
            }
            let lower = (from, tokens.lowered.len());
            tokens.all.push(Token { span: Span::new(at, at + length), kind, spaced, lower });
            at += length;
            spaced = kind == TokenKind::Break;
        }
        tokens
    }

    /// The word at `index` in lower case; empty for anything else and outside of the text.
    pub(super) fn word(&self, index: usize) -> &str {
        self.all.get(index).map_or("", |token| &self.lowered[token.lower.0..token.lower.1])
    }

    /// The word before `index`.
    pub(super) fn before(&self, index: usize) -> &str {
        index.checked_sub(1).map_or("", |index| self.word(index))
    }

    pub(super) fn kind(&self, index: usize) -> Option<TokenKind> {
        self.all.get(index).map(|token| token.kind)
    }

    pub(super) fn is_sign(&self, index: usize, sign: char) -> bool {
        self.kind(index) == Some(TokenKind::Sign(sign))
    }

    pub(super) fn is_word(&self, index: usize) -> bool {
        matches!(self.kind(index), Some(TokenKind::Word { .. }))
    }

    /// Whether a word follows `index - 1` without white space.
    pub(super) fn is_glued(&self, index: usize) -> bool {
        self.all.get(index).is_some_and(|token| !token.spaced)
    }

    /// Whether a sentence ends with the token at `index`.
    pub(super) fn ends_sentence(&self, index: usize) -> bool {
        match self.kind(index) {
            None | Some(TokenKind::Break | TokenKind::Sign(';' | '!' | '?' | '。')) => true,
            Some(TokenKind::Sign('.')) => self
                .all
                .get(index + 1)
                .is_none_or(|next| next.spaced && !matches!(next.kind, TokenKind::Word { capital: false })),
            _ => false,
        }
    }

    pub(super) fn span(&self, first: usize, next: usize) -> Span {
        self.all[first].span.cover(self.all[next - 1].span)
    }
}

/// A word: letters and digits, and a hyphen, point or stroke before a digit (`UTF-8`, `v2.1`, `HTTP/2`).
fn word(text: &str) -> usize {
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

/// Digits with separators: a point or comma before a digit, or a space or apostrophe before a group of three.
fn number(text: &str) -> (TokenKind, usize) {
    let bytes = text.as_bytes();
    let mut end = digits(bytes, 0);
    let (mut points, mut commas, mut last) = (0usize, 0usize, (b' ', end));
    loop {
        let width = group_space(&text[end..]);
        let group = digits(bytes, end + width) - (end + width).min(bytes.len());
        match bytes.get(end) {
            Some(mark @ (b'.' | b',')) if digits(bytes, end + 1) > end + 1 => {
                if *mark == b'.' {
                    points += 1;
                } else {
                    commas += 1;
                }
                last = (*mark, end);
                end = digits(bytes, end + 1);
            }
            Some(_) if width > 0 && group == 3 && end <= 3 + last.1 && points == 0 && commas == 0 => {
                last = (b' ', end + width + 3);
                end += width + 3;
            }
            _ => break,
        }
    }
    let fraction = end - last.1.min(end);
    let decimal = match (points, commas, last.0) {
        (0, 0, _) => None,
        (1, 0, _) | (1, 1.., b'.') => Some(b'.'),
        (0, 1, _) if fraction != 4 => Some(b','),
        (0, _, _) => None,
        (_, 1, b',') => Some(b','),
        _ => return (TokenKind::Version, end),
    };
    let mut plain = String::with_capacity(end);
    for (at, byte) in bytes[..end].iter().enumerate() {
        match byte {
            b'0'..=b'9' => plain.push(char::from(*byte)),
            mark if decimal == Some(*mark) && at == last.1 => plain.push('.'),
            _ => {}
        }
    }
    (plain.parse().map_or(TokenKind::Version, TokenKind::Number), end)
}

fn digits(bytes: &[u8], from: usize) -> usize {
    from + bytes.get(from..).unwrap_or_default().iter().take_while(|byte| byte.is_ascii_digit()).count()
}

/// The length of a space or apostrophe that can part groups of digits.
fn group_space(text: &str) -> usize {
    text.chars()
        .next()
        .filter(|c| matches!(c, '\u{A0}' | '\u{202F}' | '\u{2009}' | '\'' | '’' | ' '))
        .map_or(0, char::len_utf8)
}

fn sign(text: &str, character: char) -> (TokenKind, usize) {
    for arrow in ["-->", "->", "=>", "→", "⟶", "➔", "➜", "⇒", "➡"] {
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
