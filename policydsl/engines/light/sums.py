"""What rows bring to a part and its whole: added up, and taken away again."""

from collections.abc import Iterable
from fractions import Fraction

from policydsl.engines.light.amounts import Sum
from policydsl.figures.joint import of_sizes, shape_and_size
from policydsl.figures.results import Choice, Joint


class Sums:
    """What is sure, over the denominators of part and whole, and the choices by their shape."""

    def __init__(self, den_of_part: int, den_of_whole: int) -> None:
        self._dens = den_of_part, den_of_whole
        self.part: Sum = 0
        self.whole: Sum = 0
        self.rows = self.unsure = 0
        self._sizes: dict[Choice, tuple[Fraction, int]] = {}

    def add(self, other: "Sums", sign: int = 1) -> None:
        """Adds what others bring, or takes it away."""
        self.part += sign * other.part
        self.whole += sign * other.whole
        self.rows += sign * other.rows
        self.unsure += sign * other.unsure
        for shape, (size, times) in other._sizes.items():
            self._more(shape, sign * size, sign * times)

    def may(self, choices: Iterable[Choice], rows: int = 1) -> None:
        """Adds choices; one of any size stands for that many rows."""
        for choice in choices:
            if len(choice.points) == 1 and not choice.rays:
                self.part += choice.points[0][0] * self._dens[0]
                self.whole += choice.points[0][1] * self._dens[1]
            else:
                self._more(*shape_and_size(choice), rows)

    def _more(self, shape: Choice, size: Fraction, times: int) -> None:
        before, already = self._sizes.get(shape, (Fraction(0), 0))
        if already + times if shape.rays else before + size:
            self._sizes[shape] = before + size, already + times
        else:
            self._sizes.pop(shape, None)

    def joint(self) -> Joint:
        """The result."""
        sizes = {shape: size for shape, (size, _) in self._sizes.items()}
        part, whole = Fraction(self.part, self._dens[0]), Fraction(self.whole, self._dens[1])
        return of_sizes(part, whole, sizes, self.rows, self.unsure)
