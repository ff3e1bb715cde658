//! What buttons say everywhere: verbs.

use super::Text;

pub const ADD: Text = Text::new("添加", "Add");
pub const APPLY: Text = Text::new("应用", "Apply");
pub const BACK: Text = Text::new("返回", "Back");
pub const CANCEL: Text = Text::new("取消", "Cancel");
pub const CHANGE: Text = Text::new("更改", "Change");
pub const CLEAR: Text = Text::new("清空", "Clear");
pub const CLOSE: Text = Text::new("关闭", "Close");
pub const CONFIRM: Text = Text::new("确定", "Confirm");
pub const COPY: Text = Text::new("复制", "Copy");
pub const CREATE: Text = Text::new("新建", "New");
pub const DELETE: Text = Text::new("删除", "Delete");
pub const DONE: Text = Text::new("完成", "Done");
pub const DOWNLOAD: Text = Text::new("下载", "Download");
pub const EDIT: Text = Text::new("编辑", "Edit");
pub const EXPORT: Text = Text::new("导出", "Export");
pub const FILTER: Text = Text::new("筛选", "Filter");
pub const HIDE_PASSWORD: Text = Text::new("隐藏密码", "Hide password");
pub const IMPORT: Text = Text::new("导入", "Import");
pub const MORE: Text = Text::new("更多", "More");
pub const NEXT: Text = Text::new("下一步", "Next");
pub const OPEN: Text = Text::new("打开", "Open");
pub const PRINT: Text = Text::new("打印", "Print");
pub const REMOVE: Text = Text::new("移除", "Remove");
pub const RETRY: Text = Text::new("重试", "Try again");
pub const SAVE: Text = Text::new("保存", "Save");
pub const SEARCH: Text = Text::new("搜索", "Search");
pub const SEND: Text = Text::new("发送", "Send");
pub const SHARE: Text = Text::new("分享", "Share");
pub const SHOW_PASSWORD: Text = Text::new("显示密码", "Show password");
pub const SIGN_IN: Text = Text::new("登录", "Sign in");
pub const SIGN_OUT: Text = Text::new("退出登录", "Sign out");
pub const UNDO: Text = Text::new("撤销", "Undo");
pub const UPDATE: Text = Text::new("更新", "Update");
