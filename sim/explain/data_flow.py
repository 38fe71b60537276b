"""The stages and rules that read a parameter, by static analysis of their source code.

A stage passes fields of ``p`` (parameters) and ``w`` (world) to rules: directly, through a local
variable, or through an argument of another stage. A field flows to the first rule that receives
it, to a rule that has the result of the first one as an argument, itself or as a local variable of
the same stage, and if the world stores the result, also to the rules that read it there. A result
that passes through a second local variable, or that a stage returns, is not followed.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).resolve().parents[1]
MODEL = PACKAGE / "model"
IN_WORLD = ("seed",)
"""Parameters that a run reads from the world instead of the parameter row."""
Fields = frozenset[str]
"""Names such as ``p.clarity``, ``w.power`` or, for an argument of a stage, ``defiance:resolve``."""
NOTHING: Fields = frozenset()
ROWS = ("p.", "w.")


@dataclass(frozen=True, slots=True)
class Readers:
    """The readers of one parameter.

    ``rules`` receive the parameter itself; the rules in ``later`` receive a result computed from
    it, after the name of the rule, or of the field of the world that stores the result; ``stages``
    pass it on.
    """

    stages: tuple[Function, ...]
    rules: tuple[Function, ...]
    later: tuple[tuple[str, Function], ...]

    def to_dict(self) -> dict[str, Any]:
        """The readers as plain data."""
        return {
            "rules": [_named(rule) for rule in self.rules],
            "later": [{"by_way_of": kept, **_named(rule)} for kept, rule in self.later],
            "stages": [_named(stage) for stage in self.stages],
        }


@cache
def readers_of(path: str) -> Readers:
    """The readers of the parameter at ``path``."""
    every, field = flow(), field_of(path)
    name = f"w.{field}" if path in IN_WORLD else f"p.{field}"
    rules = every.rules_fed(name)
    later: dict[Function, str] = {}
    for kept, fed in every.rules_fed_later(name).items():
        for rule in fed:
            if rule not in rules:
                later.setdefault(rule, kept)
    return Readers(
        (*every.readers(name), *_builders(path)),
        tuple(rules),
        tuple((kept, rule) for rule, kept in later.items()),
    )


def field_of(path: str) -> str:
    """The field of the parameter row for ``path``."""
    match path.split("."):
        case ["states", _, "requires", name]:
            return f"requires_{name}"
        case ["states", _, "red_lines", _, name]:
            return f"line_{name}"
        case [*_, name]:
            return name
    raise KeyError(path)


# A reference in a docstring, such as :func:`sim.model.rules.ending.ending`: its last name stays.
ROLE = re.compile(r":\w+:`~?(?:[\w.]*\.)?(\w+)`")

# Code in a docstring, mostly an argument.
CODE = re.compile(r"``([^`]+)``")


def _builders(path: str) -> list[Function]:
    """The functions of ``build`` that name the whole path, and use it before a run."""
    return [function for function, texts in _texts_in_build() if path in texts]


@cache
def _texts_in_build() -> list[tuple[Function, set[Any]]]:
    built = functions_in(MODEL / "build.py").values()
    return [(function, _texts(function.tree)) for function in built]


def _texts(tree: ast.AST) -> set[Any]:
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}


def _named(function: Function) -> dict[str, str]:
    return {"name": function.name, "file": function.file, "says": function.summary}


@dataclass(frozen=True, slots=True, eq=False)
class Function:
    """A function of the package with its file (``sim/model/rules/choice.py``) and syntax tree."""

    name: str
    file: str
    tree: ast.FunctionDef

    @property
    def says(self) -> str:
        """Its docstring, in one line of plain text: names of arguments are in quotes."""
        text = ROLE.sub(r"\1", ast.get_docstring(self.tree) or "")
        text = CODE.sub(r"'\1'", text)
        return " ".join(text.replace("`", "").split())

    @property
    def summary(self) -> str:
        """The first sentence of its docstring, without its formula."""
        return self.says.split(". ")[0].partition(":")[0].rstrip(".")

    @property
    def arguments(self) -> list[str]:
        """The names of its arguments, in order."""
        return [argument.arg for argument in self.tree.args.args]


@cache
def functions(folder: str) -> dict[str, Function]:
    """Every function in the modules of ``rules`` or ``stages``, by name."""
    return {
        name: function
        for file in sorted((MODEL / folder).glob("*.py"))
        for name, function in functions_in(file).items()
    }


@cache
def functions_in(file: Path) -> dict[str, Function]:
    """Every function at the top of a module of the package, by name."""
    shown = f"sim/{file.relative_to(PACKAGE).as_posix()}"
    return functions_of(file.read_text(encoding="utf-8"), shown)


def functions_of(text: str, file: str) -> dict[str, Function]:
    """Every function at the top of a module's text, by name."""
    found = [node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)]
    return {node.name: Function(node.name, file, node) for node in found}


