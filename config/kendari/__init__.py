"""Where Kota Kendari's data lies; README.md beside it says where it comes from."""

from pathlib import Path

HERE = Path(__file__).parent
OPD = HERE / "opd.csv"
KINDS = HERE / "kinds.csv"
CHECKLIST = HERE / "pekppp-2026.csv"
HOLIDAYS = HERE / "holidays-2026.csv"
PROGRAMME = "PEKPPP-2026"
