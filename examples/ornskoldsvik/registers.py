"""The registers of decisions, controls, reports and answers, in order. Part of `generate.py`."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

PARENT, ENERGY = "Rodret i Örnsköldsvik AB", "Övik Energi AB"
