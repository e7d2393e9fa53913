"""The composition root: settings in, a household of concrete objects out.

The only place that names engines. Nothing imports it but the command line. The household itself is
imported from its own module, where it is wanted: what waiting for the wake word needs is a third of it.
"""

from voice_assistant.app.devices import ears, loudspeaker, set_volumes
from voice_assistant.app.engines import recognizer, recognizer_model, synthesizers, wake_word

__all__ = [
    "ears",
    "loudspeaker",
    "recognizer",
    "recognizer_model",
    "set_volumes",
    "synthesizers",
    "wake_word",
]
