/**
 * The panel's place beside the sheet, as its hosts draw it: a title, a way to close it, and the panel in a frame.
 *
 * @import { Words } from "../i18n.js"
 */
import { html, render } from "lit/html.js";

/**
 * @param {HTMLElement} place
 * @param {Words} words
 * @param {URLSearchParams} asked
 * @param {{language: string, theme: string}} dress
 */
export function createSide(place, words, asked, { language, theme }) {
  const width = asked.get("width");
  if (width) place.dataset.width = width;
  place.setAttribute("aria-label", words.t("sandbox.panel"));
  const query = new URLSearchParams({ host: "sandbox", language, theme });
  if (asked.has("lab")) query.set("lab", "1");

  render(
    html`<header>
        <h2>${words.t("sandbox.enrich")}</h2>
        <button type="button" aria-label=${words.t("sandbox.close_panel")} @click=${close}>
          <svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d="m4 4 8 8M12 4l-8 8" /></svg>
        </button>
      </header>
      <iframe title=${words.t("sandbox.panel")}></iframe>`,
    place,
  );
  const frame = /** @type {HTMLIFrameElement} */ (place.querySelector("iframe"));

  function close() {
    place.hidden = true;
  }

  return {
    frame,
    load() {
      frame.src = `/panel?${query}`;
    },
    open() {
      place.hidden = false;
    },
    isOpen: () => !place.hidden,
    /** @param {string} chosen "270", "300" or "350" */
    resize(chosen) {
      place.dataset.width = chosen;
    },
  };
}

/** @typedef {ReturnType<typeof createSide>} Side */
