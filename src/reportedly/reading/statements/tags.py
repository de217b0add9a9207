"""Which tag letters mean what to the grammar of statements? (The letters are those of analysis/tagger.py.)"""

FINITE = frozenset("f12")
KONJUNKTIV = frozenset("12")
