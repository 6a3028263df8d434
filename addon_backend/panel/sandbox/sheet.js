/**
 * The sheet as this page knows it: rows that keep their ids, brought up to date by revision.
 *
 * @import { Block } from "../a1.js"
 * @import { CellValue, Obstacle, Table } from "../types.js"
 * @import { Changes, Column, Documents, Row } from "./documents.js"
 */
import { HEAD_ROWS, WHOLE_ROWS, WHOLE_SIZE } from "../host/port.js";

/** What one refresh brought: row id → indexes of the sheet columns whose value is another. */
/** @typedef {{cells: Map<number, number[]>, moved: boolean, widened: boolean}} News */

export class SheetModel {
  /**
   * @param {Documents} documents
   * @param {string} document
   * @param {string} id
   * @param {string} title
   */
  constructor(documents, document, id, title) {
    this.documents = documents;
    this.document = document;
    this.id = id;
    this.title = title;
    this.revision = -1;
    this.protected = false;
    /** @type {Column[]} */
    this.columns = [];
    /** @type {Map<number, Row>} */
    this.rows = new Map();
    /** @type {number[]} */
    this.order = [];
    /** Rows that are not hidden, from top to bottom. @type {Row[]} */
    this.visible = [];
  }

  /** Fetches what changed since the last time. @returns {Promise<News>} */
  async refresh() {
    const seen = await this.documents.rows(this.document, this.id, this.revision);
    return seen.revision > this.revision ? this.take(seen) : { cells: new Map(), moved: false, widened: false };
  }

  /** @param {Changes} seen @returns {News} */
  take({ revision, protected: closed, columns, order, rows }) {
    const widened = columns.length !== this.columns.length || columns.some((one, at) => one.id !== this.columns[at].id);
    const before = widened ? new Map(this.columns.map(({ id }, at) => [id, at])) : null;
    /** @type {Map<number, number[]>} */
    const cells = new Map();
    for (const row of rows) {
      const old = this.rows.get(row.id);
      const changed = columns
        .filter(({ id }, at) => old && !same(old.cells[before ? (before.get(id) ?? -1) : at] ?? null, row.cells[at]))
        .map(({ index }) => index);
      if (!old || changed.length) cells.set(row.id, changed);
      this.rows.set(row.id, row);
    }
    this.revision = revision;
    this.protected = closed;
    this.columns = columns;
    const moved = order !== undefined;
    if (order) {
      const kept = new Set(order);
      for (const id of this.rows.keys()) if (!kept.has(id)) this.rows.delete(id);
      this.order = order;
      order.forEach((id, position) => {
        const row = this.rows.get(id);
        if (row) row.position = position;
      });
    }
    if (moved || rows.length) this.visible = this.order.flatMap((id) => this.rows.get(id) ?? []).filter(({ hidden }) => !hidden);
    return { cells, moved, widened };
  }

  /** The block from A1 to the last cell that the sheet has. @returns {Block} */
  get used() {
    const right = this.columns.at(-1)?.index ?? 0;
    return { top: 0, left: 0, bottom: Math.max(0, this.order.length - 1), right };
  }

  /** @param {number} index of the sheet column */
  columnAt(index) {
    return this.columns.find((column) => column.index === index);
  }

  /**
   * @param {Row} row
   * @param {number} index of the sheet column
   * @returns {CellValue}
   */
  value(row, index) {
    const at = this.columns.findIndex((column) => column.index === index);
    return at < 0 ? null : (row.cells[at] ?? null);
  }

  /**
   * How many rows of a block are hidden.
   * @param {Block} block
   */
  hiddenIn({ top, bottom }) {
    return this.order.slice(top, bottom + 1).filter((id) => this.rows.get(id)?.hidden).length;
  }

