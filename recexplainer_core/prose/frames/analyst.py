"""For whoever judges the recommender: third person, calm, with the item's place in the order."""

from __future__ import annotations

from collections.abc import Mapping

_FIRST = "[is among the first choices|is one of the top three|stands at the top of the list|comes out among the first three]"
_LISTED = "[is recommended|is among the first ten|makes the list|is one of the ten suggestions]"
_NEAR = "[is not recommended|misses the first ten|does not make the list], [though it is not far off|but comes close|if not by much]"
_FAR = "[is far from being recommended|stays far down the order|is nowhere near the list]"
_TASTE = "[a taste for|a liking for|an interest in]"
_SHOWN = "[shown by|to be seen in|visible in|which shows in]"


def _interest(place: str) -> tuple[str, ...]:
    """Return the frames for a taste that several titles show, behind what is said of the item's place."""
    return (
        f"{{item}} {place}: [this {{user}} has|there is|the history shows] {_TASTE} {{taste}}, {_SHOWN} {{films}}.",
        f"{{item}} {place} [because|as|since] this {{user}} [likes|keeps coming back to|is drawn to] {{taste}}, as {{films}} [show|make plain|suggest].",
        f"[Behind it|At the root of it|What is answered here] is {_TASTE} {{taste}}, {_SHOWN} {{films}}: {{item}} {place}.",
        f"This {{user}} [likes|is drawn to|keeps returning to] {{taste}}, as {{films}} [show|suggest|bear out], and {{item}} {place} [for that|on that account|for this reason].",
        f"{{films}} [point to|speak of|tell of] {_TASTE} {{taste}}, [and {{item}}|which {{item}} meets: it|and that is why {{item}}] {place}.",
        f"With {{films}} [in the history|behind them|on record], this {{user}} shows {_TASTE} {{taste}}, and {{item}} {place}.",
        f"[The pattern|The thread|What stands out] is {{taste}}: {{films}} [share it|have it in common|all show it], and {{item}} {place}.",
        f"{{item}} {place}, [in line with|in keeping with|following] {_TASTE} {{taste}} that {{films}} [show|reveal|make visible].",
        f"[The reason is|It comes down to|What counts is] {{taste}}: after {{films}}, {{item}} {place}.",
        f"{{item}} {place}, and {{taste}} [is the reason|is why|explains it], [witness|as seen in|to judge by] {{films}}.",
        f"[Going by|To judge by|Taken together,] {{films}}[, this|, the] {{user}} [likes|is fond of|looks for] {{taste}}; {{item}} {place}.",
        f"{{item}} {place}; it [answers|meets|serves] {_TASTE} {{taste}} [that|which] {{films}} [make clear|give away|show].",
    )  # fmt: skip


def _interest_one(place: str) -> tuple[str, ...]:
    return (
        f"{{item}} {place} [because|as|since] this {{user}} [likes|is drawn to] {{taste}}, as {{film}} [shows|suggests].",
        f"{{film}} [points to|speaks of|tells of] {_TASTE} {{taste}}, and {{item}} {place}.",
        f"{{item}} {place}: [there is|the history shows] {_TASTE} {{taste}}, {_SHOWN} {{film}}.",
        f"{{item}} {place}, [in line with|in keeping with] {_TASTE} {{taste}} that {{film}} [shows|reveals].",
        f"[The reason is|It comes down to] {{taste}}: after {{film}}, {{item}} {place}.",
        f"With {{film}} [in the history|on record], this {{user}} shows {_TASTE} {{taste}}, and {{item}} {place}.",
    )  # fmt: skip


def _cites(place: str) -> tuple[str, ...]:
    return (
        f"{{item}} {place} [because of|on account of|thanks to|owing to] {{films}}.",
        f"{{films}} [speak for|argue for|lead to|point to] {{item}}, which {place}.",
        f"{{item}} {place}, [and|where] {{films}} [are the reasons|account for it|speak for it].",
        f"[The case for|What speaks for|The support for] {{item}}, which {place}, [rests on|comes from|lies in] {{films}}.",
        f"{{item}} {place}: {{films}} [speak for it|pull it up|are behind it].",
        f"[After|Having {{consumed}}|With] {{films}}, [this {{user}} is offered|the target turns to|the step is short to] {{item}}, which {place}.",
        f"[Behind|What is behind] {{item}}, which {place}, [are|stand] {{films}}.",
        f"{{item}} {place}, [carried by|backed by|resting on|brought up by] {{films}}.",
        f"It is {{films}} that [speak for|lead to|bring up] {{item}}, and it {place}.",
        f"[Reasons|The reasons] [are|can be found] in the history: {{films}} [speak for|lead to] {{item}}, which {place}.",
    )  # fmt: skip


