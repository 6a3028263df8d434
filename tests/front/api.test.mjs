import assert from "node:assert/strict";
import { test } from "node:test";
import { createApi, Problem } from "../../addon_backend/panel/api.js";

/** A backend that answers from a script, and a clock that only moves when somebody sleeps. */
function backend(...answers) {
  const asked = [];
  const slept = [];
  let clock = 0;
  let tickets = 0;
  const api = createApi({
    language: "en",
    ticket: async () => ({ ticket: `ticket-${(tickets += 1)}`, expires_in: 600 }),
    now: () => clock,
    sleep: async (milliseconds) => {
      slept.push(milliseconds);
      clock += milliseconds;
    },
    fetch: async (path, init) => {
      asked.push({ path, method: init.method, headers: init.headers, body: init.body });
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      if (answer instanceof Error) throw answer;
      return answer();
    },
  });
  return { api, asked, slept, forward: (seconds) => (clock += seconds * 1000) };
}

const json = (body, status = 200, headers = {}) => () =>
  new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json", ...headers } });
const problem = (status, code, headers) => json({ code, title: "What happened.", detail: "What to do.", status }, status, headers);
const unchanged = () => new Response(null, { status: 304 });
const run = (version, state = "running") => json({ id: "r", version, state, fraction: 0 });

test("every call carries the ticket and the language, and no cookie", async () => {
  const { api, asked } = backend(json({ kinds: [] }));
  await api.catalogue();
  assert.equal(asked[0].headers.get("Authorization"), "Bearer ticket-1");
  assert.equal(asked[0].headers.get("Accept-Language"), "en");
});

test("a ticket is used until shortly before its end, then renewed", async () => {
  const { api, asked, forward } = backend(json({}));
  await api.me();
  forward(500);
  await api.me();
  forward(80);
  await api.me();
  assert.deepEqual(asked.map(({ headers }) => headers.get("Authorization")), ["Bearer ticket-1", "Bearer ticket-1", "Bearer ticket-2"]);
});

test("a ticket that the server no longer knows is renewed once, unseen by the person", async () => {
  const { api, asked } = backend(problem(401, "not_signed_in"), json({ ok: true }));
  assert.deepEqual(await api.me(), { ok: true });
  assert.equal(asked[1].headers.get("Authorization"), "Bearer ticket-2");
});

test("a person who is really signed out is told so, without a storm of calls", async () => {
  const { api, asked } = backend(problem(401, "not_signed_in"));
  await assert.rejects(api.me(), { code: "not_signed_in", status: 401 });
  assert.equal(asked.length, 2);
});

test("a problem keeps the server's two sentences", async () => {
  const { api } = backend(problem(409, "quote_expired"));
  await assert.rejects(api.start({}, "key-0001"), { code: "quote_expired", title: "What happened.", detail: "What to do." });
});

test("an answer that is no problem document is still a problem", async () => {
  const { api } = backend(() => new Response("<html>", { status: 500 }));
  await assert.rejects(api.report("r"), (error) => error instanceof Problem && error.code === "failed");
});

test("a lost answer to a start is asked again with the same key", async () => {
  const { api, asked } = backend(new TypeError("network"), json({ id: "r" }, 202));
  await api.start({ quote_id: "q" }, "key-0001");
  assert.deepEqual(asked.map(({ headers }) => headers.get("Idempotency-Key")), ["key-0001", "key-0001"]);
});

test("Continue is not repeated: it has no key", async () => {
  const { api, asked } = backend(new TypeError("network"));
  await assert.rejects(api.goOn("r", 5), { code: "offline" });
  assert.equal(asked.length, 1);
});

test("the server's Retry-After is kept", async () => {
  const { api, slept } = backend(problem(429, "too_many_requests", { "Retry-After": "7" }), json({}));
  await api.me();
  assert.deepEqual(slept, [7000]);
});

test("a run is followed by version until it is final", async () => {
  const { api, asked } = backend(run(3), unchanged, run(3), run(5), run(8, "finished"));
  const seen = [];
  await api.watch("r", ({ version }) => seen.push(version));
  assert.deepEqual(seen, [3, 5, 8]);
  assert.deepEqual(asked.map(({ path }) => Number(/since=(\d+)/.exec(path)[1])), [0, 3, 3, 3, 5]);
  assert.equal(asked[1].headers.get("If-None-Match"), '"3"');
});

test("a server without a free seat is asked again when it says", async () => {
  const busy = json({ id: "r", version: 1, state: "running" }, 200, { "Retry-After": "2" });
  const { api, slept } = backend(busy, run(2, "stopped"));
  await api.watch("r", () => {});
  assert.equal(slept[0], 2000);
});

test("while the backend is away a run is asked for ever more slowly, and the person is told and untold", async () => {
  const away = new TypeError("network");
  const { api, slept } = backend(away, away, away, run(2), run(3, "finished"));
  const told = [];
  await api.watch("r", () => {}, { onTrouble: (trouble) => told.push(trouble?.code ?? null) });
  assert.deepEqual(told, ["offline", "offline", "offline", null]);
  assert.ok(slept[0] < slept[1] && slept[1] < slept[2]);
});

test("a run that is not ours ends the following at once", async () => {
  const { api } = backend(problem(404, "not_found"));
  await assert.rejects(api.watch("r", () => {}), { code: "not_found" });
});

test("a quick empty answer does not become a busy loop", async () => {
  const { api, slept } = backend(unchanged, unchanged, run(1, "finished"));
  await api.watch("r", () => {});
  assert.ok(slept.slice(0, 2).every((milliseconds) => milliseconds >= 300));
});
