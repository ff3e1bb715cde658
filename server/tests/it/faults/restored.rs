//! A copy is put back while people work: devices notice, go on with the other history, and send what it has not.

use super::{
    super::{
        cli::{HERE, Serving, run, told},
        device::Fate,
        harness::Folder,
        wire::open,
    },
    offline::Company,
};
use domain::id::{CommandId, CustomerId};

/// One customer each; who opened it, and which it is.
fn each_opens(company: &mut Company, called: &str) -> Vec<(CommandId, CustomerId)> {
    let team = company.team;
    let mut opened = Vec::new();
    for machine in &mut company.machines {
        let (id, command) = open(called, team);
        opened.push((machine.submit(&command), id));
    }
    opened
}

#[test]
fn after_a_copy_was_put_back_nothing_unsent_is_lost_and_all_agree() {
    let mut company = Company::of(3, "");
    let before = each_opens(&mut company, "在备份之前");
    company.settle();
    let (copy, epoch) = (Folder::new(), company.machines[0].device.saved().epoch.clone());
    let copy = copy.path().join("copy.db");
    let copy = copy.to_str().expect("a path");
    assert!(told(&run(company.folder.path(), &["backup", copy], "")).contains("verified"));
    let lost = each_opens(&mut company, "在备份之后");
    company.settle();
    // Acknowledged by the history that goes, but no device has seen the effect: it is still pending there.
    let acknowledged = each_opens(&mut company, "已确认");
    for machine in &mut company.machines {
        company.runtime.block_on(machine.push(&company.server, Fate::Arrives));
    }
    let unsent = each_opens(&mut company, "还没发出");
    let here = std::mem::replace(&mut company.server, Serving::start(Folder::new().path(), HERE));
    here.stop();
    assert!(told(&run(company.folder.path(), &["restore", copy], "")).contains("Everybody signs in again."));
    company.server = Serving::start(company.folder.path(), HERE);
    for machine in &mut company.machines {
        let (status, _) = company.runtime.block_on(machine.send(&company.server, Fate::Arrives)).expect("no verdicts");
        assert_eq!(status, 401, "sessions end with the history");
    }
    company.sign_in_again();
    company.settle();
    company.assert_the_same_everywhere();
    for (n, machine) in company.machines.iter().enumerate() {
        assert_ne!(machine.device.saved().epoch, epoch);
        let commands = [before[n].0, acknowledged[n].0, unsent[n].0];
        company.assert_judged_once(machine, &commands);
        assert!([&before, &acknowledged, &unsent].iter().all(|opened| opened.iter().all(|(_, id)| machine.sees(*id))));
        assert!(lost.iter().all(|(_, id)| !machine.sees(*id)), "what came after the copy and was fetched is gone everywhere");
    }
}
