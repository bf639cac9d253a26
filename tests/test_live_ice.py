"""Servers that help a browser and this process find each other: where they are named, and lent."""

from __future__ import annotations

import json
import threading
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from pages.components.live import ice as servers
from pages.components.live.ice import Borrowed, ice

pytestmark = pytest.mark.slow


def test_on_this_machine_no_server_is_asked() -> None:
    assert ice("localhost", {}).servers == ice("127.0.0.1", {}).servers == ()


def test_elsewhere_without_a_relay_it_says_so() -> None:
    found = ice("emulsion.example", {})
    assert not found.relays
    assert found.servers


def test_fixed_servers_go_to_both_sides_as_they_are() -> None:
    given = [{"urls": "turn:turn.example:3478?transport=udp", "username": "u", "credential": "c"}]
    found = ice("emulsion.example", {"EMULSION_ICE_SERVERS": json.dumps(given), "EMULSION_ICE_POLICY": "relay"})
    assert found.configuration == {"iceServers": given, "iceTransportPolicy": "relay"}
    assert found.relays


@pytest.mark.parametrize("text", ["turn:host", "{}", "[1]", '[{"url": "turn:a"}]', '[{"urls": "http://a"}]'])
def test_servers_that_are_none_are_told(text: str) -> None:
    found = ice("emulsion.example", {"EMULSION_ICE_SERVERS": text})
    assert found.trouble.startswith("EMULSION_ICE_SERVERS cannot be used:")
    assert len(found.trouble) < 400


def test_half_a_key_is_told() -> None:
    assert "belong together" in ice("emulsion.example", {"TWILIO_ACCOUNT_SID": "AC1"}).trouble


LENT = {"urls": "turn:t.example:3478", "username": "u", "credential": "c"}
ANSWERS = {
    "/2010-04-01/Accounts/good/Tokens.json": {"ice_servers": [{"url": "turn:t", **LENT}]},
    "/v1/turn/keys/good/credentials/generate-ice-servers": {"iceServers": [LENT]},
    "/credentials": {"username": "u", "credential": "c"},
}
KEYS = {
    "Twilio": ({"TWILIO_ACCOUNT_SID": "good", "TWILIO_AUTH_TOKEN": "secret"}, "Ttl=3600 Basic Z29vZDpzZWNyZXQ="),
    "Cloudflare": (
        {"CLOUDFLARE_TURN_KEY_ID": "good", "CLOUDFLARE_TURN_KEY_API_TOKEN": "secret"},
        '{"ttl": 7200} Bearer secret',
    ),
    "Hugging Face": ({"HF_TOKEN": "secret"}, "secret"),
}


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """All three providers on this machine, each in its own words; the list holds what they were asked."""
    asked: list[str] = []

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            key = self.headers.get("Authorization") or self.headers["X-HF-Access-Token"]
            asked.append(f"{body} {key}".strip())
            self.send_response(200 if "bad" not in f"{self.path} {key}" else 401)
            self.end_headers()
            self.wfile.write(json.dumps(ANSWERS.get(self.path)).encode())

        do_GET = do_POST  # noqa: N815  (the library's name)

        def log_message(self, format: str, *args: object) -> None:
            pass

    monkeypatch.setattr(servers, "_borrowed", {})
    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        opened = urllib.request.urlopen

        def here(request: urllib.request.Request, timeout: float) -> object:
            assert request.full_url.startswith("https://")
            request.full_url = f"http://127.0.0.1:{server.server_port}{request.selector}"
            return opened(request, timeout=timeout)

        monkeypatch.setattr(urllib.request, "urlopen", here)
        yield asked
        server.shutdown()


@pytest.mark.parametrize("name", KEYS)
def test_a_provider_lends_credentials_and_is_asked_once(provider: list[str], name: str) -> None:
    keys, question = KEYS[name]
    found = ice("emulsion.example", keys)
    assert found.relays
    assert not found.trouble
    (server,) = found.servers
    assert (server["username"], server["credential"]) == ("u", "c")
    ice("emulsion.example", keys)
    assert provider == [question]


@pytest.mark.parametrize("name", KEYS)
def test_a_provider_that_refuses_leaves_live_without_a_relay_and_says_so(provider: list[str], name: str) -> None:
    found = ice("emulsion.example", dict.fromkeys(KEYS[name][0], "bad"))
    assert provider
    assert "gave no credentials" in found.trouble
    assert "bad" not in found.trouble
    assert not found.relays


def test_credentials_are_fetched_anew_before_they_expire() -> None:
    now, fetched = [0.0], []

    def fetch() -> list[servers.Server]:
        fetched.append(now[0])
        if now[0] > 6000:
            raise ValueError("gone")
        return [{"urls": f"turn:{now[0]}"}]

    borrowed = Borrowed(fetch, lambda: now[0])
    for minute in range(60):
        now[0] = minute * 60.0
        (server,) = borrowed.servers()
        assert now[0] - float(server["urls"][5:]) <= 1860  # half an hour at least is left of an hour
    assert len(fetched) == 2
    now[0] = 3 * 3600.0
    assert borrowed.servers() == ()
