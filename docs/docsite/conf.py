# Copyright (c) 2026, community.nexmo contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Sphinx's settings for the site that ``make docs`` builds.

Its sources are a copy of the collection, so that links between the guides and to other files of the repository are the
same here as on GitHub, with the pages that antsibull-docs makes of the modules and the role, and the start page.
"""

from __future__ import annotations

import re

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx

project = "community.nexmo"
author = "community.nexmo contributors"
project_copyright = f"2026, {author}"
html_title = project

extensions = ["myst_parser", "sphinx_antsibull_ext", "sphinx_design"]
include_patterns = ["index.rst", "*.md", "docs/*.md", "roles/*/README.md", "collections/**"]

# References that lead nowhere are errors, also those to headings in Markdown.
nitpicky = True
myst_heading_anchors = 4

html_theme = "sphinx_ansible_theme"
# No links that lead away from this project under its own header.
html_theme_options = {"topbar_links": {}, "documentation_home_url": "index.html"}
html_static_path = ["static"]
html_css_files = ["narrow.css"]
html_copy_source = False
html_use_index = False
highlight_language = "YAML+Jinja"
pygments_style = "ansible"

_ANSIBLE = "https://docs.ansible.com/ansible/latest/"
_PAGES = {
    "ansible_configuration_settings": "reference_appendices/config.html",
    "common_return_values": "reference_appendices/common_return_values.html",
}
_BUILTIN = re.compile(r"ansible_collections\.ansible\.builtin\.(\w+_module)")
_BUILTIN_PAGE = "collections/ansible/builtin/{}.html"


def setup(app: Sphinx) -> None:
    """Entry point of Sphinx."""
    app.connect("missing-reference", to_ansible_core)
    app.connect("source-read", with_one_name)


def to_ansible_core(_app: Sphinx, _env: object, node: pending_xref, contents: nodes.Node) -> nodes.Node | None:
    """A link to the site of ansible-core, for what is documented there."""
    target = node["reftarget"]
    builtin = _BUILTIN.fullmatch(target)
    page = _BUILTIN_PAGE.format(builtin[1]) if builtin else _PAGES.get(target)
    return nodes.reference("", "", contents, refuri=_ANSIBLE + page) if page else None


def with_one_name(_app: Sphinx, _page: str, source: list[str]) -> None:
    """antsibull-docs writes the collection's name with capitals in titles; everywhere else it has none."""
    source[0] = source[0].replace("Community.Nexmo", project)
