"""The few lines of Python that give the answer that the page shows."""

from collections.abc import Mapping, Sequence
from typing import Any

import ilacs_rules as ir

__all__ = ["lines_for_file", "lines_for_record"]

_ASKED = """
answer = ir.next_activity(subject, as_of="{as_of}")
print(answer.explain())
"""


def lines_for_file(  # noqa: PLR0913 - each is a part of what was given
    names: Sequence[str],
    subjects: Sequence[ir.Subject],
    place: int,
    as_of: str,
    *,
    said: Mapping[str, Mapping[str, Any]] | None = None,
    profiles: Mapping[str, str] | None = None,
) -> str:
    """For a subject of files that were read.

    Args:
        names: what the files are called.
        subjects, place, as_of: who was read, of whom it is asked, and when.
        said: what was said of the columns of files, by the name of the file.
        profiles: the profiles that were given beside files, by the name of the file.

    >>> home = ir.Provider(type="childrens_home", name="A home", urn="SC1", registered="2024-01-31")
    >>> print(lines_for_file(["homes.csv"], [home, home.model_copy(update={"urn": "SC2"})], 0, "2024-03-20"))
    import ilacs_rules as ir
    <BLANKLINE>
    published = ir.read("homes.csv")
    subject = next(each for each in published.subjects if each.urn == "SC1")
    <BLANKLINE>
    answer = ir.next_activity(subject, as_of="2024-03-20")
    print(answer.explain())
    <BLANKLINE>
    """
    files = _written(names[0]) if len(names) == 1 else f"[{', '.join(map(_written, names))}]"
    subject = subjects[place]
    alike = [field for field in ("urn", "name") if getattr(subject, field)]
    alone = [f for f in alike if sum(getattr(each, f) == getattr(subject, f) for each in subjects) == 1]
    if len(subjects) == 1 or not alone:
        chosen = f"published.subjects[{place}]"
    else:
        chosen = (
            f"next(each for each in published.subjects if each.{alone[0]} == {_written(getattr(subject, alone[0]))})"
        )
    opened, form = _profiles(names, said or {}, profiles or {})
    opened += f"published = ir.read({files}{form})"
    return f"import ilacs_rules as ir\n\n{opened}\nsubject = {chosen}\n{_ASKED.format(as_of=as_of)}"


def _profiles(
    names: Sequence[str], said: Mapping[str, Mapping[str, Any]], profiles: Mapping[str, str]
) -> tuple[str, str]:
    """The lines that make the profiles, and how they are given to ``read``."""
    lines, forms = "", {file: _written(name) for file, name in profiles.items()}
    for number, (file, choice) in enumerate(said.items(), start=1):
        forms[file] = "profile" if len(said) == 1 else f"profile_{number}"
        given = [f"    {name}={_written(value)},\n" for name, value in choice.items() if value]
        lines += f"{forms[file]} = ir.columns({_written(file)}).profile(\n{''.join(given)})\n"
    if not forms:
        return "", ""
    if len(names) == 1 or (len({*forms.values()}) == 1 and len(forms) == len(names)):
        return lines, f", format={next(iter(forms.values()))}"
    return lines, f", format={{{', '.join(f'{_written(file)}: {form}' for file, form in forms.items())}}}"


def lines_for_record(subject: ir.Subject, as_of: str) -> str:
    """For a subject that was built by hand.

    >>> home = ir.Provider(type="childrens_home", name="A home", registered="2024-01-31")
    >>> print(lines_for_record(home, "2024-03-20"))
    import ilacs_rules as ir
    <BLANKLINE>
    subject = ir.Provider(
        type="childrens_home",
        name="A home",
        registered="2024-01-31",
    )
    <BLANKLINE>
    answer = ir.next_activity(subject, as_of="2024-03-20")
    print(answer.explain())
    <BLANKLINE>
    """
    council = isinstance(subject, ir.LocalAuthority)
    kind = {} if council else {"type": str(subject.type)}
    values = {**kind, **subject.model_dump(mode="json", exclude_defaults=True)}
    events = [_event(event) for event in values.pop("events", ())]
    lines = [f"    {name}={_written(value)},\n" for name, value in values.items()]
    if events:
        lines.append(f"    events=[\n{''.join(events)}    ],\n")
    model = "LocalAuthority" if council else "Provider"
    return f"import ilacs_rules as ir\n\nsubject = ir.{model}(\n{''.join(lines)})\n{_ASKED.format(as_of=as_of)}"


def _event(event: Mapping[str, Any]) -> str:
    return f"        ir.Event({', '.join(f'{name}={_written(value)}' for name, value in event.items())}),\n"


def _written(value: object) -> str:
    """A value as Python is written here, in double quotes where that is as short."""
    if isinstance(value, str):
        text = ascii(value) if not value.isprintable() else repr(value)
        return text if '"' in value or "\\" in text or not text.startswith("'") else f'"{text[1:-1]}"'
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_written(name)}: {_written(each)}" for name, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_written, value)) + "]"
    return repr(value)
