import torch
from transformers import LlamaConfig, LlamaForCausalLM

from recexplainer_core.pocket.induction_initialisation import initialise_induction_heads


def started() -> LlamaForCausalLM:
    torch.manual_seed(0)
    config = LlamaConfig(
        vocab_size=200,
        hidden_size=128,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=2,
        tie_word_embeddings=True,
        attention_bias=True,
        initializer_range=128**-0.5,
        attn_implementation="eager",
    )
    llama = LlamaForCausalLM(config).eval()
    initialise_induction_heads(llama)
    return llama


def test_heads_of_the_first_layer_look_as_many_tokens_back_as_their_number():
    tokens = torch.randint(200, (4, 30))
    attention = started()(input_ids=tokens, output_attentions=True).attentions[0]
    places = torch.arange(10, 30)
    for head in range(2):
        assert (attention[:, head, places].argmax(-1) == places - head - 1).float().mean() > 0.6


def test_a_head_says_what_it_looks_at():
    llama = started()
    attention = llama.model.layers[0].self_attn
    embeddings = llama.model.embed_tokens.weight
    normal = llama.model.layers[0].input_layernorm(embeddings)
    said = llama.lm_head(attention.o_proj(attention.v_proj(normal))).argmax(1)
    assert (said == torch.arange(200)).float().mean() > 0.95
