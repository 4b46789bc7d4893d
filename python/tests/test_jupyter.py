"""The widget in JupyterLab, as a person uses it."""

from __future__ import annotations

import base64
import re
import subprocess
import sys

from jupyter_lab import Lab, Notebook
from playwright.sync_api import Locator, expect
from waiting import until, until_equal

# |x₁| + |x₂|, whose values are known everywhere.
DIAMOND = """
import numpy as np, reluscope
corners = [(np.array([[1.0, 0], [-1, 0], [0, 1], [0, -1]]), np.zeros(4)), (np.ones((1, 4)), None)]
view = {"center": [0, 0], "halfWidth": 2}
"""
# Small, since the software adapter draws it.
SHOW = "scope = reluscope.Scope(corners, view=view, height=200, tools=False)\nscope"


def shown(notebook: Notebook) -> Locator:
    return notebook.page.locator(".jp-OutputArea-output .reluscope")


def test_a_widget_draws_and_state_goes_both_ways(lab: Lab) -> None:
    below = "\n".join(f"# {line}" for line in range(60))
    notebook = lab.open("widget", DIAMOND + SHOW, below)
    notebook.run_cell(0)
    widget = shown(notebook)
    expect(widget).to_have_count(1)
    values = notebook.kernel("scope.sample(x=(-1, 1), y=(0, 1), width=3, height=2).tolist()")
    # The kernels evaluate in float32, in which these are exact.
    assert values == [[1, 0, 1], [2, 1, 2]]

    # From Python to the page.
    notebook.kernel("None", "scope.view = {'halfWidth': 4}; scope.quantity = 'gradientNorm'")
    until(lambda: notebook.kernel("scope._heard") == 2)
    assert notebook.kernel("[scope.view['halfWidth'], scope.quantity]") == [4, "gradientNorm"]
    notebook.kernel("None", "scope.quantity = 'charm'")
    until(lambda: "charm" in notebook.kernel("scope.problem"))
    assert notebook.kernel("scope.quantity") == "gradientNorm"

    # The wheel scrolls the notebook until the widget has the focus.
    widget.hover(position={"x": 150, "y": 90})
    notebook.page.mouse.wheel(0, 40)
    until(lambda: scroll_top(notebook) > 0)
    assert notebook.kernel("scope.view['halfWidth']") == 4
    widget.click(position={"x": 150, "y": 90})
    before = scroll_top(notebook)
    notebook.page.mouse.wheel(0, 40)
    until(lambda: notebook.kernel("scope.view['halfWidth']") != 4)
    assert scroll_top(notebook) == before

    # Keys stay with it: these would insert cells, delete this one and make it a text in JupyterLab.
    cells = notebook.page.locator(".jp-Notebook .jp-Cell")
    expect(cells).to_have_count(2)
    notebook.page.keyboard.press("0")
    until(lambda: notebook.kernel("scope.view['halfWidth']") != 4)
    for key in ("b", "Escape", "d", "d", "m", "x"):
        notebook.page.keyboard.press(key)
    expect(cells).to_have_count(2)
    # Two more panels by d.
    until(lambda: notebook.kernel("len(scope.panels)") == 3)


def scroll_top(notebook: Notebook) -> float:
    return notebook.page.evaluate(
        "Math.max(...[...document.querySelectorAll('.jp-Notebook, .jp-WindowedPanel-outer')].map((e) => e.scrollTop))"
    )


def test_answers_in_a_cell_and_awaited(lab: Lab) -> None:
    wait = "png = scope.png(width=400); svg = scope.svg(width=400); counts = scope.regions(cells=True)"
    later = "later = await scope.sample(x=(0, 1), y=(0, 1), width=2, height=2, wait=False)"
    notebook = lab.open("answers", DIAMOND + SHOW, wait, later)
    notebook.run_cell(0)
    expect(shown(notebook)).to_have_count(1)
    until(lambda: notebook.kernel("scope._questions.can_wait"))
    notebook.run_cell(1)
    notebook.run_cell(2)
    assert notebook.kernel("[png[:4].hex(), svg[:4].decode()]") == [b"\x89PNG".hex(), "<svg"]
    assert notebook.kernel("[counts['linearRegions'], len(counts['cells'])]") == [4, 4]
    assert notebook.kernel("later.tolist()") == [[0, 1], [1, 2]]


