"""Records as mappings: many that stand, and many of which one thing or several cannot be right."""

from datetime import timedelta
from random import Random
from typing import Any, cast

import ilacs_rules as ir
from fuzz.odd import days, odd, text

__all__ = ["changed", "event", "kinds", "subject", "subjects"]

ACTIVITIES = [item.value for item in ir.Activity]
KINDS = [item.value for item in ir.ProviderType]
GRADES = [item.value for item in ir.Grade]
AREAS = [item.value for item in ir.Area]


def kinds(random: Random) -> str:
    """A kind of provider."""
    return random.choice(KINDS)


def event(random: Random) -> dict[str, Any]:
    """An event that may stand."""
    begun = days(random)
    made: dict[str, Any] = {"activity": random.choice(ACTIVITIES), "started": begun}
    last = begun
    for field, most in (("ended", 20), ("published", 90)):
        if random.random() < 0.7 and last.toordinal() < 3_600_000:
            made[field] = last = last + timedelta(random.randrange(most))
    if random.random() < 0.6:
        made["judgements"] = {random.choice(AREAS): random.choice(GRADES)} | {"overall": random.choice(GRADES)}
    return {name: value.isoformat() if name not in ("judgements", "activity") and random.random() < 0.5 else value
            for name, value in made.items()}  # fmt: skip


def subject(random: Random) -> dict[str, Any]:
    """A subject that may stand, an authority without a type."""
    made: dict[str, Any] = {"name": text(random) or "A"}
    if random.random() < 0.7:
        made["type"] = kinds(random)
        if random.random() < 0.5:
            made["registered"] = days(random)
    if random.random() < 0.3:
        made["urn"] = str(random.randrange(10**6))
    made["events"] = [event(random) for _ in range(random.randrange(4))]
    made |= _begun_and_ended(random, made)
    if random.random() < 0.3:
        made["covers"] = random.choice(("inspections", "everything", [random.choice(ACTIVITIES)]))
    return made


STATUSES = [item.value for item in ir.RegistrationStatus]


def _begun_and_ended(random: Random, made: dict[str, Any]) -> dict[str, Any]:
    """When it began and ended, as far as is said: mostly so that it may stand."""
    if random.random() < 0.6:
        return {}
    begins, ends = ("registered", "closed") if "type" in made else ("created", "abolished")
    told: dict[str, Any] = {begins: days(random)} if random.random() < 0.3 else {}
    if random.random() < 0.6:
        told[ends] = days(random) if random.random() < 0.3 else days(random).replace(year=2099)
    if "type" in made:
        if random.random() < 0.4:
            told["registration_status"] = random.choice(STATUSES)
            told["status_as_at"] = days(random)
        if random.random() < 0.2:
            told["predecessor"] = str(random.randrange(10**6))
    elif random.random() < 0.2:
        told["successors"] = [text(random) or "B"]
    return told | ({"region": text(random) or "North East"} if random.random() < 0.2 else {})


def changed(random: Random, made: dict[str, Any]) -> dict[str, Any]:
    """The same with something else somewhere in it."""
    whole: Any = dict(made)
    at: Any = whole
    while True:
        key: Any = random.choice(list(at) or ["x"]) if isinstance(at, dict) else random.randrange(len(at))
        inside = at[key] if isinstance(at, list) or key in at else None
        if isinstance(inside, dict | list) and inside and random.random() < 0.6:
            inside = dict(inside) if isinstance(inside, dict) else list(inside)
            at[key] = at = inside
            continue
        at[key] = odd(random)
        if isinstance(whole, dict) and random.random() < 0.1:
            whole[text(random)] = odd(random)
        return cast("dict[str, Any]", whole)


def subjects(random: Random) -> ir.Subject | None:
    """A real subject where one can be made; the family's own refusal is none of it."""
    made = subject(random)
    try:
        return (ir.Provider if "type" in made else ir.LocalAuthority)(**made)
    except ir.IlacsRulesError:
        return None
