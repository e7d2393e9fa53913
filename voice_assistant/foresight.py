"""What can be done while somebody is still speaking: let the skills that talk read ahead."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from voice_assistant.errors import VoiceAssistantError
from voice_assistant.plugins import Skills
from voice_assistant.router import Router

_log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class Foresight:
    """Called with the text so far. A command is not worth it: it is answered in milliseconds."""

    router: Router
    skills: Skills

    async def __call__(self, text: str, language: str) -> None:
        """Prepare for a text, if it will be talk; a failure costs nothing but the head start."""
        if not self.router.is_talk(text, language):
            return
        for each in self.skills.working().values():
            assert each.skill is not None
            try:
                await each.skill.expect(text, language)
            except VoiceAssistantError as error:
                _log.debug("%s: %s", each.name, error)
