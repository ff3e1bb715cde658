//! Visitors who dawdle, in every part of a request: nobody else waits for them, and in the end they are shown out.

use std::time::{Duration, Instant};

use domain::{
    access::{Reach, Role},
    attachments::{File, PIECE},
    change::Command,
    id::{ClientId, TeamId},
    sync::wire::PushResponse,
    tickets,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    runtime::Runtime,
    task::JoinSet,
    time::{sleep, timeout},
};

use super::{
    super::{
        cli::{HERE, Serving},
        files::sent_as,
        harness::{Folder, House, Somebody, fresh},
        portal::{line, prose},
        wire::{Holder, mutation, open},
    },
    line::{Line, pushed},
};

/// Longer than anybody may dawdle.
const LONG: Duration = Duration::from_secs(90);
const DRIP: Duration = Duration::from_secs(1);

#[derive(Debug, Clone, Copy)]
enum Dawdles {
    Head,
    Body,
    Reading,
}

struct Setting {
    server: Serving,
    ada: Somebody,
    team: TeamId,
    /// Larger than what lies between two programs on its way.
    file: File,
    _folder: Folder,
}

async fn company() -> (Folder, Somebody, TeamId, File) {
    let house = House::founded_now(Reach::Team).await;
    let team = house.team("华东").await;
    let ada = house.join("林知遥", Role::Sales, &[team]).await;
    let customer = house.customer("拾禾餐饮", team, Some(ada.person)).await;
    let content = [b"%PDF-1.7\n".as_slice(), &vec![b'x'; PIECE as usize * 75]].concat();
    let file = sent_as(&house, &ada, fresh(), "报价.pdf", &content).await;
    let (kind, channel) = (tickets::Kind::Support, tickets::Channel::Phone);
    let (subject, text, files) = (line("蒸汽棒漏水"), prose("一直滴水"), vec![file.clone()]);
    let draft = tickets::Draft { customer, contact: None, kind, channel, subject, text, files, priority: None, assignee: None };
    let opened = Command::Tickets(tickets::Command::Open { id: fresh(), draft: Box::new(draft) });
    assert_eq!(house.command(ada.actor(), opened).await.expect("no trouble"), Ok(()));
    (house.closed(), ada, team, file)
}

impl Setting {
    fn new(runtime: &Runtime) -> Self {
        let (folder, ada, team, file) = runtime.block_on(company());
        Self { server: Serving::start(folder.path(), HERE), ada, team, file, _folder: folder }
    }

    fn begins(&self, dawdles: Dawdles) -> String {
        let (host, cookie, file) = (&self.server.address, &self.ada.cookie, self.file.id);
        match dawdles {
            Dawdles::Head => format!("GET /healthz HTTP/1.1\r\nhost: {host}\r\nx-slow: "),
            Dawdles::Body => {
                format!(
                    "POST /sync/push HTTP/1.1\r\nhost: {host}\r\ncookie: {cookie}\r\ncontent-type: application/json\r\ncontent-length: 9000\r\n\r\n{{"
                )
            }
            Dawdles::Reading => format!("GET /api/files/{file} HTTP/1.1\r\nhost: {host}\r\ncookie: {cookie}\r\n\r\n"),
        }
    }
}

/// A byte a second, until the server has had enough.
async fn dawdle(address: String, begins: String, dawdles: Dawdles) {
    let mut line = TcpStream::connect(address).await.expect("a connection");
    line.write_all(begins.as_bytes()).await.expect("to be heard");
    let mut byte = [0];
    loop {
        let over = match dawdles {
            Dawdles::Head | Dawdles::Body => match timeout(DRIP, line.read(&mut byte)).await {
                Ok(read) => read.is_err() || read.is_ok_and(|n| n == 0),
                Err(_) => line.write_all(b"x").await.is_err(),
            },
            Dawdles::Reading => {
                sleep(DRIP).await;
                // What was under way is still to be read, however long it is; that there is no more shows at its end.
                line.write_all(b"\r\n").await.is_err()
            }
        };
        if over {
            return;
        }
    }
}

/// How long a healthy client waits for each of its requests; all of them succeed.
fn healthy(setting: &Setting, rounds: u64) -> Vec<Duration> {
    let (mut line, client) = (Line::connect(&setting.server.address, &setting.ada).expect("a connection"), fresh::<ClientId>());
    let mut took = Vec::new();
    for mid in 1..=rounds {
        let began = Instant::now();
        let command = mutation(mid, &open("拾禾餐饮", setting.team).1);
        let told: PushResponse = line.post("/sync/push", &pushed(client, &[command])).expect("an answer").ok();
        assert!(told.results[0].ok);
        took.push(began.elapsed());
        let began = Instant::now();
        assert_eq!(line.post("/sync/pull", &Holder::new().request()).expect("an answer").status, 200);
        took.push(began.elapsed());
        let began = Instant::now();
        assert!(setting.server.get("/healthz").ends_with("ok\n"), "newcomers are let in");
        took.push(began.elapsed());
    }
    took.sort();
    took
}

fn told(what: &str, took: &[Duration]) {
    let at = |percent: usize| took[(took.len() * percent / 100).min(took.len() - 1)];
    eprintln!("{what}: {} requests, p50 {:.1?}, p99 {:.1?}, slowest {:.1?}", took.len(), at(50), at(99), at(100));
}

/// C9: all that dawdle are shown out, but for readers only at full size, whose time is long.
#[test]
fn whoever_dawdles_slows_nobody_and_is_shown_out() {
    let full = domain::testing::is_full();
    let (each, rounds) = if full { (100, 500) } else { (10, 30) };
    let runtime = Runtime::new().expect("threads");
    let setting = Setting::new(&runtime);
    // So that both find as much to read.
    healthy(&setting, rounds);
    told("without slow visitors", &healthy(&setting, rounds));
    let mut dawdling = JoinSet::new();
    for dawdles in [Dawdles::Head, Dawdles::Body, Dawdles::Reading] {
        for _ in 0..each {
            dawdling.spawn_on(dawdle(setting.server.address.clone(), setting.begins(dawdles), dawdles), runtime.handle());
        }
    }
    let began = Instant::now();
    std::thread::sleep(Duration::from_secs(2));
    assert_eq!(dawdling.len(), 3 * each);
    told(&format!("with {} slow visitors", 3 * each), &healthy(&setting, rounds));
    let stay = if full { 0 } else { each };
    runtime.block_on(async {
        while dawdling.len() > stay {
            let over = timeout(LONG, dawdling.join_next()).await.expect("slow visitors to be shown out");
            over.expect("slow visitors").expect("no panic");
        }
    });
    eprintln!("{} slow visitors were shown out within {:.1?}", 3 * each - stay, began.elapsed());
    assert!(setting.server.get("/readyz").ends_with("ready\n"));
}
