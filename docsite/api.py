"""The API reference, a page for each public module, made from the docstrings of the names in its ``__all__``.

griffe reads the source and imports nothing. mkdocstrings was tried first. It takes the prompts of an example for
quotations and the brackets in it for links, so the pages are laid out here.
"""

import inspect
import re
from collections.abc import Iterator
from pathlib import Path

from griffe import Alias, Attribute, Class, Function, GriffeLoader, Kind, Module, Object

__all__ = ["PUBLIC", "api_pages"]

PUBLIC = {
    "ilacs_rules": "Questions, records, answers and the rulebook.",
    "ilacs_rules.tables": "The same questions of whole tables.",
    "ilacs_rules.practice": "Forecasts from what was seen to happen.",
    "ilacs_rules.testing.strategies": "Hypothesis strategies for your own tests.",
    "ilacs_rules.testing.laws": "Laws that every rulebook should hold to.",
    "ilacs_rules.testing.coverage": "Which rules a run of tests reached.",
    "ilacs_rules.writing": "The rulebook as pages, JSON, schemas and decision tables.",
}
"""Every module whose names other people's code may use, and what it is for."""
_SECTION = re.compile(r"^(Args|Arguments|Returns|Raises|Attributes|Yields|Note|Notes):\s*$")
_TITLES = {"Args": "Takes", "Arguments": "Takes", "Returns": "Gives", "Yields": "Gives", "Attributes": "Has"}
_NOT_SHOWN = re.compile(r"^_|^model_")


def api_pages(source: Path) -> dict[str, str]:
    """The pages of the reference: file name to Markdown, with an index.

    >>> pages = api_pages(Path(__file__).parents[1] / "src")
    >>> '<a id="ilacs_rules.next_activity"></a>' in pages["ilacs_rules.md"]
    True
    >>> sorted(pages)[0]
    'README.md'
    """
    loader = GriffeLoader(search_paths=[source])
    loader.load("ilacs_rules")
    loader.resolve_aliases(implicit=True, external=False)
    lines = [
        "# API reference",
        "",
        "Every public name, from its docstring. What is not here may change without notice: see",
    ]
    lines += ["[what stays stable](../docs/stability.md).", ""]
    pages = {}
    for name, means in PUBLIC.items():
        module = loader.modules_collection[name]
        lines.append(f"- [`{name}`]({name}.md): {means}")
        pages[f"{name}.md"] = "\n".join(_page(module, name, means)) + "\n"
    return {"README.md": "\n".join(lines) + "\n", **pages}


def _page(module: Object | Alias, name: str, means: str) -> Iterator[str]:
    exported = [str(each) for each in module.exports or ()]
    yield from (f"# `{name}`", "", means, "")
    for each in exported:
        if not each.startswith("__"):
            yield from _name(module.members[each], f"{name}.{each}")


def _name(named: Object | Alias, full: str) -> Iterator[str]:
    short = full.rpartition(".")[2]
    yield from (f'<a id="{full}"></a>', "", f"## {short}", "")
    target = named.final_target if isinstance(named, Alias) else named
    if isinstance(target, Function):
        yield from _code(_signature(target, short))
    yield from _docstring(_text(target))
    if isinstance(target, Module):
        yield from ("A module of its own.", "") if full not in PUBLIC else (f"See [`{full}`]({full}.md).", "")
    if isinstance(target, Class):
        yield from _members(target, full)


def _text(target: Object) -> str:
    return inspect.cleandoc(target.docstring.value) if target.docstring else ""


def _code(text: str, language: str = "python") -> list[str]:
    return [f"```{language}", text, "```", ""]


def _signature(function: Function, name: str) -> str:
    """The signature, a parameter a line where it is long."""
    parts: list[str] = []
    seen = ""
    for parameter in function.parameters:
        kind = parameter.kind.value if parameter.kind else ""
        if parameter.name in {"self", "cls"}:
            continue
        if kind == "keyword-only" and seen not in {"keyword-only", "variadic positional"}:
            parts.append("*")
        seen = kind
        star = {"variadic positional": "*", "variadic keyword": "**"}.get(kind, "")
        text = f"{star}{parameter.name}" + (f": {parameter.annotation}" if parameter.annotation is not None else "")
        parts.append(text + (f" = {parameter.default}" if parameter.default is not None and not star else ""))
    gives = f" -> {function.returns}" if function.returns is not None else ""
    line = f"{name}({', '.join(parts)}){gives}"
    return line if len(line) <= 88 else f"{name}(\n    " + ",\n    ".join(parts) + f",\n){gives}"


def _members(target: Class, full: str) -> Iterator[str]:
    """The words of an enumeration; the public methods of a class that say what they do, its own and inherited."""
    values = [each for each in target.members.values() if isinstance(each, Attribute) and each.name.isupper()]
    for value in values:
        yield f"- `{value.name}` = `{value.value}`"
    yield ""
    for name, member in sorted({**target.inherited_members, **target.members}.items()):
        found = member.final_target if isinstance(member, Alias) else member
        if _NOT_SHOWN.match(name) or not found.docstring or found.kind not in {Kind.FUNCTION, Kind.ATTRIBUTE}:
            continue
        if isinstance(found, Attribute) and found.name.isupper():
            continue
        yield from (f'<a id="{full}.{name}"></a>', "", f"### {full.rpartition('.')[2]}.{name}", "")
        if isinstance(found, Function):
            yield from _code(_signature(found, name))
        yield from _docstring(_text(found))


def _docstring(text: str) -> Iterator[str]:
    """The text as Markdown: examples as code, sections under bold titles, what a section names as a list."""
    lines = text.split("\n")
    place = 0
    while place < len(lines):
        line = lines[place]
        if line.startswith(">>>"):
            end = next((at for at in range(place, len(lines)) if not lines[at].strip()), len(lines))
            shown = (re.sub(r"\s+# doctest:.*", "", each) for each in lines[place:end])
            yield from ("", *_code("\n".join(shown), "pycon"))
            place = end
        elif section := _SECTION.match(line):
            end = next((at for at in range(place + 1, len(lines)) if re.match(r"\S", lines[at])), len(lines))
            yield from (f"**{_TITLES.get(section[1], section[1])}**", "", *_section(lines[place + 1 : end]), "")
            place = end
        else:
            yield _plain(line)
            place += 1
    yield ""


def _section(lines: list[str]) -> Iterator[str]:
    """Items under a title: ``name: what it is``, with what follows further in."""
    for line in inspect.cleandoc("\n".join(["", *lines])).split("\n"):
        item = re.match(r"^([\w`*][\w`*, .|\[\]]*?):\s+(.*)$", line)
        if item:
            yield f"- `{item[1].replace('`', '')}`: {_plain(item[2])}"
        elif line.startswith(" "):
            yield f"  {_plain(line.strip())}"
        elif line:
            yield f"- {_plain(line)}" if not line.startswith("-") else _plain(line)


def _plain(line: str) -> str:
    """Text outside code keeps its brackets and stars as they are written."""
    parts = re.split(r"(``[^`]+``|`[^`]+`)", line)
    return "".join(part if part.startswith("`") else re.sub(r"([\[\]<>_])", r"\\\1", part) for part in parts)
