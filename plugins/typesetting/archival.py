"""What WeasyPrint leaves out of a PDF that is to be kept and read by everyone.

WeasyPrint writes PDF/A or PDF/UA, not both marks in one file. The tags are the same, so the second
mark is added to the metadata, with the description of its schema that PDF/A asks for (ISO 19005-3,
6.6.2.3.3).
"""

from __future__ import annotations

from typing import Any

from plugins.typesetting.numbering import number_pages
from plugins.typesetting.seal import leave_room_for_seal

_END = b"</rdf:RDF>"
_MARK = """\
<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="">
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>PDF/UA part</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""


def finish(document: Any, pdf: Any) -> None:  # noqa: ANN401  # neither has types
    """Complete a PDF whose objects are made, before they are written; a WeasyPrint finisher."""
    number_pages(document, pdf)
    leave_room_for_seal(document, pdf)
    _keep_pictures_plain(pdf)
    _mark_as_accessible(pdf)
    pdf.catalog["PageMode"] = "/UseOutlines"  # readers show the bookmarks first


def _keep_pictures_plain(pdf: Any) -> None:  # noqa: ANN401  # the same
    """Ask readers for no smoothing of pictures, which PDF/A forbids (ISO 19005-3, 6.2.8)."""
    for made in pdf.objects:
        if "Interpolate" in getattr(made, "extra", ()):
            made.extra["Interpolate"] = "false"


def _mark_as_accessible(pdf: Any) -> None:  # noqa: ANN401  # the same
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    (text,) = metadata.stream
    metadata.stream = [text.replace(_END, _MARK.encode() + _END)]
    metadata.compress = False  # archives look for it as plain text
