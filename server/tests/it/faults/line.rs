//! A connection to the program as a browser keeps one: a request at a time, and an answer that is whole or none.

use std::{
    io::{self, BufRead, BufReader, Write},
    net::TcpStream,
};

use domain::{
    id::ClientId,
    session::Failure,
    sync::wire::{Mutation, PushRequest},
};
use serde::{Serialize, de::DeserializeOwned};

use super::super::harness::Somebody;

/// What came back: a status, and all that was said with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    pub status: u16,
    pub head: String,
    pub text: String,
}

impl Heard {
    pub fn ok<T: DeserializeOwned>(&self) -> T {
        assert_eq!(self.status, 200, "{}{}", self.head, self.text);
        self.json()
    }

    pub fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    /// The code of a failure.
    pub fn code(&self) -> String {
        self.json::<Failure>().error.code
    }
}

/// The request as it travels.
pub fn written(address: &str, who: &Somebody, asks: &str, kind: &str, body: &[u8]) -> Vec<u8> {
    let (cookie, length) = (&who.cookie, body.len());
    let head =
        format!("{asks} HTTP/1.1\r\nhost: {address}\r\ncookie: {cookie}\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\n\r\n");
    [head.as_bytes(), body].concat()
}

pub const JSON: &str = "application/json";

/// What a device sends.
pub fn pushed(client_id: ClientId, mutations: &[Mutation]) -> PushRequest {
    PushRequest { client_id, confirmed_mid: 0, mutations: mutations.to_vec() }
}

pub struct Line {
    stream: BufReader<TcpStream>,
    address: String,
    who: Somebody,
}

impl Line {
    pub fn connect(address: &str, who: &Somebody) -> io::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        Ok(Self { stream: BufReader::new(stream), address: address.to_owned(), who: who.clone() })
    }

    pub fn get(&mut self, path: &str) -> io::Result<Heard> {
        self.ask(&format!("GET {path}"), JSON, b"")
    }

    pub fn post(&mut self, path: &str, body: &impl Serialize) -> io::Result<Heard> {
        self.ask(&format!("POST {path}"), JSON, &serde_json::to_vec(body).expect("JSON"))
    }

    pub fn put(&mut self, path: &str, bytes: &[u8]) -> io::Result<Heard> {
        self.ask(&format!("PUT {path}"), "application/octet-stream", bytes)
    }

    fn ask(&mut self, asks: &str, kind: &str, body: &[u8]) -> io::Result<Heard> {
        let asked = written(&self.address, &self.who, asks, kind, body);
        self.stream.get_mut().write_all(&asked)?;
        heard(&mut self.stream)
    }
}

/// An answer that is whole; anything less is none.
pub fn heard(from: &mut impl BufRead) -> io::Result<Heard> {
    let (mut head, mut line) = (String::new(), String::new());
    while line != "\r\n" {
        line.clear();
        if from.read_line(&mut line)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        head += &line;
    }
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
    let length = head.split("content-length: ").nth(1).and_then(|rest| rest.split("\r\n").next()).expect("a length");
    let mut body = vec![0; length.parse().expect("a number")];
    from.read_exact(&mut body)?;
    Ok(Heard { status, head, text: String::from_utf8(body).expect("text") })
}
