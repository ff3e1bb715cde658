//! A customer's page, as staff see it: who, how we stand, what next.

use super::sheet::{timeline, w};
use app::{
    ui::*,
    words::{actions, t},
};
use leptos::prelude::*;

pub fn record() -> AnyView {
    view! {
        <div class="frame-staff">
            {nav("customers")}
            <main class="frame-main">
                <header class="frame-bar">
                    <Crumbs back=Signal::derive(move || ("#customers".to_owned(), w("客户", "Customers")().to_owned())) here="拾禾餐饮"/>
                    <IconButton label=w("收藏", "Star") icon=Icon::Star size=Size::Small on_press=|()| ()/>
                    <span class="end"></span>
                    <span class="small secondary" data-hide="phone">{w("A 级客户 3 / 8", "Grade A, 3 of 8")}</span>
                    <IconButton label=w("上一位", "Previous") icon=Icon::ChevronUp on_press=|()| ()/>
                    <IconButton label=w("下一位", "Next") icon=Icon::ChevronDown on_press=|()| ()/>
                    <span class="cluster" data-gap="2" data-hide="phone">
                        <Button icon=Icon::Ticket>{w("新建工单", "New ticket")}</Button>
                        <Button icon=Icon::Edit shortcut="F">{w("记跟进", "Log")}</Button>
                    </span>
                    <Menu label=t(actions::MORE)>
                        <MenuItem icon=Icon::Group on_press=|()| ()>{w("合并", "Merge")}</MenuItem>
                    </Menu>
                </header>
                <div class="pane record">
                    {head()}
                    <div class="frame-tabs">{tabs()}</div>
                    <div class="record-body">
                        <div class="stack">{timeline()} {timeline()}</div>
                        <div class="stack" data-fill>{middle()}</div>
                        <div class="stack" data-fill>{end()}</div>
                    </div>
                </div>
                <div class="frame-actions">
                    <a href="tel:1">{icon(Icon::Phone)} {w("打给沈知遥", "Call Shen")}</a>
                    <button type="button">{icon(Icon::Edit)} {w("记跟进", "Log")}</button>
                    <button type="button">{icon(Icon::Ticket)} {w("建工单", "Ticket")}</button>
                </div>
            </main>
        </div>
    }
    .into_any()
}

/// The navigation of the staff surface.
pub fn nav(current: &'static str) -> AnyView {
    let item = move |key: &'static str, icon: Icon, (zh, en): (&'static str, &'static str), count: Option<&'static str>| {
        view! { <NavItem href=format!("#{key}") icon label=w(zh, en) current=key == current count=count.map(str::to_owned)/> }
    };
    view! {
        <nav class="frame-nav">
            <div class="frame-nav-head">
                <div class="nav-brand"><span class="seal">"关"</span><b class="truncate" data-unfolded>"澜石咖啡设备"</b>{icon(Icon::ChevronDown)}</div>
                <button type="button" class="nav-find" data-tip=w("查找或执行", "Find or run")>
                    {icon(Icon::Search)} <span>{w("查找或执行", "Find or run")}</span> <Kbd of="⌘K"/>
                </button>
            </div>
            <div class="frame-nav-body">
                <NavGroup>
                    {item("today", Icon::Clock, ("今日", "Today"), Some("6"))}
                    {item("tickets", Icon::Ticket, ("工单", "Tickets"), Some("18"))}
                    {item("customers", Icon::Users, ("客户", "Customers"), None)}
                    {item("deals", Icon::Columns, ("商机", "Deals"), None)}
                    {item("orders", Icon::Box, ("订单与回款", "Orders"), None)}
                    {item("promises", Icon::Star, ("承诺", "Promises"), Some("3"))}
                </NavGroup>
                <NavGroup label=w("经营", "Business")>
                    {item("loyalty", Icon::Card, ("会员与积分", "Loyalty"), None)}
                    {item("surveys", Icon::Check, ("问卷", "Surveys"), None)}
                    {item("board", Icon::LineChart, ("经营看板", "Dashboards"), None)}
                </NavGroup>
            </div>
            <div class="frame-nav-foot">
                <Avatar name="周知行" of=Of::Me/>
                <span data-unfolded>"周知行"</span>
                <span class="end" data-unfolded><Facts of=Signal::derive(move || vec!["14:20".to_owned(), w("已同步", "synced")().to_owned()])/></span>
            </div>
        </nav>
    }
    .into_any()
}

