from __future__ import annotations

import pytest

from sim.evidence import Strength, articles, claim, claims

CLAIMS = claims()


def test_five_articles_in_order_of_time() -> None:
    assert [article.order for article in articles()] == [1, 2, 3, 4, 5]
    assert {article.number for article in articles()} == {"000", "001", "002", "003", "004"}
    assert all(article.when and article.because for article in articles())


def test_ids_begin_with_the_article_and_are_unique() -> None:
    assert all(each.id.startswith(f"{each.article}.") for each in CLAIMS)
    assert len({each.id for each in CLAIMS}) == len(CLAIMS)


def test_every_article_is_coded() -> None:
    assert {each.article for each in CLAIMS} == {article.id for article in articles()}
    assert 80 <= len(CLAIMS) <= 200


def test_a_claim_is_found_by_its_id() -> None:
    assert claim("guarantees.poland_hub").who == ("poland",)
    with pytest.raises(KeyError):
        claim("guarantees.atlantis_hub")


def test_a_claim_informs_something_or_says_why_not() -> None:
    assert not [each.id for each in CLAIMS if not (each.says and each.who)]
    assert not [each.id for each in CLAIMS if bool(each.informs) == bool(each.because)]


def test_contested_claims_inform_nothing() -> None:
    contested = [each for each in CLAIMS if each.strength is Strength.CONTESTED]
    assert contested
    assert not any(each.informs for each in contested)
