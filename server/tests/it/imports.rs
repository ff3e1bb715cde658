//! Files of other systems: read in, read in again, tried out and taken back.

use std::{ops::ControlFlow, path::PathBuf};

use domain::{
    access::{Reach, Role},
    change::Command,
    context::Actor,
    customers::{self, Customer, Edit, Figure, Was, Worth},
    id::{CustomerId, Id, OrderId, RefundId},
    imports::{Counts, Field, Import, Kind, Phase, Refused, Status, Wanted},
    loyalty::{self, Lot, Member, RewardDraft, RewardKind},
    money::{Currency, Money, Points},
    orders::{self, Order, State},
    row::Rows,
    words::{Lang, Say},
};
use proptest::prelude::*;
use server::{
    db,
    error::Failed,
    imports::{self, Told},
};

use super::{
    harness::{House, NOON, command_id, fresh, name},
    wire::Holder,
};

pub const CUSTOMERS: &str =
    "客户编号,名称,电话,邮箱,始于,备注\nC-1,拾禾餐饮,13800001234,a@b.cn,2026/1/5,x\nC-2,㛃 𠮷野家 🦀,,,20250228,\nC-3,,,,,\n";
pub const ORDERS: &str = "order_no,customer_no,ordered_on,items,amount,what\n\
     O-1,C-1,2026-11-01,2,1285.50,咖啡机\nO-2,C-1,2024-02-29,,0.00,\nO-3,C-2,2026-11-20,1,2000,\"磨豆机, \"\"大\"\"\"\n";

type Done = (Import, Vec<Refused>);

/// A file of these bytes in the house's folder.
pub fn file(house: &House, bytes: &[u8]) -> PathBuf {
    let path = house.folder.path().join(format!("{}.csv", fresh::<Id>()));
    std::fs::write(&path, bytes).expect("a file");
    path
}

async fn with(house: &House, bytes: &[u8], wanted: Wanted) -> Result<Done, &'static str> {
    let (db, path) = (house.db.clone(), file(house, bytes));
    let done = tokio::task::spawn_blocking(move || {
        let ready = match imports::ready(&db, &path, wanted, Actor::System, Lang::En).expect("no trouble") {
            Ok(ready) => ready,
            Err(problem) => return Err(problem.code()),
        };
        let mut refused = Vec::new();
        let import = ready.carry_out(&db, &mut |told| {
            if let Told::Refused(row) = told {
                refused.push(row.clone());
            }
            ControlFlow::Continue(())
        });
        Ok((import, refused))
    });
    done.await.expect("an end")
}

pub fn orders() -> Wanted {
    Wanted { currency: Some(Currency::Cny), status: Some(Status::Paid), ..Wanted::of(Kind::Orders, "orders.csv") }
}

pub fn customers() -> Wanted {
    Wanted::of(Kind::Customers, "customers.csv")
}

pub async fn import(house: &House, text: &str, wanted: Wanted) -> Done {
    with(house, text.as_bytes(), wanted).await.expect("a file that can be read in")
}

pub async fn undo(house: &House, import: Id) -> Result<Import, Failed> {
    let db = house.db.clone();
    let undone = tokio::task::spawn_blocking(move || imports::begin_undo(&db, import, Actor::System)?.carry_out(&db, Lang::En, || true));
    undone.await.expect("an end")
}

fn counts(made: u64, changed: u64, unchanged: u64, refused: u64) -> Counts {
    Counts { made, changed, unchanged, refused }
}

/// What people see: all tables but those of imports, of the order of changes and of what has left, and how the index of
/// words is laid out.
async fn seen(house: &House) -> String {
    let aside = ["import", "clock ", "counter ", "scope ", "scope_rows ", "customer_text_", "closed_ticket_text_"];
    house.everything().await.lines().filter(|line| !aside.iter().any(|table| line.starts_with(table))).collect::<Vec<_>>().join("\n")
}

