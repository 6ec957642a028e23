"""Every derived part of the site, in the order that it is built."""

from plugins import (
    columns,
    documents,
    enterprise,
    feeds,
    home,
    listings,
    organs,
    packages,
    plans,
    search,
    sitemap,
    topics,
)
from plugins.outputs import Feature, Reporter

FEATURES: tuple[Feature, ...] = (
    home,
    columns,
    documents,
    organs,
    topics,
    plans,
    enterprise,
    packages,
    listings,
    search,
    feeds,
    sitemap,
)

REPORTS: tuple[Reporter, ...] = (columns.report,)
"""Every inner report of the features, in the order in which they are read."""
