"""Serve scripts from inside their Python packages, so that code and script always match."""

from collections.abc import Iterator
from pathlib import Path

import plotly
from django.contrib.staticfiles.finders import FileSystemFinder
from django.core.files.storage import FileSystemStorage

PACKAGE_SCRIPTS = {
    "plotly": Path(plotly.__file__).parent / "package_data",
}
WANTED = {"plotly.min.js"}


class PackageScriptsFinder(FileSystemFinder):
    """Finds `plotly/plotly.min.js` inside the installed plotly package and nothing else there."""

    def __init__(self, app_names: object = None, *args: object, **kwargs: object) -> None:
        self.locations = [(prefix, str(root)) for prefix, root in PACKAGE_SCRIPTS.items()]
        self.storages = {}
        for prefix, root in self.locations:
            storage = FileSystemStorage(location=root)
            storage.prefix = prefix
            self.storages[root] = storage

    def check(self, **kwargs: object) -> list:
        """Return no findings: the folders come with the pinned packages."""
        return []

    def list(self, ignore_patterns: object) -> Iterator[tuple[str, FileSystemStorage]]:
        """Yield the wanted scripts only, not the packages' other data."""
        for path, storage in super().list(ignore_patterns):
            if path in WANTED:
                yield path, storage
