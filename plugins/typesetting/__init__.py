"""HTML and a stylesheet → PDF: the only room that knows WeasyPrint.

WeasyPrint is loaded when something is typeset, not before: a build whose PDFs are as they were
needs neither it nor fonts' insides. What comes out is the same for the same sheet, faces and
libraries, on any day and in any folder, and it is PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1)
in one file. What cannot be set without a flaw is not set: `PreflightError` names every flaw.

What a template must do:

- `<html lang>`, `<title>`, `<meta name="dcterms.created">` with the moment of publication: the only
  date in the PDF, and that of its attachments.
- Headings that skip no level; `<th scope>`; `alt` on every `<img>`; `<title>` first in every
  `<svg>`.
- Page numbers are the counter `page`, begun anew only by a page: `@page :nth(1 of texts)
  { counter-reset: page 1 }`. Reset on an element, it makes `target-counter()` wrong. Page labels
  are read from it, and their form (1, i, A) from the margin in which it stands; a page that shows
  none is labelled as its neighbours are.
- The place of the seal: one element with `data-seal`, which says what is there
  (`<div class="seal" data-seal="某县人民政府办公室电子签章"></div>`), last on its page and in the
  document; its border box becomes the signature field `Seal`, so it needs a width and a height.
- Faces are named by their part: `font-family: "小标宋"`, `"宋体"`, `"黑体"`, `"楷体"`, `"仿宋"`.
  After 楷体 and 仿宋 name 宋体 too, in which the characters that they lack are drawn.
- Running heads by `string-set`, notes by `float: footnote`; a long table is split into several of
  some 200 rows with `table-layout: fixed`, which takes a quarter less time.
"""

from plugins.typesetting.faces import Face as Face
from plugins.typesetting.faces import Faces as Faces
from plugins.typesetting.faces import find_faces as find_faces
from plugins.typesetting.faces import identity as identity
from plugins.typesetting.seal import SEAL as SEAL
from plugins.typesetting.sheet import Attachment as Attachment
from plugins.typesetting.sheet import Flaw as Flaw
from plugins.typesetting.sheet import PreflightError as PreflightError
from plugins.typesetting.sheet import Sheet as Sheet
from plugins.typesetting.sheet import UnequippedError as UnequippedError
from plugins.typesetting.typeset import typeset as typeset
