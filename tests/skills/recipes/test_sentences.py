"""The sentences that the YAML files promise."""

from __future__ import annotations

from voice_assistant_skills.recipes.book import load
from voice_assistant_skills.recipes.foods import foods
from voice_assistant_skills.recipes.glossary import glossary, kitchen_words
from voice_assistant_skills.recipes.search import spoken_names

from tests.skills.sentences import sentences_of


def vocabulary(language):
    return {
        "recipe": [name for _, name in spoken_names(load(language), language)],
        "food": [name for food in foods().by_id.values() for name in food.names[language]],
        "term": list(glossary(language)),
        "word": kitchen_words(language),
    }


test_sentences = sentences_of("recipes", vocabulary)