async fn shop() -> House {
    let house = House::founded(Reach::Own).await;
    house.team("华东").await;
    house
}

async fn customer(house: &House, no: &'static str) -> Customer {
    use domain::{row::Field as _, text::CustomerNo};
    let no = CustomerNo::parse(no).expect("a number").to_cell();
    let found = house.db.read(move |snapshot| Ok(snapshot.by::<Customer>("no", &no)?.pop())).await;
    found.expect("no trouble").expect("a customer")
}

fn sound(house: &House) {
    assert_eq!(db::check(house.db.file()), [], "the database is as it must be");
}

/// The CDNOW files have no names: see `C-3`.
#[tokio::test]
async fn a_file_is_read_in_once_however_often_it_comes() {
    let house = shop().await;
    let (first, refused) = import(&house, CUSTOMERS, customers()).await;
    assert_eq!((first.counts, first.phase, refused), (counts(3, 0, 0, 0), Phase::Done, vec![]));
    let columns: Vec<Option<Field>> = first.columns.iter().map(|column| column.field).collect();
    assert_eq!(columns[..5], [Field::CustomerNo, Field::Name, Field::Phone, Field::Email, Field::Since].map(Some));
    let (first, refused) = import(&house, ORDERS, orders()).await;
    assert_eq!((first.counts, refused), (counts(3, 0, 0, 0), vec![]));
    assert_eq!(first.sums.iter().map(|sum| (sum.currency, sum.minor)).collect::<Vec<_>>(), [(Currency::Cny, 328_550)]);
    let one = customer(&house, "C-1").await;
    assert_eq!((one.since.map(|on| on.to_string()), one.source), (Some("2026-01-05".into()), Some(customers::Source::Import)));
    let worth = house.row::<Worth>(one.id).await.expect("a worth");
    assert_eq!(
        (worth.spent, worth.orders, worth.last_order_on.map(|on| on.to_string())),
        (Money::new(128_550).expect("money"), 2, Some("2026-11-01".into()))
    );
    let member = house.row::<Member>(one.id).await.expect("a member");
    assert_eq!(member.earned, Points::new(1_285).expect("points"));
    let before = seen(&house).await;
    for (text, wanted) in [(CUSTOMERS, customers()), (ORDERS, orders())] {
        let (again, _) = import(&house, text, wanted).await;
        assert_eq!(again.counts, counts(0, 0, 3, 0));
    }
    assert_eq!(seen(&house).await, before);
    sound(&house);
}

#[tokio::test]
async fn points_are_earned_on_their_own_day_or_not_at_all() {
    let house = shop().await;
    import(&house, CUSTOMERS, customers()).await;
    let old = "order_no,customer_no,date,amount\nO-1,C-1,1997-01-01,100\n";
    import(&house, old, orders()).await;
    let id = customer(&house, "C-1").await.id;
    server::jobs::settle_points(&house.db, NOON).await.expect("no trouble");
    let member = house.row::<Member>(id).await.expect("a member");
    assert_eq!((member.earned.get(), member.lapsed.get(), member.rank), (100, 100, 0), "old points have expired");
    import(&house, &old.replace("O-1", "O-2"), Wanted { points: false, ..orders() }).await;
    import(&house, &old.replace("O-1", "O-3"), Wanted { status: None, ..orders() }).await;
    assert_eq!(house.count("SELECT count(*) FROM loyalty_lot").await, 1);
    assert_eq!(house.row::<Worth>(id).await.map(|worth| worth.orders), Some(2), "what is not paid is no worth");
}

#[tokio::test]
async fn a_dry_run_says_what_the_real_one_does_and_writes_nothing() {
    let house = shop().await;
    let mixed = format!("{CUSTOMERS}C-1,again,,,,\nC-4,,x,,,\n,no number,,,,\n");
    for (text, wanted) in [(mixed.as_str(), customers()), (ORDERS, orders())] {
        let before = house.everything().await;
        let audit = house.count("SELECT count(*) FROM audit").await;
        let (tried, would) = import(&house, text, Wanted { dry_run: true, ..wanted.clone() }).await;
        assert_eq!(house.everything().await, before);
        assert_eq!(house.count("SELECT count(*) FROM audit").await, audit);
        let (done, did) = import(&house, text, wanted).await;
        assert_eq!((tried.counts, tried.sums, would), (done.counts, done.sums, did));
    }
}

