"""In a line, to stand beside a title: the whole reason, in as few words as it takes."""

from __future__ import annotations

from collections.abc import Mapping

_MORE = "[More|Some more|Once more|Yet more]"
_LIKED = "[for a liking for|for a taste for|out of an interest in|to suit a taste for]"

FRAMES: Mapping[str, tuple[str, ...]] = {
    "interest": (
        "{taste}, [as in|as seen in|known from|shown by|familiar from|the way of] {films}.",
        f"{_MORE} {{taste}}, [after|following|in the wake of|on the heels of|next to] {{films}}.",
        "[For|Suits|Fits|Goes with|Speaks to|Answers] [a liking for|a taste for|an interest in|a love of|a fondness for] {taste}: {films}.",
        "[For|Suits|Fits|Meets|Answers] [a liking for|a taste for|an interest in|a fondness for] {taste}, [shown by|seen in|plain from|clear from|evident from] {films}.",
        "{films}[: | – ][and so|and therefore|hence|which means|that spells|that adds up to|that points to|in a word,] {taste}.",
        "[Because|Since|As] {films} [speak of|point to|tell of|show|suggest|hint at] [a liking for|a taste for|an interest in|a love of] {taste}.",
        "[In line|In keeping|In tune|Of a piece] with [the {taste} of|a taste for {taste} in|a liking for {taste} in|an interest in {taste} behind] {films}.",
        "[After|With|From|Given] {films}[, | – ][some|more|further|yet more|again] {taste}.",
        "[Liked before|Enjoyed before|Chosen before|Sought out before]: {taste}, [as in|with|in the shape of|through] {films}.",
        "{taste} [again|once more|, as before|, as so often], [after|following|to follow|next to|alongside] {films}.",
        "[A thread|One thread|A common thread|The thread] through {films}: {taste}.",
        "{films} [share|have in common|have one thing in common:|are bound by|are united by] {taste}, [and this goes on with it|and so does this|and this has it, too].",
        "{taste} [is the link|is the thread|connects it|ties it|binds it] [to|with] {films}.",
        "[Another case of|A further case of|One more piece of|The next piece of] {taste}, [liked|enjoyed|shown] in {films}.",
    ),
    "interest_one": (
        "{taste}, [as in|as seen in|known from|shown by|familiar from] {film}.",
        f"{_MORE} {{taste}}, [after|following|in the wake of|on the heels of] {{film}}.",
        "[For|Suits|Fits|Goes with] [a liking for|a taste for|an interest in] {taste}, [shown by|seen in|plain from] {film}.",
        "[Because|Since|As] {film} [speaks of|points to|tells of|shows] [a liking for|a taste for|an interest in] {taste}.",
        "[After|With|From|Given] {film}[, | – ][some|more|further|again] {taste}.",
        "{taste} [again|once more|, as before], [after|following|next to] {film}.",
    ),
    "cites": (
        "[Because of|On account of|Thanks to|Owing to|In the wake of|On the strength of|By way of] {films}.",
        "[Goes with|Follows from|Follows on|Led to by|Suggested by|Brought up by|Backed by|Carried by|Prompted by] {films}.",
        "[After|From|With|Given|Going by|To judge by] {films}[.|, a short step.|, an easy step.|, not a long way.]",
        "{films} [speak for it|lead here|point this way|led here|are behind it|are the reason|account for it|bring it up|pull it up].",
        "[What speaks for it|What leads here|Behind it|The reason|The grounds|In its favour]: {films}.",
        "[Here|On show here|Up here] [because of|on account of|thanks to|by way of] {films}.",
        "[A step|A short step|One step|An easy step] from {films}.",
        "[In the company|On the trail|In the footsteps] of {films}.",
    ),
    "cite": (
        "[Because of|On account of|Thanks to|Owing to|In the wake of|On the strength of|By way of] {film}.",
        "[Goes with|Follows from|Follows on|Led to by|Suggested by|Brought up by|Backed by|Carried by|Prompted by] {film}.",
        "[After|From|With|Given|Going by|To judge by] {film}[.|, a short step.|, an easy step.|, not a long way.]",
        "{film} [speaks for it|leads here|points this way|led here|is behind it|is the reason|accounts for it|brings it up|pulls it up].",
        "[What speaks for it|What leads here|Behind it|The reason|The grounds|In its favour]: {film}.",
        "[Here|On show here|Up here] [because of|on account of|thanks to|by way of] {film}.",
        "[A step|A short step|One step|An easy step] from {film}.",
    ),
    "shares": (
        "[Because of|On account of|Thanks to] {film}; like it, this {kind}.",
        "{film} [speaks for it|leads here|is behind it]; [each of them|each of the two|like this one, it] {kind}.",
        "[Follows from|Suggested by|Brought up by] {film}: it {kind}, [too|as well|likewise].",
        "[After|With|Given] {film}, which [also|likewise|equally] {kind}.",
    ),
    "strongest": (
        "[Above all|First and foremost|More than anything else]: {film}.",
        "{film} [counts most|weighs most|matters most] here.",
    ),
    "nothing": (
        "[No clear reason|No single reason|Nothing that stands out|No reason to name] [in the history|among what was {consumed}|in what was {consumed}].",
        "[Nothing|No title] [in the history|among what was {consumed}] [clearly speaks|makes a clear case] for it.",
    ),
    "against": (
        "{film} [speaks against it|counts against it|pulls the other way|argues for something else].",
        "[Against it|What speaks against it|The one thing against it]: {film}.",
    ),
    "prefers_cites": (
        "[Before|Ahead of|Rather than|Preferred to] {other}, [because of|thanks to|on account of|owing to|going by] {films}.",
        "{films} [put it|lift it|bring it] [before|ahead of|above] {other}.",
    ),
    "prefers_cite": (
        "[Before|Ahead of|Rather than|Preferred to] {other}, [because of|thanks to|on account of|owing to|going by] {film}.",
        "{film} [puts it|lifts it|brings it] [before|ahead of|above] {other}.",
    ),
    "needed": (
        "{films} [carry it|speak for it|are behind it|hold it up|are what brings it here]; without them it [goes|would be gone|would not be here|would drop out|is no longer suggested].",
        "[Here because of|Owed to|Carried by|Brought up by|Rests on] {films}, and [gone|not suggested|out] without them.",
        "[Only|Just] with {films}, [which speak for it|which lead here|which bring it up][: without them it goes.|; without them it is not suggested.|, and without them not suggested.]",
        "{films} [lead here|point this way|pull it up]; [take them away|leave them out|without them], and it [is no longer suggested|drops out|is gone].",
    ),
    "needed_it": (
        "{film} [carries it|speaks for it|is behind it|holds it up|is what brings it here]; without it, this [goes|would be gone|would not be here|would drop out|is no longer suggested].",
        "[Here because of|Owed to|Carried by|Brought up by|Rests on] {film}, and [gone|not suggested|out] without it.",
        "[Only|Just] with {film}, [which speaks for it|which leads here|which brings it up][: without it, this goes.|; without it, not suggested.]",
        "{film} [leads here|points this way|pulls it up]; [take it away|leave it out], and this [is no longer suggested|drops out|is gone].",
    ),
    "robust": (
        "{films} [speak for it|lead here|point this way|are behind it|bring it up]; [even without them|without them, too,] it [stays|would stay|would still be suggested|keeps its place].",
        "[Suggested by|Backed by|Brought up by|Led to by|Goes with] {films}, [and|but] [suggested|here|on the list] [even without them|without them as well].",
        "[Because of|Thanks to|On account of] {films}, though [it would stay|it would be suggested|it keeps its place] without them.",
    ),
    "robust_it": (
        "{film} [speaks for it|leads here|points this way|is behind it|brings it up]; [even without that|without that, too,] it [stays|would stay|would still be suggested|keeps its place].",
        "[Suggested by|Backed by|Brought up by|Led to by|Goes with] {film}, [and|but] [suggested|here|on the list] [even without it|without it as well].",
        "[Because of|Thanks to|On account of] {film}, though [it would stay|it would be suggested|it keeps its place] without that.",
    ),
}  # fmt: skip
