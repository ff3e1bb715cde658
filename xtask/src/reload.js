// While somebody edits (`cargo xtask watch`), an open page opens itself anew once the server has another one.
let shown;
setInterval(async () => {
  const asked = { method: "HEAD", cache: "no-store", headers: { accept: "text/html" } };
  const answer = await fetch("/", asked).catch(() => undefined);
  const tag = answer?.headers.get("etag");
  if (tag && shown && tag !== shown) location.reload();
  shown = tag ?? shown;
}, 500);
