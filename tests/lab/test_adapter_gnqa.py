"""Does each rule of the adapter say in the corpus' convention what the record says in ours? One invented sentence a rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from gnqa_samples import article, record, statement
from lab.adapter_gnqa import quotes_of
from lab.corpora.gnqa import GnqaArticle, Quote


@dataclass
class Converted:
    """The quotes of a text, every part readable as words."""

    article: GnqaArticle
    quotes: list[Quote]

    def words(self, n: int, part: str) -> str:
        return self.article.words(self.quotes[n].part(part))

    @property
    def types(self) -> list[str]:
        return [q.type for q in self.quotes]


def convert(text: str, *statements: dict[str, Any], speakers: Any = ()) -> Converted:
    made = article(text)
    return Converted(made, quotes_of(record(text, *statements, speakers=speakers), made))


def test_direct_keeps_its_marks() -> None:
    text = "„Der Damm hält“, sagte die Bürgermeisterin."
    got = convert(
        text,
        statement(
            text,
            "Der Damm hält",
            "direct",
            cue="sagte",
            frame="sagte die Bürgermeisterin",
            speaker="die Bürgermeisterin",
        ),
    )
    assert got.types == ["Direct"]
    assert got.words(0, "quote") == "„Der Damm hält“"
    assert got.words(0, "frame") == ", sagte die Bürgermeisterin"
    assert got.words(0, "speaker") == "die Bürgermeisterin"


def test_an_interrupted_quotation_is_two_quotes_with_one_frame() -> None:
    text = "„Der Damm hält“, sagte sie. „Wir bleiben hier.“"
    got = convert(
        text,
        statement(text, "Der Damm hält … Wir bleiben hier.", "direct", cue="sagte", frame="sagte sie", speaker="sie"),
    )
    assert [got.words(n, "quote") for n in (0, 1)] == ["„Der Damm hält“", "„Wir bleiben hier.“"]
    assert got.words(0, "frame") == got.words(1, "frame") == ", sagte sie"


def test_dass_goes_from_the_frame_to_the_quote() -> None:
    text = "Der Pegel sinke, und der Wirt sagte, dass er morgen öffne."
    got = convert(
        text, statement(text, "er morgen öffne", cue="sagte", frame="der Wirt sagte, dass", speaker="der Wirt")
    )
    assert got.words(0, "quote") == "dass er morgen öffne"
    assert got.words(0, "frame") == "der Wirt sagte,"


def test_a_frame_in_the_middle_has_both_its_commas() -> None:
    text = "Die Brücke, so die Behörde, sei sicher."
    got = convert(
        text, statement(text, "Die Brücke … sei sicher", cue="so", frame="so die Behörde", speaker="die Behörde")
    )
    assert got.words(0, "quote") == "Die Brücke … sei sicher"
    assert got.words(0, "frame") == ", so die Behörde,"


def test_wie_and_sich_belong_to_the_cue() -> None:
    text = "Wie der Verein mitteilte, falle das Spiel aus. Er äußerte sich froh, dass niemand verletzt sei."
    got = convert(
        text,
        statement(
            text, "falle das Spiel aus", cue="mitteilte", frame="Wie der Verein mitteilte,", speaker="der Verein"
        ),
        statement(text, "niemand verletzt sei", cue="äußerte", frame="Er äußerte sich froh, dass", speaker="Er"),
    )
    assert got.words(0, "cue") == "Wie … mitteilte"
    assert got.words(1, "cue") == "äußerte sich"


def test_nach_angaben_is_split_elsewhere() -> None:
    text = "Nach Angaben der Polizei wurden zwei Männer verletzt."
    got = convert(
        text,
        statement(
            text,
            "wurden zwei Männer verletzt",
            cue="Nach Angaben",
            frame="Nach Angaben der Polizei",
            speaker="der Polizei",
        ),
    )
    assert (got.words(0, "cue"), got.words(0, "speaker")) == ("Nach", "Angaben der Polizei")
    assert got.quotes[0].medium == "SW"


def test_the_source_noun_may_lack_an_owner_and_may_follow() -> None:
    text = "Eigenen Angaben zufolge hatte er nichts gehört."
    got = convert(
        text,
        statement(text, "hatte er nichts gehört", cue="Angaben zufolge", frame="Eigenen Angaben zufolge", who="p1"),
    )
    assert (got.words(0, "cue"), got.words(0, "speaker")) == ("zufolge", "Eigenen Angaben")


def test_von_between_noun_and_owner_is_bridged() -> None:
    text = "Laut Aussagen von Anwohnern brannte es zweimal."
    got = convert(
        text,
        statement(
            text, "brannte es zweimal", cue="Laut Aussagen", frame="Laut Aussagen von Anwohnern", speaker="Anwohnern"
        ),
    )
    assert got.words(0, "speaker") == "Aussagen von Anwohnern"


def test_demnach_speaks_itself() -> None:
    text = "Demnach steigt der Umsatz."
    got = convert(text, statement(text, "steigt der Umsatz", cue="Demnach", frame="Demnach", who="p1"))
    assert got.words(0, "speaker") == got.words(0, "cue") == "Demnach"


def test_das_stands_for_its_content() -> None:
    text = "Das Werk schließt im Mai. Das bestätigte ein Sprecher."
    got = convert(
        text,
        statement(
            text,
            "Das Werk schließt im Mai",
            cue="bestätigte",
            frame="Das bestätigte ein Sprecher",
            speaker="ein Sprecher",
        ),
    )
    assert got.words(0, "quote") == "Das Werk schließt im Mai … Das"
    assert got.words(0, "frame") == "bestätigte ein Sprecher"


def test_mixed_clause_is_indirect_with_a_nested_direct() -> None:
    text = "Sie sagte, die Pläne seien „völlig aus der Luft gegriffen“."
    got = convert(
        text,
        statement(
            text, "die Pläne seien „völlig aus der Luft gegriffen“", "mixed", quoted="völlig aus der Luft gegriffen",
            cue="sagte", frame="Sie sagte,", speaker="Sie",
        ),
    )  # fmt: skip
    assert got.types == ["Indirect", "Direct"]
    assert got.words(1, "quote") == "„völlig aus der Luft gegriffen“"
    assert got.words(1, "frame") == got.words(0, "frame") == "Sie sagte,"
    assert got.quotes[1].nested


def test_a_single_quoted_word_in_a_clause_is_no_quote_of_its_own() -> None:
    text = "Sie sagte, die Pläne seien „absurd“."
    got = convert(
        text,
        statement(
            text, "die Pläne seien „absurd“", "mixed", quoted="absurd", cue="sagte", frame="Sie sagte,", speaker="Sie"
        ),
    )
    assert got.types == ["Indirect"]


def test_mixed_object_is_only_a_direct() -> None:
    text = "Der Trainer bezeichnete die Strafe als „schlechten Witz“."
    got = convert(
        text,
        statement(
            text, "die Strafe als „schlechten Witz“", "mixed", quoted="schlechten Witz", cue="bezeichnete",
            frame="Der Trainer bezeichnete", speaker="Der Trainer",
        ),
    )  # fmt: skip
    assert got.types == ["Direct"]
    assert got.words(0, "quote") == "„schlechten Witz“"
    assert got.words(0, "frame") == "Der Trainer bezeichnete die Strafe als"
    assert got.words(0, "cue") == "bezeichnete … als"


def test_reported_is_the_whole_clause_without_frame_and_cue() -> None:
    text = "Am Dienstag forderte die Gewerkschaft höhere Löhne."
    got = convert(
        text,
        statement(
            text, "höhere Löhne", "reported", cue="forderte", frame="Am Dienstag forderte die Gewerkschaft",
            speaker="die Gewerkschaft", cue_class="demand",
        ),
    )  # fmt: skip
    assert got.types == ["Reported"]
    assert got.words(0, "quote") == text
    assert got.words(0, "speaker") == "die Gewerkschaft"
    assert not got.quotes[0].frame
    assert not got.quotes[0].cue


def test_reported_criticism_is_out_of_their_scope() -> None:
    text = "Die Gewerkschaft kritisierte den Plan."
    got = convert(
        text,
        statement(
            text, "den Plan", "reported", cue="kritisierte", frame="Die Gewerkschaft kritisierte",
            speaker="Die Gewerkschaft", cue_class="critical",
        ),
    )  # fmt: skip
    assert got.quotes == []


@pytest.mark.parametrize("further", [{"negated": True}, {"within": "s7"}, {"speaker": None}])
def test_reported_acts_denied_nested_or_without_a_speaker_are_out_of_it_too(further: dict[str, object]) -> None:
    text = "Die Gewerkschaft forderte höhere Löhne."
    roles = {"cue": "forderte", "speaker": "Die Gewerkschaft", "cue_class": "demand", **further}
    assert convert(text, statement(text, "höhere Löhne", "reported", **roles)).quotes == []


def test_free_indirect_by_mood_with_its_stop_and_the_speakers_last_place() -> None:
    text = "Die Ministerin sagte, es gebe Geld. Man habe lange verhandelt. Das Ergebnis ist gut."
    got = convert(
        text,
        statement(text, "es gebe Geld", cue="sagte", frame="Die Ministerin sagte,", speaker="Die Ministerin", who="p1"),
        statement(text, "Man habe lange verhandelt", "free_indirect", who="p1", mood="konjunktiv1"),
        statement(text, "Das Ergebnis ist gut", "free_indirect", who="p1", mood="indicative"),
    )
    assert got.types == ["Indirect", "IndirectFreeIndirect", "FreeIndirect"]
    assert got.words(1, "quote") == "Man habe lange verhandelt."
    assert got.words(2, "speaker") == "Die Ministerin"


def test_a_speaker_who_never_stood_as_one_is_looked_up_among_the_mentions() -> None:
    text = "Frau Abel kam spät. Sie werde alles prüfen. Frau Abel ging."
    mentions = [[[0, 9]], [[44, 53]]]
    got = convert(
        text,
        statement(text, "Sie werde alles prüfen", "free_indirect", who="p1", mood="konjunktiv1"),
        speakers=[{"id": "p1", "name": "Abel", "mentions": mentions}],
    )
    assert got.quotes[0].speaker == frozenset({0, 1})


def test_hearsay_is_free_and_belongs_to_who_spoke_before() -> None:
    text = "Laut Polizei brannte ein Auto. Der Fahrer soll geflohen sein."
    got = convert(
        text,
        statement(text, "brannte ein Auto", cue="Laut", frame="Laut Polizei", speaker="Polizei", who="p1"),
        statement(text, "Der Fahrer soll geflohen sein", cue="soll", frame="soll", mood="hearsay"),
    )
    assert got.types == ["Indirect", "FreeIndirect"]
    assert got.words(1, "quote") == "Der Fahrer soll geflohen sein."
    assert got.words(1, "speaker") == "Polizei"
    assert not got.quotes[1].cue


def test_a_sentence_behind_the_sentence_that_announces_it_stands_free() -> None:
    text = "Der Rektor nahm Stellung. Die Schule sei sicher."
    got = convert(
        text,
        statement(
            text, "Die Schule sei sicher", cue="nahm Stellung", frame="Der Rektor nahm Stellung", speaker="Der Rektor"
        ),
    )
    assert got.types == ["IndirectFreeIndirect"]
    assert got.words(0, "quote") == "Die Schule sei sicher."
    assert got.words(0, "speaker") == "Der Rektor"


def test_a_statement_without_content_gives_no_quote() -> None:
    text = "Er schwieg."
    got = convert(text, {**statement(text, "Er"), "content": []})
    assert got.quotes == []


def test_the_row_that_found_a_statement_stays_known() -> None:
    text = "Er sagte, er komme."
    got = convert(text, statement(text, "er komme", cue="sagte", frame="Er sagte,", by="de/cues.tsv#sagen"))
    assert got.quotes[0].by == "de/cues.tsv#sagen"
