//! Roles as data: what each may see, and what each may do. One table, carried out by the server and asked by buttons.
//!
//! Source: capabilities, appendix D; S028, S093.

use crate::{
    id::{PersonId, TeamId},
    row::codes,
    sync::Scope,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

codes! {
    /// What a member of staff is there for.
    Role {
        Sales = "sales": "销售", "Sales";
        Service = "service": "客服", "Service";
        Support = "support": "技术支持", "Technical support";
        Marketing = "marketing": "市场", "Marketing";
        Manager = "manager": "管理者", "Manager";
        Admin = "admin": "管理员", "Administrator";
    }

    /// How far somebody sees.
    Reach {
        None = "none": "不可见", "Nothing";
        Own = "own": "仅自己负责的", "Own";
        Team = "team": "所在团队的", "Own teams";
        All = "all": "全部", "Everything";
    }

    /// A kind of deed that a role may or may not do.
    Right {
        EditCustomers = "edit_customers": "维护客户资料", "Edit customers";
        RecordFollowUps = "record_follow_ups": "记录跟进", "Record follow-ups";
        InviteCustomers = "invite_customers": "邀请客户使用门户", "Invite customers to the portal";
        HandleTickets = "handle_tickets": "处理工单", "Handle tickets";
        EditOrders = "edit_orders": "登记订单", "Record orders";
        RefundOrders = "refund_orders": "退款", "Refund orders";
        RedeemPoints = "redeem_points": "为客户兑换积分", "Redeem points for customers";
        AdjustPoints = "adjust_points": "调整积分", "Adjust points";
        ManageLoyalty = "manage_loyalty": "管理会员计划", "Manage the loyalty programme";
        TransferCustomers = "transfer_customers": "转移客户", "Transfer customers";
        ImportData = "import_data": "导入数据", "Import data";
        RevealContacts = "reveal_contacts": "查看完整联系方式", "Reveal contact details";
        ManagePeople = "manage_people": "管理人员", "Manage people";
        ManageSettings = "manage_settings": "管理公司设置", "Manage settings";
    }
}

impl Role {
    /// How far this role sees in the customer archive.
    #[must_use]
    pub const fn archive_reach(self, sales: Reach) -> Reach {
        match self {
            Self::Sales => sales,
            Self::Service | Self::Support => Reach::Team,
            Self::Marketing | Self::Manager | Self::Admin => Reach::All,
        }
    }

    /// Whether this role sees what customers buy and pay: technical support sees how products are used, no more.
    #[must_use]
    pub const fn sees_money(self) -> bool {
        !matches!(self, Self::Support)
    }

    /// Whether this role sees how satisfied customers are and how service performs.
    #[must_use]
    pub const fn sees_figures(self) -> bool {
        matches!(self, Self::Marketing | Self::Manager | Self::Admin)
    }

    #[must_use]
    pub const fn may(self, right: Right) -> bool {
        use Right::{
            AdjustPoints, EditCustomers, EditOrders, HandleTickets, ImportData, InviteCustomers, ManageLoyalty, ManagePeople,
            ManageSettings, RecordFollowUps, RedeemPoints, RefundOrders, RevealContacts, TransferCustomers,
        };
        match right {
            EditCustomers => !matches!(self, Self::Support),
            RecordFollowUps => true,
            HandleTickets => !matches!(self, Self::Marketing),
            RevealContacts | InviteCustomers => !matches!(self, Self::Support | Self::Marketing),
            EditOrders | RedeemPoints => !matches!(self, Self::Support | Self::Marketing),
            RefundOrders => matches!(self, Self::Service | Self::Manager | Self::Admin),
            AdjustPoints | ManageLoyalty => matches!(self, Self::Marketing | Self::Manager | Self::Admin),
            TransferCustomers => matches!(self, Self::Manager | Self::Admin),
            ImportData => matches!(self, Self::Marketing | Self::Manager | Self::Admin),
            ManagePeople | ManageSettings => matches!(self, Self::Admin),
        }
    }
}

/// What access depends on: nothing else of a person does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub person: PersonId,
    pub role: Role,
    pub teams: Vec<TeamId>,
}

