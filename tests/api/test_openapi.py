"""docs/openapi.json."""

import json
import re
from pathlib import Path

from addon_backend.web import openapi
from addon_backend.web.v1 import ENDPOINTS

COMMITTED = Path(__file__).parents[2] / "docs" / "openapi.json"


def test_the_committed_document_is_the_one_the_code_makes():
    """Mend it with: ./.venv/bin/python -m addon_backend.web.openapi > docs/openapi.json ."""
    assert COMMITTED.read_text(encoding="utf-8") == openapi.text()


def test_every_route_is_documented(office):
    served = {
        (method.lower(), re.sub(r"<(\w+)>", r"{\1}", rule.rule))
        for rule in office.app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/v1/")
    }

    documented = {
        (method, path)
        for path, operations in json.loads(openapi.text())["paths"].items()
        for method in operations
    }

    assert served == documented
    assert len(served) == len(ENDPOINTS)


def test_every_reference_leads_somewhere():
    text = openapi.text()
    known = json.loads(text)["components"]["schemas"]

    assert set(re.findall(r'"#/components/schemas/([^"]+)"', text)) <= known.keys()


def test_every_operation_says_what_it_does_and_how_it_refuses():
    for path, operations in json.loads(openapi.text())["paths"].items():
        for method, operation in operations.items():
            assert operation["summary"].endswith("."), path
            assert {"401", "429"} <= operation["responses"].keys(), path
            assert ("requestBody" in operation) == (method in {"post", "patch"}), path
