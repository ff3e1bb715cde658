//! Files as they come: how they are written, what they are called, and what is wrong with them. Nothing is lost, and
//! whatever is refused says why.

use super::{
    cli::{run, told},
    harness::{Folder, House},
    imports::{customers, file, orders},
};
use domain::{
    access::Reach,
    context::Actor,
    imports::{Encoding, Import, Refused, Wanted},
    words::{Lang, Say},
};
use server::imports::{self, Told};
use std::{fs, ops::ControlFlow, path::Path};

/// The codes of the rows that were refused, or of why the file was.
fn codes(house: &House, bytes: &[u8], wanted: Wanted) -> (Option<Import>, Vec<String>) {
    let ready = match imports::ready(&house.db, &file(house, bytes), wanted, Actor::System, Lang::Zh).expect("no trouble") {
        Ok(ready) => ready,
        Err(problem) => {
            assert!(problem.say(Lang::Zh).ends_with('。') && problem.say(Lang::En).ends_with('.'), "{problem:?}");
            return (None, vec![problem.code().to_owned()]);
        }
    };
    let mut refused: Vec<Refused> = Vec::new();
    let import = ready.carry_out(&house.db, &mut |told| {
        if let Told::Refused(row) = told {
            refused.push(row.clone());
        }
        ControlFlow::Continue(())
    });
    let codes = refused.into_iter().map(|row| row.reason.code).chain(import.problem.clone().map(|problem| problem.code)).collect();
    (Some(import), codes)
}

fn house() -> House {
    let runtime = tokio::runtime::Runtime::new().expect("threads");
    runtime.block_on(async {
        let house = House::founded(Reach::Own).await;
        house.team("华东").await;
        house
    })
}

#[test]
fn a_file_that_cannot_be_read_in_says_why() {
    let house = house();
    let cases: [(&[u8], &str); 7] = [
        (b"", "import.empty"),
        (b"\n\n", "import.empty"),
        ("\u{FEFF}".as_bytes(), "import.empty"),
        (b"C1,1997-01-01\nC2,1997-01-02\n", "import.no_column_for"),
        (&[0, 159, 146, 150], "import.no_column_for"),
        (b"name,phone\nx,1\n", "import.no_column_for"),
        (&[b','; 500], "import.too_many_columns"),
    ];
    for (bytes, code) in cases {
        assert_eq!(codes(&house, bytes, customers()).1, [code], "{bytes:?}");
    }
    let map = |column: &str, field: &str| Wanted { map: vec![(column.into(), field.into())], ..customers() };
    assert_eq!(codes(&house, b"a,b\n", map("c", "name")).1, ["import.no_such_column"]);
    assert_eq!(codes(&house, b"a,b\n", map("a", "price")).1, ["import.no_such_field"]);
}

#[test]
fn each_bad_row_has_its_code_and_the_others_are_taken_in() {
    let house = house();
    let long = "字".repeat(121);
    let rows = [
        ("C1,王小明,,", None),
        ("C1,王小明,,", Some("import.twice_in_file")),
        (",王小明,,", Some("import.no_number")),
        ("C 2,王小明,,", Some("text.malformed")),
        ("C2,a\u{202E}b,,", Some("text.invisible")),
        ("C3,a\u{7}b,,", Some("text.invisible")),
        ("C4,㛃 𠮷野家 🦀👩‍👩‍👧,,", None),
        ("C5,=cmd|' /C calc'!A0,,", None),
        ("C6,王,123,", Some("text.malformed")),
        ("C6,王,13812345678,2025-02-29", Some("import.no_such_date")),
        ("C6,王,13812345678,2026-11-31", Some("import.no_such_date")),
        ("C6,王,,20261101,x", Some("import.too_many_cells")),
        ("C6,王,,20261101,,,", None),
        ("C7", None),
        (&format!("C8,{long},,"), Some("text.too_long")),
        (&format!("C8,{},,", "x".repeat(10_000_000)), Some("import.cell_too_long")),
        ("C8,\u{FFFD},,", Some("import.garbled")),
        ("C8,\"a\nb\",,", Some("text.invisible")),
    ];
    let text = format!("客户编号,名称,电话,始于\n{}\n", rows.map(|(row, _)| row).join("\n"));
    let expected: Vec<&str> = rows.iter().filter_map(|(_, code)| *code).collect();
    let (import, got) = codes(&house, text.as_bytes(), customers());
    assert_eq!(got, expected);
    assert_eq!(import.map(|import| (import.counts.made, import.counts.refused)), Some((5, expected.len() as u64)));
}

