//! Push, pull and grants as a small model, searched exhaustively: three rows in two scopes, two devices of one user, whose access
//! to one scope comes and goes. Simulation plays long histories of the real device; this looks at every short one.

use crate::testing::is_full;
use stateright::{Checker, HasDiscoveries, Model, Property};
use std::collections::{BTreeMap, BTreeSet};

const ROWS: u8 = 3;
const DEVICES: usize = 2;
/// Changes of the grant in one history.
const TURNS: u8 = 2;
/// Within so many pages everybody has everything, once nothing more happens.
const PATIENCE: usize = 16;

/// `Always` is granted; `Sometimes` comes and goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Scope {
    Always,
    Sometimes,
}

/// One rule of the protocol left out, to show that the search notices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sabotage {
    /// A number that was done is done again.
    NoDedupe,
    /// A pending command leaves with the answer to its push.
    SettledByPush,
    /// A row that left a scope leaves no trace there.
    NoTombstone,
    /// Whether a scope must begin anew is judged by how far it came, not by since when it is complete.
    ExpiryByCursor,
    /// What was pruned is not missed.
    NoHorizon,
    /// A scope that is lost is not taken away.
    NoDrop,
}

impl Sabotage {
    const ALL: [Self; 6] = [Self::NoDedupe, Self::SettledByPush, Self::NoTombstone, Self::ExpiryByCursor, Self::NoHorizon, Self::NoDrop];
}

/// Puts a row into a scope: device, number, row, scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Command {
    device: usize,
    mid: u8,
    row: u8,
    home: Scope,
}

