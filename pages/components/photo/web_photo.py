"""A picture fetched from a web address that a stranger gave: by https, from public servers, small and soon.

The name is resolved once, every address found is looked at, and the connection goes to one of these very addresses: a
name that means another machine a moment later leads nowhere. A redirect is a new address, looked at as the first was.
"""

from __future__ import annotations

import io
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPException, HTTPResponse
from queue import Empty, SimpleQueue
from typing import Any
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit

from pages.components.photo.public_address import is_public
from pages.components.words import _

MAX_MEGABYTES = 10  # of 2**20 bytes each
MAX_BYTES = MAX_MEGABYTES * 2**20
MAX_SECONDS = 8.0  # s, from the name to the last byte
MAX_REDIRECTS = 3
MAX_LETTERS = 2000  # of an address
MAX_NAME_LETTERS = 100  # of a file's name
HTTPS_PORT = 443
REDIRECTS = {301, 302, 303, 307, 308}

Place = tuple[Any, ...]
"""Where a socket connects to: an IP address, a port, and for version 6 two numbers more."""


class WebPhotoError(ValueError):
    """A picture that cannot be fetched: one sentence, which says what was asked and what is allowed."""


def resolved_places(host: str) -> list[Place]:
    """Where the system's resolver says that a host's https is."""
    return [found[4] for found in socket.getaddrinfo(host, HTTPS_PORT, type=socket.SOCK_STREAM)]


@dataclass(frozen=True)
class Reach:
    """Whom a fetch may ask, and for how long; tests have a resolver, addresses and certificates of their own."""

    places: Callable[[str], list[Place]] = resolved_places
    is_allowed: Callable[[str], bool] = is_public
    certificates: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    seconds: float = MAX_SECONDS


@dataclass(frozen=True)
class WebPhoto:
    """A file as it came, and what its address calls it."""

    name: str
    data: bytes


class Deadline:
    """A moment by which all has to have happened, however many steps it takes."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds
        self._seconds = seconds

    def left(self) -> float:
        """The seconds left; WebPhotoError where there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            told = _("The server took too long; a picture has {seconds} s to come.")
            raise WebPhotoError(told.format(seconds=f"{self._seconds:g}"))
        return left


class TimelyBytes(io.RawIOBase):
    """What a socket brings, each piece of it before the same deadline: many slow pieces take no longer than one."""

    def __init__(self, connection: ssl.SSLSocket, deadline: Deadline) -> None:
        self._connection = connection
        self._deadline = deadline

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Wait for the next bytes, and no longer than to the deadline."""
        self._connection.settimeout(self._deadline.left())
        return self._connection.recv_into(buffer)

    def makefile(self, mode: str) -> io.BufferedReader:
        """Itself as a file, as http.client asks a socket for one."""
        return io.BufferedReader(self)


def fetch(address: str, reach: Reach | None = None) -> WebPhoto:
    """The file at an https address; WebPhotoError says what stands in the way.

    Its bytes are anybody's, and no picture yet. Takes at most 8 s and 10 MB, and follows three redirects.
    """
    reach = reach or Reach()
    deadline = Deadline(reach.seconds)
    for _try in range(MAX_REDIRECTS + 1):
        parts = read_address(address)
        try:
            found = ask(parts, reach, deadline)
        except WebPhotoError:
            raise
        except (OSError, HTTPException, ValueError) as error:
            raise WebPhotoError(reason(error, host(parts), deadline)) from error
        if isinstance(found, bytes):
            return WebPhoto(name_in_address(parts), found)
        address = found
    told = _("The server sends from one address to the next; {count} times are followed.")
    raise WebPhotoError(told.format(count=MAX_REDIRECTS))


def read_address(address: str) -> SplitResult:
    """The parts of an address that may be asked for."""
    address = address.strip()
    if len(address) > MAX_LETTERS:
        told = _("The address has {count} letters; at most {most} are taken.")
        raise WebPhotoError(told.format(count=len(address), most=MAX_LETTERS))
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise WebPhotoError(_("This is no web address; one looks like https://example.org/photo.jpg.")) from None
    if parts.scheme != "https":
        if not parts.scheme:
            raise WebPhotoError(_("Only addresses that begin with https:// are opened; this one does not."))
        told = _("Only addresses that begin with https:// are opened; this one begins with {scheme}.")
        raise WebPhotoError(told.format(scheme=f"{parts.scheme[:20]}:"))
    if "@" in parts.netloc:
        raise WebPhotoError(_("There is a name or password in the address; only what is open to all is fetched."))
    if port not in {None, HTTPS_PORT}:
        told = _("The address names port {port}; only https's own, {own}, is asked.")
        raise WebPhotoError(told.format(port=port, own=HTTPS_PORT))
    if not parts.hostname or re.search(r"[\s\\\x00-\x1f\x7f]", parts.netloc):
        raise WebPhotoError(_("There is no server in this address; one looks like https://example.org/photo.jpg."))
    return parts


def host(parts: SplitResult) -> str:
    """The host's name in the letters that resolvers and certificates know."""
    name = (parts.hostname or "").rstrip(".")
    try:
        return name if name.isascii() else name.encode("idna").decode("ascii")
    except UnicodeError:
        raise WebPhotoError(_("The server's name in this address can be no server's.")) from None


