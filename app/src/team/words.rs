//! What the team's screens say.

use crate::words::{Lang, Text};

pub const PEOPLE: Text = Text::new("人员", "People");
pub const INVITE: Text = Text::new("邀请同事", "Invite a colleague");
pub const EDIT_PERSON: Text = Text::new("编辑同事", "Edit colleague");
pub const NAME: Text = Text::new("姓名", "Name");
pub const EMAIL: Text = Text::new("邮箱", "E-mail");
pub const ROLE: Text = Text::new("角色", "Role");
pub const DEPARTMENT: Text = Text::new("部门", "Department");
pub const TEAM: Text = Text::new("团队", "Team");
pub const TEAMS: Text = Text::new("团队", "Teams");
pub const STATE: Text = Text::new("状态", "State");
pub const ABSENT: Text = Text::new("请假至", "Away until");
pub const ABSENT_HINT: Text = Text::new("留空表示在岗", "Empty means present");
pub const DEPARTMENTS: Text = Text::new("部门", "Departments");
pub const ADD_DEPARTMENT: Text = Text::new("新建部门", "New department");
pub const ADD_TEAM: Text = Text::new("新建团队", "New team");
pub const RENAME: Text = Text::new("改名", "Rename");
pub const SEND_INVITATION: Text = Text::new("生成邀请链接", "Make an invitation link");
pub const NEW_PASSWORD: Text = Text::new("重设密码链接", "New password link");
pub const DISABLE: Text = Text::new("停用", "Disable");
pub const ENABLE: Text = Text::new("恢复", "Enable");
pub const DISABLE_HINT: Text = Text::new(
    "其所有设备立即失去访问。恢复之前不能登录。",
    "All their devices lose access at once. They cannot sign in until enabled again.",
);
pub const HAND_OVER: Text = Text::new("交接工作", "Hand over work");
pub const SUCCESSOR: Text = Text::new("工作交给", "Work goes to");
pub const SUCCESSOR_HINT: Text = Text::new(
    "名下的客户、未关闭的工单和未完成的计划会在一分钟内转给这位同事；留空则暂不交接。",
    "Their customers, open tickets and open steps go to this colleague within a minute. Empty: they stay for now.",
);
pub const LINK: Text = Text::new("单次链接", "Single-use link");
pub const LINK_HINT: Text =
    Text::new("链接只显示这一次，请当面或私下交给本人。", "The link is shown only now. Hand it over in person or privately.");
pub const COPIED: Text = Text::new("已复制", "Copied");
pub const ONLY_ADMINISTRATORS: Text = Text::new("这里由管理员维护", "Administrators look after this");
pub const ONLY_ADMINISTRATORS_HINT: Text = Text::new("需要改动时请联系管理员。", "Please ask an administrator for changes.");
pub const SAVED: Text = Text::new("已保存", "Saved");

pub fn disabled(lang: Lang, name: &str) -> String {
    match lang {
        Lang::Zh => format!("已停用 {name}，其设备不再能访问"),
        Lang::En => format!("{name} disabled; their devices have lost access"),
    }
}

pub fn handed_over(lang: Lang, name: &str) -> String {
    match lang {
        Lang::Zh => format!("{name} 的工作已交接"),
        Lang::En => format!("The work of {name} is handed over"),
    }
}

/// The title above: somebody who leaves, or who has left.
pub fn leaving(lang: Lang, name: &str, gone: bool) -> String {
    match (lang, gone) {
        (Lang::Zh, false) => format!("停用 {name}"),
        (Lang::En, false) => format!("Disable {name}"),
        (Lang::Zh, true) => format!("交接 {name} 的工作"),
        (Lang::En, true) => format!("Hand over the work of {name}"),
    }
}

pub fn work_is_with(lang: Lang, name: &str) -> String {
    match lang {
        Lang::Zh => format!("工作已交给 {name}"),
        Lang::En => format!("Work is with {name}"),
    }
}

pub fn valid_for(lang: Lang, hours: u32) -> String {
    match lang {
        Lang::Zh => format!("{hours} 小时内有效，用一次即失效。"),
        Lang::En => format!("Valid for {hours} hours, once."),
    }
}