#[tokio::test]
async fn known_customers_are_brought_up_to_date_and_an_empty_cell_erases_nothing() {
    let house = shop().await;
    import(&house, CUSTOMERS, customers()).await;
    let before = seen(&house).await;
    house.clock.move_to(NOON.plus_seconds(60));
    let next = "no;name;mail;type\nC-1;拾禾集团;;个人\nC-2;;b@b.cn;\nC-3;;;\n";
    let (done, _) = import(&house, next, customers()).await;
    assert_eq!(done.counts, counts(0, 2, 1, 0));
    let one = customer(&house, "C-1").await;
    assert_eq!(
        (one.name, one.email.map(|it| it.to_string()), one.kind),
        (Some(name("拾禾集团")), Some("a@b.cn".into()), customers::Kind::Person)
    );
    assert!(house.row::<Figure>(one.id).await.expect("a figure").sound.contains("jituan"));
    assert_eq!(undo(&house, done.id).await.expect("an undo").undone, 2);
    assert_eq!(seen(&house).await, before, "what was changed is as it was");
}

#[tokio::test]
async fn an_undo_leaves_everything_as_it_was_and_devices_drop_it() {
    let house = shop().await;
    let manager = house.join("周明", Role::Manager, &[]).await;
    let mut device = Holder::new();
    device.pull(&house, &manager).await;
    let held = device.rows.clone();
    let empty = seen(&house).await;
    let (first, _) = import(&house, CUSTOMERS, customers()).await;
    let opened = seen(&house).await;
    let (second, _) = import(&house, ORDERS, orders()).await;
    device.pull(&house, &manager).await;
    device.pins = device.rows.keys().filter(|(entity, _)| entity == "customer").map(|(_, id)| (*id).into()).collect();
    device.pull(&house, &manager).await;
    assert!(device.rows.len() > held.len() + 15);
    // Some of it expires, is booked and moves tiers in between.
    server::jobs::settle_points(&house.db, NOON).await.expect("no trouble");
    assert_eq!(undo(&house, second.id).await.map(|undone| (undone.phase, undone.undone, undone.left)).ok(), Some((Phase::Undone, 3, 0)));
    assert_eq!(seen(&house).await, opened);
    assert_eq!(undo(&house, second.id).await.expect_err("a refusal").code(), "import.nothing_to_undo");
    assert_eq!(undo(&house, first.id).await.map(|undone| (undone.phase, undone.undone)).ok(), Some((Phase::Undone, 3)));
    assert_eq!(seen(&house).await, empty);
    device.pull(&house, &manager).await;
    assert_eq!(device.rows, held);
    assert_eq!(undo(&house, fresh()).await.expect_err("a refusal").code(), "access.not_found");
    sound(&house);
    let (again, _) = import(&house, CUSTOMERS, customers()).await;
    assert_eq!(again.counts, counts(3, 0, 0, 0));
}

