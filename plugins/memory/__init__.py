"""What one build leaves for the next: what was known, what was made, and what was read for it."""

from plugins.memory.derivations import Derivation as Derivation
from plugins.memory.derivations import Derivations as Derivations
from plugins.memory.state import State as State
from plugins.memory.state import Written as Written
from plugins.memory.state import code_digest as code_digest
from plugins.memory.state import load as load
from plugins.memory.state import save as save
