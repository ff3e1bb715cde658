//! Push: commands are judged in order, once each, and none holds up the next.

use domain::{
    access::{Reach, Role},
    change::{Command, Refusal},
    customers::{self, Customer, Edit, Was},
    id::ClientId,
    sync::wire::{MAX_COMMAND_BYTES, PushRefused, PushRequest},
};
use serde_json::value::RawValue;

use super::{
    harness::{House, Somebody, damage, fresh, name},
    wire::{Holder, mutation, not_taken, open, push, push_confirming, refusal, refused, taken},
};

struct Setting {
    house: House,
    team: domain::id::TeamId,
    ada: Somebody,
    client: ClientId,
}

async fn setting() -> Setting {
    let house = House::founded(Reach::Team).await;
    let team = house.team("华东").await;
    let ada = house.join("林知遥", Role::Sales, &[team]).await;
    Setting { house, team, ada, client: fresh() }
}

#[tokio::test]
async fn a_pushed_command_comes_back_with_the_next_pull() {
    let Setting { house, team, ada, client } = setting().await;
    let (id, command) = open("拾禾餐饮", team);
    let answer = taken(&push(&house, &ada, client, &[mutation(1, &command)]).await);
    assert_eq!((answer.last_mid, answer.results.len(), answer.results[0].ok), (1, 1, true));
    let mut holder = Holder { client_id: client, ..Holder::new() };
    holder.pull(&house, &ada).await;
    assert_eq!(holder.get::<Customer>(id).expect("the customer").name, Some(name("拾禾餐饮")));
    assert_eq!(holder.confirmed_mid, 1, "the pull says that the command has been judged");
    assert_eq!(holder.epoch, Some(answer.epoch));
}

#[tokio::test]
async fn the_same_push_again_has_no_second_effect_and_the_same_verdicts() {
    let Setting { house, team, ada, client } = setting().await;
    let commands = [mutation(1, &open("拾禾餐饮", team).1), mutation(2, &refused(team)), mutation(3, &open("木屿", team).1)];
    let first = taken(&push(&house, &ada, client, &commands).await);
    let before = (house.everything().await, house.count("SELECT count(*) FROM audit").await);
    let second = taken(&push(&house, &ada, client, &commands).await);
    assert_eq!(second, first);
    assert_eq!((house.everything().await, house.count("SELECT count(*) FROM audit").await), before);
    // The tail of one push with the head of the next.
    let overlapping = [commands[2].clone(), mutation(4, &open("青禾", team).1)];
    assert_eq!(taken(&push(&house, &ada, client, &overlapping).await).last_mid, 4);
    assert_eq!(house.count("SELECT count(*) FROM customer").await, 3);
}

#[tokio::test]
async fn a_gap_is_not_taken_at_all() {
    let Setting { house, team, ada, client } = setting().await;
    taken(&push(&house, &ada, client, &[mutation(1, &open("一", team).1)]).await);
    let before = house.everything().await;
    let gap = (409, PushRefused::Gap { last_mid: 1 });
    assert_eq!(not_taken(&push(&house, &ada, client, &[mutation(3, &open("三", team).1)]).await), gap);
    let holey = [mutation(2, &open("二", team).1), mutation(4, &open("四", team).1)];
    assert_eq!(not_taken(&push(&house, &ada, client, &holey).await), gap);
    let twice = [mutation(2, &open("二", team).1), mutation(2, &open("二", team).1)];
    assert_eq!(not_taken(&push(&house, &ada, client, &twice).await), gap);
    assert_eq!(not_taken(&push(&house, &ada, client, &[mutation(0, &open("零", team).1)]).await), gap);
    assert_eq!(house.everything().await, before);
}

#[tokio::test]
async fn another_command_under_a_number_that_is_spent_shows_a_copied_device() {
    let Setting { house, team, ada, client } = setting().await;
    let first = mutation(1, &open("一", team).1);
    taken(&push(&house, &ada, client, std::slice::from_ref(&first)).await);
    let before = house.everything().await;
    let other = [mutation(1, &open("二", team).1), mutation(2, &open("三", team).1)];
    assert_eq!(not_taken(&push(&house, &ada, client, &other).await), (409, PushRefused::ClientForked));
    assert_eq!(house.everything().await, before);
    // Also when the first copy has confirmed the verdict, so that it is forgotten.
    taken(&push_confirming(&house, &ada, client, 1, &[mutation(2, &open("二", team).1)]).await);
    assert_eq!(not_taken(&push(&house, &ada, client, &[other[0].clone()]).await), (409, PushRefused::ClientForked));
    // What is known to be done is not lost either way.
    assert!(taken(&push(&house, &ada, client, &[first]).await).results[0].ok);
}

#[tokio::test]
async fn a_client_belongs_to_its_first_user() {
    let Setting { house, team, ada, client } = setting().await;
    taken(&push(&house, &ada, client, &[mutation(1, &open("一", team).1)]).await);
    let bo = house.join("沈一白", Role::Sales, &[team]).await;
    let pushed = push(&house, &bo, client, &[mutation(2, &open("二", team).1)]).await;
    assert_eq!(not_taken(&pushed), (409, PushRefused::ClientForked));
    let mut holder = Holder { client_id: client, ..Holder::new() };
    holder.pull(&house, &bo).await;
    assert_eq!(holder.confirmed_mid, 0, "nobody learns another user's numbers");
}

