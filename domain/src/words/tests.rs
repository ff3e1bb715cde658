//! Every refusal and every label in both languages, and none of them shouts.

use super::{Label, Lang, Say, Text};
use crate::{
    access::{self, Reach, Right, Role},
    attachments, change, customers, loyalty,
    money::BadMoney,
    notices, orders, settings, surveys, team,
    testing::{cases, commands},
    text::BadText,
    tickets, timeline,
};
use proptest::prelude::*;
use std::collections::BTreeSet;

fn access_refusals() -> Vec<access::Refusal> {
    use access::Refusal::{IdTaken, NotFound, NotToYourself, NotYourRole};
    let every = |refusal| match refusal {
        NotYourRole { .. } | NotFound | NotToYourself | IdTaken => refusal,
    };
    [NotYourRole { right: Right::EditCustomers }, NotFound, NotToYourself, IdTaken].map(every).to_vec()
}

fn attachments_refusals() -> Vec<attachments::Refusal> {
    use attachments::Refusal::{Damaged, Empty, EnoughForToday, NoRoom, NoSuchKind, NotThere, TooLarge, TooMany, Used};
    let every = |refusal| match refusal {
        Empty | TooLarge | NoSuchKind | Damaged | NotThere | Used | TooMany | EnoughForToday | NoRoom => refusal,
    };
    [Empty, TooLarge, NoSuchKind, Damaged, NotThere, Used, TooMany, EnoughForToday, NoRoom].map(every).to_vec()
}

fn customers_refusals() -> Vec<customers::Refusal> {
    use customers::Refusal::{Archived, ContactRemoved, NeitherNameNorNumber, NothingToCallIt, NumberTaken, OwnerChanged};
    let every = |refusal| match refusal {
        NeitherNameNorNumber | NumberTaken { .. } | Archived | OwnerChanged | NothingToCallIt | ContactRemoved => refusal,
    };
    let taken = NumberTaken { no: "K-7".to_owned() };
    [NeitherNameNorNumber, taken, Archived, OwnerChanged, NothingToCallIt, ContactRemoved].map(every).to_vec()
}

fn timeline_refusals() -> Vec<timeline::Refusal> {
    use timeline::Refusal::{NotYet, NotYours, StepClosed, StepMoved};
    let every = |refusal| match refusal {
        NotYet | NotYours | StepClosed | StepMoved => refusal,
    };
    [NotYet, NotYours, StepClosed, StepMoved].map(every).to_vec()
}

fn team_refusals() -> Vec<team::Refusal> {
    use team::Refusal::{LastAdministrator, NotHere, StillHere};
    let every = |refusal| match refusal {
        LastAdministrator | StillHere | NotHere => refusal,
    };
    [LastAdministrator, StillHere, NotHere].map(every).to_vec()
}

fn settings_refusals() -> Vec<settings::Refusal> {
    use settings::Refusal::{NoSuchPromise, NoSuchWeek};
    let every = |refusal| match refusal {
        NoSuchWeek | NoSuchPromise => refusal,
    };
    [NoSuchWeek, NoSuchPromise].map(every).to_vec()
}

fn tickets_refusals() -> Vec<tickets::Refusal> {
    use tickets::Refusal::{AlreadyMoved, AssigneeChanged, Closed, NotSolvedYet, NotTheirContact};
    let every = |refusal| match refusal {
        Closed | AlreadyMoved | AssigneeChanged | NotTheirContact | NotSolvedYet => refusal,
    };
    [Closed, AlreadyMoved, AssigneeChanged, NotTheirContact, NotSolvedYet].map(every).to_vec()
}

fn orders_refusals() -> Vec<orders::Refusal> {
    use orders::Refusal::{NoSuchCount, NotNow, NotYet, NumberTaken, PaidTooEarly, RefundOfNothing, RefundTooLarge};
    let every = |refusal| match refusal {
        NumberTaken { .. } | NotYet | PaidTooEarly | NoSuchCount | NotNow { .. } | RefundTooLarge | RefundOfNothing => refusal,
    };
    let taken = NumberTaken { no: "O-7".to_owned() };
    let not_now = NotNow { state: orders::State::Cancelled };
    [taken, NotYet, PaidTooEarly, NoSuchCount, not_now, RefundTooLarge, RefundOfNothing].map(every).to_vec()
}

