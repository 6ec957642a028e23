"""数据: each document once more for machines, as JSON (`data`) and as Markdown (`source`)."""

from plugins.twins.data import SCHEMA as SCHEMA
from plugins.twins.data import schema as schema
from plugins.twins.data import twin as twin
from plugins.twins.source import source as source
