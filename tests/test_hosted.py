"""The files of `deploy/` agree with each other and with the app, and coturn relays for nobody it should not."""

from __future__ import annotations

import asyncio
import random
import re
import shlex
import subprocess
import time
import tomllib
from contextlib import ExitStack
from ipaddress import IPv4Address, IPv6Address, ip_address
from pathlib import Path

import pytest
import yaml
from aioice.stun import TransactionFailed
from aioice.turn import create_turn_endpoint

from benchmarks.visitor import Visitor
from effects import EFFECTS, Pipeline, decode
from effects.codec.limits import MAX_MEGABYTES
from pages.components.batch.roll import PATH as ROLL_PATH
from pages.components.live import ice as servers
from pages.components.live.ice import ice
from pages.components.save.parcel import PATH
from pages.components.video.reel import MAX_BYTES as VIDEO_MAX_BYTES
from tests.hosted import APP, DEPLOY, ROOT, Replica, coturn, free_ports, here
from tests.pictures import encoded, photograph
from tests.tools import path_of

NGINX = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
RELAY = (DEPLOY / "turnserver.conf").read_text(encoding="utf-8")
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
Address = IPv4Address | IPv6Address


def test_nginx_takes_its_settings(tmp_path: Path) -> None:
    settings = tmp_path / "nginx.conf"
    settings.write_text(here(NGINX, free_ports("one", "two", "nginx", "turn"), tmp_path), encoding="utf-8")
    tried = subprocess.run(
        [path_of("nginx"), "-t", "-p", str(tmp_path), "-c", str(settings)], capture_output=True, text=True, check=False
    )
    assert tried.returncode == 0, tried.stderr
    assert "warn" not in tried.stderr


def test_every_replica_of_the_composition_is_one_that_nginx_knows() -> None:
    replicas = {name: part for name, part in COMPOSE["services"].items() if name.startswith("app-")}
    for name, replica in replicas.items():
        where = f"{replica['networks']['inside']['ipv4_address']}:{replica['environment']['STREAMLIT_SERVER_PORT']}"
        own = re.search(rf"upstream {name.removeprefix('app-')} \{{\s*server {re.escape(where)} max_fails", NGINX)
        assert own, f"{name} has no upstream of its own at {where}"
        assert NGINX.count(f"server {where} ") == len(replicas) + 1, "it stands in for all others, too"
        assert f"~:{where.split(':')[1]}$ {name.removeprefix('app-')};" in NGINX
    assert len(replicas) == 2
    assert set(re.findall(r"server (172[\d.]+)", NGINX)) <= set(re.findall(r"ipv4_address: ([\d.]+)", compose_text()))