fn loyalty_refusals() -> Vec<loyalty::Refusal> {
    use loyalty::Refusal::{
        NoPoints, NoShares, NoSuchDay, NoSuchProgramme, NoSuchReward, NotEnoughPoints, NotOffered, PlanDecided, PriceChanged,
        RedemptionClosed, ReviewDecided, ReviewOpen, TierTooLow,
    };
    let every = |refusal| match refusal {
        NotEnoughPoints { .. } | PriceChanged | NotOffered | TierTooLow | RedemptionClosed | NoPoints | NoSuchProgramme | NoSuchReward => {
            refusal
        }
        NoShares | ReviewOpen | ReviewDecided | NoSuchDay | PlanDecided => refusal,
    };
    let missing = NotEnoughPoints { missing: 30 };
    let points = [missing, PriceChanged, NotOffered, TierTooLow, RedemptionClosed, NoPoints, NoSuchProgramme, NoSuchReward];
    points.into_iter().chain([NoShares, ReviewOpen, ReviewDecided, NoSuchDay, PlanDecided]).map(every).collect()
}

fn surveys_refusals() -> Vec<surveys::Refusal> {
    let every = |refusal| match refusal {
        surveys::Refusal::AskedAgainOn { .. } => refusal,
    };
    [surveys::Refusal::AskedAgainOn { on: crate::time::Date::from_days(20_500) }].map(every).to_vec()
}

fn bad_moneys() -> Vec<BadMoney> {
    use BadMoney::{Missing, Negative, NotANumber, TooFine, TooLarge};
    let every = |bad| match bad {
        Missing | NotANumber | Negative | TooFine { .. } | TooLarge => bad,
    };
    [Missing, NotANumber, Negative, TooFine { digits: 2 }, TooLarge].map(every).to_vec()
}

/// Every refusal there is. A new variant does not compile until it is in one of the lists above.
fn refusals() -> Vec<change::Refusal> {
    use change::Refusal::{Access, Attachments, Broken, Customers, Loyalty, Malformed, Orders, Settings, Surveys, Team, Tickets, Timeline};
    let mut refusals: Vec<change::Refusal> = access_refusals().into_iter().map(Access).collect();
    refusals.extend(attachments_refusals().into_iter().map(Attachments));
    refusals.extend(customers_refusals().into_iter().map(Customers));
    refusals.extend(timeline_refusals().into_iter().map(Timeline));
    refusals.extend(team_refusals().into_iter().map(Team));
    refusals.extend(settings_refusals().into_iter().map(Settings));
    refusals.extend(tickets_refusals().into_iter().map(Tickets));
    refusals.extend(orders_refusals().into_iter().map(Orders));
    refusals.extend(loyalty_refusals().into_iter().map(Loyalty));
    refusals.extend(surveys_refusals().into_iter().map(Surveys));
    refusals.extend([Malformed, Broken]);
    let every = |refusal| match refusal {
        Access(_) | Attachments(_) | Customers(_) | Timeline(_) | Team(_) | Settings(_) | Tickets(_) | Orders(_) | Loyalty(_)
        | Surveys(_) | Malformed | Broken => refusal,
    };
    refusals.into_iter().map(every).collect()
}

fn bad_texts() -> Vec<BadText> {
    use BadText::{Invisible, Malformed, Missing, TooLong};
    let every = |bad| match bad {
        Missing | TooLong { .. } | Invisible { .. } | Malformed => bad,
    };
    [Missing, TooLong { max: 120 }, Invisible { code: 0x202E }, Malformed].map(every).to_vec()
}

fn is_chinese(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '\u{4E00}'..='\u{9FFF}'))
}

