//! One's own account: another password, and the devices on which one is signed in.

use super::words;
use crate::{
    book::use_book,
    browser::{network, tasks},
    forms::troubled,
    ui::{Badge, Banner, Button, Dialog, DialogBody, Facts, Field, Icon, List, ListRow, PasswordInput, Rank, Size, Tone, icon, use_toasts},
    words::{Text, t, use_language},
};
use domain::session::{Device, NewPassword, PASSWORD_MIN};
use leptos::{ev::SubmitEvent, prelude::*};

#[component]
pub fn SecurityDialog(open: RwSignal<bool>) -> impl IntoView {
    view! {
        <Dialog open=open on_close=move |()| open.set(false) title=t(words::SECURITY) keep=true>
            <DialogBody>
                <div class="stack" data-gap="5">
                    <PasswordForm/>
                    <Devices/>
                </div>
            </DialogBody>
        </Dialog>
    }
    .into_any()
}

#[component]
fn PasswordForm() -> impl IntoView {
    let toasts = use_toasts();
    let lang = use_language();
    let (current, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (missing, short) = (RwSignal::new(false), RwSignal::new(false));
    let (refusal, busy) = (RwSignal::new(None::<String>), RwSignal::new(false));
    let error = move |wrong: RwSignal<bool>, text: Text| Signal::derive(move || wrong.get().then(|| text.in_lang(lang.get()).to_owned()));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        missing.set(current.with_untracked(String::is_empty));
        short.set(password.with_untracked(|password| password.chars().count() < PASSWORD_MIN));
        if missing.get_untracked() || short.get_untracked() || busy.get_untracked() {
            return;
        }
        busy.set(true);
        refusal.set(None);
        tasks::run(async move {
            let wanted = NewPassword { current: current.get_untracked(), password: password.get_untracked() };
            let done = network::post::<serde_json::Value>("/auth/password", &wanted).await;
            _ = busy.try_set(false);
            match done {
                Ok(_) => {
                    toasts.push(words::PASSWORD_CHANGED.in_lang(lang.get_untracked()));
                    _ = current.try_set(String::new());
                    _ = password.try_set(String::new());
                }
                Err(trouble) => _ = refusal.try_set(Some(troubled(trouble, lang.get_untracked()))),
            }
        });
    };
    let change = t(words::CHANGE_PASSWORD);
    view! {
        <form class="stack" on:submit=submit>
            <Field label=t(words::CURRENT_PASSWORD) error=error(missing, words::PASSWORD_MISSING)><PasswordInput value=current/></Field>
            <Field label=t(words::NEW_PASSWORD) hint=t(words::NEW_PASSWORD_HINT) error=error(short, words::PASSWORD_SHORT)>
                <PasswordInput value=password new=true/>
            </Field>
            {move || refusal.get().map(|why| view! { <Banner tone=Tone::Bad>{why}</Banner> })}
            <div><Button rank=Rank::Primary submit=true busy>{change}</Button></div>
        </form>
    }
    .into_any()
}

#[component]
fn Devices() -> impl IntoView {
    let devices = RwSignal::new(None::<Vec<Device>>);
    ask(devices);
    let (hint, unknown) = (t(words::DEVICES_HINT), t(words::DEVICES_UNKNOWN));
    view! {
        <section class="stack" data-gap="2">
            <h3>{t(words::DEVICES)}</h3>
            <p class="small secondary">{hint}</p>
            {move || match devices.get() {
                Some(list) => view! {
                    <List label=t(words::DEVICES)>{list.into_iter().map(|one| device(one, devices)).collect_view()}</List>
                }
                .into_any(),
                None => view! { <p class="faint">{unknown}</p> }.into_any(),
            }}
        </section>
    }
    .into_any()
}

fn ask(devices: RwSignal<Option<Vec<Device>>>) {
    tasks::run(async move {
        if let Ok(mut list) = network::get::<Vec<Device>>("/auth/sessions").await {
            list.sort_by_key(|device| (!device.current, std::cmp::Reverse(device.seen_at)));
            _ = devices.try_set(Some(list));
        }
    });
}

fn device(device: Device, devices: RwSignal<Option<Vec<Device>>>) -> AnyView {
    let book = use_book();
    let toasts = use_toasts();
    let lang = use_language();
    let Device { id, agent, seen_at, current, .. } = device;
    let name = Signal::stored(agent.split(" · ").map(str::to_owned).collect::<Vec<_>>());
    let press = move |()| {
        tasks::run(async move {
            match network::delete::<serde_json::Value>(&format!("/auth/sessions/{id}")).await {
                Ok(_) => {
                    toasts.push(words::DEVICE_ENDED.in_lang(lang.get_untracked()));
                    ask(devices);
                }
                Err(trouble) => toasts.push_problem(troubled(trouble, lang.get_untracked())),
            }
        });
    };
    let (here, end) = (t(words::THIS_DEVICE), t(words::END_DEVICE));
    let last = if current {
        view! { <Badge tone=Tone::Accent>{here}</Badge> }.into_any()
    } else {
        view! { <Button size=Size::Small on_press=press>{end}</Button> }.into_any()
    };
    view! {
        <ListRow
            front=|| icon(Icon::Screen)
            detail=move || words::seen(lang.get(), &book.moment(lang.get(), seen_at))
            end=last
        >
            <Facts of=name/>
        </ListRow>
    }
    .into_any()
}
