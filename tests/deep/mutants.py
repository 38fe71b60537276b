"""Mutants of a source: each is the source with one small thing wrong."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import partial

SWAPPED: dict[type[ast.AST], tuple[type[ast.AST], ...]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div,),
    ast.Div: (ast.Mult,),
    ast.FloorDiv: (ast.Mult,),
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.And: (ast.Or,),
    ast.Or: (ast.And,),
}
RENAMED = {"min": "max", "max": "min"}
VALUES = (ast.Name, ast.Attribute, ast.Subscript)
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, eq=False)
class Mutant:
    """What is wrong, in which function and line; the whole wrong source once it is asked for."""

    function: str
    line: int
    text: str
    what: str
    written: Callable[[], str]

    @property
    def source(self) -> str:
        """The wrong source."""
        return self.written()


def mutants(source: str) -> Iterator[Mutant]:
    """Every mutant of the functions and methods of a module."""
    tree, lines = ast.parse(source), source.splitlines()
    for name, function in _functions(tree):
        for site in _sites(function):
            text = lines[site.lineno - 1].strip()
            for what, wrong in _wrongs(site):
                written = partial(_with, tree, site, wrong)
                yield Mutant(name, site.lineno, text, what, written)


def _functions(tree: ast.Module) -> Iterator[tuple[str, Function]]:
    """The functions of a module and the methods of its classes, each with its dotted name."""
    for node in tree.body:
        if isinstance(node, Function):
            yield node.name, node
        elif isinstance(node, ast.ClassDef):
            yield from (
                (f"{node.name}.{method.name}", method)
                for method in node.body
                if isinstance(method, Function)
            )


def _sites(function: Function) -> Iterator[ast.expr | ast.stmt]:
    """What can go wrong in a function: neither its docstring nor its annotations can."""
    for statement in function.body:
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
            continue
        yield from (n for n in ast.walk(statement) if isinstance(n, ast.expr | ast.stmt))


def _wrongs(site: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """Each way in which one node can be wrong: a few words, and the wrong node."""
    match site:
        case ast.BinOp(op=op) | ast.BoolOp(op=op):
            for other in SWAPPED.get(type(op), ()):
                yield _swap(op, other), _changed(site, op=other())
        case ast.AugAssign(op=op):
            yield f"no {ast.unparse(site)}", ast.Pass()
            for other in SWAPPED.get(type(op), ()):
                yield _swap(op, other), _changed(site, op=other())
        case ast.Compare(ops=[op]):
            for other in SWAPPED.get(type(op), ()):
                yield _swap(op, other), _changed(site, ops=[other()])
        case ast.UnaryOp(op=ast.USub() | ast.Not(), operand=operand):
            yield f"no {_name(site.op)}", operand
        case ast.Constant(value=bool(value)):
            yield f"{value} to {not value}", ast.Constant(not value)
        # A large float stays the same.
        case ast.Constant(value=int(value) | float(value)) if value + 1 != value:
            yield f"{value} to {value + 1}", ast.Constant(value + 1)
        case ast.Name(id=name) if name in RENAMED:
            yield f"{name} to {RENAMED[name]}", _changed(site, id=RENAMED[name])
        case ast.Expr(value=ast.Call()):
            yield f"no {ast.unparse(site)}", ast.Pass()
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript()]):
            yield f"no {ast.unparse(site)}", ast.Pass()
        case ast.If(test=test) if isinstance(test, VALUES):
            yield "if to if not", _changed(site, test=ast.UnaryOp(ast.Not(), test))
        case ast.IfExp(test=test, body=body, orelse=orelse):
            yield "branches swapped", ast.IfExp(test, orelse, body)


def _swap(op: ast.AST, other: type[ast.AST]) -> str:
    return f"{_name(op)} to {other.__name__}"


def _name(node: ast.AST) -> str:
    return type(node).__name__


def _changed(node: ast.AST, **fields: object) -> ast.AST:
    values = {name: getattr(node, name) for name in node._fields} | fields
    return type(node)(**values)


def _with(tree: ast.Module, site: ast.AST, wrong: ast.AST) -> str:
    """The source of a tree in which ``wrong`` stands for ``site``."""

    class Replace(ast.NodeTransformer):
        def visit(self, node: ast.AST) -> ast.AST:
            return wrong if node is site else self.generic_visit(node)

    whole = deepcopy(tree, {id(site): site, id(wrong): wrong})
    return ast.unparse(ast.fix_missing_locations(Replace().visit(whole))) + "\n"
