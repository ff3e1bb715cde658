//! Who may import whom, and what is written where; broken on purpose, each rule says where.

use xtask::rules::{
    crates, features, pure, screen, sql, style,
    trial::{self, Broken},
};

#[test]
fn the_domain_imports_none_of_ours_and_app_and_server_never_meet() -> Result<(), Broken> {
    trial::holds(&crates::DIRECTION)
}

#[test]
fn the_domain_depends_on_values_only() -> Result<(), Broken> {
    trial::holds(&crates::FEW_IN_DOMAIN)
}

#[test]
fn errors_have_types_but_at_the_edge() -> Result<(), Broken> {
    trial::holds(&crates::ANYHOW)
}

#[test]
fn the_domain_has_no_clock_no_disk_and_no_chance() -> Result<(), Broken> {
    trial::holds(&pure::PURE)
}

#[test]
fn features_do_not_import_features() -> Result<(), Broken> {
    trial::holds(&features::ALONE)
}

#[test]
fn the_portal_does_not_speak_the_staffs_language() -> Result<(), Broken> {
    trial::holds(&features::PORTAL_APART)
}

#[test]
fn a_feature_has_one_name_in_every_layer() -> Result<(), Broken> {
    trial::holds(&features::NAMESAKES)
}

#[test]
fn what_is_listed_as_no_feature_is_there() -> Result<(), Broken> {
    trial::holds(&features::NO_NEEDLESS_LISTING)
}

#[test]
fn building_blocks_know_nothing_of_the_business() -> Result<(), Broken> {
    trial::holds(&screen::BLOCKS_ALONE)
}

#[test]
fn one_folder_touches_the_browser() -> Result<(), Broken> {
    trial::holds(&screen::BROWSER_ONLY)
}

#[test]
fn no_markup_is_made_of_data() -> Result<(), Broken> {
    trial::holds(&screen::NO_INNER_HTML)
}

#[test]
fn no_view_has_a_style_attribute() -> Result<(), Broken> {
    trial::holds(&screen::NO_STYLE_ATTRIBUTE)
}

#[test]
fn sql_stands_in_the_server_only() -> Result<(), Broken> {
    trial::holds(&sql::SERVER_ONLY)
}

#[test]
fn a_class_is_styled_in_one_sheet() -> Result<(), Broken> {
    trial::holds(&style::ONE_SHEET_PER_CLASS)
}

#[test]
fn a_sheet_is_named_for_what_it_styles() -> Result<(), Broken> {
    trial::holds(&style::SHEETS_HAVE_NAMESAKES)
}

#[test]
fn every_sheet_is_imported() -> Result<(), Broken> {
    trial::holds(&style::EVERY_SHEET_IMPORTED)
}

#[test]
fn every_rule_finds_its_broken_example() -> Result<(), Broken> {
    xtask::rules::ALL.iter().try_for_each(trial::catches)
}
