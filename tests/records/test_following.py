"""What is new, still open, cured; since when and until when. Of equities 40, 50, 60 and 20%, at most 40% is allowed."""

import json
from datetime import date

import pandas
import pytest

import policydsl
from policydsl.cli import run
from policydsl.records import Record

from .conftest import FEBRUARY, HEAD, POLICY


def recorded(*months, options=()):
    """The exit codes of a check of each month, recorded."""
    return [run(["check", "town.policy", month, "--record", "runs.db", *options]) for month in months]


def states():
    """What the last run says of each check and group."""
    with Record("runs.db") as record:
        (found,) = record.follow_up()
    return {(one.failed.body["id"], *(value for _, value in one.failed.body["group"])): one for one in found.found}


def test_the_first_run_is_new(folder):
    recorded("february")
    found = states()
    assert {key: one.state for key, one in found.items()} == {("equities",): "new"}
    assert (found["equities",].since.day, found["equities",].since.sure) == (date(2026, 2, 28), False)


def test_new_then_open_then_cured(folder):
    assert recorded("january") == [0]
    assert states() == {}
    recorded("february")
    new = states()["equities",]
    assert (new.state, new.since.day, new.since.sure, new.since.days) == ("new", date(2026, 2, 28), True, 0)
    assert new.since.until == date(2026, 3, 30)  # thirty days
    recorded("march")
    found = states()
    still = found["equities",]
    assert (still.state, still.since.day, still.since.days) == ("open", date(2026, 2, 28), 31)
    assert still.since.until == date(2026, 3, 30)
    assert found["known",].state == "new"
    recorded("april")
    found = states()
    assert {key: one.state for key, one in found.items()} == {
        ("equities",): "cured",
        ("known",): "cured",
        ("issuer", "Y"): "new",
    }


def test_runs_may_be_recorded_in_any_order_and_the_last_of_a_day_counts(folder):
    recorded("march", "january", "february", "february", "march")
    still = states()["equities",]
    assert (still.state, still.since.day, still.first) == ("open", date(2026, 2, 28), 4)


def test_the_latest_day_counts_when_an_earlier_one_is_recorded_again(folder, capsys):
    recorded("january", "february", "march", "april", "february")
    with Record("runs.db") as record:
        (found,) = record.follow_up()
        (then,) = record.follow_up(5)
    assert (found.as_of, found.run, found.before) == (date(2026, 4, 30), 4, date(2026, 3, 31))
    assert [one.failed.key[0] for one in found.of("new")] == ["issuer"]
    assert (then.as_of, then.run) == (date(2026, 2, 28), 5)
    capsys.readouterr()
    assert run(["reclassify", "runs.db", "issuer", "--as", "passive", "--by", "A. B.", "--because", "prices"]) == 0
    told = capsys.readouterr().out
    assert "Town, as of 2026-04-30, run 4\n" in told
    later = "run 5 was recorded later and judged an earlier day, 2026-02-28: `--run 5` is about it"
    assert later in told
    assert run(["follow-up", "runs.db"]) == 0
    assert later in capsys.readouterr().out
    assert run(["follow-up", "runs.db", "--run", "4"]) == 0
    assert "recorded later" not in capsys.readouterr().out
    assert run(["follow-up", "runs.db", "--format", "json"]) == 0
    (told_of,) = json.loads(capsys.readouterr().out)["follow_ups"]
    assert told_of["again"] == {"run": 5, "as_of": "2026-02-28"}


def test_what_a_person_decided_of_a_day_stands_when_it_is_recorded_again(folder):
    recorded("january", "february")
    assert run(["reclassify", "runs.db", "equities", "--as", "passive", "--by", "Eva", "--because", "prices fell"]) == 0
    recorded("february")
    ruled = states()["equities",].since.ruled
    assert (ruled.cause, ruled.by, ruled.because) == ("passive", "Eva", "prices fell")
    recorded("march")
    assert states()["equities",].since.ruled.by == "Eva"


def test_a_report_in_json_says_since_when_a_failure_stands(folder, capsys):
    recorded("january", "february")
    capsys.readouterr()
    run(["check", "town.policy", "march", "--record", "runs.db", "--format", "json"])
    told = capsys.readouterr().out
    verdicts = json.loads(told)["verdicts"]
    since = {one["id"]: one["since"] for one in verdicts if "since" in one}
    assert since == {
        "equities": {
            "day": "2026-02-28", "sure": True, "days": 31, "before": "2026-01-31", "until": "2026-03-30", "cause": None,
        },
        "known": {
            "day": "2026-03-31", "sure": True, "days": 0, "before": "2026-02-28", "until": None, "cause": None,
        },
    }  # fmt: skip
    run(["replay", "runs.db", "--run", "3", "--format", "json"])
    assert capsys.readouterr().out == told


