//! A server on this machine that plays a model: each connection gets the next reply.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use proposals::Model;
use serde_json::{Value, json};

/// What a server does once it has read a question.
pub enum Reply {
    /// Sends these bytes and closes.
    Raw(Vec<u8>),
    /// Sends `head`, then `piece` again and again until the other side has gone.
    Drip { head: &'static str, piece: &'static str },
    /// Says nothing until the other side has gone.
    Silence,
}

pub struct Question {
    pub line: String,
    /// Names in small letters.
    pub headers: Vec<(String, String)>,
    pub body: Value,
}

pub struct Server {
    pub url: String,
    questions: Arc<Mutex<Vec<Question>>>,
}

pub fn start(replies: Vec<Reply>) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}/v1", listener.local_addr().expect("its address"));
    let questions = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&questions);
    std::thread::spawn(move || {
        for reply in replies {
            let Ok((stream, _)) = listener.accept() else { return };
            kept.lock().expect("no panic while it is held").push(read(&stream));
            play(&stream, reply);
        }
    });
    Server { url, questions }
}

fn read(stream: &TcpStream) -> Question {
    let mut reader = BufReader::new(stream);
    let mut next = || {
        let mut line = String::new();
        reader.read_line(&mut line).expect("a line of the head");
        line.trim_end().to_owned()
    };
    let line = next();
    let mut headers = Vec::new();
    while let Some((name, value)) = next().split_once(": ") {
        headers.push((name.to_lowercase(), value.to_owned()));
    }
    let length = headers.iter().find(|header| header.0 == "content-length").expect("a length").1.clone();
    let mut body = vec![0; length.parse().expect("a number")];
    reader.read_exact(&mut body).expect("the whole body");
    Question { line, headers, body: serde_json::from_slice(&body).expect("a question is JSON") }
}

fn play(mut stream: &TcpStream, reply: Reply) {
    match reply {
        // The other side may have gone before the last byte.
        Reply::Raw(bytes) => {
            let _ = stream.write_all(&bytes);
        }
        Reply::Drip { head, piece } => {
            let _ = stream.write_all(head.as_bytes());
            while stream.write_all(piece.as_bytes()).is_ok() {
                std::thread::sleep(Duration::from_millis(5));
            }
        }
        Reply::Silence => {
            let _ = stream.read(&mut [0; 1]);
        }
    }
}

impl Server {
    pub fn model(&self) -> Model {
        Model {
            url: self.url.clone(),
            key: Some("sk-very-secret".to_owned()),
            name: "small".to_owned(),
            timeout: Duration::from_secs(60),
            max_answer_bytes: 64 * 1024,
        }
    }

    pub fn impatient(&self) -> Model {
        Model { timeout: Duration::from_millis(300), ..self.model() }
    }

    pub fn questions(&self) -> Vec<Question> {
        std::mem::take(&mut self.questions.lock().expect("no panic while it is held"))
    }
}

pub fn http(status: &str, kind: &str, body: &str) -> Reply {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n"
    );
    Reply::Raw([head.as_bytes(), body.as_bytes()].concat())
}

pub fn json_reply(body: &Value) -> Reply {
    http("200 OK", "application/json", &body.to_string())
}

/// An answer of the protocol with this message.
pub fn message(content: &str) -> Reply {
    let choice = json!({ "index": 0, "finish_reason": "stop", "message": { "role": "assistant", "content": content } });
    json_reply(&json!({ "id": "x", "object": "chat.completion", "choices": [choice] }))
}

pub fn points(points: &[&str]) -> Reply {
    message(&json!({ "points": points }).to_string())
}
