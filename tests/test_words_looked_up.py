"""`ilacs-rules words` takes a kind however it is named, and looks any other word up."""

import json
from typing import Any

import pytest
from click.testing import CliRunner, Result

from ilacs_rules.cli.commands import cli
from ilacs_rules.cli.wording import _GOES_IN
from ilacs_rules.cli.words import KINDS, spelt, words_of
from ilacs_rules.reading.words import as_key


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, ["words", *words])


def rows(*words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run(*words, "--json").stdout)
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_named_by_one_of_it_or_by_several(kind: str) -> None:
    assert rows(kind) == rows(KINDS[kind]) == rows(KINDS[kind].upper())
    assert {row["kind"] for row in rows(kind)} == {kind}
    assert [row["word"] for row in rows(kind)] == [word.word for word in words_of(kind)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("short inspection", {"ilacs_short"}),
        ("Short inspection under ILACS", {"ilacs_short"}),
        ("ilacs_short", {"ilacs_short"}),
        ("full inspection", {"sif_inspection", "ilacs_inspection", "full_inspection"}),  # by whom, and on which day
        ("Children's home", {"childrens_home"}),
        ("requires improvement to be good", {"requires_improvement"}),
        ("overdue", {"overdue"}),
        ("everything", {"everything"}),
        ("closed", {"closed"}),
    ],
)
def test_a_word_is_looked_up(text: str, found: set[str]) -> None:
    for said in (rows(text), rows(*text.split())):
        assert {row["word"] for row in said} == found
        assert all(row["goes_in"] == _GOES_IN[row["kind"]] and row["means"] for row in said)


@pytest.mark.parametrize("kind", KINDS)
def test_every_printed_name_can_be_typed_back(kind: str) -> None:
    for word in words_of(kind):
        if word.printed in {*KINDS, *KINDS.values()}:
            continue  # which lists the words of that kind
        assert (kind, word.word) in {(row["kind"], row["word"]) for row in rows(word.printed)}
        assert spelt(kind)[as_key(word.printed)] == word.word


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("activites", "'activities'?"),
        ("grads", "'grade"),
        ("short inspecton", "'short_inspection'?"),
        ("zzzz", "(one of: act"),
    ],
)
def test_what_is_neither_is_refused_with_the_nearest(text: str, near: str) -> None:
    done = run(text)
    assert done.exit_code == 2
    assert near in done.stderr
    assert "or any word that they list" in done.stderr


def test_where_a_word_goes_is_printed_beside_it() -> None:
    assert run("short inspection").stdout.splitlines()[0] == "kind,word,printed,means,goes_in"
    assert "`activity` of an event" in run("short inspection").stdout
