"""What a signature is worth: is the file as it was signed, and is the signer known."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import ValueErrorWithMessage
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko_certvalidator import ValidationContext

from plugins.typesetting import SEAL


@dataclass(frozen=True)
class Verdict:
    """What is known of one file.

    `intact`: no byte was changed after signing. `valid`: the signature is the certificate's own.
    `trusted`: the certificate leads to one that we were told to trust.
    """

    title: str
    signer: str
    moment: datetime | None
    """When it was signed, by the timestamp if there is one, else as the signer says."""
    stamped: bool
    intact: bool
    valid: bool
    trusted: bool


def verdict(data: bytes, roots: Iterable[x509.Certificate]) -> Verdict | None:
    """What the signature in the field `Seal` says; None if there is none, or no PDF that opens."""
    try:
        reader = PdfFileReader(io.BytesIO(data))
        found = [one for one in reader.embedded_signatures if one.field_name == SEAL]
    except (PdfError, ValueError):
        return None
    if not found:
        return None
    (signature,) = found
    context = ValidationContext(trust_roots=list(roots), allow_fetching=False)
    title = str(reader.trailer_view["/Info"].get("/Title", ""))
    signer = signature.signer_cert.subject.human_friendly
    try:
        status: Any = validate_pdf_signature(signature, context)
    except (SignatureValidationError, ValueErrorWithMessage, PdfError, ValueError):
        return Verdict(title, signer, None, False, False, False, False)  # noqa: FBT003  # in order
    stamp = status.timestamp_validity
    whole = status.intact and signature.evaluate_signature_coverage().name == "ENTIRE_FILE"
    return Verdict(
        title,
        signer,
        stamp.timestamp if stamp else status.signer_reported_dt,
        stamped=bool(stamp and stamp.valid),
        intact=whole,
        valid=status.valid and status.docmdp_ok,
        trusted=status.trusted,
    )
