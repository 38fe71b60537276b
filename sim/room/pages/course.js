// Lessons to print, and the loader's messages about a scenario file.
import { $, draw, get, h, request, say, sayWhy } from "./room.js";

const sheet = (lesson, minutes) => h("a", { href: `/lesson/${lesson.name}/${minutes}` }, `${minutes} minutes`);

get("/api/lessons").then(({ lessons }) => draw($("lessons"), lessons, () => lessons.map((each) => h("div", {},
  h("h3", {}, each.title), h("p", {}, each.goal), h("p", { class: "row" }, "Student sheet: ", each.minutes.map((length) => sheet(each, length))))))).catch(sayWhy);

$("file").addEventListener("change", async ({ target }) => {
  const [file] = target.files;
  if (!file) return;
  const show = (found) => draw($("checked"), found, () => found && (found.valid ? h("p", { class: "sent" }, `${file.name} is valid.`)
    : [h("p", {}, `${file.name} has mistakes:`), h("ul", {}, found.problems.map((each) => h("li", {}, `Line ${each.line}, column ${each.column}: ${each.message} (${each.remedy})`)))]));
  // What was said of the last file does not stay beside this one, which may be chosen again, corrected.
  say("");
  show(null);
  try { show(await request("/api/check", { method: "POST", body: await file.text() })); } catch (error) { sayWhy(error); }
  target.value = "";
});
