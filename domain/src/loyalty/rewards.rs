//! Rewards, and what customers took of them.

use super::ledger::Parts;
use crate::{
    context::Actor,
    customers::money_scopes_of,
    id::{CustomerId, Id, RedemptionId, RewardId},
    money::Points,
    row::{Missing, Rows, codes, rows},
    sync::Scope,
    text::{Line, Name, Prose},
    time::{Date, Instant},
};

codes! {
    /// S136.
    RewardKind {
        Goods = "goods": "商品", "Goods";
        Service = "service": "服务", "Service";
        Discount = "discount": "优惠", "Discount";
    }

    RedemptionState {
        /// Asked for where the server could not be asked: not certain yet.
        Reserved = "reserved": "等待确认", "To be confirmed";
        Granted = "granted": "可使用", "Ready to use";
        Used = "used": "已使用", "Used";
        Cancelled = "cancelled": "已取消", "Cancelled";
    }
}

rows! {
    Reward in "loyalty_reward" {
        id: RewardId,
        zh: Name,
        en: Option<Name>,
        details: Option<Prose>,
        kind: RewardKind,
        price: Points,
        /// How many are left; `None` for as many as anybody wants.
        stock: Option<i64>,
        /// From which tier on.
        from_rank: i64,
        /// Offered now.
        offered: bool,
        created_at: Instant,
    }

    /// A reward that a customer took.
    Redemption in "loyalty_redemption" {
        id: RedemptionId,
        customer: CustomerId,
        reward: RewardId,
        /// As it was called then.
        title: Line,
        price: Points,
        parts: Parts,
        /// What is shown at the counter.
        code: String,
        state: RedemptionState,
        by: Actor,
        at: Instant,
        on: Date,
        closed_at: Option<Instant>,
    }
}

impl Reward {
    #[expect(clippy::unnecessary_wraps, reason = "the shape of every row")]
    fn placed<R: Rows>(&self, _rows: &R) -> Result<Vec<Scope>, Missing> {
        Ok(vec![Scope::Org, Scope::Everyone])
    }
}

impl Redemption {
    /// One that waits to be handed over is found at any counter, so it is with the customer; one that is closed is history.
    fn placed<R: Rows>(&self, rows: &R) -> Result<Vec<Scope>, Missing> {
        let staff = match self.state {
            RedemptionState::Reserved | RedemptionState::Granted => money_scopes_of(rows, self.customer)?,
            RedemptionState::Used | RedemptionState::Cancelled => vec![Scope::Ledger(self.customer)],
        };
        Ok(staff.into_iter().chain([Scope::Portal(self.customer)]).collect())
    }
}

/// Ten letters and digits that nobody mistakes for one another (Crockford's base 32), the same on every device.
#[must_use]
pub fn code_of(redemption: RedemptionId) -> String {
    const SIGNS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let bytes = Id::from(redemption).together(Id::ONLY, 0).bytes();
    let sign = |byte: &u8| SIGNS.get(usize::from(byte & 31)).copied().map_or('0', char::from);
    bytes.iter().take(5).chain(bytes.iter().skip(10)).take(10).map(sign).collect()
}
