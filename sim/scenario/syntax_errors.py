"""Syntax errors of YAML, explained to people who do not know YAML."""

from __future__ import annotations

import re
from typing import NamedTuple

import yaml


class Position(NamedTuple):
    """A line and a column of a text, both from 0."""

    line: int
    column: int


class _Error(NamedTuple):
    """An error, by words of PyYAML's parser of libyaml: on what it was reading (``at_start``; the
    position is then where that begins), or on what it found.

    Errors of the slower parser, where libyaml is missing, mostly keep their own words."""

    words: str
    at_start: bool
    message: str
    remedy: str


Said = tuple[str, str]
NO_COLON: Said = "a name without a colon", "write a colon and a blank after it"
SECOND_COLON: Said = "a second colon in a line", "put the text that contains it in quotes"
RESERVED: Said = "a value cannot begin with this character", "put the value in quotes"
COLON_OF_A_VALUE = "mapping values are not allowed"
ERRORS = (
    _Error("scanning a simple key", True, *NO_COLON),
    _Error(
        "scanning a quoted scalar",
        True,
        "a quote that is not closed",
        "close it with the same quote",
    ),
    _Error("scanning an alias", True, *RESERVED),
    _Error("scanning an anchor", True, *RESERVED),
    _Error("scanning a block scalar", True, *RESERVED),
    _Error("cannot start any token", False, *RESERVED),
    _Error(
        "found unexpected ':'", False, "a colon without a blank", "write a blank after each colon"
    ),
    _Error(
        "parsing a flow sequence",
        True,
        "a list that is not closed, or whose values are not separated",
        "separate its values with commas, and close it with a bracket: ]",
    ),
    _Error(
        "parsing a flow mapping",
        True,
        "a mapping that is not closed, or whose entries are not separated",
        "separate its entries with commas, and close it with a brace: }",
    ),
    _Error(
        COLON_OF_A_VALUE,
        False,
        "a colon that does not belong here",
        "give the line the indentation of the keys beside it or, if it continues a text, put the "
        "whole text in quotes",
    ),
    _Error(
        "block sequence entries are not allowed",
        False,
        "a list begins in the line of its key",
        "write each hyphen in a line of its own",
    ),
    _Error(
        "did not find expected node content",
        False,
        "a value is missing",
        "close each bracket and brace, and write a value between two commas",
    ),
    _Error(
        "did not find expected",
        False,
        "this continues nothing above",
        "give the line the indentation of the keys or hyphens beside it, and write nothing after a "
        "closing quote",
    ),
)
COLON = re.compile(r":(\s|$)")


def explain_syntax_error(error: yaml.MarkedYAMLError, text: str) -> tuple[Position, str, str]:
    """The position of a syntax error that PyYAML found in a text, a message and a remedy."""
    found = _position(error.problem_mark or error.context_mark)
    lines = [*text.splitlines(), ""]
    line = lines[min(found.line, len(lines) - 1)]
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" in indent or line[found.column :].startswith("\t"):
        remedy = "indent with spaces: YAML does not allow tabs"
        return found, "a tab where spaces are needed", remedy
    problem, context = str(error.problem or error.context), str(error.context)
    if COLON_OF_A_VALUE in problem:
        if COLON.search(line[: found.column]):
            return found, _said(SECOND_COLON[0]), SECOND_COLON[1]
        if above := _without_colon(lines[: found.line]):
            return above, _said(NO_COLON[0]), NO_COLON[1]
    for each in ERRORS:
        if each.words in (context if each.at_start else problem):
            position = _position(error.context_mark) if each.at_start else found
            return position, _said(each.message), each.remedy
    return found, _said(problem), "check the indentation, brackets and quotes"


def _position(mark: yaml.Mark | None) -> Position:
    return Position(mark.line, mark.column) if mark else Position(0, 0)


def _said(message: str) -> str:
    return f"not readable as YAML: {message}"


def _without_colon(lines: list[str]) -> Position | None:
    """The last of these lines, if it has no colon: PyYAML reads it as part of the next one."""
    written = [
        (number, line)
        for number, line in enumerate(lines)
        if line.strip() and not line.lstrip().startswith("#")
    ]
    if not written or COLON.search(written[-1][1]):
        return None
    number, line = written[-1]
    return Position(number, len(line) - len(line.lstrip()))
