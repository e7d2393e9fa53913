"""Answers without a model come at once, and the data is small in memory."""

import time
import tracemalloc

from voice_assistant_skills.travel import atlas, countries, phrasebook

from tests.skills.travel.house import House

MEMORY = 40 * 2**20


def test_memory_of_the_data():
    for cached in (atlas.places, atlas.whole, atlas.names, atlas.plain, countries.countries):
        cached.cache_clear()
    tracemalloc.start()
    atlas.names()
    for key in atlas.places():
        atlas.whole(key)
    countries.names()
    phrasebook.tongues()
    used = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert used < MEMORY


async def test_an_answer_takes_less_than_fifty_milliseconds(tmp_path):
    tried = House(tmp_path).tried
    taken = []
    for place in list(atlas.places().values())[:20]:
        for intent in ("tips", "when", "food", "climate", "pack", "plan", "plug"):
            began = time.thread_time()
            await tried.ask(intent, destination=place.name("en"))
            taken.append(time.thread_time() - began)
    taken.sort()
    assert taken[len(taken) // 2] < 0.05
