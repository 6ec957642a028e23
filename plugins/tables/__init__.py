"""Tables as features need them: two versions compared; written as CSV and as a spreadsheet."""

from plugins.tables.comparing import Changed as Changed
from plugins.tables.comparing import Changes as Changes
from plugins.tables.comparing import compare as compare
from plugins.tables.official import as_official_sheet as as_official_sheet
from plugins.tables.pieces import pieces as pieces
from plugins.tables.writing import as_csv as as_csv
from plugins.tables.writing import as_spreadsheet as as_spreadsheet
