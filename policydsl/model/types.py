"""The types of the language: units are types, and what does not mix says so by both sides' names."""

from policydsl._frozen import field, frozen

MONTHS = "months"
DAYS = "days"
BANKING_DAYS = "banking days in "
"""Before the country whose they are."""


@frozen
class Numeric:
    """A number with its dimensions: `(("SEK", 1),)` is money, `(("months", 1),)` a term, `()` a share or number."""

    dims: tuple[tuple[str, int], ...] = ()
    share: bool = False

    @property
    def currency(self) -> str | None:
        """The currency, if this is money and nothing else."""
        match self.dims:
            case ((unit, 1),) if unit not in (MONTHS, DAYS) and not unit.startswith(BANKING_DAYS):
                return unit
        return None

    @property
    def is_term(self) -> bool:
        """Whether this is a term, in months, days or banking days."""
        return self.dims in (((MONTHS, 1),), ((DAYS, 1),)) or self.banking is not None

    @property
    def banking(self) -> str | None:
        """The country in whose banking days this is a term."""
        match self.dims:
            case ((unit, 1),) if unit.startswith(BANKING_DAYS):
                return unit.removeprefix(BANKING_DAYS)
        return None


@frozen
class DateType:
    """A date."""


@frozen
class DateSpan:
    """The difference of two dates, which only compares with a term."""


@frozen
class GradeType:
    """A grade of a scale, held as its rank: 0 is the best, the count of grades is `unrated`; `names` are the grades."""

    scale: str
    names: tuple[str, ...] = field(default=(), eq=False, repr=False)


@frozen
class LabelType:
    """A label of a `one of` column or of a category (`owner` is its name)."""

    owner: str
    labels: tuple[str, ...]


@frozen
class TextType:
    """Text, compared without regard to case and outer spaces; the key of a link is text too."""

    link: str | None = None


@frozen
class YesNoType:
    """Yes or no: the type of conditions too."""


@frozen
class ListType:
    """A list of texts or grades."""

    of: TextType | GradeType


@frozen
class AnswersType:
    """The answers of all rows of a decision table that fit, of this type each: only what they contain is asked."""

    of: TextType | LabelType | GradeType


Type = Numeric | DateType | DateSpan | GradeType | LabelType | TextType | YesNoType | ListType | AnswersType

SHARE = Numeric(share=True)
NUMBER = Numeric()
TERM = Numeric(((MONTHS, 1),))
TERM_IN_DAYS = Numeric(((DAYS, 1),))
DATE = DateType()
TEXT = TextType()
YES_NO = YesNoType()


def money(currency: str) -> Numeric:
    """The type of money in a currency."""
    return Numeric(((currency, 1),))


def term_in_banking_days(country: str) -> Numeric:
    """The type of a term in the banking days of a country."""
    return Numeric(((BANKING_DAYS + country, 1),))


def product(left: Numeric, right: Numeric, power: int = 1) -> Numeric:
    """The type of a product, or with power -1 of a quotient: like units cancel, and leave a share."""
    dims = dict(left.dims)
    for unit, exponent in right.dims:
        dims[unit] = dims.get(unit, 0) + power * exponent
    kept = tuple(sorted((unit, exponent) for unit, exponent in dims.items() if exponent))
    cancelled = not kept and bool(left.dims or right.dims)
    return Numeric(kept, share=not kept and (cancelled or left.share or right.share))


def describe(type: Type) -> str:
    """A type in words: `money in SEK`, `a share`, `a term`, `a grade of long_rating`."""
    match type:
        case Numeric(dims=(), share=True):
            return "a share"
        case Numeric(dims=()):
            return "a plain number"
        case Numeric(dims=((unit, 1),)) if unit == MONTHS:
            return "a term in years or months"
        case Numeric(dims=((unit, 1),)) if unit == DAYS:
            return "a term in days"
        case Numeric(dims=((unit, 1),)) if unit.startswith(BANKING_DAYS):
            return "a term in banking days"
        case Numeric(dims=((unit, 1),)):
            return f"money in {unit}"
        case Numeric(dims=dims):
            return " × ".join(unit if power == 1 else f"{unit}^{power}" for unit, power in dims)
        case DateType():
            return "a date"
        case DateSpan():
            return "the time between two dates"
        case GradeType(scale=scale):
            return f"a grade of {scale}"
        case LabelType(owner=owner):
            return f"a label of {owner}"
        case TextType():
            return "text"
        case YesNoType():
            return "yes or no"
        case ListType(of=of):
            return f"a list of {'grades' if isinstance(of, GradeType) else 'texts'}"
        case AnswersType():
            return "several answers at once"