def compose_text() -> str:
    return (DEPLOY / "compose.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["app-one", "app-two", "nginx", "coturn"])
def test_nothing_in_the_composition_may_more_than_it_needs(name: str) -> None:
    part = COMPOSE["services"][name]
    assert part["read_only"] is True
    assert part["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in part["security_opt"]
    assert not part.get("privileged")
    assert part["tmpfs"]


@pytest.mark.parametrize(
    ("place", "megabytes"),
    [("_stcore/upload_file", MAX_MEGABYTES), ("roll", MAX_MEGABYTES), ("reel", VIDEO_MAX_BYTES // 2**20)],
)
def test_what_the_app_takes_passes_nginx_and_what_is_twice_as_large_does_not(place: str, megabytes: int) -> None:
    settings = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))
    assert settings["server"]["maxUploadSize"] == MAX_MEGABYTES
    upload = re.search(rf"location /{place}/ \{{[^}}]*client_max_body_size (\d+)m;", NGINX)
    assert upload
    assert megabytes < int(upload[1]) < 2 * megabytes


def test_no_address_that_nobody_can_guess_stands_in_the_log_of_nginx() -> None:
    told = re.search(r"map \$uri \$kind \{\s*~(\S+) \$1;", NGINX)
    assert told
    for address in (
        f"/{ROLL_PATH}/SECRET/1",
        f"/{PATH}/SECRET",
        "/reel/SECRET",
        "/media/SECRET.jpg",
        "/_stcore/upload_file/SECRET/a",
    ):
        found = re.match(told[1], address)
        assert found
        assert "SECRET" not in found[1]


def test_a_replica_has_room_for_the_batches_that_it_takes() -> None:
    for name in ("app-one", "app-two"):
        replica = COMPOSE["services"][name]
        size = re.fullmatch(r"/tmp:size=(\d+)m,mode=1777", replica["tmpfs"][0])
        assert size
        assert int(size[1]) >= 1.5 * int(replica["environment"]["EMULSION_BATCHES_MB"])
        assert int(replica["mem_limit"].removesuffix("m")) >= 4000 + int(size[1])


def test_the_container_gets_all_that_the_app_runs_on_and_runs_as_nobody_in_particular() -> None:
    lines = (DEPLOY / "Dockerfile").read_text(encoding="utf-8").splitlines()
    copied = [word for line in lines if line.startswith("COPY") for word in shlex.split(line)[1:-1]]
    assert {"app.py", "effects", "pages", "requirements.txt", ".streamlit/config.toml"} <= set(copied)
    assert all((ROOT / name).exists() for name in copied)
    sent = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").split("\n")
    assert {f"!{name}" for name in copied} <= set(sent)
    assert [line for line in lines if line.startswith("USER")] == ["USER person"]
    assert any("HEALTHCHECK" in line for line in lines)


def denied() -> list[tuple[Address, Address]]:
    """The ranges that coturn sends nothing to."""
    ranges = re.findall(r"^denied-peer-ip=(\S+?)-(\S+)$", RELAY, re.MULTILINE)
    return [(ip_address(low), ip_address(high)) for low, high in ranges]


def is_denied(address: Address) -> bool:
    return any(low.version == address.version and low <= address <= high for low, high in denied())  # type: ignore[operator]


def test_the_relay_leads_to_public_addresses_only() -> None:
    """Judged by Python's own list of what is public, at each range's ends, just outside and at random addresses."""
    chance = random.Random(15)
    ends = [end for pair in denied() for end in pair]
    edges = [
        type(end)(int(end) + step) for end in ends for step in (-1, 0, 1) if 0 <= int(end) + step < 2**end.max_prefixlen
    ]
    some: list[Address] = [IPv4Address(chance.getrandbits(32)) for _ in range(5000)]
    some += [
        IPv6Address(chance.getrandbits(125) | 1 << 125) for _ in range(2000)
    ]  # 2000::/3, where all public ones are
    inside = [
        ip_address(text) for text in ("10.1.2.3", "192.168.0.1", "169.254.169.254", "::1", "fd00::1", "::ffff:10.0.0.1")
    ]
    for address in (*edges, *some, *inside):
        if not (address.is_global or address.is_multicast or address == IPv6Address(0)):  # coturn refuses :: by itself
            assert is_denied(address) or not is_routed(address), f"{address} is reached by the relay"
    for text in ("1.1.1.1", "8.8.8.8", "93.184.216.34", "2606:4700::1111", "2a00:1450:4001:81b::200e"):
        assert not is_denied(ip_address(text))


def is_routed(address: Address) -> bool:
    """Whether anything may be there: of version 6 nothing is given out beyond 2000::/3 and what is denied."""
    return address.version == 4 or address in RANGES_IN_USE


class InUse:
    """Where addresses of version 6 are given out, or mean one of version 4 or of one's own network."""

    def __contains__(self, address: Address) -> bool:
        number = int(address)
        return (
            number < 0xFFFE << 32
            or number >> 32 == 0xFFFF
            or number >> 125 == 1
            or number >> 121 == 0x7E
            or number >> 118 == 0x3FA
        )


RANGES_IN_USE = InUse()


def test_the_relay_has_limits_and_its_credentials_end() -> None:
    options = dict(line.partition("=")[::2] for line in RELAY.splitlines() if line and not line.startswith("#"))
    assert "use-auth-secret" in options
    assert "no-multicast-peers" in options
    assert not any(name in options for name in ("user", "lt-cred-mech", "no-auth", "allow-loopback-peers"))
    assert 0 < int(options["total-quota"]) <= 2 * (int(options["max-port"]) - int(options["min-port"]) + 1)
    assert int(options["max-bps"]) > 0


def test_half_a_relay_and_one_by_another_protocol_are_told() -> None:
    assert "belong together" in ice("emulsion.example", {"EMULSION_TURN_SECRET": "word"}).trouble
    wrong = ice("emulsion.example", {"EMULSION_TURN_URLS": "http://a", "EMULSION_TURN_SECRET": "word"})
    assert "EMULSION_TURN_URLS gave no credentials" in wrong.trouble
    assert "word" not in wrong.trouble


def reach(port: int, secret: str, peer: str) -> None:
    """Ask the relay for a way to a peer with credentials made by a secret."""
    settings = {"EMULSION_TURN_URLS": f"turn:127.0.0.1:{port}", "EMULSION_TURN_SECRET": secret}
    (lent,) = ice("emulsion.example", settings).servers

    async def bind() -> None:
        transport, _ = await create_turn_endpoint(
            asyncio.DatagramProtocol, ("127.0.0.1", port), username=lent["username"], password=lent["credential"]
        )
        try:
            inner = transport._TurnTransport__inner_protocol  # type: ignore[attr-defined]
            await inner.channel_bind(0x4000, (peer, 9))
        finally:
            transport.close()
            await asyncio.sleep(0.2)

    asyncio.run(bind())


@pytest.mark.deep
def test_coturn_takes_the_apps_credentials_while_they_last_and_leads_nowhere_inside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(servers, "_borrowed", {})
    port = free_ports("turn")["turn"]
    with coturn(port, tmp_path) as secret:
        reach(port, secret, "8.8.8.8")
        for peer in ("10.0.0.1", "192.168.1.1", "169.254.169.254", "172.31.85.11"):
            with pytest.raises(TransactionFailed, match="403"):
                reach(port, secret, peer)
        with pytest.raises(TransactionFailed, match="401"):
            reach(port, "another", "8.8.8.8")
        monkeypatch.setattr(servers, "_borrowed", {})
        now = time.time()
        monkeypatch.setattr(time, "time", lambda: now - servers.LIFETIME - 60)
        with pytest.raises(TransactionFailed, match="401"):
            reach(port, secret, "8.8.8.8")


@pytest.mark.deep
def test_where_nothing_can_be_written_photos_are_opened_and_saved() -> None:
    """A full disk, or a file system that is only read: each write to a file fails."""
    limited = Replica(free_ports("one")["one"], command=("prlimit", "--fsize=0", *APP))
    link = Pipeline((EFFECTS["exposure"].step(), EFFECTS["sepia"].step())).to_link()
    with ExitStack() as end:
        end.callback(limited.end)
        limited.start()
        visitor = end.enter_context(Visitor(f"http://127.0.0.1:{limited.port}", link))
        visitor.open(encoded(photograph(1200, 1600), "JPEG"))
        visitor.move("c1-stops", 1.5)
        assert decode(visitor.save()).image.shape == (1200, 1600, 3)
        assert not visitor.says
