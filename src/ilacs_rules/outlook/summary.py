"""The outlook in its first words: a title, who and how many, and how much needs attention when."""

from ilacs_rules.dates import in_full
from ilacs_rules.outlook.groups import GROUPS, Group
from ilacs_rules.outlook.spoken import spoken
from ilacs_rules.outlook.value import Seen
from ilacs_rules.outlook.words import count_of

__all__ = ["counts", "first_words", "left_out", "provenance", "title_of"]


def title_of(outlook: Seen) -> str:
    """The title: the name of the subject where there is one.

    >>> from datetime import date
    >>> import ilacs_rules as ir
    >>> home = ir.Provider(type="childrens_home", name="A home", registered=date(2024, 1, 31))
    >>> title_of(ir.outlook(home, as_of=date(2024, 3, 1))), title_of(ir.outlook([], as_of=date(2024, 3, 1)))
    ('What comes next for A home', 'What comes next')
    """
    names = [item.subject.name for item in outlook.subjects] + [item.subject for item in outlook.not_answered]
    return f"What comes next for {names[0]}" if len(names) == 1 else "What comes next"


def first_words(outlook: Seen) -> tuple[str, ...]:
    """What to say first: of one subject, its answer as a person would say it; of several, how many and how soon.

    >>> from datetime import date
    >>> import ilacs_rules as ir
    >>> homes = [ir.Provider(type="childrens_home", name=name, registered=date(2024, 1, 31)) for name in "AB"]
    >>> for sentence in first_words(ir.outlook(homes, as_of=date(2024, 3, 20))):
    ...     print(sentence)
    2 subjects, asked on 20 March 2024: 2 activities are required.
    2 open, are due or close in the next 30 days.
    >>> first_words(ir.outlook(homes[0], as_of=date(2024, 3, 20)))[0]
    'A: expect a full inspection between 1 April 2024 and 30 September 2024. It can begin in 12 days.'
    """
    if len(outlook.subjects) == 1 and not outlook.not_answered:
        (only,) = outlook.subjects
        return spoken(only.next) if only.next else ()
    many = len(outlook.subjects) + len(outlook.not_answered)
    activities = count_of(len(outlook.rows), "activity is", "activities are")
    lines = [f"{count_of(many, 'subject')}, asked on {in_full(outlook.as_of)}: {activities} required."]
    lines += [sentence for group, one, several in _SAID if (sentence := _said(outlook, group, one, several))]
    if outlook.not_answered:
        lines.append(f"{count_of(len(outlook.not_answered), 'subject')} could not be answered; the reasons are below.")
    return tuple(lines)


_SAID = (
    (Group.PASSED, "has passed", "have passed"),
    *(
        (group, f"opens, is due or closes in {days}", f"open, are due or close in {days}")
        for group, days in (
            (Group.DAYS_30, "the next 30 days"),
            (Group.DAYS_90, "31 to 90 days"),
            (Group.DAYS_180, "91 to 180 days"),
        )
    ),
)


def _said(outlook: Seen, group: Group, one: str, several: str) -> str:
    count = len(outlook.groups[group])
    return f"{count:,} {one if count == 1 else several}." if count else ""


def counts(outlook: Seen) -> tuple[tuple[Group, str, str, int], ...]:
    """Each group with its title, what stands in it, and how many activities do.

    >>> from datetime import date
    >>> import ilacs_rules as ir
    >>> counts(ir.outlook([], as_of=date(2024, 3, 1)))[1][1:]
    ('Has passed', 'The last day, or the nominal day, has passed and nothing on record met it.', 0)
    """
    return tuple((group, GROUPS[group].title, GROUPS[group].means, len(rows)) for group, rows in outlook.groups.items())


def left_out(outlook: Seen) -> str:
    """What ``until`` left out, as a sentence; nothing where it left nothing out.

    >>> from datetime import date
    >>> import ilacs_rules as ir
    >>> home = ir.Provider(type="childrens_home", name="A home", registered=date(2024, 1, 31))
    >>> left_out(ir.outlook(home, as_of=date(2024, 3, 1), until=date(2024, 3, 31)))
    '1 activity opens only after 31 March 2024 and is left out.'
    """
    if not outlook.beyond or outlook.until is None:
        return ""
    some = count_of(outlook.beyond, "activity opens", "activities open")
    return f"{some} only after {in_full(outlook.until)} and {'is' if outlook.beyond == 1 else 'are'} left out."


def provenance(outlook: Seen) -> str:
    """Which rulebook answered, and what a reader should do before relying on a date.

    >>> from datetime import date
    >>> import ilacs_rules as ir
    >>> provenance(ir.outlook([], as_of=date(2024, 3, 1)))
    'Answered by rulebook 2026.11 (...). Not affiliated with Ofsted: check the source of a date before you rely on it.'
    """
    return (
        f"Answered by rulebook {outlook.rulebook} ({outlook.fingerprint[:12]}). "
        "Not affiliated with Ofsted: check the source of a date before you rely on it."
    )
