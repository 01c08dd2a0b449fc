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
from recexplainer_core.lm.model import AlignedLM
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.recommenders.base import Recommender
from recexplainer_core.surrogate.stems import Stems
from recexplainer_core.surrogate.token_trees import PROMPT, TokenTrees


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
        self.stems = Stems()
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
        if not any(answers):
            return [[] for _ in answers]
        tokens: list[list[int]] = []
        parents: list[list[int]] = []
        paths: list[list[list[int]]] = []
        for row in answers:
            numbers: dict[tuple[int, ...], int] = {(): PROMPT}
            for answer in row:
                for length in range(1, len(answer)):  # nothing follows the last token
                    numbers.setdefault(tuple(answer[:length]), len(numbers) - 1)
            known = [path for path in numbers if path]
            tokens.append([path[-1] for path in known])
            parents.append([numbers[path[:-1]] for path in known])
            paths.append(
                [[numbers[tuple(answer[:length])] for length in range(len(answer))] for answer in row]
            )
        with self._turn():
            trees = TokenTrees(self.lm, self._inputs(asked, histories, modes), modes, self.stems)
            scores = trees.logits[:, None].log_softmax(2)
            if any(tokens):
                scores = torch.cat([trees.grow(tokens, parents).log_softmax(2), scores], 1)
        # The prompt's own logits come last: number -1.
        return [
            [
                float(sum(scores[n, number, token] for number, token in zip(path, answer, strict=True)))
                for path, answer in zip(paths[n], row, strict=True)
            ]
            for n, row in enumerate(answers)
        ]

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
        } | settings
        inputs = {name: inputs[name] for name in ("inputs_embeds", "attention_mask")}
        try:
            with self.lm.answering(modes) as names:
                return self.lm.llm.generate(**inputs, **names, **settings)
        except RuntimeError as fault:
            # PEFT leaves its mixed-batch hooks behind when a forward pass fails; the next answer would use them.
            for module in self.lm.llm.modules():
                if isinstance(module, LoraLayer):
                    module._forward_pre_hooks.clear()  # type: ignore[attr-defined]
            raise ModelError(f"The language model failed while answering ({fault}).") from fault
