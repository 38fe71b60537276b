"""The model in a browser: its stages compiled to WebAssembly, and scenarios as documents for it."""

from sim.browser.export import export
from sim.browser.package import scenario_document

__all__ = ["export", "scenario_document"]
