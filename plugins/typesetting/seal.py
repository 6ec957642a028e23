"""The place of the office's seal: an empty signature field, tagged, where the HTML marks it.

It is made with the PDF and not by who signs: a visible field that is added afterwards has no tag,
and PDF/UA-1 is lost (ISO 14289-1, 7.18.1 and 7.18.4). `plugins.signing` fills it.
"""

from __future__ import annotations

from typing import Any

import pydyf

SEAL = "Seal"
"""The field's name."""
MARK = "data-seal"
"""The attribute of the element whose border box the field takes; its value is what is read out."""
_POINTS = 0.75
"""A CSS pixel in points."""
_PRINTED_AND_LOCKED = 4 + 128


def leave_room_for_seal(document: Any, pdf: Any) -> None:  # noqa: ANN401  # WeasyPrint has no types
    """Add the field where the first element with `data-seal` was laid out, if there is one.

    In the order of reading it comes last.
    """
    for page, reference in zip(document.pages, pdf.page_references, strict=True):
        box = _marked(page._page_box)  # noqa: SLF001  # it has no public name
        if box is not None:
            _add_field(pdf, reference, _rectangle(box, page.height), box.element.get(MARK))
            return


def _marked(page: Any) -> Any:  # noqa: ANN401  # the same
    """The box of the element itself, not of its `::before`, its marker or its lines."""
    for box in page.descendants(placeholders=True):
        element = box.element
        if element is not None and element.get(MARK) and box.element_tag == element.tag:
            return box
    return None


def _rectangle(box: Any, height: float) -> Any:  # noqa: ANN401  # the same
    left, top = box.border_box_x(), box.border_box_y()
    right, bottom = left + box.border_width(), top + box.border_height()
    corners = (left, height - bottom, right, height - top)
    return pydyf.Array([round(_POINTS * value, 3) for value in corners])


def _add_field(pdf: Any, page: bytes, rectangle: Any, words: str) -> None:  # noqa: ANN401
    text = pydyf.String(words)
    width, height = rectangle[2] - rectangle[0], rectangle[3] - rectangle[1]
    blank = pydyf.Stream(
        extra=pydyf.Dictionary(
            {
                "Type": "/XObject",
                "Subtype": "/Form",
                "BBox": pydyf.Array([0, 0, width, height]),
                "Resources": pydyf.Dictionary(),
            }
        )
    )
    pdf.add_object(blank)
    field = pydyf.Dictionary(
        {
            "Type": "/Annot",
            "Subtype": "/Widget",
            "FT": "/Sig",
            "T": pydyf.String(SEAL),
            "TU": text,
            "Contents": text,
            "Rect": rectangle,
            "P": page,
            "F": _PRINTED_AND_LOCKED,
            "AP": pydyf.Dictionary({"N": blank.reference}),
        }
    )
    pdf.add_object(field)
    _object(pdf, page).setdefault("Annots", pydyf.Array()).append(field.reference)
    pdf.catalog["AcroForm"] = pydyf.Dictionary({"Fields": pydyf.Array([field.reference])})
    _tag(pdf, page, field, text)


def _tag(pdf: Any, page: bytes, field: Any, text: Any) -> None:  # noqa: ANN401  # the same
    """Hang a field into the tree of tags, at its end (ISO 32000-1, 14.7.4.3 and 14.7.4.4)."""
    root = _object(pdf, pdf.catalog["StructTreeRoot"])
    whole = _object(pdf, root["K"][0])
    numbers = _object(pdf, root["ParentTree"])["Nums"]
    tag = pydyf.Dictionary(
        {
            "Type": "/StructElem",
            "S": "/Form",
            "P": whole.reference,
            "Pg": page,
            "Alt": text,
            "K": pydyf.Array(
                [pydyf.Dictionary({"Type": "/OBJR", "Obj": field.reference, "Pg": page})]
            ),
        }
    )
    pdf.add_object(tag)
    whole["K"].append(tag.reference)
    field["StructParent"] = max(numbers[::2]) + 1
    numbers.extend([field["StructParent"], tag.reference])


def _object(pdf: Any, reference: bytes) -> Any:  # noqa: ANN401  # the same
    return pdf.objects[int(reference.split()[0])]
