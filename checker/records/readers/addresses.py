"""Addresses of databases: which database is meant, and what of an address is secret and never shown."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+(?=://)")
_USER = re.compile(r"://[^@\s\"']*@")


def scheme_of(text: str) -> str | None:
    """What stands before `://`, in lower case, if the text is an address."""
    found = _SCHEME.match(text)
    return found[0].lower() if found else None


def shown(address: str) -> str:
    """The address without user, password and options."""
    parts = _parts(address)
    if parts is None:
        return f"{scheme_of(address)}://***"
    host = parts.netloc.rpartition("@")[2]
    return f"{parts.scheme}://{host}{parts.path}"


def without_secrets(message: str, address: str) -> str:
    """The first line of a message about an address, with nothing in it that may be secret."""
    parts = _parts(address)
    secrets = [address]
    if parts is not None:
        password = parts.netloc.rpartition("@")[0].partition(":")[2]
        secrets += [parts.query, parts.netloc if "@" in parts.netloc else "", password, unquote(password)]
        secrets += [value for key, values in parse_qs(parts.query).items() if "pass" in key for value in values]
    first = next(iter(message.strip().splitlines()), "no reason is given")
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        first = first.replace(secret, "***")
    return _USER.sub("://***@", first)


def with_options(address: str, **options: object) -> str:
    """The address with these options, but for those that it has."""
    parts = _parts(address)
    if parts is None:
        return address
    given = parse_qs(parts.query)
    more = [f"{name}={value}" for name, value in options.items() if name not in given]
    return parts._replace(query="&".join(filter(None, [parts.query, *more]))).geturl()


def _parts(address: str) -> SplitResult | None:
    try:
        return urlsplit(address)
    except ValueError:  # such as a host in brackets that are not closed
        return None
