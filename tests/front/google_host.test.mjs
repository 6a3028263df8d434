import assert from "node:assert/strict";
import { test } from "node:test";
import { googleHost } from "../../addon_backend/panel/host/google.js";

const OWN = "https://panel.example";
const SIDEBAR = "https://n-abc-0lu-script.googleusercontent.com";
const SELECTED = { sheet: { host: "google", document: "b1", sheet: "7" }, range: "A1:D9", cell: "A1", hidden: [[2, 3]] };

/** The panel's window in a sidebar that answers by name. */
function inSidebar(answers, { query = {}, ancestors = undefined, reply = { ticket: "t", expires_in: 600 }, status = 200 } = {}) {
  const asked = [];
  const sent = [];
  const listeners = { message: [], focus: [], pointermove: [] };
  const own = {
    ...{ setTimeout, clearTimeout, navigator: { language: "en" }, location: { ancestorOrigins: ancestors } },
    addEventListener: (kind, listener) => listeners[kind]?.push(listener),
    removeEventListener: (kind, listener) => listeners[kind].splice(listeners[kind].indexOf(listener), 1),
    document: { hasFocus: () => false },
    fetch: async (path, init) => {
      sent.push({ path, ...init });
      return new Response(JSON.stringify(reply), { status });
    },
    parent: {
      async postMessage({ mark, call, id, values }, origin) {
        assert.equal(origin, SIDEBAR);
        asked.push([call, ...values]);
        const answer = answers[call](...values);
        listeners.message.forEach((listener) => listener({ source: own.parent, origin: SIDEBAR, data: { mark, reply: id, ...answer } }));
      },
    },
  };
  const host = googleHost(new URLSearchParams({ host: "google", parent: SIDEBAR, language: "fr", ...query }), own);
  return { host, asked, sent, listeners, own };
}

const value = (told) => () => ({ value: told });

test("the ticket is had for Google's token, without a cookie", async () => {
  const { host, sent } = inSidebar({ session: value({ id_token: "i" }) });
  assert.deepEqual(await host.ticket(), { ticket: "t", expires_in: 600 });
  assert.equal(sent[0].path, "/v1/google/session");
  assert.deepEqual(JSON.parse(sent[0].body), { id_token: "i", language: "fr" });
  assert.equal(sent[0].credentials, "omit");
  assert.ok(!new Headers(sent[0].headers).has("Authorization"));
});

test("a token that is refused is a problem in the server's words, and a server that is away one in ours", async () => {
  const answers = { session: value({ id_token: "i" }) };
  const refused = inSidebar(answers, { status: 403, reply: { code: "google_domain_unknown", title: "Not yet.", detail: "Ask." } });
  await assert.rejects(refused.host.ticket(), { code: "google_domain_unknown", title: "Not yet.", status: 403 });
  const away = inSidebar(answers);
  away.own.fetch = async () => {
    throw new TypeError("network");
  };
  await assert.rejects(googleHost(new URLSearchParams({ parent: SIDEBAR }), away.own).ticket(), { code: "offline" });
});

test("no token is asked for where the script runs as somebody else", async () => {
  const link = "https://docs.google.com/x";
  const { host, sent } = inSidebar({ session: () => ({ problem: { code: "wrong_account", facts: { script: "x" }, link } }) });
  await assert.rejects(host.ticket(), { code: "wrong_account", facts: { script: "x" }, link });
  assert.deepEqual(sent, []);
});

test("a way out leads to a web page or nowhere", async () => {
  const { host } = inSidebar({ readSelection: () => ({ problem: { code: "wrong_account", link: "javascript:alert(1)" } }) });
  await assert.rejects(host.getSelection(), { code: "wrong_account", link: "" });
});

test("two looks at once are one call", async () => {
  const { host, asked } = inSidebar({ readSelection: value(SELECTED) });
  await Promise.all([host.getSelection(), host.getSelection()]);
  assert.equal(asked.length, 1);
});

test("a table is read from the sheet of the selection, with its hidden rows", async () => {
  const { host, asked } = inSidebar({ readSelection: value(SELECTED), readTable: value({ top: 4 }) });
  await host.getSelection();
  assert.deepEqual(await host.readTable("A5:D9"), { top: 4 });
  assert.deepEqual(asked[1], ["readTable", "7", "A5:D9", [[2, 3]]]);
});

test("rows shown by the panel leave the selection as it was, but for the cell", async () => {
  let now = SELECTED;
  const { host, asked } = inSidebar({ readSelection: () => ({ value: now }), showRows: value(["A4:D4"]) });
  await host.getSelection();
  await host.showRows([4]);
  now = { shown: "A4" };
  assert.deepEqual(await host.getSelection(), { ...SELECTED, cell: "A4" });
  assert.deepEqual(asked.slice(1), [["showRows", "7", [4]], ["readSelection", ["A4:D4"]]]);
  now = { ...SELECTED, range: "B2:C3" };
  assert.equal((await host.getSelection()).range, "B2:C3");
  await host.getSelection();
  assert.deepEqual(asked.at(-1), ["readSelection", []]);
});

test("a typed range stands for the selection until it is taken back", async () => {
  const { host, asked } = inSidebar({ readSelection: value(SELECTED), readTyped: value({ ...SELECTED, range: "A2:C5" }) });
  host.useRange("Sheet1!A2:C500");
  assert.equal((await host.getSelection()).range, "A2:C5");
  assert.deepEqual(asked, [["readTyped", "Sheet1!A2:C500"]]);
  host.useRange("");
  assert.equal((await host.getSelection()).range, "A1:D9");
});

test("coming back to the panel is a reason to look, but not more often than every two seconds", (context) => {
  context.mock.timers.enable({ apis: ["Date"], now: 10_000 });
  const { host, listeners, own } = inSidebar({});
  let looks = 0;
  const stop = host.onSelectionChange(() => (looks += 1));
  listeners.focus[0]();
  listeners.pointermove[0]();
  assert.equal(looks, 1);
  context.mock.timers.setTime(12_500);
  listeners.pointermove[0]();
  assert.equal(looks, 2);
  context.mock.timers.setTime(15_000);
  own.document.hasFocus = () => true;
  listeners.pointermove[0]();
  assert.equal(looks, 2, "her sheet has not had the focus meanwhile");
  stop();
  assert.deepEqual([listeners.focus, listeners.pointermove], [[], []]);
});

test("a panel that nobody frames, or another than who says so, does not open", () => {
  assert.throws(() => inSidebar({}, { query: { parent: "" } }), { code: "host_cannot" });
  assert.throws(() => inSidebar({}, { query: { parent: `${SIDEBAR}/path` } }), { code: "host_cannot" });
  assert.throws(() => inSidebar({}, { ancestors: ["https://evil.example"] }), { code: "host_cannot" });
  assert.ok(inSidebar({}, { ancestors: [SIDEBAR, "https://docs.google.com"] }));
});
