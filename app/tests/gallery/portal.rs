//! The portal's first page, on a phone.

use super::sheet::w;
use app::ui::*;
use leptos::prelude::*;

pub fn portal() -> AnyView {
    view! {
        <div class="frame-portal">
            <header class="portal-bar">
                <h1>{w("会员", "Club")}</h1>
                <IconButton label=w("通知", "Notices") icon=Icon::Message size=Size::Large on_press=|()| ()/>
            </header>
            {content()}
            <div class="portal-actions">
                <Button size=Size::Large rank=Rank::Primary icon=Icon::Points>{w("兑换积分", "Redeem")}</Button>
                <Button size=Size::Large icon=Icon::Wrench>{w("报修", "Report a fault")}</Button>
            </div>
            <nav class="portal-tabs" aria-label=w("主导航", "Main")>
                <a href="#club" aria-current="page">{icon(Icon::Card)} <span>{w("会员", "Club")}</span></a>
                <a href="#points">{icon(Icon::Points)} <span>{w("积分", "Points")}</span></a>
                <a href="#service">{icon(Icon::Message)} <span>{w("服务", "Service")}</span></a>
                <a href="#me">{icon(Icon::User)} <span>{w("我的", "Me")}</span></a>
            </nav>
        </div>
    }
    .into_any()
}

fn content() -> AnyView {
    view! {
        <main class="portal-main">
            <MemberCard
                metal=Metal::Gold
                issuer=w("澄溪", "Chengxi")
                tier=w("黄金会员", "Gold")
                label=w("可用积分", "Points")
                number="2,470"
                holder=w("沈知夏", "Shen Zhixia")
                code=w("会员号 8820 1166 0342", "No. 8820 1166 0342")
                mark=icon(Icon::Star)
            >
                <svg class="icon" aria-hidden="true" style:width="64px" style:height="64px"><use href="#i-code"></use></svg>
            </MemberCard>
            <div class="card"><div class="card-body stack" data-gap="2">
                <p>{w("再消费", "Spend")} <b>" ¥860 "</b> {w("升级黑金会员", "more to reach Black")}</p>
                <Progress value=0.93 label=w("升级进度", "Progress") tone=Tone::Accent thick=true/>
                <p class="cluster secondary small" data-justify="between"><span>"¥11,140 / ¥12,000"</span><span>{w("2027年3月31日前", "by 31 Mar 2027")}</span></p>
            </div></div>
            <div class="portal-title"><h2>{w("我的权益", "My benefits")}</h2><a href="#all">{w("全部 6 项", "All 6")} {icon(Icon::ChevronRight)}</a></div>
            <Card title=w("明细", "History")>
                <List>
                    <ListRow href="#1" detail=w("11月18日  实付 ¥360", "18 Nov, paid ¥360") end=view! { <span class="good">"+360"</span> }>{w("购买 RO 反渗透滤芯", "RO filter")}</ListRow>
                    <ListRow href="#2" detail=w("11月9日  工单 2611-0186", "9 Nov, ticket 2611-0186") end=view! { <span class="good">"+50"</span> }>{w("评价上门服务", "Rated a visit")}</ListRow>
                </List>
            </Card>
            <div class="card"><div class="card-body stack" data-gap="2">
                <b>{w("厨房净水机出水变小", "Weak flow, kitchen purifier")}</b>
                <Stages names=Signal::derive(move || [w("已提交", "Sent")(), w("已答复", "Answered")(), w("上门", "Visit")(), w("解决", "Solved")()].map(str::to_owned).to_vec()) at=2/>
            </div></div>
        </main>
    }
    .into_any()
}
