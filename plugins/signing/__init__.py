"""`make sign` and `make verify`: the electronic seal (电子签章) of an issue, apart from any build.

A signature is an incremental update (ISO 32000-1, 12.8; PAdES, ETSI EN 319 142-1, baseline B-B, or
B-T with a timestamp): the first bytes of the signed file are the unsigned one, which anybody can
make again. The signed file is made once and kept; no build touches it. Keys, passwords and
addresses come from the environment or a prompt, never from the command line.
"""

from plugins.signing.command import sign as sign
from plugins.signing.command import verify as verify
