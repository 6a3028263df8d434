/** The sheet as the server has it: asked for again and again, and changed by single acts. Positions count from 0. */

const BEAT_MILLISECONDS = 400;

export const letters = (at) => (at > 25 ? letters(Math.floor(at / 26) - 1) : "") + String.fromCharCode(65 + (at % 26));
const index = (name) => [...name.toUpperCase()].reduce((sum, one) => sum * 26 + one.charCodeAt(0) - 64, 0) - 1;

/** @typedef {{top: number, left: number, bottom: number, right: number}} Block all inside */

/** @param {Block} block @returns {string} its name, such as A2:C9 */
export function nameOf({ top, left, bottom, right }) {
  const first = letters(left) + (top + 1);
  return top === bottom && left === right ? first : `${first}:${letters(right)}${bottom + 1}`;
}

/** @param {string} name such as A2:C9, A:C or 2:9 @returns {Block | null} null where it names nothing */
export function blockOf(name, [rows, columns]) {
  const found = /^([A-Z]*)(\d*)(?::([A-Z]*)(\d*))?$/i.exec(name.trim());
  if (!found || !(found[1] || found[2])) return null;
  const [, left, top, right = left, bottom = top] = found;
  const block = {
    ...{ top: top ? Number(top) - 1 : 0, left: left ? index(left) : 0 },
    ...{ bottom: Math.min(bottom ? Number(bottom) : rows, rows) - 1, right: Math.min(right ? index(right) : columns - 1, columns - 1) },
  };
  return block.top <= block.bottom && block.left <= block.right ? block : null;
}

/** Calls with the sheet whenever it is another one than before. */
export async function watch(listener) {
  let state = "";
  for (;;) {
    try {
      const reply = await fetch(`/sheet?since=${state}`);
      if (reply.status === 200) {
        const told = await reply.json();
        state = told.state;
        listener(told);
      }
    } catch {
      listener(null);
    }
    await new Promise((resolve) => setTimeout(resolve, BEAT_MILLISECONDS));
  }
}

/** Sends what she did. */
export async function send(path, body) {
  const headers = { "Content-Type": "application/json" };
  const reply = await fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
  if (!reply.ok) throw new Error(`${path}: ${reply.status}`);
  return reply.status === 200 ? reply.json() : null;
}
