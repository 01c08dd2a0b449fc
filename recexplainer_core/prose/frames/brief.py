"""How it is told in a line: one short sentence; "this" is the explained item. What follows from it is a tail."""

from __future__ import annotations

from collections.abc import Mapping

FRAMES: Mapping[str, tuple[str, ...]] = {
    "interest": (
        "This {user} [likes|enjoys|is drawn to|is fond of] {taste}, as {films} [show|suggest].",
        "{films} [show|suggest|point to] [a taste for|an interest in] {taste}, [which this suits|which {item} suits|and this suits it|and {item} suits it].",
        "[This|{item}] [suits|fits|goes with] [a taste for|an interest in] {taste}, [shown by|seen in] {films}.",
        "{item} [suits|fits] this {user}, who [likes|enjoys|is drawn to] {taste}, as {films} [show|suggest].",
        "[Going|Judging] by {films}, this {user} [likes|enjoys|is drawn to|is fond of] {taste}.",
        "{films} are {taste}, [the kind|the sort] this {user} [likes|enjoys|is drawn to].",
    ),
    "interest_one": (
        "This {user} [likes|enjoys|is drawn to|is fond of] {taste}, as {film} [shows|suggests].",
        "{film} [shows|suggests|points to] [a taste for|an interest in] {taste}, [which this suits|which {item} suits|and this suits it|and {item} suits it].",
        "[This|{item}] [suits|fits|goes with] [a taste for|an interest in] {taste}, [shown by|seen in] {film}.",
        "{item} [suits|fits] this {user}, who [likes|enjoys|is drawn to] {taste}, as {film} [shows|suggests].",
        "[Going|Judging] by {film}, this {user} [likes|enjoys|is drawn to|is fond of] {taste}.",
    ),
    "cites": (
        "{films} [speak for this|speak for {item}|lead to this|lead to {item}|point to this|point to {item}].",
        "[The reasons are|The reasons for this are|The reasons for {item} are] {films}.",
        "[{films} are|It is {films} that are] behind [this|{item}].",
        "[This|{item}] [follows from|comes from|goes back to] {films}.",
        "[This|{item}] is [backed|supported] by {films}.",
        "What [speaks for|leads to|is behind] [this|{item}] is that this {user} {consumed} {films}.",
    ),
    "cite": (
        "{film} [speaks for this|speaks for {item}|leads to this|leads to {item}|points to this|points to {item}].",
        "[The reason is|The reason for this is|The reason for {item} is] {film}.",
        "[{film} is|It is {film} that is] behind [this|{item}].",
        "[This|{item}] [follows from|comes from|goes back to] {film}.",
        "[This|{item}] is [backed|supported] by {film}.",
        "What [speaks for|leads to|is behind] [this|{item}] is that this {user} {consumed} {film}.",
    ),
    "nothing": (
        "No title in the history [clearly speaks for|stands out as a reason for|explains] [this|{item}].",
        "The history gives no [clear|particular] reason for [this|{item}].",
        "There is no [clear|particular] reason for [this|{item}] in the history.",
        "Nothing in the history [clearly speaks for|explains|makes a clear case for] [this|{item}].",
    ),
    "against": (
        "{film} [speaks|counts] against [this|{item}].",
        "What [speaks|counts] against [this|{item}] is {film}.",
        "[This|{item}] has {film} against it.",
    ),
    "prefers_cites": (
        "{item} comes [before|ahead of] {other} [because of|thanks to] {films}.",
        "{films} [put|bring] {item} [before|ahead of] {other}.",
    ),
    "prefers_cite": (
        "{item} comes [before|ahead of] {other} [because of|thanks to] {film}.",
        "{film} [puts|brings] {item} [before|ahead of] {other}.",
    ),
    "prefers": ("{item} comes [before|ahead of] {other}.",),
}