/// Points of other purchases stay, and so does the tier that they give.
#[tokio::test]
async fn an_undo_keeps_what_was_earned_otherwise() {
    let house = shop().await;
    import(&house, CUSTOMERS, customers()).await;
    let own = "order_no,customer_no,ordered_on,amount\nX-1,C-2,2026-11-19,2100\nX-2,C-2,2020-01-01,50\n";
    import(&house, own, orders()).await;
    let before = seen(&house).await;
    house.clock.move_to(NOON.plus_seconds(60));
    let more = "order_no,customer_no,ordered_on,amount\nY-1,C-2,2026-11-21,9000\nY-2,C-2,2020-01-02,70\n";
    let (done, _) = import(&house, more, orders()).await;
    let id = customer(&house, "C-2").await.id;
    assert_eq!(house.row::<Figure>(id).await.map(|figure| figure.rank), Some(3));
    assert_eq!(undo(&house, done.id).await.expect("an undo").left, 0);
    assert_eq!(seen(&house).await, before);
    let (done, _) = import(&house, more, orders()).await;
    server::jobs::settle_points(&house.db, NOON.plus_seconds(60)).await.expect("no trouble");
    assert_eq!(undo(&house, done.id).await.expect("an undo").left, 0);
    let member = house.row::<Member>(id).await.expect("a member");
    assert_eq!((member.earned.get(), member.lapsed.get(), member.rank), (2_150, 50, 1), "the old ones stay booked");
    sound(&house);
}

async fn does(house: &House, command: Command) {
    assert_eq!(house.command(Actor::System, command).await.expect("no trouble"), Ok(()));
}

#[tokio::test]
async fn an_undo_leaves_what_somebody_has_touched_since() {
    let house = shop().await;
    let (first, _) = import(&house, CUSTOMERS, customers()).await;
    let (second, _) = import(&house, ORDERS, orders()).await;
    let (one, two, three) = (customer(&house, "C-1").await.id, customer(&house, "C-2").await.id, customer(&house, "C-3").await.id);
    let value = Was { was: None, now: Some(name("有名字了")) };
    does(&house, Command::Customers(customers::Command::Edit { id: three, edits: vec![Edit::Name(value)] })).await;
    let found = house.db.read(move |snapshot| {
        let mut orders = snapshot.connection().prepare("SELECT id FROM sales_order ORDER BY no")?;
        let ids = orders.query_map((), |row| Ok(OrderId::from(Id::from_bytes(row.get(0)?))))?;
        Ok(ids.collect::<Result<Vec<_>, _>>()?)
    });
    let ids = found.await.expect("no trouble");
    let refund = orders::Command::Refund { id: fresh::<RefundId>(), order: ids[1], amount: Money::new(1).expect("money"), reason: None };
    assert!(house.command(Actor::System, Command::Orders(refund)).await.expect("no trouble").is_err(), "nothing was paid for it");
    does(&house, Command::Orders(orders::Command::Deliver { order: ids[1] })).await;
    redeem(&house, two).await;
    let done = undo(&house, second.id).await.expect("an undo");
    let left: Vec<(u64, &str, &str)> =
        done.kept.iter().map(|left| (left.line, left.no.as_deref().unwrap_or_default(), left.reason.code.as_str())).collect();
    assert_eq!(left, [(3, "O-2", "import.edited_since"), (4, "O-3", "import.points_spent")]);
    assert_eq!((done.phase, done.undone), (Phase::Done, 1));
    let done = undo(&house, first.id).await.expect("an undo");
    let left: Vec<&str> = done.kept.iter().map(|left| left.reason.code.as_str()).collect();
    assert_eq!(left, ["import.in_use", "import.in_use", "import.edited_since"]);
    assert!(house.row::<Customer>(one).await.is_some());
    assert_eq!(house.row::<Worth>(one).await.map(|worth| (worth.spent.get(), worth.orders)), Some((0, 1)));
    sound(&house);
}

async fn redeem(house: &House, customer: CustomerId) {
    let (cup, price) = (fresh(), Points::new(10).expect("points"));
    let kind = RewardKind::Goods;
    let reward = RewardDraft { zh: name("随行杯"), en: None, details: None, kind, price, stock: None, from_rank: 0, offered: true };
    does(house, Command::Loyalty(loyalty::Command::AddReward { id: cup, reward: Box::new(reward) })).await;
    does(house, Command::Loyalty(loyalty::Command::Redeem { id: fresh(), customer, reward: cup, price })).await;
}

