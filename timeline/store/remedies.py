"""What to do about YAML that libyaml refuses, by the words in which it does."""

_CLOSE = "close the quote or bracket that is opened here"
_OPENED = {  # remedies at the place where something begins, by what libyaml says of its end
    "unexpected end of stream": _CLOSE,
    "unexpected document indicator": _CLOSE,
    "expected ',' or": "close the bracket that is opened here, and put a comma between its parts; quote a text that holds ': '",
    "could not find expected ':'": "begin with a key and a colon, as in date: 2019, or indent the text of the key above further",
}
_HINTS = {  # remedies at the place where libyaml stopped
    "mapping values are not allowed": "quote a text that contains ': ', and check the indentation",
    "cannot start any token": "quote a text that begins with @, `, % or a tab",
    "invalid Unicode character escape": "write the character itself: half a surrogate pair (\\ud800 to \\udfff) or a number beyond \\U0010ffff is none",
    "unknown escape character": r"write \\ for a backslash, or put the text in single quotes",
    "hexdecimal number": r"give \x two digits, \u four and \U eight; or write \\ for a backslash",
    "incompatible YAML document": "remove the line; the format is YAML 1.1, and needs no %YAML",
    "version number": "remove the line; a store needs no %YAML",
    "directive name": "remove the line, or quote a text that begins with %",
    "<document start>": "keep one document a file: remove the lines with %, --- or ...",
    "block sequence entries are not allowed": "begin a list on the line below its key, or write it as [a, b]; quote a text that begins with '- '",
    "mapping keys are not allowed": "quote a text that begins with '? '",
    "comment or line break": "begin the text on the line below the > or |, or quote a text that begins so",
    "indentation indicator": "write > or | alone, and the text on the lines below it",
    "while scanning an anchor": "quote a text that begins with &",
    "while scanning an alias": "quote a text that begins with *",
    "scanning a tag": "quote a text that begins with !",
    "undefined tag handle": "quote a text that begins with !",
    "expected node content": "quote a text that begins with a comma or a bracket, and leave no place between two commas empty",
    "did not find expected key": "check the indentation and the quotes of this line and the one before it",
    "block collection": "check the indentation and the quotes of this line and the one before it",
    "block mapping": "check the indentation and the quotes of this line and the one before it",
}


def remedy(what: str) -> tuple[bool, str]:
    """The remedy for what libyaml says, and whether it is one for the place where something begins."""
    for opened, hints in ((True, _OPENED), (False, _HINTS)):
        if hint := next((hint for words, hint in hints.items() if words in what), ""):
            return opened, hint
    return False, "see docs/format.md for the form of a store"