def _cite(place: str) -> tuple[str, ...]:
    return (
        f"{{item}} {place} [because of|on account of|thanks to|owing to] {{film}}.",
        f"{{film}} [speaks for|argues for|leads to|points to] {{item}}, which {place}.",
        f"{{item}} {place}, [and|where] {{film}} [is a reason|accounts for it|speaks for it].",
        f"[The case for|What speaks for|The support for] {{item}}, which {place}, [rests on|comes from|lies in] {{film}}.",
        f"{{item}} {place}: {{film}} [speaks for it|pulls it up|is behind it].",
        f"[After|Having {{consumed}}|With] {{film}}, [this {{user}} is offered|the target turns to|the step is short to] {{item}}, which {place}.",
        f"{{item}} {place}, [carried by|backed by|resting on|brought up by] {{film}}.",
        f"It is {{film}} that [speaks for|leads to|brings up] {{item}}, and it {place}.",
        f"[Behind|What is behind] {{item}}, which {place}, [is|stands] {{film}}.",
    )  # fmt: skip


def _nothing(place: str) -> tuple[str, ...]:
    return (
        f"{{item}} {place}; [nothing in this history|no title of the history] [clearly speaks|makes a clear case] for it.",
        f"{{item}} {place}, and [no reason for that stands out|this history gives no reason that could be named].",
        f"[No title|Nothing] [in this history|among the {{items_word}} {{consumed}}] makes a clear case for {{item}}, which {place}.",
    )  # fmt: skip


