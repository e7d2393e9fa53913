"""The composition root: settings in, a household of concrete objects out.

The only place that names engines. Nothing imports it but the command line.
"""

from voice_assistant.app.devices import ears, loudspeaker, set_volumes
from voice_assistant.app.engines import recognizer, recognizer_model, synthesizers, wake_word
from voice_assistant.app.household import Household, acquaint, household

__all__ = [
    "Household",
    "acquaint",
    "ears",
    "household",
    "loudspeaker",
    "recognizer",
    "recognizer_model",
    "set_volumes",
    "synthesizers",
    "wake_word",
]