#[test]
fn each_bad_order_has_its_code() {
    let house = house();
    codes(&house, b"no\nC1\n", customers());
    let rows = [
        ("1,C1,2026-11-01,1,\"1,285.50\",,", None),
        ("2,C1,2026-11-01,1,-5,,", Some("order.amount_negative")),
        ("2,C1,2026-11-01,1,1.005,,", Some("order.amount_too_fine")),
        ("2,C1,2026-11-01,1,99999999999999999999,,", Some("order.amount_too_large")),
        ("2,C1,2026-11-01,1,,,", Some("order.amount_missing")),
        ("2,C1,2026-11-01,1,12元,,", Some("order.amount_not_a_number")),
        ("2,C1,2026-11-01,0,1,,", Some("import.not_a_count")),
        ("2,C1,,1,1,,", Some("import.no_such_date")),
        ("2,C1,2027-01-01,1,1,,", Some("order.not_yet")),
        ("3,C9,2026-11-01,1,1,,", Some("import.no_such_customer")),
        ("4,,2026-11-01,1,1,,", Some("import.no_number")),
        ("4,C1,2026-11-01,1,1,退货,", Some("import.not_one_of")),
        ("4,C1,2026-11-01,1,1,,XXX", Some("import.not_one_of")),
        ("4,C1,2026-11-01,1,1,待付款,USD", None),
        ("5,C1,2026-11-01,1,128,已付款,日元", None),
    ];
    let text = format!("订单号,客户编号,下单日期,件数,金额,状态,币种\n{}\n", rows.map(|(row, _)| row).join("\n"));
    let expected: Vec<&str> = rows.iter().filter_map(|(_, code)| *code).collect();
    let (import, got) = codes(&house, text.as_bytes(), orders());
    assert_eq!(got, expected);
    let sums: Vec<(&str, i64)> = import.expect("an import").sums.iter().map(|sum| (sum.currency.code(), sum.minor)).collect();
    assert_eq!(sums, [("CNY", 128_550), ("USD", 100), ("JPY", 128)]);
}

#[test]
fn a_quotation_mark_that_is_never_closed_ends_the_import_where_it_stands() {
    let house = house();
    let text = format!("no,name\nC1,a\nC2,\"{}", "x\n".repeat(10_000_000));
    let (import, got) = codes(&house, text.as_bytes(), customers());
    assert_eq!(got, ["import.endless_row"]);
    assert_eq!(import.map(|import| (import.counts.made, import.phase.code())), Some((1, "stopped")));
}

#[test]
fn a_row_is_named_by_the_line_on_which_it_begins() {
    let house = house();
    for end in ["\n", "\r\n", "\r"] {
        let text = "no,needs,phone\n\nL1,\"a\nb\",1\n\n\nL2,x,2\nL3,,3".replace('\n', end);
        let path = file(&house, text.as_bytes());
        let wanted = Wanted { dry_run: true, ..customers() };
        let ready = imports::ready(&house.db, &path, wanted, Actor::System, Lang::En).expect("no trouble").expect("a file");
        let mut lines = Vec::new();
        ready.carry_out(&house.db, &mut |told| {
            if let Told::Refused(row) = told {
                lines.push(row.line);
            }
            ControlFlow::Continue(())
        });
        assert_eq!(lines, [3, 7, 8], "{text:?}");
    }
}

