/**
 * The few pictograms, drawn in the text's colour. They say nothing on their own: words stand beside them.
 */
import { html, svg } from "lit/html.js";

const SHAPES = {
  history: svg`<path d="M3.5 8a4.9 4.9 0 1 0 1.6-3.6M3.2 2.8v2.6h2.6M8 5.4V8l1.8 1.4" />`,
  back: svg`<path d="M9.8 3.6 5.4 8l4.4 4.4" />`,
  table: svg`<path d="M2.5 3.5h11v9h-11zM2.5 6.5h11M6.2 6.5v6M9.9 6.5v6" />`,
  info: svg`<path d="M8 2.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2zM8 7.4v3.4M8 5.1v.2" />`,
  warning: svg`<path d="M8 2.4 14 13H2zM8 6.6v3M8 11.2v.2" />`,
  done: svg`<path d="m3.4 8.4 3 3 6.2-6.6" />`,
  arrow: svg`<path d="M2.8 8h10M9.4 4.6 12.8 8l-3.4 3.4" />`,
  eye: svg`<path d="M1.8 8S4.1 3.8 8 3.8 14.2 8 14.2 8 11.9 12.2 8 12.2 1.8 8 1.8 8zM8 9.7a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4z" />`,
};

/** @param {keyof typeof SHAPES} name */
export function icon(name) {
  return html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true">${SHAPES[name]}</svg>`;
}