def test_what_was_recorded_again_of_an_earlier_day_counts_now(folder):
    recorded("february", "march")
    (folder / "february" / "holdings.csv").write_text(HEAD + FEBRUARY.replace("50", "5", 1), encoding="utf-8")
    recorded("february")
    with Record("runs.db") as record:
        (now,), (then,) = record.follow_up(), record.follow_up(2)
    assert (now.as_of, now.of("open"), then.of("open")[0].since.day) == (date(2026, 3, 31), (), date(2026, 2, 28))


def test_a_run_of_an_earlier_day_does_not_see_later_ones(folder):
    recorded("february", "march", "january")
    with Record("runs.db") as record:
        (first,) = record.follow_up(3)
        (second,) = record.follow_up(2)
    assert (first.as_of, first.found) == (date(2026, 1, 31), ())
    assert second.of("open")[0].since.day == date(2026, 2, 28)


def test_what_was_undetermined_before_is_open_perhaps_longer(folder, capsys):
    (folder / "january" / "holdings.csv").write_text(
        HEAD + "2026-01-31,share,X,,A,,50\n2026-01-31,bond,Y,bond,A,2030-01-01,50\n", encoding="utf-8"
    )
    assert recorded("january") == [3]
    recorded("february")
    found = states()["equities",]
    assert (found.state, found.since.day, found.since.sure) == ("new", date(2026, 2, 28), False)


def test_what_can_not_be_judged_is_not_cured(folder):
    recorded("february")
    (folder / "march" / "holdings.csv").write_text(
        HEAD + "2026-03-31,share,X,,A,,50\n2026-03-31,bond,Y,bond,A,2030-01-01,50\n", encoding="utf-8"
    )
    recorded("march")
    assert states()["equities",].state == "not known"


def test_a_group_that_is_gone_is_cured_and_a_rule_that_is_gone_is_not(folder):
    recorded("april")
    assert states()["issuer", "Y"].state == "new"
    (folder / "may").mkdir()
    rows = "2026-05-31,a,X,equity,A,,40\n2026-05-31,b,Z,bond,A,,60\n"
    (folder / "may" / "holdings.csv").write_text(HEAD + rows, encoding="utf-8")
    recorded("may")
    assert states()["issuer", "Y"].state == "cured"
    recorded("april")
    (folder / "town.policy").write_text(POLICY.replace("rule issuer", "rule one"), encoding="utf-8")
    rows = "2026-06-30,a,X,equity,A,,40\n2026-06-30,b,Y,bond,A,,60\n"
    (folder / "may" / "holdings.csv").write_text(HEAD + rows, encoding="utf-8")
    (folder / "june").mkdir()
    recorded("may")
    assert [one.state for one in states().values()] == []  # the run before, of May, had nothing that failed


def test_a_rule_that_is_renamed_is_no_longer_judged(folder):
    recorded("february")
    (folder / "town.policy").write_text(POLICY.replace("rule equities", "rule shares"), encoding="utf-8")
    recorded("march")
    found = states()
    assert (found["equities",].state, found["shares",].state) == ("no longer judged", "new")
    assert not found["shares",].since.sure  # nobody judged it before


def test_that_rules_have_changed_is_told(folder, capsys):
    """A limit that is raised cures nothing by itself; a comment changes no rule."""
    told = "the rules have changed since 2026-02-28: what is new or cured may be so by another rule"
    recorded("february")
    (folder / "town.policy").write_text("# Adopted.\n" + POLICY, encoding="utf-8")
    recorded("march")
    capsys.readouterr()
    run(["follow-up", "runs.db"])
    assert told not in " ".join(capsys.readouterr().out.split())
    (folder / "town.policy").write_text(POLICY.replace("40%", "90%"), encoding="utf-8")
    recorded("march")
    capsys.readouterr()
    run(["follow-up", "runs.db"])
    assert told in " ".join(capsys.readouterr().out.split())
    run(["follow-up", "runs.db", "--format", "json"])
    (found,) = json.loads(capsys.readouterr().out)["follow_ups"]
    assert ([one["state"] for one in found["found"]], found["rules_changed"]) == (["new", "cured"], True)


