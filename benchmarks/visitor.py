"""A person without a browser: speaks to the server as Streamlit's own page does, by protobuf over a WebSocket.

It opens Snapshot with a stack from a link, has a photo go up, moves the cards' sliders, fetches each new picture and
saves the result. What the page's scripts would do besides (drawing, fetching tiles) costs the server next to nothing.
"""

from __future__ import annotations

import http.client
import json
import re
import time
import uuid
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

PATIENCE = 60.0  # s
SILENCE = 0.05  # s
UPLOAD = "intake"  # the uploader that is always on the page
ADDRESS = re.compile(r"\$\$ID-[0-9a-f]+-(.+)")
FAILED = 400


class VisitError(Exception):
    """The server did not do what a person expects of it."""


class Visitor:
    """One tab at the app; its thread waits for each answer, as a person does."""

    def __init__(self, address: str, link: str) -> None:
        parts = urlsplit(address)
        self._http = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=PATIENCE)
        self._query = f"recipe={link}"
        self._ids: dict[str, str] = {}  # a widget's, by the key that the page gave it
        self._parts: dict[str, str] = {}  # the part of the page that a widget is in, and that is drawn anew by it
        self._states: dict[str, WidgetState] = {}
        self._save = ""
        self.picture = ""
        self.drawn = 0  # things on the page, as often as they were drawn
        self.runs = 0  # of the page's script, for all of it or a part
        self.says: list[str] = []  # errors that stand on the page
        self.token = self._token()
        where = f"ws://{parts.netloc}/_stcore/stream"
        self._socket: ClientConnection = connect(
            where,
            subprotocols=[Subprotocol("streamlit")],
            max_size=None,
            max_queue=None,
            ping_interval=None,
            open_timeout=PATIENCE,
            legacy=True,
        )
        self.session = ""
        self._rerun("")
        self._until(lambda: bool(self.picture))

    def __enter__(self) -> Visitor:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Close the tab."""
        self._socket.close()
        self._http.close()

    def open(self, photo: bytes, name: str = "photo.jpg") -> float:
        """Have a photo go up; the seconds until its first picture was there."""
        began = time.perf_counter()
        asked = uuid.uuid4().hex
        message = BackMsg()
        message.file_urls_request.request_id = asked
        message.file_urls_request.session_id = self.session
        message.file_urls_request.file_names.append(name)
        self._socket.send(message.SerializeToString())
        answer = self._receive("file_urls_response")
        (urls,) = answer.file_urls_response.file_urls
        border = uuid.uuid4().hex
        head = f'--{border}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        self._fetch("PUT", urls.upload_url, head.encode() + photo + f"\r\n--{border}--\r\n".encode(), border)
        state = WidgetState(id=self._ids[UPLOAD])
        info = state.file_uploader_state_value.uploaded_file_info.add(name=name, size=len(photo), file_id=urls.file_id)
        info.file_urls.CopyFrom(urls)
        self._change(state, UPLOAD)
        return time.perf_counter() - began

    def move(self, slider: str, value: float) -> float:
        """Move a slider; the seconds until the new picture was there."""
        began = time.perf_counter()
        state = WidgetState(id=self._ids[slider])
        state.double_array_value.data.append(value)
        self._change(state, slider)
        return time.perf_counter() - began

    def save(self) -> bytes:
        """The whole result, as the Save button gives it, of what is on the page by now."""
        self.come_to_rest()
        message = BackMsg()
        message.backend_operation_request.request_id = uuid.uuid4().hex
        message.backend_operation_request.session_id = self.session
        message.backend_operation_request.deferred_file.file_id = self._save
        self._socket.send(message.SerializeToString())
        answer = self._receive("backend_operation_response").backend_operation_response
        if answer.error_msg:
            raise VisitError(answer.error_msg)
        return self._fetch("GET", answer.deferred_file.url)

    def _change(self, state: WidgetState, key: str) -> None:
        before = self.picture
        self._states[state.id] = state
        self._rerun(self._parts[key])
        self._until(lambda: self.picture != before)
        self._fetch("GET", self.picture)

    def _rerun(self, part: str) -> None:
        message = BackMsg()
        message.rerun_script.query_string = self._query
        message.rerun_script.fragment_id = part
        message.rerun_script.widget_states.widgets.extend(self._states.values())
        self._socket.send(message.SerializeToString())

    def _until(self, is_there: Callable[[], bool]) -> None:
        """Read what the server says until a run has ended and what it was for is there."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            self._receive("script_finished")
            if is_there():
                return
        raise VisitError(f"no new picture came within {PATIENCE:g} s; the page says {self.says}")

    def come_to_rest(self) -> None:
        """Read what the server has said meanwhile, until it falls silent."""
        message = ForwardMsg()
        with suppress(TimeoutError):
            while True:
                message.ParseFromString(self._socket.recv(timeout=SILENCE))
                self._read(message)

    def _receive(self, kind: str) -> ForwardMsg:
        while True:
            message = ForwardMsg()
            try:
                message.ParseFromString(self._socket.recv(timeout=PATIENCE))
            except TimeoutError:
                raise VisitError(f"no {kind} came within {PATIENCE:g} s; the page says {self.says}") from None
            self._read(message)
            if message.WhichOneof("type") == kind:
                return message

    def _read(self, message: ForwardMsg) -> None:
        """Take from a message what a person would see or could press."""
        if message.WhichOneof("type") == "new_session":
            self.session = message.new_session.initialize.session_id
            self.runs += 1
            self.says = []
        if message.WhichOneof("type") != "delta" or not message.delta.HasField("new_element"):
            return
        self.drawn += 1
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        content: Any = getattr(element, kind) if kind else None
        if kind in ("alert", "exception"):
            self.says.append(str(content)[:300])
        found = ADDRESS.fullmatch(getattr(content, "id", ""))
        if found:
            self._ids[found[1]] = content.id
            self._parts[found[1]] = message.delta.fragment_id
        if found and found[1] == "stage":
            self.picture = json.loads(content.json or content.mixed.json)["picture"]
        if found and found[1] == "download":
            self._save = content.deferred_file_id

    def _token(self) -> str:
        self._http.request("GET", "/_stcore/health")
        answer = self._http.getresponse()
        answer.read()
        return (answer.getheader("set-cookie") or "").partition(";")[0].partition("=")[2]

    def _fetch(self, method: str, path: str, body: bytes = b"", border: str = "") -> bytes:
        self._http.close()  # while one thinks, the server closes what is not used
        headers = {"Cookie": f"_streamlit_xsrf={self.token}", "X-Xsrftoken": self.token}
        if border:
            headers["Content-Type"] = f"multipart/form-data; boundary={border}"
        self._http.request(method, path, body or None, headers)
        answer = self._http.getresponse()
        content = answer.read()
        if answer.status >= FAILED:
            raise VisitError(f"{method} {path.partition('?')[0][:40]}: {answer.status}")
        return content
