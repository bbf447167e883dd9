"""What rules ask about an inspection or visit that was deferred or paused: of authorities and providers alike."""

from ilacs_rules.situation.aggregates import CountSince, KindOf, Latest, Since, StageOf
from ilacs_rules.situation.declared.common import Fact, kinds
from ilacs_rules.vocabulary import INSPECTIONS, Activity

__all__ = ["DECLARED"]

_PUT_OFF = Latest(kinds(Activity.DEFERRAL, Activity.PAUSE))
_ON_SITE = INSPECTIONS - kinds(Activity.IMPROVEMENT_PLANNING_SEMINAR, Activity.GETTING_TO_GOOD_SEMINAR)

DECLARED = (
    Fact("put_off", "the last deferral or pause of an inspection or visit", KindOf(_PUT_OFF)),
    Fact(
        "begun_since_put_off",
        "inspections and visits on record that have begun since that deferral or pause",
        CountSince(_ON_SITE, Since(_PUT_OFF)),
    ),
    Fact(
        "latest_visit_stage",
        "how far the latest inspection or visit has come, of whatever kind",
        StageOf(Latest(_ON_SITE)),
    ),
)
