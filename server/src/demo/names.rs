//! Names as companies, people and streets of the demonstration have them, put together from parts that mean something.

use super::chance::Chance;
use domain::customers::Industry;

/// The customers that the first pages show, the same for every seed.
pub const WELL_KNOWN: [(&str, Industry); 12] = [
    ("拾禾餐饮", Industry::Catering),
    ("云间酒店", Industry::Hospitality),
    ("木屿咖啡", Industry::Catering),
    ("汇川商贸", Industry::Retail),
    ("和记食品", Industry::Manufacturing),
    ("半日闲茶饮", Industry::Catering),
    ("北岸文旅", Industry::Hospitality),
    ("青麦烘焙", Industry::Catering),
    ("远山民宿", Industry::Hospitality),
    ("知味轩", Industry::Catering),
    ("观澜书店", Industry::Retail),
    ("启明联合办公", Industry::Services),
];

/// Who is at the first of them.
pub const AT_THE_FIRST: [(&str, &str); 4] =
    [("顾清源", "创始人"), ("沈知遥", "运营总监"), ("许怀谷", "财务经理"), ("罗一舟", "滨江店店长")];

const HEADS: [&str; 40] = [
    "青", "云", "木", "拾", "汇", "远", "知", "和", "禾", "山", "川", "晨", "澄", "南", "北", "东", "明", "清", "素", "半", "初", "屿",
    "溪", "松", "麦", "舟", "野", "岚", "朴", "星", "海", "景", "良", "慕", "嘉", "启", "瑞", "安", "听", "隐",
];
const TAILS: [&str; 40] = [
    "禾", "间", "屿", "川", "岸", "麦", "山", "味", "记", "舍", "里", "野", "澜", "庭", "堂", "叶", "谷", "风", "石", "然", "舟", "光",
    "田", "集", "溪", "原", "木", "安", "和", "朗", "源", "临", "隅", "石", "语", "归", "墨", "晴", "汀", "岭",
];

type Trade = (Industry, &'static [&'static str]);

/// What companies do and how their names end; more of those who live on coffee.
const TRADES: [(Trade, u32); 12] = [
    ((Industry::Catering, &["餐饮", "咖啡", "烘焙", "茶饮", "小馆", "食集"]), 36),
    ((Industry::Hospitality, &["酒店", "民宿", "文旅", "度假"]), 14),
    ((Industry::Retail, &["商贸", "便利", "生活馆", "百货", "书店"]), 12),
    ((Industry::Services, &["物业", "会务", "联合办公", "健身", "影院"]), 9),
    ((Industry::Technology, &["科技", "软件", "智能"]), 7),
    ((Industry::Education, &["教育", "书院", "职业学校"]), 5),
    ((Industry::Manufacturing, &["食品", "乳业", "包装"]), 5),
    ((Industry::Health, &["医疗", "体检", "康养"]), 3),
    ((Industry::Finance, &["投资", "财富中心"]), 3),
    ((Industry::Logistics, &["物流", "供应链"]), 2),
    ((Industry::Construction, &["装饰工程", "置业"]), 2),
    ((Industry::Government, &["机关食堂", "文化馆"]), 2),
];

const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤";
const COMPOUND: [&str; 5] = ["欧阳", "上官", "司徒", "诸葛", "慕容"];
const GIVEN: &str = "明伟芳娜敏静丽强磊军洋勇艳杰娟涛超霞平刚玲桂英华玉兰梅晨欣怡子涵雨萱浩宇梓轩一诺思远若溪知行景行清和安然嘉禾以宁亦凡书航可欣俊熙乐瑶博文诗涵天佑语桐睿泽皓轩泽宇晓雯志远建国海燕秀珍国强文静立新向东家豪淑芬慧玲振华永康";

/// A family name and one or two characters.
pub fn person(chance: &mut Chance) -> String {
    let (surnames, given): (Vec<char>, Vec<char>) = (SURNAMES.chars().collect(), GIVEN.chars().collect());
    let surname = if chance.percent(2) { chance.of(&COMPOUND).to_owned() } else { chance.of(&surnames).to_string() };
    let mut name = surname;
    name.push(chance.of(&given));
    if chance.percent(78) {
        name.push(chance.of(&given));
    }
    name
}

/// A company's name, and what it does. A city before it tells namesakes apart.
pub fn company(chance: &mut Chance, city: &str, namesakes: bool) -> (String, Industry) {
    let (industry, kinds) = chance.weighed(&TRADES);
    let head = chance.of(&HEADS);
    let tail = loop {
        let tail = chance.of(&TAILS);
        if tail != head {
            break tail;
        }
    };
    let place = if namesakes { city } else { "" };
    (format!("{place}{head}{tail}{}", chance.of(kinds)), industry)
}

/// Cities by team: 华东, 华南, 华北. With the area code of their telephones.
pub const CITIES: [[(&str, &str); 6]; 3] = [
    [("上海", "021"), ("杭州", "0571"), ("南京", "025"), ("苏州", "0512"), ("宁波", "0574"), ("合肥", "0551")],
    [("广州", "020"), ("深圳", "0755"), ("厦门", "0592"), ("东莞", "0769"), ("佛山", "0757"), ("福州", "0591")],
    [("北京", "010"), ("天津", "022"), ("青岛", "0532"), ("济南", "0531"), ("石家庄", "0311"), ("太原", "0351")],
];

const STREETS: [&str; 16] = [
    "人民路",
    "解放路",
    "中山路",
    "和平路",
    "建设路",
    "文化路",
    "滨江大道",
    "湖滨路",
    "新华路",
    "学院路",
    "长江路",
    "黄河路",
    "科技园路",
    "南山街",
    "桂花巷",
    "梧桐路",
];

pub fn address(chance: &mut Chance, city: &str) -> String {
    let (street, house, floor) = (chance.of(&STREETS), chance.number(1..600), chance.number(1..26));
    if chance.percent(55) { format!("{city}市{street} {house} 号") } else { format!("{city}市{street} {house} 号 {floor} 层") }
}

pub const SHOPS: [&str; 12] =
    ["滨江店", "中心店", "机场店", "大学城店", "高铁站店", "万象店", "老街店", "湖滨店", "科技园店", "旗舰店", "西溪店", "南门店"];
