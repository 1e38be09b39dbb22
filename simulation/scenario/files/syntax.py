"""What PyYAML says of a file that it cannot read, in words for an analyst."""

from __future__ import annotations

BAD_ESCAPE = "a backslash has a special meaning in double quotes; write the text in single quotes"
TAG = "use plain values instead of YAML tags, and put text that starts with '!' in quotes"

# What PyYAML says, what that means to an analyst, and whether the mistake is where the construct began
# (an opening quote) rather than where PyYAML noticed (the end of the file).
SYNTAX = (
    ("scanning a quoted scalar", "this quotation mark is never closed", True),
    ("scanning a double-quoted scalar", BAD_ESCAPE, False),
    ("mapping values are not allowed", "unexpected ':'; check the indentation, look for a missing ':' on "
     "the line above, and put text that contains ': ' in quotes", False),
    ("could not find expected ':'", "a ':' followed by a space is missing after this key", True),
    (r"found character '\t'", "a tab is not allowed here; use spaces throughout the file", False),
    ("cannot start any token", "text cannot start with this character; put it in quotes", False),
    ("scanning an anchor", "text that starts with '&' must be in quotes", True),
    ("scanning an alias", "text that starts with '*' must be in quotes", True),
    (" tag", TAG, True),
    ("mapping keys are not allowed", "text that starts with '? ' must be in quotes", False),
    ("sequence entries are not allowed", "a list item '-' must start on a line of its own", False),
    ("scanning a block scalar", "the text after '|' or '>' must start on the next line", False),
    ("directive", "a line cannot start with '%'", True),
    ("but found ':'", "a key is missing before this ':'", False),
    ("but found '<scalar>'", "unexpected text; check the quotes and the indentation", False),
    ("expected <block end>", "this does not line up with the lines above; check the indentation", False),
    ("parsing a flow sequence", "this list is not closed: a ',' or ']' is missing", True),
    ("parsing a flow mapping", "this bracket is not closed: a ',' or '}' is missing", True),
    ("found '<stream end>'", "the file ends where a value is expected; is a bracket left open?", False),
    ("expected the node content", "a value is expected here; text with a special character needs quotes",
     False),
    ("expected '<document start>'", "this does not belong to the lines above; check the brackets", False),
)  # fmt: skip
