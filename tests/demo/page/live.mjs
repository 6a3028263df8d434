/**
 * Joins the add-on's script to the sheet of the page around it: before each call its book is read again, and what the
 * script selects or opens is told to the page.
 */

const DAY = 86400000;
const DAY_ZERO = -25569 * DAY;
const letters = (at) => (at > 25 ? letters(Math.floor(at / 26) - 1) : "") + String.fromCharCode(65 + (at % 26));
const cell = (told) => (told !== null && typeof told === "object" ? new Date(DAY_ZERO + told.date * DAY) : told);

/** Returns what is to be done before and after each call of the script. */
export async function follow(lab) {
  let page = "";
  const sheet = lab.book.front;
  lab.book.zone = "Etc/UTC";
  lab.person.locale = navigator.language;

  async function before() {
    const now = await (await fetch("/now")).json();
    page = now.page;
    Object.assign(lab.person, { account: now.account, token: now.token });
    Object.assign(sheet, { title: now.title, rows: now.rows.map((row) => row.map(cell)), formulas: {} });
    now.formulas.forEach((row, at) =>
      row.forEach((formula, column) => formula && (sheet.formulas[letters(column) + (at + 1)] = formula)),
    );
    sheet.select(...now.selected);
  }

  async function after(name) {
    if (name === "showRows") {
      const ranges = sheet.active.map((range) => range.getA1Notation());
      await fetch("/selected", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ ranges }) });
    }
    if (name === "chooseFile") window.parent.postMessage({ dialog: lab.shown.dialog.title }, page);
  }

  await before();
  window.addEventListener("message", async ({ data, origin, source }) => {
    if (source !== window.parent || origin !== page) return;
    await before();
    lab.press(data.press);
    window.parent.postMessage({ sidebar: lab.shown.sidebar.title }, page);
  });
  lab.functions.onOpen();
  window.parent.postMessage({ menu: lab.shown.menu }, page);
  return { before, after };
}
