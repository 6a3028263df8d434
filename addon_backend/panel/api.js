/**
 * The backend as functions. The ticket lives in memory and is renewed when it ends; whatever goes wrong comes
 * out as a `Problem`, which is one sentence and one thing to do.
 *
 * @import { Answered, AnswerOrder, CellValue, Catalogue, Decisions, Explanation, HistoryLine } from "./types.js"
 * @import { Me, Preview, Report, RowsNow, RunView, SheetRef } from "./types.js"
 * @import { Consent } from "./consent.js"
 */

/** @typedef {{ticket: string, expires_in: number, language?: string}} Ticket */

/**
 * @typedef {object} Told what is known of a problem; `facts` fill our own sentence for it, `link` is the way out
 * @property {string} [title]
 * @property {string} [detail]
 * @property {number} [status]
 * @property {number | null} [retryAfter]
 * @property {Record<string, string>} [facts]
 * @property {string} [link]
 */

/** What went wrong: `code` is stable, `title` and `detail` are the server's sentences where it said some. */
export class Problem extends Error {
  /**
   * @param {string} code
   * @param {Told} [told]
   */
  constructor(code, told = {}) {
    const { title = "", detail = "", status = 0, retryAfter = null, facts = {}, link = "" } = told;
    super(title || code);
    this.code = code;
    this.title = title;
    this.detail = detail;
    this.status = status;
    this.retryAfter = retryAfter;
    this.facts = facts;
    this.link = URL.canParse(link) && new URL(link).protocol === "https:" ? link : "";
  }

  /** True where the same call may succeed a little later. */
  get passing() {
    return this.code === "offline" || this.status === 429 || this.status >= 502;
  }
}

const RENEW_EARLY_SECONDS = 30;
const WAIT_SECONDS = 20;
const LONGEST_PAUSE_SECONDS = 30;
const SHORTEST_ROUND_MILLISECONDS = 300;
const TRIES = 3;

/**
 * @typedef {object} Outside
 * @property {() => Promise<Ticket>} ticket
 * @property {string} language
 * @property {typeof fetch} [fetch]
 * @property {() => number} [now] milliseconds
 * @property {(milliseconds: number, signal?: AbortSignal) => Promise<void>} [sleep]
 */