def test_two_views_of_a_widget_follow_each_other(lab: Lab) -> None:
    # The page says in words what it shows.
    show = "scope = reluscope.Scope(corners, view=view, height=330)\nscope"
    notebook = lab.open("views", DIAMOND + show, "scope", "'nothing'")
    notebook.run_cell(0)
    views = shown(notebook)
    expect(views).to_have_count(1)
    until(lambda: len(notebook.kernel("scope.panels")) == 1)
    notebook.kernel("None", "scope.quantity = 'gradientNorm'")
    until(lambda: notebook.kernel("scope._heard") == 1)

    # The second shows what the first does by then.
    notebook.run_cell(1)
    expect(views).to_have_count(2)
    until(lambda: notebook.kernel("len(scope._questions._views)") == 2)
    pictures = views.locator("canvas[aria-label]")
    expect(pictures).to_have_count(2)
    for view in range(2):
        expect(pictures.nth(view)).to_have_attribute("aria-label", re.compile("‖∇"))
    assert notebook.kernel("[scope.quantity, scope.problem]") == ["gradientNorm", ""]

    # What Python sets and what a person does in one is shown by both.
    notebook.kernel("None", "scope.quantity = 'partial1'")
    for view in range(2):
        expect(pictures.nth(view)).to_have_attribute("aria-label", re.compile("∂"))
    views.nth(1).locator("canvas").first.click()
    notebook.page.keyboard.press("d")
    for view in range(2):
        expect(views.nth(view).locator("canvas[aria-label]")).to_have_count(2)
    assert notebook.kernel("len(scope.panels)") == 2

    # The one that is left answers, once the first is closed.
    notebook.kernel("None", "scope.wish({'quantity': 'value'}, panel=0)")
    notebook.clear(0)
    expect(views).to_have_count(1)
    until(lambda: notebook.kernel("len(scope._questions._views)") == 1)
    until(lambda: notebook.kernel("scope.panels[0]['quantity']") == "value")
    assert notebook.kernel("scope.svg(panel=0, width=400)[:4].decode()") == "<svg"


def test_a_new_view_does_not_open_a_figure_that_a_person_closed(lab: Lab) -> None:
    # The heading of a figure is one of the tools.
    show = "scope = reluscope.Scope(corners, view=view, height=330)\nscope"
    notebook = lab.open("figure", DIAMOND + show, "scope")
    notebook.run_cell(0)
    views = shown(notebook)
    expect(views).to_have_count(1)
    close = views.get_by_role("button", name="Close the figure")
    notebook.kernel("None", "scope.figure('neuron')")
    expect(close).to_have_count(1)
    close.click()
    until(lambda: notebook.kernel("scope._left") == 1)

    notebook.run_cell(1)
    expect(views).to_have_count(2)
    until(lambda: notebook.kernel("len(scope._questions._views)") == 2)
    expect(close).to_have_count(0)

    # Python opens it again, in both.
    notebook.kernel("None", "scope.figure('neuron')")
    expect(close).to_have_count(2)
    assert notebook.kernel("scope.problem") == ""


def test_what_cannot_be_shown_says_why(lab: Lab) -> None:
    wrong = "scope = reluscope.Scope(corners, state={'quantity': 'charm'}, height=200)\nscope"
    notebook = lab.open("wrong", DIAMOND + wrong)
    notebook.run_cell(0)
    expect(notebook.page.get_by_text("Reluscope: quantity: received")).to_have_count(1)
    until(lambda: "charm" in notebook.kernel("scope.problem"))


