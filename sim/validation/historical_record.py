"""The historical record: published figures with their sources, and intervals where counts exist."""

from __future__ import annotations

from dataclasses import dataclass

from sim.statistics import Estimate, proportion

# The works that the figures come from, as far as they are known.
LITERATURE = {
    "Altman (2017)": """
        Altman, D. (2017). By fait accompli, not coercion: How states wrest territory from
        their adversaries. *International Studies Quarterly* 61(4).
    """,
    "Berkemeier and Fuhrmann (2018)": """
        Berkemeier, M. and Fuhrmann, M. (2018). Reassessing the fulfillment of alliance
        commitments in war. *Research & Politics* 5(2).
    """,
    "International Crisis Behavior, version 14": """
        Brecher, M., Wilkenfeld, J. et al. *International Crisis Behavior Project*, version
        14.
    """,
    "Fortna (2004)": "Fortna, V. P. (2004).",
    "RAND RR2533": """
        Frederick, B. et al. (2020). Understanding the deterrent impact of U.S. overseas
        forces. RAND, RR2533.
    """,
    "Gilligan and Sergenti (2008)": """
        Gilligan, M. J. and Sergenti, E. J. (2008). Do UN interventions cause peace? Using
        matching to improve causal inference. *Quarterly Journal of Political Science* 3(2).
    """,
    "Huth (1988)": """
        Huth, P. K. (1988). Extended deterrence and the outbreak of war. *American Political
        Science Review* 82(2).
    """,
    "Huth and Russett (1984)": """
        Huth, P. K. and Russett, B. (1984). What makes deterrence work? Cases from 1900 to
        1980. *World Politics* 36(4).
    """,
    "IISS": "International Institute for Strategic Studies (IISS).",
    "Leeds, Long and Mitchell (2000)": """
        Leeds, B. A., Long, A. G. and Mitchell, S. M. (2000). Reevaluating alliance
        reliability. *Journal of Conflict Resolution* 44(5).
    """,
    "Militarized Interstate Disputes 5.0": """
        *Militarized Interstate Disputes*, version 5.0, of the Correlates of War Project.
    """,
    "NATO": "NATO. Histories of IFOR, SFOR, KFOR and the enhanced Forward Presence.",
    "Reiter and Poast (2021)": """
        Reiter, D. and Poast, P. (2021). The truth about tripwires: Why small force
        deployments do not deter aggression. *Texas National Security Review* 4(3).
    """,
    "Thomson et al. 2006": """
        Thomson, R., Stokman, F. N., Achen, C. H. and König, T. (eds.) (2006). *The European
        Union Decides*. Cambridge University Press.
    """,
    "Yang, Kugler and Abdollahian": "Yang, Kugler and Abdollahian.",
}

ICB = "International Crisis Behavior, version 14"
MID = "Militarized Interstate Disputes 5.0"


@dataclass(frozen=True, slots=True)
class Recorded:
    """A published figure; ``low`` and ``high`` are the ends of its 95 % interval, if known."""

    what: str
    value: float
    source: str
    low: float | None = None
    high: float | None = None
    unit: str = "share"


def counted(what: str, count: int, total: int, source: str) -> Recorded:
    """A share from its counts, with its Wilson interval."""
    found: Estimate = proportion(count, total)
    return Recorded(what, found.value, source, found.low, found.high)


CRISES = 486
VIOLENCE = (
    counted("crises without violence, 1918–2017", 125, CRISES, ICB),
    counted("with minor clashes", 142, CRISES, ICB),
    counted("with serious clashes", 116, CRISES, ICB),
    counted("with full-scale war", 103, CRISES, ICB),
    Recorded("without violence, from 1945", 0.247, ICB),
    Recorded("with minor clashes, from 1945", 0.314, ICB),
    Recorded("with serious clashes, from 1945", 0.260, ICB),
    Recorded("with full-scale war, from 1945", 0.178, ICB),
)

DISPUTES_COUNTED = 2436
DISPUTES = (
    counted("disputes that go no further than a threat, 1816–2014", 73, DISPUTES_COUNTED, MID),
    counted("than a display of force", 653, DISPUTES_COUNTED, MID),
    counted("than a use of force", 1604, DISPUTES_COUNTED, MID),
    counted("that become wars", 106, DISPUTES_COUNTED, MID),
    Recorded("that become wars, from 1945", 0.0173, MID, 0.012, 0.025),
)

LENGTH = (
    Recorded("length of a crisis, median", 81, ICB, unit="days"),
    Recorded("mean", 162, ICB, unit="days"),
    Recorded("first quartile", 29, ICB, unit="days"),
    Recorded("third quartile", 209, ICB, unit="days"),
)

LEEDS = "Leeds, Long and Mitchell (2000)"
BERKEMEIER = "Berkemeier and Fuhrmann (2018)"
COMMITMENTS = (
    Recorded("alliance commitments kept, once invoked, 1816–1944", 0.745, LEEDS),
    Recorded("kept in war, 1816–2003", 0.50, BERKEMEIER),
    Recorded("before 1945", 0.66, BERKEMEIER),
    Recorded("from 1945", 0.22, BERKEMEIER),
    Recorded("defence pacts", 0.41, BERKEMEIER),
)

DETERRENCE = (
    counted("immediate extended deterrence succeeds, 1900–1980", 31, 54, "Huth and Russett (1984)"),
    counted("and in a later list, 1885–1984", 34, 58, "Huth (1988)"),
)

PEACEKEEPING = (
    Recorded("cut in the risk that war recurs, at least", 0.50, "Fortna (2004)"),
    Recorded("at most", 0.75, "Fortna (2004)"),
    Recorded("up to", 0.85, "Gilligan and Sergenti (2008)"),
)

ALTMAN = "Altman (2017)"
FAITS_ACCOMPLIS = (
    counted("land taken by fait accompli, not by coercion, 1918–2016", 112, 125, ALTMAN),
    counted("from 1945", 82, 84, ALTMAN),
)

SIZES = (
    Recorded(
        "soldiers mentioned in the source texts, fewer than", 30_000, "articles", unit="soldiers"
    ),
    Recorded("a small force", 10_000, "IISS", unit="soldiers"),
    Recorded("a medium one", 25_000, "IISS", unit="soldiers"),
    Recorded("a large one, from", 60_000, "IISS", unit="soldiers"),
    Recorded("to", 100_000, "IISS", unit="soldiers"),
)

NATO = "NATO"
DRAWDOWN = (
    Recorded("soldiers left of IFOR's 60,000 in SFOR, after five years", 19 / 60, NATO),
    Recorded("of KFOR's 50,000, after four and a half years", 17.5 / 50, NATO),
)

DEPLOYMENT = (
    Recorded("from the Dayton signing to a complete IFOR, 1995–96", 2, NATO, unit="months"),
    Recorded("from the Warsaw summit to four battlegroups, 2016–17", 11, NATO, unit="months"),
)
