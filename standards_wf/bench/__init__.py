"""Measuring the application against the plainest way of doing the same, on data of its own."""

from standards_wf.bench.running import Row, Size, heading, run

__all__ = ["Row", "Size", "heading", "run"]
