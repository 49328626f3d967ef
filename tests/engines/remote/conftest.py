"""A store on another machine, as far as Spark can tell: a folder behind the WebHDFS protocol, on loopback.

It speaks the part of the protocol that Hadoop's own client uses, with the redirects from the node that knows the names
to the one that has the bytes, and it can be told to refuse or to break.
"""

from __future__ import annotations

import json
import re
import shutil
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PREFIX = "/webhdfs/v1"
_NODE = "node"
"""A parameter that only the second request of a redirected pair has."""
_KEPT = "%/:?&=;+,"
"""What is not to be encoded in an address that is one already."""

_DENIED = (403, "org.apache.hadoop.security.AccessControlException", "Permission denied: user=provcheck, access={}")
_GONE = (404, "java.io.FileNotFoundException", "File does not exist: {}")
_BROKEN = (500, "java.io.IOException", "the disk of the store is broken")


@dataclass
class Store:
    """What the server serves, and what it will not do.

    `unreadable` are names of files and folders that may not be read, `forbidden` are beginnings of paths where nothing
    may be written. Requests that begin as the pattern `broken` says (as ``OPEN corpus/``) fail, but for the first few
    of them, which are `spared`.
    """

    folder: Path
    url: str = ""
    unreadable: set[str] = field(default_factory=set)
    forbidden: set[str] = field(default_factory=set)
    broken: str = ""
    spared: int = 0

    @property
    def host(self) -> str:
        """The address without the scheme."""
        return self.url.partition("://")[2]


class _RefusedError(Exception):
    """What the store answers instead; the arguments are those of `_DENIED`, filled in."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # the client would wait 40 ms for each body
    store: Store

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        self._answer()

    do_PUT = do_POST = do_DELETE = do_GET  # noqa: N815  # as http.server calls them

    def _answer(self) -> None:
        url = urlsplit(self.path)
        self.query = {name: values[-1].encode("latin-1").decode() for name, values in parse_qs(url.query).items()}
        # Hadoop's client sends letters beyond ASCII as they are, in UTF-8, where http.server expects Latin-1.
        self.name = unquote(url.path.encode("latin-1").decode().removeprefix(_PREFIX)).strip("/")
        self.place = self.store.folder / self.name
        body = self._body()
        asked = self.query["op"].upper()
        try:
            self._works(f"{asked} {self.name}")
            getattr(self, f"_{asked.lower()}")(body)
        except _RefusedError as refused:
            code, kind, message = refused.args
            told = {"exception": kind.rpartition(".")[2], "javaClassName": kind, "message": message}
            self._say({"RemoteException": told}, code)

    def _body(self) -> bytes:
        if "chunked" not in self.headers.get("Transfer-Encoding", ""):
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = b""
        while size := int(self.rfile.readline().split(b";")[0], 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return body

    def _send(self, code: int, body: bytes, kind: str, **headers: str) -> None:
        self.send_response(code)
        for name, value in {**headers, "Content-Type": kind, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _say(self, told: object, code: int = 200) -> None:
        self._send(code, json.dumps(told).encode(), "application/json")

    def _elsewhere(self) -> bool:
        """Send the first request of a pair to the node that has the bytes, which is this one."""
        if _NODE in self.query:
            return False
        place = quote(f"http://{self.store.host}{self.path}&{_NODE}=1", _KEPT, "latin-1")
        self._send(307, b"", "application/octet-stream", Location=place)
        return True

    def _works(self, request: str) -> None:
        if self.store.broken and re.match(self.store.broken, request):
            self.store.spared -= 1
            if self.store.spared < 0:
                raise _RefusedError(*_BROKEN)

    def _there(self) -> None:
        if not self.place.exists():
            raise _RefusedError(*_GONE[:2], _GONE[2].format(f"/{self.name}"))

    def _may(self, access: str) -> None:
        if access == "WRITE":
            refused = any(self.name.startswith(begin) for begin in self.store.forbidden)
        else:
            refused = self.place.name in self.store.unreadable
        if refused:
            raise _RefusedError(*_DENIED[:2], _DENIED[2].format(access))

    def _status(self, place: Path, suffix: str = "") -> dict[str, object]:
        status = place.stat()
        folder = place.is_dir()
        return {
            "accessTime": 0, "blockSize": 0 if folder else 1 << 27, "group": "g", "owner": "o", "fileId": status.st_ino,
            "length": 0 if folder else status.st_size, "modificationTime": int(status.st_mtime * 1000),
            "pathSuffix": suffix, "permission": "755" if folder else "644", "replication": 0 if folder else 1,
            "type": "DIRECTORY" if folder else "FILE", "childrenNum": 0, "storagePolicy": 0,
        }  # fmt: skip

    def _getfilestatus(self, _: bytes) -> None:
        self._there()
        self._say({"FileStatus": self._status(self.place)})

    def _liststatus(self, _: bytes) -> None:
        self._there()
        if self.place.is_dir():
            self._may("READ_EXECUTE")
        inside = sorted(self.place.iterdir()) if self.place.is_dir() else None
        listed = [self._status(p, p.name) for p in inside] if inside is not None else [self._status(self.place)]
        self._say({"FileStatuses": {"FileStatus": listed}})

    def _getfileblocklocations(self, _: bytes) -> None:
        self._there()
        whole = {"cachedHosts": [], "corrupt": False, "hosts": ["127.0.0.1"], "length": self.place.stat().st_size,
                 "names": ["127.0.0.1:1"], "offset": 0, "storageTypes": ["DISK"], "topologyPaths": []}  # fmt: skip
        self._say({"BlockLocations": {"BlockLocation": [whole]}})

    def _open(self, _: bytes) -> None:
        self._there()
        self._may("READ")
        if self._elsewhere():
            return
        begin = int(self.query.get("offset", 0))
        with self.place.open("rb") as file:
            file.seek(begin)
            self._send(200, file.read(int(self.query.get("length", -1))), "application/octet-stream")

    def _create(self, body: bytes) -> None:
        self._may("WRITE")
        if not self._elsewhere():
            self.place.parent.mkdir(parents=True, exist_ok=True)
            self.place.write_bytes(body)
            self._send(201, b"", "application/octet-stream")

    def _mkdirs(self, _: bytes) -> None:
        self._may("WRITE")
        self.place.mkdir(parents=True, exist_ok=True)
        self._say({"boolean": True})

    def _rename(self, _: bytes) -> None:
        self._may("WRITE")
        target = self.store.folder / self.query["destination"].strip("/")
        done = self.place.exists() and not target.exists() and target.parent.is_dir()
        if done:
            self.place.rename(target)
        self._say({"boolean": done})

    def _delete(self, _: bytes) -> None:
        self._may("WRITE")
        there = self.place.exists()
        if self.place.is_dir():
            shutil.rmtree(self.place)
        elif there:
            self.place.unlink()
        self._say({"boolean": there})

    def _setpermission(self, _: bytes) -> None:
        self._send(200, b"", "application/octet-stream")


@contextmanager
def _served(store: Store) -> Iterator[Store]:
    handler = type("Handler", (_Handler,), {"store": store})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        store.url = f"webhdfs://127.0.0.1:{server.server_port}"
        try:
            yield store
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Give an empty store."""
    folder = tmp_path / "far away"
    folder.mkdir()
    with _served(Store(folder)) as store:
        yield store
