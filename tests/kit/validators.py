"""What four validators say about a file, each as plain lists; an empty list is a pass."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import pikepdf

from . import tools

VERAPDF_MAIN = "org.verapdf.apps.GreenfieldCliWrapper"
# Enough files to pay for the start of the JVM, few enough for a command line.
FILES_A_RUN = 200


class OutloudReport(NamedTuple):
    """outloud's verdict, how many errors and warnings, and each finding in words."""

    verdict: str
    errors: int
    warnings: int
    findings: list[str]


def broken_streams(path: Path) -> list[str]:
    """Pages whose content is not sound PDF syntax: readers drop what follows, and validators may not see it."""
    found = []
    with pikepdf.open(path) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            try:
                operators = [str(each.operator) for each in pikepdf.parse_content_stream(page)]
            except pikepdf.PdfError as problem:
                found.append(f"page {number}: {problem}")
                continue
            for opening, closing in (("BT", "ET"), ("q", "Q"), ("BDC", "EMC")):
                if operators.count(opening) != operators.count(closing):
                    found.append(f"page {number}: {opening} without {closing}")
    return found


def page_failures(data: bytes, profile: str) -> list[str]:
    """Failed rule ids of page-validation; profile is "ua1" or "2a"."""
    report = tools.module("page", "page-validation").validate_pdf_bytes(data, profile=profile)
    return list(dict.fromkeys(str(failure.rule_id) for failure in report.failures))


def outloud_report(path: Path) -> OutloudReport:
    """The semantic checker's view, its informative notes left out."""
    result = tools.module("outloud").check(str(path))
    if result.error:
        return OutloudReport("error", 1, 0, [str(result.error)])
    findings = [_finding(found) for found in result.findings if found.severity != "info"]
    return OutloudReport(str(result.verdict), int(result.errors), int(result.warnings), findings)


def _finding(found: object) -> str:
    """One outloud finding as a line."""
    part = {name: getattr(found, name) for name in ("rule", "severity", "page", "message", "evidence")}
    return "{rule} {severity} page {page}: {message} [{evidence}]".format(**part)


def verapdf_failures(paths: Iterable[Path], flavour: str = "ua1") -> dict[Path, list[str]]:
    """Failed veraPDF rules of many files, "clause-test: description"; flavours ua1, 2a, ua2, wt1a."""
    files = [Path(path).resolve() for path in paths]
    failures: dict[Path, list[str]] = {}
    for start in range(0, len(files), FILES_A_RUN):
        failures.update(_verapdf_run(files[start : start + FILES_A_RUN], flavour))
    # A file veraPDF kept silent about must not count as passed.
    return {path: failures.get(path, ["no report from veraPDF"]) for path in files}


def _verapdf_run(files: list[Path], flavour: str) -> dict[Path, list[str]]:
    """One JVM over some files."""
    command = [tools.program("java", "a Java runtime"), "-cp", str(tools.verapdf_jar()), VERAPDF_MAIN]
    command += ["-f", flavour, "--format", "xml", *map(str, files)]
    done = subprocess.run(command, capture_output=True, check=False)
    try:
        report = ElementTree.fromstring(done.stdout)
    except ElementTree.ParseError as problem:
        message = done.stderr.decode(errors="replace")[-2000:]
        raise RuntimeError(f"veraPDF gave no report: {problem}\n{message}") from problem
    return {Path(job.findtext("item/name") or ""): _job_failures(job) for job in report.iter("job")}


def _job_failures(job: ElementTree.Element) -> list[str]:
    """The failed rules of one file, or why there is no verdict."""
    rules = [rule for rule in job.iter("rule") if rule.get("status") == "failed"]
    lines = [f"{rule.get('clause')}-{rule.get('testNumber')}: {rule.findtext('description')}" for rule in rules]
    stopped = [" ".join(" ".join(trouble.itertext()).split()) for trouble in job.iter("taskException")]
    validation = job.find("validationReport")
    if not lines and not stopped and (validation is None or validation.get("isCompliant") != "true"):
        return ["not compliant, no rule named"]
    return lines + stopped


def qpdf_problems(path: Path) -> list[str]:
    """Damage or warnings that qpdf --check finds."""
    command = [tools.program("qpdf"), "--check", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, errors="replace")
    lines = (done.stdout + done.stderr).splitlines()
    # qpdf ends with 0 only for a file without errors and without warnings.
    return [] if done.returncode == 0 else [line for line in lines if line.strip()]
