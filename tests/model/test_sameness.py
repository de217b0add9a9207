"""What follows from judgements on names, whatever their order?"""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.model.sameness import PROGRAM, Bearer, Sameness, Sure, clusters, standing

NAMES = [Bearer("person", name) for name in ("Ada Lenz", "Ada Lentz", "A. Lenz", "Bo Rabe", "Bo Raabe")]
NAMES += [
    Bearer("person", "Ada Lenz", "0e51"),
    Bearer("person", "Lenz", "0e51"),
    Bearer("person", "Lenz", "77aa"),
    Bearer("person", "Lenz"),
]
NAMES += [Bearer("id", "Q1"), Bearer("id", "Q2")]
ADA, ADDA, SHORT, BO, _, ADA_HERE, LENZ_HERE, LENZ_THERE, LENZ, Q1, Q2 = NAMES


def says(
    left: Bearer, right: Bearer, verdict: str, by: str = PROGRAM, at: str = "2024-06-01", sure: float = 0.9
) -> Sameness:
    return Sameness(left, right, Sure(verdict), by, at, "", sure if by == PROGRAM else 1.0)


JUDGEMENTS = st.builds(
    lambda pair, verdict, by, day, sure: says(pair[0], pair[1], verdict, by, f"2024-06-{day:02}", sure),
    st.lists(st.sampled_from(NAMES), min_size=2, max_size=2, unique=True),
    st.sampled_from(list(Sure)),
    st.sampled_from([PROGRAM, "mk", "jh"]),
    st.integers(1, 20),
    st.sampled_from([0.9, 0.95, 0.99]),
)


@given(st.lists(JUDGEMENTS, max_size=25), st.randoms(use_true_random=False))
def test_the_order_in_which_judgements_are_given_makes_no_difference(given_: list[Sameness], random: object) -> None:
    mixed = list(given_)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    mixed = [replace(j, left=j.right, right=j.left) if n % 2 else j for n, j in enumerate(mixed)]
    assert clusters(mixed).all() == clusters(given_).all()


@given(st.lists(JUDGEMENTS, max_size=25))
def test_what_a_person_calls_different_is_never_one(given_: list[Sameness]) -> None:
    made = clusters(given_)
    for (left, right), now in standing(given_).items():
        if now.person and now.person.verdict is Sure.DIFFERENT:
            assert made.of(left) != made.of(right)


@given(st.lists(JUDGEMENTS, max_size=20), JUDGEMENTS)
def test_withdrawing_restores_what_was_before(given_: list[Sameness], more: Sameness) -> None:
    before = [j for j in given_ if j.by == PROGRAM or j.pair != more.pair]
    more = replace(more, by="mk", at="2024-07-01", sure=1.0)
    undone = replace(more, verdict=Sure.WITHDRAW, at="2024-07-02")
    then, now = clusters(before), clusters([*before, more, undone])
    for bearer in then.parent:  # a name that only the undone decision met may be there now, as itself
        assert [b for b in now.with_(bearer) if b in then.parent] == list(then.with_(bearer))


@given(st.lists(JUDGEMENTS, max_size=25))
def test_every_cluster_can_say_why(given_: list[Sameness]) -> None:
    made = clusters(given_)
    stands = standing(given_)
    for members in made.all():
        for other in members[1:]:
            at = members[0]
            for j in made.chain(members[0], other):
                assert stands[j.pair].now == j
                assert j.verdict is Sure.SAME
            assert made.of(other) == made.of(at)


def test_later_goes_before_earlier_and_a_person_before_the_program() -> None:
    rows = [says(ADA, ADDA, "same", at="2024-06-02")]
    assert clusters(rows).with_(ADA) == (ADDA, ADA)
    rows.append(says(ADA, ADDA, "different", by="mk", at="2024-06-01"))
    assert clusters(rows).with_(ADA) == (ADA,)
    rows.append(says(ADA, ADDA, "same", by="jh", at="2024-06-03"))
    assert clusters(rows).with_(ADA) == (ADDA, ADA)
    rows.append(says(ADA, ADDA, "withdraw", by="mk", at="2024-06-04"))
    rows.append(says(ADA, ADDA, "unsure", at="2024-06-05"))
    assert clusters(rows).with_(ADA) == (ADA,)


def test_a_person_splits_what_the_program_joined_by_a_third() -> None:
    rows = [says(ADA, SHORT, "same", sure=0.99), says(SHORT, ADDA, "same", sure=0.9)]
    assert clusters(rows).chain(ADA, ADDA) == tuple(rows)
    rows.append(says(ADA, ADDA, "different", by="mk"))
    made = clusters(rows)
    assert made.of(ADA) == made.of(SHORT) != made.of(ADDA), "the surer one stays"


def test_a_full_name_is_the_same_everywhere_until_somebody_says_otherwise() -> None:
    rows = [says(ADA_HERE, BO, "unsure"), says(ADA, ADDA, "same")]
    assert ADA_HERE in clusters(rows).with_(ADDA)
    rows.append(says(ADA_HERE, ADA, "different", by="mk"))
    assert ADA_HERE not in clusters(rows).with_(ADDA)


def test_a_family_name_is_one_only_where_a_person_says_so_of_all() -> None:
    rows = [says(LENZ_HERE, ADA, "same"), says(LENZ_THERE, BO, "same")]
    assert clusters(rows).of(LENZ_HERE) != clusters(rows).of(LENZ_THERE)
    rows.append(says(LENZ, ADDA, "same", by="mk"))
    assert clusters(rows).of(LENZ_HERE) == clusters(rows).of(LENZ_THERE) == clusters(rows).of(ADDA)


def test_the_program_never_joins_two_entries_but_a_person_may() -> None:
    rows = [says(ADA, Q1, "same"), says(ADA, Q2, "same", sure=0.8)]
    assert clusters(rows).of(Q1) != clusters(rows).of(Q2)
    assert clusters([*rows, says(Q1, Q2, "same", by="mk")]).of(Q1) == clusters(
        [*rows, says(Q1, Q2, "same", by="mk")]
    ).of(Q2)


@pytest.mark.parametrize("broken", [{}, {"left": 1}, {"left": {"kind": "person"}}, {"verdict": "maybe"}])
def test_a_line_comes_back_as_it_was_and_a_broken_one_is_refused(broken: dict[str, object]) -> None:
    line = says(ADA_HERE, LENZ, "different", by="mk").to_dict()
    assert Sameness.of(line).to_dict() == line
    with pytest.raises((KeyError, ValueError, TypeError)):
        Sameness.of({**line, **broken} if broken else {})
