//! Tickets on other pages: a customer's, one's own that fall due, and those nobody has taken.

use super::{row::TicketRow, words};
use crate::{
    book::{by_key, use_book},
    ui::{Button, Card, CardBody, Icon, IconButton, List, Rank, Size, Stars},
    words::{Text, t, use_language},
};
use domain::{
    access::Right,
    customers::Customer,
    id::{CustomerId, TeamId},
    tickets::{State, Ticket},
};
use leptos::prelude::*;
use std::{cmp::Reverse, sync::Arc};

type Tickets = Memo<Vec<Arc<Ticket>>>;

/// So many of what is done, and so many of one's own.
const SOLVED: usize = 2;
const MOST: usize = 8;

/// A customer's tickets: what is open, what was solved last, and what they think of it.
#[component]
pub fn TicketsCard(customer: CustomerId, on_new: Callback<()>) -> impl IntoView {
    let book = use_book();
    let all = Memo::new(move |_| {
        let mut all = book.of::<Ticket>(customer);
        all = by_key(&all, |ticket| (ticket.next_due().is_none(), ticket.next_due(), Reverse(ticket.said_at), ticket.id));
        all
    });
    let shown = Memo::new(move |_| {
        all.with(|all| {
            let pending = all.iter().filter(|ticket| ticket.state.is_pending());
            pending.chain(all.iter().filter(|ticket| !ticket.state.is_pending()).take(SOLVED)).cloned().collect::<Vec<_>>()
        })
    });
    let rating = Memo::new(move |_| all.with(|all| all.iter().filter_map(|ticket| ticket.rating.clone()).max_by_key(|rating| rating.at)));
    let note = move || match all.with(|all| all.iter().filter(|ticket| ticket.state.is_pending()).count()) {
        0 => String::new(),
        n => n.to_string(),
    };
    let handles = book.me().role.is_some_and(|role| role.may(Right::HandleTickets));
    let (new, none) = (t(words::NEW), t(words::NONE_OF_CUSTOMER));
    let aside =
        move || handles.then(|| view! { <IconButton label=new icon=Icon::Plus size=Size::Small on_press=move |()| on_new.run(())/> });
    view! {
        <Card title=t(words::TICKETS) note=note aside=aside>
            <Show
                when=move || !shown.with(Vec::is_empty)
                fallback=move || view! {
                    <CardBody>
                        <p class="secondary">{none}</p>
                        {handles.then(|| view! { <Button rank=Rank::Quiet size=Size::Small on_press=move |()| on_new.run(())>{new}</Button> })}
                    </CardBody>
                }
            >
                <Rows name=words::TICKETS tickets=shown/>
            </Show>
            {move || rating.get().map(|rating| view! { <LastRating rating/> })}
        </Card>
    }
    .into_any()
}

#[component]
fn LastRating(rating: domain::tickets::Rating) -> impl IntoView {
    let book = use_book();
    let lang = use_language();
    let at = rating.at;
    view! {
        <div class="ticket-rating">
            <span class="secondary">{t(words::LAST_RATING)}</span>
            <Stars value=i64::from(rating.stars.count())/>
            <span class="end small secondary">{move || book.day(lang.get(), at)}</span>
            {rating.comment.map(|comment| view! { <p>{comment.to_string()}</p> })}
        </div>
    }
}

#[component]
fn Rows(name: Text, tickets: Tickets, #[prop(optional)] with_customer: bool) -> impl IntoView {
    view! {
        <List label=t(name)>
            <For each=move || tickets.get() key=|ticket| Arc::as_ptr(ticket) as usize children=move |ticket| view! { <TicketRow ticket with_customer/> }/>
        </List>
    }
    .into_any()
}

/// A card of these tickets; nothing where there are none.
#[component]
pub(super) fn Several(name: Text, tickets: Tickets) -> impl IntoView {
    let shown = Memo::new(move |_| tickets.with(|tickets| tickets.iter().take(MOST).cloned().collect::<Vec<_>>()));
    let rest = move || tickets.with(Vec::len).saturating_sub(MOST);
    let lang = use_language();
    view! {
        <Show when=move || !tickets.with(Vec::is_empty)>
            <Card title=t(name) note=move || tickets.with(Vec::len).to_string()>
                <Rows name tickets=shown with_customer=true/>
                <Show when=move || { rest() > 0 }>
                    <a class="ticket-more" href=crate::routes::TICKETS>{move || words::more(lang.get(), rest())}</a>
                </Show>
            </Card>
        </Show>
    }
    .into_any()
}

/// One's own tickets to which an answer or a solution is owed, what falls due first on top.
#[component]
pub fn DueCard() -> impl IntoView {
    let book = use_book();
    let me = book.me().actor.person();
    let tickets = Memo::new(move |_| {
        let mut mine = book.rows::<Ticket>();
        mine.retain(|ticket| ticket.state.is_ours() && ticket.assignee.is_some() && ticket.assignee == me);
        mine = by_key(&mine, |ticket| (ticket.next_due(), ticket.id));
        mine
    });
    view! { <Several name=words::MY_TICKETS tickets/> }.into_any()
}

/// Tickets of these teams' customers that nobody has taken.
#[component]
pub fn UnassignedCard(#[prop(into)] teams: Signal<Vec<TeamId>>) -> impl IntoView {
    let book = use_book();
    let tickets = Memo::new(move |_| {
        let mut free = book.rows::<Ticket>();
        let here = |customer: CustomerId| {
            book.row::<Customer>(customer).is_some_and(|customer| teams.with(|teams| teams.contains(&customer.team)))
        };
        free.retain(|ticket| ticket.assignee.is_none() && matches!(ticket.state, State::New | State::Open) && here(ticket.customer));
        free = by_key(&free, |ticket| (ticket.next_due(), ticket.id));
        free
    });
    view! { <Several name=words::UNASSIGNED_IN_TEAMS tickets/> }.into_any()
}
