"""Questions that people ask, on the shipped demo: what is answered is compared with the catalogue and the target."""

import re
from collections import Counter
from functools import cache

import pytest

from recexplainer_core.bundle import Bundle
from recexplainer_core.bundle.talking import open_talk
from recexplainer_core.dialogue.talk import Talk
from recexplainer_core.locations import ASSETS
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.rationale.explainer import Explainer
from recexplainer_core.recommenders.base import top_items
from recexplainer_core.surrogate.engine import Engine

USERS = ("viewer-0003", "viewer-0100", "viewer-0371")


@cache
def opened() -> tuple[Bundle, Explainer]:
    bundle = Bundle.open(ASSETS / "demo-pocket")
    return bundle, Explainer(
        Engine(bundle.load_surrogate(), bundle.catalogue, bundle.recommender), "template"
    )


def talk_about(user: str = USERS[0]) -> Talk:
    bundle, explainer = opened()
    history = bundle.history(bundle.histories.find(user))
    [[best]] = top_items(bundle.recommender, [history.recent], 1, [history.seen])
    return open_talk(bundle, explainer, history, best.item, AlignmentMode.HYBRID)


def named(text: str) -> list[int]:
    catalogue = opened()[0].catalogue
    found = (catalogue.resolve(title) for title in re.findall(r"«([^»]+)»", text))
    return [item for item in found if item is not None]


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("What sort of movies is this person into?", "taste"),
        ("Sum up this viewer.", "taste"),
        ("Do they prefer older films?", "taste"),
        ("Which director do they watch most often?", "taste"),
        ("How has their taste shifted?", "taste"),
        ("Do they like westerns?", "taste"),
        ("What have they watched?", "taste"),
        ("Would this viewer enjoy Seven Samurai?", "interest"),
        ("would they like alien", "interest"),
        ("Should we recommend Fargo?", "interest"),
        ("Rather Heat or Fargo?", "interest"),
        ("Which comes first: Vertigo or Psycho?", "interest"),
        ("How confident is it in its first choice?", "interest"),
        ("What should they watch next?", "interest"),
        ("Can you suggest something from France?", "interest"),
        ("why", "why"),
        ("Explain this recommendation.", "why"),
        ("What made the recommender choose this?", "why"),
        ("Which film counts most here?", "why"),
        ("Why not Psycho instead?", "why"),
        ("Is it because of the genre?", "why"),
        ("Is this explanation true?", "why"),
        ("Who made Alien, I mean who directed it?", "item"),
        ("What year is Ran from?", "item"),
        ("What is Stalker about?", "item"),
        ("Tell me about Big Fish", "item"),
        ("What is similar to Blade Runner?", "item"),
        ("How popular is Alien?", "item"),
        ("Do you have Parasite?", "item"),
        ("How does the recommender work?", "model"),
        ("How accurate are you?", "model"),
        ("Should I believe this?", "model"),
        ("What don't you know about them?", "model"),
        ("How many viewers are there?", "model"),
        ("What does hybrid mean?", "model"),
        ("Is the LLM just guessing?", "model"),
        ("Does the order of the history matter?", "model"),
        ("What is the safest bet for them?", "interest"),
        ("Do they prefer comedies or dramas?", "taste"),
        ("Would it still be there without the last film they watched?", "why"),
        ("Tell me a joke.", "outside"),
        ("Delete everything.", "outside"),
        ("qwertz uiop", "outside"),
        ("???", "outside"),
    ],
)
def test_it_is_understood(question, kind):
    answer = talk_about().ask(question)
    assert answer.kind == kind, answer.text
    assert answer.declined is (kind == "outside")
    assert answer.declined or answer.source


@pytest.mark.parametrize("user", USERS)
def test_where_an_item_stands_is_what_the_target_says(user):
    talk = talk_about(user)
    answer = talk.ask("Would they like Stalker?")
    item = opened()[0].catalogue.find("Stalker")
    assert item not in talk.context.history.seen
    assert f"no. {talk.context.order.index(item) + 1:,} of" in answer.text
    assert all(check.holds for check in answer.checks)


@pytest.mark.parametrize("user", USERS)
def test_who_comes_first_is_said_with_both_places(user):
    talk = talk_about(user)
    answer = talk.ask("Would they rather see Heat or Fargo?")
    catalogue, order = opened()[0].catalogue, talk.context.order
    heat, fargo = catalogue.find("Heat"), catalogue.find("Fargo")
    if {heat, fargo} & set(talk.context.history.seen):
        assert "already" in answer.text
    else:
        places = {f"no. {order.index(one) + 1:,}" for one in (heat, fargo)}
        assert places <= set(re.findall(r"no\. [\d,]*\d", answer.text))


@pytest.mark.parametrize("user", USERS)
def test_counts_are_those_of_the_history(user):
    talk = talk_about(user)
    catalogue, recent = opened()[0].catalogue, talk.context.history.recent
    counts = Counter(value for item in recent for value in catalogue.values(item, "country"))
    best, most = counts.most_common(1)[0]
    answer = talk.ask("Which country's films do they watch most?")
    assert f"{most} of the last {len(recent)}" in answer.text and best in answer.text


