//! Links that lead in: the first set-up, invitations, and new passwords; each used once, each for its time.

use super::{
    auth::{PASSWORD, code, cookie, sign_in, with_password},
    harness::{Answer, House, NOON, Somebody},
};
use axum::http::{Method, StatusCode};
use domain::{
    access::{Reach, Role},
    change::Command,
    context::Actor,
    id::{Id, PersonId},
    money::Currency,
    session::{Accept, Accounts, Invitation, InvitationKind, Invite, Link, Me, SetUp},
    settings::Company,
    team::{self, Department, Person, PersonState, Team},
};
use serde::Serialize;
use server::auth::set_up;

const NEW_PASSWORD: &str = "五棵枣树在院子里";

async fn post(house: &House, path: &str, body: &impl Serialize) -> Answer {
    house.send(House::request(None, Method::POST, path, Some(serde_json::to_string(body).expect("JSON")))).await
}

fn founding(path: &str) -> SetUp {
    SetUp {
        token: path.trim_start_matches("/set-up#").to_owned(),
        company: "澜石咖啡设备".into(),
        zone: "Asia/Shanghai".into(),
        currency: Currency::Cny,
        name: "许明远".into(),
        email: "Xu@Lanshi.example".into(),
        password: PASSWORD.into(),
    }
}

async fn set_up_path(house: &House) -> Option<String> {
    let db = house.db.clone();
    tokio::task::spawn_blocking(move || set_up::link(&db)).await.expect("a thread").expect("no trouble")
}

#[tokio::test]
async fn an_empty_database_is_set_up_once_by_its_last_link() {
    let house = House::empty();
    let lost = set_up_path(&house).await.expect("a link");
    let path = set_up_path(&house).await.expect("another link");
    assert_eq!(code(&post(&house, "/auth/set-up", &founding(&lost)).await), "auth.link_gone", "a former link is worth nothing");
    assert_eq!(code(&post(&house, "/auth/set-up", &founding(&"0".repeat(64))).await), "auth.link_gone");
    let done = post(&house, "/auth/set-up", &founding(&path)).await;
    let me: Me = done.ok();
    assert_eq!((me.role, me.company.as_str()), (Some(Role::Admin), "澜石咖啡设备"));
    let again = post(&house, "/auth/set-up", &founding(&path)).await;
    assert_eq!((again.status, code(&again).as_str()), (StatusCode::CONFLICT, "auth.set_up_done"));
    assert_eq!(set_up_path(&house).await, None);
    let company: Company = house.row(Id::ONLY).await.expect("a company");
    assert_eq!((company.zone.name.as_str(), company.zone.offset_at(NOON)), ("Asia/Shanghai", 28_800));
    let admin: Person = house.row(me.user).await.expect("an administrator");
    let department: Department = house.row(admin.department.expect("a department")).await.expect("a department");
    let team: Team = house.row(*admin.teams.0.first().expect("a team")).await.expect("a team");
    assert_eq!((department.name.as_str(), team.name.as_str()), ("总部", "第一团队"));
    let admin = Somebody { person: admin.id, cookie: cookie(&done) };
    assert_eq!(house.get(&admin, "/api/people").await.ok::<Accounts>().who[&me.user], "xu@lanshi.example");
}

#[tokio::test]
async fn what_is_wrong_with_a_set_up_is_said_field_by_field_and_costs_nothing() {
    let house = House::empty();
    let path = set_up_path(&house).await.expect("a link");
    let before = house.everything().await;
    let bad = SetUp { zone: "Mars/Olympus".into(), name: " ".into(), email: "x".into(), company: "a\u{202E}b".into(), ..founding(&path) };
    let answer = post(&house, "/auth/set-up", &bad).await;
    let failure: domain::session::Failure = answer.json();
    let fields: Vec<&str> = failure.error.fields.iter().map(|field| field.field.as_str()).collect();
    assert_eq!((answer.status.as_u16(), fields), (422, vec!["company", "name", "email", "zone"]));
    let weak = SetUp { password: "xu@lanshi.example".into(), ..founding(&path) };
    assert_eq!(code(&post(&house, "/auth/set-up", &weak).await), "auth.password_guessable");
    assert_eq!(house.everything().await, before);
    assert_eq!(post(&house, "/auth/set-up", &founding(&path)).await.status, StatusCode::OK);
}

/// An administrator, and the link they made for somebody new.
async fn invited() -> (House, Somebody, String) {
    let house = House::founded(Reach::Own).await;
    let team = house.team("华东").await;
    let admin = house.join("许明远", Role::Admin, &[team]).await;
    let invite = Invite {
        name: "王芳".into(),
        email: "wang@lanshi.example".into(),
        role: Role::Service,
        department: None,
        teams: vec![team.into()],
    };
    let answer = house.post(&admin, "/api/team/invitations", &invite).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
    let link: Link = answer.json();
    assert_eq!(link.hours, 72);
    let path = link.path.replace("/join/", "/auth/invitations/");
    (house, admin, path)
}

async fn person_of(house: &House, admin: &Somebody, who: &str) -> PersonId {
    let accounts: Accounts = house.get(admin, "/api/people").await.ok();
    let (person, _) = accounts.who.iter().find(|(_, it)| *it == who).expect("an account");
    (*person).into()
}

async fn show(house: &House, path: &str) -> Answer {
    house.send(House::request(None, Method::GET, path, None)).await
}

fn password(text: &str) -> Accept {
    Accept { password: text.into() }
}