/// A text for people: there, calm, and in the language it is meant to be in.
fn reads_well(zh: &str, en: &str, of: &str) {
    for text in [zh, en] {
        assert!(!text.trim().is_empty() && text.trim() == text, "{of}: {text:?}");
        assert!(!text.contains(['!', '！']), "{of} shouts: {text}");
    }
    assert!(is_chinese(zh), "{of} is not Chinese: {zh}");
    assert!(!is_chinese(en) && en.chars().any(|c| c.is_ascii_alphabetic()), "{of} is not English: {en}");
}

fn is_sentence(zh: &str, en: &str, of: &str) {
    reads_well(zh, en, of);
    assert!(zh.ends_with('。') && en.ends_with('.'), "{of}: {zh} {en}");
}

#[test]
fn every_refusal_has_a_stable_dotted_code_of_its_own() {
    let refusals = refusals();
    let mut codes: BTreeSet<&str> = refusals.iter().map(Say::code).collect();
    assert_eq!(codes.len(), refusals.len(), "two refusals share a code");
    let bad = bad_texts();
    codes.extend(bad.iter().map(Say::code));
    assert_eq!(codes.len(), refusals.len() + bad.len(), "a bad text has the code of a refusal");
    for code in codes {
        let (feature, why) = code.split_once('.').expect("a dotted code");
        let plain = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        assert!(plain(feature) && plain(why), "{code}");
    }
}

#[test]
fn every_refusal_is_a_calm_sentence_in_both_languages() {
    for refusal in refusals() {
        is_sentence(&refusal.say(Lang::Zh), &refusal.say(Lang::En), refusal.code());
    }
    for right in Right::ALL {
        let refusal = access::Refusal::NotYourRole { right: *right };
        is_sentence(&refusal.say(Lang::Zh), &refusal.say(Lang::En), refusal.code());
        assert!(refusal.say(Lang::Zh).contains(right.label().zh));
    }
    for bad in bad_moneys() {
        is_sentence(&bad.say(Lang::Zh), &bad.say(Lang::En), bad.code());
    }
    for bad in bad_texts() {
        is_sentence(&bad.say(Lang::Zh), &bad.say(Lang::En), bad.code());
    }
}

/// A device keeps a refusal and says it in its user's language, perhaps with a later build.
#[test]
fn a_refusal_is_read_as_it_was_sent() {
    for refusal in refusals() {
        let sent = serde_json::to_value(&refusal).expect("JSON");
        assert_eq!(serde_json::from_value::<change::Refusal>(sent).ok(), Some(refusal));
    }
}

/// Codes as they are sent and stored: a new spelling is a migration, not an edit.
#[test]
fn the_codes_that_travel_are_these() {
    let codes: BTreeSet<&str> = refusals().iter().map(Say::code).collect();
    let known = "access.id_taken access.not_found access.not_to_yourself access.not_your_role attachments.damaged \
        attachments.empty attachments.enough_for_today attachments.no_room attachments.no_such_kind attachments.not_there \
        attachments.too_large attachments.too_many attachments.used command.malformed customers.archived \
        customers.contact_removed customers.neither_name_nor_number customers.nothing_to_call_it \
        customers.number_taken customers.owner_changed loyalty.no_points loyalty.no_shares loyalty.no_such_day loyalty.no_such_programme loyalty.no_such_reward \
        loyalty.not_enough_points loyalty.not_offered loyalty.plan_decided loyalty.price_changed loyalty.redemption_closed loyalty.review_decided loyalty.review_open loyalty.tier_too_low \
        order.no_such_count order.not_now order.not_yet order.number_taken order.paid_too_early order.refund_of_nothing \
        order.refund_too_large server.error settings.no_such_promise settings.no_such_week surveys.asked_again_on team.last_administrator team.not_here team.still_here \
        tickets.already_moved tickets.assignee_changed tickets.closed tickets.not_solved_yet tickets.not_their_contact timeline.not_yet \
        timeline.not_yours timeline.step_closed timeline.step_moved";
    assert_eq!(codes.into_iter().collect::<Vec<_>>(), known.split_whitespace().collect::<Vec<_>>());
}

