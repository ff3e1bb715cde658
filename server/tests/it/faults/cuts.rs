//! Lines that are cut anywhere: a device that sends again is told what was decided, and nothing is done twice or lost.

use std::{
    io::{self, BufReader, Write},
    sync::{Arc, Mutex},
    time::Duration,
};

use domain::{
    access::{Reach, Role},
    id::{ClientId, Id, TeamId},
    sync::wire::{Mutation, PushResponse, Verdict},
};
use rand::{RngExt, SeedableRng, rngs::ChaCha12Rng};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    runtime::Runtime,
    time::timeout,
};

use super::{
    super::{
        cli::{HERE, Serving},
        harness::{Folder, House, Somebody, fresh},
        wire::{mutation, open, refused},
    },
    devices::{assert_sound, reader},
    line::{Heard, JSON, Line, heard, pushed, written},
};

/// What the line does to the next connection through it.
#[derive(Debug, Clone, Copy, Default)]
struct Fate {
    /// So many bytes of what is asked arrive, then the line is dead in both directions.
    asked: Option<usize>,
    /// The same of what is answered.
    answered: Option<usize>,
    /// Bytes travel so few at a time.
    crumbs: Option<usize>,
    /// What was asked arrives once more by a line of its own, afterwards.
    echoes: bool,
}

/// A line to the program that does as it is told.
struct Proxy {
    address: String,
    fate: Arc<Mutex<Fate>>,
    _runtime: Runtime,
}

impl Proxy {
    fn to(server: &str) -> Self {
        let runtime = Runtime::new().expect("threads");
        let (fate, to) = (Arc::<Mutex<Fate>>::default(), server.to_owned());
        let listener = runtime.block_on(TcpListener::bind(HERE)).expect("a port");
        let address = listener.local_addr().expect("an address").to_string();
        let told = fate.clone();
        runtime.spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                let (fate, to) = (*told.lock().expect("a fate"), to.clone());
                tokio::spawn(async move { carry(near, &to, fate).await });
            }
        });
        Self { address, fate, _runtime: runtime }
    }

    fn next(&self, fate: Fate) {
        *self.fate.lock().expect("a fate") = fate;
    }
}

/// Until either side has ended or the line is cut. Whoever drops it makes both ends hear of it.
async fn carry(near: TcpStream, to: &str, fate: Fate) -> io::Result<()> {
    let far = TcpStream::connect(to).await?;
    far.set_nodelay(true)?;
    near.set_nodelay(true)?;
    let ((mut near_in, mut near_out), (mut far_in, mut far_out)) = (near.into_split(), far.into_split());
    let mut said = Vec::new();
    tokio::select! {
        there = pass(&mut near_in, &mut far_out, fate.asked, fate.crumbs, Some(&mut said)) => there?,
        back = pass(&mut far_in, &mut near_out, fate.answered, fate.crumbs, None) => back?,
    }
    drop(((near_in, near_out), (far_in, far_out)));
    if fate.echoes {
        let mut again = TcpStream::connect(to).await?;
        again.write_all(&said).await?;
        // Whatever it says, nobody hears it; to half a request it says nothing for long.
        _ = timeout(Duration::from_millis(200), again.read(&mut [0; 64])).await;
    }
    Ok(())
}

/// Passes bytes on, at most so many in all; what passed is kept for an echo.
async fn pass(
    from: &mut (impl AsyncRead + Unpin),
    to: &mut (impl AsyncWriteExt + Unpin),
    most: Option<usize>,
    crumbs: Option<usize>,
    mut kept: Option<&mut Vec<u8>>,
) -> io::Result<()> {
    let (mut left, mut some) = (most.unwrap_or(usize::MAX), vec![0; crumbs.unwrap_or(16_384)]);
    loop {
        if left == 0 {
            return Ok(());
        }
        let most = some.len().min(left);
        let n = from.read(&mut some[..most]).await?;
        if n == 0 {
            return Ok(());
        }
        if let Some(kept) = &mut kept {
            kept.extend_from_slice(&some[..n]);
        }
        to.write_all(&some[..n]).await?;
        left -= n;
    }
}

struct Setting {
    server: Serving,
    proxy: Proxy,
    ada: Somebody,
    team: TeamId,
    folder: Folder,
}

fn setting() -> Setting {
    let (folder, ada, team) = Runtime::new().expect("threads").block_on(async {
        let house = House::founded_now(Reach::Team).await;
        let team = house.team("华东").await;
        let ada = house.join("林知遥", Role::Sales, &[team]).await;
        (house.closed(), ada, team)
    });
    let server = Serving::start(folder.path(), HERE);
    Setting { proxy: Proxy::to(&server.address), server, ada, team, folder }
}

impl Setting {
    fn direct(&self) -> Line {
        Line::connect(&self.server.address, &self.ada).expect("a connection")
    }

    /// One push over a line with this fate.
    fn try_to_push(&self, fate: Fate, client: ClientId, mutations: &[Mutation]) -> io::Result<Heard> {
        self.proxy.next(fate);
        let mut line = std::net::TcpStream::connect(&self.proxy.address)?;
        line.set_read_timeout(Some(Duration::from_secs(30)))?;
        let body = serde_json::to_vec(&pushed(client, mutations)).expect("JSON");
        line.write_all(&written(&self.proxy.address, &self.ada, "POST /sync/push", JSON, &body))?;
        heard(&mut BufReader::new(line))
    }

