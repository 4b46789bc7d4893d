"""A notebook of marimo, which test_marimo.py runs."""

import marimo

app = marimo.App()


@app.cell
def _():
    import marimo as mo
    import numpy as np

    import reluscope

    corners = [(np.array([[1.0, 0], [-1, 0], [0, 1], [0, -1]]), np.zeros(4)), (np.ones((1, 4)), None)]
    view = {"center": [0, 0], "halfWidth": 2}
    scope = mo.ui.anywidget(reluscope.Scope(corners, view=view, height=200, tools=False))
    wider = mo.ui.button(label="wider", on_click=lambda _: setattr(scope, "view", {"halfWidth": 8}))
    double = [(2 * corners[0][0], corners[0][1]), corners[1]]
    update = mo.ui.button(label="update", on_click=lambda _: scope.update(double))
    return mo, scope, update, wider


@app.cell
def _(scope, update, wider):
    [scope, wider, update]
    return


@app.cell
def _(mo, scope):
    mo.md(f"half-width {scope.view['halfWidth']} network {len(scope._ids)} {'-'.join(scope._ids)}")
    return


if __name__ == "__main__":
    app.run()
