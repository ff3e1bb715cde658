//! The description of the interface, read back: values that fit it are made from it, and answers are held to it.

use proptest::{prelude::*, sample::select};
use serde_json::{Map, Value, json};

use super::texts::texts;

/// The whole description.
#[derive(Debug, Clone)]
pub struct Described(pub Value);

/// One address with one method.
#[derive(Debug, Clone)]
pub struct Operation {
    pub method: String,
    pub path: String,
    pub parameters: Vec<Value>,
    /// The form of its body, if it has one.
    pub body: Option<Value>,
    pub responses: Map<String, Value>,
}

impl Described {
    pub fn operations(&self) -> Vec<Operation> {
        let paths = self.0["paths"].as_object().expect("paths");
        let each = |(path, item): (&String, &Value)| {
            let methods = item.as_object().expect("an item").clone();
            let path = path.clone();
            methods.into_iter().map(move |(method, operation)| Operation {
                method: method.to_uppercase(),
                path: path.clone(),
                parameters: operation["parameters"].as_array().cloned().unwrap_or_default(),
                body: operation.pointer("/requestBody/content/application~1json/schema").cloned(),
                responses: operation["responses"].as_object().cloned().expect("responses"),
            })
        };
        paths.iter().flat_map(each).collect()
    }

    fn resolved<'d>(&'d self, schema: &'d Value) -> &'d Value {
        let Some(reference) = schema["$ref"].as_str() else { return schema };
        self.0.pointer(reference.trim_start_matches('#')).expect("a form that is referred to")
    }

    /// Values that fit, those that lead somewhere more often.
    pub fn values(&self, schema: &Value, field: &str) -> BoxedStrategy<Value> {
        let schema = self.resolved(schema);
        if let Some(all) = schema["oneOf"].as_array() {
            let each: Vec<_> = all.iter().map(|one| self.values(one, field)).collect();
            return proptest::strategy::Union::new(each).boxed();
        }
        if let Some(codes) = schema["enum"].as_array() {
            return select(codes.clone()).boxed();
        }
        let kinds: Vec<&str> = match &schema["type"] {
            Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
            kind => kind.as_str().into_iter().collect(),
        };
        let each = kinds.into_iter().map(|kind| match kind {
            "object" => self.object(schema),
            "array" => prop::collection::vec(self.values(&schema["items"], field), 0..4).prop_map(Value::from).boxed(),
            "integer" => whole(schema),
            "number" => any::<f64>().prop_filter_map("a number", |n| serde_json::Number::from_f64(n).map(Value::from)).boxed(),
            "boolean" => any::<bool>().prop_map(Value::from).boxed(),
            "null" => Just(Value::Null).boxed(),
            "string" => text(schema, field),
            other => panic!("{other} is not known here"),
        });
        proptest::strategy::Union::new(each).boxed()
    }

    fn object(&self, schema: &Value) -> BoxedStrategy<Value> {
        let required: Vec<&str> = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let mut all = Just(Map::new()).boxed();
        for (name, of) in schema["properties"].as_object().into_iter().flatten() {
            let (name, must) = (name.clone(), required.contains(&name.as_str()));
            let value = if must { self.values(of, &name).prop_map(Some).boxed() } else { prop::option::of(self.values(of, &name)).boxed() };
            all = (all, value)
                .prop_map(move |(mut fields, value)| {
                    fields.extend(value.map(|value| (name.clone(), value)));
                    fields
                })
                .boxed();
        }
        all.prop_map(Value::Object).boxed()
    }

    /// Whether a value is of the described form; if not, where.
    pub fn fits(&self, schema: &Value, value: &Value, at: &str) -> Result<(), String> {
        let schema = self.resolved(schema);
        if let Some(all) = schema["oneOf"].as_array() {
            let fitting = all.iter().filter(|one| self.fits(one, value, at).is_ok()).count();
            return if fitting == 1 { Ok(()) } else { Err(format!("{at}: {fitting} of the forms fit {value}")) };
        }
        if let Some(codes) = schema["enum"].as_array() {
            return if codes.contains(value) { Ok(()) } else { Err(format!("{at}: {value} is none of {codes:?}")) };
        }
        let kind = match value {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(n) if n.is_f64() => "number",
            Value::Number(_) => "integer",
            Value::String(_) => "string",
            Value::Array(_) => "array",
            Value::Object(_) => "object",
        };
        let is_of = |name: &Value| name == kind || (name == "number" && kind == "integer");
        let is_fitting = match &schema["type"] {
            Value::Array(kinds) => kinds.iter().any(is_of),
            one => is_of(one),
        };
        if !is_fitting {
            return Err(format!("{at}: {value} is not of type {}", schema["type"]));
        }
        match value {
            Value::Object(fields) => self.fields_fit(schema, fields, at),
            Value::Array(items) => {
                items.iter().enumerate().try_for_each(|(n, item)| self.fits(&schema["items"], item, &format!("{at}/{n}")))
            }
            Value::String(text) => match schema["format"].as_str() {
                Some("date") if text.parse::<domain::time::Date>().is_err() => Err(format!("{at}: {text} is no day")),
                Some("date-time") if text.parse::<jiff::Timestamp>().is_err() => Err(format!("{at}: {text} is no moment")),
                _ => Ok(()),
            },
            Value::Number(n) => {
                let least = schema["minimum"].as_i64().unwrap_or(i64::MIN);
                if n.as_i64().is_some_and(|n| n < least) { Err(format!("{at}: {n} is below {least}")) } else { Ok(()) }
            }
            _ => Ok(()),
        }
    }

    fn fields_fit(&self, schema: &Value, fields: &Map<String, Value>, at: &str) -> Result<(), String> {
        for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            fields.get(name).ok_or_else(|| format!("{at}: {name} is missing"))?;
        }
        // What is not described is not sent either, whether that is said of the form or not.
        fields.iter().try_for_each(|(name, value)| match schema["properties"].get(name) {
            Some(of) => self.fits(of, value, &format!("{at}/{name}")),
            None => Err(format!("{at}: {name} is not described")),
        })
    }
}

fn whole(schema: &Value) -> BoxedStrategy<Value> {
    let (least, most) = (schema["minimum"].as_i64().unwrap_or(i64::MIN), schema["maximum"].as_i64().unwrap_or(i64::MAX));
    prop_oneof![3 => least.max(-3)..=most.min(300), 1 => least..=most].prop_map(Value::from).boxed()
}

fn text(schema: &Value, field: &str) -> BoxedStrategy<Value> {
    let pool: Vec<&str> = match field {
        "customer_no" => vec!["C0001", "C0002", "C/3", "C9"],
        "order_no" => vec!["O1", "O2", "O/3", "O9"],
        "amount" => vec!["0", "0.01", "1", "128.50", "10000000000", "-1", "1.005"],
        "phone" => vec!["13800001234", "+49 30 123456", "021-55551234"],
        "email" => vec!["a@b.cn", "luo@shihe.example"],
        _ => vec!["咖啡机", "x"],
    };
    let pool: Vec<String> = pool.into_iter().map(str::to_owned).collect();
    if schema["format"] == "date" {
        let day = (-800_i64..40).prop_map(|days| super::generated::today().plus_days(days).to_string());
        return day.prop_map(Value::from).boxed();
    }
    prop_oneof![8 => select(pool), 1 => select(texts()), 1 => "\\PC{0,40}"].prop_map(|text| json!(text)).boxed()
}
