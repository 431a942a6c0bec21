"""The tab of arithmetic with places: A − B + C."""
