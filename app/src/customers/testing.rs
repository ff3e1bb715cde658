//! A customer for tests.

use domain::{
    customers::Customer,
    id::{CustomerId, Id},
};

/// 温书宁, active, of nobody.
#[must_use]
pub fn customer(id: CustomerId) -> Customer {
    serde_json::from_value(serde_json::json!({
        "id": id, "no": null, "name": "温书宁", "kind": "person", "nature": null, "size": null, "industry": null, "source": null,
        "since": null, "legal_representative": null, "business_scope": null, "address": null, "phone": null, "email": null,
        "needs": null, "owner": null, "team": Id::ONLY, "state": "active", "shares_tickets": 0, "created_at": 0, "updated_at": 0,
    }))
    .expect("a customer")
}
