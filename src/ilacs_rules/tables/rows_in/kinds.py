"""What is so of each kind of activity, by its code, and whether one can happen to a kind of subject."""

from typing import Any

import numpy as np

from ilacs_rules.records import LocalAuthority, Provider
from ilacs_rules.tables.words import ACTIVITY, SUBJECT_TYPE, Flags
from ilacs_rules.vocabulary import ACTIVITIES, GRADED, Activity

__all__ = ["HAPPENS_TO", "IS_EVENT", "IS_GRADED", "happens_to"]


def _codes_of(kinds: set[Activity] | frozenset[Activity]) -> Flags:
    return np.array([False, *(Activity(word) in kinds for word in ACTIVITY.words)])


IS_EVENT = _codes_of({kind for kind, meaning in ACTIVITIES.items() if meaning.event})
IS_GRADED = _codes_of(GRADED)
HAPPENS_TO = {
    who: _codes_of({kind for kind, meaning in ACTIVITIES.items() if who in meaning.to})
    for who in ("authority", "provider")
}


def happens_to(kind: int, **given: Any) -> None:
    """Put events, or what a record covers, to a subject of the kind with this code. 0 is any kind.

    >>> from ilacs_rules import Covered
    >>> happens_to(SUBJECT_TYPE.code["childrens_home"], covers=[Covered(activity="full_inspection")])
    >>> happens_to(SUBJECT_TYPE.code["local_authority"], covers=[Covered(activity="full_inspection")])
    Traceback (most recent call last):
    ilacs_rules.errors.RecordError: covers: full inspection does not happen to an authority ...
    """
    if not kind:
        return
    word = SUBJECT_TYPE.words[kind - 1]
    if word == "local_authority":
        LocalAuthority.model_validate({"name": "", **given})
    else:
        Provider.model_validate({"name": "", "type": word, **given})
