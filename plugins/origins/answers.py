"""How the site is answered, whoever answers: types, security headers, how long a copy is good.

Standard library only. The local server and the configurations for nginx and Caddy are made from
these tables, so that what is seen at home is what citizens get.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
SECURITY = (
    ("Content-Security-Policy", CONTENT_SECURITY_POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
)
"""What every answer carries, errors too."""
ONLY_HTTPS = ("Strict-Transport-Security", "max-age=31536000")
"""Told over TLS alone. Not for subdomains: the host is the portal's, and they are others'."""

# Written out, because each machine's own table is another.
TYPES = {
    ".atom": "application/atom+xml; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".doc": "application/msword",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".epub": "application/epub+zip",
    ".gif": "image/gif",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".ics": "text/calendar; charset=utf-8",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".lock": "text/plain; charset=utf-8",
    ".m4a": "audio/mp4",
    ".jsonld": "application/ld+json; charset=utf-8",
    ".opml": "text/x-opml; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".ofd": "application/ofd",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".vtt": "text/vtt; charset=utf-8",
    ".wasm": "application/wasm",
    ".webm": "video/webm",
    ".webmanifest": "application/manifest+json; charset=utf-8",
    ".webp": "image/webp",
    ".xls": "application/vnd.ms-excel",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xml": "application/xml; charset=utf-8",
    ".zip": "application/zip",
}
HTML = TYPES[".html"]
OTHER = "application/octet-stream"
PACKED = (".br", ".gz", ".zst")
"""A file packed beforehand lies beside the plain one; it has no address of its own."""
METHODS = ("GET", "HEAD")


def is_text(content_type: str) -> bool:
    """Whether an answer of this type is worth packing."""
    return "charset=utf-8" in content_type


@dataclass(frozen=True)
class Keeping:
    """How long browsers and CDNs may keep a copy of the files whose addresses match.

    The pattern means the same to Python, nginx (PCRE) and Caddy (RE2).
    """

    pattern: str
    cache_control: str


_BINARY = "|".join(sorted(suffix[1:] for suffix, kind in TYPES.items() if not is_text(kind)))
HASHED = Keeping(
    r"/search/[a-z]/[^/?]+-[a-z2-7]{5}\.(?:json|txt|bin)$",
    "public, max-age=31536000, immutable",
)
"""Their names follow from what is in them."""
ENTRIES = Keeping(
    r"(?:/search/manifest\.json|/offline\.json|/worker\.js|\.webmanifest)$",
    "no-cache",
)
"""They say which other files belong together: one that is a minute old breaks what it leads to."""
DOCUMENTS = Keeping(rf"\.(?:{_BINARY})$", "public, max-age=300, stale-if-error=86400")
KEEPING = (HASHED, ENTRIES, DOCUMENTS)
"""The first that matches counts."""
PAGES = "public, max-age=60, stale-if-error=86400"
"""All other files. A minute after publishing everybody sees what is new, and nobody need purge."""
ERRORS = "public, max-age=10"
"""What is missing today may be there tomorrow: a CDN must never keep that for a year."""


def cache_control(path: str) -> str:
    """How long a copy of the file at this path (without a query) is good."""
    found = (keeping for keeping in KEEPING if re.search(keeping.pattern, path))
    return next((keeping.cache_control for keeping in found), PAGES)
