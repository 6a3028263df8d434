/**
 * What the panel does: every press and every event of the host ends in one of these functions.
 *
 * @import { Api } from "./api.js"
 * @import { Host } from "./host/port.js"
 * @import { Words } from "./i18n.js"
 * @import { Settings, State, ViewName } from "./state.js"
 * @import { RunView } from "./types.js"
 */
import { isFinal, newKey, Problem } from "./api.js";
import { byHand } from "./by_hand.js";
import { choices } from "./choices.js";
import { comingBack, pastRuns } from "./coming_back.js";
import { consent } from "./consent.js";
import { explaining } from "./explaining.js";
import { forgotten, narrowed, rangeOf } from "./new_rows.js";
import { decisions } from "./decisions.js";
import { forget, inSheetRows, isSame } from "./reading.js";
import { firstState } from "./state.js";

const SETTLE_MILLISECONDS = 350;
const QUARTERS = [0, 25, 50, 75, 100];

/**
 * @param {{api: Api, host: Host, words: Words, show: (state: State) => void}} parts
 */
export function createApp({ api, host, words, show }) {
  let state = firstState();
  let shown = false;
  /** @type {AbortController | null} */
  let reading = null;
  /** @type {AbortController | null} */
  let following = null;
  let settle = 0;
  let announced = -1;
  /** @type {(() => void) | null} */
  let again = null;
  const asked = consent({ api, busy, host, set, state: () => state, words });

  /** @param {Partial<State>} change */
  function set(change) {
    state = { ...state, ...change };
    if (shown) return;
    shown = true;
    queueMicrotask(() => {
      shown = false;
      show(state);
    });
  }

  /**
   * Does one thing at a time for the person: a second press while one is going on does nothing.
   * @param {NonNullable<State["busy"]>} name
   * @param {() => Promise<void>} work
   */
  async function busy(name, work) {
    if (state.busy && state.busy !== "reading") return;
    set({ busy: name, problem: null });
    again = () => void busy(name, work);
    try {
      await work();
    } catch (error) {
      set({ problem: asProblem(error) });
    } finally {
      if (state.busy === name) set({ busy: null });
    }
  }

  /** Reads the selection and asks what Enrich would do with it. A newer reading replaces an older one. */
  async function read() {
    clearTimeout(settle);
    reading?.abort();
    const mine = (reading = new AbortController());
    set({ busy: "reading", problem: null, asking: null });
    again = () => void read();
    try {
      const selection = await host.getSelection();
      if (mine.signal.aborted) return;
      if (!selection) return set({ busy: null, selection: null, preview: null });
      set({ selection, ...forget(state, selection) });
      const table = await host.readTable(rangeOf(state));
      if (mine.signal.aborted) return;
      const preview = await api.preview(
        {
          sheet: selection.sheet,
          title: selection.title,
          range: rangeOf(state),
          sheet_rows: selection.sheet_rows ?? 0,
          sheet_columns: selection.sheet_columns ?? 0,
          table,
          header_row: state.settings.headerRow,
          protected: selection.protected,
          hidden_rows: state.part?.range ? 0 : selection.hidden_rows,
          kinds: state.settings.kinds,
          recipe: state.settings.recipe ?? state.settings.recipeName,
        },
        mine.signal,
      );
      if (mine.signal.aborted) return;
      const part = narrowed(state, preview);
      if (part) return void (set(part), await read());
      set({ preview: inSheetRows(preview, table), busy: null });
    } catch (error) {
      if (!mine.signal.aborted) set({ problem: asProblem(error), preview: null, busy: null });
    }
  }

  /** Another cell of the same list is no reason to ask again; another range or other values are. @param {boolean} edited */
  async function look(edited) {
    const selection = edited ? null : await host.getSelection().catch(ignore);
    if (edited && state.part && state.busy !== "starting") set({ part: null, busy: "reading" });
    if (selection && state.preview && isSame(selection, state.selection)) set({ selection });
    else readSoon();
  }

  /** Reads again a moment after the last of several changes. */
  function readSoon() {
    clearTimeout(settle);
    settle = window.setTimeout(() => void read(), SETTLE_MILLISECONDS);
  }

  /** @param {Partial<Settings>} change */
  function change(change) {
    set({ settings: { ...state.settings, ...change }, busy: "reading" });
    readSoon();
  }

  /** @param {ViewName} view */
  function go(view) {
    set({ view, problem: null, explained: null, asking: null });
  }

  /** @param {RunView} run */
  function follow(run) {
    following?.abort();
    const mine = (following = new AbortController());
    announced = -1;
    onRun(run);
    if (isFinal(run)) return;
    api
      .watch(run.id, onRun, { since: run.version, signal: mine.signal, onTrouble: (trouble) => set({ trouble }) })
      .catch((error) => set({ problem: asProblem(error) }));
  }

  /** @param {RunView} run */
  function onRun(run) {
    const before = state.run;
    set({ run, trouble: null });
    host.runMoved();
    announce(run);
    if (isFinal(run) && state.view === "run") void finish(run);
    else if (run.state === "parked" && before?.state !== "parked" && state.view === "run") set({ report: null });
  }

  /** The one live region speaks at 0, 25, 50, 75 and 100 %, not at every row. @param {RunView} run */
  function announce(run) {
    const percent = Math.round(run.fraction * 100);
    const quarter = QUARTERS.filter((one) => one <= percent).at(-1) ?? 0;
    if (quarter <= announced) return;
    announced = quarter;
    set({ announcement: words.t("run.announce", { percent: quarter, title: run.title }) });
  }

  /** @param {{id: string}} run */
  async function finish({ id }) {
    const report = await api.report(id);
    set({ report, run: report.run, view: "results" });
  }

  return {
    /** Opens the panel: on the run that is going on in this document, else on the selection. */
    async open() {
      host.onSelectionChange((edited) => state.view === "start" && void look(edited));
      host.onEnrich(() => {
        go("start");
        void read();
      });
      void api.catalogue().then((catalogue) => set({ catalogue }), ignore);
      void api.me().then((me) => set({ me }), ignore);
      void read();
      const { document } = (await host.getSelection().catch(ignore))?.sheet ?? {};
      if (!document) return;
      const { runs } = await api.history(document).catch(() => ({ runs: [] }));
      set({ history: runs });
      const going = runs.find((run) => run.mine && !isFinal(run));
      if (!going) return;
      if (host.opensOnSelection) return set({ run: await api.run(going.id).catch(() => null) });
      reading?.abort();
      await this.openRun(going.id);
    },

    read: () => void read(),
    tryAgain: () => (again ?? (() => void read()))(),

    /** @param {{trial: boolean}} how */
    enrich({ trial }) {
      const key = newKey();
      return busy("starting", async () => {
        const { preview, selection } = state;
        if (!preview || !selection || !(await asked.agreed(() => void this.enrich({ trial })))) return;
        const order = {
          quote_id: preview.quote_id,
          sheet: selection.sheet,
          range: rangeOf(state),
          recipe: state.settings.recipe ?? state.settings.recipeName,
          trial,
          spend_at_most: null,
        };
        if (state.me && state.me.terms_in_force === null) set({ me: await api.acceptTerms(state.me.terms_current) });
        const run = await api.start(order, key);
        set({ ...forgotten(state), view: "run", report: null });
        follow(run);
      });
    },

    stop: () =>
      busy("stopping", async () => {
        if (state.run) follow(await api.stop(state.run.id));
      }),

    /** @param {number} most */
    goOn(most) {
      return busy("continuing", async () => {
        if (!state.run || !(await asked.agreed(() => void this.goOn(most)))) return;
        follow(await api.goOn(state.run.id, most));
      });
    },

    /** Puts back what the run on screen wrote. It is a run of its own, and is followed like one. */
    undo() {
      const key = newKey();
      return busy("undoing", async () => {
        if (!state.run) return;
        const run = await api.undo(state.run.id, key);
        set({ view: "run", report: null, explained: null });
        follow(run);
      });
    },

    /** Puts the values of a column cleaned beside into its original: a run of its own too. @param {string} output */
    swap(output) {
      const key = newKey();
      return busy("swapping", async () => {
        if (!state.run) return;
        const run = await api.swap(state.run.id, output, key);
        set({ view: "run", report: null, explained: null });
        follow(run);
      });
    },

    /** @param {string} id */
    openRun: (id) =>
      busy("opening", async () => {
        const run = await api.run(id);
        void api.me().then((me) => set({ me }), ignore);
        if (isFinal(run)) return void (set({ run }), await finish(run));
        set({ view: "run", report: null });
        follow(run);
      }),

    openHistory: () =>
      busy("opening", async () => set({ history: await pastRuns(api, state), view: "history" })),

    showRun: () => go("run"),

    startAgain() {
      go("start");
      void read();
    },

    /** @param {number[]} rows */
    showRows: (rows) => void host.showRows(rows).catch(ignore),

    /** @param {boolean} reasonsShown */
    showReasons: (reasonsShown) => set({ reasonsShown }),
    /** @param {boolean} changeOpen */
    openChange: (changeOpen) => set({ changeOpen }),

    ...asked.acts,
    ...byHand({ host, read: () => void read(), set }),
    ...choices({ change, state: () => state }),
    ...comingBack({ agreed: asked.agreed, api, busy, follow, read: () => void read(), set, state: () => state }),
    ...explaining({ api, host, busy, set, state: () => state }),
    ...decisions({ api, host, set, busy, state: () => state }),
  };
}

/** @typedef {ReturnType<typeof createApp>} App */

/** @param {unknown} error */
function asProblem(error) {
  if (error instanceof Problem) return error;
  console.error(error);
  return new Problem("failed");
}

function ignore() {}
