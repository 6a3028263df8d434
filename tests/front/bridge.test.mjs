import assert from "node:assert/strict";
import { test } from "node:test";
import { answerTo, callTo } from "../../addon_backend/panel/host/bridge.js";
import { Problem } from "../../addon_backend/panel/api.js";

const ORIGIN = "https://panel.example";

/** Two windows that speak as browsers let them: a message says who sent it, and reaches one origin only. */
function windows() {
  const make = (origin) => {
    const own = new EventTarget();
    const listeners = [];
    return Object.assign(own, { origin, setTimeout, clearTimeout, addEventListener: (_, listener) => listeners.push(listener), listeners });
  };
  const page = make(ORIGIN);
  const panel = make(ORIGIN);
  const deliver = (to, from, data, origin = from.origin) => to.listeners.forEach((listener) => listener({ data, origin, source: from }));
  const towards = (to, from) => ({ postMessage: (data, origin) => origin === to.origin && queueMicrotask(() => deliver(to, handles.get(from), structuredClone(data), from.origin)) });
  const handles = new Map();
  const pageHandle = towards(page, panel);
  const panelHandle = towards(panel, page);
  handles.set(page, pageHandle).set(panel, panelHandle);
  return { page, panel, pageHandle, panelHandle, deliver };
}

function joined(answers) {
  const { page, panel, pageHandle, panelHandle, deliver } = windows();
  const host = answerTo({ window: panelHandle, origin: ORIGIN }, answers, page);
  const guest = callTo({ window: pageHandle, origin: ORIGIN }, panel);
  return { host, guest, page, panel, pageHandle, panelHandle, deliver };
}

test("a call comes back with its value", async () => {
  const { guest } = joined({ double: (number) => number * 2 });
  assert.equal(await guest.call("double", 21), 42);
});

test("only listed functions can be called, inherited ones cannot", async () => {
  const { guest } = joined({ listed: () => true });
  await assert.rejects(guest.call("other"), { code: "host_cannot" });
  await assert.rejects(guest.call("toString"), { code: "host_cannot" });
});

test("a problem crosses with its code, an accident without its text", async () => {
  const { guest } = joined({
    refuse: () => {
      throw new Problem("selection_empty", { title: "Nothing is selected." });
    },
    break: () => {
      throw new Error("secret");
    },
  });
  await assert.rejects(guest.call("refuse"), { code: "selection_empty", title: "Nothing is selected." });
  await assert.rejects(guest.call("break"), (error) => error.code === "failed" && !error.message.includes("secret"));
});

test("an event reaches who listens, until she stops", async () => {
  const { host, guest } = joined({ ping: () => true });
  const seen = [];
  const stop = guest.on("selection", (value) => seen.push(value));
  host.tell("selection", 1);
  await guest.call("ping");
  stop();
  host.tell("selection", 2);
  await guest.call("ping");
  assert.deepEqual(seen, [1]);
});

test("another window and another origin are not answered", async () => {
  let calls = 0;
  const { page, panelHandle, deliver } = joined({ count: () => (calls += 1) });
  const data = { mark: "enrich-panel/1", call: "count", id: 1, values: [] };
  deliver(page, panelHandle, data, "https://evil.example");
  deliver(page, { postMessage() {} }, data, ORIGIN);
  deliver(page, panelHandle, { ...data, mark: "other" }, ORIGIN);
  await Promise.resolve();
  assert.equal(calls, 0);
  deliver(page, panelHandle, data, ORIGIN);
  await Promise.resolve();
  assert.equal(calls, 1);
});
