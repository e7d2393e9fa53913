"""What people say to the storyteller is understood."""

from tests.skills.sentences import sentences_of

test_sentences = sentences_of("stories")
