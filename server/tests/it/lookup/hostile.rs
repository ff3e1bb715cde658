//! Questions that nobody of good will asks.

use axum::http::{Method, StatusCode};
use domain::{
    access::{Reach, Role},
    customers,
    id::Id,
    lookup::{Found, Question},
    tickets,
};
use serde_json::json;

use super::{
    super::harness::{House, Somebody, fresh},
    all, ask, asks, named,
};

async fn setting() -> (House, Somebody) {
    let house = House::founded(Reach::Own).await;
    let east = house.team("华东").await;
    let admin = house.join("何一", Role::Admin, &[east]).await;
    for text in ["拾禾\"餐饮", "a*b", "NEAR(上海)", "木屿 OR 1=1", "100%_", "#12"] {
        house.customer(text, east, None).await;
    }
    (house, admin)
}

#[tokio::test]
async fn what_is_syntax_elsewhere_is_text_here() {
    let (house, admin) = setting().await;
    let found = |query: &'static str| {
        let (house, admin) = (&house, &admin);
        async move { ask(house, admin, named(query)).await.total }
    };
    for (query, total) in [
        ("\"", 1),
        ("*", 1),
        ("a*", 1),
        ("NEAR", 1),
        ("near(", 1),
        ("OR 1", 1),
        ("%", 1),
        ("_", 1),
        ("' OR ''='", 0),
        ("name : x", 0),
        ("-拾", 0),
        ("^拾", 0),
        ("拾禾 AND 餐", 0),
        ("\u{0}", 0),
        ("a\u{0}", 0),
        ("\u{1b}[2J", 0),
        ("\u{202e}", 0),
        ("🦀", 0),
        ("\u{10ffff}", 0),
        ("  \n\t ", 6),
    ] {
        assert_eq!(found(query).await, total, "{query:?}");
        let closed = Question::Closed(tickets::Filter { query: query.to_owned(), ..tickets::Filter::default() });
        assert_eq!(ask(&house, &admin, closed).await.total, 0, "{query:?}");
    }
}

#[tokio::test]
async fn a_long_query_finds_nothing_and_costs_little() {
    let (house, admin) = setting().await;
    for length in [100, 1_000, 1_199, 1_200, 1_201, 50_000] {
        for text in ["拾", "a", "\"", "C-0"] {
            let found = ask(&house, &admin, named(&text.repeat(length))).await;
            assert_eq!((found.total, found.ids.len(), found.rows.len()), (0, 0, 0), "{length} of {text}");
            let closed = Question::Closed(tickets::Filter { query: text.repeat(length), ..tickets::Filter::default() });
            assert_eq!(ask(&house, &admin, closed).await.total, 0);
        }
    }
}

#[tokio::test]
async fn odd_bounds_are_clamped() {
    let (house, admin) = setting().await;
    for (most, count) in [(0, 0), (1, 1), (200, 6), (usize::MAX, 6), (i64::MAX as usize, 6)] {
        for question in [all(), named("a"), Question::Closed(tickets::Filter::default()), Question::Steps] {
            let is_all = question == all();
            let page: Found = house.post(&admin, "/api/lookup", &asks(question, None, most)).await.ok();
            assert!(page.ids.len() <= most);
            if is_all {
                assert_eq!((page.ids.len(), page.total, page.has_more), (count, 6, count < 6), "{most}");
            }
        }
    }
    for after in [fresh(), Id::ONLY, Id::from_bytes([255; 16])] {
        for question in [all(), named("a"), Question::Closed(tickets::Filter::default()), Question::Steps] {
            let from_there: Found = house.post(&admin, "/api/lookup", &asks(question.clone(), Some(after), 2)).await.ok();
            let from_the_beginning: Found = house.post(&admin, "/api/lookup", &asks(question, None, 2)).await.ok();
            assert_eq!(from_there.ids, from_the_beginning.ids);
        }
    }
}

#[tokio::test]
async fn what_is_no_question_is_refused() {
    let (house, admin) = setting().await;
    let question = json!({"customers": {}});
    for body in [
        json!({}),
        json!({"question": "everything", "most": 1}),
        json!({"question": {"orders": {}}, "most": 1}),
        json!({"question": question, "most": -1}),
        json!({"question": question, "most": "1"}),
        json!({"question": question, "most": 1, "after": "x"}),
        json!({"question": {"customers": {"view": "all of them"}}, "most": 1}),
        json!({"question": {"customers": {"order": {"column": "phone", "descending": true}}}, "most": 1}),
        json!({"question": {"customers": {"owner": "' OR 1=1"}}, "most": 1}),
        json!({"question": {"customers": {"nature": "x"}}, "most": 1}),
    ] {
        let request = House::request(Some(&admin), Method::POST, "/api/lookup", Some(body.to_string()));
        assert_eq!(house.send(request).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
    }
    let owner = customers::Filter { owner: Some(fresh()), ..customers::Filter::default() };
    assert_eq!(ask(&house, &admin, Question::Customers(owner)).await.total, 0);
}
