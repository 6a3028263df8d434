/** The grid: only the rows in sight are in the page. She selects, and edits a cell; what came of it is told. */
import { letters } from "./sheet.js";

const ROW = 22;
const FRESH_MILLISECONDS = 2500;

export class Grid {
  /**
   * @param {HTMLElement} element
   * @param {{chosen: () => void, typed: (row: number, column: number, text: string) => void}} tell
   */
  constructor(element, tell) {
    Object.assign(this, { element, tell, rows: [], size: [1, 1], own: 0, chosen: null, anchor: null, editor: null });
    /** Cells that were filled just now, as "row:column", and until when they show it. */
    this.fresh = new Map();
    element.addEventListener("scroll", () => this.draw());
    element.addEventListener("mousedown", (event) => this.press(event));
    element.addEventListener("mouseover", (event) => event.buttons === 1 && this.drag(event));
    element.addEventListener("mouseup", () => this.release());
    element.addEventListener("dblclick", (event) => this.edit(placeOf(event)));
    element.addEventListener("keydown", (event) => this.key(event));
    new ResizeObserver(() => this.draw()).observe(element);
  }

  /** Shows a sheet; `quiet` where she changed it herself, and nothing in it is news. */
  show({ rows, size, own }, quiet) {
    const until = Date.now() + FRESH_MILLISECONDS;
    const news = this.rows.length === rows.length && !quiet;
    if (!news) this.fresh.clear();
    else
      rows.forEach((row, at) =>
        row.forEach((text, column) => text && !this.rows[at][column] && this.fresh.set(`${at}:${column}`, until)),
      );
    Object.assign(this, { rows, size, own });
    if (this.fresh.size) setTimeout(() => this.draw(), FRESH_MILLISECONDS + 50);
    this.draw();
  }

  /** Selects a block; `reveal` scrolls to it. */
  choose(block, reveal = false) {
    // A cell that is drawn anew hears no double click, and one under the mouse would be entered for ever.
    if (!reveal && JSON.stringify(block) === JSON.stringify(this.chosen)) return;
    this.chosen = block;
    if (reveal && block) {
      const [top, low] = [this.element.scrollTop, this.element.clientHeight - 2 * ROW];
      if (block.top * ROW < top || block.top * ROW > top + low) this.element.scrollTop = block.top * ROW - low / 3;
    }
    this.draw();
  }

  draw() {
    if (this.editor) return;
    const [total, columns] = [this.size[0], Math.min(this.size[1], Math.max(this.own, this.rows[0]?.length ?? 0) + 4)];
    const first = Math.max(0, Math.floor(this.element.scrollTop / ROW) - 5);
    const last = Math.min(total, first + Math.ceil(this.element.clientHeight / ROW) + 12);
    const table = make("table");
    const head = make("tr", {}, make("th", { data: [-1, -1] }));
    for (let column = 0; column < columns; column += 1) {
      const on = this.chosen && column >= this.chosen.left && column <= this.chosen.right;
      head.append(make("th", { data: [-1, column], kind: on ? "chosen" : "" }, letters(column)));
    }
    const body = make("tbody", {}, gap(first));
    for (let row = first; row < last; row += 1) body.append(this.line(row, columns));
    body.append(gap(total - last));
    table.append(make("thead", {}, head), body);
    this.element.replaceChildren(table);
  }

  line(row, columns) {
    const inside = this.chosen && row >= this.chosen.top && row <= this.chosen.bottom;
    const line = make("tr", {}, make("th", { data: [row, -1], kind: inside ? "chosen" : "" }, String(row + 1)));
    for (let column = 0; column < columns; column += 1) {
      const text = this.rows[row]?.[column] ?? "";
      const kinds = [
        row === 0 && "head",
        column >= this.own && column < (this.rows[0]?.length ?? 0) && "added",
        this.fresh.get(`${row}:${column}`) > Date.now() && "fresh",
        inside && column >= this.chosen.left && column <= this.chosen.right && "chosen",
      ];
      line.append(make("td", { data: [row, column], kind: kinds.filter(Boolean).join(" "), title: text }, text));
    }
    return line;
  }

  press(event) {
    const place = placeOf(event);
    if (!place || this.editor) return;
    this.anchor = event.shiftKey && this.anchor ? this.anchor : place;
    this.choose(this.between(this.anchor, place));
  }

  drag(event) {
    const place = placeOf(event);
    if (place && this.anchor && !this.editor) this.choose(this.between(this.anchor, place));
  }

  release() {
    if (!this.editor && this.chosen) this.tell.chosen();
  }

  /** The block between two places; a place on the edge stands for its whole row or column, the corner for all. */
  between(from, to) {
    const [rows, columns] = this.size;
    const span = (one, other, count) => (one < 0 || other < 0 ? [0, count - 1] : [Math.min(one, other), Math.max(one, other)]);
    const [top, bottom] = span(from.row, to.row, rows);
    const [left, right] = span(from.column, to.column, columns);
    return { top, left, bottom, right };
  }

  key(event) {
    if (this.editor || !this.chosen) return;
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    const { top, left } = this.chosen;
    if (step) {
      const row = Math.min(Math.max(0, top + step[0]), this.size[0] - 1);
      const column = Math.min(Math.max(0, left + step[1]), this.size[1] - 1);
      this.anchor = { row, column };
      this.choose(this.between(this.anchor, this.anchor), true);
      this.tell.chosen();
    } else if (event.key === "Enter" || event.key === "F2") this.edit({ row: top, column: left });
    else return;
    event.preventDefault();
  }

  /** Lets her type into a cell: Enter keeps it, so does leaving it, Escape does not. */
  edit(place) {
    if (!place || place.row < 0 || place.column < 0) return;
    const cell = this.element.querySelector(`td[data-row="${place.row}"][data-column="${place.column}"]`);
    if (!cell) return;
    const editor = make("input", {});
    editor.id = "editor";
    editor.value = cell.textContent;
    editor.style.cssText = `left:${cell.offsetLeft}px; top:${cell.offsetTop - 1}px; width:${Math.max(cell.offsetWidth, 180)}px`;
    const end = (keep) => {
      if (!this.editor) return;
      this.editor = null;
      if (keep && editor.value !== cell.textContent) this.tell.typed(place.row, place.column, editor.value);
      this.draw();
      this.element.focus();
    };
    editor.addEventListener("blur", () => end(true));
    editor.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Enter") end(true);
      if (event.key === "Escape") end(false);
    });
    this.editor = editor;
    this.element.append(editor);
    editor.focus();
  }
}

function placeOf({ target }) {
  const cell = target.closest?.("[data-row]");
  return cell ? { row: Number(cell.dataset.row), column: Number(cell.dataset.column) } : null;
}

function gap(rows) {
  const line = make("tr", { kind: "gap" });
  line.style.height = `${rows * ROW}px`;
  return line;
}

function make(name, { data, kind, title } = {}, ...inside) {
  const element = document.createElement(name);
  if (data) [element.dataset.row, element.dataset.column] = data;
  if (kind) element.className = kind;
  if (title) element.title = title;
  element.append(...inside);
  return element;
}
