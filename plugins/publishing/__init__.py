"""From outputs to files: render, write beside the old site, and change over in one step."""

from plugins.publishing.environment import equip as equip
from plugins.publishing.environment import standalone as standalone
from plugins.publishing.publish import Published as Published
from plugins.publishing.publish import publish as publish
