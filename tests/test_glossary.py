"""The glossary: each word has one plain sentence, and a word that stays off sheets has another to say instead."""

from __future__ import annotations

import pytest
from pydantic import ValidationError
from sheets import library

from handouts.phrasing import Term
from handouts.wording.grade import grade, sentences, words

GLOSSARY = library().glossary
FIELD = (
    "active", "active-assisted", "self-assisted", "passive", "range of motion", "static stretch", "positioning",
    "contracture", "clonus", "spasm", "spasticity",
)  # fmt: skip


def test_the_words_of_the_field_are_all_there() -> None:
    assert set(FIELD) <= set(GLOSSARY)


@pytest.mark.parametrize("word", GLOSSARY)
def test_a_word_is_explained_in_one_plain_sentence(word: str) -> None:
    text = GLOSSARY[word].words["en"]
    assert len(sentences(text)) == 1 and text.endswith(".")
    assert len(words(text)) <= 20  # W3
    assert grade(text) <= 6  # W1


def test_what_to_say_instead_may_be_printed() -> None:
    plain = [f" {term.plain['en']} " for term in GLOSSARY.values() if term.plain]
    kept_off = [word for word, term in GLOSSARY.items() if not term.may_print]
    assert [(word, text) for word in kept_off for text in plain if f" {word} " in text] == []


def test_facts_name_sources_that_exist() -> None:
    assert {source for term in GLOSSARY.values() for source in term.sources} <= set(library().sources)


def test_a_word_that_stays_off_sheets_needs_another() -> None:
    with pytest.raises(ValidationError, match="`plain`"):
        Term(words={"en": "A muscle."}, may_print=False)
