"""Active, passive, neither, or not known; worked out by hand for a limit of 40% on equities.

In January equities are 40 of 100: exactly the limit.
"""

import pytest

import policydsl
from policydsl.cli import run
from policydsl.records import Record, RecordError

from .conftest import HEAD, POLICY

NOTHING = "instrument,market_value\n"
BUYS = "instrument,market_value\nshare,10\nbond,-10\n"


def recorded(folder, **months):
    """January as it is, or as given, and February with rows."""
    for month, rows in months.items():
        (folder / month / "holdings.csv").write_text(HEAD + rows, encoding="utf-8")
    for month in ("january", "february"):
        assert run(["check", "town.policy", month, "--record", "runs.db"]) in (0, 1, 3)


def found(folder, trades, *names):
    """The causes that are found for a list of trades, by check."""
    (folder / "trades.csv").write_text(trades, encoding="utf-8")
    assert run(["cause", "runs.db", *names, "--trades", "trades.csv"]) == 0
    with Record("runs.db") as record:
        return {
            one.failed.key[0]: one.since.ruled for each in record.follow_up() for one in each.found if one.since.ruled
        }


def test_trades_did_it(folder, capsys):
    recorded(folder)  # 50 of 100
    ruled = found(folder, BUYS)["equities"]
    assert (ruled.cause, ruled.because) == ("active", "before 40%, with the trades 50%, now 50%")
    assert "equities: active: the owner's trades did it" in capsys.readouterr().out


def test_a_sale_of_something_else_did_it(folder):
    recorded(folder, february="2026-02-28,share,X,equity,A,,40\n2026-02-28,bond,Y,bond,A,2030-01-01,40\n")
    assert found(folder, "instrument,market_value\nbond,-20\n")["equities"].cause == "active"  # 40 of 80


def test_prices_did_it(folder, capsys):
    recorded(folder)
    ruled = found(folder, NOTHING)["equities"]
    assert (ruled.cause, ruled.because) == ("passive", "before 40%, with the trades 40%, now 50%")


def test_trades_and_prices_together_are_passive_where_the_trades_alone_would_pass(folder):
    recorded(folder, february="2026-02-28,share,X,equity,A,,60\n2026-02-28,bond,Y,bond,A,2030-01-01,61\n")
    assert found(folder, "instrument,market_value\nbond,5\n")["equities"].cause == "passive"  # 40 of 105


def test_a_rating_did_it(folder):
    recorded(folder, february="2026-02-28,share,X,equity,A,,40\n2026-02-28,bond,Y,bond,C,2030-01-01,60\n")
    assert found(folder, NOTHING)["known"].cause == "passive"


def test_who_buys_what_is_rated_so_already_is_active(folder):
    rows = "2026-02-28,share,X,equity,A,,40\n2026-02-28,bond,Y,bond,A,2030-01-01,60\n2026-02-28,junk,Z,bond,C,,10\n"
    recorded(folder, february=rows)
    trades = "instrument,issuer,asset_class,rating,market_value\njunk,Z,bond,C,10\n"
    assert found(folder, trades)["known"].cause == "active"


NOTE = "2026-01-31,share,X,equity,A,,40\n2026-01-31,bond,Y,bond,A,2030-01-01,50\n2026-01-31,note,Z,bond,A,{},10\n"
WITHOUT = "2026-02-28,share,X,equity,A,,40\n2026-02-28,bond,Y,bond,A,2030-01-01,50\n"


def test_a_maturity_did_it(folder):
    recorded(folder, january=NOTE.format("2026-02-10"), february=WITHOUT)  # 40 of 90
    assert found(folder, NOTHING)["equities"].cause == "passive"


@pytest.mark.parametrize("maturity", ["", "2026-03-01", "2026-01-31"])
def test_a_row_that_is_gone_for_no_reason_leaves_it_open(folder, maturity):
    recorded(folder, january=NOTE.format(maturity), february=WITHOUT)
    ruled = found(folder, NOTHING)["equities"]
    assert ruled.cause == "not known"
    assert ruled.because == "note is gone, and neither a trade nor a date of its own says why"
    ruled = found(folder, "instrument,market_value\nnote,-10\n")["equities"]
    assert ruled.cause == "active"  # the later finding stands over the earlier one


