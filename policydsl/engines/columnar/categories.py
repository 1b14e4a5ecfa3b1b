"""Which labels of a category each row may have, as bits: one a label, and a last one for none."""

from collections.abc import Set

import numpy as np

from policydsl.engines.columnar.coded import NONE_CODE, UNKNOWN_CODE, Coded, Codes
from policydsl.engines.columnar.kleene import FALSE, TRUE, Truth, truth
from policydsl.engines.columnar.widening import Ints
from policydsl.figures.values import folded
from policydsl.model.expressions import Nothing, Value
from policydsl.model.rulebook import Category


def possible_labels(where: Truth, conditions: list[Truth]) -> Ints:
    """The bits of every row: the first label whose condition holds, an unknown condition being passed over too."""
    bits = np.min_scalar_type(1 << len(conditions))
    still = where != FALSE
    result: Ints = np.zeros(1, bits)
    for number, condition in enumerate(conditions):
        result = result | np.where(still & (condition != FALSE), bits.type(1 << number), bits.type(0))
        still = still & (condition != TRUE)
    result = result | np.where(still | (where != TRUE), bits.type(1 << len(conditions)), bits.type(0))
    return result


def has_label(possible: Ints, category: Category, labels: Set[str]) -> Truth:
    """Whether the label of each row is one of some: true or false only if so for every label that it may have."""
    asked = sum(1 << number for number, each in enumerate(category.labels) if each.label in labels)
    others = (2 << len(category.labels)) - 1 - asked
    inside = np.asarray(possible & asked, np.bool_)
    outside = np.asarray(possible & others, np.bool_)
    return truth(inside) - (inside & outside)


def label_column(possible: Ints, category: Category) -> Coded:
    """The category as a column: the label where only one is possible, none where surely none, else unknown."""
    labels = tuple(each.label for each in category.labels)
    codes = np.full(possible.shape, UNKNOWN_CODE, np.intp)
    for code in (*range(len(labels)), NONE_CODE):
        codes[possible == 1 << (code if code >= 0 else len(labels))] = code
    return Coded(codes, labels)


def label_sets(possible: Ints, category: Category) -> tuple[Codes, tuple[Value | frozenset[Value], ...]]:
    """A number for the labels that each row may have, and what the numbers stand for: a label as it is compared, none,
    or the set of them where there are several."""
    names = (*(folded(each.label) for each in category.labels), Nothing.NONE)
    bits, codes = np.unique(possible, return_inverse=True)
    sets = [frozenset(name for number, name in enumerate(names) if int(each) >> number & 1) for each in bits]
    return codes.reshape(possible.shape), tuple(next(iter(each)) if len(each) == 1 else each for each in sets)
