//! Live: whoever may see a change is poked, nobody else, and no line outlives its session.

use axum::{
    body::BodyDataStream,
    http::{HeaderMap, Method},
};
use domain::{
    access::{Reach, Role},
    change::Command,
    context::Actor,
    customers,
    sync::wire::Poke,
    team,
    tickets::{self, State},
};
use futures_util::StreamExt;
use tower::ServiceExt;

use super::{
    harness::{House, Somebody, fresh, name},
    portal,
    wire::push,
};

/// A line that is open.
struct Line {
    headers: HeaderMap,
    frames: BodyDataStream,
}

impl Line {
    async fn open(house: &House, who: &Somebody) -> Self {
        let request = House::request(Some(who), Method::GET, "/sync/live", None);
        let response = house.router.clone().oneshot(request).await.expect("an answer");
        assert_eq!(response.status(), 200);
        let (parts, body) = response.into_parts();
        let mut line = Self { headers: parts.headers, frames: body.into_data_stream() };
        assert_eq!(line.next().await.as_deref(), Some("event: hb\ndata: 1\n\n"), "it says at once that it stands");
        line
    }

    async fn next(&mut self) -> Option<String> {
        let frame = self.frames.next().await?.expect("a frame");
        Some(String::from_utf8(frame.to_vec()).expect("text"))
    }

    async fn poke(&mut self) -> Poke {
        let frame = self.next().await.expect("a poke");
        let data = frame.strip_prefix("event: poke\ndata: ").unwrap_or_else(|| panic!("{frame}"));
        serde_json::from_str(data.trim_end()).expect("a poke")
    }
}

#[tokio::test]
async fn a_change_pokes_those_who_may_see_it_and_nobody_else() {
    let house = House::founded(Reach::Team).await;
    let (east, west) = (house.team("华东").await, house.team("华西").await);
    let (ada, bo) = (house.join("林知遥", Role::Sales, &[east]).await, house.join("沈一白", Role::Sales, &[west]).await);
    let (mut ada, mut bo) = (Line::open(&house, &ada).await, Line::open(&house, &bo).await);
    assert_eq!(ada.headers["x-accel-buffering"], "no");
    assert_eq!(ada.headers["cache-control"], "no-store");
    assert_eq!(ada.headers["content-type"], "text/event-stream");
    house.customer("西一", west, None).await;
    let west_seq = house.count("SELECT seq FROM clock").await.cast_unsigned();
    house.customer("东一", east, None).await;
    let east_seq = house.count("SELECT seq FROM clock").await.cast_unsigned();
    assert_eq!(bo.poke().await.seq, west_seq);
    assert_eq!(ada.poke().await.seq, east_seq, "had the other team's change poked, it would have come first");
}

#[tokio::test]
async fn a_burst_of_changes_is_few_pokes_and_ends_with_the_last() {
    let house = House::founded(Reach::Team).await;
    let east = house.team("华东").await;
    let ada = house.join("林知遥", Role::Sales, &[east]).await;
    let mut line = Line::open(&house, &ada).await;
    for n in 0..30 {
        house.customer(&format!("客户{n}"), east, None).await;
    }
    let last = house.count("SELECT seq FROM clock").await.cast_unsigned();
    let mut pokes = 1;
    while line.poke().await.seq != last {
        pokes += 1;
    }
    assert!(pokes <= 10, "{pokes}");
}

#[tokio::test]
async fn a_new_grant_counts_on_lines_that_are_open() {
    let house = House::founded(Reach::Team).await;
    let (east, west) = (house.team("华东").await, house.team("华西").await);
    let ada = house.join("林知遥", Role::Sales, &[east]).await;
    let mut line = Line::open(&house, &ada).await;
    let edit = team::PersonEdit { name: name("林知遥"), role: Role::Sales, department: None, teams: vec![west], absent_until: None };
    let edit = Command::Team(team::Command::EditPerson { id: ada.person, edit });
    assert_eq!(house.command(Actor::System, edit).await.expect("no trouble"), Ok(()));
    line.poke().await;
    house.customer("东一", east, None).await;
    house.customer("西一", west, None).await;
    let seq = house.count("SELECT seq FROM clock").await.cast_unsigned();
    assert_eq!(line.poke().await.seq, seq, "the old team's change is nothing to her any more");
}

/// A10: disabled while streaming.
#[tokio::test]
async fn a_line_ends_with_the_access_of_its_user() {
    let house = House::founded(Reach::Team).await;
    let ada = house.join("林知遥", Role::Sales, &[]).await;
    let mut line = Line::open(&house, &ada).await;
    let disable = Command::Team(team::Command::Disable { id: ada.person });
    assert_eq!(house.command(Actor::System, disable).await.expect("no trouble"), Ok(()));
    assert_eq!(line.next().await, None);
}

/// What a customer asks reaches whoever looks after them, and the answer reaches the customer.
#[tokio::test]
async fn both_sides_of_a_ticket_are_poked() {
    let house = House::founded(Reach::Own).await;
    let east = house.team("华东").await;
    let ada = house.join("林知遥", Role::Sales, &[east]).await;
    let customer = house.customer("拾禾餐饮", east, Some(ada.person)).await;
    let luo = house.guest("罗一舟", customer).await;
    let (mut ours, mut theirs) = (Line::open(&house, &ada).await, Line::open(&house, &luo).await);
    let id = fresh();
    push(&house, &luo, fresh(), &[portal::mutation(1, &portal::asks(id))]).await;
    let asked = house.count("SELECT seq FROM clock").await.cast_unsigned();
    assert_eq!((ours.poke().await.seq, theirs.poke().await.seq), (asked, asked));
    let note =
        tickets::Command::Note { id: fresh(), ticket: id, text: portal::prose("先查保修"), files: Vec::new(), mentions: Vec::new() };
    let reply = tickets::Command::Reply { id: fresh(), ticket: id, text: portal::prose("明天到"), files: Vec::new(), then: State::Open };
    for command in [note, reply] {
        assert_eq!(house.command(ada.actor(), Command::Tickets(command)).await.expect("no trouble"), Ok(()));
    }
    let answered = house.count("SELECT seq FROM clock").await.cast_unsigned();
    assert_eq!(theirs.poke().await.seq, answered, "had the note poked, it would have come first");
}

/// Whoever leaves the customer hears nothing more.
#[tokio::test]
async fn a_line_ends_with_its_user_leaving_the_customer() {
    let house = House::founded(Reach::Own).await;
    let east = house.team("华东").await;
    let customer = house.customer("拾禾餐饮", east, None).await;
    let luo = house.guest("罗一舟", customer).await;
    let mut line = Line::open(&house, &luo).await;
    let remove = Command::Customers(customers::Command::RemoveContact { id: luo.contact });
    assert_eq!(house.command(Actor::System, remove).await.expect("no trouble"), Ok(()));
    assert_eq!(line.next().await, None);
}

#[tokio::test]
async fn lines_end_when_the_server_stops() {
    let house = House::founded(Reach::Team).await;
    let ada = house.join("林知遥", Role::Sales, &[]).await;
    let mut line = Line::open(&house, &ada).await;
    house.app.stopping.cancel();
    assert_eq!(line.next().await, None);
}
