"""What errors advise: each sentence that names a command or a page, once."""

from enum import StrEnum

__all__ = ["Remedy"]


class Remedy(StrEnum):
    """What to do where a command or a page of the documentation helps; it stands in ``expected``.

    These sentences are kept in one place, so that another way of showing an error can give other advice.

    >>> f"one of: {Remedy.OWN_PROFILE}"
    'one of: a profile of your own, which `ilacs-rules columns` makes'
    """

    KNOWN_FILE = "a published file (docs/open-your-file.md lists them)"
    OWN_PROFILE = "a profile of your own, which `ilacs-rules columns` makes"
    COMPLETE_PROFILE = "write the profile (`ilacs-rules columns`) and complete it"
    SAY_DAYS = "days=[…], with one or more of"
    SAY_WHOM = "of=…, one of"
    OTHER_PROGRAM = "`ilacs-rules table` reads it"
    IN_PARTS = "`ilacs-rules table` takes files of any size"
    AS_IT_IS = "`ilacs-rules next` reads JSON as it is"
