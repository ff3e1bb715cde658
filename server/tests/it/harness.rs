//! A company in a folder of its own, the people in it, and what they ask of the server.

use std::{
    fs,
    ops::Deref,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use domain::{
    access::{Reach, Role},
    change::{Command, Refusal},
    context::Actor,
    customers::{self, Contact, CustomerDraft, Kind},
    id::{CommandId, ContactId, CustomerId, Id, PersonId, TeamId},
    money::Currency,
    row::{Row, Rows},
    settings::Company,
    team::{Person, PersonState, Team, Teams},
    text::Name,
    time::{Instant, Zone},
};
use serde::{Serialize, de::DeserializeOwned};
use server::{
    App,
    auth::{
        account::{self, Account, Kind as AccountKind},
        session, set_up,
        token::Token,
    },
    config::Config,
    db::{Clock, Db, Everything, Trouble, Tx},
};
use tower::ServiceExt;

/// Saturday, 21 November 2026, 12:00 in Shanghai. The clock stands until a test moves it.
pub const NOON: Instant = Instant(1_795_233_600_000);

/// An id that no other call gave.
pub fn fresh<T: From<Id>>() -> T {
    static COUNT: AtomicU64 = AtomicU64::new(1);
    let n = COUNT.fetch_add(1, Ordering::Relaxed);
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&NOON.0.to_be_bytes());
    bytes[8..].copy_from_slice(&n.to_be_bytes());
    Id::from_bytes(bytes).into()
}

pub fn name(text: &str) -> Name {
    Name::parse(text).expect("a name")
}

/// A folder that goes away with its owner.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("guanxi-it-{}-{}", std::process::id(), fresh::<Id>()));
        fs::create_dir_all(&folder).expect("a folder for the test");
        Self(folder)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        _ = fs::remove_dir_all(&self.0);
    }
}

/// The server, and the database behind it.
pub struct House {
    pub app: App,
    pub db: Db,
    pub clock: Clock,
    pub router: Router,
    // Last, so that the database is closed before its folder goes.
    pub folder: Folder,
}

/// Somebody who is signed in.
#[derive(Debug, Clone)]
pub struct Somebody {
    pub person: PersonId,
    pub cookie: String,
}

impl Somebody {
    pub fn actor(&self) -> Actor {
        Actor::Staff(self.person)
    }
}

/// One of a customer's people who is signed in.
#[derive(Debug, Clone)]
pub struct Guest {
    pub contact: ContactId,
    pub customer: CustomerId,
    somebody: Somebody,
}

impl Guest {
    pub fn new(contact: ContactId, customer: CustomerId, cookie: String) -> Self {
        Self { contact, customer, somebody: Somebody { person: contact.0.into(), cookie } }
    }

    pub fn actor(&self) -> Actor {
        Actor::Portal { contact: self.contact, customer: self.customer }
    }
}

/// Asks as anybody does.
impl Deref for Guest {
    type Target = Somebody;
    fn deref(&self) -> &Somebody {
        &self.somebody
    }
}

#[derive(Debug, Clone)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    /// The body of a success.
    pub fn ok<T: DeserializeOwned>(&self) -> T {
        assert_eq!(self.status, StatusCode::OK, "{}", self.text);
        self.json()
    }

    pub fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }
}

impl House {
    /// A database as it is made: no company yet.
    pub fn empty() -> Self {
        if std::env::var_os("GUANXI_LOG").is_some() {
            _ = tracing_subscriber::fmt().with_test_writer().try_init();
        }
        Self::at(Folder::new(), Clock::held(NOON))
    }

    fn at(folder: Folder, clock: Clock) -> Self {
        let db = Db::open_at(&folder.path().join("guanxi.db"), clock.clone()).expect("a database");
        let app = App::new(db.clone(), Config::default());
        let router = server::router(app.clone(), None);
        Self { app, db, clock, router, folder }
    }

