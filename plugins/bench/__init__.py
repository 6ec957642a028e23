"""测速: what a build costs, as a ratio to Hugo's and beside stock Pelican's, with real texts.

The ratios are kept in `docs/`, because seconds say more of the machine than of the program.
"""

from plugins.bench.command import command as command
