"""试生成: a folder of plain legal texts becomes records and a whole site, and is counted through.

The county's own documents are few and tidy; real legal texts are many and are not. A trial shows
what the rooms below do with them: that nothing of a text is lost, how long each stage takes, and
what is odd in the texts.
"""

from plugins.trial.command import command as command
