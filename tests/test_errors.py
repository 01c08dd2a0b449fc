import pickle

from recexplainer_core.errors import DataError


def test_a_fault_found_in_another_process_arrives_as_it_was_raised() -> None:
    fault = DataError("ratings.csv", "This is no number.", "Mend it.", line=3)
    arrived = pickle.loads(pickle.dumps(fault))
    assert isinstance(arrived, DataError)
    assert str(arrived) == str(fault) == "ratings.csv, line 3: This is no number. Mend it."


def test_a_fault_without_a_line_names_the_file_alone() -> None:
    assert str(DataError("u.item", "It is empty.", "Fetch it.")) == "u.item: It is empty. Fetch it."