def ask(parts: SplitResult, reach: Reach, deadline: Deadline) -> bytes | str:
    """The file's bytes, or the address that the server sends one on to."""
    name = host(parts)
    with connect(name, resolve(name, reach, deadline), reach, deadline) as connection:
        connection.sendall(request(name, parts))
        # http.client asks for no more of a socket than this.
        answer = HTTPResponse(TimelyBytes(connection, deadline))  # type: ignore[arg-type]
        answer.begin()
        onward = answer.getheader("Location")
        if answer.status in REDIRECTS and onward:
            # Headers come as Latin-1, whatever they are written in.
            return urljoin(parts.geturl(), onward.encode("latin-1").decode("utf-8", "replace"))
        return body(answer)


def resolve(name: str, reach: Reach, deadline: Deadline) -> list[Place]:
    """The places of a host, all of which may be asked; a resolver that hangs is not waited for."""
    answers: SimpleQueue[list[Place] | Exception] = SimpleQueue()

    def look_up() -> None:
        try:
            answers.put(reach.places(name))
        except (OSError, ValueError) as error:  # no such name, or none that can be
            answers.put(error)

    threading.Thread(target=look_up, name="resolve", daemon=True).start()
    try:
        found = answers.get(timeout=deadline.left())
    except Empty:
        raise TimeoutError from None
    if isinstance(found, Exception) or not found:
        told = _("There is no server called {name}, or none that can be reached.")
        raise WebPhotoError(told.format(name=name[:MAX_NAME_LETTERS]))
    if not all(reach.is_allowed(str(place[0])) for place in found):
        told = _("{name} is, or may be, a machine of a private network; only public servers are asked.")
        raise WebPhotoError(told.format(name=name[:MAX_NAME_LETTERS]))
    return found


def connect(name: str, found: list[Place], reach: Reach, deadline: Deadline) -> ssl.SSLSocket:
    """A connection to the first of these places that answers, with the certificate of the host that was asked for."""
    problem: OSError = TimeoutError()
    for place in found:
        plain = socket.socket(socket.AF_INET6 if ":" in str(place[0]) else socket.AF_INET, socket.SOCK_STREAM)
        try:
            plain.settimeout(deadline.left())
            plain.connect(place)
            plain.settimeout(deadline.left())
            return reach.certificates.wrap_socket(plain, server_hostname=name)
        except WebPhotoError:
            plain.close()
            raise
        except OSError as error:
            plain.close()
            problem = error
    raise problem


def request(name: str, parts: SplitResult) -> bytes:
    """What is sent: nothing in it tells who asked."""
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~")
    query = f"?{quote(parts.query, safe='/%:@!$&()*+,;=~?')}" if parts.query else ""
    served = f"[{name}]" if ":" in name else name
    lines = (
        f"GET {path}{query} HTTP/1.1",
        f"Host: {served}",
        "User-Agent: Emulsion",
        "Accept: image/*, */*;q=0.1",
        "Accept-Encoding: identity",
        "Connection: close",
    )
    return "".join(f"{line}\r\n" for line in (*lines, "")).encode("ascii")


def body(answer: HTTPResponse) -> bytes:
    """The bytes of an answer that is a file, counted as they come."""
    if answer.status != HTTPStatus.OK:
        phrase = {int(status): f" ({status.phrase})" for status in HTTPStatus}.get(answer.status, "")
        told = _("The server has no picture there: it answered {answer}.")
        raise WebPhotoError(told.format(answer=f"{answer.status}{phrase}"))
    packing = (answer.getheader("Content-Encoding") or "identity").strip().lower()
    if packing != "identity":
        told = _("The server packs its answer ({packing}); only plain files are taken.")
        raise WebPhotoError(told.format(packing=packing[:20]))
    if (answer.length or 0) > MAX_BYTES:
        raise too_large()
    parts, count = [], 0
    while piece := answer.read1(2**16):
        count += len(piece)
        if count > MAX_BYTES:
            raise too_large()
        parts.append(piece)
    if answer.length:
        raise WebPhotoError(_("The server broke off before the whole picture was there; try again."))
    return b"".join(parts)


def too_large() -> WebPhotoError:
    """What is told of a file that is too large, however that was found out."""
    told = _("The file is larger than {megabytes} MB; at most that much is fetched from an address.")
    return WebPhotoError(told.format(megabytes=MAX_MEGABYTES))


def reason(error: Exception, name: str, deadline: Deadline) -> str:
    """What went wrong on the way, in a sentence."""
    deadline.left()  # whatever broke off when there was no time left, broke off for that
    name = name[:MAX_NAME_LETTERS]
    if isinstance(error, ssl.SSLCertVerificationError):
        told = _("The server cannot prove that it is {name}: its certificate is not valid.")
    elif isinstance(error, HTTPException):
        told = _("What {name} answered is no answer of a web server.")
    else:
        told = _("{name} could not be reached, or broke off; try again, or look whether the address is right.")
    return told.format(name=name)


def name_in_address(parts: SplitResult) -> str:
    """What the file is called: the last part of the address' path, or the host where there is none."""
    last = unquote(parts.path).replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    clean = "".join(letter for letter in last if letter.isprintable()).strip()
    return clean[-MAX_NAME_LETTERS:] or (parts.hostname or "photo")