#[tokio::test]
async fn an_invitation_lets_one_person_in_once() {
    let (house, admin, path) = invited().await;
    let wang = person_of(&house, &admin, "wang@lanshi.example").await;
    assert_eq!(house.row::<Person>(wang).await.map(|person| person.state), Some(PersonState::Invited));
    let shown: Invitation = show(&house, &path).await.ok();
    assert_eq!((shown.name.as_str(), shown.who.as_str(), shown.kind), ("王芳", "wang@lanshi.example", InvitationKind::Staff));
    assert_eq!(code(&post(&house, &path, &password("12345678")).await), "auth.password_common");
    let me: Me = post(&house, &path, &password(NEW_PASSWORD)).await.ok();
    assert_eq!((me.user, me.role), (wang.into(), Some(Role::Service)));
    assert_eq!(house.row::<Person>(wang).await.map(|person| person.state), Some(PersonState::Active));
    assert_eq!(code(&show(&house, &path).await), "auth.link_gone");
    assert_eq!(code(&post(&house, &path, &password(NEW_PASSWORD)).await), "auth.link_gone");
    assert_eq!(sign_in(&house, [1, 1, 1, 1], "wang@lanshi.example", NEW_PASSWORD).await.status, StatusCode::OK);
}

#[tokio::test]
async fn an_invitation_is_good_for_three_days() {
    let (house, _, path) = invited().await;
    house.clock.move_to(NOON.plus_seconds(72 * 3_600 - 1));
    assert_eq!(show(&house, &path).await.status, StatusCode::OK);
    house.clock.move_to(NOON.plus_seconds(72 * 3_600));
    let late = post(&house, &path, &password(NEW_PASSWORD)).await;
    assert_eq!((late.status, code(&late).as_str()), (StatusCode::NOT_FOUND, "auth.link_gone"));
}

#[tokio::test]
async fn two_who_use_a_link_at_once_are_one_who_gets_in() {
    let (house, _, path) = invited().await;
    let (password, other) = (password(NEW_PASSWORD), password("六棵枣树在院子里"));
    let (one, two) = tokio::join!(post(&house, &path, &password), post(&house, &path, &other));
    let mut statuses = [one.status.as_u16(), two.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 404]);
}

#[tokio::test]
async fn a_new_link_ends_the_one_before_and_disabling_ends_both() {
    let (house, admin, path) = invited().await;
    let wang = person_of(&house, &admin, "wang@lanshi.example").await;
    let again = house.send(House::request(Some(&admin), Method::POST, &format!("/api/team/people/{wang}/reset"), None)).await;
    let again = again.json::<Link>().path.replace("/join/", "/auth/invitations/");
    assert_eq!(code(&show(&house, &path).await), "auth.link_gone");
    assert_eq!(show(&house, &again).await.status, StatusCode::OK);
    let disable = Command::Team(team::Command::Disable { id: wang });
    assert_eq!(house.command(Actor::System, disable).await.expect("no trouble"), Ok(()));
    assert_eq!(code(&show(&house, &again).await), "auth.link_gone");
}

#[tokio::test]
async fn a_forgotten_password_is_replaced_and_all_devices_are_locked() {
    let (house, lin, who) = with_password().await;
    let admin = house.join("许明远", Role::Admin, &[]).await;
    let path = format!("/api/team/people/{}/reset", lin.person);
    let answer = house.send(House::request(Some(&admin), Method::POST, &path, None)).await;
    let link: Link = answer.json();
    assert_eq!((answer.status, link.hours), (StatusCode::CREATED, 24));
    assert_eq!(house.get(&lin, "/auth/me").await.status, StatusCode::OK, "a link alone changes nothing");
    let path = link.path.replace("/join/", "/auth/invitations/");
    assert_eq!(show(&house, &path).await.ok::<Invitation>().kind, InvitationKind::Reset);
    assert_eq!(post(&house, &path, &password(NEW_PASSWORD)).await.status, StatusCode::OK);
    assert_eq!(code(&house.get(&lin, "/auth/me").await), "auth.signed_out");
    assert_eq!(sign_in(&house, [1, 1, 1, 1], &who, PASSWORD).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(sign_in(&house, [1, 1, 1, 1], &who, NEW_PASSWORD).await.status, StatusCode::OK);
}

#[tokio::test]
async fn nobody_is_invited_twice_or_into_what_is_not_there() {
    let (house, admin, _) = invited().await;
    let invite =
        |email: &str| Invite { name: "王芳".into(), email: email.into(), role: Role::Sales, department: None, teams: Vec::new() };
    let before = house.everything().await;
    for (bad, field, why) in [
        (invite("WANG@lanshi.example"), "email", "team.email_taken"),
        (invite("not an address"), "email", "text.malformed"),
        (Invite { name: String::new(), ..invite("a@b.example") }, "name", "text.missing"),
        (Invite { teams: vec![Id::ONLY], ..invite("a@b.example") }, "teams", "team.no_such_team"),
        (Invite { department: Some(Id::ONLY), ..invite("a@b.example") }, "department", "team.no_such_department"),
    ] {
        let answer = house.post(&admin, "/api/team/invitations", &bad).await;
        let failure: domain::session::Failure = answer.json();
        let found: Vec<_> = failure.error.fields.iter().map(|it| (it.field.as_str(), it.code.as_str())).collect();
        assert_eq!((answer.status.as_u16(), found), (422, vec![(field, why)]));
    }
    assert_eq!(house.everything().await, before);
}
