"""Which addresses a server may be asked at: each of the special ones is told from its neighbours, however written."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.components.photo.public_address import SPECIAL_V4, is_public

# Azure's is an ordinary address to the internet, and 192.88.99.0/24 was ordinary once.
STRICTER = tuple(ip_network(block) for block in ("168.63.129.16/32", "192.88.99.0/24", "192.0.0.0/24"))


@pytest.mark.parametrize("block", [block for block in SPECIAL_V4 if isinstance(block, IPv4Network)], ids=str)
def test_a_special_block_is_refused_from_its_first_address_to_its_last(block: IPv4Network) -> None:
    for address in (block[0], block[-1], block[block.num_addresses // 2]):
        assert not is_public(str(address))
        assert not is_public(f"::ffff:{address}")
        assert not is_public(f"64:ff9b::{address}")


@given(st.ip_addresses(v=4))
def test_an_address_of_version_4_is_public_where_python_says_so(address: IPv4Address) -> None:
    if any(address in block for block in STRICTER):
        assert not is_public(str(address))
    else:
        assert is_public(str(address)) == (address.is_global and not address.is_multicast)


@pytest.mark.parametrize("edge", ["9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255"])
@pytest.mark.parametrize("form", ["{}", "::ffff:{}", "64:ff9b::{}"])
def test_what_lies_beside_a_special_block_is_public_in_every_form_that_is_routed(edge: str, form: str) -> None:
    assert is_public(form.format(edge))


@pytest.mark.parametrize(
    "address",
    [
        "::",
        "::1",
        "::127.0.0.1",  # IPv4-compatible
        "::ffff:169.254.169.254",
        "::ffff:0:7f00:1",  # IPv4-translated
        "64:ff9b::169.254.169.254",
        "64:ff9b:1::1.1.1.1",  # a network's own translation
        "2002:7f00:1::",  # 6to4 of 127.0.0.1
        "2002:808:808::",  # 6to4, whatever is in it
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",  # Teredo
        "2001:db8::1",
        "3fff::1",
        "100::1",
        "fc00::1",
        "fd00:ec2::254",  # what a cloud tells its machines
        "fe80::1",
        "fe80::1%eth0",
        "2606:4700::1%eth0",
        "fec0::1",
        "ff02::1",
        "5f00::1",
        "4000::1",
        "no address",
        "127.1",
        "0x7f000001",
        "",
    ],
)
def test_an_address_of_one_s_own_network_is_refused_in_every_form(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["2606:4700:4700::1111", "2a00:1450:4001::1", "2001:4860:4860::8888"])
def test_a_public_server_of_version_6_may_be_asked(address: str) -> None:
    assert ip_address(address).is_global
    assert is_public(address)