def test_a_row_that_no_trade_buys_leaves_it_open(folder):
    recorded(folder, february=WITHOUT + "2026-02-28,other,Z,equity,A,,10\n")
    ruled = found(folder, NOTHING)["equities"]
    assert (ruled.cause, ruled.because) == ("not known", "other was not there before, and no trade buys it")


@pytest.mark.parametrize(
    ("now", "because"),
    [
        ("share,X,equity,A,,40\n2026-02-28,bond,X,bond,A,2030-01-01,60", "issuer of bond is X and was Y"),
        (
            "share,X,equity,A,,40\n2026-02-28,bond,Y,equity,A,2030-01-01,60",
            "asset_class of bond is equity and was bond",
        ),
        ("share, x ,equity,A,,50\n2026-02-28,bond,y,bond,A,2030-01-01,50", None),  # spelled otherwise, prices moved
    ],
)
def test_a_row_that_has_become_another_thing_leaves_it_open(now, because, folder):
    """Nobody has sold the bond, and no price makes it another's."""
    (folder / "town.policy").write_text(POLICY.replace("60%", "70%"), encoding="utf-8")
    recorded(folder, february=f"2026-02-28,{now}\n")
    (ruled,) = found(folder, NOTHING).values()
    assert ruled.cause == ("passive" if because is None else "not known")
    assert because is None or ruled.because == f"{because}, and no trade says why"


def test_what_a_table_is_made_per_says_what_a_row_is(folder):
    table = "table owned, each position from holdings per issuer\n  part = share\n"
    table += "rule each-one: each position: part <= 60%\n"
    lines = [line for line in POLICY.splitlines() if "per issuer" not in line]
    (folder / "town.policy").write_text("\n".join([*lines, table]), encoding="utf-8")
    recorded(folder, february="2026-02-28,share,X,equity,A,,40\n2026-02-28,bond,X,bond,A,2030-01-01,60\n")
    assert found(folder, NOTHING)["each-one"].because == "issuer of bond is X and was Y, and no trade says why"


def test_more_than_prices_move_leaves_it_open(folder):
    """A share bought for 10 may be worth 15, not 16; beyond half of what was bought it is not put down to prices."""
    buys = "instrument,issuer,asset_class,rating,market_value\nnew,Z,equity,A,10\n"
    bond = "{},bond,Y,bond,A,2030-01-01,52\n"
    january = "2026-01-31,share,X,equity,A,,20\n" + bond.format("2026-01-31")  # 30 of 82 with the new one
    february = "2026-02-28,share,X,equity,A,,25\n" + bond.format("2026-02-28")
    for worth, cause in ((15, "passive"), (16, "not known")):  # 40 of 92, 41 of 93
        (folder / "runs.db").unlink(missing_ok=True)
        recorded(folder, january=january, february=f"{february}2026-02-28,new,Z,equity,A,,{worth}\n")
        ruled = found(folder, buys)["equities"]
        assert ruled.cause == cause
    assert ruled.because == (
        "market_value of new is 16 SEK, and 10 SEK with the trades: is a trade missing in the list?"
    )


@pytest.mark.parametrize(
    ("trades", "because"),
    [
        ("bond,-1\n", "market_value of bond is 0 SEK, and 59 SEK with the trades: is a trade missing in the list?"),
        ("bond,-60\n", None),
        ("BOND,-50\n", None),
    ],
)
def test_a_row_of_which_only_a_part_was_sold_must_not_be_gone(trades, because, folder):
    bill = "{},bill,Y,bond,A,2030-01-01,200\n"
    january = "2026-01-31,share,X,equity,A,,40\n2026-01-31,bond,Y,bond,A,2030-01-01,60\n" + bill.format("2026-01-31")
    recorded(folder, january=january, february="2026-02-28,share,X,equity,A,,140\n" + bill.format("2026-02-28"))
    ruled = found(folder, "instrument,market_value\n" + trades)["equities"]  # 40 of 300, 140 of 340
    assert (ruled.cause, ruled.because) == (("passive", ruled.because) if because is None else ("not known", because))


