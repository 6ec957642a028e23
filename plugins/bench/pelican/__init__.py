"""The bench's county for Pelican with nothing added: settings, theme, and how files are written."""
