"""The mutants: every change that cosmic-ray's operators can make to the code of a room, one at a time."""

import ast
import random
import warnings
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import CodeType
from typing import NamedTuple

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

SOURCE = Path(__file__).parents[2] / "src" / "ilacs_rules"
ROOMS = ("dates", "situation", "answering", "rulebook", "reviewing/checks")
# Words of an enumeration and None are equal only to themselves, and Python keeps one object of a short word, so that these
# two ways of comparing can seldom be told apart: where they can (tuples of tracks, dates, sets), tests find them.
_ALIKE = tuple(f"ReplaceComparisonOperator_{pair}" for pair in ("Is_Eq", "IsNot_NotEq", "Eq_Is", "NotEq_IsNot"))
# The first three need arguments of their own, or change nothing.
LEFT_OUT = ("VariableReplacer", "VariableInserter", "NoOp", *_ALIKE)


class Mutant(NamedTuple):
    """One change: the file (below the package), the operator, which of its places in the file, and its line."""

    file: str
    operator: str
    occurrence: int
    line: int
    column: int

    @property
    def room(self) -> str:
        return next(room for room in ROOMS if self.file == f"{room}.py" or self.file.startswith(f"{room}/"))

    @property
    def text(self) -> str:
        """The whole file with the change in it."""
        made = mutate_code(source(self.file), get_operator(f"core/{self.operator}")(), self.occurrence)
        assert made is not None, self
        return str(made)

    def __str__(self) -> str:
        before, after = source(self.file).splitlines(), self.text.splitlines()
        was, now = next((pair for pair in zip(before, after, strict=False) if pair[0] != pair[1]), ("", ""))
        return f"{self.file}:{self.line} `{was.strip()}` -> `{now.strip()}`"


@cache
def source(file: str) -> str:
    """The code of a file as it stands."""
    return (SOURCE / file).read_text(encoding="utf-8")


def mutants(room: str) -> Iterator[Mutant]:
    """Every mutant of a room, but for annotations and named unions of types, which say nothing at run time."""
    files = [SOURCE / f"{room}.py"] if (SOURCE / f"{room}.py").exists() else sorted((SOURCE / room).rglob("*.py"))
    operators = [name.partition("/")[2] for name in operator_names()]
    for path in files:
        file = path.relative_to(SOURCE).as_posix()
        nodes, annotations = list(ast_nodes(get_ast(source(file)))), _annotations(ast.parse(source(file)))
        for name in operators:
            if name not in LEFT_OUT:
                operator = get_operator(f"core/{name}")()
                places = (start for node in nodes for start, _ in operator.mutation_positions(node))
                for occurrence, place in enumerate(places):
                    if not any(first <= place < last for first, last in annotations):
                        yield Mutant(file, name, occurrence, *place)


def sample(room: str, size: int, seed: int) -> list[Mutant]:
    """So many mutants of a room, in an order drawn by a seed; all of them where it has no more."""
    every = list(mutants(room))
    return random.Random(seed).sample(every, min(size, len(every)))  # noqa: S311 - nothing secret


def changed_function(mutant: Mutant) -> tuple[CodeType, CodeType] | None:
    """The outermost function whose code a mutant changes, before and after; nothing where it lies outside any."""
    before = _compiled(mutant.file)
    with warnings.catch_warnings(action="ignore"):  # `is` beside a word is only warned of
        after = compile(mutant.text, str(SOURCE / mutant.file), "exec")
    return _changed(before, after)


@cache
def _compiled(file: str) -> CodeType:
    return compile(source(file), str(SOURCE / file), "exec")


def _changed(before: CodeType, after: CodeType) -> tuple[CodeType, CodeType] | None:
    """Modules and classes are looked into; what differs in their own code is no function's."""
    if not _of_module_or_class(before):
        return before, after
    inner, now = _inner(before), _inner(after)
    differing = [(one, other) for one, other in zip(inner, now, strict=False) if one != other]
    if len(inner) != len(now) or len(differing) != 1 or before.co_code != after.co_code or _own(before) != _own(after):
        return None
    return _changed(*differing[0])


def _inner(code: CodeType) -> list[CodeType]:
    return [const for const in code.co_consts if isinstance(const, CodeType)]


def _own(code: CodeType) -> list[str]:
    return [repr(const) for const in code.co_consts if not isinstance(const, CodeType)]


def _of_module_or_class(code: CodeType) -> bool:
    return not code.co_flags & 0x2  # CO_NEWLOCALS, which only functions have


def _annotations(tree: ast.AST) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    found = [getattr(node, name, None) for node in ast.walk(tree) for name in ("annotation", "returns")]
    found += [node.value for node in ast.walk(tree) if isinstance(node, ast.Assign) and _is_type(node.value)]
    return [
        ((node.lineno, node.col_offset), (node.end_lineno or 0, node.end_col_offset or 0))
        for node in found
        if isinstance(node, ast.expr)
    ]


def _is_type(node: ast.expr) -> bool:
    """A union of types that is given a name: an annotation too."""
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, ast.BitOr) and _is_type(node.left) and _is_type(node.right)
    if isinstance(node, ast.Name):
        return node.id[0].isupper() or node.id in ("str", "int", "date")
    return isinstance(node, ast.Constant) and node.value is None
