/**
 * Elements of the page. Text is always set as text, so that no name can become markup.
 */
explorer.dom = (() => {
  const SVG = "http://www.w3.org/2000/svg";

  /** The element with this id. */
  const byId = (id) => document.getElementById(id);

  const fill = (element, attributes, children) => {
    for (const [name, value] of Object.entries(attributes)) {
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else if (value === true) element.setAttribute(name, "");
      else if (value !== false && value != null) element.setAttribute(name, value);
    }
    element.append(...children.flat().filter((child) => child != null && child !== false));
    return element;
  };

  /**
   * An HTML element with attributes (`onclick` and the like are listeners) and children.
   * @param {string} tag
   * @param {object} [attributes]
   * @param {...(Node|string|null)} children
   */
  const html = (tag, attributes = {}, ...children) =>
    fill(document.createElement(tag), attributes, children);

  /** An SVG element with attributes and children. */
  const svg = (tag, attributes = {}, ...children) =>
    fill(document.createElementNS(SVG, tag), attributes, children);

  /** A picture with a text alternative. */
  const picture = (width, height, label, ...children) =>
    svg(
      "svg",
      { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label },
      ...children,
    );

  /** A table with a caption, headings and rows of cells; the first cell of a row is its heading. */
  const table = (caption, headings, rows) =>
    html(
      "table",
      { class: "sheet" },
      html("caption", {}, caption),
      html(
        "thead",
        {},
        html(
          "tr",
          {},
          headings.map((text) => html("th", { scope: "col" }, text)),
        ),
      ),
      html(
        "tbody",
        {},
        rows.map(([first, ...rest]) =>
          html(
            "tr",
            {},
            html("th", { scope: "row" }, first),
            rest.map((cell) => html("td", {}, cell)),
          ),
        ),
      ),
    );

  /** Replace the children of an element. */
  const show = (element, ...children) =>
    element.replaceChildren(...children.flat().filter(Boolean));

  /**
   * Call `then` with each whole number from 0 to `most` that is typed into an input. Anything else
   * is reported beside it, and the number that was there returns.
   */
  const onWhole = (id, most, then = () => {}) => {
    const input = byId(id);
    let last = input.value;
    const problem = html("p", { class: "problem", id: `${id}-problem`, role: "alert" });
    input.setAttribute("aria-describedby", problem.id);
    input.after(problem);
    input.addEventListener("focus", () => {
      last = input.value;
    });
    input.addEventListener("input", () => {
      problem.textContent = "";
    });
    input.addEventListener("change", () => {
      const value = Number(input.value);
      if (input.value !== "" && Number.isInteger(value) && value >= 0 && value <= most) {
        last = input.value;
        return then(value);
      }
      const wrong = input.value === "" ? "Type" : `${input.value} is not`;
      input.value = last;
      problem.textContent =
        `${wrong} a whole number from 0 to ${explorer.text.count(most)}. ` +
        `It is still ${input.value}.`;
    });
  };

  /** Say in a place of the page what went wrong there. */
  const refuse = (element, { message }) =>
    show(element, html("p", { class: "note", role: "alert" }, message.replace(/^thinline: /, "")));

  let spoken = null;

  /** Say something to readers of a screen, at most once a second and the last only. */
  const announce = (text) => {
    clearTimeout(spoken);
    spoken = setTimeout(() => {
      byId("live").textContent = text;
    }, 900);
  };

  /** Call a function at most once a frame, with the arguments of its last call. */
  const oncePerFrame = (call) => {
    let waiting = null;
    return (...values) => {
      if (waiting === null)
        requestAnimationFrame(() => {
          const last = waiting;
          waiting = null;
          call(...last);
        });
      waiting = values;
    };
  };

  return { byId, html, svg, picture, table, show, refuse, announce, oncePerFrame, onWhole };
})();