    /// A copy of the database as it is now.
    pub fn copy(&self) -> Folder {
        let folder = Folder::new();
        let into = folder.path().join("guanxi.db");
        let original = rusqlite::Connection::open(self.file()).expect("the database");
        original.execute("VACUUM INTO ?1", [into.to_str()]).expect("a copy");
        folder
    }

    /// The server on a copy: another history begins there.
    pub async fn restored(copy: Folder, clock: Clock) -> Self {
        let house = Self::at(copy, clock);
        damage(&house, "UPDATE clock SET epoch = lower(hex(randomblob(8)))").await;
        house
    }

    /// A company in which salespeople see as far as `sales` says.
    pub async fn founded(sales: Reach) -> Self {
        Self::empty().begun(sales).await
    }

    /// The same by the machine's clock, for a process of its own to take over.
    pub async fn founded_now(sales: Reach) -> Self {
        Self::at(Folder::new(), Clock::System).begun(sales).await
    }

    /// Leaves the data as it is on the disk to somebody else.
    pub fn closed(self) -> Folder {
        self.folder
    }

    async fn begun(self, sales: Reach) -> Self {
        self.db.write(move |tx| founded(&mut tx.rows(), sales)).await.expect("a company");
        self
    }

    pub fn file(&self) -> PathBuf {
        self.folder.path().join("guanxi.db")
    }

    /// Writes a row as the system.
    pub async fn put<T: Row + Send>(&self, row: T) {
        self.db.write(move |tx| Ok(tx.rows().put(&row)?)).await.expect("the row to be written");
    }

    pub async fn row<T: Row + Send>(&self, id: impl Into<Id>) -> Option<T> {
        let id = id.into();
        self.db.read(move |snapshot| Ok(snapshot.get(id)?)).await.expect("the row to be read")
    }

    pub async fn team(&self, text: &str) -> TeamId {
        let id = fresh();
        self.put(Team { id, name: name(text), created_at: NOON }).await;
        id
    }

    /// Somebody new, with an account, signed in on one device.
    pub async fn join(&self, text: &str, role: Role, teams: &[TeamId]) -> Somebody {
        let person = Person {
            id: fresh(),
            name: name(text),
            role,
            department: None,
            teams: Teams(teams.to_vec()),
            state: PersonState::Active,
            absent_until: None,
            successor: None,
            created_at: NOON,
        };
        let id = person.id;
        let account = Account { user: id.into(), kind: AccountKind::Staff, who: format!("{id}@example.com"), password: None };
        let added = self.db.write(move |tx| {
            tx.rows().put(&person)?;
            Ok(account::add(tx.connection(), &account, tx.at())?)
        });
        added.await.expect("the account to be written");
        self.sign_in(id).await
    }

    /// A session of its own for somebody who has an account.
    pub async fn sign_in(&self, person: PersonId) -> Somebody {
        Somebody { person, cookie: self.session(person.into()).await }
    }

    async fn session(&self, user: Id) -> String {
        let token = Token::new().expect("chance");
        let cookie = format!("__Host-guanxi={}", token.shown());
        let begun = self.db.write(move |tx| Ok(session::begin(tx.connection(), &token, user, "test", tx.at())?));
        begun.await.expect("the session to be written");
        cookie
    }

    /// Somebody new at a customer, with an account, signed in on one device.
    pub async fn guest(&self, text: &str, customer: CustomerId) -> Guest {
        let contact = Contact {
            id: fresh(),
            customer,
            name: name(text),
            position: None,
            decision_role: None,
            phone: None,
            email: None,
            preferences: None,
            removed: false,
            created_at: NOON,
        };
        let id = contact.id;
        let account = Account { user: id.into(), kind: AccountKind::Portal, who: format!("{id}@guest.example"), password: None };
        let added = self.db.write(move |tx| {
            tx.rows().put(&contact)?;
            Ok(account::add(tx.connection(), &account, tx.at())?)
        });
        added.await.expect("the account to be written");
        Guest::new(id, customer, self.session(id.into()).await)
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.expect("a body");
        Answer { status: parts.status, headers: parts.headers, text: String::from_utf8(bytes.to_vec()).expect("text") }
    }

