"""The sandbox's files: opened, shown, and given back as files of their own format."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import BinaryIO, cast

from flask import Blueprint, Flask, Response, jsonify, request, send_file

from addon_backend.ports.documents import StoredDocument
from addon_backend.services.documents import open_demo, open_upload
from addon_backend.web import edge
from addon_backend.web.problems import BodyMismatch, BodyTooLarge, FieldError
from addon_backend.web.sandbox import guard, sandbox_caller

UPLOAD_BYTES = 60 * 1024 * 1024
_MULTIPART_EXTRA = 64 * 1024
_UNSAFE = re.compile(r"[^\w .()\-]+")


def register(app: Flask) -> None:
    """Serve the documents, to this machine."""
    blueprint = Blueprint("sandbox_documents", __name__, url_prefix="/sandbox/documents")
    blueprint.add_url_rule("", "list", documents, methods=["GET"])
    blueprint.add_url_rule("", "upload", upload, methods=["POST"])
    blueprint.add_url_rule("/demo", "demo", demo, methods=["POST"])
    blueprint.add_url_rule("/<document>/download", "download", download)
    guard(blueprint)
    app.register_blueprint(blueprint)


def documents() -> Response:
    """List what is open, newest first."""
    known = edge.edge().house.documents.all(sandbox_caller().workspace)
    return jsonify(documents=[_document(document) for document in known])


def upload() -> Response:
    """Open the file sent as ``file``."""
    if (request.content_length or 0) > UPLOAD_BYTES + _MULTIPART_EXTRA:
        raise BodyTooLarge(bytes=UPLOAD_BYTES)
    request.max_content_length = UPLOAD_BYTES + _MULTIPART_EXTRA
    file = request.files.get("file")
    if file is None or not file.filename:
        raise BodyMismatch([FieldError("/file", "A file is needed.")])
    opened = open_upload(edge.edge().house, sandbox_caller(), cast("BinaryIO", file.stream), file.filename)
    return _created(opened)


def demo() -> Response:
    """Open the bundled list."""
    return _created(open_demo(edge.edge().house, sandbox_caller()))


def download(document: str) -> Response:
    """Return the document as a file of its own format."""
    house, workspace = edge.edge().house, sandbox_caller().workspace
    known = house.documents.get(workspace, document)
    name = f"{_UNSAFE.sub('_', Path(known.title).stem) or 'list'}.{known.format}"
    with tempfile.TemporaryDirectory(prefix="addon-export-") as folder:
        exported = house.workbooks.export(workspace, document, Path(folder) / name)
        file = exported.path.open("rb")  # stays readable when its folder is gone, and goes when it is sent
    answer = send_file(file, as_attachment=True, download_name=exported.path.name)
    answer.headers["X-Left-Out"] = str(sum(exported.left_out.values()))
    return answer


def _created(document: StoredDocument) -> Response:
    answer = jsonify(_document(document))
    answer.status_code = 201
    return answer


def _document(document: StoredDocument) -> dict[str, object]:
    sheets = edge.edge().house.documents.sheets(document.workspace, document.id)
    return {
        "id": document.id,
        "title": document.title,
        "format": document.format,
        "sheets": [
            {"id": sheet.id, "title": sheet.title, "rows": sheet.rows, "columns": len(sheet.columns)}
            for sheet in sheets
        ],
    }
