//! Files on tickets: how they arrive, who may read them, what is not taken, and what goes again.

use super::{
    auth::code,
    harness::{Answer, Folder, Guest, House, NOON, Somebody, fresh},
    portal::{asks, mutation, prose},
    wire::{Holder, push, taken},
};
use axum::{
    body::{Body, to_bytes},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
};
use domain::{
    access::{Reach, Role},
    attachments::{Arrived, Digest, File, Media, PIECE, Refusal, Size, Stored, Wanted},
    change::Command,
    customers::{self, Edit, Was},
    id::{ClientId, CustomerId, FileId, TicketId},
    portal,
    tickets::{self, State, portal as shown},
};
use server::{
    App, attachments,
    config::{Config, Room},
    db, jobs, keep,
};
use sha2::{Digest as _, Sha256};
use tower::ServiceExt;

const PDF: &[u8] = b"%PDF-1.7\n\xE2\xE3 a promise in writing";
const PNG: &[u8] = b"\x89PNG\r\n\x1A\n and so on";
const DAY: i64 = 86_400;

/// What a device says of a file before it sends it.
fn wanted(name: &str, content: &[u8]) -> Wanted {
    let digest = Digest::of_bytes(&Sha256::digest(content).into()).to_string();
    Wanted { id: fresh(), name: name.to_owned(), size: i64::try_from(content.len()).expect("a size"), digest }
}

async fn begin(house: &House, who: &Somebody, wanted: &Wanted) -> Answer {
    house.post(who, "/api/files", wanted).await
}

async fn put(house: &House, who: &Somebody, id: FileId, at: u32, bytes: &[u8]) -> Answer {
    let mut request = House::request(Some(who), Method::PUT, &format!("/api/files/{id}?at={at}"), None).map(|_| Body::from(bytes.to_vec()));
    request.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    house.send(request).await
}

/// As a device does it, one piece after the other. The last answer.
async fn send(house: &House, who: &Somebody, wanted: &Wanted, content: &[u8]) -> Answer {
    let mut answer = begin(house, who, wanted).await;
    for (n, piece) in (0..).zip(content.chunks(PIECE as usize)) {
        if answer.status != StatusCode::OK {
            break;
        }
        answer = put(house, who, wanted.id, n * PIECE, piece).await;
    }
    answer
}

/// A file that arrives and is found to be what it is, under an id of one's choice.
pub async fn sent_as(house: &House, who: &Somebody, id: FileId, name: &str, content: &[u8]) -> File {
    let answer = send(house, who, &Wanted { id, ..wanted(name, content) }, content).await;
    answer.ok::<Arrived>().file.expect("a file that is whole")
}

async fn sent(house: &House, who: &Somebody, name: &str, content: &[u8]) -> File {
    sent_as(house, who, fresh(), name, content).await
}

async fn fetched(house: &House, who: Option<&Somebody>, id: FileId) -> (StatusCode, HeaderMap, Vec<u8>) {
    let request = House::request(who, Method::GET, &format!("/api/files/{id}"), None);
    let response = house.router.clone().oneshot(request).await.expect("an answer");
    let (parts, body) = response.into_parts();
    (parts.status, parts.headers, to_bytes(body, usize::MAX).await.expect("a body").to_vec())
}

async fn status(house: &House, who: &Somebody, file: &File) -> u16 {
    fetched(house, Some(who), file.id).await.0.as_u16()
}

/// A customer in the east with a ticket of one of its people, and those who could read along.
struct Setting {
    house: House,
    lin: Somebody,
    /// A salesperson of another team.
    he: Somebody,
    luo: Guest,
    /// Another of the customer's people.
    shen: Guest,
    customer: CustomerId,
    ticket: TicketId,
}

async fn setting() -> Setting {
    let house = House::founded(Reach::Own).await;
    let (east, south) = (house.team("华东").await, house.team("华南").await);
    let lin = house.join("林晓", Role::Sales, &[east]).await;
    let he = house.join("何韵", Role::Sales, &[south]).await;
    let customer = house.customer("拾禾餐饮", east, Some(lin.person)).await;
    let (luo, shen) = (house.guest("罗一舟", customer).await, house.guest("沈知遥", customer).await);
    let ticket = fresh();
    assert!(taken(&push(&house, &luo, fresh::<ClientId>(), &[mutation(1, &asks(ticket))]).await).results[0].ok);
    Setting { house, lin, he, luo, shen, customer, ticket }
}

