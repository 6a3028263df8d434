"""How bodies and queries are told to pydantic."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Shape(BaseModel):
    """A JSON object of the contract: nothing unknown, nothing converted, nothing repeated in an error."""

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        frozen=True,
        allow_inf_nan=False,
        hide_input_in_errors=True,
    )


class Query(BaseModel):
    """A query string: text is converted, nothing unknown."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False, hide_input_in_errors=True)


class Nothing(Shape):
    """An empty object, or no body at all."""
