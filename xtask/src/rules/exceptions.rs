//! Where a rule does not hold, and why. One that nothing needs any more fails the test of its rule.

use super::{Rule, Violation};

/// One rule, one file or folder, one reason.
pub struct Exception {
    rule: &'static str,
    /// A file, or a folder with `/` at its end.
    pub path: &'static str,
    /// For whoever reads this list.
    pub reason: &'static str,
}

impl Exception {
    pub fn covers(&self, violation: &Violation) -> bool {
        violation.path == self.path || (self.path.ends_with('/') && violation.path.starts_with(self.path))
    }
}

pub fn of(rule: &Rule) -> impl Iterator<Item = &'static Exception> {
    EXCEPTIONS.iter().filter(|exception| exception.rule == rule.name)
}

const EXCEPTIONS: &[Exception] = &[Exception {
    rule: "tokens-only",
    path: "style/base/print.css",
    reason: "`@page` takes no tokens, and paper is measured in millimetres",
}];
