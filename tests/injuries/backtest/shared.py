"""Where the public training logs lie, for the tests that need them."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3].parent / "shared"
LOVDAL = Path(os.environ.get("SUREFOOT_SHARED", ROOT)) / "data" / "lovdal"

needs_lovdal = pytest.mark.skipif(
    not (LOVDAL / "events.csv.gz").is_file(), reason=f"the shared training logs are not at {LOVDAL}"
)
