"""All files made from known figures: to be read, and to be broken by the fuzzer."""

from tests.members.activity_files.varied_fit import fit_cases
from tests.members.activity_files.varied_gpx import gpx_cases
from tests.members.activity_files.varied_packing import packing_cases
from tests.members.activity_files.varied_tables import table_cases
from tests.members.activity_files.varied_tcx import tcx_cases

MADE = {
    "FIT": fit_cases(),
    "GPX": gpx_cases(),
    "TCX": tcx_cases(),
    "tables": table_cases(),
    "packed and named": packing_cases(),
}
CASES = [case for cases in MADE.values() for case in cases]
