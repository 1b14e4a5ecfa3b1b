"""Characters as a message can show them."""

import unicodedata


def described(character: str) -> str:
    """The character itself, or its number and name if it has no shape."""
    if character.isprintable() and not character.isspace():
        return f"`{character}`"
    return f"the character U+{ord(character):04X} ({unicodedata.name(character, 'a control character').lower()})"
