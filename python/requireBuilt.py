"""Stops a build of the package that would lack the page."""

from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):
    """Hatch finds it by this name."""

    def initialize(self, version: str, build_data: dict) -> None:
        page = Path(self.root) / "src/reluscope/static/notebook.js"
        # An editable install reads the page where it will lie.
        if version != "editable" and not page.is_file():
            raise FileNotFoundError(f"{page} is missing: run `npm run build:python` in the checkout first")
