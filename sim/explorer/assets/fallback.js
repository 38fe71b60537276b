/**
 * Without WebAssembly: the grid that came with the page, one lever at a time, and a told run. Only
 * settings that were run can be chosen.
 */
explorer.fallback = (() => {
  const { html, byId } = explorer.dom;
  const { asText } = explorer.levers;

  /** Counts of the page's grid in the form of a tally. */
  const asTally = ({ runs, outcomes, failure, escalation, months }) => ({
    runs,
    endings: outcomes,
    failed: failure,
    escalated: escalation,
    months,
  });

  const chooser = (data, lever, choose) =>
    html(
      "div",
      { class: "lever" },
      html("label", { for: `grid-${lever.path}` }, lever.name),
      html(
        "select",
        {
          id: `grid-${lever.path}`,
          "data-path": lever.path,
          onchange: ({ target }) => choose(lever, target),
        },
        html("option", { value: "" }, `as in the scenario: ${lever.own}`),
        data.poster.grids[lever.path].map(({ value }, k) =>
          html("option", { value: k }, asText(lever, value)),
        ),
      ),
      html(
        "p",
        { class: "small" },
        explorer.text.capitalise(lever.meaning),
        "; ",
        lever.range,
        ".",
      ),
    );

  const told = ({ headline, chapters, ending, why }) => [
    html("p", { class: "finding" }, headline),
    html(
      "dl",
      { class: "story" },
      chapters.map(({ month, sentences }) =>
        html(
          "div",
          {},
          html("dt", {}, month ? `month ${month}` : "start"),
          html("dd", {}, sentences.join(" ")),
        ),
      ),
    ),
    html("p", {}, ending, " ", why),
  ];

  /**
   * Turn the page into a page of the grid.
   * @param {string} reason why the engine does not run
   * @param {(scene: object) => void} draw draws a tally with its description
   */
  const show = (data, reason, draw) => {
    document.body.dataset.mode = "grid";
    byId("note").textContent =
      `This browser cannot play the model here (${reason}). Shown are runs that came ` +
      "with the page: one lever at a time, at a few values. In another browser the same file " +
      "plays any setting.";
    byId("note").hidden = false;
    const own = () => draw(asTally(data.poster), "the scenario as it is");
    const choose = (lever, target) => {
      const picked = target.value;
      byId("levers-shown")
        .querySelectorAll("select")
        .forEach((each) => {
          if (each !== target) each.value = "";
        });
      if (picked === "") return own();
      const point = data.poster.grids[lever.path][Number(picked)];
      return draw(
        asTally(point),
        `${lever.inline} ${asText(lever, point.value)} (${explorer.text.plural(point.runs, "run")})`,
      );
    };
    const levers = data.levers.filter(({ path }) => path in data.poster.grids);
    explorer.dom.show(
      byId("levers-shown"),
      levers.map((lever) => chooser(data, lever, choose)),
    );
    explorer.dom.show(byId("told"), told(data.poster.told));
    byId("told-fold").open = true;
    byId("chip").disabled = true;
    own();
  };

  return { show };
})();