    pub fn request(who: Option<&Somebody>, method: Method, path: &str, body: Option<String>) -> Request<Body> {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(who) = who {
            request = request.header(header::COOKIE, &who.cookie);
        }
        if body.is_some() {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        request.body(body.map_or_else(Body::empty, Body::from)).expect("a request")
    }

    pub async fn get(&self, who: &Somebody, path: &str) -> Answer {
        self.send(Self::request(Some(who), Method::GET, path, None)).await
    }

    pub async fn post(&self, who: &Somebody, path: &str, body: &impl Serialize) -> Answer {
        let body = serde_json::to_string(body).expect("JSON");
        self.send(Self::request(Some(who), Method::POST, path, Some(body))).await
    }

    /// Carries out a command as the server does, without a device.
    pub async fn command(&self, by: Actor, command: Command) -> Result<Result<(), Refusal>, Trouble> {
        self.db.write(move |tx| Ok(tx.command(by, fresh(), &command)?.map(drop))).await
    }

    /// A customer of this name in a team, opened by the system.
    pub async fn customer(&self, text: &str, team: TeamId, owner: Option<PersonId>) -> CustomerId {
        let id = fresh();
        let draft = CustomerDraft { name: Some(name(text)), owner, ..CustomerDraft::of(Kind::Company, team) };
        let open = customers::Command::Open { id, draft: Box::new(draft), contacts: Vec::new() };
        let done = self.command(Actor::System, Command::Customers(open)).await;
        assert_eq!(done.expect("no trouble"), Ok(()));
        id
    }

    /// Every row of every table but the audit's, as text: what a refused request must leave as it is.
    pub async fn everything(&self) -> String {
        self.db.read(|snapshot| rows_of(snapshot.connection())).await.expect("the tables to be read")
    }

    /// One number out of the database.
    pub async fn count(&self, sql: &'static str) -> i64 {
        self.db.read(move |snapshot| Ok(snapshot.connection().query_row(sql, (), |row| row.get(0))?)).await.expect("a number")
    }
}

/// A line for each row of every table but the audit's and those of verdicts.
pub fn rows_of(connection: &rusqlite::Connection) -> Result<String, Trouble> {
    let tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' \
         AND name NOT IN ('audit', 'audit_detail', 'mutation', 'sync_client', 'heartbeat') ORDER BY name";
    let mut text = String::new();
    let mut names = connection.prepare(tables)?;
    for table in names.query_map((), |row| row.get::<_, String>(0))? {
        let table = table?;
        let mut rows = connection.prepare(&format!("SELECT * FROM \"{table}\""))?;
        let width = rows.column_count();
        let mut rows = rows.query(())?;
        while let Some(row) = rows.next()? {
            let cells: Vec<_> = (0..width).map(|n| row.get_ref(n)).collect::<Result<_, _>>()?;
            text += &format!("{table} {cells:?}\n");
        }
    }
    Ok(text)
}

fn founded(rows: &mut Everything<'_>, sales: Reach) -> Result<(), Trouble> {
    set_up::begin(rows, name("木屿商贸"), Zone::fixed("Asia/Shanghai", 8 * 3_600), Currency::Cny, NOON)?;
    Ok(rows.change::<Company>(Id::ONLY, |company| company.sales_reach = sales)?)
}

/// A job that changes nothing but what the closure does with the connection: for damage that tests do.
pub async fn damage(house: &House, sql: &'static str) {
    let done = house.db.write(move |tx: &mut Tx<'_>| Ok(tx.connection().execute_batch(sql)?));
    done.await.expect("the damage to be done");
}

/// As a new command.
pub fn command_id() -> CommandId {
    fresh()
}
