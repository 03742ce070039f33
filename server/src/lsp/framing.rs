//! The base protocol: messages behind headers, read without giving up and written whole.
//!
//! A header that cannot be understood costs its message, not the session: reading goes on at the next line that is a
//! `Content-Length`.

use std::io::{self, BufRead, Read as _, Write};

/// The largest message that is kept, in bytes. Editors send whole documents, but nobody opens a text of this size.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// The longest header line, in bytes; what is longer is no header.
const MAX_HEADER: u64 = 4096;

/// What stands between two ends of the stream.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Frame {
    /// The body of a message.
    Message(Vec<u8>),
    /// A message that was passed over, with the reason.
    Broken(&'static str),
}

/// Reads the next frame; `None` at the end of the stream.
///
/// # Errors
/// When the stream cannot be read.
pub(super) fn read(stream: &mut impl BufRead) -> io::Result<Option<Frame>> {
    let mut length = None;
    let mut strange = false;
    loop {
        let Some(line) = read_line(stream)? else { return Ok(None) };
        let line = line.trim_ascii();
        if line.is_empty() {
            if let Some(length) = length {
                return read_body(stream, length);
            }
            if strange {
                return Ok(Some(Frame::Broken("a header without Content-Length")));
            }
            continue;
        }
        match content_length(line) {
            Some(found) => length = Some(found),
            // Other headers (`Content-Type`) say nothing that matters: the protocol knows one encoding.
            None => strange = true,
        }
    }
}

/// A line with its end, or as much of it as may be a header; `None` at the end of the stream.
fn read_line(stream: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    let read = stream.by_ref().take(MAX_HEADER).read_until(b'\n', &mut line)?;
    Ok((read > 0).then_some(line))
}

/// The value of a `Content-Length` header, which may follow bytes that a broken message left on its line.
fn content_length(line: &[u8]) -> Option<u64> {
    const NAME: &[u8] = b"content-length:";
    let at = line.windows(NAME.len()).rposition(|window| window.eq_ignore_ascii_case(NAME))?;
    std::str::from_utf8(&line[at + NAME.len()..]).ok()?.trim().parse().ok()
}

fn read_body(stream: &mut impl BufRead, length: u64) -> io::Result<Option<Frame>> {
    if length > MAX_BYTES {
        // Skipping what may never come would wait for ever; the headers that follow are found again.
        return Ok(Some(Frame::Broken("a message that is too large")));
    }
    let mut body = Vec::new();
    let read = stream.by_ref().take(length).read_to_end(&mut body)?;
    Ok((read as u64 == length).then_some(Frame::Message(body)))
}

/// Writes one message.
///
/// # Errors
/// When the stream cannot be written.
pub(super) fn write(stream: &mut impl Write, body: &[u8]) -> io::Result<()> {
    write!(stream, "Content-Length: {}\r\n\r\n", body.len())?;
    stream.write_all(body)
}

#[cfg(test)]
mod tests {
    use super::{Frame, read, write};

    fn all(stream: &str) -> Vec<Frame> {
        let mut stream = stream.as_bytes();
        let mut frames = Vec::new();
        while let Some(frame) = read(&mut stream).expect("memory can be read") {
            frames.push(frame);
        }
        frames
    }

    fn message(body: &str) -> Frame {
        Frame::Message(body.as_bytes().to_vec())
    }

    #[test]
    fn headers_come_in_any_form() {
        let stream =
            "Content-Length: 2\r\n\r\n{}content-type: x\r\nCONTENT-LENGTH:2\r\n\r\n[]Content-Length: 1\n\n0";
        assert_eq!(all(stream), [message("{}"), message("[]"), message("0")]);
    }

    #[test]
    fn a_broken_header_costs_its_message_only() {
        let stream = "Content-Length: many\r\n\r\n{}Content-Length: 2\r\n\r\n{}";
        assert_eq!(all(stream), [Frame::Broken("a header without Content-Length"), message("{}")]);
        let stream = "Content-Length: 99999999999\r\n\r\nContent-Length: 2\r\n\r\n{}";
        assert_eq!(all(stream), [Frame::Broken("a message that is too large"), message("{}")]);
        assert_eq!(all("\r\n\r\nContent-Length: 2\r\n\r\n{}"), [message("{}")]);
    }

    #[test]
    fn the_end_may_come_anywhere() {
        for stream in ["", "Content", "Content-Length: 5\r\n", "Content-Length: 5\r\n\r\n{}"] {
            assert_eq!(all(stream), [], "{stream:?}");
        }
    }

    #[test]
    fn what_is_written_can_be_read() {
        let mut stream = Vec::new();
        write(&mut stream, "\"é\"".as_bytes()).expect("memory can be written");
        assert_eq!(all(std::str::from_utf8(&stream).expect("UTF-8")), [message("\"é\"")]);
    }
}
