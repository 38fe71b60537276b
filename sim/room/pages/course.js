// Lessons to print, and the loader's messages about a scenario file.
import { $, draw, get, h, say } from "./room.js";

const sheet = (lesson, minutes) => h("a", { href: `/lesson/${lesson.name}/${minutes}` }, `${minutes} minutes`);

get("/api/lessons").then(({ lessons }) => draw($("lessons"), lessons, () => lessons.map((each) => h("div", {},
  h("h3", {}, each.title), h("p", {}, each.goal), h("p", { class: "row" }, "Student sheet: ", each.minutes.map((length) => sheet(each, length))))))).catch((error) => say(error.message, true));

$("file").addEventListener("change", async (event) => {
  const [file] = event.target.files;
  if (!file) return;
  try {
    const response = await fetch("/api/check", { method: "POST", body: await file.text() });
    const found = await response.json();
    if (!response.ok) throw new Error(found.error);
    draw($("checked"), [file.name, found, Date.now()], () => (found.valid ? h("p", { class: "sent" }, `${file.name} is valid.`)
      : h("ul", {}, found.problems.map((each) => h("li", {}, `Line ${each.line}, column ${each.column}: ${each.message} (${each.remedy})`)))));
  } catch (error) { say(error.message, true); }
});
