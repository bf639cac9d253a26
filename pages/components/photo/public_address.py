"""Which IP addresses belong to the public internet, and to nobody's own network."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

# What IANA's registry of special addresses keeps for a machine, its network, tests and groups of receivers
# (https://www.iana.org/assignments/iana-ipv4-special-registry). Clouds tell a machine its secrets at 169.254.169.254,
# 192.0.0.192 and 100.100.100.200, which lie in these.
SPECIAL_V4 = tuple(
    ip_network(block)
    for block in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
        "168.63.129.16/32",  # what Azure tells its machines comes from this one
    )
)

GLOBAL_V6 = ip_network("2000::/3")  # all that was given out so far

# Within it: protocols' own with Teredo (which hides an address of version 4), documentation, and 6to4 (likewise).
SPECIAL_V6 = tuple(ip_network(block) for block in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"))

NAT64 = ip_network("64:ff9b::/96")  # how a network of version 6 alone reaches version 4: the last 32 bits


def is_public(address: str) -> bool:
    """Whether an IP address, as written by the resolver, is one of a public server.

    An address of version 4 inside one of version 6 is looked at as what it is.

    >>> is_public("93.184.215.14"), is_public("::ffff:127.0.0.1")
    (True, False)
    """
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv6Address):
        return is_public_v6(found)
    return not any(found in block for block in SPECIAL_V4)


def is_public_v6(address: IPv6Address) -> bool:
    """Whether an address of version 6 is one of a public server; one with a zone never is."""
    if address.scope_id:
        return False
    if address.ipv4_mapped is not None:
        return is_public(str(address.ipv4_mapped))
    if address in NAT64:
        return is_public(str(IPv4Address(address.packed[-4:])))
    return address in GLOBAL_V6 and not any(address in block for block in SPECIAL_V6)
