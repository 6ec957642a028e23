"""检索评测: what a search finds and costs, as a ratio to Pagefind's over the same pages.

Queries are derived from the documents themselves, so that the answer to each is known. Both engines
are asked in a browser, and all that crosses the network is noted.
"""

from plugins.bench_search.command import command as command
