"""What is wrong with a rulebook, as values: gaps, overlaps, rules and facts of no use, windows and sources in doubt."""

from datetime import date

from ilacs_rules.errors import RulebookError
from ilacs_rules.reviewing.checks.findings import Finding, FindingKind, Findings
from ilacs_rules.reviewing.checks.rows import row_findings
from ilacs_rules.reviewing.checks.tracks import track_findings
from ilacs_rules.reviewing.checks.windows import nominal_findings, window_findings
from ilacs_rules.rulebook import Draft
from ilacs_rules.values import any_day

__all__ = ["Finding", "FindingKind", "Findings", "check"]


def check(rulebook: Draft, *, checked_since: date | str | None = None) -> Findings:
    """Everything that is wrong with a rulebook, or with a draft of one.

    It finds, in each track, the situations that no rule answers and those that several rules answer. These are exact,
    and each comes with the smallest case that shows it.

    It also finds rules that can never answer, facts that nothing uses, and rules that differ only in their source. It
    finds windows that can close before they open, and nominal days that can lie outside the window. ``checks.windows``
    explains how that is decided. If you give a day, it finds the sources that nobody has compared with the rules since.

    Args:
        rulebook: a draft (``load_draft``), or a ``Rulebook``, which is a draft without gaps and overlaps.
        checked_since: a day. A source that was last compared before it, or on no known day, is a finding.

    Raises:
        RulebookError: it is not a draft, or a track asks about too many things to be surveyed.
        RecordError: ``checked_since`` is not a day.

    >>> from ilacs_rules import load_draft
    >>> draft = load_draft()
    >>> check(draft)
    ()
    >>> gone = "inadequate_fostering_agency_is_reinspected_within_6_to_12_months"
    >>> found = check(draft.model_copy(update={"rules": tuple(rule for rule in draft.rules if rule.id != gone)}))
    >>> found[0].kind.value, found[0].case
    ('gap', 'as of: 2017-04-01; inspection stage: complete; ...; last overall: inadequate')
    """
    if not isinstance(rulebook, Draft):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise RulebookError("is not a rulebook", field="rulebook", value=rulebook, expected="a Rulebook or a Draft")
    since = None if checked_since is None else any_day(checked_since, "checked_since")
    windows = (*window_findings(rulebook), *nominal_findings(rulebook))
    return Findings((*track_findings(rulebook), *row_findings(rulebook, since), *windows))
