"""Every derived part of the site, in the order that it is built."""

from plugins import (
    catalog,
    columns,
    comparisons,
    consult,
    documents,
    enterprise,
    feeds,
    gazette,
    home,
    listings,
    lists,
    moved,
    organs,
    packages,
    plans,
    questions,
    rates,
    search,
    sitemap,
    submissions,
    topics,
    verify,
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
    plans,
    enterprise,
    packages,
    gazette,
    questions,
    consult,
    lists,
    catalog,
    listings,
    search,
    feeds,
    verify,
    sitemap,
    moved,
)

REPORTS: tuple[Reporter, ...] = (
    columns.report,
    questions.report,
    rates.reports,
    catalog.reports,
    gazette.reports,
    submissions.reports,
)
"""Every inner report of the features, in the order in which they are read."""
