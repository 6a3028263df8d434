"""What can be recognised, filled and asked for, in the caller's language."""

from __future__ import annotations

from addon_backend.security.limits import Rate
from addon_backend.services.catalogue import Catalogue
from addon_backend.services.catalogue import catalogue as full_catalogue
from addon_backend.web.contract import Answer, Call, endpoint
from addon_backend.web.shapes import Nothing


@endpoint("GET", "/v1/catalogue", asks=Nothing, replies=Catalogue, rate=Rate.READ)
def catalogue(call: Call[Nothing]) -> Answer[Catalogue]:
    """List column kinds, fields and recipes with their labels, as far as they may be used."""
    with call.house.store.reading() as unit:
        switches = unit.administration.switches(call.caller.workspace)
    return Answer(full_catalogue(call.house, call.caller.language, switches))
