"""Which engine does what: the settings and the installed models decide."""

from __future__ import annotations

import dataclasses
import os

from voice_assistant.catalog import Catalog, Model
from voice_assistant.engines import (
    Recognizer,
    Synthesizer,
    VoiceDetector,
    VoiceEncoder,
    WakeWord,
)
from voice_assistant.errors import ModelMissing
from voice_assistant.settings import Settings

MOST_THREADS = 4
"""More do not help small models, and a household's machine has other things to do."""

STARTER_RECOGNIZER = "whisper-tiny-en"
"""What to install where there is no recogniser at all."""


def threads(wanted: int) -> int:
    """`wanted` threads, or as many as suit this machine."""
    return wanted or min(os.cpu_count() or 1, MOST_THREADS)


def hearing_threads(wanted: int) -> int:
    """The same for a recogniser: half the machine. Its decoder is too small to gain from the rest,
    and on two cores the second took from it what the ears, the voice and the loop need."""
    return wanted or max(1, threads(0) // 2)


def recognizer_model(settings: Settings, catalog: Catalog) -> Model:
    """The chosen recogniser, else the best installed one that hears the household's languages."""
    if settings.recognition.model:
        return catalog.model(settings.recognition.model, "recognizer")
    for language in ("zh", "en") if settings.language == "auto" else (settings.language,):
        if best := catalog.best("recognizer", language):
            return best
    raise ModelMissing(STARTER_RECOGNIZER)


def recognizer(settings: Settings, catalog: Catalog) -> Recognizer:
    """That recogniser, loaded. Where a language has one that streams and one that writes, and none
    was chosen, the first gives the partial texts and the second the final one."""
    model = recognizer_model(settings, catalog)
    if settings.recognition.model or settings.language == "auto":
        return load_recognizer(model, settings, catalog)
    streaming, writing = (
        catalog.best("recognizer", settings.language, engine=each) for each in ("vosk", "whisper")
    )
    if streaming is None or writing is None:
        return load_recognizer(model, settings, catalog)
    from voice_assistant.engines.two_pass import TwoPassRecognizer

    quick, exact = (load_recognizer(each, settings, catalog) for each in (streaming, writing))
    return TwoPassRecognizer(quick, exact)


def load_recognizer(model: Model, settings: Settings, catalog: Catalog) -> Recognizer:
    """A recogniser of the catalogue, loaded."""
    path = catalog.path(model.name)
    if model.engine == "vosk":
        from voice_assistant.engines.vosk import VoskRecognizer

        return VoskRecognizer(path, language=model.languages[0])
    from voice_assistant.engines.whisper import WhisperRecognizer

    languages = model.languages if settings.language == "auto" else (settings.language,)
    return WhisperRecognizer(
        path, languages=languages, threads=hearing_threads(settings.recognition.threads)
    )


def scribe(settings: Settings, catalog: Catalog) -> Recognizer:
    """The recogniser for text that is kept: the best that writes full stops and commas, which the
    streaming ones do not; where there is none, the one that listens."""
    wanted = ("zh", "en") if settings.language == "auto" else (settings.language,)
    writers = (catalog.best("recognizer", each, engine="whisper") for each in wanted)
    best = next(filter(None, writers), None)
    if best is None:
        return recognizer(settings, catalog)
    chosen = dataclasses.replace(settings.recognition, model=best.name)
    return recognizer(dataclasses.replace(settings, recognition=chosen), catalog)


def voice_encoder(catalog: Catalog) -> VoiceEncoder | None:
    """What tells voices apart, where it is installed."""
    best = catalog.best("speaker")
    if best is None:
        return None
    from voice_assistant.engines.ge2e import Ge2e

    return Ge2e(catalog.path(best.name))


def heard_languages(settings: Settings, catalog: Catalog) -> tuple[str, ...]:
    """The languages of the household that the installed recogniser hears."""
    wanted = ("en", "zh") if settings.language == "auto" else (settings.language,)
    heard = recognizer_model(settings, catalog).languages
    return tuple(each for each in wanted if each in heard) or wanted


def detector(catalog: Catalog) -> VoiceDetector:
    """Silero's voice activity."""
    from voice_assistant.engines.silero import SileroDetector

    return SileroDetector(catalog.path("silero-vad"))


def wake_word(settings: Settings, catalog: Catalog, recognizer: Recognizer) -> WakeWord | None:
    """The wake words of the settings, those without a model of their own by their sound; None in
    open mode. The recogniser is asked where a wake word is in doubt, and listens for those that
    are said alone."""
    if settings.listening.mode != "wake":
        return None
    from voice_assistant.engines.confirm import second_opinion
    from voice_assistant.engines.gate import SilenceGate
    from voice_assistant.engines.micro import MicroWakeWord, built_in
    from voice_assistant.engines.phrase import PhraseSpotter
    from voice_assistant.engines.several import SeveralWakeWords

    phrases = [word.lower().replace("_", " ") for word in settings.listening.wake_words]
    trained = [phrase for phrase in phrases if phrase in built_in()]
    typed = [phrase for phrase in phrases if phrase not in trained]
    sensitivity = settings.listening.sensitivity
    engines: list[WakeWord] = []
    if trained:
        engines.append(MicroWakeWord(trained, sensitivity, second_opinion(recognizer)))
    if typed:
        engines.append(PhraseSpotter(typed, recognizer, detector(catalog), sensitivity))
    if trained:
        helped = PhraseSpotter(trained, recognizer, detector(catalog), sensitivity, alone=True)
        engines.append(helped)
    return SilenceGate(SeveralWakeWords(engines))


def synthesizers(settings: Settings, catalog: Catalog) -> list[Synthesizer]:
    """The chosen voice, the best installed one a language, and the system's for all others."""
    from voice_assistant.engines.system import SystemVoice

    models: dict[str, Model] = {}
    if settings.speaking.voice and settings.speaking.voice != "system":
        models[settings.speaking.voice] = catalog.model(settings.speaking.voice, "voice")
    if settings.speaking.voice != "system":
        for best in filter(None, (catalog.best("voice", each) for each in ("en", "zh"))):
            models.setdefault(best.name, best)
    return [*(_voice(model, catalog) for model in models.values()), SystemVoice()]


def _voice(model: Model, catalog: Catalog) -> Synthesizer:
    if model.engine == "kokoro":
        from voice_assistant.engines.kokoro import KokoroVoice

        return KokoroVoice(catalog.path(model.name))
    from voice_assistant.engines.piper import PiperVoice

    return PiperVoice(catalog.path(model.name))
