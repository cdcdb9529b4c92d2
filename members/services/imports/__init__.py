"""Taking in activity files: by the page, the API and the job (`work`), or by a command (`direct`).

`settling` judges one activity, the same for all of them; `uploads` keeps bytes on disk until they
are read; `tables` asks which column is which; `corrections` takes back what was wrong.
"""

from members.services.imports.direct import (
    ADDED,
    DUPLICATE,
    FAILED,
    SKIPPED,
    FileResult,
    Import,
    import_content,
)

__all__ = ["ADDED", "DUPLICATE", "FAILED", "SKIPPED", "FileResult", "Import", "import_content"]
