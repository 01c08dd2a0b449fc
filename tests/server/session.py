"""One visitor of the running app without a browser: Streamlit's own messages over its WebSocket."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack
from types import TracebackType
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

Screen = dict[str, str]
"""What is on screen: labels of buttons by their keys, texts by the place they have on the page."""
_ENDS = ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_WITH_COMPILE_ERROR
Seen = Callable[[Screen], bool]


class Session:
    """Connect to an app and run its pages, one after the other.

    Args:
        address: of the server, "http://localhost:8501".
        timeout_s: how long a page may take.
    """

    def __init__(self, address: str, timeout_s: float = 60.0) -> None:
        self._opened = ExitStack()
        # How long a page may take is for `timeout_s` to say: a busy server may miss any number of pings.
        connection = connect(
            address.replace("http", "ws", 1) + "/_stcore/stream",
            subprotocols=["streamlit"],  # type: ignore[list-item]
            max_size=None,
            ping_interval=None,
        )
        self._socket = self._opened.enter_context(connection)
        self._timeout_s = timeout_s
        self._kept: dict[str, ForwardMsg] = {}
        self.screen: Screen = {}
        self.errors: list[str] = []
        self.bytes_received = 0

    def __enter__(self) -> Session:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._opened.close()

    def open(self, page: str, seen: Seen | None = None, leave: bool = False, **link: str) -> float:
        """Run a page and return after how many seconds `seen` first held of the screen, or the page was finished.

        Args:
            page: its name in the address.
            seen: what is waited for.
            leave: go on as soon as it is seen; what the server still sends is left to the next call.
            link: the rest of the address.

        Raises:
            TimeoutError: the page was not finished in time.
        """
        state = ClientState(query_string=urlencode(link), page_name=page)
        begun = time.perf_counter()
        self._socket.send(BackMsg(rerun_script=state).SerializeToString())
        first: float | None = None
        running = False
        while True:
            message = self._next(begun)
            kind = message.WhichOneof("type")
            if kind == "new_session":
                running, self.screen, self.errors = True, {}, []
            elif not running:
                continue
            elif kind == "delta":
                self._put(message)
                if first is None and seen is not None and seen(self.screen):
                    first = time.perf_counter() - begun
                    if leave:
                        return first
            elif kind == "script_finished" and message.script_finished in _ENDS:
                return time.perf_counter() - begun if first is None else first

    def labels(self, prefix: str) -> list[str]:
        """Return the labels of the elements whose key begins like this, in the order of the page."""
        return [text for place, text in self.screen.items() if place.startswith(prefix)]

    def _next(self, begun: float) -> ForwardMsg:
        left = self._timeout_s - (time.perf_counter() - begun)
        data = self._socket.recv(timeout=max(0.0, left))
        assert isinstance(data, bytes)
        self.bytes_received += len(data)
        message = ForwardMsg.FromString(data)
        if message.WhichOneof("type") == "ref_hash":
            kept = ForwardMsg()
            kept.CopyFrom(self._kept[message.ref_hash])
            kept.metadata.CopyFrom(message.metadata)
            return kept
        if message.hash:
            self._kept[message.hash] = message
        return message

    def _put(self, message: ForwardMsg) -> None:
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        place = "/".join(map(str, message.metadata.delta_path))
        if kind == "exception":
            self.errors.append(f"{element.exception.type}: {element.exception.message}")
        elif kind == "button":
            key = element.button.id.rsplit("-", 1)[-1]
            self.screen[key] = element.button.label
        elif kind == "markdown":
            self.screen[place] = element.markdown.body
        elif kind == "alert":
            self.screen[f"alert {place}"] = element.alert.body
