"""The one owner of the language model at run time.

Nothing else touches the model: `generate` with several adapters is not safe from two threads at once. Callers wait
in a queue of bounded length; whoever waits too long is told so instead of left hanging.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import torch
from peft.tuners.lora import LoraLayer
from torch import Tensor
from transformers import (
    LogitsProcessor,
    StoppingCriteria,
    StoppingCriteriaList,
    TextIteratorStreamer,
)

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.errors import BusyError, ModelError, UnknownNameError
from recexplainer_core.recommenders.base import Recommender
from recexplainer_core.surrogate import prompts
from recexplainer_core.surrogate.encoding import Encoded, Encoder
from recexplainer_core.surrogate.model import AlignedLM, adapter_name
from recexplainer_core.surrogate.modes import AlignmentMode
from recexplainer_core.surrogate.reason_guard import EachRow, Marks, reason_guards
from recexplainer_core.surrogate.title_trie import OnlyTitles, TitleTrie

SPARE_BEAMS = 4
"""Beams beyond k, so that titles which start alike do not push each other out of the list."""
LONGEST_REASON = 120
"""Tokens after which a reason is cut off."""
IMPOSSIBLE = -1e8
"""Log-probability below which a returned beam is padding, not a title."""


@dataclass(frozen=True)
class Prediction:
    """An item and the log-probability that the language model gives its title."""

    item: int
    log_probability: float


class _Cancelled(StoppingCriteria):
    def __init__(self, event: threading.Event) -> None:
        self.event = event

    def __call__(self, input_ids: Tensor, scores: Tensor, **kwargs: Any) -> Tensor:
        return torch.full((len(input_ids),), self.event.is_set(), device=input_ids.device)


class Engine:
    """Answer for every mode from one model.

    Args:
        lm: the aligned language model.
        catalogue: the titles that can be said.
        recommender: the target, for its vectors.
        max_wait_s: seconds a caller waits for others before `BusyError`.
    """

    def __init__(
        self, lm: AlignedLM, catalogue: Catalogue, recommender: Recommender, max_wait_s: float = 20.0
    ) -> None:
        self.lm = lm.eval()
        self.catalogue, self.recommender, self.max_wait_s = catalogue, recommender, max_wait_s
        self.modes = (AlignmentMode.NONE, *lm.adapted)
        self.encoder = Encoder(lm.tokenizer)
        self._lock = threading.Lock()
        self.titles = [(*self.encoder.content(title), self.encoder.end) for title in catalogue.titles]
        self.title_trie = TitleTrie(self.titles)
        self._separator = self.encoder.content(prompts.SEPARATOR.text)[0]
        self._marks = Marks.of(lm.tokenizer)

    def predict(
        self,
        histories: Sequence[Sequence[int]],
        modes: Sequence[AlignmentMode],
        k: int = 10,
        seen: Sequence[Collection[int]] | None = None,
    ) -> list[list[Prediction]]:
        """Return the k most probable titles for each (history, mode) pair, best first, none of them seen.

        All pairs are answered from one mixed-adapter batch of the same beam search.

        Args:
            histories: n histories; the last `max_history` items count.
            modes: n modes.
            k: length of each list; shorter where fewer titles are left.
            seen: n collections of items not to be predicted; the histories themselves unless given.

        Raises:
            UnknownNameError: a mode the model was not aligned in.
            BusyError: the wait for other callers got too long.
        """
        self._check(modes)
        excluded = [frozenset(s) for s in (seen if seen is not None else histories)]
        with self._turn():
            return self._search(histories, modes, k, excluded)

    def write(
        self,
        asked: Sequence[Encoded],
        histories: Sequence[Sequence[int]],
        modes: Sequence[AlignmentMode],
        max_new_tokens: int,
        guard: LogitsProcessor | None = None,
    ) -> list[list[int]]:
        """Return the most probable answer to each question, token by token, without its end token.

        Args:
            asked: n encoded questions.
            histories: n, whose vectors fill the user slots.
            modes: n.
            max_new_tokens: where an answer is cut off.
            guard: what may be said; anything unless given.
        """
        self._check(modes)
        guards = [] if guard is None else [guard]
        with self._turn():
            inputs = self._inputs(asked, histories, modes)
            output = self._generate(inputs, modes, max_new_tokens=max_new_tokens, logits_processor=guards)
        end = self.encoder.end
        rows = output.sequences.tolist()
        return [row[: row.index(end)] if end in row else row for row in rows]

    def log_probabilities(
        self,
        asked: Sequence[Encoded],
        answers: Sequence[Sequence[int]],
        histories: Sequence[Sequence[int]],
        modes: Sequence[AlignmentMode],
    ) -> list[float]:
        """Return the log-probability of each answer's tokens after its question.

        Args:
            asked: n encoded questions.
            answers: n answers as tokens.
            histories: n, whose vectors fill the user slots.
            modes: n.
        """
        self._check(modes)
        with self._turn():
            whole = [question.followed_by(answer) for question, answer in zip(asked, answers, strict=True)]
            inputs = self._inputs(whole, histories, modes)
            if self.lm.adapted:
                inputs["adapter_names"] = [adapter_name(mode) for mode in modes]  # type: ignore[assignment]
            longest = max(map(len, answers))
            logits = self.lm.llm(**inputs, logits_to_keep=longest + 1, use_cache=False).logits[:, :-1]
            scores = logits.float().log_softmax(-1)
        return [
            float(
                scores[row, -len(answer) :]
                .gather(1, torch.tensor(answer, device=scores.device)[:, None])
                .sum()
            )
            for row, answer in enumerate(answers)
        ]

    def explain(
        self,
        history: Sequence[int],
        item: int,
        mode: AlignmentMode,
        verdict: str,
        cancel: threading.Event | None = None,
        temperature: float = 0.0,
    ) -> Iterator[str]:
        """Yield the reason why one item is, or is not, recommended, piece by piece as it is written.

        Citations stand between « and » and can only be titles of the history, or the item's own, each once; a
        remark in brackets behind one can only name what, by the catalogue, it shares with the item.

        Args:
            history: the user's items, oldest first.
            item: the item.
            mode: how the model is told about the user.
            verdict: the model's own, see `verdict.own_verdicts`; the question takes it for granted.
            cancel: set it to stop the writing at the next token.
            temperature: 0 for the most probable words, above it for other wordings.

        Raises:
            UnknownNameError: a mode the model was not aligned in.
            BusyError: the wait for other callers got too long.
        """
        self._check([mode])
        stop = cancel or threading.Event()
        streamer = TextIteratorStreamer(self.lm.tokenizer, skip_special_tokens=True)
        faults: list[BaseException] = []
        recent = tuple(history)[-self.recommender.max_history :]

        def write() -> None:
            try:
                with self._turn():
                    prompt = self.encoder.prompt(
                        prompts.rationale(self.catalogue, recent, item, mode, verdict)
                    )
                    guards = reason_guards(self.catalogue, self.encoder, self._marks, recent, item)
                    inputs = self._inputs([prompt], [recent], [mode])
                    self._generate(
                        inputs,
                        [mode],
                        max_new_tokens=LONGEST_REASON,
                        do_sample=temperature > 0,
                        **({"temperature": temperature} if temperature > 0 else {}),
                        logits_processor=guards,
                        stopping_criteria=StoppingCriteriaList([_Cancelled(stop)]),
                        streamer=streamer,
                    )
            except BaseException as fault:  # noqa: BLE001 - handed on to the reader of the stream
                faults.append(fault)
            finally:
                streamer.end()

        writer = threading.Thread(target=write, daemon=True)
        writer.start()
        try:
            yield from (piece for piece in streamer if piece)
        finally:
            stop.set()
            writer.join()
        if faults:
            raise faults[0]

    def explain_all(
        self,
        histories: Sequence[Sequence[int]],
        items: Sequence[int],
        mode: AlignmentMode,
        verdicts: Sequence[str],
        vectors_of: Sequence[Sequence[int]] | None = None,
    ) -> list[str]:
        """Return the most probable reasons for one item of each history, guarded as `explain` guards them.

        Args:
            histories: n histories.
            items: n items.
            mode: how the model is told about the users.
            verdicts: n verdicts, see `explain`.
            vectors_of: histories whose vectors fill the user slots; `histories` unless given. Items of either may
                be cited.
        """
        recent = [tuple(h)[-self.recommender.max_history :] for h in histories]
        other = (
            recent if vectors_of is None else [tuple(h)[-self.recommender.max_history :] for h in vectors_of]
        )
        asked = [
            self.encoder.prompt(prompts.rationale(self.catalogue, history, item, mode, verdict))
            for history, item, verdict in zip(recent, items, verdicts, strict=True)
        ]
        guard = EachRow(
            [
                reason_guards(self.catalogue, self.encoder, self._marks, (*history, *also), item)
                for history, also, item in zip(recent, other, items, strict=True)
            ]
        )
        answers = self.write(asked, other, [mode] * len(asked), LONGEST_REASON, guard)
        return [str(text) for text in self.lm.tokenizer.batch_decode(answers, skip_special_tokens=True)]

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._lock.acquire(timeout=self.max_wait_s):
            raise BusyError(
                f"The model is answering others and was not free within {self.max_wait_s:.0f} seconds. Try again."
            )
        try:
            with torch.inference_mode():
                yield
        finally:
            self._lock.release()

    def _check(self, modes: Sequence[AlignmentMode]) -> None:
        for mode in modes:
            if mode not in self.modes:
                raise UnknownNameError(
                    f"This bundle has no mode {mode!s}; it has {', '.join(self.modes)}. "
                    f"Build it with --modes {mode!s}."
                )

    def _inputs(
        self,
        encoded: Sequence[Encoded],
        histories: Sequence[Sequence[int]],
        modes: Sequence[AlignmentMode],
    ) -> dict[str, Tensor]:
        user_vectors = self.recommender.user_vectors(histories)
        return self.lm.embed(encoded, modes, user_vectors, self.recommender.item_vectors)

    def _search(
        self,
        histories: Sequence[Sequence[int]],
        modes: Sequence[AlignmentMode],
        k: int,
        excluded: Sequence[Collection[int]],
    ) -> list[list[Prediction]]:
        recent = [tuple(h)[-self.recommender.max_history :] for h in histories]
        encoded = [self.next_item_question(h, mode) for h, mode in zip(recent, modes, strict=True)]
        kept = min(k, max(1, len(self.catalogue) - min(map(len, excluded))))
        beams = kept + SPARE_BEAMS
        end = self.encoder.end
        ends = [self._separator if mode is AlignmentMode.NONE else end for mode in modes]
        output = self._generate(
            self._inputs(encoded, recent, modes),
            modes,
            max_new_tokens=self.title_trie.depth,
            num_beams=beams,
            num_return_sequences=kept,
            length_penalty=0.0,
            logits_processor=[OnlyTitles(self.title_trie, excluded, beams, end, ends)],
        )
        rows: list[list[Prediction]] = [[] for _ in histories]
        for place, (said, score) in enumerate(
            zip(output.sequences.tolist(), output.sequences_scores.tolist(), strict=True)
        ):
            title = self._title(said)
            if title is not None and score > IMPOSSIBLE:
                rows[place // kept].append(Prediction(title, score))
        return rows

    def next_item_question(self, history: Sequence[int], mode: AlignmentMode) -> Encoded:
        """Return the question for the next item as a mode is asked it: before alignment, a list to continue."""
        prompt = prompts.next_item(self.catalogue, history, mode)
        if mode is AlignmentMode.NONE:
            return self.encoder.text_to_continue(prompt)
        return self.encoder.prompt(prompt)

    def _title(self, said: Sequence[int]) -> int | None:
        end = self.encoder.end
        leaf = self.title_trie.walk(said[: said.index(end) + 1]) if end in said else None
        return self.title_trie.title_at.get(leaf) if leaf is not None else None

    def _generate(self, inputs: dict[str, Tensor], modes: Sequence[AlignmentMode], **settings: Any) -> Any:
        settings = {
            "do_sample": False,
            "eos_token_id": self.encoder.end,
            "pad_token_id": self.encoder.placeholder,
            "return_dict_in_generate": True,
            "output_scores": True,
        } | settings
        inputs = {name: inputs[name] for name in ("inputs_embeds", "attention_mask")}
        if self.lm.adapted:
            settings["adapter_names"] = [adapter_name(mode) for mode in modes]
        try:
            return self.lm.llm.generate(**inputs, **settings)
        except RuntimeError as fault:
            # PEFT leaves its mixed-batch hooks behind when a forward pass fails; the next answer would use them.
            for module in self.lm.llm.modules():
                if isinstance(module, LoraLayer):
                    module._forward_pre_hooks.clear()  # type: ignore[attr-defined]
            raise ModelError(f"The language model failed while answering ({fault}).") from fault
