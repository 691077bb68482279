"""Which hosts may be asked: a list of names and addresses, checked again on what each name resolves to.

An entry is `NAME`, `NAME:PORT`, an address or a network (`10.0.0.0/8`); without a port it means 80 and 443. A name is
asked at public addresses only; an address that is not public (this machine, a private network, a link) only where it
is listed itself, or lies in a network that is.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urlsplit

from kg.errors import FetchError, RefusedError, UsageError

_PORTS = {"http": 80, "https": 443}
_NAME = re.compile(r"[a-z0-9][a-z0-9.\-]*|[0-9a-f:.]+")
_SAFE = "/%:=&?~+!$,;'@()*-._"

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True, slots=True)
class Hosts:
    """The list; `names` are pairs of a name and a port (None: 80 and 443), `networks` pairs likewise."""

    names: tuple[tuple[str, int | None], ...] = ()
    networks: tuple[tuple[Network, int | None], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.names or self.networks)


@dataclass(frozen=True, slots=True)
class Target:
    """Where a URL leads: the name that is asked for, and what is sent to it."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def shown(self) -> str:
        """The URL without its query string, which may hold what nobody else should read."""
        return f"{self.scheme}://{self.host}{self.path.partition('?')[0]}"


def read_hosts(text: str) -> Hosts:
    """Read a list of hosts, with commas between them.

    Raises:
        UsageError: an entry is no host, address or network.
    """
    names, networks = [], []
    for entry in filter(None, (each.strip().lower() for each in text.split(","))):
        network = _network(entry)
        host, port = (entry, None) if network else _split(entry)
        network = network or _network(host)
        if network is None:
            names.append((host, port))
        else:
            networks.append((network, port))
    return Hosts(tuple(names), tuple(networks))


def _network(text: str) -> Network | None:
    try:
        return ipaddress.ip_network(text)
    except ValueError:
        return None


def _split(entry: str) -> tuple[str, int | None]:
    try:
        parts = urlsplit(f"//{entry}")
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port = "", None
    if not _NAME.fullmatch(host) or parts.netloc != entry or "@" in entry:
        raise UsageError(f"KG_FETCH_HOSTS lists {entry!r}, which is no host, HOST:PORT, address or network.")
    return host, port


def target_of(url: str, hosts: Hosts) -> Target:
    """Return where a URL leads, if its host is listed.

    Raises:
        RefusedError: it is no http or https URL, or its host is not listed.
    """
    try:
        parts: SplitResult = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        raise RefusedError("This is no address that the service could ask.") from None
    if parts.scheme not in _PORTS or not host or parts.username is not None:
        raise RefusedError("This is no address that the service could ask: it begins with http:// or https://.")
    target = Target(parts.scheme, host, port or _PORTS[parts.scheme], _path(parts))
    if not _is_listed(target, hosts):
        raise RefusedError(f"{host}:{target.port} is not among the hosts that this service asks (KG_FETCH_HOSTS).")
    return target


def _path(parts: SplitResult) -> str:
    query = f"?{quote(parts.query, safe=_SAFE)}" if parts.query else ""
    return (quote(parts.path, safe=_SAFE) or "/") + query


def _is_listed(target: Target, hosts: Hosts) -> bool:
    if any(target.host == name and _is_port(target.port, port) for name, port in hosts.names):
        return True
    try:
        address = ipaddress.ip_address(target.host)
    except ValueError:
        return False
    return any(_is_port(target.port, port) for network, port in hosts.networks if _lies_in(address, network))


def _is_port(port: int, listed: int | None) -> bool:
    return port in _PORTS.values() if listed is None else port == listed


def _lies_in(address: ipaddress.IPv4Address | ipaddress.IPv6Address, network: Network) -> bool:
    return address.version == network.version and address in network


def addresses_of(target: Target, hosts: Hosts) -> list[str]:
    """Resolve a name and return those of its addresses that may be asked; the connection goes to one of these.

    Raises:
        FetchError: it does not resolve.
        RefusedError: it resolves to addresses only that may not be asked.
    """
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise FetchError(f"{target.host} cannot be found.") from None
    resolved = list(dict.fromkeys(str(each[4][0]) for each in found))
    allowed = [text for text in resolved if _may_ask(text, target.port, hosts)]
    if not allowed:
        raise RefusedError(f"{target.host} is at no public address, and its address is not listed in KG_FETCH_HOSTS.")
    return allowed


def _may_ask(text: str, port: int, hosts: Hosts) -> bool:
    address = ipaddress.ip_address(text.partition("%")[0])
    mapped = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    public = address.is_global and not address.is_multicast and (mapped is None or mapped.is_global)
    return public or any(
        listed in {None, port} for network, listed in hosts.networks if _lies_in(mapped or address, network)
    )
