//! Signing in.

use super::sheet::w;
use app::{
    ui::*,
    words::{actions, t},
};
use leptos::prelude::*;

pub fn entry() -> AnyView {
    let (name, password) = (RwSignal::new("zhou@lanshi.example".to_owned()), RwSignal::new(String::new()));
    let wrong = w("密码不对，还可以再试 4 次。", "That password is not right. 4 tries left.");
    view! {
        <div class="frame-entry">
            <main>
                <div class="stack" data-gap="3">
                    <span class="seal" data-size="large">"关"</span>
                    <div><h1>"澜石咖啡设备"</h1><p>{w("登录以继续", "Sign in to continue")}</p></div>
                </div>
                <form class="stack" data-gap="4">
                    <Field label=w("邮箱或手机", "Email or mobile")><TextInput value=name purpose=Purpose::Username size=Size::Large/></Field>
                    <Field label=w("密码", "Password") error=Signal::derive(move || Some(wrong().to_owned()))><PasswordInput value=password size=Size::Large/></Field>
                    <Button rank=Rank::Primary size=Size::Large wide=true submit=true>{t(actions::SIGN_IN)}</Button>
                </form>
            </main>
            <footer><a class="link" href="#en">"English"</a><span>"Guanxi 关系"</span></footer>
        </div>
    }
    .into_any()
}