/// A device carries the archive of no more customers than this; whoever sees more asks the server for lists.
pub const MOST_CARRIED: u64 = 20_000;

/// What a device is sent without asking, of what is granted to its user: everything, but for an archive that is too large.
/// `customers` is how many its user sees. A device that holds the archive already keeps it until it is a quarter larger, so
/// that it does not come and go.
#[must_use]
pub fn carried(granted: &BTreeSet<Scope>, customers: u64, is_held: bool) -> BTreeSet<Scope> {
    let most = if is_held { MOST_CARRIED + MOST_CARRIED / 4 } else { MOST_CARRIED };
    granted.iter().copied().filter(|scope| customers <= most || !matches!(scope, Scope::Team(_))).collect()
}

/// The scopes that are granted to a member of staff now.
#[must_use]
pub fn grants(standing: &Standing, all_teams: &[TeamId], sales: Reach) -> Vec<Scope> {
    let reach = standing.role.archive_reach(sales);
    let mut scopes = vec![Scope::Org, Scope::User(standing.person.into())];
    // To see the team's as well is not to lose a customer of one's own in another.
    if matches!(reach, Reach::Own | Reach::Team) && standing.role == Role::Sales {
        scopes.push(Scope::Owner(standing.person));
    }
    let teams = match reach {
        Reach::None | Reach::Own => &[],
        Reach::Team => &*standing.teams,
        Reach::All => all_teams,
    };
    for team in teams {
        scopes.extend([Scope::Queue(*team), Scope::Team(*team)]);
        scopes.extend(standing.role.sees_money().then_some(Scope::Money(*team)));
    }
    if standing.role.sees_figures() {
        scopes.push(Scope::Figures);
    }
    scopes.sort_unstable();
    scopes.dedup();
    scopes
}

