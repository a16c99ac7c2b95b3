"""What changed between two submissions."""

from hypothesis import given
from hypothesis import strategies as st

from fieldwork.review.differences import SIZE_MAX, Run, differences

TEXT = st.text(alphabet="党员议事会每月一次，由楼长召集。\n", max_size=60)


def test_what_was_put_in_and_taken_out_is_marked() -> None:
    assert differences("每月一次", "每月两次") == [
        Run("kept", "每月"), Run("removed", "一"), Run("added", "两"), Run("kept", "次"),
    ]  # fmt: skip


@given(TEXT, TEXT)
def test_both_texts_can_be_read_from_the_runs(before: str, after: str) -> None:
    runs = differences(before, after)
    assert "".join(run.text for run in runs if run.kind != "added") == before
    assert "".join(run.text for run in runs if run.kind != "removed") == after


def test_long_texts_are_compared_by_sentences() -> None:
    sentence = "党员楼长每月召集一次议事会。"
    before = sentence * (SIZE_MAX // len(sentence))
    runs = differences(before, before + "新增一句。")
    assert [run.kind for run in runs] == ["kept", "added"]
