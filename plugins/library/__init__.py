"""All documents together: look-ups, two-way relations, validity by date, rules across files."""

from plugins.library.library import Library as Library
from plugins.library.library import is_public as is_public
from plugins.library.rules import answering_body as answering_body
from plugins.library.rules import check as check
from plugins.library.validity import State as State
from plugins.library.validity import Validity as Validity
from plugins.library.validity import state_of as state_of
