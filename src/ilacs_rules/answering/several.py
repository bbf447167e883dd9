"""Several answers together: a tuple that people can read and that table libraries take."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Self, SupportsIndex, TypeVar, overload

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from ilacs_rules.answering.answer import Answer
from ilacs_rules.hooks import Hook

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Answers"]

Other = TypeVar("Other")


class Answers(tuple[Answer, ...]):
    """Several answers in their order. It is a tuple that shows itself as a table in terminals and notebooks.

    A slice of it is ``Answers`` again, and so is the sum of two. It equals a plain tuple of the same answers.

    >>> from datetime import date
    >>> import ilacs_rules as ir
    >>> agency = ir.Provider(type="independent_fostering_agency", name="An agency", registered=date(2024, 1, 31))
    >>> due = ir.required_activities(agency, as_of=date(2024, 3, 1))
    >>> type(due).__name__, due == tuple(due), type(due[:1]).__name__
    ('Answers', True, 'Answers')
    >>> due[:1].to_polars().select("subject", "closes", "status").rows()
    [('An agency', datetime.date(2025, 1, 31), 'not_open')]
    >>> Answers()
    No answers.
    """

    __slots__ = ()

    def to_polars(self) -> "pl.DataFrame":
        """The answers as a polars ``DataFrame``, one row for each. Days are dates, and words are text.

        Raises:
            MissingExtraError: polars is not installed.

        >>> Answers().to_polars().columns[:4]
        ['subject', 'urn', 'subject_type', 'as_of']
        >>> import ilacs_rules as ir
        >>> agency = ir.Provider(type="independent_fostering_agency", name="An agency", registered="2024-01-31")
        >>> ir.answers(agency, as_of="2024-03-01").to_polars()["closes"].null_count() > 0  # a day that is not stated
        True
        """
        return TO_POLARS.work(self)

    def to_pandas(self) -> Any:
        """The answers as a pandas ``DataFrame``, one row for each.

        Days are ``datetime64``. A day that is not stated is ``NaT``.

        Raises:
            MissingExtraError: pandas is not installed.

        >>> len(Answers().to_pandas())
        0
        >>> import ilacs_rules as ir
        >>> agency = ir.Provider(type="independent_fostering_agency", name="An agency", registered="2024-01-31")
        >>> ir.required_activities(agency, as_of="2024-03-01").to_pandas()["status"].iloc[0]
        'not_open'
        """
        return TO_PANDAS.work(self)

    def to_arrow(self) -> Any:
        """The answers as a PyArrow ``Table``, one row for each. Days are ``date32``, and words are text.

        Raises:
            MissingExtraError: PyArrow is not installed.

        >>> Answers().to_arrow().num_rows
        0
        >>> import ilacs_rules as ir
        >>> agency = ir.Provider(type="independent_fostering_agency", name="An agency", registered="2024-01-31")
        >>> str(ir.required_activities(agency, as_of="2024-03-01").to_arrow().schema.field("closes").type)
        'date32[day]'
        """
        return TO_ARROW.work(self)

    def to_json(self, *, indent: int | None = None) -> str:
        """The answers as JSON text: a list, with everything that each answer says. It raises no error.

        ``Answers.from_json`` reads it back equal.

        >>> Answers().to_json()
        '[]'
        >>> import ilacs_rules as ir
        >>> agency = ir.Provider(type="independent_fostering_agency", name="An agency", registered="2024-01-31")
        >>> due = ir.required_activities(agency, as_of="2024-03-01")
        >>> Answers.from_json(due.to_json()) == due
        True
        """
        import json  # noqa: PLC0415 - most programs write no JSON

        return json.dumps([answer.model_dump(mode="json") for answer in self], indent=indent)

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """Answers from the JSON text that ``to_json`` gives.

        Raises:
            RecordError: it is not JSON, or not a list of answers. The message names the place.

        >>> Answers.from_json("[]") == Answers()
        True
        >>> Answers.from_json("{")
        Traceback (most recent call last):
        ilacs_rules.errors.RecordError: ...
        """
        return cls(FROM_JSON.work(text))

    @overload
    def __getitem__(self, key: SupportsIndex) -> Answer: ...
    @overload
    def __getitem__(self, key: slice) -> "Answers": ...
    def __getitem__(self, key: SupportsIndex | slice) -> "Answer | Answers":
        if isinstance(key, slice):
            return Answers(super().__getitem__(key))
        return super().__getitem__(key)

    @overload
    def __add__(self, other: tuple[Answer, ...]) -> "Answers": ...
    @overload
    def __add__(self, other: tuple[Other, ...]) -> tuple[Answer | Other, ...]: ...
    def __add__(self, other: tuple[Any, ...]) -> "Answers | tuple[Any, ...]":
        both = super().__add__(other)
        return Answers(both) if isinstance(other, Answers) else both

    def __repr__(self) -> str:
        return IN_LINES.work(self)

    def _repr_html_(self) -> str:
        return AS_HTML.work(self)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(cls, handler.generate_schema(tuple[Answer, ...]))


IN_LINES: Hook[Callable[[Sequence[Answer]], str]] = Hook()
AS_HTML: Hook[Callable[[Sequence[Answer]], str]] = Hook()
TO_POLARS: Hook[Callable[[Sequence[Answer]], "pl.DataFrame"]] = Hook()
TO_PANDAS: Hook[Callable[[Sequence[Answer]], Any]] = Hook()
TO_ARROW: Hook[Callable[[Sequence[Answer]], Any]] = Hook()
FROM_JSON: Hook[Callable[[str | bytes], Iterable[Answer]]] = Hook()
"""Where ``outlook`` shows answers, gives them as tables of other libraries, and reads back what it printed."""
