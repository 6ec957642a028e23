"""All documents together: look-ups, two-way relations, validity by date, rules across files."""

from plugins.library.changes import changed_facts as changed_facts
from plugins.library.columns import ColumnTree as ColumnTree
from plugins.library.columns import TreeColumn as TreeColumn
from plugins.library.columns import columns_of as columns_of
from plugins.library.comparable import newer_texts as newer_texts
from plugins.library.comparable import older_texts as older_texts
from plugins.library.freshness import Doubt as Doubt
from plugins.library.freshness import doubts_of as doubts_of
from plugins.library.gazette import Article as Article
from plugins.library.gazette import articles_of as articles_of
from plugins.library.gazette import issues_of as issues_of
from plugins.library.gazette import issues_printing as issues_printing
from plugins.library.library import Library as Library
from plugins.library.library import is_public as is_public
from plugins.library.rules import check_document as check_document
from plugins.library.rules import check_whole as check_whole
from plugins.library.validity import Standing as Standing
from plugins.library.validity import State as State
from plugins.library.validity import Validity as Validity
from plugins.library.validity import standing_of as standing_of
from plugins.library.validity import state_of as state_of
