"""Settings of an explorer as an address and as a code to type, as its scripts write and read them.

The scripts are ``assets/state.js`` and ``assets/codes.js``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from urllib.parse import quote

from sim.errors import UsageError
from sim.explorer.levers import Lever

VERSION = 1

# The most runs that a page plays.
MOST_RUNS = 100_000

# Crockford's digits: without I, L, O and U.
DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUP = 4

# The smallest difference of two values of a lever.
FINEST = Decimal("0.000001")

# What encodeURIComponent leaves as it is, beside letters, digits and "_.-~"; and the colon.
SAFE = "!*'():"


@dataclass(frozen=True, slots=True)
class Setting:
    """A preset, or ``""`` for the first scenario, with levers at ``values`` by their paths."""

    preset: str
    values: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class State:
    """What an explorer shows: a setting, its sample, and the setting of a pinned baseline.

    An address without ``seed`` and ``runs`` leaves them to the page.
    """

    now: Setting
    seed: int | None = None
    runs: int | None = None
    pin: Setting | None = None


@dataclass(frozen=True)
class Codes:
    """Addresses and codes of an explorer with presets of these names.

    An address without ``digest`` stays valid for a later explorer with the same levers.
    """

    presets: Sequence[str]
    levers: Sequence[Lever]
    digest: str = ""

    def setting(self, preset: str, values: Mapping[str, Any]) -> Setting | None:
        """The setting of a preset with values by path, or ``None`` if the page cannot show it."""
        levers = {lever.path: lever for lever in self.levers}
        if (preset and preset not in self.presets) or not levers.keys() >= values.keys():
            return None
        placed = {path: _placed(levers[path], value) for path, value in values.items()}
        found = {path: value for path, value in placed.items() if value is not None}
        return Setting(preset, found) if len(found) == len(placed) else None

    def address(self, state: State) -> str:
        """The part of an address after ``#``."""
        fields = {
            "d": self.digest or None,
            "now": self._text(state.now),
            "seed": state.seed,
            "runs": state.runs,
            "pin": state.pin and self._text(state.pin),
        }
        written = [f"{name}={value}" for name, value in fields.items() if value is not None]
        return ";".join([f"tl{VERSION}", *written])

    def code(self, state: State) -> str:
        """The code to type, of a state with seed and runs."""
        if state.seed is None or state.runs is None:
            raise ValueError("a code holds a seed and a number of runs")
        pin = [0] if state.pin is None else [1, *self._numbers(state.pin)]
        mark = int(self.digest[:4], 16)
        numbers = [mark, *self._numbers(state.now), state.seed, state.runs, *pin]
        return encode(f"TL{VERSION}", numbers)

    def _set(self, setting: Setting) -> Iterator[tuple[int, str, Decimal]]:
        """The levers that are set, in their order: place, path and value."""
        for place, lever in enumerate(self.levers):
            if lever.path in setting.values:
                yield place, lever.path, setting.values[lever.path]

    def _text(self, setting: Setting) -> str:
        values = (f"{path}:{value:f}" for _, path, value in self._set(setting))
        return ",".join(quote(part, safe=SAFE) for part in (setting.preset, *values))

    def _numbers(self, setting: Setting) -> list[int]:
        preset = self.presets.index(setting.preset) + 1 if setting.preset else 0
        chosen = [(place, *split(value)) for place, _, value in self._set(setting)]
        return [preset, len(chosen), *(number for one in chosen for number in one)]


def _placed(lever: Lever, raw: Any) -> Decimal | None:
    """A value as a page keeps it; ``None`` outside the lever or for what is no value."""
    try:
        value = lever.factor.parse(raw)
    except UsageError:
        return None
    return tidy(value) if lever.factor.low <= value <= lever.factor.high else None


def tidy(value: float) -> Decimal:
    """A finite number with at most six decimals and without zeros at its end."""
    rounded = Decimal(value).quantize(FINEST, ROUND_HALF_UP)
    return Decimal(f"{rounded + 0:f}".rstrip("0").rstrip("."))


def split(value: Decimal) -> tuple[int, int]:
    """A tidy number as two whole ones: its decimals and sign, and its digits."""
    decimals = len(f"{value:f}".partition(".")[2])
    return 2 * decimals + (value < 0), int(abs(value).scaleb(decimals))


def encode(prefix: str, numbers: Iterable[int]) -> str:
    """Whole numbers, not negative, as a code such as ``TL1-7Q2M-9X``."""
    body = [byte for number in numbers for byte in _bytes(number)]
    whole = bytes([*body, *_check(body)])
    bits = "".join(f"{byte:08b}" for byte in whole)
    bits += "0" * (-len(bits) % 5)
    letters = "".join(DIGITS[int(bits[k : k + 5], 2)] for k in range(0, len(bits), 5))
    groups = [letters[k : k + GROUP] for k in range(0, len(letters), GROUP)]
    return "-".join([prefix, *groups])


def _bytes(number: int) -> Iterator[int]:
    """A number in bytes of seven bits, the lowest first; the last is below 128."""
    while number >= 128:
        yield number % 128 + 128
        number //= 128
    yield number


def _check(body: Sequence[int]) -> tuple[int, int]:
    """Two bytes that find a typing error (Fletcher)."""
    one, two = 1, 0
    for byte in body:
        one = (one + byte) % 251
        two = (two + one) % 251
    return one, two
