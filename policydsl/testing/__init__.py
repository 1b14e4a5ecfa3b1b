"""Running the tests that authors write."""

from policydsl.testing.run import Failure, TestResult, run_test, run_tests

__all__ = ["Failure", "TestResult", "run_test", "run_tests"]
