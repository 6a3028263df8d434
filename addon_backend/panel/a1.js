/**
 * A1 notation: letters and ranges as people read them, positions from 0 as code counts them.
 */

/**
 * A block of cells; all four positions count from 0 and are inside the block.
 * @typedef {{top: number, left: number, bottom: number, right: number}} Block
 */

/**
 * "A" for 0, "Z" for 25, "AA" for 26.
 * @param {number} index
 */
export function letter(index) {
  let text = "";
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    text = String.fromCharCode(65 + ((rest - 1) % 26)) + text;
  }
  return text;
}

/**
 * 0 for "A", 26 for "AA".
 * @param {string} letters
 */
export function columnIndex(letters) {
  return [...letters.toUpperCase()].reduce((sum, one) => sum * 26 + one.charCodeAt(0) - 64, 0) - 1;
}

/**
 * "D12".
 * @param {number} row
 * @param {number} column
 */
export function cellName(row, column) {
  return `${letter(column)}${row + 1}`;
}

/**
 * "A1:M321", or "D12" for one cell.
 * @param {Block} block
 */
export function rangeName({ top, left, bottom, right }) {
  const first = cellName(top, left);
  const last = cellName(bottom, right);
  return first === last ? first : `${first}:${last}`;
}

/**
 * Reads "A1:M321" or "D12" back; null for anything else.
 * @param {string} name
 * @returns {Block | null}
 */
export function readRange(name) {
  const found = /^([A-Za-z]{1,3})([1-9]\d*)(?::([A-Za-z]{1,3})([1-9]\d*))?$/.exec(name.trim());
  if (!found) return null;
  const [, firstLetters, firstRow, lastLetters = firstLetters, lastRow = firstRow] = found;
  const columns = [columnIndex(firstLetters), columnIndex(lastLetters)];
  const rows = [Number(firstRow) - 1, Number(lastRow) - 1];
  return { top: Math.min(...rows), left: Math.min(...columns), bottom: Math.max(...rows), right: Math.max(...columns) };
}
