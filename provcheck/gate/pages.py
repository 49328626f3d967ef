"""Data Docs: Great Expectations' own pages, rendered by its own classes, offline and inert.

The library's pages load fifteen files from seven hosts, carry a tracking pixel, list nothing without JavaScript, and
do not escape what they show. So its renderers make the content, this module escapes every plain string in it,
`provcheck.gate.inert` lets nothing but layout through, and the frame around it is ours: one style sheet, no script, and
a policy that forbids both. Pages hold no times and no random ids, so the same results give the same bytes.
"""

from __future__ import annotations

import html
import json
from copy import deepcopy
from functools import cache
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any, ClassVar

from great_expectations.render import RenderedTableContent
from great_expectations.render.renderer import ExpectationSuitePageRenderer, ValidationResultsPageRenderer
from great_expectations.render.view import DefaultJinjaPageView

from provcheck.gate.inert import clean, text
from provcheck.gate.judge import brief
from provcheck.patterns import late

if TYPE_CHECKING:
    from great_expectations.core import ExpectationSuite
    from great_expectations.core.expectation_validation_result import ExpectationSuiteValidationResult
    from great_expectations.render import RenderedDocumentContent

_HERE = Path(__file__).resolve().parent
ASSETS = (
    _HERE / "vendor" / "bootstrap.min.css",
    _HERE / "vendor" / "LICENSES.md",
    _HERE / "templates" / "provcheck.css",
)
"""The files that every page may load; they are copied into `static/`."""

_SHELL = Template("""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self' file:; img-src data:; \
base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title</title>
<link rel="stylesheet" href="${root}static/bootstrap.min.css">
<link rel="stylesheet" href="${root}static/provcheck.css">
</head>
<body>
<div class="pc-page">
<div class="pc-head"><a href="${root}../index.html"><strong>provcheck</strong> report</a> ·
<a href="${root}index.html">all suites</a> · $title</div>
$body
</div>
</body>
</html>
""")


def page(title: str, body: str, root: str = "") -> str:
    """A whole page round a body that is already inert; `root` leads to the report's first page."""
    return _SHELL.substitute(title=text(title), body=body, root=root)


def results_page(results: ExpectationSuiteValidationResult) -> str:
    """What a suite found, for ``validations/<suite>.html``."""
    shown = deepcopy(results)
    for each in shown.results:
        _describe(each.expectation_config, each.expectation_config)
    page_ = _rendered(_ResultsRenderer().render(shown), f"results of {results.suite_name}")
    return _FAILING.sub(r'<a href="../../index.html#/doc/\g<0>">\g<0></a>', page_)


def suite_page(suite: ExpectationSuite) -> str:
    """What a suite asks for, for ``expectations/<suite>.html``."""
    shown = deepcopy(suite)
    for each in shown.expectations:
        _describe(each, each.configuration)
    return _rendered(ExpectationSuitePageRenderer().render(shown), f"suite {suite.name}")


_FAILING = late(r"(?<=>)[0-9a-f]{16}(?=<)")
"""The id of a document where nothing else stands between two tags: a cell of the table of failing documents."""


def _describe(told: Any, asked: Any) -> None:
    """Put severity and rules before the description, and what is asked and why behind it.

    The library's pages show a description in place of the type and the arguments, and never the rest.
    """
    meta = asked.meta
    badges = [f'<span class="badge pc-{told.severity.value}">{told.severity.value}</span>']
    badges += [f'<span class="badge pc-rule">{text(code)}</span>' for code in brief(meta.get("rule", ()))]
    arguments = json.dumps(asked.kwargs, ensure_ascii=False, default=str)
    lines = (
        f"<strong>{text(told.description)}</strong>",
        text(meta.get("reason", "")),
        _code(f"{asked.type} {arguments}"),
    )
    shown = f"{' '.join(badges)} {'<br>'.join(lines)} {_code(meta.get('check', ''))}"
    told.description = shown.replace("$", "&#36;")  # the library takes a dollar sign for the start of a placeholder


def _code(value: str) -> str:
    return f"<small><code>{text(value)}</code></small>"


def _rendered(document: RenderedDocumentContent, title: str) -> str:
    contents = "".join(
        f'<a href="#section-{number}">{text(section["section_name"])}</a>'
        for number, section in enumerate(document.to_json_dict()["sections"], 1)
    )
    body = clean(_view().render(document))
    return page(title, f'<p class="pc-contents">{contents}</p>\n{body}', root="../")


class _View(DefaultJinjaPageView):  # type: ignore[misc]  # the library is untyped here
    """The library's view of the sections alone, where a plain string is never markup."""

    _template: ClassVar[str] = "sections.j2"

    def render_content_block(
        self,
        jinja_context: Any,
        content_block: Any,
        index: Any = None,
        content_block_id: Any = None,
        render_to_markdown: bool = False,  # noqa: FBT001, FBT002  # the library's signature
    ) -> Any:
        if isinstance(content_block, str):
            return text(_HEADERS.get(content_block, content_block))
        if isinstance(content_block, list):
            content_block = [text(each) if isinstance(each, str) else each for each in content_block]
        if isinstance(content_block, dict) and content_block.get("content_block_type") == "graph":
            return "(a chart, which pages without scripts do not draw)"
        return super().render_content_block(
            jinja_context, content_block, index, content_block_id, render_to_markdown=render_to_markdown
        )

    # Jinja looks here for what to pass besides the value: the context comes first.
    render_content_block.jinja_pass_arg = DefaultJinjaPageView.render_content_block.jinja_pass_arg  # type: ignore[attr-defined]


@cache
def _view() -> _View:
    """One view for all pages: it compiles its templates once."""
    return _View(custom_views_directory=str(_HERE / "templates"))


_HEADERS = {
    "Sampled Unexpected Values": "Failing documents (the first of them)",
    "Show exception traceback...": "",
}
"""Where the library shows values, provcheck shows documents; and it keeps no tracebacks, which name machine paths."""


class _ResultsRenderer(ValidationResultsPageRenderer):  # type: ignore[misc]  # the library is untyped here
    """The library's page of results without its run number, its times and its folded section."""

    def _parse_run_values(self, validation_results: ExpectationSuiteValidationResult) -> tuple[str, str]:  # noqa: ARG002
        return "__none__", "__none__"

    def _generate_collapse_content_block(self, collapse_content_blocks: list[Any], validation_results: object) -> Any:  # noqa: ARG002
        return collapse_content_blocks[0]

    @classmethod
    def _render_validation_info(cls, validation_results: ExpectationSuiteValidationResult) -> RenderedTableContent:
        rows = [["Great Expectations Version", validation_results.meta["great_expectations_version"]]]
        styling = {"classes": ["col-6", "table-responsive"], "body": {"classes": ["table", "table-sm"]}}
        return RenderedTableContent(content_block_type="table", table=rows, styling=styling)

    @classmethod
    def _render_validation_header(cls, validation_results: ExpectationSuiteValidationResult) -> Any:
        header = super()._render_validation_header(validation_results)
        template = header.subheader.string_template
        template["template"] = (
            "${suite_title} ${expectation_suite_name}\n ${status_title} ${html_success_icon} ${success}"
        )
        link = f"../expectations/{validation_results.suite_name}.html"
        template["styling"]["params"]["expectation_suite_name"]["attributes"]["href"] = html.escape(link)
        return header
