// What a device keeps, in IndexedDB, and how its tabs agree: the few calls that Rust needs, one crossing each.
//
// Stores: `base` holds confirmed rows as text chunks in the order in which they are to be read (snapshot first,
// later changes after it), `pending` and `refused` hold commands by their id, `meta` the cursors and the next number.

const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});
const ended = (tx) => new Promise((resolve, reject) => {
  tx.oncomplete = () => resolve();
  tx.onabort = () => reject(tx.error ?? new DOMException("aborted", "AbortError"));
});

export class Store {
  constructor(db) {
    this.db = db;
  }

  static async open(name) {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => {
      const db = request.result;
      db.createObjectStore("base", { autoIncrement: true });
      db.createObjectStore("pending");
      db.createObjectStore("refused");
      db.createObjectStore("meta");
    };
    const db = await done(request);
    // Another tab signed out: it may delete the database.
    db.onversionchange = () => db.close();
    navigator.storage?.persist?.().catch(() => {});
    return new Store(db);
  }

  static destroy(name) {
    return new Promise((resolve) => {
      const request = indexedDB.deleteDatabase(name);
      request.onsuccess = request.onerror = request.onblocked = () => resolve();
    });
  }

  begin(mode) {
    return this.db.transaction(["base", "pending", "refused", "meta"], mode, { durability: "strict" });
  }

  // → [saved or undefined, base chunks, pending, refused]
  async load() {
    const tx = this.begin("readonly");
    const store = (name) => tx.objectStore(name);
    return Promise.all([
      done(store("meta").get("saved")), done(store("base").getAll()), done(store("pending").getAll()), done(store("refused").getAll()),
    ]);
  }

  async saved() {
    return done(this.begin("readonly").objectStore("meta").get("saved"));
  }

  // One completed pull, in one transaction. `fold` replaces everything kept before by `chunks`.
  async commit(saved, chunks, fold, settled, refusedIds, refused) {
    const tx = this.begin("readwrite");
    const base = tx.objectStore("base");
    if (fold) base.clear();
    for (const chunk of chunks) base.add(chunk);
    for (const id of settled) tx.objectStore("pending").delete(id);
    refusedIds.forEach((id, i) => tx.objectStore("refused").put(refused[i], id));
    tx.objectStore("meta").put(saved, "saved");
    await ended(tx);
  }

  // A command gets the next number in the transaction that keeps it, so no two tabs give the same one.
  async append(id, command) {
    const tx = this.begin("readwrite");
    const meta = tx.objectStore("meta");
    const mid = ((await done(meta.get("mid"))) ?? 0) + 1;
    meta.put(mid, "mid");
    tx.objectStore("pending").put([mid, command], id);
    await ended(tx);
    return mid;
  }

  // Commands with their numbers, of all tabs.
  async pending() {
    return done(this.begin("readonly").objectStore("pending").getAll());
  }

  // The same commands as another client, numbered from 1: in the order given, then what other tabs have kept meanwhile.
  async renumber(saved, ids) {
    const tx = this.begin("readwrite");
    const pending = tx.objectStore("pending");
    const [keys, commands] = await Promise.all([done(pending.getAllKeys()), done(pending.getAll())]);
    const kept = new Map(keys.map((id, i) => [id, commands[i]]));
    const rest = keys.filter((id) => !ids.includes(id)).sort((a, b) => kept.get(a)[0] - kept.get(b)[0]);
    const order = [...ids.filter((id) => kept.has(id)), ...rest];
    for (const [i, id] of order.entries()) pending.put([i + 1, kept.get(id)[1]], id);
    tx.objectStore("meta").put(order.length, "mid");
    tx.objectStore("meta").put(saved, "saved");
    await ended(tx);
  }

  async forget_refused(id) {
    const tx = this.begin("readwrite");
    tx.objectStore("refused").delete(id);
    await ended(tx);
  }

  close() {
    this.db.close();
  }
}

// Waits for the lead over all tabs of this user; it is kept until `release` is called or the tab ends.
export async function lead(name) {
  if (!navigator.locks) return () => {};
  return new Promise((resolve) => {
    navigator.locks.request(name, () => new Promise((release) => resolve(release)));
  });
}

export class Tabs {
  constructor(name, hear) {
    this.channel = new BroadcastChannel(name);
    this.channel.onmessage = (event) => hear(event.data);
  }
  tell(text) {
    this.channel.postMessage(text);
  }
  close() {
    this.channel.close();
  }
}
