"""The few calls of Drive v3: files that are our documents, and who may open them."""

from __future__ import annotations

import csv
import io
import re
from copy import deepcopy
from datetime import UTC, datetime

from tests.fakes.google_sheets.batch_sheets import copied
from tests.fakes.google_sheets.calls import Call, Routes
from tests.fakes.google_sheets.errors import Message, Refused
from tests.fakes.google_sheets.model import Document

_FILE = "kind id name mimeType".split()


class DriveRefused(Refused):
    """A refusal in Drive's older shape: reasons in ``errors``, no status."""

    def __init__(self, code: int, reason: str, message: str, **location: str) -> None:
        super().__init__(code, "", message)
        self.reason = reason
        self.location = location

    def body(self) -> Message:
        """Return the answer's body."""
        entry = {"message": self.message, "domain": "global", "reason": self.reason} | self.location
        return {"error": {"code": self.code, "message": self.message, "errors": [entry]}}


def no_file(file_id: str) -> DriveRefused:
    """Refuse a file that is not there for this caller."""
    location = {"location": "fileId", "locationType": "parameter"}
    return DriveRefused(404, "notFound", f"File not found: {file_id}.", **location)


def no_caller() -> DriveRefused:
    """Refuse a caller without a token that counts."""
    location = {"location": "Authorization", "locationType": "header"}
    return DriveRefused(401, "authError", "Invalid Credentials", **location)


def throttled() -> DriveRefused:
    """Refuse for quota: Drive does so with a 403."""
    return DriveRefused(403, "userRateLimitExceeded", "User Rate Limit Exceeded", domain="usageLimits")


def _get(call: Call) -> Message:
    return _told(call, _opened(call, write=False))


def _list(call: Call) -> Message:
    wanted = _query(call.params.get("q", ""))
    files = [
        _file(document, call.grant.user)
        for document in call.documents
        if _opens(call, document) and all(_named(document).get(name) == value for name, value in wanted)
    ]
    files.sort(key=lambda one: str(one["createdTime"]), reverse=True)
    if call.mask:
        return call.mask.of({"kind": "drive#fileList", "files": files})
    told = [{name: one[name] for name in _FILE} for one in files]
    return {"kind": "drive#fileList", "incompleteSearch": False, "files": told}


def _create(call: Call) -> Message:
    document = call.documents.create(call.body.get("name") or "Untitled", call.grant.user)
    document.mime_type = call.body.get("mimeType") or "application/octet-stream"
    document.picked.add((call.grant.user, call.grant.project))
    return _told(call, document)


def _delete(call: Call) -> bytes:
    document = _opened(call, write=False)
    if document.owner != call.grant.user:
        message = "The user does not have sufficient permissions for this file."
        raise DriveRefused(403, "insufficientFilePermissions", message)
    call.documents.forget(document.id)
    return b""


def _copy(call: Call) -> Message:
    source = _opened(call, write=False)
    sheets = [copied(sheet, sheet.id, sheet.title) for sheet in source.sheets]
    copy = call.documents.create(call.body.get("name") or f"Copy of {source.title}", call.grant.user, *sheets)
    copy.named = deepcopy(source.named)
    copy.locale, copy.time_zone = source.locale, source.time_zone
    copy.picked.add((call.grant.user, call.grant.project))
    return _told(call, copy)


def _export(call: Call) -> bytes:
    document = _opened(call, write=False)
    if call.params.get("mimeType") != "text/csv":
        raise DriveRefused(400, "badRequest", "The requested conversion is not supported.")
    text = io.StringIO()
    sheet = document.sheets[0]
    lines = csv.writer(text, lineterminator="\r\n")
    width = sheet.used("COLUMNS")
    for row in range(sheet.used("ROWS")):
        lines.writerow([sheet.cell(row, column).shown() for column in range(width)])
    return text.getvalue().removesuffix("\r\n").encode()