impl Setting {
    async fn does(&self, command: tickets::Command) {
        let done = self.house.command(self.lin.actor(), Command::Tickets(command)).await;
        assert_eq!(done.expect("no trouble"), Ok(()));
    }

    async fn replies(&self, files: Vec<File>) {
        self.does(tickets::Command::Reply { id: fresh(), ticket: self.ticket, text: prose("见附件"), files, then: State::Open }).await;
    }

    /// Luo writes on their ticket; why not, if so.
    async fn writes(&self, files: Vec<File>) -> Result<(), portal::Refusal> {
        let write = shown::Command::Write { id: fresh(), ticket: self.ticket, text: prose("看照片"), files };
        let verdict = taken(&push(&self.house, &self.luo, fresh::<ClientId>(), &[mutation(1, &write)]).await).results.remove(0);
        verdict.refusal.map_or(Ok(()), |refusal| Err(serde_json::from_value(refusal).expect("a refusal")))
    }
}

fn is_fine(house: &House) {
    assert_eq!(db::check(&house.file()), []);
}

#[tokio::test]
async fn a_file_arrives_in_pieces_and_goes_on_where_it_broke_off() {
    let Setting { house, luo, .. } = &setting().await;
    let content = "蒸汽棒漏水。".repeat(40_000).into_bytes();
    let wanted = wanted("../../漏水 记录.txt", &content);
    let received = |answer: Answer| answer.ok::<Arrived>().received;
    let pieces: Vec<&[u8]> = content.chunks(PIECE as usize).collect();
    assert_eq!(pieces.len(), 3);
    assert_eq!(received(begin(house, luo, &wanted).await), 0);
    assert_eq!(received(put(house, luo, wanted.id, 0, pieces[0]).await), PIECE);
    let kept = house.everything().await;
    assert_eq!(received(put(house, luo, wanted.id, 0, pieces[0]).await), PIECE, "one whose answer was not heard");
    assert_eq!(received(put(house, luo, wanted.id, 2 * PIECE, pieces[2]).await), PIECE, "one too far ahead");
    assert_eq!(received(begin(house, luo, &wanted).await), PIECE, "after a break");
    assert_eq!(house.everything().await, kept, "nothing is kept twice");
    assert_eq!(received(put(house, luo, wanted.id, PIECE, pieces[1]).await), 2 * PIECE);
    let whole: Arrived = put(house, luo, wanted.id, 2 * PIECE, pieces[2]).await.ok();
    let file = whole.file.clone().expect("a file");
    assert_eq!((file.name.as_str(), file.media, file.digest.as_str()), ("漏水 记录.txt", Media::Text, wanted.digest.as_str()));
    assert_eq!(begin(house, luo, &wanted).await.ok::<Arrived>(), whole, "a device that did not hear the end");
    is_fine(house);
}

#[tokio::test]
async fn what_goes_with_an_answer_is_read_by_those_who_read_the_answer_and_nobody_else() {
    let setting = setting().await;
    let Setting { house, lin, he, luo, shen, .. } = &setting;
    let theirs = sent(house, luo, "现场.png", PNG).await;
    let ours = sent(house, lin, "报价.pdf", PDF).await;
    for who in [&**luo, lin] {
        assert_eq!((status(house, who, &theirs).await, status(house, who, &ours).await), (404, 404), "nothing carries them yet");
    }
    assert_eq!(setting.writes(vec![theirs.clone()]).await, Ok(()));
    setting.replies(vec![ours.clone()]).await;
    for (file, content) in [(&theirs, PNG), (&ours, PDF)] {
        for who in [&**luo, lin] {
            assert_eq!(fetched(house, Some(who), file.id).await.2, content);
        }
        for who in [he, &**shen] {
            assert_eq!(status(house, who, file).await, 404);
        }
        assert_eq!(fetched(house, None, file.id).await.0, StatusCode::UNAUTHORIZED);
    }
    let foreign = house.get(he, &format!("/api/files/{}", ours.id)).await.text;
    for id in [fresh::<FileId>().to_string(), "no-id".to_owned(), "..".to_owned()] {
        assert_eq!(house.get(he, &format!("/api/files/{id}")).await.text, foreign, "absent and foreign are one answer");
    }
    let mut device = Holder::new();
    device.pull(house, luo).await;
    let carried = device.rows.values().any(|row| row.0.contains(&ours.id.to_string()));
    assert!(carried && !device.has::<Stored>(ours.id) && !device.has::<Stored>(theirs.id), "the entry tells of it, no row of ours does");
}

