//! Short files, opened by a sentence, named for their contents, with nothing left over.

use xtask::rules::{
    documents, names, style, tidy,
    trial::{self, Broken},
};

#[test]
fn no_file_is_longer_than_a_reader_can_hold() -> Result<(), Broken> {
    trial::holds(&tidy::SHORT_FILES)
}

#[test]
fn no_function_is_longer_than_a_screen() -> Result<(), Broken> {
    trial::holds(&tidy::SHORT_FUNCTIONS)
}

#[test]
fn every_file_opens_with_a_sentence() -> Result<(), Broken> {
    trial::holds(&tidy::OPENING_SENTENCE)
}

#[test]
fn nothing_unfinished_is_left_lying_about() -> Result<(), Broken> {
    trial::holds(&tidy::NOTHING_LEFT_OVER)
}

#[test]
fn no_lint_is_silenced_without_a_reason() -> Result<(), Broken> {
    trial::holds(&tidy::NO_SILENCED_LINT)
}

#[test]
fn everything_is_named_for_its_contents() -> Result<(), Broken> {
    trial::holds(&names::NAMED_FOR_CONTENTS)
}

#[test]
fn colours_and_lengths_have_names() -> Result<(), Broken> {
    trial::holds(&style::TOKENS_ONLY)
}

#[test]
fn what_the_documents_name_is_there() -> Result<(), Broken> {
    trial::holds(&documents::PATHS_EXIST)
}