FRAMES: Mapping[str, tuple[str, ...]] = {
    "first_interest": _interest(_FIRST),
    "recommended_interest": _interest(_LISTED),
    "plain_interest": (
        f"{{item}} [meets|answers|speaks to|serves] {_TASTE} {{taste}}, {_SHOWN} {{films}}.",
        "What [speaks|can be said] for {item} is {taste}: {films} [show|suggest|bear out] that this {user} [likes|is drawn to|looks for] it.",
        "{films} [point to|speak of|tell of] [a taste for|a liking for|an interest in] {taste}, [and {item} meets it|which {item} answers|and {item} goes that way].",
        "This {user} [likes|is drawn to|keeps returning to] {taste}, as {films} [show|suggest|make plain], and {item} [goes that way|is more of it|answers that].",
        "[The link|The thread|What connects them] is {taste}: {item} has it [as {films} do|in common with {films}], and this {user} [likes|keeps coming back to] it.",
        "[Going by|To judge by] {films}, this {user} [likes|is fond of|looks for] {taste}, [and {item} offers that|which {item} offers|and {item} fits in].",
        "[Where|If] {item} [has a case|has something going for it], it is {taste}, which {films} [show|mark] as [an interest|a liking|a taste] of this {user}.",
        "With {films} [behind them|on record], this {user} shows [a taste for|an interest in] {taste}; {item} [answers|meets|serves] it.",
    ),
    "first_interest_one": _interest_one(_FIRST),
    "recommended_interest_one": _interest_one(_LISTED),
    "plain_interest_one": (
        f"{{item}} [meets|answers|speaks to|serves] {_TASTE} {{taste}}, {_SHOWN} {{film}}.",
        "What [speaks|can be said] for {item} is {taste}: {film} [shows|suggests] that this {user} [likes|is drawn to] it.",
        "{film} [points to|speaks of|tells of] [a taste for|an interest in] {taste}, [and {item} meets it|which {item} answers].",
        "[Going by|To judge by] {film}, this {user} [likes|looks for] {taste}, [and {item} offers that|which {item} offers].",
        "This {user} [likes|is drawn to] {taste}, as {film} [shows|suggests], and {item} [goes that way|answers that].",
    ),
    "first_cites": _cites(_FIRST),
    "recommended_cites": _cites(_LISTED),
    "plain_cites": (
        "{films} [speak for|argue for|lead to|point to] {item}.",
        "[What speaks for|The case for|The support for] {item} [rests on|comes from|lies in] {films}.",
        "[Behind|What is behind] {item} [are|stand] {films}.",
        "{item} [has|gets] its [support|backing] from {films}.",
        "If [anything|something] [speaks for|leads to|argues for] {item}, it is {films}.",
        "[Reasons|The reasons] for {item} [are|can be found] in the history: {films}.",
        "It is {films} that [speak for|lead to|bring up] {item}.",
        "[From|After|With] {films} the step to {item} is [short|a natural one|easy to follow].",
    ),
    "first_cite": _cite(_FIRST),
    "recommended_cite": _cite(_LISTED),
    "plain_cite": (
        "{film} [speaks for|argues for|leads to|points to] {item}.",
        "[What speaks for|The case for|The support for] {item} [rests on|comes from|lies in] {film}.",
        "[Behind|What is behind] {item} [is|stands] {film}.",
        "{item} [has|gets] its [support|backing] from {film}.",
        "If [anything|something] [speaks for|leads to|argues for] {item}, it is {film}.",
        "It is {film} that [speaks for|leads to|brings up] {item}.",
        "[From|After|With] {film} the step to {item} is [short|a natural one|easy to follow].",
    ),
    "near_cites": (
        f"{{item}} {_NEAR}; {{films}} [speak|argue] for it.",
        f"{{films}} [speak for|argue for|point to] {{item}}, but [not strongly enough|others come first]: it {_NEAR}.",
        f"[Even with|For all that] {{films}} [speaking|arguing] for it, {{item}} {_NEAR}.",
        f"{{item}} {_NEAR}. [In its favour are|What speaks for it are|It has the support of] {{films}}.",
    ),
    "near_cite": (
        f"{{item}} {_NEAR}; {{film}} [speaks|argues] for it.",
        f"{{film}} [speaks for|argues for|points to] {{item}}, but [not strongly enough|others come first]: it {_NEAR}.",
        f"[Even with|For all that] {{film}} [speaking|arguing] for it, {{item}} {_NEAR}.",
        f"{{item}} {_NEAR}. [In its favour is|What speaks for it is|It has the support of] {{film}}.",
    ),
    "far_cites": (
        f"{{item}} {_FAR}, [though|even if] {{films}} speak for it.",
        f"{{films}} [speak for|point to] {{item}}, but it {_FAR}.",
        f"[Something|There is something that] speaks for {{item}}, {{films}}, [yet|and still] it {_FAR}.",
        f"{{item}} {_FAR}; [in its favour are|what speaks for it are] {{films}}.",
    ),
    "far_cite": (
        f"{{item}} {_FAR}, [though|even if] {{film}} speaks for it.",
        f"{{film}} [speaks for|points to] {{item}}, but it {_FAR}.",
        f"[Something|There is something that] speaks for {{item}}, {{film}}, [yet|and still] it {_FAR}.",
        f"{{item}} {_FAR}; [in its favour is|what speaks for it is] {{film}}.",
    ),
    "first_nothing": _nothing(_FIRST),
    "recommended_nothing": _nothing(_LISTED),
    "near_nothing": _nothing(_NEAR),
    "far_nothing": _nothing(_FAR),
    "plain_nothing": (
        "[No clear reason for|Nothing that clearly speaks for] {item} can be named [in this history|in what was {consumed}].",
        "[In this history|Among the {items_word} {consumed}] [nothing|no title] [clearly speaks|makes a clear case] for {item}.",
        "For {item} [this history gives|there is] no reason [that could be named|that stands out].",
    ),
    "prefers_cites": (
        "{item} [comes before|ranks above|is put ahead of] {other} [because of|on account of|thanks to] {films}.",
        "{films} [tip the balance|decide it|make the difference]: {item} [comes before|ranks above] {other}.",
        "[Between the two|Of the two], {item} [comes first|wins over {other}|is preferred to {other}], [and {films} are why|on the strength of {films}].",
        "What [puts|lifts] {item} [ahead of|above] {other} [are|is the pull of] {films}.",
    ),
    "prefers_cite": (
        "{item} [comes before|ranks above|is put ahead of] {other} [because of|on account of|thanks to] {film}.",
        "{film} [tips the balance|decides it|makes the difference]: {item} [comes before|ranks above] {other}.",
        "[Between the two|Of the two], {item} [comes before {other}|wins over {other}|is preferred to {other}], [and {film} is why|on the strength of {film}].",
        "What [puts|lifts] {item} [ahead of|above] {other} is {film}.",
    ),
    "prefers": (
        "{item} [comes before|ranks above|is put ahead of|is preferred to] {other}.",
        "[Between the two|Of the two], the target [prefers {item} to {other}|puts {item} before {other}].",
        "{other} [comes after|ranks below|is put behind] {item}.",
    ),
    "also_cites": (
        "[Beyond that|Besides|Apart from that], {films} [speak|argue] for it, too.",
        "{films} [speak|argue|plead] for it [as well|, too|besides].",
        "[Further support|More support|Further backing] [comes from|lies in|is given by] {films}.",
        "It [also draws on|also rests on|has the support of|is also backed by] {films}.",
        "[To this|On top of this] [come|are added] {films}, which [speak for it|point the same way].",
        "{films} [pull|point|push] [in the same direction|the same way].",
    ),
    "also_cite": (
        "[Beyond that|Besides|Apart from that], {film} [speaks|argues] for it, too.",
        "{film} [speaks|argues|pleads] for it [as well|, too|besides].",
        "[Further support|More support|Further backing] [comes from|lies in|is given by] {film}.",
        "It [also draws on|also rests on|has the support of|is also backed by] {film}.",
        "[To this|On top of this] [comes|is added] {film}, which [speaks for it|points the same way].",
        "{film} [pulls|points|pushes] [in the same direction|the same way].",
    ),
    "shares": (
        "Like {film}, it {kind}.",
        "[What they share|What the two have in common|The common ground]: each of them {kind}.",
        "[It {kind}, just like {film}|It {kind}, as {film} does].",
        "{film} {kind}, and the same [goes for|can be said of|is true of] this one.",
        "With {film} it [shares|has in common] [one thing|this much]: it {kind}.",
        "[The two are alike in this|They have this in common|In one respect they are alike]: {film}, too, {kind}.",
    ),
    "strongest": (
        "{film} [weighs most|counts most|carries the most weight|has the largest part in it].",
        "[No title|Nothing in the history] [counts for more|weighs more|does more for it] than {film}.",
        "[The strongest reason|The largest part|What weighs most|The main support] is {film}.",
        "Most [weight|of the weight|of the pull] [lies with|falls to|comes from] {film}.",
        "[Above all|First and foremost|More than any other], it is {film} [that counts|that carries it|that speaks for it].",
        "[Of all titles|Of the whole history], {film} [speaks loudest|counts most|does most] for it.",
    ),
    "needed_it": (
        "Without {film} it would [drop out of the first ten|no longer be recommended|fall off the list|lose its place].",
        "[Take away {film}|Leave out {film}|Remove {film}], and it [drops out of the first ten|is no longer recommended|is gone from the list].",
        "Its place [hangs on|depends on|stands and falls with] {film}: without it, [it is no longer recommended|it drops out of the first ten].",
        "[Had|If] {film} not [been {consumed}|been in the history], it would [not be recommended|not be on the list].",
    ),
    "needed": (
        "Without {films} it would [drop out of the first ten|no longer be recommended|fall off the list|lose its place].",
        "[Take away|Leave out|Remove] {films}, and it [drops out of the first ten|is no longer recommended|is gone from the list].",
        "Its place [hangs on|depends on|stands and falls with] {films}: without them, [it is no longer recommended|it drops out of the first ten].",
        "[Were|Should] {films} [missing|taken out], it would [not be recommended|not be on the list|lose its place].",
    ),
    "robust_it": (
        "[Even without|Without] {film} it would [still be recommended|stay in the first ten|keep its place on the list].",
        "[Take away|Leave out|Remove] {film}, and it [is still recommended|stays in the first ten|remains on the list].",
        "Its place does not [hang on|depend on] {film}: without it, [it is still recommended|it stays in the first ten].",
    ),
    "robust": (
        "[Even without|Without] {films} it would [still be recommended|stay in the first ten|keep its place on the list].",
        "[Take away|Leave out|Remove] {films}, and it [is still recommended|stays in the first ten|remains on the list].",
        "Its place does not [hang on|depend on] {films}: without them, [it is still recommended|it stays in the first ten].",
    ),
    "against": (
        "{film} [speaks|counts|argues] against it.",
        "[On the other side|Against that], {film} [speaks against it|pulls the other way|weakens the case].",
        "[What speaks against it|The counterweight|The one thing against it] is {film}.",
        "{film} [pulls the other way|weakens the case|argues for something else].",
    ),
}  # fmt: skip