/// Rows: where each is, and how many commands had been done when it was last written.
type Rows = BTreeMap<u8, (Scope, u8)>;
/// Rows as a device has them: through which scopes, and as of when.
type Held = BTreeMap<u8, (BTreeSet<Scope>, u8)>;
/// How far a device has each scope, and since when completely.
type Cursors = BTreeMap<Scope, (u8, u8)>;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Server {
    rows: Rows,
    /// What was done, in its order.
    done: Vec<Command>,
    last_mid: [u8; DEVICES],
    /// The index of scopes: when a row last changed there, and whether it is there.
    index: BTreeMap<(Scope, u8), (u8, bool)>,
    granted: BTreeSet<Scope>,
    horizon: u8,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
struct Device {
    held: Held,
    cursors: Cursors,
    pending: Vec<Command>,
    /// Heard from the server, in memory only.
    acked: u8,
    made: u8,
    /// Pages of a pull that is not complete, in memory only.
    staged: Option<(Held, Cursors)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct State {
    server: Server,
    devices: [Device; DEVICES],
    /// A push that its device has given up, and that may arrive yet.
    late: Option<Vec<Command>>,
    turns: u8,
    pruned: bool,
    broken: Option<&'static str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Action {
    Make(usize, u8, Scope),
    Push { device: usize, heard: bool },
    GiveUpPush(usize),
    Arrive,
    Pull { device: usize, heard: bool },
    Restart(usize),
    Turn,
    Prune,
}

impl Server {
    fn head(&self) -> u8 {
        u8::try_from(self.done.len()).unwrap_or(u8::MAX)
    }

    fn take(&mut self, commands: &[Command], sabotage: Option<Sabotage>) {
        for command in commands {
            let last = &mut self.last_mid[command.device];
            let again = sabotage == Some(Sabotage::NoDedupe) && command.mid <= *last;
            if command.mid != *last + 1 && !again {
                continue;
            }
            *last = command.mid.max(*last);
            self.done.push(*command);
            let head = self.head();
            let left = self.rows.insert(command.row, (command.home, head)).map(|(home, _)| home).filter(|home| *home != command.home);
            if let Some(left) = left {
                if sabotage == Some(Sabotage::NoTombstone) {
                    self.index.remove(&(left, command.row));
                } else {
                    self.index.insert((left, command.row), (head, false));
                }
            }
            self.index.insert((command.home, command.row), (head, true));
        }
    }

    /// One page, with room for one change.
    fn page(&self, cursors: &Cursors, sabotage: Option<Sabotage>) -> Page {
        let head = self.head();
        let mut page = Page { head, ..Page::default() };
        if sabotage != Some(Sabotage::NoDrop) {
            page.taken.extend(cursors.keys().filter(|scope| !self.granted.contains(scope)));
        }
        let mut room = 1;
        for scope in &self.granted {
            let (cursor, since) = cursors.get(scope).copied().unwrap_or((0, head));
            let judged = if sabotage == Some(Sabotage::ExpiryByCursor) { cursor } else { since };
            let serves = judged >= self.horizon || sabotage == Some(Sabotage::NoHorizon);
            let (cursor, since) = if serves { (cursor, since) } else { (0, head) };
            if !serves {
                page.taken.insert(*scope);
            }
            let mut changes: Vec<_> = self.index.iter().filter(|((at, _), (seq, _))| at == scope && *seq > cursor).collect();
            changes.sort_by_key(|(_, (seq, _))| *seq);
            let (mut whole, mut came) = (true, cursor);
            for ((_, row), (seq, is_there)) in changes {
                if room == 0 {
                    whole = false;
                    break;
                }
                came = *seq;
                if *is_there {
                    page.rows.push((*scope, *row, self.rows.get(row).map_or(0, |(_, at)| *at)));
                    room -= 1;
                } else if *seq > since {
                    page.gone.push((*scope, *row));
                    room -= 1;
                }
            }
            page.cursors.insert(*scope, if whole { (head, head) } else { (came, since) });
        }
        page
    }

    /// What a device that has everything holds.
    fn visible(&self) -> Held {
        let granted = self.rows.iter().filter(|(_, (home, _))| self.granted.contains(home));
        granted.map(|(row, (home, at))| (*row, (BTreeSet::from([*home]), *at))).collect()
    }
}

#[derive(Default)]
struct Page {
    head: u8,
    /// Scopes that are no longer granted, or begin anew.
    taken: BTreeSet<Scope>,
    rows: Vec<(Scope, u8, u8)>,
    gone: Vec<(Scope, u8)>,
    cursors: Cursors,
}

impl Device {
    fn unacked(&self) -> Vec<Command> {
        self.pending.iter().filter(|command| command.mid > self.acked).copied().collect()
    }

    /// Takes a page up; true when the pull is complete.
    fn take(&mut self, page: &Page, last_mid: u8) -> bool {
        let (mut held, _) = self.staged.take().unwrap_or_else(|| (self.held.clone(), self.cursors.clone()));
        for (scopes, _) in held.values_mut() {
            scopes.retain(|scope| !page.taken.contains(scope));
        }
        for (scope, row) in &page.gone {
            if let Some((scopes, _)) = held.get_mut(row) {
                scopes.remove(scope);
            }
        }
        for (scope, row, at) in &page.rows {
            let (scopes, kept) = held.entry(*row).or_default();
            scopes.insert(*scope);
            *kept = *at;
        }
        if page.cursors.values().any(|cursor| *cursor != (page.head, page.head)) {
            self.staged = Some((held, page.cursors.clone()));
            return false;
        }
        held.retain(|_, (scopes, _)| !scopes.is_empty());
        self.held = held;
        self.cursors = page.cursors.clone();
        let judged = last_mid.min(self.acked);
        self.pending.retain(|command| command.mid > judged);
        true
    }
}

impl State {
    fn push(&mut self, device: usize, heard: bool, sabotage: Option<Sabotage>) {
        let commands = self.devices[device].unacked();
        self.server.take(&commands, sabotage);
        if heard {
            let device = &mut self.devices[device];
            device.acked = commands.last().map_or(device.acked, |command| command.mid);
            if sabotage == Some(Sabotage::SettledByPush) {
                device.pending.retain(|command| command.mid > device.acked);
            }
        }
        self.look();
    }

    fn pull(&mut self, device: usize, heard: bool, sabotage: Option<Sabotage>) -> bool {
        let Self { server, devices, .. } = self;
        if !heard {
            devices[device].staged = None;
            return false;
        }
        let cursors = devices[device].staged.as_ref().map_or(&devices[device].cursors, |(_, cursors)| cursors);
        let page = server.page(cursors, sabotage);
        let last_mid = server.last_mid[device];
        let done = devices[device].take(&page, last_mid);
        if done && devices[device].held != server.visible() {
            self.broken = Some("a complete pull shows what is there");
        }
        self.look();
        done
    }

    /// What must hold at any moment.
    fn look(&mut self) {
        let done = &self.server.done;
        for (n, device) in self.devices.iter().enumerate() {
            for mid in 1..=device.made {
                let times = done.iter().filter(|command| (command.device, command.mid) == (n, mid)).count();
                let pending = device.pending.iter().any(|command| command.mid == mid);
                // Its author sees it from the moment it is made: over what is there, or in what is there.
                let at = done.iter().position(|command| (command.device, command.mid) == (n, mid));
                let shown = at.is_some_and(|at| device.cursors.values().all(|(cursor, _)| usize::from(*cursor) > at));
                match times {
                    2.. => self.broken = Some("nothing is done twice"),
                    0 if !pending => self.broken = Some("nothing is lost"),
                    1 if !pending && !shown => self.broken = Some("nothing flickers"),
                    _ => {}
                }
            }
        }
    }

    /// Whether everybody comes to hold what is there, once nothing more happens.
    fn comes_to_rest(&self, sabotage: Option<Sabotage>) -> bool {
        let mut rest = self.clone();
        (0..DEVICES).all(|device| {
            rest.push(device, true, sabotage);
            (0..PATIENCE).any(|_| rest.pull(device, true, sabotage)) && rest.devices[device].pending.is_empty() && rest.broken.is_none()
        })
    }
}

struct Protocol {
    /// Commands in one history, whosever they are.
    commands: u8,
    sabotage: Option<Sabotage>,
}

impl Model for Protocol {
    type State = State;
    type Action = Action;

    fn init_states(&self) -> Vec<State> {
        let mut server = Server {
            rows: Rows::new(),
            done: Vec::new(),
            last_mid: [0; DEVICES],
            index: BTreeMap::new(),
            granted: [Scope::Always, Scope::Sometimes].into(),
            horizon: 0,
        };
        // A row that nobody here has made.
        server.done.push(Command { device: DEVICES, mid: 1, row: 0, home: Scope::Sometimes });
        server.rows.insert(0, (Scope::Sometimes, 1));
        server.index.insert((Scope::Sometimes, 0), (1, true));
        let devices = std::array::from_fn(|_| Device::default());
        vec![State { server, devices, late: None, turns: 0, pruned: false, broken: None }]
    }

    fn actions(&self, state: &State, actions: &mut Vec<Action>) {
        let made: u8 = state.devices.iter().map(|device| device.made).sum();
        for (device, is) in state.devices.iter().enumerate() {
            if made < self.commands {
                // Each device moves the row that is there, and makes one of its own.
                let own = u8::try_from(device + 1).unwrap_or(ROWS) % ROWS;
                actions.extend([(0, Scope::Always), (own, Scope::Sometimes)].map(|(row, home)| Action::Make(device, row, home)));
            }
            if !is.unacked().is_empty() {
                actions.extend([true, false].map(|heard| Action::Push { device, heard }));
                actions.extend(state.late.is_none().then_some(Action::GiveUpPush(device)));
            }
            actions.extend([true, false].map(|heard| Action::Pull { device, heard }));
            actions.push(Action::Restart(device));
        }
        actions.extend(state.late.is_some().then_some(Action::Arrive));
        if state.turns < TURNS {
            actions.push(Action::Turn);
        }
        if !state.pruned {
            actions.push(Action::Prune);
        }
    }

    fn next_state(&self, last: &State, action: Action) -> Option<State> {
        let mut state = last.clone();
        match action {
            Action::Make(n, row, home) => {
                let device = &mut state.devices[n];
                device.made += 1;
                device.pending.push(Command { device: n, mid: device.made, row, home });
            }
            Action::Push { device, heard } => state.push(device, heard, self.sabotage),
            Action::GiveUpPush(device) => state.late = Some(state.devices[device].unacked()),
            Action::Arrive => {
                state.server.take(&state.late.take()?, self.sabotage);
                state.look();
            }
            Action::Pull { device, heard } => _ = state.pull(device, heard, self.sabotage),
            Action::Restart(device) => {
                let device = &mut state.devices[device];
                device.acked = device.pending.first().map_or(device.made, |command| command.mid - 1);
                device.staged = None;
            }
            Action::Turn => {
                state.turns += 1;
                if !state.server.granted.remove(&Scope::Sometimes) {
                    state.server.granted.insert(Scope::Sometimes);
                }
            }
            Action::Prune => {
                state.pruned = true;
                state.server.horizon = state.server.head();
                state.server.index.retain(|_, (_, is_there)| *is_there);
            }
        }
        (state != *last).then_some(state)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always("no rule is broken", |_, state: &State| state.broken.is_none()),
            Property::always("everybody comes to rest", |model: &Self, state: &State| state.comes_to_rest(model.sabotage)),
        ]
    }
}

/// All histories of two commands, or of three in `prove`; every one is looked at.
#[test]
fn whatever_comes_in_whatever_order_the_protocol_holds() {
    let model = Protocol { commands: if is_full() { 3 } else { 2 }, sabotage: None };
    let checker = model.checker().threads(2).spawn_bfs().join();
    eprintln!("{} states, {} of them different, {} steps deep", checker.state_count(), checker.unique_state_count(), checker.max_depth());
    checker.assert_properties();
}

#[test]
fn every_rule_of_the_protocol_is_needed() {
    for sabotage in Sabotage::ALL {
        let model = Protocol { commands: 2, sabotage: Some(sabotage) };
        let checker = model.checker().threads(2).finish_when(HasDiscoveries::Any).spawn_bfs().join();
        let found = checker.discoveries();
        assert!(!found.is_empty(), "{sabotage:?} went unnoticed in {} states", checker.unique_state_count());
        for (property, path) in found {
            eprintln!("{sabotage:?}: {property}, after {:?}", path.into_actions());
        }
    }
}
