"""An SVG as a PNG, drawn by what writes our PDF."""

import typst

_DRAWING = b"""#set page(width: float(sys.inputs.inches) * 1in, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: 100%)"""
_DOTS_PER_INCH = 200.0


def png_of(svg: str, *, inches: float) -> bytes:
    """Return an SVG as a PNG, drawn with the typefaces of the compiler alone: the same on every machine.

    Args:
        svg: The drawing, whole.
        inches: How wide it is at 200 dots an inch.
    """
    inputs = {"svg": svg, "inches": str(inches)}
    compiler = typst.Compiler(_DRAWING, ignore_system_fonts=True, sys_inputs=inputs)
    picture = compiler.compile(format="png", ppi=_DOTS_PER_INCH)
    assert isinstance(picture, bytes)
    return picture
