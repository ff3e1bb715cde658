//! Every component once, in the states it can be in.

use app::{
    ui::*,
    words::{Text, actions, t},
};
use leptos::prelude::*;

/// A phrase of the gallery, in both languages.
pub fn w(zh: &'static str, en: &'static str) -> impl Fn() -> &'static str + Copy + Send + Sync + 'static {
    t(Text::new(zh, en))
}

pub fn sheet() -> AnyView {
    view! {
        <div class="page stack" data-width="sheet" data-gap="6">
            <h1>{w("组件", "Components")}</h1>
            {part(w("按钮", "Buttons"), buttons())}
            {part(w("表单", "Forms"), forms())}
            {part(w("选择", "Choices"), choices())}
            {part(w("标签与人", "Labels and people"), labels())}
            {part(w("导航与筛选", "Tabs and filters"), filters())}
            {part(w("提示", "Notices"), notices())}
            {part(w("卡片与列表", "Cards and lists"), cards())}
            {part(w("指标", "Figures"), figures())}
            {part(w("会员卡", "Member cards"), metals())}
            {part(w("空、载入、失败", "Empty, loading, failed"), states())}
            {part(w("图标", "Icons"), icons())}
        </div>
    }
    .into_any()
}

fn part(title: impl Fn() -> &'static str + Send + Sync + 'static, content: AnyView) -> AnyView {
    view! {
        <section class="stack room" data-gap="3">
            <h2>{title}</h2>
            {content}
        </section>
    }
    .into_any()
}

fn buttons() -> AnyView {
    let why = w("还差 30 积分", "30 more points are needed");
    view! {
        <div class="stack" data-gap="3">
            <div class="cluster" data-gap="2">
                <Button rank=Rank::Primary shortcut="⌘ ↵">{w("发送", "Send")}</Button>
                <Button icon=Icon::Plus shortcut="C">{w("新建客户", "New customer")}</Button>
                <Button>{w("改期", "Reschedule")}</Button>
                <Button rank=Rank::Soft>{w("兑换", "Redeem")}</Button>
                <Button rank=Rank::Quiet icon=Icon::Columns>{w("筛选", "Filter")}</Button>
                <Button rank=Rank::Danger icon=Icon::Trash>{t(actions::DELETE)}</Button>
                <Button blocked=Signal::derive(move || Some(why().to_owned()))>{w("兑换", "Redeem")}</Button>
                <Button rank=Rank::Primary busy=true>{t(actions::SAVE)}</Button>
                <LinkButton href="#sheet" icon=Icon::Link>{w("打开官网", "Open site")}</LinkButton>
            </div>
            <div class="cluster" data-gap="2">
                <Button size=Size::Small rank=Rank::Primary>{w("完成", "Done")}</Button>
                <Button size=Size::Small>{w("改期", "Reschedule")}</Button>
                <Button size=Size::Small rank=Rank::Quiet icon=Icon::Download>{w("导出", "Export")}</Button>
                <IconButton label=w("上一条", "Previous") icon=Icon::ChevronUp on_press=|()| ()/>
                <IconButton label=w("下一条", "Next") icon=Icon::ChevronDown on_press=|()| ()/>
                <IconButton label=w("收藏", "Star") icon=Icon::Star pressed=Signal::stored(true) on_press=|()| ()/>
                <IconButton label=w("打电话", "Call") icon=Icon::Phone rank=Rank::Secondary on_press=|()| ()/>
                <Menu label=w("更多", "More")>
                    <MenuItem icon=Icon::Edit shortcut="E" on_press=|()| ()>{t(actions::EDIT)}</MenuItem>
                    <MenuItem icon=Icon::Group blocked=Some("没有合并的权限".to_owned()) on_press=|()| ()>{w("合并", "Merge")}</MenuItem>
                    <MenuLine/>
                    <MenuItem icon=Icon::Trash danger=true on_press=|()| ()>{t(actions::DELETE)}</MenuItem>
                </Menu>
                <Menu label=w("按到期", "By due date") icon=Icon::Group show_label=true>
                    <MenuTitle>{w("排序", "Order")}</MenuTitle>
                    <MenuItem chosen=Signal::stored(true) on_press=|()| ()>{w("按到期", "By due date")}</MenuItem>
                    <MenuItem chosen=Signal::stored(false) on_press=|()| ()>{w("按优先级", "By priority")}</MenuItem>
                </Menu>
                <Kbd of="⌘ K"/>
            </div>
            <div class="cluster" data-gap="2">
                <Button size=Size::Large rank=Rank::Primary icon=Icon::Points>{w("兑换积分", "Redeem")}</Button>
                <Button size=Size::Large icon=Icon::Wrench>{w("报修", "Report a fault")}</Button>
            </div>
        </div>
    }
    .into_any()
}

