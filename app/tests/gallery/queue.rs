//! The queue of tickets: a grouped list of any length, one ticket beside it.

use super::{record::nav, sheet::w};
use app::ui::*;
use domain::id::Id;
use leptos::prelude::*;
use std::{collections::HashSet, sync::Arc};

/// Subject, customer, tier, clock, time left, owner.
type Ticket = (&'static str, &'static str, Option<(Metal, &'static str)>, &'static str, &'static str, &'static str);

const TITLES: [Ticket; 7] = [
    ("蒸汽棒漏水，第二次报修", "木屿咖啡", Some((Metal::Diamond, "钻石")), "超时", "42 分", "陈默"),
    ("展会样机未到，布展受阻", "云间酒店", Some((Metal::Diamond, "钻石")), "首响", "12 分", ""),
    ("10 月对账单少计一笔退货", "汇川商贸", Some((Metal::Gold, "黄金")), "首响", "38 分", "周知行"),
    ("滨江店磨豆机更换后仍有异响", "拾禾餐饮", Some((Metal::Black, "黑金")), "解决", "1 小时 16 分", "周知行"),
    ("申请账期由 30 天延至 60 天", "和记食品", Some((Metal::Gold, "黄金")), "解决", "2 小时 20 分", "何韵"),
    ("积分兑换的清洁套装缺滤网", "半日闲", Some((Metal::Silver, "白银")), "解决", "3 小时 05 分", "周知行"),
    ("更名后需重开增值税专票", "北岸文旅", None, "解决", "3 小时 30 分", "何韵"),
];

fn id(n: usize) -> Id {
    Id::from_bytes((n as u128).to_be_bytes())
}

fn columns() -> Vec<Column> {
    vec![
        Column::new("priority", w("优先级", "Priority")).hide_label().width(40),
        Column::new("title", w("事由", "Subject")).sortable(),
        Column::new("customer", w("客户", "Customer")).width(96).gives_way(2),
        Column::new("tier", w("等级", "Tier")).width(64).gives_way(3),
        Column::new("clock", w("时钟", "Clock")).width(56),
        Column::new("due", w("剩余", "Left")).width(112).end().sortable(),
        Column::new("owner", w("负责人", "Owner")).hide_label().width(44),
    ]
}

pub fn queue() -> AnyView {
    let rows = 20_000;
    let entries: Arc<[Entry]> =
        (0..rows).flat_map(|n| [(n % 8 == 0).then_some(Entry::Group(n as u32 / 8)), Some(Entry::Row(id(n)))]).flatten().collect();
    let selected = RwSignal::new(Some(id(3)));
    let sort = RwSignal::new(Some(Sort { column: "due", descending: false }));
    view! {
        <div class="frame-staff" data-nav="folded">
            {nav("tickets")}
            <main class="frame-main">
                <div class="split" data-open>
                    <div class="split-list">
                        <header class="frame-bar">
                            <h1>{w("工单", "Tickets")}</h1>
                            <span class="end"></span>
                            <Button rank=Rank::Quiet icon=Icon::Columns>{w("筛选", "Filter")}</Button>
                            <Button icon=Icon::Plus shortcut="C">{w("新建", "New")}</Button>
                        </header>
                        <div class="frame-tabs">
                            <Tabs label=w("视图", "Views")>
                                <Tab href="#open" current=true count=Some("20,000".to_owned())>{w("待处理", "Open")}</Tab>
                                <Tab href="#mine" current=false count=Some("6".to_owned())>{w("我的", "Mine")}</Tab>
                            </Tabs>
                        </div>
                        <VirtualTable
                            label=w("工单", "Tickets")
                            columns=columns()
                            entries=Signal::stored(entries)
                            cells=cells
                            selected
                            on_select=move |id| selected.set(Some(id))
                            sort
                            on_sort=move |order| sort.set(Some(order))
                            checked=RwSignal::new(HashSet::new())
                        />
                        <footer class="frame-foot">
                            <span class="cluster" data-gap="1"><Kbd of="J K"/> {w("上下", "move")}</span>
                            <span class="cluster" data-gap="1"><Kbd of="X"/> {w("选中", "check")}</span>
                            <span class="end">{w("已同步", "synced")}</span>
                        </footer>
                    </div>
                    {peek(selected)}
                </div>
            </main>
        </div>
    }
    .into_any()
}

fn cells(entry: Entry) -> Vec<AnyView> {
    let Entry::Row(row) = entry else {
        return vec![view! { <GroupHead title=w("今天到期", "Due today") note="8" open=true on_fold=|()| ()/> }.into_any()];
    };
    let n = u128::from_be_bytes(row.bytes()) as usize;
    let (title, customer, tier, clock, due, owner) = TITLES[n % TITLES.len()];
    let late = clock == "超时";
    vec![
        icon(if late { Icon::Urgent } else { Icon::PriorityHigh }),
        view! { <b>{title}</b> }.into_any(),
        customer.into_any(),
        tier.map(|(metal, name)| view! { <TierBadge metal name/> }).into_any(),
        view! { <span class:bad=late class:strong=late>{clock}</span> }.into_any(),
        view! { <span class:bad=late class:strong=late>{due}</span> }.into_any(),
        view! { <Avatar name=owner size=Size::Small/> }.into_any(),
    ]
}

fn peek(selected: RwSignal<Option<Id>>) -> AnyView {
    let draft = RwSignal::new("沈总，您问的两件事，备用机几点到、新机为什么会响，我都核实了。".to_owned());
    view! {
        <section class="split-peek">
            <header class="frame-bar">
                <span class="secondary">"GX-2417"</span>
                <Menu label=w("处理中", "In progress") icon=Icon::Doing show_label=true>
                    <MenuItem icon=Icon::Done on_press=|()| ()>{w("解决", "Solve")}</MenuItem>
                </Menu>
                <span class="end"></span>
                <IconButton label=w("上一条", "Previous") icon=Icon::ChevronUp on_press=|()| ()/>
                <IconButton label=w("下一条", "Next") icon=Icon::ChevronDown on_press=|()| ()/>
                <IconButton label=w("复制链接", "Copy link") icon=Icon::Link on_press=|()| ()/>
                <IconButton label=w("关闭", "Close") icon=Icon::Close on_press=move |()| selected.set(None)/>
            </header>
            <div class="pane stack" data-gap="4">
                <div class="stack" data-gap="1">
                    <h2 class="title">{move || selected.get().map(|id| TITLES[u128::from_be_bytes(id.bytes()) as usize % 7].0)}</h2>
                    <p class="cluster secondary" data-gap="4">
                        <span class="cluster" data-gap="1">{icon(Icon::PriorityHigh)} {w("优先级高", "High")}</span>
                        <span>{w("投诉 · 设备故障", "Complaint")}</span>
                        <span class="cluster" data-gap="1">{icon(Icon::Check)} {w("首响 9 分，达标", "First reply 9m")}</span>
                        <span class="cluster" data-gap="1">{icon(Icon::Clock)} {w("解决还剩", "Left")} <b>"1 小时 16 分"</b></span>
                    </p>
                </div>
                {super::sheet::timeline()}
                <Banner tone=Tone::Warn icon=Icon::Lock>
                    <span><b>"陈默"</b> " " <small>{w("内部备注，客户看不到 · 10:52", "Internal, not shown to the customer · 10:52")}</small></span>
                    <span>"像刀盘同心度超差，不是电机。批次 E2-0926 已有 3 台同样反馈，建议整机更换；杭州仓有 1 台备用机。"</span>
                </Banner>
                <Field label=w("公开回复", "Public reply") hide_label=true><TextArea value=draft/></Field>
                <div class="cluster" data-justify="end"><Button rank=Rank::Primary shortcut="⌘ ↵">{w("发送", "Send")}</Button></div>
            </div>
        </section>
    }
    .into_any()
}
