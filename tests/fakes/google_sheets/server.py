"""The emulator: Google's Sheets and Drive on a loopback port, with its faults, windows and books."""

from __future__ import annotations

import json
import socket
import threading
import time
import traceback
from collections import Counter, deque
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import TYPE_CHECKING, Self

from werkzeug import Request, Response
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.fakes.google_sheets.calls import Reading
from tests.fakes.google_sheets.door import Admitted, admit, answer_checked
from tests.fakes.google_sheets.drive import throttled
from tests.fakes.google_sheets.errors import Message, NotEmulated, Refused, exhausted, internal
from tests.fakes.google_sheets.faults import UNAVAILABLE_PAGE, Fault, Kind, next_fault
from tests.fakes.google_sheets.model import Documents, Grant
from tests.fakes.google_sheets.quota import Peak, Quota

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse


class FakeGoogleSheets:
    """A running emulator, as a context manager. See README.md beside it for what it does not do.

    * ``url`` is its address; ``documents`` the truth behind it, ``tokens`` who is who.
    * ``faults`` is what goes wrong with the next calls, one each; ``windows`` what a person does right
      before the next writes of values are applied, ``batch_windows`` before the next batches of changes.
    * ``pace`` is called with each call's name before it is done: it may wait, nothing is locked meanwhile.
    * ``calls`` counts by name (``spreadsheets.values.get``, ``drive.files.get``), refused ones too;
      ``readings`` tells whose cells were asked for, ``masks`` the field masks by call.
    * ``complaints`` are answers that Google's discovery documents do not allow, and failures of the
      emulator itself: a test asserts that it is empty.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.documents = Documents(time.time)
        self.tokens: dict[str, Grant] = {}
        self.quota = Quota(clock)
        self.faults: deque[Kind | Fault] = deque()
        self.windows: deque[Callable[[], object] | None] = deque()
        self.batch_windows: deque[Callable[[], object] | None] = deque()
        self.pace: Callable[[str], object] = lambda _: None
        self.calls: Counter[str] = Counter()
        self.masks: Counter[tuple[str, str]] = Counter()
        self.readings: list[Reading] = []
        self.complaints: list[str] = []
        self._books = threading.Lock()
        self._late: list[Admitted] = []
        self._server = make_server("127.0.0.1", 0, self._serve, threaded=True, request_handler=_Quiet)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def per_minute(self, user: str) -> Peak:
        """Return the most reads and writes that a person sent within any 60 seconds."""
        return self.quota.peak(user)

    def note_call(self, name: str, fields: str) -> None:
        """Count a call, and its field mask if it has one."""
        with self._books:
            self.calls[name] += 1
            if fields:
                self.masks[name, fields] += 1

    def columns_read(self, document: str, sheet: int, *, without_mask: str = "") -> set[int]:
        """Return the columns whose cells anybody ever asked for, but for calls with this field mask."""
        return {
            column
            for one in list(self.readings)
            if (one.document, one.sheet) == (document, sheet)
            and (not without_mask or one.fields != without_mask)
            for column in range(one.left, one.right)
        }

    def _serve(self, environ: Message, start: StartResponse) -> Iterable[bytes]:
        response = self._respond(Request(environ), environ["werkzeug.socket"])
        return response(environ, start)

    def _respond(self, request: Request, connection: socket.socket) -> Response:
        request.get_data()  # what is not read would be taken for the connection's next request
        try:
            with self._books:
                late, self._late = self._late, []
            for one in late:
                self._perform(one)
            admitted = admit(self, request)
            with self._books:
                fault = next_fault(self.faults, admitted.call.name)
            self.pace(admitted.call.name)
            return self._answer(admitted, fault, connection)
        except Refused as refused:
            return self._refuse(refused)
        except Exception:  # noqa: BLE001 - a failure of ours must be seen, not only answered
            self.complaints.append(traceback.format_exc())
            return _json(internal().body(), 500)

    def _answer(self, admitted: Admitted, fault: Fault, connection: socket.socket) -> Response:
        if fault.kind == "throttled":
            raise exhausted(admitted.quota, "PerUser") if admitted.quota else throttled()
        if fault.kind == "internal":
            raise internal()
        if fault.kind == "unavailable":
            return Response(UNAVAILABLE_PAGE, 503, mimetype="text/html")
        if fault.kind == "late":
            self._late.append(admitted)
        elif fault.kind == "lost":
            self._perform(admitted)
        if fault.kind in {"late", "lost", "dropped"}:
            connection.shutdown(socket.SHUT_RDWR)
            return Response(status=500)  # nobody hears it any more
        answer = self._perform(admitted)
        if fault.kind == "slow":
            time.sleep(fault.seconds)
        return answer

    def _perform(self, admitted: Admitted) -> Response:
        """Do what was asked, whole, and return the answer."""
        call = admitted.call
        try:
            told = admitted.perform(self.windows, self.batch_windows)
        except Refused as refused:
            return self._refuse(refused)
        finally:
            self.readings.extend(call.readings)
        if isinstance(told, bytes):
            return Response(told, 200 if told else 204, mimetype="text/csv" if told else None)
        self.complaints.extend(answer_checked(admitted.method, told))
        if call.mask:
            told = call.mask.of(told)
        return _json(told, 200)

    def _refuse(self, refused: Refused) -> Response:
        if isinstance(refused, NotEmulated):
            self.complaints.append(refused.message)
        return _json(refused.body(), refused.code)


def _json(message: Message, code: int) -> Response:
    body = json.dumps(message, ensure_ascii=False, indent=2) + "\n"
    return Response(body, code, content_type="application/json; charset=UTF-8")


class _Quiet(WSGIRequestHandler):
    """Writes no log, and keeps connections as Google does."""

    protocol_version = "HTTP/1.1"

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - werkzeug's name
        """Say nothing."""
