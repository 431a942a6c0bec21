"""The rows of the table of kinds, by what a picture is made of."""
