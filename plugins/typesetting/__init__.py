"""HTML and a stylesheet → PDF: the only room that knows WeasyPrint.

WeasyPrint is loaded when something is typeset, not before: a build whose PDFs are as they were
needs neither it nor fonts' insides. What comes out is the same for the same sheet, faces and
libraries, on any day and in any folder, and it is PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1)
in one file. What cannot be set without a flaw is not set: `PreflightError` names every flaw.
"""

from plugins.typesetting.faces import Faces as Faces
from plugins.typesetting.faces import find_faces as find_faces
from plugins.typesetting.faces import identity as identity
from plugins.typesetting.sheet import Flaw as Flaw
from plugins.typesetting.sheet import PreflightError as PreflightError
from plugins.typesetting.sheet import Sheet as Sheet
from plugins.typesetting.sheet import UnequippedError as UnequippedError
from plugins.typesetting.typeset import typeset as typeset
