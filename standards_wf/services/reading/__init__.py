"""What the pages show: functions with explicit queries that fill frozen dataclasses."""
