"""Names of what lies in the content folder beside documents."""

SHOWN = "content"
"""How the content folder is called in messages, wherever it lies."""
VOCABULARY_FOLDER = "vocabularies"
WORKDAYS = "workdays.yaml"
ALLOWANCES = "privacy_allowlist.yaml"
COLUMNS = "columns.csv"
"""Who keeps which column, and how fast (`plugins.library.columns`)."""
