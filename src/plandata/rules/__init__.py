"""The rules: one named function for each thing that must hold, a module for each group."""

from importlib import import_module

from plandata.rules.registry import GROUPS, RULES, Rule

__all__ = ["Rule", "all_rules"]


def all_rules() -> dict[str, Rule]:
    """Every rule by its id, in the order of the groups."""
    for group in GROUPS:
        import_module(f"plandata.rules.{group}")
    return RULES
