"""The same answers on a cluster's own engine, run here: PySpark and Dask, where they are installed."""

import os
import shutil
import sys
from datetime import date
from typing import Any

import polars as pl
import pytest

from case_files import CASES
from ilacs_rules import tables

AS_OF = date(2024, 1, 10)


def _joined() -> pl.DataFrame:
    """Subjects with their events, as one table: a subject without events is a row without an activity."""
    records = tables.from_subjects([case.subject for case in CASES[::5] if case.subject.covers == "everything"])
    subjects = records.subjects.drop("urn").with_columns(pl.col("subject").cast(pl.String))
    events = records.events.with_columns(pl.col("subject").cast(pl.String))
    return subjects.join(events, on="subject", how="left")


def _rows(frame: Any) -> list[tuple[str, ...]]:
    """A table's rows as text, in any order; days without the midnight that some libraries give them."""
    return sorted(tuple("" if each is None else str(each).removesuffix(" 00:00:00") for each in row) for row in frame)


def _expected(*, refused: bool) -> list[tuple[str, ...]]:
    found = tables.next_activities(_joined(), as_of=AS_OF)
    return _rows((found.refused.drop("row") if refused else found.answers).rows())


@pytest.mark.skipif(not (shutil.which("java") or os.environ.get("JAVA_HOME")), reason="PySpark needs Java")
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("refused", [False, True])
def test_spark_gives_the_same_answers(refused: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """`mapInArrow`, as the documentation of `clusters` has it."""
    pyspark = pytest.importorskip("pyspark.sql")
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)  # its workers are to have what this process has
    spark = (
        pyspark.SparkSession.builder.master("local[1]").appName("tables").config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "3").config("spark.driver.host", "127.0.0.1").getOrCreate()
    )  # fmt: skip
    try:
        events = spark.createDataFrame(_joined().to_pandas(use_pyarrow_extension_array=True))
        ask = tables.in_batches(tables.next_activities, as_of=AS_OF, refused=refused)
        columns = tables.spark_columns(subject="string", refused=refused)
        found = events.repartition("subject").mapInArrow(ask, columns)
        found = found.drop("row") if refused else found
        assert _rows(tuple(row) for row in found.collect()) == _expected(refused=refused)
    finally:
        spark.stop()


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("refused", [False, True])
def test_dask_gives_the_same_answers(refused: bool) -> None:
    """`map_partitions`, as the documentation of `clusters` has it."""
    dask = pytest.importorskip("dask.dataframe")
    events = dask.from_pandas(_joined().to_pandas(use_pyarrow_extension_array=True), npartitions=3)
    ask = tables.in_part(tables.next_activities, as_of=AS_OF, refused=refused)
    found = events.shuffle("subject").map_partitions(ask).compute(scheduler="synchronous")
    found = pl.from_pandas(found.drop(columns=["row"]) if refused else found)
    assert _rows(found.rows()) == _expected(refused=refused)