fn forms() -> AnyView {
    let text = |text: &str| RwSignal::new(text.to_owned());
    let wrong = w("手机号应为 11 位，现在是 10 位。", "A mobile number has 11 digits; this has 10.");
    let kinds = move || {
        [("end", "终端用户"), ("dealer", "经销商"), ("agent", "代理商")].map(|(key, words)| (key.to_owned(), words.to_owned())).to_vec()
    };
    view! {
        <div class="grid" data-columns="3">
            <Field label=w("客户名称", "Name") required=true hint=w("用营业执照上的全称", "As on the licence")>
                <TextInput value=text("拾禾餐饮管理有限公司")/>
            </Field>
            <Field label=w("手机", "Mobile") error=Signal::derive(move || Some(wrong().to_owned()))>
                <TextInput value=text("1380013800") purpose=Purpose::Phone/>
            </Field>
            <Field label=w("合同金额", "Amount")>
                <TextInput value=text("186,400.00") purpose=Purpose::Decimal before="¥" after=w("元", "CNY")/>
            </Field>
            <Field label=w("性质", "Kind")>
                <Select value=text("dealer") options=Signal::derive(kinds)/>
            </Field>
            <Field label=w("下次联系", "Next contact")>
                <DateInput value=text("2026-11-26")/>
            </Field>
            <Field label=w("密码", "Password")>
                <PasswordInput value=text("secret")/>
            </Field>
            <Field label=w("记一笔", "Note") hint=w("和谁、说了什么、下一步", "With whom, what was said, what next")>
                <TextArea value=text("沈总提到滨江店的磨豆机换过之后仍有异响，早高峰停了意式出品。\n周四上午回访，带上备用机。")/>
            </Field>
            <Field label=w("查找", "Find") hide_label=true>
                <SearchInput value=text("") label=w("查找或执行", "Find or run") shortcut="⌘ K"/>
            </Field>
        </div>
    }
    .into_any()
}

fn choices() -> AnyView {
    let pairs = |pairs: &[(&str, &str)]| Signal::stored(pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect::<Vec<_>>());
    view! {
        <div class="grid" data-columns="3">
            <div class="stack" data-gap="2">
                <Checkbox checked=RwSignal::new(true) label=w("同时通知负责人", "Tell the owner too")/>
                <Checkbox checked=RwSignal::new(false) label=w("含下级部门", "Include sub-teams") hint=w("共 4 个", "4 teams")/>
                <Checkbox checked=RwSignal::new(true) switch=true label=w("单键快捷键", "Single-key shortcuts")/>
            </div>
            <div class="stack" data-gap="3">
                <Segmented
                    value=RwSignal::new("week".to_owned())
                    label=w("期间", "Period")
                    options=pairs(&[("week", "本周"), ("month", "本月"), ("quarter", "本季")])
                />
                <Segmented
                    value=RwSignal::new("all".to_owned())
                    label=w("类型", "Kind")
                    quiet=true
                    options=pairs(&[("all", "全部"), ("talk", "沟通"), ("ticket", "工单"), ("points", "积分")])
                />
            </div>
            <Field label=w("这次服务您满意吗？", "How did we do?")>
                <Segmented
                    value=RwSignal::new("5".to_owned())
                    boxes=true
                    options=pairs(&[("1", "1"), ("2", "2"), ("3", "3"), ("4", "4"), ("5", "5")])
                />
            </Field>
        </div>
    }
    .into_any()
}

