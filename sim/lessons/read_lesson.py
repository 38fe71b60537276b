"""Reading a lesson from its file: every part is required, every problem is reported."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from sim.choices import MAX_RUNS, MAX_SEED
from sim.errors import LessonError, Problem, ScenarioError, UsageError, did_you_mean
from sim.evidence.claims import claim
from sim.experiments.measures import Measure
from sim.lessons.cell import LessonCell
from sim.lessons.debrief import ROUNDS, Debrief
from sim.lessons.exit_note import ExitNote
from sim.lessons.fields import Fields, compose_file, named, plain
from sim.lessons.lesson import Lesson
from sim.lessons.lesson_run import LessonRun
from sim.lessons.misreading import Misreading
from sim.lessons.plan import DEBRIEF, EXIT, LEAST_DEBRIEF, LENGTHS, PREDICT, READ, LessonPlan
from sim.lessons.prediction import Prediction
from sim.lessons.questions.cannot_tell import CannotTellQuestion
from sim.lessons.questions.kinds import KINDS
from sim.lessons.questions.number import NumberQuestion
from sim.lessons.questions.open import OpenQuestion
from sim.lessons.questions.question import Question
from sim.lessons.step import LessonStep
from sim.lessons.step_text import StepText
from sim.resources import scenario_names
from sim.scenario.diagnostics import Diagnostics
from sim.scenario.load import load
from sim.scenario.read_values import text_of
from sim.scenario.yaml_nodes import Mapping, Node, Scalar

PARTS = {
    "lesson": "the name of the lesson, as of its file",
    "place": "its place in a course: 1 for the first lesson",
    "title": "the question of the lesson",
    "goal": "one sentence on what a student can do afterwards",
    "level": "who it is for",
    "materials": "a list of what is needed",
    "scenario": "the scenario of its runs",
    "sample": "{runs: 2000, seed: 2025}",
    "runs": "the runs by name, each with a label and what it sets",
    "levers": "the parameters that the class moves",
    "read": "the text that the class reads first",
    "predict": "what the class predicts",
    "steps": "what the class does, with its questions",
    "misreadings": "known wrong answers, each with what helps",
    "debrief": f"questions in four rounds: {', '.join(ROUNDS)}",
    "exit": "a sentence to finish, and a rubric",
    "later": "five questions weeks later",
    "limits": "what the model leaves out",
    "care": "how to deal with the subject",
    "notes": "what a teacher should know about the numbers",
    "sources": "the claims that the lesson rests on",
    "reading": "literature, with author and year",
    "minutes": f"the minutes of each part in plans of {', '.join(map(str, LENGTHS))} minutes",
}
OPTIONAL = ("notes",)
RUN = {
    "label": "the run in a few words",
    "scenario": "another scenario",
    "set": "{setting.force_size: 0}",
    "sample": "{runs: 100, seed: 1}",
}
SAMPLE = {"runs": "a number of runs", "seed": "a seed"}
PREDICTION = {
    "name": "a name",
    "ask": "the question",
    "of": "a list of cells such as pledged.war",
    "reason": "the reason to give",
}
DEBRIEF_QUESTION = {"ask": "the question", "step": "the step that it is about"}
STEP_TEXT = {
    "say": "the text",
    "step": "the step that it is about",
    "otherwise": "the text of a plan that lacks the step",
}
STEP = {
    "name": "a name",
    "title": "a heading",
    "do": "what to do",
    "show": "the runs to make",
    "measures": "what to read off each run",
    "questions": "the questions",
}
QUESTION = {
    "name": "a name such as q1",
    "kind": f"one of {', '.join(KINDS)}",
    "ask": "the question",
    "of": "a list of cells such as pledged.war",
    "at": "a number of runs",
    "expect": "the answer that the lesson relies on",
    "rubric": "what a good answer has",
    "why": "what the key says about it",
    "step": "in the later quiz, the step that it is about",
}
MISREADING = {"question": "its name", "answer": "the wrong answer", "say": "what helps"}
EXIT_NOTE = {"ask": "a sentence to finish", "rubric": "what earns 0, 1, 2 and 3 points"}
LATER, RUBRIC = 5, 4
SPOKEN = re.compile(r"\{(\w+)\.(\w+)\}")


def read_lesson(path: Path, argument: str) -> Lesson:
    """The lesson in a file, which commands call ``argument``.

    Raises ``LessonError`` with every problem and its place.
    """
    root = compose_file(path, "lesson")
    diagnostics = Diagnostics()
    lesson = LessonReader(root, path, diagnostics).lesson(argument)
    if diagnostics.problems:
        raise LessonError(diagnostics.problems)
    return lesson


def _problems_of(scenario: str, values: dict[str, Any]) -> Sequence[Problem]:
    """What is wrong with the settings of a run. A shipped scenario does not change, and lessons
    are read again and again: what was found of it is kept."""
    if scenario in scenario_names():
        return _shipped_problems(scenario, json.dumps(values))
    return _load_problems(scenario, values)


@lru_cache(maxsize=1024)
def _shipped_problems(scenario: str, values: str) -> Sequence[Problem]:
    return _load_problems(scenario, json.loads(values))


def _load_problems(scenario: str, values: dict[str, Any]) -> Sequence[Problem]:
    try:
        load(scenario, values)
    except ScenarioError as error:
        return tuple(error.problems)
    return ()


class LessonReader:
    """Reads one lesson and reports every problem."""

    def __init__(self, root: Mapping, path: Path, diagnostics: Diagnostics) -> None:
        self.path = path
        self.diagnostics = diagnostics
        self.root = self.fields(root, "the lesson", PARTS, OPTIONAL)
        self.scenario = self.root.text("scenario")
        self.count, self.seed = self.sample(self.root, 2000, 2025)
        self.runs = {name: self.run(name, node) for name, node in self.root.named("runs")}

    def fields(
        self, node: Node, what: str, keys: dict[str, str], optional: tuple[str, ...] = ()
    ) -> Fields:
        """The entries of a block."""
        return Fields(node, what, keys, self.diagnostics, optional)

    def lesson(self, argument: str) -> Lesson:
        """The whole lesson."""
        root = self.root
        steps = root.each("steps", self.step)
        lesson = Lesson(
            name=root.name("lesson"),
            argument=argument,
            place=root.whole("place", 1, 1000, 1),
            title=root.text("title"),
            goal=self.step_text("goal", root, steps),
            level=root.text("level"),
            materials=root.texts("materials"),
            scenario=self.scenario,
            count=self.count,
            seed=self.seed,
            runs=self.runs,
            levers=root.texts("levers"),
            read=root.text("read"),
            predict=root.each("predict", self.prediction),
            steps=steps,
            misreadings=self.misreadings(steps),
            debrief=self.debrief(steps),
            exit=self.exit_note(steps),
            later=root.each("later", partial(self.question, steps=tuple(s.name for s in steps))),
            limits=root.text("limits"),
            care=root.text("care"),
            notes=root.text("notes"),
            sources=root.texts("sources"),
            reading=root.texts("reading"),
            plans=self.plans(steps),
        )
        self.check(lesson)
        return lesson

    def sample(self, fields: Fields, runs: int, seed: int) -> tuple[int, int]:
        """The number of runs and the seed of a block's sample."""
        if "sample" not in fields:
            return runs, seed
        sample = self.fields(fields.at("sample"), "sample", SAMPLE, ("runs", "seed"))
        return (
            sample.whole("runs", 2, MAX_RUNS, runs),
            sample.whole("seed", 0, MAX_SEED, seed),
        )

    def run(self, name: str, node: Node) -> LessonRun:
        """One run; its settings must be valid in its scenario."""
        fields = self.fields(node, f"run {name}", RUN, ("scenario", "set", "sample"))
        scenario = fields.text("scenario") or self.scenario
        given = plain(fields.at("set")) if "set" in fields else {}
        values = given if isinstance(given, dict) else {}
        if "set" in fields and not values:
            fields.report(fields.at("set"), "set has no settings", f"write {RUN['set']}")
        for problem in _problems_of(scenario, values):
            fields.report(fields.at("set"), problem.message, problem.remedy)
        runs, seed = self.sample(fields, self.count, self.seed)
        own = "sample" in fields
        return LessonRun(name, fields.text("label"), scenario, values, runs, seed, own)

    def prediction(self, node: Node) -> Prediction:
        """One prediction."""
        fields = self.fields(node, named(node, "prediction"), PREDICTION)
        return Prediction(
            fields.name("name"), fields.text("ask"), self.cells(fields), fields.text("reason")
        )

    def step(self, node: Node) -> LessonStep:
        """One step."""
        fields = self.fields(node, named(node, "step"), STEP, ("show", "measures"))
        show, measures = fields.texts("show"), fields.texts("measures")
        for name in show:
            self.known_run(name, fields.at("show"))
        for name in measures:
            self.known_measure(name, fields.at("measures"))
        return LessonStep(
            fields.name("name"),
            fields.text("title"),
            fields.text("do"),
            show,
            measures,
            fields.each("questions", self.question),
        )

    def question(self, node: Node, steps: tuple[str, ...] = ()) -> Question | None:
        """One question of any kind; ``None`` for an unknown kind. One of the later quiz may be
        about one of the ``steps``."""
        optional = ("of", "at", "expect", "rubric", "why", "step")
        fields = self.fields(node, named(node, "question"), QUESTION, optional)
        kind = KINDS.get(fields.one_of("kind", tuple(KINDS)))
        if kind is None:
            return None
        common: dict[str, Any] = {
            "name": fields.name("name"),
            "ask": fields.text("ask"),
            "of": self.cells(fields),
            "expect": plain(fields.at("expect")) if "expect" in fields else None,
            "why": fields.text("why"),
        }
        if "step" in fields and steps:
            common["step"] = fields.one_of("step", steps)
        elif "step" in fields:
            fields.report(fields.at("step"), "'step' in a question of a step", "drop it")
        if kind is OpenQuestion:
            common["expect"] = fields.texts("rubric")
        if kind is CannotTellQuestion:
            common["at"] = fields.whole("at", 2, MAX_RUNS, 100)
        question = kind(**common)
        if len(question.of) == len(fields.items("of") if "of" in fields else ()):
            self.check_question(question, fields)
        return question

    def check_question(self, question: Question, fields: Fields) -> None:
        """Report what the kind of question does not allow."""
        if fault := question.fault():
            remedy = f"cells: {question.cells}; claim: {question.how}"
            fields.report(fields.node, f"a question of kind {question.kind} has {fault}", remedy)
        if "at" in fields and not isinstance(question, CannotTellQuestion):
            fields.report(fields.at("at"), f"'at' in a question of kind {question.kind}", "drop it")
        if "rubric" in fields and not isinstance(question, OpenQuestion):
            remedy = "write what the key says under 'why'"
            fields.report(fields.at("rubric"), f"a rubric in kind {question.kind}", remedy)

    def cells(self, fields: Fields) -> tuple[LessonCell, ...]:
        """The cells of a list, without those that do not exist."""
        found = []
        for text in fields.texts("of") if "of" in fields else ():
            run, _, measure = text.partition(".")
            if self.known_run(run, fields.at("of")) and self.known_measure(
                measure, fields.at("of")
            ):
                found.append(LessonCell(run, measure))
        return tuple(found)

    def known_run(self, name: str, node: Node) -> bool:
        """Whether a run is in the lesson; if not, it is reported."""
        if name not in self.runs:
            self.diagnostics.add(node.place, f"no run '{name[:40]}'", did_you_mean(name, self.runs))
        return name in self.runs

    def known_measure(self, name: str, node: Node) -> bool:
        """Whether a measure exists; if not, it is reported."""
        try:
            Measure(name)
        except UsageError as error:
            self.diagnostics.add(node.place, error.message, error.remedy)
            return False
        return True

    def misreadings(self, steps: tuple[LessonStep, ...]) -> tuple[Misreading, ...]:
        """The misreadings of the questions that are marked: those of the steps, without open
        questions."""
        every = (question for step in steps for question in step.questions)
        marked = {each.name: each for each in every if not isinstance(each, OpenQuestion)}
        return self.root.each("misreadings", lambda node: self.misreading(node, marked))

    def misreading(self, node: Node, marked: dict[str, Question]) -> Misreading:
        """One misreading."""
        fields = self.fields(node, "a misreading", MISREADING)
        answer = plain(fields.at("answer")) if "answer" in fields else None
        name = fields.name("question")
        if name in marked:
            self.check_misread(marked[name], answer, fields)
        elif name:
            message = f"a misreading of '{name}', which is no marked question of a step"
            fields.report(fields.at("question"), message, did_you_mean(name, marked))
        return Misreading(name, answer, fields.text("say"))

    def check_misread(self, question: Question, answer: Any, fields: Fields) -> None:
        """Report a wrong answer that nobody could give, such as a number from a cell that does not
        exist."""
        if "answer" not in fields:
            return
        node = fields.at("answer")
        if isinstance(question, NumberQuestion):
            run, _, measure = str(answer).partition(".")
            if self.known_run(run, node):
                self.known_measure(measure, node)
        elif not question.fault() and question.parse(answer) is None:
            message = f"the misreading {answer!r:.40} is no answer to {question.name}"
            fields.report(node, message, f"write {question.how}")

    def debrief(self, steps: tuple[LessonStep, ...]) -> Debrief:
        """The four rounds."""
        if "debrief" not in self.root:
            return Debrief({})
        fields = self.fields(self.root.at("debrief"), "the debrief", ROUNDS)
        names = tuple(step.name for step in steps)
        return Debrief(
            {
                name: fields.each(name, lambda node: self.debrief_question(node, names))
                for name in ROUNDS
            }
        )

    def debrief_question(self, node: Node, steps: tuple[str, ...]) -> StepText:
        """A question as text, or with the step that it is about."""
        if isinstance(node, Scalar):
            return StepText(text_of(node, "debrief", self.diagnostics))
        fields = self.fields(node, "a question of the debrief", DEBRIEF_QUESTION)
        return StepText(fields.text("ask"), fields.one_of("step", steps))

    def step_text(self, key: str, fields: Fields, steps: tuple[LessonStep, ...]) -> StepText:
        """The text of a key, for every plan or with the step that it is about."""
        return self.text_by_step(fields.at(key), key, steps) if key in fields else StepText("")

    def text_by_step(self, node: Node, what: str, steps: tuple[LessonStep, ...]) -> StepText:
        """A text, or one that is about a step and another for plans without it."""
        if not isinstance(node, Mapping):
            return StepText(text_of(node, what, self.diagnostics))
        fields = self.fields(node, what, STEP_TEXT)
        names = tuple(step.name for step in steps)
        return StepText(fields.text("say"), fields.one_of("step", names), fields.text("otherwise"))

    def exit_note(self, steps: tuple[LessonStep, ...]) -> ExitNote:
        """The sentence to finish, and the rubric."""
        if "exit" not in self.root:
            return ExitNote(StepText(""), ())
        fields = self.fields(self.root.at("exit"), "exit", EXIT_NOTE)
        rubric = fields.each("rubric", lambda node: self.text_by_step(node, "rubric", steps))
        if "rubric" in fields and len(rubric) != RUBRIC:
            found = f"a rubric of {len(rubric)} lines"
            fields.report(fields.at("rubric"), found, "write what earns 0, 1, 2 and 3 points")
        return ExitNote(self.step_text("ask", fields, steps), rubric)

    def plans(self, steps: tuple[LessonStep, ...]) -> dict[int, LessonPlan]:
        """The plans, whose minutes add up and leave enough for the debrief."""
        if "minutes" not in self.root:
            return {}
        parts = (READ, PREDICT, *(step.name for step in steps), DEBRIEF, EXIT)
        meant = dict.fromkeys(parts, f"the minutes in each plan, such as {[4, 8, 10]}")
        node = self.root.at("minutes")
        fields = self.fields(node, "minutes", meant)
        rows = {part: self.minutes(part, fields) for part in parts}
        found = {}
        for k, length in enumerate(LENGTHS):
            minutes = {part: row[k] for part, row in rows.items() if row[k]}
            if sum(minutes.values()) != length:
                message = f"the plan of {length} minutes has {sum(minutes.values())}"
                fields.report(node, message, "change the minutes of its parts")
            elif minutes.get(DEBRIEF, 0) < LEAST_DEBRIEF * length:
                message = f"the debrief has {minutes.get(DEBRIEF, 0)} of {length} minutes"
                fields.report(node, message, "give it a quarter of the time or more")
            found[length] = LessonPlan(length, minutes)
        return found

    def minutes(self, part: str, fields: Fields) -> tuple[int, ...]:
        """The minutes of one part in each plan; 0 where it is left out."""
        nothing = (0,) * len(LENGTHS)
        if part not in fields:
            return nothing
        given = plain(fields.at(part))
        if (
            isinstance(given, list)
            and len(given) == len(LENGTHS)
            and all(isinstance(each, int) and each >= 0 for each in given)
        ):
            return tuple(given)
        message = f"minutes of {part}: {given!r:.40}"
        fields.report(
            fields.at(part), message, f"write {len(LENGTHS)} whole numbers, 0 to leave out"
        )
        return nothing

    def check(self, lesson: Lesson) -> None:
        """Report the errors that only the whole lesson shows."""
        root = self.root
        if lesson.name and lesson.name != self.path.stem:
            message = f"the lesson '{lesson.name}' is in the file {self.path.name}"
            root.report(root.at("lesson"), message, "give both the same name")
        names = [each.name for each in (*lesson.questions, *lesson.later)]
        for name in sorted({name for name in names if names.count(name) > 1}):
            root.report(root.at("steps"), f"two questions named '{name}'", "rename one of them")
        if "later" in root and len(lesson.later) != LATER:
            message = f"{len(lesson.later)} questions for later"
            root.report(root.at("later"), message, f"write {LATER}")
        self.check_references(lesson)
        for plan in lesson.plans.values():
            self.check_plan(lesson, plan)

    def check_plan(self, lesson: Lesson, plan: LessonPlan) -> None:
        """Report a part of a plan that only asks about steps which the plan lacks."""
        parts = [
            (PREDICT, "predict", bool(lesson.predictions_of(plan))),
            ("the later quiz", "later", bool(lesson.later_of(plan))),
        ]
        for name, asked in lesson.debrief_of(plan).items():
            parts.append((f"the debrief's round {name}", "debrief", bool(asked)))
        for part, key, asks in parts:
            if key in self.root and not asks:
                message = f"{part} asks nothing that the plan of {plan.length} minutes has shown"
                remedy = "add a question about a step that is in every plan"
                self.root.report(self.root.at(key), message, remedy)

    def check_references(self, lesson: Lesson) -> None:
        """Report unknown levers, sources and cells in texts."""
        root = self.root
        try:
            known = load(lesson.scenario).values
        except ScenarioError:
            known = {}
        for path in lesson.levers if known else ():
            if path not in known and not path.startswith("groups."):
                root.report(root.at("levers"), f"no parameter '{path}'", did_you_mean(path, known))
        for source in lesson.sources:
            try:
                claim(source)
            except KeyError:
                message = f"no claim '{source[:60]}'"
                root.report(root.at("sources"), message, "name a claim in seeds/claims")
        for text in lesson.texts():
            for run, measure in SPOKEN.findall(text):
                if self.known_run(run, root.node):
                    self.known_measure(measure, root.node)


def with_numbers(text: str, say: Any) -> str:
    """The text with each ``{run.measure}`` replaced by the text that ``say`` gives for the cell."""
    return SPOKEN.sub(lambda found: str(say(LessonCell(found[1], found[2]))), text)