#[tokio::test]
async fn a_colleague_reads_a_file_while_the_account_shares() {
    let setting = setting().await;
    let Setting { house, luo, shen, lin, .. } = &setting;
    let file = sent(house, luo, "现场.png", PNG).await;
    assert_eq!(setting.writes(vec![file.clone()]).await, Ok(()));
    for (was, now, status_now) in [(false, true, 200), (true, false, 404)] {
        let edits = vec![Edit::SharesTickets(Was { was, now })];
        let edit = Command::Customers(customers::Command::Edit { id: setting.customer, edits });
        assert_eq!(house.command(lin.actor(), edit).await.expect("no trouble"), Ok(()));
        assert_eq!(status(house, shen, &file).await, status_now);
    }
}

#[tokio::test]
async fn what_goes_with_a_note_never_reaches_a_customer() {
    let setting = setting().await;
    let Setting { house, lin, luo, .. } = &setting;
    let file = sent(house, lin, "成本.pdf", PDF).await;
    setting
        .does(tickets::Command::Note {
            id: fresh(),
            ticket: setting.ticket,
            text: prose("先别给客户"),
            files: vec![file.clone()],
            mentions: Vec::new(),
        })
        .await;
    assert_eq!((status(house, lin, &file).await, status(house, luo, &file).await), (200, 404));
    let mut device = Holder::new();
    device.pull(house, luo).await;
    let all: String = device.rows.values().map(|row| row.0.as_str()).collect();
    assert!(all.contains("蒸汽棒") && !all.contains("成本") && !all.contains(&file.id.to_string()));
}

#[tokio::test]
async fn nobody_goes_on_with_or_uses_what_another_sent() {
    let setting = setting().await;
    let Setting { house, lin, luo, shen, .. } = &setting;
    let refused = || Err(portal::Refusal::Attachments(Refusal::NotThere));
    let (ours, colleagues) = (sent(house, lin, "报价.pdf", PDF).await, sent(house, shen, "现场.png", PNG).await);
    for file in [&ours, &colleagues] {
        assert_eq!(setting.writes(vec![file.clone()]).await, refused());
    }
    let begun = wanted("现场.png", PNG);
    begin(house, shen, &begun).await.ok::<Arrived>();
    let before = house.everything().await;
    for (answer, expected) in [
        (begin(house, luo, &begun).await, (422, "access.id_taken")),
        (put(house, luo, begun.id, 0, PNG).await, (404, "attachments.not_there")),
        (put(house, luo, ours.id, 0, PDF).await, (404, "attachments.not_there")),
        (put(house, luo, fresh(), 0, PDF).await, (404, "attachments.not_there")),
    ] {
        assert_eq!((answer.status.as_u16(), code(&answer).as_str()), expected);
    }
    assert_eq!(setting.writes(vec![File { id: begun.id, ..colleagues }]).await, refused(), "what has only begun");
    assert_eq!(house.everything().await, before);
    let own = sent(house, luo, "现场.png", PNG).await;
    assert_eq!(setting.writes(vec![own.clone()]).await, Ok(()));
    assert_eq!(setting.writes(vec![own]).await, Err(portal::Refusal::Attachments(Refusal::Used)));
}

