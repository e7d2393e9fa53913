"""`python -m voice_assistant` is `voice-assistant`."""

from voice_assistant.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
