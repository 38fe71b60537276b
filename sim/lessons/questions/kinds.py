"""The kinds of question by the words that a lesson file uses for them."""

from __future__ import annotations

from sim.lessons.questions.cannot_tell import CannotTellQuestion
from sim.lessons.questions.direction import DirectionQuestion
from sim.lessons.questions.number import NumberQuestion
from sim.lessons.questions.open import OpenQuestion
from sim.lessons.questions.order import OrderQuestion
from sim.lessons.questions.question import Question

KINDS: dict[str, type[Question]] = {
    kind.kind: kind
    for kind in (
        NumberQuestion,
        OrderQuestion,
        DirectionQuestion,
        CannotTellQuestion,
        OpenQuestion,
    )
}
