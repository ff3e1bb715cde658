//! Headers: which column is taken for what, by its name in either language, by what was said, by what was said before.

use super::words::Problem;
use domain::{
    imports::{Column, Field, Kind},
    search::folded,
    words::Label,
};

/// Beside its code and its labels, under which a field is found.
const OTHER_NAMES: [(Field, &[&str]); 15] = [
    (
        Field::CustomerNo,
        &["customer no", "customer number", "customer id", "客户号", "客户编码", "客户代码", "客户ID", "会员号", "会员编号"],
    ),
    (Field::Name, &["customer name", "company", "客户名称", "姓名", "客户姓名", "公司", "公司名称", "客户"]),
    (Field::Kind, &["type", "customer type", "客户类型"]),
    (Field::Phone, &["telephone number", "phone number", "tel", "mobile", "手机", "手机号", "手机号码", "联系电话", "电话号码"]),
    (Field::Email, &["mail", "email address", "电子邮箱", "邮件", "电子邮件", "邮箱地址"]),
    (Field::Since, &["customer since", "合作开始", "合作日期", "开始日期", "注册日期", "首次合作"]),
    (Field::Address, &["联系地址", "收货地址"]),
    (Field::Needs, &["preferences", "需求", "偏好"]),
    (Field::OrderNo, &["order no", "order number", "order id", "订单编号", "单号", "订单ID"]),
    (Field::OrderedOn, &["date", "order date", "日期", "订单日期", "订货日期", "购买日期"]),
    (Field::Amount, &["total", "order amount", "订单金额", "总金额", "合计"]),
    (Field::Currency, &["货币"]),
    (Field::Items, &["pieces", "quantity", "qty", "数量"]),
    (Field::Status, &["state", "order status", "订单状态"]),
    (Field::What, &["product", "item", "description", "商品名称", "产品", "品名", "内容"]),
];

/// Names that mean the number of whatever the rows are.
const ITS_NUMBER: [&str; 3] = ["no", "number", "编号"];

/// A header without what people write differently: case, blanks, signs, width.
pub(super) fn plain(name: &str) -> String {
    folded(name).chars().filter(|c| c.is_alphanumeric()).collect()
}

fn recognised(kind: Kind, name: &str) -> Option<Field> {
    let name = plain(name);
    if ITS_NUMBER.contains(&name.as_str()) {
        return kind.needs().first().copied();
    }
    let is = |field: Field, other: &[&str]| {
        let label = field.label();
        [field.code(), label.zh, label.en].iter().chain(other).any(|known| plain(known) == name)
    };
    let known = OTHER_NAMES.iter().filter(|(field, _)| kind.fields().contains(field));
    known.into_iter().find(|(field, other)| is(*field, other)).map(|(field, _)| *field)
}

/// Every column of a file and what it is taken for. What is said now counts before what was said of the same headers
/// before, and that before what a name suggests.
pub(super) fn understood(
    kind: Kind,
    headers: &[String],
    said: &[(String, String)],
    before: Option<Vec<Column>>,
) -> Result<Vec<Column>, Problem> {
    let mut columns = before.unwrap_or_else(|| suggested(kind, headers));
    let mut fixed: Vec<Field> = Vec::new();
    for (name, code) in said {
        let column = columns.iter().position(|column| column.name == *name);
        let column = column.or_else(|| headers.iter().position(|header| plain(header) == plain(name)));
        let at = column.ok_or_else(|| Problem::NoSuchColumn { name: name.clone(), found: headers.to_vec() })?;
        let field = match code.trim() {
            "" | "-" => None,
            code => Some(field_of(kind, code)?),
        };
        if let Some(field) = field {
            if fixed.contains(&field) {
                return Err(Problem::FieldTwice { field });
            }
            fixed.push(field);
        }
        for column in columns.iter_mut().filter(|column| column.field.is_some() && column.field == field) {
            column.field = None;
        }
        if let Some(column) = columns.get_mut(at) {
            column.field = field;
        }
    }
    let missing: Vec<Field> =
        kind.needs().iter().copied().filter(|need| columns.iter().all(|column| column.field != Some(*need))).collect();
    if missing.is_empty() { Ok(columns) } else { Err(Problem::NoColumnFor { fields: missing, found: headers.to_vec() }) }
}

