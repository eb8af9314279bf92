"""The plots of the report, as SVG with real text; the same run gives the same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt

OUTCOMES = {
    "right": ("juste", "#1f5fa8"),
    "suggested": ("proposée", "#8fbce6"),
    "missed": ("pas de réponse", "#c9ccd1"),
    "wrong": ("fausse", "#c2410c"),
}
INK, GREY = "#1f2328", "#6b7280"
WIDTH = 7.4  # inches, the width of a page of text
plt.rcParams.update(
    {
        "svg.hashsalt": "evaluation",  # ids inside the file would be random
        "svg.fonttype": "none",
        "font.family": "sans-serif",
        "font.size": 10,
        "text.color": INK,
        "axes.edgecolor": GREY,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "xtick.color": INK,
        "ytick.color": INK,
    }
)


def against_targets(rows: Sequence[tuple[str, dict[str, Any], float, bool]], path: Path) -> None:
    """One line a score. Rows: name, the score with `share`, `low` and `high`, its target, whether it is met."""
    figure, axes = plt.subplots(figsize=(WIDTH, 0.5 * len(rows) + 1.0))
    for place, (_, score, target, met) in enumerate(rows):
        colour = OUTCOMES["right" if met else "wrong"][1]
        axes.plot([100 * score["low"], 100 * score["high"]], [place, place], color=colour, linewidth=2)
        axes.plot(100 * score["share"], place, "o", color=colour, markersize=8)
        axes.plot([100 * target] * 2, [place - 0.32, place + 0.32], color=INK, linewidth=2)
    axes.set_yticks(range(len(rows)), [row[0] for row in rows])
    axes.invert_yaxis()
    axes.set_xlim(0, 101)
    axes.set_xlabel("% des questions · point : mesuré · ligne : intervalle à 95 % · trait noir : objectif")
    axes.grid(axis="x", color="#e5e7eb")
    axes.set_axisbelow(True)
    _save(figure, path)


def outcomes(groups: Sequence[tuple[str, dict[str, int]]], path: Path) -> None:
    """One stacked bar a group. Groups: name, and the number of each outcome with `n`."""
    figure, axes = plt.subplots(figsize=(WIDTH, 0.34 * len(groups) + 1.2))
    left = [0.0] * len(groups)
    for outcome, (name, colour) in OUTCOMES.items():
        shares = [100 * counts.get(outcome, 0) / counts["n"] for _, counts in groups]
        axes.barh(range(len(groups)), shares, left=left, color=colour, label=name, edgecolor="white", height=0.72)
        left = [before + share for before, share in zip(left, shares, strict=True)]
    axes.set_yticks(range(len(groups)), [f"{name} ({counts['n']})" for name, counts in groups])
    axes.invert_yaxis()
    axes.set_xlim(0, 100)
    axes.set_xlabel("% des questions (entre parenthèses : leur nombre)")
    axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=4, frameon=False)
    _save(figure, path)


def calibration(rows: Sequence[dict[str, Any]], path: Path) -> None:
    """Rows of `evaluation.scoring`: mean confidence, share of right answers with its interval, n."""
    figure, axes = plt.subplots(figsize=(4.8, 4.4))
    axes.plot([0, 100], [0, 100], color=GREY, linestyle="--", linewidth=1)
    confidence = [100 * row["confidence"] for row in rows]
    share = [100 * row["share"] for row in rows]
    reach = [[100 * (row["share"] - row["low"]) for row in rows], [100 * (row["high"] - row["share"]) for row in rows]]
    axes.errorbar(confidence, share, yerr=reach, fmt="o", color=OUTCOMES["right"][1], elinewidth=1.5, markersize=7)
    for x, y, row in zip(confidence, share, rows, strict=True):
        axes.annotate(f"{row['n']}", (x, y), xytext=(6, -12), textcoords="offset points", color=GREY, fontsize=8)
    axes.set(xlim=(0, 102), ylim=(0, 102), xlabel="confiance annoncée (%)", ylabel="réponses justes (%)")
    _save(figure, path)


def _save(figure: Any, path: Path) -> None:
    figure.savefig(path, format="svg", bbox_inches="tight", metadata={"Date": None, "Creator": None})
    plt.close(figure)
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(line.rstrip() for line in lines) + "\n", encoding="utf-8")
