"""Every derived part of the site, in the order that it is built."""

from plugins import (
    columns,
    consult,
    documents,
    feeds,
    home,
    listings,
    moved,
    organs,
    questions,
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
    questions,
    consult,
    listings,
    search,
    feeds,
    sitemap,
    moved,
)

REPORTS: tuple[Reporter, ...] = (questions.report,)
"""Every inner report of the features, in the order in which they are read."""