NOMINAL = POLICY.replace("  rating ", "  nominal_amount money in SEK, blank means none\n  rating ")
ROWS = "date,instrument,issuer,asset_class,nominal_amount,market_value\n"


@pytest.mark.parametrize(
    ("share", "bond", "trades", "because"),
    [
        ("30,80", "60,60", "", None),  # four times the price, and as many
        ("31,80", "60,60", "", "nominal_amount of share is 31 SEK, and 30 SEK with the trades"),
        ("30,80", "59,60", "", "nominal_amount of bond is 59 SEK, and 60 SEK with the trades"),
        ("35,80", "60,60", "share,5,5", None),
        ("36,80", "60,60", "share,5,5", "nominal_amount of share is 36 SEK, and 35 SEK with the trades"),
        ("29,80", "60,60", "share,-1,1", None),
        ("25,80", "60,60", "share,5,-5", None),  # bought short
        ("900,36", "60,50", "share,4,", None),  # the trade does not say how much; 36 is 24 and a half
        ("900,80", "60,60", "share,4,", "market_value of share is 80 SEK, and 24 SEK with the trades"),
    ],
)
def test_how_much_there_is_must_follow_from_the_trades(share, bond, trades, because, folder):
    (folder / "town.policy").write_text(NOMINAL, encoding="utf-8")
    for month, day, one, other in (
        ("january", "2026-01-31", "30,20", "60,60"),
        ("february", "2026-02-28", share, bond),
    ):
        rows = f"{day},share,X,equity,{one}\n{day},bond,Y,bond,{other}\n"
        (folder / month / "holdings.csv").write_text(ROWS + rows, encoding="utf-8")
    for month in ("january", "february"):
        run(["check", "town.policy", month, "--record", "runs.db"])
    ruled = found(folder, f"instrument,market_value,nominal_amount\n{trades}\n")["equities"]
    assert ruled.cause == ("passive" if because is None else "not known")
    assert because is None or ruled.because == f"{because}: is a trade missing in the list?"


def test_the_rules_did_it(folder):
    run(["check", "town.policy", "january", "--record", "runs.db"])
    (folder / "town.policy").write_text(POLICY.replace("40%", "30%"), encoding="utf-8")
    run(["check", "town.policy", "february", "--record", "runs.db"])
    assert found(folder, BUYS)["equities"].cause == "rules"


def test_what_was_undetermined_before_is_not_known(folder):
    recorded(folder, january="2026-01-31,share,X,,A,,50\n2026-01-31,bond,Y,bond,A,2030-01-01,50\n")
    assert found(folder, NOTHING)["equities"].cause == "not known"


def test_trades_of_other_days_are_left_out(folder, capsys):
    recorded(folder)
    days = "date,instrument,market_value\n2026-01-31,share,10\n2026-03-01,bond,-50\n"
    assert found(folder, days)["equities"].cause == "passive"
    assert "2 trades of other days were left out" in capsys.readouterr().out
    days = "Date,instrument,market_value\n2026-02-01,share,10\n2026-02-28,bond,-10\n"
    assert found(folder, days)["equities"].cause == "active"


@pytest.mark.parametrize(
    ("trades", "code"),
    [
        ("instrument,market_value\nshare,-500\n", "PD778"),
        ("date,instrument,market_value\n,share,10\n", "PD357"),
        ("date,instrument,market_value\nx,share,10\n", "PD324"),
        ("instrument,price\nshare,10\n", "PD772"),
    ],
)
def test_a_wrong_list_of_trades_is_refused_and_nothing_is_kept(folder, trades, code, capsys):
    recorded(folder)
    (folder / "trades.csv").write_text(trades, encoding="utf-8")
    assert run(["cause", "runs.db", "--trades", "trades.csv"]) == 2
    assert code in capsys.readouterr().err
    with Record("runs.db") as record:
        assert record.head.number == 2


