"""Which words and endings do the rules about speakers ask for? Each set is the row of that id in speaker_words.tsv or grammar.tsv."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

from reportedly.languages.grammar import Grammar

Words = frozenset[str]
Ends = tuple[str, ...]
Fixed = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class WordSets:
    """The rows of one language, fetched once; all are empty for a language that has none. What a row is for, its example shows."""

    # people
    any_person: Words
    court_role: Words
    owner_role: Words
    origin_role: Words
    adjective_role: Words
    party_people: Words
    aged_word: str
    aged_end: Ends
    person_end: Ends
    feminine_person_end: Ends
    feminine_in_end: Ends
    scholar_end: Ends

    # bodies, papers, things
    seated_body: Words
    spelled_body: Words
    plural_body: Words
    unique_start: Ends
    council_end: Ends
    national_end: Ends
    thing_end: Ends
    account_end: Ends
    linking_end: Ends
    small_name: Words

    # small words in names
    foreign_link: Words
    english_link: Words
    second_particle: Words
    german_particle: Words
    name_particle: Words
    particle_of_first_name: Words
    never_particle: Words
    abbreviation: Words

    # what stands behind a noun
    group_preposition: Words
    seat_preposition: Words
    seat_link: Words
    near_link: Words
    on_site_phrase: Fixed
    task_preposition: Words
    of_bare: Words
    complement_link: Words
    office_link: Words
    owner_opener: Words
    genitive_article: Words
    genitive_link: Words
    sure_genitive: Words
    holder_link: Words
    pool_link: Words
    employer_link: Words
    bare_employer_link: Words
    employer_stop: Words
    sayer_link: Words
    relative_pronoun: Words
    relative_article: Words
    aside: Words

    # several speakers
    joining_word: str
    list_conjunction: Words
    half_joint: Words
    both_and_phrase: Fixed
    pair_phrase: Fixed
    pair_start: Ends
    several: Words
    each: Words
    before_each: Words
    someone: Words
    nobody_determiner: Words
    copula_form: Words
    singular_modal: Words
    plural_verb_end: Ends

    # pronouns
    own: Words
    own_pronoun: Words
    after_pronoun: Words
    plain_reflexive: Words
    carrying_adverb: Words

    # figures and times
    about_figure: Words
    percent_word: str
    year_noun: Words
    old_start: Ends
    article_start: Ends
    part_of_day: Words
    time_label: Words

    # endings of adjectives and participles
    attribute_end: Ends
    adjective_base_end: Ends
    adjective_letter_end: Ends
    oblique_adjective_end: Ends
    adjectival_noun_end: Ends
    place_adjective_end: Ends

    # endings of nouns
    genitive_s_end: Ends
    long_genitive_end: Ends
    never_genitive_end: Ends
    hissing_end: Ends
    singular_case_end: Ends
    dative_plural_n_end: Ends
    dative_alike_end: Ends
    unbent_plural_end: Ends
    plural_e_end: Ends
    plural_en_end: Ends
    plural_alike_end: Ends
    plural_s_end: Ends
    weak_noun_end: Ends
    closed_plural_end: Ends
    weak_plural_end: Ends
    doubling_end: Ends
    old_spelling_end: Ends
    bent_body_end: Ends


def word_sets(grammar: Grammar) -> WordSets:
    """How a row is read, its id tells: `…_end` and `…_start` for `str.endswith` and `str.startswith`, `…_phrase`, `…_word`."""
    readers: dict[str, Callable[[str], Any]] = {
        "end": grammar.ends,
        "start": grammar.ends,
        "phrase": grammar.phrases,
        "word": grammar.word,
    }
    return WordSets(**{f.name: readers.get(f.name.rpartition("_")[2], grammar.words)(f.name) for f in fields(WordSets)})
