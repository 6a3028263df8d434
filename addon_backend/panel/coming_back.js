/**
 * What the person does when she comes back: a run without an owner, the whole list after all, her e-mails, and the
 * runs that ended while she was away.
 *
 * @import { Api } from "./api.js"
 * @import { State } from "./state.js"
 * @import { HistoryLine, RunView } from "./types.js"
 */
import { widened } from "./new_rows.js";

/**
 * @param {{
 *   agreed: (goOn: () => void) => Promise<boolean>,
 *   api: Api,
 *   busy: (name: NonNullable<State["busy"]>, work: () => Promise<void>) => Promise<void>,
 *   follow: (run: RunView) => void,
 *   read: () => void,
 *   set: (change: Partial<State>) => void,
 *   state: () => State,
 * }} parts
 */
export function comingBack({ agreed, api, busy, follow, read, set, state }) {
  return {
    wholeList() {
      set(widened(state()));
      read();
    },

    takeOver() {
      return busy("continuing", async () => {
        const { run } = state();
        if (run && (await agreed(() => void this.takeOver()))) follow(await api.takeOver(run.id));
      });
    },

    /** @param {boolean} mail */
    chooseMail: (mail) => busy("saving", async () => set({ me: await api.chooseMail(mail) })),
  };
}

/**
 * The runs of a document, after those of any document that the person has not looked at since they ended.
 * @param {Api} api
 * @param {State} state
 * @returns {Promise<HistoryLine[]>}
 */
export async function pastRuns(api, { me, selection, run }) {
  const document = selection?.sheet.document ?? run?.document;
  const [fresh, here] = await Promise.all([
    me?.unseen ? api.unseen() : { runs: [] },
    document ? api.history(document) : { runs: [] },
  ]);
  const known = new Set(fresh.runs.map(({ id }) => id));
  return [...fresh.runs, ...here.runs.filter(({ id }) => !known.has(id))];
}