def test_a_group_that_is_spelled_otherwise_is_the_same(folder, capsys):
    """Texts compare without regard to case and outer spaces, so the failure stands as long as it did."""
    policy = POLICY.replace("per issuer: share <= 60%", "per issuer: share <= 30%\n  cure within 30 days")
    (folder / "town.policy").write_text(policy, encoding="utf-8")
    held = folder / "march" / "holdings.csv"
    held.write_text(held.read_text(encoding="utf-8").replace(",Y,", ", y ,"), encoding="utf-8")
    recorded("february")
    capsys.readouterr()
    recorded("march")
    assert "by 2026-03-30 at the latest, which has passed" in " ".join(capsys.readouterr().out.split())
    still = states()["issuer", "y"]
    assert (still.state, still.since.day, still.since.until) == ("open", date(2026, 2, 28), date(2026, 3, 30))
    assert ("issuer", "Y") not in states()
    run(["trend", "runs.db", "issuer", "--format", "json"])
    trends = json.loads(capsys.readouterr().out)["trends"]
    assert {one["group"]["issuer"]: len(one["points"]) for one in trends} == {"X": 2, "y": 2}
    decided = ["--as", "passive", "--by", "B", "--because", "C"]
    assert run(["reclassify", "runs.db", "issuer", "--group", "Y", *decided]) == 0
    assert "issuer, issuer y is held to be passive" in capsys.readouterr().out
    assert [one.by for one in states()["issuer", "y"].rulings] == ["B"]


@pytest.mark.parametrize("command", ["replay", "follow-up", "trend"])
def test_the_record_is_not_replaced_by_what_is_told_of_it(command, folder, capsys):
    recorded("february")
    assert run([command, "runs.db", "-o", "runs.db"]) == 2
    assert "PD412" in capsys.readouterr().err
    assert states() != {}


def test_two_rulebooks_of_one_title_are_not_recorded_together(folder, capsys):
    """Else what one of them fails by would look as if the other had cured it."""
    (folder / "lax.policy").write_text(POLICY.replace("40%", "90%"), encoding="utf-8")
    assert recorded("february", options=["--also", "lax.policy"]) == [2]
    assert "PD836" in capsys.readouterr().err
    with Record("runs.db") as record:
        assert record.runs() == []


def test_reports_tell_since_when(folder, capsys):
    recorded("january", "february")
    capsys.readouterr()
    recorded("march")
    told = " ".join(capsys.readouterr().out.split())
    assert "open since 2026-02-28, 31 days" in told
    assert "first found on 2026-02-28, it is to be put right within 30 days, by 2026-03-30, which has passed" in told
    run(["check", "town.policy", "april", "--record", "runs.db", "--format", "html"])
    page = capsys.readouterr().out
    assert "new: it was not so on 2026-03-31" in page


def test_without_a_record_nothing_is_told(folder, capsys):
    run(["check", "town.policy", "march"])
    assert "open since" not in capsys.readouterr().out


def test_text(folder, capsys):
    recorded("january", "february", "march")
    capsys.readouterr()
    assert run(["follow-up", "runs.db"]) == 0
    assert " ".join(capsys.readouterr().out.split()) == (
        "1 new, 1 still open Town, as of 2026-03-31, run 3; the run before was as of 2026-02-28 "
        'New known: breach 1 of 2 holdings fails where `rating != "C"` is required new: it was not so on 2026-02-28 '
        "Still open equities: Equities: breach 60% of portfolio (60 SEK of 100 SEK) where at most 40% of portfolio "
        "is allowed, 20 points (20 SEK) too much open since 2026-02-28, 31 days "
        "to be put right by 2026-03-30, which has passed"
    )