def _comments(call: Call) -> Message:
    _opened(call, write=False)
    return (call.mask.of if call.mask else dict)({"kind": "drive#commentList", "comments": []})


def _permissions(call: Call) -> Message:
    document = _opened(call, write=False)
    return {
        "kind": "drive#permissionList",
        "permissions": [_permission(document, who) for who in _people(document)],
    }


def _share(call: Call) -> Message:
    document = _opened(call, write=True)
    who, role = call.body.get("emailAddress"), call.body.get("role")
    if not who or call.body.get("type") != "user" or role not in {"reader", "writer"}:
        raise DriveRefused(400, "badRequest", "The emulator shares with one user, as reader or writer.")
    (document.editors if role == "writer" else document.viewers).add(who)
    return _permission(document, who)


def _unshare(call: Call) -> bytes:
    document = _opened(call, write=True)
    for people in (document.editors, document.viewers):
        people -= {who for who in people if _permission_id(who) == call.params["permissionId"]}
    return b""


def _opens(call: Call, document: Document) -> bool:
    try:
        document.may(call.grant, write=False)
    except Refused:
        return False
    return True


def _opened(call: Call, *, write: bool) -> Document:
    """Return the file of a call. Raises `DriveRefused`; what one may not read does not exist."""
    file_id = call.params["fileId"]
    try:
        document = call.documents.find(file_id)
        document.may(call.grant, write=False)
    except Refused as refused:
        raise no_file(file_id) from refused
    if write and call.grant.user not in {document.owner, *document.editors}:
        message = "The user does not have sufficient permissions for this file."
        raise DriveRefused(403, "insufficientFilePermissions", message)
    return document


def _told(call: Call, document: Document) -> Message:
    file = _file(document, call.grant.user)
    return call.mask.of(file) if call.mask else {name: file[name] for name in _FILE}


def _named(document: Document) -> Message:
    return {"kind": "drive#file", "id": document.id, "name": document.title, "mimeType": document.mime_type}


def _file(document: Document, user: str) -> Message:
    return _named(document) | {
        "ownedByMe": user == document.owner,
        "capabilities": {"canEdit": user in {document.owner, *document.editors}},
        "createdTime": _moment(document.created),
        "modifiedTime": _moment(document.modified),
        "version": str(document.version),
        "trashed": False,
        "owners": [{"kind": "drive#user", "emailAddress": document.owner}],
        "webViewLink": f"https://docs.google.com/spreadsheets/d/{document.id}/edit?usp=drivesdk",
    }


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _query(text: str) -> list[tuple[str, str]]:
    """Read ``name = "x" and mimeType = "y"``, all that is known here of Drive's search language."""
    wanted = []
    for term in re.split(r"\s+and\s+(?=[a-zA-Z]+\s*=)", text) if text.strip() else ():
        found = re.fullmatch(r"\s*(name|mimeType)\s*=\s*(['\"])(.*)\2\s*", term)
        if found is None:
            location = {"location": "q", "locationType": "parameter"}
            raise DriveRefused(400, "invalid", "Invalid Value", **location)
        wanted.append((found[1], re.sub(r"\\(.)", r"\1", found[3])))
    return wanted


def _people(document: Document) -> list[str]:
    return [document.owner, *sorted(document.editors | document.viewers)]


def _permission(document: Document, who: str) -> Message:
    role = "owner" if who == document.owner else "writer" if who in document.editors else "reader"
    return {"kind": "drive#permission", "id": _permission_id(who), "type": "user", "role": role}


def _permission_id(who: str) -> str:
    return str(int.from_bytes(who.encode(), "big") % 10**20)


DRIVE: Routes = {
    "drive.files.get": _get,
    "drive.files.list": _list,
    "drive.files.create": _create,
    "drive.files.delete": _delete,
    "drive.files.copy": _copy,
    "drive.files.export": _export,
    "drive.comments.list": _comments,
    "drive.permissions.list": _permissions,
    "drive.permissions.create": _share,
    "drive.permissions.delete": _unshare,
}
