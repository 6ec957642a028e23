"""The Pelican plugin: the only room that knows Pelican.

Loading it costs nothing, so that `make check` can read pelicanconf.py without Pelican.
"""


def register() -> None:
    """Called by Pelican when it loads the plugin."""
    from plugins.site.generator import connect  # noqa: PLC0415  # brings Pelican in

    connect()
