"""The library as a web service, on one page. See README.md beside it for the two commands that start it."""

from typing import Annotated

from fastapi import Body, FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

import ilacs_rules as ir

app = FastAPI(
    title="What must come next",
    description="Which inspection activity comes next for a council or a care setting, when, how firmly, and says who.",
    version=ir.__version__,
    responses={400: {"description": "The body is not JSON in UTF-8."}},
)

AsOf = Annotated[ir.Day, Query(description="The day asked about. There is no default.")]


@app.exception_handler(RequestValidationError)
def say_what_is_wrong(_: Request, error: Exception) -> JSONResponse:
    """Every fault and its place, in FastAPI's own form. What was sent is not repeated: JSON cannot hold NaN."""
    faults = error.errors() if isinstance(error, RequestValidationError) else ()
    detail = [{"type": each["type"], "loc": list(each["loc"]), "msg": each["msg"]} for each in faults]
    return JSONResponse({"detail": detail}, status_code=422)


@app.exception_handler(ir.IlacsRulesError)
def say_why_not(request: Request, error: Exception) -> JSONResponse:
    """What a rule needs and the record lacks, or a day of which the rulebook does not speak, in FastAPI's own form."""
    faults = error.faults if isinstance(error, ir.IlacsRulesError) else ()
    detail = [{"type": type(each).__name__, "loc": place_of(each, request), "msg": str(each)} for each in faults]
    return JSONResponse({"detail": detail}, status_code=422)


def place_of(fault: ir.IlacsRulesError, request: Request) -> list[int | str]:
    """Where in the request a fault stands: in the query where that has such a name, else in the body."""
    return ["query" if fault.loc[:1] and fault.loc[0] in request.query_params else "body", *fault.loc]


@app.post("/next")
def next_activity(subject: ir.Subject, as_of: AsOf) -> ir.Answer:
    """The activity that the inspectorate owes the subject and that closes first."""
    return ir.next_activity(subject, as_of=as_of)


@app.post("/required")
def required_activities(subject: ir.Subject, as_of: AsOf) -> list[ir.Answer]:
    """Everything that is due from anyone, earliest to close first."""
    return list(ir.required_activities(subject, as_of=as_of))


@app.post("/why-not")
def why_not(subject: ir.Subject, as_of: AsOf, activity: Annotated[ir.Activity, Query()]) -> ir.WhyNot:
    """Why an activity does not come next: each rule that would require it, and the conditions that failed."""
    return ir.next_activity(subject, as_of=as_of).why_not(activity)


@app.post("/check")
def check(subjects: Annotated[list[ir.Subject], Body()]) -> int:
    """How many subjects there are, if nothing is wrong with any of them; otherwise every fault, with its place."""
    return len(subjects)
