"""The rules of the data: each states in its docstring what must be true, and yields what is not.

Each module registers its own when it is imported, so whoever imports RULES from here has them all.
"""

from . import backing, structure, wording
from .rule import RULES

__all__ = ["RULES", "backing", "structure", "wording"]
