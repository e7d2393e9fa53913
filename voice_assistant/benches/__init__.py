"""Benchmarks of the assistant itself; each module has `run() -> Iterator[Row]`."""
