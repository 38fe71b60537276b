"""The figures of the theory pages: ``python docs/theory/figures.py`` draws them all anew.

A line is the known answer, a dot what the model's rules gave. Plain SVG, so that the files are
small and the same on every machine.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from sim.theory import closed_form
from sim.theory.catalogue import CASES

FOLDER = Path(__file__).parent / "figures"
RUNS = 5000

WIDTH, HEIGHT = 640, 380
LEFT, RIGHT, TOP, BOTTOM = 62, 148, 44, 52
# Okabe and Ito's colours, which differ for every eye, with a dash pattern and a marker each.
STYLES = [("#0072B2", "", 4), ("#D55E00", "7 3", 3), ("#009E73", "2 3", 5)]


class Curve(NamedTuple):
    """A line and its dots: what is set at x, which answer is read, and what it is called."""

    label: str
    answer: str
    at: Callable[[float], dict[str, Any]]


class Picture(NamedTuple):
    """A figure: its case, its finding, its axes, where lines and dots are, and its curves."""

    case: str
    title: str
    across: str
    up: str
    line: Sequence[float]
    dots: Sequence[float]
    curves: Sequence[Curve]
    left: float = 0.0
    top: float = 1.0


def even(low: float, high: float, steps: int) -> list[float]:
    """Numbers evenly spaced from low to high."""
    return [round(low + (high - low) * k / steps, 9) for k in range(steps + 1)]


def replies(defied: Callable[[int], bool]) -> Callable[[float], dict[str, Any]]:
    """A sequence of as many answers as asked for; ``defied`` says which."""
    words = ["conceded", "defied"]
    return lambda n: {"sequence": ",".join(words[defied(k)] for k in range(int(n)))}


PICTURES = [
    Picture(
        "deterrence-game",
        "Conflict is most frequent at middling precision",
        "precision of choice",
        "share of games",
        even(0, 12, 96),
        even(0, 12, 12),
        [
            Curve("status quo", "status_quo", lambda x: {"precision": x}),
            Curve("conflict", "conflict", lambda x: {"precision": x}),
            Curve("concession", "concession", lambda x: {"precision": x}),
        ],
    ),
    Picture(
        "credible-threat",
        "A threat deters once it is believed enough",
        "belief in a hard defender",
        "share of games challenged",
        even(0, 1, 240),
        even(0, 1, 20),
        [
            Curve("war costs .2", "challenge", lambda x: {"belief": x}),
            Curve(
                "war costs 1.5", "challenge", lambda x: {"belief": x, "challenger.conflict": -1.5}
            ),
        ],
    ),
    Picture(
        "cascade",
        "A little more variety, and everyone joins",
        "standard deviation of the thresholds",
        "share that joins",
        even(0.06, 0.18, 240),
        even(0.06, 0.18, 12),
        [Curve("mean .25", "joined", lambda x: {"mean": 0.25, "sd": x, "n": 40_000})],
        left=0.06,
    ),
    Picture(
        "brinkmanship",
        "Most wars come from risks just below the critical one",
        "risk of war in each of five rounds",
        "share of crises without war",
        even(0, 0.5, 240),
        even(0, 0.5, 20),
        [
            Curve("war costs 3", "survival", lambda x: {"risk": x}),
            Curve("war costs 1", "survival", lambda x: {"risk": x, "war": -1}),
        ],
    ),
    Picture(
        "reputation",
        "A name is made slowly, and the more slowly the longer it has been made",
        "answers so far",
        "reputation for answering",
        even(0, 20, 20),
        even(0, 20, 20),
        [
            Curve("always defied", "mean", replies(lambda k: True)),
            Curve("every other time", "mean", replies(lambda k: k % 2 == 0)),
            Curve("defied, then never", "mean", replies(lambda k: k < 10)),
        ],
    ),
    Picture(
        "reviews",
        "Looking twice as often is as dangerous as wanting twice as much",
        "share of reviews that end in a challenge",
        "mean months to the first challenge",
        even(0.05, 1, 95),
        even(0.05, 1, 19),
        [
            Curve("a review in 18 months", "mean_months", lambda x: {"rate": 1 / 18, "choice": x}),
            Curve("a review in 9 months", "mean_months", lambda x: {"rate": 1 / 9, "choice": x}),
        ],
        top=400.0,
    ),
    Picture(
        "contest",
        "The more decisive the contest, the more a small edge is worth",
        "strength of the defence (the challenger's = 1)",
        "share of fights the challenger wins",
        even(0, 3, 120),
        even(0, 3, 12),
        [
            Curve(f"decisiveness {m}", "win", lambda x, m=m: {"defence": x, "decisiveness": m})
            for m in (1, 2, 8)
        ],
    ),
    Picture(
        "accident",
        "Monitoring keeps the peace that nobody means to break",
        "months",
        "share of runs without an accident",
        even(1, 120, 119),
        [1, *range(10, 121, 10)],
        [
            Curve(f"monitoring {m}", "survival", lambda x, m=m: {"months": x, "monitoring": m})
            for m in (1, 0.5, 0)
        ],
    ),
    Picture(
        "tripwire",
        "A token force deters only if any clash means war",
        "power of the force (the challenger's = 1)",
        "ambition from which it attacks",
        even(0, 0.6, 240),
        even(0, 0.6, 12),
        [
            Curve(label, "threshold", lambda x, h=half: {"power": x, "risk_half": h})
            for label, half in (("tripwire", 1e-6), ("half at .05", 0.05), ("half at .2", 0.2))
        ],
        top=2.8,
    ),
    Picture(
        "attrition",
        "The danger depends on the cost of war, hardly on the pace",
        "risk of war in a round",
        "share of crises that end in war",
        even(0.001, 0.5, 240),
        even(0.02, 0.5, 12),
        [Curve(f"war costs {w}", "war", lambda x, w=w: {"war": w, "risk": x}) for w in (1, 3, 10)],
        top=0.4,
    ),
    Picture(
        "salami",
        "The dearer an answer, the larger the slice",
        "fixed cost of answering",
        "slices that take the whole",
        even(0.05, 1, 380),
        even(0.05, 1, 19),
        [
            Curve(f"resolve {r}", "slices", lambda x, r=r: {"fixed": x, "resolve": r})
            for r in (0.9, 0.6, 0.3)
        ],
        top=20.0,
    ),
    Picture(
        "honest-threat",
        "The better a threat is believed, the more it pays to bluff",
        "belief that the threat is meant",
        "whether the challenger bluffs",
        even(0.001, 1, 999),
        even(0.025, 0.975, 19),
        [
            Curve(f"gain {g}", "bluff", lambda x, g=g: {"belief": x, "gain": g})
            for g in (0.75, 0.5, 0.25)
        ],
    ),
    Picture(
        "bargaining",
        "The less is known of the other side, the more often war is risked",
        "highest cost of war of the other side",
        "share of games that end in war",
        even(0.01, 1, 198),
        even(0.05, 1, 19),
        [
            Curve(f"own cost {c}", "war", lambda x, c=c: {"cost_max": x, "cost": c, "power": 0.3})
            for c in (0.05, 0.1, 0.3)
        ],
        top=0.5,
    ),
    Picture(
        "shifting-power",
        "The dearer a war, the further power may fall without one",
        "chance to win now",
        "later chance below which it attacks",
        even(0.5, 1, 200),
        even(0.5, 1, 10),
        [
            Curve(
                f"war costs {c}",
                "threshold",
                lambda x, c=c: {"power_now": x, "cost": c, "cost_other": c},
            )
            for c in (0, 0.05, 0.1)
        ],
        left=0.5,
    ),
    Picture(
        "volunteers",
        "The more could act, the less likely each is to act",
        "states that could act",
        "chance that a state acts",
        even(1, 11, 10),
        even(1, 11, 10),
        [Curve(f"cost {c}", "act", lambda x, c=c: {"n": x, "cost": c}) for c in (0.2, 0.4, 0.6)],
        left=1.0,
    ),
    Picture(
        "public-good",
        "The larger ally ends up paying for all",
        "income of the first of two states; the second has 2",
        "contributions",
        even(0, 6, 240),
        even(0, 6, 12),
        [
            Curve("total", "total", lambda x: {"incomes": [x, 2]}),
            Curve("the good worth half", "total", lambda x: {"incomes": [x, 2], "share": 0.5}),
        ],
        top=4.0,
    ),
    Picture(
        "trust",
        "The worse it is to be exploited, the more trust it takes",
        "belief that the other side cooperates",
        "share of games with cooperation",
        even(0, 1, 380),
        even(0, 1, 20),
        [
            Curve(f"exploited {s:g}", "cooperate", lambda x, s=s: {"belief": x, "sucker": s})
            for s in (0.2, -0.05, -0.6)
        ],
    ),
    Picture(
        "lock-in",
        "Costs at home that rise faster leave fewer rounds",
        "audience cost of a round",
        "rounds until it is locked in",
        even(0.05, 0.5, 180),
        even(0.05, 0.5, 15),
        [
            Curve(f"war {w:g}", "rounds", lambda x, w=w: {"audience": x, "war": w})
            for w in (1.2, 0.8, 0.4)
        ],
        left=0.05,
        top=24.0,
    ),
    Picture(
        "perfect-deterrence",
        "War is likeliest just before the defender is credible enough",
        "credibility of the defender",
        "share of games",
        even(0, 1, 720),
        even(0.0125, 0.9875, 39),
        [
            Curve("status quo", "status_quo", lambda x: {"defender.credibility": x}),
            Curve("conflict", "conflict", lambda x: {"defender.credibility": x}),
            Curve(
                "against .7",
                "conflict",
                lambda x: {"defender.credibility": x, "challenger.credibility": 0.7},
            ),
        ],
    ),
]


def known_at(picture: Picture, curve: Curve, x: float) -> float:
    """The known answer at x; for drawn thresholds that of infinitely many."""
    if picture.case == "cascade":
        return closed_form.cascade_limit(0.25, x)
    return CASES[picture.case].known(curve.at(x))[curve.answer]


def simulated_at(picture: Picture, curve: Curve, x: float) -> float:
    """What the rules gave at x."""
    return CASES[picture.case].simulate(curve.at(x), RUNS)[curve.answer]


def drawn(picture: Picture) -> str:
    """The picture as SVG."""
    parts = [*frame(picture), *ticks(picture)]
    for curve, style in zip(picture.curves, STYLES, strict=False):
        parts += trace(picture, curve, *style)
    parts += [
        text(LEFT, 24, picture.title, 15, "start", "bold"),
        text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 12, picture.across),
        f'<g transform="rotate(-90)">{text(-(TOP + HEIGHT - BOTTOM) / 2, 16, picture.up)}</g>',
    ]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">'
    title = f"<title>{escape(picture.title)}</title>"
    return "\n".join([head, title, *parts, "</svg>"]) + "\n"


def place(picture: Picture, x: float, y: float) -> tuple[float, float]:
    """Where a point stands on the sheet."""
    width = picture.line[-1] - picture.left
    across = LEFT + (x - picture.left) / width * (WIDTH - LEFT - RIGHT)
    up = HEIGHT - BOTTOM - y / picture.top * (HEIGHT - TOP - BOTTOM)
    return round(across, 1), round(up, 1)


def trace(picture: Picture, curve: Curve, colour: str, dash: str, size: int) -> list[str]:
    """A curve: its line, its dots, its name at the right end."""
    line = [place(picture, x, known_at(picture, curve, x)) for x in picture.line]
    dots = [place(picture, x, simulated_at(picture, curve, x)) for x in picture.dots]
    points = " ".join(f"{x},{y}" for x, y in line)
    shown = [f'<circle cx="{x}" cy="{y}" r="{size}" fill="{colour}"/>' for x, y in dots]
    side, key = WIDTH - RIGHT + 12, TOP + 14 + 20 * picture.curves.index(curve)
    return [
        f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2" '
        f'stroke-dasharray="{dash}"/>',
        *shown,
        f'<circle cx="{side}" cy="{key}" r="{size}" fill="{colour}"/>',
        text(side + 9, key + 4, curve.label, 11, "start"),
    ]


def frame(picture: Picture) -> list[str]:
    """The sheet and the axes."""
    right, low = WIDTH - RIGHT, HEIGHT - BOTTOM
    return [
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        f'<path d="M{LEFT} {TOP} V{low} H{right}" fill="none" stroke="#444444"/>',
    ]


def ticks(picture: Picture) -> list[str]:
    """Numbers along the axes."""
    shown = []
    for x in even(picture.left, picture.line[-1], 4):
        across, _ = place(picture, x, 0)
        shown.append(text(across, HEIGHT - BOTTOM + 18, f"{x:.3g}"))
    for y in even(0, picture.top, 4):
        _, up = place(picture, picture.left, y)
        shown.append(text(LEFT - 8, up + 4, f"{y:.3g}", 12, "end"))
    return shown


def text(
    x: float, y: float, words: str, size: int = 12, anchor: str = "middle", weight: str = "normal"
) -> str:
    """A line of text."""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-family="sans-serif" font-size="{size}" '
        f'text-anchor="{anchor}" font-weight="{weight}" fill="#222222">{escape(words)}</text>'
    )


def main() -> None:
    """Draw them all."""
    FOLDER.mkdir(exist_ok=True)
    for picture in PICTURES:
        (FOLDER / f"{picture.case}.svg").write_text(drawn(picture), encoding="utf-8")


if __name__ == "__main__":
    main()
