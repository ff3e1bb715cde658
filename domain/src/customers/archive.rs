//! What is kept about an account and about the people at it.

use crate::{
    id::{ContactId, CustomerId, PersonId, TeamId},
    money::Money,
    row::{Cell, Field, Kind as ColumnKind, Missing, Rows, codes, rows},
    sync::Scope,
    text::{CustomerNo, Email, Line, MaskedPhone, Name, Phone, Prose},
    time::{Date, Instant},
};
use serde::{Deserialize, Serialize};

codes! {
    /// Whether the account is a company or a person.
    Kind {
        Company = "company": "企业", "Company";
        Person = "person": "个人", "Person";
    }

    /// S041–S043.
    Nature {
        Dealer = "dealer": "经销商", "Dealer";
        Agent = "agent": "代理商", "Agent";
        EndUser = "end_user": "终端用户", "End user";
    }

    /// Size of the organisation (S047); the band by purchases (S044) is computed.
    Size {
        Large = "large": "大型企业", "Large enterprise";
        Medium = "medium": "中型企业", "Medium enterprise";
        Small = "small": "小型企业", "Small enterprise";
        SoleTrader = "sole_trader": "个体工商户", "Sole trader";
    }

    /// S046.
    Industry {
        Manufacturing = "manufacturing": "制造业", "Manufacturing";
        Retail = "retail": "零售", "Retail";
        Catering = "catering": "餐饮", "Catering";
        Hospitality = "hospitality": "酒店旅游", "Hospitality";
        Technology = "technology": "信息技术", "Technology";
        Logistics = "logistics": "物流", "Logistics";
        Construction = "construction": "建筑", "Construction";
        Health = "health": "医疗健康", "Health";
        Education = "education": "教育", "Education";
        Finance = "finance": "金融", "Finance";
        Government = "government": "政府部门", "Government";
        Services = "services": "其他服务业", "Other services";
    }

    /// How the customer was found (S038, S040).
    Source {
        Referral = "referral": "客户推荐", "Referral";
        Research = "research": "市场调研", "Market research";
        Event = "event": "行业活动", "Industry event";
        Online = "online": "网络平台", "Online";
        Visit = "visit": "主动拜访", "Sales visit";
        Import = "import": "数据导入", "Import";
    }

    CustomerState {
        Active = "active": "合作中", "Active";
        Archived = "archived": "已归档", "Archived";
    }

    /// Part in the customer's decision (S035).
    DecisionRole {
        Decider = "decider": "决策者", "Decision maker";
        Influencer = "influencer": "影响者", "Influencer";
        User = "user": "使用者", "User";
    }
}

rows! {
    /// An account: a company or a person we do business with.
    Customer in "customer" {
        id: CustomerId,
        /// Given by other systems or by the server; a device that is alone does not know it yet.
        no: Option<CustomerNo>,
        /// A customer without a name is shown by number.
        name: Option<Name>,
        kind: Kind,
        nature: Option<Nature>,
        size: Option<Size>,
        industry: Option<Industry>,
        source: Option<Source>,
        /// First day of the cooperation; its years follow from it (S045, S048).
        since: Option<Date>,
        legal_representative: Option<Name>,
        business_scope: Option<Prose>,
        address: Option<Line>,
        phone: Option<PhoneSeen>,
        email: Option<Email>,
        /// Needs and preferences (S015).
        needs: Option<Prose>,
        owner: Option<PersonId>,
        team: TeamId,
        state: CustomerState,
        /// Everybody of theirs in the portal sees all tickets of the account, not only their own.
        shares_tickets: bool,
        created_at: Instant,
        updated_at: Instant,
    }

    /// A person at a customer.
    Contact in "contact" {
        id: ContactId,
        customer: CustomerId,
        name: Name,
        position: Option<Line>,
        decision_role: Option<DecisionRole>,
        phone: Option<PhoneSeen>,
        email: Option<Email>,
        /// What this person cares about (S036).
        preferences: Option<Prose>,
        removed: bool,
        created_at: Instant,
    }

    /// What jobs and reactions work out about a customer, apart from the archive that people edit.
    Figure in "customer_figure" {
        id: CustomerId,
        /// The name's sound for search: pinyin and its initials, made by the server.
        sound: String,
        last_contact_at: Option<Instant>,
        /// The tier, counted from the lowest; 0 without any.
        rank: i64,
        /// Their tickets that are not closed.
        open_tickets: i64,
    }

    /// What a customer is worth to us so far, kept up by orders.
    Worth in "customer_worth" {
        id: CustomerId,
        /// Paid less refunds, in the company's currency.
        spent: Money,
        orders: i64,
        last_order_on: Option<Date>,
    }
}

