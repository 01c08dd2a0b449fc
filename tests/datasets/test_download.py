"""The download from a publisher that is played by a server on this machine."""

import hashlib
import io
import threading
import zipfile
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from recexplainer_core.datasets import download, load_dataset
from recexplainer_core.datasets.download import download_movielens
from recexplainer_core.errors import DataError

FILES = {
    "README.txt": "Usage License: research.\n",
    "movies.csv": "movieId,title,genres\n" + "".join(f"{i},Film {i} (199{i}),Drama\n" for i in range(5)),
    "ratings.csv": "userId,movieId,rating,timestamp\n" + "".join(f"1,{i},4.0,{i}\n" for i in range(5)),
    "tags.csv": "userId,movieId,tag,timestamp\n",
}


def archive(files: dict[str, str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as target:
        for name, content in files.items():
            target.writestr(name, content)
    return packed.getvalue()


class Publisher:
    """Serves a folder on 127.0.0.1 and remembers what was asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.asked: list[str] = []
        publisher = self

        class Handler(SimpleHTTPRequestHandler):
            def log_message(self, format: str, *args: object) -> None:
                publisher.asked.append(self.path)

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def publish(self, content: bytes, md5: str | None = None) -> None:
        digest = md5 if md5 is not None else hashlib.md5(content).hexdigest()
        (self.folder / "ml-latest-small.zip").write_bytes(content)
        (self.folder / "ml-latest-small.zip.md5").write_text(f"{digest}  ml-latest-small.zip\n")


@pytest.fixture
def publisher(tmp_path: Path) -> Iterator[Publisher]:
    (tmp_path / "www").mkdir()
    publisher = Publisher(tmp_path / "www")
    publisher.publish(archive({f"ml-latest-small/{name}": content for name, content in FILES.items()}))
    thread = threading.Thread(target=publisher.server.serve_forever, args=(0.01,))
    thread.start()
    yield publisher
    publisher.server.shutdown()
    thread.join()
    publisher.server.server_close()


def test_it_is_fetched_once_checked_unpacked_and_its_licence_shown(
    publisher: Publisher, tmp_path: Path
) -> None:
    shown: list[str] = []
    folder = download_movielens(tmp_path / "cache", publisher.url, shown.append)
    assert (folder / "movies.csv").read_text() == FILES["movies.csv"]
    assert sorted(p.name for p in folder.iterdir()) == ["README.txt", "movies.csv", "ratings.csv"]
    assert list((tmp_path / "cache").iterdir()) == [folder], "nothing temporary is left"
    assert "research" in "\n".join(shown) and str(folder) in "\n".join(shown)

    asked = len(publisher.asked)
    assert download_movielens(tmp_path / "cache", publisher.url, shown.append) == folder
    assert len(publisher.asked) == asked


def test_the_spec_movielens_uses_the_cache(
    publisher: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RECEXPLAINER_CACHE", str(tmp_path))
    download_movielens(base_url=publisher.url, show=lambda line: None)
    catalogue, histories, _ = load_dataset("movielens", min_ratings=1)
    assert (len(catalogue), len(histories)) == (5, 1)


def refused(publisher: Publisher, tmp_path: Path) -> str:
    with pytest.raises(DataError) as error:
        download_movielens(tmp_path / "cache", publisher.url, lambda line: None)
    assert not (tmp_path / "cache" / "ml-latest-small").exists()
    assert "movielens:DIR" in str(error.value), "the way without a network is always named"
    return str(error.value)


def test_a_wrong_hash_is_refused_with_both_figures(publisher: Publisher, tmp_path: Path) -> None:
    content = archive({"ml-latest-small/movies.csv": "other"})
    publisher.publish(content, md5="0" * 32)
    message = refused(publisher, tmp_path)
    assert hashlib.md5(content).hexdigest() in message and "0" * 32 in message


def test_without_a_published_hash_nothing_is_unpacked(publisher: Publisher, tmp_path: Path) -> None:
    publisher.publish(archive({}), md5="<html>")
    assert "states none" in refused(publisher, tmp_path)


def test_a_path_that_leads_out_of_the_archive_is_never_written(publisher: Publisher, tmp_path: Path) -> None:
    good = {f"ml-latest-small/{name}": content for name, content in FILES.items()}
    publisher.publish(
        archive({"../../evil.txt": "x", "/evil.txt": "x", "ml-latest-small/../../evil.csv": "x", **good})
    )
    download_movielens(tmp_path / "cache", publisher.url, lambda line: None)
    assert not list(tmp_path.rglob("evil*"))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"<html>busy</html>", "is not the archive it should be"),
        (
            archive({"ml-latest-small/movies.csv": FILES["movies.csv"]}),
            "no item named 'ml-latest-small/ratings.csv'",
        ),
        (
            archive({f"ml-latest-small/{n}": "a,b\n" for n in FILES}),
            "movies.csv in it begins with 'a,b', not 'movieId,title,genres'",
        ),
    ],
)
def test_what_is_not_the_archive_is_refused(
    publisher: Publisher, tmp_path: Path, content: bytes, message: str
) -> None:
    publisher.publish(content)
    assert message in refused(publisher, tmp_path)


def test_an_endless_answer_is_cut_off(
    publisher: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(download, "LARGEST", 100)
    assert "is larger than 100 bytes" in refused(publisher, tmp_path)


def test_offline_the_message_says_where_the_files_belong(publisher: Publisher, tmp_path: Path) -> None:
    publisher.server.server_close()  # nobody listens there any more
    message = refused(publisher, tmp_path)
    assert "cannot be downloaded" in message
    assert str(tmp_path / "cache" / "ml-latest-small" / "movies.csv") in message


def test_a_file_the_publisher_does_not_have(publisher: Publisher, tmp_path: Path) -> None:
    (publisher.folder / "ml-latest-small.zip").unlink()
    assert "ml-latest-small.zip: cannot be downloaded (" in refused(publisher, tmp_path)
