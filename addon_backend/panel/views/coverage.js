/**
 * What became of each output's cells: a stacked bar for the eye, and a table that says the same in numbers.
 *
 * @import { Words } from "../i18n.js"
 * @import { Counts, Outcome, OutputView } from "../types.js"
 */
import { html, svg } from "lit/html.js";

/** @typedef {"filled" | "there" | "check" | "none"} Part */

/** Seven outcomes in four words; together they are every cell. @type {Record<Part, Outcome[]>} */
export const PARTS = {
  filled: ["written"],
  there: ["already_there", "kept"],
  check: ["review"],
  none: ["not_found", "not_asked", "failed"],
};

const NAMES = /** @type {Part[]} */ (Object.keys(PARTS));

/** Rows of which nobody can say where they are now, or cells of a column that was deleted: there is nothing to check. */
const LOST = ["gone", "ambiguous", "column_gone"];

/**
 * An output's counts as they are shown: what cannot be checked is not asked about.
 * @param {OutputView} output
 * @returns {Counts}
 */
function shown({ counts, reasons }) {
  /** @param {Outcome} outcome */
  const lost = (outcome) =>
    (reasons[outcome] ?? []).reduce((sum, { code, count }) => sum + (LOST.includes(code) ? count : 0), 0);
  const [review, kept] = [lost("review"), lost("kept")];
  return {
    ...counts,
    review: (counts.review ?? 0) - review,
    kept: (counts.kept ?? 0) - kept,
    not_found: (counts.not_found ?? 0) + review + kept,
  };
}

/**
 * How many cells are in one part.
 * @param {Counts} counts
 * @param {Part} part
 */
export function inPart(counts, part) {
  return PARTS[part].reduce((sum, outcome) => sum + (counts[outcome] ?? 0), 0);
}

/**
 * A stacked bar; numbers stand beside it, so it is hidden from who listens.
 * @param {Counts} counts
 * @param {number} [total]
 */
export function bar(counts, total) {
  const whole = total || NAMES.reduce((sum, part) => sum + inPart(counts, part), 0) || 1;
  let left = 0;
  const pieces = NAMES.map((part) => {
    const width = (100 * inPart(counts, part)) / whole;
    const piece = svg`<rect class=${`part ${part}`} x=${`${left}%`} width=${`${width}%`} height="100%" />`;
    left += width;
    return piece;
  });
  return html`<svg class="bar" aria-hidden="true" focusable="false">${pieces}</svg>`;
}

/** @param {Part} part */
function swatch(part) {
  return html`<svg class="swatch" aria-hidden="true" focusable="false"><rect class=${`part ${part}`} width="100%" height="100%" /></svg>`;
}

/**
 * The table with its bars.
 * @param {Words} words
 * @param {OutputView[]} outputs
 */
export function coverage(words, outputs) {
  return html`<table class="coverage">
    <caption>
      ${words.t("coverage.title")}
    </caption>
    <thead>
      <tr>
        <th scope="col"><span class="unseen">${words.t("coverage.column")}</span></th>
        ${NAMES.map((part) => html`<th scope="col">${swatch(part)} ${words.t(`coverage.${part}`)}</th>`)}
      </tr>
    </thead>
    ${outputs.map((output) => {
      const { header, letter } = output;
      const counts = shown(output);
      return html`<tbody>
        <tr>
          <th scope="row">${header}${letter ? html` <span class="letter">${letter}</span>` : ""}</th>
          ${NAMES.map((part) => {
            const count = inPart(counts, part);
            return html`<td class=${count ? "" : "zero"}>${words.number(count)}</td>`;
          })}
        </tr>
        <tr class="drawn" aria-hidden="true"><td colspan=${NAMES.length + 1}>${bar(counts)}</td></tr>
      </tbody>`;
    })}
  </table>`;
}
