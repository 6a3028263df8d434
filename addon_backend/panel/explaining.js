/**
 * Why a cell holds what it holds: asked for the cell that is selected.
 *
 * @import { Api } from "./api.js"
 * @import { Host } from "./host/port.js"
 * @import { State } from "./state.js"
 */
import { rangeName, readRange } from "./a1.js";
import { Problem } from "./api.js";

/**
 * @param {{
 *   api: Api,
 *   host: Host,
 *   busy: (name: NonNullable<State["busy"]>, work: () => Promise<void>) => Promise<void>,
 *   set: (change: Partial<State>) => void,
 *   state: () => State,
 * }} parts
 */
export function explaining({ api, host, busy, set, state }) {
  return {
    explain: () =>
      busy("explaining", async () => {
        const selection = await host.getSelection();
        const range = readRange(state().run?.range ?? "");
        const cell = selection && readRange(selection.cell);
        if (!selection || !cell) throw new Problem("selection_empty");
        const left = Math.min(range?.left ?? cell.left, cell.left);
        const right = Math.max(range?.right ?? cell.right, cell.right);
        const row = await host.readTable(rangeName({ top: cell.top, bottom: cell.top, left, right }));
        const keys = Object.fromEntries(row.columns.map(({ index, values }) => [String(index), values[0] ?? null]));
        set({ explained: await api.explain({ sheet: selection.sheet, cell: selection.cell, keys }) });
      }),
  };
}