def test_facts_are_the_catalogues():
    assert talk_about().ask("Who directed Alien?").text == "The director of «Alien» is Ridley Scott."
    assert talk_about().ask("When did Seven Samurai come out?").text == "The year of «Seven Samurai» is 1954."
    assert "does not say that" in talk_about().ask("Who stars in Alien?").text
    answer = talk_about().ask("Is The Nonexistent Picture in the catalogue?")
    assert answer.text.startswith("No film called “The Nonexistent Picture”")


@pytest.mark.parametrize("user", USERS)
def test_without_something_the_target_is_asked(user):
    talk = talk_about(user)
    context = talk.context
    film = context.history.recent[-1]
    outcome = context.removals(context.item).without([film])
    answer = talk.ask(f"What if they had not seen {context.catalogue.titles[film]}?")
    assert re.search(rf"(?:becomes|still) no\. {outcome.rank:,}\b", answer.text)


def test_a_film_that_was_not_seen_changes_nothing():
    talk = talk_about()
    catalogue, seen = talk.context.catalogue, talk.context.history.seen
    stranger = next(i for i in range(len(catalogue)) if i not in seen)
    assert "nothing changes" in talk.ask(f"And without {catalogue.titles[stranger]}?").text


def test_questions_go_on_from_the_last_answer():
    talk = talk_about()
    reason = talk.ask("Why?")
    cited = [item for item in named(reason.text) if item in talk.context.history.recent]
    assert set(named(talk.ask("And without those?").text)) >= set(cited)
    talk.ask("Why?")
    assert len(talk.ask("shorter").text) < len(reason.text)
    assert "«Alien»" in talk.ask("Would they like Alien?").text
    assert "«Alien»" in talk.ask("And why?").text
    assert talk.context.listed[1] in named(talk.ask("And the second one?").text)


def test_the_figures_are_the_reports():
    report = opened()[0].report
    assert report is not None
    first = report.modes["hybrid"]["acc@1"].value
    assert f"{100 * first:.0f}%" in talk_about().ask("How often are you right?").text
    whole = report.reasons.modes["hybrid"]["wholly_true"].value
    assert f"{100 * whole:.0f}%" in talk_about().ask("Can I trust this explanation?").text


@pytest.mark.parametrize(
    "text", ["x" * 10_000, "«" * 50, "{item} [a|b] \\ $ <script>", "T T T V V V", "\n\n", "Why " * 60]
)
def test_hostile_questions_are_harmless(text):
    assert talk_about().ask(text).text


@pytest.mark.parametrize("user", USERS)
def test_a_suggestion_has_every_value_that_is_asked_for(user):
    talk = talk_about(user)
    catalogue = talk.context.catalogue
    found = named(talk.ask("Recommend a thriller from the 1970s").text)
    assert found and all(
        "thriller" in catalogue.values(one, "genres") and "1970s" in catalogue.values(one, "decade")
        for one in found
    )


def test_this_film_is_the_one_on_screen():
    talk = talk_about()
    [director, *_] = talk.context.catalogue.values(talk.context.item, "director")
    assert director in talk.ask("Who is the director of this film?").text
    assert talk.ask("What else did the director make?").kind == "item"


def test_the_words_of_the_screens_are_explained():
    assert "reads the titles and gets the target's vectors" in talk_about().ask("What does hybrid mean?").text
    assert "first title is the target's first choice" in talk_about().ask("what is acc@1?").text


def test_the_data_are_counted():
    bundle, _ = opened()
    text = talk_about().ask("How many viewers are there?").text
    assert f"{len(bundle.histories):,} viewers" in text and f"{len(bundle.catalogue)} films" in text


def test_the_film_watched_last_can_be_taken_out():
    talk = talk_about()
    answer = talk.ask("Would it still be recommended without the last film they watched?")
    assert answer.items == (talk.context.item, talk.context.history.recent[-1])


def test_two_tastes_are_counted():
    talk = talk_about()
    catalogue, recent = opened()[0].catalogue, talk.context.history.recent
    counts = Counter(value for item in recent for value in catalogue.values(item, "genres"))
    text = talk.ask("Do they prefer comedies or dramas?").text
    assert f"{counts['drama']} drama" in text and f"{counts['comedy']} comedy" in text


def test_whether_the_order_matters_is_tried_out():
    talk = talk_about()
    target, history = opened()[0].recommender, talk.context.history
    [turned] = top_items(target, [history.recent[::-1]], 10, [history.seen])
    kept = {one.item for one in turned} & set(talk.context.order[:10])
    assert f"keeps {len(kept)} of its 10" in talk.ask("Does the order matter?").text


def test_the_two_that_were_named_are_those_of_the_last_answer_that_named_two():
    talk = talk_about("viewer-0371")
    behind = talk.ask("Which films are behind this recommendation?")
    named = [item for item in behind.items if item in talk.context.history.recent][:2]
    assert len(named) == 2
    talk.ask("Who directed Alien?")
    answer = talk.ask("Would it still be on the list without the two films you named?")
    assert answer.items == (talk.context.item, *named)
