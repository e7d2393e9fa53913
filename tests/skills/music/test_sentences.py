"""Every test sentence of the skill's files."""

from tests.skills.sentences import sentences_of

test_sentences = sentences_of("music")
