"""What a proposed trade would do: which verdicts change, and the largest amount that would still pass.

A trade is applied to the rows of what is owned, and these are judged as any others; so the answer is right for every
rule that there is. The largest amount is worked out where a figure follows the amount along a straight line: from sums
of which everything is known, or from the verdicts at some amounts, and then made sure of by judging it and the next
larger one.

| what | where |
|---|---|
| which column a trade adds to | `owned` |
| trades as they are read | `proposed` |
| the rows with a trade | `applying` |
| the largest amount that passes | `lines` (which limits follow a straight line), `largest` |
| what trades move in the sums of a session | `standing`, `brought`, `moves`, `moving` |
| many trades in short | `shortly`, `short_text` |
| the answer | `session`, `effects`, `answer`; `text` and `json` print it |
| millions of rows | `book`, from the sums of a board |
"""

from policydsl.whatif.answer import WhatIf
from policydsl.whatif.session import Session

__all__ = ["Session", "WhatIf"]
