//! How fast: the figures are printed, the effects are proved. Full size with `GUANXI_FULL`.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use domain::access::{Reach, Role};

use super::{
    harness::{House, fresh},
    wire::{Holder, mutation, open, push, taken},
};

fn size(small: usize, full: usize) -> usize {
    if std::env::var_os("GUANXI_FULL").is_some() { full } else { small }
}

fn rate(what: &str, count: usize, took: Duration) {
    eprintln!("{what}: {count} in {took:.2?}, {:.0} per second", count as f64 / took.as_secs_f64());
}

/// Each device sends one command at a time and waits until it is on the disk.
#[tokio::test(flavor = "multi_thread")]
async fn commands_of_many_devices_share_their_way_to_the_disk() {
    for devices in [1, 8, 64] {
        let house = Arc::new(House::founded(Reach::Team).await);
        let east = house.team("华东").await;
        let who = house.join("林知遥", Role::Sales, &[east]).await;
        let each = size(64, 8_192) / devices;
        let began = Instant::now();
        let mut tasks = Vec::new();
        for _ in 0..devices {
            let (house, who) = (house.clone(), who.clone());
            tasks.push(tokio::spawn(async move {
                let client = fresh();
                for mid in 1..=each {
                    let command = mutation(mid as u64, &open("拾禾餐饮", east).1);
                    assert!(taken(&push(&house, &who, client, &[command]).await).results[0].ok);
                }
            }));
        }
        for task in tasks {
            task.await.expect("the device to finish");
        }
        rate(&format!("customers opened by {devices} devices"), devices * each, began.elapsed());
        assert_eq!(house.count("SELECT count(*) FROM customer").await, i64::try_from(devices * each).expect("few"));
    }
}

/// A new device of a manager: everything there is.
#[tokio::test(flavor = "multi_thread")]
async fn a_new_device_is_filled_page_by_page() {
    let house = House::founded(Reach::Team).await;
    let east = house.team("华东").await;
    let who = house.join("顾青", Role::Manager, &[]).await;
    let (client, count) = (fresh(), size(100, 10_000));
    let commands: Vec<_> = (1..=count).map(|mid| mutation(mid as u64, &open(&format!("客户{mid}"), east).1)).collect();
    let began = Instant::now();
    for fifty in commands.chunks(50) {
        assert!(taken(&push(&house, &who, client, fifty).await).results.iter().all(|verdict| verdict.ok));
    }
    rate("customers opened, fifty at a time", count, began.elapsed());
    let (mut holder, began) = (Holder::new(), Instant::now());
    let pages = holder.pull(&house, &who).await;
    rate(&format!("rows in {pages} pages"), holder.rows.len(), began.elapsed());
    assert_eq!(
        holder.rows.len(),
        2 * count + 5,
        "customers and their figures; and who, where and by which programme we are, with its rules"
    );
    let began = Instant::now();
    for _ in 0..100 {
        assert_eq!(holder.pull(&house, &who).await, 1);
    }
    rate("pulls without news", 100, began.elapsed());
    assert_eq!(server::db::check(&house.file()), []);
}
