"""Ears for answers in languages that the household does not speak."""

from __future__ import annotations

from voice_assistant.app.engines import load_recognizer, recognizer_model
from voice_assistant.catalog import Catalog, Model
from voice_assistant.engines import Recognizer
from voice_assistant.engines.espeak import Espeak
from voice_assistant.engines.several import InLanguage
from voice_assistant.settings import Settings
from voice_assistant.workers import Worker


class Foreign:
    """A recogniser for any language that an installed one knows. The household's own serves where
    it does: Whisper base understood espeak-ng's Korean better than the small Vosk model does, and
    it is loaded. Of others only the latest is kept."""

    def __init__(
        self, settings: Settings, catalog: Catalog, own: Recognizer, worker: Worker
    ) -> None:
        self._settings = settings
        self._catalog = catalog
        self._own = own
        self._worker = worker
        self._loaded: tuple[str, Recognizer] | None = None
        self._espeak: Espeak | None = None

    async def recognizer(self, language: str) -> Recognizer | None:
        """One that hears this language and no other; None where none is installed."""
        if language in recognizer_model(self._settings, self._catalog).languages:
            return InLanguage(self._own, language)
        model = self._catalog.best("recognizer", language)
        if model is None:
            return None
        if self._loaded is None or self._loaded[0] != model.name:
            self.close()
            self._loaded = model.name, await self._worker.call(self._load, model)
        return InLanguage(self._loaded[1], language)

    def wanted(self, language: str) -> str | None:
        """The recogniser of the catalogue that would hear a language here; None if none would."""
        known = self._catalog.suitable("recognizer", language)
        best = max(known, key=lambda model: model.starter, default=None)
        return best.name if best else None

    async def sound(self, text: str, language: str) -> str:
        """How a text is said, in IPA, by which homophones are the same."""
        return await self._worker.call(self._phonemes, text, language)

    def close(self) -> None:
        """Free what was loaded."""
        if self._loaded:
            self._loaded[1].__exit__()
            self._loaded = None
        if self._espeak:
            self._espeak.close()
            self._espeak = None

    def _phonemes(self, text: str, language: str) -> str:
        self._espeak = self._espeak or Espeak()
        return self._espeak.phonemes([text], language)[0]

    def _load(self, model: Model) -> Recognizer:
        return load_recognizer(model, self._settings, self._catalog)
