"""Curves as an SVG picture."""

from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT, MARGIN = 720, 420, 56
COLOURS = ("#888888", "#c0392b", "#2471a3", "#117a65", "#111111", "#8e44ad")


@dataclass(frozen=True)
class Curve:
    """One line of the picture."""

    name: str
    points: list[tuple[float, float]]


def plot(curves: list[Curve], x_label: str, y_label: str) -> str:
    """An SVG document; both axes start at 0."""
    right = max(x for curve in curves for x, _ in curve.points)
    top = max(y for curve in curves for _, y in curve.points)

    def place(x: float, y: float) -> tuple[float, float]:
        return (
            MARGIN + x / right * (WIDTH - 2 * MARGIN),
            HEIGHT - MARGIN - y / top * (HEIGHT - 2 * MARGIN),
        )

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        'font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
        _text(WIDTH / 2, HEIGHT - 12, x_label, "middle"),
        _text(MARGIN, MARGIN - 16, y_label, "start"),
    ]
    for step in range(6):
        x, y = place(right * step / 5, top * step / 5)
        parts.append(
            f'<path d="M{MARGIN} {y:.1f}H{WIDTH - MARGIN}M{x:.1f} {MARGIN}V{HEIGHT - MARGIN}" '
            'stroke="#dddddd"/>'
        )
        parts.append(_text(x, HEIGHT - MARGIN + 16, f"{right * step / 5:.1f}", "middle"))
        parts.append(_text(MARGIN - 6, y + 4, f"{top * step / 5:.0f}", "end"))
    for number, curve in enumerate(curves):
        colour = COLOURS[number % len(COLOURS)]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in (place(*point) for point in curve.points))
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts.append(
            _text(WIDTH - MARGIN - 8, MARGIN + 16 + 16 * number, curve.name, "end", colour)
        )
    return "\n".join([*parts, "</svg>\n"])


def _text(x: float, y: float, text: str, anchor: str, colour: str = "#333333") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">{escape(text)}</text>'