/// Why somebody may not do something, whatever the state of things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// This role does not do that.
    NotYourRole { right: Right },
    /// There is no such thing, or it is not yours to see: never told apart.
    NotFound,
    /// Only somebody else may do that to you.
    NotToYourself,
    /// The device used this id before.
    IdTaken,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Id;

    const ADA: PersonId = PersonId(Id::ONLY);

    fn team(n: u8) -> TeamId {
        Id::from_bytes([n; 16]).into()
    }

    /// Appendix D: sales see their own customers, service their team's, managers everything.
    #[test]
    fn each_role_sees_as_far_as_the_table_says() {
        let all = [team(1), team(2), team(3)];
        let scopes = |role, sales| grants(&Standing { person: ADA, role, teams: vec![team(2)] }, &all, sales);
        let seen = |role, sales| {
            scopes(role, sales)
                .into_iter()
                .filter(|scope| !matches!(scope, Scope::Org | Scope::Figures | Scope::User(_)))
                .collect::<Vec<_>>()
        };
        let with_money = |teams: &[TeamId]| {
            let all = [Scope::Queue, Scope::Team, Scope::Money];
            all.into_iter().flat_map(|of| teams.iter().copied().map(of)).collect::<Vec<_>>()
        };
        let and_own = |teams: &[TeamId]| [vec![Scope::Owner(ADA)], with_money(teams)].concat();
        assert_eq!(seen(Role::Sales, Reach::Own), [Scope::Owner(ADA)]);
        assert_eq!(seen(Role::Sales, Reach::Team), and_own(&[team(2)]));
        assert_eq!(seen(Role::Service, Reach::Own), with_money(&[team(2)]));
        assert_eq!(seen(Role::Support, Reach::Own), [Scope::Queue(team(2)), Scope::Team(team(2))], "技术工程师仅可见产品使用行为数据");
        for role in [Role::Marketing, Role::Manager, Role::Admin] {
            assert_eq!(seen(role, Reach::Own), with_money(&all), "{role:?}");
        }
    }

    /// Appendix D, S028, S093: who does what, written out. A role or a right that is added has to be added here.
    #[test]
    fn each_role_may_do_what_the_table_says() {
        const TABLE: &str = "
                                sales service support marketing manager admin
            edit_customers        x      x       -        x        x      x
            record_follow_ups     x      x       x        x        x      x
            invite_customers      x      x       -        -        x      x
            handle_tickets        x      x       x        -        x      x
            edit_orders           x      x       -        -        x      x
            refund_orders         -      x       -        -        x      x
            redeem_points         x      x       -        -        x      x
            adjust_points         -      -       -        x        x      x
            manage_loyalty        -      -       -        x        x      x
            transfer_customers    -      -       -        -        x      x
            import_data           -      -       -        x        x      x
            reveal_contacts       x      x       -        -        x      x
            manage_people         -      -       -        -        -      x
            manage_settings       -      -       -        -        -      x";
        let mut lines = TABLE.lines().map(|line| line.split_whitespace().collect::<Vec<_>>()).filter(|words| !words.is_empty());
        let roles = lines.next().unwrap_or_default();
        assert_eq!(roles, Role::ALL.iter().map(|role| role.code()).collect::<Vec<_>>());
        let rights: Vec<(Right, Vec<&str>)> = lines.map(|line| (Right::from_code(line[0]).expect("a right"), line[1..].to_vec())).collect();
        assert_eq!(rights.iter().map(|(right, _)| *right).collect::<Vec<_>>(), Right::ALL);
        for (right, marks) in rights {
            let may: Vec<&str> = Role::ALL.iter().map(|role| if role.may(right) { "x" } else { "-" }).collect();
            assert_eq!(may, marks, "{right:?}");
        }
    }

    /// Every role holds what all staff see and what is theirs alone, each scope once.
    #[test]
    fn everybody_holds_the_company_and_their_own_scope_once() {
        let person = Id::from_bytes([7; 16]).into();
        for role in Role::ALL {
            for sales in Reach::ALL {
                let scopes = grants(&Standing { person, role: *role, teams: vec![team(2), team(2)] }, &[team(1), team(2)], *sales);
                assert!(scopes.contains(&Scope::Org) && scopes.contains(&Scope::User(person.into())), "{scopes:?}");
                assert_eq!(scopes.contains(&Scope::Figures), role.sees_figures());
                assert!(scopes.is_sorted() && scopes.windows(2).all(|pair| pair[0] != pair[1]), "{scopes:?}");
                let foreign = |scope: &Scope| match scope {
                    Scope::Owner(other) => *other != person,
                    Scope::User(other) => *other != person.0,
                    Scope::Portal(_) | Scope::History(_) | Scope::Ledger(_) => true,
                    Scope::Org | Scope::Everyone | Scope::Figures | Scope::Queue(_) | Scope::Team(_) | Scope::Money(_) => false,
                };
                assert!(!scopes.iter().any(foreign), "{role:?} {sales:?}: {scopes:?}");
            }
        }
    }

    #[test]
    fn an_archive_that_is_too_large_is_not_carried_and_does_not_come_and_go() {
        let granted: BTreeSet<Scope> =
            grants(&Standing { person: ADA, role: Role::Manager, teams: vec![] }, &[team(1), team(2)], Reach::Own).into_iter().collect();
        let carries = |customers: u64, is_held| {
            let carried = carried(&granted, customers, is_held);
            let left: Vec<&Scope> = granted.difference(&carried).collect();
            assert!(left.is_empty() || left == [&Scope::Team(team(1)), &Scope::Team(team(2))], "all of it or none: {left:?}");
            left.is_empty()
        };
        let more = MOST_CARRIED / 4 * 5;
        assert_eq!([carries(0, false), carries(MOST_CARRIED, false), carries(MOST_CARRIED + 1, false)], [true, true, false]);
        assert_eq!([carries(MOST_CARRIED + 1, true), carries(more, true), carries(more + 1, true)], [true, true, false]);
    }

    #[test]
    fn only_administrators_manage_people_and_settings() {
        for role in Role::ALL {
            assert_eq!(role.may(Right::ManagePeople), *role == Role::Admin);
            assert_eq!(role.may(Right::ManageSettings), *role == Role::Admin);
        }
    }
}