def test_other_forms(folder, capsys):
    recorded("january", "february", "march")
    capsys.readouterr()
    assert run(["follow-up", "runs.db", "--format", "json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)["follow_ups"]
    assert [(one["id"], one["state"], one["since"], one["days"], one["until"]) for one in found["found"]] == [
        ("known", "new", "2026-03-31", 0, None),
        ("equities", "open", "2026-02-28", 31, "2026-03-30"),
    ]
    assert run(["follow-up", "runs.db", "--format", "html", "-o", "page.html"]) == 0
    page = (folder / "page.html").read_text(encoding="utf-8")
    assert '<svg class="trend"' in page
    assert "open since 2026-02-28, 31 days" in page
    assert run(["follow-up", "runs.db", "--lang", "sv"]) == 0
    assert "öppen sedan 2026-02-28, 31 dagar" in capsys.readouterr().out
    with Record("runs.db") as record:
        frame = policydsl.records.follow_ups_frame(record.follow_up())
    assert list(frame["state"]) == ["new", "open"]
    assert list(frame["days"]) == [0, 31]


def test_trends(folder, capsys):
    recorded("january", "february", "march", "april")
    capsys.readouterr()
    assert run(["trend", "runs.db", "equities"]) == 0
    text = capsys.readouterr().out.replace("\u00a0", " ")
    assert [line.split("  ") for line in text.splitlines()[:2]] == [["equities: Equities (Town)"], ["", "▆▇█▃"]]
    assert [line.split()[:2] for line in text.splitlines()[3:]] == [
        ["2026-01-31", "40%"], ["2026-02-28", "50%"], ["2026-03-31", "60%"], ["2026-04-30", "20%"],
    ]  # fmt: skip
    with Record("runs.db") as record:
        frame = policydsl.records.trends_frame(record.trends())
    assert isinstance(frame, pandas.DataFrame)
    rows = frame[frame["id"] == "equities"]
    assert list(rows["exact"]) == ["0.4", "0.5", "0.6", "0.2"]
    assert list(rows["ceiling"]) == [0.4] * 4
    assert list(frame[frame["id"] == "portfolio"]["exact"]) == ["100"] * 4
    assert run(["trend", "runs.db", "--format", "json"]) == 0
    found = {one["id"] for one in json.loads(capsys.readouterr().out)["trends"]}
    assert found == {"equities", "issuer", "known"}
    assert run(["trend", "runs.db", "--every", "--format", "html"]) == 0
    page = capsys.readouterr().out
    assert page.count('<circle r="6"') == 4 * 5  # portfolio, equities, known, two issuers


def test_a_trend_of_what_is_not_there(folder, capsys):
    recorded("january")
    assert run(["trend", "runs.db", "equity"]) == 2
    assert "PD830" in capsys.readouterr().err


def test_one_rulebook_beside_another_and_a_scenario(folder, capsys):
    (folder / "law.policy").write_text(
        POLICY.replace('"Town"', '"Law"').replace("40%", "30%")
        + 'scenario "Shares fall": each holding where asset_class = equity: market_value = market_value * 10%\n',
        encoding="utf-8",
    )
    options = ["--also", "law.policy", "--scenarios"]
    recorded("january", "february", options=options)
    with Record("runs.db") as record:
        found = {(one.title, one.scenario): one for one in record.follow_up()}
    assert [one.failed.key[0] for one in found["Town", None].of("new")] == ["equities"]
    assert [one.failed.key[0] for one in found["Law", None].of("open")] == ["equities"]
    assert found["Law", "Shares fall"].of("new") == ()


@pytest.mark.parametrize("form", ["text", "json", "html"])
def test_an_empty_follow_up(folder, form, capsys):
    recorded("january")
    assert run(["follow-up", "runs.db", "--format", form]) == 0
    assert run(["trend", "runs.db", "--format", form]) == 0


def test_a_rulebook_that_got_another_title_is_not_forgotten(folder, capsys):
    recorded("february")
    (folder / "town.policy").write_text(POLICY.replace('"Town"', '"Town 2026"'), encoding="utf-8")
    recorded("march")
    capsys.readouterr()
    run(["follow-up", "runs.db"])
    told = " ".join(capsys.readouterr().out.split())
    assert "not judged this time: Town, last as of 2026-02-28; failing then: 1" in told
    run(["follow-up", "runs.db", "--run", "1"])
    assert "not judged this time" not in capsys.readouterr().out


def test_a_report_that_can_not_be_saved_is_recorded_all_the_same_and_told(folder, capsys):
    assert recorded("january", options=["-o", "nowhere/report.txt"]) == [2]
    err = capsys.readouterr().err
    assert "PD406" in err
    assert "recorded as run 1" in err


def test_a_trend_of_a_condition_on_rows_says_how_many_fail(folder, capsys):
    recorded("january", "february", "march")
    capsys.readouterr()
    assert run(["trend", "runs.db", "known", "equities"]) == 0
    equities, known = capsys.readouterr().out.split("known")
    assert "  day         figure                 outcome\n" in known
    assert "2026-02-28  0 of 2 holdings fail   pass" in known and "1 of 2 holdings fails  breach" in known
    assert "bounds" in equities and "room" in equities
    assert run(["trend", "runs.db", "known", "--format", "html"]) == 0
    page = capsys.readouterr().out
    assert "1 of 2 holdings fails" in page and ">bounds<" not in page
