"""Readings built by hand, with the verbs of the domain: `article("…").says("Minister", "die Lage sei ernst", cue="sagte")`.

Places are found by searching the text, from where the last one was found; `A … B` is one unit in two pieces.
"""

from __future__ import annotations

from dataclasses import replace

from reportedly.model.analysis import Analysis
from reportedly.model.article import Article
from reportedly.model.damage import Action, Damage, Severity
from reportedly.model.fact import Facts, Moment, Place, Quantity
from reportedly.model.reading import Reading
from reportedly.model.span import Pieces, Span, pieces
from reportedly.model.speaker import Attribution, Cast, Speaker
from reportedly.model.statement import Authority, Form, Medium, Mood, Statement


class FakeArticle:
    """An article about to be read by nobody: each verb adds one finding and gives the builder back."""

    def __init__(self, text: str, **about: object) -> None:
        self.article = Article(text, **about)  # type: ignore[arg-type]
        self.statements: list[Statement] = []
        self.speakers: list[Speaker] = []
        self.attributions: list[Attribution] = []
        self.damages: list[Damage] = []
        self.facts = Facts()
        self.notes: tuple[str, ...] = ()
        self.confidence: dict[str, float] = {}
        self.removed: list[Span] = []

    def place(self, words: str, after: int = 0) -> Pieces:
        """Where the words stand; " … " joins pieces."""
        found = []
        for part in words.split(" … "):
            start = self.article.text.find(part, after)
            assert start >= 0, f"the article does not say: {part}"
            found.append(Span(start, start + len(part)))
            after = start + len(part)
        return pieces(found)

    def speaker(self, name: str, kind: str = "person", named: bool = True, **more: object) -> str:
        """The id of the speaker with this name, made on first use."""
        for s in self.speakers:
            if s.name == name:
                return s.id
        self.speakers.append(Speaker(f"p{len(self.speakers) + 1}", name, kind, named, **more))  # type: ignore[arg-type]
        return self.speakers[-1].id

    def says(
        self,
        who: str | None,
        content: str,
        *,
        cue: str | None = None,
        form: str = "indirect",
        speaker: str | None = None,
        to: str | None = None,
        frame: str | None = None,
        quoted: str | None = None,
        on_authority: tuple[str, str, str | None] | None = None,
        occasion: str | None = None,
        when: str | None = None,
        within: str | None = None,
        cue_class: str = "neutral",
        mood: str | None = None,
        medium: str = "speech",
        negated: bool = False,
        kind: str = "person",
        sure: float = 0.9,
        by: str = "de/cues.tsv#sagen",
        after: int = 0,
        trace: tuple[str, ...] = (),
    ) -> FakeArticle:
        """`who` is the resolved name, `speaker` the words that name them in this statement."""

        def at(words: str | None) -> Pieces:
            return self.place(words, after) if words else ()

        id_ = f"s{len(self.statements) + 1}"
        authority: tuple[Authority, ...] = ()
        if on_authority:
            marker, span, owner = on_authority
            authority = (Authority(at(marker), at(span), "document"),)
            self.attributions.append(
                Attribution(id_, "authority", self.speaker(owner, "organisation") if owner else None, "fake", 0.9)
            )
        spoken = at(speaker)
        self.statements.append(
            Statement(
                id_,
                Form(form),
                at(content),
                quoted=at(quoted),
                cue=at(cue),
                frame=at(frame),
                speaker=spoken[0] if spoken else None,
                addressee=at(to)[0] if to else None,
                authority=authority,
                occasion=at(occasion),
                time=at(when),
                within=within,
                medium=Medium(medium),
                cue_class=cue_class,
                mood=Mood(mood) if mood else None,
                negated=negated,
                by=by,
                sure=sure,
                trace=trace,
            )
        )
        self.confidence[id_] = sure
        self.attributions.append(
            Attribution(id_, "speaker", self.speaker(who, kind) if who else None, "speakers/name", sure)
        )
        return self

    def damaged(
        self,
        words: str,
        kind: str = "displaced_text",
        *,
        severity: str = "high",
        action: str = "mask",
        message: str = "Ein Wort steht nach dem geschlossenen Zitat.",
        cause: str = "beim Übersetzen verrutscht",
        suggestion: str | None = None,
        after: int = 0,
    ) -> FakeArticle:
        span = self.place(words, after)[0] if words else Span(after, after)
        self.damages.append(
            Damage(kind, span, Severity(severity), Action(action), message, cause, suggestion, by="health/fake")
        )
        if action == "remove":
            self.removed.append(span)
        return self

    def counts(self, words: str, value: float | None, relation: str = "exact", **more: object) -> FakeArticle:
        quantity = Quantity(
            self.place(words)[0], value, more.pop("min", value), more.pop("max", value), relation, **more
        )  # type: ignore[arg-type]
        self.facts = replace(self.facts, quantities=(*self.facts.quantities, quantity))
        return self

    def dates(self, words: str, value: str | None) -> FakeArticle:
        moment = Moment(self.place(words)[0], value, value is not None)
        self.facts = replace(self.facts, moments=(*self.facts.moments, moment))
        return self

    def locates(self, words: str, name: str, country: str | None = None) -> FakeArticle:
        self.facts = replace(self.facts, places=(*self.facts.places, Place(self.place(words)[0], name, country)))
        return self

    def noted(self, *notes: str) -> FakeArticle:
        self.notes += notes
        return self

    def reading(self) -> Reading:
        """The finished reading; mentions are the places where the statements name their speakers."""
        mentions: dict[str, list[Span]] = {}
        for s in self.statements:
            for a in self.attributions:
                if a.statement == s.id and a.role == "speaker" and a.speaker and s.speaker:
                    mentions.setdefault(a.speaker, []).append(s.speaker)
        speakers = tuple(replace(s, mentions=s.mentions or tuple(mentions.get(s.id, ()))) for s in self.speakers)
        damages = tuple(sorted(self.damages, key=lambda d: d.span))
        return Reading(
            self.article,
            damages,
            Analysis(self.article.text, (), (), (), tuple(sorted(self.removed))),
            tuple(self.statements),
            Cast(speakers, tuple(self.attributions)),
            self.facts,
            "0.1.0|de-00000000",
            self.confidence,
            (*self.article.notes, *self.notes),
        )


