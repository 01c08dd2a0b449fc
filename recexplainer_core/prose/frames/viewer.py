"""For the user: second person, friendly, without ranks; as somebody in a good shop would put it."""

from __future__ import annotations

from collections.abc import Mapping

_FIRST = "[is right at the top for you|is one of the best matches for you|is among the very first things to suggest to you|comes up among the very first for you]"
_LISTED = "[is suggested to you|is a good match for you|is one of the suggestions for you|is on your list]"
_NEAR = "[is not among your suggestions, if only just|just misses your suggestions|is no suggestion for you, though not far from one]"
_FAR = "[is nothing to suggest to you|is far from what we would suggest to you|is a long way from your suggestions]"


def _interest(place: str) -> tuple[str, ...]:
    """Return the frames for a taste that several titles show, with what is said of the item's place."""
    return (
        f"{{item}} {place}, because you [like|enjoy|go for] {{taste}}, as {{films}} [show|tell us|suggest].",
        f"You [like|enjoy|keep coming back to|have a soft spot for] {{taste}}, as {{films}} [show|suggest|tell us], [so|and that is why] {{item}} {place}.",
        f"{{films}} [tell us|suggest|give away] that you [like|enjoy|are drawn to] {{taste}}, [so|and so|and for that] {{item}} {place}.",
        f"[Since|As|Because] you [like|enjoy|go for|are drawn to] {{taste}} ([think of|see|take] {{films}}), {{item}} {place}.",
        f"[If|When] {{films}} are [anything to go by|any guide], you [like|enjoy] {{taste}}, and {{item}} {place} [for that|on that account].",
        f"[After|With] {{films}}, your [taste for|liking for|interest in] {{taste}} is [plain|clear|easy to see], and {{item}} {place}.",
        f"[There is a thread through|There is something shared by|Something runs through] {{films}}: {{taste}}. You [like|enjoy] it, so {{item}} {place}.",
        f"You [seem to like|seem to enjoy|look like someone who likes] {{taste}}; {{films}} [say so|show it], and {{item}} {place}.",
        f"{{item}} {place}: it [goes with|fits|suits] your [taste for|liking for|interest in] {{taste}}, [shown by|as seen in] {{films}}.",
        f"[Choices like|Titles like|Picks such as] {{films}} [tell us|show|suggest] that you [like|enjoy] {{taste}}, and {{item}} {place}.",
        f"For [somebody who likes|someone who likes|a friend of] {{taste}}, as {{films}} [show you to be|suggest you are], {{item}} is easy to name: it {place}.",
        f"You [chose|picked|took to] {{films}}, so you [like|enjoy] {{taste}}; that is why {{item}} {place}.",
    )  # fmt: skip


def _interest_one(place: str) -> tuple[str, ...]:
    return (
        f"{{item}} {place}, because you [like|enjoy|go for] {{taste}}, as {{film}} [shows|tells us|suggests].",
        f"You [like|enjoy|have a soft spot for] {{taste}}, as {{film}} [shows|suggests], [so|and that is why] {{item}} {place}.",
        f"{{film}} [tells us|suggests|gives away] that you [like|enjoy|are drawn to] {{taste}}, [so|and so] {{item}} {place}.",
        f"[Since|As|Because] you [like|enjoy|go for] {{taste}} ([think of|see|take] {{film}}), {{item}} {place}.",
        f"[If|When] {{film}} is [anything to go by|any guide], you [like|enjoy] {{taste}}, and {{item}} {place} for that.",
        f"{{item}} {place}: it [goes with|fits|suits] your [taste for|liking for|interest in] {{taste}}, [shown by|as seen in] {{film}}.",
    )  # fmt: skip


def _cites(place: str) -> tuple[str, ...]:
    return (
        f"{{item}} {place} because of {{films}}.",
        f"[Because|Since|As] you {{consumed}} {{films}}, {{item}} {place}.",
        f"{{films}} [lead to|point to|bring us to] {{item}}, which {place}.",
        f"You {{consumed}} {{films}}, [and|so] {{item}} {place}.",
        f"{{item}} {place}, [thanks to|on account of|going by] {{films}}.",
        f"[After|Coming from|With] {{films}}, {{item}} {place}.",
        f"[What made us think of|What brings up|Behind] {{item}}, which {place}, are {{films}}.",
        f"{{films}} [are why|are the reason that] {{item}} {place}.",
        f"{{item}} {place}, and [you have|that comes from] {{films}} [to thank for it|in your history].",
        f"It was {{films}} that [made us think of|led us to] {{item}}, and it {place}.",
    )  # fmt: skip


