import pytest

from handlers.message import Document
from handlers.opml import may_be_opml


@pytest.mark.parametrize(
    ("name", "content_type", "taken"),
    [
        ("feeds.opml", "application/octet-stream", True),
        ("FEEDS.OPML", "", True),
        ("subscriptions.xml", "", True),
        ("export", "text/xml", True),
        ("export", "text/x-opml+xml", True),
        ("export", "text/x-opml", True),
        ("export", "application/xml", True),
        ("", "", False),
        ("opml", "", True),
        ("feeds.opml.zip", "application/zip", False),
        ("picture.svg", "image/svg+xml", False),
        ("letter.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", False),
    ],
)
def test_a_file_may_be_opml_by_its_name_or_its_type(name: str, content_type: str, taken: bool) -> None:
    assert may_be_opml(Document("F", name, 0, content_type)) is taken
