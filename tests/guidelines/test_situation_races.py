"""Many colleagues answer at once, and one colleague on two devices: every first answer is counted, and only once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from accounts.models import User
from guidelines import actions, queries
from guidelines.models import Due, Publication, Tally
from tests.factories import MemberFactory
from tests.guidelines.conftest import AT, begun, put_out, settled
from tests.guidelines.test_situations import SOON, chosen


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_none_is_lost_and_none_is_counted_twice() -> None:
    hana, ines = (MemberFactory(roles=["hr"]) for _ in range(2))
    people = [MemberFactory() for _ in range(12)]
    put_out(hana, ines, chosen(begun(hana), hana, asks=1, ours=["leak"]))
    settled()
    Due.objects.update(opened_at=AT)

    def work(number: int) -> bool:
        member = User.objects.get(pk=people[number % len(people)].pk)
        try:
            return actions.answer_situation(
                actor=member, due=queries.owed(member).get(), key="leak", choice=number % 4, at=SOON
            ).counted
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        counted = list(pool.map(work, range(2 * len(people))))
    assert sum(counted) == len(people) == sum(Tally.objects.values_list("count", flat=True))
    assert set(Due.objects.filter(member__in=people).values_list("answered", flat=True)) == {1}
    assert queries.shares(Publication.objects.get(), ["leak"])["leak"].people >= 10