def _cite(place: str) -> tuple[str, ...]:
    return (
        f"{{item}} {place} because of {{film}}.",
        f"[Because|Since|As] you {{consumed}} {{film}}, {{item}} {place}.",
        f"{{film}} [leads to|points to|brings us to] {{item}}, which {place}.",
        f"You {{consumed}} {{film}}, [and|so] {{item}} {place}.",
        f"{{item}} {place}, [thanks to|on account of|going by] {{film}}.",
        f"[After|Coming from|With] {{film}}, {{item}} {place}.",
        f"[What made us think of|What brings up|Behind] {{item}}, which {place}, is {{film}}.",
        f"{{film}} [is why|is the reason that] {{item}} {place}.",
        f"It was {{film}} that [made us think of|led us to] {{item}}, and it {place}.",
    )  # fmt: skip


def _nothing(place: str) -> tuple[str, ...]:
    return (
        f"{{item}} {place}; [nothing you {{consumed}}|no title of yours] [clearly speaks for it|stands out as the reason].",
        f"{{item}} {place}, [and|but] we [cannot name|find] [a clear reason|one clear reason] [in|among] what you {{consumed}}: there is none.",
        f"[Nothing|No title] among what you {{consumed}} [makes a clear case for|clearly leads to] {{item}}, which {place}.",
    )  # fmt: skip


