import assert from "node:assert/strict";
import { test } from "node:test";
import { Problem } from "../../addon_backend/panel/api.js";
import { consent } from "../../addon_backend/panel/consent.js";

/** A person at Google: `rounds` are what the service says each time it is asked whether she agreed. */
function person(...rounds) {
  const seen = [];
  let state = { asking: null, view: "start", problem: null, selection: { sheet: { document: "d1" } }, run: null };
  let addresses = 0;
  let went = 0;
  const parts = {
    host: { consents: true, chooseFile: async () => {} },
    busy: (_, work) => work(),
    words: { t: (key) => key },
    state: () => state,
    set: (change) => {
      state = { ...state, ...change };
      if (change.asking) seen.push(change.asking);
    },
    api: {
      async consent(document) {
        assert.equal(document, "d1");
        const answer = rounds.length > 1 ? rounds.shift() : rounds[0];
        if (answer instanceof Error) throw answer;
        return answer;
      },
      endConsent: async () => ended,
      askConsent: async () => ({ address: `https://panel.example/${(addresses += 1)}`, expires_in: 60 }),
    },
    sleep: async () => during(),
  };
  let during = () => {};
  let ended = { connected: false, scopes: [], problem: null };
  return { parts, seen, state: () => state, went: () => went, goOn: () => void (went += 1), meanwhile: (work) => (during = work), says: (problem) => (ended = { ...ended, problem }) };
}

const yes = { connected: true, scopes: [], problem: null, opens: true };
const no = { connected: false, scopes: [], problem: null, opens: null };
const closed = { ...yes, opens: false };
const settled = () => new Promise((done) => setTimeout(done, 5));

test("who has agreed before is not asked, and elsewhere than at Google nobody is", async () => {
  const { parts, seen } = person(yes);
  assert.equal(await consent(parts).agreed(() => {}), true);
  const unasked = person(new Error("not called"));
  assert.equal(await consent({ ...unasked.parts, host: {} }).agreed(() => {}), true);
  assert.deepEqual(seen, []);
});

test("she is asked once, and the run she pressed for goes on when she has agreed", async () => {
  const { parts, seen, state, went, goOn } = person(no, no, no, yes);
  assert.equal(await consent(parts).agreed(goOn), false);
  assert.deepEqual([seen, went()], [[{ address: "https://panel.example/1", problem: null, view: "start", choosing: false }], 0]);
  await settled();
  assert.deepEqual([went(), state().asking], [1, null]);
});

test("a consent with a box left out is told, with a fresh address", async () => {
  const problem = { code: "unticked_drive_file", title: "A box was left out.", detail: "Tick it." };
  const { parts, seen, went, goOn } = person(no, { ...no, problem }, { ...no, problem: { ...problem } }, yes);
  await consent(parts).agreed(goOn);
  await settled();
  assert.deepEqual(seen.at(-1), { address: "https://panel.example/2", problem, view: "start", choosing: false });
  assert.equal(went(), 1);
});

test("a file that Google opens only when it is chosen is chosen before the run", async () => {
  const { parts, seen, went, goOn } = person(no, closed, closed, yes);
  await consent(parts).agreed(goOn);
  await settled();
  assert.deepEqual(seen.map(({ choosing }) => choosing), [false, true]);
  assert.equal(went(), 1);
});

test("who has agreed, and is in another file, chooses it; where nobody can say, the run will tell", async () => {
  const { parts, seen, went, goOn } = person(closed, yes);
  assert.equal(await consent(parts).agreed(goOn), false);
  assert.deepEqual([seen[0].choosing, seen[0].address], [true, ""]);
  await settled();
  assert.equal(went(), 1);
  assert.equal(await consent(person({ ...yes, opens: null }).parts).agreed(goOn), true);
});

test("who loses her consent while she is to choose the file is asked again, at once", async () => {
  const problem = { code: "consent_needed", title: "Google has ended our access.", detail: "Connect again." };
  const { parts, seen, went, goOn } = person(closed, { ...no, problem }, yes);
  await consent(parts).agreed(goOn);
  await settled();
  assert.deepEqual(seen.at(-1), { address: "https://panel.example/1", problem, view: "start", choosing: false });
  assert.equal(went(), 1);
});

test("an address that would end is renewed", async () => {
  const { parts, seen, goOn } = person(...Array.from({ length: 30 }, () => no), yes);
  await consent(parts).agreed(goOn);
  await settled();
  assert.deepEqual(seen.map(({ address }) => address.at(-1)), ["1", "2"]);
});

test("who says not now, or looks at something else, is left in peace", async () => {
  for (const change of [{ asking: null }, { view: "history" }]) {
    const { parts, went, goOn, meanwhile } = person(no, yes);
    meanwhile(() => parts.set(change));
    await consent(parts).agreed(goOn);
    await settled();
    assert.equal(went(), 0);
    assert.equal(parts.state().asking, null);
  }
});

test("she can end it; that Google did not confirm it is told", async () => {
  const { parts, state, says } = person(yes);
  await consent(parts).acts.endConsent();
  assert.deepEqual([state().consentEnded, state().announcement], [true, "consent.ended"]);
  says({ code: "not_revoked", title: "Google did not confirm it.", detail: "Look there." });
  await assert.rejects(consent(parts).acts.endConsent(), { code: "not_revoked", title: "Google did not confirm it." });
});

test("a service that is away for a moment is asked again; a lasting problem is told", async () => {
  const away = person(no, new Problem("offline"), yes);
  await consent(away.parts).agreed(away.goOn);
  await settled();
  assert.equal(away.went(), 1);
  const refused = person(no, new Problem("not_allowed", { status: 403 }));
  await consent(refused.parts).agreed(refused.goOn);
  await settled();
  assert.deepEqual([refused.state().problem.code, refused.state().asking, refused.went()], ["not_allowed", null, 0]);
});
