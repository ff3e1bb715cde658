// Where the application's chunks come from: out of a pack, if one was fetched, else each by its own address.

const folder = new URL(".", import.meta.url);
const unpacked = new Map();

const compiled = (bytes) => new Response(bytes, { headers: { "content-type": "application/wasm" } });

/** Fetches a pack, whose parts (name, length) are there as soon as their last byte is. */
export function unpack(pack, parts) {
  const waiting = parts.map(([name, length]) => {
    let take, fail;
    unpacked.set(name, new Promise((resolve, reject) => ([take, fail] = [resolve, reject])));
    // Whoever asks for a part that did not come fetches it by itself.
    unpacked.get(name).catch(() => {});
    return { left: length, pieces: [], take, fail };
  });
  read(pack, [...waiting]).catch((error) => waiting.forEach((part) => part.fail(error)));
}

async function read(pack, waiting) {
  const answer = await fetch(new URL(pack, folder));
  if (!answer.ok) throw new Error(`${pack}: ${answer.status}`);
  const reader = answer.body.getReader();
  for (let got = await reader.read(); !got.done; got = await reader.read()) {
    for (let bytes = got.value; bytes.length > 0 && waiting.length > 0; ) {
      const part = waiting[0];
      const own = bytes.subarray(0, part.left);
      bytes = bytes.subarray(own.length);
      part.pieces.push(own);
      part.left -= own.length;
      if (part.left === 0) waiting.shift().take(new Blob(part.pieces));
    }
  }
  if (waiting.length > 0) throw new Error(`${pack}: cut off`);
}

/** A chunk, for the script that loads them. */
export async function part(name) {
  const own = unpacked.get(name);
  unpacked.delete(name);
  const bytes = await own?.catch(() => undefined);
  return bytes ? compiled(bytes) : fetch(new URL(name, folder));
}