#[tokio::test]
async fn pictures_are_drawn_and_all_else_is_saved() {
    let setting = setting().await;
    let Setting { house, lin, luo, .. } = &setting;
    let picture = sent(house, lin, "现场.png", PNG).await;
    let paper = sent(house, lin, "报价 1.pdf", PDF).await;
    let disguised = sent(house, lin, "照片.png", b"just words").await;
    setting.replies(vec![picture.clone(), paper.clone(), disguised.clone()]).await;
    for (file, kind, place) in [
        (&picture, "image/png", "inline; filename=\"__.png\"; filename*=UTF-8''%E7%8E%B0%E5%9C%BA.png"),
        (&paper, "application/pdf", "attachment; filename=\"__ 1.pdf\"; filename*=UTF-8''%E6%8A%A5%E4%BB%B7%201.pdf"),
        (&disguised, "text/plain", "attachment; filename=\"__.png.txt\"; filename*=UTF-8''%E7%85%A7%E7%89%87.png.txt"),
    ] {
        let (status, headers, content) = fetched(house, Some(luo), file.id).await;
        let said = |name: header::HeaderName| headers[name].to_str().expect("text").to_owned();
        assert_eq!(status, StatusCode::OK);
        assert_eq!((said(header::CONTENT_TYPE).as_str(), said(header::CONTENT_DISPOSITION).as_str()), (kind, place));
        assert_eq!(said(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
        assert_eq!(said(header::CONTENT_SECURITY_POLICY), "default-src 'none'; sandbox");
        assert_eq!(said(header::CONTENT_LENGTH), content.len().to_string());
        assert_eq!(said(header::CACHE_CONTROL), "private, no-cache");
        let mut again = House::request(Some(luo), Method::GET, &format!("/api/files/{}", file.id), None);
        again.headers_mut().insert(header::IF_NONE_MATCH, headers[header::ETAG].clone());
        assert_eq!(house.send(again).await.status, StatusCode::NOT_MODIFIED);
    }
}

#[tokio::test]
async fn what_is_too_large_damaged_or_of_no_kind_we_take_is_refused_and_leaves_nothing() {
    let Setting { house, lin, .. } = &setting().await;
    let before = house.everything().await;
    for (size, expected) in
        [(0, (422, "attachments.empty")), (-1, (422, "attachments.empty")), (i64::from(Size::MOST) + 1, (413, "attachments.too_large"))]
    {
        let answer = begin(house, lin, &Wanted { size, ..wanted("a.txt", b"a") }).await;
        assert_eq!((answer.status.as_u16(), code(&answer).as_str()), expected);
    }
    let unproved = begin(house, lin, &Wanted { digest: "abc".to_owned(), ..wanted("a.txt", b"a") }).await;
    assert_eq!((unproved.status.as_u16(), code(&unproved).as_str()), (422, "attachments.damaged"));
    // What arrives is not what was announced.
    let announced = wanted("a.txt", b"what was meant");
    let answer = send(house, lin, &announced, b"what is coming").await;
    assert_eq!((answer.status.as_u16(), code(&answer).as_str()), (422, "attachments.damaged"));
    for (name, content) in
        [("setup.txt", b"MZ\x90\0\x03".as_slice()), ("drawing.png", b"<svg onload='alert(1)'/>"), ("page.pdf", b"<!doctype html>")]
    {
        let answer = send(house, lin, &wanted(name, content), content).await;
        assert_eq!((answer.status.as_u16(), code(&answer).as_str()), (415, "attachments.no_such_kind"), "{name}");
    }
    let tables = |text: String| text.lines().filter(|line| line.starts_with("file")).count();
    assert_eq!((tables(house.everything().await), tables(before)), (0, 0));
    assert_eq!(send(house, lin, &announced, b"what was meant").await.status, StatusCode::OK, "the same id can be sent again");
    is_fine(house);
}

#[tokio::test]
async fn a_piece_is_of_its_size_and_type_or_is_not_kept() {
    let Setting { house, lin, .. } = &setting().await;
    let content = vec![b'a'; PIECE as usize + 10];
    let wanted = wanted("a.txt", &content);
    begin(house, lin, &wanted).await.ok::<Arrived>();
    let before = house.everything().await;
    let short = put(house, lin, wanted.id, 0, &content[..10]).await;
    assert_eq!((short.status.as_u16(), code(&short).as_str()), (422, "attachments.damaged"));
    assert_eq!(put(house, lin, wanted.id, 0, &content).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    let path = format!("/api/files/{}", wanted.id);
    for (path, kind, expected) in [
        (format!("{path}?at=0"), "application/json", 415),
        (format!("{path}?at=0"), "text/plain", 415),
        (path.clone(), "application/octet-stream", 422),
        (format!("{path}?at=-1"), "application/octet-stream", 422),
    ] {
        let mut request = House::request(Some(lin), Method::PUT, &path, Some("{}".to_owned()));
        request.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
        assert_eq!(house.send(request).await.status.as_u16(), expected, "{path} {kind}");
    }
    assert_eq!(house.everything().await, before);
}

#[tokio::test]
async fn there_is_so_much_in_a_day_and_so_much_in_all() {
    let Setting { house, lin, luo, .. } = &setting().await;
    let most = |n: u8| Wanted { size: Size::MOST.into(), ..wanted("a.txt", &[n]) };
    for n in 0..12 {
        begin(house, luo, &most(n)).await.ok::<Arrived>();
    }
    let answer = begin(house, luo, &most(13)).await;
    assert_eq!((answer.status.as_u16(), code(&answer).as_str()), (429, "attachments.enough_for_today"));
    begin(house, lin, &most(14)).await.ok::<Arrived>();
    let small = App::new(house.db.clone(), Config { room: Room(1_000), ..Config::default() });
    let body = serde_json::to_string(&wanted("a.txt", b"a")).expect("JSON");
    let asked = House::request(Some(lin), Method::POST, "/api/files", Some(body));
    let response = server::router(small, None).oneshot(asked).await.expect("an answer");
    assert_eq!(response.status(), StatusCode::INSUFFICIENT_STORAGE);

    house.clock.move_to(NOON.plus_seconds(DAY + 1));
    begin(house, luo, &most(15)).await.ok::<Arrived>();
}

#[tokio::test]
async fn what_nothing_carries_goes_after_a_day_and_what_is_carried_stays() {
    let setting = setting().await;
    let Setting { house, lin, luo, .. } = &setting;
    let large = "长".repeat(600_000).into_bytes();
    let (kept, idle) = (sent(house, lin, "报价.pdf", PDF).await, sent(house, luo, "长文.txt", &large).await);
    let begun = wanted("别的.txt", &large);
    begin(house, lin, &begun).await.ok::<Arrived>();
    put(house, lin, begun.id, 0, &large[..PIECE as usize]).await.ok::<Arrived>();
    setting.replies(vec![kept.clone()]).await;
    let (soon, later) = (NOON.plus_seconds(DAY - 1), NOON.plus_seconds(DAY));
    house.clock.move_to(soon);
    assert_eq!(attachments::sweep(&house.db, soon).await.expect("a sweep"), 0);
    house.clock.move_to(later);
    jobs::round(&house.db, later, &mut None).await;
    assert_eq!(fetched(house, Some(luo), kept.id).await.2, PDF);
    assert_eq!(setting.writes(vec![idle.clone()]).await, Err(portal::Refusal::Attachments(Refusal::NotThere)));
    assert_eq!(house.count("SELECT count(*) FROM file_body").await, 1);
    assert_eq!(house.count("SELECT count(*) FROM file_piece").await, 1);
    assert!(house.row::<Stored>(idle.id).await.is_none());
    is_fine(house);
}

#[tokio::test]
async fn a_byte_that_turned_or_went_missing_is_found() {
    let setting = setting().await;
    let file = sent(&setting.house, &setting.lin, "报价.pdf", PDF).await;
    setting.replies(vec![file]).await;
    is_fine(&setting.house);
    for damage in [
        "UPDATE file_piece SET bytes = CAST('%PDF-' || hex(randomblob(100)) AS BLOB)",
        "UPDATE file_piece SET bytes = zeroblob(length(bytes))",
        "DELETE FROM file_piece",
    ] {
        let copy = setting.house.copy();
        let there = copy.path().join("guanxi.db");
        rusqlite::Connection::open(&there).expect("a copy").execute_batch(damage).expect("the damage to be done");
        let found: Vec<_> = db::check(&there).into_iter().map(|finding| finding.kind).collect();
        assert!(!found.is_empty() && found.iter().all(|kind| *kind == db::Kind::Files), "{damage}: {found:?}");
    }
}

#[tokio::test]
async fn a_backup_holds_the_files_too() {
    let setting = setting().await;
    let file = sent(&setting.house, &setting.lin, "报价.pdf", PDF).await;
    setting.replies(vec![file.clone()]).await;
    let copy = Folder::new();
    let into = copy.path().join("guanxi.db");
    let (db, to) = (setting.house.db.clone(), into.clone());
    tokio::task::spawn_blocking(move || keep::backup(&db, &to)).await.expect("no panic").expect("a backup");
    let again = House::restored(copy, setting.house.clock.clone()).await;
    assert_eq!(fetched(&again, Some(&setting.lin), file.id).await.2, PDF);
}
