/**
 * What the person does on the decisions list. An answer starts a run of its own, which is followed beside the list.
 *
 * @import { Api } from "./api.js"
 * @import { Host } from "./host/port.js"
 * @import { Busy, State } from "./state.js"
 * @import { DecisionGroup, RunView } from "./types.js"
 */
import { isFinal, newKey, Problem } from "./api.js";

const PAGE = 20;
const LARGEST_PAGE = 100;

/**
 * @param {object} parts
 * @param {Api} parts.api
 * @param {Host} parts.host
 * @param {() => State} parts.state
 * @param {(change: Partial<State>) => void} parts.set
 * @param {(name: NonNullable<Busy>, work: () => Promise<void>) => Promise<void>} parts.busy
 */
export function decisions({ api, host, state, set, busy }) {
  /** Reads the list again, as much of it as was shown. */
  async function load() {
    const { run, decisions: list } = state();
    if (!run) return;
    const shown = Math.min(Math.max(list?.groups.length ?? 0, PAGE), LARGEST_PAGE);
    set({ decisions: await api.decisions(run.id, 0, shown) });
  }

  /** @param {import("./types.js").AnswerOrder} order */
  function settle(order) {
    const key = newKey();
    return busy("deciding", async () => {
      const { run } = state();
      if (!run) return;
      set({ rowShown: null });
      try {
        const { run: started } = await api.decide(run.id, order, key);
        if (started) follow(started);
      } catch (error) {
        if (error instanceof Problem && error.code === "decision_unknown") await load();
        throw error;
      }
      await load();
      told(await api.run(run.id));
    });
  }

  /** Lets every view know how many decisions are left. @param {RunView} run */
  function told(run) {
    const { run: shown, report } = state();
    if (shown?.id === run.id) set({ run });
    if (report?.run.id === run.id) set({ report: { ...report, run } });
  }

  /** @param {RunView} started */
  function follow(started) {
    set({ decided: started });
    api.watch(started.id, (now) => void onChange(now).catch(fail), { since: started.version }).catch(fail);
  }

  /** @param {RunView} now */
  async function onChange(now) {
    host.runMoved();
    if (state().decided?.id === now.id) set({ decided: now, announcement: isFinal(now) ? now.sentence : "" });
    const { run } = state();
    if (!isFinal(now) || !run) return;
    const later = await api.run(run.id);
    told(later);
    if (state().view === "decisions") await load();
  }

  /** Shows rows in the sheet; nobody has to wait for that. @param {number[]} rows */
  function show(rows) {
    host.showRows(rows).catch(fail);
  }

  /** @param {unknown} error */
  function fail(error) {
    set({ problem: error instanceof Problem ? error : new Problem("failed") });
  }

  return {
    openDecisions: () =>
      busy("opening", async () => {
        set({ decisions: null, decided: null, rowShown: null, explained: null });
        await load();
        set({ view: "decisions" });
      }),

    closeDecisions: () => set({ view: state().report ? "results" : "run", problem: null, rowShown: null }),

    moreDecisions: () =>
      busy("opening", async () => {
        const { run, decisions: list } = state();
        if (!run || !list || list.next === null) return;
        const more = await api.decisions(run.id, list.next, PAGE);
        set({ decisions: { ...more, groups: [...list.groups, ...more.groups] } });
      }),

    /** @param {DecisionGroup} group @param {string | null} [row] */
    take: ({ id }, row = null) => settle({ take: [{ group: id, row }] }),
    /** @param {DecisionGroup} group */
    leave: ({ id }) => settle({ leave: [id] }),
    leaveRest: () => settle({ leave_rest: true }),
    takeRest: () => settle({ take_rest: true }),

    /** Selects a group's rows in the sheet. @param {DecisionGroup} group */
    showGroup: ({ id }) =>
      busy("deciding", async () => {
        const { run } = state();
        if (!run) return;
        const { places } = await api.rows(run.id, [id]);
        show(places.map(({ number }) => number));
      }),

    /** Goes through a group's rows, one after the other, each shown in the sheet. @param {DecisionGroup} group */
    nextRow: ({ id }) =>
      busy("deciding", async () => {
        const { run, rowShown: before } = state();
        if (!run) return;
        const places = before?.group === id ? before.places : (await api.rows(run.id, [id])).places;
        const at = before?.group === id ? (before.at + 1) % places.length : 0;
        const place = places[at];
        if (!place) return;
        set({ rowShown: { group: id, places, at } });
        show([place.number]);
      }),

    /** Takes back what was decided last. */
    undoDecided() {
      const key = newKey();
      return busy("deciding", async () => {
        const { decided } = state();
        if (decided) follow(await api.undo(decided.id, key));
      });
    },
  };
}