class Flow:
    """The flow of fields through stages into rules."""

    def __init__(self, stages: Mapping[str, Function], rules: Mapping[str, Function]) -> None:
        self.stages = stages
        self.rules = rules
        self._locals: dict[str, dict[str, Fields]] = {}
        self._returned: dict[str, Fields] = {}
        self._written = {name: _row_fields(stage.tree) for name, stage in stages.items()}
        self._handed_on = [*self._handed()]
        self._fed, self._nested = self._all_fed(), self._all_nested()
        self._first, self._next = self._kept(answers=True), self._kept(answers=False)

    def readers(self, field: str) -> list[Function]:
        """The stages that name a field, in the order of their files."""
        return [self.stages[name] for name, fields in self._written.items() if field in fields]

    def rules_fed(self, field: str) -> list[Function]:
        """The rules that receive a field."""
        return self._by_name(self._fed[field])

    def rules_fed_later(self, field: str) -> dict[str, list[Function]]:
        """The rules that a field reaches by a result, by the rule that has it, or the field of the
        world."""
        found: dict[str, set[str]] = defaultdict(set)
        seen, waiting = set[str](), [field]
        while waiting:
            name = waiting.pop(0)
            if name in seen:
                continue
            seen.add(name)
            if name != field:
                found[name] |= self._fed[name]
            for inner, outer in sorted(self._nested_in(name).items()):
                found[f"rule {inner}"] |= outer
            waiting += sorted(self._first[name] if name == field else self._next[name])
        return {kept: self._by_name(rules) for kept, rules in found.items() if rules}

    def _by_name(self, names: set[str]) -> list[Function]:
        return [rule for name, rule in self.rules.items() if name in names]

    def _all_fed(self) -> dict[str, set[str]]:
        """The rules that receive each field, directly or through arguments (a fixed point)."""
        fed: dict[str, set[str]] = defaultdict(set)
        before = -1
        while before != (before := sum(map(len, fed.values()))):
            for field, receiver in self._handed_on:
                fed[field] |= {receiver} if receiver in self.rules else fed[receiver]
        return fed

    def _nested_in(self, field: str) -> dict[str, set[str]]:
        """For each rule that receives a field, the rules that its result is handed to at once."""
        found: dict[str, set[str]] = defaultdict(set)
        names, before = {field}, 0
        while before != (before := len(names)):
            arguments = {to for name, to in self._handed_on if name in names and ":" in to}
            names |= arguments
        for name in names:
            for inner, outer in self._nested[name]:
                found[inner].add(outer)
        return found

    def _all_nested(self) -> dict[str, set[tuple[str, str]]]:
        """For each field the pairs of a rule that receives it and a rule that receives the
        result in the same stage."""
        nested: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for stage in self.stages.values():
            values = defaultdict(list)
            for target, value in _assignments(stage.tree):
                for name in _names(target):
                    values[name].append(value)
            for outer in self._rule_calls(stage.tree):
                named = [node.id for node in ast.walk(outer) if isinstance(node, ast.Name)]
                for part in (*outer.args, *(value for name in named for value in values[name])):
                    for inner in self._rule_calls(part):
                        for given in inner.args:
                            for field in self._fields(given, stage):
                                nested[field].add((_called(inner), _called(outer)))
        return nested

    def _rule_calls(self, tree: ast.AST) -> list[ast.Call]:
        return [call for call in _calls(tree) if _called(call) in self.rules]

    def _handed(self) -> Iterator[tuple[str, str]]:
        """Each field with the rule, or the argument of a stage, that receives it."""
        for stage in self.stages.values():
            for call in _calls(stage.tree):
                for given, receiver in zip(call.args, self._receivers(_called(call)), strict=False):
                    for field in self._fields(given, stage):
                        yield field, receiver

    def _receivers(self, name: str) -> list[str]:
        if name in self.rules:
            return [name] * len(self.rules[name].arguments)
        arguments = self.stages[name].arguments if name in self.stages else []
        return [f"{name}:{argument}" for argument in arguments]

    def _kept(self, answers: bool) -> dict[str, set[str]]:
        """The fields of the world that store each field; with ``answers`` also through a rule."""
        kept: dict[str, set[str]] = defaultdict(set)
        for stage in self.stages.values():
            for target, value in _assignments(stage.tree):
                if (name := _row_field(target)) and name.startswith("w."):
                    for field in self._fields(value, stage, answers):
                        kept[field].add(name)
        return kept

    def _fields(self, node: ast.AST, stage: Function, answers: bool = False) -> Fields:
        """The fields in an expression; arguments of a rule only with ``answers``."""
        if name := _row_field(node):
            return frozenset([name])
        if isinstance(node, ast.Name):
            return self._local(stage).get(node.id, NOTHING)
        if isinstance(node, ast.Subscript):
            return self._fields(node.value, stage, answers)
        if isinstance(node, ast.Call) and (_called(node) in self.stages):
            return self._returns(node, stage)
        if isinstance(node, ast.Call) and _called(node) in self.rules and not answers:
            return NOTHING
        parts = (self._fields(part, stage, answers) for part in ast.iter_child_nodes(node))
        return NOTHING.union(*parts)

    def _local(self, stage: Function) -> dict[str, Fields]:
        """The fields in each local variable of a stage."""
        if stage.name not in self._locals:
            known = {name: frozenset([f"{stage.name}:{name}"]) for name in stage.arguments}
            self._locals[stage.name] = known
            for target, value in [*_assignments(stage.tree)] * 2:
                for name in _names(target):
                    known[name] = known.get(name, NOTHING) | self._fields(value, stage)
        return self._locals[stage.name]

    def _returns(self, call: ast.Call, stage: Function) -> Fields:
        """The fields in the result of a stage that is called with these arguments."""
        callee = self.stages[_called(call)]
        if callee.name not in self._returned:
            answers = [n.value for n in ast.walk(callee.tree) if isinstance(n, ast.Return)]
            parts = (self._fields(answer, callee) for answer in answers if answer)
            self._returned[callee.name] = NOTHING.union(*parts)
        given = dict(zip(callee.arguments, call.args, strict=False))
        made_of = self._returned[callee.name]
        outright = {field for field in made_of if ":" not in field}
        passed = (given[field.partition(":")[2]] for field in made_of - outright)
        return frozenset(outright).union(*(self._fields(part, stage) for part in passed))


@cache
def flow() -> Flow:
    """The flow through the stages and rules of the model."""
    return Flow(functions("stages"), functions("rules"))


def _row_field(node: ast.AST) -> str:
    """``p.clarity`` for that field, indexed or not; empty for anything else."""
    node = node.value if isinstance(node, ast.Subscript) else node
    is_row = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    return ast.unparse(node) if is_row and ast.unparse(node).startswith(ROWS) else ""


def _row_fields(tree: ast.FunctionDef) -> set[str]:
    return {name for node in ast.walk(tree) if (name := _row_field(node))}


def _calls(tree: ast.AST) -> list[ast.Call]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def _called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _names(target: ast.expr) -> list[str]:
    parts = target.elts if isinstance(target, ast.Tuple) else [target]
    return [part.id for part in parts if isinstance(part, ast.Name)]


def _assignments(tree: ast.FunctionDef) -> Iterator[tuple[ast.expr, ast.expr]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            yield from ((target, node.value) for target in node.targets)
        elif isinstance(node, ast.AugAssign):
            yield node.target, node.value
