"""The nouns of the house: frozen records, standard library only, no files, no network, no language."""
