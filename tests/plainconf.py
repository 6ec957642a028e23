"""pelicanconf.py without a PDF of each document: setting one costs more than a tiny site."""

import sys
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import pelicanconf
from pelicanconf import *  # noqa: F403

COUNTY = replace(pelicanconf.COUNTY, document_pdfs=())
THEME = str(Path(pelicanconf.__file__).parent / pelicanconf.THEME)