def test_what_has_no_cause(folder, capsys):
    recorded(folder)
    (folder / "trades.csv").write_text(NOTHING, encoding="utf-8")
    for name, run_number, said in (
        ("issuer", "2", "does not newly fail in run 2"),
        ("equity", "2", "did you mean `equities`?"),
        ("equities", "1", "does not newly fail in run 1"),
        ("equities", "9", "PD826"),
    ):
        assert run(["cause", "runs.db", name, "--trades", "trades.csv", "--run", run_number]) == 2
        assert said in " ".join(capsys.readouterr().err.split())


def test_a_first_run_has_no_run_before_it(folder, capsys):
    run(["check", "town.policy", "february", "--record", "runs.db"])
    (folder / "trades.csv").write_text(NOTHING, encoding="utf-8")
    assert run(["cause", "runs.db", "--trades", "trades.csv"]) == 2
    assert "no run of an earlier day" in " ".join(capsys.readouterr().err.split())


def test_a_person_decides_and_nothing_is_overwritten(folder, capsys):
    recorded(folder)
    found(folder, NOTHING)
    command = ["reclassify", "runs.db", "equities", "--by", "E. Berg", "--because", "Options were exercised."]
    assert run([*command, "--as", "active"]) == 0
    with Record("runs.db") as record:
        ((one,),) = (each.found for each in record.follow_up())
        assert [(ruled.cause, ruled.by) for ruled in one.rulings] == [("passive", None), ("active", "E. Berg")]
        assert one.since.ruled.because == "Options were exercised."
        assert record.audit().is_whole
        assert record.head.number == 4
    run(["check", "town.policy", "march", "--record", "runs.db"])
    assert "active, decided by E. Berg: Options were exercised." in " ".join(capsys.readouterr().out.split())
    run(["check", "town.policy", "april", "--record", "runs.db"])
    run(["check", "town.policy", "march", "--record", "runs.db", "--as-of", "2026-05-31"])
    with Record("runs.db") as record:
        (found_now,) = record.follow_up()
    assert {one.failed.key[0]: one.rulings for one in found_now.of("new")}["equities"] == ()  # another failure


def test_a_decision_needs_a_name_a_reason_and_one_failure(folder, capsys):
    rows = "2026-02-28,a,X,bond,A,,50\n2026-02-28,b,Y,bond,A,,50\n"
    (folder / "town.policy").write_text(POLICY.replace("60%", "40%"), encoding="utf-8")
    recorded(folder, february=rows)
    command = ["reclassify", "runs.db", "issuer", "--as", "passive"]
    assert run([*command, "--by", " ", "--because", "x"]) == 2
    assert run([*command, "--by", "x", "--because", ""]) == 2
    assert capsys.readouterr().err.count("PD834") >= 2
    assert run([*command, "--by", "x", "--because", "y"]) == 2
    assert "--group` and one of `X`, `Y`" in " ".join(capsys.readouterr().err.split())
    assert run([*command, "--by", "x", "--because", "y", "--group", "Z"]) == 2
    assert run([*command, "--by", "x", "--because", "y", "--group", "X"]) == 0
    with Record("runs.db") as record:
        (each,) = record.follow_up()
    issuers = [one for one in each.found if one.failed.body["id"] == "issuer"]
    assert {one.failed.body["group"][0][1]: len(one.rulings) for one in issuers} == {"X": 1, "Y": 0}


def test_what_does_not_fail_in_a_run_is_not_decided_there(folder, capsys):
    """Equities fail in February and March, and are cured in April."""
    for month in ("january", "february", "march", "april"):
        run(["check", "town.policy", month, "--record", "runs.db"])
    command = ["reclassify", "runs.db", "equities", "--as", "passive", "--by", "E. Berg", "--because", "So."]
    for number in ("4", "1"):
        assert run([*command, "--run", number]) == 2
        told = " ".join(capsys.readouterr().err.split())
        assert f"PD845: `equities` does not fail in run {number}" in told
        assert "it fails in run 2, 3: give the number with `--run 3`" in told
    (folder / "town.policy").write_text(POLICY + "rule some: portfolio > 0 SEK\n", encoding="utf-8")
    run(["check", "town.policy", "april", "--record", "runs.db"])
    assert run([*command[:2], "some", *command[3:]]) == 2
    assert "it fails in no run of the record" in " ".join(capsys.readouterr().err.split())
    with Record("runs.db") as record:
        assert record.head.number == 5
    assert run([*command, "--run", "3"]) == 0


