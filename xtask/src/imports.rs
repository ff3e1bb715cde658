//! Short names for what the first chunk takes from its JavaScript. Each is made unique with sixteen digits that no compression
//! makes smaller, and each is in both files.

use std::collections::BTreeMap;

use walrus::Module;

/// Renames what `module` imports from `from`; says what each is called now.
pub fn shorten(module: &mut Module, from: &str) -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    for import in module.imports.iter_mut().filter(|import| import.module == from) {
        let short = format!("i{}", names.len());
        names.insert(std::mem::replace(&mut import.name, short.clone()), short);
    }
    names
}

/// The script with these names: whole words only.
pub fn renamed(script: &str, names: &BTreeMap<String, String>) -> String {
    let mut written = String::with_capacity(script.len());
    let mut rest = script;
    while !rest.is_empty() {
        let (word, after) = rest.split_at(rest.find(|letter| !in_a_name(letter)).unwrap_or(rest.len()));
        written.push_str(names.get(word).map_or(word, String::as_str));
        let (between, next) = after.split_at(after.find(in_a_name).unwrap_or(after.len()));
        written.push_str(between);
        rest = next;
    }
    written
}

fn in_a_name(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '_' | '$')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_files_call_it_the_same() {
        let mut module = Module::default();
        let kind = module.types.add(&[], &[]);
        for (from, name) in [("./app_bg.js", "__wbg_now_463ac5"), ("./__wasm_split.js", "load"), ("./app_bg.js", "__wbg_now_463ac5_2")] {
            module.add_import_func(from, name, kind);
        }
        let names = shorten(&mut module, "./app_bg.js");
        let imported: Vec<&str> = module.imports.iter().map(|import| import.name.as_str()).collect();
        assert_eq!(imported, ["i0", "load", "i1"]);
        let script = "const i = { __wbg_now_463ac5: () => 1, __wbg_now_463ac5_2: now };";
        assert_eq!(renamed(script, &names), "const i = { i0: () => 1, i1: now };");
    }
}