fn head() -> AnyView {
    let facts = [
        w("连锁咖啡", "Coffee chain"),
        w("42 家门店", "42 shops"),
        w("终端用户", "End user"),
        w("A 级", "Grade A"),
        w("合作 6 年", "6 years"),
    ];
    let facts = Signal::derive(move || facts.iter().map(|fact| fact().to_owned()).collect::<Vec<_>>());
    view! {
        <header class="record-head">
            <div class="record-who">
                <Avatar name="拾禾餐饮" of=Of::Company size=Size::Large/>
                <div class="stack" data-gap="1">
                    <div class="record-name"><h1>"拾禾餐饮"</h1><TierBadge metal=Metal::Black name=w("黑金", "Black")/></div>
                    <p class="record-facts"><Facts of=facts/></p>
                    <p class="cluster" data-gap="2">
                        <Avatar name="林晓" size=Size::Small/>
                        <span>{w("林晓负责", "Lin Xiao")}</span>
                        <span class="secondary">{w("今天 13:47 沈知遥来信", "Shen wrote today 13:47")}</span>
                    </p>
                </div>
            </div>
            <div class="record-standing">
                <div><data class="record-health">"72"</data><p class="small secondary">{w("健康", "Health")} " −6"</p></div>
                <div class="stack" data-gap="1">
                    <b>{w("关系稳，服务在拖后腿", "Steady, service lags")}</b>
                    <p class="secondary">{w("本季消费 ¥48.20万，较上季 +12%。", "¥482K this quarter, +12%.")}</p>
                    <p class="bad">{w("¥12.60万逾期 9 天，1 项承诺逾期。", "¥126K 9 days late, one promise overdue.")}</p>
                </div>
            </div>
            <div class="record-next">
                <p>{icon(Icon::Calendar)} {w("下一步 · 周四 10:00", "Next · Thu 10:00")}</p>
                <h2>{w("滨江店回访，定更换方案", "Visit Binjiang, agree on replacement")}</h2>
                <div class="cluster" data-gap="2">
                    <Button rank=Rank::Primary size=Size::Small>{w("完成", "Done")}</Button>
                    <Button size=Size::Small>{w("改期", "Reschedule")}</Button>
                    <span class="end small secondary">{w("林晓、陈默同去", "with Lin and Chen")}</span>
                </div>
            </div>
        </header>
    }
    .into_any()
}

fn tabs() -> AnyView {
    let tab = |current: bool, (zh, en): (&'static str, &'static str), count: Option<&'static str>| {
        view! { <Tab href="#tab" current count=count.map(str::to_owned)>{w(zh, en)}</Tab> }
    };
    view! {
        <Tabs label=w("拾禾餐饮", "Shihe")>
            {tab(true, ("概览", "Overview"), None)}
            {tab(false, ("工单", "Tickets"), Some("6"))}
            {tab(false, ("订单", "Orders"), Some("26"))}
            {tab(false, ("合同", "Contracts"), Some("3"))}
            {tab(false, ("联系人", "Contacts"), Some("4"))}
            {tab(false, ("积分流水", "Points"), None)}
            {tab(false, ("问卷", "Surveys"), Some("5"))}
            {tab(false, ("文件", "Files"), None)}
        </Tabs>
    }
    .into_any()
}

