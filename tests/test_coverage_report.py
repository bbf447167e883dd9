"""The coverage report names each disagreement, and what explains it."""

from pathlib import Path

import pytest
from benchmarks.coverage.__main__ import main

AUTHORITIES = """\
urn,name,event_type,start_date,end_date,publication_date,overall,leaders,help_protection,children_in_care,care_leavers,\
care_and_care_leavers,outcome
1,as the rule has it,ilacs_standard,2022-05-09,2022-05-20,2022-07-04,good,good,good,,,good,
1,as the rule has it,focused_visit,2024-01-16,2024-01-17,2024-02-27,,,,,,,
1,as the rule has it,ilacs_short,2025-05-12,2025-05-16,2025-06-30,good,good,good,good,good,,
2,another kind and late,ilacs_standard,2022-05-09,2022-05-20,2022-07-04,good,good,good,,,good,
2,another kind and late,ilacs_standard,2026-01-12,2026-01-23,2026-03-02,good,good,good,good,good,,
3,after priority action,ilacs_standard,2022-05-09,2022-05-20,2022-07-04,good,good,good,,,good,
3,after priority action,focused_visit,2024-01-16,2024-01-17,2024-02-27,,,,,,,areas_for_priority_action
3,after priority action,ilacs_standard,2025-05-12,2025-05-23,2025-06-30,good,good,good,good,good,,
4,through the suspension,ilacs_standard,2018-05-14,2018-05-25,2018-07-04,good,good,good,,,good,
4,through the suspension,ilacs_short,2023-06-12,2023-06-16,2023-08-01,good,good,good,,,good,
"""
PROVIDERS = """\
urn,provision_type,registration_date,event_type,inspection_date,publication_date,overall,help_protect,leaders,sa_outcome
A1,independent fostering agency,2015-01-01,full inspection,2022-02-14,2022-03-20,requires improvement,,,
A1,independent fostering agency,2015-01-01,full inspection,2022-11-14,2022-12-20,good,,,
A2,independent fostering agency,2015-01-01,full inspection,2022-02-14,2022-03-20,requires improvement,,,
A2,independent fostering agency,2015-01-01,full inspection,2023-08-14,2023-09-20,good,,,
A3,independent fostering agency,2015-01-01,full inspection,2022-02-14,2022-03-20,requires improvement,,,
A3,independent fostering agency,2015-01-01,full inspection,2023-08-15,2023-09-20,good,,,
"""


@pytest.fixture
def report(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> str:
    (tmp_path / "authorities.csv").write_text(AUTHORITIES)
    (tmp_path / "providers.csv").write_text(PROVIDERS)
    files = [str(tmp_path / "authorities.csv"), str(tmp_path / "providers.csv")]
    monkeypatch.setattr("sys.argv", ["coverage", *files, "--last", "2022-12-01"])
    main()
    return capsys.readouterr().out


def test_a_kind_that_was_not_named_is_a_disagreement_unless_priority_action_came_between(report: str) -> None:
    assert "6 of 8 named the day before (75 in 100)." in report
    assert "* another kind and late, 2026-01-12: ilacs_standard began, the rule named ilacs_short" in report
    assert "explained: an area for priority action was found on 2024-01-16" in report


def test_an_inspection_outside_its_window_is_explained_only_where_its_cycle_met_a_suspension(
    report: str,
) -> None:
    late = [line for line in report.splitlines() if "began outside" in line]
    assert [line.split(",")[0] for line in late] == ["* another kind and late", "* through the suspension"]
    assert late[0].endswith("a disagreement")
    assert "the cycle met the suspension of 2020-03-17 to 2021-06-27" in late[1]


def test_an_agency_back_early_may_have_been_and_one_back_late_should_not(report: str) -> None:
    assert "requires_improvement: 1 of 3 within the window" in report
    lines = {line[2:4]: line for line in report.splitlines() if line.startswith("* A")}
    assert set(lines) == {"A1", "A3"}
    assert "a return before its time is allowed" in lines["A1"]
    assert lines["A3"].endswith("a disagreement")


def test_questions_end_with_the_last_day_and_none_goes_wrong(report: str) -> None:
    assert "| independent_fostering_agency | 30 |" in report
    assert "| none | 0 |" in report
