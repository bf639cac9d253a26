"""ICE servers: how a browser and this process find a way to each other, from the environment or Streamlit's secrets.

Named the same in both: EMULSION_ICE_SERVERS (a JSON list, as RTCPeerConnection takes it), the addresses and the secret
of a coturn of one's own, or the keys of Cloudflare, Twilio or Hugging Face. Both sides are always told explicitly: what
streamlit-webrtc would fill in by itself is kept without regard to when it expires.
"""

from __future__ import annotations

import base64
import hmac
import json
import logging
import os
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st
from streamlit_webrtc import get_cloudflare_ice_servers, get_hf_ice_servers

from pages.components.settings import RELAY
from pages.components.words import _

log = logging.getLogger(__name__)

Server = Mapping[str, Any]

STUN: tuple[Server, ...] = ({"urls": ["stun:stun.l.google.com:19302"]},)
LIFETIME = 3600.0  # s that borrowed credentials are good for at least (Twilio's are asked for exactly that long)
REFRESH = LIFETIME / 2  # s after which new ones are fetched, so that a session begins with half an hour left or more
RETRY = 30.0  # s between two tries of a provider that does not answer
PATIENCE = 8.0  # s
EXAMPLE = '[{"urls": ["turn:host:3478"], "username": "...", "credential": ""}]'
LOCAL = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class Ice:
    """The servers for one connection, whether one of them relays, and a sentence where something is amiss."""

    servers: tuple[Server, ...]
    policy: str = "all"
    trouble: str = ""

    @property
    def relays(self) -> bool:
        """Whether there is a TURN server: the way through a firewall."""
        return any(url.startswith(("turn:", "turns:")) for server in self.servers for url in urls(server))

    @property
    def configuration(self) -> dict[str, Any]:
        """What RTCPeerConnection takes, on either side."""
        return {"iceServers": [dict(server) for server in self.servers], "iceTransportPolicy": self.policy}


def urls(server: Server) -> list[str]:
    """A server's addresses, however many."""
    given = server["urls"]
    return [given] if isinstance(given, str) else list(given)


class Borrowed:
    """Credentials that a provider lends for a time: fetched when needed, and anew before they expire."""

    def __init__(self, fetch: Callable[[], list[Server]], clock: Callable[[], float] = time.monotonic) -> None:
        self._fetch, self._clock = fetch, clock
        self._lock = threading.Lock()
        self._servers: tuple[Server, ...] = ()
        self._fetched = self._tried = float("-inf")

    def servers(self) -> tuple[Server, ...]:
        """Servers whose credentials hold for half their lifetime at least; none if there are none to be had."""
        with self._lock:
            now = self._clock()
            if now - self._fetched > REFRESH and now - self._tried > RETRY:
                self._tried = now
                try:
                    self._servers, self._fetched = tuple(self._fetch()), now
                except (ValueError, OSError, KeyError) as error:
                    log.warning("The TURN provider gave no credentials: %s", type(error).__name__)
            return self._servers if now - self._fetched < LIFETIME * 0.95 else ()


def own_relay(addresses: str, secret: str) -> list[Server]:
    """New credentials of a coturn that shares this secret (`use-auth-secret`), good for an hour.

    They are the time of their end and its HMAC, as in draft-uberti-behave-turn-rest-00: nobody has to be asked.
    """
    given = [address.strip() for address in addresses.split(",") if address.strip()]
    if not given or not all(address.startswith(("turn:", "turns:")) for address in given):
        raise ValueError("EMULSION_TURN_URLS")
    name = f"{int(time.time() + LIFETIME)}:emulsion"
    credential = base64.b64encode(hmac.digest(secret.encode(), name.encode(), "sha1")).decode()
    return [{"urls": given, "username": name, "credential": credential}]


def cloudflare(key: str, token: str) -> list[Server]:
    """New credentials of Cloudflare's TURN, good for two hours."""
    get_cloudflare_ice_servers.clear()
    return list(get_cloudflare_ice_servers(turn_key_id=key, turn_key_api_token=token))


def hugging_face(token: str) -> list[Server]:
    """New credentials of Hugging Face's community TURN."""
    get_hf_ice_servers.clear()
    return list(get_hf_ice_servers(token))


def twilio(account: str, token: str) -> list[Server]:
    """New credentials of Twilio's TURN, good for an hour; asked for directly, which spares us Twilio's library."""
    where = f"https://api.twilio.com/2010-04-01/Accounts/{urllib.parse.quote(account, safe='')}/Tokens.json"
    secret = base64.b64encode(f"{account}:{token}".encode()).decode()
    body = urllib.parse.urlencode({"Ttl": round(LIFETIME)}).encode()
    request = urllib.request.Request(where, body, {"Authorization": f"Basic {secret}"})
    with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
        return [
            {name: server[name] for name in ("urls", "username", "credential") if name in server}
            for server in json.load(answer)["ice_servers"]
        ]


PROVIDERS: tuple[tuple[tuple[str, ...], Callable[..., list[Server]]], ...] = (
    (("EMULSION_TURN_URLS", "EMULSION_TURN_SECRET"), own_relay),
    (("CLOUDFLARE_TURN_KEY_ID", "CLOUDFLARE_TURN_KEY_API_TOKEN"), cloudflare),
    (("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"), twilio),
    (("HF_TOKEN",), hugging_face),
)


def settings() -> Mapping[str, str]:
    """What the environment says, and what it leaves open from Streamlit's secrets."""
    secrets = st.secrets if st.secrets.load_if_toml_exists() else {}
    return {name: os.environ.get(name) or str(secrets.get(name, "")) for name in RELAY}


_borrowed: dict[tuple[str, ...], Borrowed] = {}


def ice(host: str, settings: Mapping[str, str]) -> Ice:
    """The servers for a browser that came to this host name.

    A browser on the same machine needs none. A half-set provider, or one that does not answer, leaves a sentence for
    whoever runs the app, without what is secret in it.
    """
    policy = "relay" if settings.get("EMULSION_ICE_POLICY", "") == "relay" else "all"
    fixed = settings.get("EMULSION_ICE_SERVERS", "")
    if fixed:
        try:
            return Ice(tuple(read_servers(fixed)), policy)
        except ValueError as error:
            return Ice(STUN, policy, _("EMULSION_ICE_SERVERS cannot be used: {why}.").format(why=error))
    for names, fetch in PROVIDERS:
        values = tuple(settings.get(name, "") for name in names)
        if not any(values):
            continue
        if not all(values):
            told = _("{one} and {other} belong together, and only one of them is set.")
            return Ice(STUN, policy, told.format(one=names[0], other=names[1]))
        servers = _borrowed.setdefault((names[0], *values), Borrowed(lambda: fetch(*values))).servers()  # noqa: B023
        trouble = "" if servers else _("The TURN provider of {name} gave no credentials.").format(name=names[0])
        return Ice(servers or STUN, policy, trouble)
    return Ice(() if host in LOCAL else STUN, policy)


def read_servers(text: str) -> list[Server]:
    """ICE servers from JSON; ValueError says what is wrong with it."""
    try:
        given = json.loads(text)
    except ValueError:
        raise ValueError(_("it is no JSON")) from None
    if not isinstance(given, list) or not all(isinstance(item, dict) and "urls" in item for item in given):
        raise ValueError(_("it has to be a list like {example}").format(example=EXAMPLE))
    for server in given:
        for url in urls(server):
            if not isinstance(url, str) or not url.startswith(("stun:", "stuns:", "turn:", "turns:")):
                raise ValueError(_("each of its urls begins with stun:, turn: or turns:"))
    return given