fn labels() -> AnyView {
    view! {
        <div class="cluster" data-gap="3">
            <TierBadge metal=Metal::Silver name=w("白银", "Silver")/>
            <TierBadge metal=Metal::Gold name=w("黄金", "Gold")/>
            <TierBadge metal=Metal::Black name=w("黑金", "Black")/>
            <TierBadge metal=Metal::Diamond name=w("钻石", "Diamond")/>
            <Badge>{w("A 级", "Grade A")}</Badge>
            <Badge tone=Tone::Accent>{w("处理中", "In progress")}</Badge>
            <Badge tone=Tone::Warn>{w("今天到期", "Due today")}</Badge>
            <Badge tone=Tone::Bad>{w("逾期 4 天", "4 days late")}</Badge>
            <Avatar name="沈知遥"/>
            <Avatar name="周知行" of=Of::Me/>
            <Avatar name="陈默" size=Size::Small/>
            <Avatar name="" size=Size::Small/>
            <Avatar name=""/>
            <Avatar name="拾禾餐饮" of=Of::Company/>
            <Avatar name="拾禾餐饮" of=Of::Company size=Size::Large/>
            <Lamp light=Light::Green meaning=w("按时", "On time")/>
            <Lamp light=Light::Amber meaning=w("临近", "Soon due")/>
            <Lamp light=Light::Red meaning=w("逾期", "Late")/>
            <span class="dot"></span>
        </div>
    }
    .into_any()
}

fn filters() -> AnyView {
    let count = |n: &str| Some(n.to_owned());
    view! {
        <div class="stack" data-gap="3">
            <Tabs label=w("视图", "Views")>
                <Tab href="#sheet" current=true count=count("18")>{w("待处理", "Open")}</Tab>
                <Tab href="#mine" current=false count=count("6")>{w("我的", "Mine")}</Tab>
                <Tab href="#none" current=false count=count("1")>{w("未分派", "Unassigned")}</Tab>
                <Tab href="#vip" current=false count=count("3")>{w("VIP 投诉", "VIP complaints")}</Tab>
            </Tabs>
            <div class="cluster" data-gap="2">
                <FilterChip label=w("负责人", "Owner") value="林晓、何韵" on_remove=|()| ()>"…"</FilterChip>
                <FilterChip label=w("近 12 月消费", "Spent, 12 months") value="¥5万以上" on_remove=|()| ()>"…"</FilterChip>
                <FilterChip label=w("期间", "Period") value="本季 10月1日–11月20日">"…"</FilterChip>
                <Button rank=Rank::Quiet size=Size::Small icon=Icon::Plus>{w("筛选", "Filter")}</Button>
                <Chip icon=Icon::Phone>{w("异响录音 0:38", "Recording 0:38")}</Chip>
                <Chip icon=Icon::Image href="#photo">{w("刀盘照片 2 张", "2 photos")}</Chip>
            </div>
        </div>
    }
    .into_any()
}

fn notices() -> AnyView {
    view! {
        <div class="grid" data-columns="2">
            <Banner>{w("数据截至 11 月 20 日 18:00（北京时间）。", "As of 20 Nov, 18:00 (Beijing time).")}</Banner>
            <Banner tone=Tone::Good>{w("应在 11:30 前答复，10:12 已答复。", "Due by 11:30, answered at 10:12.")}</Banner>
            <Banner tone=Tone::Warn>
                {w("两位客户的手机号相同，可能是同一人。", "Two customers share a mobile number.")}
                <Button size=Size::Small>{w("去合并", "Merge")}</Button>
            </Banner>
            <Banner tone=Tone::Bad>{w("¥12.60万逾期 9 天，1 项承诺逾期。", "¥126K is 9 days late, one promise overdue.")}</Banner>
            <div class="toast">
                <span class="toast-words">{w("已删除“半日闲”", "“Banrixian” deleted")}</span>
                <Button rank=Rank::Quiet size=Size::Small>{t(actions::UNDO)}</Button>
                <IconButton label=t(actions::CLOSE) icon=Icon::Close size=Size::Small on_press=|()| ()/>
            </div>
        </div>
    }
    .into_any()
}

