/**
 * A run works on in the person's file when she has left, so it needs her own consent at Google, once. It is asked for
 * when she first presses Enrich, or goes on with a run that lost it, in a tab of its own; then, where Google opens only
 * files that she chose, she is asked to choose this one. The panel looks whether she did, and then does what she pressed.
 *
 * @import { Api } from "./api.js"
 * @import { Host } from "./host/port.js"
 * @import { Words } from "./i18n.js"
 * @import { State } from "./state.js"
 */
import { Problem } from "./api.js";

/** @typedef {{code: string, title: string, detail: string}} Refusal */
/** @typedef {{connected: boolean, scopes: {scope: string, words: string}[], problem: Refusal | null, opens: boolean | null}} Consent */
/**
 * @typedef {object} Asking
 * @property {string} address where she is asked
 * @property {Refusal | null} problem why she is no longer connected
 * @property {State["view"]} view where she pressed
 * @property {boolean} choosing she has agreed; what lacks is that she chooses the file
 */

const ROUND_MILLISECONDS = 2000;
const LONGEST_ROUNDS = 300;
/** The page's address is good for a minute. */
const ROUNDS_OF_AN_ADDRESS = 20;

/**
 * @param {{
 *   api: Pick<Api, "consent" | "askConsent" | "endConsent">,
 *   busy: (name: NonNullable<State["busy"]>, work: () => Promise<void>) => Promise<void>,
 *   host: Pick<Host, "consents" | "chooseFile">,
 *   set: (change: Partial<State>) => void,
 *   state: () => Pick<State, "asking" | "view" | "run" | "selection">,
 *   words: Pick<Words, "t">,
 *   sleep?: (milliseconds: number) => Promise<void>,
 * }} parts
 */
export function consent({ api, busy, host, set, state, words, sleep = pause }) {
  /**
   * True when a run may work in her file. Else she is asked, and `goOn` is called when she has agreed, unless she did
   * something else meanwhile.
   * @param {() => void} goOn
   */
  async function agreed(goOn) {
    if (!host.consents) return true;
    const now = await api.consent(document());
    if (isEnough(now)) return true;
    const { connected: choosing, problem } = now;
    const asking = { address: choosing ? "" : await address(), problem, view: state().view, choosing };
    set({ asking, announcement: words.t(choosing ? "consent.choose" : "consent.why") });
    void wait(asking, goOn).catch((error) =>
      set({ asking: null, problem: error instanceof Problem ? error : new Problem("failed") }),
    );
    return false;
  }

  /** @param {Consent} consent */
  function isEnough({ connected, opens }) {
    return connected && (opens !== false || !host.chooseFile);
  }

  function document() {
    const { selection, run } = state();
    return selection?.sheet.document ?? run?.document ?? "";
  }

  async function address() {
    return (await api.askConsent()).address;
  }

  /** @param {Asking} asking @param {() => void} goOn */
  async function wait(asking, goOn) {
    const over = () => {
      if (state().asking === asking && state().view !== asking.view) set({ asking: null });
      return state().asking !== asking;
    };
    for (let round = 1; round <= LONGEST_ROUNDS; round += 1) {
      await sleep(ROUND_MILLISECONDS);
      if (over()) return;
      const now = await api.consent(document()).catch(unlessPassing);
      if (over()) return;
      if (now && isEnough(now)) return void (set({ asking: null, consentEnded: false }), goOn());
      if (asking.choosing && !now) continue;
      if (now?.connected) {
        if (asking.choosing) continue;
        asking = { ...asking, address: "", problem: null, choosing: true };
        set({ asking, announcement: words.t("consent.choose") });
        continue;
      }
      const problem = now?.problem ?? asking.problem;
      if (!asking.choosing && problem?.code === asking.problem?.code && round % ROUNDS_OF_AN_ADDRESS) continue;
      const fresh = await address();
      if (over()) return;
      set({ asking: (asking = { ...asking, address: fresh, problem, choosing: false }) });
    }
    set({ asking: null });
  }

  return {
    agreed,
    acts: {
      cancelConsent: () => set({ asking: null }),
      endConsent: () =>
        busy("saving", async () => {
          const { problem } = await api.endConsent();
          set({ consentEnded: true, announcement: words.t("consent.ended") });
          if (problem) throw new Problem(problem.code, problem);
        }),
    },
  };
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