    /// One customer, and one that a rule refuses: both are judged once.
    fn two(&self, mid: u64) -> [Mutation; 2] {
        [mutation(mid, &open("拾禾餐饮", self.team).1), mutation(mid + 1, &refused(self.team))]
    }

    /// Whether each of these was done once, as it was told.
    fn assert_once(&self, sent: &[(Mutation, Verdict)]) {
        let disk = reader(self.folder.path());
        let mut count = disk.prepare("SELECT count(*), count(refused) FROM audit WHERE command = ?1").expect("a statement");
        for (mutation, verdict) in sent {
            let found: (u32, u32) =
                count.query_row([Id::from(mutation.cmd_id).bytes()], |row| Ok((row.get(0)?, row.get(1)?))).expect("a number");
            assert_eq!(found, (1, u32::from(!verdict.ok)), "command {}", mutation.mid);
        }
        let customers: usize = disk.query_row("SELECT count(*) FROM customer", (), |row| row.get::<_, u32>(0)).expect("a number") as usize;
        assert_eq!(customers, sent.iter().filter(|(_, verdict)| verdict.ok).count());
        drop(count);
        drop(disk);
        assert_sound(self.folder.path());
    }
}

/// The bytes of a request and its answer, so that every place of both is known.
fn lengths(setting: &Setting) -> (usize, usize, Vec<(Mutation, Verdict)>) {
    let (client, two) = (fresh(), setting.two(1));
    let body = serde_json::to_vec(&pushed(client, &two)).expect("JSON");
    let asked = written(&setting.proxy.address, &setting.ada, "POST /sync/push", JSON, &body).len();
    let heard = setting.try_to_push(Fate::default(), client, &two).expect("an answer");
    let sent = two.into_iter().zip(heard.ok::<PushResponse>().results).collect();
    (asked, heard.head.len() + heard.text.len(), sent)
}

/// C6: a cut after every byte of what is asked and of what is answered.
#[test]
fn a_line_cut_anywhere_costs_nothing() {
    let every = if domain::testing::is_full() { 1 } else { 37 };
    let setting = setting();
    let (asked, answered, measured) = lengths(&setting);
    let asked = (0..=asked).step_by(every).map(|n| Fate { asked: Some(n), ..Fate::default() });
    let answered = (0..answered).step_by(every).map(|n| Fate { answered: Some(n), ..Fate::default() });
    let (client, mut sent, mut done, mut points) = (fresh(), Vec::new(), 0, 0);
    let mut direct = setting.direct();
    for fate in asked.chain(answered) {
        let two = setting.two(sent.len() as u64 + 1);
        let first = setting.try_to_push(fate, client, &two);
        assert!(first.is_err(), "an answer through a line that was cut: {fate:?}");
        let before: u32 = reader(setting.folder.path())
            .query_row("SELECT count(*) FROM audit WHERE command = ?1", [Id::from(two[0].cmd_id).bytes()], |row| row.get(0))
            .expect("a number");
        let told: PushResponse = direct.post("/sync/push", &pushed(client, &two)).expect("an answer").ok();
        let again: PushResponse = direct.post("/sync/push", &pushed(client, &two)).expect("an answer").ok();
        assert_eq!(told, again, "{fate:?}");
        assert_eq!(told.results.iter().map(|verdict| verdict.ok).collect::<Vec<_>>(), [true, false], "{fate:?}");
        sent.extend(two.into_iter().zip(told.results));
        (done, points) = (done + before, points + 1);
    }
    eprintln!("cut at {points} places: 0 lost, 0 twice; {done} times it had been done before it was sent again");
    assert!(done > 0 && done < points, "both cuts before and after the deed");
    sent.extend(measured);
    setting.assert_once(&sent);
}

/// C7: many devices over lines that crumble, break and echo what they carried.
#[test]
fn what_comes_in_crumbs_and_again_is_done_once() {
    let rounds = if domain::testing::is_full() { 400 } else { 25 };
    let setting = setting();
    let (asked, answered, mut sent) = lengths(&setting);
    let mut chance = ChaCha12Rng::seed_from_u64(7);
    for _ in 0..rounds {
        let (client, two) = (fresh(), setting.two(1));
        let mut told = None;
        for _ in 0..50 {
            let fate = Fate {
                asked: chance.random_bool(0.3).then(|| chance.random_range(0..asked)),
                answered: chance.random_bool(0.3).then(|| chance.random_range(0..answered)),
                crumbs: chance.random_bool(0.5).then(|| chance.random_range(1..200)),
                echoes: chance.random_bool(0.5),
            };
            if let Ok(heard) = setting.try_to_push(fate, client, &two) {
                let results = heard.ok::<PushResponse>().results;
                assert_eq!(told.get_or_insert_with(|| results.clone()), &results, "another verdict than before");
            }
        }
        sent.extend(two.into_iter().zip(told.expect("a line that held")));
    }
    eprintln!("{rounds} devices sent 50 times each over lines that break and echo: each command done once");
    setting.assert_once(&sent);
}