  /** True when no visible cell of the block holds anything. @param {Block} block */
  isBlank({ top, bottom, left, right }) {
    const places = this.columns.flatMap(({ index }, at) => (index >= left && index <= right ? [at] : []));
    return !this.order.slice(top, bottom + 1).some((id) => {
      const row = this.rows.get(id);
      return row && !row.hidden && places.some((at) => row.cells[at] !== null && row.cells[at] !== "");
    });
  }

  /**
   * The block's values by column, one per sheet row; those of hidden rows are null. A block too long or too
   * heavy to be sent whole is sampled evenly.
   * @param {Block} block
   * @returns {Table}
   */
  table({ top, bottom, left, right }) {
    const ids = this.order.slice(top, bottom + 1);
    const most = Math.min(ids.length, WHOLE_ROWS);
    const columns = this.columnsOf(spread(ids, most), left, right);
    const size = JSON.stringify(columns).length;
    const count = size > WHOLE_SIZE ? Math.floor((most * WHOLE_SIZE) / size) : most;
    return {
      top,
      rows_total: ids.length,
      sampled: count < ids.length,
      columns: count < most ? this.columnsOf(spread(ids, count), left, right) : columns,
      above: this.above(top, left, right),
    };
  }

  /**
   * The first rows of the list that a block is cut from: its header stands there.
   * @param {number} top
   * @param {number} left
   * @param {number} right
   */
  above(top, left, right) {
    const places = this.columns.flatMap(({ index }, at) => (index >= left && index <= right ? [at] : []));
    const row = (/** @type {number} */ position) => this.rows.get(this.order[position]);
    const isOfList = (/** @type {number} */ position) =>
      row(position)?.hidden || row(position)?.cells.some((cell) => cell !== null && cell !== "");
    let begins = top;
    while (begins > 0 && isOfList(begins - 1)) begins -= 1;
    if (begins === top) return null;
    const head = this.order.slice(begins, Math.min(begins + HEAD_ROWS, top)).map((id) => this.rows.get(id));
    return { top: begins, rows: head.map((one) => places.map((at) => (one && !one.hidden ? (one.cells[at] ?? null) : null))) };
  }

  /**
   * @param {number[]} ids of rows
   * @param {number} left
   * @param {number} right
   */
  columnsOf(ids, left, right) {
    const rows = ids.map((id) => this.rows.get(id)).map((row) => (row && !row.hidden ? row : null));
    return this.columns.flatMap(({ index }, at) =>
      index < left || index > right
        ? []
        : {
            index,
            values: rows.map((row) => row?.cells[at] ?? null),
            obstacles: obstaclesOf(rows, index),
          },
    );
  }
}

/**
 * What stands in the way in a column, by position.
 * @param {(Row | null | undefined)[]} rows
 * @param {number} index of the sheet column
 */
function obstaclesOf(rows, index) {
  /** @type {Partial<Record<Obstacle, number[]>>} */
  const found = {};
  rows.forEach((row, position) => {
    for (const [code, indexes] of Object.entries(row?.obstacles ?? {})) {
      if (indexes.includes(index)) (found[/** @type {Obstacle} */ (code)] ??= []).push(position);
    }
  });
  return found;
}

/**
 * So many of them, from the first to the last, evenly.
 * @param {number[]} ids
 * @param {number} count
 */
function spread(ids, count) {
  return count >= ids.length ? ids : Array.from({ length: count }, (_, at) => ids[Math.floor((at * ids.length) / count)]);
}

/**
 * @param {CellValue} left
 * @param {CellValue} right
 */
function same(left, right) {
  return left === right || (typeof left === "object" && typeof right === "object" && JSON.stringify(left) === JSON.stringify(right));
}

/**
 * What a person typed, as the value that a sheet would keep. Text that begins with 0 or + stays text: it is a
 * phone number or a postcode.
 * @param {string} text
 * @returns {CellValue}
 */
export function typed(text) {
  if (text === "") return null;
  if (/^(true|false)$/i.test(text)) return text.toLowerCase() === "true";
  return /^-?(0|[1-9]\d{0,14})(\.\d+)?$/.test(text) ? Number(text) : text;
}
