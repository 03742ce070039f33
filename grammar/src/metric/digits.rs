//! Numbers in digits: `1,200`, `1.200,5`, `20 000`, `1'000`, `3,00,000`, `99,95`.

use super::token::TokenKind;

/// The number at the head of a text that begins with a digit, with its length in bytes.
///
/// A point or comma joins digits on both sides; a space or apostrophe joins groups of three. Which mark is the decimal
/// one follows from how often each stands and how many digits follow it.
pub(super) fn read(text: &str) -> (TokenKind, usize) {
    let marks = Marks::read(text);
    match marks.decimal() {
        Some(decimal) => (TokenKind::Number(value(&text.as_bytes()[..marks.end], decimal)), marks.end),
        None => (TokenKind::Version, marks.end),
    }
}

/// The marks between the digits of a number.
struct Marks {
    points: usize,
    commas: usize,
    spaces: usize,
    /// The last mark and its place.
    last: (u8, usize),
    end: usize,
}

impl Marks {
    fn read(text: &str) -> Self {
        let bytes = text.as_bytes();
        let first = digits(bytes, 0);
        let mut marks = Self { points: 0, commas: 0, spaces: 0, last: (b' ', first), end: first };
        loop {
            let at = marks.end;
            let space = group_space(&text[at..]);
            if matches!(bytes.get(at), Some(b'.' | b',')) && digits(bytes, at + 1) > at + 1 {
                let point = bytes[at] == b'.';
                marks.points += usize::from(point);
                marks.commas += usize::from(!point);
                marks.last = (bytes[at], at);
                marks.end = digits(bytes, at + 1);
            } else if space > 0
                && digits(bytes, at + space) == at + space + 3
                && first <= 3
                && marks.points + marks.commas == 0
            {
                marks.spaces += 1;
                marks.end = at + space + 3;
            } else {
                return marks;
            }
        }
    }

    /// The place of the decimal mark, or the end of the number; `None` when these digits are no number.
    fn decimal(&self) -> Option<usize> {
        let (mark, at) = self.last;
        let fraction = self.end - at - usize::from(self.points + self.commas > 0);
        match (self.points, self.commas, mark) {
            (0, 0, _) => Some(self.end),
            // `1.200` may be either; English writes decimals so.
            (1, 0, _) | (1, 1.., b'.') | (_, 1, b',') if self.points > 0 => Some(at),
            (0, 1, _) if fraction != 3 => Some(at),
            (0, _, _) => Some(self.end),
            _ => None,
        }
    }
}

/// The digits of a number with its decimal mark at `decimal`.
fn value(bytes: &[u8], decimal: usize) -> f64 {
    let digits = |bytes: &[u8], from: f64| {
        bytes
            .iter()
            .filter(|byte| byte.is_ascii_digit())
            .fold((from, 1.0), |(value, scale), byte| (value * 10.0 + f64::from(byte - b'0'), scale * 10.0))
    };
    let (whole, _) = digits(&bytes[..decimal], 0.0);
    let (value, scale): (f64, f64) = digits(&bytes[decimal..], whole);
    if scale.is_finite() { value / scale } else { whole }
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

#[cfg(test)]
mod tests {
    use super::{TokenKind, read};

    #[test]
    fn separators() {
        for (text, value, length) in [
            ("1,200 rows", 1200.0, 5),
            ("1.200,5", 1200.5, 7),
            ("20 000 rows", 20_000.0, 6),
            ("1'000", 1000.0, 5),
            ("3,00,000", 300_000.0, 8),
            ("1,234,567.89.", 1_234_567.89, 12),
            ("99,95 %", 99.95, 5),
            ("0.1%", 0.1, 3),
            ("12\u{202F}345", 12_345.0, 8),
            ("2023 500", 2023.0, 4),
            ("40 1200", 40.0, 2),
            ("7.", 7.0, 1),
        ] {
            assert_eq!(read(text), (TokenKind::Number(value), length), "in {text:?}");
        }
        assert_eq!(read("3.11.2"), (TokenKind::Version, 6));
        assert_eq!(read("1.2,3.4,5"), (TokenKind::Version, 9));
        assert!(matches!(read(&"9".repeat(400)), (TokenKind::Number(_), 400)));
    }
}