fn labelled<T: Label + Copy>(all: &[T], code: fn(T) -> &'static str) {
    let (mut codes, mut zh) = (BTreeSet::new(), BTreeSet::new());
    for value in all {
        let Text { zh: chinese, en } = value.label();
        reads_well(chinese, en, code(*value));
        assert!(codes.insert(code(*value)) && zh.insert(chinese), "{} is there twice", code(*value));
    }
}

/// Frappe CRM 138: status names stayed English because they were data.
#[test]
fn every_choice_has_a_label_of_its_own_in_both_languages() {
    labelled(Role::ALL, Role::code);
    labelled(Reach::ALL, Reach::code);
    labelled(Right::ALL, Right::code);
    labelled(customers::Kind::ALL, customers::Kind::code);
    labelled(customers::Nature::ALL, customers::Nature::code);
    labelled(customers::Size::ALL, customers::Size::code);
    labelled(customers::Industry::ALL, customers::Industry::code);
    labelled(customers::Source::ALL, customers::Source::code);
    labelled(customers::CustomerState::ALL, customers::CustomerState::code);
    labelled(customers::DecisionRole::ALL, customers::DecisionRole::code);
    labelled(timeline::Method::ALL, timeline::Method::code);
    labelled(timeline::Outcome::ALL, timeline::Outcome::code);
    labelled(timeline::StepState::ALL, timeline::StepState::code);
    labelled(team::PersonState::ALL, team::PersonState::code);
    labelled(crate::money::Currency::ALL, crate::money::Currency::code);
    labelled(notices::Cause::ALL, notices::Cause::code);
    labelled(crate::service_level::Priority::ALL, crate::service_level::Priority::code);
    labelled(orders::State::ALL, orders::State::code);
    labelled(loyalty::Metal::ALL, loyalty::Metal::code);
    labelled(loyalty::RewardKind::ALL, loyalty::RewardKind::code);
    labelled(loyalty::RedemptionState::ALL, loyalty::RedemptionState::code);
    labelled(loyalty::ReviewState::ALL, loyalty::ReviewState::code);
    labelled(loyalty::VersionState::ALL, loyalty::VersionState::code);
    labelled(surveys::Camp::ALL, surveys::Camp::code);
    labelled(crate::insights::Period::ALL, crate::insights::Period::code);
    labelled(crate::insights::Measure::ALL, crate::insights::Measure::code);
    labelled(crate::insights::Touch::ALL, crate::insights::Touch::code);
    labelled(crate::insights::Dimension::ALL, crate::insights::Dimension::code);
    labelled(attachments::Media::ALL, attachments::Media::code);
    labelled(tickets::Kind::ALL, tickets::Kind::code);
    labelled(tickets::State::ALL, tickets::State::code);
    labelled(tickets::Channel::ALL, tickets::Channel::code);
    labelled(tickets::Audience::ALL, tickets::Audience::code);
}

#[test]
fn chinese_is_spoken_unless_english_is_asked_for_first() {
    for (header, lang) in [
        ("", Lang::Zh),
        ("zh-CN,zh;q=0.9,en;q=0.8", Lang::Zh),
        ("en-GB,en;q=0.9", Lang::En),
        ("EN", Lang::En),
        ("fr,en;q=0.5", Lang::Zh),
        ("*", Lang::Zh),
    ] {
        assert_eq!(Lang::preferred(header), lang, "{header}");
    }
}

proptest! {
    #![proptest_config(cases(64))]

    /// Whatever is refused to a role is refused in words that name the right.
    #[test]
    fn a_role_is_told_which_right_it_lacks(command in commands(), role in prop::sample::select(Role::ALL)) {
        match (command.needs(), command.permit(role)) {
            (Some(right), Err(refusal)) => {
                prop_assert!(!role.may(right));
                prop_assert!(refusal.say(Lang::Zh).contains(right.label().zh));
            }
            (right, Ok(())) => prop_assert!(right.is_none_or(|right| role.may(right))),
            (None, Err(refusal)) => prop_assert!(false, "{refusal:?}"),
        }
    }
}
