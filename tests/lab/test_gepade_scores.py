"""Is our scorer of speeches the one that the shared task describes? Held against a second, literal implementation."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from lab.corpora.gepade import ROLES, Frame
from lab.gepade_scores import pairs_of, sheet_of

from reportedly.measure import total

Words = dict[str, list[int]]


def frame(**roles: list[int]) -> Frame:
    return Frame({role: tuple(words) for role, words in roles.items()})


def scores(gold: list[Frame], found: list[Frame]) -> dict[str, tuple[float, float, float]]:
    return {name: (t.precision, t.recall, t.f1) for name, t in sheet_of(pairs_of(gold, found)).items()}


# The definition once more, slowly and word by word: every alignment is made and scored, the one with the best joint F1
# is chosen, true and false positives and false negatives are counted one at a time. No line is shared with the lab.


def alignments(gold: list[Words], found: list[Words]) -> Iterator[list[tuple[int, int]]]:
    """Every way to pair cues one to one, cues that share no word never."""
    if not gold:
        yield []
        return
    first, rest = len(gold) - 1, gold[:-1]
    for others in alignments(rest, found):
        yield others
        for j, f in enumerate(found):
            free = all(j != taken for _, taken in others)
            if free and any(word in f["Cue"] for word in gold[first]["Cue"]):
                yield [*others, (first, j)]


def counts(gold: list[Words], found: list[Words], aligned: list[tuple[int, int]], roles: list[str]) -> list[int]:
    """True positives, false positives, false negatives of these roles."""
    right = wrong = missing = 0
    for role in roles:
        for i, g in enumerate(gold):
            partner = next((found[j] for k, j in aligned if k == i), {})
            for word in g.get(role, []):
                if word in partner.get(role, []):
                    right += 1
                else:
                    missing += 1
        for j, f in enumerate(found):
            partner = next((gold[i] for i, k in aligned if k == j), {})
            wrong += sum(1 for word in f.get(role, []) if word not in partner.get(role, []))
    return [right, wrong, missing]


def f1(right: int, wrong: int, missing: int) -> float:
    return 2 * right / (2 * right + wrong + missing) if right else 0.0


def literal(gold: list[Frame], found: list[Frame]) -> list[dict[str, tuple[int, int, int]]]:
    """The counts of every alignment that is best: by joint F1, then by that of cues."""
    golds = [{k: list(v) for k, v in g.roles.items()} for g in gold]
    founds = [{k: list(v) for k, v in f.roles.items()} for f in found]
    tried = []
    for aligned in alignments(golds, founds):
        sheet = {
            "cues": counts(golds, founds, aligned, ["Cue"]),
            "roles": counts(golds, founds, aligned, list(ROLES)),
            "joint": counts(golds, founds, aligned, ["Cue", *ROLES]),
            **{f"role/{role}": counts(golds, founds, aligned, [role]) for role in ROLES},
        }
        worth = (round(f1(*sheet["joint"]), 9), round(f1(*sheet["cues"]), 9))
        tried.append((worth, {name: tuple(c) for name, c in sheet.items()}))
    best = max(worth for worth, _ in tried)
    return [sheet for worth, sheet in tried if worth == best]  # type: ignore[misc]


def random_frames(chance: random.Random, words: int) -> list[Frame]:
    """Up to four frames over few words, so that cues often touch several others."""
    out = []
    for _ in range(chance.randint(0, 4)):
        roles = {"Cue": tuple(sorted(chance.sample(range(words), chance.randint(1, 3))))}
        for role in ROLES:
            if chance.random() < 0.4:
                roles[role] = tuple(sorted(chance.sample(range(words), chance.randint(1, 4))))
        out.append(Frame(roles))
    return out


@pytest.mark.parametrize("seed", range(300))
def test_small_random_speeches_score_as_the_literal_definition_says(seed: int) -> None:
    chance = random.Random(seed)
    words = chance.randint(4, 9)
    gold, found = random_frames(chance, words), random_frames(chance, words)
    sheet = sheet_of(pairs_of(gold, found))
    expected = literal(gold, found)
    ours = {
        name: (round(t.right_found), round(t.found - t.right_found), round(t.gold - t.right_gold))
        for name, t in sheet.items()
    }
    assert ours in expected
    for name in ("cues", "roles", "joint"):
        assert sheet[name].f1 == pytest.approx(f1(*expected[0][name]))


def test_every_word_has_one_vote() -> None:
    """`Anna schlug den Umbau vor`: Source, cue and one word of the Message are found, the particle is not."""
    gold = frame(Cue=[1], Source=[0], Message=[2, 3], PTC=[4])
    found = frame(Cue=[1], Source=[0], Message=[3])
    s = scores([gold], [found])
    assert s["cues"] == (1, 1, 1)
    assert s["roles"] == (1, 0.5, pytest.approx(2 / 3))
    assert s["joint"] == (1, 0.6, pytest.approx(0.75))
    assert s["role/Message"] == (1, 0.5, pytest.approx(2 / 3))
    assert s["role/PTC"] == (0, 0, 0)


def test_a_role_without_its_cue_is_worth_nothing() -> None:
    """The Message is right to the word, but hangs on another verb."""
    gold = frame(Cue=[1], Message=[2, 3, 4])
    found = frame(Cue=[7], Message=[2, 3, 4])
    assert scores([gold], [found])["joint"] == (0, 0, 0)


def test_the_words_of_another_role_are_wrong_and_missing() -> None:
    """`über den Haushalt reden`: a Topic, taken for the Message."""
    gold = frame(Cue=[3], Topic=[0, 1, 2])
    found = frame(Cue=[3], Message=[0, 1, 2])
    s = scores([gold], [found])
    assert s["cues"] == (1, 1, 1)
    assert s["roles"] == (0, 0, 0)
    assert s["joint"] == (0.25, 0.25, 0.25)


def test_one_long_cue_stands_for_the_one_of_two_that_gives_the_better_joint_score() -> None:
    """`stellte die Frage`, one cue in gold, two are found; the one that has the Source is its partner."""
    gold = [frame(Cue=[1, 3], Source=[0])]
    found = [frame(Cue=[1]), frame(Cue=[3], Source=[0])]
    (pair,) = [p for p in pairs_of(gold, found) if p[0]]
    assert pair == (gold[0], found[1])
    s = scores(gold, found)
    assert s["cues"] == (0.5, 0.5, 0.5)
    assert s["roles"] == (1, 1, 1)


def test_where_two_pairings_are_worth_the_same_the_one_with_more_words_of_the_cue_is_taken() -> None:
    gold = [frame(Cue=[1, 2, 3], Source=[0])]
    found = [frame(Cue=[1], Source=[0]), frame(Cue=[2, 3])]
    (pair,) = [p for p in pairs_of(gold, found) if p[0]]
    assert pair == (gold[0], found[1])


def test_speeches_are_added_up_word_by_word() -> None:
    """A long speech weighs more than a short one: sums, not means of speeches."""
    right = sheet_of(pairs_of([frame(Cue=[0], Message=[1, 2, 3])], [frame(Cue=[0], Message=[1, 2, 3])]))
    wrong = sheet_of(pairs_of([frame(Cue=[0])], []))
    assert total([right, wrong])["joint"].recall == pytest.approx(4 / 5)


def test_a_speech_without_frames_has_nothing_to_count() -> None:
    assert all(t.f1 == 0 and t.found == 0 and t.gold == 0 for t in sheet_of(pairs_of([], [])).values())