fn cards() -> AnyView {
    view! {
        <div class="grid" data-columns="3">
            <Card title=w("承诺", "Promises") note=w("3 项未结", "3 open") aside=w("近一年兑现 94%", "94% kept this year")>
                <List>
                    <ListRow
                        front=view! { <Lamp light=Light::Red meaning="逾期"/> }
                        detail=w("何韵 · 已触发补偿：延期抵扣 ¥800", "He Yun · compensation ¥800")
                        end=view! { <span class="bad">{w("逾期 4 天", "4 days late")}</span> }
                    >
                        {w("对账单差异回复", "Answer on statement")}
                    </ListRow>
                    <ListRow front=view! { <Lamp light=Light::Amber meaning="临近"/> } detail=w("周知行 · 今天 18:00", "Zhou · today 18:00") end=w("剩 3 小时 40 分", "3h 40m left")>
                        {w("备用机送达滨江店", "Spare machine delivered")}
                    </ListRow>
                    <ListRow front=view! { <Lamp light=Light::Green meaning="按时"/> } detail=w("陈默 · 11月28日", "Chen · 28 Nov") end=w("剩 4 天", "4d left")>
                        {w("E2-0926 批次质检报告", "Report on batch E2-0926")}
                    </ListRow>
                </List>
            </Card>
            <Card title=w("联系人", "Contacts") note=w("4 位", "4") aside=view! { <IconButton label=w("添加", "Add") icon=Icon::Plus size=Size::Small on_press=|()| ()/> }>
                <List>
                    <ListRow href="#1" front=view! { <Avatar name="顾清源"/> } detail=w("创始人", "Founder") end=w("最终决策", "Decides") end_detail=w("支持 · 8 月见过", "For us · met in August")>
                        <b>"顾清源"</b>
                    </ListRow>
                    <ListRow href="#2" front=view! { <Avatar name="沈知遥"/> } detail=w("运营总监", "Operations") end=w("决策者", "Decision maker") end_detail=w("有顾虑 · 今天", "Worried · today")>
                        <b>"沈知遥"</b>
                    </ListRow>
                    <ListRow front=view! { <Avatar name=""/> } end=view! { <a class="good" href="#3">{w("补上", "Add")}</a> }>
                        <span class="secondary">{w("还不认识采购负责人", "Purchasing not known yet")}</span>
                    </ListRow>
                </List>
            </Card>
            <Card title=w("时间线", "Timeline")>
                <CardBody>{timeline()}</CardBody>
            </Card>
        </div>
    }
    .into_any()
}

pub fn timeline() -> AnyView {
    view! {
        <Timeline label=w("时间线", "Timeline")>
            <TimelineDay day=w("今天，11月24日", "Today, 24 Nov")>
                <TimelineItem icon=Icon::Message time="13:47" detail=w("GX-2417 滨江店磨豆机异响，解决还剩 1 小时 16 分", "GX-2417, 1h 16m left")>
                    <b>"沈知遥"</b>
                    " "
                    {w("追问备用机到达时间", "asks when the spare arrives")}
                </TimelineItem>
                <TimelineItem icon=Icon::Star time="11:00">
                    <b>"周知行"</b>
                    " "
                    {w("承诺：备用机 18:00 前送达滨江店", "promised the spare by 18:00")}
                </TimelineItem>
            </TimelineDay>
            <TimelineDay day=w("昨天", "Yesterday")>
                <TimelineItem icon=Icon::Truck time="16:20" detail=w("序列号 E2-0926-0417，店长罗一舟签收。", "Serial E2-0926-0417, signed for.")>
                    <b>"陈默"</b>
                    " "
                    {w("为滨江店更换磨豆机 E2", "replaced the grinder")}
                </TimelineItem>
            </TimelineDay>
        </Timeline>
    }
    .into_any()
}

