/**
 * The sandbox as a host: the page around the panel, of the same origin, holds the sheet.
 *
 * @import { Host, Theme } from "./port.js"
 */
import { callTo } from "./bridge.js";
import { failingFetch } from "./failing.js";

/**
 * @param {URLSearchParams} asked the panel's query: theme and language
 * @returns {Host}
 */
export function sandboxHost(asked) {
  const page = callTo({ window: window.parent, origin: window.location.origin });
  const failing = asked.has("lab") ? failingFetch() : null;
  if (failing) page.on("fail", failing.choose);
  return {
    fetch: failing?.fetch,
    name: "sandbox",
    language: asked.get("language") ?? navigator.language,
    theme: /** @type {Theme} */ (asked.get("theme") ?? "system"),
    signsIn: false,
    getSelection: () => page.call("getSelection"),
    readTable: (range) => page.call("readTable", range),
    showRows: (rows) => page.call("showRows", rows),
    ticket: () => page.call("ticket"),
    onSelectionChange: (listener) => page.on("selection", (edited) => listener(edited === true)),
    runMoved: () => void page.call("runMoved").catch(() => {}),
    onEnrich: (listener) => page.on("enrich", listener),
  };
}
