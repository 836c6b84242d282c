"""The only way to see anything of the patrol."""

from gantang.patrol.queries.plans import broken, conflict_lines, gap_lines, read_plan, table

__all__ = ["broken", "conflict_lines", "gap_lines", "read_plan", "table"]
