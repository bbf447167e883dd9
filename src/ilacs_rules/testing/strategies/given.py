"""What the library gives: answers and what they are made of, and the rows of a rulebook; each drawn as it occurs."""

from hypothesis import assume
from hypothesis import strategies as st

from ilacs_rules.answering.answer import Answer, WhyNot
from ilacs_rules.answering.engine import answers
from ilacs_rules.answering.parts import DueWindow, FactUsed
from ilacs_rules.answering.several import Answers
from ilacs_rules.rulebook import Citation, Condition, Rule, Rulebook, Source, Track, load_rulebook
from ilacs_rules.testing.strategies.days import days
from ilacs_rules.testing.strategies.directed import Question
from ilacs_rules.testing.strategies.subjects import answerable

__all__ = [
    "any_answers",
    "any_windows",
    "citations",
    "conditions",
    "facts_used",
    "reasons",
    "rules",
    "several_answers",
    "sources",
    "tracks",
]


def several_answers(rulebook: Rulebook | None = None) -> st.SearchStrategy[Answers]:
    """What every track answers for one subject on one day.

    >>> from hypothesis import find
    >>> len(find(several_answers(), lambda found: True)) > 0
    True
    """

    def asked(question: Question) -> Answers:
        return answers(question.subject, as_of=question.as_of, rulebook=rulebook)

    return answerable(rulebook).map(asked)


@st.composite
def any_answers(draw: st.DrawFn, rulebook: Rulebook | None = None) -> Answer:
    """One of the answers for a subject on a day, those included that nothing is required.

    >>> from hypothesis import find
    >>> find(any_answers(), lambda answer: answer.status == "overdue").window.closes is None
    False
    """
    return draw(st.sampled_from(draw(several_answers(rulebook))))


def any_windows() -> st.SearchStrategy[DueWindow]:
    """Windows of every shape: each end may be open, and one day may be all three.

    >>> from hypothesis import find
    >>> str(find(any_windows(), lambda window: window.opens is None))
    'not stated'
    """
    open_or_not = st.lists(st.booleans(), min_size=3, max_size=3)
    return st.tuples(st.lists(days(), min_size=3, max_size=3).map(sorted), open_or_not).map(
        lambda drawn: DueWindow(
            **{
                name: day if stated else None
                for name, day, stated in zip(("opens", "due", "closes"), *drawn, strict=True)
            }
        )
    )


@st.composite
def facts_used(draw: st.DrawFn, rulebook: Rulebook | None = None) -> FactUsed:
    """A fact that led to an answer.

    >>> from hypothesis import find
    >>> find(facts_used(), lambda fact: fact.name == "exists").name
    'exists'
    """
    facts = draw(any_answers(rulebook)).facts
    assume(facts)
    return draw(st.sampled_from(facts))


@st.composite
def reasons(draw: st.DrawFn, rulebook: Rulebook | None = None) -> WhyNot:
    """Why an activity that some rule requires does not come next.

    >>> from hypothesis import find
    >>> len(find(reasons(), lambda why: True).rules) > 0
    True
    """
    book, answer = rulebook or load_rulebook(), draw(any_answers(rulebook))
    required = dict.fromkeys(rule.activity for rule in book.rules if answer.subject_type in rule.applies_to)
    return answer.why_not(draw(st.sampled_from(list(required))))


def rules(rulebook: Rulebook | None = None) -> st.SearchStrategy[Rule]:
    """Rules of a rulebook: of the shipped one, unless you give another.

    >>> from hypothesis import find
    >>> find(rules(), lambda rule: rule.strength == "must").sources == ()
    False
    """
    return st.sampled_from((rulebook or load_rulebook()).rules)


def tracks(rulebook: Rulebook | None = None) -> st.SearchStrategy[Track]:
    """Tracks of a rulebook.

    >>> from hypothesis import find
    >>> find(tracks(), lambda track: track.owed_by == "authority").answers["local_authority"].year >= 2013
    True
    """
    return st.sampled_from((rulebook or load_rulebook()).tracks)


def sources(rulebook: Rulebook | None = None) -> st.SearchStrategy[Source]:
    """Sources of a rulebook.

    >>> from hypothesis import find
    >>> find(sources(), lambda source: source.seen_as == "primary").publisher != ""
    True
    """
    return st.sampled_from((rulebook or load_rulebook()).sources)


def citations(rulebook: Rulebook | None = None) -> st.SearchStrategy[Citation]:
    """Citations of a rulebook's rules.

    >>> from hypothesis import find
    >>> find(citations(), lambda citation: True).source != ""
    True
    """
    return rules(rulebook).flatmap(lambda rule: st.sampled_from(rule.sources))


def conditions(rulebook: Rulebook | None = None) -> st.SearchStrategy[Condition]:
    """Conditions of a rulebook's rules.

    >>> from hypothesis import find
    >>> find(conditions(), lambda condition: condition.fact == "exists").words is None
    False
    """
    some = [rule for rule in (rulebook or load_rulebook()).rules if rule.when]
    return st.sampled_from(some).flatmap(lambda rule: st.sampled_from(rule.when))