fn field_of(kind: Kind, code: &str) -> Result<Field, Problem> {
    let named = Field::from_code(code).filter(|field| kind.fields().contains(field));
    named.or_else(|| recognised(kind, code)).ok_or_else(|| Problem::NoSuchField { name: code.to_owned(), kind })
}

/// By names alone; of two columns that mean the same, the first.
fn suggested(kind: Kind, headers: &[String]) -> Vec<Column> {
    let mut taken: Vec<Field> = Vec::new();
    let column = |name: &String| {
        let field = recognised(kind, name).filter(|field| !taken.contains(field));
        taken.extend(field);
        Column { name: name.clone(), field }
    };
    headers.iter().map(column).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(text: &str) -> Vec<String> {
        text.split(',').map(str::to_owned).collect()
    }

    fn fields(columns: &[Column]) -> Vec<Option<Field>> {
        columns.iter().map(|column| column.field).collect()
    }

    #[test]
    fn headers_are_understood_in_both_languages() {
        let (no, name, phone) = (Some(Field::CustomerNo), Some(Field::Name), Some(Field::Phone));
        for text in
            ["客户编号,名称,电话", "customer_no,name,phone", "Customer No. ,Customer Name,Mobile", "编号,客户名称,手机号", "ＮＯ,客户,电话"]
        {
            let columns = understood(Kind::Customers, &headers(text), &[], None).expect("columns");
            assert_eq!(fields(&columns), [no, name, phone], "{text}");
        }
        let columns = understood(Kind::Orders, &headers("编号,客户编号,下单日期,金额,备注"), &[], None).expect("columns");
        assert_eq!(fields(&columns), [Some(Field::OrderNo), no, Some(Field::OrderedOn), Some(Field::Amount), None]);
    }

    #[test]
    fn what_is_said_counts_before_what_a_name_suggests() {
        let said = |pairs: &[(&str, &str)]| pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect::<Vec<_>>();
        let headers = headers("代号,名称,name");
        let columns = understood(Kind::Customers, &headers, &said(&[("代号", "customer_no"), ("name", "name")]), None).expect("columns");
        assert_eq!(fields(&columns), [Some(Field::CustomerNo), None, Some(Field::Name)]);
        let again = understood(Kind::Customers, &headers, &said(&[("name", "")]), Some(columns)).expect("columns");
        assert_eq!(fields(&again), [Some(Field::CustomerNo), None, None]);
        let refused = |pairs: &[(&str, &str)]| understood(Kind::Customers, &headers, &said(pairs), None).expect_err("a problem");
        assert!(matches!(refused(&[]), Problem::NoColumnFor { fields, .. } if fields == [Field::CustomerNo]));
        assert!(matches!(refused(&[("nix", "name")]), Problem::NoSuchColumn { .. }));
        assert!(matches!(refused(&[("代号", "amount")]), Problem::NoSuchField { .. }));
        assert_eq!(refused(&[("代号", "name"), ("name", "name")]), Problem::FieldTwice { field: Field::Name });
    }

    #[test]
    fn no_name_means_two_things() {
        for kind in Kind::ALL {
            let fields = kind.fields();
            let names = |field: &Field| {
                let other = OTHER_NAMES.iter().find(|(of, _)| of == field).map(|(_, other)| other.to_vec()).unwrap_or_default();
                [field.code(), field.label().zh, field.label().en].into_iter().chain(other).map(plain).collect::<Vec<_>>()
            };
            for field in fields {
                for name in names(field) {
                    assert_eq!(recognised(*kind, &name), Some(*field), "{name}");
                }
            }
        }
    }
}
