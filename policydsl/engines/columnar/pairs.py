"""Pairs: sums of a part and of its whole for each key.

Pairs over the same table and keys are worked out together from cells (see `cells`), all the surely counted ones of a
tally in a few steps for all keys at once. Where something is unknown the sums are kept apart by kind, and each key gets
those of its bins. Only where rows must be told apart are they gone through: the largest, and unknown rows of averages.

Cells are used whatever the number of rows: measured at 1,000 rows, they are as quick as a mask for each tally, and from
there on the time for forty tallies hardly grows.
"""

from collections.abc import Iterable, Mapping

import numpy as np

from policydsl.engines.columnar.bins import Bins
from policydsl.engines.columnar.cells import Cells, cells_of, sums_by
from policydsl.engines.columnar.coded import Codes
from policydsl.engines.columnar.joints import joint
from policydsl.engines.columnar.keys import Keyed
from policydsl.engines.columnar.kinds import COUNTED, UNSETTLED, moved
from policydsl.engines.columnar.kleene import Truth, all_of
from policydsl.engines.columnar.measures import measures_of
from policydsl.engines.columnar.rows import Rows
from policydsl.engines.columnar.shapes import Shape
from policydsl.figures.results import Joint
from policydsl.plan.tallies import Key, Pair
