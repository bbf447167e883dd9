"""What somebody says that records would show, put on them."""

from typing import Any, cast

from ilacs_rules.reading.published import Coverage
from ilacs_rules.records import LocalAuthority, Provider, Subject
from ilacs_rules.vocabulary import ProviderType

__all__ = ["Claimed"]


class Claimed:
    """What is claimed of records, checked once for each kind of subject."""

    def __init__(self, covers: Coverage) -> None:
        # What can be gone through only once is needed for both kinds.
        given = cast("Any", covers)
        self.covers: Any = given if isinstance(given, str) or not hasattr(given, "__iter__") else tuple(given)
        self.checked: dict[type, Any] = {}

    def on(self, subject: Subject) -> Subject:
        """The subject with that coverage."""
        kind = type(subject)
        if kind not in self.checked:
            any_one = (
                LocalAuthority(name="")
                if kind is LocalAuthority
                else Provider(type=ProviderType.CHILDRENS_HOME, name="")
            )
            self.checked[kind] = any_one.model_copy(update={"covers": self.covers}).covers
        return subject.model_copy(update={"covers": self.checked[kind]})
