//! Cells: what a row says, each cell read as the value it is to be, or why it cannot be.

use super::{decode::GARBLED, errors, words::Bad};
use csv::StringRecord;
use domain::{
    customers,
    imports::{Column, Field, Kind, Status},
    money::{Currency, Money},
    text::{BadText, CustomerNo, Email, Line, Name, Phone, Prose},
    time::Date,
};

/// The longest cell that is looked at.
const CELL_BYTES: usize = 64 * 1024;
const MOST_ITEMS: i64 = 1_000_000;

/// What a row is understood to say.
#[derive(Debug, Clone)]
pub(super) enum Said {
    Customer(Box<CustomerSaid>),
    Order(Box<OrderSaid>),
}

impl Said {
    /// By which it is known in the file.
    pub fn no(&self) -> &CustomerNo {
        match self {
            Self::Customer(said) => &said.no,
            Self::Order(said) => &said.no,
        }
    }
}

/// An empty cell says nothing.
#[derive(Debug, Clone)]
pub(super) struct CustomerSaid {
    pub no: CustomerNo,
    pub name: Option<Name>,
    pub kind: Option<customers::Kind>,
    pub phone: Option<Phone>,
    pub email: Option<Email>,
    pub since: Option<Date>,
    pub address: Option<Line>,
    pub needs: Option<Prose>,
}

#[derive(Debug, Clone)]
pub(super) struct OrderSaid {
    pub no: CustomerNo,
    pub customer: CustomerNo,
    pub ordered_on: Date,
    pub amount: Money,
    pub currency: Currency,
    pub items: Option<i64>,
    pub status: Option<Status>,
    pub what: Option<Line>,
}

/// How the rows of a file are read.
#[derive(Debug, Clone)]
pub(super) struct Reading {
    pub kind: Kind,
    pub columns: Vec<Column>,
    /// Cells that begin with a guard have it taken off.
    pub is_errors: bool,
}

impl Reading {
    /// `currency` is of rows that do not say.
    pub fn read(&self, record: &StringRecord, currency: Currency) -> Result<Said, Bad> {
        let row = Row { reading: self, record };
        row.is_sound()?;
        match self.kind {
            Kind::Customers => row.customer().map(Box::new).map(Said::Customer),
            Kind::Orders => row.order(currency).map(Box::new).map(Said::Order),
        }
    }
}

struct Row<'a> {
    reading: &'a Reading,
    record: &'a StringRecord,
}

