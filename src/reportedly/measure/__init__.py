"""How good is a reading? Gold and found statements aligned, scored, with intervals and a signature."""

from reportedly.measure.align import pair_up
from reportedly.measure.scores import Sheet, Tally, intervals, signature, total
from reportedly.measure.statements import Matched, match, sheet

__all__ = ["Matched", "Sheet", "Tally", "intervals", "match", "pair_up", "sheet", "signature", "total"]
