import pytest
import torch

from recexplainer_core.recommenders.sasrec import SASRec, SASRecConfig, SASRecNetwork
from recexplainer_core.recommenders.subsets import chains, subset_vectors, subsets
from tests.fakes.tiny_lm import Additive


def sasrec() -> SASRec:
    torch.manual_seed(0)
    network = SASRecNetwork(SASRecConfig(dimension=16, layers=2, heads=2, max_history=6), 20)
    for parameter in network.parameters():
        torch.nn.init.normal_(parameter, std=0.5)
    return SASRec(network)


def additive() -> Additive:
    torch.manual_seed(1)
    return Additive(torch.randn(20, 20))


@pytest.mark.parametrize("recommender", [sasrec(), additive()], ids=["in one go", "one by one"])
@pytest.mark.parametrize("history", [[], [3], [3, 1, 4, 15, 9]])
def test_subsets_have_the_vectors_that_they_have_alone(recommender, history):
    found = subset_vectors(recommender, history)
    alone = recommender.user_vectors([[history[p] for p in kept] for kept in subsets(len(history))])
    assert torch.allclose(found, alone, atol=1e-5)


def test_subsets_are_numbered_by_their_bits():
    assert subsets(2) == ((), (0,), (1,), (0, 1))


def test_every_subset_grows_from_the_empty_one_oldest_first():
    steps, sizes = chains(3)
    assert steps[0b101].tolist() == [0, 0b001, 0b101, 0]
    assert steps[0b111].tolist() == [0, 0b001, 0b011, 0b111]
    assert sizes.tolist() == [0, 1, 1, 2, 1, 2, 2, 3]
