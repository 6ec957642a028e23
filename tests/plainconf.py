"""pelicanconf.py without a PDF of each document: setting one costs more than a tiny site."""

import runpy
from dataclasses import replace
from pathlib import Path

_ROOT = Path(__file__).parent.parent

globals().update(runpy.run_path(str(_ROOT / "pelicanconf.py")))

COUNTY = replace(globals()["COUNTY"], document_pdfs=())
THEME = str(_ROOT / globals()["THEME"])