def test_the_head_that_is_listed_is_that_of_the_last_entry(folder, capsys):
    recorded(folder)
    found(folder, NOTHING)
    with Record("runs.db") as record:
        head = record.head
    capsys.readouterr()
    assert run(["runs", "runs.db"]) == 0
    assert capsys.readouterr().out.endswith(f"head {head}\n")
    assert head.number == 3


def test_from_a_program(folder):
    rulebook = policydsl.load("town.policy")
    row = {"instrument": "share", "issuer": "X", "asset_class": "equity", "rating": "A"}
    bond = {"instrument": "bond", "issuer": "Y", "asset_class": "bond", "rating": "A"}
    with Record("runs.db", writes=True) as record:
        for day, amounts in (("2026-01-31", (40, 60)), ("2026-02-28", (50, 50))):
            tables = [
                {**one, "date": day, "market_value": amount} for one, amount in zip((row, bond), amounts, strict=True)
            ]
            record.check(rulebook, {"holdings": tables})
        causes = record.cause([{"instrument": "share", "market_value": 1}], "equities")
        assert [one.cause for one in causes.found] == ["active"]  # 41 of 101
        record.reclassify("equities", "passive", "E. Berg", "It was a conversion.")
        with pytest.raises(RecordError, match="PD830"):
            record.cause([{"instrument": "share", "market_value": 1}], "nothing")


LOANS = """\
table loans, each loan
  loan   text, key
  dated  date
  amount money in SEK
rule debt "Debt": sum amount of loans <= portfolio
"""


def test_what_counts_rows_of_another_table_is_passive_only_if_that_has_not_changed(folder):
    """Debt of 100 is as much as is owned; then more is borrowed, or what is owned falls to 90."""
    (folder / "town.policy").write_text(POLICY + LOANS, encoding="utf-8")
    for month in ("january", "february"):
        (folder / month / "loans.csv").write_text("loan,amount\nA,100\n", encoding="utf-8")
    (folder / "february" / "loans.csv").write_text("loan,amount\nA,105\n", encoding="utf-8")
    recorded(folder)
    ruled = found(folder, NOTHING)
    assert ruled["debt"].cause == "not known"
    assert ruled["debt"].because == "loans has changed, too, and the trades are of holdings"
    assert ruled["equities"].cause == "passive"
    (folder / "runs.db").unlink()
    (folder / "february" / "loans.csv").write_text("loan,amount\nA,100\n", encoding="utf-8")
    recorded(folder, february="2026-02-28,share,X,equity,A,,40\n2026-02-28,bond,Y,bond,A,2030-01-01,50\n")
    assert found(folder, NOTHING)["debt"].cause == "passive"
    assert found(folder, "instrument,market_value\nbond,-1\n")["debt"].cause == "active"


def test_a_value_that_the_run_supplies_otherwise_is_neither(folder):
    """At least the floor must be owned: 90 at first, then 110, while 100 are owned on both days."""
    policy = POLICY + "parameter floor: supplied by the run, money in SEK\nrule least: portfolio >= floor\n"
    (folder / "town.policy").write_text(policy, encoding="utf-8")
    for month, floor in (("january", "90 SEK"), ("february", "110 SEK")):
        run(["check", "town.policy", month, "--record", "runs.db", "--set", f"floor={floor}"])
    ruled = found(folder, NOTHING)
    assert ruled["least"].cause == "not known"
    assert "value that the run supplies" in ruled["least"].because
    assert ruled["equities"].cause == "passive"
    assert found(folder, "instrument,market_value\nbond,-20\n")["least"].cause == "active"