fn figures() -> AnyView {
    view! {
        <div class="stack" data-gap="4">
            <div class="stats">
                <Stat label=w("NPS 净推荐值", "NPS") value="42" margin="±3" basis="n 2,412" went=Went::Up change=w("5 比上季，超出误差", "5, beyond noise") tone=Tone::Good target=w("目标 45，差 3", "target 45")/>
                <Stat label=w("CSAT 满意率", "CSAT") value="91.4" unit="%" margin="±1.0" basis="n 2,906" went=Went::Up change=w("0.6 比上季，误差内", "0.6, within noise") target=w("目标 90，已达到", "target 90, met")/>
                <Stat label=w("首次响应达标率", "First reply in time") value="96.2" unit="%" basis=w("2,031 张工单", "2,031 tickets") went=Went::Up change=w("4.7 比上季", "4.7") tone=Tone::Good target=w("目标 95，已达到", "target 95, met")/>
                <Stat label=w("投诉率", "Complaint rate") value="0.83" unit="%" basis=w("80 / 9,640 单", "80 of 9,640") went=Went::Up change=w("0.12 比上季，变差", "0.12, worse") tone=Tone::Bad target=w("上限 0.70，已超出", "limit 0.70, exceeded")/>
            </div>
            <div class="grid" data-columns="3">
                <div class="stack" data-gap="2">
                    <Progress value=0.93 label=w("升级进度", "Progress") tone=Tone::Accent thick=true/>
                    <Progress value=0.56 label=w("服务", "Service")/>
                    <Progress value=0.3 label=w("逾期", "Overdue") tone=Tone::Bad/>
                </div>
                <Stages names=Signal::derive(move || [w("已提交", "Sent")(), w("已答复", "Answered")(), w("上门", "Visit")(), w("解决", "Solved")()].map(str::to_owned).to_vec()) at=2/>
                <Fold summary=w("今天到期", "Due today") note="6" open=true><p class="secondary">"…"</p></Fold>
            </div>
        </div>
    }
    .into_any()
}

fn metals() -> AnyView {
    let card = |metal, tier: fn() -> (&'static str, &'static str), number: &'static str, holder: &'static str| {
        let (zh, en) = tier();
        view! {
            <MemberCard
                metal
                issuer="澄溪"
                tier=w(zh, en)
                label=w("可用积分", "Points")
                number
                holder
                code=w("会员号 8820 1166 0342", "No. 8820 1166 0342")
                mark=icon(Icon::Star)
            >
                <svg class="icon" aria-hidden="true" style:width="64px" style:height="64px"><use href="#i-code"></use></svg>
            </MemberCard>
        }
    };
    view! {
        <div class="stack" data-gap="4">
            <div class="grid" data-columns="3" data-keep>
                {card(Metal::Silver, || ("白银会员", "Silver"), "860", "周以宁")}
                {card(Metal::Gold, || ("黄金会员", "Gold"), "2,470", "沈知夏")}
                {card(Metal::Black, || ("黑金会员", "Black"), "18,320", "顾明远")}
                {card(Metal::Diamond, || ("钻石会员", "Diamond"), "6.4万", "宁波安屿口腔")}
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
            </div>
        </div>
    }
    .into_any()
}

fn states() -> AnyView {
    view! {
        <div class="grid" data-columns="3">
            <div class="card">
                <EmptyState icon=Icon::Star title=w("还没有承诺", "No promises yet") text=w("答应客户的事记在这里，到期前会提醒您。", "Write down what you promised; you will be reminded.")>
                    <Button icon=Icon::Plus>{w("记下第一项承诺", "Add the first")}</Button>
                </EmptyState>
            </div>
            <div class="card"><LoadFailed on_retry=|()| ()/></div>
            <div class="stack">
                <Skeleton shape=Shape::Card/>
                <Skeleton shape=Shape::Lines(3)/>
            </div>
            <div class="card"><Skeleton shape=Shape::Rows(4)/></div>
            <div class="card"><Skeleton shape=Shape::List(3)/></div>
            <Skeleton shape=Shape::Tiles(3)/>
        </div>
    }
    .into_any()
}

fn icons() -> AnyView {
    let every = Icon::EVERY.iter().map(|each| view! { <span data-tip=each.name()>{icon(*each)}</span> }).collect_view();
    view! { <div class="cluster" data-gap="4">{every}</div> }.into_any()
}