fn middle() -> AnyView {
    let row = |light, meaning: &'static str, title: (&'static str, &'static str), detail: &'static str, end: AnyView| {
        view! {
            <ListRow
                front=view! { <Lamp light meaning/> }
                detail=detail
                end=end
            >
                {w(title.0, title.1)}
            </ListRow>
        }
    };
    view! {
        <MemberSummary
            metal=Metal::Black
            tier=w("黑金会员", "Black member")
            until=w("保级至 2027-03-31", "Kept until 2027-03-31")
            number="128,640"
            unit=w("积分", "points")
            progress=Some(0.86)
            next=w("再消费 ¥12.40万升级钻石会员", "¥124K more to Diamond")
            expiring=w("12月31日到期 4,200", "4,200 expire 31 Dec")
        />
        <Card title=w("承诺", "Promises") note=w("3 项未结", "3 open") aside=w("近一年兑现 94%", "94% kept")>
            <List>
                {row(Light::Red, "逾期", ("对账单差异回复", "Answer on statement"), "何韵 · 已触发补偿：延期抵扣 ¥800", view! { <span class="bad">{w("逾期 4 天", "4 days late")}</span> }.into_any())}
                {row(Light::Amber, "临近", ("备用机送达滨江店", "Spare to Binjiang"), "周知行 · 今天 18:00", w("剩 3 小时 40 分", "3h 40m left").into_any())}
                {row(Light::Green, "按时", ("E2-0926 批次质检报告", "Report on E2-0926"), "陈默 · 11月28日", w("剩 4 天", "4d left").into_any())}
            </List>
        </Card>
        {contacts()}
    }
    .into_any()
}

fn contacts() -> AnyView {
    let row = |name: &'static str, role: &'static str, part: &'static str, stance: &'static str| {
        view! {
            <ListRow href="#contact" front=view! { <Avatar name/> } detail=role end=part end_detail=stance>
                <b>{name}</b>
            </ListRow>
        }
    };
    view! {
        <Card title=w("联系人", "Contacts") note=w("4 位", "4") aside=view! { <IconButton label=w("添加", "Add") icon=Icon::Plus size=Size::Small on_press=|()| ()/> }>
            <List>
                {row("顾清源", "创始人", "最终决策", "支持 · 8 月见过")}
                {row("沈知遥", "运营总监", "决策者", "有顾虑 · 今天")}
                {row("许怀谷", "财务经理", "影响者", "中立 · 6 天前")}
                {row("罗一舟", "滨江店店长", "使用者", "支持 · 昨天")}
            </List>
        </Card>
    }
    .into_any()
}

fn end() -> AnyView {
    let part = |name: (&'static str, &'static str), value: f64, number: &'static str, change: &'static str| {
        view! {
            <tr>
                <td data-column="part">{w(name.0, name.1)}</td>
                <td data-grow><Progress value label=w(name.0, name.1)/></td>
                <td data-align="end" data-column="number"><b>{number}</b></td>
                <td data-align="end" data-column="change" class="small">{change}</td>
            </tr>
        }
    };
    view! {
        <Card title=w("订单与回款", "Orders") note=w("近 12 月", "12 months") aside=w("合同额 ¥186.40万", "¥1.86M contracted")>
            <table class="table">
                <tbody>
                    <tr><td data-grow><b>{w("HT-2603 第 5 期", "HT-2603 part 5")}</b> " 11月15日"</td><td data-align="end">"¥12.60万"</td><td data-align="end" class="bad">{w("逾期 9 天", "9 days late")}</td></tr>
                    <tr><td data-grow><b>"SO-1182"</b> " E2 磨豆机 12 台"</td><td data-align="end">"¥18.60万"</td><td data-align="end">{w("已交付", "Delivered")}</td></tr>
                    <tr><td data-grow><b>"SO-1127"</b> " 滤芯、清洁耗材"</td><td data-align="end">"¥3.84万"</td><td data-align="end">{w("已交付", "Delivered")}</td></tr>
                </tbody>
            </table>
        </Card>
        <Card title=w("健康 72", "Health 72") note=w("较上月 −6", "−6 on last month") aside=w("每日 06:00 更新", "daily 06:00")>
            <table class="table" data-look="plain">
                <tbody>
                    {part(("使用", "Use"), 0.88, "88", "+1")}
                    {part(("互动", "Contact"), 0.84, "84", "+2")}
                    {part(("服务", "Service"), 0.56, "56", "−19")}
                    {part(("情绪", "Mood"), 0.62, "62", "−9")}
                    {part(("商务", "Business"), 0.66, "66", "−3")}
                </tbody>
            </table>
        </Card>
        <Card title=w("最近评价 6 分", "Last rating 6") note="NPS" aside="11月10日">
            <CardBody>
                <p>{w("“机器没得说，修一次要等三天。”", "“The machine is fine. A repair takes three days.”")}</p>
                <p class="small secondary">{w("沈知遥，上次 8 分", "Shen, 8 last time")}</p>
            </CardBody>
        </Card>
    }
    .into_any()
}
