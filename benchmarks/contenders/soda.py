"""Soda Core on DuckDB: one data contract, whose checks are SQL within YAML; amounts are decimals of the database.

Written after Soda's pages on metric and failed rows checks.
"""

import logging
import os
from collections.abc import Callable

from contenders.by_hand import ALLOWED, BOUNDS
from contenders.rows import Holdings
from contenders.ways import Answers, Way

os.environ.setdefault("SODA_CORE_TELEMETRY_ENABLED", "false")  # it would ask the network first
BANDS = ("years < 1", "years >= 1 AND years < 3", "years >= 3 AND years < 7", "years >= 7")


def _metric(name: str, expression: str, *bounds: str) -> str:
    threshold = "".join(f"\n          {bound}" for bound in bounds)
    between = f"\n        must_be_between:{threshold}" if len(bounds) > 1 else f"\n        {bounds[0]}"
    return f"""
  - metric:
      qualifier: {name}
      expression: {expression}
      threshold:{between}
"""


def _percent(part: str) -> str:
    return f"100 * SUM(amount) FILTER (WHERE {part}) / SUM(amount)"


CHECKS = {
    "allowed": f"""
  - failed_rows:
      qualifier: allowed
      expression: kind NOT IN {ALLOWED} AND issuer <> 'State' AND amount >= 1000000
""",
    "share": _metric("share", _percent("kind = 'fund'"), "must_be_less_than_or_equal: 20"),
    "issuer": """
  - failed_rows:
      qualifier: issuer
      query: |
        SELECT issuer FROM holdings GROUP BY issuer
        HAVING SUM(amount) > 0.1 * (SELECT SUM(amount) FROM holdings)
""",
    "bands": "".join(
        _metric(f"bands{2 * at}", _percent(BANDS[at]), f"must_be_greater_than_or_equal: {low}")
        + _metric(f"bands{2 * at + 1}", _percent(BANDS[at]), f"must_be_less_than_or_equal: {high}")
        for at, (low, high) in enumerate(BOUNDS)
    ),
    "average": _metric(
        "average", "SUM(years * amount) / SUM(amount)", "greater_than_or_equal: 2", "less_than_or_equal: 5"
    ),
    "rated": _metric("rated", _percent("rating IN ('BB', 'B')"), "must_be_less_than_or_equal: 20"),
}


def on_duckdb(holdings: Holdings, rules: tuple[str, ...]) -> Callable[[], Answers]:
    """A table of DuckDB, in memory."""
    import duckdb
    from soda_core.common.yaml import ContractYamlSource
    from soda_core.contracts.contract_verification import ContractVerificationSession
    from soda_duckdb.common.data_sources.duckdb_data_source import DuckDBDataSourceImpl

    logging.getLogger("soda").setLevel(logging.ERROR)
    connection = duckdb.connect()
    connection.register("given", holdings.arrow)
    connection.execute("CREATE TABLE holdings AS SELECT * FROM given")
    source = DuckDBDataSourceImpl.from_existing_cursor(connection, name="book")
    contract = "".join(
        ["dataset: book/main/holdings\ncolumns:\n  - name: id\nchecks:\n", *(CHECKS[rule] for rule in rules)]
    )
    contracts = [ContractYamlSource.from_str(contract)]

    def run() -> Answers:
        verified = ContractVerificationSession.execute(contracts, data_source_impls=[source])
        found: Answers = {rule: [None] * 8 for rule in rules if rule == "bands"}
        for result in verified.contract_verification_results[0].check_results:
            name, kept = str(result.check.qualifier), {"PASSED": True, "FAILED": False}.get(result.outcome.name)
            if name in ("allowed", "issuer"):
                values = result.diagnostic_metric_values or {}
                found[name] = None if kept is None else int(values["failed_rows_count"])
            elif name.startswith("bands"):
                found["bands"][int(name[5:])] = kept
            else:
                found[name] = kept
        if "bands" in rules:
            found["bands"] = tuple(found["bands"])
        return found

    return run


IN_SQL = dict.fromkeys(("allowed", "share", "issuer", "bands", "average", "rated"), "SQL")
WAYS = (Way("Soda, DuckDB", "soda-duckdb", on_duckdb, IN_SQL),)
