"""The renderer for the browser: a chart's spec as Plotly's figure. The only room that knows Plotly."""

from lifecycle.charts.plotted.figures import Large, PlotlyFigure, figure_of, outline

__all__ = ["Large", "PlotlyFigure", "figure_of", "outline"]
