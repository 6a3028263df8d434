/**
 * Google Sheets as a host: the add-on's sidebar, which is the page around the panel, asks the add-on's script. Google
 * tells nobody that the selection changed, so it is looked at when the person comes back to the panel.
 *
 * @import { Host, Selection, Theme } from "./port.js"
 * @import { Ticket } from "../api.js"
 */
import { Problem, problemOf } from "../api.js";
import { callTo } from "./bridge.js";

const SESSION = "/v1/google/session";
const PAUSE_MILLISECONDS = 2000;

/** @typedef {[number, number]} Stretch the first of some rows that follow each other, from 1, and how many */
/** @typedef {Selection & {hidden: Stretch[]}} Selected */

/**
 * @param {URLSearchParams} asked the panel's query: the sidebar's origin, the language, which entry of the menu
 * @param {Window & typeof globalThis} [own]
 * @returns {Host}
 */
export function googleHost(asked, own = window) {
  const script = callTo({ window: own.parent, origin: parentOrigin(asked, own) }, own);
  const language = asked.get("language") ?? own.navigator.language;
  /** @type {Selected | null} */
  let last = null;
  /** @type {string[]} what `showRows` selected, which is not the person's choice */
  let shown = [];
  let typed = "";
  /** @type {Promise<Selection | null> | null} */
  let looking = null;

  /** @returns {Promise<Selection | null>} */
  async function look() {
    if (typed) return (last = await script.call("readTyped", typed));
    const now = await script.call("readSelection", shown);
    if (now?.shown && last) return { ...last, cell: now.shown };
    shown = [];
    return (last = now);
  }

  return {
    name: "google",
    language,
    theme: /** @type {Theme} */ (asked.get("theme") ?? "light"), // as Sheets is, whatever the machine prefers
    signsIn: true,
    consents: true,
    opensOnSelection: asked.get("wish") === "enrich",
    getSelection: () => (looking ??= look().finally(() => (looking = null))),
    readTable: (range) => script.call("readTable", last?.sheet.sheet ?? "", range, last?.hidden ?? []),
    async showRows(rows) {
      if (last) shown = await script.call("showRows", last.sheet.sheet, rows);
    },
    ticket: async () => exchange(await script.call("session"), language, own.fetch.bind(own)),
    useRange(range) {
      typed = range;
      shown = [];
      looking = null;
    },
    chooseFile: () => script.call("chooseFile"),
    onSelectionChange: (listener) => onReturn(own, () => listener(false)),
    runMoved: () => {},
    onEnrich: () => () => {},
  };
}

/**
 * Who frames the panel says so itself. The page's frame-ancestors decide who may; where the browser tells who does,
 * both must agree.
 * @param {URLSearchParams} asked
 * @param {Window} own
 */
function parentOrigin(asked, own) {
  const told = asked.get("parent") ?? "";
  const seen = own.location.ancestorOrigins?.[0];
  if (!URL.canParse(told) || new URL(told).origin !== told || (seen && seen !== told)) throw new Problem("host_cannot");
  return told;
}

/**
 * @param {{id_token: string}} identity
 * @param {string} language
 * @param {typeof fetch} send
 * @returns {Promise<Ticket>}
 */
async function exchange({ id_token }, language, send) {
  /** @type {Response} */
  let reply;
  try {
    reply = await send(SESSION, {
      method: "POST",
      headers: { Accept: "application/json", "Accept-Language": language, "Content-Type": "application/json" },
      body: JSON.stringify({ id_token, language }),
      cache: "no-store",
      credentials: "omit",
    });
  } catch {
    throw new Problem("offline");
  }
  if (!reply.ok) throw await problemOf(reply);
  return reply.json();
}

/**
 * Calls when the person comes back to the panel: when it gets the focus, and while she points at it and her sheet has
 * the focus, every two seconds at most.
 * @param {Window} own
 * @param {() => void} listener
 * @returns {() => void} how to stop
 */
function onReturn(own, listener) {
  let before = 0;
  const back = () => {
    if (Date.now() - before < PAUSE_MILLISECONDS) return;
    before = Date.now();
    listener();
  };
  const point = () => own.document.hasFocus() || back();
  own.addEventListener("focus", back);
  own.addEventListener("pointermove", point);
  return () => {
    own.removeEventListener("focus", back);
    own.removeEventListener("pointermove", point);
  };
}