def article(text: str, **about: object) -> FakeArticle:
    """Start a reading: `article("…", title="Hochwasser").says(…).damaged(…).reading()`."""
    return FakeArticle(text, **about)


FLOOD = """Hochwasser an der Ahlau: Minister räumt Fehler ein

Nach Angaben des Landkreises seien rund 1.200 Menschen in Sicherheit gebracht worden. „Wir haben zu spät gewarnt“, \
sagte Umweltminister Jörn Hallstein am Montag der Nachrichtenagentur NPA. Er behauptete, dass der Bericht des \
Deichverbandes ihn nie erreicht habe.

Die Vorsitzende Maike Thoms wies das zurück: Der Verband habe den Bericht „zweimal und gegen Quittung“ übergeben, \
sagte sie unter Berufung auf das Postbuch des Ministeriums. Hallstein habe ihr gesagt, die Deiche seien sicher. Sicher.

Lesen Sie auch: So schützen Sie Ihren Keller

Die Opposition forderte den Rücktritt des Ministers. Man werde „nicht zusehen“, wie er sich herausrede. 🌊
"""


def flood() -> Reading:
    """A small invented article with every form, a nested statement, all roles, facts and three kinds of damage."""
    return (
        article(
            FLOOD,
            title="Hochwasser an der Ahlau: Minister räumt Fehler ein",
            outlet="Ahlauer Bote",
            published="2024-06-04",
            url="https://example.org/hochwasser",
            origin="hochwasser.txt",
        )
        .says(
            "Landkreis", "seien rund 1.200 Menschen in Sicherheit gebracht worden", cue="Nach Angaben",
            speaker="des Landkreises", frame="Nach Angaben des Landkreises", mood="konjunktiv1", kind="organisation",
            by="de/phrases.tsv#nach-angaben", sure=0.94,
        )
        .says(
            "Jörn Hallstein", "Wir haben zu spät gewarnt", cue="sagte", form="direct",
            speaker="Umweltminister Jörn Hallstein", to="der Nachrichtenagentur NPA", when="am Montag",
            frame="sagte Umweltminister Jörn Hallstein am Montag der Nachrichtenagentur NPA", cue_class="conceding",
            trace=("Zitat und Verb im selben Satz",),
        )
        .says(
            "Jörn Hallstein", "der Bericht des Deichverbandes ihn nie erreicht habe", cue="behauptete",
            speaker="Er", frame="Er behauptete, dass", cue_class="distancing", mood="konjunktiv1",
            by="de/cues.tsv#behaupten", sure=0.71,
        )
        .says(
            "Maike Thoms", "Der Verband habe den Bericht „zweimal und gegen Quittung“ übergeben", cue="wies … zurück",
            form="mixed", quoted="zweimal und gegen Quittung", speaker="Die Vorsitzende Maike Thoms",
            on_authority=("unter Berufung auf", "das Postbuch des Ministeriums", "Ministerium"), cue_class="denial",
            mood="konjunktiv1", frame="Die Vorsitzende Maike Thoms wies das zurück:", by="de/cues.tsv#zurückweisen",
        )
        .says(
            "Maike Thoms", "Hallstein habe ihr gesagt, die Deiche seien sicher", form="free_indirect", sure=0.55,
            by="statements/carried", mood="konjunktiv1",
        )
        .says(
            "Jörn Hallstein", "die Deiche seien sicher", cue="habe … gesagt", speaker="Hallstein", to="ihr",
            within="s5", mood="konjunktiv1", frame="Hallstein habe ihr gesagt,", after=FLOOD.index("Hallstein habe ihr"),
        )
        .says(
            "Opposition", "den Rücktritt des Ministers", cue="forderte", form="reported", speaker="Die Opposition",
            cue_class="demand", kind="group", by="de/cues.tsv#fordern", frame="Die Opposition forderte",
        )
        .says(
            "Opposition", "Man werde „nicht zusehen“, wie er sich herausrede", form="free_indirect",
            quoted="nicht zusehen", sure=0.48, by="statements/carried", mood="konjunktiv1",
        )
        .damaged("Sicher.", "doubled_sentence", severity="low", action="flag", suggestion="", cause="doppelt eingefügt",
                 message="Das Wort steht zweimal.")
        .damaged("Lesen Sie auch: So schützen Sie Ihren Keller", "teaser", severity="medium", action="remove",
                 message="Ein Hinweis auf einen anderen Artikel steht im Text.", cause="mitgelesene Verweiszeile")
        .counts("rund 1.200 Menschen", 1200.0, "about", min=1080.0, max=1320.0, modifier="rund", noun="Menschen")
        .dates("am Montag", "2024-06-03")
        .locates("Ahlau", "Ahlau", "DE")
        .noted("als cp1252 gelesen")
        .reading()
    )  # fmt: skip
