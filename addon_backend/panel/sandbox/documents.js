/**
 * The sandbox's workbooks over HTTP. Problems come out as the panel's own `Problem`.
 *
 * @import { Ticket } from "../api.js"
 * @import { CellValue, Obstacle } from "../types.js"
 */
import { Problem } from "../api.js";

/** @typedef {{id: string, title: string, rows: number}} Sheet */
/** @typedef {{id: string, title: string, sheets: Sheet[]}} OpenDocument */
/** @typedef {{id: string, index: number, letter: string}} Column */
/** @typedef {{id: number, position: number, hidden: boolean, cells: CellValue[], obstacles: Partial<Record<Obstacle, number[]>>}} Row obstacles: indexes of columns */
/** @typedef {{revision: number, rows_total: number, protected: boolean, columns: Column[], order?: number[], rows: Row[]}} Changes */
/** @typedef {{row: number, column: string, value: CellValue}} Edit */

/** @param {string} language */
export function createDocuments(language) {
  /**
   * @param {string} path
   * @param {RequestInit} [init]
   * @returns {Promise<any>}
   */
  async function call(path, init = {}) {
    /** @type {Response} */
    let reply;
    try {
      const headers = { "X-Sandbox": "1", "Accept-Language": language, ...init.headers };
      reply = await fetch(`/sandbox${path}`, { ...init, headers, cache: "no-store" });
    } catch {
      throw new Problem("offline");
    }
    if (reply.ok) return reply.json();
    const told = await reply.json().catch(() => ({}));
    throw new Problem(told.code ?? "failed", { ...told, status: reply.status });
  }

  /**
   * @param {string} path
   * @param {unknown} [body]
   */
  const post = (path, body) =>
    call(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body ?? {}) });

  /**
   * @param {string} document
   * @param {string} sheet
   */
  const at = (document, sheet) => `/documents/${encodeURIComponent(document)}/sheets/${encodeURIComponent(sheet)}`;

  return {
    /** @returns {Promise<Ticket>} */
    ticket: () => post("/ticket", { language }),
    /** What is open, newest first. @returns {Promise<OpenDocument[]>} */
    all: async () => (await call("/documents")).documents,
    /** @returns {Promise<OpenDocument>} */
    demo: () => post("/documents/demo"),
    /** @param {File} file @returns {Promise<OpenDocument>} */
    upload(file) {
      const form = new FormData();
      form.set("file", file);
      return call("/documents", { method: "POST", body: form });
    },
    /** @param {string} document @param {string} sheet @param {number} since @returns {Promise<Changes>} */
    rows: (document, sheet, since) => call(`${at(document, sheet)}/rows?since=${since}`),
    /** @param {string} document @param {string} sheet @param {Edit[]} changes */
    edit: (document, sheet, changes) => post(`${at(document, sheet)}/edit`, { changes }),
    /** @param {string} document @param {string} sheet @param {string} column @param {boolean} descending @param {number} header_rows */
    sort: (document, sheet, column, descending, header_rows) =>
      post(`${at(document, sheet)}/sort`, { column, descending, header_rows }),
    /** @param {string} document @param {string} sheet @param {number} position */
    insert: (document, sheet, position) => post(`${at(document, sheet)}/insert`, { position, count: 1 }),
    /** @param {string} document @param {string} sheet @param {number[]} rows */
    remove: (document, sheet, rows) => post(`${at(document, sheet)}/delete`, { rows }),
    /** How many seconds each write of a run takes. @returns {Promise<number>} */
    pace: async () => (await call("/pace")).seconds,
    /** @param {number} seconds */
    slowDown: (seconds) => post("/pace", { seconds }),
    /** Where the browser finds the file. @param {string} document */
    downloadPath: (document) => `/sandbox/documents/${encodeURIComponent(document)}/download`,
  };
}

/** @typedef {ReturnType<typeof createDocuments>} Documents */
