/**
 * What the person tells by hand: a range that she types, where a selection cannot be read or is not one block; and
 * which file is meant, where Google opens only files that she chose.
 *
 * @import { Host } from "./host/port.js"
 * @import { State } from "./state.js"
 */

/** @param {{host: Host, read: () => void, set: (change: Partial<State>) => void}} parts */
export function byHand({ host, read, set }) {
  /** @param {string} typed */
  function take(typed) {
    host.useRange?.(typed);
    set({ typed });
    read();
  }

  return {
    /** @param {string} range */
    useRange: (range) => take(range.trim()),
    useSelection: () => take(""),
    chooseFile: () => void host.chooseFile?.().catch((problem) => set({ problem })),
  };
}
