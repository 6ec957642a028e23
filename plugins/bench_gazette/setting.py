"""One setting, in a process of its own so that it can be measured: `… ENGINE INPUT PDF FOLDER`.

`gongkai` is given a pickled sheet, `typst` a file in Typst's language, `nothing` only starts.
"""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

from plugins.installing import FACES_FOLDER, ROOT, fonts
from plugins.typesetting import find_faces, typeset


def main(engine: str, source: Path, pdf: Path, folder: Path) -> None:
    """Set one document."""
    if engine == "gongkai":
        sheet = pickle.loads(source.read_bytes())  # noqa: S301  # we wrote it ourselves
        pdf.write_bytes(typeset(sheet, find_faces(), folder))
    elif engine == "typst":
        import typst  # noqa: PLC0415  # of the bench only

        kai = [str(path.parent) for path in fonts("LXGWWenKai-Regular.ttf")]
        faces = [str(ROOT / FACES_FOLDER), *kai[:1]]
        pdf.write_bytes(
            typst.compile(str(source), font_paths=faces, ignore_system_fonts=True, format="pdf")
        )


if __name__ == "__main__":
    name, *paths = sys.argv[1:]
    main(name, *map(Path, paths))
