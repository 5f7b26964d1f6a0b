from standards_wf.search.backend import NullBackend, RecordingBackend, SearchBackend
from standards_wf.search.query import parse_query
from standards_wf.search.results import Found
from tests.unit.search.corpus import document


def test_the_null_backend_keeps_nothing() -> None:
    backend: SearchBackend = NullBackend()
    backend.replace_document(*document(1, "碳汇"))
    assert backend.rebuild([document(1, "碳汇"), document(2, "碳汇")]) == 2
    assert backend.document_keys() == frozenset()
    assert backend.search(parse_query("碳汇", page=3)) == Found(page=3)


def test_the_recording_backend_remembers_what_it_was_told() -> None:
    backend = RecordingBackend()
    backend.rebuild([document(1, "碳汇")])
    backend.replace_documents([document(2, "湿地"), document(3, "绿化")])
    backend.remove("document:1")
    assert backend.document_keys() == {"document:2", "document:3"}
    assert backend.removed == ["document:1"]
    backend.answer = Found(total=9)
    assert backend.search(parse_query("碳汇")).total == 9
    assert [query.text for query in backend.queries] == ["碳汇"]