#[tokio::test]
async fn a_client_that_is_unknown_begins_with_one() {
    let Setting { house, team, ada, client } = setting().await;
    let pushed = push(&house, &ada, client, &[mutation(7, &open("七", team).1)]).await;
    assert_eq!(not_taken(&pushed), (404, PushRefused::ClientUnknown));
    assert_eq!(house.count("SELECT count(*) FROM customer").await, 0);
}

#[tokio::test]
async fn a_command_that_comes_by_another_client_again_is_done_once() {
    let Setting { house, team, ada, client } = setting().await;
    let command = mutation(1, &open("拾禾餐饮", team).1);
    taken(&push(&house, &ada, client, std::slice::from_ref(&command)).await);
    let before = house.everything().await;
    let answer = taken(&push(&house, &ada, fresh(), &[command]).await);
    assert!(answer.results[0].ok, "its author is told that it is done");
    assert_eq!(house.everything().await, before);
}

#[tokio::test]
async fn a_refused_command_advances_the_queue_and_changes_nothing() {
    let Setting { house, team, ada, client } = setting().await;
    let before = (house.everything().await, house.count("SELECT seq FROM clock").await);
    let answer = taken(&push(&house, &ada, client, &[mutation(1, &refused(team))]).await);
    assert_eq!(refusal(&answer, 0), Refusal::Customers(customers::Refusal::NeitherNameNorNumber));
    assert_eq!((house.everything().await, house.count("SELECT seq FROM clock").await), before);
    let answer = taken(&push(&house, &ada, client, &[mutation(2, &refused(team)), mutation(3, &open("三", team).1)]).await);
    assert_eq!(answer.results.iter().map(|verdict| verdict.ok).collect::<Vec<_>>(), [false, true]);
    assert_eq!(house.count("SELECT count(*) FROM audit WHERE refused = 'customers.neither_name_nor_number'").await, 2);
}

#[tokio::test]
async fn a_pull_tells_the_refusals_that_the_device_does_not_know() {
    let Setting { house, team, ada, client } = setting().await;
    let mut holder = Holder { client_id: client, ..Holder::new() };
    push(&house, &ada, client, &[mutation(1, &refused(team)), mutation(2, &open("二", team).1), mutation(3, &refused(team))]).await;
    holder.page(&house, &ada).await;
    let page = holder.page(&house, &ada).await;
    assert!(page.done);
    assert_eq!(page.refused.iter().map(|verdict| verdict.mid).collect::<Vec<_>>(), [1, 3]);
    assert!(page.refused.iter().all(|verdict| !verdict.ok && verdict.refusal.is_some()));
    assert!(holder.page(&house, &ada).await.refused.is_empty(), "once confirmed they are not told again");
    push_confirming(&house, &ada, client, holder.confirmed_mid, &[mutation(4, &open("四", team).1)]).await;
    assert_eq!(house.count("SELECT count(*) FROM mutation").await, 1, "confirmed verdicts are forgotten");
}

#[tokio::test]
async fn what_is_no_command_is_refused_and_kept_aside() {
    let Setting { house, team, ada, client } = setting().await;
    let raw = |text: &str| RawValue::from_string(text.to_owned()).expect("JSON");
    let mut odd = [mutation(1, &refused(team)), mutation(2, &refused(team)), mutation(3, &refused(team)), mutation(4, &open("四", team).1)];
    odd[0].name = "customers.drop_tables".to_owned();
    odd[1].name = "customers.open\":{},\"x".to_owned();
    odd[2].args = raw(&format!("\"{}\"", "x".repeat(MAX_COMMAND_BYTES)));
    let answer = taken(&push(&house, &ada, client, &odd).await);
    for n in 0..3 {
        assert_eq!(refusal(&answer, n), Refusal::Malformed, "{n}");
    }
    assert!(answer.results[3].ok);
    assert_eq!(house.count("SELECT count(*) FROM audit WHERE what = 'sync.put_aside'").await, 3);
}

#[tokio::test]
async fn a_command_on_which_we_break_is_put_aside_and_the_queue_goes_on() {
    let Setting { house, team, ada, client } = setting().await;
    let id = house.customer("拾禾餐饮", team, None).await;
    // A value that no version of ours wrote: reading the row breaks.
    damage(&house, "UPDATE customer SET kind = 'planet'").await;
    let edit = Edit::Name(Was { was: None, now: Some(name("拾禾")) });
    let broken = Command::Customers(customers::Command::Edit { id, edits: vec![edit] });
    let commands = [mutation(1, &open("一", team).1), mutation(2, &broken), mutation(3, &open("三", team).1)];
    let answer = taken(&push(&house, &ada, client, &commands).await);
    assert_eq!(answer.results.iter().map(|verdict| verdict.ok).collect::<Vec<_>>(), [true, false, true]);
    assert_eq!(refusal(&answer, 1), Refusal::Broken);
    assert_eq!(house.count("SELECT count(*) FROM customer").await, 3);
    assert_eq!(house.count("SELECT count(*) FROM audit WHERE what = 'sync.put_aside' AND refused = 'server.error'").await, 1);
    assert_eq!(taken(&push(&house, &ada, client, &commands).await), answer);
}

