"""Releases (发布版): one published state of the site, with sums, signatures and a chain.

`releases/SEQ/` holds

    site/                  the tree as on the server, `.br` and `.gz` beside texts
    MANIFEST.tsv           every file of site/; the digest of the manifest before it
    SHA256SUMS             the same for `sha256sum -c`, with MANIFEST.tsv
    SHA256SUMS.minisig     signatures of SHA256SUMS
    SHA256SUMS.sig

A release cannot hold its own papers. `site/releases/SEQ/` holds those of all releases before it;
delivery lays its own beside them when all else is there.
"""

from plugins.releases.command import rebuild_check as rebuild_check
from plugins.releases.command import release as release
from plugins.releases.command import verify_releases as verify_releases
