/**
 * Predict, reveal, explain, explore: the reader says how a hundred runs end before seeing them.
 */
explorer.predict = (() => {
  const { html, byId, announce } = explorer.dom;
  const { bars } = explorer;
  const { fixed, shareWithInterval, joinAnd, count, plural } = explorer.text;
  const CODE = "TLP",
    VERSION = 1,
    KEY = "Bar: the runs, with the 95 % interval as a line. Thick mark: your number.",
    OWN_KEY = " Dashed mark: the scenario without the change.";

  /** The share of what a bar stands for in a tally, as an interval. */
  const shareOf = (data, item, tally) => {
    const counts = { ...tally.sums, failure: tally.failed, escalation: tally.escalated };
    const runs = item.rest
      ? tally.runs - counts[item.measure]
      : item.measure
      ? counts[item.measure]
      : item.outcomes.reduce(
          (sum, word) => sum + tally.endings[data.outcomes.findIndex((each) => each.word === word)],
          0,
        );
    return explorer.statistics.proportion(runs, tally.runs);
  };

  /** All gaps in a sentence, the largest first. */
  const gapSentence = (data, said, tally) => {
    const found = data.predicted
      .map((item, k) => ({ item, share: shareOf(data, item, tally), said: said[k] }))
      .map((each) => ({ ...each, off: Math.abs(each.said - 100 * each.share[0]) }))
      .sort((a, b) => b.off - a.off);
    const off = found.reduce((sum, each) => sum + each.off, 0) / 2;
    const [first] = found;
    return (
      `To match the model’s runs, ${fixed(off, 0)} of your 100 would have to move elsewhere. ` +
      `Largest gap: ${first.item.label}; you said ` +
      `${first.said}, the runs give ${shareWithInterval(first.share)}: ${bars.gap(first.said, first.share)}.`
    );
  };

  const toCode = (data, step, said) =>
    explorer.codes.encode(`${CODE}${VERSION}`, [explorer.state.mark(data), step, ...said]);

  /** A typed prediction of this explorer, or a note that says why there is none. */
  const fromCode = (data, text) => {
    const { numbers, version, problem } = explorer.codes.decode(CODE, VERSION, text);
    if (problem === "version") return { note: `version ${version} is not read here` };
    if (problem) return { note: "not a prediction code, or mistyped" };
    const [mark, step, ...said] = numbers;
    if (mark !== explorer.state.mark(data)) return { note: "of another explorer" };
    return { step, said };
  };

  /**
   * The exercise.
   * @param {{ask: (settings: object) => void, reveal: () => void, done: (isRevealed: boolean) => void}} page what the
   * page does at each step: lock and hide, play, and unlock
   */
  const make = (data, page) => {
    const { steps } = data.lesson;
    let step = 0,
      said = data.predicted.map(() => 0),
      phase = "off";
    const answers = steps.map(() => null);
    let latest = null; // the tally of the runs that answer the question

    const showLeft = () => {
      const rest = said.reduce((left, value) => left - value, 100);
      byId("predict-left").textContent =
        rest === 0
          ? "All 100 runs are given."
          : rest > 0
            ? `${rest} of 100 runs are left to give.`
            : `${-rest} runs too many: together they must be 100.`;
      byId("predict-reveal").disabled = rest !== 0 || phase !== "ask";
    };

    const changed = (k, text) => {
      if (phase !== "ask") return;
      said[k] = Math.min(100, Math.max(0, Math.round(Number(text) || 0)));
      document.querySelectorAll(`#predict-bars [data-item="${k}"]`).forEach((input) => {
        if (Number(input.value) !== said[k]) input.value = said[k];
      });
      showLeft();
    };

    const ask = () => {
      phase = "ask";
      latest = null;
      said = data.predicted.map(() => 0);
      explorer.dom.show(
        byId("predict-bars"),
        data.predicted.map((item, k) => bars.make(item, k, changed)),
      );
      byId("predict-step").textContent = `Question ${step + 1} of ${steps.length}`;
      byId("predict-ask").textContent = steps[step].ask;
      byId("predict-after").hidden = true;
      byId("predict-key").hidden = true;
      byId("predict-why").value = "";
      page.ask(steps[step].set);
      showLeft();
      byId("predict-ask").focus();
    };

    const reveal = () => {
      phase = "shown";
      document.querySelectorAll("#predict-bars input").forEach((input) => {
        input.disabled = true;
      });
      byId("predict-reveal").disabled = true;
      byId("predict-after").hidden = false;
      byId("predict-code").textContent = toCode(data, step, said);
      byId("predict-look").textContent = steps[step].why;
      byId("predict-next").textContent =
        step + 1 < steps.length ? "Next question" : "Explore freely";
      byId("predict-next").disabled = true; // until there is an answer to keep
      page.reveal();
      byId("predict-gap").focus();
    };

    const tally = (found, own, finished) => {
      if (phase !== "shown") return;
      data.predicted.forEach((item, k) =>
        bars.showTruth(k, said[k], shareOf(data, item, found), own && shareOf(data, item, own)),
      );
      byId("predict-key").textContent = KEY + (own ? OWN_KEY : "");
      byId("predict-key").hidden = false;
      const sentence = gapSentence(data, said, found);
      byId("predict-gap").textContent = `${sentence} (${count(found.runs)} runs)`;
      answers[step] = { said: [...said], sentence };
      byId("predict-next").disabled = false;
      if (finished) announce(sentence);
      latest = found;
      showCollected();
    };

    const showCollected = () => {
      if (!latest) return;
      const lines = byId("predict-codes").value.trim().split(/\s*\n\s*/).filter(Boolean);
      const read = lines.map((line) => fromCode(data, line));
      const good = read.filter((each) => each.step === step);
      const bad = read.flatMap((each, k) =>
        each.step === step
          ? []
          : [`${lines[k].slice(0, 24)} (${each.note ?? `of question ${each.step + 1}`})`],
      );
      explorer.dom.show(
        byId("predict-room"),
        lines.length
          ? [
              html(
                "p",
                {},
                `${plural(good.length, "prediction")} of this question. ` +
                  "Each dot is a prediction, the line is what the runs give, in per cent." +
                  (bad.length ? ` Left out: ${joinAnd(bad)}.` : ""),
              ),
              ...data.predicted.map((item, k) =>
                bars.classRow(
                  item,
                  good.map((each) => each.said[k]),
                  shareOf(data, item, latest),
                ),
              ),
            ]
          : [],
      );
    };

    const saidInWords = (numbers) =>
      data.predicted.map(({ label }, k) => `${label}: ${numbers[k]}`).join("; ");

    const keepWhy = () => {
      if (phase === "shown" && answers[step]) answers[step].why = byId("predict-why").value;
    };

    const next = () => {
      keepWhy();
      step += 1;
      if (step < steps.length) ask();
      else stop();
    };

    /** Leave the exercise; a question that was not answered is taken back. */
    const stop = () => {
      keepWhy();
      const isRevealed = phase === "shown";
      phase = "off";
      const kept = answers.map(
        (answer, k) =>
          answer &&
          html(
            "li",
            { value: k + 1 },
            steps[k].ask,
            html("p", {}, `You said ${saidInWords(answer.said)}. ${answer.sentence}`),
            html("p", { class: "small" }, `Prediction code: ${toCode(data, k, answer.said)}`),
            answer.why ? html("p", {}, `Why: ${answer.why}`) : null,
          ),
      );
      explorer.dom.show(byId("predict-kept"), kept.some(Boolean) ? html("ol", {}, kept) : []);
      page.done(isRevealed);
    };

    const start = () => {
      step = 0;
      answers.fill(null);
      ask();
    };

    byId("predict-start").addEventListener("click", start);
    byId("predict-reveal").addEventListener("click", reveal);
    byId("predict-next").addEventListener("click", next);
    byId("predict-leave").addEventListener("click", stop);
    byId("predict-codes").addEventListener("input", showCollected);
    return {
      start,
      /** Leave the exercise, if it is going on. */
      leave: () => phase !== "off" && stop(),
      tally,
      get phase() {
        return phase;
      },
      /** Whether the runs without the change may be shown: not if a later question asks for them. */
      get comparesWithOwn() {
        const isOwn = ({ set }) => !Object.keys(set).length;
        return phase === "shown" && !steps.slice(step).some(isOwn);
      },
      get answers() {
        return answers.filter(Boolean);
      },
    };
  };

  return { make };
})();
