/**
 * The levers: for each a range and a number input with unit, range, meaning and source.
 */
explorer.levers = (() => {
  const { html, byId } = explorer.dom;
  const { number } = explorer.text;

  /** A value of a lever as text. */
  const asText = (lever, value) => lever.words[value - lever.low] ?? number(value);

  /** The lever as the chosen scenario has it. */
  const inPreset = (data, lever, preset) => {
    const found = data.presets.find(({ name }) => name === preset);
    return { ...lever, ...(found?.levers[lever.path] ?? {}) };
  };

  /** The sources of a value: claims under the place where they stand, which is named once. */
  const cited = (sources) =>
    [...new Set(sources.map(({ where }) => where))].map((where) => {
      const claims = sources.filter((each) => each.where === where && each.says);
      const said = claims.map(({ says }) => html("li", {}, says));
      if (!where) return said;
      const place = html("cite", {}, explorer.text.capitalise(where), said.length ? ":" : "");
      return [html("li", {}, place, said.length ? html("ul", {}, said) : null)];
    });

  const about = (lever) =>
    html(
      "details",
      {},
      html("summary", {}, "meaning and source"),
      html("p", {}, explorer.text.capitalise(lever.meaning), "; ", lever.range, "."),
      html("p", { class: "own" }),
      html("ul", {}),
      html("p", { class: "small" }, html("code", {}, lever.path)),
    );

  const slider = (lever, id) =>
    html("input", {
      type: "range",
      id,
      min: lever.low,
      max: lever.high,
      step: lever.step,
      "aria-describedby": `${id}-own`,
    });

  const typed = (lever, id) =>
    html("input", {
      type: "number",
      id: `${id}-number`,
      min: lever.low,
      max: lever.high,
      step: "any",
      inputmode: "decimal",
      "aria-label": `${lever.name}, as a number`,
    });

  const chosen = (lever, id) =>
    html(
      "select",
      { id, "aria-describedby": `${id}-own` },
      lever.words.map((word, k) => html("option", { value: lever.low + k }, word)),
    );

  const build = (lever, id, free) =>
    html(
      "div",
      { class: "lever", "data-path": lever.path },
      html(
        "label",
        { for: id },
        lever.name,
        lever.hint ? html("span", {}, ` ${lever.hint}`) : null,
      ),
      html(
        "div",
        { class: "inputs" },
        ...(lever.words.length ? [chosen(lever, id)] : [slider(lever, id), typed(lever, id)]),
      ),
      html("p", { class: "problem", role: "alert" }),
      html("p", { class: "now", id: `${id}-own` }),
      html(
        "button",
        {
          type: "button",
          class: "plain free",
          onclick: () => {
            free(lever.path);
            byId(id).focus(); // the button is gone
          },
        },
        "as in the scenario",
      ),
      about(lever),
    );

  /** The value that a lever has now, as text, and whether it is the scenario's own. */
  const status = (lever, value) => {
    if (value !== undefined)
      return `fixed at ${asText(lever, value)} in every run`;
    if (!lever.drawn || lever.value === null) return `as in the scenario: ${lever.own}`;
    const average = lever.words.length ? "" : `average ${number(lever.value, 2)}; `;
    return `${average}drawn in each run: ${lever.own}`;
  };

  /** A value as a number input takes it. */
  const asTyped = (value) => number(value).replace("−", "-").replaceAll(",", "");

  const showLever = (element, lever, value) => {
    const shown = value ?? lever.value ?? lever.low;
    const hasOne = value !== undefined || !lever.drawn;
    element.dataset.typed = hasOne ? asTyped(shown) : "";
    for (const input of element.querySelectorAll("input, select")) {
      const text = input.type === "number" ? element.dataset.typed : shown;
      if (input.type === "number") input.placeholder = hasOne ? "" : "drawn";
      if (input !== document.activeElement || input.type === "range") input.value = text;
    }
    element.classList.toggle("moved", value !== undefined);
    element.querySelector(".now").textContent = status(lever, value);
    element.querySelector(".free").hidden = value === undefined;
    element.querySelector(".own").textContent =
      `In the scenario: ${lever.own}.${lever.why ? ` Why: ${lever.why}.` : ""}`;
    element.querySelector("ul").replaceChildren(...cited(lever.sources).flat());
  };

  /** Why what stands in an input is no value of the lever; empty if it is one. */
  const problemOf = (lever, { value }) => {
    const isInside = value !== "" && Number(value) >= lever.low && Number(value) <= lever.high;
    const ends = `Type a number from ${number(lever.low)} to ${number(lever.high)}.`;
    return isInside ? "" : value === "" ? ends : `${value} is out of range. ${ends}`;
  };

  /**
   * Build the levers once.
   * @param {(path: string, value: number) => void} move called when a lever is moved
   * @param {(path: string) => void} free called when a lever is given back to the scenario
   */
  const make = (data, move, free) => {
    data.levers.forEach((lever, k) => {
      const element = build(lever, `lever-${k}`, free);
      element.addEventListener("input", ({ target }) => {
        const problem = problemOf(lever, target);
        if (problem) target.setAttribute("aria-invalid", "true");
        else target.removeAttribute("aria-invalid");
        element.querySelector(".problem").textContent = "";
        if (!problem) move(lever.path, Number(target.value));
      });
      element.addEventListener("change", ({ target }) => {
        const problem = problemOf(lever, target);
        if (target.type === "number") target.value = element.dataset.typed;
        if (!problem) return;
        target.removeAttribute("aria-invalid");
        element.querySelector(".problem").textContent =
          `${problem} The value is still ${target.value || "drawn in each run"}.`;
      });
      byId(lever.shown ? "levers-shown" : "levers-folded").append(element);
    });
    byId("levers-fold").hidden = data.levers.every(({ shown }) => shown);
  };

  /** Show a state in the levers. */
  const show = (data, state) => {
    for (const element of document.querySelectorAll(".lever")) {
      const lever = data.levers.find(({ path }) => path === element.dataset.path);
      showLever(element, inPreset(data, lever, state.preset), state.set[lever.path]);
    }
  };

  /** Lock or unlock every lever. */
  const lock = (locked) => {
    byId("levers").disabled = locked;
  };

  /** The settings in words: what differs from the first scenario, which is named where another
   * one, `beside`, is shown. */
  const describe = (data, { preset, set }, beside = "") => {
    const named = data.presets.find(({ name }) => name === preset) ?? (beside ? data : null);
    const moved = data.levers
      .filter(({ path }) => path in set)
      .map((lever) => `${lever.inline} ${asText(lever, set[lever.path])}`);
    const parts = [...(named ? [`“${named.title}”`] : []), ...moved];
    return parts.length ? explorer.text.joinAnd(parts) : "the scenario as it is";
  };

  return { make, show, lock, describe, inPreset, asText };
})();
