//! Money: what it is counted in.

use crate::row::codes;

codes! {
    /// ISO 4217, as far as the product knows their minor units.
    Currency {
        Cny = "CNY": "人民币", "Chinese yuan";
        Usd = "USD": "美元", "US dollar";
        Eur = "EUR": "欧元", "Euro";
        Hkd = "HKD": "港元", "Hong Kong dollar";
        Jpy = "JPY": "日元", "Japanese yen";
        Gbp = "GBP": "英镑", "Pound sterling";
        Sgd = "SGD": "新加坡元", "Singapore dollar";
    }
}
