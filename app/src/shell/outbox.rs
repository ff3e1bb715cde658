//! What the server refused: with its reason, to be tried again or given up. It never holds up anything else.

use super::words;
use crate::{
    book::{Refused, use_book},
    forms,
    ui::{Button, Dialog, DialogBody, List, ListRow, Rank, Size, use_toasts},
    words::{Lang, t, use_language},
};
use domain::{change::Command, customers, loyalty, orders, tickets, timeline, words::Say};
use leptos::prelude::*;

/// Shown only while something was refused.
#[component]
pub fn Outbox() -> impl IntoView {
    let book = use_book();
    let lang = use_language();
    let refused = book.refused();
    let open = RwSignal::new(false);
    let count = move || refused.with(Vec::len);
    let label = move || words::refused(lang.get(), count());
    let hint = t(words::OUTBOX_HINT);
    view! {
        <Show when=move || { count() > 0 }>
            <Button rank=Rank::Quiet size=Size::Small on_press=move |()| open.set(true)>
                <span class="bad">{label}</span>
            </Button>
        </Show>
        <Dialog open=Signal::derive(move || open.get() && count() > 0) on_close=move |()| open.set(false) title=t(words::OUTBOX)>
            <DialogBody>
                <p class="secondary">{hint}</p>
                <List label=t(words::OUTBOX)>
                    <For each=move || refused.get() key=|one| one.id children=one/>
                </List>
            </DialogBody>
        </Dialog>
    }
    .into_any()
}

fn one(refused: Refused<Command>) -> AnyView {
    let book = use_book();
    let toasts = use_toasts();
    let lang = use_language();
    let id = refused.id;
    let (title, why) = (refused.command.clone(), refused.why.clone());
    let retry = refused.command.map(|command| {
        let again = t(words::TRY_AGAIN);
        let press = move |()| match book.submit(&command) {
            Ok(_) => book.dismiss(id),
            Err(refusal) => toasts.push_problem(refusal.say(lang.get_untracked())),
        };
        let press = StoredValue::new_local(press);
        view! { <Button size=Size::Small on_press=Callback::new(move |()| press.with_value(|press| press(())))>{again}</Button> }
    });
    let discard = t(words::DISCARD);
    view! {
        <ListRow detail=move || view! { <span>{why.say(lang.get())}</span> }>
            {move || title.as_ref().map_or(words::UNKNOWN_COMMAND.in_lang(lang.get()).to_owned(), |command| named(command, lang.get()))}
        </ListRow>
        <li class="cluster" data-gap="2">
            {retry}
            <Button size=Size::Small rank=Rank::Quiet on_press=move |()| book.dismiss(id)>{discard}</Button>
        </li>
    }
    .into_any()
}

/// What somebody tried to do, in a few words.
fn named(command: &Command, lang: Lang) -> String {
    let (zh, en) = match command {
        Command::Customers(customers::Command::Open { draft, .. }) => {
            let name = draft.name.as_ref().map(ToString::to_string).unwrap_or_default();
            return match lang {
                Lang::Zh => format!("新建客户 {name}"),
                Lang::En => format!("New customer {name}"),
            };
        }
        Command::Customers(customers::Command::Transfer { .. }) => ("转移客户", "Transfer a customer"),
        Command::Customers(_) => ("修改客户资料", "Change a customer"),
        Command::Timeline(timeline::Command::FollowUp { record, .. }) => {
            let method = forms::label_of(&record.method, lang);
            return format!("{method}: {}", record.details.as_str().chars().take(40).collect::<String>());
        }
        Command::Timeline(_) => ("修改下一步", "Change a next step"),
        Command::Team(_) => ("修改人员", "Change people"),
        Command::Settings(_) => ("修改设置", "Change settings"),
        Command::Notices(_) => ("标记通知", "Mark a notice"),
        Command::Tickets(command) => return ticket(command, lang),
        Command::Orders(orders::Command::Record { .. }) => ("登记订单", "Record an order"),
        Command::Orders(orders::Command::Refund { .. }) => ("登记退款", "Record a refund"),
        Command::Orders(_) => ("修改订单", "Change an order"),
        Command::Loyalty(loyalty::Command::Redeem { .. }) => ("兑换积分", "Redeem points"),
        Command::Loyalty(_) => ("修改会员积分", "Change points or the programme"),
        Command::Surveys(_) => ("记录回访", "Close the loop on an answer"),
    };
    if lang == Lang::Zh { zh.to_owned() } else { en.to_owned() }
}

/// What somebody tried to do with a ticket.
fn ticket(command: &tickets::Command, lang: Lang) -> String {
    let said = |of: (&str, &str), what: &str| {
        let name = if lang == Lang::Zh { of.0 } else { of.1 };
        format!("{name}: {}", what.chars().take(40).collect::<String>())
    };
    match command {
        tickets::Command::Open { draft, .. } => said(("新建工单", "New ticket"), draft.subject.as_str()),
        tickets::Command::Reply { text, .. } => said(("回复客户", "Reply to a customer"), text.as_str()),
        tickets::Command::Note { text, .. } => said(("内部备注", "Internal note"), text.as_str()),
        tickets::Command::Move { to, .. } => said(("工单改状态", "Ticket's state"), forms::label_of(to, lang)),
        tickets::Command::Assign { to: Some(to), .. } => said(("工单分给", "Ticket assigned to"), &use_book().name_of(*to)),
        tickets::Command::Assign { to: None, .. } => if lang == Lang::Zh { "工单放回未分配" } else { "Ticket unassigned" }.to_owned(),
        tickets::Command::Prioritise { to, .. } => said(("工单改优先级", "Ticket's priority"), forms::label_of(to, lang)),
        tickets::Command::Reclassify { to, .. } => said(("工单改类型", "Ticket's kind"), forms::label_of(to, lang)),
    }
}
