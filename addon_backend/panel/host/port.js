/**
 * What the panel needs from the place it lives in. The panel speaks to this and never to Google's, Microsoft's
 * or the sandbox's own objects. Laws of every adapter:
 *
 * - `getSelection` describes, it never reads values; a single cell is grown to the table around it.
 * - `readTable` gives one value per sheet row of the range; a hidden row's values are null, because they are
 *   neither sent nor touched. Up to 20,000 rows or 2 MB come whole; of more, n of N rows are
 *   a sample: its row i (from 0) is row floor(i × N / n) of the range. A range that is cut out of a list comes with
 *   the list's first rows, at most 25, as `above`: its header stands there.
 *   Cells that a host can tell must be left alone (formulas, spills, merged, validated, protected ones) are listed by
 *   position.
 * - `ticket` asks the host who this is; it is called again whenever the last ticket has ended.
 * - `onSelectionChange` may never fire (Google has no such event): nothing may depend on it.
 * - A call that the host cannot answer rejects with a `Problem`.
 *
 * @import { SheetRef, Table } from "../types.js"
 * @import { Ticket } from "../api.js"
 */

/** @typedef {"light" | "dark" | "system"} Theme */

/**
 * @typedef {object} Selection
 * @property {SheetRef} sheet
 * @property {string} title the sheet's name
 * @property {string} range A1 notation, inside the used cells
 * @property {number} rows how many visible rows it spans
 * @property {number} hidden_rows how many hidden rows lie in it
 * @property {boolean} protected true when nothing can be written to the sheet
 * @property {string} cell the active cell, for example "D12"
 * @property {boolean} grown true when one cell was grown to the table around it
 * @property {number} [sheet_rows] how far the sheet's used cells reach, where the backend cannot ask before a run
 * @property {number} [sheet_columns]
 */

/**
 * @typedef {object} Host
 * @property {"sandbox" | "google" | "excel"} name
 * @property {string} language a language tag
 * @property {Theme} theme
 * @property {boolean} signsIn true where a person is signed in with an account
 * @property {boolean} [consents] true where a run needs the person's own consent to open her file
 * @property {boolean} [opensOnSelection] true where Enrich was pressed to open the panel: a run that goes on waits
 * @property {() => Promise<Selection | null>} getSelection null when no filled cell is selected
 * @property {(range: string) => Promise<Table>} readTable
 * @property {(rows: number[]) => Promise<void>} showRows selects and scrolls to sheet rows, counted from 1
 * @property {() => Promise<Ticket>} ticket
 * @property {(listener: (edited: boolean) => void) => () => void} onSelectionChange also after an edit of the
 *   sheet (`edited`); returns how to stop listening
 * @property {(listener: () => void) => () => void} onEnrich the host's own button was pressed
 * @property {() => void} runMoved tells a host that shows a copy of the sheet that a run may have written to it
 * @property {(range: string) => void} [useRange] takes a typed range, such as "Sheet1!A2:C500", for the selection from
 *   now on; an empty one ends that
 * @property {() => Promise<void>} [chooseFile] opens the host's own file dialog on this file, where runs may open only
 *   files that the person chose there
 * @property {typeof fetch} [fetch] where calls go through the host
 */

export const HOSTS = ["sandbox", "google", "excel"];

/** Rows, and characters of their JSON, that `readTable` gives whole; beyond either it samples. */
export const WHOLE_ROWS = 20_000;
export const WHOLE_SIZE = 2_000_000;

/** Rows from a list's first one in which its header is looked for. */
export const HEAD_ROWS = 25;
