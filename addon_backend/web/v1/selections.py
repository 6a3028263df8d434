"""What does the selection hold? Nothing is stored, nothing is spent."""

from __future__ import annotations

from addon_backend.domain.errors import NothingToRead, RangeUnclear, SelectionEmpty
from addon_backend.security.limits import Rate
from addon_backend.services.runs.selection.inspect import inspect_selection
from addon_backend.services.runs.selection.views import Inspection
from addon_backend.web.contract import SELECTION_BYTES, Answer, Call, endpoint
from addon_backend.web.selection import SelectionShape


@endpoint(
    "POST",
    "/v1/selections/inspect",
    asks=SelectionShape,
    replies=Inspection,
    errors=(SelectionEmpty, NothingToRead, RangeUnclear),
    rate=Rate.LOOK,
    longest=SELECTION_BYTES,
)
def inspect(call: Call[SelectionShape]) -> Answer[Inspection]:
    """Name the columns of a selection and score its quality."""
    return Answer(inspect_selection(call.asked.selection()))
