"""What an answer says of an inspection or visit that was put off: deferred before it began, or paused since."""

from collections.abc import Iterator

from ilacs_rules.answering.found import Found
from ilacs_rules.dates import in_full
from ilacs_rules.records import Event
from ilacs_rules.rulebook import Rulebook, Track
from ilacs_rules.situation import View
from ilacs_rules.vocabulary import Activity, in_words

__all__ = ["PUT_OFF", "can_be_put_off", "on_deferral"]

PUT_OFF = frozenset({Activity.DEFERRAL, Activity.PAUSE})


def can_be_put_off(track: Track, book: Rulebook) -> bool:
    """Whether what meets a track may be what was put off, by the track of the rulebook that speaks of it."""
    own = next((item for item in book.tracks if PUT_OFF.intersection(item.triggered_by)), None)
    return own is not None and own.id != track.id and bool(set(own.met_by) & set(track.met_by))


def on_deferral(found: Found, view: View, book: Rulebook) -> Iterator[str]:
    """That a deferral or a pause is on record, where nothing that would meet this track has begun since."""
    if not found.leaf.requires:
        return
    put_off = view.latest_first(PUT_OFF)
    if not put_off or not can_be_put_off(found.answering.track, book):
        return
    since = put_off[0].first_known
    met = view.latest_first(found.answering.met_by)
    if met and (met[0].first_known > since or _is_over(put_off[0], met[0], view)):
        return
    own = next(item for item in book.tracks if PUT_OFF.intersection(item.triggered_by))
    said_from = own.answers.get(str(view.history.subject.type))
    words = (
        f"A {in_words(put_off[0].activity)} of {in_full(since)} is on record, and nothing that would meet this has "
        "begun since."
    )
    if said_from is None or view.as_of < said_from:
        later = f"; the rules on it begin on {in_full(said_from)}" if said_from else ""
        yield f"{words} What that does to the days above is not stated for this day{later}."
    else:
        yield (
            f"{words} What was put off is still owed and takes place on a later day. The policy gives no new day and "
            "moves none of the days above, so if it is this one, these days may not tell when it comes."
        )


def _is_over(put_off: Event, latest: Event, view: View) -> bool:
    """Whether what was paused has ended: it had begun before the pause, and is then the latest."""
    return put_off.activity is Activity.PAUSE and latest.ended is not None and latest.ended < view.as_of
