"""A server of JupyterLab, a page that is open on it, and the kernels of its notebooks."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client import BlockingKernelClient
from nbformat.v4 import new_code_cell, new_notebook
from playwright.sync_api import Page
from servers import wait_until_served
from waiting import until

# Ends what hangs.
LIMIT_S = 300
# Without it JupyterLab asks which kernel to start.
METADATA = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}


class Lab:
    """JupyterLab in a folder."""

    def __init__(self, folder: Path, page: Page) -> None:
        self.page = page
        self.folder = folder
        runtime = folder / "runtime"
        environment = {
            **os.environ,
            "JUPYTER_RUNTIME_DIR": str(runtime),
            "JUPYTER_CONFIG_DIR": str(folder / "config"),
            "JUPYTERLAB_SETTINGS_DIR": str(folder / "settings"),
            "JUPYTERLAB_WORKSPACES_DIR": str(folder / "workspaces"),
        }
        notebooks = folder / "notebooks"
        notebooks.mkdir()
        self.notebooks = notebooks
        self._runtime = runtime
        self._open: Notebook | None = None
        self._log = folder / "lab.log"
        command = [
            *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--expose-app-in-browser"),
            *("--ServerApp.port=0", "--IdentityProvider.token=", f"--ServerApp.root_dir={notebooks}"),
            *(
                "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
                "--LabApp.extension_manager=readonly",
            ),
        ]
        with self._log.open("w") as log:
            self._process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        self.url = until(self._logged_url)
        # The log names the address before the server listens there.
        wait_until_served(f"{self.url}/api", self._process)

    def _logged_url(self) -> str:
        """The address that the log names, "" before. :raises RuntimeError: if the server ended"""
        if self._process.poll() is not None:
            raise RuntimeError(f"JupyterLab did not start: {self._log.read_text()}")
        found = re.search(r"(http://(?:localhost|127\.0\.0\.1):\d+)/lab", self._log.read_text())
        return found[1] if found else ""

    def open(self, name: str, *cells: str) -> Notebook:
        """Writes a notebook and opens it, in place of the one before."""
        if self._open is not None:
            self._open.close()
        path = self.notebooks / f"{name}.ipynb"
        notebook = new_notebook(cells=[new_code_cell(cell) for cell in cells], metadata=METADATA)
        nbformat.write(notebook, path)
        self._open = Notebook(self, path)
        return self._open

    def get(self, path: str) -> Any:
        with urllib.request.urlopen(f"{self.url}/api/{path}") as answer:
            return json.load(answer)

    def kernel_client(self, kernel: str) -> BlockingKernelClient:
        client = BlockingKernelClient(connection_file=str(self._runtime / f"kernel-{kernel}.json"))
        client.load_connection_file()
        client.start_channels()
        client.wait_for_ready(timeout=LIMIT_S)
        return client

    def close(self) -> None:
        if self._open is not None:
            self._open.close()
        self.page.close()
        self._process.terminate()
        self._process.wait()


class Notebook:
    """A notebook that is open in the page."""

    def __init__(self, lab: Lab, path: Path) -> None:
        self.lab = lab
        self.path = path
        self.page = lab.page
        self._client: BlockingKernelClient | None = None
        self.page.goto(f"{lab.url}/lab/tree/{path.name}?reset")
        self.page.wait_for_function("window.jupyterapp?.shell.currentWidget?.context?.sessionContext")
        self._in_page("await panel.context.ready; await panel.sessionContext.ready")

    def run_cell(self, index: int) -> None:
        """Runs one cell."""
        self._in_page(
            f"panel.content.activeCellIndex = {index}; await app.commands.execute('notebook:run-cell')"
        )

    def clear(self, index: int) -> None:
        """Clears the outputs of one cell."""
        self._in_page(
            f"panel.content.activeCellIndex = {index}; await app.commands.execute('notebook:clear-cell-output')"
        )

    def restart(self) -> None:
        """Restarts the kernel; outputs stay."""
        self.close()
        self._in_page("await panel.sessionContext.session.kernel.restart()")

    def command(self, name: str) -> None:
        """A command of JupyterLab."""
        self._in_page(f"await app.commands.execute('{name}')")

    def wait_for_picture(self, cell: int) -> None:
        """Waits until the notebook holds a picture among the outputs of a cell."""
        self.page.wait_for_function(
            "(cell) => JSON.stringify(window.jupyterapp.shell.currentWidget.content.model.cells.get(cell)"
            ".toJSON()).includes('image/png')",
            arg=cell,
        )

    def save(self) -> dict[str, Any]:
        """Saves it, and returns what the file holds."""
        self._in_page("await panel.context.save()")
        return json.loads(self.path.read_text())

    def kernel(self, expression: str, setup: str = "") -> Any:
        """The value of an expression in the kernel, as JSON."""
        lines: list[str] = []
        code = f"{setup}\nimport json as _json\nprint(_json.dumps({expression}))"
        reply = self._connected().execute_interactive(
            code,
            output_hook=lambda message: lines.append(message["content"].get("text", "")),
            timeout=LIMIT_S,
        )
        if reply["content"]["status"] != "ok":
            raise RuntimeError("\n".join(reply["content"]["traceback"]))
        return json.loads("".join(lines))

    def _connected(self) -> BlockingKernelClient:
        if self._client is None:
            (session,) = [one for one in self.lab.get("sessions") if one["path"] == self.path.name]
            self._client = self.lab.kernel_client(session["kernel"]["id"])
        return self._client

    def close(self) -> None:
        """Forgets its kernel, which goes on."""
        if self._client is not None:
            self._client.stop_channels()
        self._client = None

    def _in_page(self, body: str) -> Any:
        return self.page.evaluate(
            f"async () => {{ const app = window.jupyterapp; const panel = app.shell.currentWidget; {body} }}"
        )
