"""Every derived part of the site, in the order that it is built."""

from plugins import (
    catalog,
    columns,
    documents,
    feeds,
    home,
    listings,
    lists,
    organs,
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
    lists,
    catalog,
    listings,
    search,
    feeds,
    sitemap,
)

REPORTS: tuple[Reporter, ...] = (catalog.reports,)
"""Every inner report of the features, in the order in which they are read."""