impl Customer {
    fn placed<R: Rows>(&self, rows: &R) -> Result<Vec<Scope>, Missing> {
        Ok(self.head_scopes(rows)?.into_iter().chain([Scope::Portal(self.id)]).collect())
    }

    /// Of what lists show of a customer: with its team and owner, with whoever opens it, and in the queue while they wait.
    fn head_scopes<R: Rows>(&self, rows: &R) -> Result<Vec<Scope>, Missing> {
        let waits = rows.get::<Figure>(self.id)?.is_some_and(|figure| figure.open_tickets > 0);
        let queue = waits.then_some(Scope::Queue(self.team));
        Ok(self.staff_scopes().chain([Scope::History(self.id)]).chain(queue).collect())
    }

    fn staff_scopes(&self) -> impl Iterator<Item = Scope> {
        std::iter::once(Scope::Team(self.team)).chain(self.owner.map(Scope::Owner))
    }
}

impl Contact {
    /// Who left the customer is no user of the portal any more.
    fn placed<R: Rows>(&self, rows: &R) -> Result<Vec<Scope>, Missing> {
        let own = (!self.removed).then_some(Scope::User(self.id.into()));
        Ok(head_scopes_of(rows, self.customer)?.into_iter().chain(own).collect())
    }
}

impl Figure {
    /// With the customer's scopes and in its portal: rules about their own tickets ask for the tier. No projection of it
    /// leaves for customers.
    fn placed<R: Rows>(&self, rows: &R) -> Result<Vec<Scope>, Missing> {
        Ok(head_scopes_of(rows, self.id)?.into_iter().chain([Scope::Portal(self.id)]).collect())
    }

    /// Of a customer that is new.
    #[must_use]
    pub const fn new(id: CustomerId) -> Self {
        Self { id, sound: String::new(), last_contact_at: None, rank: 0, open_tickets: 0 }
    }
}

impl Worth {
    #[expect(clippy::unnecessary_wraps, reason = "the shape of every row")]
    fn placed<R: Rows>(&self, _rows: &R) -> Result<Vec<Scope>, Missing> {
        Ok(vec![Scope::Ledger(self.id)])
    }

    /// Of a customer that is new.
    #[must_use]
    pub const fn new(id: CustomerId) -> Self {
        Self { id, spent: Money::ZERO, orders: 0, last_order_on: None }
    }
}

/// The scopes of what a customer buys and pays: the owner's, and of the team those who see money.
pub fn money_scopes_of<R: Rows>(rows: &R, customer: CustomerId) -> Result<Vec<Scope>, Missing> {
    let scopes = rows
        .get::<Customer>(customer)?
        .map_or_else(Vec::new, |customer| std::iter::once(Scope::Money(customer.team)).chain(customer.owner.map(Scope::Owner)).collect());
    Ok(scopes)
}

fn head_scopes_of<R: Rows>(rows: &R, customer: CustomerId) -> Result<Vec<Scope>, Missing> {
    rows.get::<Customer>(customer)?.map_or_else(|| Ok(Vec::new()), |customer| customer.head_scopes(rows))
}

/// Where the customer's open tickets are: in its team's queue, and with its owner.
pub fn queue_scopes_of<R: Rows>(rows: &R, customer: CustomerId) -> Result<Vec<Scope>, Missing> {
    let customer = rows.get::<Customer>(customer)?;
    Ok(customer.map_or_else(Vec::new, |it| std::iter::once(Scope::Queue(it.team)).chain(it.owner.map(Scope::Owner)).collect()))
}

/// Those who see a customer: its team, and its owner.
pub fn scopes_of<R: Rows>(rows: &R, customer: CustomerId) -> Result<Vec<Scope>, Missing> {
    Ok(rows.get::<Customer>(customer)?.map_or_else(Vec::new, |customer| customer.staff_scopes().collect()))
}