/// The second try sees what the first has kept: here, that the command before it has been judged.
#[tokio::test]
async fn what_breaks_once_is_tried_again_alone() {
    let Setting { house, team, ada, client } = setting().await;
    let flaky = "CREATE TRIGGER flaky BEFORE INSERT ON customer \
         WHEN new.name = '二' AND NOT EXISTS (SELECT 1 FROM sync_client WHERE last_mid = 1) \
         BEGIN SELECT raise(ABORT, 'not yet'); END";
    damage(&house, flaky).await;
    let commands: Vec<_> = (1..).zip(["一", "二", "三"]).map(|(mid, text)| mutation(mid, &open(text, team).1)).collect();
    let answer = taken(&push(&house, &ada, client, &commands).await);
    assert!(answer.results.iter().all(|verdict| verdict.ok), "{answer:?}");
    assert_eq!(house.count("SELECT count(*) FROM customer").await, 3);
}

#[tokio::test]
async fn a_change_of_too_many_rows_is_put_aside() {
    let Setting { house, team, ada, client } = setting().await;
    let (_, command) = open("大客户", team);
    let Command::Customers(customers::Command::Open { id, draft, .. }) = command else { unreachable!() };
    let contact =
        || customers::ContactDraft {
            name: name("某人"), position: None, decision_role: None, phone: None, email: None, preferences: None
        };
    let contacts = (0..150).map(|_| (fresh(), contact())).collect();
    let command = Command::Customers(customers::Command::Open { id, draft, contacts });
    let answer = taken(&push(&house, &ada, client, &[mutation(1, &command)]).await);
    assert_eq!(refusal(&answer, 0), Refusal::Broken, "150 contacts and as many entries on the timeline");
    assert_eq!(house.count("SELECT count(*) FROM customer").await, 0);
}

#[tokio::test]
async fn what_the_disk_does_not_take_is_nobodys_verdict() {
    let Setting { house, team, ada, client } = setting().await;
    let command = mutation(1, &open("一", team).1);
    taken(&push(&house, &ada, client, &[command]).await);
    let limit = house.count("PRAGMA page_count").await;
    let limit = format!("PRAGMA max_page_count = {limit}");
    house.db.write(move |tx| Ok(tx.connection().query_row(&limit, (), |_| Ok(()))?)).await.expect("a limit");
    let (mut mid, mut full) = (2, None);
    while full.is_none() {
        let answer = push(&house, &ada, client, &[mutation(mid, &open(&"字".repeat(100), team).1)]).await;
        if answer.status == 503 {
            full = Some(answer);
        } else {
            mid += 1;
        }
        assert!(mid < 500, "the disk never filled");
    }
    assert!(full.expect("an answer").headers.contains_key("retry-after"));
    assert_eq!(house.count("SELECT last_mid FROM sync_client").await, i64::try_from(mid - 1).expect("small"));
    house.db.write(|tx| Ok(tx.connection().query_row("PRAGMA max_page_count = 1000000", (), |_| Ok(()))?)).await.expect("room");
    let answer = taken(&push(&house, &ada, client, &[mutation(mid, &open("又好了", team).1)]).await);
    assert!(answer.results[0].ok, "and it goes on without a restart");
    assert_eq!(server::db::check(&house.file()), []);
}

#[tokio::test]
async fn a_push_has_limits() {
    let Setting { house, team, ada, client } = setting().await;
    let many: Vec<_> = (1..=51).map(|mid| mutation(mid, &refused(team))).collect();
    assert_eq!(push(&house, &ada, client, &many).await.status, 413);
    let long = domain::text::Prose::parse(&"字".repeat(9_999)).expect("prose");
    let large = |mid| {
        let (id, mut command) = open("长", team);
        if let Command::Customers(customers::Command::Open { draft, .. }) = &mut command {
            draft.needs = Some(long.clone());
        }
        (mutation(mid, &command), id)
    };
    let large: Vec<_> = (1..=10).map(|mid| large(mid).0).collect();
    assert_eq!(push(&house, &ada, client, &large).await.status, 413);
    assert_eq!(house.count("SELECT count(*) FROM customer").await, 0);
}

#[tokio::test]
async fn nobody_pushes_or_pulls_without_a_session() {
    let Setting { house, ada: _, client, .. } = setting().await;
    let nobody = Somebody { person: fresh(), cookie: "__Host-guanxi=".to_owned() };
    let request = PushRequest { client_id: client, confirmed_mid: 0, mutations: Vec::new() };
    assert_eq!(house.post(&nobody, "/sync/push", &request).await.status, 401);
    assert_eq!(house.post(&nobody, "/sync/pull", &Holder::new().request()).await.status, 401);
    assert_eq!(house.get(&nobody, "/sync/live").await.status, 401);
}
