"""A household that plays until it is killed: `python -m tests.skills.music.killed FOLDER`."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from tests.skills.music.house import House
from voice_assistant.store import Database


async def main(folder: Path) -> None:
    """Play the album, five times as fast as it is, and tell how far it was heard."""
    house = await House(folder, database=Database(folder / "kept.db")).begin()
    await house.ask("play", music="steps")
    while True:
        await house.hear(0.1)
        house.worker.work()
        row = house.skill.deck.row
        sys.stdout.write(f"{row.tracks[row.at].title} {house.skill.deck.seconds}\n")
        sys.stdout.flush()
        await asyncio.sleep(0.02)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