#[tokio::test]
async fn an_order_is_not_changed_by_an_import_but_one_that_moved_on_is_the_same() {
    let house = shop().await;
    import(&house, CUSTOMERS, customers()).await;
    import(&house, ORDERS, Wanted { status: None, ..orders() }).await;
    let ids = house
        .db
        .read(|snapshot| Ok(snapshot.connection().query_row("SELECT id FROM sales_order WHERE no = 'O-1'", (), |row| row.get(0))?));
    let order: OrderId = Id::from_bytes(ids.await.expect("an order")).into();
    let on = house.row::<Order>(order).await.expect("an order").ordered_on;
    does(&house, Command::Orders(orders::Command::Pay { order, on })).await;
    assert_eq!(import(&house, ORDERS, Wanted { status: None, ..orders() }).await.0.counts, counts(0, 0, 3, 0));
    let before = seen(&house).await;
    let other = ORDERS.replace("1285.50", "1285.51").replace("O-3,C-2", "O-3,C-3");
    let (done, refused) = import(&house, &other, orders()).await;
    assert_eq!(done.counts, counts(0, 0, 0, 3), "another amount, another state, another customer");
    assert!(refused.iter().all(|row| row.reason.code == "import.order_differs"), "{refused:?}");
    assert!(refused[0].reason.message.contains("another amount"), "{refused:?}");
    assert_eq!(seen(&house).await, before);
    assert_eq!(house.row::<Order>(order).await.map(|order| order.state), Some(State::Paid));
    assert_eq!(house.row::<Lot>(fresh::<Id>()).await, None);
    _ = command_id();
}

/// What [`row`] makes of nothing: a line of empty cells, as spreadsheets leave them behind.
const NO_ROW: &str = ",\"\",,\n";

fn row() -> impl Strategy<Value = String> {
    let no = prop::sample::select(vec!["A", "B", "C", "D", "", "é"]);
    let text = prop::sample::select(vec!["", "王", "=1+1", "a\u{202E}b", "\"q\"", "x,y", "㛃\n𠮷", "\u{0}", "🦀"]);
    let phone = prop::sample::select(vec!["", "13800001234", "138****1234", "1"]);
    let date = prop::sample::select(vec!["", "2026-11-01", "2026-02-30", "20260101", "9999/1/1"]);
    (no, text, phone, date).prop_map(|(no, text, phone, date)| format!("{no},\"{}\",{phone},{date}\n", text.replace('"', "\"\"")))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn reading_again_changes_nothing_and_undoing_leaves_nothing(rows in prop::collection::vec(row(), 0..12)) {
        let runtime = tokio::runtime::Runtime::new().expect("threads");
        runtime.block_on(async {
            let house = shop().await;
            let text = format!("customer_no,name,phone,since\n{}", rows.concat());
            let empty = seen(&house).await;
            let (tried, would) = import(&house, &text, Wanted { dry_run: true, ..customers() }).await;
            let (done, refused) = import(&house, &text, customers()).await;
            prop_assert_eq!((tried.counts, would), (done.counts, refused));
            prop_assert_eq!(done.counts.rows(), rows.iter().filter(|row| *row != NO_ROW).count() as u64);
            let before = seen(&house).await;
            let (again, _) = import(&house, &text, customers()).await;
            prop_assert_eq!((again.counts.made, again.counts.changed), (0, 0));
            prop_assert_eq!(again.counts.unchanged, done.counts.made);
            prop_assert_eq!(seen(&house).await, before);
            undo(&house, done.id).await.expect("an undo");
            prop_assert_eq!(seen(&house).await, empty);
            Ok(())
        })?;
    }

    #[test]
    fn no_bytes_make_an_import_panic(bytes in prop::collection::vec(any::<u8>(), 0..400), header in any::<bool>()) {
        let runtime = tokio::runtime::Runtime::new().expect("threads");
        runtime.block_on(async {
            let house = shop().await;
            let head: &[u8] = if header { b"customer_no,name\n" } else { b"" };
            _ = with(&house, &[head, &bytes].concat(), customers()).await;
            sound(&house);
        });
    }
}
