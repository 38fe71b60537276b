"""The claims as a page: article by article, state by state, and what informs nothing and why.

``python -m tools.docgen.evidence_table`` prints the page; with FILE it writes it there.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from sim.evidence.claims import Article, Claim, Strength, articles, claims, states

HEAD = """\
# What the articles say

Made by `python -m tools.docgen.evidence_table` from the files in `seeds/`; not to be edited by hand.

Five articles are all the evidence there is. None prints a date, so the time is read off each text.
Every line below is in our words, and codes one position or fact.

- **Whose** position, deed or situation it is.
- **By whom** it is said: {strengths}.
- **Public** is whether it was said in public.
- **Informs** names the values it bears on and how. *Up* and *down* are against the default (for
  capability, against the other guarantors); *at* names a value that must be possible; *range* says
  that the texts leave it open or disagree, so that it is drawn anew in each run.

Claims that contradict each other both stand. A claim gives a direction; every number is a
judgement, and `thinline explain SCENARIO PATH` shows the two side by side.
"""
MEANING = {
    Strength.OFFICIAL: "a government or someone in office, by name",
    Strength.ANALYST: "someone without office who comments, named or not",
    Strength.ANONYMOUS: "someone who would not be named",
    Strength.OUTLET: "the article itself",
    Strength.CONTESTED: "an allegation without evidence, which may inform nothing",
}


def page() -> str:
    """The whole page, as Markdown."""
    strengths = ", ".join(f"*{strength}* ({MEANING[strength]})" for strength in Strength)
    whole = [HEAD.format(strengths=strengths), *map(_section, articles()), _matrix(), _idle()]
    return "\n".join(whole)


def _section(article: Article) -> str:
    """An article described, and its claims."""
    rows = (
        [
            f"`{claim.id}`",
            _several(claim.who),
            claim.says,
            claim.strength,
            "yes" if claim.public else "no",
            "<br>".join(f"`{each.parameter}` {each.direction}" for each in claim.informs),
        ]
        for claim in _of(article)
    )
    table = _table(["claim", "whose", "says", "by whom", "public", "informs"], rows)
    return (
        f"## {article.number}: {article.id}\n\n{_capital(article.about)}. Outlet: "
        f"{article.outlet}. Time: {article.when}, for {article.because}.\n\n{table}"
    )


def _matrix() -> str:
    """How many claims of each article are about whom: the states, then everyone else."""
    found = [Counter(who for claim in _of(article) for who in claim.who) for article in articles()]
    others = sorted({who for count in found for who in count} - set(states()))
    named = [state for state in states() if any(count[state] for count in found)]
    rows = ([_name(who), *_counts([count[who] for count in found])] for who in [*named, *others])
    totals = ["all claims", *_counts([len(_of(article)) for article in articles()])]
    table = _table(["", *(article.id for article in articles()), "all"], [*rows, totals])
    return (
        "## Who is spoken of, and where\n\nThe number of claims that are about each: the states of "
        "the roster first, then whoever\nelse the articles speak of. A claim may be about several; "
        "a state of which one article says\nnothing has an empty cell there."
        f"\n\n{table}"
    )


def _idle() -> str:
    """The claims that inform nothing, each with the reason."""
    lines = (f"- `{claim.id}`: {claim.because}\n" for claim in claims() if not claim.informs)
    return (
        f"## Claims that inform nothing\n\nOf {len(claims())} claims these set no value, and this "
        f"is why:\n\n{''.join(lines)}"
    )


def _of(article: Article) -> list[Claim]:
    return [claim for claim in claims() if claim.article == article.id]


def _counts(numbers: list[int]) -> Iterator[str]:
    yield from (str(number or "") for number in [*numbers, sum(numbers)])


def _several(who: Iterable[str]) -> str:
    return ", ".join(map(_name, who))


def _name(who: str) -> str:
    """A state as a reader sees it; whoever is none as the claim puts it, with a capital."""
    return " ".join(map(_capital, who.split("_")))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _table(headings: list[str], rows: Iterable[list[str]]) -> str:
    lines = [headings, ["---"] * len(headings), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def main() -> None:
    """Print the page, or write it to the file named."""
    if len(sys.argv) == 1:
        print(page(), end="")
    for name in sys.argv[1:]:
        Path(name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