FRAMES: Mapping[str, tuple[str, ...]] = {
    "first_interest": _interest(_FIRST),
    "recommended_interest": _interest(_LISTED),
    "plain_interest": (
        "You [like|enjoy|keep coming back to|have a soft spot for] {taste}, as {films} [show|suggest|tell us], and {item} [is more of that|goes the same way|has it, too].",
        "{films} [tell us|suggest|give away] that you [like|enjoy|are drawn to] {taste}, and {item} [offers that|goes that way|has it as well].",
        "What {item} has [to offer you|for you] is {taste}, which you [like|enjoy], [going by|to judge by|as we see from] {films}.",
        "[If|When] {films} are [anything to go by|any guide], you [like|enjoy] {taste}; {item} [goes that way|has that, too|is more of it].",
        "{item} [goes with|fits|suits] your [taste for|liking for|interest in] {taste}, [shown by|as seen in|plain from] {films}.",
        "[Something runs through|There is a thread through] {films}: {taste}. You [like|enjoy] it, and {item} [has it, too|is more of it].",
        "[Since|As|Because] you [like|enjoy|go for] {taste} ([think of|see|take] {films}), {item} [may be yours|makes sense|is worth a look].",
    ),
    "first_interest_one": _interest_one(_FIRST),
    "recommended_interest_one": _interest_one(_LISTED),
    "plain_interest_one": (
        "You [like|enjoy|have a soft spot for] {taste}, as {film} [shows|suggests], and {item} [is more of that|goes the same way|has it, too].",
        "{film} [tells us|suggests|gives away] that you [like|enjoy] {taste}, and {item} [offers that|goes that way].",
        "What {item} has [to offer you|for you] is {taste}, which you [like|enjoy], [going by|to judge by] {film}.",
        "{item} [goes with|fits|suits] your [taste for|liking for] {taste}, [shown by|as seen in] {film}.",
    ),
    "first_cites": _cites(_FIRST),
    "recommended_cites": _cites(_LISTED),
    "plain_cites": (
        "{films} [speak for|lead to|point to|bring us to] {item}.",
        "[If|Where] {item} is for you, it is because of {films}.",
        "[What made us think of|What brings up|Behind] {item} [are|stand] {films}.",
        "It was {films} that [made us think of|led us to|brought up] {item}.",
        "[From|After|With] {films} it is [a short step|not far|an easy step] to {item}.",
        "[Because|Since|As] you {consumed} {films}, {item} [comes to mind|makes sense|suggests itself].",
    ),
    "first_cite": _cite(_FIRST),
    "recommended_cite": _cite(_LISTED),
    "plain_cite": (
        "{film} [speaks for|leads to|points to|brings us to] {item}.",
        "[If|Where] {item} is for you, it is because of {film}.",
        "[What made us think of|What brings up|Behind] {item} [is|stands] {film}.",
        "It was {film} that [made us think of|led us to|brought up] {item}.",
        "[From|After|With] {film} it is [a short step|not far|an easy step] to {item}.",
        "[Because|Since|As] you {consumed} {film}, {item} [comes to mind|makes sense|suggests itself].",
    ),
    "near_cites": (
        f"{{item}} {_NEAR}; {{films}} [do speak|speak] for it.",
        f"{{films}} [speak for|point to] {{item}}, but [others come first|not strongly enough]: it {_NEAR}.",
        f"[Even with|For all that] {{films}} [speaking|arguing] for it, {{item}} {_NEAR}.",
    ),
    "near_cite": (
        f"{{item}} {_NEAR}; {{film}} [does speak|speaks] for it.",
        f"{{film}} [speaks for|points to] {{item}}, but [others come first|not strongly enough]: it {_NEAR}.",
        f"[Even with|For all that] {{film}} [speaking|arguing] for it, {{item}} {_NEAR}.",
    ),
    "far_cites": (
        f"{{item}} {_FAR}, [though|even if] {{films}} speak for it.",
        f"{{films}} [speak for|point to] {{item}}, but it {_FAR}.",
        f"[Something|A little] speaks for {{item}}, {{films}}, [yet|and still] it {_FAR}.",
    ),
    "far_cite": (
        f"{{item}} {_FAR}, [though|even if] {{film}} speaks for it.",
        f"{{film}} [speaks for|points to] {{item}}, but it {_FAR}.",
        f"[Something|A little] speaks for {{item}}, {{film}}, [yet|and still] it {_FAR}.",
    ),
    "first_nothing": _nothing(_FIRST),
    "recommended_nothing": _nothing(_LISTED),
    "near_nothing": _nothing(_NEAR),
    "far_nothing": _nothing(_FAR),
    "plain_nothing": (
        "[Nothing|No title] among what you {consumed} [makes a clear case for|clearly leads to|clearly speaks for] {item}.",
        "For {item} we [found|can name] no [clear reason|good reason] [in|among] what you {consumed}.",
        "[In|Among] what you {consumed} there is no clear reason for {item}.",
    ),
    "prefers_cites": (
        "{item} [suits you better than|comes before|is more for you than] {other}, [because of|going by|thanks to] {films}.",
        "{films} [tip the balance|make the difference]: {item} [comes before|suits you better than] {other}.",
        "[Between the two|Of the two], {item} [comes before {other}|is more for you than {other}], and {films} are why.",
    ),
    "prefers_cite": (
        "{item} [suits you better than|comes before|is more for you than] {other}, [because of|going by|thanks to] {film}.",
        "{film} [tips the balance|makes the difference]: {item} [comes before|suits you better than] {other}.",
        "[Between the two|Of the two], {item} [comes before {other}|is more for you than {other}], and {film} is why.",
    ),
    "prefers": (
        "{item} [suits you better than|comes before|is more for you than] {other}.",
        "[Between the two|Of the two], {item} [comes first, {other} after it|is more for you than {other}].",
    ),
    "also_cites": (
        "{films} [speak for it, too|point the same way|lead there as well].",
        "[Besides|Beyond that|Apart from that], {films} [speak for it|lead there, too|point that way].",
        "[So do|And so do] {films}, [which speak for it as well|which point the same way].",
        "[It helps that|What helps is that|We also noticed that] you {consumed} {films}.",
    ),
    "also_cite": (
        "{film} [speaks for it, too|points the same way|leads there as well].",
        "[Besides|Beyond that|Apart from that], {film} [speaks for it|leads there, too|points that way].",
        "[So does|And so does] {film}, [which speaks for it as well|which points the same way].",
        "[It helps that|What helps is that|We also noticed that] you {consumed} {film}.",
    ),
    "shares": (
        "Like {film}, it {kind}.",
        "[It {kind}, just like {film}|It {kind}, as {film} does].",
        "[What they share|What the two have in common]: each of them {kind}.",
        "{film} {kind}, and the same [goes for|can be said of|is true of] this one.",
        "[You may remember that|You will know that|As you know,] {film} {kind}; the same goes for this one.",
    ),
    "strongest": (
        "[More than anything else|Above all|First and foremost], it is {film} that speaks for it.",
        "{film} [counts most|matters most|weighs most] here.",
        "[Nothing you {consumed}|No other title of yours] [counts for more|matters more|weighs more] here than {film}.",
        "[The biggest reason|The strongest reason|What matters most] is {film}.",
    ),
    "needed_it": (
        "Without {film} we would not [suggest it|have suggested it].",
        "[Had you not {consumed}|If you had not {consumed}] {film}, it would not be suggested.",
        "[Leave out|Take away] {film}, and it is [no longer suggested|no suggestion any more].",
        "It is suggested only as long as {film} [counts|is part of your history].",
    ),
    "needed": (
        "Without {films} we would not [suggest it|have suggested it].",
        "[Had you not {consumed}|If you had not {consumed}] {films}, it would not be suggested.",
        "[Leave out|Take away] {films}, and it is [no longer suggested|no suggestion any more].",
        "It is suggested only as long as {films} [count|are part of your history].",
    ),
    "robust_it": (
        "[Even without|Without] {film} we would still suggest it.",
        "[Had you not {consumed}|If you had not {consumed}] {film}, it would still be suggested.",
        "[Leave out|Take away] {film}, and it is [still suggested|a suggestion all the same].",
    ),
    "robust": (
        "[Even without|Without] {films} we would still suggest it.",
        "[Had you not {consumed}|If you had not {consumed}] {films}, it would still be suggested.",
        "[Leave out|Take away] {films}, and it is [still suggested|a suggestion all the same].",
    ),
    "against": (
        "{film} [speaks|counts] against it.",
        "[On the other hand|Then again], {film} [speaks against it|points elsewhere|pulls the other way].",
        "[What speaks against it|The one thing against it] is {film}.",
    ),
}  # fmt: skip
