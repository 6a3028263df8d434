/**
 * Calls and events between two windows. Each side names the one origin and the one window it speaks with;
 * anything else is ignored without an answer.
 */
import { Problem } from "../api.js";

const MARK = "enrich-panel/1";
const PATIENCE_MILLISECONDS = 30_000;

/** @typedef {{window: Window, origin: string}} Peer */
/** @typedef {(...values: any[]) => unknown} Answer */

/**
 * The asking side.
 * @param {Peer} peer
 * @param {Window} [own]
 */
export function callTo(peer, own = window) {
  /** @type {Map<number, {resolve: (value: any) => void, reject: (problem: Problem) => void, timer: number}>} */
  const waiting = new Map();
  /** @type {Map<string, Set<(value: any) => void>>} */
  const listeners = new Map();
  let last = 0;

  own.addEventListener("message", (message) => {
    if (!isFrom(message, peer)) return;
    const { reply, event, value, problem } = message.data;
    if (event) for (const listener of listeners.get(event) ?? []) listener(value);
    const asked = waiting.get(reply);
    if (!asked) return;
    waiting.delete(reply);
    own.clearTimeout(asked.timer);
    if (problem) asked.reject(new Problem(problem.code, problem));
    else asked.resolve(value);
  });

  return {
    /**
     * @param {string} name
     * @param {...unknown} values
     * @returns {Promise<any>}
     */
    call(name, ...values) {
      const id = (last += 1);
      return new Promise((resolve, reject) => {
        const late = () => (waiting.delete(id), reject(new Problem("host_silent")));
        waiting.set(id, { resolve, reject, timer: own.setTimeout(late, PATIENCE_MILLISECONDS) });
        peer.window.postMessage({ mark: MARK, call: name, id, values }, peer.origin);
      });
    },
    /**
     * @param {string} event
     * @param {(value: any) => void} listener
     */
    on(event, listener) {
      const all = listeners.get(event) ?? new Set();
      listeners.set(event, all.add(listener));
      return () => void all.delete(listener);
    },
  };
}

/**
 * The answering side: only the functions listed in `answers` can be called.
 * @param {Peer} peer
 * @param {Record<string, Answer>} answers
 * @param {Window} [own]
 */
export function answerTo(peer, answers, own = window) {
  own.addEventListener("message", async (message) => {
    if (!isFrom(message, peer) || !message.data.call) return;
    const { call, id, values } = message.data;
    /** @type {object} */
    let answer;
    try {
      if (!Object.hasOwn(answers, call)) throw new Problem("host_cannot");
      answer = { value: await answers[call](...values) };
    } catch (error) {
      const { code, title, detail } = error instanceof Problem ? error : new Problem("failed");
      answer = { problem: { code, title, detail } };
    }
    peer.window.postMessage({ mark: MARK, reply: id, ...answer }, peer.origin);
  });

  return {
    /**
     * @param {string} event
     * @param {unknown} [value]
     */
    tell(event, value) {
      peer.window.postMessage({ mark: MARK, event, value }, peer.origin);
    },
  };
}

/**
 * @param {MessageEvent} message
 * @param {Peer} peer
 */
function isFrom(message, peer) {
  return message.source === peer.window && message.origin === peer.origin && message.data?.mark === MARK;
}
