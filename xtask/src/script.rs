//! Scripts as they travel: without what is said in them, and without indents.

use std::path::Path;

use anyhow::Result;

use crate::tree;

/// Makes every script in `folder` lean.
pub fn lean_all(folder: &Path) -> Result<()> {
    for file in tree::files(folder)?.into_iter().filter(|file| file.ends_with(".js")) {
        let path = folder.join(file);
        tree::write(&path, lean(&tree::read(&path)?))?;
    }
    Ok(())
}

/// A script of wasm-bindgen's without the classes whose names begin so.
pub fn without_classes(script: &str, name: &str) -> String {
    let begins = |line: &str, with: &str| line.strip_prefix(with).is_some_and(|rest| rest.starts_with(name));
    let mut end = None;
    let mut kept = String::new();
    for line in script.lines() {
        if begins(line, "export class ") {
            end = Some("}");
        } else if begins(line, "const ") || begins(line, "if (Symbol.dispose) ") {
            end = Some(";");
        }
        match end {
            Some("}") if line == "}" => end = None,
            Some(";") if line.ends_with(';') => end = None,
            Some(_) => {}
            None => {
                kept.push_str(line);
                kept.push('\n');
            }
        }
    }
    kept
}

/// Drops lines that hold only a comment, and indents. What stands in a line stays as it is; no script of ours has a text of
/// several lines.
fn lean(script: &str) -> String {
    let mut is_said = false;
    let mut lean = String::new();
    for line in script.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//")) {
        is_said |= line.starts_with("/**");
        if !is_said {
            lean.push_str(line);
            lean.push('\n');
        }
        is_said &= !line.ends_with("*/");
    }
    lean
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_that_nobody_needs_is_gone_with_what_belongs_to_it() {
        let script = "a;\nexport class IntoA {\n    b() {\n    }\n}\nif (Symbol.dispose) IntoA.prototype.x = 1;\nc;\nconst IntoAFinalization = (1)\n    ? {}\n    : 2;\nconst Into = 3;\n";
        assert_eq!(without_classes(script, "IntoA"), "a;\nc;\nconst Into = 3;\n");
    }

    #[test]
    fn a_lean_script_says_nothing_and_does_the_same() {
        let script = "// a\n/** of a class */\nclass A {\n    /**\n     * @returns {number}\n     */\n    b() {\n        return 1 /* one */; // \"//\"\n    }\n}\n";
        assert_eq!(lean(script), "class A {\nb() {\nreturn 1 /* one */; // \"//\"\n}\n}\n");
    }
}
