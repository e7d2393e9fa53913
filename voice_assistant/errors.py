"""Every failure that has a sentence of its own.

VoiceAssistantError          anything stated: one clear line, no traceback
├── SettingsError            a settings file that cannot be used; names the file and the key
├── ModelError               a model that is missing, corrupt, too large or refused
│   ├── ModelMissing         ... not installed: carries the command that installs it
│   ├── SourceFailed         ... that one source did not deliver; the next may
│   └── ModelCrashed         ... whose process ended unexpectedly; it may be started again
├── DeviceError              no microphone, no loudspeaker, busy, or a rate nobody offers
├── SkillError               a skill that cannot be loaded, or raised, or hung
├── UsageError               words of a command that make no sense; exit status 2
├── StoreError               the disk is full, or the database cannot be opened
└── NotAllowed               the household's rules or the network permission say no
"""

from __future__ import annotations


class VoiceAssistantError(Exception):
    """A stated failure: its text is one line for the user, saying what is wrong and what to do."""


class SettingsError(VoiceAssistantError):
    """The settings cannot be used."""


class ModelError(VoiceAssistantError):
    """A model cannot be used."""


class ModelMissing(ModelError):
    """A model is not installed. `name` is its name in the catalogue."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The model '{name}' is not installed: type 'voice-assistant models pull {name}'."
        )
        self.name = name


class SourceFailed(ModelError):
    """A source did not deliver a model; the next may."""


class ModelCrashed(ModelError):
    """A model's process ended unexpectedly; it may be started again."""


class DeviceError(VoiceAssistantError):
    """A sound device cannot be used."""


class SkillError(VoiceAssistantError):
    """A skill cannot be loaded or failed."""


class UsageError(VoiceAssistantError):
    """A command was given words that it cannot do anything with."""


class StoreError(VoiceAssistantError):
    """Something could not be kept on disk."""


class NotAllowed(VoiceAssistantError):
    """A household rule or a missing network permission refused this."""
