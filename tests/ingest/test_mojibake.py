import pytest

from iga.ingest.mojibake import garbled

TRUE = [
    "Côte d’Ivoire", "São Tomé", "Łódź", "Москва", "مؤسسة", "北京", "Ünal Şahin", "naïve — “quote”", "Ελλάδα",
    "ß Straße",
]  # fmt: skip  # read across, like the rows of a table


def misread(text: str, page: str) -> str:
    """Return text as a program shows it that takes its UTF-8 for a code page; bytes without a letter stay."""
    return "".join(bytes([byte]).decode(page, "ignore") or chr(byte) for byte in text.encode())


@pytest.mark.parametrize("page", ["cp1252", "latin-1", "cp1250", "cp1254", "mac-roman", "cp850", "cp437", "cp1251"])
@pytest.mark.parametrize("text", TRUE)
def test_what_text_was_before_it_was_misread_is_found(text: str, page: str) -> None:
    found = garbled(misread(text, page))
    assert found is not None
    assert found.text == text


@pytest.mark.parametrize("text", ["Côte", "d’Ivoire", "São Tomé"])
def test_text_that_went_wrong_twice_is_put_right_twice(text: str) -> None:
    found = garbled(misread(misread(text, "cp1252"), "cp1252"))
    assert found is not None
    assert found.text == text


def test_what_is_right_beside_what_went_wrong_stays() -> None:
    found = garbled("CÃ´te dâ€™Ivoire and São Tomé")
    assert found is not None
    assert (found.text, found.page) == ("Côte d’Ivoire and São Tomé", "cp1252")


@pytest.mark.parametrize(
    "text",
    [*TRUE, "plain", "PÓŁNOC, SPÓŁKA", "SÃO PAULO", "CORAÇÃO®", "CAFÉ»", "«PÅ»", "„Ä“", "É…", "L’ÉTÉ” x", "Größe Ü‘",
     "Úžasný",
     "Зі Львова", "Київ, Її", "ОБЩЕСТВО «ЉЊ»", "ΕΛΛΆΔΑ", "İSTANBUL", "Ağrı", "Đđ", "Ã", "À » B"],
)  # fmt: skip  # read across, like the rows of a table
def test_text_that_is_right_is_not_suspected(text: str) -> None:
    assert garbled(text) is None


def test_text_that_went_wrong_more_often_is_put_right_as_often_as_is_tried() -> None:
    text = "Côte"
    for _ in range(4):
        text = misread(text, "cp1252")
    found = garbled(text)
    assert found is not None
    assert found.text == misread("Côte", "cp1252")
