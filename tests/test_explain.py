"""`restwright explain CODE`: a page for every code, and help for a misspelt one."""

from __future__ import annotations

import pytest

from generator.explain import UnknownCodeError, codes, explain, page


@pytest.mark.parametrize("code", codes())
def test_every_code_is_explained_with_a_wrong_and_a_right_example(code: str) -> None:
    """The page names the code, says what it means, and shows both."""
    text = explain(code)
    assert text.startswith(f"{code}: {page(code).title}\n")
    assert "\nWrong:\n" in text
    assert "\nRight:\n" in text
    assert text.endswith("\n")
    assert page(code).wrong != page(code).right


def test_a_misspelt_code_is_met_with_the_one_meant() -> None:
    """Did you mean."""
    with pytest.raises(UnknownCodeError, match="did you mean `unknown-key`"):
        explain("unknown_kye")


@pytest.mark.parametrize("code", ["../spec", "", "README", "unknown-key.md", "/etc/passwd"])
def test_what_is_no_code_reads_no_file(code: str) -> None:
    """Only listed pages are opened."""
    with pytest.raises(UnknownCodeError):
        explain(code)


def test_codes_are_kebab_case() -> None:
    """They are stable names that people paste into searches."""
    assert all(code.replace("-", "").isalnum() and code == code.lower() for code in codes())