/// Whose holders may ask for a scope that is held only on demand: who sees a customer its history, who sees what it pays its
/// ledger. Nobody, for other scopes.
pub fn openers<R: Rows>(rows: &R, scope: Scope) -> Result<Vec<Scope>, Missing> {
    match scope {
        Scope::History(customer) => scopes_of(rows, customer),
        Scope::Ledger(customer) => money_scopes_of(rows, customer),
        _ => Ok(Vec::new()),
    }
}

/// A telephone number as this side may know it: whole on the server, masked on devices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PhoneSeen {
    Whole(Phone),
    Masked(MaskedPhone),
}

impl PhoneSeen {
    #[must_use]
    pub fn masked(&self) -> MaskedPhone {
        match self {
            Self::Whole(phone) => phone.masked(),
            Self::Masked(masked) => masked.clone(),
        }
    }
}

impl Field for PhoneSeen {
    const KIND: ColumnKind = ColumnKind::Text;
    fn to_cell(&self) -> Cell {
        match self {
            Self::Whole(phone) => phone.to_cell(),
            Self::Masked(masked) => masked.to_cell(),
        }
    }
    fn from_cell(cell: Cell) -> Option<Self> {
        Phone::from_cell(cell.clone()).map(Self::Whole).or_else(|| MaskedPhone::from_cell(cell).map(Self::Masked))
    }
}

/// A new account, as its author describes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerDraft {
    #[serde(default)]
    pub no: Option<CustomerNo>,
    #[serde(default)]
    pub name: Option<Name>,
    pub kind: Kind,
    #[serde(default)]
    pub nature: Option<Nature>,
    #[serde(default)]
    pub size: Option<Size>,
    #[serde(default)]
    pub industry: Option<Industry>,
    #[serde(default)]
    pub source: Option<Source>,
    #[serde(default)]
    pub since: Option<Date>,
    #[serde(default)]
    pub legal_representative: Option<Name>,
    #[serde(default)]
    pub business_scope: Option<Prose>,
    #[serde(default)]
    pub address: Option<Line>,
    #[serde(default)]
    pub phone: Option<Phone>,
    #[serde(default)]
    pub email: Option<Email>,
    #[serde(default)]
    pub needs: Option<Prose>,
    #[serde(default)]
    pub owner: Option<PersonId>,
    pub team: TeamId,
}

/// A new contact, as its author describes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactDraft {
    pub name: Name,
    #[serde(default)]
    pub position: Option<Line>,
    #[serde(default)]
    pub decision_role: Option<DecisionRole>,
    #[serde(default)]
    pub phone: Option<Phone>,
    #[serde(default)]
    pub email: Option<Email>,
    #[serde(default)]
    pub preferences: Option<Prose>,
}

impl CustomerDraft {
    /// A draft with nothing but what every account has.
    #[must_use]
    pub fn of(kind: Kind, team: TeamId) -> Self {
        Self {
            no: None,
            name: None,
            kind,
            nature: None,
            size: None,
            industry: None,
            source: None,
            since: None,
            legal_representative: None,
            business_scope: None,
            address: None,
            phone: None,
            email: None,
            needs: None,
            owner: None,
            team,
        }
    }

    #[must_use]
    pub fn opened(self, id: CustomerId, at: Instant) -> Customer {
        let Self {
            no,
            name,
            kind,
            nature,
            size,
            industry,
            source,
            since,
            legal_representative,
            business_scope,
            address,
            phone,
            email,
            needs,
            owner,
            team,
        } = self;
        Customer {
            id,
            no,
            name,
            kind,
            nature,
            size,
            industry,
            source,
            since,
            legal_representative,
            business_scope,
            address,
            phone: phone.map(PhoneSeen::Whole),
            email,
            needs,
            owner,
            team,
            state: CustomerState::Active,
            shares_tickets: false,
            created_at: at,
            updated_at: at,
        }
    }
}

impl ContactDraft {
    #[must_use]
    pub fn added(self, id: ContactId, customer: CustomerId, at: Instant) -> Contact {
        let Self { name, position, decision_role, phone, email, preferences } = self;
        Contact {
            id,
            customer,
            name,
            position,
            decision_role,
            phone: phone.map(PhoneSeen::Whole),
            email,
            preferences,
            removed: false,
            created_at: at,
        }
    }
}