def test_training_is_shown_as_it_happens(lab: Lab) -> None:
    train = """
scopes = [scope]
for step in range(1, 101):
    scope.update([(step * corners[0][0], corners[0][1]), corners[1]])
"""
    in_a_thread = """
import threading
sent = []
scope.observe(lambda change: sent.append(1), "_networks")
asked = threading.Event()
steps = 0
def learn():
    global steps
    while not asked.is_set():
        steps += 1
        scope.update([(100 * corners[0][0], corners[0][1]), corners[1]])
    scope.update([(2000 * corners[0][0], corners[0][1]), corners[1]])
thread = threading.Thread(target=learn)
thread.start()
values = [scope.sample(x=(0, 1), y=(0, 1), width=2, height=1).tolist() for _ in range(5)]
asked.set()
thread.join()
"""
    notebook = lab.open("training", DIAMOND + SHOW, train, in_a_thread)
    notebook.run_cell(0)
    expect(shown(notebook)).to_have_count(1)
    until(lambda: len(notebook.kernel("scope._ids")) == 1)
    (first,) = notebook.kernel("scope._ids")
    notebook.run_cell(1)
    until(lambda: notebook.kernel("scope._ids") != [first])
    ask = "scope.sample(x=(0, 1), y=(0, 1), width=2, height=1).tolist()"
    until_equal(lambda: notebook.kernel(ask), [[0, 100]])
    assert notebook.kernel("scope.field['network']['id'] == scope._ids[0]")
    # Points, view and readout stay, and there is one picture.
    assert notebook.kernel("scope.view['halfWidth']") == 2
    expect(shown(notebook)).to_have_count(1)

    # A thread has no event loop; the last network comes by itself, too, and questions are answered while it sends.
    notebook.run_cell(2)
    assert notebook.kernel("values") == [[[0, 100]]] * 5
    until_equal(lambda: notebook.kernel(ask), [[0, 2000]])
    assert notebook.kernel("len(sent) < steps / 2")


def test_ten_widgets_and_fifty_runs_leave_nothing_behind(lab: Lab) -> None:
    ten = (
        DIAMOND
        + "from IPython.display import display\nscopes = []\nfor i in range(10):\n"
        + (
            "    scopes.append(reluscope.Scope(corners, view=view, height=120, tools=False))\n    display(scopes[-1])"
        )
    )
    again = SHOW.replace("\nscope", "\nscopes.append(scope)\nscope")
    notebook = lab.open("many", ten, again)
    notebook.run_cell(0)
    widgets = shown(notebook)
    expect(widgets).to_have_count(10)
    views = "[len(one._questions._views) for one in scopes]"
    until_equal(lambda: notebook.kernel(views), [1] * 10)
    # One copy of the page serves all.
    pages = "[...globalThis[Symbol.for('reluscope.notebook')].keys()].length"
    assert notebook.page.evaluate(pages) == 1
    notebook.run_cell(1)
    expect(widgets).to_have_count(11)
    workers = len(notebook.page.workers)
    for _ in range(50):
        notebook.run_cell(1)
    expect(widgets).to_have_count(11)
    until_equal(lambda: notebook.kernel(views), [1] * 10 + [0] * 50 + [1])
    assert len(notebook.page.workers) <= workers

    # So do closed outputs.
    notebook.command("notebook:clear-all-cell-outputs")
    expect(widgets).to_have_count(0)
    until_equal(lambda: notebook.kernel(views), [0] * 61)


def test_a_saved_notebook_shows_the_last_picture_and_a_restarted_kernel_a_new_one(lab: Lab) -> None:
    notebook = lab.open("saved", DIAMOND + SHOW)
    notebook.run_cell(0)
    expect(shown(notebook)).to_have_count(1)
    notebook.wait_for_picture(0)
    outputs = notebook.save()["cells"][0]["outputs"]
    png = base64.b64decode(outputs[1]["data"]["image/png"])
    assert int.from_bytes(png[16:20], "big") == 640
    # JupyterLab shows the widget, and hides the picture.
    expect(notebook.page.locator(".jp-OutputArea-output img")).to_have_count(0)

    command = [sys.executable, "-m", "nbconvert", "--to", "html", "--stdout", str(notebook.path)]
    html = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert outputs[1]["data"]["image/png"].strip().replace("\n", "")[:200] in html

    notebook.restart()
    notebook.run_cell(0)
    expect(shown(notebook)).to_have_count(1)
    assert notebook.kernel("scope.sample(x=(0, 1), y=(0, 1), width=2, height=1).tolist()") == [[0, 1]]