#[test]
fn files_are_read_as_they_are_written() {
    let house = house();
    let text = "客户编号\t名称\r\nG1\t拾禾餐饮\r\nG2\t㛃𠮷\r\n";
    let (bytes, _, _) = encoding_rs::GB18030.encode(text);
    let (import, refused) = codes(&house, &bytes, customers());
    let import = import.expect("an import");
    assert_eq!((import.encoding, import.counts.made, refused.len()), (Encoding::Gb18030, 2, 0));
    let marked = format!("\u{FEFF}{}", text.replace('\t', ";"));
    let (again, _) = codes(&house, marked.as_bytes(), customers());
    assert_eq!(again.map(|import| (import.encoding, import.counts.unchanged)), Some((Encoding::Utf8, 2)));
    let wide: Vec<u8> = format!("\u{FEFF}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(codes(&house, &wide, customers()).0.map(|import| import.counts.unchanged), Some(2));
    let wrong = Wanted { encoding: Some(Encoding::Utf8), map: vec![], ..customers() };
    assert_eq!(codes(&house, &bytes, wrong).1, ["import.no_column_for"]);
}

#[test]
fn how_headers_were_understood_is_proposed_the_next_time() {
    let house = house();
    let text = b"Kundennr,Wer\nK1,Anna\n";
    assert_eq!(codes(&house, text, customers()).1, ["import.no_column_for"]);
    let map = vec![("Kundennr".to_owned(), "customer_no".to_owned()), ("wer".to_owned(), "名称".to_owned())];
    assert_eq!(codes(&house, text, Wanted { map, ..customers() }).0.map(|import| import.counts.made), Some(1));
    assert_eq!(codes(&house, text, customers()).0.map(|import| import.counts.unchanged), Some(1));
    let errors = b"line,Kundennr,Wer,code,reason\n2,K2,'=Bert,text.malformed,x\n";
    assert_eq!(codes(&house, errors, customers()).0.map(|import| import.counts.made), Some(1), "corrected among the refused");
    assert_eq!(codes(&house, b"Kundennr,Was\nK1,Anna\n", customers()).1, ["import.no_column_for"], "other headers");
}

fn put(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    fs::write(&path, text).expect("a file");
    path.to_str().expect("a path").to_owned()
}

/// The first thing that happens to an empty directory, from the command line; then whoever opens the link takes over.
#[test]
fn an_empty_directory_is_imported_into() {
    let folder = Folder::new();
    let data = folder.path().join("data");
    let customers = put(folder.path(), "c.csv", "customer_no,since\nC1,1997-01-01\nC2,1997-01-02\n");
    let orders = put(folder.path(), "o.csv", "order_no,customer_no,ordered_on,amount\nO1,C1,1997-01-01,29.33\nO2,C9,1997-01-01,=1\n");
    let tried = run(&data, &["import", "customers", &customers, "--dry-run"], "");
    assert!(told(&tried).contains("2 rows: 2 new, 0 updated, 0 unchanged, 0 refused.") && told(&tried).contains("nothing was written"));
    assert_eq!(told(&run(&data, &["import", "list"], "")), "Nothing has been imported yet.");
    assert!(told(&run(&data, &["import", "customers", &customers], "")).contains("2 new"));
    let done = run(&data, &["import", "orders", &orders, "--currency", "USD", "--status", "paid"], "");
    assert_eq!(done.status.code(), Some(3), "{done:?}");
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(said.contains("1 new, 0 updated, 0 unchanged, 1 refused") && said.contains("USD 29.33"), "{said}");
    let errors = fs::read_to_string(folder.path().join("o.csv.errors.csv")).expect("what was refused");
    let errors: Vec<&str> = errors.trim_start_matches('\u{FEFF}').lines().collect();
    assert_eq!(errors[0], "line,order_no,customer_no,ordered_on,amount,code,reason");
    assert!(errors[1].starts_with("3,O2,C9,1997-01-01,'=1,order.amount_not_a_number,"), "{errors:?}");
    assert_eq!(told(&run(&data, &["check"], "")), "Everything is as it should be.");
    assert!(told(&run(&data, &["import", "customers", "/no/such/file"], "")).contains("/no/such/file"));
    let listed = told(&run(&data, &["import", "list"], ""));
    let id = listed.split_whitespace().next().expect("a number");
    assert!(told(&run(&data, &["import", "undo", id], "")).starts_with("1 rows were taken back, 0 were left."));
    assert!(!run(&data, &["import", "undo", "1"], "").status.success());
}
