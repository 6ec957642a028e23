"""What the domain name system says of a host: AAAA of the host itself and of its name servers."""

from __future__ import annotations

from dataclasses import dataclass

import dns.exception
import dns.name
import dns.resolver


@dataclass(frozen=True)
class Names:
    """The IPv6 addresses of a host, and those of each server that answers for its domain."""

    host: tuple[str, ...]
    servers: dict[str, tuple[str, ...]]


def look_up(host: str, resolver: dns.resolver.Resolver) -> Names | None:
    """Ask for all this; None where no resolver answers."""
    try:
        zone = dns.resolver.zone_for_name(host, resolver=resolver)
        found = resolver.resolve(zone, "NS", raise_on_no_answer=False)
        servers = sorted(str(record.target).rstrip(".") for record in found)
        return Names(_aaaa(host, resolver), {name: _aaaa(name, resolver) for name in servers})
    except dns.exception.DNSException:
        return None


def _aaaa(name: str, resolver: dns.resolver.Resolver) -> tuple[str, ...]:
    try:
        return tuple(sorted(map(str, resolver.resolve(name, "AAAA", raise_on_no_answer=False))))
    except dns.resolver.NXDOMAIN:
        return ()


def resolver() -> dns.resolver.Resolver:
    """The resolver that this machine is set to; one that knows nobody where there is none."""
    try:
        return dns.resolver.Resolver()
    except dns.resolver.NoResolverConfiguration:
        return dns.resolver.Resolver(configure=False)
