"""How the use cases' frozen dataclasses become JSON: the same field names, seconds for times."""

from __future__ import annotations

import collections.abc
from typing import TypeVar

from pydantic import TypeAdapter

from addon_backend.domain.kinds import ColumnKind
from addon_backend.services.runs.views import RunView
from addon_backend.web.cells import CellOut

Value = TypeVar("Value")


def reply_adapter(shape: type[Value]) -> TypeAdapter[Value]:
    """Return what writes a reply.

    The use cases' dataclasses name their types for readers only; here the names get their JSON: a cell value
    becomes `CellOut`.
    """
    adapter = TypeAdapter(shape)
    adapter.rebuild(
        raise_errors=True,
        _types_namespace={
            "Mapping": collections.abc.Mapping,
            "Sequence": collections.abc.Sequence,
            "CellValue": CellOut,
            "ColumnKind": ColumnKind,
            "RunView": RunView,
        },
    )
    return adapter
