"""What people say to the storyteller is understood."""

from tests.skills.sentences import sentences_of
from tests.skills.stories.names import vocabulary

test_sentences = sentences_of("stories", vocabulary)