/** @param {Outside} outside */
export function createApi(outside) {
  const send = outside.fetch ?? ((input, init) => fetch(input, init));
  const now = outside.now ?? (() => Date.now());
  const sleep = outside.sleep ?? pause;
  /** @type {{text: string, until: number} | null} */
  let held = null;
  /** @type {Promise<string> | null} */
  let renewing = null;

  async function bearer() {
    if (held && now() < held.until) return held.text;
    renewing ??= renew().finally(() => (renewing = null));
    return renewing;
  }

  async function renew() {
    const { ticket, expires_in } = await outside.ticket();
    held = { text: ticket, until: now() + Math.max(0, expires_in - RENEW_EARLY_SECONDS) * 1000 };
    return ticket;
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {{body?: unknown, key?: string, known?: number, signal?: AbortSignal}} options
   */
  async function once(method, path, { body, key, known, signal }) {
    const headers = new Headers({
      Accept: "application/json",
      "Accept-Language": outside.language,
      Authorization: `Bearer ${await bearer()}`,
    });
    if (body !== undefined) headers.set("Content-Type", "application/json");
    if (key) headers.set("Idempotency-Key", key);
    if (known) headers.set("If-None-Match", `"${known}"`);
    try {
      return await send(path, {
        method,
        headers,
        body: body === undefined ? undefined : JSON.stringify(body),
        signal,
        cache: "no-store",
        credentials: "omit",
      });
    } catch (error) {
      if (signal?.aborted) throw error;
      throw new Problem("offline");
    }
  }

  /**
   * Calls until an answer or a lasting problem; only a call that may be repeated safely is repeated.
   * @param {string} method
   * @param {string} path
   * @param {{body?: unknown, key?: string, known?: number, signal?: AbortSignal, tries?: number, onPause?: (seconds: number) => void}} [options]
   * @returns {Promise<any>} the reply's JSON, or null where nothing changed
   */
  async function call(method, path, options = {}) {
    const tries = options.tries ?? (method === "GET" || options.key ? TRIES : 1);
    let renewed = false;
    for (let count = 1; ; count += 1) {
      try {
        const reply = await once(method, path, options);
        options.onPause?.(Number(reply.headers.get("Retry-After")) || 0);
        if (reply.status === 304) return null;
        if (reply.ok) return reply.status === 204 ? null : await reply.json();
        if (reply.status === 401 && !renewed) {
          renewed = true;
          held = null;
          count -= 1;
          continue;
        }
        throw await problemOf(reply);
      } catch (error) {
        if (!(error instanceof Problem) || !error.passing || count >= tries) throw error;
        await sleep(pauseAfter(count, error.retryAfter) * 1000, options.signal);
      }
    }
  }

  /**
   * Follows a run until it ends: `onRun` is called with every change, `onTrouble` with a passing problem.
   * Resolves when the run is final or the signal fires; rejects with a problem that will not pass.
   * @param {string} id
   * @param {(run: RunView) => void} onRun
   * @param {{since?: number, signal?: AbortSignal, onTrouble?: (problem: Problem | null) => void}} [options]
   */
  async function watch(id, onRun, { since = 0, signal, onTrouble } = {}) {
    let failures = 0;
    while (!signal?.aborted) {
      const began = now();
      let asked = 0;
      try {
        const path = `/v1/runs/${encodeURIComponent(id)}?since=${since}&wait=${WAIT_SECONDS}`;
        /** @type {RunView | null} */
        const run = await call("GET", path, { signal, known: since, tries: 1, onPause: (seconds) => (asked = seconds) });
        if (failures) onTrouble?.(null);
        failures = 0;
        if (run && run.version !== since) {
          since = run.version;
          onRun(run);
          if (isFinal(run)) return;
        }
        await sleep(Math.max(asked * 1000, SHORTEST_ROUND_MILLISECONDS - (now() - began), 0), signal);
      } catch (error) {
        if (signal?.aborted) return;
        if (!(error instanceof Problem) || !error.passing) throw error;
        failures += 1;
        onTrouble?.(error);
        await sleep(pauseAfter(failures, error.retryAfter) * 1000, signal);
      }
    }
  }

  return {
    watch,
    /** @param {object} selection @param {AbortSignal} [signal] @returns {Promise<Preview>} */
    preview: (selection, signal) => call("POST", "/v1/runs/preview", { body: selection, signal, tries: TRIES }),
    /** @param {object} order @param {string} key @returns {Promise<RunView>} */
    start: (order, key) => call("POST", "/v1/runs", { body: order, key }),
    /** @param {string} id @returns {Promise<RunView>} */
    run: (id) => call("GET", `/v1/runs/${encodeURIComponent(id)}`),
    /** @param {string} id @returns {Promise<RunView>} */
    stop: (id) => call("POST", `/v1/runs/${encodeURIComponent(id)}/stop`, { body: {}, tries: TRIES }),
    /** @param {string} id @param {number} most @returns {Promise<RunView>} */
    goOn: (id, most) => call("POST", `/v1/runs/${encodeURIComponent(id)}/continue`, { body: { spend_at_most: most } }),
    /** @param {string} id @returns {Promise<RunView>} */
    takeOver: (id) => call("POST", `/v1/runs/${encodeURIComponent(id)}/take-over`, { body: {} }),
    /** @param {string} id @param {string} key @returns {Promise<RunView>} */
    undo: (id, key) => call("POST", `/v1/runs/${encodeURIComponent(id)}/undo`, { body: {}, key }),
    /** @param {string} id @param {string} output @param {string} key @returns {Promise<RunView>} */
    swap: (id, output, key) => call("POST", `/v1/runs/${encodeURIComponent(id)}/swap`, { body: { output }, key }),
    /** @param {string} id @param {number} after @param {number} limit @returns {Promise<Decisions>} */
    decisions: (id, after, limit) => call("GET", `/v1/runs/${encodeURIComponent(id)}/decisions?after=${after}&limit=${limit}`),
    /** @param {string} id @param {AnswerOrder} order @param {string} key @returns {Promise<Answered>} */
    decide: (id, order, key) => call("POST", `/v1/runs/${encodeURIComponent(id)}/decisions`, { body: order, key }),
    /** @param {string} id @param {string[]} groups @returns {Promise<RowsNow>} */
    rows: (id, groups) => call("POST", `/v1/runs/${encodeURIComponent(id)}/rows`, { body: { groups }, tries: TRIES }),
    /** @param {string} id @returns {Promise<Report>} */
    report: (id) => call("GET", `/v1/runs/${encodeURIComponent(id)}/report`),
    /** @param {string} document @returns {Promise<{runs: HistoryLine[]}>} */
    history: (document) => call("GET", `/v1/runs?document=${encodeURIComponent(document)}`),
    /** @returns {Promise<{runs: HistoryLine[]}>} */
    unseen: () => call("GET", "/v1/runs?unseen=true"),
    /**
     * @param {{sheet: SheetRef, cell: string, keys: Record<string, CellValue>}} order
     * @returns {Promise<{cell: string, entries: Explanation[]}>}
     */
    explain: (order) => call("POST", "/v1/cells/explain", { body: order, tries: TRIES }),
    /** @returns {Promise<Catalogue>} */
    catalogue: () => call("GET", "/v1/catalogue"),
    /** @returns {Promise<Me>} */
    me: () => call("GET", "/v1/me"),
    /** @param {boolean} mail @returns {Promise<Me>} */
    chooseMail: (mail) => call("PATCH", "/v1/me", { body: { mail }, tries: TRIES }),
    /** @param {string} version @returns {Promise<Me>} */
    acceptTerms: (version) => call("POST", "/v1/terms/accept", { body: { version }, tries: TRIES }),
    /** Whether runs may open her files at Google, and this one. @param {string} document @returns {Promise<Consent>} */
    consent: (document) => call("GET", `/v1/google/consent?${new URLSearchParams({ document })}`),
    /** Where she says so: good for one visit, soon. @returns {Promise<{address: string, expires_in: number}>} */
    askConsent: () => call("POST", "/v1/google/consent", { body: {}, tries: TRIES }),
    /** Ends it, at Google and with us. @returns {Promise<Consent>} */
    endConsent: () => call("DELETE", "/v1/google/consent", { tries: TRIES }),
  };
}

/** @typedef {ReturnType<typeof createApi>} Api */

/** True when nothing will happen any more. @param {{state: string}} run */
export function isFinal(run) {
  return run.state === "finished" || run.state === "stopped" || run.state === "failed";
}

/** One key per press of a button: repeating the press's request is then harmless. */
export function newKey() {
  return crypto.randomUUID();
}

/** @param {Response} reply */
export async function problemOf(reply) {
  const asked = Number(reply.headers.get("Retry-After"));
  const facts = { status: reply.status, retryAfter: asked > 0 ? asked : null };
  try {
    const { code, title, detail } = await reply.json();
    return new Problem(String(code ?? "failed"), { ...facts, title: String(title ?? ""), detail: String(detail ?? "") });
  } catch {
    return new Problem(reply.status === 401 ? "not_signed_in" : "failed", facts);
  }
}

/**
 * Seconds to wait after the n-th failure in a row: what the server asks for, else 1, 2, 4 … with some chance.
 * @param {number} failures
 * @param {number | null} asked
 */
function pauseAfter(failures, asked) {
  if (asked !== null) return Math.min(asked, LONGEST_PAUSE_SECONDS * 2);
  return Math.min(2 ** (failures - 1), LONGEST_PAUSE_SECONDS) * (0.75 + Math.random() / 2);
}

/**
 * @param {number} milliseconds
 * @param {AbortSignal} [signal]
 * @returns {Promise<void>}
 */
function pause(milliseconds, signal) {
  return new Promise((done) => {
    const timer = setTimeout(done, milliseconds);
    signal?.addEventListener("abort", () => (clearTimeout(timer), done()), { once: true });
  });
}
