"""How a scenario's own text, which anybody may have written, becomes HTML."""

from __future__ import annotations

from markupsafe import Markup, escape

WORD_JOINER = "\u2060"
NO_BREAK = "\u00a0"


def paragraphs(text: str) -> list[Markup]:
    """The text cut where a line is blank, each part as :func:`inline` has it."""
    return [inline(part.strip()) for part in text.split("\n\n") if part.strip()]


def inline(text: str) -> Markup:
    """Escaped text, with what stands between `backticks` set as code."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return escape(text)
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if place % 2 else escape(part)
        for place, part in enumerate(parts)
    )


def unbroken(text: str) -> str:
    """The text with no line break inside a number with its sign, a range or an equation."""
    text = text.replace(" %", f"{NO_BREAK}%").replace(" = ", f"{NO_BREAK}={NO_BREAK}")
    return text.replace("–", f"{WORD_JOINER}–{WORD_JOINER}")
