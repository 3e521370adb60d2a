"""Where the door stands, and under which names it may be called."""

import ipaddress
from dataclasses import dataclass
from typing import Final

from crm.errors import ServeRefused

_LOCAL: Final = "localhost"


@dataclass(frozen=True, slots=True)
class Address:
    """A host as it was named, and the port that is listened on."""

    host: str
    port: int

    @property
    def url(self) -> str:
        """Without a slash at its end."""
        return f"http://{_in_url(self.host)}:{self.port}"

    @property
    def hosts(self) -> frozenset[str]:
        """What a browser that means us says in `Host`; any other name points here by somebody's trick."""
        names = {_in_url(self.host), *((_LOCAL,) if is_loopback(self.host) else ())}
        bare = names if self.port == 80 else set()
        return frozenset({f"{name}:{self.port}" for name in names} | bare)


def is_loopback(host: str) -> bool:
    """Whether what is said there stays on this machine."""
    found = _ip(host)
    return host.lower() == _LOCAL if found is None else found.is_loopback


def checked_host(host: str, *, unencrypted: bool) -> str:
    """The host to listen on. Raises ServeRefused for every address at once, and for the network unless that is accepted."""
    found = _ip(host)
    if not host or (found is not None and found.is_unspecified):
        raise ServeRefused(host, 0, "every-address")
    if not is_loopback(host) and not unencrypted:
        raise ServeRefused(host, 0, "unencrypted")
    return "127.0.0.1" if host.lower() == _LOCAL else host


def _ip(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host.lower()
