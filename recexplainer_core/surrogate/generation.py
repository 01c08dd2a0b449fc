"""The one owner of the language model at run time.

Nothing else touches the model: `generate` with several adapters is not safe from two threads at once. Callers wait
in a queue of bounded length; whoever waits too long is told so instead of left hanging.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import torch
from peft.tuners.lora import LoraLayer
from torch import Tensor
from transformers import LogitsProcessor, StoppingCriteria, StoppingCriteriaList, TextIteratorStreamer

from recexplainer_core.errors import BusyError, ModelError, UnknownNameError
from recexplainer_core.histories import History
from recexplainer_core.lm.encoding import Encoded, Encoder
from recexplainer_core.lm.model import AlignedLM, adapter_name
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.recommenders.base import Recommender


class _Cancelled(StoppingCriteria):
    def __init__(self, *events: threading.Event) -> None:
        self.events = events

    def __call__(self, input_ids: Tensor, scores: Tensor, **kwargs: Any) -> Tensor:
        return torch.full(
            (len(input_ids),), any(event.is_set() for event in self.events), device=input_ids.device
        )


class Generation:
    """Write answers to encoded questions, for every mode from one model.

    Args:
        lm: the aligned language model.
        recommender: the target, for its vectors.
        max_wait_s: seconds a caller waits for others before `BusyError`.
    """

    def __init__(self, lm: AlignedLM, recommender: Recommender, max_wait_s: float) -> None:
        self.lm, self.recommender, self.max_wait_s = lm.eval(), recommender, max_wait_s
        self.modes = (AlignmentMode.NONE, *lm.adapted)
        self.encoder = Encoder(lm.tokenizer)
        self._lock = threading.Lock()

    def write(
        self,
        asked: Sequence[Encoded],
        histories: Sequence[History],
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

    def stream(
        self,
        asked: Encoded,
        history: History,
        mode: AlignmentMode,
        max_new_tokens: int,
        guards: Sequence[LogitsProcessor] = (),
        cancel: threading.Event | None = None,
        temperature: float = 0.0,
    ) -> Iterator[str]:
        """Yield the answer to one question, piece by piece as it is written.

        Args:
            asked: the encoded question.
            history: whose vector fills the user slots.
            mode: how it is asked.
            max_new_tokens: where the answer is cut off.
            guards: what may be said; anything unless given.
            cancel: set it to stop the writing at the next token.
            temperature: 0 for the most probable words, above it for other wordings.

        Raises:
            UnknownNameError: a mode the model was not aligned in.
            BusyError: the wait for other callers got too long.
        """
        self._check([mode])
        nobody_reads = threading.Event()
        events = (nobody_reads,) if cancel is None else (nobody_reads, cancel)
        streamer = TextIteratorStreamer(self.lm.tokenizer, skip_special_tokens=True)
        faults: list[BaseException] = []

        def write() -> None:
            try:
                with self._turn():
                    self._generate(
                        self._inputs([asked], [history], [mode]),
                        [mode],
                        max_new_tokens=max_new_tokens,
                        do_sample=temperature > 0,
                        **({"temperature": temperature} if temperature > 0 else {}),
                        logits_processor=list(guards),
                        stopping_criteria=StoppingCriteriaList([_Cancelled(*events)]),
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
            nobody_reads.set()
            writer.join()
        if faults:
            raise faults[0]

    def log_probabilities(
        self,
        asked: Sequence[Encoded],
        answers: Sequence[Sequence[Sequence[int]]],
        histories: Sequence[History],
        modes: Sequence[AlignmentMode],
    ) -> list[list[float]]:
        """Return the log-probability of the tokens of each answer that a question could have.

        Each question is read once, then all of its answers from there.

        Args:
            asked: n encoded questions.
            answers: for each of them its answers, as tokens.
            histories: n, whose vectors fill the user slots.
            modes: n.
        """
        self._check(modes)
        most = max(map(len, answers), default=0)
        if not most:
            return [[] for _ in answers]
        with self._turn():
            inputs = self._inputs(asked, histories, modes)
            named = self._named(modes)
            read = self.lm.llm(**inputs, **named, use_cache=True, logits_to_keep=1)
            first = read.logits[:, -1].float().log_softmax(-1).repeat_interleave(most, 0)
            # Every question gets as many rows as the one with the most answers.
            continuations = [
                answer for row in answers for answer in [*row, *[(self.encoder.end,)] * (most - len(row))]
            ]
            each = [mode for mode in modes for _ in range(most)]
            tail = self.lm.embed([Encoded(tuple(answer)) for answer in continuations], each, first, first)
            mask = inputs["attention_mask"].repeat_interleave(most, 0)
            read.past_key_values.batch_repeat_interleave(most)
            scores = (
                self.lm.llm(
                    inputs_embeds=tail["inputs_embeds"],
                    attention_mask=torch.cat([mask, tail["attention_mask"]], 1),
                    position_ids=tail["position_ids"] + mask.sum(1, keepdim=True),
                    past_key_values=read.past_key_values,
                    **self._named(each),
                )
                .logits.float()
                .log_softmax(-1)
            )
        found = []
        for row, answer in enumerate(continuations):
            tokens = torch.tensor(answer, device=scores.device)
            behind = scores[row, -len(answer) :][:-1].gather(1, tokens[1:, None])
            found.append(float(first[row, tokens[0]] + behind.sum()))
        return [found[row * most :][: len(own)] for row, own in enumerate(answers)]

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
        histories: Sequence[History],
        modes: Sequence[AlignmentMode],
    ) -> dict[str, Tensor]:
        user_vectors = self.recommender.user_vectors([history.recent for history in histories])
        return self.lm.embed(encoded, modes, user_vectors, self.recommender.item_vectors)

    def _generate(self, inputs: dict[str, Tensor], modes: Sequence[AlignmentMode], **settings: Any) -> Any:
        settings = {
            "do_sample": False,
            "eos_token_id": self.encoder.end,
            "pad_token_id": self.encoder.placeholder,
            "return_dict_in_generate": True,
            "output_scores": True,
        } | settings
        named = self._named(modes)
        try:
            if settings.get("num_beams", 1) > 1:
                settings["past_key_values"] = self._read_once(inputs, named, settings["num_beams"])
            inputs = {name: inputs[name] for name in ("inputs_embeds", "attention_mask")}
            return self.lm.llm.generate(**inputs, **named, **settings)
        except RuntimeError as fault:
            # PEFT leaves its mixed-batch hooks behind when a forward pass fails; the next answer would use them.
            for module in self.lm.llm.modules():
                if isinstance(module, LoraLayer):
                    module._forward_pre_hooks.clear()  # type: ignore[attr-defined]
            raise ModelError(f"The language model failed while answering ({fault}).") from fault

    def _named(self, modes: Sequence[AlignmentMode]) -> dict[str, Any]:
        return {"adapter_names": [adapter_name(mode) for mode in modes]} if self.lm.adapted else {}

    def _read_once(self, inputs: dict[str, Tensor], named: dict[str, Any], beams: int) -> Any:
        """Return what all beams of each row remember of its question, but for the last token.

        `generate` copies the question for every beam before it reads it; so it would be read so many times.
        """
        begun = {name: tensor[:, :-1] for name, tensor in inputs.items()}
        cache = self.lm.llm(**begun, **named, use_cache=True, logits_to_keep=1).past_key_values
        cache.batch_repeat_interleave(beams)
        return cache