impl Row<'_> {
    fn is_sound(&self) -> Result<(), Bad> {
        let columns = self.reading.columns.len();
        if self.record.iter().skip(columns).any(|cell| !cell.trim().is_empty()) {
            return Err(Bad::TooManyCells { columns });
        }
        if self.record.iter().any(|cell| cell.len() > CELL_BYTES) {
            return Err(Bad::CellTooLong);
        }
        let used = self.reading.columns.iter().zip(self.record).filter(|(column, _)| column.field.is_some());
        if used.into_iter().any(|(_, cell)| cell.contains(GARBLED)) { Err(Bad::Garbled) } else { Ok(()) }
    }

    /// What stands in the column for this field, if anything does.
    fn cell(&self, field: Field) -> Option<&str> {
        let at = self.reading.columns.iter().position(|column| column.field == Some(field))?;
        let cell = self.record.get(at)?.trim();
        let cell = if self.reading.is_errors { errors::unguarded(cell) } else { cell };
        (!cell.is_empty()).then_some(cell)
    }

    fn text<T>(&self, field: Field, parse: fn(&str) -> Result<T, BadText>) -> Result<Option<T>, Bad> {
        self.cell(field).map(parse).transpose().map_err(|why| Bad::Text { field, why })
    }

    fn number(&self, field: Field) -> Result<CustomerNo, Bad> {
        self.text(field, CustomerNo::parse)?.ok_or(Bad::NoNumber { field })
    }

    fn date(&self, field: Field) -> Result<Option<Date>, Bad> {
        self.cell(field).map(|cell| date(cell).ok_or(Bad::NoSuchDate { field })).transpose()
    }

    fn one_of<T: Copy>(&self, field: Field, choices: &[(T, &[&'static str])]) -> Result<Option<T>, Bad> {
        let Some(cell) = self.cell(field) else { return Ok(None) };
        let found = choices.iter().find(|(_, names)| names.iter().any(|name| name.eq_ignore_ascii_case(cell)));
        let known = || choices.iter().flat_map(|(_, names)| names.iter().take(2).copied()).collect();
        found.map(|(choice, _)| Some(*choice)).ok_or_else(|| Bad::NotOneOf { field, known: known() })
    }

    fn customer(&self) -> Result<CustomerSaid, Bad> {
        use customers::Kind::{Company, Person};
        Ok(CustomerSaid {
            no: self.number(Field::CustomerNo)?,
            name: self.text(Field::Name, Name::parse)?,
            kind: self.one_of(Field::Kind, &[(Company, &["company", "企业", "公司"]), (Person, &["person", "个人", "individual"])])?,
            phone: self.text(Field::Phone, Phone::parse)?,
            email: self.text(Field::Email, Email::parse)?,
            since: self.date(Field::Since)?,
            address: self.text(Field::Address, Line::parse)?,
            needs: self.text(Field::Needs, Prose::parse)?,
        })
    }

    fn order(&self, otherwise: Currency) -> Result<OrderSaid, Bad> {
        let currency = self.currency()?.unwrap_or(otherwise);
        Ok(OrderSaid {
            no: self.number(Field::OrderNo)?,
            customer: self.number(Field::CustomerNo)?,
            ordered_on: self.date(Field::OrderedOn)?.ok_or(Bad::NoSuchDate { field: Field::OrderedOn })?,
            amount: Money::parse(self.cell(Field::Amount).unwrap_or_default(), currency).map_err(Bad::Amount)?,
            currency,
            items: self.cell(Field::Items).map(items).transpose()?,
            status: self.one_of(
                Field::Status,
                &[(Status::Paid, &["paid", "已付款", "已支付", "已完成"]), (Status::Placed, &["placed", "待付款", "待支付", "未付款"])],
            )?,
            what: self.text(Field::What, Line::parse)?,
        })
    }

    fn currency(&self) -> Result<Option<Currency>, Bad> {
        let Some(cell) = self.cell(Field::Currency) else { return Ok(None) };
        let code = cell.to_ascii_uppercase();
        let found = Currency::ALL.iter().find(|currency| currency.code() == code || domain::words::Label::label(*currency).zh == cell);
        let known = || Currency::ALL.iter().map(|currency| currency.code()).collect();
        found.map(|currency| Some(*currency)).ok_or_else(|| Bad::NotOneOf { field: Field::Currency, known: known() })
    }
}

fn items(cell: &str) -> Result<i64, Bad> {
    let count = cell.parse().ok().filter(|count| (1..=MOST_ITEMS).contains(count));
    count.ok_or(Bad::NotACount)
}

/// A day as people write it: year, month and day in this order, set apart by one sign, or eight digits.
fn date(cell: &str) -> Option<Date> {
    let digits = |text: &str| (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if cell.len() == 8 && cell.bytes().all(|b| b.is_ascii_digit()) {
        return day(cell.get(..4)?, cell.get(4..6)?, cell.get(6..)?);
    }
    for separator in ['-', '/', '.'] {
        let parts: Vec<&str> = cell.split(separator).collect();
        if let [year, month, of_month] = parts.as_slice()
            && parts.iter().all(|part| digits(part))
        {
            return day(year, month, of_month);
        }
    }
    let (year, rest) = cell.split_once('年')?;
    let (month, rest) = rest.split_once('月')?;
    let of_month = rest.strip_suffix('日')?;
    if [year, month, of_month].iter().all(|part| digits(part)) { day(year, month, of_month) } else { None }
}

fn day(year: &str, month: &str, of_month: &str) -> Option<Date> {
    if year.len() != 4 || month.len() > 2 || of_month.len() > 2 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, of_month.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn days_are_read_as_people_write_them() {
        let expected = Date::new(2026, 11, 1).ok();
        for cell in ["2026-11-01", "2026/11/1", "20261101", "2026.11.1", "2026年11月1日", "2026-11-1"] {
            assert_eq!(date(cell), expected, "{cell}");
        }
        for bad in [
            "2026-02-29",
            "2026-13-01",
            "01/11/2026",
            "11/1/2026",
            "2026-11",
            "2026111",
            "0000-01-01",
            "２０２６-11-01",
            "2026-11-01 10:00",
            "45234",
        ] {
            assert_eq!(date(bad), None, "{bad}");
        }
        assert_eq!(date("2028-02-29"), Date::new(2028, 2, 29).ok());
    }

    proptest! {
        #[test]
        fn no_cell_makes_a_date_or_a_count_panic(cell in "\\PC{0,16}", digits in "[0-9/年月日.-]{0,12}") {
            for cell in [cell, digits] {
                _ = date(&cell);
                _ = items(&cell);
            }
        }
    }
}
