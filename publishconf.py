"""Settings for the public site: pelicanconf.py and the site's own address."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from pelicanconf import *  # noqa: F403

SITEURL = "https://www.example.gov.cn/zwgk"
"""Where citizens find the zone. It is a part of the portal, never a site of its own."""
