/**
 * The bars of a prediction: what the reader says of each ending, what the runs give, and the dots of
 * a class.
 */
explorer.bars = (() => {
  const { html, byId } = explorer.dom;
  const { fixed, shareWithInterval } = explorer.text;
  const SCALE = [0, 20, 40, 60, 80, 100];

  /** The gap between a prediction in per cent and a share, in words. */
  const gap = (said, share) => {
    const off = said - 100 * share[0];
    if (said >= 100 * share[1] - 0.5 && said <= 100 * share[2] + 0.5) return "they agree";
    const size = fixed(Math.abs(off), 0);
    return `${size} ${size === "1" ? "point" : "points"} too ${off > 0 ? "many" : "few"}`;
  };

  const scale = () =>
    SCALE.map((value) => html("s", { style: `left:${value}%` }, html("span", {}, value)));

  /** The inputs of an ending; `changed` is called with its number and what was typed. */
  const make = (item, k, changed) => {
    const id = `predict-${k}`;
    const input = (type, more) =>
      html("input", {
        type,
        min: 0,
        max: 100,
        step: 1,
        value: 0,
        "data-item": k,
        ...more,
        oninput: ({ target }) => changed(k, target.value),
      });
    return html(
      "div",
      { class: "bar" },
      html("label", { for: id }, explorer.text.capitalise(item.label)),
      input("range", { id }),
      input("number", { "aria-label": `${item.label}, runs of a hundred`, inputmode: "numeric" }),
      html(
        "div",
        { class: "truth", "aria-hidden": "true" },
        scale(),
        html("i", {}),
        html("b", {}),
        html("em", {}),
        html("u", { hidden: true }),
      ),
      html("p", { class: "said" }),
    );
  };

  /** Show a share beside what the reader said of it; `own` is that of the scenario as it is. */
  const showTruth = (k, guess, share, own) => {
    const element = byId("predict-bars").children[k];
    element.classList.add("shown");
    element.querySelector("i").style.cssText = `left:0;width:${100 * share[0]}%`;
    element.querySelector("b").style.cssText =
      `left:${100 * share[1]}%;width:${100 * (share[2] - share[1])}%`;
    element.querySelector("em").style.cssText = `left:${guess}%`;
    element.querySelector("u").style.cssText = `left:${100 * (own?.[0] ?? 0)}%`;
    element.querySelector("u").hidden = !own;
    element.querySelector(".said").textContent =
      `You said ${guess}; the runs give ${shareWithInterval(share)}: ${gap(guess, share)}.` +
      (own ? ` Without the change: ${shareWithInterval(own)}.` : "");
  };

  /** What a class said of an ending, and what the runs give. */
  const classRow = (item, values, share) =>
    html(
      "div",
      { class: "room" },
      html("span", {}, item.label),
      html(
        "div",
        {
          class: "dots",
          role: "img",
          "aria-label": `${item.label}: predicted ${values.join(", ") || "nothing"}; the runs give ${shareWithInterval(share)}`,
        },
        scale(),
        html("i", { style: `left:${100 * share[0]}%` }),
        values.map((value) => html("b", { style: `left:${value}%` })),
      ),
    );

  return { make, showTruth, classRow, gap };
})();
