import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

const text = await readFile(new URL("../../manifest/google/Sidebar.html", import.meta.url), "utf8");
const code = /<script>(.*?)<\/script>/s.exec(text)[1];
const PANEL = "https://panel.example";
const OWN = "https://n-abc-0lu-script.googleusercontent.com";

/** The sidebar's page with a panel in its frame; `answers` are the functions of the script. */
function sidebar(answers = {}) {
  const replies = [];
  const asked = [];
  const timers = new Map();
  const panel = { postMessage: (data, origin) => replies.push({ data, origin }) };
  const element = () => Object.assign(new EventTarget(), { hidden: false });
  const elements = { panel: Object.assign(element(), { contentWindow: panel, src: "" }), silent: element(), again: element() };
  const dataset = { panel: PANEL, wish: "open", language: "fr", account: "zoe@work.example", address: "https://docs.google.com/spreadsheets/d/b1/edit" };
  const listeners = [];
  const runner = (done, failed) =>
    new Proxy({}, {
      get: (_, name) => {
        if (name === "withSuccessHandler") return (handler) => runner(handler, failed);
        if (name === "withFailureHandler") return (handler) => runner(done, handler);
        return (...values) => {
          asked.push([name, ...values]);
          try {
            done({ account: "zoe@work.example", ...answers[name]?.(...values) });
          } catch (error) {
            failed(error);
          }
        };
      },
    });
  const page = {
    window: { origin: OWN, addEventListener: (_, listener) => listeners.push(listener) },
    document: { body: { dataset }, getElementById: (id) => elements[id] },
    google: { script: { run: runner() } },
    setTimeout: (work) => (timers.set(timers.size + 1, work), timers.size),
    clearTimeout: (id) => timers.delete(id),
  };
  new Function(...Object.keys(page), code)(...Object.values(page));
  const hear = (data, source = panel, origin = PANEL) => Promise.all(listeners.map((listener) => listener({ data, source, origin })));
  const ask = async (call, ...values) => {
    await hear({ mark: "enrich-panel/1", call, id: 5, values });
    return replies.at(-1)?.data;
  };
  return { ask, hear, asked, replies, elements, timers };
}

test("the panel is told who frames it, in which language, and what was pressed", () => {
  const { elements } = sidebar();
  const address = new URL(elements.panel.src);
  assert.equal(address.origin + address.pathname, `${PANEL}/panel`);
  assert.deepEqual(Object.fromEntries(address.searchParams), { host: "google", parent: OWN, language: "fr", wish: "open" });
});

test("a listed call reaches the script, and its answer the panel's origin only", async () => {
  const { ask, asked, replies } = sidebar({ readTable: () => ({ value: { top: 0 } }) });
  assert.deepEqual(await ask("readTable", "7", "A1:B2", []), { mark: "enrich-panel/1", reply: 5, value: { top: 0 } });
  assert.deepEqual(asked, [["readTable", "7", "A1:B2", []]]);
  assert.equal(replies[0].origin, PANEL);
});

test("what is not listed is not called", async () => {
  const { ask, asked } = sidebar();
  for (const name of ["openPanel", "onInstall", "withSuccessHandler", "toString", "__proto__"]) {
    assert.equal((await ask(name)).problem.code, "host_cannot");
  }
  assert.deepEqual(asked, []);
});

test("another window, another origin and another mark are not heard", async () => {
  const { hear, asked, replies } = sidebar();
  const data = { mark: "enrich-panel/1", call: "session", id: 1, values: [] };
  await hear(data, { postMessage() {} });
  await hear(data, undefined, "https://evil.example");
  await hear(data, undefined, "null");
  await hear({ ...data, mark: "x" });
  await hear(null);
  assert.deepEqual([asked, replies], [[], []]);
});

test("a refusal of the script is a problem by its code, an accident keeps its words to itself", async () => {
  const { ask } = sidebar({
    readSelection: () => ({ problem: "selection_parts" }),
    showRows: () => {
      throw new Error("secret");
    },
  });
  assert.deepEqual((await ask("readSelection")).problem, { code: "selection_parts" });
  assert.deepEqual((await ask("showRows")).problem, { code: "failed" });
});

test("another account than the menu's is told, with the sheet opened as that one for a way out", async () => {
  const { ask } = sidebar({ session: () => ({ account: "zoe@home.example", value: { id_token: "of somebody else" } }) });
  const answer = await ask("session");
  assert.equal(answer.value, undefined);
  assert.deepEqual(answer.problem, {
    code: "wrong_account",
    facts: { sheet: "zoe@work.example", script: "zoe@home.example" },
    link: "https://docs.google.com/spreadsheets/d/b1/edit?authuser=zoe%40home.example",
  });
});

test("an account without right to the file is told, although it cannot say its name", async () => {
  const { ask } = sidebar({
    readSelection: () => {
      throw new Error("We're sorry, a server error occurred while reading from storage. Error code PERMISSION_DENIED.");
    },
  });
  const { code, link } = (await ask("readSelection")).problem;
  assert.deepEqual([code, link], ["other_account", "https://docs.google.com/spreadsheets/d/b1/edit?authuser=0"]);
});

test("a panel that stays silent is told of, and can be tried again; one that speaks is left in peace", async () => {
  const { ask, elements, timers } = sidebar();
  [...timers.values()].forEach((late) => late());
  assert.deepEqual([elements.panel.hidden, elements.silent.hidden], [true, false]);
  elements.again.dispatchEvent(new Event("click"));
  assert.deepEqual([elements.panel.hidden, elements.silent.hidden], [false, true]);
  await ask("session");
  assert.equal(timers.size, 0);
});
