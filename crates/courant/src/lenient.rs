//! Connections whose request targets may hold characters that URIs exclude, as Node accepts them.
//! Knows nothing of answers and holds no request: bytes are looked at while they pass.
//!
//! hyper answers 400 to `GET /?filter=published_at:>'2025-01-01'` before any of our code is asked. So such bytes are
//! percent-encoded on their way in. Where hyper could see the frame of a request otherwise than this file does, the
//! rest of the connection passes unchanged: an encoded byte inside a body would shift the start of the next request.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use axum::serve::Listener;
use bytes::Bytes;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpListener;

use crate::patience::{Patient, Places};

/// Longest request line that is read with leniency, in bytes; hyper takes no longer target.
const MOST_LINE: usize = 64 * 1024;

/// A listener whose connections are [`Lenient`] and [`Patient`], as many at once as there are places for.
///
/// Served through [`axum::serve::ListenerExt::tap_io`], it keeps `ConnectInfo<SocketAddr>` working: axum knows the
/// addresses of its own listeners and of tapped ones only.
pub struct LenientListener {
    listener: TcpListener,
    places: Places,
}

impl LenientListener {
    pub fn new(listener: TcpListener, places: Places) -> Self {
        LenientListener { listener, places }
    }
}

impl Listener for LenientListener {
    type Io = Patient<tokio::net::TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, SocketAddr) {
        let place = self.places.take().await;
        let (stream, address) = Listener::accept(&mut self.listener).await;
        (Patient::new(Lenient::new(stream), place), address)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

/// A connection that percent-encodes the excluded bytes of HTTP/1 request targets while it is read.
pub struct Lenient<S> {
    stream: S,
    frame: Frame,
    /// What no longer fitted the reader's buffer; at most three times as long as one read.
    pending: Bytes,
}

impl<S> Lenient<S> {
    /// A connection from its first byte on.
    pub fn new(stream: S) -> Self {
        Lenient { stream, frame: Frame::default(), pending: Bytes::new() }
    }

    /// Whether a request's line or headers have begun and are not whole; false also where the connection is not looked at.
    pub fn is_in_head(&self) -> bool {
        !matches!(self.frame.place, Place::Start | Place::StartReturn | Place::Body(_) | Place::Through)
    }

    fn drain(&mut self, buffer: &mut ReadBuf<'_>) {
        let length = self.pending.len().min(buffer.remaining());
        buffer.put_slice(&self.pending.split_to(length));
        if self.pending.is_empty() {
            // An empty piece would still hold the memory of the whole.
            self.pending = Bytes::new();
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Lenient<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if !self.pending.is_empty() {
            self.drain(buffer);
            return Poll::Ready(Ok(()));
        }
        let before = buffer.filled().len();
        ready!(Pin::new(&mut self.stream).poll_read(context, buffer))?;
        let fresh = buffer.filled().get(before..).unwrap_or_default();
        let Some(first) = self.frame.advance(fresh) else { return Poll::Ready(Ok(())) };
        // Rare: all from the first excluded byte on is written anew, longer than it was.
        self.pending = encode(&mut self.frame, fresh, first).into();
        buffer.set_filled(before + first);
        self.drain(buffer);
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Lenient<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(context, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}

/// What `bytes` become from the excluded byte at `first` on, to which `frame` has just advanced.
fn encode(frame: &mut Frame, bytes: &[u8], first: usize) -> Vec<u8> {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let mut rest = bytes.get(first..).unwrap_or_default();
    let mut encoded = Vec::with_capacity(rest.len() + 32);
    while let Some((&byte, after)) = rest.split_first() {
        let digit = |nibble: u8| DIGITS[usize::from(nibble & 15)];
        encoded.extend([b'%', digit(byte >> 4), digit(byte)]);
        let length = frame.advance(after).unwrap_or(after.len());
        let (plain, next) = after.split_at(length);
        encoded.extend_from_slice(plain);
        rest = next;
    }
    encoded
}

/// Whether URIs exclude `byte` and Node takes it all the same.
fn is_excluded(byte: u8) -> bool {
    matches!(byte, b'<' | b'>' | b'"' | b'{' | b'}' | b'|' | b'^' | b'`' | b'\\' | 0x80..)
}

/// Whether `byte` may stand in a method or in the name of a header.
fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

/// Where in a series of HTTP/1 requests a connection is.
#[derive(Default)]
struct Frame {
    place: Place,
    /// The method, version or header name that is being read.
    word: Word,
    /// Bytes of the request line so far.
    n_line: usize,
    /// The body's length, where a header has said it.
    length: Option<u64>,
}

#[derive(Clone, Copy, Default)]
enum Place {
    /// Before a request line, where empty lines may stand.
    #[default]
    Start,
    /// After the carriage return of an empty line before a request.
    StartReturn,
    Method,
    /// At the first byte after the method and its space.
    TargetStart,
    Target,
    Version,
    HeaderStart,
    /// After the carriage return of the empty line that ends the headers.
    EndReturn,
    Name,
    /// In the value of a header that says nothing of the frame.
    Value,
    /// In the value of the content length, with what its digits say so far.
    Length(Option<u64>),
    /// After the carriage return that ends a content length.
    LengthReturn(u64),
    /// In a body of which so many bytes are to come.
    Body(u64),
    /// The rest of the connection is not looked at.
    Through,
}

impl Frame {
    /// Reads on through `bytes`, up to and with the first byte that must be encoded; its index.
    fn advance(&mut self, bytes: &[u8]) -> Option<usize> {
        let mut at = 0;
        loop {
            let rest = bytes.get(at..)?;
            let &byte = rest.first()?;
            match self.place {
                Place::Through => return None,
                Place::Body(left) => {
                    let length = usize::try_from(left).unwrap_or(usize::MAX).min(rest.len());
                    let left = left - length as u64;
                    self.place = if left == 0 { Place::Start } else { Place::Body(left) };
                    at += length;
                }
                // A stray control character in it is no matter: hyper then refuses the request and closes.
                Place::Value => {
                    at += memchr::memchr(b'\n', rest)? + 1;
                    self.place = Place::HeaderStart;
                }
                _ => {
                    self.place = self.after(byte);
                    if matches!(self.place, Place::Target) && is_excluded(byte) {
                        return Some(at);
                    }
                    at += 1;
                }
            }
        }
    }

    /// The place after `byte`. What hyper would refuse, or frame by other rules, leads to `Through`.
    fn after(&mut self, byte: u8) -> Place {
        if matches!(self.place, Place::Method | Place::TargetStart | Place::Target | Place::Version) {
            self.n_line += 1;
            if self.n_line >= MOST_LINE {
                return Place::Through;
            }
        }
        match (self.place, byte) {
            (Place::Start, b'\r') => Place::StartReturn,
            (Place::Start | Place::StartReturn, b'\n') => Place::Start,
            (Place::Start, byte) if is_token(byte) => {
                *self = Frame { n_line: 1, word: Word::of(byte), ..Frame::default() };
                Place::Method
            }
            (Place::Method, b' ') if !self.word.is(b"CONNECT") => Place::TargetStart,
            (Place::Method, byte) if is_token(byte) => {
                self.word.push(byte);
                Place::Method
            }
            // Only paths: authorities have rules of their own, and the preface of HTTP/2 asks for `*`.
            (Place::TargetStart, b'/') => Place::Target,
            (Place::Target, b' ') => {
                self.word = Word::default();
                Place::Version
            }
            (Place::Target, byte) if !byte.is_ascii_control() => Place::Target,
            (Place::Version, b'\n') if self.word.is_version() => Place::HeaderStart,
            (Place::Version, byte) if byte != b'\n' => {
                self.word.push(byte);
                Place::Version
            }
            (Place::HeaderStart, b'\r') => Place::EndReturn,
            (Place::HeaderStart | Place::EndReturn, b'\n') => self.length.map_or(Place::Start, Place::Body),
            (Place::HeaderStart, byte) if is_token(byte) => {
                self.word = Word::of(byte.to_ascii_lowercase());
                Place::Name
            }
            (Place::Name, b':') => self.value(),
            (Place::Name, byte) if is_token(byte) => {
                self.word.push(byte.to_ascii_lowercase());
                Place::Name
            }
            (Place::Length(None), b' ' | b'\t') => Place::Length(None),
            (Place::Length(number), b'0'..=b'9') => {
                let digit = u64::from(byte - b'0');
                let number = number.unwrap_or(0).checked_mul(10).and_then(|tens| tens.checked_add(digit));
                number.map_or(Place::Through, |number| Place::Length(Some(number)))
            }
            (Place::Length(Some(number)), b'\r') => Place::LengthReturn(number),
            (Place::Length(Some(number)) | Place::LengthReturn(number), b'\n') => {
                self.length = Some(number);
                Place::HeaderStart
            }
            _ => Place::Through,
        }
    }

    /// The place after the name of a header, with its colon.
    fn value(&self) -> Place {
        if self.word.is(b"content-length") {
            return if self.length.is_none() { Place::Length(None) } else { Place::Through };
        }
        // With an expectation it is open whether a body follows.
        let other_frame =
            [b"transfer-encoding".as_slice(), b"upgrade", b"expect"].iter().any(|name| self.word.is(name));
        if other_frame { Place::Through } else { Place::Value }
    }
}

/// A short word that arrives letter by letter; of a long one, only that it is long.
#[derive(Default)]
struct Word {
    bytes: [u8; 18],
    /// As many letters as came, or one more than there is room for.
    length: usize,
}

impl Word {
    fn of(byte: u8) -> Self {
        let mut word = Word::default();
        word.push(byte);
        word
    }

    fn push(&mut self, byte: u8) {
        if let Some(place) = self.bytes.get_mut(self.length) {
            *place = byte;
        }
        self.length = (self.length + 1).min(self.bytes.len() + 1);
    }

    fn is(&self, other: &[u8]) -> bool {
        self.bytes.get(..self.length) == Some(other)
    }

    /// Whether a line that ends here is HTTP/1; a line may end with or without a carriage return.
    fn is_version(&self) -> bool {
        [b"HTTP/1.1\r".as_slice(), b"HTTP/1.0\r", b"HTTP/1.1", b"HTTP/1.0"]
            .iter()
            .any(|version| self.is(version))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;
    use std::io::{Read, Write};
    use std::task::Waker;

    use axum::serve::ListenerExt;
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    /// A stream of pieces, each of which at most fills one read.
    struct Pieces(VecDeque<Vec<u8>>);

    impl AsyncRead for Pieces {
        fn poll_read(
            mut self: Pin<&mut Self>,
            _: &mut Context<'_>,
            buffer: &mut ReadBuf<'_>,
        ) -> Poll<io::Result<()>> {
            let Some(mut piece) = self.0.pop_front() else { return Poll::Ready(Ok(())) };
            let rest = piece.split_off(piece.len().min(buffer.remaining()));
            buffer.put_slice(&piece);
            if !rest.is_empty() {
                self.0.push_front(rest);
            }
            Poll::Ready(Ok(()))
        }
    }

    /// What a reader with room for `capacity` bytes gets of `pieces`.
    fn read(pieces: Vec<Vec<u8>>, capacity: usize) -> Vec<u8> {
        let pieces = pieces.into_iter().filter(|piece| !piece.is_empty()).collect();
        let mut stream = Lenient::new(Pieces(pieces));
        let mut context = Context::from_waker(Waker::noop());
        let mut room = vec![0; capacity];
        let mut output = Vec::new();
        loop {
            let mut buffer = ReadBuf::new(&mut room);
            assert!(matches!(
                Pin::new(&mut stream).poll_read(&mut context, &mut buffer),
                Poll::Ready(Ok(()))
            ));
            if buffer.filled().is_empty() {
                return output;
            }
            output.extend_from_slice(buffer.filled());
        }
    }

    fn whole(input: &[u8]) -> Vec<u8> {
        read(vec![input.to_vec()], 3 * input.len() + 1)
    }

    #[track_caller]
    fn check(input: impl AsRef<[u8]>, expected: impl AsRef<[u8]>) {
        let output = whole(input.as_ref());
        assert_eq!(String::from_utf8_lossy(&output), String::from_utf8_lossy(expected.as_ref()));
    }

    #[track_caller]
    fn unchanged(input: impl AsRef<[u8]>) {
        check(input.as_ref(), input.as_ref());
    }

    #[test]
    fn excluded_bytes_are_encoded() {
        check(
            "GET /<>\"{}|^`\\é%3C#?a=>'2025' HTTP/1.1\r\n\r\n",
            "GET /%3C%3E%22%7B%7D%7C%5E%60%5C%C3%A9%3C#?a=%3E'2025' HTTP/1.1\r\n\r\n",
        );
        check(b"GET /\xff HTTP/1.0\n\n", b"GET /%FF HTTP/1.0\n\n");
    }

    #[test]
    fn requests_follow_each_other() {
        check(
            "\r\n\nGET /< HTTP/1.1\r\nA: <\r\n\r\n\r\nGET /> HTTP/1.1\nA:\n\nGET /| HTTP/1.1\r\n\r\n",
            "\r\n\nGET /%3C HTTP/1.1\r\nA: <\r\n\r\n\r\nGET /%3E HTTP/1.1\nA:\n\nGET /%7C HTTP/1.1\r\n\r\n",
        );
    }

    #[test]
    fn bodies_pass_unchanged() {
        let body = "GET /< HTTP/1.1\r\n\r\n";
        for length in ["Content-Length: 19", "content-length:019", "CONTENT-LENGTH:\t 19"] {
            check(
                format!("POST /< HTTP/1.1\r\n{length}\r\nA: b\r\n\r\n{body}{body}"),
                format!("POST /%3C HTTP/1.1\r\n{length}\r\nA: b\r\n\r\n{body}{}", body.replace('<', "%3C")),
            );
        }
        let empty = format!("POST / HTTP/1.1\r\ncontent-length: 0\r\n\r\n{body}");
        check(&empty, empty.replace('<', "%3C"));
    }

    #[test]
    fn other_frames_pass_unchanged() {
        for header in [
            "Transfer-Encoding: chunked",
            "transfer-encoding: identity",
            "Upgrade: websocket",
            "Expect: 100-continue",
            "content-length: 1\r\ncontent-length: 1",
            "content-length: 1\r\ncontent-length: 2",
            "content-length: 1, 1",
            "content-length: +1",
            "content-length: 1 ",
            "content-length:",
            "content-length: 0x1",
            "content-length: 99999999999999999999",
            "content-length : 1",
            "content-length\r\n",
            "A: b\r\n folded: c",
            " A: b",
            ": b",
            "A\u{e9}: b",
            "content-length: 1\rA: b",
        ] {
            let rest = format!(" HTTP/1.1\r\n{header}\r\n\r\nGET /< HTTP/1.1\r\n\r\n");
            check(format!("POST /<{rest}"), format!("POST /%3C{rest}"));
        }
        for line in [
            "CONNECT /< HTTP/1.1",
            "GET http://a</< HTTP/1.1",
            "GET <",
            "GET  /< HTTP/1.1",
            " GET /< HTTP/1.1",
            "\rGET /< HTTP/1.1",
            "G<T /< HTTP/1.1",
            "GET / <HTTP/1.1",
            "GET / HTTP/1.1 <",
            "GET / HTTP/2.0",
            "GET /\u{1}< HTTP/1.1",
            "GET /\t<",
            "GET /\r<",
            "GET /",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n",
        ] {
            unchanged(format!("{line}\r\n\r\nGET /< HTTP/1.1\r\n\r\n"));
        }
    }

    #[test]
    fn long_lines_pass_unchanged() {
        let path = "a".repeat(MOST_LINE);
        unchanged(format!("GET /{path}< HTTP/1.1\r\n\r\nGET /< HTTP/1.1\r\n\r\n"));
        let path = "<".repeat(MOST_LINE);
        let output = whole(format!("GET /{path} HTTP/1.1\r\n\r\n").as_bytes());
        assert!(output.len() < 4 * MOST_LINE && output.ends_with(b"%3C<<<<<< HTTP/1.1\r\n\r\n"));
        unchanged(format!("GET / {path}"));
        unchanged(format!("GET / HTTP/1.1\r\n{}: 1\r\n\r\n", "a".repeat(MOST_LINE)));
    }

    /// A real server answers each target with itself and the body's length.
    #[test]
    fn hyper_takes_what_node_takes() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("runtime");
        let answers = runtime.block_on(async {
            let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
            let address = listener.local_addr().expect("an address");
            let echo =
                |axum::extract::ConnectInfo(client): axum::extract::ConnectInfo<SocketAddr>,
                 uri: http::Uri,
                 body: Bytes| async move { format!("[{} {uri} {}]", client.ip(), body.len()) };
            let service =
                axum::Router::new().fallback(echo).into_make_service_with_connect_info::<SocketAddr>();
            tokio::spawn(
                axum::serve(LenientListener::new(listener, Places::of_process()).tap_io(|_| {}), service)
                    .into_future(),
            );
            tokio::task::spawn_blocking(move || {
                let mut stream = std::net::TcpStream::connect(address).expect("connects");
                let requests = "GET /?f=a:>'2025' HTTP/1.1\r\nHost: a\r\n\r\n\
                    POST /{é} HTTP/1.1\r\nHost: a\r\nContent-Length: 7\r\n\r\nGET /< \
                    GET /| HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
                stream.write_all(requests.as_bytes()).expect("writes");
                let mut answers = String::new();
                stream.read_to_string(&mut answers).expect("reads");
                answers
            })
            .await
            .expect("ends")
        });
        let bodies: Vec<_> =
            answers.split('[').skip(1).filter_map(|answer| answer.split(']').next()).collect();
        assert_eq!(bodies, ["127.0.0.1 /?f=a:%3E'2025' 0", "127.0.0.1 /%7B%C3%A9%7D 7", "127.0.0.1 /%7C 0"]);
    }

    /// Bytes that often look like requests.
    fn stream() -> impl Strategy<Value = Vec<u8>> {
        let fragment = prop_oneof![
            4 => prop::sample::select(vec![
                "GET /", "POST /", "GET", " ", "/", " HTTP/1.1\r\n", " HTTP/1.0\n", "\r\n", "\n", "\r", "<", "é|",
                "a: b\r\n", "content-length: 5\r\n", "Content-Length: 30\r\n", "transfer-encoding: chunked\r\n",
                "GET /a>b HTTP/1.1\r\n\r\n", "GET /` HTTP/1.1\r\ncontent-length: 3\r\n\r\n<\r\n",
            ]).prop_map(|text| text.as_bytes().to_vec()),
            1 => vec(any::<u8>(), 0..6),
        ];
        vec(fragment, 0..24).prop_map(|fragments| fragments.concat())
    }

    fn cut(input: &[u8], cuts: &[prop::sample::Index]) -> Vec<Vec<u8>> {
        let mut places: Vec<_> = cuts.iter().map(|cut| cut.index(input.len() + 1)).collect();
        places.extend([0, input.len()]);
        places.sort_unstable();
        places.windows(2).map(|pair| input[pair[0]..pair[1]].to_vec()).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn pieces_do_not_matter(
            input in stream(), cuts in vec(any::<prop::sample::Index>(), 0..12), capacity in 1_usize..40,
        ) {
            prop_assert_eq!(read(cut(&input, &cuts), capacity), whole(&input));
        }

        /// Nothing is lost, added or moved: each byte comes out as it is, or an excluded one encoded.
        #[test]
        fn only_excluded_bytes_change(input in stream()) {
            let output = whole(&input);
            let mut rest = output.as_slice();
            for byte in input {
                let encoded = format!("%{byte:02X}");
                rest = match rest.strip_prefix(&[byte]) {
                    Some(after) => after,
                    None if is_excluded(byte) => rest.strip_prefix(encoded.as_bytes()).expect("encoded"),
                    None => return Err(TestCaseError::fail(format!("byte {byte} is lost"))),
                };
            }
            prop_assert!(rest.is_empty());
        }

        #[test]
        fn plain_targets_pass_unchanged(
            requests in vec(("[!#-;=?-Z_a-z~]{0,9}", "[ -~]{0,9}", vec(any::<u8>(), 0..40)), 0..6),
        ) {
            let mut input = Vec::new();
            for (target, value, body) in requests {
                    let head = format!("PUT /{target} HTTP/1.1\r\nA: {value}\r\nContent-Length: {}\r\n\r\n", body.len());
                input.extend_from_slice(head.as_bytes());
                input.extend_from_slice(&body);
            }
            prop_assert_eq!(whole(&input), input);
        }

        #[test]
        fn targets_alone_are_encoded(
            requests in vec((vec(0x21_u8.., 0..9), "[ -~]{0,9}", stream()), 0..6),
        ) {
            let (mut input, mut expected) = (Vec::new(), Vec::new());
            for (target, value, body) in requests {
                let rest = format!(" HTTP/1.1\r\nA: {value}\r\nContent-Length: {}\r\n\r\n", body.len());
                input.extend_from_slice(b"PUT /");
                expected.extend_from_slice(b"PUT /");
                for byte in target.into_iter().filter(|&byte| byte != 0x7f) {
                    input.push(byte);
                    match byte {
                        byte if is_excluded(byte) => expected.extend(format!("%{byte:02X}").bytes()),
                        byte => expected.push(byte),
                    }
                }
                for stream in [&mut input, &mut expected] {
                    stream.extend_from_slice(rest.as_bytes());
                    stream.extend_from_slice(&body);
                }
            }
            prop_assert_eq!(whole(&input), expected);
        }
    }
}
