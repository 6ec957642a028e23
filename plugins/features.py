"""Every derived part of the site, in the order that it is built."""

from plugins import (
    columns,
    comparisons,
    documents,
    feeds,
    home,
    listings,
    organs,
    rates,
    search,
    sitemap,
    topics,
)
from plugins.outputs import Feature, Reporter

FEATURES: tuple[Feature, ...] = (
    home,
    columns,
    documents,
    comparisons,
    rates,
    organs,
    topics,
    listings,
    search,
    feeds,
    sitemap,
)

REPORTS: tuple[Reporter, ...] = (rates.reports,)
"""Every inner report of the features, in the order in which they are read."""
