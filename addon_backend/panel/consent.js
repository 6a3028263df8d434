/**
 * A run works on in the person's file when she has left, so it needs her own consent at Google, once. It is asked for
 * when she first presses Enrich, in a tab of its own; the panel looks whether she gave it, and then goes on.
 *
 * @import { Api } from "./api.js"
 * @import { Host } from "./host/port.js"
 * @import { Words } from "./i18n.js"
 * @import { State } from "./state.js"
 */
import { Problem } from "./api.js";

/** @typedef {{code: string, title: string, detail: string}} Refusal */
/** @typedef {{connected: boolean, scopes: {scope: string, words: string}[], problem: Refusal | null}} Consent */
/** @typedef {{address: string, problem: Refusal | null}} Asking where she is asked, and why she no longer is connected */

const ROUND_MILLISECONDS = 2000;
const LONGEST_ROUNDS = 300;
/** The page's address is good for a minute. */
const ROUNDS_OF_AN_ADDRESS = 20;

/**
 * @param {{
 *   api: Pick<Api, "consent" | "askConsent">,
 *   host: Pick<Host, "consents">,
 *   set: (change: Partial<State>) => void,
 *   state: () => Pick<State, "asking" | "view">,
 *   words: Pick<Words, "t">,
 *   sleep?: (milliseconds: number) => Promise<void>,
 * }} parts
 */
export function consent({ api, host, set, state, words, sleep = pause }) {
  /**
   * True when a run may start. Else she is asked, and `goOn` is called when she has agreed, unless she did something
   * else meanwhile.
   * @param {() => void} goOn
   */
  async function agreed(goOn) {
    if (!host.consents) return true;
    const { connected, problem } = await api.consent();
    if (connected) return true;
    const asking = { address: await address(), problem };
    set({ asking, announcement: words.t("consent.why") });
    void wait(asking, goOn).catch((error) =>
      set({ asking: null, problem: error instanceof Problem ? error : new Problem("failed") }),
    );
    return false;
  }

  async function address() {
    return (await api.askConsent()).address;
  }

  /** @param {Asking} asking @param {() => void} goOn */
  async function wait(asking, goOn) {
    const over = () => state().asking !== asking || state().view !== "start";
    for (let round = 1; round <= LONGEST_ROUNDS; round += 1) {
      await sleep(ROUND_MILLISECONDS);
      if (over()) return;
      const now = await api.consent().catch(unlessPassing);
      if (over()) return;
      if (now?.connected) return void (set({ asking: null }), goOn());
      const problem = now?.problem ?? asking.problem;
      if (problem?.code === asking.problem?.code && round % ROUNDS_OF_AN_ADDRESS) continue;
      const fresh = await address();
      if (over()) return;
      set({ asking: (asking = { address: fresh, problem }) });
    }
    set({ asking: null });
  }

  return { agreed, cancel: () => set({ asking: null }) };
}

/** @param {unknown} error @returns {null} */
function unlessPassing(error) {
  if (error instanceof Problem && error.passing) return null;
  throw error;
}

/** @param {number} milliseconds @returns {Promise<void>} */
function pause(milliseconds) {
  return new Promise((done) => void setTimeout(done, milliseconds));
}
